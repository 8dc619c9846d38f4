//! The ask box: what can be asked, and what each answer is called.

use crate::desk::find::Lead;
use crate::journey::{Standing, Verdict};
use crate::report::words::{Names, advice, count, lists, verdicts};

/// The box.
pub const ASK: &str = "Ask";
/// What can be put in it, in short.
pub const ASK_HINT: &str = "address, prefix, name or verdict";
/// The list of answers.
pub const ANSWERS: &str = "Answers";
/// What can be asked.
pub const WHAT: &str = "Ask for an address (52.96.0.1), two addresses (10.1.0.1 52.96.0.1), a prefix (52.96.0.0/14), the name \
     of a site, exit, pool, device, service or flow, a verdict (dropped, no way back, fails), a rule (TP301), or a view.";

/// Nothing was found.
pub fn nothing(question: &str) -> String {
    let short: String = question.trim().chars().take(60).collect();
    format!("Nothing in this plan is called “{short}”.")
}

/// An address was asked for in a plan without a site.
pub const NO_SITE: &str = "No path begins anywhere: the plan has no site yet.";

/// How many answers there are, for those who can't see them.
pub fn answers(shown: usize, left_off: usize) -> String {
    let shown = count(shown as u64, "answer");
    if left_off == 0 { shown } else { format!("{shown} shown. {}", more(left_off)) }
}

/// How many answers are left off.
pub fn more(left_off: usize) -> String {
    format!("And {}: say it more exactly.", count(left_off as u64, "other"))
}

/// What an answer leads to: what it is, and what it is about.
pub fn lead(lead: &Lead, names: &Names) -> (&'static str, String) {
    match lead {
        Lead::Trace { site: Some(site), from: None, to } => {
            ("Trace", format!("to {to} from {}", names.site(site)))
        }
        Lead::Trace { from: Some(from), to, .. } => ("Trace", format!("to {to} from {from}")),
        Lead::Trace { to, .. } => ("Trace", format!("to {to}")),
        Lead::Decision { net: Some(net), .. } => ("Coverage", format!("what becomes of {net}, prefix by prefix")),
        Lead::Decision { address, .. } => ("Coverage", format!("the prefix that decides for {address}")),
        Lead::Line { list, prefix, .. } => ("Input", format!("{prefix} in {}", lists::list(list, names))),
        Lead::Part(kind, id) => (super::noun(*kind), advice::part(*kind, id, names)),
        Lead::Rows(kind, id, _) => ("Flows", format!("of {}", advice::part(*kind, id, names))),
        Lead::Leaves(exit) => ("Coverage", format!("every address that leaves by {}", names.exit(exit))),
        Lead::Flow(flow) => ("Trace", format!("of “{}”", names.flow(flow))),
        Lead::Verdict { verdict, flows } => ("Verdict", by_verdict(*verdict, *flows)),
        Lead::Standing { standing, flows } => ("Verdict", by_standing(*standing, *flows)),
        Lead::Rule(code) => ("Rule", format!("{code}: {}", advice::title(*code))),
        Lead::Tab(tab) => ("View", super::tabs::title(*tab).to_owned()),
    }
}

fn by_verdict(verdict: Verdict, flows: u32) -> String {
    format!("{}: {}", verdicts::title(verdict), count(u64::from(flows), "flow"))
}

fn by_standing(standing: Standing, flows: u32) -> String {
    let ends = match standing {
        _ if flows == 1 => verdicts::standing(standing),
        Standing::Fails => "fail",
        Standing::Depends => "depend",
        Standing::Works => "work",
    };
    format!("{} that {ends}", count(u64::from(flows), "flow"))
}
