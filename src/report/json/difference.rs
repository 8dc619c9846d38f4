//! `twopath.diff`.

use super::{Head, NamesForm, PlanHead, ScenarioForm, line};
use crate::report::answers::{Compared, ListsCompared};
use crate::report::words::difference as told;
use crate::space::{AddressSet, Count};
use crate::study::difference::{BackChange, Change, FlowChange, PartChange, SiteTotals, Summary};
use ipnet::IpNet;
use serde::Serialize;

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    kind: &'static str,
    before: PlanHead<'a>,
    after: PlanHead<'a>,
    scenario: ScenarioForm<'a>,
    same: bool,
    sentence: String,
    summary: &'a Summary,
    parts: Vec<PartForm<'a>>,
    moves: Vec<MoveForm<'a>>,
    changes: Vec<ChangeForm<'a>>,
    flows: Vec<FlowForm<'a>>,
    back: Vec<BackForm<'a>>,
    names: NamesForm<'a>,
}

#[derive(Serialize)]
struct PartForm<'a> {
    #[serde(flatten)]
    part: &'a PartChange,
    sentence: String,
}

#[derive(Serialize)]
struct MoveForm<'a> {
    site: &'a crate::plan::Id,
    sentence: String,
}

#[derive(Serialize)]
struct ChangeForm<'a> {
    #[serde(flatten)]
    change: &'a Change,
    sentence: String,
    list: Vec<String>,
}

#[derive(Serialize)]
struct FlowForm<'a> {
    #[serde(flatten)]
    change: &'a FlowChange,
    sentence: String,
}

#[derive(Serialize)]
struct BackForm<'a> {
    #[serde(flatten)]
    change: &'a BackChange,
    sentence: String,
    list: Vec<String>,
}

fn nets(set: Option<&AddressSet>) -> Vec<String> {
    set.into_iter().flat_map(|set| set.nets()).map(|net| net.to_string()).collect()
}

/// The difference of two plans as JSON on one line.
pub fn difference(answer: &Compared) -> String {
    let (found, names) = (answer.difference, answer.names);
    let summary = found.summary();
    let moves = |totals: &'_ SiteTotals| -> Vec<String> {
        totals.moves.iter().map(|one| told::moved(&totals.site, one, totals.family, names)).collect()
    };
    line(&Form {
        head: Head::of("twopath.diff"),
        kind: "plans",
        before: PlanHead { name: &answer.before.name },
        after: PlanHead { name: &answer.after.name },
        scenario: ScenarioForm::of(answer.scenario, names),
        same: found.is_empty(),
        sentence: told::headline(summary),
        summary,
        parts: summary.parts.iter().map(|part| PartForm { part, sentence: told::part(part, names) }).collect(),
        moves: summary
            .sites
            .iter()
            .flat_map(|totals| moves(totals).into_iter().map(|sentence| MoveForm { site: &totals.site, sentence }))
            .collect(),
        changes: found
            .changes()
            .iter()
            .map(|change| ChangeForm {
                change,
                sentence: told::change(change, names),
                list: nets(found.addresses(change.change)),
            })
            .collect(),
        flows: found
            .flows()
            .iter()
            .map(|change| FlowForm { change, sentence: told::flow(change, names) })
            .collect(),
        back: found
            .back()
            .iter()
            .map(|change| BackForm {
                change,
                sentence: told::back(change, names),
                list: nets(found.back_addresses(change.change)),
            })
            .collect(),
        names: NamesForm::of(answer.after, names),
    })
}

#[derive(Serialize)]
struct ListsForm<'a> {
    #[serde(flatten)]
    head: Head,
    kind: &'static str,
    before: &'a str,
    after: &'a str,
    same: bool,
    sentence: String,
    added: Vec<String>,
    removed: Vec<String>,
    changed: Vec<String>,
    unchanged: u64,
    covered: SetForm,
    uncovered: SetForm,
    sets: Vec<NamedForm<'a>>,
}

#[derive(Serialize)]
struct SetForm {
    ipv4: Count,
    ipv6: Count,
    list: Vec<String>,
}

#[derive(Serialize)]
struct NamedForm<'a> {
    name: &'a str,
    before: bool,
    after: bool,
    added: Vec<String>,
    removed: Vec<String>,
}

/// The difference of two lists as JSON on one line.
pub fn lists(answer: &ListsCompared) -> String {
    let found = answer.difference;
    let texts = |nets: &[IpNet]| nets.iter().map(ToString::to_string).collect();
    let set = |set: &AddressSet| {
        let count = set.count();
        SetForm { ipv4: count.v4, ipv6: count.v6, list: nets(Some(set)) }
    };
    line(&ListsForm {
        head: Head::of("twopath.diff"),
        kind: "lists",
        before: answer.before,
        after: answer.after,
        same: found.is_empty(),
        sentence: told::lists(found),
        added: texts(&found.added),
        removed: texts(&found.removed),
        changed: texts(&found.changed),
        unchanged: found.same,
        covered: set(&found.covered),
        uncovered: set(&found.uncovered),
        sets: found
            .sets
            .iter()
            .map(|set| NamedForm {
                name: &set.name,
                before: set.there.0,
                after: set.there.1,
                added: texts(&set.added),
                removed: texts(&set.removed),
            })
            .collect(),
    })
}
