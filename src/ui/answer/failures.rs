//! Failures: every flow under everything that may fail.

use super::failures_detail::detail;
use super::failures_matrix::{legend, matrix};
use crate::desk::Action;
use crate::desk::studies::Question;
use crate::report::words::page::failures as words;
use crate::report::words::{self as all_words, Names, failures as told};
use crate::routing::Scenario;
use crate::study::failures::{Kind, View, Window};
use crate::ui::{Props, dom};
use std::rc::Rc;
use web_sys::MouseEvent;
use yew::{Callback, Html, component, html};

/// How many failures stand side by side, and how many flows one below the other.
pub(super) const COLUMNS: u32 = 40;
pub(super) const LINES: u32 = 60;

/// Shows a part of the study.
pub(super) fn show(act: &Callback<Action>, view: View) {
    act.emit(Action::Study(Question::Failures(View { failures: COLUMNS, flows: LINES, ..view })));
}

/// The panel; what it shows is in `desk.studies.failures`.
#[component]
pub fn Panel(props: &Props) -> Html {
    let study = &props.desk.studies.failures;
    let Some(answer) = &study.told else { return Html::default() };
    let answer = &trimmed(answer);
    let names = Names::of(&answer.plan);
    let window = &answer.window;
    if answer.plan.flows.is_empty() {
        return html! { <p class="quiet teach">{ words::NO_FLOWS }</p> };
    }
    if window.kinds.is_empty() {
        return html! { <p class="quiet teach">{ words::NOTHING_FAILS }</p> };
    }
    let supposed = all_words::scenario(&answer.scenario, &names);
    let (all, harm) = window.harmful;
    let left_out = told::left_out(&window.left_out);
    html! {
        <div class="study">
            <p class="study-head">{ told::headline(all, harm, window.total_flows) }</p>
            if !supposed.is_empty() {
                <p class="quiet">{ format!("{supposed} {}", words::ON_TOP) }</p>
            }
            if !left_out.is_empty() {
                <p class="quiet">{ left_out }</p>
            }
            { filters(props, &study.view, window) }
            if window.columns.is_empty() {
                <p class="quiet">{ words::NO_MATCH }</p>
            } else {
                { pages(props, &study.view, window) }
                { matrix(props, &study.view, answer, &names) }
                { detail(props, &study.view, answer, &names) }
                { legend(props, &study.view, answer, &names) }
            }
        </div>
    }
}

/// The first answer holds as much as a window may; no more is shown than stands side by side.
fn trimmed(answer: &Answer) -> Answer {
    let (columns, lines) = (COLUMNS as usize, LINES as usize);
    if answer.window.columns.len() <= columns && answer.window.lines.len() <= lines {
        return answer.clone();
    }
    let mut window = (*answer.window).clone();
    window.columns.truncate(columns);
    window.lines.truncate(lines);
    Answer { window: Rc::new(window), ..answer.clone() }
}

fn filters(props: &Props, view: &View, window: &Window) -> Html {
    let chosen = view.kinds.first().copied();
    let onkind = {
        let (act, view, kinds) = (props.act.clone(), view.clone(), window.kinds.clone());
        Callback::from(move |event: yew::Event| {
            let index: Option<usize> = dom::value_of(&event).parse().ok();
            let kind = index.and_then(|index| kinds.get(index)).map(|(kind, _)| *kind);
            let kinds: Vec<Kind> = kind.into_iter().collect();
            show(&act, View { kinds, from_failure: 0, detail: None, ..view.clone() });
        })
    };
    let onharm = {
        let (act, view) = (props.act.clone(), view.clone());
        Callback::from(move |event: yew::Event| {
            let only_harm = dom::checked_of(&event);
            show(&act, View { only_harm, from_failure: 0, ..view.clone() });
        })
    };
    html! {
        <div class="study-filters">
            <label>
                <span>{ words::KIND }</span>
                <select onchange={onkind}>
                    <option value="" selected={chosen.is_none()}>{ words::ALL_KINDS }</option>
                    { for window.kinds.iter().enumerate().map(|(index, (kind, count))| html! {
                        <option value={index.to_string()} selected={chosen == Some(*kind)}>
                            { format!("{} ({count})", told::kind(*kind)) }
                        </option>
                    }) }
                </select>
            </label>
            <label class="switch">
                <input type="checkbox" role="switch" checked={view.only_harm} onchange={onharm} />
                <span>{ words::ONLY_HARM }</span>
            </label>
        </div>
    }
}

/// Leads to the failures and flows that aren't shown.
fn pages(props: &Props, view: &View, window: &Window) -> Html {
    let (columns, lines) = (window.columns.len() as u32, window.lines.len() as u32);
    if columns >= window.total_failures && lines >= window.total_flows {
        return Html::default();
    }
    let (failure, flow) = (window.view.from_failure, window.view.from_flow);
    let button = |title: &'static str, shown: bool, to: View| {
        let act = props.act.clone();
        let onclick = Callback::from(move |_| show(&act, to.clone()));
        html! { <button type="button" class="small" disabled={!shown} {onclick}>{ title }</button> }
    };
    let to_failure = |from_failure: u32| View { from_failure, ..view.clone() };
    let to_flow = |from_flow: u32| View { from_flow, ..view.clone() };
    html! {
        <div class="study-pages">
            if columns < window.total_failures {
                <span class="study-page">
                    { button(words::WORSE, failure > 0, to_failure(failure.saturating_sub(COLUMNS))) }
                    <span>{ words::part(failure, columns, window.total_failures) }</span>
                    { button(words::LESS_BAD, failure + columns < window.total_failures, to_failure(failure + columns)) }
                </span>
            }
            if lines < window.total_flows {
                <span class="study-page">
                    { button(words::EARLIER_FLOWS, flow > 0, to_flow(flow.saturating_sub(LINES))) }
                    <span>{ words::part(flow, lines, window.total_flows) }</span>
                    { button(words::LATER_FLOWS, flow + lines < window.total_flows, to_flow(flow + lines)) }
                </span>
            }
        </div>
    }
}

/// The answer to the study.
pub(super) type Answer = crate::desk::state::Told<Window>;

/// A callback that supposes a failure.
pub(super) fn suppose(props: &Props, scenario: &Scenario) -> Callback<MouseEvent> {
    let (act, scenario) = (props.act.clone(), scenario.clone());
    Callback::from(move |_: MouseEvent| act.emit(Action::Suppose(scenario.clone())))
}
