//! What holds for the whole plan: notes, assumptions, how routes are decided, accepted findings.

use super::edit::Edit;
use super::fields::{CheckedField, Choice, TextField, Tick};
use super::panel::Section;
use super::reference::sets;
use super::shared::Form;
use crate::desk::{Action, parse};
use crate::journey::Assumption;
use crate::plan::{AcceptedFinding, Id, PartKind, Plan, Reference};
use crate::report::words::{assumptions as says, page};
use crate::ui::dom;
use crate::ui::icons::{Icon, icon};
use yew::{AttrValue, Callback, Html, InputEvent, html};

fn whole<'a>(plan: &'a mut Plan, _: &Id) -> Option<&'a mut Plan> {
    Some(plan)
}

fn edit(form: &Form) -> Edit<Plan> {
    Edit::new(&form.act, "plan", whole, &Id::default())
}

/// What the plan is about.
pub fn about(form: &Form) -> Html {
    let form = form.clone();
    let body = Callback::from(move |()| {
        let oninput = form.act.reform(|event: InputEvent| {
            let notes = dom::value_of(&event);
            Action::typed("plan/notes", move |plan| plan.notes = notes)
        });
        let unknown = form.desk.passed_over.iter().map(|fault| {
            html! { <li class="fault fault-warning"><span class="fault-text">{ crate::report::words::plan_fault(fault) }</span></li> }
        });
        html! {
            <>
                <textarea class="notes" rows="4" aria-label={page::NOTES} placeholder={page::NOTES_HINT}
                    value={form.plan().notes.clone()} {oninput} />
                <ul class="plan-faults">{ for unknown }</ul>
            </>
        }
    });
    html! { <Section name="section-about" title={page::ABOUT} {body} /> }
}

/// The undocumented choices.
pub fn assumptions(form: &Form) -> Html {
    let one = |assumption: Assumption| {
        let options: Vec<(AttrValue, AttrValue)> = says::values(assumption)
            .iter()
            .map(|value| ((*value).into(), says::value_label(assumption, value).into()))
            .collect();
        let chosen = form
            .act
            .reform(move |value: String| Action::edit(move |plan| set_assumption(plan, assumption, &value)));
        html! {
            <div class="assumption" key={says::name(assumption)}>
                <Choice label={says::question(assumption)} wide=true
                    value={says::current(&form.plan().assumptions, assumption)} {options} {chosen} />
            </div>
        }
    };
    html! {
        <>
            <p class="quiet section-hint">{ page::ASSUMPTIONS_INTRO }</p>
            { for Assumption::ALL.into_iter().map(one) }
        </>
    }
}

/// Sets an assumption to a value by its name in the plan.
fn set_assumption(plan: &mut Plan, assumption: Assumption, value: &str) {
    let value = serde_json::Value::String(value.to_owned());
    let all = &mut plan.assumptions;
    macro_rules! put {
        ($field:ident) => {
            if let Ok(setting) = serde_json::from_value(value) {
                all.$field = setting;
            }
        };
    }
    match assumption {
        Assumption::MoreSpecificInternet => put!(more_specific_internet),
        Assumption::OutOfArea => put!(out_of_area),
        Assumption::PrependsAcross => put!(prepends_across),
        Assumption::EqualExpressRoute => put!(equal_express_route),
        Assumption::LongPrefixes => put!(long_prefixes),
        Assumption::UnsaidZones => put!(unsaid_zones),
    }
}

/// How routes are decided, and what counts as Microsoft's space.
pub fn decision(form: &Form) -> Html {
    let edit = edit(form);
    let plan = form.plan();
    let distance = |label: &'static str, field: &'static str, value: u8, set: fn(&mut Plan, u8), usual: u8| {
        html! {
            <CheckedField {label} value={value.to_string()} placeholder={usual.to_string()}
                typed={edit.optional(field, parse::distance, move |plan: &mut Plan, value: Option<u8>| {
                    set(plan, value.unwrap_or(usual));
                })} />
        }
    };
    let space = plan.microsoft_space.as_ref();
    html! {
        <>
            <Tick label={page::MULTIPATH} checked={plan.multipath}
                toggled={edit.choice(|plan: &mut Plan, on: bool| plan.multipath = on)} />
            <fieldset class="group">
                <legend>{ page::DISTANCES }</legend>
                <div class="fields">
                    { distance(page::EBGP, "ebgp", plan.distances.ebgp, |plan, value| plan.distances.ebgp = value, 20) }
                    { distance(page::IBGP, "ibgp", plan.distances.ibgp, |plan, value| plan.distances.ibgp = value, 200) }
                    { distance(page::STATIC, "static", plan.distances.static_, |plan, value| plan.distances.static_ = value, 1) }
                    { distance(page::IGP, "igp", plan.distances.igp, |plan, value| plan.distances.igp = value, 110) }
                </div>
            </fieldset>
            <fieldset class="group">
                <legend>{ page::MICROSOFT_SPACE }</legend>
                <div class="fields">
                    <Choice label={page::SOURCE} wide=true value={space.map(|space| space.source.to_string()).unwrap_or_default()}
                        options={form.options_or(PartKind::Source, page::BUILT_IN)}
                        chosen={edit.part(form, PartKind::Source, |plan: &mut Plan, source: String| {
                            plan.microsoft_space =
                                (!source.is_empty()).then(|| Reference { source: source.into(), sets: Vec::new() });
                        })} />
                    if let Some(space) = space {
                        <TextField label={page::SETS} wide=true value={space.sets.join(", ")} placeholder={page::ALL_OF_IT}
                            typed={edit.text("space/sets", |plan: &mut Plan, text: String| {
                                if let Some(space) = &mut plan.microsoft_space { space.sets = sets(&text); }
                            })} />
                    }
                </div>
            </fieldset>
        </>
    }
}

/// Findings that someone has accepted.
pub fn accepted(form: &Form) -> Html {
    let edit = edit(form);
    let one = |(index, finding): (usize, &AcceptedFinding)| {
        let about = finding.about.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        html! {
            <li class="rule" key={index}>
                <div class="fields">
                    <TextField label={page::FINDING_CODE} value={finding.code.clone()} placeholder="TP101"
                        typed={edit.text(format!("accepted/{index}/code"), move |plan: &mut Plan, code| {
                            if let Some(finding) = plan.accepted_findings.get_mut(index) { finding.code = code; }
                        })} />
                    <TextField label={page::FINDING_ABOUT} value={about}
                        typed={edit.text(format!("accepted/{index}/about"), move |plan: &mut Plan, text: String| {
                            if let Some(finding) = plan.accepted_findings.get_mut(index) {
                                finding.about = sets(&text).into_iter().map(Into::into).collect();
                            }
                        })} />
                    <TextField label={page::FINDING_REASON} wide=true value={finding.reason.clone()}
                        typed={edit.text(format!("accepted/{index}/reason"), move |plan: &mut Plan, reason| {
                            if let Some(finding) = plan.accepted_findings.get_mut(index) { finding.reason = reason; }
                        })} />
                    <button type="button" class="small" onclick={edit.button(move |plan: &mut Plan| {
                        if index < plan.accepted_findings.len() { plan.accepted_findings.remove(index); }
                    })}>{ page::remove(&finding.code) }</button>
                </div>
            </li>
        }
    };
    html! {
        <>
            if form.plan().accepted_findings.is_empty() {
                <p class="quiet section-hint">{ page::NO_ACCEPTED }</p>
            }
            <ul class="rules">{ for form.plan().accepted_findings.iter().enumerate().map(one) }</ul>
            <button type="button" class="add" onclick={edit.button(|plan: &mut Plan| {
                plan.accepted_findings.push(AcceptedFinding::default());
            })}>{ icon(Icon::Plus) }{ page::ADD_ACCEPTED }</button>
        </>
    }
}
