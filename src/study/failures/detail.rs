//! One flow under one failure, told in full.

use super::cell::Outcome;
use super::{Failure, Failures, Notice};
use crate::journey::{Change, Mover, Sessions, Verdict};
use crate::plan::Id;
use crate::routing::ExitSet;
use crate::space::{Family, Share};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// At most so many moves are told.
const MAX_MOVES: usize = 50;

/// One flow under one failure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Detail {
    /// The failure.
    pub failure: Failure,
    /// The flow.
    pub flow: Id,
    /// What it does to it.
    pub outcome: Outcome,
    /// The verdict before; absent: the flow has no addresses.
    pub before: Option<Verdict>,
    /// The verdict while it lasts.
    pub after: Option<Verdict>,
    /// What becomes of its sessions: of those that fare worst.
    pub sessions: Sessions,
    /// The share of addresses whose packets from us go another way: of the family in which it is more.
    pub moved_out: Share,
    /// The same of packets to us.
    pub moved_in: Share,
    /// The exits that packets from us move to.
    pub to_out: Vec<Id>,
    /// The exits that packets to us move to.
    pub to_in: Vec<Id>,
    /// How long it takes until packets from us take their new way.
    pub notice_out: Notice,
    /// How long it takes until packets to us do.
    pub notice_in: Notice,
    /// What changes for which share of the addresses, at most 50, the largest shares first.
    pub moves: Vec<Move>,
    /// How many more there are.
    pub more_moves: u32,
}

/// Addresses of a flow for which the same changes.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema,
)]
pub struct Move {
    /// IPv4 or IPv6.
    pub family: Family,
    /// Their share of the family's pairs of addresses.
    pub share: Share,
    /// How they end before,
    pub before: Verdict,
    /// and while it lasts.
    pub after: Verdict,
    /// The exits of the first packet before: ours, or of an inbound flow the far side's.
    pub first_before: Vec<Id>,
    /// And while it lasts.
    pub first_after: Vec<Id>,
    /// The exits of the answer before.
    pub answer_before: Vec<Id>,
    /// And while it lasts.
    pub answer_after: Vec<Id>,
    /// What becomes of their sessions.
    pub sessions: Sessions,
    /// A pair of them, to trace: the source of the first packet,
    pub from: IpAddr,
    /// and its destination.
    pub to: IpAddr,
}

type Key = (Family, Verdict, Verdict, (ExitSet, ExitSet), (ExitSet, ExitSet), Sessions);

impl Failures {
    /// One flow under one failure, in full; `None`: there is no such failure or flow.
    pub fn detail(&self, failure: &Failure, flow: &Id) -> Option<Detail> {
        let plan = self.catalogue.ground.plan();
        let worked = self.failures.iter().find(|worked| worked.failure == *failure)?;
        let index = plan.flows.iter().position(|known| known.id == *flow)?;
        let cell = self.steps.get(worked.step)?.get(index)?;
        let (before, after) = (self.states.get(worked.before)?, self.states.get(worked.after)?);
        let mut sums: BTreeMap<Key, (Share, (IpAddr, IpAddr))> = BTreeMap::new();
        let mut mover = Mover::new(&self.catalogue, &self.judged);
        for piece in self.catalogue.flows.get(index)? {
            mover.changes(&before.0, &after.0, piece, |change: Change| {
                let (was, is) = change.verdict;
                let key = (change.family, was, is, change.first, change.answer, change.sessions);
                let sum = sums.entry(key).or_insert((Share::ZERO, change.example));
                sum.0 += change.share;
                sum.1 = sum.1.min(change.example);
            });
        }
        let ids = |exits: ExitSet| exits.ids(&plan.exits);
        let mut moves: Vec<Move> = sums
            .into_iter()
            .map(|((family, before, after, first, answer, sessions), (share, (from, to)))| Move {
                family,
                share,
                before,
                after,
                first_before: ids(first.0),
                first_after: ids(first.1),
                answer_before: ids(answer.0),
                answer_after: ids(answer.1),
                sessions,
                from,
                to,
            })
            .collect();
        // Stable: of equal shares those that end worst come first.
        crate::sort::by_key(&mut moves, |change| (change.family, std::cmp::Reverse(change.share)));
        let more_moves = moves.len().saturating_sub(MAX_MOVES) as u32;
        moves.truncate(MAX_MOVES);
        Some(Detail {
            failure: failure.clone(),
            flow: flow.clone(),
            outcome: cell.outcome,
            before: cell.verdicts.map(|(before, _)| before),
            after: cell.verdicts.map(|(_, after)| after),
            sessions: cell.sessions,
            moved_out: cell.moved.0,
            moved_in: cell.moved.1,
            to_out: ids(cell.to.0),
            to_in: ids(cell.to.1),
            notice_out: cell.noticed.0.told(&plan.exits),
            notice_in: cell.noticed.1.told(&plan.exits),
            moves,
            more_moves,
        })
    }
}
