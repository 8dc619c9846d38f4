//! When the program itself fails on the page: its last words and its latest plan are left to `static/failed.js`, which
//! shows them without it.
//!
//! A panic ends in a trap, and after that nothing here may be relied on. The hook runs before the trap: what it leaves
//! is plain JavaScript (an attribute, a `File`). A failure that no hook sees finds the plan that was kept last.

use crate::plan::{self, Plan};
use crate::ui::dom;
use js_sys::{Array, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::File;

thread_local! {
    /// The open plan, with the name that its file gets.
    static LATEST: RefCell<Option<(String, Rc<Plan>)>> = const { RefCell::new(None) };
}

/// From now on a panic leaves its words and the open plan.
pub fn listen() {
    yew::set_custom_panic_hook(Box::new(|info| {
        if let Some(root) = dom::document().document_element() {
            let _ = root.set_attribute("data-panic", &info.to_string());
        }
        // Should this fail too, the plan that was kept last is still there.
        LATEST.with(|latest| {
            if let Ok(latest) = latest.try_borrow()
                && let Some((name, plan)) = &*latest
            {
                keep(name, &plan::save(plan));
            }
        });
    }));
}

/// Notes the open plan. Cheap: the plan is shared.
pub fn note(name: String, plan: &Rc<Plan>) {
    LATEST.with(|latest| {
        if let Ok(mut latest) = latest.try_borrow_mut() {
            *latest = Some((name, Rc::clone(plan)));
        }
    });
}

/// Leaves a plan, as JSON, where it is found without the program.
pub fn keep(name: &str, json: &str) {
    if let Ok(file) = File::new_with_str_sequence(&Array::of1(&json.into()), name) {
        let _ = Reflect::set(&dom::window(), &"lastPlan".into(), &file);
    }
}
