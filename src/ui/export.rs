//! Parts of the plan as configuration: what, for whom, and the text to copy or download.

use super::dialog::Dialog;
use super::inputs::{CheckedField, Choice, TextField, Tick};
use super::{Props, dom, files};
use crate::desk::Action;
use crate::desk::export::{View, What, Written, offered};
use crate::desk::parse;
use crate::plan::Plan;
use crate::report::config::{Vendor, safe_name};
use crate::report::words::page::export as words;
use crate::report::words::{Names, export as told};
use crate::space::Family;
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::{
    AttrValue, Callback, Html, Properties, component, html, use_effect_with, use_memo, use_node_ref, use_state_eq,
};

/// What is written first: what is advertised over the first exit, for IOS.
pub fn first(plan: &Plan) -> View {
    let all = offered(plan);
    let what = all.iter().find(|what| matches!(what, What::Advertised(_))).or(all.first());
    View {
        what: what.map(ToString::to_string).unwrap_or_default(),
        vendor: Vendor::Ios.name().to_owned(),
        ..View::default()
    }
}

/// The dialog, while it is open.
#[component]
pub fn Export(props: &Props) -> Html {
    let (desk, act) = (&props.desk, &props.act);
    let options = use_memo(Rc::clone(&desk.plan), |plan| {
        let names = Names::of(plan);
        let option = |what: &What| (what.to_string().into(), told::what(what, &names).into());
        offered(plan).iter().map(option).collect::<Vec<(AttrValue, AttrValue)>>()
    });
    let Some(export) = &desk.export else { return Html::default() };
    let close = act.reform(|()| Action::Export(None));
    if options.is_empty() {
        return html! { <Dialog title={words::TITLE} {close}><p class="quiet">{ words::NOTHING }</p></Dialog> };
    }
    let view = &export.view;
    let what = view.what.parse::<What>().ok();
    let is_list = what.as_ref().is_none_or(What::is_list);
    let turn = |change: fn(&mut View, String)| {
        let view = view.clone();
        act.reform(move |value: String| {
            let mut view = view.clone();
            change(&mut view, value);
            Action::Export(Some(view))
        })
    };
    let vendors: Vec<(AttrValue, AttrValue)> = Vendor::ALL
        .into_iter()
        .filter(|vendor| is_list || matches!(vendor, Vendor::Ios | Vendor::Junos))
        .map(|vendor| (vendor.name().into(), told::vendor(vendor).into()))
        .collect();
    let chosen = turn(|view, value| {
        view.what = value;
        // What isn't a list isn't written for every vendor.
        let other = view.vendor != Vendor::Ios.name() && view.vendor != Vendor::Junos.name();
        if other && view.what.parse::<What>().is_ok_and(|what| !what.is_list()) {
            view.vendor = Vendor::Ios.name().to_owned();
        }
    });
    let length = |change: fn(&mut View, Option<u8>)| {
        let (act, view) = (act.clone(), view.clone());
        Callback::from(move |text: String| {
            let length = match text.trim() {
                "" => None,
                text => Some(parse::length(text)?),
            };
            let mut view = view.clone();
            change(&mut view, length);
            act.emit(Action::Export(Some(view)));
            Ok(shown(length))
        })
    };
    let minimal = {
        let view = view.clone();
        act.reform(move |minimal| Action::Export(Some(View { minimal, ..view.clone() })))
    };
    let placeholder = what.map(|what| safe_name(what.id().as_str())).unwrap_or_default();
    let body = match &export.told {
        Some((_, asked, Ok(written))) if asked == view => {
            html! { <Text written={Rc::clone(written)} name={file_name(view)} /> }
        }
        Some((_, asked, Err(trouble))) if asked == view => {
            html! { <p class="export-trouble" role="status">{ told::trouble(*trouble, &view.what) }</p> }
        }
        _ => html! { <p class="quiet" role="status">{ words::WAITING }</p> },
    };
    html! {
        <Dialog title={words::TITLE} wide=true {close}>
            <p class="quiet">{ words::INTRO }</p>
            <div class="fields export-fields">
                <Choice label={words::WHAT} value={view.what.clone()} options={(*options).clone()} {chosen} wide=true />
                <Choice label={words::VENDOR} value={view.vendor.clone()} options={vendors}
                    chosen={turn(|view, value| view.vendor = value)} />
                <TextField label={words::NAME} value={view.name.clone()} {placeholder}
                    typed={turn(|view, value| view.name = value)} />
                if is_list {
                    <Choice label={words::FAMILY} value={family_name(view.family)} options={families()}
                        chosen={turn(|view, value| view.family = Family::ALL.into_iter().find(|one| one.to_string() == value))} />
                    <CheckedField label={words::AT_MOST} placeholder="/" value={shown(view.at_most)}
                        typed={length(|view, length| view.at_most = length)} />
                    <CheckedField label={words::LONGEST} placeholder="/" value={shown(view.longest)}
                        typed={length(|view, length| view.longest = length)} />
                    <Tick label={words::MINIMAL} checked={view.minimal} toggled={minimal} />
                }
            </div>
            { body }
        </Dialog>
    }
}

/// A length as its field has it.
fn shown(length: Option<u8>) -> String {
    length.map(|length| length.to_string()).unwrap_or_default()
}

/// The value of a choice of families; empty: both.
fn family_name(family: Option<Family>) -> String {
    family.map(|family| family.to_string()).unwrap_or_default()
}

fn families() -> Vec<(AttrValue, AttrValue)> {
    let one = |family: Family| (family.to_string().into(), family.to_string().into());
    [(AttrValue::default(), words::BOTH.into())].into_iter().chain(Family::ALL.map(one)).collect()
}

/// The name that it is saved under.
fn file_name(view: &View) -> String {
    format!("{}.{}.txt", safe_name(&view.what), view.vendor)
}

#[derive(Properties, PartialEq)]
struct TextProps {
    written: Rc<Written>,
    name: String,
}

/// The configuration, to copy or download.
#[component]
fn Text(props: &TextProps) -> Html {
    let node = use_node_ref();
    let copied = use_state_eq(|| None::<bool>);
    // Set by property: a long text isn't compared on every rendering.
    use_effect_with(Rc::clone(&props.written), {
        let (node, copied) = (node.clone(), copied.setter());
        move |written: &Rc<Written>| {
            if let Some(area) = node.cast::<HtmlTextAreaElement>() {
                area.set_value(&written.text);
            }
            copied.set(None);
        }
    });
    let copy = {
        let (written, copied) = (Rc::clone(&props.written), copied.setter());
        move |_| copied.set(Some(dom::copy(&written.text)))
    };
    let download = {
        let (written, name) = (Rc::clone(&props.written), props.name.clone());
        move |_| files::save(&name, &written.text)
    };
    html! {
        <>
            { for props.written.notes.iter().map(|note| html! { <p class="export-note">{ words::note(*note) }</p> }) }
            <textarea ref={node} class="export-text" rows="14" readonly=true spellcheck="false" aria-label={words::TEXT} />
            <div class="export-tools">
                <span class="quiet" role="status">
                    { match *copied {
                        None => words::lines(props.written.text.lines().count()),
                        Some(true) => words::COPIED.to_owned(),
                        Some(false) => words::NOT_COPIED.to_owned(),
                    } }
                </span>
                <button type="button" class="primary" onclick={copy}>{ words::COPY }</button>
                <button type="button" onclick={download}>{ words::DOWNLOAD }</button>
            </div>
        </>
    }
}
