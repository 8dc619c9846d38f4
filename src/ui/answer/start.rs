//! What to do first, where a plan has nothing to answer yet.

use crate::desk::{Action, parts};
use crate::plan::PartKind;
use crate::report::words::answer as words;
use crate::ui::Props;
use yew::{Html, component, html};

/// The next thing that the plan lacks, with a button that adds it.
#[component]
pub fn Start(props: &Props) -> Html {
    let plan = &props.desk.plan;
    let (hint, label, kind, noun) = if plan.sites.is_empty() {
        (words::NO_SITE, words::ADD_SITE, PartKind::Site, words::SITE)
    } else if plan.exits.is_empty() {
        (words::NO_EXIT, words::ADD_EXIT, PartKind::Exit, words::EXIT)
    } else if plan.flows.is_empty() {
        (words::NO_FLOW, words::ADD_FLOW, PartKind::Flow, words::FLOW)
    } else {
        return Html::default();
    };
    let onclick = props.act.reform(move |_| {
        Action::edit(move |plan| {
            parts::add(plan, kind, noun);
        })
    });
    html! {
        <div class="start">
            <p>{ hint }</p>
            <button type="button" class="primary" {onclick}>{ label }</button>
        </div>
    }
}
