//! TP304: what comes in by one exit is answered by another, where the answer is lost: the most common mistake of all
//! (domain rule 9).

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(304),
    severity: Severity::Error,
    citation: Citation::Microsoft365Implementing,
    fix: true,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for published in &case.plan().published {
        let elsewhere = |row: &&Row| {
            let lost = |part: &crate::journey::Part| {
                part.verdict == Verdict::AsymmetricDropped && part.back.iter().any(|id| !part.out.contains(id))
            };
            row.parts.iter().any(lost)
        };
        let rows = case.rows_to(&published.id);
        let rows: Vec<&Row> = case.rows.iter().filter(|row| rows.contains(&row.flow)).filter(elsewhere).collect();
        let by = |of: fn(&crate::journey::Part) -> &Vec<Id>| -> Vec<Id> {
            let mut all: Vec<Id> = rows
                .iter()
                .flat_map(|row| {
                    row.parts.iter().filter(|part| part.verdict == Verdict::AsymmetricDropped).flat_map(of)
                })
                .cloned()
                .collect();
            crate::sort::up(&mut all);
            all.dedup();
            all
        };
        if !rows.is_empty() {
            let about = (PartKind::Published, published.id.clone());
            let (entry, answer) = (by(|part| &part.out), by(|part| &part.back));
            let args = vec![
                Arg::Part(about.0, about.1.clone()),
                Arg::Parts(PartKind::Exit, entry),
                Arg::Parts(PartKind::Exit, answer),
            ];
            out.say(vec![about], args).rows(rows.iter().map(|row| row.flow.clone()));
        }
    }
}
