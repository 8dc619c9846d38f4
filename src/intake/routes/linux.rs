//! Linux `ip route`, `ip -6 route`, also `show table all`.
//!
//! ```text
//! default via 192.0.2.9 dev eth0 proto static metric 100
//! 198.51.100.0/24 proto bird metric 32
//!         nexthop via 192.0.2.13 dev eth1 weight 1
//!         nexthop via 192.0.2.17 dev eth2 weight 1
//! 192.0.2.8/30 dev eth0 proto kernel scope link src 192.0.2.10
//! blackhole 10.0.0.0/8 proto static
//! 2001:db8:a::/48 via fe80::1 dev eth0 proto bgp metric 20 pref medium
//! ```

use crate::intake::address::{AnyAddress, AnyPrefix, address, prefix};
use crate::intake::fault::{FaultCode, Severity, quote};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::{Line, LineReader, Rows, is_noise, words};
use crate::intake::mark::{Choice, Mark, Via};
use crate::intake::reading::Draft;
use crate::intake::recognise::by_rows;
use crate::intake::tables::Tables;
use crate::plan::{Attributes, Protocol, Stage};
use crate::space::Prefix;

pub(crate) static FORMAT: Definition = Definition {
    name: "ip-route",
    title: "ip route (Linux)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        // Plain lists may say `via` too.
        sample.line(|line| is_row(line) && (line.contains(" dev ") || line.contains(" proto ")))?;
        let (confidence, reason) = by_rows(sample.rows(|line| is_row(line) || way(line).is_some()))?;
        Some((confidence + 12, reason))
    },
    open: |text| Box::new(LineReader::new(text, Table::default())),
};

/// Kinds of routes that may stand before the network; those behind the first lead nowhere or to the device.
const KINDS: [&str; 10] = [
    "unicast",
    "blackhole",
    "unreachable",
    "prohibit",
    "throw",
    "local",
    "broadcast",
    "multicast",
    "anycast",
    "nat",
];

/// The words that name something of a route.
const KEYS: [&str; 5] = ["via", "dev", "proto", "scope", "metric"];

fn is_row(line: &str) -> bool {
    let mut all = words(line).map(|(_, word)| word).peekable();
    let kind = all.next_if(|word| KINDS.contains(word)).is_some();
    let Some(network) = all.next() else { return false };
    let is_network = network == "default" || prefix(network).is_ok();
    is_network && all.next().map_or(kind, |word| KEYS.contains(&word) || word == "nhid" || word == "table")
}

/// What a line below says of one of several ways.
fn way(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("nexthop ")?;
    (rest.starts_with("via ") || rest.starts_with("dev ")).then_some(rest)
}

#[derive(Default)]
struct Table {
    tables: Tables,
    /// The route of the last row, whose ways stand below it.
    open: Option<Open>,
}

struct Open {
    network: Network,
    at: usize,
    attributes: Attributes,
    mark: Mark,
    ways: u32,
    word: String,
    span: std::ops::Range<usize>,
}

/// What a route leads to; whose family `default` is of, its next hop says.
#[derive(Copy, Clone)]
enum Network {
    Prefix(AnyPrefix),
    Default,
}

impl Rows for Table {
    fn line(&mut self, line: &Line<'_>, draft: &mut Draft) {
        if let Some(rest) = way(line.text) {
            if self.open.is_none() {
                draft.skipped = draft.skipped.saturating_add(1);
                let code = FaultCode::NoPrefixAbove { line: quote(line.text.trim_start()) };
                return draft.fault(Severity::Error, line.whole(), || (code, None));
            }
            return self.way(rest, draft);
        }
        self.close(draft);
        if !is_row(line.text) {
            if !is_noise(line.text) {
                line.not_understood(draft);
            }
            return;
        }
        self.row(line, draft);
    }

    fn end(&mut self, draft: &mut Draft) {
        self.close(draft);
        self.tables.close(draft);
    }
}

impl Table {
    fn row(&mut self, line: &Line<'_>, draft: &mut Draft) {
        let mut all = words(line.text).peekable();
        let kind = all.next_if(|(_, word)| KINDS.contains(word)).map_or("unicast", |(_, kind)| kind);
        let Some((at, word)) = all.next() else { return };
        let network = match word {
            "default" => Network::Default,
            _ => match prefix(word) {
                Ok((prefix, warning)) => {
                    if let Some(warning) = warning {
                        line.problem(at, warning, draft);
                    }
                    Network::Prefix(prefix)
                }
                Err(_) => return,
            },
        };
        let rest = line.text.get(at + word.len()..).unwrap_or_default();
        let mut open = Open {
            network,
            at: line.place(at),
            attributes: Attributes::default(),
            mark: Mark { choice: Some(Choice::Best), ..Mark::default() },
            ways: 0,
            word: word.to_owned(),
            span: line.whole(),
        };
        let value = |key: &str| behind(rest, key);
        let proto = value("proto").unwrap_or("boot");
        open.attributes.protocol = Some(match proto {
            "bgp" | "bird" | "zebra" | "gobgp" | "exabgp" => Protocol::Bgp,
            "ospf" | "isis" | "rip" | "eigrp" | "babel" => Protocol::Igp,
            _ => Protocol::Static,
        });
        open.mark.via = match (kind, proto) {
            ("unicast", "kernel") => Some(Via::Connected),
            ("local" | "broadcast" | "multicast" | "anycast", _) => Some(Via::Connected),
            ("unicast" | "nat", _) => None,
            _ => Some(Via::Own),
        };
        open.mark.metric = value("metric").and_then(|word| word.parse().ok());
        if rest.contains("linkdown") || rest.contains(" dead") {
            open.mark.choice = Some(Choice::Unusable);
        }
        match value("table") {
            Some(table) => self.tables.begin(table, open.span.start, draft),
            // Behind another table, a route that names none is of the main one.
            None if !self.tables.details().vrf.is_empty() => self.tables.begin("main", open.span.start, draft),
            None => {}
        }
        // A route of several ways names none of them on its first line.
        let alone = value("via").is_some() || value("dev").is_some() || kind != "unicast";
        self.open = Some(open);
        if alone {
            self.way(rest, draft);
        }
    }

    fn way(&mut self, rest: &str, draft: &mut Draft) {
        let Some(open) = &mut self.open else { return };
        let mut attributes = open.attributes.clone();
        let mut mark = open.mark;
        // `via inet6 fe80::1` is a next hop of the other family.
        let hop = match behind(rest, "via") {
            Some("inet6" | "inet") => behind(rest, "inet6").or(behind(rest, "inet")),
            hop => hop,
        };
        attributes.next_hop = hop.and_then(|hop| hop.parse().ok());
        if open.ways > 0 && mark.choice == Some(Choice::Best) {
            mark.choice = Some(Choice::Multipath);
        }
        if rest.contains("linkdown") || rest.contains(" dead") {
            mark.choice = Some(Choice::Unusable);
        }
        open.ways += 1;
        let prefix = match open.network {
            Network::Prefix(prefix) => prefix,
            Network::Default => match hop.and_then(address) {
                Some(AnyAddress::V6(_)) => AnyPrefix::V6(Prefix::ALL),
                _ => AnyPrefix::V4(Prefix::ALL),
            },
        };
        let at = open.at;
        let attributes = draft.intern(attributes);
        draft.add_route(prefix, at, attributes, mark);
    }

    fn close(&mut self, draft: &mut Draft) {
        if let Some(open) = self.open.take()
            && open.ways == 0
        {
            draft.skipped = draft.skipped.saturating_add(1);
            let code = FaultCode::NoRowBelow { prefix: quote(&open.word) };
            draft.fault(Severity::Error, open.span, || (code, None));
        }
    }
}

/// The word behind this one.
fn behind<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let mut all = words(text).map(|(_, word)| word);
    all.find(|word| *word == key)?;
    all.next()
}
