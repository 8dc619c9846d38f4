//! The reader of routing tables whose rows begin with letters: Cisco's, and what is made after them.

use super::codes::route;
use super::row::{Hop, Parts, hop, parts};
use crate::intake::address::{
    AnyAddress, AnyPrefix, address_and_length, class_length, judge, mask_length, scan_v4, truncated,
};
use crate::intake::fault::{FaultCode, Severity, quote};
use crate::intake::lines::{Line, Rows, has_address, is_noise};
use crate::intake::mark::{Choice, Mark, Via};
use crate::intake::reading::Draft;
use crate::intake::recognise::{Reason, Sample, by_rows};
use crate::intake::tables::Tables;
use crate::plan::{Attributes, Protocol};

/// Where the devices differ.
pub(super) struct Dialect {
    /// A netmask stands behind each network.
    pub(super) masks: bool,
    /// Lines that only this device prints.
    pub(super) own: fn(&str) -> bool,
    /// Whether what stands behind a prefix is like this device's.
    pub(super) is_like: fn(&str) -> bool,
}

/// A guess by a line that only this device prints, or by its rows.
pub(super) fn recognised(sample: &Sample<'_>, dialect: &Dialect) -> Option<(u8, Reason)> {
    if let Some(reason) = sample.line(dialect.own) {
        return Some((94, reason));
    }
    // A word before a prefix makes no routing table: a way to it does.
    let way = |line: &str| {
        let behind = parts(line, dialect.masks).and_then(|parts| line.get(parts.behind..));
        hop(behind.unwrap_or(line)).is_some()
    };
    if sample.rows(way).0 == 0 {
        return None;
    }
    let rows = sample.rows(|line| match parts(line, dialect.masks) {
        Some(parts) => {
            let behind = line.get(parts.behind..).unwrap_or_default();
            (dialect.masks == parts.mask.is_some()) && (behind.is_empty() || hop(behind).is_some())
        }
        None => hop(line).is_some() || is_subnetted(line),
    });
    let like = sample.rows(|line| {
        parts(line, dialect.masks).is_some_and(|parts| (dialect.is_like)(line.get(parts.at..).unwrap_or_default()))
    });
    let (confidence, reason) = match by_rows(rows) {
        // Rows that only this device prints, among rows that several do.
        Some((confidence, reason)) if like.0 > 0 => (confidence.min(72) + 12, reason),
        other => other?,
    };
    Some((confidence, reason))
}

/// `10.0.0.0/8 is variably subnetted, 5 subnets, 3 masks`.
fn is_subnetted(line: &str) -> bool {
    line.contains(" subnetted, ")
}

/// Reads a routing table.
pub(super) struct RouteTable {
    dialect: &'static Dialect,
    tables: Tables,
    /// The mask that networks without one have, by the heading above them: the major network, and the length.
    inherited: Option<(u32, u8, u8)>,
    route: Option<Route>,
    /// The letters are being explained.
    legend: bool,
}

/// The route of the last row: more ways to it may follow.
struct Route {
    prefix: AnyPrefix,
    at: usize,
    attributes: Attributes,
    mark: Mark,
    /// Whether a way to it was read, and whether one that isn't a backup.
    ways: u32,
    used: bool,
    line: (usize, usize),
    /// Nothing is said of it once its prefix was bad.
    word: String,
}

impl RouteTable {
    pub(super) fn new(dialect: &'static Dialect) -> Self {
        Self { dialect, tables: Tables::default(), inherited: None, route: None, legend: false }
    }

    fn row(&mut self, line: &Line<'_>, found: &Parts<'_>, draft: &mut Draft) {
        self.close(draft);
        let behind = line.text.get(found.behind..).unwrap_or_default();
        let way = hop(behind);
        if way.is_none() && !behind.trim().is_empty() {
            return line.not_understood(draft);
        }
        let Some(prefix) = self.prefix(line, found, draft) else {
            draft.skipped = draft.skipped.saturating_add(1);
            return;
        };
        let (attributes, mark) = route(found.codes);
        let span = line.whole();
        self.route = Some(Route {
            prefix,
            at: line.place(found.at),
            attributes,
            mark,
            ways: 0,
            used: false,
            line: (span.start, span.end),
            word: found.prefix.to_owned(),
        });
        if let Some(way) = way {
            self.way(&way, draft);
        }
    }

    /// The prefix of a row, with the mask that it has or inherits.
    fn prefix(&self, line: &Line<'_>, found: &Parts<'_>, draft: &mut Draft) -> Option<AnyPrefix> {
        let (address, mut length) = match address_and_length(found.prefix) {
            Ok(read) => read,
            Err(problem) => {
                line.problem(found.at, problem, draft);
                return None;
            }
        };
        if let (AnyAddress::V4(address), None) = (address, length) {
            length = match found.mask.and_then(|mask| scan_v4(mask.as_bytes())) {
                Some((mask, _)) => match mask_length(mask) {
                    Some(length) => Some(length),
                    None => {
                        let mask = found.mask.unwrap_or_default().to_owned();
                        let end = found.behind;
                        let span = line.span(end - mask.len()..end);
                        draft.fault(Severity::Error, span, || (FaultCode::MaskNotContiguous { mask }, None));
                        return None;
                    }
                },
                None => Some(self.inherited_length(address)),
            };
        }
        let (prefix, warning) = judge(address, length, found.prefix);
        if let Some(warning) = warning {
            line.problem(found.at, warning, draft);
        }
        Some(prefix)
    }

    /// The length of a network without one: what the heading above says of its major network, else its class's.
    fn inherited_length(&self, address: u32) -> u8 {
        let class = class_length(address);
        match self.inherited {
            Some((major, major_length, length))
                if truncated(address, major_length) == truncated(major, major_length) =>
            {
                length
            }
            // A host bit outside of its class can only be a host.
            _ if truncated(address, class).address() != address => 32,
            _ => class,
        }
    }

    /// One more way to the route that is open.
    fn way(&mut self, way: &Hop, draft: &mut Draft) {
        let Some(open) = &mut self.route else { return };
        if way.open && open.ways == 0 {
            open.attributes.distance = way.distance;
            open.attributes.med = way.metric.filter(|_| open.attributes.protocol == Some(Protocol::Bgp));
            open.mark.metric = way.metric.filter(|_| open.attributes.protocol != Some(Protocol::Bgp));
            return;
        }
        let mut attributes = open.attributes.clone();
        let mut mark = open.mark;
        attributes.distance = way.distance.or(attributes.distance);
        // Further ways stand below without their numbers on some devices.
        open.attributes.distance = attributes.distance;
        attributes.next_hop = way.next_hop;
        let metric = way.metric.or(open.mark.metric).or(open.attributes.med);
        if attributes.protocol == Some(Protocol::Bgp) {
            attributes.med = metric;
            open.attributes.med = metric;
        } else {
            mark.metric = metric;
            open.mark.metric = metric;
        }
        if way.null {
            mark.via = Some(Via::Own);
        }
        mark.choice = Some(match (way.backup, open.used) {
            (true, _) => Choice::Backup,
            (false, false) => Choice::Best,
            (false, true) => Choice::Multipath,
        });
        open.used |= !way.backup;
        open.ways += 1;
        let (prefix, at) = (open.prefix, open.at);
        let attributes = draft.intern(attributes);
        draft.add_route(prefix, at, attributes, mark);
    }

    fn close(&mut self, draft: &mut Draft) {
        if let Some(open) = self.route.take()
            && open.ways == 0
        {
            draft.skipped = draft.skipped.saturating_add(1);
            let (start, end) = open.line;
            draft.fault(Severity::Error, start..end, || {
                (FaultCode::NoRowBelow { prefix: quote(&open.word) }, None)
            });
        }
    }

    /// `1.0.0.0/32 is subnetted, 1 subnets`: networks below it that have no length have this one.
    fn subnetted(&mut self, text: &str) {
        let word = text.trim_start().split(' ').next().unwrap_or_default();
        self.inherited = match address_and_length(word) {
            Ok((AnyAddress::V4(major), Some(length))) if text.contains(" is subnetted, ") => {
                let class = match major.leading_ones() {
                    0 => 8,
                    1 => 16,
                    _ => 24,
                };
                Some((major, class.min(length), length))
            }
            _ => None,
        };
    }

    /// Whether a line belongs around the rows; what it says of the table is kept.
    fn furniture(&mut self, line: &Line<'_>, text: &str, draft: &mut Draft) -> bool {
        if text.starts_with("Codes:") || text.starts_with("Source Codes:") {
            self.legend = true;
            return true;
        }
        if self.legend && !has_address(text) && !text.starts_with("VRF") {
            return true;
        }
        let named = [
            "Routing Table: ",
            "VRF: ",
            "VRF name: ",
            "Routing table for VRF=",
            "IPv6 Routing Table - ",
            "Displaying Routing table for VRF: ",
        ];
        for before in named {
            if let Some(name) = text.strip_prefix(before) {
                self.close(draft);
                self.inherited = None;
                let name = name.split([' ', ',']).next().unwrap_or_default();
                self.tables.begin(name, line.whole().start, draft);
                return true;
            }
        }
        ["Gateway of last resort", "WARNING: Some of the routes", "Routing Descriptor Blocks", "Routing entry for"]
            .iter()
            .any(|known| text.starts_with(known))
            || is_noise(text)
    }
}

impl Rows for RouteTable {
    fn blank(&mut self, _draft: &mut Draft) {
        self.legend = false;
    }

    fn line(&mut self, line: &Line<'_>, draft: &mut Draft) {
        let text = line.text.trim_start();
        if self.legend && self.furniture(line, text, draft) {
            return;
        }
        if is_subnetted(text) {
            self.legend = false;
            self.close(draft);
            return self.subnetted(text);
        }
        if let Some(found) = parts(line.text, self.dialect.masks) {
            self.legend = false;
            return self.row(line, &found, draft);
        }
        if line.text.len() - text.len() >= 3
            && let Some(way) = hop(text)
        {
            if self.route.is_none() {
                draft.skipped = draft.skipped.saturating_add(1);
                let code = FaultCode::NoPrefixAbove { line: quote(text) };
                return draft.fault(Severity::Error, line.whole(), || (code, None));
            }
            return self.way(&way, draft);
        }
        if !self.furniture(line, text, draft) {
            line.not_understood(draft);
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        self.close(draft);
        self.tables.close(draft);
    }
}
