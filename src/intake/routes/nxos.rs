//! Cisco NX-OS: `show ip route`, `show ipv6 route`, `vrf all`.
//!
//! ```text
//! IP Route Table for VRF "default"
//! '*' denotes best ucast next-hop
//!
//! 198.51.100.0/24, ubest/mbest: 2/0
//!     *via 192.0.2.9, [20/0], 6d02h, bgp-64700, external, tag 64701
//!     *via 192.0.2.13, Eth1/2, [110/20], 5d18h, ospf-10, intra
//! ```

use crate::intake::address::{AnyPrefix, prefix};
use crate::intake::fault::{FaultCode, Severity, quote};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::{Line, LineReader, Rows, is_noise};
use crate::intake::mark::{Choice, Mark, Via};
use crate::intake::reading::Draft;
use crate::intake::recognise::by_rows;
use crate::intake::tables::Tables;
use crate::plan::{Attributes, Protocol, Stage};

pub(crate) static FORMAT: Definition = Definition {
    name: "nxos-route",
    title: "show ip route (Cisco NX-OS)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        if let Some(reason) = sample.line(|line| table(line).is_some() || network(line).is_some()) {
            return Some((93, reason));
        }
        by_rows(sample.rows(|line| way(line).is_some()))
    },
    open: |text| Box::new(LineReader::new(text, Table::default())),
};

/// The VRF of the table that a line begins.
fn table(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("IP Route Table for VRF ").or(line.strip_prefix("IPv6 Routing Table for VRF "))?;
    Some(rest.trim().trim_matches('"'))
}

/// The network that a line begins.
fn network(line: &str) -> Option<&str> {
    let (word, rest) = line.trim_start().split_once(", ubest/mbest:")?;
    (!word.contains(' ') && !rest.is_empty()).then_some(word)
}

/// A way to a network.
struct Way {
    attributes: Attributes,
    mark: Mark,
}

fn way(line: &str) -> Option<Way> {
    let line = line.trim_start();
    let best = line.starts_with('*');
    let rest = line.trim_start_matches('*').strip_prefix("via ")?;
    let mut fields = rest.split(", ");
    let hop = fields.next()?;
    let word = hop.split('%').next().unwrap_or_default();
    let mut attributes = Attributes { next_hop: word.parse().ok(), ..Attributes::default() };
    let mut mark = Mark { choice: Some(if best { Choice::Best } else { Choice::Valid }), ..Mark::default() };
    let mut metric = None;
    let mut numbered = false;
    let mut kind = "";
    for field in fields {
        let numbers = field.strip_prefix('[').and_then(|field| field.strip_suffix(']'));
        if let Some((distance, value)) = numbers.and_then(|numbers| numbers.split_once('/')) {
            attributes.distance = distance.parse().ok();
            metric = value.parse().ok();
            numbered = true;
        } else if field.starts_with("external") {
            mark.via = Some(Via::External);
        } else if field.starts_with("internal") {
            mark.via = Some(Via::Internal);
        } else if numbered && kind.is_empty() && !is_age(field) {
            kind = field;
        }
    }
    if !numbered {
        return None;
    }
    let (protocol, via) = match kind.split('-').next().unwrap_or_default() {
        "bgp" => (Protocol::Bgp, mark.via),
        "static" => (Protocol::Static, None),
        "direct" | "local" | "hsrp" | "vrrp" | "am" | "broadcast" | "attached" => {
            (Protocol::Static, Some(Via::Connected))
        }
        _ => (Protocol::Igp, None),
    };
    attributes.protocol = Some(protocol);
    mark.via = if hop.starts_with("Null") { Some(Via::Own) } else { via };
    if protocol == Protocol::Bgp {
        attributes.med = metric;
    } else {
        mark.metric = metric;
    }
    Some(Way { attributes, mark })
}

/// `6d02h`, `00:00:01`, `2y49w`, `0.000000`.
fn is_age(field: &str) -> bool {
    field.starts_with(|c: char| c.is_ascii_digit())
}

#[derive(Default)]
struct Table {
    tables: Tables,
    prefix: Option<(AnyPrefix, usize)>,
    /// Whether a best way to the network was read.
    used: bool,
    /// Whether the network is one that could be read.
    broken: bool,
}

impl Rows for Table {
    fn line(&mut self, line: &Line<'_>, draft: &mut Draft) {
        let text = line.text.trim_start();
        if let Some(name) = table(text) {
            self.prefix = None;
            return self.tables.begin(name, line.whole().start, draft);
        }
        if let Some(word) = network(text) {
            let at = line.text.len() - text.len();
            self.used = false;
            self.broken = false;
            self.prefix = match prefix(word) {
                Ok((prefix, warning)) => {
                    if let Some(warning) = warning {
                        line.problem(at, warning, draft);
                    }
                    Some((prefix, line.place(at)))
                }
                Err(problem) => {
                    line.problem(at, problem, draft);
                    self.broken = true;
                    None
                }
            };
            return;
        }
        if let Some(mut way) = way(text) {
            let Some((prefix, at)) = self.prefix else {
                draft.skipped = draft.skipped.saturating_add(1);
                if !self.broken {
                    let code = FaultCode::NoPrefixAbove { line: quote(text) };
                    draft.fault(Severity::Error, line.whole(), || (code, None));
                }
                return;
            };
            if way.mark.choice == Some(Choice::Best) && std::mem::replace(&mut self.used, true) {
                way.mark.choice = Some(Choice::Multipath);
            }
            let attributes = draft.intern(way.attributes);
            return draft.add_route(prefix, at, attributes, way.mark);
        }
        if !text.starts_with('\'') && !is_noise(text) {
            line.not_understood(draft);
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        self.tables.close(draft);
    }
}
