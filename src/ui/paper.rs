//! Whether the page is being printed.

use super::dom;
use gloo::events::EventListener;
use yew::{hook, use_effect_with, use_state_eq};

/// True from the moment the browser begins to print the page until it has.
#[hook]
pub fn use_paper() -> bool {
    let paper = use_state_eq(|| false);
    let set = paper.setter();
    use_effect_with((), move |()| {
        let after = set.clone();
        let listeners = [
            EventListener::new(&dom::window(), "beforeprint", move |_| set.set(true)),
            EventListener::new(&dom::window(), "afterprint", move |_| after.set(false)),
        ];
        move || drop(listeners)
    });
    *paper
}
