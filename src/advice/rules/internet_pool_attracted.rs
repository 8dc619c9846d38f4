//! TP113: packets to Microsoft leave by the Internet with addresses that ExpressRoute has the more specific prefix
//! for. It attracts the answers of every server of Microsoft's, not only of those that the circuit offers (domain rule
//! 6).

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(113), severity: Severity::Error, citation: Citation::Microsoft365Routing, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for one in case.uses.iter().filter(|one| !one.standby) {
        let Some(exit) = case.exit(one.exit).filter(|exit| !is_express_route(exit)) else { continue };
        if !case.leads_to_microsoft(one.exit) {
            continue;
        }
        for (set, around) in case.attracted(&public(&one.set)) {
            let (internet, over) = lengths(case, &around);
            if over > internet {
                let about = vec![case.owner(one.owner), (PartKind::Exit, exit.id.clone())];
                let args = vec![case.owner_arg(one.owner), exit_arg(exit), nets_of(&around, over)];
                let rows = case.rows_by(one.exit, one.owner);
                out.say(about, args).prefixes(set.nets()).places(places(&around, over)).rows(rows);
            }
        }
    }
}
