//! Why: the chosen flow, traced.

use super::Props;
use yew::{Html, component, html};

/// The right column.
#[component]
pub fn Why(props: &Props) -> Html {
    html! { <p>{ props.desk.trace.as_ref().map(|traced| format!("{:?}", traced.query)).unwrap_or_default() }</p> }
}
