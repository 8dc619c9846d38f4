//! Advice: what the rulebook finds, with what shows it, and a reason where it is accepted; and fixes that are proven.

mod fixes;

pub use fixes::look;

use crate::advice::{Finding, Severity, View, Window};
use crate::desk::Action;
use crate::desk::focus::Target;
use crate::desk::studies::Question;
use crate::plan::AcceptedFinding;
use crate::report::words::page::advice as words;
use crate::report::words::{Names, advice as told, citations, lists};
use crate::ui::{Props, dom};
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::{Callback, Html, Properties, classes, component, html, use_node_ref};

/// How many findings stand one below the other.
const SHOWN: u32 = 50;

fn show(act: &Callback<Action>, view: View) {
    act.emit(Action::Study(Question::Advice(View { count: SHOWN, ..view })));
}

/// The panel; what it shows is in `desk.studies.advice`.
#[component]
pub fn Panel(props: &Props) -> Html {
    let study = &props.desk.studies.advice;
    let Some(answer) = &study.told else { return Html::default() };
    let names = Names::of(&answer.plan);
    let window = &answer.window;
    let nothing = window.accepted == 0 && window.open.iter().all(|(_, count)| *count == 0);
    let fixes = html! {
        <fixes::Section props={props.clone()} plan={answer.plan.clone()} window={window.clone()} />
    };
    if nothing {
        return html! { <div class="study"><p class="quiet teach">{ words::NOTHING }</p>{ fixes }</div> };
    }
    html! {
        <div class="study">
            { fixes }
            { filters(props, &study.view, window) }
            if window.findings.is_empty() {
                <p class="quiet">{ study.view.code.map_or(words::NO_MATCH.to_owned(), words::none_of) }</p>
            }
            <ol class="advice">
                { for window.findings.iter().take(SHOWN as usize).map(|finding| one(props, window, finding, &names)) }
            </ol>
            { pages(props, &study.view, window) }
        </div>
    }
}

fn filters(props: &Props, view: &View, window: &Window) -> Html {
    let onseverity = {
        let (act, view) = (props.act.clone(), view.clone());
        Callback::from(move |event: yew::Event| {
            let index: Option<usize> = dom::value_of(&event).parse().ok();
            let severity = index.and_then(|index| Severity::ALL.get(index)).copied();
            show(&act, View { severity, from: 0, ..view.clone() });
        })
    };
    let onaccepted = {
        let (act, view) = (props.act.clone(), view.clone());
        Callback::from(move |event: yew::Event| {
            show(&act, View { accepted: dom::checked_of(&event), from: 0, ..view.clone() });
        })
    };
    let all_rules = {
        let (act, view) = (props.act.clone(), View { code: None, from: 0, ..view.clone() });
        Callback::from(move |_| show(&act, view.clone()))
    };
    html! {
        <div class="study-filters">
            if let Some(code) = view.code {
                <span>{ words::only(code) }</span>
                <button type="button" class="small" onclick={all_rules}>{ words::ALL_RULES }</button>
            }
            <label>
                <span>{ words::SEVERITY }</span>
                <select onchange={onseverity}>
                    <option value="" selected={view.severity.is_none()}>{ words::ALL }</option>
                    { for window.open.iter().enumerate().map(|(index, (severity, count))| html! {
                        <option value={index.to_string()} selected={view.severity == Some(*severity)}>
                            { words::severity(*severity, *count) }
                        </option>
                    }) }
                </select>
            </label>
            <label class="switch">
                <input type="checkbox" role="switch" checked={view.accepted} onchange={onaccepted} />
                <span>{ words::ACCEPTED }</span>
            </label>
        </div>
    }
}

fn pages(props: &Props, view: &View, window: &Window) -> Html {
    let shown = (window.findings.len() as u32).min(SHOWN);
    if shown >= window.total {
        return Html::default();
    }
    let button = |title: &'static str, enabled: bool, from: u32| {
        let (act, view) = (props.act.clone(), View { from, ..view.clone() });
        let onclick = Callback::from(move |_| show(&act, view.clone()));
        html! { <button type="button" class="small" disabled={!enabled} {onclick}>{ title }</button> }
    };
    let from = window.view.from;
    html! {
        <p class="study-pages">
            { button(words::EARLIER, from > 0, from.saturating_sub(SHOWN)) }
            { button(words::LATER, from + shown < window.total, from + shown) }
        </p>
    }
}

fn one(props: &Props, window: &Window, finding: &Finding, names: &Names<'_>) -> Html {
    let level = match finding.severity {
        Severity::Error => "advice-error",
        Severity::Warning => "advice-warning",
        Severity::Note => "advice-note",
    };
    let accepted = finding.accepted.is_some().then_some("advice-accepted");
    let link = |title: String, action: fn(&Finding, usize) -> Option<Action>, index: usize| {
        let (act, finding) = (props.act.clone(), finding.clone());
        let onclick = Callback::from(move |_| {
            if let Some(action) = action(&finding, index) {
                act.emit(action);
            }
        });
        html! { <button type="button" class="link place" {onclick}>{ title }</button> }
    };
    let about = finding.about.iter().enumerate().map(|(index, (kind, id))| {
        let reveal: fn(&Finding, usize) -> Option<Action> = |finding, index| {
            let (kind, id) = finding.about.get(index)?.clone();
            Some(Action::Reveal(Target::Part(kind, id)))
        };
        link(told::part(*kind, id, names), reveal, index)
    });
    let flows = finding.rows.iter().enumerate().map(|(index, flow)| {
        let select: fn(&Finding, usize) -> Option<Action> =
            |finding, index| Some(Action::Select { flow: finding.rows.get(index)?.clone(), part: 0 });
        link(names.flow(flow).to_owned(), select, index)
    });
    let places = finding.places.iter().enumerate().map(|(index, place)| {
        let reveal: fn(&Finding, usize) -> Option<Action> =
            |finding, index| Some(Action::Reveal(finding.places.get(index)?.clone().into()));
        link(lists::place(place, names), reveal, index)
    });
    let source = citations::title(finding.citation);
    html! {
        <li class={classes!(level, accepted)}>
            <h3>
                <span class="advice-mark" aria-hidden="true">{ told::mark(finding.severity) }</span>
                <span class="advice-code">{ finding.code.to_string() }</span>
                <span>{ told::title(finding.code) }</span>
                <span class="quiet">{ told::severity(finding.severity) }</span>
            </h3>
            <p>{ told::finding(finding, names) }</p>
            if !finding.about.is_empty() {
                <p class="advice-links"><span class="quiet">{ words::ABOUT }</span>{ for about }</p>
            }
            if !finding.rows.is_empty() {
                <p class="advice-links"><span class="quiet">{ words::FLOWS }</span>{ for flows }</p>
            }
            if !finding.places.is_empty() {
                <p class="advice-links"><span class="quiet">{ words::LINES }</span>{ for places }</p>
            }
            <p><span class="quiet">{ words::MEND }</span>{ " " }{ told::mend(finding.code) }</p>
            { fixes::of_finding(window, finding) }
            <p class="citation">
                if let Some(url) = citations::url(finding.citation) {
                    <a href={url} target="_blank" rel="noreferrer noopener">{ source }</a>
                } else {
                    { source }
                }
            </p>
            { acceptance(props, finding) }
        </li>
    }
}

/// The reason of what is accepted, or the way to accept it.
fn acceptance(props: &Props, finding: &Finding) -> Html {
    let act = props.act.clone();
    let Some(reason) = &finding.accepted else {
        // A rule about acceptances is mended, not accepted.
        if finding.about.is_empty() {
            return Html::default();
        }
        let accepted = finding.acceptance("");
        let key = format!("{} {:?}", accepted.code, accepted.about);
        let onaccept = Callback::from(move |reason: String| {
            let accepted = AcceptedFinding { reason, ..accepted.clone() };
            act.emit(Action::edit(move |plan| plan.accepted_findings.push(accepted)));
        });
        return html! { <Accept {key} {onaccept} /> };
    };
    let finding = finding.clone();
    let onclick = Callback::from(move |_| {
        let finding = finding.clone();
        act.emit(Action::edit(move |plan| plan.accepted_findings.retain(|own| !finding.is_accepted_by(own))));
    });
    html! {
        <p>
            <span class="quiet">{ words::ACCEPTED_FOR }</span>{ " " }{ reason.clone() }{ " " }
            <button type="button" class="small" {onclick}>{ words::TAKE_BACK }</button>
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct AcceptProps {
    onaccept: Callback<String>,
}

/// A box for a reason. Nothing is accepted without one.
#[component]
fn Accept(props: &AcceptProps) -> Html {
    let input = use_node_ref();
    let onsubmit = {
        let (input, onaccept) = (input.clone(), props.onaccept.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let reason = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            let reason = reason.trim().to_owned();
            if !reason.is_empty() {
                onaccept.emit(reason);
            }
        })
    };
    html! {
        <details>
            <summary>{ words::ACCEPT_OPEN }</summary>
            <form {onsubmit}>
                <label><span>{ words::REASON }</span><input type="text" ref={input} required=true /></label>
                <button type="submit">{ words::ACCEPT }</button>
            </form>
        </details>
    }
}
