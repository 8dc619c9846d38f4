//! Where one pastes: a box that hands what it is given to the engine and stays empty.

use crate::desk::ImportInto;
use crate::report::words::page::import as words;
use crate::ui::files::FilesHandle;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlTextAreaElement};
use yew::{Callback, Html, Properties, component, html, use_context, use_node_ref, use_state_eq};

/// The box.
#[derive(Properties, PartialEq)]
pub struct PasteBoxProps {
    /// Whether nothing was pasted yet.
    pub first: bool,
}

/// A box to paste into, and a button to choose files.
#[component]
pub fn PasteBox(props: &PasteBoxProps) -> Html {
    let area = use_node_ref();
    let typed = use_state_eq(|| false);
    let Some(files) = use_context::<FilesHandle>() else { return Html::default() };
    let onpaste = {
        let files = files.clone();
        move |event: yew::Event| {
            let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
            if data.is_some_and(|data| files.take(&data)) {
                event.prevent_default();
            }
        }
    };
    let oninput = {
        let (area, typed) = (area.clone(), typed.setter());
        move |_| typed.set(area.cast::<HtmlTextAreaElement>().is_some_and(|area| !area.value().is_empty()))
    };
    let read = {
        let (area, typed, files) = (area.clone(), typed.setter(), files.clone());
        Callback::from(move |_| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                files.text.emit(area.value());
                area.set_value("");
                let _ = area.focus();
                typed.set(false);
            }
        })
    };
    let choose = files.pick_list.reform(|_| ImportInto::Preview);
    html! {
        <div class="import-paste">
            <textarea ref={area} rows={if props.first { "5" } else { "2" }} class="import-box" autofocus=true spellcheck="false"
                autocomplete="off" aria-label={words::PASTE_BOX} placeholder={words::PASTE_HINT} {onpaste} {oninput} />
            <div class="import-paste-tools">
                <button type="button" disabled={!*typed} onclick={read}>{ words::READ_TYPED }</button>
                <button type="button" onclick={choose}>{ words::CHOOSE_FILES }</button>
            </div>
        </div>
    }
}
