//! Rollout: the steps from the pinned plan to this one, what each does on the way, and a better order.

use crate::desk::Action;
use crate::desk::keys::{Area, Does};
use crate::plan::Plan;
use crate::report::words::page::rollout as words;
use crate::report::words::{Names, citations, rollout as told};
use crate::study::rollout::{Better, Shown, Window};
use crate::ui::icons::{Icon, icon};
use crate::ui::keys::pressed;
use crate::ui::{Props, dom};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::{Callback, Html, classes, component, html, use_effect, use_mut_ref};

/// The panel; what it shows is in `desk.studies.rollout`.
#[component]
pub fn Panel(props: &Props) -> Html {
    // The step whose arrow was used, and whether up: it keeps the focus where it goes.
    let moved = use_mut_ref(|| None::<(String, bool)>);
    {
        let moved = moved.clone();
        use_effect(move || {
            if let Some((key, up)) = moved.borrow().as_ref() {
                focus(key, *up);
            }
        });
    }
    let answer = props.desk.studies.rollout.told.clone().zip(props.desk.baseline.clone());
    let Some((answer, baseline)) = answer else { return Html::default() };
    let names = Names::of_both(&baseline, &answer.plan);
    let window = &answer.window;
    let order = shown_order(&props.desk.plan, window);
    let shift = {
        let (act, order) = (props.act.clone(), order.clone());
        Callback::from(move |(key, up): (String, bool)| {
            let Some(at) = order.iter().position(|own| *own == key) else { return };
            let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < order.len()) };
            let Some(to) = to else { return };
            let mut order = order.clone();
            order.swap(at, to);
            *moved.borrow_mut() = Some((key, up));
            act.emit(Action::edit(move |plan| plan.rollout = order));
        })
    };
    let forget = {
        let act = props.act.clone();
        Callback::from(move |_| act.emit(Action::edit(|plan| plan.rollout.clear())))
    };
    let steps = order.iter().enumerate().filter_map(|(index, key)| {
        let own = window.steps.iter().find(|own| own.step.key == *key)?;
        Some(step(own, index, window, &names, &shift))
    });
    html! {
        <div class="study">
            <p class="study-head" role="status">{ told::headline(window) }</p>
            { better(window, &names, &props.act) }
            if window.total > 1 {
                <p class="quiet rollout-how">
                    { words::HOW }{ " " }
                    if !props.desk.plan.rollout.is_empty() {
                        <button type="button" class="small" onclick={forget}>{ words::USUAL }</button>
                    }
                </p>
            }
            <ol class="rollout" aria-label={words::STEPS}>{ for steps }</ol>
        </div>
    }
}

/// The order as the plan has it by now, which the answer may not have followed yet.
fn shown_order(plan: &Plan, window: &Window) -> Vec<String> {
    let whole = window.order.iter().all(|key| plan.rollout.contains(key));
    let mut order = window.order.clone();
    if whole {
        crate::sort::by_key(&mut order, |key| plan.rollout.iter().position(|own| own == key));
    }
    order
}

fn button_id(key: &str, up: bool) -> String {
    format!("step-{}-{key}", if up { "up" } else { "down" })
}

/// Gives a step's arrow the focus, the other one where it has come to an end.
fn focus(key: &str, up: bool) {
    let find = |up: bool| {
        let found = dom::document().get_element_by_id(&button_id(key, up));
        found.and_then(|found| found.dyn_into::<HtmlElement>().ok()).filter(|own| !own.has_attribute("disabled"))
    };
    if let Some(button) = find(up).or_else(|| find(!up)) {
        let _ = button.focus();
    }
}

fn step(own: &Shown, index: usize, window: &Window, names: &Names<'_>, shift: &Callback<(String, bool)>) -> Html {
    let title = told::step(&own.step, names);
    let key = own.step.key.clone();
    let broken = own.breaks.total + own.still.total;
    let last = index + 1 == window.total as usize;
    let arrow = |up: bool| {
        let (key, shift) = (key.clone(), shift.clone());
        let id = button_id(&key, up);
        let onclick = Callback::from(move |_| shift.emit((key.clone(), up)));
        let (label, hint, which) = if up {
            (words::move_up(index + 1, &title), words::MOVE_UP, Icon::Up)
        } else {
            (words::move_down(index + 1, &title), words::MOVE_DOWN, Icon::Down)
        };
        let disabled = if up { index == 0 } else { last };
        html! {
            <button type="button" class="icon-button" {id} aria-label={label} title={hint} {disabled} {onclick}>
                { icon(which) }
            </button>
        }
    };
    let onkeydown = {
        let (key, shift) = (key.clone(), shift.clone());
        Callback::from(move |event: KeyboardEvent| {
            let up = match pressed(Area::Steps, &event) {
                Some(Does::Up) => true,
                Some(Does::Down) => false,
                _ => return,
            };
            event.prevent_default();
            shift.emit((key.clone(), up));
        })
    };
    let state = if broken > 0 { "rollout-broken" } else { "rollout-whole" };
    let effective = told::effective(&own.effective);
    let source = told::effective_citation(&own.effective).map(|citation| (citation, citations::title(citation)));
    html! {
        <li key={key.clone()} class={classes!("rollout-step", state)} {onkeydown}>
            <div class="rollout-head">
                <span class="rollout-number" aria-hidden="true">{ index + 1 }</span>
                <h3>{ title.clone() }</h3>
                <span class="rollout-tools">{ arrow(true) }{ arrow(false) }</span>
            </div>
            <ul class="rollout-does">
                { for told::effects(own, window.total, names).into_iter().map(|sentence| html! { <li>{ sentence }</li> }) }
            </ul>
            if !effective.is_empty() {
                <p class="quiet">
                    { effective }
                    if let Some((citation, title)) = source {
                        { " " }
                        if let Some(url) = citations::url(citation) {
                            <a href={url} target="_blank" rel="noreferrer noopener">{ title }</a>
                        }
                    }
                </p>
            }
            <p><span class="quiet">{ words::WAY_BACK }</span>{ " " }{ told::way_back(own, names).join(" ") }</p>
            if !last {
                <p class="rollout-state">{ words::state(broken) }</p>
            }
        </li>
    }
}

/// The better order, where there is one, or why there is none.
fn better(window: &Window, names: &Names<'_>, act: &Callback<Action>) -> Html {
    let sentence = told::better(window);
    if sentence.is_empty() {
        return Html::default();
    }
    let Some(found) = &window.better else { return html! { <p class="rollout-none">{ sentence }</p> } };
    let onclick = {
        let (act, order) = (act.clone(), found.order.clone());
        Callback::from(move |_| {
            let order = order.clone();
            act.emit(Action::edit(move |plan| plan.rollout = order));
        })
    };
    html! {
        <section class="rollout-better" aria-label={words::BETTER}>
            <p>{ sentence }</p>
            <button type="button" {onclick}>{ words::APPLY }</button>
            <details>
                <summary>{ words::LOOK }</summary>
                <ol>{ for lines(found, window, names) }</ol>
            </details>
        </section>
    }
}

fn lines<'a>(found: &'a Better, window: &'a Window, names: &'a Names<'_>) -> impl Iterator<Item = Html> + 'a {
    found.order.iter().zip(&found.places).enumerate().filter_map(move |(place, (key, was))| {
        let own = window.steps.iter().find(|own| own.step.key == *key)?;
        let moved = place != *was as usize;
        Some(html! {
            <li>
                { told::step(&own.step, names) }
                if moved {
                    <span class="quiet">{ words::was(was + 1) }</span>
                }
            </li>
        })
    })
}
