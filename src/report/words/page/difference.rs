//! The tab of the difference.

/// Chooses what of the difference is shown.
pub const SECTIONS: &str = "What of the difference";
/// Destinations that fare otherwise.
pub const CHANGES: &str = "Destinations";
/// Flows that fare otherwise.
pub const FLOWS: &str = "Flows";
/// Ways back that change.
pub const BACK: &str = "The way back";
/// Nothing differs.
pub const SAME: &str = "Nothing changes: every address fares as in the pinned plan. Change something, or open another \
     plan, and here stands what moves.";
/// No destination changes.
pub const NO_CHANGES: &str = "Every destination fares as before.";
/// No flow changes.
pub const NO_FLOWS: &str = "Every flow fares as before.";
/// No way back changes.
pub const NO_BACK: &str = "Every address of yours is sent to as before.";
/// What moved, in sentences.
pub const MOVED: &str = "What moves";
/// Parts that only one plan has.
pub const PARTS: &str = "Parts added and gone";
/// Leads back from one change to all.
pub const ALL_CHANGES: &str = "All changed destinations";
/// Leads back from one change of a way back to all.
pub const ALL_BACK: &str = "All changed ways back";
/// How it was.
pub const BEFORE: &str = "Before";
/// How it is.
pub const AFTER: &str = "Now";
/// Traces a packet in the plan as it is now.
pub const TRACE: &str = "Trace one now";

/// Columns.
pub mod column {
    /// What changes.
    pub const WHAT: &str = "What changes";
    /// The site.
    pub const SITE: &str = "From";
    /// How it fared.
    pub const BEFORE: &str = "Before";
    /// How it fares.
    pub const AFTER: &str = "Now";
    /// How many addresses.
    pub const ADDRESSES: &str = "Addresses";
    /// The flow.
    pub const FLOW: &str = "Flow";
    /// What it sends that changes exit.
    pub const MBPS_OUT: &str = "Mbps out that move";
    /// What it receives that changes exit.
    pub const MBPS_IN: &str = "Mbps in that move";
    /// Whose addresses.
    pub const OURS: &str = "Addresses of";
    /// Who sends.
    pub const SENDER: &str = "From";
    /// Where it sent.
    pub const SENT: &str = "Sent by";
    /// Where it sends.
    pub const SENDS: &str = "Now by";
}

/// So many more sentences aren't shown.
pub fn more(number: usize) -> String {
    format!("and {number} more, in the table below")
}
