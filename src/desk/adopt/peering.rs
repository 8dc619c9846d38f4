//! Peerings of circuits, as Azure shows them.

use super::{Adopted, Change, Miss, MissReason, Target, id_of};
use crate::intake::config::{PeeringObject, Setup};
use crate::plan::{Id, PartKind, Peering, PeeringKind, Plan, Text};

pub(super) fn adopt(plan: &mut Plan, setup: &Setup, target: &Target, adopted: &mut Adopted) {
    for found in &setup.peerings {
        let Some(id) = circuit_of(plan, found, target) else {
            adopted.misses.push(Miss { why: MissReason::NoCircuit, span: found.span.clone() });
            continue;
        };
        let Some(circuit) = plan.circuits.iter_mut().find(|circuit| circuit.id == id) else { continue };
        let before = circuit.clone();
        let index = match circuit.peerings.iter().position(|peering| peering.kind == found.kind) {
            Some(index) => index,
            None => {
                circuit.peerings.push(Peering { kind: found.kind, ..Peering::default() });
                circuit.peerings.len() - 1
            }
        };
        let Some(peering) = circuit.peerings.get_mut(index) else { continue };
        peering.customer_asn = found.peer_asn.or(peering.customer_asn);
        replace(&mut peering.admitted, &found.admitted);
        replace(&mut peering.primary_subnets, &found.primary);
        replace(&mut peering.secondary_subnets, &found.secondary);
        if let Some(name) = &found.route_filter {
            match setup.route_filters.iter().find(|filter| filter.name.eq_ignore_ascii_case(name)) {
                Some(filter) => peering.route_filter = Some(filter.communities.clone()),
                None => {
                    let why = MissReason::FilterUnknown { name: name.clone() };
                    adopted.misses.push(Miss { why, span: found.span.clone() });
                }
            }
        }
        if *circuit != before {
            adopted.changes.push(Change::Changed { kind: PartKind::Circuit, id });
        }
    }
}

/// Route filters go to the Microsoft peerings of the circuits that they name; those that no text names go where the
/// user says, or to the plan's only circuit.
pub(super) fn filters(plan: &mut Plan, setup: &Setup, target: &Target, adopted: &mut Adopted) {
    let attached = |name: &str| {
        let by_name = |peering: &&PeeringObject| {
            peering.route_filter.as_ref().is_some_and(|filter| filter.eq_ignore_ascii_case(name))
        };
        setup.peerings.iter().any(|peering| by_name(&peering))
    };
    for filter in &setup.route_filters {
        if attached(&filter.name) {
            continue;
        }
        let mut ids: Vec<Id> = filter.circuits.iter().filter_map(|name| named(plan, name)).collect();
        // Of several filters none is the circuit's by itself.
        if let (true, 1, Some(id)) = (ids.is_empty(), setup.route_filters.len(), only(plan, target)) {
            ids.push(id);
        }
        if ids.is_empty() {
            adopted.misses.push(Miss { why: MissReason::NoCircuit, span: filter.span.clone() });
        }
        for id in ids {
            let Some(circuit) = plan.circuits.iter_mut().find(|circuit| circuit.id == id) else { continue };
            let microsoft = circuit.peerings.iter_mut().find(|peering| peering.kind == PeeringKind::Microsoft);
            let Some(peering) = microsoft else {
                adopted.misses.push(Miss { why: MissReason::NoCircuit, span: filter.span.clone() });
                continue;
            };
            let communities = Some(filter.communities.clone());
            if peering.route_filter != communities {
                peering.route_filter = communities;
                adopted.changes.push(Change::Changed { kind: PartKind::Circuit, id });
            }
        }
    }
}

/// Puts prefixes in the place of a list that says others.
fn replace(text: &mut Text, nets: &[ipnet::IpNet]) {
    let lines: Vec<String> = nets.iter().map(ToString::to_string).collect();
    let said = lines.join("\n");
    if !nets.is_empty() && text.as_str() != said {
        *text = said.into();
    }
}

fn circuit_of(plan: &Plan, found: &PeeringObject, target: &Target) -> Option<Id> {
    if let Some(id) = &target.circuit {
        return Some(id.clone());
    }
    found.circuit.as_ref().and_then(|name| named(plan, name)).or_else(|| only(plan, target))
}

/// The circuit of this name.
fn named(plan: &Plan, name: &str) -> Option<Id> {
    let made = id_of(&[name]);
    let named = plan.circuits.iter().find(|circuit| circuit.name == *name || circuit.id == made);
    named.map(|circuit| circuit.id.clone())
}

/// The circuit that the user named, or the plan's only one.
fn only(plan: &Plan, target: &Target) -> Option<Id> {
    match (&target.circuit, plan.circuits.as_slice()) {
        (Some(id), _) => Some(id.clone()),
        (None, [only]) => Some(only.id.clone()),
        _ => None,
    }
}
