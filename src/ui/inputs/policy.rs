//! Policies of an exit: ordered rules for routes, in and out.

use super::edit::Edit;
use super::fields::{CheckedField, Choice, Several};
use super::shared::Form;
use crate::desk::{parse, parts};
use crate::plan::{Action, Exit, ListId, PartKind, Policy, Settings};
use crate::report::words::page;
use crate::ui::icons::{Icon, icon};
use yew::{AttrValue, Html, html};

/// Routes we learn, or routes we tell.
#[derive(Copy, Clone, PartialEq, Eq)]
pub enum Way {
    /// Learned routes.
    In,
    /// Advertisements.
    Out,
}

fn of(exit: &mut Exit, way: Way) -> &mut Vec<Policy> {
    match way {
        Way::In => &mut exit.policy_in,
        Way::Out => &mut exit.policy_out,
    }
}

fn settings(exit: &mut Exit, way: Way, index: usize) -> Option<&mut Settings> {
    match &mut of(exit, way).get_mut(index)?.action {
        Action::Accept(settings) => Some(settings),
        Action::Deny => None,
    }
}

/// The policies of one way.
pub fn policies(form: &Form, exit: &Exit, edit: &Edit<Exit>, way: Way) -> Html {
    let list = match way {
        Way::In => &exit.policy_in,
        Way::Out => &exit.policy_out,
    };
    let count = list.len();
    html! {
        <fieldset class="group">
            <legend>{ if way == Way::In { page::POLICY_IN } else { page::POLICY_OUT } }</legend>
            if count == 0 {
                <p class="quiet">{ page::NO_POLICY }</p>
            }
            <ol class="rules">
                { for list.iter().enumerate().map(|(index, policy)| one(form, exit, edit, way, index, count, policy)) }
            </ol>
            <button type="button" class="add"
                onclick={edit.button(move |exit: &mut Exit| of(exit, way).push(Policy::default()))}>
                { icon(Icon::Plus) }{ page::ADD_POLICY }
            </button>
        </fieldset>
    }
}

fn one(
    form: &Form,
    exit: &Exit,
    edit: &Edit<Exit>,
    way: Way,
    index: usize,
    count: usize,
    policy: &Policy,
) -> Html {
    let list = match way {
        Way::In => ListId::PolicyIn(exit.id.clone(), index),
        Way::Out => ListId::PolicyOut(exit.id.clone(), index),
    };
    let scope = if way == Way::In { "in" } else { "out" };
    let actions: Vec<(AttrValue, AttrValue)> =
        vec![("accept".into(), page::POLICY_ACCEPT.into()), ("deny".into(), page::POLICY_DENY.into())];
    let name = page::policy(index);
    let set = match &policy.action {
        Action::Deny => Html::default(),
        Action::Accept(now) => html! {
            <>
                if way == Way::In {
                    <CheckedField label={page::SET_PREFERENCE} value={shown(now.local_preference)}
                        typed={edit.optional(format!("{scope}/{index}/preference"), parse::number, move |exit: &mut Exit, value| {
                            if let Some(settings) = settings(exit, way, index) { settings.local_preference = value; }
                        })} />
                    <CheckedField label={page::SET_WEIGHT} value={shown(now.weight)}
                        typed={edit.optional(format!("{scope}/{index}/weight"), parse::number, move |exit: &mut Exit, value| {
                            if let Some(settings) = settings(exit, way, index) { settings.weight = value; }
                        })} />
                }
                <CheckedField label={page::SET_PREPEND} value={shown(now.prepend)}
                    typed={edit.optional(format!("{scope}/{index}/prepend"), parse::number, move |exit: &mut Exit, value| {
                        if let Some(settings) = settings(exit, way, index) { settings.prepend = value; }
                    })} />
            </>
        },
    };
    html! {
        <li class="rule" key={index}>
            <div class="rule-head">
                <span class="rule-title">{ &name }</span>
                <button type="button" class="icon-button" aria-label={page::move_up(&name)} disabled={index == 0}
                    onclick={edit.button(move |exit: &mut Exit| parts::shift_in(of(exit, way), index, -1))}>{ icon(Icon::Up) }</button>
                <button type="button" class="icon-button" aria-label={page::move_down(&name)} disabled={index + 1 == count}
                    onclick={edit.button(move |exit: &mut Exit| parts::shift_in(of(exit, way), index, 1))}>{ icon(Icon::Down) }</button>
            </div>
            { form.list(list, page::POLICY_PREFIXES, page::POLICY_PREFIXES_HINT) }
            <div class="fields">
                <CheckedField label={page::POLICY_COMMUNITIES} wide=true number=false placeholder={page::COMMUNITIES_HINT}
                    value={parse::Communities(policy.communities.clone()).to_string()}
                    typed={edit.optional(format!("{scope}/{index}/communities"), parse::communities, move |exit: &mut Exit, value: Option<parse::Communities>| {
                        if let Some(policy) = of(exit, way).get_mut(index) { policy.communities = value.unwrap_or_default().0; }
                    })} />
                <Choice label={page::POLICY_ACTION} value={if policy.action == Action::Deny { "deny" } else { "accept" }}
                    options={actions} chosen={edit.choice(move |exit: &mut Exit, value: String| {
                        if let Some(policy) = of(exit, way).get_mut(index) {
                            policy.action = if value == "deny" { Action::Deny } else { Action::default() };
                        }
                    })} />
                { set }
            </div>
            if way == Way::In && form.plan().sites.len() > 1 {
                <Several label={page::POLICY_SITES} options={form.options(PartKind::Site)} none={page::ALL_SITES}
                    chosen={policy.sites.iter().map(|id| id.to_string().into()).collect::<Vec<AttrValue>>()}
                    changed={edit.choice(move |exit: &mut Exit, sites: Vec<String>| {
                        if let Some(policy) = of(exit, way).get_mut(index) {
                            policy.sites = sites.into_iter().map(Into::into).collect();
                        }
                    })} />
            }
            <button type="button" class="small card-remove" onclick={edit.button(move |exit: &mut Exit| {
                let list = of(exit, way);
                if index < list.len() { list.remove(index); }
            })}>{ page::remove(&name) }</button>
        </li>
    }
}

fn shown(value: Option<u32>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
