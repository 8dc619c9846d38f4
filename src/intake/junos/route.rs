//! One route of Junos, however it is printed.

use crate::intake::address::{AnyPrefix, prefix};
use crate::intake::as_path::{self, origin};
use crate::intake::lines::Line;
use crate::intake::mark::{Choice, Mark, Via};
use crate::intake::reading::Draft;
use crate::plan::{Attributes, Protocol};

/// A route being read.
#[derive(Clone, Default, Debug)]
pub(super) struct Route {
    pub(super) attributes: Attributes,
    pub(super) mark: Mark,
}

impl Route {
    /// A route of this protocol (`BGP`, or terse `B`), active or not.
    pub(super) fn new(protocol: &str, active: bool) -> Self {
        let mut route = Self::default();
        route.mark.choice = Some(if active { Choice::Best } else { Choice::Valid });
        route.protocol(protocol);
        route
    }

    pub(super) fn protocol(&mut self, protocol: &str) {
        let (protocol, via) = match protocol {
            "BGP" | "B" => (Protocol::Bgp, None),
            "Static" | "S" => (Protocol::Static, None),
            "Direct" | "D" | "Local" | "L" | "Access-internal" | "Access" => {
                (Protocol::Static, Some(Via::Connected))
            }
            "Aggregate" | "A" => (Protocol::Static, Some(Via::Own)),
            _ => (Protocol::Igp, None),
        };
        self.attributes.protocol = Some(protocol);
        self.mark.via = via;
    }

    pub(super) fn is_bgp(&self) -> bool {
        self.attributes.protocol == Some(Protocol::Bgp)
    }

    /// Junos's preference: lower is better, as administrative distance is. It reaches 2^32 - 1.
    pub(super) fn preference(&mut self, word: &str) -> bool {
        match word.parse::<u32>() {
            Ok(preference) => {
                self.attributes.distance = Some(u8::try_from(preference).unwrap_or(u8::MAX));
                true
            }
            Err(_) => false,
        }
    }

    /// A metric: BGP's MED, else the interior one.
    pub(super) fn metric(&mut self, word: &str) -> bool {
        let Ok(metric) = word.parse() else { return false };
        if self.is_bgp() {
            self.attributes.med = Some(metric);
        } else {
            self.mark.metric = Some(metric);
        }
        true
    }

    pub(super) fn local_preference(&mut self, word: &str) -> bool {
        let read = word.parse().ok();
        self.attributes.local_preference = read.or(self.attributes.local_preference);
        read.is_some()
    }

    /// An AS path with its origin: `64701 {64702 64703} I`; whether all of it was understood.
    pub(super) fn path(&mut self, text: &str) -> bool {
        let text = text.trim().strip_prefix("AS path:").unwrap_or(text).trim();
        let scanned = as_path::scan(text);
        let rest = text.get(scanned.end..).unwrap_or_default();
        let letter = rest.split([' ', ',', '(']).next().unwrap_or_default();
        self.attributes.origin = origin(letter);
        self.mark.cut = scanned.cut;
        let whole = rest.is_empty() || self.attributes.origin.is_some();
        if !self.is_bgp() {
            // Detailed prints say "AS path: I" of every route.
            self.attributes.origin = None;
        } else if whole {
            self.attributes.as_path = Some(scanned.path);
        }
        whole
    }

    /// A next hop; the first that is named stays.
    pub(super) fn next_hop(&mut self, word: &str) {
        if self.attributes.next_hop.is_none() {
            self.attributes.next_hop = word.split('%').next().and_then(|word| word.parse().ok());
        }
    }

    /// Adds it to what was read.
    pub(super) fn add(self, prefix: AnyPrefix, at: usize, draft: &mut Draft) {
        let attributes = draft.intern(self.attributes);
        draft.add_route(prefix, at, attributes, self.mark);
    }
}

/// Reads the prefix at a column of a line.
pub(super) fn read_prefix(
    line: &Line<'_>,
    at: usize,
    word: &str,
    draft: &mut Draft,
) -> Option<(AnyPrefix, usize)> {
    let place = line.place(at);
    match prefix(word) {
        Ok((read, warning)) => {
            if let Some(warning) = warning {
                line.problem(at, warning, draft);
            }
            Some((read, place))
        }
        Err(problem) => {
            line.problem(at, problem, draft);
            None
        }
    }
}
