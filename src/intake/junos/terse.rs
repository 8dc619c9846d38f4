//! Junos `show route terse`.
//!
//! ```text
//! A V Destination        P Prf   Metric 1   Metric 2  Next hop         AS path
//! * ? 198.51.100.0/24    B 170        100         10                   64701 64702 I
//!   unverified                                       >192.0.2.9
//!   ?                    B 170         90                              64703 I
//!   unverified                                       >192.0.2.13
//! * ? 10.0.0.0/8         S   5                        Discard
//! ```
//! For BGP the first metric is the local preference and the second the MED. Old releases have no column V, and the next
//! hop on the first line.

use super::route::{Route, read_prefix};
use super::{holds_prefixes, is_furniture, table};
use crate::intake::address::{AnyPrefix, address, scan_v4, scan_v6};
use crate::intake::fault::{Expected, FaultCode, Severity, quote};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::{Line, LineReader, Rows, words};
use crate::intake::reading::Draft;
use crate::intake::recognise::by_rows;
use crate::intake::tables::Tables;
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "junos-route-terse",
    title: "show route terse (Junos)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        if let Some(reason) = sample.line(|line| Columns::of(line).is_some()) {
            return Some((92, reason));
        }
        sample.lines().iter().find(|line| row(line).is_some_and(|row| row.prefix.is_some()))?;
        by_rows(sample.rows(|line| row(line).is_some() || next_hop_below(line).is_some()))
    },
    open: |text| Box::new(LineReader::new(text, Terse::default())),
};

/// Where the numbers end, by the heading.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
struct Columns {
    first: usize,
    second: usize,
    next_hop: usize,
}

/// As Junos 12 and later print it.
const USUAL: Columns = Columns { first: 39, second: 50, next_hop: 52 };

impl Columns {
    fn of(line: &str) -> Option<Self> {
        if !line.starts_with("A ") || !line.contains(" Destination ") || !line.contains(" P Prf ") {
            return None;
        }
        let end = |name: &str| line.find(name).map(|at| at + name.len());
        Some(Self { first: end("Metric 1")?, second: end("Metric 2")?, next_hop: line.find("Next hop")? })
    }
}

/// The beginning of a row.
struct Row<'a> {
    active: bool,
    prefix: Option<(usize, &'a str)>,
    protocol: &'a str,
    preference: &'a str,
    /// The column behind the preference.
    behind: usize,
}

fn row(line: &str) -> Option<Row<'_>> {
    let active = line.starts_with(['*', '+']);
    let mut rest = words(line).peekable();
    if rest.peek().is_some_and(|(at, word)| *at == 0 && matches!(*word, "*" | "+" | "-")) {
        rest.next();
    }
    // Whether the origin was validated.
    if rest.peek().is_some_and(|(_, word)| matches!(*word, "?" | "V" | "I" | "N")) {
        rest.next();
    }
    let mut prefix = None;
    if rest.peek().is_some_and(|(_, word)| is_prefix(word)) {
        prefix = rest.next();
        rest.peek()?;
    }
    let (_, protocol) = rest.next()?;
    let (at, preference) = rest.next()?;
    let fits = protocol.len() == 1
        && protocol.starts_with(|c: char| c.is_ascii_uppercase())
        && preference.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(Row { active, prefix, protocol, preference, behind: at + preference.len() })
}

fn is_prefix(word: &str) -> bool {
    let begins = scan_v4(word.as_bytes()).is_some() || scan_v6(word.as_bytes()).is_some();
    begins && word.contains('/')
}

/// A line that only says the state of validation and a next hop, or only a next hop.
fn next_hop_below(line: &str) -> Option<&str> {
    let mut rest = words(line).map(|(_, word)| word).peekable();
    let states = ["unverified", "unknown", "valid", "invalid"];
    let state = rest.next_if(|word| states.contains(word)).is_some();
    let Some(word) = rest.next() else { return state.then_some("") };
    let hop = word.trim_start_matches('>');
    let named = word.starts_with('>') || address(hop).is_some() || state;
    (named && line.starts_with("  ") && rest.next().is_none()).then_some(hop)
}

#[derive(Default)]
struct Terse {
    tables: Tables,
    other: bool,
    columns: Option<Columns>,
    prefix: Option<(AnyPrefix, usize)>,
    /// Whether the route of a prefix that stands alone is active: its sign stands with the prefix.
    active: bool,
    route: Option<Route>,
}

impl Rows for Terse {
    fn line(&mut self, line: &Line<'_>, draft: &mut Draft) {
        let text = line.text;
        if let Some(name) = table(text.trim_start()) {
            self.close(draft);
            self.prefix = None;
            self.other = !holds_prefixes(name);
            if self.other {
                return line.not_understood(draft);
            }
            return self.tables.begin(name, line.whole().start, draft);
        }
        if let Some(columns) = Columns::of(text) {
            self.columns = Some(columns);
        } else if self.other {
            draft.skipped = draft.skipped.saturating_add(1);
        } else if let Some(row) = row(text) {
            self.row(line, &row, draft);
        } else if let Some(hop) = next_hop_below(text)
            && let Some(route) = &mut self.route
        {
            route.next_hop(hop);
        } else if let Some((at, word)) = words(text).last()
            && is_prefix(word)
            && at <= 4
        {
            // A prefix that is too long for its column.
            self.close(draft);
            self.prefix = read_prefix(line, at, word, draft);
            self.active = text.starts_with(['*', '+']);
        } else if !is_furniture(text.trim_start()) {
            line.not_understood(draft);
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        self.close(draft);
        self.tables.close(draft);
    }
}

impl Terse {
    fn close(&mut self, draft: &mut Draft) {
        if let Some(route) = self.route.take()
            && let Some((prefix, at)) = self.prefix
        {
            route.add(prefix, at, draft);
        }
    }

    fn row(&mut self, line: &Line<'_>, row: &Row<'_>, draft: &mut Draft) {
        self.close(draft);
        if let Some((at, word)) = row.prefix {
            self.prefix = read_prefix(line, at, word, draft);
        }
        if self.prefix.is_none() {
            draft.skipped = draft.skipped.saturating_add(1);
            let text = quote(line.text.trim_start());
            return draft.fault(Severity::Error, line.whole(), || (FaultCode::NoPrefixAbove { line: text }, None));
        }
        let mut route = Route::new(row.protocol, row.active || std::mem::take(&mut self.active));
        route.preference(row.preference);
        let columns = self.columns.unwrap_or(USUAL);
        let mut path = None;
        for (at, word) in words(line.text.get(row.behind..).unwrap_or_default()) {
            let (begin, end) = (row.behind + at, row.behind + at + word.len());
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            if is_number && end <= columns.first {
                if route.is_bgp() {
                    route.local_preference(word)
                } else {
                    route.metric(word)
                };
            } else if is_number && end <= columns.second {
                if route.is_bgp() {
                    route.metric(word);
                }
            } else if word.starts_with('>') || begin < columns.next_hop + 8 && address(word).is_some() {
                route.next_hop(word.trim_start_matches('>'));
            } else if !matches!(word, "Discard" | "Reject" | "Receive" | "MultiRecv" | "Indirect") {
                path = Some(begin);
                break;
            }
        }
        if let Some(begin) = path.filter(|_| route.is_bgp()) {
            let text = line.text.get(begin..).unwrap_or_default();
            if !route.path(text) {
                let value = quote(text);
                let code = FaultCode::BadValue { name: "AS path".to_owned(), value, expected: Expected::AsPath };
                draft.fault(Severity::Error, line.span(begin..line.text.len()), || (code, None));
            }
        }
        self.route = Some(route);
    }
}
