//! Sums over the cells of a failure and of a flow, and what is worse than what.

use super::Worked;
use super::cell::{Cell, Outcome, Told};
use crate::journey::{Sessions, Verdict};
use crate::plan::{Flow, Id, Mbps, Plan};
use crate::space::Share;
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

/// How many flows that break are named.
const MAX_NAMED: usize = 50;

/// Rates of flows, each way, in kbps; and how many flows name none.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Rates {
    /// From us, in kbps.
    pub out_kbps: u64,
    /// To us, in kbps.
    pub in_kbps: u64,
    /// Flows that say no rate either way.
    pub without_rate: u32,
}

impl Rates {
    fn add(&mut self, flow: &Flow) {
        let kbps = |rate: Option<Mbps>| rate.map_or(0, |rate| u64::from(rate.kbps));
        self.out_kbps += kbps(flow.mbps_out);
        self.in_kbps += kbps(flow.mbps_in);
        self.without_rate += u32::from(flow.mbps_out.is_none() && flow.mbps_in.is_none());
    }
}

/// What a failure does, over all flows.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct FailureSum {
    /// Flows by what it does to them, worst first.
    pub outcomes: Vec<(Outcome, u32)>,
    /// Flows by verdict while it lasts, worst first.
    pub verdicts: Vec<(Verdict, u32)>,
    /// Flows that fail and didn't before.
    pub breaks: u32,
    /// Flows that can't be told any more.
    pub doubtful: u32,
    /// Flows that work, but of which sessions end and begin anew.
    pub resets: u32,
    /// Flows of which some addresses go another way.
    pub moves: u32,
    /// The rates of flows that break.
    pub broken: Rates,
    /// The rates of flows that work and move.
    pub moved: Rates,
    /// The flows that break, at most 50, in the plan's order.
    pub broken_flows: Vec<Id>,
}

impl FailureSum {
    pub(super) fn new(plan: &Plan, cells: &[Cell]) -> Self {
        let mut sum = Self::default();
        let mut outcomes: Vec<Outcome> = Vec::with_capacity(cells.len());
        let mut verdicts: Vec<Verdict> = Vec::with_capacity(cells.len());
        for (flow, cell) in plan.flows.iter().zip(cells) {
            outcomes.push(cell.outcome);
            verdicts.extend(cell.verdicts.map(|(_, after)| after));
            let moves = moves(cell);
            sum.breaks += u32::from(cell.outcome == Outcome::Breaks);
            sum.doubtful += u32::from(cell.outcome == Outcome::Doubtful);
            sum.resets += u32::from(resets(cell));
            sum.moves += u32::from(moves);
            match cell.outcome {
                Outcome::Breaks => {
                    sum.broken.add(flow);
                    if sum.broken_flows.len() < MAX_NAMED {
                        sum.broken_flows.push(flow.id.clone());
                    }
                }
                Outcome::Fails | Outcome::Empty => {}
                _ if moves => sum.moved.add(flow),
                _ => {}
            }
        }
        sum.outcomes = counted(outcomes);
        sum.verdicts = counted(verdicts);
        sum
    }

    /// Whether it does any harm.
    pub fn harms(&self) -> bool {
        self.breaks > 0 || self.doubtful > 0 || self.resets > 0
    }
}

/// Each with how often it is there, in their order.
fn counted<T: Ord + Copy>(mut all: Vec<T>) -> Vec<(T, u32)> {
    crate::sort::up(&mut all);
    let mut counts: Vec<(T, u32)> = Vec::new();
    for one in all {
        match counts.last_mut() {
            Some((last, count)) if *last == one => *count += 1,
            _ => counts.push((one, 1)),
        }
    }
    counts
}

fn moves(cell: &Cell) -> bool {
    cell.moved != (Share::ZERO, Share::ZERO)
}

/// Whether a flow goes on, but not all of its sessions.
fn resets(cell: &Cell) -> bool {
    let goes_on = !matches!(cell.outcome, Outcome::Breaks | Outcome::Fails | Outcome::Empty);
    goes_on && (cell.sessions.reset() || cell.sessions == Sessions::Lost)
}

/// What all failures do to one flow.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct FlowSum {
    /// The flow.
    pub flow: Id,
    /// Its verdict in the normal world; absent: it has no addresses.
    pub verdict: Option<Verdict>,
    /// Failures in which it fails, and those in which it does so anyway.
    pub fails: u32,
    /// Failures in which it fails while it doesn't in the normal world.
    pub breaks: u32,
    /// Failures in which it can't be told whether it works.
    pub depends: u32,
    /// Failures in which it works, but sessions end and begin anew.
    pub resets: u32,
    /// Failures in which some addresses go another way.
    pub moves: u32,
}

impl FlowSum {
    pub(super) fn all<'a>(plan: &Plan, normal: &[Told], failures: impl Iterator<Item = &'a [Cell]>) -> Vec<Self> {
        let mut sums: Vec<Self> = plan
            .flows
            .iter()
            .zip(normal)
            .map(|(flow, told)| Self { flow: flow.id.clone(), verdict: told.verdict, ..Self::default() })
            .collect();
        for cells in failures {
            for (sum, cell) in sums.iter_mut().zip(cells) {
                sum.fails += u32::from(matches!(cell.outcome, Outcome::Breaks | Outcome::Fails));
                sum.breaks += u32::from(cell.outcome == Outcome::Breaks);
                sum.depends += u32::from(matches!(cell.outcome, Outcome::Doubtful | Outcome::Depends));
                sum.resets += u32::from(resets(cell));
                sum.moves += u32::from(moves(cell));
            }
        }
        sums
    }
}

/// By how many flows break, then can't be told any more, then are reset, then move; else the order of the list.
pub(super) fn worst_first(failures: &[Worked]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..failures.len()).collect();
    crate::sort::by_key(&mut order, |index| {
        let sum = failures.get(*index).map(|worked| &worked.sum);
        std::cmp::Reverse(sum.map(|sum| (sum.breaks, sum.doubtful, sum.resets, sum.moves)))
    });
    order
}

/// By in how many failures a flow fails, then can't be told, then is reset, then moves; else the plan's order.
pub(super) fn flows_worst_first(flows: &[FlowSum]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..flows.len()).collect();
    crate::sort::by_key(&mut order, |index| {
        let sum = flows.get(*index);
        std::cmp::Reverse(sum.map(|sum| (sum.fails, sum.depends, sum.resets, sum.moves)))
    });
    order
}
