//! A site: its inside prefixes, and what it costs to reach exits at other sites.

use super::edit::Edit;
use super::fields::CheckedField;
use super::shared::Form;
use crate::desk::{parse, parts};
use crate::plan::{Exit, ListId, PartKind, Site};
use crate::report::words::page;
use yew::{Html, html};

/// The fields of a site.
pub fn fields(form: &Form, site: &Site) -> Html {
    let edit = Edit::new(&form.act, "site", parts::site, &site.id);
    let cost = |exit: &Exit| {
        let id = exit.id.clone();
        let home = exit.site == site.id;
        html! {
            <CheckedField key={exit.id.to_string()} label={parts::name_of(form.plan(), PartKind::Exit, &exit.id)}
                placeholder={if home { page::COST_HOME } else { page::COST_UNSEEN }}
                value={site.costs.get(&exit.id).map(ToString::to_string).unwrap_or_default()}
                typed={edit.optional(format!("cost/{}", exit.id), parse::number, move |site: &mut Site, cost| {
                    match cost {
                        Some(cost) => site.costs.insert(id.clone(), cost),
                        None => site.costs.remove(&id),
                    };
                })} />
        }
    };
    html! {
        <>
            { form.list(ListId::Inside(site.id.clone()), page::INSIDE, page::INSIDE_HINT) }
            if !form.plan().exits.is_empty() {
                <fieldset class="group">
                    <legend>{ page::COSTS }</legend>
                    <div class="fields">{ for form.plan().exits.iter().map(cost) }</div>
                </fieldset>
            }
        </>
    }
}
