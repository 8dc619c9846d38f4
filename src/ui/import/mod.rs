//! The preview of an import: what was pasted, dropped or opened, what it is, and what becomes of it.

pub mod device;
mod faults;
mod item;
mod log_columns;
mod logs;
mod paste;
mod sets;
mod setup;

use super::dialog::Dialog;
use super::{Props, progress};
use crate::desk::Action;
use crate::desk::import::{Outcome, Turn};
use crate::report::words::faults::bytes_error;
use crate::report::words::page::{self, import as words};
use item::ItemRow;
use logs::LogRows;
use paste::PasteBox;
use std::rc::Rc;
use yew::{Html, component, html};

/// The preview, while it is open.
#[component]
pub fn Import(props: &Props) -> Html {
    let Some(preview) = &props.desk.preview else { return Html::default() };
    let act = &props.act;
    let changes = preview.items.iter().filter(|item| item.outcome == Outcome::Changes).count();
    let logs = &preview.logs;
    let nothing = preview.items.is_empty() && logs.files.is_empty();
    let ready = !preview.items.is_empty() || logs.is_measured();
    let reading = props.desk.is_previewing();
    let rows = preview.items.iter().map(|item| {
        html! {
            <ItemRow key={format!("{}-{}", item.key.0, item.key.1)} item={Rc::new(item.clone())}
                plan={Rc::clone(&props.desk.plan)} act={act.clone()} />
        }
    });
    let unreadable = preview.unreadable.iter().map(|(name, error)| {
        html! { <li class="import-unreadable">{ page::unreadable(name, &bytes_error(error)) }</li> }
    });
    html! {
        <Dialog title={words::IMPORT_TITLE} wide=true close={act.reform(|()| Action::Preview(Turn::Cancel))}>
            <p class="quiet">{ words::IMPORT_INTRO }</p>
            <PasteBox first={nothing} />
            if !nothing || !preview.unreadable.is_empty() {
                <ul class="import-items">
                    { for rows }
                    <LogRows logs={Rc::new(preview.logs.clone())} beside={!preview.items.is_empty()} act={act.clone()} />
                    { for unreadable }
                </ul>
            }
            <div class="import-end">
                <span class="import-sum" role="status">
                    if !reading && (!preview.items.is_empty() || logs.files.is_empty()) {
                        { words::applies(changes, preview.items.len()) }
                    }
                </span>
                if reading {
                    <div class="import-progress">{ progress::bar(&props.desk, act) }</div>
                }
                <button type="button" onclick={act.reform(|_| Action::Preview(Turn::Cancel))}>{ page::CANCEL }</button>
                <button type="button" class="primary import-apply" disabled={reading || !ready}
                    onclick={act.reform(|_| Action::Preview(Turn::Apply))}>{ words::APPLY }</button>
            </div>
        </Dialog>
    }
}
