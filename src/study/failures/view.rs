//! What of the failures is shown: a window of the matrix, and one cell in detail.

use super::cell::Outcome;
use super::detail::Detail;
use super::{Failure, FailureSum, Failures, FlowSum, Kind};
use crate::plan::Id;
use crate::routing::Scenario;
use crate::study::MAX_ROWS;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// What of the failures is shown, and how.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct View {
    /// The kinds of failures; none: all.
    pub kinds: Vec<Kind>,
    /// Only failures that break, unsettle or reset some flow.
    pub only_harm: bool,
    /// The first failure, worst first.
    pub from_failure: u32,
    /// How many failures, at most [`MAX_ROWS`]; 0: that many.
    pub failures: u32,
    /// The first flow, worst first.
    pub from_flow: u32,
    /// How many flows, at most [`MAX_ROWS`]; 0: that many.
    pub flows: u32,
    /// One cell to be told in detail.
    pub detail: Option<Asked>,
}

/// One cell of the matrix.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Asked {
    /// The failure.
    pub failure: Failure,
    /// The flow.
    pub flow: Id,
}

/// What is shown of the failures.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Window {
    /// What was asked.
    pub view: View,
    /// How many failures there are of each kind, in the order of the kinds.
    pub kinds: Vec<(Kind, u32)>,
    /// How many failures of each kind were too many to be worked out.
    pub left_out: Vec<(Kind, u32)>,
    /// How many failures the view has.
    pub total_failures: u32,
    /// How many failures of the view's kinds there are, and how many of them do harm.
    pub harmful: (u32, u32),
    /// How many flows there are.
    pub total_flows: u32,
    /// The failures, worst first.
    pub columns: Vec<Column>,
    /// The flows, worst first.
    pub lines: Vec<Line>,
    /// The cell asked for, where there is one.
    pub detail: Option<Box<Detail>>,
}

/// A failure with its sums.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Column {
    /// The failure.
    pub failure: Failure,
    /// The scenario while it lasts.
    pub scenario: Scenario,
    /// What it does, over all flows.
    pub sum: FailureSum,
}

/// A flow under the failures of a window.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Line {
    /// What all failures do to it.
    pub sum: FlowSum,
    /// What each failure of the window does to it, in their order.
    pub outcomes: Vec<Outcome>,
}

impl Failures {
    /// What a view shows.
    pub fn window(&self, view: View) -> Window {
        let most = |asked: u32| if asked == 0 { MAX_ROWS } else { asked.min(MAX_ROWS) } as usize;
        let shown: Vec<usize> = self.order.iter().copied().filter(|index| self.has(*index, &view)).collect();
        let columns: Vec<usize> =
            shown.iter().copied().skip(view.from_failure as usize).take(most(view.failures)).collect();
        let lines = self.flow_order.iter().skip(view.from_flow as usize).take(most(view.flows));
        let count =
            |kind: Kind| self.failures.iter().filter(|worked| worked.failure.kind() == kind).count() as u32;
        Window {
            kinds: Kind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0).collect(),
            left_out: self.left_out.clone(),
            total_failures: shown.len() as u32,
            harmful: self.harmful(&view),
            total_flows: self.flows.len() as u32,
            lines: lines.filter_map(|flow| self.line(*flow, &columns)).collect(),
            columns: columns.iter().filter_map(|index| self.column(*index)).collect(),
            detail: view.detail.as_ref().and_then(|asked| self.detail(&asked.failure, &asked.flow)).map(Box::new),
            view,
        }
    }

    fn harmful(&self, view: &View) -> (u32, u32) {
        let of_kinds = |only_harm| View { only_harm, kinds: view.kinds.clone(), ..View::default() };
        let count = |view: View| self.order.iter().filter(|index| self.has(**index, &view)).count() as u32;
        (count(of_kinds(false)), count(of_kinds(true)))
    }

    fn has(&self, index: usize, view: &View) -> bool {
        self.failures.get(index).is_some_and(|worked| {
            (view.kinds.is_empty() || view.kinds.contains(&worked.failure.kind()))
                && (!view.only_harm || worked.sum.harms())
        })
    }

    fn column(&self, index: usize) -> Option<Column> {
        let worked = self.failures.get(index)?;
        let scenario = worked.failure.scenario(&self.normal);
        Some(Column { failure: worked.failure.clone(), scenario, sum: worked.sum.clone() })
    }

    fn line(&self, flow: usize, columns: &[usize]) -> Option<Line> {
        let outcome = |index: &usize| {
            let step = self.failures.get(*index).and_then(|worked| self.steps.get(worked.step));
            step.and_then(|cells| cells.get(flow)).map(|cell| cell.outcome).unwrap_or_default()
        };
        Some(Line { sum: self.flows.get(flow)?.clone(), outcomes: columns.iter().map(outcome).collect() })
    }
}
