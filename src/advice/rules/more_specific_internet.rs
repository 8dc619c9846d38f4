//! TP102: the Internet has a more specific prefix for addresses that are also advertised over ExpressRoute. Which way
//! Microsoft answers then is not documented (domain rule 5).

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(102), severity: Severity::Warning, citation: Citation::Inference, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for owner in case.owners() {
        for (set, around) in case.attracted(&case.used_by(owner)) {
            let (internet, over) = lengths(case, &around);
            if over.is_none() || internet <= over {
                continue;
            }
            let args = vec![case.owner_arg(owner), nets_of(&around, internet), nets_of(&around, over)];
            let said = out.say(vec![case.owner(owner)], args);
            said.prefixes(set.nets()).places(places(&around, internet)).rows(case.rows_of(owner));
        }
    }
}
