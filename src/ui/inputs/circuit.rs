//! A circuit and its peerings.

use super::edit::Edit;
use super::fields::{CheckedField, Choice, TextField, Tick};
use super::shared::{Form, capital};
use crate::desk::{parse, parts};
use crate::plan::{Circuit, ListId, Peering, PeeringKind, ReturnModel, Sku};
use crate::report::words::{self, page};
use crate::ui::icons::{Icon, icon};
use yew::{AttrValue, Html, html};

const KINDS: [PeeringKind; 3] = [PeeringKind::Microsoft, PeeringKind::LegacyPublic, PeeringKind::Private];

/// A few words on a circuit.
pub fn summary(circuit: &Circuit) -> String {
    let kinds: Vec<&str> = circuit.peerings.iter().map(|peering| words::lists::peering(peering.kind)).collect();
    format!(
        "{}; {}",
        page::sku(circuit.sku),
        if kinds.is_empty() { page::NO_PEERING.into() } else { kinds.join(", ") }
    )
}

/// The fields of a circuit.
pub fn fields(form: &Form, circuit: &Circuit) -> Html {
    let edit = Edit::new(&form.act, "circuit", parts::circuit, &circuit.id);
    let skus = [Sku::Local, Sku::Standard, Sku::Premium];
    let skus: Vec<(AttrValue, AttrValue)> =
        skus.iter().map(|sku| (page::sku(*sku).into(), page::sku(*sku).into())).collect();
    let free = KINDS.into_iter().find(|kind| circuit.peering(*kind).is_none());
    html! {
        <>
            <div class="fields">
                <Choice label={page::SKU} value={page::sku(circuit.sku)} options={skus}
                    chosen={edit.choice(|circuit: &mut Circuit, sku: String| circuit.sku = page::sku_of(&sku))} />
                <CheckedField label={page::BANDWIDTH} unit={page::MBPS}
                    value={circuit.bandwidth.map(|rate| rate.to_string()).unwrap_or_default()}
                    typed={edit.optional("bandwidth", parse::rate, |circuit: &mut Circuit, rate| circuit.bandwidth = rate)} />
                <TextField label={page::LOCATION} value={circuit.location.clone()} placeholder="Chicago"
                    typed={edit.text("location", |circuit: &mut Circuit, text| circuit.location = text)} />
                <CheckedField label={page::LOCAL_REGIONS} number=false placeholder="7, 9"
                    value={parse::Regions(circuit.local_regions.clone()).to_string()}
                    typed={edit.optional("regions", parse::regions, |circuit: &mut Circuit, value: Option<parse::Regions>| {
                        circuit.local_regions = value.unwrap_or_default().0;
                    })} />
            </div>
            <Tick label={page::MICROSOFT_365} checked={circuit.microsoft_365_authorised}
                toggled={edit.choice(|circuit: &mut Circuit, on: bool| circuit.microsoft_365_authorised = on)} />
            { for circuit.peerings.iter().enumerate().map(|(index, one)| peering(form, circuit, &edit, index, one)) }
            if let Some(kind) = free {
                <button type="button" class="add" onclick={edit.button(move |circuit: &mut Circuit| {
                    let return_model =
                        if kind == PeeringKind::LegacyPublic { ReturnModel::Sticky } else { ReturnModel::LongestPrefix };
                    circuit.peerings.push(Peering { kind, return_model, ..Peering::default() });
                })}>{ icon(Icon::Plus) }{ page::ADD_PEERING }</button>
            }
        </>
    }
}

fn peering(form: &Form, circuit: &Circuit, edit: &Edit<Circuit>, index: usize, peering: &Peering) -> Html {
    let title = capital(words::lists::peering(peering.kind));
    let kinds: Vec<(AttrValue, AttrValue)> = KINDS
        .into_iter()
        .filter(|kind| *kind == peering.kind || circuit.peering(*kind).is_none())
        .map(|kind| (page::peering_value(kind).into(), capital(words::lists::peering(kind)).into()))
        .collect();
    let models: Vec<(AttrValue, AttrValue)> =
        vec![("longest".into(), page::RETURN_LONGEST.into()), ("sticky".into(), page::RETURN_STICKY.into())];
    let (id, kind) = (circuit.id.clone(), peering.kind);
    html! {
        <fieldset class="group" key={index}>
            <legend>{ &title }</legend>
            <div class="fields">
                <Choice label={page::KIND} value={page::peering_value(kind)} options={kinds}
                    chosen={edit.choice(move |circuit: &mut Circuit, kind: String| {
                        if let Some(peering) = circuit.peerings.get_mut(index) { peering.kind = page::peering_of(&kind); }
                    })} />
                <Choice label={page::RETURN_MODEL}
                    value={if peering.return_model == ReturnModel::Sticky { "sticky" } else { "longest" }} options={models}
                    chosen={edit.choice(move |circuit: &mut Circuit, model: String| {
                        if let Some(peering) = circuit.peerings.get_mut(index) {
                            peering.return_model =
                                if model == "sticky" { ReturnModel::Sticky } else { ReturnModel::LongestPrefix };
                        }
                    })} />
                <CheckedField label={page::CUSTOMER_ASN} value={peering.customer_asn.map(|asn| asn.to_string()).unwrap_or_default()}
                    typed={edit.optional(format!("asn/{index}"), parse::asn, move |circuit: &mut Circuit, asn| {
                        if let Some(peering) = circuit.peerings.get_mut(index) { peering.customer_asn = asn; }
                    })} />
            </div>
            if kind == PeeringKind::Microsoft {
                { form.list(ListId::Admitted(id.clone(), kind), page::ADMITTED, page::ADMITTED_HINT) }
                <Tick label={page::ROUTE_FILTER} checked={peering.route_filter.is_some()}
                    toggled={edit.choice(move |circuit: &mut Circuit, on: bool| {
                        if let Some(peering) = circuit.peerings.get_mut(index) { peering.route_filter = on.then(Vec::new); }
                    })} />
                if let Some(filter) = &peering.route_filter {
                    <div class="fields">
                        <CheckedField label={page::FILTER_COMMUNITIES} wide=true number=false placeholder={page::COMMUNITIES_HINT}
                            value={parse::Communities(filter.clone()).to_string()}
                            typed={edit.optional(format!("filter/{index}"), parse::communities, move |circuit: &mut Circuit, value: Option<parse::Communities>| {
                                if let Some(peering) = circuit.peerings.get_mut(index) {
                                    peering.route_filter = Some(value.unwrap_or_default().0);
                                }
                            })} />
                    </div>
                } else {
                    <p class="quiet">{ page::NO_FILTER }</p>
                }
            }
            { form.list(ListId::PrimarySubnets(id.clone(), kind), page::PRIMARY_SUBNETS, page::SUBNETS_HINT) }
            { form.list(ListId::SecondarySubnets(id, kind), page::SECONDARY_SUBNETS, page::SUBNETS_HINT) }
            <button type="button" class="small" onclick={edit.button(move |circuit: &mut Circuit| {
                if index < circuit.peerings.len() { circuit.peerings.remove(index); }
            })}>{ page::remove(&title) }</button>
        </fieldset>
    }
}
