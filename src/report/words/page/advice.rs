//! The tab of the advice.

/// The rulebook is being held against the plan.
pub const CHECKING: &str = "The rulebook is being asked.";
/// What the line with its findings does.
pub const OPENS: &str = "Opens the tab Advice";
/// Which severity.
pub const SEVERITY: &str = "Show";
/// All of them.
pub const ALL: &str = "All findings";
/// Accepted ones too.
pub const ACCEPTED: &str = "Accepted ones too";
/// Nothing matches.
pub const NO_MATCH: &str = "No finding is shown with these filters.";
/// Ends the view of one rule.
pub const ALL_RULES: &str = "Show all rules";
/// Nothing is found.
pub const NOTHING: &str = "The rulebook has read the plan and finds nothing to say.";
/// What a finding is about.
pub const ABOUT: &str = "About:";
/// Flows that show it.
pub const FLOWS: &str = "Flows:";
/// Lines that cause it.
pub const LINES: &str = "See:";
/// What mends it.
pub const MEND: &str = "Mend:";
/// Why it is accepted.
pub const REASON: &str = "Reason";
/// Accepts a finding.
pub const ACCEPT: &str = "Accept";
/// Opens the box for a reason.
pub const ACCEPT_OPEN: &str = "Accept with a reason";
/// Drops an acceptance.
pub const TAKE_BACK: &str = "Take the acceptance back";
/// Before the reason of what is accepted.
pub const ACCEPTED_FOR: &str = "Accepted:";
/// Leads back.
pub const EARLIER: &str = "Earlier";
/// Leads on.
pub const LATER: &str = "Later";

/// Only one rule's findings are shown.
pub fn only(code: crate::advice::Code) -> String {
    format!("Only {code}, {}", super::super::advice::title(code))
}

/// A rule finds nothing.
pub fn none_of(code: crate::advice::Code) -> String {
    format!("{code} finds nothing in this plan.")
}

/// The plural of a severity, as a choice.
pub fn severity(severity: crate::advice::Severity, count: u32) -> String {
    let word = super::super::advice::severity(severity);
    format!("{}{}s ({count})", word[..1].to_uppercase(), &word[1..])
}
