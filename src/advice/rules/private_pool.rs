//! TP107: packets are translated to private or reserved addresses, which nobody outside can answer.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(107), severity: Severity::Error, citation: Citation::NatRequirements, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for one in case.uses.iter().filter(|one| matches!(one.owner, Owner::Pool(_))) {
        let hidden = one.set.intersection(not_public());
        if !hidden.is_empty() {
            let said = out.say(vec![case.owner(one.owner)], vec![case.owner_arg(one.owner), nets(&hidden)]);
            let places = case.list(case.owner_list(one.owner));
            said.prefixes(hidden.nets()).places(places).rows(case.rows_by(one.exit, one.owner));
        }
    }
}
