//! The effective routes of a network interface: `az network nic show-effective-route-table`,
//! `Get-AzEffectiveRouteTable`, and route tables that users made (`az network route-table route list`).
//!
//! ```text
//! Source                 State    Address Prefix    Next Hop Type          Next Hop IP
//! ---------------------  -------  ----------------  ---------------------  -------------
//! Default                Active   10.1.0.0/16       VnetLocal
//! VirtualNetworkGateway  Active   198.51.100.0/24   VirtualNetworkGateway  192.0.2.4
//! User                   Invalid  0.0.0.0/0         VirtualAppliance       10.1.0.4
//! ```
//! What a gateway learned and what a user set are routes; the rest are Azure's own: the virtual network, its
//! peerings, the Internet, and what it drops.

use super::record::{Field, Record};
use super::routes::{add, is_hop, is_prefix, next_hop};
use super::{Shape, open, recognised};
use crate::intake::format::{Definition, Kind};
use crate::intake::mark::{Choice, Mark, Via};
use crate::intake::reading::Draft;
use crate::intake::tables::Tables;
use crate::plan::{Attributes, Protocol, Stage};

pub(crate) static FORMAT: Definition = Definition {
    name: "azure-effective",
    title: "effective routes of a network interface (Azure)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| recognised(sample, &SHAPE),
    open: |text| open(text, &SHAPE),
};

static SHAPE: Shape = Shape {
    fields: &[
        ("AddressPrefix", Field::Prefix),
        ("Address Prefix", Field::Prefix),
        ("NextHopType", Field::HopType),
        ("Next Hop Type", Field::HopType),
        ("NextHopIpAddress", Field::NextHop),
        ("Next Hop IP", Field::NextHop),
        ("Source", Field::Source),
        ("State", Field::State),
        ("Name", Field::Name),
        ("DisableBgpRoutePropagation", Field::Other),
        ("HasBgpOverride", Field::Other),
        ("ProvisioningState", Field::Other),
        ("ResourceGroup", Field::Other),
    ],
    needs: &[Field::Prefix, Field::HopType],
    row,
    read,
};

fn is_source(word: &str) -> bool {
    matches!(word, "Default" | "User" | "VirtualNetworkGateway" | "Unknown")
}

fn is_state(word: &str) -> bool {
    matches!(word, "Active" | "Invalid")
}

const TYPES: [&str; 12] = [
    "VnetLocal",
    "VNetLocal",
    "VNetPeering",
    "VNetGlobalPeering",
    "VirtualNetworkPeering",
    "VirtualNetworkGateway",
    "VirtualAppliance",
    "VirtualNetworkServiceEndpoint",
    "InterfaceEndpoint",
    "Internet",
    "None",
    "HyperNetGateway",
];

/// A source, a state and prefixes in any order, one of them perhaps blank; the kind of next hop, and its addresses.
fn row(words: &[&str]) -> Option<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::with_capacity(words.len());
    let word = |word: &str| word.trim_matches(['{', '}', ',']).to_owned();
    for said in words {
        let seen = |field: Field| fields.contains(&field);
        let (typed, plain) = (seen(Field::HopType), word(said));
        let field = if typed && is_hop(&plain) {
            Field::NextHop
        } else if typed && plain.is_empty() {
            Field::Other
        } else if typed && is_source(said) && !seen(Field::Source) {
            Field::Source
        } else if typed {
            return None;
        } else if is_prefix(&plain) {
            Field::Prefix
        } else if is_state(said) {
            Field::State
        } else if is_source(said) && fields.is_empty() {
            Field::Source
        } else if TYPES.contains(said) && (seen(Field::Prefix)) {
            Field::HopType
        } else {
            return None;
        };
        fields.push(field);
    }
    let has = |field: Field| fields.contains(&field);
    (has(Field::HopType) && has(Field::Prefix) && (has(Field::State) || has(Field::Source))).then_some(fields)
}

fn read(record: &Record, _tables: &mut Tables, draft: &mut Draft) {
    let said = |field| record.first(field).map(|said| said.text).unwrap_or_default();
    let (source, kind) = (said(Field::Source), said(Field::HopType));
    let (hop, _) = next_hop(record, draft);
    let is = |word: &str, of: &str| word.eq_ignore_ascii_case(of);
    let protocol =
        if is(source, "VirtualNetworkGateway") || is(kind, "VirtualNetworkGateway") && !is(source, "User") {
            Protocol::Bgp
        } else {
            Protocol::Static
        };
    let via = if is(kind, "VnetLocal") {
        Some(Via::Connected)
    } else if is(kind, "VirtualAppliance") || is(kind, "VirtualNetworkGateway") || is(kind, "HyperNetGateway") {
        None
    } else {
        Some(Via::Own)
    };
    let choice = match said(Field::State) {
        state if is(state, "Active") => Some(Choice::Best),
        state if is(state, "Invalid") => Some(Choice::Unusable),
        _ => None,
    };
    let attributes = Attributes { next_hop: hop, protocol: Some(protocol), ..Attributes::default() };
    add(record, attributes, Mark { choice, via, ..Mark::default() }, false, draft);
}
