//! What Microsoft doesn't send: route filter, SKU and authorisation.

use super::NoSay;
use crate::plan::communities::{Area, area_of, needs_microsoft_365_authorisation, region_digits};
use crate::plan::{Attributes, Circuit, Community, Exit, Link, PeeringKind, Plan, Sku, Stage};

/// Why a route that Microsoft would offer isn't sent over this exit; `None`: it is sent.
///
/// Nothing is received on Microsoft peering until a route filter is attached, and then what carries one of its
/// communities (Microsoft: ExpressRoute routing requirements): through one that names none, nothing. A route whose list names no community of Microsoft's
/// can't be judged by the filter and is taken as let through. Standard reaches the circuit's geopolitical area,
/// Local the regions of its metro, Premium all; Microsoft 365 needs Premium and authorisation (ExpressRoute FAQ).
pub(crate) fn withheld(plan: &Plan, exit: &Exit, stage: Stage, attributes: &Attributes) -> Option<NoSay> {
    let Link::ExpressRoute(link) = &exit.link else { return None };
    if stage == Stage::Received || link.peering != PeeringKind::Microsoft {
        return None;
    }
    // A peering that the plan doesn't have has no filter attached either.
    let circuit = plan.circuits.iter().find(|circuit| circuit.id == link.circuit);
    let peering = circuit.and_then(|circuit| circuit.peering(link.peering));
    let filter = peering.and_then(|peering| peering.route_filter.as_ref()).filter(|filter| !filter.is_empty());
    let (Some(circuit), Some(filter)) = (circuit, filter) else {
        return Some(NoSay::NoRouteFilter);
    };
    let marks: Vec<Community> = attributes
        .communities
        .iter()
        .copied()
        .filter(|c| u32::from(c.asn) == crate::plan::MICROSOFT_ASN)
        .collect();
    if marks.is_empty() {
        return None;
    }
    let let_through: Vec<Community> = marks.iter().copied().filter(|mark| filter.contains(mark)).collect();
    if let_through.is_empty() {
        return Some(NoSay::NotInRouteFilter);
    }
    let allowed: Vec<Community> = let_through
        .into_iter()
        .filter(|mark| !needs_microsoft_365_authorisation(*mark) || may_365(circuit))
        .collect();
    if allowed.is_empty() {
        return Some(NoSay::NotAuthorised);
    }
    // The regions a route belongs to are those of all its marks, not only of the filtered ones.
    let regions: Vec<u16> = marks.iter().filter_map(|mark| region_digits(*mark)).collect();
    let outside = !regions.is_empty() && !regions.iter().any(|region| reaches(circuit, *region));
    outside.then_some(NoSay::OutsideSku)
}

fn may_365(circuit: &Circuit) -> bool {
    circuit.sku == Sku::Premium && circuit.microsoft_365_authorised
}

/// Whether a circuit's SKU reaches a region. Where the circuit's own regions aren't given it can't be told, and
/// the list is believed.
pub(crate) fn reaches(circuit: &Circuit, region: u16) -> bool {
    if circuit.local_regions.is_empty() {
        return true;
    }
    match circuit.sku {
        Sku::Premium => true,
        Sku::Local => circuit.local_regions.contains(&region),
        Sku::Standard => {
            let home: Vec<Area> = circuit.local_regions.iter().filter_map(|local| area_of(*local)).collect();
            home.is_empty() || area_of(region).is_none_or(|area| home.contains(&area))
        }
    }
}
