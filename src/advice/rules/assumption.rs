//! TP211: whether a flow works hangs on a choice that Microsoft's documents leave open.

use super::*;

pub(super) const RULE: Rule =
    Rule { code: Code(211), severity: Severity::Note, citation: Citation::Inference, fix: false, check };

fn check(case: &Case<'_>, out: &mut Findings) {
    for row in case.rows.iter().filter(|row| !row.decisive.is_empty()) {
        let mut all: Vec<Assumption> = row.decisive.iter().map(|flip| flip.assumption).collect();
        all.dedup();
        let about = (PartKind::Flow, row.flow.clone());
        let args = vec![Arg::Part(about.0, about.1.clone()), Arg::Assumptions(all)];
        out.say(vec![about], args).rows([row.flow.clone()]);
    }
}
