//! The fixes as text: what makes everything work, then each change that mends something, numbered.

use super::layout::{Style, paragraph};
use crate::advice::fix::{Everything, Proposal};
use crate::report::answers::Fixed;
use crate::report::words::{self, Names, fixes as told};

/// The fixes as text.
pub fn fix(answer: &Fixed, style: Style) -> String {
    let mut out = String::new();
    let (fixes, names) = (answer.fixes, answer.names);
    let name = answer.plan.name.trim();
    if !name.is_empty() {
        paragraph(&mut out, "", "", name);
    }
    let scenario = words::scenario(answer.scenario, names);
    if !scenario.is_empty() {
        paragraph(&mut out, "", "", &scenario);
    }
    paragraph(&mut out, "", "", &style.strong(&told::everything(&fixes.everything, names)));
    match &fixes.everything {
        Everything::With(proposal) | Everything::Without { best: Some(proposal), .. } => {
            one(&mut out, "all", proposal, names);
        }
        Everything::Works | Everything::Without { best: None, .. } => {}
    }
    if !fixes.proposals.is_empty() {
        out.push('\n');
        let changes = words::count(fixes.proposals.len() as u64, "change");
        out.push_str(&style.strong(&format!("Alone, {changes} would mend something:")));
        out.push('\n');
    }
    for (index, proposal) in fixes.proposals.iter().enumerate() {
        one(&mut out, &(index + 1).to_string(), proposal, names);
    }
    let tried = words::count(fixes.candidates.len() as u64, "change");
    let combinations = words::count(u64::from(fixes.tried), "time");
    out.push('\n');
    paragraph(&mut out, "", "", &format!("Tried: {tried}; the engine solved the plan {combinations}."));
    // Where something doesn't work, what was tried in vain is worth knowing.
    if matches!(fixes.everything, Everything::Without { .. }) {
        for rejected in &fixes.rejected {
            paragraph(&mut out, "  - ", "    ", &told::rejected(rejected, names));
        }
    }
    out
}

fn one(out: &mut String, number: &str, proposal: &Proposal, names: &Names) {
    let mut head = format!("  {number:>3}. ");
    for change in &proposal.changes {
        paragraph(out, &head, "       ", &told::change(change, names));
        head = "     + ".to_owned();
    }
    for sentence in told::effect(&proposal.effect, names) {
        paragraph(out, "       - ", "         ", &sentence);
    }
}
