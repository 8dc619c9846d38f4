//! The answer: verdict sentence, picture, what-if switches, flows.

use super::Props;
use yew::{Html, component, html};

/// The middle column.
#[component]
pub fn Answer(props: &Props) -> Html {
    let headline = props.desk.answered.as_ref().map(|answered| {
        crate::report::words::verdicts::headline(&answered.summary.verdicts, answered.summary.empty)
    });
    html! { <p class="verdict">{ headline.unwrap_or_default() }</p> }
}
