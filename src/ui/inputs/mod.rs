//! The left column: everything in the plan, in panels.

mod circuit;
mod device;
mod edit;
mod exit;
mod fields;
mod flow;
mod gutter;
mod list_box;
mod long_list;
mod panel;
mod parts_list;
mod policy;
mod published;
mod reference;
mod routes;
mod rule;
mod service;
mod settings;
mod shared;
mod site;
mod small;
mod source;

pub use fields::{CheckedField, Choice, TextField, Tick};
pub use gutter::marked;

use super::Props;
use crate::desk::focus::Target;
use crate::desk::marks::Area;
use crate::desk::state::Lines;
use crate::plan::{ListId, PartKind};
use crate::report::words::page;
use panel::{Open, Panels, Section, Turn};
use parts_list::PartsList;
use shared::Form;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::{AttrValue, Callback, ContextProvider, Html, component, html, use_effect_with, use_reducer};

/// Windows of long lists, for their viewers.
#[derive(Clone)]
pub struct LinesOf(pub BTreeMap<ListId, Rc<Lines>>);

impl PartialEq for LinesOf {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len()
            && self.0.iter().zip(&other.0).all(|((a, x), (b, y))| a == b && Rc::ptr_eq(x, y))
    }
}

/// The name of a part's panel.
pub fn panel_name(kind: PartKind, id: &crate::plan::Id) -> AttrValue {
    format!("{kind:?}-{id}").into()
}

fn section_name(kind: PartKind) -> AttrValue {
    format!("section-{kind:?}").into()
}

/// The panels that have to be open for a target to be seen.
fn panels_of(target: &Target) -> Vec<AttrValue> {
    match target {
        Target::Assumptions => vec!["section-assumptions".into()],
        Target::List(ListId::Learned(_), _) => vec!["section-learned".into()],
        Target::List(ListId::Advertised(_), _) => vec!["section-advertised".into()],
        other => match other.part() {
            Some((kind, id)) => vec![section_name(kind), panel_name(kind, id)],
            None => Vec::new(),
        },
    }
}

/// The inputs.
#[component]
pub fn Inputs(props: &Props) -> Html {
    let panels: Panels = use_reducer(|| {
        Open(["section-learned", "section-advertised", "section-Exit"].map(AttrValue::from).into_iter().collect())
    });
    let focus = props.desk.focus.clone();
    use_effect_with(focus.as_ref().map(|focus| focus.serial), {
        let panels = panels.clone();
        move |_| {
            if let Some(focus) = &focus {
                panels.dispatch(Turn::Open(panels_of(&focus.target)));
                shared::bring_into_view(focus.target.clone());
            }
        }
    });
    let form = Form::new(props);
    let part = |kind: PartKind| {
        let marks = form.sum_of(Area::Part(kind));
        let form = form.clone();
        let body = Callback::from(move |()| html! { <PartsList kind={kind} form={form.clone()} /> });
        html! {
            <Section name={section_name(kind)} title={page::section(kind)} count={crate::desk::parts::parts(&props.desk.plan, kind).len()}
                mark={marks} {body} />
        }
    };
    let with = |render: fn(&Form) -> Html| {
        let form = form.clone();
        Callback::from(move |()| render(&form))
    };
    html! {
        <ContextProvider<Panels> context={panels}>
            <ContextProvider<LinesOf> context={LinesOf(props.desk.lines.clone())}>
                <div class="sections" key={props.desk.opening}>
                    { settings::about(&form) }
                    { part(PartKind::Exit) }
                    <Section name="section-learned" title={page::LEARNED} mark={form.sum_of(Area::Learned)}
                        body={with(routes::learned)} />
                    <Section name="section-advertised" title={page::ADVERTISED} mark={form.sum_of(Area::Advertised)}
                        body={with(routes::advertised)} />
                    { part(PartKind::Device) }
                    { part(PartKind::Pool) }
                    { part(PartKind::Service) }
                    { part(PartKind::Flow) }
                    { part(PartKind::Published) }
                    { part(PartKind::Site) }
                    { part(PartKind::Circuit) }
                    { part(PartKind::ProviderCovered) }
                    { part(PartKind::Source) }
                    <Section name="section-assumptions" title={page::ASSUMPTIONS} body={with(settings::assumptions)} />
                    <Section name="section-decision" title={page::DECISION} body={with(settings::decision)} />
                    <Section name="section-accepted" title={page::ACCEPTED}
                        count={props.desk.plan.accepted_findings.len()} body={with(settings::accepted)} />
                </div>
            </ContextProvider<LinesOf>>
        </ContextProvider<Panels>>
    }
}
