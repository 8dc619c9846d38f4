//! Lists taken from the plan's sources.

use super::edit::Edit;
use super::fields::{Choice, TextField};
use super::shared::Form;
use crate::desk::parts;
use crate::plan::{PartKind, Reference};
use crate::report::words::page;
use crate::ui::icons::{Icon, icon};
use yew::{Html, html};

/// The references of a part, with the buttons to add and remove them.
pub fn references<T: 'static>(
    form: &Form,
    label: &'static str,
    list: &[Reference],
    edit: &Edit<T>,
    of: fn(&mut T) -> &mut Vec<Reference>,
) -> Html {
    if form.plan().sources.is_empty() && list.is_empty() {
        return Html::default();
    }
    let one = |(index, reference): (usize, &Reference)| {
        let name = parts::name_of(form.plan(), PartKind::Source, &reference.source);
        html! {
            <li class="row" key={index}>
                <Choice label={page::SOURCE} value={reference.source.to_string()} options={form.options(PartKind::Source)}
                    chosen={edit.choice(move |part: &mut T, source: String| {
                        if let Some(reference) = of(part).get_mut(index) { reference.source = source.into(); }
                    })} />
                <TextField label={page::SETS} value={reference.sets.join(", ")} placeholder={page::ALL_OF_IT}
                    typed={edit.text(format!("sets/{index}"), move |part: &mut T, text: String| {
                        if let Some(reference) = of(part).get_mut(index) { reference.sets = sets(&text); }
                    })} />
                <button type="button" class="icon-button" aria-label={page::remove(&name)}
                    onclick={edit.button(move |part: &mut T| {
                        let list = of(part);
                        if index < list.len() { list.remove(index); }
                    })}>{ icon(Icon::Cross) }</button>
            </li>
        }
    };
    let first = form.plan().sources.first().map(|source| source.id.clone()).unwrap_or_default();
    html! {
        <fieldset class="group">
            <legend>{ label }</legend>
            <ul class="rows">{ for list.iter().enumerate().map(one) }</ul>
            <button type="button" class="add" onclick={edit.button(move |part: &mut T| {
                of(part).push(Reference { source: first.clone(), sets: Vec::new() });
            })}>{ icon(Icon::Plus) }{ page::ADD_REFERENCE }</button>
        </fieldset>
    }
}

/// Names of sets, as typed: commas between.
pub fn sets(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}
