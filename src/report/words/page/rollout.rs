//! The tab of the rollout.

/// The steps.
pub const STEPS: &str = "Steps";
/// How steps are moved.
pub const HOW: &str = "Move a step by the arrows beside it, or by Alt and an arrow key. The plan keeps the order.";
/// Drops the order that the plan keeps.
pub const USUAL: &str = "Back to the usual order";
/// Takes the better order.
pub const APPLY: &str = "Use this order";
/// Opens the better order.
pub const LOOK: &str = "Look at this order";
/// The better order.
pub const BETTER: &str = "A better order";
/// Before the way back.
pub const WAY_BACK: &str = "Way back:";
/// Beside a step's arrows.
pub const MOVE_UP: &str = "Earlier";
/// Beside a step's arrows.
pub const MOVE_DOWN: &str = "Later";

/// The arrow up of a step.
pub fn move_up(number: usize, step: &str) -> String {
    format!("Earlier: step {number}, {step}")
}

/// The arrow down of a step.
pub fn move_down(number: usize, step: &str) -> String {
    format!("Later: step {number}, {step}")
}

/// The state after a step, in a word or two.
pub fn state(broken: u32) -> String {
    match broken {
        0 => "nothing broken".to_owned(),
        1 => "1 flow broken".to_owned(),
        more => format!("{more} flows broken"),
    }
}

/// Where a step of the better order stands here.
pub fn was(number: u32) -> String {
    format!(" (now step {number})")
}
