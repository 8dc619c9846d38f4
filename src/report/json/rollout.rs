//! `twopath.rollout`.

use super::{Head, NamesForm, PlanHead, ScenarioForm, line};
use crate::journey::{Sessions, Verdict};
use crate::plan::Id;
use crate::report::answers::RolledOut;
use crate::report::words::{Names, rollout as told};
use crate::space::Share;
use crate::study::rollout::{Effective, Few, Reset, Score, Shown, Value, What};
use serde::Serialize;

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    before: PlanHead<'a>,
    after: PlanHead<'a>,
    scenario: ScenarioForm<'a>,
    sentence: String,
    breaks: bool,
    broken: u32,
    unsettled: u32,
    flows: u32,
    steps: Vec<StepForm<'a>>,
    better: Option<BetterForm<'a>>,
    better_sentence: String,
    proved: bool,
    solved: u32,
    names: NamesForm<'a>,
}

#[derive(Serialize)]
struct StepForm<'a> {
    step: u32,
    key: &'a str,
    what: &'a What,
    before: &'a Value,
    after: &'a Value,
    sentence: String,
    effective: &'a Effective,
    effective_sentence: String,
    breaks: Vec<BrokenForm<'a>>,
    still: &'a [Id],
    mends: &'a [Id],
    for_good: &'a [Id],
    resets: Vec<ResetForm<'a>>,
    sentences: Vec<String>,
    way_back: BackForm<'a>,
}

#[derive(Serialize)]
struct BrokenForm<'a> {
    flow: &'a Id,
    verdict: Option<Verdict>,
    share: Share,
    until: u32,
}

#[derive(Serialize)]
struct ResetForm<'a> {
    flow: &'a Id,
    sessions: Sessions,
    share: Share,
}

#[derive(Serialize)]
struct BackForm<'a> {
    sentence: String,
    resets: Vec<ResetForm<'a>>,
}

#[derive(Serialize)]
struct BetterForm<'a> {
    order: &'a [String],
    broken: u32,
    unsettled: u32,
}

/// The answer as JSON on one line.
pub fn rollout(answer: &RolledOut) -> String {
    let (window, names) = (&answer.window, answer.names);
    let first = window.view.from;
    line(&Form {
        head: Head::of("twopath.rollout"),
        before: PlanHead { name: &answer.before.name },
        after: PlanHead { name: &answer.after.name },
        scenario: ScenarioForm::of(answer.scenario, names),
        sentence: told::headline(window),
        breaks: window.score != Score::default(),
        broken: window.score.broken,
        unsettled: window.score.unsettled,
        flows: window.flows,
        steps: window
            .steps
            .iter()
            .zip(first..)
            .map(|(own, index)| stage(own, index, window.total, names))
            .collect(),
        better: window.better.as_ref().map(|found| BetterForm {
            order: &found.order,
            broken: found.score.broken,
            unsettled: found.score.unsettled,
        }),
        better_sentence: told::better(window),
        proved: window.proved,
        solved: window.solved,
        names: NamesForm::of(answer.after, names),
    })
}

fn stage<'a>(own: &'a Shown, index: u32, total: u32, names: &Names) -> StepForm<'a> {
    StepForm {
        step: index + 1,
        key: &own.step.key,
        what: &own.step.what,
        before: &own.step.before,
        after: &own.step.after,
        sentence: told::step(&own.step, names),
        effective: &own.effective,
        effective_sentence: told::effective(&own.effective),
        breaks: own
            .breaks
            .first
            .iter()
            .map(|one| BrokenForm {
                flow: &one.flow,
                verdict: one.verdict,
                share: one.share,
                until: one.until + 1,
            })
            .collect(),
        still: &own.still.first,
        mends: &own.mends.first,
        for_good: &own.for_good.first,
        resets: resets(&own.resets),
        sentences: told::effects(own, total, names),
        way_back: BackForm { sentence: told::way_back(own, names).join(" "), resets: resets(&own.back) },
    }
}

fn resets(few: &Few<Reset>) -> Vec<ResetForm<'_>> {
    few.first.iter().map(|one| ResetForm { flow: &one.flow, sessions: one.sessions, share: one.share }).collect()
}
