//! TP101: addresses that packets leave with are advertised to the Internet and over ExpressRoute by equally long
//! prefixes. Microsoft then always answers over ExpressRoute (domain rule 4), whichever way the packet left.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(101), severity: Severity::Error, citation: Citation::NatRequirements, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for owner in case.owners() {
        for (set, around) in case.attracted(&case.used_by(owner)) {
            let (internet, over) = lengths(case, &around);
            if internet.is_none() || internet != over {
                continue;
            }
            let said = out.say(vec![case.owner(owner)], vec![case.owner_arg(owner), nets_of(&around, over)]);
            said.prefixes(set.nets()).places(places(&around, over)).rows(case.rows_of(owner));
        }
    }
}
