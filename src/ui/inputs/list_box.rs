//! A paste box for a list: line numbers, marks where the faults are, what was read, and fixes.
//!
//! The text box is uncontrolled: it is read once per pause in typing, and written only when the plan's text
//! changes otherwise (undo, a fix, another plan). So neither caret nor layout moves while one types.

use super::gutter::{Gutter, line_starts};
use super::long_list::LongList;
use crate::desk::door::{INLINE_TEXT, ListFault, ListSummary};
use crate::desk::focus::{Spot, all_replaced, replaced};
use crate::desk::{Action, ImportInto, parse};
use crate::plan::{ListId, Text};
use crate::report::words::page;
use crate::ui::files::FilesHandle;
use gloo::timers::callback::Timeout;
use js_sys::Array;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Blob, ClipboardEvent, DragEvent, HtmlTextAreaElement};
use yew::{
    AttrValue, Callback, Html, Properties, component, html, use_context, use_effect_with, use_memo, use_mut_ref,
    use_node_ref, use_state, use_state_eq,
};

/// A pause in typing, in milliseconds.
const PAUSE: u32 = 120;

/// The box is so many lines high at least, and at most before it scrolls.
const LINES: (usize, usize) = (3, 16);

/// A list of the plan.
#[derive(Properties, PartialEq)]
pub struct ListBoxProps {
    /// Which.
    pub list: ListId,
    /// Its text.
    pub text: Text,
    /// What stands above it.
    pub label: AttrValue,
    /// Its name, which says whose list it is.
    pub name: AttrValue,
    /// What was read of it, where that is known.
    pub summary: Option<Rc<ListSummary>>,
    /// A place in it to bring into view, and the request's number.
    pub focus: Option<(Spot, u64)>,
    /// Where actions go.
    pub act: Callback<Action>,
    /// Shown while it is empty: what may be pasted.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Whether the summary is of this very text.
    pub current: bool,
}

/// A paste box for a list.
#[component]
pub fn ListBox(props: &ListBoxProps) -> Html {
    if props.text.len() > INLINE_TEXT {
        return html! {
            <LongList list={props.list.clone()} text={props.text.clone()} label={props.label.clone()}
                name={props.name.clone()} summary={props.summary.clone()} focus={props.focus} act={props.act.clone()} current={props.current} />
        };
    }
    html! {
        <ShortList list={props.list.clone()} text={props.text.clone()} label={props.label.clone()}
            name={props.name.clone()} summary={props.summary.clone()} focus={props.focus} act={props.act.clone()}
            placeholder={props.placeholder.clone()} current={props.current} />
    }
}

#[component]
fn ShortList(props: &ListBoxProps) -> Html {
    let area = use_node_ref();
    let scroll = use_state_eq(|| (0_i32, 0_i32));
    let open = use_state(|| false);
    // The text as the box has it, to tell the plan's other changes from the echo of what was typed.
    let held = use_mut_ref(|| None::<Text>);
    let pending = use_mut_ref(|| None::<Timeout>);
    let revealed = use_mut_ref(|| 0_u64);
    let files = use_context::<FilesHandle>();

    use_effect_with(props.text.clone(), {
        let (area, held, pending) = (area.clone(), held.clone(), pending.clone());
        move |text: &Text| {
            let known = held.borrow().as_ref() == Some(text);
            if !known && let Some(area) = area.cast::<HtmlTextAreaElement>() {
                *pending.borrow_mut() = None;
                area.set_value(text.as_str());
                area.set_rows(rows(text.as_str()));
                *held.borrow_mut() = Some(text.clone());
            }
        }
    });
    use_effect_with((props.focus, props.text.clone()), {
        let area = area.clone();
        move |(focus, text): &(Option<(Spot, u64)>, Text)| {
            if let Some((spot, serial)) = focus
                && *revealed.borrow() < *serial
                && let Some(area) = area.cast::<HtmlTextAreaElement>()
            {
                *revealed.borrow_mut() = *serial;
                select(&area, text.as_str(), spot.in_utf16(text.as_str()));
            }
        }
    });

    let read: Callback<()> = {
        let (area, held, pending, act, list) =
            (area.clone(), held.clone(), pending.clone(), props.act.clone(), props.list.clone());
        Callback::from(move |()| {
            *pending.borrow_mut() = None;
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                let text = Text::from(area.value());
                if held.borrow().as_ref() != Some(&text) {
                    grow(&area, text.as_str());
                    *held.borrow_mut() = Some(text.clone());
                    act.emit(Action::list(list.clone(), text));
                }
            }
        })
    };
    let oninput = {
        let (pending, read) = (pending.clone(), read.clone());
        move |_| {
            let read = read.clone();
            *pending.borrow_mut() = Some(Timeout::new(PAUSE, move || read.emit(())));
        }
    };
    let onblur = {
        let (pending, read) = (pending.clone(), read.clone());
        move |_| {
            if pending.borrow().is_some() {
                read.emit(());
            }
        }
    };
    let onscroll = {
        let (area, scroll) = (area.clone(), scroll.clone());
        move |_| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                scroll.set((area.scroll_top(), area.scroll_left()));
            }
        }
    };
    let hand_over = {
        let (files, list) = (files.clone(), props.list.clone());
        move |blob: Blob, name: String| {
            if let Some(files) = &files {
                files.import.emit((blob, name, ImportInto::List(list.clone())));
            }
        }
    };
    let onpaste = {
        let hand_over = hand_over.clone();
        move |event: yew::Event| {
            let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
            let pasted = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
            if let Some(pasted) = pasted.filter(|pasted| pasted.len() > INLINE_TEXT)
                && let Ok(blob) = Blob::new_with_str_sequence(&Array::of1(&pasted.into()))
            {
                event.prevent_default();
                hand_over(blob, page::PASTED.to_owned());
            }
        }
    };
    let ondrop = move |event: DragEvent| {
        // One file fills the box; several are shown in the preview, as everywhere else.
        let files = event.data_transfer().and_then(|data| data.files()).filter(|files| files.length() == 1);
        if let Some(file) = files.and_then(|files| files.get(0)) {
            event.prevent_default();
            let name = file.name();
            hand_over(file.into(), name);
        }
    };

    let starts = use_memo(props.text.clone(), |text| line_starts(text.as_str()));
    let faults = props.summary.as_ref().map(|summary| summary.faults.clone()).unwrap_or_default();
    let id = use_memo(props.list.clone(), |list| AttrValue::from(slug(list)));
    let status_id = AttrValue::from(format!("{}-read", *id));
    let select_span = {
        let (area, text) = (area.clone(), props.text.clone());
        Callback::from(move |span: (u32, u32)| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                select(&area, text.as_str(), span);
            }
        })
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |()| open.set(!*open))
    };
    html! {
        <div class="list-box">
            <label class="list-label" for={(*id).clone()}>{ &props.label }</label>
            <div class="list-body">
                <Gutter text={props.text.clone()} starts={Rc::clone(&starts)} faults={faults} scroll={*scroll} />
                <textarea ref={area} id={(*id).clone()} class="list-text" wrap="off" spellcheck="false"
                    autocomplete="off" autocapitalize="off" aria-label={props.name.clone()}
                    aria-describedby={status_id.clone()} placeholder={props.placeholder.clone()}
                    {oninput} {onblur} {onscroll} {onpaste} {ondrop} />
            </div>
            <ListStatus id={status_id} empty={props.text.is_empty()} summary={props.summary.clone()} open={*open}
                {toggle} select={select_span} list={props.list.clone()} text={props.text.clone()} current={props.current}
                act={props.act.clone()} />
        </div>
    }
}

/// An identifier for the document.
pub fn slug(list: &ListId) -> String {
    let name: String = format!("{list:?}")
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' })
        .collect();
    format!("list-{name}")
}

fn rows(text: &str) -> u32 {
    let lines = text.bytes().filter(|byte| *byte == b'\n').take(LINES.1).count() + 1;
    u32::try_from(lines.clamp(LINES.0, LINES.1)).unwrap_or(3)
}

/// Makes the box as high as its text; never lower than it is, and not once someone has drawn it to their own height.
fn grow(area: &HtmlTextAreaElement, text: &str) {
    let rows = rows(text);
    let drawn = area.style().get_property_value("height").is_ok_and(|height| !height.is_empty());
    if rows > area.rows() && !drawn {
        area.set_rows(rows);
    }
}

/// Selects a span and brings its line into the middle of the box.
fn select(area: &HtmlTextAreaElement, text: &str, (from, to): (u32, u32)) {
    let mut units = 0_u32;
    let mut line = 0_u32;
    for letter in text.chars() {
        if units >= from {
            break;
        }
        units += u32::try_from(letter.len_utf16()).unwrap_or(1);
        line += u32::from(letter == '\n');
    }
    let _ = area.focus();
    let _ = area.set_selection_range(from, to);
    let lines = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let height = f64::from(area.scroll_height()) / f64::from(u32::try_from(lines).unwrap_or(1));
    // Pixels: small, and never negative.
    #[allow(clippy::cast_possible_truncation)]
    let top = (height * f64::from(line)) as i32 - area.client_height() / 2;
    area.set_scroll_top(top.max(0));
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    area.scroll_into_view_with_scroll_into_view_options(&options);
}

/// What was read, and what was not.
#[derive(Properties, PartialEq)]
pub struct ListStatusProps {
    /// Its identifier in the document.
    pub id: AttrValue,
    /// Whether the list is empty.
    pub empty: bool,
    /// What was read, where that is known.
    pub summary: Option<Rc<ListSummary>>,
    /// Whether the faults are listed.
    pub open: bool,
    /// Lists them, or no longer.
    pub toggle: Callback<()>,
    /// Selects a span of the text, in UTF-16 units.
    pub select: Callback<(u32, u32)>,
    /// The list.
    pub list: ListId,
    /// Its text.
    pub text: Text,
    /// Whether the summary is of this very text: only then can a fault be mended.
    pub current: bool,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// One line under the box, and the faults on demand.
#[component]
pub fn ListStatus(props: &ListStatusProps) -> Html {
    let summary = props.summary.as_ref().filter(|_| !props.empty);
    let Some(summary) = summary else {
        // A text that hasn't been read yet is not empty: its line stays blank.
        let word = if props.empty { page::empty_list(&props.list) } else { "\u{a0}" };
        return html! { <p class="list-status quiet" id={props.id.clone()}>{ word }</p> };
    };
    let faults = summary.errors + summary.warnings;
    let wrong = if summary.errors > 0 { "list-faults list-errors" } else { "list-faults list-warnings" };
    let one = |fault: &ListFault| {
        let to_span = {
            let (select, span) = (props.select.clone(), fault.utf16);
            move |_| select.emit(span)
        };
        let mend = fault.fix.clone().map(|fix| {
            let (act, list, span, shown) =
                (props.act.clone(), props.list.clone(), fix.utf16, page::fix(&fix.replacement));
            let meant = props.text.clone();
            let onclick = move |_| {
                let (list, fix, meant) = (list.clone(), fix.clone(), meant.clone());
                act.emit(Action::edit(move |plan| {
                    if let Some(text) = plan.list_mut(&list).filter(|text| **text == meant) {
                        *text = replaced(text.as_str(), span, &fix.replacement).into();
                    }
                }));
            };
            html! {
                <button type="button" class="fix" disabled={!props.current} {onclick}>{ shown }</button>
            }
        });
        html! {
            <li class={if fault.error { "fault fault-error" } else { "fault fault-warning" }}>
                <button type="button" class="fault-place" onclick={to_span}>{ page::line_column(fault.line, fault.column) }</button>
                <span class="fault-text">{ page::fault(fault) }</span>
                { mend }
            </li>
        }
    };
    let fixes = summary.faults.iter().filter(|fault| fault.fix.is_some()).count();
    let mend_all = {
        let (list, meant, summary) = (props.list.clone(), props.text.clone(), Rc::clone(summary));
        props.act.reform(move |_| {
            let (list, meant, summary) = (list.clone(), meant.clone(), Rc::clone(&summary));
            Action::edit(move |plan| {
                let fixes = summary.faults.iter().filter_map(|fault| fault.fix.as_ref());
                let fixes = fixes.map(|fix| (fix.utf16, fix.replacement.as_str())).collect();
                if let Some(text) = plan.list_mut(&list).filter(|text| **text == meant) {
                    *text = all_replaced(meant.as_str(), fixes).into();
                }
            })
        })
    };
    html! {
        <>
            <div class="list-status" id={props.id.clone()}>
                <span>{ match props.list {
                    ListId::Pool(_) => page::pool_read(parse::addresses(&props.text), summary),
                    _ => page::list_read(summary),
                } }</span>
                if faults > 0 {
                    <button type="button" class={wrong} aria-expanded={props.open.to_string()}
                        onclick={props.toggle.reform(|_| ())}>{ page::list_faults(summary) }</button>
                }
            </div>
            if props.open && faults > 0 {
                <ul class="faults">
                    if fixes > 1 {
                        <li class="fault-all">
                            <button type="button" class="fix" disabled={!props.current} onclick={mend_all}>
                                { page::import::mend_all(fixes) }
                            </button>
                        </li>
                    }
                    { for summary.faults.iter().map(one) }
                    if u64::from(faults) > summary.faults.len() as u64 {
                        <li class="quiet">{ page::more_faults(faults, summary.faults.len()) }</li>
                    }
                </ul>
            }
        </>
    }
}
