//! `twopath.failures`.

use super::{CitationForm, Head, NamesForm, PlanHead, ScenarioForm, line};
use crate::report::answers::Failed;
use crate::report::words::{Names, failures as told};
use crate::study::failures::{Column, Detail, Failure, FailureSum, FlowSum, Kind, Notice, Outcome, View};
use serde::Serialize;

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    plan: PlanHead<'a>,
    scenario: ScenarioForm<'a>,
    sentence: String,
    all_work: bool,
    left_out: Vec<KindForm>,
    failures: Vec<FailureForm<'a>>,
    flows: Vec<FlowForm<'a>>,
    names: NamesForm<'a>,
}

#[derive(Serialize)]
struct KindForm {
    kind: Kind,
    title: &'static str,
    failures: u32,
}

#[derive(Serialize)]
struct FailureForm<'a> {
    failure: Failure,
    kind: Kind,
    title: String,
    scenario: crate::routing::Scenario,
    #[serde(flatten)]
    sum: FailureSum,
    /// The flows to which it does something, in the plan's order.
    changes: Vec<ChangeForm<'a>>,
}

#[derive(Serialize)]
struct ChangeForm<'a> {
    name: &'a str,
    sentence: String,
    #[serde(flatten)]
    detail: Detail,
    citations: Vec<CitationForm>,
}

#[derive(Serialize)]
struct FlowForm<'a> {
    name: &'a str,
    #[serde(flatten)]
    sum: FlowSum,
}

/// The failures as JSON on one line.
pub fn failures(answer: &Failed) -> String {
    let names = answer.names;
    let mut columns: Vec<Column> = Vec::new();
    loop {
        let from_failure = columns.len() as u32;
        let window = answer.failures.window(View { from_failure, flows: 1, ..answer.view() });
        let done = window.columns.is_empty();
        columns.extend(window.columns);
        if done || columns.len() as u32 >= window.total_failures {
            break;
        }
    }
    let head = answer.failures.window(View { failures: 1, flows: 1, ..answer.view() });
    let mut flows: Vec<FlowForm> = Vec::new();
    loop {
        let from_flow = flows.len() as u32;
        let window = answer.failures.window(View { failures: 1, from_flow, ..View::default() });
        let done = window.lines.is_empty();
        for one in window.lines {
            let flow = answer.plan.flows.iter().find(|flow| flow.id == one.sum.flow);
            let name = flow.map_or("", |flow| names.flow(&flow.id));
            flows.push(FlowForm { name, sum: one.sum });
        }
        if done || flows.len() as u32 >= window.total_flows {
            break;
        }
    }
    line(&Form {
        head: Head::of("twopath.failures"),
        plan: PlanHead { name: &answer.plan.name },
        scenario: ScenarioForm::of(answer.scenario, names),
        sentence: answer.headline(),
        all_work: answer.all_work(),
        left_out: head
            .left_out
            .iter()
            .map(|(kind, failures)| KindForm { kind: *kind, title: told::kind(*kind), failures: *failures })
            .collect(),
        failures: columns.into_iter().map(|column| failure(column, answer)).collect(),
        flows,
        names: NamesForm::of(answer.plan, names),
    })
}

fn failure<'a>(column: Column, answer: &'a Failed) -> FailureForm<'a> {
    let names = answer.names;
    let changes = answer.plan.flows.iter().filter_map(|flow| {
        let detail = answer.failures.detail(&column.failure, &flow.id)?;
        let quiet = matches!(detail.outcome, Outcome::Same | Outcome::Empty)
            || detail.outcome == Outcome::Fails && detail.moves.is_empty();
        (!quiet).then(|| change(detail, names.flow(&flow.id), names))
    });
    let changes = changes.collect();
    FailureForm {
        kind: column.failure.kind(),
        title: told::failure(&column.failure, names),
        failure: column.failure,
        scenario: column.scenario,
        sum: column.sum,
        changes,
    }
}

fn change<'a>(detail: Detail, name: &'a str, names: &Names) -> ChangeForm<'a> {
    let mut cited: Vec<_> =
        [&detail.notice_out, &detail.notice_in].into_iter().filter_map(Notice::citation).collect();
    cited.dedup();
    ChangeForm {
        name,
        sentence: told::detail(&detail, names),
        citations: cited.into_iter().map(CitationForm::of).collect(),
        detail,
    }
}
