//! TP207: weight, local preference or a static route prefers one link of a circuit before the AS path is asked: when
//! Microsoft drains that link by prepending, packets stay on it, while the answers move.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(207), severity: Severity::Warning, citation: Citation::Faq, fix: true, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for unlike in &case.unlike {
        let (Some(one), Some(other)) = (case.exit(unlike.one.exit), case.exit(unlike.other.exit)) else {
            continue;
        };
        let about = vec![(PartKind::Exit, one.id.clone()), (PartKind::Exit, other.id.clone())];
        let said = out.say(about, vec![exit_arg(one), exit_arg(other), Arg::Text(unlike.net.to_string())]);
        let places = [unlike.one.at, unlike.other.at];
        let places = places.into_iter().map(|(list, at)| case.network().lists.place(list, at));
        said.prefixes([unlike.net]).places(places);
    }
}
