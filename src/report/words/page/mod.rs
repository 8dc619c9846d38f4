//! What the page says around plan and answer: buttons, labels, hints, states.

use crate::desk::door::Phase;

/// The product.
pub const BRAND: &str = "Twopath";
/// The field with the plan's name.
pub const PLAN_NAME: &str = "Plan name";
/// A plan without a name.
pub const UNTITLED: &str = "Untitled plan";
/// The bar of buttons.
pub const TOOLBAR: &str = "Plan";
/// Takes a step back.
pub const UNDO: &str = "Undo";
/// The same with its key.
pub const UNDO_HINT: &str = "Undo (Ctrl+Z)";
/// Does a step again.
pub const REDO: &str = "Redo";
/// The same with its key.
pub const REDO_HINT: &str = "Redo (Ctrl+Shift+Z)";
/// Opens the gallery, and its title.
pub const EXAMPLES: &str = "Examples";
/// Above the gallery.
pub const EXAMPLES_INTRO: &str =
    "Whole plans, each teaching one thing. Opening one replaces the open plan; Undo brings that back.";
/// Begins an empty plan.
pub const NEW: &str = "New";
/// Opens a file.
pub const OPEN: &str = "Open";
/// The same with its key.
pub const OPEN_HINT: &str = "Open a plan from a file (Ctrl+O), or drop one anywhere";
/// Saves a file.
pub const SAVE: &str = "Save";
/// The same with its key.
pub const SAVE_HINT: &str = "Save the plan as a file (Ctrl+S)";
/// Writes the report.
pub const REPORT: &str = "Report";
/// What that does.
pub const REPORT_HINT: &str = "A report of the whole answer as one file, to print, keep and sign";
/// The plan will be stored.
pub const STORAGE_PENDING: &str = "Saving in this browser…";
/// The plan is stored.
pub const STORAGE_SAVED: &str = "Saved in this browser";
/// There is no room.
pub const STORAGE_FULL: &str = "Not saved: this browser's storage is full. Save it as a file.";
/// There is no storage.
pub const STORAGE_UNAVAILABLE: &str = "Not saved: this browser keeps nothing here. Save it as a file.";
/// The theme follows the system.
pub const THEME_SYSTEM: &str = "Theme: as the system";
/// The theme is light.
pub const THEME_LIGHT: &str = "Theme: light";
/// The theme is dark.
pub const THEME_DARK: &str = "Theme: dark";
/// Closes a dialog.
pub const CLOSE: &str = "Close";
/// Dismisses a notice.
pub const DISMISS: &str = "Dismiss";
/// The links that skip to the columns.
pub const SKIP: &str = "Skip";
/// Skips to the inputs.
pub const SKIP_INPUTS: &str = "Inputs";
/// Skips to the answer.
pub const SKIP_ANSWER: &str = "Answer";
/// Skips to the reason.
pub const SKIP_WHY: &str = "Why";
/// The left column.
pub const INPUTS: &str = "Inputs";
/// The middle column.
pub const ANSWER: &str = "Answer";
/// The right column.
pub const WHY: &str = "Why";
/// A file is dragged over the page.
pub const DROP_HERE: &str = "Drop a plan to open it, or anything else to see what it is";
/// The engine works.
pub const PROGRESS: &str = "Working";
/// Stops the engine.
pub const CANCEL: &str = "Cancel";
/// The engine was stopped.
pub const STOPPED: &str = "Stopped. The answer below is older than the plan.";
/// A study was stopped.
pub const STUDY_STOPPED: &str = "Stopped. This study isn't worked out for the plan as it is.";
/// Asks the engine again.
pub const RESUME: &str = "Work it out";
/// The engine doesn't start.
pub const ENGINE_LOST: &str =
    "The engine doesn't start in this browser. Your plan is safe; any edit tries to start the engine again.";
/// The engine failed again and again.
pub const ENGINE_GAVE_UP: &str = "The engine failed on this plan three times and isn't asked again by itself. Your plan is safe. Any edit, or \u{201c}Work it out\u{201d}, tries again.";
/// Opens what the engine said.
pub const ENGINE_SAID: &str = "What the engine said";
/// The engine was started again.
pub const ENGINE_RESTARTED: &str =
    "The engine didn't answer and was started again. The file that it was reading has to be opened once more.";

/// The engine failed and was started again; `file`: while it read one.
pub fn engine_failed(file: bool) -> String {
    let file = if file { " The file that it was reading has to be opened once more." } else { "" };
    format!("The engine failed and was started again with your plan, which is unchanged.{file}")
}

/// What the engine does.
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Reading => "Reading lists…",
        Phase::Sorting => "Sorting routes…",
        Phase::Deciding => "Deciding every prefix…",
        Phase::Judging => "Judging flows…",
        Phase::Studying => "Working out the study…",
        Phase::Logs => "Reading flow logs…",
    }
}

/// How much of the work is done.
pub fn share_done(permille: u32) -> String {
    format!("{} %", permille / 10)
}

/// A file that should be a plan is none.
pub fn not_a_plan(name: &str, why: &str) -> String {
    format!("{name} was not opened, and the plan you had is unchanged. {why}")
}

/// A file can't be read.
pub fn unreadable(name: &str, why: &str) -> String {
    format!("{name} can't be read. {why}")
}

pub mod advice;
pub mod begin;
pub mod bulk;
pub mod capacity;
pub mod coverage;
pub mod cutover;
pub mod difference;
pub mod export;
pub mod failures;
pub mod find;
pub mod fixes;
pub mod import;
mod inputs;
pub mod keys;
mod lists;
pub mod logs;
pub mod map;
mod neighbours;
pub mod plans;
pub mod report;
pub mod rollout;
pub mod share;
pub mod tabs;

pub use inputs::*;
pub use lists::*;
