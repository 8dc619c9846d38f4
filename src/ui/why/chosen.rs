//! The chosen journey: its ends, how it ends, its steps, and what it hangs on.

use super::steps::steps;
use crate::desk::door::{TraceError, TraceQuery};
use crate::desk::focus::Target;
use crate::desk::state::{Selection, Traced};
use crate::desk::{Action, Desk};
use crate::journey::{Direction, Flip, Row, Standing, Trace};
use crate::report::words::page::fixes::FOR_FLOW;
use crate::report::words::{self, Names, answer as own, assumptions, verdicts};
use crate::ui::Props;
use crate::ui::answer::{badge, look};
use yew::{Callback, Html, UseStateHandle, classes, component, html, use_state_eq};

/// What is chosen, and why it ends as it does.
#[component]
pub fn Chosen(props: &Props) -> Html {
    let other = use_state_eq(|| false);
    let (desk, act) = (&props.desk, &props.act);
    let Some((chosen, answered)) = desk.selected.as_ref().zip(desk.answered.as_ref()) else {
        return html! { <p class="quiet why-hint">{ own::WHY_NOTHING }</p> };
    };
    let names = Names::of(&answered.plan);
    // The last trace stays, dimmed, until the next is there.
    let traced = desk.trace.as_ref();
    let body = match traced {
        _ if chosen.query.is_none() && chosen.row.is_some() => {
            html! { <p class="quiet why-hint">{ own::WHY_NO_ADDRESSES }</p> }
        }
        None => Html::default(),
        Some(traced) => match &traced.trace {
            Err(error) => html! { <p class="why-hint" role="status">{ trace_error(error, &names) }</p> },
            Ok(_) => journey(traced, &other, &names, act),
        },
    };
    html! {
        <article class={classes!("chosen", (chosen.query.is_some() && desk.trace_stale()).then_some("dim"))}>
            { title(desk, chosen, &names) }
            { which_part(chosen, &names, act) }
            { look_for_fixes(desk, chosen, act) }
            { body }
        </article>
    }
}

/// The way from a flow that fails to what would mend it.
fn look_for_fixes(desk: &Desk, chosen: &Selection, act: &Callback<Action>) -> Html {
    let fails = |row: &Row| row.verdict.is_some_and(|verdict| verdict.standing() != Standing::Works);
    if chosen.flow.is_none() || !chosen.row.as_deref().is_some_and(fails) {
        return Html::default();
    }
    let (act, view) = (act.clone(), desk.studies.advice.view.clone());
    let onclick = Callback::from(move |_| look(&act, &view));
    html! {
        <p class="look-for-fixes"><button type="button" class="small" {onclick}>{ FOR_FLOW }</button></p>
    }
}

fn title(desk: &Desk, chosen: &Selection, names: &Names) -> Html {
    let ends = desk.trace.as_ref().and_then(|traced| traced.trace.as_ref().ok()).map(|trace| ends_of(trace));
    match &chosen.flow {
        Some(flow) => html! {
            <h3 class="chosen-title">
                { names.flow(flow) }
                if let Some(ends) = ends { <span class="chosen-ends address">{ ends }</span> }
            </h3>
        },
        None => {
            let asked = chosen.query.as_ref().map(asked);
            html! { <h3 class="chosen-title"><span class="address">{ ends.or(asked).unwrap_or_default() }</span></h3> }
        }
    }
}

fn ends_of(trace: &Trace) -> String {
    own::ends(&trace.from.to_string(), &trace.to.to_string())
}

fn asked(query: &TraceQuery) -> String {
    match query {
        TraceQuery::Outbound { to, .. } => to.to_string(),
        TraceQuery::Inbound { from, .. } => from.to_string(),
    }
}

/// The parts of a flow whose addresses don't share one fate.
fn which_part(chosen: &Selection, names: &Names, act: &Callback<Action>) -> Html {
    let Some((flow, row)) = chosen.flow.as_ref().zip(chosen.row.as_ref()) else { return Html::default() };
    if row.parts.len() < 2 {
        return Html::default();
    }
    let button = |row: &Row, index: usize| {
        let part = &row.parts[index];
        let flow = flow.clone();
        let onclick = act.reform(move |_| Action::Select { flow: flow.clone(), part: index });
        html! {
            <button type="button" class="part-button" {onclick} aria-pressed={(chosen.part == index).to_string()}>
                { badge(Some(part.verdict)) }<span class="quiet">{ own::part_way(part, names) }</span>
            </button>
        }
    };
    html! {
        <div class="which" role="group" aria-label={own::WHICH_PART}>
            { for (0..row.parts.len().min(MOST_PARTS)).map(|index| button(row, index)) }
            if row.parts.len() > MOST_PARTS {
                <span class="quiet">{ words::picture::more(row.parts.len() - MOST_PARTS) }</span>
            }
        </div>
    }
}

/// More parts than this are only in the table.
const MOST_PARTS: usize = 8;

fn journey(traced: &Traced, other: &UseStateHandle<bool>, names: &Names, act: &Callback<Action>) -> Html {
    let Ok(planned) = &traced.trace else { return Html::default() };
    let trace = traced.other.as_ref().filter(|_| **other).unwrap_or(planned);
    let switch = traced.other.as_ref().map(|second| {
        let model = |label: &'static str, this: bool, trace: &Trace| {
            let set = other.setter();
            html! {
                <button type="button" class="part-button" onclick={move |_| set.set(this)}
                    aria-pressed={(**other == this).to_string()}>
                    <span>{ label }</span>{ badge(Some(trace.verdict)) }
                </button>
            }
        };
        html! {
            <div class="which" role="group" aria-label={own::WHICH_MODEL}>
                { model(own::MODEL_CHOSEN, false, planned) }
                { model(own::MODEL_OTHER, true, second) }
            </div>
        }
    });
    html! {
        <>
            { switch.unwrap_or_default() }
            <div class="chosen-verdict">
                { badge(Some(trace.verdict)) }
                <p>{ verdicts::sentence(trace.verdict) }</p>
            </div>
            <p class="chosen-side quiet">{ side(trace, names) }</p>
            { steps(trace, names, act) }
            { decisive(&trace.decisive, act) }
        </>
    }
}

/// On which side the other end lies, and how that is known.
fn side(trace: &Trace, names: &Names) -> String {
    let far = match trace.direction {
        Direction::Outbound => trace.to,
        Direction::Inbound => trace.from,
    };
    format!("{far}: {}", words::steps::far_side_because(&trace.far_side_because, names))
}

fn decisive(flips: &[Flip], act: &Callback<Action>) -> Html {
    if flips.is_empty() {
        return Html::default();
    }
    html! {
        <section class="decisive" aria-label={own::DECISIVE}>
            <h4>{ own::DECISIVE }</h4>
            <ul>{ for flips.iter().map(|flip| html! { <li>{ assumptions::flip(flip) }</li> }) }</ul>
            <button type="button" class="link" onclick={act.reform(|_| Action::Reveal(Target::Assumptions))}>
                { own::TO_ASSUMPTIONS }
            </button>
        </section>
    }
}

fn trace_error(error: &TraceError, names: &Names) -> String {
    match error {
        TraceError::NoSite(site) => own::no_site(site.as_ref()),
        TraceError::NoPublished(published) => own::no_published(published),
        TraceError::NoSource { site, family } => own::no_source(names.site(site), *family),
        TraceError::NoPublishedAddress { published, family } => {
            own::no_published_address(names.published(published), *family)
        }
    }
}
