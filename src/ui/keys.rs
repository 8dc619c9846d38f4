//! The page's keys, by the table in [`desk::keys`](crate::desk::keys).
//!
//! Keys without Ctrl are letters in a field. In a text field that was typed in since it got the focus, undo and redo are the browser's own, letter by letter.
//! Everywhere else, and in a field nothing was typed in, they are the desk's.

use super::dom;
use crate::desk::Action;
use crate::desk::keys::{Area, Does, does};
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
    pub fn listen(act: &Callback<Action>, open: Callback<()>, sheet: Callback<()>) -> Self {
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
            let Some(does) = pressed(Area::Page, event) else { return };
            let focused = focused();
            let letter = !(event.ctrl_key() || event.meta_key());
            if letter && focused.as_ref().is_some_and(types) {
                return;
            }
            let browsers = typed_in.borrow().is_some() && *typed_in.borrow() == focused;
            match does {
                Does::Undo | Does::Redo if browsers => return,
                Does::Undo => act.emit(Action::Undo),
                Does::Redo => act.emit(Action::Redo),
                Does::Save => act.emit(Action::SaveFile),
                Does::Open => open.emit(()),
                // In a dialog what is behind it can't be reached.
                Does::Ask | Does::Sheet if in_dialog() => return,
                Does::Ask => super::find::focus(),
                Does::Sheet => sheet.emit(()),
                _ => return,
            }
            event.prevent_default();
        });
        Self { _listeners: [input, left, pressed] }
    }
}

/// What a key that is pressed does in an area.
pub fn pressed(area: Area, event: &KeyboardEvent) -> Option<Does> {
    does(area, &event.key(), event.ctrl_key() || event.meta_key(), event.shift_key(), event.alt_key())
}

fn focused() -> Option<Element> {
    dom::document().active_element()
}

/// Whether letters that are pressed belong to this element: text is typed there, or an option found by its letters.
fn types(element: &Element) -> bool {
    dom::is_text_field(element) || element.tag_name() == "SELECT"
}

fn in_dialog() -> bool {
    dom::document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}
