//! What the page says of the plans that are kept in this browser.

use crate::desk::shelf::Keeper;

/// Opens the list.
pub const PLANS: &str = "Plans";
/// What that is.
pub const PLANS_HINT: &str = "The plans kept in this browser";
/// The list's title.
pub const TITLE: &str = "Plans in this browser";
/// None yet.
pub const NONE: &str = "None yet. An example is kept as soon as you change something in it; what comes from a file or a link is kept at once.";
/// The plan that is open.
pub const OPEN_NOW: &str = "open now";
/// Behind the name of an example that isn't as it came.
pub const CHANGED: &str = "(changed)";
/// Calls a plan otherwise.
pub const RENAME: &str = "Rename";
/// The field with its name.
pub const NEW_NAME: &str = "New name";
/// Copies a plan.
pub const DUPLICATE: &str = "Duplicate";
/// Deletes a plan.
pub const DELETE: &str = "Delete";
/// The deleted plan comes back.
pub const PUT_BACK: &str = "Bring it back";
/// A plan isn't there any more.
pub const NOT_THERE: &str = "That plan can't be read from this browser's storage: it was deleted in another tab, or a part of it is missing. Nothing was changed.";
/// Deletes all.
pub const FORGET: &str = "Forget everything…";
/// What that means.
pub const FORGET_TEXT: &str = "This deletes every plan kept in this browser, the pinned one, the theme, and the files that let the page open without its server. Save as files first what you want to keep: there is no undo.";
/// Does it.
pub const FORGET_NOW: &str = "Forget everything now";
/// Doesn't.
pub const FORGET_NOT: &str = "Keep them";
/// It was done.
pub const FORGOTTEN: &str =
    "Everything is forgotten: this browser keeps nothing of Twopath until you change something.";
/// The plan is an example, unchanged.
pub const UNTOUCHED: &str = "Kept once you change it";
/// The browser said no.
pub const REFUSED: &str = "Not saved: this browser refuses to keep it. Save it as a file.";
/// Another tab has written it.
pub const ELSEWHERE: &str = "Not saved: changed in another tab";
/// Another tab has deleted it.
pub const GONE: &str = "Not saved: deleted in another tab";
/// The same, and what can be done.
pub const ELSEWHERE_TEXT: &str = "Another tab has changed this plan since you opened it here. Nothing was overwritten, and what you change here isn't kept until you say what becomes of it.";
/// Ours becomes another plan.
pub const KEEP_MINE: &str = "Keep mine as a copy";
/// The other's is shown.
pub const TAKE_THEIRS: &str = "Show theirs";
/// It was deleted, and what can be done.
pub const GONE_TEXT: &str = "Another tab has deleted this plan. What you see here isn't kept any more.";
/// Keeps it all the same.
pub const KEEP_AGAIN: &str = "Keep it again";

/// What keeps plans here.
pub fn keeper(keeper: Keeper) -> &'static str {
    match keeper {
        Keeper::Database => "Plans are kept in this browser's database (IndexedDB), and sent nowhere.",
        Keeper::Small => {
            "This browser offers no database here: plans are kept in its small storage (localStorage, about 5 MB), and sent nowhere."
        }
        Keeper::Memory => {
            "This browser keeps nothing here: plans are gone when this tab is closed. Save them as files."
        }
    }
}

/// A button of a plan's line, by name.
pub fn of(what: &str, name: &str) -> String {
    format!("{what} {name}")
}

/// A plan's line, which opens it.
pub fn opens(name: &str, when: &str, size: &str) -> String {
    format!("Open {name}, {when}, {size}")
}

/// A plan was deleted.
pub fn deleted(name: &str) -> String {
    format!("{name} was deleted.")
}

/// A size.
pub fn size(bytes: u64) -> String {
    match bytes {
        ..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
