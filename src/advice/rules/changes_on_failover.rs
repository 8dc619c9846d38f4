//! TP117: when a circuit or a link of it is lost flows go on with another translated address: their sessions end and
//! begin anew, and whoever lets them in by address has to know both.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(117), severity: Severity::Note, citation: Citation::HighAvailability, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for (failure, state) in case.failures.states() {
        let about = match failure {
            Failure::Down(Part::Circuit(circuit)) => (PartKind::Circuit, circuit.clone()),
            Failure::Down(Part::Exit(id)) => {
                let exit = case.network().exit(id);
                if exit.is_none_or(|exit| case.network().of_circuit(exit).len() < 2) {
                    continue;
                }
                (PartKind::Exit, id.clone())
            }
            _ => continue,
        };
        let moved = case.after(state, |before, after| before.works && after.works && before.pools != after.pools);
        if !moved.is_empty() {
            let args = vec![Arg::Part(about.0, about.1.clone()), Arg::Parts(PartKind::Flow, moved.clone())];
            out.say(vec![about], args).rows(moved);
        }
    }
}
