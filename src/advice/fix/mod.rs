//! Proven fixes: changes of the plan, each tried on the engine before it is shown.
//!
//! A candidate is done to a copy of the plan, the copy is solved, and flow by flow and failure by failure compared with
//! what was: what it mends, what it makes worse, what it moves, which findings go and which come. Failures are all
//! single ones: links, circuits, devices, sites, maintenance, half failures.
//!
//! "Make everything work" looks for the least set of candidates, up to three, with which every flow that has addresses
//! works while all is up: smaller sets first, of equal ones the first in the order of the candidates. Where none
//! suffices it says which flows the best one leaves, and whether all combinations were tried.

mod candidates;
mod change;
mod delta;
mod trial;

pub use candidates::MAX_CANDIDATES;
pub use change::Change;
pub use delta::{ListChange, list_changes};
pub use trial::Effect;

use super::{Advice, Finding};
use crate::journey::{Row, Standing, Verdict, World};
use crate::pace::{Pace, Phase};
use crate::plan::{Id, Plan};
use crate::routing::Readings;
use crate::study::failures::Failures;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use trial::Trial;

/// At most so many changes go together.
pub const MAX_TOGETHER: usize = 3;

/// At most so many flows are named that a change doesn't mend.
const MAX_STILL: usize = 4;

/// Solving is paid for by routes: so many may be decided while combinations are tried.
const ROUTES_TRIED: usize = 50_000_000;

/// Changes with what they do, all together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Proposal {
    /// The changes, in the order in which they are done.
    pub changes: Vec<Change>,
    /// What they do.
    pub effect: Effect,
}

impl Proposal {
    /// Whether it lets a finding go away.
    pub fn mends_finding(&self, finding: &Finding) -> bool {
        self.effect.findings_gone.iter().any(|(code, about)| *code == finding.code && *about == finding.about)
    }

    /// The plan with the changes done to it.
    pub fn apply(&self, plan: &Plan) -> Plan {
        changed(plan, &self.changes)
    }
}

/// A plan with changes done to it.
fn changed(plan: &Plan, changes: &[Change]) -> Plan {
    let mut plan = plan.clone();
    changes.iter().for_each(|change| change.apply(&mut plan));
    plan
}

/// What makes every flow work.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Everything {
    /// Every flow works already.
    Works,
    /// With these, and with no fewer of the candidates.
    With(Proposal),
    /// No combination of the candidates suffices.
    Without {
        /// The least that mends most, where anything mends.
        best: Option<Proposal>,
        /// Flows that don't work even then.
        left: Vec<Id>,
        /// Whether all combinations were tried; with very many routes only the first are.
        complete: bool,
    },
}

/// A change that was tried and mends nothing, and why it isn't proposed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Rejected {
    /// The change.
    pub change: Change,
    /// Flows that fare worse with it.
    pub worsens: Vec<Id>,
    /// Flows that don't work with it either, the first of them, each with how it ends then.
    pub still: Vec<(Id, Verdict)>,
}

/// The fixes of a plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Fixes {
    /// All changes that were tried, in their order.
    pub candidates: Vec<Change>,
    /// Each that mends a flow, or makes a finding of a rule with a fix go away and no flow worse and no error come;
    /// the best first.
    pub proposals: Vec<Proposal>,
    /// The others, in the order of the candidates.
    pub rejected: Vec<Rejected>,
    /// What makes every flow work.
    pub everything: Everything,
    /// How many combinations were solved.
    pub tried: u32,
}

impl Fixes {
    /// A proposal by its number: 0 is what makes everything work or mends most, 1 the first of the others.
    pub fn proposal(&self, number: u32) -> Option<&Proposal> {
        match (number.checked_sub(1), &self.everything) {
            (Some(index), _) => self.proposals.get(index as usize),
            (None, Everything::With(proposal) | Everything::Without { best: Some(proposal), .. }) => {
                Some(proposal)
            }
            (None, Everything::Works | Everything::Without { best: None, .. }) => None,
        }
    }

    /// Looks for fixes, in steps: `advice` and `failures` are the world's, and `rows` a flow each.
    pub async fn new(world: &World, rows: &[Row], failures: &Failures, advice: &Advice, pace: &Pace) -> Self {
        let candidates = candidates::candidates(world, rows, &advice.findings);
        let mut trial = Trial { world, rows, failures, advice, readings: Readings::default(), tried: 0 };
        // Each world that is solved says how far it is; what people wait for is all of them.
        let quiet = &pace.quiet();
        let (mut proposals, mut rejected) = (Vec::new(), Vec::new());
        for (index, change) in candidates.iter().enumerate() {
            pace.at(Phase::Studying, index as u64, 2 * candidates.len() as u64);
            let (effect, mut still) = trial.prove(std::slice::from_ref(change), quiet).await;
            if effect.is_worth_showing() {
                proposals.push(Proposal { changes: vec![change.clone()], effect });
            } else {
                still.truncate(MAX_STILL);
                rejected.push(Rejected { change: change.clone(), worsens: effect.worsens, still });
            }
        }
        // Stable: of equals the first candidate.
        crate::sort::by_key(&mut proposals, |own| {
            let effect = &own.effect;
            let worse = effect.worsens.len() + effect.failures_worse as usize;
            (std::cmp::Reverse(effect.mends.len()), worse, std::cmp::Reverse(effect.findings_gone.len()))
        });
        let everything = trial.everything(&candidates, pace).await;
        Self { candidates, proposals, rejected, everything, tried: trial.tried }
    }

    /// The same of a world of which nothing is worked out yet but its rows.
    pub async fn of(world: &World, rows: &[Row], pace: &Pace) -> Self {
        let failures = Failures::new(world, pace).await;
        let capacity = crate::study::capacity::Capacity::new(world, &failures, None, pace).await;
        let advice = Advice::new(world, rows, &failures, &capacity, pace).await;
        Self::new(world, rows, &failures, &advice, pace).await
    }
}

impl Trial<'_> {
    async fn everything(&mut self, candidates: &[Change], pace: &Pace) -> Everything {
        let fails = |rows: &[Row]| -> Vec<Id> {
            let not = |row: &&Row| row.verdict.is_some_and(|verdict| verdict.standing() != Standing::Works);
            rows.iter().filter(not).map(|row| row.flow.clone()).collect()
        };
        let mut left = fails(self.rows);
        if left.is_empty() {
            return Everything::Works;
        }
        let quiet = &pace.quiet();
        let all = combinations(candidates.len());
        let mut done = 0;
        let network = self.world.network();
        let routes = network.routes.v4.len() + network.routes.v6.len();
        let mut room = (ROUTES_TRIED / routes.max(1)).max(candidates.len());
        let mut complete = true;
        let mut best: Option<Vec<Change>> = None;
        'sizes: for size in 1..=MAX_TOGETHER.min(candidates.len()) {
            let mut chosen: Vec<usize> = (0..size).collect();
            loop {
                if room == 0 {
                    complete = false;
                    break 'sizes;
                }
                room -= 1;
                // The proofs of single changes were the first half.
                pace.at(Phase::Studying, all + done, 2 * all);
                done += 1;
                let changes: Vec<Change> = chosen.iter().filter_map(|at| candidates.get(*at)).cloned().collect();
                let after = fails(&self.rows_with(&changes, quiet).await);
                if after.is_empty() {
                    let (effect, _) = self.prove(&changes, quiet).await;
                    return Everything::With(Proposal { changes, effect });
                }
                if after.len() < left.len() {
                    left = after;
                    best = Some(changes);
                }
                if !advance(&mut chosen, candidates.len()) {
                    break;
                }
            }
        }
        let best = match best {
            Some(changes) => {
                let (effect, _) = self.prove(&changes, quiet).await;
                Some(Proposal { changes, effect })
            }
            None => None,
        };
        Everything::Without { best, left, complete }
    }
}

/// How many combinations of up to [`MAX_TOGETHER`] there are.
fn combinations(of: usize) -> u64 {
    let of = of as u64;
    of + of * of.saturating_sub(1) / 2 + of * of.saturating_sub(1) * of.saturating_sub(2) / 6
}

/// The next combination of so many indexes below `of`, in order; false after the last.
fn advance(chosen: &mut [usize], of: usize) -> bool {
    let size = chosen.len();
    let Some(at) = (0..size).rev().find(|at| chosen.get(*at).is_some_and(|index| index + size - at < of)) else {
        return false;
    };
    let mut next = chosen.get(at).copied().unwrap_or(0);
    for index in chosen.iter_mut().skip(at) {
        next += 1;
        *index = next;
    }
    true
}
