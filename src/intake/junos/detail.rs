//! Junos `show route detail` and `show route extensive`.
//!
//! ```text
//! inet.0: 1 destinations, 2 routes (1 active, 0 holddown, 0 hidden)
//! 198.51.100.0/24 (2 entries, 1 announced)
//!         *BGP    Preference: 170/-101
//!                 Source: 192.0.2.9
//!                 Next hop: 192.0.2.9 via ge-0/0/0.0, selected
//!                 State: <Active Ext>
//!                 Local AS: 64700 Peer AS: 64701
//!                 Age: 2:03       Metric: 10
//!                 AS path: 64701 64702 I
//!                 Communities: 64701:100 12076:51004
//!                 Localpref: 100
//!                 Router ID: 192.0.2.9
//!          BGP    Preference: 170/-91
//! ```
//! All that brief prints show, and communities, and whether a route is eBGP or iBGP.

use super::route::{Route, read_prefix};
use super::{holds_prefixes, is_furniture, table};
use crate::intake::address::AnyPrefix;
use crate::intake::communities::communities;
use crate::intake::fault::{Expected, FaultCode, Severity, quote};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::{Line, LineReader, Rows, words};
use crate::intake::mark::{Choice, Via};
use crate::intake::reading::Draft;
use crate::intake::tables::Tables;
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "junos-route-detail",
    title: "show route detail (Junos)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let reason = sample.line(|line| network(line).is_some() || protocol(line).is_some())?;
        Some((93, reason))
    },
    open: |text| Box::new(LineReader::new(text, Detail::default())),
};

/// The heading of a prefix: `198.51.100.0/24 (2 entries, 1 announced)`.
fn network(line: &str) -> Option<(usize, &str)> {
    let (at, word) = words(line).next()?;
    let rest = line.get(at + word.len()..)?.trim_start();
    let counted = rest.starts_with('(') && (rest.contains(" entry") || rest.contains(" entries"));
    (word.contains('/') && counted).then_some((at, word))
}

/// The heading of a route: whether it is active, its protocol, and its preference.
fn protocol(line: &str) -> Option<(bool, &str, &str)> {
    let line = line.trim_start();
    let active = line.starts_with(['*', '+']);
    let mut all = words(line.trim_start_matches(['*', '+', '-'])).map(|(_, word)| word);
    let name = all.next()?;
    let named = name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.ends_with(':');
    if !named || all.next() != Some("Preference:") {
        return None;
    }
    Some((active, name, all.next().unwrap_or_default()))
}

#[derive(Default)]
struct Detail {
    tables: Tables,
    other: bool,
    prefix: Option<(AnyPrefix, usize)>,
    route: Option<Route>,
    /// The protocol's own next hop, which stands before the one it resolves to.
    resolved: bool,
}

impl Rows for Detail {
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
        } else if let Some((at, word)) = network(line.text) {
            self.close(draft);
            self.prefix = read_prefix(line, at, word, draft);
        } else if let Some((active, name, preference)) = protocol(line.text) {
            self.begin(line, active, name, preference, draft);
        } else if self.route.is_some() {
            self.detail(line, text, draft);
        } else if !is_furniture(text) {
            line.not_understood(draft);
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        self.close(draft);
        self.tables.close(draft);
    }
}

impl Detail {
    fn close(&mut self, draft: &mut Draft) {
        if let Some(route) = self.route.take()
            && let Some((prefix, at)) = self.prefix
        {
            route.add(prefix, at, draft);
        }
    }

    fn begin(&mut self, line: &Line<'_>, active: bool, name: &str, preference: &str, draft: &mut Draft) {
        self.close(draft);
        self.resolved = false;
        if self.prefix.is_none() {
            draft.skipped = draft.skipped.saturating_add(1);
            let text = quote(line.text.trim_start());
            return draft.fault(Severity::Error, line.whole(), || (FaultCode::NoPrefixAbove { line: text }, None));
        }
        let mut route = Route::new(name, active);
        if !route.preference(preference.split('/').next().unwrap_or_default()) {
            route.mark.choice = Some(Choice::Unusable);
        }
        self.route = Some(route);
    }

    /// A line of a route: `Key: value`, some of them with several.
    fn detail(&mut self, line: &Line<'_>, text: &str, draft: &mut Draft) {
        let Some(route) = &mut self.route else { return };
        let value = |key: &str| text.strip_prefix(key).map(str::trim);
        let first = |value: &str| value.split([' ', ',']).next().unwrap_or_default().to_owned();
        if let Some(path) = value("AS path:") {
            if !route.path(path) {
                let code = FaultCode::BadValue {
                    name: "AS path".to_owned(),
                    value: quote(path),
                    expected: Expected::AsPath,
                };
                draft.fault(Severity::Error, line.whole(), || (code, None));
            }
        } else if let Some(list) = value("Communities:") {
            route.attributes.communities = communities(list);
        } else if let Some(number) = value("Localpref:") {
            route.local_preference(&first(number));
        } else if let Some(state) = value("State:") {
            let words: Vec<&str> = state.trim_matches(['<', '>']).split(' ').collect();
            if words.contains(&"Hidden") {
                route.mark.choice = Some(Choice::Unusable);
            }
            if route.is_bgp() {
                route.mark.via = match (words.contains(&"Ext"), words.contains(&"Int")) {
                    (true, _) => Some(Via::External),
                    (_, true) => Some(Via::Internal),
                    _ => route.mark.via,
                };
            }
        } else if let Some(hop) = value("Protocol next hop:") {
            if !self.resolved {
                route.attributes.next_hop = None;
                route.next_hop(&first(hop));
                self.resolved = true;
            }
        } else if let Some(hop) = value("Next hop:") {
            route.next_hop(&first(hop));
        } else if let Some(numbers) = value("Local AS:") {
            if let Ok(asn) = first(numbers).parse() {
                self.tables.details().local_as.get_or_insert(asn);
            }
        } else if text.starts_with("Age:")
            && let Some((_, metric)) = text.split_once("Metric:")
        {
            route.metric(&first(metric.trim()));
        }
    }
}
