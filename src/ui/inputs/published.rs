//! A published service: where it stands, its addresses, and the ways in.

use super::edit::Edit;
use super::fields::{Choice, TextField};
use super::shared::Form;
use crate::desk::parts;
use crate::plan::{Entry, ListId, PartKind, PublishedService};
use crate::report::words::page;
use crate::ui::icons::{Icon, icon};
use yew::{AttrValue, Html, html};

/// The fields of a published service.
pub fn fields(form: &Form, published: &PublishedService) -> Html {
    let edit = Edit::new(&form.act, "published", parts::published, &published.id);
    let mut roles: Vec<(AttrValue, AttrValue)> = vec![("".into(), page::NOT_SAID.into())];
    roles.extend(page::ROLES.iter().map(|(_, value, label)| ((*value).into(), (*label).into())));
    let role =
        page::ROLES.iter().find(|(role, _, _)| Some(*role) == published.role).map_or("", |(_, value, _)| value);
    html! {
        <>
            <div class="fields">
                <Choice label={page::SITE} value={published.site.to_string()} options={form.options_new(PartKind::Site)}
                    chosen={edit.part(form, PartKind::Site, |published: &mut PublishedService, site: String| published.site = site.into())} />
                <Choice label={page::ROLE} value={role} options={roles}
                    chosen={edit.choice(|published: &mut PublishedService, value: String| {
                        published.role = page::ROLES.iter().find(|(_, name, _)| *name == value).map(|(role, _, _)| *role);
                    })} />
                <TextField label={page::PORTS} value={published.ports.clone()} placeholder="tcp 25"
                    typed={edit.text("ports", |published: &mut PublishedService, ports| published.ports = ports)} />
            </div>
            { form.list(ListId::Published(published.id.clone()), page::PUBLISHED_ADDRESSES, page::ADDRESSES_HINT) }
            { form.list(ListId::PublishedInside(published.id.clone()), page::INSIDE_ADDRESSES, page::ADDRESSES_HINT) }
            { entries(form, published, &edit) }
        </>
    }
}

fn entries(form: &Form, published: &PublishedService, edit: &Edit<PublishedService>) -> Html {
    let one = |(index, entry): (usize, &Entry)| {
        html! {
            <li class="rule" key={index}>
                <div class="fields">
                    <Choice label={page::ENTRY_EXIT} value={entry.exit.to_string()} options={form.options_new(PartKind::Exit)}
                        chosen={edit.part(form, PartKind::Exit, move |published: &mut PublishedService, exit: String| {
                            if let Some(entry) = published.entries.get_mut(index) { entry.exit = exit.into(); }
                        })} />
                    <Choice label={page::ENTRY_DEVICE} value={entry.device.to_string()} options={form.options_new(PartKind::Device)}
                        chosen={edit.part(form, PartKind::Device, move |published: &mut PublishedService, device: String| {
                            if let Some(entry) = published.entries.get_mut(index) { entry.device = device.into(); }
                        })} />
                    <Choice label={page::ENTRY_POOL} value={entry.source_pool.as_ref().map(ToString::to_string).unwrap_or_default()}
                        options={form.options_or(PartKind::Pool, page::NOT_TRANSLATED)}
                        chosen={edit.part(form, PartKind::Pool, move |published: &mut PublishedService, pool: String| {
                            if let Some(entry) = published.entries.get_mut(index) {
                                entry.source_pool = (!pool.is_empty()).then(|| pool.into());
                            }
                        })} />
                    <button type="button" class="small" onclick={edit.button(move |published: &mut PublishedService| {
                        if index < published.entries.len() { published.entries.remove(index); }
                    })}>{ page::remove_entry(index) }</button>
                </div>
            </li>
        }
    };
    let exit = form.plan().exits.first();
    let first = Entry {
        exit: exit.map(|exit| exit.id.clone()).unwrap_or_default(),
        device: exit
            .and_then(|exit| exit.path.first())
            .map(|crossing| crossing.device.clone())
            .unwrap_or_default(),
        source_pool: None,
    };
    html! {
        <fieldset class="group">
            <legend>{ page::ENTRIES }</legend>
            if published.entries.is_empty() {
                <p class="quiet">{ page::NO_ENTRIES }</p>
            }
            <ol class="rules">{ for published.entries.iter().enumerate().map(one) }</ol>
            <button type="button" class="add" onclick={edit.button(move |published: &mut PublishedService| {
                published.entries.push(first.clone());
            })}>{ icon(Icon::Plus) }{ page::ADD_ENTRY }</button>
        </fieldset>
    }
}
