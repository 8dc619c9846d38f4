//! Check Point Gaia: `show route`, `show route all`.
//!
//! ```text
//! Codes: C - Connected, S - Static, R - RIP, B - BGP (D - Default),
//!
//! S         0.0.0.0/0           via 192.0.2.9, eth1, cost 0, age 4238351
//!                                   default
//! B         198.51.100.0/24     via 192.0.2.13, eth2, cost 10, age 812
//! C         10.1.0.0/24         is directly connected, eth3
//! ```
//! Below a route may stand its comment. The cost of a BGP route is its MED.

use super::codes::route;
use crate::intake::address::{AnyPrefix, prefix};
use crate::intake::fault::{FaultCode, Severity, quote};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::{Line, LineReader, Rows, has_address, is_noise, words};
use crate::intake::mark::{Choice, Mark};
use crate::intake::reading::Draft;
use crate::intake::recognise::by_rows;
use crate::intake::tables::Tables;
use crate::plan::{Attributes, Protocol, Stage};

pub(crate) static FORMAT: Definition = Definition {
    name: "checkpoint-route",
    title: "show route (Check Point Gaia)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let own =
            |line: &str| line.contains("B - BGP (D - Default)") || line.contains(", cost ") && way(line).is_some();
        if let Some(reason) = sample.line(own) {
            return Some((95, reason));
        }
        by_rows(sample.rows(|line| line.contains(", cost ") && (row(line).is_some() || way(line).is_some())))
    },
    open: |text| Box::new(LineReader::new(text, Table::default())),
};

/// The codes of a row, the column of its prefix, the prefix, and what stands behind it.
fn row(line: &str) -> Option<(&str, usize, &str, &str)> {
    if line.starts_with(' ') {
        return None;
    }
    let mut all = words(line);
    let mut codes_end = 0;
    for _ in 0..3 {
        let (at, word) = all.next()?;
        if prefix(word).is_ok() && word.contains('/') {
            let codes = line.get(..codes_end)?.trim();
            return (!codes.is_empty()).then_some((codes, at, word, line.get(at + word.len()..)?.trim_start()));
        }
        if word.len() > 3 || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return None;
        }
        codes_end = at + word.len();
    }
    None
}

/// A way: its next hop, if it has one, and its cost.
fn way(text: &str) -> Option<(Option<std::net::IpAddr>, Option<u32>)> {
    let rest = match text.find(" via ") {
        Some(at) => text.get(at + 1..)?,
        None => text.trim_start(),
    };
    let cost = rest.split(", ").find_map(|field| field.strip_prefix("cost ")?.trim().parse().ok());
    if let Some(hop) = rest.strip_prefix("via ") {
        return Some((hop.split(',').next()?.parse().ok(), cost));
    }
    let connected = rest.contains("is directly connected")
        || rest.starts_with("is an unusable")
        || rest.starts_with("blackhole")
        || rest.starts_with("reject");
    connected.then_some((None, cost))
}

#[derive(Default)]
struct Table {
    tables: Tables,
    route: Option<Route>,
    legend: bool,
}

/// The route of the last row: comments and more ways to it may follow.
struct Route {
    prefix: AnyPrefix,
    at: usize,
    attributes: Attributes,
    mark: Mark,
}

impl Rows for Table {
    fn blank(&mut self, _draft: &mut Draft) {
        self.legend = false;
    }

    fn line(&mut self, line: &Line<'_>, draft: &mut Draft) {
        let text = line.text.trim_start();
        if text.starts_with("Codes:") {
            self.legend = true;
            return;
        }
        if let Some((codes, at, word, behind)) = row(line.text)
            && let Some(found) = way(behind)
        {
            self.legend = false;
            let Ok((prefix, warning)) = prefix(word) else { return };
            if let Some(warning) = warning {
                line.problem(at, warning, draft);
            }
            let (attributes, mut mark) = route(codes.split(' ').next().unwrap_or_default());
            // Hidden, suppressed, unreachable, inactive.
            if codes.split(' ').skip(1).any(|code| code.contains(['H', 'P', 'U', 'i'])) {
                mark.choice = Some(Choice::Unusable);
            }
            self.route = Some(Route { prefix, at: line.place(at), attributes, mark });
            return self.way(found, false, draft);
        }
        let below = line.text.len() - text.len() >= 8;
        if below && let Some(found) = way(text) {
            if self.route.is_some() {
                return self.way(found, true, draft);
            }
            draft.skipped = draft.skipped.saturating_add(1);
            let code = FaultCode::NoPrefixAbove { line: quote(text) };
            return draft.fault(Severity::Error, line.whole(), || (code, None));
        }
        // The comment of the route above, or what the letters mean.
        let comment = below && self.route.is_some() && !has_address(text);
        if !(comment || (self.legend && !has_address(text)) || is_noise(text)) {
            line.not_understood(draft);
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        self.tables.close(draft);
    }
}

impl Table {
    fn way(&mut self, (hop, cost): (Option<std::net::IpAddr>, Option<u32>), more: bool, draft: &mut Draft) {
        let Some(open) = &self.route else { return };
        let mut attributes = Attributes { next_hop: hop, ..open.attributes.clone() };
        let mut mark = open.mark;
        if attributes.protocol == Some(Protocol::Bgp) {
            attributes.med = cost;
        } else {
            mark.metric = cost;
        }
        if more && mark.choice == Some(Choice::Best) {
            mark.choice = Some(Choice::Multipath);
        }
        let (prefix, at) = (open.prefix, open.at);
        let attributes = draft.intern(attributes);
        draft.add_route(prefix, at, attributes, mark);
    }
}
