//! TP503: a circuit or an Internet link may have to carry more than its bandwidth: that depends on how traffic is
//! spread over equal or split ways.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(503), severity: Severity::Note, citation: Citation::Circuits, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for row in &case.capacity.carriers {
        let in_failure = row.worst.as_ref().filter(|worst| worst.fit == Fit::MayBeOver);
        let load = match (row.fit, in_failure) {
            (Fit::MayBeOver, _) => row.normal,
            (_, Some(worst)) => worst.load,
            (_, None) => continue,
        };
        let (about, kbps) = (carrier(&row.part), row.kbps.unwrap_or(0));
        let most = load.out.most.max(load.back.most);
        out.say(vec![about.clone()], vec![Arg::Part(about.0, about.1), Arg::Rate(most), Arg::Rate(kbps)]);
    }
}
