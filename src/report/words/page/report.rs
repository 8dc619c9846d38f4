//! What the page says where a report is asked for.

/// The dialog's title.
pub const TITLE: &str = "Report of this plan";
/// What it is.
pub const INTRO: &str = "One file with the inputs, the assumptions, every flow, the findings, the failures and the sources, and a place for two names. With a plan pinned in the tab Difference, also what moves and the steps from there.";
/// The date on its front.
pub const DATE: &str = "Date on the report";
/// What may stand there.
pub const DATE_HINT: &str = "As you write it; the same plan and date give the same bytes.";
/// Saves it to print.
pub const HTML: &str = "Save to print (HTML)";
/// Saves it as text.
pub const MARKDOWN: &str = "Save as Markdown";
