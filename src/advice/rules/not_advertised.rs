//! TP103: packets leave with addresses that nothing advertises on that path: over this ExpressRoute link, or anywhere
//! on the Internet. A sticky peering needs no advertisement. What is advertised and not taken is TP104's.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(103), severity: Severity::Error, citation: Citation::NatRequirements, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for one in &case.uses {
        let (Some(exit), set) = (case.exit(one.exit), public(&one.set)) else { continue };
        let named = if is_express_route(exit) {
            if !case.attracts(one.exit) {
                continue;
            }
            case.listed(one.exit)
        } else {
            case.on_the_internet().union(&case.listed_on_the_internet())
        };
        if !set.is_empty() && !set.intersects(&named) {
            let about = vec![case.owner(one.owner), (PartKind::Exit, exit.id.clone())];
            let said = out.say(about, vec![case.owner_arg(one.owner), exit_arg(exit)]);
            let places = case.list(case.owner_list(one.owner));
            said.prefixes(set.nets()).places(places).rows(case.rows_by(one.exit, one.owner));
        }
    }
}
