//! An exit: what it is, where it is at home, what it crosses, its policies and how its failure is noticed.

use super::edit::{Edit, NEW};
use super::fields::{CheckedField, Choice, TextField, Tick};
use super::policy;
use super::shared::Form;
use crate::desk::{parse, parts};
use crate::plan::{Bfd, Crossing, Exit, ExpressRouteLink, Id, InternetLink, Link, PartKind, PeeringKind, Side};
use crate::report::words::{self, page};
use crate::ui::icons::{Icon, icon};
use yew::{AttrValue, Html, html};

/// The class that gives an exit its path's colour.
pub fn accent(exit: &Exit) -> &'static str {
    match exit.link {
        Link::Internet(_) => "path-internet",
        Link::ExpressRoute(_) => "path-express",
    }
}

/// A few words on an exit.
pub fn summary(form: &Form, exit: &Exit) -> (String, Option<&'static str>) {
    let mut says = Vec::new();
    match &exit.link {
        Link::Internet(link) => says.extend(link.bandwidth.map(|rate| format!("{rate} {}", page::MBPS))),
        Link::ExpressRoute(link) => says.push(page::peering_short(link.peering, link.side)),
    }
    if form.plan().sites.len() > 1 {
        says.push(parts::name_of(form.plan(), PartKind::Site, &exit.site));
    }
    (says.join(", "), Some(accent(exit)))
}

/// The fields of an exit.
pub fn fields(form: &Form, exit: &Exit) -> Html {
    let edit = Edit::new(&form.act, "exit", parts::exit, &exit.id);
    let kinds = vec![("internet".into(), page::INTERNET.into()), ("express".into(), page::EXPRESS_ROUTE.into())];
    let kind = match exit.link {
        Link::Internet(_) => "internet",
        Link::ExpressRoute(_) => "express",
    };
    let first_circuit = form.plan().circuits.first().map(|circuit| circuit.id.clone()).unwrap_or_default();
    let change_kind = edit.choice(move |exit: &mut Exit, kind: String| {
        exit.link = match kind.as_str() {
            "express" => {
                Link::ExpressRoute(ExpressRouteLink { circuit: first_circuit.clone(), ..Default::default() })
            }
            _ => Link::Internet(InternetLink::default()),
        };
    });
    html! {
        <>
            <div class="fields">
                <Choice label={page::KIND} value={kind} options={kinds} chosen={change_kind} />
                <Choice label={page::HOME_SITE} value={exit.site.to_string()} options={form.options_new(PartKind::Site)}
                    chosen={edit.part(form, PartKind::Site, |exit: &mut Exit, site: String| exit.site = site.into())} />
                { link(form, exit, &edit) }
                <CheckedField label={page::LOCAL_PREFERENCE} placeholder="100"
                    value={exit.local_preference.map(|value| value.to_string()).unwrap_or_default()}
                    typed={edit.optional("preference", parse::number, |exit: &mut Exit, value| exit.local_preference = value)} />
            </div>
            { path(form, exit, &edit) }
            { policy::policies(form, exit, &edit, policy::Way::In) }
            { policy::policies(form, exit, &edit, policy::Way::Out) }
            { detection(exit, &edit) }
        </>
    }
}

fn link(form: &Form, exit: &Exit, edit: &Edit<Exit>) -> Html {
    match &exit.link {
        Link::Internet(link) => html! {
            <>
                <CheckedField label={page::PROVIDER_ASN} placeholder={page::ANY_NUMBER}
                    value={link.provider_asn.map(|asn| asn.to_string()).unwrap_or_default()}
                    typed={edit.optional("asn", parse::asn, |exit: &mut Exit, asn| {
                        if let Link::Internet(link) = &mut exit.link { link.provider_asn = asn; }
                    })} />
                <CheckedField label={page::BANDWIDTH} unit={page::MBPS}
                    value={link.bandwidth.map(|rate| rate.to_string()).unwrap_or_default()}
                    typed={edit.optional("bandwidth", parse::rate, |exit: &mut Exit, rate| {
                        if let Link::Internet(link) = &mut exit.link { link.bandwidth = rate; }
                    })} />
            </>
        },
        Link::ExpressRoute(link) => {
            let peerings = [PeeringKind::Microsoft, PeeringKind::LegacyPublic, PeeringKind::Private];
            let peerings = peerings
                .iter()
                .map(|kind| {
                    (
                        page::peering_value(*kind).into(),
                        super::shared::capital(words::lists::peering(*kind)).into(),
                    )
                })
                .collect::<Vec<(AttrValue, AttrValue)>>();
            let sides: Vec<(AttrValue, AttrValue)> =
                vec![("primary".into(), page::PRIMARY.into()), ("secondary".into(), page::SECONDARY.into())];
            html! {
                <>
                    <Choice label={page::CIRCUIT} value={link.circuit.to_string()} options={form.options_new(PartKind::Circuit)}
                        chosen={edit.part(form, PartKind::Circuit, |exit: &mut Exit, id: String| {
                            if let Link::ExpressRoute(link) = &mut exit.link { link.circuit = id.into(); }
                        })} />
                    <Choice label={page::PEERING} value={page::peering_value(link.peering)} options={peerings}
                        chosen={edit.choice(|exit: &mut Exit, kind: String| {
                            if let Link::ExpressRoute(link) = &mut exit.link { link.peering = page::peering_of(&kind); }
                        })} />
                    <Choice label={page::LINK} value={if link.side == Side::Primary { "primary" } else { "secondary" }}
                        options={sides}
                        chosen={edit.choice(|exit: &mut Exit, side: String| {
                            if let Link::ExpressRoute(link) = &mut exit.link {
                                link.side = if side == "primary" { Side::Primary } else { Side::Secondary };
                            }
                        })} />
                </>
            }
        }
    }
}

/// The devices it crosses, inside first.
fn path(form: &Form, exit: &Exit, edit: &Edit<Exit>) -> Html {
    let count = exit.path.len();
    let row = |(index, crossing): (usize, &Crossing)| {
        let name = parts::name_of(form.plan(), PartKind::Device, &crossing.device);
        html! {
            <li class="row" key={index}>
                <span class="row-number" aria-hidden="true">{ (index + 1).to_string() }</span>
                <Choice label={page::DEVICE} name={page::crossing_device(index)} value={crossing.device.to_string()}
                    options={form.options_new(PartKind::Device)}
                    chosen={edit.part(form, PartKind::Device, move |exit: &mut Exit, device: String| {
                        if let Some(crossing) = exit.path.get_mut(index) { crossing.device = device.into(); }
                    })} />
                <TextField label={page::ZONE} name={page::crossing_zone(index)} value={crossing.zone.clone()}
                    placeholder={page::ZONE_HINT}
                    typed={edit.text(format!("zone/{index}"), move |exit: &mut Exit, zone| {
                        if let Some(crossing) = exit.path.get_mut(index) { crossing.zone = zone; }
                    })} />
                <button type="button" class="icon-button" aria-label={page::move_up(&name)} disabled={index == 0}
                    onclick={edit.button(move |exit: &mut Exit| parts::shift_in(&mut exit.path, index, -1))}>{ icon(Icon::Up) }</button>
                <button type="button" class="icon-button" aria-label={page::move_down(&name)} disabled={index + 1 == count}
                    onclick={edit.button(move |exit: &mut Exit| parts::shift_in(&mut exit.path, index, 1))}>{ icon(Icon::Down) }</button>
                <button type="button" class="icon-button" aria-label={page::remove(&name)}
                    onclick={edit.button(move |exit: &mut Exit| { if index < exit.path.len() { exit.path.remove(index); } })}>
                    { icon(Icon::Cross) }</button>
            </li>
        }
    };
    let next = form
        .plan()
        .devices
        .iter()
        .map(|device| device.id.clone())
        .find(|id| exit.path.iter().all(|crossing| crossing.device != *id));
    let push = |exit: &mut Exit, device: Id| exit.path.push(Crossing { device, zone: String::new() });
    let add = match next {
        Some(next) => edit.button(move |exit: &mut Exit| push(exit, next.clone())),
        // There is none left to cross: a new one.
        None => edit
            .part(form, PartKind::Device, move |exit: &mut Exit, id: String| push(exit, id.into()))
            .reform(|_| NEW.to_owned()),
    };
    html! {
        <fieldset class="group">
            <legend>{ page::PATH }</legend>
            if count == 0 {
                <p class="quiet">{ page::NO_PATH }</p>
            }
            <ol class="rows">{ for exit.path.iter().enumerate().map(row) }</ol>
            <button type="button" class="add" onclick={add}>{ icon(Icon::Plus) }{ page::ADD_CROSSING }</button>
        </fieldset>
    }
}

fn detection(exit: &Exit, edit: &Edit<Exit>) -> Html {
    let detection = &exit.detection;
    html! {
        <fieldset class="group">
            <legend>{ page::DETECTION }</legend>
            <div class="fields">
                <CheckedField label={page::HOLD_TIME} unit={page::SECONDS} placeholder="180"
                    value={detection.hold_time_seconds.to_string()}
                    typed={edit.optional("hold", parse::number, |exit: &mut Exit, value: Option<u32>| {
                        exit.detection.hold_time_seconds = value.unwrap_or(180);
                    })} />
                <Tick label={page::BFD} checked={detection.bfd.is_some()}
                    toggled={edit.choice(|exit: &mut Exit, on: bool| exit.detection.bfd = on.then(Bfd::default))} />
                if let Some(bfd) = &detection.bfd {
                    <CheckedField label={page::BFD_INTERVAL} unit={page::MILLISECONDS} value={bfd.interval_milliseconds.to_string()}
                        typed={edit.optional("interval", parse::number, |exit: &mut Exit, value: Option<u32>| {
                            if let Some(bfd) = &mut exit.detection.bfd { bfd.interval_milliseconds = value.unwrap_or(300); }
                        })} />
                    <CheckedField label={page::BFD_MULTIPLIER} value={bfd.multiplier.to_string()}
                        typed={edit.optional("multiplier", parse::number, |exit: &mut Exit, value: Option<u32>| {
                            if let Some(bfd) = &mut exit.detection.bfd { bfd.multiplier = value.unwrap_or(3); }
                        })} />
                }
            </div>
        </fieldset>
    }
}
