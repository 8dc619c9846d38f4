//! Learned routes and advertisements: the paste boxes of every exit, one below the other.

use super::edit::Edit;
use super::exit::accent;
use super::reference::references;
use super::shared::Form;
use crate::desk::parts;
use crate::plan::{Exit, ListId};
use crate::report::words::page;
use crate::ui::import::device::Device;
use std::rc::Rc;
use yew::{Html, classes, html};

fn title(form: &Form, exit: &Exit) -> String {
    parts::name_of(form.plan(), crate::plan::PartKind::Exit, &exit.id)
}

/// How the choices of the device that printed a list compare with ours.
fn device(form: &Form, list: ListId) -> Html {
    let shown = form.desk.list_summary(&list).and_then(|summary| summary.device.clone());
    shown.map_or_else(Html::default, |shown| {
        let key = format!("{list:?}");
        html! { <Device {key} shown={Rc::new(shown)} list={(list, form.act.clone())} /> }
    })
}

/// What the exits learn.
pub fn learned(form: &Form) -> Html {
    let one = |exit: &Exit| {
        let edit = Edit::new(&form.act, "exit", parts::exit, &exit.id);
        html! {
            <div class={classes!("path-list", accent(exit))} key={exit.id.to_string()}>
                { form.list(ListId::Learned(exit.id.clone()), title(form, exit), page::LEARNED_HINT) }
                { device(form, ListId::Learned(exit.id.clone())) }
                { references(form, page::LEARNED_FROM, &exit.learned_from, &edit, |exit| &mut exit.learned_from) }
                { for exit.learned_from.iter().map(|from| device(form, ListId::Source(from.source.clone()))) }
            </div>
        }
    };
    html! {
        <>
            if form.plan().exits.is_empty() {
                <p class="quiet section-hint">{ page::NO_EXITS }</p>
            }
            { for form.plan().exits.iter().map(one) }
        </>
    }
}

/// What the exits tell the other side.
pub fn advertised(form: &Form) -> Html {
    let one = |exit: &Exit| {
        html! {
            <div class={classes!("path-list", accent(exit))} key={exit.id.to_string()}>
                { form.list(ListId::Advertised(exit.id.clone()), title(form, exit), page::ADVERTISED_HINT) }
            </div>
        }
    };
    html! {
        <>
            if form.plan().exits.is_empty() {
                <p class="quiet section-hint">{ page::NO_EXITS }</p>
            }
            { for form.plan().exits.iter().map(one) }
        </>
    }
}
