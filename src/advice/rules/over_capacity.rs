//! TP501: a circuit or an Internet link has to carry more than its bandwidth while all is up.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(501), severity: Severity::Error, citation: Citation::Circuits, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for row in &case.capacity.carriers {
        if let (Fit::Over, Some(kbps)) = (row.fit, row.kbps) {
            let about = carrier(&row.part);
            let load = row.normal.out.least.max(row.normal.back.least);
            let args = vec![Arg::Part(about.0, about.1.clone()), Arg::Rate(load), Arg::Rate(kbps)];
            out.say(vec![about], args);
        }
    }
}
