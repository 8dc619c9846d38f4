//! `twopath.trace`.

use super::check::FlipForm;
use super::{CitationForm, Head, NamesForm, PlaceForm, PlanHead, ScenarioForm, line};
use crate::journey::{By, Direction, FarSideBecause, Stage, Standing, Step, Verdict};
use crate::plan::{Id, Plan};
use crate::report::answers::{Traced, places};
use crate::report::words::{steps, verdicts};
use crate::routing::FarSide;
use serde::Serialize;
use std::net::IpAddr;

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    plan: PlanHead<'a>,
    scenario: ScenarioForm<'a>,
    direction: Direction,
    site: &'a Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a Id>,
    from: IpAddr,
    to: IpAddr,
    far_side: FarSide,
    far_side_because: &'a FarSideBecause,
    far_side_sentence: String,
    verdict: Verdict,
    title: &'static str,
    standing: Standing,
    sentence: &'static str,
    decisive: Vec<FlipForm<'a>>,
    first: StageForm<'a>,
    names: NamesForm<'a>,
}

#[derive(Serialize)]
struct StageForm<'a> {
    label: &'static str,
    sentence: String,
    verdict: Verdict,
    citation: CitationForm,
    details: Vec<String>,
    inputs: Vec<PlaceForm<'a>>,
    step: &'a Step,
    then: Vec<BranchForm<'a>>,
}

#[derive(Serialize)]
struct BranchForm<'a> {
    by: &'a By,
    by_sentence: String,
    stage: StageForm<'a>,
}

/// The trace as JSON on one line.
pub fn trace(answer: &Traced, plan: &Plan) -> String {
    let trace = answer.trace;
    line(&Form {
        head: Head::of("twopath.trace"),
        plan: PlanHead { name: answer.plan },
        scenario: ScenarioForm::of(answer.scenario, answer.names),
        direction: trace.direction,
        site: &trace.site,
        published: trace.published.as_ref(),
        from: trace.from,
        to: trace.to,
        far_side: trace.far_side,
        far_side_because: &trace.far_side_because,
        far_side_sentence: steps::far_side_because(&trace.far_side_because, answer.names),
        verdict: trace.verdict,
        title: verdicts::title(trace.verdict),
        standing: trace.verdict.standing(),
        sentence: verdicts::sentence(trace.verdict),
        decisive: trace.decisive.iter().map(FlipForm::of).collect(),
        first: stage(&trace.first, answer),
        names: NamesForm::of(plan, answer.names),
    })
}

fn stage<'a>(of: &'a Stage, answer: &'a Traced) -> StageForm<'a> {
    StageForm {
        label: steps::label(&of.step, answer.trace.direction),
        sentence: steps::step(&of.step, answer.names),
        verdict: of.verdict,
        citation: CitationForm::of(steps::citation(&of.step)),
        details: steps::details(&of.step, answer.names),
        inputs: places(&of.step)
            .into_iter()
            .map(|place| PlaceForm::of(place, answer.names, answer.line(place)))
            .collect(),
        step: &of.step,
        then: of
            .then
            .iter()
            .map(|branch| BranchForm {
                by: &branch.by,
                by_sentence: steps::by(&branch.by, answer.names),
                stage: stage(&branch.stage, answer),
            })
            .collect(),
    }
}
