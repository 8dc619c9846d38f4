//! The evidence of the far side's decision: who attracts the address, and what was advertised but not accepted.

use super::evidence::{citation, place};
use super::steps::Telling;
use crate::report::words::{answer as own, steps as words};
use crate::routing::{Refusal, ReturnCandidate, ReturnRule, ReturnStep};
use yew::{Html, classes, html};

/// Candidates and refusals.
pub(super) fn back(telling: &Telling, step: &ReturnStep) -> Html {
    let rule = match step.decided_by {
        ReturnRule::OnlyCandidate | ReturnRule::NoCandidate => "",
        rule => words::return_rule(rule),
    };
    html! {
        <>
            if !step.candidates.is_empty() {
                <details class="evidence" open={step.candidates.len() <= 6}>
                    <summary>{ own::candidates(step.candidates.len(), rule) }</summary>
                    if !rule.is_empty() {
                        <p class="rule-says quiet">{ words::return_rule_sentence(step.decided_by) }</p>
                    }
                    <ul class="candidates" aria-label={own::CANDIDATES}>
                        { for step.candidates.iter().map(|candidate| one(telling, step, candidate)) }
                    </ul>
                </details>
            }
            if !step.refused.is_empty() {
                <ul class="evidence plain refused" aria-label={own::REFUSED}>
                    { for step.refused.iter().map(|refusal| refused(telling, refusal)) }
                </ul>
            }
        </>
    }
}

fn one(telling: &Telling, step: &ReturnStep, candidate: &ReturnCandidate) -> Html {
    let lost = candidate.lost_at.is_some();
    html! {
        <li class={classes!("candidate", (!lost).then_some("candidate-wins"))}>
            <div class="candidate-head">
                <span class="candidate-name">{ own::attracted_by(candidate, telling.names) }</span>
                <span class="address">{ &candidate.prefix }</span>
                <span class="candidate-fate">
                    { if lost { own::lost(&words::return_lost(candidate, step)) } else { own::CHOSEN.to_owned() } }
                </span>
            </div>
            if candidate.as_path_length > 0 {
                <div class="quiet">{ own::as_path_length(candidate.as_path_length) }</div>
            }
            if let Some(levers) = words::levers(&candidate.levers, !lost) { <div class="quiet">{ levers }</div> }
            { place(telling, &candidate.place) }
        </li>
    }
}

fn refused(telling: &Telling, refusal: &Refusal) -> Html {
    html! {
        <li>
            { words::refusal(refusal, telling.names) }{ " " }{ place(telling, &refusal.place) }
            { citation(refusal.why.citation()) }
        </li>
    }
}
