//! TP202: no route filter is attached to a Microsoft peering, or one without a community: nothing is received over it,
//! and all goes silently by the Internet.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(202),
    severity: Severity::Error,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for (circuit, peering) in case.peerings() {
        if peering.kind == PeeringKind::Microsoft && peering.route_filter.iter().all(Vec::is_empty) {
            let about = (PartKind::Circuit, circuit.id.clone());
            out.say(vec![about.clone()], vec![Arg::Part(about.0, about.1)]);
        }
    }
}
