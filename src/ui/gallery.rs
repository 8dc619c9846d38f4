//! The gallery of examples.

use super::dialog::Dialog;
use crate::desk::Action;
use crate::plan::examples::EXAMPLES;
use crate::report::words::page;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html, use_memo};

/// The gallery, open as long as it is there.
#[derive(Properties, PartialEq)]
pub struct GalleryProps {
    /// Where the chosen plan goes.
    pub act: Callback<Action>,
    /// Closed.
    pub close: Callback<()>,
}

/// Shows every example with what it teaches.
#[component]
pub fn Gallery(props: &GalleryProps) -> Html {
    let plans = use_memo((), |()| EXAMPLES.iter().map(|example| Rc::new(example.plan())).collect::<Vec<_>>());
    let one = |plan: &Rc<crate::plan::Plan>| {
        let onclick = {
            let (plan, act, close) = (Rc::clone(plan), props.act.clone(), props.close.clone());
            move |_| {
                close.emit(());
                act.emit(Action::Open { plan: Rc::clone(&plan), passed_over: Vec::new() });
            }
        };
        html! {
            <li key={plan.name.clone()}>
                <button type="button" class="example" {onclick}>
                    <span class="example-name">{ &plan.name }</span>
                    <span class="example-notes">{ &plan.notes }</span>
                </button>
            </li>
        }
    };
    html! {
        <Dialog title={page::EXAMPLES} close={props.close.clone()}>
            <p class="quiet">{ page::EXAMPLES_INTRO }</p>
            <ul class="examples">{ for plans.iter().map(one) }</ul>
        </Dialog>
    }
}
