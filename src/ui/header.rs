//! The bar at the top: the plan's name, undo and redo, examples, files, theme.

use super::dom;
use super::files::FilesHandle;
use super::gallery::Gallery;
use super::icons::{Icon, icon};
use super::report::Report;
use super::share::Share;
use super::theme::ThemeSwitch;
use crate::desk::import::Turn;
use crate::desk::{Action, Desk, Storage};
use crate::plan::Plan;
use crate::report::words::page::{self, export, import as words, keys, plans, share};
use std::rc::Rc;
use yew::{Callback, Html, InputEvent, MouseEvent, Properties, component, html, use_context, use_state_eq};

/// What the bar needs.
#[derive(Properties, PartialEq)]
pub struct HeaderProps {
    /// The desk as it is.
    pub desk: Rc<Desk>,
    /// Where actions go.
    pub act: Callback<Action>,
    /// Shows the sheet of shortcuts.
    pub sheet: Callback<()>,
}

/// A dialog of the bar's.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Which {
    Gallery,
    Share,
    Report,
}

/// The bar.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let shown = use_state_eq(|| None::<Which>);
    let files = use_context::<FilesHandle>();
    let desk = &props.desk;
    let act = &props.act;
    let name = act.reform(|event: InputEvent| {
        let name = dom::value_of(&event);
        Action::typed("plan/name", move |plan| plan.name = name)
    });
    let open = move |_| {
        if let Some(files) = &files {
            files.pick_plan.emit(());
        }
    };
    let show = |which: Which| {
        let shown = shown.setter();
        move |_: MouseEvent| shown.set(Some(which))
    };
    let close = {
        let shown = shown.setter();
        Callback::from(move |()| shown.set(None))
    };
    let show_export = {
        let plan = Rc::clone(&desk.plan);
        act.reform(move |_| Action::Export(Some(super::export::first(&plan))))
    };
    let new = act.reform(|_| Action::Open {
        plan: Rc::new(Plan { name: page::UNTITLED.into(), ..Plan::default() }),
        passed_over: Vec::new(),
    });
    let (stored, stored_class) = match desk.storage {
        Storage::Unknown => ("", "stored"),
        Storage::Pending => (page::STORAGE_PENDING, "stored"),
        Storage::Saved => (page::STORAGE_SAVED, "stored"),
        Storage::Full => (page::STORAGE_FULL, "stored stored-failed"),
        Storage::Unavailable => (page::STORAGE_UNAVAILABLE, "stored stored-failed"),
        Storage::Untouched => (plans::UNTOUCHED, "stored"),
        Storage::Refused => (plans::REFUSED, "stored stored-failed"),
        Storage::Elsewhere => (plans::ELSEWHERE, "stored stored-failed"),
        Storage::Gone => (plans::GONE, "stored stored-failed"),
    };
    html! {
        <header class="bar">
            <h1 class="brand">
                <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                    <path class="brand-out" d="M3 8h14M13 4l4 4-4 4" />
                    <path class="brand-back" d="M21 16H7M11 12l-4 4 4 4" />
                </svg>
                { page::BRAND }
            </h1>
            <div class="bar-plan">
                <input class="plan-name" type="text" aria-label={page::PLAN_NAME} value={desk.plan.name.clone()}
                    placeholder={page::UNTITLED} spellcheck="false" autocomplete="off" oninput={name} />
                <span class={stored_class} title={plans::keeper(desk.shelf.keeper)}>{ stored }</span>
            </div>
            <div class="bar-tools" role="group" aria-label={page::TOOLBAR}>
                <button type="button" class="icon-button" aria-label={page::UNDO} title={page::UNDO_HINT}
                    disabled={!desk.can_undo()} onclick={act.reform(|_| Action::Undo)}>{ icon(Icon::Undo) }</button>
                <button type="button" class="icon-button" aria-label={page::REDO} title={page::REDO_HINT}
                    disabled={!desk.can_redo()} onclick={act.reform(|_| Action::Redo)}>{ icon(Icon::Redo) }</button>
                <span class="bar-gap" />
                <button type="button" class="primary" title={words::IMPORT_HINT}
                    onclick={act.reform(|_| Action::Preview(Turn::Open))}>{ words::IMPORT }</button>
                <button type="button" title={plans::PLANS_HINT} onclick={act.reform(|_| Action::Plans)}>{ plans::PLANS }</button>
                <button type="button" onclick={show(Which::Gallery)}>{ page::EXAMPLES }</button>
                <button type="button" onclick={new}>{ page::NEW }</button>
                <button type="button" title={page::OPEN_HINT} onclick={open}>{ page::OPEN }</button>
                <button type="button" title={page::SAVE_HINT} onclick={act.reform(|_| Action::SaveFile)}>
                    { page::SAVE }
                </button>
                <button type="button" title={share::SHARE_HINT} onclick={show(Which::Share)}>{ share::SHARE }</button>
                <button type="button" title={export::EXPORT_HINT} onclick={show_export}>{ export::EXPORT }</button>
                <button type="button" title={page::REPORT_HINT} onclick={show(Which::Report)}>{ page::REPORT }</button>
                <ThemeSwitch />
                <button type="button" class="icon-button" aria-label={keys::SHEET} title={keys::SHEET_HINT}
                    onclick={props.sheet.reform(|_| ())}>{ "?" }</button>
            </div>
            { match *shown {
                None => Html::default(),
                Some(Which::Gallery) => html! { <Gallery act={act.clone()} {close} /> },
                Some(Which::Share) => html! { <Share desk={Rc::clone(desk)} act={act.clone()} {close} /> },
                Some(Which::Report) => html! { <Report act={act.clone()} {close} /> },
            } }
        </header>
    }
}
