//! TP504: more sessions are translated to a pool than its addresses have ports for, normally or in a failure.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(504), severity: Severity::Warning, citation: Citation::NatRequirements, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for row in &case.capacity.pools {
        let bad = |fit: Fit| matches!(fit, Fit::Over | Fit::MayBeOver);
        let in_failure = row.worst.as_ref().filter(|worst| bad(worst.fit));
        let sessions = match (bad(row.fit), in_failure) {
            (true, _) => row.sessions.most,
            (false, Some(worst)) => worst.sessions.most,
            (false, None) => continue,
        };
        let about = (PartKind::Pool, row.pool.clone());
        let addresses = Arg::Text(row.addresses.grouped());
        let args = vec![
            Arg::Part(about.0, about.1.clone()),
            Arg::Number(sessions),
            addresses,
            Arg::Number(u64::from(row.ports)),
        ];
        out.say(vec![about], args).places(case.list(ListId::Pool(row.pool.clone())));
    }
}
