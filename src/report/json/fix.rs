//! `twopath.fix`.

use super::{Head, NamesForm, PlanHead, ScenarioForm, line};
use crate::advice::Code;
use crate::advice::fix::{Change, Everything, Proposal};
use crate::plan::{Id, PartKind};
use crate::report::answers::Fixed;
use crate::report::words::{Names, fixes as told};
use crate::study::failures::Failure;
use serde::Serialize;

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    plan: PlanHead<'a>,
    scenario: ScenarioForm<'a>,
    sentence: String,
    all_work: bool,
    everything: Option<ProposalForm<'a>>,
    left: &'a [Id],
    complete: bool,
    proposals: Vec<ProposalForm<'a>>,
    candidates: u32,
    tried: u32,
    names: NamesForm<'a>,
}

#[derive(Serialize)]
struct ProposalForm<'a> {
    changes: Vec<ChangeForm<'a>>,
    mends: &'a [Id],
    worsens: &'a [Id],
    moves: &'a [Id],
    failures_mended: u32,
    failures_worse: u32,
    worse_in: Vec<WorseForm<'a>>,
    findings_gone: Vec<FoundForm<'a>>,
    findings_new: Vec<FoundForm<'a>>,
    sentences: Vec<String>,
}

#[derive(Serialize)]
struct ChangeForm<'a> {
    change: &'a Change,
    sentence: String,
}

#[derive(Serialize)]
struct WorseForm<'a> {
    failure: &'a Failure,
    flow: &'a Id,
}

#[derive(Serialize)]
struct FoundForm<'a> {
    code: Code,
    about: Vec<AboutForm<'a>>,
}

#[derive(Serialize)]
struct AboutForm<'a> {
    kind: PartKind,
    id: &'a Id,
}

/// The answer as JSON on one line.
pub fn fix(answer: &Fixed) -> String {
    let (fixes, names) = (answer.fixes, answer.names);
    let (everything, left, complete) = match &fixes.everything {
        Everything::Works => (None, [].as_slice(), true),
        Everything::With(own) => (Some(own), [].as_slice(), true),
        Everything::Without { best, left, complete } => (best.as_ref(), left.as_slice(), *complete),
    };
    line(&Form {
        head: Head::of("twopath.fix"),
        plan: PlanHead { name: &answer.plan.name },
        scenario: ScenarioForm::of(answer.scenario, names),
        sentence: told::everything(&fixes.everything, names),
        all_work: matches!(fixes.everything, Everything::Works),
        everything: everything.map(|own| proposal(own, names)),
        left,
        complete,
        proposals: fixes.proposals.iter().map(|own| proposal(own, names)).collect(),
        candidates: fixes.candidates.len() as u32,
        tried: fixes.tried,
        names: NamesForm::of(answer.plan, names),
    })
}

fn proposal<'a>(own: &'a Proposal, names: &Names) -> ProposalForm<'a> {
    let effect = &own.effect;
    let sentence = |change| ChangeForm { change, sentence: told::change(change, names) };
    ProposalForm {
        changes: own.changes.iter().map(sentence).collect(),
        mends: &effect.mends,
        worsens: &effect.worsens,
        moves: &effect.moves,
        failures_mended: effect.failures_mended,
        failures_worse: effect.failures_worse,
        worse_in: effect.worse_in.iter().map(|(failure, flow)| WorseForm { failure, flow }).collect(),
        findings_gone: found(&effect.findings_gone),
        findings_new: found(&effect.findings_new),
        sentences: told::effect(effect, names),
    }
}

fn found(all: &[(Code, Vec<(PartKind, Id)>)]) -> Vec<FoundForm<'_>> {
    all.iter()
        .map(|(code, parts)| FoundForm {
            code: *code,
            about: parts.iter().map(|(kind, id)| AboutForm { kind: *kind, id }).collect(),
        })
        .collect()
}
