//! The parts of one kind: a card each, and a button to add one.

use super::panel::Card;
use super::shared::Form;
use super::{circuit, device, exit, flow, panel_name, published, service, site, small, source};
use crate::desk::marks::Area;
use crate::desk::{Action, parts};
use crate::plan::{Id, PartKind};
use crate::report::words::page;
use crate::ui::adding;
use crate::ui::icons::{Icon, icon};
use yew::{AttrValue, Callback, Html, InputEvent, Properties, component, html, use_state};

/// So many cards are drawn at first, and more on demand.
const SHOWN: usize = 60;

/// From so many parts on, they can be searched.
const SEARCH_FROM: usize = 12;

/// The parts of one kind.
#[derive(Properties, PartialEq)]
pub struct PartsListProps {
    /// Which kind.
    pub kind: PartKind,
    /// What forms need.
    pub form: Form,
}

/// The parts of one kind.
#[component]
pub fn PartsList(props: &PartsListProps) -> Html {
    let (kind, form) = (props.kind, &props.form);
    let shown = use_state(|| SHOWN);
    let search = use_state(String::new);
    let all = parts::parts(form.plan(), kind);
    let total = all.len();
    let needle = search.to_lowercase();
    let wanted = form.desk.focus.as_ref().and_then(|focus| focus.target.part().map(|(_, id)| id.clone()));
    let found: Vec<(usize, Id, String)> = all
        .into_iter()
        .enumerate()
        .map(|(index, (id, name))| (index, id, name))
        .filter(|(_, id, name)| {
            needle.is_empty() || name.to_lowercase().contains(&needle) || id.as_str().contains(&needle)
        })
        .collect();
    let hidden = found.len().saturating_sub(*shown);
    let cards = found
        .into_iter()
        .enumerate()
        .filter(|(order, (_, id, _))| *order < *shown || wanted.as_ref() == Some(id))
        .map(|(_, (index, id, name))| card(form, kind, index, total, &id, &name));
    let add = {
        let (act, plan) = (form.act.clone(), form.desk.plan.clone());
        move |_| adding::add(&act, &plan, kind)
    };
    let more = {
        let shown = shown.clone();
        move |_| shown.set(*shown + 200)
    };
    let oninput = {
        let search = search.clone();
        move |event: InputEvent| search.set(crate::ui::dom::value_of(&event))
    };
    html! {
        <>
            if total == 0 {
                <p class="quiet section-hint">{ page::empty_section(kind) }</p>
            }
            if total >= SEARCH_FROM {
                <input type="search" class="search" value={(*search).clone()} {oninput}
                    placeholder={page::SEARCH} aria-label={page::search(kind)} />
            }
            { for cards }
            if hidden > 0 {
                <button type="button" class="small" onclick={more}>{ page::show_more(hidden) }</button>
            }
            <button type="button" class="add" onclick={add}>{ icon(Icon::Plus) }{ page::add(kind) }</button>
            if kind == PartKind::Service && total == 0 {
                <crate::ui::bulk::ImportList />
            }
            if kind == PartKind::Flow {
                <crate::ui::bulk::AddRows desk={std::rc::Rc::clone(&form.desk)} act={form.act.clone()} />
            }
        </>
    }
}

fn card(form: &Form, kind: PartKind, index: usize, total: usize, id: &Id, name: &str) -> Html {
    let (summary, accent) = summary(form, kind, index);
    let title = if name.trim().is_empty() { id.to_string() } else { name.to_owned() };
    let body = {
        let (form, id, name) = (form.clone(), id.clone(), name.to_owned());
        Callback::from(move |()| inside(&form, kind, index, total, &id, &name))
    };
    html! {
        <Card key={format!("{index}-{id}")} name={panel_name(kind, id)} title={AttrValue::from(title)}
            summary={AttrValue::from(summary)} {accent} mark={form.mark_of(Area::Part(kind), id)} {body} />
    }
}

fn summary(form: &Form, kind: PartKind, index: usize) -> (String, Option<&'static str>) {
    let plan = form.plan();
    match kind {
        PartKind::Exit => plan.exits.get(index).map_or_else(Default::default, |part| exit::summary(form, part)),
        PartKind::Device => (plan.devices.get(index).map(device::summary).unwrap_or_default(), None),
        PartKind::Flow => (plan.flows.get(index).map(|part| flow::summary(form, part)).unwrap_or_default(), None),
        PartKind::Circuit => (plan.circuits.get(index).map(circuit::summary).unwrap_or_default(), None),
        PartKind::Pool => {
            (plan.pools.get(index).map(|part| page::lines(part.addresses.as_str())).unwrap_or_default(), None)
        }
        PartKind::Site => {
            (plan.sites.get(index).map(|part| page::lines(part.inside.as_str())).unwrap_or_default(), None)
        }
        PartKind::Service => (plan.services.get(index).map(service::summary).unwrap_or_default(), None),
        PartKind::Published => {
            (plan.published.get(index).map(|part| page::lines(part.published.as_str())).unwrap_or_default(), None)
        }
        PartKind::ProviderCovered => (
            plan.provider_covered.get(index).map(|part| page::lines(part.prefixes.as_str())).unwrap_or_default(),
            None,
        ),
        PartKind::Source => {
            (plan.sources.get(index).map(|part| source::summary(form, part)).unwrap_or_default(), None)
        }
    }
}

fn inside(form: &Form, kind: PartKind, index: usize, total: usize, id: &Id, name: &str) -> Html {
    let plan = form.plan();
    let fields = match kind {
        PartKind::Site => plan.sites.get(index).map(|part| site::fields(form, part)),
        PartKind::Circuit => plan.circuits.get(index).map(|part| circuit::fields(form, part)),
        PartKind::Exit => plan.exits.get(index).map(|part| exit::fields(form, part)),
        PartKind::Device => plan.devices.get(index).map(|part| device::fields(form, part)),
        PartKind::Pool => plan.pools.get(index).map(|part| small::pool(form, part)),
        PartKind::Source => plan.sources.get(index).map(|part| source::fields(form, part)),
        PartKind::Service => plan.services.get(index).map(|part| service::fields(form, part)),
        PartKind::Published => plan.published.get(index).map(|part| published::fields(form, part)),
        PartKind::Flow => plan.flows.get(index).map(|part| flow::fields(form, part)),
        PartKind::ProviderCovered => plan.provider_covered.get(index).map(|part| small::provider(form, part)),
    };
    let act = &form.act;
    let shift = |by: isize| {
        let id = id.clone();
        act.reform(move |_| {
            let id = id.clone();
            Action::edit(move |plan| parts::shift(plan, kind, &id, by))
        })
    };
    let remove = {
        let id = id.clone();
        act.reform(move |_| {
            let id = id.clone();
            Action::edit(move |plan| parts::remove(plan, kind, &id))
        })
    };
    let rename = {
        let id = id.clone();
        act.reform(move |event: InputEvent| {
            let (id, name) = (id.clone(), crate::ui::dom::value_of(&event));
            Action::typed(format!("{kind:?}/{id}/name"), move |plan| parts::rename(plan, kind, &id, name))
        })
    };
    html! {
        <>
            <div class="card-tools">
                <label class="field field-wide">
                    <span class="field-label">{ page::NAME }</span>
                    <input type="text" value={name.to_owned()} oninput={rename} spellcheck="false" autocomplete="off" />
                </label>
                <button type="button" class="icon-button" aria-label={page::move_up(name)} title={page::MOVE_UP}
                    disabled={index == 0} onclick={shift(-1)}>{ icon(Icon::Up) }</button>
                <button type="button" class="icon-button" aria-label={page::move_down(name)} title={page::MOVE_DOWN}
                    disabled={index + 1 == total} onclick={shift(1)}>{ icon(Icon::Down) }</button>
            </div>
            { plan_faults(form, kind, id) }
            { fields.unwrap_or_default() }
            // Last, so that no key pressed on the way through the fields removes it.
            <button type="button" class="small card-remove" onclick={remove}>{ page::remove(name) }</button>
        </>
    }
}

/// What is wrong with the part itself, its lists apart.
fn plan_faults(form: &Form, kind: PartKind, id: &Id) -> Html {
    let Some(answered) = &form.desk.answered else { return Html::default() };
    let faults =
        answered.summary.plan_faults.iter().filter(|fault| {
            crate::desk::marks::part_of(&answered.plan, fault).as_ref() == Some(&(kind, id.clone()))
        });
    html! {
        <ul class="plan-faults">
            { for faults.map(|fault| html! {
                <li class={if fault.severity == crate::plan::Severity::Error { "fault fault-error" } else { "fault fault-warning" }}>
                    <span class="fault-text">{ crate::report::words::plan_fault(fault) }</span>
                </li>
            }) }
        </ul>
    }
}
