//! The left column: everything in the plan.

use super::Props;
use yew::{Html, component, html};

/// The inputs.
#[component]
pub fn Inputs(props: &Props) -> Html {
    html! { <p>{ props.desk.plan.notes.clone() }</p> }
}
