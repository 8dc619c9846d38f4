//! The route table of an ExpressRoute circuit: `az network express-route list-route-tables` and
//! `Get-AzExpressRouteCircuitRouteTable`.
//!
//! It is the view of Microsoft's router (AS 12076): rows that our edge announced are our accepted advertisements,
//! rows with an AS of Microsoft's first in their path are Microsoft's own. There are no communities and no MED. The
//! sign `*` behind a next hop is not documented; where several rows have one prefix, it stands behind one of them, and
//! is kept as the router's choice. A network without a length has that of its class, as in the table that the router
//! prints; the default route is `0.0.0.0`.
//!
//! ```json
//! {"value": [{"locPrf": "", "network": "198.51.100.0/24", "nextHop": "192.0.2.1*", "path": "64700 I", "weight": 0}]}
//! ```

use super::record::{Field, Record};
use super::routes::{add, is_hop, is_number, is_prefix, next_hop, number, path};
use super::{Shape, open, recognised};
use crate::intake::address::address_and_length;
use crate::intake::as_path::origin;
use crate::intake::format::{Definition, Kind};
use crate::intake::mark::{Choice, Mark, Via};
use crate::intake::reading::Draft;
use crate::intake::tables::Tables;
use crate::plan::{Attributes, MICROSOFT_ASN, Protocol, Segment, Stage};

pub(crate) static FORMAT: Definition = Definition {
    name: "azure-circuit",
    title: "route table of an ExpressRoute circuit (Azure)",
    kind: Kind::Accepted,
    stage: Stage::Received,
    recognise: |sample| recognised(sample, &SHAPE),
    open: |text| open(text, &SHAPE),
};

static SHAPE: Shape = Shape {
    fields: &[
        ("Network", Field::Prefix),
        ("NextHop", Field::NextHop),
        ("LocPrf", Field::LocalPreference),
        ("Weight", Field::Weight),
        ("Path", Field::Path),
    ],
    needs: &[Field::Prefix, Field::NextHop, Field::Path],
    row,
    read,
};

/// Microsoft's own AS numbers: on circuits, in its backbone, and those that it keeps for gateways.
fn is_microsoft(asn: u32) -> bool {
    asn == MICROSOFT_ASN || (8068..=8076).contains(&asn) || (65515..=65520).contains(&asn)
}

/// Prefix, next hop, perhaps a local preference, weight, path. The weight of a route that isn't the router's own is 0,
/// which is no AS number, so it tells which number is which.
fn row(words: &[&str]) -> Option<Vec<Field>> {
    let (network, rest) = words.split_first()?;
    let (hop, rest) = rest.split_first()?;
    let is_network = is_prefix(network) || (address_and_length(network).is_ok() && network.contains('.'));
    if !is_network || !is_hop(hop) {
        return None;
    }
    let is_weight = |word: &str| word == "0" || word == "32768";
    let mut fields = vec![Field::Prefix, Field::NextHop];
    let path = match rest {
        [weight, path @ ..] if is_weight(weight) => {
            fields.push(Field::Weight);
            path
        }
        [preference, weight, path @ ..] if is_number(preference) && is_weight(weight) => {
            fields.extend([Field::LocalPreference, Field::Weight]);
            path
        }
        _ => return None,
    };
    let is_path = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_digit() || "([{…".contains(c)) && !word.contains(['.', ':'])
    };
    let numbers = path.iter().take_while(|word| is_path(word)).count();
    let letter = path.get(numbers..)?;
    if !(letter.is_empty() || (letter.len() == 1 && letter.first().is_some_and(|word| origin(word).is_some()))) {
        return None;
    }
    fields.extend(path.iter().map(|_| Field::Path));
    Some(fields)
}

fn read(record: &Record, _tables: &mut Tables, draft: &mut Draft) {
    let (hop, marked) = next_hop(record, draft);
    let mut attributes = Attributes {
        next_hop: hop,
        local_preference: number(record, Field::LocalPreference, "local preference", draft),
        weight: number(record, Field::Weight, "weight", draft),
        protocol: Some(Protocol::Bgp),
        ..Attributes::default()
    };
    let mut mark = Mark { choice: marked.then_some(Choice::Best), ..Mark::default() };
    path(record, &mut attributes, &mut mark, draft);
    let first = attributes.as_path.as_ref().and_then(|path| path.0.first());
    let asn = match first {
        Some(Segment::Sequence(asns) | Segment::Set(asns)) => asns.first().copied(),
        _ => None,
    };
    mark.via = Some(match asn {
        Some(asn) if !is_microsoft(asn) => Via::External,
        // A path that is cut within its first number says nothing.
        None if mark.cut => Via::External,
        _ => Via::Own,
    });
    add(record, attributes, mark, true, draft);
}
