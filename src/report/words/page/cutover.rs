//! The cut-over: plan against reality, and what to trace.

use crate::desk::cutover::Whose;

/// The heading of what is compared.
pub const REALITY: &str = "Plan against reality";
/// What it does.
pub const REALITY_HINT: &str = "Once sessions are up, paste what Microsoft and your router show: the plan's predictions are \
     held against it. The tables stay on this page until it is closed; they are no part of the plan.";
/// The heading of the checklist.
pub const CHECKLIST: &str = "Checklist";
/// What it is.
pub const CHECKLIST_HINT: &str = "For each flow, and behind them for each service from each site without a flow: one \
     address to trace for each fate of its addresses, what the plan predicts, and the hop that the trace has to show.";
/// Copies it.
pub const COPY: &str = "Copy as text";
/// The plan has nothing to trace.
pub const NO_CHECKS: &str = "The plan has no flow and no service with addresses to trace. Add services or flows, and here \
     stands what to trace from each site on the night of the change.";
/// Lets the user choose a file.
pub const CHOOSE: &str = "Choose a file…";
/// Compares what was typed.
pub const COMPARE: &str = "Compare";
/// Forgets a table.
pub const REMOVE: &str = "Remove";
/// A table without a route.
pub const EMPTY: &str = "No route was found in it.";
/// Nothing differs.
pub const AS_PLANNED: &str = "Nothing differs from the plan.";
/// Which site the router stands at.
pub const SITE: &str = "Router at";
/// The page before.
pub const BEFORE: &str = "Earlier";
/// The page after.
pub const AFTER: &str = "Later";
/// The columns of the checklist.
pub const HEADS: [&str; 7] = ["Flow", "From", "Trace", "Out by", "Back by", "Look for", "By the plan"];
/// The plan knows no hop.
pub const NO_HOP: &str = "unknown";
/// No exit.
pub const NONE: &str = "none";

/// The heading of a table.
pub fn title(whose: Whose) -> &'static str {
    match whose {
        Whose::Microsofts => "What Microsoft shows",
        Whose::Ours => "What your router shows",
    }
}

/// The box for it.
pub fn paste(whose: Whose) -> &'static str {
    match whose {
        Whose::Microsofts => "Paste Microsoft's route table",
        Whose::Ours => "Paste your router's table",
    }
}

/// Where it comes from.
pub fn from_where(whose: Whose) -> &'static str {
    match whose {
        Whose::Microsofts => {
            "az network express-route list-route-tables, or the circuit's route table in the portal: what Microsoft \
             accepted of your advertisements."
        }
        Whose::Ours => {
            "show ip bgp, show route, or the like, of any of the formats that Twopath reads: what your router learned \
             and which path it chose."
        }
    }
}

/// The button that removes it.
pub fn remove(whose: Whose) -> String {
    format!("{REMOVE}: {}", title(whose))
}

/// A difference with its line.
pub fn told(line: Option<u32>, sentence: &str) -> String {
    match line {
        Some(line) => format!("line {line}: {sentence}"),
        None => sentence.to_owned(),
    }
}

/// Differences that aren't listed.
pub fn more(number: u32) -> String {
    format!(
        "{} more; `twopath reality` lists them all.",
        crate::report::words::count(u64::from(number), "difference")
    )
}

/// Lines that weren't understood.
pub fn faults(number: u32) -> String {
    format!("{} not understood:", crate::report::words::count(u64::from(number), "place"))
}

/// Where one is.
pub fn fault(line: u32, column: u32, said: &str) -> String {
    format!("line {line}, column {column}: {said}")
}

/// Which checks are shown.
pub fn shown(from: u32, to: u32, total: u32) -> String {
    format!("{from} to {to} of {total}")
}
