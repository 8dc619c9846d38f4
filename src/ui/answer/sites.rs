//! Which site is looked at: what every study that is of one site begins with.

use crate::plan::{Id, Plan};
use crate::report::words::Names;
use crate::ui::dom;
use yew::{Callback, Event, Html, html};

/// A choice of the plan's sites; nothing where there is none to make.
pub fn sites(label: &'static str, plan: &Plan, shown: Option<&Id>, choose: Callback<Id>) -> Html {
    if plan.sites.len() < 2 {
        return Html::default();
    }
    let names = Names::of(plan);
    let onchange = choose.reform(|event: Event| dom::value_of(&event).as_str().into());
    html! {
        <label class="field-inline">
            <span>{ label }</span>
            <select {onchange}>
                { for plan.sites.iter().map(|site| html! {
                    <option value={site.id.to_string()} selected={shown == Some(&site.id)}>{ names.site(&site.id) }</option>
                }) }
            </select>
        </label>
    }
}
