//! The evidence of a forward decision: who stood, with what, and who had no say.

use super::evidence::place;
use super::steps::Telling;
use crate::report::words::{answer as own, steps as words};
use crate::routing::{ForwardCandidate, ForwardRule, ForwardStep, NoSay};
use yew::{Html, classes, html};

/// Candidates and exits without a say.
pub(super) fn forward(telling: &Telling, step: &ForwardStep) -> Html {
    let rule = match step.decided_by {
        ForwardRule::OnlyCandidate => "",
        rule => words::forward_rule(rule),
    };
    html! {
        <>
            if !step.candidates.is_empty() {
                <details class="evidence" open={step.candidates.len() <= 6}>
                    <summary>{ own::candidates(step.candidates.len(), rule) }</summary>
                    if !rule.is_empty() {
                        <p class="rule-says quiet">{ words::forward_rule_sentence(step.decided_by) }</p>
                    }
                    <ul class="candidates" aria-label={own::CANDIDATES}>
                        { for step.candidates.iter().map(|candidate| one(telling, step, candidate)) }
                    </ul>
                </details>
            }
            { without_say(telling, &step.no_say) }
        </>
    }
}

fn one(telling: &Telling, step: &ForwardStep, candidate: &ForwardCandidate) -> Html {
    let values = own::values(candidate, &step.candidates);
    let lost = candidate.lost_at.is_some();
    html! {
        <li class={classes!("candidate", (!lost).then_some("candidate-wins"))}>
            <div class="candidate-head">
                <span class="candidate-name">{ telling.names.exit(&candidate.exit) }</span>
                <span class="address">{ &candidate.prefix }</span>
                <span class="candidate-fate">
                    { if lost { own::lost(&words::forward_lost(candidate, step)) } else { own::CHOSEN.to_owned() } }
                </span>
            </div>
            if !values.is_empty() { <div class="quiet">{ values }</div> }
            if !candidate.as_path.is_empty() { <div class="quiet address">{ own::as_path(&candidate.as_path) }</div> }
            if let Some(levers) = words::levers(&candidate.levers, !lost) { <div class="quiet">{ levers }</div> }
            { place(telling, &candidate.place) }
        </li>
    }
}

fn without_say(telling: &Telling, no_say: &[(crate::plan::Id, NoSay)]) -> Html {
    html! {
        if !no_say.is_empty() {
            <ul class="evidence plain no-say" aria-label={own::NO_SAY}>
                { for no_say.iter().map(|(exit, why)| html! {
                    <li>{ words::no_say(telling.names.exit(exit), why) }</li>
                }) }
            </ul>
        }
    }
}
