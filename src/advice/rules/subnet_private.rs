//! TP404: the subnets of a Microsoft peering aren't public.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(404),
    severity: Severity::Error,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for (circuit, peering) in case.peerings().filter(|(_, peering)| peering.kind == PeeringKind::Microsoft) {
        for (list, net, at) in case.subnet_entries(circuit, peering) {
            if AddressSet::from(net).intersects(not_public()) {
                let about = (PartKind::Circuit, circuit.id.clone());
                let args = vec![Arg::Part(about.0, about.1.clone()), Arg::Text(net.to_string())];
                out.say(vec![about], args).prefixes([net]).places(case.place(&list, at));
            }
        }
    }
}
