//! TP502: a circuit or an Internet link has to carry more than its bandwidth in a failure, and not while all is up.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(502), severity: Severity::Warning, citation: Citation::HighAvailability, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for row in case.capacity.carriers.iter().filter(|row| row.fit != Fit::Over) {
        let Some((worst, kbps)) = row.worst.as_ref().filter(|worst| worst.fit == Fit::Over).zip(row.kbps) else {
            continue;
        };
        let about = carrier(&row.part);
        let load = worst.load.out.least.max(worst.load.back.least);
        let args = vec![
            Arg::Part(about.0, about.1.clone()),
            Arg::Rate(load),
            Arg::Rate(kbps),
            Arg::Failure(worst.failure.clone()),
        ];
        out.say(vec![about], args);
    }
}
