//! `twopath.catalogue`.

use super::{Head, NamesForm, PlanHead, ScenarioForm, line};
use crate::journey::{Admitted, Direction, Facts, Kept, Part, Verdict};
use crate::plan::Id;
use crate::report::answers::Catalogued;
use crate::report::catalogue::{Column, Line, Lines};
use crate::report::words::{answer, catalogue as told, verdicts};
use serde::Serialize;

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    plan: PlanHead<'a>,
    scenario: ScenarioForm<'a>,
    flows: Vec<FlowForm<'a>>,
    names: NamesForm<'a>,
}

#[derive(Serialize)]
struct FlowForm<'a> {
    flow: &'a Id,
    name: &'a str,
    direction: Direction,
    site: &'a Id,
    #[serde(skip_serializing_if = "String::is_empty")]
    group: String,
    service: String,
    source: String,
    destination: String,
    ports: String,
    mbps_out: String,
    mbps_in: String,
    verdict: Option<Verdict>,
    title: &'static str,
    parts: Vec<PartForm<'a>>,
}

#[derive(Serialize)]
struct PartForm<'a> {
    #[serde(flatten)]
    part: &'a Part,
    title: &'static str,
    devices: Vec<&'a Id>,
    admitted: Admitted,
    kept: Vec<KeptForm>,
}

#[derive(Serialize)]
struct KeptForm {
    kept: Kept,
    title: &'static str,
    sentence: &'static str,
}

/// The catalogue as JSON on one line.
pub fn catalogue(answer: &Catalogued) -> String {
    let mut lines = Lines::new(answer.plan, answer.names, answer.group);
    let mut flows = Vec::with_capacity(answer.rows.len());
    for (row, facts) in &answer.rows {
        let first = lines.of(row, facts).into_iter().next();
        let cell =
            |column: Column| first.as_ref().map_or(String::new(), |line: &Line| line.cell(column).to_owned());
        flows.push(FlowForm {
            flow: &row.flow,
            name: answer.names.flow(&row.flow),
            direction: row.direction,
            site: &row.site,
            group: first.as_ref().map_or(String::new(), |line| line.group.clone()),
            service: cell(Column::Service),
            source: cell(Column::Source),
            destination: cell(Column::Destination),
            ports: cell(Column::Ports),
            mbps_out: cell(Column::MbpsOut),
            mbps_in: cell(Column::MbpsIn),
            verdict: row.verdict,
            title: row.verdict.map_or(answer::NO_ADDRESSES, verdicts::title),
            parts: row.parts.iter().enumerate().map(|(at, part)| part_form(answer, part, facts.get(at))).collect(),
        });
    }
    line(&Form {
        head: Head::of("twopath.catalogue"),
        plan: PlanHead { name: &answer.plan.name },
        scenario: ScenarioForm::of(answer.scenario, answer.names),
        flows,
        names: NamesForm::of(answer.plan, answer.names),
    })
}

fn part_form<'a>(answer: &Catalogued<'a>, part: &'a Part, facts: Option<&Facts>) -> PartForm<'a> {
    let kept = facts.map(|facts| facts.kept.as_slice()).unwrap_or_default();
    let form =
        |kept: &Kept| KeptForm { kept: *kept, title: told::kept(*kept), sentence: told::kept_sentence(*kept) };
    PartForm {
        part,
        title: verdicts::title(part.verdict),
        devices: crate::journey::devices_crossed(answer.plan, &part.out, &part.back),
        admitted: facts.map(|facts| facts.admitted).unwrap_or_default(),
        kept: kept.iter().map(form).collect(),
    }
}
