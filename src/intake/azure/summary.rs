//! Summaries of BGP sessions: `az network express-route list-route-tables-summary`,
//! `Get-AzExpressRouteCircuitRouteTableSummary`, and a gateway's peers (`list-bgp-peer-status`,
//! `Get-AzVirtualNetworkGatewayBGPPeerStatus`).
//!
//! They have no routes. Each neighbour becomes a set without entries, so that what is known of it isn't lost.
//!
//! ```json
//! {"value": [{"as": 64700, "neighbor": "192.0.2.1", "statePfxRcd": "50", "upDown": "8w4d", "v": 4}]}
//! ```

use super::record::{Field, Record};
use super::routes::{bad, is_hop, is_number};
use super::{Shape, open, recognised};
use crate::intake::fault::{Expected, FaultCode, Severity};
use crate::intake::format::{Definition, Kind};
use crate::intake::reading::{Draft, NamedSet, Neighbour, SetDetails, offset};
use crate::intake::tables::Tables;
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "azure-summary",
    title: "summary of BGP neighbours, without routes (Azure)",
    kind: Kind::Accepted,
    stage: Stage::Received,
    recognise: |sample| recognised(sample, &SHAPE),
    open: |text| open(text, &SHAPE),
};

static SHAPE: Shape = Shape {
    fields: &[
        ("Neighbor", Field::Neighbour),
        ("As", Field::As),
        ("Asn", Field::As),
        ("V", Field::Other),
        ("UpDown", Field::Up),
        ("ConnectedDuration", Field::Up),
        ("StatePfxRcd", Field::StateOrPrefixes),
        ("StateOrPrefixesReceived", Field::StateOrPrefixes),
        ("RoutesReceived", Field::Prefixes),
        ("State", Field::State),
        ("LocalAddress", Field::Local),
        ("MessagesSent", Field::Other),
        ("MessagesReceived", Field::Other),
    ],
    needs: &[Field::Neighbour, Field::As, Field::Up],
    row,
    read,
};

/// Neighbour, version, AS, time, state or number of prefixes.
fn row(words: &[&str]) -> Option<Vec<Field>> {
    let [neighbour, version, asn, _, _] = words else { return None };
    (is_hop(neighbour) && *version == "4" && is_number(asn))
        .then(|| vec![Field::Neighbour, Field::Other, Field::As, Field::Up, Field::StateOrPrefixes])
}

fn read(record: &Record, _tables: &mut Tables, draft: &mut Draft) {
    let Some(said) = record.first(Field::Neighbour) else { return };
    let text = |field| record.first(field).map(|said| said.text.to_owned()).unwrap_or_default();
    let mut neighbour = Neighbour { up: text(Field::Up), state: text(Field::State), ..Neighbour::default() };
    if let Some(asn) = record.first(Field::As) {
        neighbour.asn = asn.text.parse().ok();
        if neighbour.asn.is_none() {
            bad(record, &asn, "AS", Expected::Number { from: 0, to: u32::MAX }, Severity::Warning, draft);
        }
    }
    if let Some(said) = record.first(Field::StateOrPrefixes).or_else(|| record.first(Field::Prefixes)) {
        match said.text.parse() {
            Ok(prefixes) => neighbour.prefixes = Some(prefixes),
            Err(_) => neighbour.state = said.text.to_owned(),
        }
    }
    if draft.sets.is_empty() {
        let span = record.span(&said);
        draft.fault(Severity::Warning, span, || (FaultCode::OnlyNeighbours, None));
    }
    let (v4, v6) = (offset(draft.v4.len()), offset(draft.v6.len()));
    draft.add_set(NamedSet {
        name: said.text.to_owned(),
        v4: v4..v4,
        v6: v6..v6,
        at: offset(record.at(&said)),
        details: SetDetails { neighbour: Some(neighbour), ..SetDetails::default() },
        ..NamedSet::default()
    });
}
