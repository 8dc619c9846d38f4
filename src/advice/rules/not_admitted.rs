//! TP105: packets leave over Microsoft peering with addresses outside its admitted prefixes: Microsoft's edge drops
//! them (domain rule 7).

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(105), severity: Severity::Error, citation: Citation::RoutingRequirements, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for one in &case.uses {
        let (Some(exit), set) = (case.exit(one.exit), public(&one.set)) else { continue };
        let Some(admitted) = case.network().admits_only(one.exit) else { continue };
        if !set.is_empty() && !set.intersects(admitted) {
            let about = vec![case.owner(one.owner), (PartKind::Exit, exit.id.clone())];
            let said = out.say(about, vec![case.owner_arg(one.owner), exit_arg(exit)]);
            let places = case.admitted_list(one.exit).or_else(|| case.list(case.owner_list(one.owner)));
            said.prefixes(set.nets()).places(places).rows(case.rows_by(one.exit, one.owner));
        }
    }
}
