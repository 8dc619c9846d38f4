//! A solved plan: every flow judged, ready to be asked.

use super::door::{DeviceShown, Found, ListFault, ListFix, ListSummary, Summary};
use super::table::Beside;
use crate::intake::{LineIndex, Reading, Severity};
use crate::journey::{Facts, Ground, Row, Trace, TraceError, TraceQuery, Verdict, World, bundles};
use crate::pace::{Pace, Phase, at_once};
use crate::plan::{Id, ListId, Plan, validate};
use crate::routing::{DeviceChoices, Network, Readings, Scenario};
use crate::study::checklist::{Check, checklist};
use std::cell::OnceCell;
use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Arc;

/// How many faults of a list a summary names.
pub(crate) const NAMED_FAULTS: usize = 200;

/// A solved plan in one scenario, and where asked with the other return model beside it.
pub struct Solved {
    world: World,
    /// A row a flow, in the plan's order.
    pub rows: Vec<Row>,
    other: Option<Other>,
    /// What the catalogue says beside each row, once all were asked for.
    facts: OnceCell<Vec<Vec<Facts>>>,
    /// What to trace at the cut-over, once asked for.
    checks: OnceCell<Vec<Check>>,
}

impl Beside for Solved {
    fn differs(&self, row: usize) -> bool {
        Self::differs(self, row)
    }

    fn other(&self, row: usize) -> Option<Verdict> {
        self.other_rows().and_then(|rows| rows.get(row)).and_then(|row| row.verdict)
    }

    fn facts(&self, row: usize) -> &[Facts] {
        self.facts_at(row)
    }
}

struct Other {
    world: World,
    rows: Vec<Row>,
    /// The flows whose verdict or exits differ, by index.
    differs: Vec<bool>,
}

impl Solved {
    /// Solves a plan in one go.
    pub fn new(plan: Plan, scenario: Scenario, compare: bool) -> Self {
        let readings = Readings::default();
        at_once(|pace| async move { Self::in_steps(Arc::new(plan), readings, scenario, compare, pace).await })
    }

    /// Solves a plan in steps.
    pub(crate) async fn in_steps(
        plan: Arc<Plan>,
        readings: Readings,
        scenario: Scenario,
        compare: bool,
        pace: Pace,
    ) -> Self {
        let lists = readings.read(&plan, &pace).await;
        let network = Network::new(plan, lists, &pace).await;
        let ground = Rc::new(Ground::new(network));
        let other_scenario = Scenario { other_return_model: !scenario.other_return_model, ..scenario.clone() };
        let world = World::new(Rc::clone(&ground), scenario, &pace).await;
        let rows = judge(&world, &pace).await;
        let other = if compare {
            let world = World::new(Rc::clone(&ground), other_scenario, &pace).await;
            let others = judge(&world, &pace).await;
            let differs = rows.iter().zip(&others).map(|(row, other)| differ(row, other)).collect();
            Some(Other { world, rows: others, differs })
        } else {
            None
        };
        Self { world, rows, other, facts: OnceCell::new(), checks: OnceCell::new() }
    }

    /// The plan in its scenario, for studies.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// What is down.
    pub fn scenario(&self) -> &Scenario {
        &self.world.scenario
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        self.world.ground.plan()
    }

    /// The rows with the other return model, where asked for.
    pub fn other_rows(&self) -> Option<&[Row]> {
        self.other.as_ref().map(|other| other.rows.as_slice())
    }

    /// Whether a flow differs with the other return model.
    pub fn differs(&self, row: usize) -> bool {
        self.other.as_ref().and_then(|other| other.differs.get(row)).copied().unwrap_or(false)
    }

    /// The facts of a row by its index. Those of all rows are worked out when the first is asked for, and kept.
    pub fn facts_at(&self, row: usize) -> &[Facts] {
        let all = self.facts.get_or_init(|| self.rows.iter().map(|row| self.facts(row)).collect());
        all.get(row).map(Vec::as_slice).unwrap_or_default()
    }

    /// What to trace at the cut-over: worked out in steps when first asked for, and kept.
    pub(crate) async fn checks(&self, pace: &Pace) -> &[Check] {
        if let Some(checks) = self.checks.get() {
            return checks;
        }
        let checks = checklist(&self.world, &self.rows, pace).await;
        self.checks.get_or_init(|| checks)
    }

    /// The same where it was worked out before.
    pub(crate) fn known_checks(&self) -> Option<&[Check]> {
        self.checks.get().map(Vec::as_slice)
    }

    /// Traces one journey.
    pub fn trace(&self, query: &TraceQuery) -> Result<Trace, TraceError> {
        self.world.trace(query)
    }

    /// What the catalogue says of each part of a row beside the row itself: a trace a part.
    pub fn facts(&self, row: &Row) -> Vec<Facts> {
        let of = |part: usize| {
            let query = TraceQuery::of_part(self.plan(), row, part)?;
            let verdict = row.parts.get(part)?.verdict;
            self.trace(&query).ok().map(|trace| Facts::of(self.plan(), &trace, verdict))
        };
        (0..row.parts.len()).map(|part| of(part).unwrap_or_default()).collect()
    }

    /// Traces one journey with the other return model, where asked for.
    pub fn trace_other(&self, query: &TraceQuery) -> Option<Trace> {
        self.other.as_ref().and_then(|other| other.world.trace(query).ok())
    }

    /// The index of a site, for [`Self::lookup`].
    pub fn site(&self, id: &Id) -> Option<usize> {
        self.world.ground.network.site(id)
    }

    /// Where a destination goes from a site.
    pub fn lookup(&self, site: usize, address: IpAddr) -> Found {
        match self.world.lookup(site, address) {
            Some((prefix, exits)) => {
                Found { address, prefix: Some(prefix.to_string()), exits: self.world.exit_ids(exits) }
            }
            None => Found { address, prefix: None, exits: Vec::new() },
        }
    }

    /// The prefix that an address matches at a site and the exits chosen, without a word of text.
    pub fn matched(&self, site: usize, address: IpAddr) -> Option<(ipnet::IpNet, crate::routing::ExitSet)> {
        self.world.lookup(site, address)
    }

    /// The answer in short.
    pub fn summary(&self) -> Summary {
        let network = &self.world.ground.network;
        let plan = self.plan();
        let exits = self.world.exits().collect();
        let read = network.lists.iter().enumerate();
        let lists = read
            .map(|(index, (list, text, reading))| {
                list_summary(list, text.as_str(), reading, network.lists.choices(index))
            })
            .collect();
        Summary {
            verdicts: counts(&self.rows),
            empty: self.rows.iter().filter(|row| row.verdict.is_none()).count() as u32,
            other_verdicts: self.other_rows().map(counts),
            differs: self
                .rows
                .iter()
                .enumerate()
                .filter(|(index, _)| self.differs(*index))
                .map(|(_, row)| row.flow.clone())
                .collect(),
            exits,
            lists,
            traffic: bundles(plan, &self.rows),
            plan_faults: validate(plan),
        }
    }

    /// The text of a list and what was read of it.
    pub fn list(&self, list: &ListId) -> Option<(&str, &Reading)> {
        let found = self.world.ground.network.lists.iter().find(|(id, _, _)| *id == list);
        found.map(|(_, text, reading)| (text.as_str(), reading))
    }
}

async fn judge(world: &World, pace: &Pace) -> Vec<Row> {
    let flows = &world.ground.plan().flows;
    let mut rows = Vec::with_capacity(flows.len());
    for (index, flow) in flows.iter().enumerate() {
        pace.at(Phase::Judging, index as u64, flows.len() as u64);
        let row = world.row(flow);
        pace.work(64 + 64 * row.parts.len() as u64).await;
        rows.push(row);
    }
    rows
}

fn differ(row: &Row, other: &Row) -> bool {
    let fates = |row: &Row| {
        let fate = |part: &crate::journey::Part| (part.verdict, part.out.clone(), part.back.clone());
        row.parts.iter().map(fate).collect::<Vec<_>>()
    };
    row.verdict != other.verdict || fates(row) != fates(other)
}

/// How many rows of each verdict, worst first.
fn counts(rows: &[Row]) -> Vec<(Verdict, u32)> {
    Verdict::ALL
        .into_iter()
        .map(|verdict| (verdict, rows.iter().filter(|row| row.verdict == Some(verdict)).count() as u32))
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// What was read of a list, its first faults with their places.
pub(crate) fn list_summary(
    list: &ListId,
    text: &str,
    reading: &Reading,
    choices: Option<&DeviceChoices>,
) -> ListSummary {
    let kept = reading.faults.kept.as_slice();
    ListSummary {
        list: list.clone(),
        format: reading.format.name().to_owned(),
        entries_v4: reading.v4.len() as u32,
        entries_v6: reading.v6.len() as u32,
        lines: reading.lines,
        skipped: reading.skipped,
        errors: reading.faults.errors,
        warnings: reading.faults.warnings,
        faults: list_faults(text, &kept[..kept.len().min(NAMED_FAULTS)]),
        device: choices.map(|choices| DeviceShown::of(choices, reading, text)),
    }
}

/// Faults with their places as a page needs them.
pub(crate) fn list_faults(text: &str, faults: &[crate::intake::Fault]) -> Vec<ListFault> {
    if faults.is_empty() {
        return Vec::new();
    }
    let lines = LineIndex::new(text);
    faults
        .iter()
        .map(|fault| {
            let place = lines.line_column(fault.span.start);
            ListFault {
                error: fault.severity == Severity::Error,
                code: fault.code.clone(),
                line: place.line,
                column: place.column,
                utf16: (lines.utf16_offset(fault.span.start), lines.utf16_offset(fault.span.end)),
                fix: fault.fix.as_ref().map(|fix| ListFix {
                    utf16: (lines.utf16_offset(fix.span.start), lines.utf16_offset(fix.span.end)),
                    replacement: fix.replacement.clone(),
                }),
            }
        })
        .collect()
}
