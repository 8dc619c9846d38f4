//! Proven fixes: what makes everything work, each change that mends something alone, and what one of them changes.

use super::super::{bring_up, difference};
use super::show;
use crate::advice::fix::{Everything, Fixes, Proposal, list_changes};
use crate::advice::{Finding, View, Window};
use crate::desk::Action;
use crate::desk::studies::Question;
use crate::plan::{Id, Plan};
use crate::report::words::page::difference as moved;
use crate::report::words::page::fixes as words;
use crate::report::words::{Names, fixes as told, lists};
use crate::study::difference::Rows;
use crate::ui::{Props, dom};
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{Callback, Html, Properties, component, html};

/// The section's heading in the document.
const HEADING: &str = "fixes-title";

/// Asks for fixes, and leads to them: the button that was pressed may be gone, or far away.
pub fn look(act: &Callback<Action>, view: &View) {
    let view = View { fixes: true, preview: None, count: super::SHOWN, ..view.clone() };
    act.emit(Action::Study(Question::Advice(view)));
    bring_up();
    // Once it is drawn.
    Timeout::new(0, || focus(HEADING)).forget();
}

/// What the section shows.
#[derive(Properties, PartialEq)]
pub struct FixesProps {
    /// The page.
    pub props: Props,
    /// The plan that the answer is for.
    pub plan: Rc<Plan>,
    /// The answer.
    pub window: Rc<Window>,
}

/// The section.
#[component]
pub fn Section(own: &FixesProps) -> Html {
    let (desk, act) = (&own.props.desk, &own.props.act);
    let view = &desk.studies.advice.view;
    let names = Names::of(&own.plan);
    let fixes = own.window.fixes.as_ref();
    let looking = view.fixes && fixes.is_none() && !desk.studies.stopped();
    let button = |title: &'static str, class: &'static str| {
        let (act, view) = (act.clone(), view.clone());
        let onclick = Callback::from(move |_| look(&act, &view));
        html! { <button type="button" {class} {onclick}>{ title }</button> }
    };
    html! {
        <section class="fixes" aria-labelledby={HEADING} aria-busy={looking.to_string()}>
            <h3 id={HEADING} tabindex="-1">{ words::TITLE }</h3>
            if let Some(fixes) = fixes {
                { found(own, fixes, &names) }
            } else if looking {
                <p class="quiet" role="status">{ words::LOOKING }</p>
            } else {
                <p class="quiet">{ words::TEACH }</p>
                <p class="fixes-ask">{ button(words::EVERYTHING, "primary") }{ button(words::LOOK, "") }</p>
            }
        </section>
    }
}

fn found(own: &FixesProps, fixes: &Fixes, names: &Names) -> Html {
    html! {
        <>
            <p class="fixes-all" role="status">{ told::everything(&fixes.everything, names) }</p>
            if let Some(proposal) = fixes.proposal(0) {
                <ol class="fixes-list">{ card(own, 0, proposal, names) }</ol>
            }
            { failing(fixes, names) }
            if fixes.proposals.is_empty() {
                if !matches!(fixes.everything, Everything::Works) {
                    <p class="quiet">{ words::NONE }</p>
                }
            } else {
                <h4>{ words::ALONE }</h4>
                <ol class="fixes-list">
                    { for (1..).zip(&fixes.proposals).map(|(number, proposal)| card(own, number, proposal, names)) }
                </ol>
            }
            <p class="quiet">{ words::tried(fixes.candidates.len(), fixes.tried) }</p>
            if matches!(fixes.everything, Everything::Without { .. }) && !fixes.rejected.is_empty() {
                <ul class="quiet">{ for fixes.rejected.iter().map(|own| html! { <li>{ told::rejected(own, names) }</li> }) }</ul>
            }
        </>
    }
}

/// Each flow that fails, with the fixes that mend it.
fn failing(fixes: &Fixes, names: &Names) -> Html {
    let mut flows: Vec<&Id> = fixes.proposal(0).into_iter().flat_map(|own| &own.effect.mends).collect();
    if let Everything::Without { left, .. } = &fixes.everything {
        flows.extend(left.iter().filter(|flow| !flows.contains(flow)).collect::<Vec<_>>());
    }
    if flows.is_empty() {
        return Html::default();
    }
    let row = |flow: &Id| {
        let mends = |proposal: &Proposal| proposal.effect.mends.contains(flow);
        html! { <li><span>{ names.flow(flow) }</span>{ links(fixes, mends) }</li> }
    };
    html! {
        <>
            <h4>{ words::FAILING }</h4>
            <ul class="fixes-flows">{ for flows.into_iter().map(row) }</ul>
        </>
    }
}

/// The fixes of a finding, where they were looked for and some are worth looking for.
pub(super) fn of_finding(window: &Window, finding: &Finding) -> Html {
    match &window.fixes {
        Some(fixes) if finding.fix => {
            html! { <p class="advice-links">{ links(fixes, |proposal| proposal.mends_finding(finding)) }</p> }
        }
        _ => Html::default(),
    }
}

/// Links to the proposals that do something.
fn links(fixes: &Fixes, does: impl Fn(&Proposal) -> bool) -> Html {
    let all = (1..).zip(&fixes.proposals).filter(|(_, proposal)| does(proposal));
    let mut numbers: Vec<u32> = all.map(|(number, _)| number).collect();
    if numbers.is_empty() {
        numbers.extend(fixes.proposal(0).filter(|proposal| does(proposal)).map(|_| 0));
    }
    let link = |number: u32| {
        let onclick = Callback::from(move |_| focus(&heading(number)));
        html! { <button type="button" class="link place" {onclick}>{ words::name(number) }</button> }
    };
    html! {
        <span class="fixes-links">
            <span class="quiet">{ words::FIXES }</span>
            if numbers.is_empty() { <span class="quiet">{ words::NO_FIX }</span> }
            { for numbers.into_iter().map(link) }
        </span>
    }
}

fn heading(number: u32) -> String {
    format!("fix-{number}")
}

fn focus(id: &str) {
    let element = dom::document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.scroll_into_view();
        let _ = element.focus();
    }
}

fn card(own: &FixesProps, number: u32, proposal: &Proposal, names: &Names) -> Html {
    let (desk, act) = (&own.props.desk, &own.props.act);
    let (title, id) = (words::name(number), heading(number));
    let view = &desk.studies.advice.view;
    let previewed = view.preview == Some(number);
    let onpreview = {
        let (act, view) = (act.clone(), View { preview: (!previewed).then_some(number), ..view.clone() });
        Callback::from(move |_| show(&act, view.clone()))
    };
    let onapply = {
        let (act, changes) = (act.clone(), proposal.changes.clone());
        Callback::from(move |_| {
            let changes = changes.clone();
            act.emit(Action::edit(move |plan| changes.iter().for_each(|change| change.apply(plan))));
        })
    };
    // What was proven of another plan isn't proven of this.
    let stale = desk.study_stale();
    let shown = if previewed { words::HIDE_PREVIEW } else { words::PREVIEW };
    html! {
        <li key={number} class="fix-card">
            <h4 id={id} tabindex="-1">{ &title }</h4>
            { for proposal.changes.iter().map(|change| html! { <p>{ told::change(change, names) }</p> }) }
            <ul class="fix-effect">
                { for told::effect(&proposal.effect, names).into_iter().map(|said| html! { <li>{ said }</li> }) }
            </ul>
            <p class="fix-do">
                <button type="button" class="small" aria-expanded={previewed.to_string()} disabled={stale}
                    aria-label={format!("{shown}: {title}")} onclick={onpreview}>{ shown }</button>
                <button type="button" class="small" disabled={stale}
                    aria-label={format!("{}: {title}", words::APPLY)} onclick={onapply}>{ words::APPLY }</button>
            </p>
            if previewed && own.window.view.preview == Some(number) {
                { preview(own, proposal) }
            }
        </li>
    }
}

/// What the changes change: in the plan, line by line; and in the answer, flow by flow.
fn preview(own: &FixesProps, proposal: &Proposal) -> Html {
    let Some(window) = &own.window.preview else { return Html::default() };
    let after = proposal.apply(&own.plan);
    let names = Names::of_both(&own.plan, &after);
    let line = |sign: &'static str, said: &'static str, text: &String| {
        html! {
            <li class={if sign == "+" { "line-new" } else { "line-gone" }}>
                <span aria-hidden="true">{ sign }</span><span class="unseen">{ said }</span>
                <span class="address">{ text }</span>
            </li>
        }
    };
    let list = |change: crate::advice::fix::ListChange| {
        html! {
            <>
                <dt>{ lists::list(&change.list, &names) }</dt>
                <dd><ul>
                    { for change.gone.iter().map(|text| line("−", words::GONE_LINE, text)) }
                    { for change.new.iter().map(|text| line("+", words::NEW_LINE, text)) }
                </ul></dd>
            </>
        }
    };
    let inserted = proposal.changes.iter().filter_map(|change| told::inserted(change, &names));
    let flows = match &window.rows {
        Rows::Flows(flows) => flows.as_slice(),
        _ => &[],
    };
    html! {
        <section class="fix-preview" aria-label={words::DIFFERENCE}>
            <h5>{ words::IN_PLAN }</h5>
            { for inserted.map(|said| html! { <p>{ said }</p> }) }
            <dl class="fix-lines">{ for list_changes(&own.plan, &after).into_iter().map(list) }</dl>
            <h5>{ words::IN_ANSWER }</h5>
            { difference::sentences(&window.summary, &names, "h6") }
            if flows.is_empty() {
                <p>{ words::NO_FLOW }</p>
            } else {
                <div class="study-scroll" tabindex="0">
                    <table class="study-table">
                        <thead><tr>
                            <th scope="col">{ moved::column::FLOW }</th>
                            <th scope="col">{ moved::BEFORE }</th>
                            <th scope="col">{ words::THEN }</th>
                        </tr></thead>
                        <tbody>
                            { for flows.iter().map(|flow| html! {
                                <tr>
                                    <th scope="row">{ names.flow(&flow.flow) }</th>
                                    <td>{ difference::side(&flow.before, &names) }</td>
                                    <td>{ difference::side(&flow.after, &names) }</td>
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            }
        </section>
    }
}
