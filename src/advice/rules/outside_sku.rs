//! TP205: a route filter names communities of regions that the circuit's SKU doesn't reach.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(205), severity: Severity::Error, citation: Citation::Faq, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for (circuit, peering) in case.peerings() {
        let outside = |mark: &&Community| region_digits(**mark).is_some_and(|region| !reaches(circuit, region));
        let named: Vec<String> =
            peering.route_filter.iter().flatten().filter(outside).map(ToString::to_string).collect();
        if !named.is_empty() && peering.kind == PeeringKind::Microsoft {
            let about = (PartKind::Circuit, circuit.id.clone());
            out.say(vec![about.clone()], vec![Arg::Part(about.0, about.1), Arg::Texts(named)]);
        }
    }
}
