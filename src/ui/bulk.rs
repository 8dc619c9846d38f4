//! Many rows of the catalogue at once: what to, where from, and which rows that would be, before they are added.

use super::dialog::Dialog;
use super::files::FilesHandle;
use super::{Props, adding};
use crate::desk::bulk::{self, Ask, EndpointSet, Offer, To, Which};
use crate::desk::focus::Target;
use crate::desk::{Action, ImportInto, parts};
use crate::intake::Format;
use crate::plan::{Id, ListId, PartKind};
use crate::report::words::bulk::NONE_ALLOWS;
use crate::report::words::page::bulk as words;
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::{Callback, Event, Html, component, html, use_context, use_memo, use_state};

/// So many rows are listed in the preview.
const LISTED: usize = 200;

/// Longer sources aren't read here; Microsoft's list has 45 kB.
const MAX_READ: usize = 1_000_000;

/// The button, and the dialog while it is open.
#[component]
pub fn AddRows(props: &Props) -> Html {
    let open = use_state(|| false);
    let onclick = {
        let open = open.clone();
        move |_| open.set(true)
    };
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(false))
    };
    html! {
        <>
            <button type="button" class="add-rows" title={words::ADD_HINT} {onclick}>{ words::ADD }</button>
            if *open {
                <Form desk={Rc::clone(&props.desk)} act={props.act.clone()} {close} />
            }
        </>
    }
}

/// Where Microsoft's list of services is, and the button that takes it in.
#[component]
pub fn ImportList() -> Html {
    let files = use_context::<FilesHandle>();
    let onclick = move |_| {
        if let Some(files) = &files {
            files.pick_list.emit(ImportInto::Preview);
        }
    };
    html! {
        <div class="import-list">
            <button type="button" class="small" {onclick}>{ words::IMPORT_LIST }</button>
            <p class="quiet">{ words::LIST_IS_AT }{ " " }<code>{ words::LIST_ADDRESS }</code></p>
        </div>
    }
}

#[derive(yew::Properties, PartialEq)]
struct FormProps {
    desk: Rc<crate::desk::Desk>,
    act: Callback<Action>,
    close: Callback<()>,
}

/// The endpoint sets of the plan's sources. The answer says which sources have some.
fn endpoint_sets(desk: &crate::desk::Desk) -> Vec<EndpointSet> {
    let has = |id: &Id| {
        let summary = desk.list_summary(&ListId::Source(id.clone()));
        summary.is_some_and(|summary| summary.format == Format::Microsoft365.name())
    };
    let sources = desk.plan.sources.iter().filter(|source| source.text.len() <= MAX_READ && has(&source.id));
    let sets = sources.flat_map(|source| {
        let reading = crate::intake::read(source.text.as_str(), Some(Format::Microsoft365));
        bulk::endpoint_sets(&source.id, &reading)
    });
    sets.collect()
}

/// What is chosen at first: all that allows ExpressRoute, from all sites, and every published service.
fn first(desk: &crate::desk::Desk, offers: &[Offer]) -> Ask {
    Ask {
        to: taken(offers, Which::ExpressRoute),
        sites: desk.plan.sites.iter().map(|site| site.id.clone()).collect(),
        published: bulk::without_row(&desk.plan).into_iter().collect(),
    }
}

fn taken(offers: &[Offer], which: Which) -> BTreeSet<To> {
    offers.iter().filter(|offer| which.takes(offer)).map(|offer| offer.to.clone()).collect()
}

/// The dialog.
#[component]
fn Form(props: &FormProps) -> Html {
    let desk = &props.desk;
    let known = use_memo(Rc::clone(&desk.plan), |_| {
        let sets = endpoint_sets(desk);
        let offers = bulk::offers(&desk.plan, &sets);
        (sets, offers)
    });
    let (sets, offers) = &*known;
    let ask = use_state(|| first(desk, offers));
    let rows = bulk::rows(&desk.plan, sets, &ask);
    let new = rows.iter().filter(|row| row.there.is_none()).count();
    let turn = |change: Box<dyn Fn(&mut Ask)>| {
        let ask = ask.clone();
        Callback::from(move |()| {
            let mut changed = (*ask).clone();
            change(&mut changed);
            ask.set(changed);
        })
    };
    let choose = |to: BTreeSet<To>, name: String| {
        let onclick = turn(Box::new(move |ask| ask.to = to.clone())).reform(|_| ());
        html! { <button type="button" class="small" {onclick}>{ name }</button> }
    };
    let to = offers.iter().map(|offer| {
        let there = ask.to.contains(&offer.to);
        let key = offer.to.clone();
        let onchange = turn(Box::new(move |ask| toggle(&mut ask.to, &key, !there)));
        let new_service = matches!(offer.to, To::Set(_)).then_some(words::NEW_SERVICE);
        let notes: Vec<&str> = [words::allows(offer.express_route)]
            .into_iter()
            .chain(new_service)
            .filter(|note| !note.is_empty())
            .collect();
        tick(&offer.name, &notes.join(", "), there, onchange)
    });
    let sites = desk.plan.sites.iter().map(|site| {
        let there = ask.sites.contains(&site.id);
        let key = site.id.clone();
        let onchange = turn(Box::new(move |ask| toggle(&mut ask.sites, &key, !there)));
        tick(&parts::shown(&site.id, &site.name), "", there, onchange)
    });
    let without = bulk::without_row(&desk.plan);
    let published = without.iter().map(|id| {
        let there = ask.published.contains(id);
        let key = id.clone();
        let onchange = turn(Box::new(move |ask| toggle(&mut ask.published, &key, !there)));
        tick(&parts::name_of(&desk.plan, PartKind::Published, id), "", there, onchange)
    });
    let onadd = {
        let (act, close, ask, known, plan) =
            (props.act.clone(), props.close.clone(), ask.clone(), Rc::clone(&known), Rc::clone(&desk.plan));
        move |_| {
            // The same identifiers as the edit will give: the plan is this one.
            let first = bulk::add(&mut (*plan).clone(), &known.0, &ask).into_iter().next();
            let (ask, known) = ((*ask).clone(), Rc::clone(&known));
            act.emit(Action::edit(move |plan| {
                bulk::add(plan, &known.0, &ask);
            }));
            if let Some(first) = first {
                act.emit(Action::Reveal(Target::Part(PartKind::Flow, first)));
            }
            close.emit(());
        }
    };
    let add_service = {
        let (act, close, plan) = (props.act.clone(), props.close.clone(), Rc::clone(&desk.plan));
        move |_| {
            close.emit(());
            adding::add(&act, &plan, PartKind::Service);
        }
    };
    let row = |row: &bulk::Asked| {
        let (class, said) =
            if row.there.is_none() { ("bulk-new", words::NEW) } else { ("bulk-there", words::THERE) };
        html! { <li {class}><span>{ &row.name }</span><span class="quiet">{ said }</span></li> }
    };
    html! {
        <Dialog title={words::TITLE} wide=true close={props.close.clone()}>
            <p class="quiet">{ words::INTRO }</p>
            <div class="bulk">
                <fieldset class="bulk-to">
                    <legend>{ words::TO }</legend>
                    if offers.is_empty() {
                        <p class="quiet">{ words::NO_SERVICE }</p>
                        <button type="button" class="small" onclick={add_service}>
                            { crate::report::words::page::add(PartKind::Service) }
                        </button>
                        <ImportList />
                    } else {
                        <div class="bulk-choose" role="group" aria-label={words::CHOOSE}>
                            { for Which::ALL.into_iter().map(|which| {
                                let to = taken(offers, which);
                                let name = words::which(which, to.len());
                                choose(to, name)
                            }) }
                            { choose(BTreeSet::new(), words::NONE.to_owned()) }
                        </div>
                        if taken(offers, Which::ExpressRoute).is_empty() {
                            <p class="quiet bulk-hint">{ NONE_ALLOWS }</p>
                        }
                        <div class="bulk-ticks">{ for to }</div>
                    }
                </fieldset>
                <fieldset class="bulk-from">
                    <legend>{ words::FROM }</legend>
                    <div class="bulk-ticks">{ for sites }</div>
                </fieldset>
                if !without.is_empty() {
                    <fieldset class="bulk-inbound">
                        <legend>{ words::INBOUND }</legend>
                        <div class="bulk-ticks">{ for published }</div>
                    </fieldset>
                }
                <section class="bulk-rows" aria-label={words::PREVIEW}>
                    <ul tabindex="0">{ for rows.iter().take(LISTED).map(row) }</ul>
                    if rows.len() > LISTED {
                        <p class="quiet">{ words::more(rows.len() - LISTED) }</p>
                    }
                </section>
            </div>
            <div class="import-end">
                <span class="import-sum" role="status">{ words::sum(new, rows.len() - new) }</span>
                <button type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button>
                <button type="button" class="primary" disabled={new == 0} onclick={onadd}>{ words::add(new) }</button>
            </div>
        </Dialog>
    }
}

fn toggle<T: Ord + Clone>(set: &mut BTreeSet<T>, one: &T, there: bool) {
    if there {
        set.insert(one.clone());
    } else {
        set.remove(one);
    }
}

fn tick(name: &str, note: &str, checked: bool, changed: Callback<()>) -> Html {
    let onchange = changed.reform(|_: Event| ());
    html! {
        <label class="tick">
            <input type="checkbox" {checked} {onchange} />
            <span>{ name }{ " " }<span class="quiet">{ note }</span></span>
        </label>
    }
}
