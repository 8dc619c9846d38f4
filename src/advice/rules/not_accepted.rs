//! TP104: an advertisement names the addresses that packets leave with, but the other side takes none of it, for a
//! reason other than the admitted prefixes (TP105): refused, or too long to spread on the Internet.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(104),
    severity: Severity::Error,
    citation: Citation::RoutingRequirements,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for one in &case.uses {
        let (Some(exit), set) = (case.exit(one.exit), public(&one.set)) else { continue };
        // On the Internet what is advertised over any of its exits will do.
        let (by, taken): (Vec<usize>, AddressSet) = if is_express_route(exit) {
            (Some(one.exit).filter(|exit| case.attracts(*exit)).into_iter().collect(), case.accepted(one.exit))
        } else {
            let internet = |index: &usize| case.exit(*index).is_some_and(|exit| !is_express_route(exit));
            ((0..case.plan().exits.len()).filter(internet).collect(), case.on_the_internet())
        };
        let by = by.into_iter().find(|exit| set.intersects(&case.listed(*exit)));
        let Some(by) = by.filter(|_| !set.is_empty() && !set.intersects(&taken)) else { continue };
        let (Some(exit), Some(sent)) = (case.exit(by), case.network().advertised.get(by)) else { continue };
        let touches = |refusal: &&Refusal| {
            refusal.prefix.parse::<IpNet>().is_ok_and(|net| AddressSet::from(net).intersects(&set))
        };
        let why = match sent.refused.iter().find(touches) {
            Some(refusal) => refusal.why,
            None if is_express_route(exit) => Refused::SessionDown,
            None => Refused::TooLong,
        };
        if why != Refused::NotAdmitted {
            let about = vec![case.owner(one.owner), (PartKind::Exit, exit.id.clone())];
            let said = out.say(about, vec![case.owner_arg(one.owner), exit_arg(exit), Arg::Refused(why)]);
            let rows = case.rows_by(one.exit, one.owner);
            let said = said.citation(why.citation());
            said.prefixes(set.nets()).places(case.advertisements(exit, &set)).rows(rows);
        }
    }
}
