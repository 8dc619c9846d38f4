//! How flows fare in a state, and what is worse than what.

use crate::journey::{Part, Row, Standing, Verdict};
use crate::plan::Id;
use crate::space::{Family, Share};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

/// How a flow fares: by the standing of its worst part, then by how many of its addresses share it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fare {
    pub(super) verdict: Option<Verdict>,
    /// For each family the share of addresses that fail, in millionths,
    fails: [u32; 2],
    /// and of those for which it depends.
    depends: [u32; 2],
}

/// Shares differ where they differ by more than that, in millionths: sums of them differ in their last bits.
const ALIKE: u32 = 2;

impl Fare {
    pub(super) fn of(row: &Row) -> Self {
        let share = |family: Family, standing: Standing| {
            let own = |part: &&Part| part.family == family && part.verdict.standing() == standing;
            row.parts.iter().filter(own).fold(Share::ZERO, |sum, part| sum + part.share).millionths()
        };
        let both = |standing| [share(Family::V4, standing), share(Family::V6, standing)];
        Self { verdict: row.verdict, fails: both(Standing::Fails), depends: both(Standing::Depends) }
    }

    /// Whether addresses fail here that don't there, or depend that don't there. A flow that has no addresses in one of
    /// the two fares neither worse nor better.
    pub(super) fn is_worse_than(&self, other: &Self) -> bool {
        if self.verdict.is_none() || other.verdict.is_none() {
            return false;
        }
        let more = |own: [u32; 2], others: [u32; 2]| {
            own.iter().zip(others).any(|(own, other)| *own > other.saturating_add(ALIKE))
        };
        let not_works = |fare: &Self| {
            let sum = |index: usize| {
                let of = |all: [u32; 2]| all.get(index).copied().unwrap_or(0);
                of(fare.fails) + of(fare.depends)
            };
            [sum(0), sum(1)]
        };
        more(self.fails, other.fails) || more(not_works(self), not_works(other))
    }

    /// Whether some of it fails that doesn't in either of two others: else it only depends.
    pub(super) fn fails_more_than(&self, one: &Self, two: &Self) -> bool {
        let most = |index: usize| {
            let of = |fare: &Self| fare.fails.get(index).copied().unwrap_or(0);
            of(one).max(of(two)).saturating_add(ALIKE)
        };
        self.fails.iter().enumerate().any(|(index, own)| *own > most(index))
    }

    /// The largest share of a family's addresses that fails, or else that depends.
    fn share(&self) -> Share {
        let largest = |all: [u32; 2]| all.into_iter().max().unwrap_or(0);
        let (fails, depends) = (largest(self.fails), largest(self.depends));
        Share::from_millionths(if fails > 0 { fails } else { depends }).unwrap_or(Share::ONE)
    }
}

/// A flow that fares worse for a while than both today and in the end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Broken {
    /// The flow.
    pub flow: Id,
    /// How it fares first: the verdict of its worst part.
    pub verdict: Option<Verdict>,
    /// The share of its addresses that fails, or for which it depends; of the worse family.
    pub share: Share,
    /// The step, from 0, by which it is mended: it fares no worse from then on.
    pub until: u32,
}

impl Broken {
    pub(super) fn new(flow: &Id, fare: &Fare, until: usize) -> Self {
        Self { flow: flow.clone(), verdict: fare.verdict, share: fare.share(), until: until as u32 }
    }
}

/// Whether a flow breaks in a state: it fares worse than today, and worse than in the end.
pub(super) fn breaks(now: &Fare, today: &Fare, end: &Fare) -> bool {
    now.is_worse_than(today) && now.is_worse_than(end)
}
