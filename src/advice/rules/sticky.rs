//! TP212: the plan takes a Microsoft peering for sticky, which Microsoft documents nowhere: answers follow the longest
//! prefix.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(212),
    severity: Severity::Warning,
    citation: Citation::AsymmetricRouting,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for (circuit, peering) in case.peerings() {
        if peering.kind == PeeringKind::Microsoft && peering.return_model == ReturnModel::Sticky {
            let about = (PartKind::Circuit, circuit.id.clone());
            out.say(vec![about.clone()], vec![Arg::Part(about.0, about.1)]);
        }
    }
}
