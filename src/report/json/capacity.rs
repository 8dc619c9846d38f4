//! `twopath.capacity`.

use super::{Head, NamesForm, PlanHead, ScenarioForm, line};
use crate::report::answers::Loaded;
use crate::report::words::{capacity as told, failures};
use crate::study::capacity::{Before, CarrierRow, FailureRow, Flows, Load, PoolRow};
use serde::Serialize;

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    plan: PlanHead<'a>,
    scenario: ScenarioForm<'a>,
    all_fit: bool,
    before: Before,
    sentence: &'static str,
    flows: &'a Flows,
    lost_before: Load,
    lost: Load,
    carriers: Vec<CarrierForm<'a>>,
    total_failures: u32,
    failures: Vec<FailureForm<'a>>,
    pools: Vec<PoolForm<'a>>,
    names: NamesForm<'a>,
}

#[derive(Serialize)]
struct CarrierForm<'a> {
    name: String,
    #[serde(flatten)]
    row: &'a CarrierRow,
}

#[derive(Serialize)]
struct FailureForm<'a> {
    title: String,
    #[serde(flatten)]
    row: &'a FailureRow,
}

#[derive(Serialize)]
struct PoolForm<'a> {
    name: &'a str,
    #[serde(flatten)]
    row: &'a PoolRow,
}

/// The capacity as JSON on one line.
pub fn capacity(answer: &Loaded) -> String {
    let (names, window) = (answer.names, &answer.window);
    line(&Form {
        head: Head::of("twopath.capacity"),
        plan: PlanHead { name: &answer.plan.name },
        scenario: ScenarioForm::of(answer.scenario, names),
        all_fit: answer.all_fit(),
        before: window.before,
        sentence: told::before(window.before),
        flows: &window.flows,
        lost_before: window.lost_before,
        lost: window.lost,
        carriers: window
            .carriers
            .iter()
            .map(|row| CarrierForm { name: told::carrier(&row.part, names), row })
            .collect(),
        total_failures: window.total_failures,
        failures: window
            .failures
            .iter()
            .map(|row| FailureForm { title: failures::failure(&row.failure, names), row })
            .collect(),
        pools: window.pools.iter().map(|row| PoolForm { name: names.pool(&row.pool), row }).collect(),
        names: NamesForm::of(answer.plan, names),
    })
}
