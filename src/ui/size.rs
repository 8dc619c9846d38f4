//! How large an element is, as it changes.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::{NodeRef, UseStateHandle, hook, use_effect_with, use_state};

/// The width and height inside of the element behind `node`, in pixels; (0, 0) before it is known.
#[hook]
pub fn use_size(node: NodeRef) -> (i32, i32) {
    let size: UseStateHandle<(i32, i32)> = use_state(|| (0, 0));
    let set = size.setter();
    use_effect_with(node, move |node| {
        let watched: Option<Element> = node.cast();
        let seen = watched.clone();
        let heard = Closure::<dyn FnMut()>::new(move || {
            if let Some(element) = &seen {
                set.set((element.client_width(), element.client_height()));
            }
        });
        let observer = ResizeObserver::new(heard.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, &watched) {
            observer.observe(element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(heard);
        }
    });
    *size
}
