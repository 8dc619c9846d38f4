//! Files: opened by the picker or by a drop anywhere, saved by a link that the page clicks itself.

use crate::desk::{Action, ImportInto, link};
use crate::report::words::page::{self, import as words};
use crate::ui::dom;
use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, DataTransfer, File, HtmlAnchorElement, HtmlInputElement, Url};
use yew::Callback;

/// A plan file isn't larger; a larger one is read as a list in the worker.
const MOST_PLAN: f64 = 200_000_000.0;

/// So many bytes of a file tell whether it is a plan.
const BEGIN: i32 = 4_096;

/// What components can do with files.
#[derive(Clone, PartialEq)]
pub struct FilesHandle {
    /// Lets the user pick a plan to open.
    pub pick_plan: Callback<()>,
    /// Hands bytes with a name to the engine, and puts their text there.
    pub import: Callback<(Blob, String, ImportInto)>,
    /// Lets the user pick a file whose text goes there; several, for the preview.
    pub pick_list: Callback<ImportInto>,
    /// Opens a plan, or shows anything else in the preview.
    pub open: Callback<File>,
    /// The same for a text that was pasted.
    pub text: Callback<String>,
}

impl FilesHandle {
    /// Opens the files that are dropped or pasted, or else the text; whether there was any.
    pub fn take(&self, data: &DataTransfer) -> bool {
        let files = data.files();
        let files: Vec<File> =
            files.iter().flat_map(|list| (0..list.length()).filter_map(|at| list.get(at))).collect();
        if !files.is_empty() {
            files.into_iter().for_each(|file| self.open.emit(file));
            return true;
        }
        let text = data.get_data("text/plain").unwrap_or_default();
        let any = !text.trim().is_empty();
        if any {
            self.text.emit(text);
        }
        any
    }
}

/// Saves a text as a file.
pub fn save(name: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(match name.rsplit('.').next() {
        Some("html") => "text/html",
        Some("csv") => "text/csv",
        Some("tsv") => "text/tab-separated-values",
        Some("md") => "text/markdown",
        Some("json") => "application/json",
        _ => "text/plain",
    });
    let parts = Array::of1(&JsValue::from_str(text));
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(link) = dom::document().create_element("a")
        && let Ok(link) = link.dyn_into::<HtmlAnchorElement>()
    {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
}

/// Shows the browser's picker; what is picked goes to `picked`.
pub fn pick(accept: &str, several: bool, picked: impl Fn(File) + 'static) {
    let Ok(input) = dom::document().create_element("input") else { return };
    let Ok(input) = input.dyn_into::<HtmlInputElement>() else { return };
    input.set_type("file");
    input.set_accept(accept);
    input.set_multiple(several);
    let chosen = {
        let input = input.clone();
        Closure::<dyn FnMut()>::new(move || {
            let files = input.files();
            let files = files.iter().flat_map(|list| (0..list.length()).filter_map(|at| list.get(at)));
            files.for_each(&picked);
        })
    };
    input.set_onchange(Some(chosen.as_ref().unchecked_ref()));
    chosen.forget();
    input.click();
}

/// Opens a file: a plan is opened, anything else is shown in the preview.
pub fn open(file: File, act: Callback<Action>, import: Callback<(Blob, String, ImportInto)>) {
    let name = file.name();
    let as_list = {
        let (file, name) = (file.clone(), name.clone());
        move || import.emit((file.into(), name, ImportInto::Preview))
    };
    if !name.to_ascii_lowercase().ends_with(".json") || file.size() > MOST_PLAN {
        return as_list();
    }
    wasm_bindgen_futures::spawn_local(async move {
        // A flow log of an hour is JSON too, and long: whether it is a plan its beginning tells.
        let begin = match file.slice_with_i32_and_i32(0, BEGIN) {
            Ok(begin) => text(&begin).await,
            Err(_) => None,
        };
        let json = if begin.is_some_and(|begin| is_plan(&begin)) { text(&file).await } else { None };
        match json {
            Some(json) => act.emit(Action::OpenText { name, json }),
            None => as_list(),
        }
    });
}

async fn text(blob: &Blob) -> Option<String> {
    wasm_bindgen_futures::JsFuture::from(blob.text()).await.ok().and_then(|text| text.as_string())
}

/// Opens a text that was pasted: a plan is opened, anything else is shown in the preview.
pub fn open_text(text: String, act: &Callback<Action>, import: &Callback<(Blob, String, ImportInto)>) {
    if let Some(fragment) = link::in_text(&text) {
        act.emit(Action::OpenLink(fragment.to_owned()));
    } else if text.trim_start().starts_with('{') && is_plan(&text) {
        act.emit(Action::OpenText { name: words::PASTED_PLAN.to_owned(), json: text });
    } else if let Ok(blob) = Blob::new_with_str_sequence(&Array::of1(&text.into())) {
        import.emit((blob, page::PASTED.to_owned(), ImportInto::Preview));
    }
}

/// Only a plan says which version of the format it is, and it says so first.
fn is_plan(json: &str) -> bool {
    json.get(..BEGIN as usize).unwrap_or(json).contains("\"schema_version\"")
}

/// Opens a file as a plan, whatever it is: what is wrong with it is told.
pub fn open_plan(file: File, act: Callback<Action>) {
    let name = file.name();
    wasm_bindgen_futures::spawn_local(async move {
        let text = wasm_bindgen_futures::JsFuture::from(file.text()).await.ok();
        let json = text.and_then(|text| text.as_string()).unwrap_or_default();
        act.emit(Action::OpenText { name, json });
    });
}
