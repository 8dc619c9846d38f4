//! The tabs of the answer: the flow table and the studies.
//!
//! The shell says what is the same for every study: which tab is open, that an answer is on its way or older than
//! the plan, and which plan is pinned. A panel shows `desk.studies.…told`, nothing where there is none yet.

use super::baseline::Baseline;
use super::flows::{Flows, FlowsProps};
use super::{advice, capacity, coverage, cutover, difference, failures, map, rollout};
use crate::desk::keys::{Area, Does};
use crate::desk::state::Tab;
use crate::desk::{Action, Desk};
use crate::report::words::page::tabs as words;
use crate::ui::dom;
use crate::ui::keys::pressed;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::{Callback, Html, classes, component, html};

/// The row of tabs, and the panel of the open one.
#[component]
pub fn Tabs(props: &FlowsProps) -> Html {
    let (desk, act) = (&props.desk, &props.act);
    let open = desk.tab;
    let onkeydown = {
        let act = act.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(tab) = pressed(Area::Tabs, &event).and_then(|does| beside(open, does)) else { return };
            event.prevent_default();
            act.emit(Action::Tab(tab));
            let element = dom::document().get_element_by_id(name(tab).0);
            if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
                let _ = element.focus();
            }
            bring_up();
        })
    };
    let (tab_id, panel_id) = name(open);
    html! {
        <div class="views">
            <div class="tabs" role="tablist" aria-label={words::TABS} {onkeydown}>
                { for Tab::ALL.into_iter().map(|tab| button(tab, open, act)) }
            </div>
            <div id={panel_id} key={panel_id} role="tabpanel" aria-labelledby={tab_id}
                class={classes!("panel", (!desk.stale() && desk.study_stale()).then_some("dim"))}
                aria-busy={desk.study_stale().to_string()}>
                { panel(props) }
            </div>
        </div>
    }
}

fn button(tab: Tab, open: Tab, act: &Callback<Action>) -> Html {
    let ((tab_id, panel_id), selected) = (name(tab), tab == open);
    html! {
        <button type="button" key={tab_id} id={tab_id} role="tab" class="tab" aria-selected={selected.to_string()}
            aria-controls={selected.then_some(panel_id)} tabindex={if selected { "0" } else { "-1" }}
            onclick={open_tab(act, tab)}>
            { words::title(tab) }
        </button>
    }
}

fn panel(props: &FlowsProps) -> Html {
    let (desk, act) = (Rc::clone(&props.desk), props.act.clone());
    let study = match desk.tab {
        Tab::Flows if desk.answered.as_ref().is_some_and(|answered| answered.plan.flows.is_empty()) => {
            return html! { <p class="quiet">{ words::NO_FLOWS }</p> };
        }
        Tab::Flows => return html! { <Flows {desk} {act} point={props.point.clone()} /> },
        tab if tab.needs_baseline() && desk.baseline.is_none() => Html::default(),
        Tab::Coverage => html! { <coverage::Panel desk={Rc::clone(&desk)} act={act.clone()} /> },
        Tab::Map => html! { <map::Panel desk={Rc::clone(&desk)} act={act.clone()} /> },
        Tab::Failures => html! { <failures::Panel desk={Rc::clone(&desk)} act={act.clone()} /> },
        Tab::Capacity => html! { <capacity::Panel desk={Rc::clone(&desk)} act={act.clone()} /> },
        Tab::Difference => html! { <difference::Panel desk={Rc::clone(&desk)} act={act.clone()} /> },
        Tab::Advice => html! { <advice::Panel desk={Rc::clone(&desk)} act={act.clone()} /> },
        Tab::Rollout => html! { <rollout::Panel desk={Rc::clone(&desk)} act={act.clone()} /> },
        Tab::Cutover => html! { <cutover::Panel desk={Rc::clone(&desk)} act={act.clone()} /> },
    };
    html! {
        <>
            if desk.tab.compares() {
                <Baseline desk={Rc::clone(&desk)} {act} />
            }
            if waits(&desk) {
                <p class="quiet waiting">{ words::WAITING }</p>
            }
            { study }
        </>
    }
}

/// Whether the open tab's study was asked for and has never been answered.
fn waits(desk: &Desk) -> bool {
    let studies = &desk.studies;
    let told = match desk.tab {
        Tab::Flows => true,
        Tab::Coverage => studies.coverage.told.is_some(),
        Tab::Map => studies.map.told.is_some(),
        Tab::Failures => studies.failures.told.is_some(),
        Tab::Capacity => studies.capacity.told.is_some(),
        Tab::Difference => studies.difference.told.is_some() || desk.baseline.is_none(),
        Tab::Advice => studies.advice.told.is_some(),
        Tab::Rollout => studies.rollout.told.is_some() || desk.baseline.is_none(),
        Tab::Cutover => studies.cutover.told.is_some(),
    };
    !told && !desk.stopped && !studies.stopped()
}

/// The tab that a key leads to.
fn beside(open: Tab, does: Does) -> Option<Tab> {
    let all = Tab::ALL;
    let at = all.iter().position(|tab| *tab == open)?;
    let to = match does {
        Does::Right => (at + 1) % all.len(),
        Does::Left => (at + all.len() - 1) % all.len(),
        Does::First => 0,
        Does::Last => all.len() - 1,
        _ => return None,
    };
    all.get(to).copied()
}

/// Opens a tab and brings what it shows into view.
pub fn open_tab<E: 'static>(act: &Callback<Action>, tab: Tab) -> Callback<E> {
    let act = act.clone();
    Callback::from(move |_: E| {
        act.emit(Action::Tab(tab));
        bring_up();
    })
}

/// Scrolls the row of tabs to the top of its column, once it is drawn: what was asked for stands below it. Only where
/// someone went there; nothing moves while one types.
pub fn bring_up() {
    Timeout::new(0, || {
        if let Ok(Some(views)) = dom::document().query_selector(".views") {
            views.scroll_into_view();
        }
    })
    .forget();
}

/// The identifier of a tab in the document.
pub fn tab_id(tab: Tab) -> &'static str {
    name(tab).0
}

/// The identifiers of a tab and its panel in the document.
fn name(tab: Tab) -> (&'static str, &'static str) {
    match tab {
        Tab::Flows => ("tab-flows", "panel-flows"),
        Tab::Coverage => ("tab-coverage", "panel-coverage"),
        Tab::Map => ("tab-map", "panel-map"),
        Tab::Failures => ("tab-failures", "panel-failures"),
        Tab::Capacity => ("tab-capacity", "panel-capacity"),
        Tab::Difference => ("tab-difference", "panel-difference"),
        Tab::Advice => ("tab-advice", "panel-advice"),
        Tab::Rollout => ("tab-rollout", "panel-rollout"),
        Tab::Cutover => ("tab-cutover", "panel-cutover"),
    }
}
