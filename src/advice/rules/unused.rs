//! TP901: the plan accepts a finding that isn't found: the acceptance may have outlived its reason. Asked after all
//! other rules, for it is about them.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(901), severity: Severity::Note, citation: Citation::Inference, fix: false, check };

fn check(_: &Case<'_>, _: &mut Findings) {}

/// The findings about acceptances that accept nothing.
pub(in crate::advice) fn unused(accepted: &[&AcceptedFinding]) -> Vec<Finding> {
    let mut out = Findings::new();
    out.speak(RULE);
    for accepted in accepted {
        let about = accepted.about.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
        out.say_again(vec![
            Arg::Text(accepted.code.clone()),
            Arg::Text(about),
            Arg::Text(accepted.reason.clone()),
        ]);
    }
    out.all
}
