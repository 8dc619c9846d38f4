//! The page's keys: Ctrl (on a Mac: Command) with Z, Shift+Z or Y, S, O.
//!
//! In a text field that was typed in since it got the focus, undo and redo are the browser's own, letter by letter.
//! Everywhere else, and in a field nothing was typed in, they are the desk's.

use super::dom;
use crate::desk::Action;
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::Callback;

/// Listeners on the document; they end when this is dropped.
pub struct Keys {
    _listeners: [EventListener; 3],
}

impl Keys {
    /// Begins to listen.
    pub fn listen(act: &Callback<Action>, open: Callback<()>) -> Self {
        let document = dom::document();
        let typed_in: Rc<RefCell<Option<Element>>> = Rc::default();
        let input = {
            let typed_in = Rc::clone(&typed_in);
            EventListener::new(&document, "input", move |event| {
                let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                *typed_in.borrow_mut() = element.filter(dom::is_text_field);
            })
        };
        let left = {
            let (typed_in, act) = (Rc::clone(&typed_in), act.clone());
            EventListener::new(&document, "focusout", move |_| {
                if typed_in.borrow_mut().take().is_some() {
                    act.emit(Action::Settle);
                }
            })
        };
        let act = act.clone();
        let options = EventListenerOptions::enable_prevent_default();
        let pressed = EventListener::new_with_options(&document, "keydown", options, move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
                return;
            }
            let browsers = typed_in.borrow().is_some() && typed_in.borrow().as_ref() == focused().as_ref();
            match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
                ("z" | "y", _) if browsers => return,
                ("z", false) => act.emit(Action::Undo),
                ("z", true) | ("y", false) => act.emit(Action::Redo),
                ("s", false) => act.emit(Action::SaveFile),
                ("o", false) => open.emit(()),
                _ => return,
            }
            event.prevent_default();
        });
        Self { _listeners: [input, left, pressed] }
    }
}

fn focused() -> Option<Element> {
    dom::document().active_element()
}
