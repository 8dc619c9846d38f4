//! A translation rule of a device.

use super::edit::Edit;
use super::fields::{Choice, Several, TextField};
use super::shared::Form;
use crate::desk::parts;
use crate::plan::{Device, ListId, PartKind, TranslationRule};
use crate::report::words::page;
use crate::ui::icons::{Icon, icon};
use yew::{AttrValue, Html, html};

/// One rule.
pub fn rule(form: &Form, device: &Device, edit: &Edit<Device>, index: usize, rule: &TranslationRule) -> Html {
    let count = device.rules.len();
    let name = page::rule(index, &rule.name);
    let ids = |ids: &[crate::plan::Id]| ids.iter().map(|id| id.to_string().into()).collect::<Vec<AttrValue>>();
    html! {
        <li class="rule" key={index}>
            <div class="rule-head">
                <span class="rule-title">{ page::rule_number(index) }</span>
                <TextField label={page::NAME} name={page::rule_name(index)} value={rule.name.clone()}
                    typed={edit.text(format!("rule/{index}/name"), move |device: &mut Device, name| {
                        if let Some(rule) = device.rules.get_mut(index) { rule.name = name; }
                    })} />
                <button type="button" class="icon-button" aria-label={page::move_up(&name)} disabled={index == 0}
                    onclick={edit.button(move |device: &mut Device| parts::shift_in(&mut device.rules, index, -1))}>{ icon(Icon::Up) }</button>
                <button type="button" class="icon-button" aria-label={page::move_down(&name)} disabled={index + 1 == count}
                    onclick={edit.button(move |device: &mut Device| parts::shift_in(&mut device.rules, index, 1))}>{ icon(Icon::Down) }</button>
            </div>
            <div class="fields">
                <Choice label={page::TRANSLATE_TO} wide=true value={rule.pool.as_ref().map(ToString::to_string).unwrap_or_default()}
                    options={form.options_or(PartKind::Pool, page::NOT_TRANSLATED)}
                    chosen={edit.part(form, PartKind::Pool, move |device: &mut Device, pool: String| {
                        if let Some(rule) = device.rules.get_mut(index) {
                            rule.pool = (!pool.is_empty()).then(|| pool.into());
                        }
                    })} />
            </div>
            { form.list(ListId::RuleSources(device.id.clone(), index), page::RULE_SOURCES, page::ANY_SOURCE) }
            { form.list(ListId::RuleDestinations(device.id.clone(), index), page::RULE_DESTINATIONS, page::ANY_DESTINATION) }
            if !form.plan().services.is_empty() || !rule.services.is_empty() {
                <Several label={page::RULE_SERVICES} options={form.options(PartKind::Service)} chosen={ids(&rule.services)}
                    none={page::NO_SERVICES}
                    changed={edit.choice(move |device: &mut Device, services: Vec<String>| {
                        if let Some(rule) = device.rules.get_mut(index) {
                            rule.services = services.into_iter().map(Into::into).collect();
                        }
                    })} />
            }
            <Several label={page::RULE_EXITS} options={form.options(PartKind::Exit)} chosen={ids(&rule.exits)}
                none={page::ANY_EXIT}
                changed={edit.choice(move |device: &mut Device, exits: Vec<String>| {
                    if let Some(rule) = device.rules.get_mut(index) {
                        rule.exits = exits.into_iter().map(Into::into).collect();
                    }
                })} />
            <button type="button" class="small card-remove" onclick={edit.button(move |device: &mut Device| {
                if index < device.rules.len() { device.rules.remove(index); }
            })}>{ page::remove(&name) }</button>
        </li>
    }
}
