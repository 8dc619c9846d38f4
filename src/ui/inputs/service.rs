//! A service: a named set of destinations.

use super::edit::Edit;
use super::fields::{Choice, TextField, Tick};
use super::reference::references;
use super::shared::Form;
use crate::desk::parts;
use crate::plan::{ListId, Service};
use crate::report::words::page;
use yew::{AttrValue, Html, html};

/// A few words on a service.
pub fn summary(service: &Service) -> String {
    let mut words = Vec::new();
    if service.microsoft {
        words.push(page::MICROSOFT.to_owned());
    }
    if !service.ports.is_empty() {
        words.push(service.ports.clone());
    }
    words.join("; ")
}

/// The fields of a service.
pub fn fields(form: &Form, service: &Service) -> Html {
    let edit = Edit::new(&form.act, "service", parts::service, &service.id);
    let offers: Vec<(AttrValue, AttrValue)> =
        vec![("".into(), page::NOT_SAID.into()), ("yes".into(), page::YES.into()), ("no".into(), page::NO.into())];
    let offered = match service.express_route {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    };
    html! {
        <>
            { form.list(ListId::Destinations(service.id.clone()), page::DESTINATIONS, page::DESTINATIONS_HINT) }
            { references(form, page::DESTINATIONS_FROM, &service.destinations_from, &edit, |service| &mut service.destinations_from) }
            <Tick label={page::MICROSOFTS} checked={service.microsoft}
                toggled={edit.choice(|service: &mut Service, on: bool| service.microsoft = on)} />
            <div class="fields">
                <Choice label={page::OFFERED} value={offered} options={offers}
                    chosen={edit.choice(|service: &mut Service, value: String| {
                        service.express_route = match value.as_str() { "yes" => Some(true), "no" => Some(false), _ => None };
                    })} />
                <TextField label={page::PORTS} value={service.ports.clone()} placeholder="tcp 443"
                    typed={edit.text("ports", |service: &mut Service, ports| service.ports = ports)} />
            </div>
        </>
    }
}
