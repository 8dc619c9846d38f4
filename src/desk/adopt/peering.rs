//! Peerings of circuits, as Azure shows them.

use super::{Adopted, Change, Miss, MissReason, Target, id_of};
use crate::intake::config::{PeeringObject, Setup};
use crate::plan::{Id, PartKind, Peering, Plan, Text};

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
        match (&found.communities, &found.route_filter) {
            (Some(communities), _) => peering.route_filter = Some(communities.clone()),
            (None, None) => {}
            (None, Some(name)) => {
                let why = MissReason::FilterUnknown { name: name.clone() };
                adopted.misses.push(Miss { why, span: found.span.clone() });
            }
        }
        if *circuit != before {
            adopted.changes.push(Change::Changed { kind: PartKind::Circuit, id });
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
    if let Some(name) = &found.circuit {
        let made = id_of(&[name]);
        let named = plan.circuits.iter().find(|circuit| circuit.name == *name || circuit.id == made);
        if let Some(circuit) = named {
            return Some(circuit.id.clone());
        }
    }
    match plan.circuits.as_slice() {
        [only] => Some(only.id.clone()),
        _ => None,
    }
}
