//! TP115: addresses are advertised over one link of a circuit only: when that link fails they are unreachable, and
//! every flow begins anew.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(115), severity: Severity::Warning, citation: Citation::HighAvailability, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for one in &case.uses {
        let Some(exit) = case.exit(one.exit).filter(|_| case.attracts(one.exit)) else { continue };
        let others = case.network().of_circuit(one.exit).without(ExitSet::one(one.exit));
        let own = one.set.intersection(&case.accepted(one.exit));
        let elsewhere = others.iter().any(|other| case.accepted(other).intersects(&own));
        if !others.is_empty() && !own.is_empty() && !elsewhere {
            let about = vec![case.owner(one.owner), (PartKind::Exit, exit.id.clone())];
            let said = out.say(about, vec![case.owner_arg(one.owner), exit_arg(exit)]);
            let rows = case.rows_by(one.exit, one.owner);
            said.prefixes(own.nets()).places(case.advertisements(exit, &own)).rows(rows);
        }
    }
}
