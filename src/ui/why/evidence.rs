//! What a step rests on: candidates, devices, places in what was pasted, documents.

use super::steps::Telling;
use super::{back, forward};
use crate::desk::Action;
use crate::journey::{Admission, CrossingState, DeviceState, PublicationStep, StateStep, Step, TranslationStep};
use crate::plan::Citation;
use crate::report::words::{answer as own, citations, lists, steps as words};
use crate::routing::Place;
use yew::{Html, classes, html};

/// The evidence of a step.
pub(super) fn evidence(telling: &Telling, step: &Step) -> Html {
    match step {
        Step::Forward(step) => forward::forward(telling, step),
        Step::Translation(step) => translation(telling, step),
        Step::Admission(step) => match &step.admission {
            Admission::Admitted { prefix, place: at } => html! {
                <p class="evidence"><span class="address">{ prefix }</span>{ " " }{ place(telling, at) }</p>
            },
            Admission::NotAsked | Admission::Refused => Html::default(),
        },
        Step::Return(step) => back::back(telling, step),
        Step::Publication(step) => publication(step),
        Step::State(step) => state(telling, step),
    }
}

fn translation(telling: &Telling, step: &TranslationStep) -> Html {
    if step.devices.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="evidence plain" aria-label={own::CROSSED}>
            { for step.devices.iter().map(|device| html! {
                <li>{ words::device_translation(device, telling.names) }</li>
            }) }
        </ul>
    }
}

fn publication(step: &PublicationStep) -> Html {
    if step.device.is_none() || step.inside.is_empty() {
        return Html::default();
    }
    html! { <p class="evidence address">{ own::inside(&step.inside) }</p> }
}

fn state(telling: &Telling, step: &StateStep) -> Html {
    let crossing = |crossing: &CrossingState| {
        let stops =
            matches!(crossing.state, DeviceState::NoSession | DeviceState::OtherZone | DeviceState::UnsaidZone);
        html! {
            <li class={classes!("crossing", stops.then_some("crossing-stops"))}>
                <span class="crossing-device">{ telling.names.device(&crossing.device) }</span>
                if !crossing.zone.is_empty() { <span class="quiet">{ own::zone(&crossing.zone) }</span> }
                <span class="crossing-state">{ words::device_state(crossing.state) }</span>
            </li>
        }
    };
    html! {
        if !step.crossings.is_empty() {
            <ol class="evidence crossings" aria-label={own::CROSSED}>{ for step.crossings.iter().map(crossing) }</ol>
        }
    }
}

/// Leads to the line that something was written in.
pub(super) fn place(telling: &Telling, place: &Place) -> Html {
    let at = place.clone();
    let onclick = telling.act.reform(move |_| Action::Reveal(at.clone().into()));
    html! {
        <button type="button" class="link place" {onclick}>{ lists::place(place, telling.names) }</button>
    }
}

/// Names a document, with where to read it.
pub(super) fn citation(citation: Citation) -> Html {
    let title = citations::title(citation);
    html! {
        <p class="citation">
            if let Some(url) = citations::url(citation) {
                <a href={url} target="_blank" rel="noreferrer noopener">{ title }</a>
            } else {
                { title }
            }
        </p>
    }
}
