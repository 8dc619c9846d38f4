//! TP214: a circuit's private peering is recorded and not analysed.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(214), severity: Severity::Note, citation: Citation::Circuits, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for (circuit, peering) in case.peerings() {
        if peering.kind == PeeringKind::Private {
            let about = (PartKind::Circuit, circuit.id.clone());
            out.say(vec![about.clone()], vec![Arg::Part(about.0, about.1)]);
        }
    }
}
