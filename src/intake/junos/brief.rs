//! Junos `show route`.
//!
//! ```text
//! inet.0: 2 destinations, 3 routes (2 active, 0 holddown, 0 hidden)
//! + = Active Route, - = Last Active, * = Both
//!
//! 198.51.100.0/24    *[BGP/170] 2w0d 01:02:03, MED 10, localpref 100, from 192.0.2.10
//!                       AS path: 64701 64702 I, validation-state: unverified
//!                     > to 192.0.2.9 via ge-0/0/0.0
//!                     [BGP/170] 1d 00:00:00, localpref 90
//!                       AS path: 64703 I
//!                     > to 192.0.2.13 via ge-0/0/1.0
//! 10.0.0.0/8         *[Static/5] 3w2d 01:00:00
//!                       Discard
//! ```

use super::route::{Route, read_prefix};
use super::{behind, holds_prefixes, is_furniture, table};
use crate::intake::address::AnyPrefix;
use crate::intake::fault::{Expected, FaultCode, Severity, quote};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::{Line, LineReader, Rows, words};
use crate::intake::mark::Choice;
use crate::intake::reading::Draft;
use crate::intake::recognise::by_rows;
use crate::intake::tables::Tables;
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "junos-route",
    title: "show route (Junos)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        // The rows decide: the headings are those of the other shapes too.
        let (confidence, reason) = by_rows(sample.rows(|line| {
            protocol(line).is_some() || is_path(line) || next_hop(line).is_some() || table(line).is_some()
        }))?;
        sample.line(|line| protocol(line).is_some())?;
        Some((confidence + 22, reason))
    },
    open: |text| Box::new(LineReader::new(text, Brief::default())),
};

/// The protocol of a route: the column of what stands before its bracket, whether it is active, `BGP/170`, and the
/// column behind the bracket.
fn protocol(line: &str) -> Option<(usize, bool, &str, usize)> {
    let open = line.find('[')?;
    let close = open + line.get(open..)?.find(']')?;
    let inside = line.get(open + 1..close)?;
    let name = inside.split('/').next()?;
    let named = name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains([',', ';']);
    let preference = inside.split_once('/').map_or(inside.ends_with(' '), |(_, n)| n.parse::<u32>().is_ok());
    let sign = line.get(..open)?.bytes().next_back().unwrap_or(b' ');
    let before = if matches!(sign, b'*' | b'+' | b'-') { open - 1 } else { open };
    let blank = before == 0 || line.as_bytes().get(before - 1) == Some(&b' ');
    (named && preference && blank && words(line.get(..before)?).count() <= 1).then_some((
        before,
        matches!(sign, b'*' | b'+'),
        inside,
        close + 1,
    ))
}

fn is_path(line: &str) -> bool {
    line.trim_start().starts_with("AS path: ")
}

/// What a next hop line says: the address, where there is one.
fn next_hop(line: &str) -> Option<&str> {
    let line = line.trim_start().trim_start_matches('>').trim_start();
    if let Some(rest) = line.strip_prefix("to ") {
        return (rest.contains(" via ") || rest.starts_with("table "))
            .then(|| rest.split(' ').next().unwrap_or_default());
    }
    let alone =
        ["via ", "Discard", "Reject", "Receive", "MultiRecv", "Local via ", "Indirect", "Unusable", "Multicast"];
    alone.iter().any(|begin| line.starts_with(begin)).then_some("")
}

#[derive(Default)]
struct Brief {
    tables: Tables,
    /// Whether the table's rows aren't prefixes.
    other: bool,
    prefix: Option<(AnyPrefix, usize)>,
    route: Option<Route>,
}

impl Rows for Brief {
    fn line(&mut self, line: &Line<'_>, draft: &mut Draft) {
        let text = line.text.trim_start();
        if let Some(name) = table(text) {
            self.close(draft);
            self.prefix = None;
            self.other = !holds_prefixes(name);
            if self.other {
                return line.not_understood(draft);
            }
            return self.tables.begin(name, line.whole().start, draft);
        }
        if self.other {
            draft.skipped = draft.skipped.saturating_add(1);
        } else if let Some((at, active, inside, behind)) = protocol(line.text) {
            self.begin(line, at, active, inside, behind, draft);
        } else if is_path(text) && self.route.is_some() {
            self.path(line, text, draft);
        } else if let Some(hop) = next_hop(text)
            && let Some(route) = &mut self.route
        {
            route.next_hop(hop);
        } else if line.text.len() == text.len() && !text.contains(' ') && text.contains('/') {
            // A prefix that is too long for its column.
            self.close(draft);
            self.prefix = read_prefix(line, 0, text, draft);
        } else if self.route.is_some() && (text.starts_with("validation-state:") || text.starts_with("unverified"))
        {
        } else if !is_furniture(text) {
            line.not_understood(draft);
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        self.close(draft);
        self.tables.close(draft);
    }
}

impl Brief {
    fn close(&mut self, draft: &mut Draft) {
        if let Some(route) = self.route.take()
            && let Some((prefix, at)) = self.prefix
        {
            route.add(prefix, at, draft);
        }
    }

    fn begin(
        &mut self,
        line: &Line<'_>,
        at: usize,
        active: bool,
        inside: &str,
        behind_at: usize,
        draft: &mut Draft,
    ) {
        self.close(draft);
        if let Some((column, word)) = words(line.text.get(..at).unwrap_or_default()).next() {
            self.prefix = read_prefix(line, column, word, draft);
        }
        if self.prefix.is_none() {
            draft.skipped = draft.skipped.saturating_add(1);
            let text = quote(line.text.trim_start());
            return draft.fault(Severity::Error, line.whole(), || (FaultCode::NoPrefixAbove { line: text }, None));
        }
        let (name, preference) = inside.split_once('/').unwrap_or((inside.trim_end(), ""));
        let mut route = Route::new(name, active);
        if preference.is_empty() {
            // Hidden: it has no preference, for it can't be used.
            route.mark.choice = Some(Choice::Unusable);
        } else {
            route.preference(preference);
        }
        let rest = line.text.get(behind_at..).unwrap_or_default();
        for name in ["metric", "MED"] {
            if let Some(word) = behind(rest, name) {
                route.metric(word);
            }
        }
        if let Some(word) = behind(rest, "localpref") {
            route.local_preference(word);
        }
        self.route = Some(route);
    }

    fn path(&mut self, line: &Line<'_>, text: &str, draft: &mut Draft) {
        let Some(route) = &mut self.route else { return };
        if !route.path(text) {
            let value = quote(text.strip_prefix("AS path:").unwrap_or(text).trim());
            let code = FaultCode::BadValue { name: "AS path".to_owned(), value, expected: Expected::AsPath };
            draft.fault(Severity::Error, line.whole(), || (code, None));
        }
    }
}
