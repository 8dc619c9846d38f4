//! TP201: something counts on another AS number than Microsoft's on ExpressRoute, 12076: a learned path, a route
//! filter, a policy's community.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(201),
    severity: Severity::Error,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    let number = |asn: u32| Arg::Text(asn.to_string());
    for learned in &case.neighbours {
        let (Some(exit), Some(asn)) = (case.exit(learned.exit), learned.neighbour) else { continue };
        let said = out.say(vec![(PartKind::Exit, exit.id.clone())], vec![exit_arg(exit), number(asn)]);
        said.prefixes([learned.net]).places([learned.place.clone()]);
    }
    for (_, exit, _) in case.express_routes() {
        let communities = exit.policy_in.iter().flat_map(|policy| &policy.communities);
        if let Some(wrong) = communities.clone().find(|mark| u32::from(mark.asn) == WRONG) {
            out.say(vec![(PartKind::Exit, exit.id.clone())], vec![exit_arg(exit), number(u32::from(wrong.asn))]);
        }
    }
    for (circuit, peering) in case.peerings() {
        let filter = peering.route_filter.iter().flatten();
        if let Some(wrong) = filter.clone().find(|mark| u32::from(mark.asn) != MICROSOFT_ASN) {
            let about = (PartKind::Circuit, circuit.id.clone());
            out.say(vec![about.clone()], vec![Arg::Part(about.0, about.1), number(u32::from(wrong.asn))]);
        }
    }
}

/// Microsoft's AS number on the Internet, which many write where 12076 is meant.
const WRONG: u32 = 8075;
