//! A device: whether it keeps state, and its translation rules.

use super::edit::Edit;
use super::fields::Tick;
use super::rule::rule;
use super::shared::Form;
use crate::desk::parts;
use crate::plan::{Device, TranslationRule};
use crate::report::words::page;
use crate::ui::icons::{Icon, icon};
use yew::{Html, html};

/// A few words on a device.
pub fn summary(device: &Device) -> String {
    page::device_summary(device.stateful, device.rules.len())
}

/// The fields of a device.
pub fn fields(form: &Form, device: &Device) -> Html {
    let edit = Edit::new(&form.act, "device", parts::device, &device.id);
    let count = device.rules.len();
    html! {
        <>
            <Tick label={page::STATEFUL} checked={device.stateful}
                toggled={edit.choice(|device: &mut Device, on: bool| device.stateful = on)} />
            <fieldset class="group">
                <legend>{ page::RULES }</legend>
                if count == 0 {
                    <p class="quiet">{ page::NO_RULES }</p>
                }
                <ol class="rules">
                    { for device.rules.iter().enumerate().map(|(index, one)| rule(form, device, &edit, index, one)) }
                </ol>
                <button type="button" class="add"
                    onclick={edit.button(|device: &mut Device| device.rules.push(TranslationRule::default()))}>
                    { icon(Icon::Plus) }{ page::ADD_RULE }
                </button>
            </fieldset>
        </>
    }
}
