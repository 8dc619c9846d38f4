//! `twopath.check`.

use super::advice::FindingForm;
use super::{Head, NamesForm, PlaceForm, PlanHead, ScenarioForm, line};
use crate::desk::door::{ExitSummary, ListSummary};
use crate::journey::{Flip, Part, Row, Standing, Verdict};
use crate::plan::{Ends, Flow, Id, PlanFault};
use crate::report::answers::Check;
use crate::report::words::{self, Names, assumptions, lists, parts, steps, verdicts};
use crate::routing::{NoSay, Refused};
use serde::Serialize;

#[derive(Serialize)]
struct Form<'a> {
    #[serde(flatten)]
    head: Head,
    plan: PlanHead<'a>,
    scenario: ScenarioForm<'a>,
    sentence: String,
    all_work: bool,
    verdicts: Vec<VerdictForm>,
    empty: u32,
    flows: Vec<FlowForm<'a>>,
    exits: Vec<ExitForm<'a>>,
    lists: Vec<ListForm<'a>>,
    plan_faults: Vec<PlanFaultForm<'a>>,
    names: NamesForm<'a>,
    findings: Vec<FindingForm<'a>>,
}

#[derive(Serialize)]
struct VerdictForm {
    verdict: Verdict,
    title: &'static str,
    standing: Standing,
    sentence: &'static str,
    flows: u32,
}

#[derive(Serialize)]
struct FlowForm<'a> {
    flow: &'a Id,
    name: &'a str,
    direction: crate::journey::Direction,
    site: &'a Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<&'a Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a Id>,
    verdict: Option<Verdict>,
    title: Option<&'static str>,
    standing: Option<Standing>,
    parts: Vec<PartForm<'a>>,
    decisive: Vec<FlipForm<'a>>,
}

#[derive(Serialize)]
struct PartForm<'a> {
    #[serde(flatten)]
    part: &'a Part,
    sentence: String,
}

/// An assumption that decides, with its sentence.
#[derive(Serialize)]
pub(super) struct FlipForm<'a> {
    #[serde(flatten)]
    flip: &'a Flip,
    sentence: String,
}

impl<'a> FlipForm<'a> {
    pub(super) fn of(flip: &'a Flip) -> Self {
        Self { flip, sentence: assumptions::flip(flip) }
    }
}

#[derive(Serialize)]
struct ExitForm<'a> {
    exit: &'a Id,
    name: &'a str,
    no_say: Option<ReasonForm<'a>>,
    offered: u32,
    received: u32,
    withheld: Vec<WithheldForm<'a>>,
    advertised: u32,
    accepted: u32,
    refused: Vec<RefusalForm<'a>>,
}

#[derive(Serialize)]
struct ReasonForm<'a> {
    why: &'a NoSay,
    sentence: String,
}

#[derive(Serialize)]
struct WithheldForm<'a> {
    why: &'a NoSay,
    label: &'static str,
    routes: u32,
}

#[derive(Serialize)]
struct RefusalForm<'a> {
    prefix: &'a str,
    why: Refused,
    sentence: &'static str,
    place: PlaceForm<'a>,
}

#[derive(Serialize)]
struct ListForm<'a> {
    name: String,
    #[serde(flatten)]
    summary: &'a ListSummary,
}

#[derive(Serialize)]
struct PlanFaultForm<'a> {
    #[serde(flatten)]
    fault: &'a PlanFault,
    sentence: String,
}

/// The answer as JSON on one line.
pub fn check(answer: &Check) -> String {
    let names = answer.names;
    let flows = answer.flows();
    let summary = answer.summary;
    line(&Form {
        head: Head::of("twopath.check"),
        plan: PlanHead { name: &answer.plan.name },
        scenario: ScenarioForm::of(answer.scenario, names),
        sentence: verdicts::headline(&summary.verdicts, summary.empty),
        all_work: answer.all_work(),
        verdicts: summary.verdicts.iter().map(|(verdict, flows)| verdict_form(*verdict, *flows)).collect(),
        empty: summary.empty,
        flows: answer.rows.iter().map(|row| flow(row, flows.get(row.flow.as_str()).copied(), names)).collect(),
        exits: summary.exits.iter().map(|summary| exit(summary, names)).collect(),
        lists: summary
            .lists
            .iter()
            .map(|summary| ListForm { name: lists::list(&summary.list, names), summary })
            .collect(),
        plan_faults: summary
            .plan_faults
            .iter()
            .map(|fault| PlanFaultForm { fault, sentence: words::plan_fault(fault) })
            .collect(),
        names: NamesForm::of(answer.plan, names),
        findings: answer.findings.iter().map(|finding| FindingForm::of(finding, names)).collect(),
    })
}

fn verdict_form(verdict: Verdict, flows: u32) -> VerdictForm {
    VerdictForm {
        verdict,
        title: verdicts::title(verdict),
        standing: verdict.standing(),
        sentence: verdicts::sentence(verdict),
        flows,
    }
}

fn flow<'a>(row: &'a Row, flow: Option<&'a Flow>, names: &'a Names) -> FlowForm<'a> {
    let (service, published) = match flow.map(|flow| &flow.ends) {
        Some(Ends::Outbound(ends)) => (ends.service.as_ref(), None),
        Some(Ends::Inbound(ends)) => (ends.from.as_ref(), Some(&ends.published)),
        None => (None, None),
    };
    FlowForm {
        flow: &row.flow,
        name: names.flow(&row.flow),
        direction: row.direction,
        site: &row.site,
        service,
        published,
        verdict: row.verdict,
        title: row.verdict.map(verdicts::title),
        standing: row.verdict.map(Verdict::standing),
        parts: row
            .parts
            .iter()
            .map(|part| PartForm { part, sentence: parts::part(part, row.direction, names) })
            .collect(),
        decisive: row.decisive.iter().map(FlipForm::of).collect(),
    }
}

fn exit<'a>(exit: &'a ExitSummary, names: &'a Names) -> ExitForm<'a> {
    let name = names.exit(&exit.exit);
    ExitForm {
        exit: &exit.exit,
        name,
        no_say: exit.no_say.as_ref().map(|why| ReasonForm { why, sentence: steps::no_say(name, why) }),
        offered: exit.offered,
        received: exit.received,
        withheld: exit
            .withheld
            .iter()
            .map(|(why, routes)| WithheldForm { why, label: steps::no_say_label(why), routes: *routes })
            .collect(),
        advertised: exit.advertised,
        accepted: exit.accepted,
        refused: exit
            .refused
            .iter()
            .map(|refusal| RefusalForm {
                prefix: &refusal.prefix,
                why: refusal.why,
                sentence: steps::refused_sentence(refusal.why),
                place: PlaceForm::of(&refusal.place, names, String::new()),
            })
            .collect(),
    }
}
