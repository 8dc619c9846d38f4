//! TP405: a peering's customer AS number is one that Microsoft keeps for itself: 12076, 65515 to 65520.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(405),
    severity: Severity::Error,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for (circuit, peering) in case.peerings() {
        let Some(asn) = peering.customer_asn else { continue };
        if asn == MICROSOFT_ASN || (65515..=65520).contains(&asn) {
            let about = (PartKind::Circuit, circuit.id.clone());
            out.say(vec![about.clone()], vec![Arg::Part(about.0, about.1), Arg::Text(asn.to_string())]);
        }
    }
}
