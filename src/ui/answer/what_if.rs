//! Switches for what is down, and for the other return model.

use crate::desk::Action;
use crate::plan::Id;
use crate::report::words::{self as all_words, Names, answer as words};
use crate::routing::Part;
use crate::ui::{Props, dom};
use yew::{Html, classes, component, html};

/// More switches than this are folded away until something is down.
const UNFOLDED: usize = 16;

/// What fails, and the comparison.
#[component]
pub fn WhatIf(props: &Props) -> Html {
    let plan = &props.desk.plan;
    let names = Names::of(plan);
    let groups = [
        (
            words::EXITS,
            switches(plan.exits.iter().map(|part| &part.id), Part::Exit, |id| names.exit(id).to_owned()),
        ),
        (
            words::CIRCUITS,
            switches(plan.circuits.iter().map(|part| &part.id), Part::Circuit, |id| names.circuit(id).to_owned()),
        ),
        (
            words::DEVICES,
            switches(plan.devices.iter().map(|part| &part.id), Part::Device, |id| names.device(id).to_owned()),
        ),
        (
            words::SITES,
            switches(plan.sites.iter().map(|part| &part.id), Part::Site, |id| names.site(id).to_owned()),
        ),
    ];
    let number: usize = groups.iter().map(|(_, switches)| switches.len()).sum();
    let scenario = &props.desk.scenario;
    let down = scenario.down.len();
    // What the switches don't show is said, so that nothing is supposed unseen.
    let more = !scenario.inside_dead.is_empty() || !scenario.prepended.is_empty() || scenario.other_return_model;
    let supposed = more.then(|| all_words::scenario(scenario, &names));
    let oncompare = props.act.reform(|event: yew::Event| Action::Compare(dom::checked_of(&event)));
    html! {
        <div class={classes!("what-if", (down > 0 || more).then_some("what-if-down"))}>
            <details open={down > 0 || number <= UNFOLDED}>
                <summary>
                    <span class="what-if-title">{ words::WHAT_IF }</span>
                    if down > 0 {
                        <span class="what-if-count">{ words::parts_down(down) }</span>
                    }
                </summary>
                <div class="what-if-groups">
                    { for groups.into_iter().filter(|(_, switches)| !switches.is_empty())
                        .map(|(title, switches)| group(props, title, switches)) }
                </div>
            </details>
            <div class="what-if-more">
                <label class="switch" title={words::COMPARE_HELP}>
                    <input type="checkbox" role="switch" checked={props.desk.compare} onchange={oncompare} />
                    <span>{ words::COMPARE }</span>
                </label>
                if down > 0 || more {
                    <button type="button" onclick={props.act.reform(|_| Action::AllUp)}>{ words::ALL_UP }</button>
                }
            </div>
            if let Some(supposed) = supposed {
                <p class="what-if-supposed" role="status">{ supposed }</p>
            }
        </div>
    }
}

fn switches<'a>(
    ids: impl Iterator<Item = &'a Id>,
    part: fn(Id) -> Part,
    name: impl Fn(&'a Id) -> String,
) -> Vec<(Part, String)> {
    ids.map(|id| (part(id.clone()), name(id))).collect()
}

fn group(props: &Props, title: &'static str, switches: Vec<(Part, String)>) -> Html {
    // The title stays with the first on its line.
    let mut switches = switches.into_iter().map(|(part, name)| switch(props, part, name));
    let first = switches.next();
    html! {
        <div class="what-if-group" role="group" aria-label={title}>
            <span class="what-if-first">
                <span class="what-if-kind" aria-hidden="true">{ title }</span>
                { for first.into_iter() }
            </span>
            { for switches }
        </div>
    }
}

fn switch(props: &Props, part: Part, name: String) -> Html {
    let down = props.desk.is_down(&part);
    let key = format!("{part:?}");
    let onchange = props
        .act
        .reform(move |event: yew::Event| Action::Down { part: part.clone(), down: dom::checked_of(&event) });
    html! {
        <label {key} class={classes!("down-switch", down.then_some("is-down"))}>
            <input type="checkbox" checked={down} {onchange} aria-label={words::is_down(&name)} />
            <span>{ name }</span>
        </label>
    }
}
