//! How flows fare in a state, and what is worse than what.

use crate::journey::{Part, Row, Standing, Verdict};
use crate::plan::Id;
use crate::space::{Family, Share};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

/// How a flow fares: which share of its addresses fails, and for which it depends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fare {
    pub(super) verdict: Option<Verdict>,
    /// For each family the share of addresses that fail,
    fails: [Share; 2],
    /// and of those that don't work for certain.
    not_works: [Share; 2],
}

/// Whether a share is more than another. Something is more than nothing, however little; beyond that sums that are made
/// otherwise differ in their last bits, so two millionths of it, and a millionth of a millionth, are passed over.
fn more(own: Share, other: Share) -> bool {
    let millionths = |number| Share::from_millionths(number).unwrap_or(Share::ZERO);
    if other == Share::ZERO {
        return own > Share::ZERO;
    }
    own > other + other * millionths(2) + millionths(1) * millionths(1)
}

fn any_more(own: [Share; 2], others: [Share; 2]) -> bool {
    own.into_iter().zip(others).any(|(own, other)| more(own, other))
}

impl Fare {
    pub(super) fn of(row: &Row) -> Self {
        let share = |family: Family, most: Standing| {
            let own = |part: &&Part| part.family == family && part.verdict.standing() <= most;
            row.parts.iter().filter(own).map(|part| part.share).sum::<Share>()
        };
        let both = |most| [share(Family::V4, most), share(Family::V6, most)];
        Self { verdict: row.verdict, fails: both(Standing::Fails), not_works: both(Standing::Depends) }
    }

    /// Whether addresses fail here that don't there, or depend that don't there. A flow that has no addresses in one of
    /// the two fares neither worse nor better.
    pub(super) fn is_worse_than(&self, other: &Self) -> bool {
        self.verdict.is_some()
            && other.verdict.is_some()
            && (any_more(self.fails, other.fails) || any_more(self.not_works, other.not_works))
    }

    /// Whether some of it fails that doesn't in either of two others: else it only depends.
    pub(super) fn fails_more_than(&self, one: &Self, two: &Self) -> bool {
        let most = one.fails.into_iter().zip(two.fails).map(|(one, two)| one.max(two));
        self.fails.into_iter().zip(most).any(|(own, most)| more(own, most))
    }

    /// The largest share of a family's addresses that fails, or else that depends.
    fn share(&self) -> Share {
        let largest = |all: [Share; 2]| all.into_iter().max().unwrap_or(Share::ZERO);
        let fails = largest(self.fails);
        if fails > Share::ZERO { fails } else { largest(self.not_works) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_more_than_nothing_and_last_bits_are_not() {
        let share = |millionths| Share::from_millionths(millionths).unwrap();
        let tiny = share(1) * share(1) * share(1);
        assert!(more(tiny, Share::ZERO) && !more(Share::ZERO, tiny) && !more(Share::ZERO, Share::ZERO));
        assert!(!more(tiny + tiny, tiny), "parts cut otherwise");
        assert!(more(share(500_002), share(500_000)) && !more(share(500_000) + tiny, share(500_000)));
        assert!(!more(Share::ONE, Share::ONE) && more(Share::ONE, share(999_000)));
    }
}
