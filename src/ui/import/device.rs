//! A device's own choices beside ours: in a line, and each difference on demand.

use crate::desk::Action;
use crate::desk::door::DeviceShown;
use crate::desk::focus::{Spot, Target};
use crate::desk::import::DeviceRow;
use crate::plan::ListId;
use crate::report::words::{device_choice, page};
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html, use_state};

/// The choices of one print.
#[derive(Properties, PartialEq)]
pub struct DeviceProps {
    /// They.
    pub shown: Rc<DeviceShown>,
    /// The list that it is, where it is in the plan, and where actions go: its lines can be shown.
    #[prop_or_default]
    pub list: Option<(ListId, Callback<Action>)>,
}

/// A line, and the differences on demand.
#[component]
pub fn Device(props: &DeviceProps) -> Html {
    let open = use_state(|| false);
    let shown = &props.shown;
    let headline = device_choice::headline(shown);
    if shown.differing == 0 {
        return html! { <p class="device-same quiet">{ headline }</p> };
    }
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    let one = |row: &DeviceRow| {
        let (prefix, took, takes, why) = device_choice::row(row);
        let place = page::line(row.line);
        let place = match &props.list {
            Some((list, act)) => {
                let target = Target::List(list.clone(), Spot::Byte(row.at));
                let onclick = act.reform(move |_| Action::Reveal(target.clone()));
                html! { <button type="button" class="fault-place" {onclick}>{ place }</button> }
            }
            None => html! { <span class="quiet">{ place }</span> },
        };
        html! {
            <li class="device-row">
                <span class="device-prefix">{ prefix }</span>{ place }
                <span class="device-took">{ took }</span>
                <span class="device-takes">{ takes }</span>
                <span class="device-why quiet">{ why }</span>
            </li>
        }
    };
    html! {
        <>
            <button type="button" class="list-faults list-warnings device-button" aria-expanded={open.to_string()}
                onclick={toggle}>{ headline }</button>
            if *open {
                <ul class="device-rows import-panel" tabindex="0">
                    { for shown.rows.iter().map(one) }
                    if shown.differing as usize > shown.rows.len() {
                        <li class="quiet">{ page::more_faults(shown.differing, shown.rows.len()) }</li>
                    }
                </ul>
            }
        </>
    }
}
