//! The ask box: one line for an address, a prefix, a name or a verdict, and a list of where that leads.
//!
//! A combobox as ARIA describes it: the focus stays in the field, the arrows go through the answers, and how many
//! there are is said. What a question means is the desk's matter ([`crate::desk::find`]).

use super::answer::{bring_up, tab_id};
use super::{Props, dom};
use crate::desk::Desk;
use crate::desk::find::{Found, Place, find, is_address};
use crate::desk::keys::{Area, Does};
use crate::report::words::Names;
use crate::report::words::page::find as words;
use crate::ui::keys::pressed;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};
use yew::{Callback, Html, classes, component, html, use_effect_with, use_memo, use_node_ref, use_state_eq};

/// The field's identifier in the document.
const ID: &str = "ask";
const LIST: &str = "ask-answers";

/// Moves the focus to the box, what is in it selected.
pub fn focus() {
    let field = dom::document().get_element_by_id(ID);
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        let _ = field.focus();
        field.select();
    }
}

/// The box.
#[component]
pub fn AskBox(props: &Props) -> Html {
    let desk = &props.desk;
    let (field, list) = (use_node_ref(), use_node_ref());
    let question = use_state_eq(String::new);
    let open = use_state_eq(|| false);
    let active = use_state_eq(|| None::<usize>);
    let counts = desk.answered.as_ref().map(|answered| answered.summary.verdicts.clone());
    // Looked for while the answers are shown, and only when question or plan change.
    let asked = (*open).then(|| (*question).clone());
    let found = {
        let plan = Rc::clone(&desk.plan);
        use_memo((asked, desk.generation, counts), move |(asked, _, counts)| {
            let question = asked.as_deref().unwrap_or_default();
            find(&plan, counts.as_deref().unwrap_or_default(), question)
        })
    };
    let active_at = active.filter(|at| *at < found.leads.len());
    {
        let list = list.clone();
        use_effect_with(active_at, move |at| {
            let option = at.and_then(|at| list.cast::<Element>()?.children().item(at as u32));
            if let Some(option) = option {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                option.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let follow = {
        let (act, found, rows) = (props.act.clone(), Rc::clone(&found), desk.row_view.count);
        let (open, active) = (open.setter(), active.setter());
        Callback::from(move |at: usize| {
            let Some(lead) = found.leads.get(at) else { return };
            let (action, place) = lead.follow(rows);
            open.set(false);
            active.set(None);
            act.emit(action);
            show(place);
        })
    };
    let oninput = {
        let (question, open, active) = (question.setter(), open.setter(), active.setter());
        Callback::from(move |event: yew::InputEvent| {
            question.set(dom::value_of(&event));
            open.set(true);
            active.set(None);
        })
    };
    let onkeydown = {
        let (found, follow, field) = (Rc::clone(&found), follow.clone(), field.clone());
        let (question, open, active) = (question.clone(), open.clone(), active.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(does) = pressed(Area::Ask, &event).filter(|_| !event.is_composing()) else { return };
            let last = found.leads.len().checked_sub(1);
            match does {
                Does::Down | Does::Up if !*open => open.set(true),
                Does::Down => {
                    active.set(last.map(|last| active_at.map_or(0, |at| if at == last { 0 } else { at + 1 })))
                }
                Does::Up => {
                    active.set(last.map(|last| active_at.and_then(|at| at.checked_sub(1)).unwrap_or(last)))
                }
                Does::Choose => follow.emit(active_at.unwrap_or(0)),
                Does::Close if *open => {
                    open.set(false);
                    active.set(None);
                }
                Does::Close => {
                    question.set(String::new());
                    if let Some(field) = field.cast::<HtmlInputElement>() {
                        field.set_value("");
                    }
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let show_them = open.setter();
    let onfocus = {
        let open = show_them.clone();
        Callback::from(move |_| open.set(true))
    };
    let onblur = {
        let active = active.setter();
        Callback::from(move |_| {
            show_them.set(false);
            active.set(None);
        })
    };
    let listed = *open && !found.leads.is_empty();
    html! {
        <div class="find" role="search" aria-label={words::ASK}>
            <input ref={field} id={ID} type="text" class="find-field" role="combobox" aria-label={words::ASK}
                aria-autocomplete="list" aria-expanded={listed.to_string()} aria-controls={LIST}
                aria-activedescendant={active_at.filter(|_| listed).map(option_id)} aria-keyshortcuts="/"
                placeholder={words::ASK_HINT} autocomplete="off" autocapitalize="none" spellcheck="false" {oninput}
                {onkeydown} {onfocus} {onblur} />
            <kbd class="find-key" aria-hidden="true">{ "/" }</kbd>
            <div class={classes!("find-pop", (!*open).then_some("find-shut"))}>
                <ul ref={list} id={LIST} role="listbox" aria-label={words::ANSWERS} class="find-list">
                    if *open { { for options(desk, &found, active_at, &follow) } }
                </ul>
                if *open {
                    { beside(desk, &question, &found) }
                }
            </div>
            <p class="unseen" role="status">{ if *open { said(desk, &question, &found) } else { String::new() } }</p>
        </div>
    }
}

fn option_id(at: usize) -> String {
    format!("ask-{at}")
}

fn options(desk: &Desk, found: &Found, active: Option<usize>, follow: &Callback<usize>) -> Vec<Html> {
    let names = Names::of(&desk.plan);
    let option = |(at, lead)| {
        let (what, of) = words::lead(lead, &names);
        // Pressed and not clicked: by then the field has lost the focus, and the list is gone.
        let onmousedown = follow.reform(move |event: MouseEvent| {
            event.prevent_default();
            at
        });
        html! {
            <li key={at} id={option_id(at)} role="option" class="find-option"
                aria-selected={(active == Some(at)).to_string()} {onmousedown}>
                <span class="find-what">{ what }</span>{ " " }<span class="find-of">{ of }</span>
            </li>
        }
    };
    found.leads.iter().enumerate().map(option).collect()
}

/// What stands below the answers, or in their place.
fn beside(desk: &Desk, question: &str, found: &Found) -> Html {
    if found.left_off > 0 {
        return html! { <p class="quiet find-note">{ words::more(found.left_off) }</p> };
    }
    if !found.leads.is_empty() {
        return Html::default();
    }
    html! {
        <div class="find-note">
            if let Some(nothing) = nothing(desk, question) {
                <p>{ nothing }</p>
            }
            <p class="quiet">{ words::WHAT }</p>
        </div>
    }
}

/// Why there is no answer; `None` where nothing is asked.
fn nothing(desk: &Desk, question: &str) -> Option<String> {
    if question.trim().is_empty() {
        return None;
    }
    let no_site = desk.plan.sites.is_empty() && is_address(question);
    Some(if no_site { words::NO_SITE.to_owned() } else { words::nothing(question) })
}

/// The same for those who can't see it.
fn said(desk: &Desk, question: &str, found: &Found) -> String {
    match nothing(desk, question) {
        None => String::new(),
        Some(nothing) if found.leads.is_empty() => nothing,
        Some(_) => words::answers(found.leads.len(), found.left_off),
    }
}

/// Moves the focus to where an answer led.
fn show(place: Place) {
    let id = match place {
        // They take it themselves, once they have unfolded what was asked for.
        Place::Inputs => return,
        Place::View(tab) => tab_id(tab),
        Place::Why => "why",
    };
    let element = dom::document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
        // A column of its own may have been scrolled.
        element.set_scroll_top(0);
    }
    if matches!(place, Place::View(_)) {
        bring_up();
    }
}
