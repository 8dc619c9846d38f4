//! Why: the chosen flow, traced.

mod ask;
mod back;
mod chosen;
mod evidence;
mod forward;
mod steps;

use super::Props;
use ask::Ask;
use chosen::Chosen;
use std::rc::Rc;
use yew::{Html, component, html};

/// The right column.
#[component]
pub fn Why(props: &Props) -> Html {
    html! {
        <>
            <Ask desk={Rc::clone(&props.desk)} act={props.act.clone()} />
            <Chosen desk={Rc::clone(&props.desk)} act={props.act.clone()} />
        </>
    }
}
