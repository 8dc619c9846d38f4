//! What the page says around the failures.

/// The plan has no flow.
pub const NO_FLOWS: &str = "No flow yet: add flows under Services and flows, and here you see which of them break when a \
     link, a circuit, a device or a site fails.";
/// The plan has nothing that may fail.
pub const NOTHING_FAILS: &str = "Nothing can fail yet: add exits, devices and sites.";
/// What is supposed stays so.
pub const ON_TOP: &str = "Each failure comes on top of that.";
/// The choice of kinds.
pub const KIND: &str = "Kind";
/// All kinds.
pub const ALL_KINDS: &str = "All kinds";
/// Only failures that harm.
pub const ONLY_HARM: &str = "Only what does harm";
/// The filters leave nothing.
pub const NO_MATCH: &str = "No failure of this kind does any harm.";
/// The matrix.
pub const MATRIX: &str = "Flows under failures";
/// The head of the flows' column.
pub const FLOW: &str = "Flow";
/// How the matrix is used.
pub const HOW: &str = "Choose a cell for what changes, a failure's head to suppose it.";
/// The list of failures.
pub const LIST: &str = "Failures, worst first";
/// Supposes a failure.
pub const SUPPOSE: &str = "Suppose it";
/// Supposes a failure and shows a flow in it.
pub const SHOW_FLOW: &str = "Suppose it and show the flow";
/// Earlier columns.
pub const WORSE: &str = "Worse failures";
/// Later columns.
pub const LESS_BAD: &str = "Further failures";
/// Earlier rows.
pub const EARLIER_FLOWS: &str = "Earlier flows";
/// Later rows.
pub const LATER_FLOWS: &str = "Further flows";
/// What changes, in detail.
pub const MOVES: &str = "What changes";
/// The heads of that table.
pub const MOVES_HEADS: [&str; 6] = ["Addresses", "Before", "Then", "First packet", "Answer", "Sessions"];
/// There is more.
pub const MORE_MOVES: &str = "More kinds of changes aren't shown.";

/// The name of a failure's head.
pub fn head(number: u32, failure: &str, sums: &str) -> String {
    format!("{number}. {failure}: {sums}. Suppose it")
}

/// The name of a cell.
pub fn cell(flow: &str, failure: &str, outcome: &str) -> String {
    format!("{flow}, {failure}: {outcome}")
}

/// The title of a cell's detail.
pub fn detail(flow: &str, failure: &str) -> String {
    format!("{flow}: {failure}")
}

/// Which part is shown: `1 to 40 of 120`.
pub fn part(from: u32, shown: u32, total: u32) -> String {
    format!("{} to {} of {total}", from + 1, from + shown)
}
