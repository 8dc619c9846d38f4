//! TP112: nine tenths or more of the prefixes that the peering takes are advertised: one leak drops the session.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(112), severity: Severity::Warning, citation: Citation::Limits, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for (exit, advertised, limit) in case.limits() {
        if advertised <= limit && advertised * 10 >= limit * 9 {
            let args = vec![exit_arg(exit), Arg::Number(advertised), Arg::Number(limit)];
            let said = out.say(vec![(PartKind::Exit, exit.id.clone())], args);
            said.places(case.list(ListId::Advertised(exit.id.clone())));
        }
    }
}
