//! The browser's storage: the open plan, the one pinned to compare with, and the theme, each under a key of its own.

use crate::desk::Storage;
use crate::plan::Plan;
use crate::ui::dom;

const PLAN: &str = "twopath.plan";
const BASELINE: &str = "twopath.baseline";
const THEME: &str = "twopath.theme";

/// Browsers give a site about 5 MB, counted in UTF-16: beyond this nothing is tried.
const MOST: usize = 5_000_000;

fn storage() -> Option<web_sys::Storage> {
    dom::window().local_storage().ok().flatten()
}

/// The plan that was open last, as JSON.
pub fn plan() -> Option<String> {
    storage()?.get_item(PLAN).ok().flatten()
}

/// The plan that was pinned last, as JSON.
pub fn baseline() -> Option<String> {
    storage()?.get_item(BASELINE).ok().flatten()
}

/// Puts the plan there.
pub fn put_plan(plan: &Plan) -> Storage {
    put(PLAN, plan)
}

/// Puts the pinned plan there, or takes it away.
pub fn put_baseline(plan: Option<&Plan>) -> Storage {
    let Some(storage) = storage() else { return Storage::Unavailable };
    // One that has no room doesn't leave the one before it there.
    let _ = storage.remove_item(BASELINE);
    plan.map_or(Storage::Saved, |plan| put(BASELINE, plan))
}

fn put(key: &str, plan: &Plan) -> Storage {
    let Some(storage) = storage() else { return Storage::Unavailable };
    let texts: usize = plan.lists().iter().map(|(_, text)| text.len()).sum();
    if texts > MOST {
        return Storage::Full;
    }
    match storage.set_item(key, &crate::plan::save(plan)) {
        Ok(()) => Storage::Saved,
        Err(_) => Storage::Full,
    }
}

/// The theme that was chosen, if one was.
pub fn theme() -> Option<String> {
    storage()?.get_item(THEME).ok().flatten()
}

/// Keeps the theme, or forgets it.
pub fn put_theme(theme: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match theme {
            Some(theme) => storage.set_item(THEME, theme),
            None => storage.remove_item(THEME),
        };
    }
}
