//! The map: every address of a family in Hilbert's order, coloured by what becomes of it; and the same in words.

mod canvas;
mod look;
mod picture;
mod told;

use super::sites::sites;
use crate::desk::Action;
use crate::desk::door::Question;
use crate::report::words::Names;
use crate::report::words::page::{coverage, map as words};
use crate::space::Family;
use crate::study::map::{View, whole};
use crate::ui::Props;
use ipnet::IpNet;
use look::By;
use picture::Picture;
use std::net::IpAddr;
use std::rc::Rc;
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::{Callback, Html, component, html, use_node_ref, use_state, use_state_eq};

/// Shows something else of the map.
fn ask(view: View) -> Action {
    Action::Study(Question::Map(view))
}

/// The panel.
#[component]
pub fn Panel(props: &Props) -> Html {
    let study = &props.desk.studies.map;
    // Opened again, it compares as it did.
    let by = use_state_eq(|| if study.view.compare { By::Change } else { By::Exit });
    let Some(told) = study.told.clone() else { return Html::default() };
    let (view, act) = (&study.view, &props.act);
    if told.plan.sites.is_empty() {
        return html! { <p class="quiet">{ words::NO_SITE }</p> };
    }
    let names = Names::of(&told.plan);
    let (groups, of) = look::groups(&told.window, *by, &told.plan, &names);
    let (groups, of) = (Rc::new(groups), Rc::new(of));
    let choose_by = {
        let (by, view, act) = (by.setter(), view.clone(), act.clone());
        Callback::from(move |next: By| {
            by.set(next);
            let compare = next == By::Change;
            if view.compare != compare {
                act.emit(ask(View { compare, ..view.clone() }));
            }
        })
    };
    let choose = {
        let view = view.clone();
        act.reform(move |site| ask(View { site: Some(site), ..view.clone() }))
    };
    let shown = &told.window.view;
    let uncompared = *by == By::Change && shown.compare && !told.window.compared;
    html! {
        <div class="study map">
            <p class="quiet study-hint">{ words::HINT }</p>
            <div class="study-tools">
                { sites(coverage::SITE, &told.plan, told.window.site.as_ref(), choose) }
                { sections(words::FAMILY, &[
                    ("IPv4", Family::V4), ("IPv6", Family::V6),
                ], view.family(), {
                    let (view, act) = (view.clone(), act.clone());
                    Callback::from(move |family| act.emit(ask(view.of(start(family)))))
                }) }
                { sections(words::COLOURS, &[
                    (words::BY_EXIT, By::Exit), (words::BY_VERDICT, By::Verdict), (words::BY_CHANGE, By::Change),
                ], *by, choose_by) }
            </div>
            <div class="study-tools">
                { zooms(view, act) }
                <Show view={view.clone()} act={act.clone()} />
            </div>
            if uncompared {
                <p class="study-hint">{ words::NOT_COMPARED }</p>
            }
            <Picture drawing={format!("{} {:?} {}", told.generation, told.window.view, *by as u8)} told={told.clone()} groups={Rc::clone(&groups)} of={of} act={act.clone()} />
            { told::blocks(&told, &names, act) }
        </div>
    }
}

/// What a family's map begins with: of IPv6 the sixteenth that nearly everything lies in, for the rest isn't given out.
fn start(family: Family) -> IpNet {
    match family {
        Family::V4 => whole(family),
        Family::V6 => "2000::/4".parse().unwrap_or_else(|_| whole(family)),
    }
}

/// A row of switches of which one is on.
fn sections<T: Copy + PartialEq + 'static>(
    label: &'static str,
    all: &[(&'static str, T)],
    on: T,
    choose: Callback<T>,
) -> Html {
    html! {
        <div class="sections" role="group" aria-label={label}>
            { for all.iter().map(|(name, value)| {
                let value = *value;
                html! {
                    <button type="button" class="section" aria-pressed={(value == on).to_string()}
                        onclick={choose.reform(move |_| value)}>{ *name }</button>
                }
            }) }
        </div>
    }
}

fn zooms(view: &View, act: &Callback<Action>) -> Html {
    let button = |label: &'static str, next: Option<View>| {
        let disabled = next.is_none();
        let onclick = act.reform(move |_| ask(next.clone().unwrap_or_default()));
        html! { <button type="button" {disabled} {onclick}>{ label }</button> }
    };
    // Towards the middle cell: of a square's four quarters the last.
    let middle = view.square().number(64, 64, crate::study::map::ORDER);
    let all = whole(view.family());
    html! {
        <div class="map-zooms" role="group" aria-label={words::map(view.block())}>
            { button(words::NEARER, view.nearer(middle)) }
            { button(words::FARTHER, view.farther()) }
            { button(words::WHOLE, (view.block() != all).then(|| view.of(all))) }
        </div>
    }
}

#[derive(yew::Properties, PartialEq)]
struct ShowProps {
    view: View,
    act: Callback<Action>,
}

/// The field to go to a prefix or an address.
#[component]
fn Show(props: &ShowProps) -> Html {
    let field = use_node_ref();
    let fault = use_state(|| false);
    let onsubmit = {
        let (field, fault, view, act) = (field.clone(), fault.setter(), props.view.clone(), props.act.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
            let text = text.trim();
            let net = text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
            fault.set(net.is_none());
            if let Some(net) = net {
                act.emit(ask(view.of(net.trunc())));
            }
        })
    };
    html! {
        <>
            <form class="field-inline" {onsubmit}>
                <input ref={field} type="search" class="map-prefix" aria-label={words::SHOW} placeholder={words::SHOW} autocomplete="off"
                    spellcheck="false" />
                <button type="submit">{ words::SHOW_BUTTON }</button>
            </form>
            if *fault {
                <span class="study-fault" role="alert">{ words::NO_PREFIX }</span>
            }
        </>
    }
}
