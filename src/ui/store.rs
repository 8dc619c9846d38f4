//! The browser's small store: the plan that is pinned to compare with, and the theme; which plan this tab has open; and
//! the one plan that earlier versions kept. Plans have a shelf of their own ([`super::shelf`]).

use crate::desk::Storage;
use crate::desk::shelf::{self, PlanKey, Trouble};
use crate::plan::Plan;
use crate::ui::dom;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Where versions before the shelf kept their one plan.
const OLD_PLAN: &str = "twopath.plan";
const BASELINE: &str = "twopath.baseline";
const THEME: &str = "twopath.theme";
/// In the tab's own store: which plan it has open.
const OPEN: &str = "twopath.open";

/// Browsers give a site about 5 MB, counted in UTF-16: beyond this nothing is tried.
const MOST: usize = 5_000_000;

fn storage() -> Option<web_sys::Storage> {
    dom::window().local_storage().ok().flatten()
}

fn tab() -> Option<web_sys::Storage> {
    dom::window().session_storage().ok().flatten()
}

/// What an error of the browser's means.
pub fn trouble_of(error: &JsValue) -> Trouble {
    let get = |name: &str| Reflect::get(error, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let text = |name: &str| get(name).as_string().unwrap_or_default();
    shelf::trouble(&text("name"), get("code").as_f64().map_or(0, |code| code as u32), &text("message"))
}

/// The one plan that an earlier version kept, as JSON.
pub fn old_plan() -> Option<String> {
    storage()?.get_item(OLD_PLAN).ok().flatten()
}

/// Puts it back, or takes it away.
pub fn put_old_plan(json: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match json {
            Some(json) => storage.set_item(OLD_PLAN, json),
            None => storage.remove_item(OLD_PLAN),
        };
    }
}

/// What this tab starts with.
pub enum Start {
    /// The latest plan.
    Latest,
    /// The plan that it had open.
    Plan(PlanKey),
    /// None: the page failed, and someone wants it without the plan.
    Without,
}

/// What this tab starts with; asked once.
pub fn start() -> Start {
    let Some(tab) = tab() else { return Start::Latest };
    match tab.get_item(OPEN).ok().flatten().as_deref() {
        Some("none") => {
            let _ = tab.remove_item(OPEN);
            Start::Without
        }
        Some(key) => PlanKey::from_str_radix(key, 16).map_or(Start::Latest, Start::Plan),
        None => Start::Latest,
    }
}

/// Notes which plan this tab has open.
pub fn put_open(key: PlanKey) {
    if let Some(tab) = tab() {
        let _ = tab.set_item(OPEN, &format!("{key:x}"));
    }
}

/// The plan that was pinned last, as JSON.
pub fn baseline() -> Option<String> {
    storage()?.get_item(BASELINE).ok().flatten()
}

/// Puts the pinned plan there, or takes it away.
pub fn put_baseline(plan: Option<&Plan>) -> Storage {
    let Some(storage) = storage() else { return Storage::Unavailable };
    // One that has no room doesn't leave the one before it there.
    let _ = storage.remove_item(BASELINE);
    let Some(plan) = plan else { return Storage::Saved };
    let texts: usize = plan.lists().iter().map(|(_, text)| text.len()).sum();
    if texts > MOST {
        return Storage::Full;
    }
    match storage.set_item(BASELINE, &crate::plan::save(plan)) {
        Ok(()) => Storage::Saved,
        Err(error) if trouble_of(&error) == Trouble::Full => Storage::Full,
        Err(_) => Storage::Refused,
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

/// Takes away all of ours in both stores.
pub fn forget() {
    for storage in [storage(), tab()].into_iter().flatten() {
        let names: Vec<String> =
            (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten()).collect();
        for name in names.iter().filter(|name| name.starts_with("twopath.")) {
            let _ = storage.remove_item(name);
        }
    }
}
