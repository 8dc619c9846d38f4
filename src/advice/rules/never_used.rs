//! TP209: routes are learned over an exit, and nothing leaves by it: it is only tried in a failure.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(209), severity: Severity::Note, citation: Citation::HighAvailability, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for (index, exit) in case.plan().exits.iter().enumerate() {
        let (_, received, _) = case.network().received(index);
        let up = case.world.up.exits().contains(index);
        if up && received > 0 && !case.in_use().contains(index) {
            let args = vec![exit_arg(exit), Arg::Number(u64::from(received))];
            let said = out.say(vec![(PartKind::Exit, exit.id.clone())], args);
            said.places(case.list(ListId::Learned(exit.id.clone())));
        }
    }
}
