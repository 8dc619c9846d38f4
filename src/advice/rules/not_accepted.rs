//! TP104: an advertisement names the addresses that packets leave with, but the other side takes none of it, for a
//! reason other than the admitted prefixes (TP105).

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
        let Some(sent) = case.network().advertised.get(one.exit).filter(|_| case.attracts(one.exit)) else {
            continue;
        };
        if set.is_empty() || !set.intersects(&case.listed(one.exit)) || set.intersects(&case.accepted(one.exit)) {
            continue;
        }
        let touches = |refusal: &&Refusal| {
            refusal.prefix.parse::<IpNet>().is_ok_and(|net| AddressSet::from(net).intersects(&set))
        };
        let why = match sent.refused.iter().find(touches) {
            Some(refusal) => refusal.why,
            None => Refused::SessionDown,
        };
        if why != Refused::NotAdmitted {
            let about = vec![case.owner(one.owner), (PartKind::Exit, exit.id.clone())];
            let said = out.say(about, vec![case.owner_arg(one.owner), exit_arg(exit), Arg::Refused(why)]);
            let rows = case.rows_by(one.exit, one.owner);
            said.prefixes(set.nets()).places(case.advertisements(exit, &set)).rows(rows);
        }
    }
}
