//! What a log says goes into the catalogue: rows that are there are brought up to date, others added.

use super::measured::{Measured, Rates, RowMeasured};
use crate::desk::parts;
use crate::plan::{Ends, Flow, Id, LogColumns, Mbps, PartKind, Plan};
use crate::report::words::catalogue as words;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// Which of a log's rates a row is given.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rate {
    /// What 95 of 100 means of five minutes don't exceed, or the mean where that is more.
    #[default]
    P95,
    /// The mean of all the log's time.
    Mean,
    /// The highest mean of five minutes.
    Peak,
}

impl Rate {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::P95, Self::Mean, Self::Peak];

    /// Its name, as `--rate` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::P95 => "p95",
            Self::Mean => "mean",
            Self::Peak => "peak",
        }
    }

    /// This one of some rates. Where busiest times aren't told it is the mean.
    pub fn of(self, rates: &Rates) -> Mbps {
        match self {
            Self::P95 => rates.p95.unwrap_or_default().max(rates.mean),
            Self::Mean => rates.mean,
            Self::Peak => rates.peak.unwrap_or(rates.mean),
        }
    }
}

/// What a row carries.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct FlowValues {
    /// From us.
    pub mbps_out: Option<Mbps>,
    /// To us.
    pub mbps_in: Option<Mbps>,
    /// Sessions at the peak.
    pub sessions: Option<u64>,
}

/// What becomes of a row.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlowChange {
    /// It is added.
    Added,
    /// What it carries changes.
    Changed,
    /// It is so already.
    Same,
}

/// A row, and what becomes of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowChange {
    /// Its identifier.
    pub id: Id,
    /// What people call it.
    pub name: String,
    /// What becomes of it.
    pub change: FlowChange,
    /// What it carried.
    pub before: FlowValues,
    /// What it carries.
    pub now: FlowValues,
}

/// Brings the catalogue up to date with a log; a change for each of its rows, in its order. What the log can't tell stays
/// as it is, and so do rows that it says nothing of.
pub fn apply(plan: &mut Plan, measured: &Measured, rate: Rate) -> Vec<RowChange> {
    // Rows are named by their place before any is added.
    let known = plan.flows.len();
    measured.rows.iter().map(|row| put(plan, row, rate, known)).collect()
}

fn put(plan: &mut Plan, row: &RowMeasured, rate: Rate, known: usize) -> RowChange {
    let found = match row.row {
        Some(at) => Some(at as usize).filter(|at| *at < known),
        None => plan.flows.iter().position(|flow| flow.ends == row.ends),
    };
    let (at, added) = match found {
        Some(at) => (at, false),
        None => {
            let id = parts::add_named(plan, PartKind::Flow, name(plan, &row.ends));
            let at = plan.flows.iter().position(|flow| flow.id == id).unwrap_or(0);
            if let Some(flow) = plan.flows.get_mut(at) {
                flow.ends = row.ends.clone();
            }
            (at, true)
        }
    };
    let mut nobody = Flow::default();
    let flow = plan.flows.get_mut(at).unwrap_or(&mut nobody);
    let before = FlowValues { mbps_out: flow.mbps_out, mbps_in: flow.mbps_in, sessions: flow.sessions };
    let now = FlowValues {
        mbps_out: row.out.map(|rates| rate.of(&rates)).or(before.mbps_out),
        mbps_in: row.back.map(|rates| rate.of(&rates)).or(before.mbps_in),
        sessions: row.sessions.or(before.sessions),
    };
    (flow.mbps_out, flow.mbps_in, flow.sessions) = (now.mbps_out, now.mbps_in, now.sessions);
    let change = match (added, before == now) {
        (true, _) => FlowChange::Added,
        (false, true) => FlowChange::Same,
        (false, false) => FlowChange::Changed,
    };
    let name = if flow.name.trim().is_empty() { flow.id.to_string() } else { flow.name.clone() };
    RowChange { id: flow.id.clone(), name, change, before, now }
}

/// What a new row is called: `Chicago: Exchange Online`.
fn name(plan: &Plan, ends: &Ends) -> String {
    let name = |kind, id: &Id| parts::name_of(plan, kind, id);
    match ends {
        Ends::Outbound(outbound) => {
            let service = outbound.service.as_ref().map(|service| name(PartKind::Service, service));
            words::outbound_row(&name(PartKind::Site, &outbound.site), service.as_deref())
        }
        Ends::Inbound(inbound) => {
            let from = inbound.from.as_ref().map(|service| name(PartKind::Service, service));
            words::inbound_row(&name(PartKind::Published, &inbound.published), from.as_deref())
        }
    }
}

/// Does what logs say to a plan: its catalogue is brought up to date, and how their columns are called is kept. For the
/// page and the command line alike.
pub fn take_in(plan: &mut Plan, measured: &Measured, rate: Rate, columns: &[LogColumns]) -> Vec<RowChange> {
    let changes = apply(plan, measured, rate);
    for columns in columns.iter().rev() {
        remember(plan, columns);
    }
    changes
}

/// Keeps how a log's columns are called, first of all, for a plan that doesn't know it; whether that is new.
pub fn remember(plan: &mut Plan, columns: &LogColumns) -> bool {
    if plan.log_columns.contains(columns) {
        return false;
    }
    plan.log_columns.insert(0, columns.clone());
    true
}
