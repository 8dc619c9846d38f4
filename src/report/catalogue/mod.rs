//! The flow catalogue: a line for each fate of each flow's addresses, for spreadsheets, documents and programs.

mod csv;
mod ends;
mod markdown;

pub use csv::{csv, tsv};
pub use markdown::markdown;

use super::answers::Catalogued;
use super::words::{self, Names, answer, catalogue as told, verdicts};
use crate::journey::{Direction, Facts, Part, Row, Verdict, devices_crossed};
use crate::plan::{Flow, Id, Plan};
use ends::EndsTold;
use std::collections::BTreeMap;

/// A column.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Column {
    /// Who begins.
    Direction,
    /// The flow's name.
    Flow,
    /// Our site.
    Site,
    /// The service, or published service.
    Service,
    /// Where the first packet comes from.
    Source,
    /// Where it goes.
    Destination,
    /// Ports and protocols.
    Ports,
    /// The exits of the first packet.
    Out,
    /// The pools.
    Translated,
    /// What came of admission.
    Admitted,
    /// The exits of the answer.
    Back,
    /// The devices crossed.
    Devices,
    /// The verdict.
    Verdict,
    /// How symmetry is kept.
    Kept,
    /// The share of the flow's addresses.
    Share,
    /// From us.
    MbpsOut,
    /// To us.
    MbpsIn,
}

impl Column {
    /// All, in the order they are written.
    pub const ALL: [Self; 17] = [
        Self::Direction,
        Self::Flow,
        Self::Site,
        Self::Service,
        Self::Source,
        Self::Destination,
        Self::Ports,
        Self::Out,
        Self::Translated,
        Self::Admitted,
        Self::Back,
        Self::Devices,
        Self::Verdict,
        Self::Kept,
        Self::Share,
        Self::MbpsOut,
        Self::MbpsIn,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Direction => "Direction",
            Self::Flow => "Flow",
            Self::Site => "Site",
            Self::Service => "Service",
            Self::Source => "Source",
            Self::Destination => "Destination",
            Self::Ports => "Ports",
            Self::Out => "Exit out",
            Self::Translated => "Translated to",
            Self::Admitted => "Admitted",
            Self::Back => "Exit back",
            Self::Devices => "Devices",
            Self::Verdict => "Verdict",
            Self::Kept => "How symmetry is kept",
            Self::Share => "Share of addresses",
            Self::MbpsOut => "Mbps out",
            Self::MbpsIn => "Mbps in",
        }
    }
}

/// A line: a flow, or where its addresses fare differently one of their fates.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The flow.
    pub flow: Id,
    /// Which of its parts, from 0; those after the first are the same flow.
    pub part: usize,
    /// Its verdict; absent: it has no addresses.
    pub verdict: Option<Verdict>,
    /// What it is grouped by; empty: nothing.
    pub group: String,
    cells: [String; Column::ALL.len()],
}

impl Line {
    /// What stands in a column.
    pub fn cell(&self, column: Column) -> &str {
        self.cells.get(column as usize).map_or("", String::as_str)
    }
}

/// The lines of a catalogue, made one flow at a time.
pub struct Lines<'a> {
    plan: &'a Plan,
    names: &'a Names<'a>,
    group: crate::desk::door::GroupBy,
    flows: BTreeMap<&'a Id, &'a Flow>,
    ends: EndsTold<'a>,
}

impl<'a> Lines<'a> {
    /// Of a plan.
    pub fn new(plan: &'a Plan, names: &'a Names<'a>, group: crate::desk::door::GroupBy) -> Self {
        let flows = plan.flows.iter().rev().map(|flow| (&flow.id, flow)).collect();
        Self { plan, names, group, flows, ends: EndsTold::new(plan, names) }
    }

    /// The lines of a flow.
    pub fn of(&mut self, row: &Row, facts: &[Facts]) -> Vec<Line> {
        if row.parts.is_empty() {
            return vec![self.line(row, 0, None, None)];
        }
        let parts = row.parts.iter().enumerate();
        parts.map(|(at, part)| self.line(row, at, Some(part), facts.get(at))).collect()
    }

    fn line(&mut self, row: &Row, at: usize, part: Option<&Part>, facts: Option<&Facts>) -> Line {
        let names = self.names;
        let flow = self.flows.get(&row.flow).copied();
        let (source, destination) = flow.map(|flow| self.ends.of(flow)).unwrap_or_default();
        let rate = |rate: Option<crate::plan::Mbps>| rate.map_or(String::new(), |rate| rate.to_string());
        let verdict = part.map_or(row.verdict, |part| Some(part.verdict));
        let cells = Column::ALL.map(|column| match column {
            Column::Direction => told::direction(row.direction).to_owned(),
            Column::Flow => names.flow(&row.flow).to_owned(),
            Column::Site => names.site(&row.site).to_owned(),
            Column::Service => answer::service(flow, names).to_owned(),
            Column::Source => source.clone(),
            Column::Destination => destination.clone(),
            Column::Ports => ports(self.plan, flow),
            Column::Out => part.map_or(String::new(), |part| names.exits(&part.out, "or")),
            Column::Translated => part.map_or(String::new(), |part| translated(part, row.direction, names)),
            Column::Admitted => facts.map_or("", |facts| told::admitted(facts.admitted)).to_owned(),
            Column::Back => part.map_or(String::new(), |part| names.exits(&part.back, "or")),
            Column::Devices => {
                let crossed =
                    part.map(|part| devices_crossed(self.plan, &part.out, &part.back)).unwrap_or_default();
                crossed.iter().map(|id| names.device(id)).collect::<Vec<_>>().join(", ")
            }
            Column::Verdict => verdict.map_or(answer::NO_ADDRESSES, verdicts::title).to_owned(),
            Column::Kept => facts.map_or(String::new(), kept),
            Column::Share => part.map_or(String::new(), answer::part_share),
            Column::MbpsOut => rate(flow.and_then(|flow| flow.mbps_out)),
            Column::MbpsIn => rate(flow.and_then(|flow| flow.mbps_in)),
        });
        let group = told::group(self.group, flow, &row.site, names);
        Line { flow: row.flow.clone(), part: at, verdict, group, cells }
    }
}

/// How symmetry is kept, in words.
pub fn kept(facts: &Facts) -> String {
    facts.kept.iter().map(|kept| told::kept(*kept)).collect::<Vec<_>>().join(", ")
}

/// The pools of a part, or that it isn't translated.
fn translated(part: &Part, direction: Direction, names: &Names) -> String {
    let leaves = !part.out.is_empty() && direction == Direction::Outbound;
    match part.pools.is_empty() {
        true if leaves => answer::UNTRANSLATED.to_owned(),
        true => String::new(),
        false => names.pools(&part.pools, "or"),
    }
}

/// The flow's own ports, else its service's.
fn ports(plan: &Plan, flow: Option<&Flow>) -> String {
    use crate::plan::Ends;
    let Some(flow) = flow else { return String::new() };
    if !flow.ports.trim().is_empty() {
        return flow.ports.trim().to_owned();
    }
    let of = match &flow.ends {
        Ends::Outbound(ends) => {
            plan.services.iter().find(|own| Some(&own.id) == ends.service.as_ref()).map(|own| &own.ports)
        }
        Ends::Inbound(ends) => plan.published.iter().find(|own| own.id == ends.published).map(|own| &own.ports),
    };
    of.map_or(String::new(), |ports| ports.trim().to_owned())
}

/// Every line of an answer.
pub fn lines(answer: &Catalogued) -> Vec<Line> {
    let mut lines = Lines::new(answer.plan, answer.names, answer.group);
    answer.rows.iter().flat_map(|(row, facts)| lines.of(row, facts)).collect()
}

/// The plan's name, what is down, and the verdicts in a sentence.
fn head(answer: &Catalogued) -> Vec<String> {
    let scenario = words::scenario(answer.scenario, answer.names);
    [scenario].into_iter().filter(|line| !line.is_empty()).collect()
}
