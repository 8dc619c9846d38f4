//! The steps of a journey: numbered, a sentence each, the evidence below; branches nested.

use super::evidence::{citation, evidence};
use crate::desk::Action;
use crate::journey::{Direction, Stage, Trace};
use crate::report::words::{Names, answer as own, steps as words};
use crate::ui::answer::badge;
use yew::{Callback, Html, html};

/// What every step needs to be shown.
pub(super) struct Telling<'a> {
    pub names: &'a Names<'a>,
    pub act: &'a Callback<Action>,
    pub direction: Direction,
}

/// The steps of a trace.
pub(super) fn steps(trace: &Trace, names: &Names, act: &Callback<Action>) -> Html {
    let telling = Telling { names, act, direction: trace.direction };
    html! { <div role="group" aria-label={own::STEPS}>{ chain(&telling, &trace.first, 1) }</div> }
}

/// A stage and what follows it as long as one thing follows, then the branches.
fn chain(telling: &Telling, first: &Stage, number: usize) -> Html {
    let mut items = Vec::new();
    let mut stage = first;
    let mut at = number;
    loop {
        items.push(step(telling, stage, at));
        at += 1;
        match stage.then.as_slice() {
            [only] => stage = &only.stage,
            _ => break,
        }
    }
    let branches = (stage.then.len() > 1).then(|| branches(telling, stage, at));
    html! {
        <>
            <ol class="steps" start={number.to_string()}>{ for items }</ol>
            { branches.unwrap_or_default() }
        </>
    }
}

fn step(telling: &Telling, stage: &Stage, number: usize) -> Html {
    html! {
        <li class="step">
            <div class="step-head">
                <span class="step-number" aria-hidden="true">{ number }</span>
                <h4>{ words::label(&stage.step, telling.direction) }</h4>
            </div>
            <p class="step-says">{ words::step(&stage.step, telling.names) }</p>
            { evidence(telling, &stage.step) }
            { citation(words::citation(&stage.step)) }
        </li>
    }
}

/// Each outcome with what follows; the worst first and open.
fn branches(telling: &Telling, stage: &Stage, number: usize) -> Html {
    let mut order: Vec<_> = stage.then.iter().collect();
    crate::sort::by_key(&mut order, |branch| branch.stage.verdict);
    html! {
        <div class="branches" role="group" aria-label={own::BRANCHES}>
            <p class="quiet">{ own::BRANCHES }</p>
            { for order.into_iter().enumerate().map(|(index, branch)| html! {
                <details class="branch" open={index == 0}>
                    <summary>
                        <span>{ words::by(&branch.by, telling.names) }</span>
                        { badge(Some(branch.stage.verdict)) }
                    </summary>
                    { chain(telling, &branch.stage, number) }
                </details>
            }) }
        </div>
    }
}
