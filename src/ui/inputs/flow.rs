//! A flow: a row of the catalogue.

use super::edit::Edit;
use super::fields::{CheckedField, Choice, TextField};
use super::shared::Form;
use crate::desk::{parse, parts};
use crate::plan::{Ends, Flow, Inbound, ListId, Outbound, PartKind};
use crate::report::words::page;
use yew::{AttrValue, Html, html};

/// A few words on a flow.
pub fn summary(form: &Form, flow: &Flow) -> String {
    let name = |kind, id| parts::name_of(form.plan(), kind, id);
    match &flow.ends {
        Ends::Outbound(ends) => page::flow_out(
            &name(PartKind::Site, &ends.site),
            ends.service.as_ref().map(|id| name(PartKind::Service, id)).as_deref(),
        ),
        Ends::Inbound(ends) => page::flow_in(
            &name(PartKind::Published, &ends.published),
            ends.from.as_ref().map(|id| name(PartKind::Service, id)).as_deref(),
        ),
    }
}

/// The fields of a flow.
pub fn fields(form: &Form, flow: &Flow) -> Html {
    let edit = Edit::new(&form.act, "flow", parts::flow, &flow.id);
    let ways: Vec<(AttrValue, AttrValue)> =
        vec![("out".into(), page::OUTBOUND.into()), ("in".into(), page::INBOUND.into())];
    let way = if matches!(flow.ends, Ends::Outbound(_)) { "out" } else { "in" };
    let site = form.plan().sites.first().map(|site| site.id.clone()).unwrap_or_default();
    let published = form.plan().published.first().map(|published| published.id.clone()).unwrap_or_default();
    let turn = edit.choice(move |flow: &mut Flow, way: String| {
        flow.ends = match way.as_str() {
            "in" => Ends::Inbound(Inbound { published: published.clone(), from: None }),
            _ => Ends::Outbound(Outbound { site: site.clone(), ..Outbound::default() }),
        };
    });
    let rate = |rate: Option<crate::plan::Mbps>| rate.map(|rate| rate.to_string()).unwrap_or_default();
    html! {
        <>
            <div class="fields">
                <Choice label={page::WHO_BEGINS} value={way} options={ways} chosen={turn} />
                { ends(form, flow, &edit) }
            </div>
            if matches!(flow.ends, Ends::Outbound(_)) {
                { form.list(ListId::FlowSources(flow.id.clone()), page::FLOW_SOURCES, page::FLOW_SOURCES_HINT) }
            }
            <div class="fields">
                <TextField label={page::PORTS} value={flow.ports.clone()} placeholder="tcp 443"
                    typed={edit.text("ports", |flow: &mut Flow, ports| flow.ports = ports)} />
                <CheckedField label={page::MBPS_OUT} unit={page::MBPS} value={rate(flow.mbps_out)}
                    typed={edit.optional("out", parse::rate, |flow: &mut Flow, rate| flow.mbps_out = rate)} />
                <CheckedField label={page::MBPS_IN} unit={page::MBPS} value={rate(flow.mbps_in)}
                    typed={edit.optional("in", parse::rate, |flow: &mut Flow, rate| flow.mbps_in = rate)} />
                <CheckedField label={page::SESSIONS} value={flow.sessions.map(|number| number.to_string()).unwrap_or_default()}
                    typed={edit.optional("sessions", parse::big_number, |flow: &mut Flow, number| flow.sessions = number)} />
            </div>
        </>
    }
}

fn ends(form: &Form, flow: &Flow, edit: &Edit<Flow>) -> Html {
    match &flow.ends {
        Ends::Outbound(ends) => html! {
            <>
                <Choice label={page::FROM_SITE} value={ends.site.to_string()} options={form.options_new(PartKind::Site)}
                    chosen={edit.part(form, PartKind::Site, |flow: &mut Flow, site: String| {
                        if let Ends::Outbound(ends) = &mut flow.ends { ends.site = site.into(); }
                    })} />
                <Choice label={page::TO_SERVICE} wide=true value={ends.service.as_ref().map(ToString::to_string).unwrap_or_default()}
                    options={form.options_or(PartKind::Service, page::EVERYWHERE)}
                    chosen={edit.part(form, PartKind::Service, |flow: &mut Flow, service: String| {
                        if let Ends::Outbound(ends) = &mut flow.ends {
                            ends.service = (!service.is_empty()).then(|| service.into());
                        }
                    })} />
            </>
        },
        Ends::Inbound(ends) => html! {
            <>
                <Choice label={page::TO_PUBLISHED} value={ends.published.to_string()} options={form.options_new(PartKind::Published)}
                    chosen={edit.part(form, PartKind::Published, |flow: &mut Flow, published: String| {
                        if let Ends::Inbound(ends) = &mut flow.ends { ends.published = published.into(); }
                    })} />
                <Choice label={page::FROM_SERVICE} wide=true value={ends.from.as_ref().map(ToString::to_string).unwrap_or_default()}
                    options={form.options_or(PartKind::Service, page::EVERYWHERE)}
                    chosen={edit.part(form, PartKind::Service, |flow: &mut Flow, service: String| {
                        if let Ends::Inbound(ends) = &mut flow.ends {
                            ends.from = (!service.is_empty()).then(|| service.into());
                        }
                    })} />
            </>
        },
    }
}
