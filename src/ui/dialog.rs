//! A dialog: the browser's own, which keeps the focus inside, closes by Escape and gives the focus back.

use super::dom;
use super::icons::{Icon, icon};
use crate::report::words::page;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_effect, use_effect_with, use_node_ref};

/// A dialog that is open as long as it is there.
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Its heading and accessible name.
    pub title: AttrValue,
    /// Closed by its button, by Escape or by a click beside it.
    pub close: Callback<()>,
    /// Whether it is as wide as the window allows, and only its buttons and Escape close it: there is work in it.
    #[prop_or_default]
    pub wide: bool,
    /// What is in it.
    pub children: Html,
}

/// Shows it.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
            }
            // Closed before it goes: only then the browser gives the focus back.
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        }
    });
    // What had the focus may be gone with what was done in it: then the dialog itself has it, not the page behind.
    use_effect({
        let node = node.clone();
        move || {
            let at = dom::document().active_element();
            if at.is_none_or(|at| at.tag_name().eq_ignore_ascii_case("body"))
                && let Some(dialog) = node.cast::<HtmlDialogElement>()
            {
                let _ = dialog.focus();
            }
        }
    });
    let close = props.close.reform(|_| ());
    let beside = {
        let (node, close, wide) = (node.clone(), props.close.clone(), props.wide);
        move |event: yew::MouseEvent| {
            // The dialog's box itself is only hit beside its padding-free contents: on the backdrop.
            let hit = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if !wide && hit.is_some() && hit == node.cast::<Element>() {
                close.emit(());
            }
        }
    };
    html! {
        <dialog ref={node} class={if props.wide { "dialog dialog-wide" } else { "dialog" }} aria-labelledby="dialog-title" tabindex="-1" onclose={props.close.reform(|_| ())} onclick={beside}>
            <div class="dialog-box">
                <div class="dialog-head">
                    <h2 id="dialog-title">{ &props.title }</h2>
                    <button type="button" class="icon-button" aria-label={page::CLOSE} onclick={close}>
                        { icon(Icon::Cross) }
                    </button>
                </div>
                <div class="dialog-body">{ props.children.clone() }</div>
            </div>
        </dialog>
    }
}
