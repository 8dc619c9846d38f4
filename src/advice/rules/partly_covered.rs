//! TP106: only a part of the addresses that packets leave with is admitted and advertised: what happens depends on the
//! address that translation picks.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(106), severity: Severity::Error, citation: Citation::RoutingRequirements, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for one in &case.uses {
        let (Some(exit), set) = (case.exit(one.exit), public(&one.set)) else { continue };
        let covered = if is_express_route(exit) {
            let admitted = case.network().admits_only(one.exit);
            match (case.attracts(one.exit), admitted) {
                (true, Some(admitted)) => case.accepted(one.exit).intersection(admitted),
                (true, None) => case.accepted(one.exit),
                (false, Some(admitted)) => admitted.clone(),
                (false, None) => continue,
            }
        } else {
            case.on_the_internet()
        };
        let missing = set.difference(&covered);
        if set.intersects(&covered) && !missing.is_empty() {
            let about = vec![case.owner(one.owner), (PartKind::Exit, exit.id.clone())];
            let said = out.say(about, vec![case.owner_arg(one.owner), exit_arg(exit), nets(&missing)]);
            let places = case.list(case.owner_list(one.owner));
            said.prefixes(missing.nets()).places(places).rows(case.rows_by(one.exit, one.owner));
        }
    }
}
