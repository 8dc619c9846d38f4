//! The guide through a plan that has nothing to answer yet: each step with a button that does what the inputs do.

use crate::desk::begin::{Begun, Does, steps};
use crate::desk::{Action, parts};
use crate::plan::{ExpressRouteLink, Link, PartKind};
use crate::report::words::page::begin as words;
use crate::ui::{Props, adding};
use yew::{Callback, Html, classes, component, html};

/// The steps; nothing where the plan answers.
#[component]
pub fn Start(props: &Props) -> Html {
    let steps = steps(&props.desk.plan);
    if steps.is_empty() {
        return Html::default();
    }
    let next = steps.iter().position(|begun| begun.does.is_some());
    html! {
        <section class="start" aria-labelledby="start-title">
            <h3 id="start-title">{ words::TITLE }</h3>
            <ol>{ for steps.iter().enumerate().map(|(at, begun)| line(props, begun, Some(at) == next)) }</ol>
        </section>
    }
}

fn line(props: &Props, begun: &Begun, next: bool) -> Html {
    let button = begun.does.clone().map(|does| {
        let (act, plan) = (props.act.clone(), props.desk.plan.clone());
        let onclick = Callback::from(move |_| match does.clone() {
            Does::Add(kind) => adding::add(&act, &plan, kind),
            Does::AddLink(circuit) => adding::add_with(&act, &plan, PartKind::Exit, move |plan, id| {
                if let Some(exit) = parts::exit(plan, id) {
                    exit.link = Link::ExpressRoute(ExpressRouteLink { circuit, ..ExpressRouteLink::default() });
                }
            }),
            Does::Show(target) => act.emit(Action::Reveal(target)),
        });
        let class = if next { "primary" } else { "small" };
        html! { <button type="button" {class} {onclick}>{ words::button(begun.step) }</button> }
    });
    html! {
        <li class={classes!(begun.done.then_some("start-done"), next.then_some("start-next"))}
            aria-current={next.then_some("step")}>
            <span class="start-step">
                { words::step(begun.step) }
                if begun.done { <span class="unseen">{ ", " }{ words::DONE }</span> }
            </span>
            if next { <p>{ words::hint(begun.step) }</p> }
            { button.unwrap_or_default() }
        </li>
    }
}
