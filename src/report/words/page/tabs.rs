//! The tabs of the answer, and the plan that is pinned to compare with.

use crate::desk::state::Tab;

/// The row of tabs.
pub const TABS: &str = "Views of the answer";
/// The tab of the coverage.
pub const COVERAGE: &str = "Coverage";
/// The tab of the map.
pub const MAP: &str = "Map";
/// The tab of the failures.
pub const FAILURES: &str = "Failures";
/// The tab of the capacity.
pub const CAPACITY: &str = "Capacity";
/// The tab of the advice.
pub const ADVICE: &str = "Advice";
/// The tab of the difference.
pub const DIFFERENCE: &str = "Difference";
/// The tab of the rollout.
pub const ROLLOUT: &str = "Rollout";
/// The tab of the cut-over.
pub const CUTOVER: &str = "Cut-over";

/// What a tab is called.
pub fn title(tab: Tab) -> &'static str {
    match tab {
        Tab::Flows => crate::report::words::answer::FLOWS,
        Tab::Coverage => COVERAGE,
        Tab::Map => MAP,
        Tab::Failures => FAILURES,
        Tab::Capacity => CAPACITY,
        Tab::Difference => DIFFERENCE,
        Tab::Advice => ADVICE,
        Tab::Rollout => ROLLOUT,
        Tab::Cutover => CUTOVER,
    }
}
/// The plan has no flow.
pub const NO_FLOWS: &str = "The plan has no flow yet. Coverage needs none: it is about every address.";
/// A study whose answer is on its way.
pub const WAITING: &str = "Being worked out.";
/// A study that the page doesn't show yet.
pub const NOT_YET: &str = "The page doesn't show this study yet.";
/// The pinned plan.
pub const BASELINE: &str = "Pinned plan";
/// Nothing is pinned, where only a difference is shown.
pub const NOTHING_PINNED: &str = "No plan is pinned. Pin this one, then change it or open another: here you see which \
     prefixes and flows move.";
/// Nothing is pinned, where loads are shown too.
pub const NOTHING_PINNED_LOADS: &str =
    "Pin this plan, then change it or open another: loads before and after stand side by side.";
/// Nothing is pinned, where the way from it is shown.
pub const NOTHING_PINNED_ROLLOUT: &str = "No plan is pinned. Pin the plan of today's network, then change it to what \
     you want, or open that plan: here stand the steps from the one to the other in their order, what breaks after \
     each and until when, whose sessions end, the way back, and an order in which less breaks. For a first look, pin \
     the example “The same organisation on Microsoft peering” and open “Separate pools, two firewalls”.";
/// Pins the plan as it stands.
pub const PIN: &str = "Pin this plan";
/// Pins the plan as it stands, in place of the one that is pinned.
pub const PIN_AGAIN: &str = "Pin this plan instead";
/// Forgets the pinned plan.
pub const UNPIN: &str = "Unpin";
/// The pinned plan is lost with the page.
pub const NOT_KEPT: &str =
    "It is kept until this page is closed: there is no room for it in this browser's storage.";

/// What is pinned.
pub fn pinned(name: &str) -> String {
    let name = if name.trim().is_empty() { super::UNTITLED } else { name };
    format!("Compared with “{name}” as it was pinned.")
}
