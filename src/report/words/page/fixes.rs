//! Proven fixes in the tab of the advice.

/// The section.
pub const TITLE: &str = "Proven fixes";
/// What stands there before anyone has asked.
pub const TEACH: &str = "Changes of the plan, each tried on the engine before it is shown: what it mends, makes worse and \
     moves, with everything up and in every single failure.";
/// Looks for the least set of changes.
pub const EVERYTHING: &str = "Make everything work";
/// Looks for all changes that mend something.
pub const LOOK: &str = "Look for fixes";
/// They are being looked for.
pub const LOOKING: &str = "Fixes are being tried.";
/// None was found.
pub const NONE: &str = "None of the changes tried mends anything alone.";
/// Those that mend something alone.
pub const ALONE: &str = "Alone, each of these mends something";
/// Shows what a fix changes.
pub const PREVIEW: &str = "Preview";
/// No longer.
pub const HIDE_PREVIEW: &str = "Hide the preview";
/// Does it to the plan.
pub const APPLY: &str = "Apply";
/// The preview.
pub const DIFFERENCE: &str = "The difference it makes";
/// What is changed.
pub const IN_PLAN: &str = "In the plan";
/// What fares otherwise.
pub const IN_ANSWER: &str = "In the answer";
/// How it would be.
pub const THEN: &str = "With the fix";
/// No flow moves.
pub const NO_FLOW: &str = "Every flow fares as before.";
/// Fixes of a finding or of a flow.
pub const FIXES: &str = "Proven fixes:";
/// There is none.
pub const NO_FIX: &str = "none of those tried";
/// Flows that fail.
pub const FAILING: &str = "Flows that don't work";
/// Leads from a failing flow to its fixes.
pub const FOR_FLOW: &str = "Look for fixes of this";
/// A line that is new; for those who don't see the sign.
pub const NEW_LINE: &str = "new:";
/// A line that is gone.
pub const GONE_LINE: &str = "gone:";

/// The name of a fix: `All together`, `Fix 2`.
pub fn name(number: u32) -> String {
    if number == 0 { "All together".to_owned() } else { format!("Fix {number}") }
}

/// What was tried.
pub fn tried(changes: usize, times: u32) -> String {
    let changes = super::super::count(changes as u64, "change");
    format!("Tried: {changes}; the engine solved the plan {}.", super::super::count(u64::from(times), "time"))
}
