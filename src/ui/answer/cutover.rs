//! The cut-over: what Microsoft and our router show beside the plan, and what to trace.

use super::mark::badge;
use super::sites::sites;
use crate::desk::cutover::{Compared, View, Whose, Window};
use crate::desk::door::{Question, Writing};
use crate::desk::state::Table;
use crate::desk::{Action, ImportInto};
use crate::plan::Id;
use crate::report::words::page::{self, cutover as words};
use crate::report::words::{Names, faults, reality};
use crate::study::checklist::Check;
use crate::ui::Props;
use crate::ui::dom;
use crate::ui::files::FilesHandle;
use js_sys::Array;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Blob, ClipboardEvent, DragEvent, HtmlTextAreaElement};
use yew::{Callback, Html, Properties, component, html, use_context, use_effect_with, use_node_ref};

/// How many checks stand one below the other.
const SHOWN: u32 = 50;
/// So many faults of a table are named.
const FAULTS: usize = 5;

fn ask(view: View) -> Action {
    Action::Study(Question::Cutover(view))
}

/// The panel; what it shows is in `desk.studies.cutover`.
#[component]
pub fn Panel(props: &Props) -> Html {
    let study = &props.desk.studies.cutover;
    let Some(told) = &study.told else { return Html::default() };
    let (names, window) = (Names::of(&told.plan), &told.window);
    let choose = {
        let view = study.view.clone();
        props.act.reform(move |site| ask(View { site: Some(site), ..view.clone() }))
    };
    html! {
        <div class="study cutover">
            <h3>{ words::REALITY }</h3>
            <p class="quiet study-hint">{ words::REALITY_HINT }</p>
            { sites(words::SITE, &told.plan, window.site.as_ref(), choose) }
            <div class="cutover-tables">
                { for Whose::ALL.into_iter().map(|whose| html! {
                    <Beside {whose} table={props.desk.tables[whose.at()].clone()}
                        draft={Rc::clone(&props.desk.drafts[whose.at()])}
                        compared={window.tables[whose.at()].clone()} act={props.act.clone()} />
                }) }
            </div>
            <h3>{ words::CHECKLIST }</h3>
            if window.total == 0 {
                <p class="quiet teach">{ words::NO_CHECKS }</p>
            } else {
                <p class="quiet study-hint">{ words::CHECKLIST_HINT }</p>
                <div class="study-tools">
                    <button type="button" onclick={props.act.reform(|_| Action::Write(Writing::Checklist))}>{ words::COPY }</button>
                    { pages(window, &study.view, &props.act) }
                </div>
                <div class="study-scroll" tabindex="0">
                    <table class="study-table">
                        <caption class="unseen">{ words::CHECKLIST }</caption>
                        <thead><tr>{ for words::HEADS.iter().map(|head| html! { <th scope="col">{ *head }</th> }) }</tr></thead>
                        <tbody>{ for window.checks.iter().take(SHOWN as usize).map(|check| row(check, &names, &props.act)) }</tbody>
                    </table>
                </div>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct BesideProps {
    whose: Whose,
    table: Option<Table>,
    /// What was typed before the panel was left.
    draft: Rc<str>,
    compared: Option<Compared>,
    act: Callback<Action>,
}

/// A table and what it says; or the box that takes one.
#[component]
fn Beside(props: &BesideProps) -> Html {
    let (files, field) = (use_context::<FilesHandle>(), use_node_ref());
    let whose = props.whose;
    // By property, and when the box comes: while it is there, it holds what is typed.
    use_effect_with(props.table.is_none(), {
        let (field, draft) = (field.clone(), props.draft.clone());
        move |_: &bool| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                field.set_value(&draft);
            }
        }
    });
    let draft = props.act.reform(move |event: yew::Event| Action::DraftTable(whose, dom::value_of(&event).into()));
    let take = {
        let files = files.clone();
        Callback::from(move |(blob, name): (Blob, String)| {
            if let Some(files) = &files {
                files.import.emit((blob, name, ImportInto::Table(whose)));
            }
        })
    };
    let take_text = {
        let take = take.clone();
        Callback::from(move |text: String| {
            if !text.trim().is_empty()
                && let Ok(blob) = Blob::new_with_str_sequence(&Array::of1(&text.into()))
            {
                take.emit((blob, page::PASTED.to_owned()));
            }
        })
    };
    let onpaste = {
        let take_text = take_text.clone();
        move |event: yew::Event| {
            let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
            let pasted = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
            if let Some(pasted) = pasted.filter(|pasted| !pasted.trim().is_empty()) {
                event.prevent_default();
                take_text.emit(pasted);
            }
        }
    };
    let ondrop = {
        let take = take.clone();
        move |event: DragEvent| {
            let files = event.data_transfer().and_then(|data| data.files()).filter(|files| files.length() == 1);
            if let Some(file) = files.and_then(|files| files.get(0)) {
                event.prevent_default();
                let name = file.name();
                take.emit((file.into(), name));
            }
        }
    };
    let compare = {
        let (field, take_text) = (field.clone(), take_text);
        move |_: yew::MouseEvent| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                take_text.emit(field.value());
            }
        }
    };
    let choose = move |_: yew::MouseEvent| {
        if let Some(files) = &files {
            files.pick_list.emit(ImportInto::Table(whose));
        }
    };
    let title = words::title(whose);
    html! {
        <section class="cutover-table" aria-label={title} {ondrop}>
            <h4>{ title }</h4>
            if let Some(table) = &props.table {
                <p>{ format!("{}: {}", table.name, page::list_read(&table.summary)) }</p>
                { said(table, props.compared.as_ref()) }
                <button type="button" class="small" aria-label={words::remove(whose)}
                    onclick={props.act.reform(move |_| Action::DropTable(whose))}>{ words::REMOVE }</button>
            } else {
                <p class="quiet">{ words::from_where(whose) }</p>
                <textarea ref={field} rows="3" aria-label={words::paste(whose)} placeholder={words::paste(whose)}
                    spellcheck="false" autocomplete="off" {onpaste} onchange={draft} />
                <div class="cutover-buttons">
                    <button type="button" class="small" onclick={compare}>{ words::COMPARE }</button>
                    <button type="button" class="small" onclick={choose}>{ words::CHOOSE }</button>
                </div>
            }
        </section>
    }
}

/// What a table says beside the plan; nothing while that is being worked out.
fn said(table: &Table, compared: Option<&Compared>) -> Html {
    let wrong = table.summary.errors + table.summary.warnings;
    let none = table.summary.entries_v4 == 0 && table.summary.entries_v6 == 0;
    html! {
        <>
            if wrong > 0 {
                <p class="quiet">{ words::faults(wrong) }</p>
                <ul class="cutover-faults" tabindex="0">
                    { for table.summary.faults.iter().take(FAULTS).map(|fault| html! {
                        <li>{ words::fault(fault.line, fault.column, &faults::fault(&fault.code)) }</li>
                    }) }
                </ul>
            }
            if none {
                <p>{ words::EMPTY }</p>
            } else if let Some(compared) = compared {
                <p class="study-head" role="status">
                    { &compared.headline }
                    if compared.as_planned {
                        { " " }{ words::AS_PLANNED }
                    }
                </p>
                <ul class="cutover-told" tabindex="0">
                    { for compared.told.iter().map(|(line, said)| html! { <li>{ words::told(*line, said) }</li> }) }
                </ul>
                if compared.total as usize > compared.told.len() {
                    <p class="quiet">{ words::more(compared.total - compared.told.len() as u32) }</p>
                }
            }
        </>
    }
}

fn row(check: &Check, names: &Names, act: &Callback<Action>) -> Html {
    let exits = |ids: &[Id]| if ids.is_empty() { words::NONE.to_owned() } else { names.exits(ids, "or") };
    let what = reality::checked(check, names);
    let what = match check.flow.clone() {
        Some(flow) => {
            let select = act.reform(move |_| Action::Select { flow: flow.clone(), part: 0 });
            html! { <button type="button" class="link" onclick={select}>{ what }</button> }
        }
        None => what.into(),
    };
    html! {
        <tr>
            <th scope="row">{ what }</th>
            <td>{ format!("{}, ", names.site(&check.site)) }<span class="mono">{ check.from.to_string() }</span></td>
            <td class="mono">{ check.to.to_string() }</td>
            <td>{ exits(&check.out) }</td>
            <td>{ exits(&check.back) }</td>
            <td>
                if check.hops.is_empty() {
                    <span class="quiet">{ words::NO_HOP }</span>
                } else {
                    { reality::hops(check, names) }
                }
            </td>
            <td>{ badge(Some(check.verdict)) }</td>
        </tr>
    }
}

fn pages(window: &Window, view: &View, act: &Callback<Action>) -> Html {
    if window.total <= SHOWN {
        return Html::default();
    }
    let to = (view.from + SHOWN).min(window.total);
    let go = |from: u32| {
        let view = view.clone();
        act.reform(move |_: yew::MouseEvent| ask(View { from, count: SHOWN, ..view.clone() }))
    };
    html! {
        <>
            <span class="quiet" role="status">{ words::shown(view.from + 1, to, window.total) }</span>
            <button type="button" disabled={view.from == 0} onclick={go(view.from.saturating_sub(SHOWN))}>{ words::BEFORE }</button>
            <button type="button" disabled={to >= window.total} onclick={go(view.from + SHOWN)}>{ words::AFTER }</button>
        </>
    }
}
