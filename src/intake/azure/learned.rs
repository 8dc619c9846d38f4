//! What a VPN or ExpressRoute gateway learned: `az network vnet-gateway list-learned-routes`,
//! `Get-AzVirtualNetworkGatewayLearnedRoute`, and the same of a Route Server.
//!
//! Azure's side again: routes that it learned by eBGP, or over iBGP from the gateway's other instance, are ours;
//! those of origin `Network` are the virtual network's own. Autonomous systems in a path are separated by dashes.
//!
//! ```text
//! Network          NextHop    Origin    SourcePeer    AsPath       Weight
//! ---------------  ---------  --------  ------------  -----------  --------
//! 10.1.0.0/16                 Network   10.1.0.12                  32768
//! 198.51.100.0/24  10.1.0.4   EBgp      10.1.0.4      12076-64700  32769
//! ```

use super::record::{Field, Record};
use super::routes::{add, bad, is_hop, is_number, is_prefix, next_hop, number, origin, path};
use super::{Shape, open, recognised};
use crate::intake::fault::{Expected, Severity};
use crate::intake::format::{Definition, Kind};
use crate::intake::mark::{Mark, Via};
use crate::intake::reading::Draft;
use crate::intake::recognise::{Reason, Sample};
use crate::intake::tables::Tables;
use crate::plan::{Attributes, Protocol, Stage};

pub(crate) static FORMAT: Definition = Definition {
    name: "azure-gateway-learned",
    title: "routes that a gateway learned (Azure)",
    kind: Kind::Accepted,
    stage: Stage::Received,
    recognise: |sample| gateway(sample, false),
    open: |text| open(text, &SHAPE),
};

pub(super) static SHAPE: Shape = Shape {
    fields: &[
        ("Network", Field::Prefix),
        ("NextHop", Field::NextHop),
        ("Origin", Field::Origin),
        ("SourcePeer", Field::Peer),
        ("AsPath", Field::Path),
        ("Weight", Field::Weight),
        ("LocalAddress", Field::Local),
    ],
    needs: &[Field::Prefix, Field::Path, Field::Origin],
    row,
    read,
};

/// Both of a gateway's lists look the same; what they call origins tells them apart.
pub(super) fn gateway(sample: &Sample<'_>, advertised: bool) -> Option<(u8, Reason)> {
    let (confidence, reason) = recognised(sample, &SHAPE)?;
    let says = |names: &[&str]| sample.lines().iter().any(|line| names.iter().any(|name| says(line, name)));
    let is_advertised = says(&["Igp", "Egp", "Incomplete"]) && !says(&["EBgp", "IBgp", "Network"]);
    Some((if advertised == is_advertised { confidence } else { confidence.saturating_sub(20) }, reason))
}

/// Whether a line has this word as a value: not as a label, nor in the heading of a table.
fn says(line: &str, name: &str) -> bool {
    let around = |c: Option<char>| c.is_none_or(|c| matches!(c, ' ' | '"' | ',' | ':'));
    let is_value = |at: usize| {
        let (before, behind) =
            (line.get(..at).unwrap_or_default(), line.get(at + name.len()..).unwrap_or_default());
        let is_label = behind.trim_start_matches('"').trim_start().starts_with(':');
        around(before.chars().next_back()) && around(behind.chars().next()) && !is_label
    };
    !line.contains("SourcePeer ") && line.match_indices(name).any(|(at, _)| is_value(at))
}

/// Prefix; next hop; a word for the origin; the peer; path; weight; or the next hop at the end.
fn row(words: &[&str]) -> Option<Vec<Field>> {
    let (network, rest) = words.split_first()?;
    if !is_prefix(network) {
        return None;
    }
    let at = rest.iter().position(|word| is_origin(word)).filter(|at| *at <= 1)?;
    let mut fields = vec![Field::Prefix];
    if at == 1 {
        rest.first().filter(|word| is_hop(word))?;
        fields.push(Field::NextHop);
    }
    fields.push(Field::Origin);
    let rest = rest.get(at + 1..)?;
    let peer = usize::from(rest.first().is_some_and(|word| is_hop(word)));
    fields.extend(std::iter::repeat_n(Field::Peer, peer));
    let behind = rest.get(peer..)?;
    let hop = usize::from(at == 0 && behind.last().is_some_and(|word| is_hop(word)));
    let numbers = behind.get(..behind.len() - hop)?;
    match numbers {
        [weight] if is_number(weight) => fields.push(Field::Weight),
        [path, weight] if is_number(weight) && path.starts_with(|c: char| c.is_ascii_digit()) => {
            fields.extend([Field::Path, Field::Weight]);
        }
        _ => return None,
    }
    fields.extend(std::iter::repeat_n(Field::NextHop, hop));
    Some(fields)
}

fn is_origin(word: &str) -> bool {
    matches!(word, "Network" | "EBgp" | "IBgp" | "Static" | "Connected") || origin(word).is_some()
}

pub(super) fn read(record: &Record, _tables: &mut Tables, draft: &mut Draft) {
    let (hop, _) = next_hop(record, draft);
    let mut attributes = Attributes {
        next_hop: hop,
        weight: number(record, Field::Weight, "weight", draft),
        protocol: Some(Protocol::Bgp),
        ..Attributes::default()
    };
    let mut mark = Mark::default();
    path(record, &mut attributes, &mut mark, draft);
    if let Some(said) = record.first(Field::Origin) {
        match said.text.to_ascii_lowercase().as_str() {
            "network" | "connected" => mark.via = Some(Via::Own),
            "ebgp" => mark.via = Some(Via::External),
            "ibgp" => mark.via = Some(Via::Internal),
            "static" => attributes.protocol = Some(Protocol::Static),
            name => match origin(name) {
                Some(origin) => attributes.origin = Some(origin),
                None => bad(record, &said, "origin", Expected::Origin, Severity::Warning, draft),
            },
        }
    }
    add(record, attributes, mark, false, draft);
}
