//! TP116: flows that work break when a circuit is lost: nothing else leads to Microsoft, or nothing else attracts the
//! answers.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(116),
    severity: Severity::Warning,
    citation: Citation::Microsoft365Routing,
    fix: true,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for (failure, state) in case.failures.states() {
        let Failure::Down(Part::Circuit(circuit)) = failure else { continue };
        let broken = case.after(state, |before, after| before.works && after.fails);
        if !broken.is_empty() {
            let args =
                vec![Arg::Part(PartKind::Circuit, circuit.clone()), Arg::Parts(PartKind::Flow, broken.clone())];
            out.say(vec![(PartKind::Circuit, circuit.clone())], args).rows(broken);
        }
    }
}
