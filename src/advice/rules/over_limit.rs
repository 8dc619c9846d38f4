//! TP111: more prefixes of a family are advertised than the peering takes: the BGP session drops.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(111), severity: Severity::Error, citation: Citation::Limits, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for (exit, advertised, limit) in case.limits() {
        if advertised > limit {
            let args = vec![exit_arg(exit), Arg::Number(advertised), Arg::Number(limit)];
            let said = out.say(vec![(PartKind::Exit, exit.id.clone())], args);
            said.places(case.list(ListId::Advertised(exit.id.clone())));
        }
    }
}
