//! TP213: a circuit's public peering is used, which Microsoft retired on 2024-03-31.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(213), severity: Severity::Warning, citation: Citation::PublicPeering, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for (circuit, peering) in case.peerings() {
        if peering.kind == PeeringKind::LegacyPublic {
            let about = (PartKind::Circuit, circuit.id.clone());
            out.say(vec![about.clone()], vec![Arg::Part(about.0, about.1)]);
        }
    }
}
