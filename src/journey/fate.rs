//! How the journeys of addresses that are treated alike may end.

use super::{Dropped, Verdict};
use crate::routing::ExitSet;
use crate::space::Share;
use std::collections::BTreeSet;

/// How the journeys of addresses that are treated alike may end, for each way the open choices may fall.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Fate {
    /// For each way the open choices may fall the verdicts over all equal paths.
    pub(crate) ends: Vec<BTreeSet<Verdict>>,
    /// The exits of the first packet.
    pub(crate) out: ExitSet,
    /// The exits of the answer.
    pub(crate) back: ExitSet,
    /// The pools, by their indexes.
    pub(crate) pools: BTreeSet<usize>,
    /// What stopped the answer.
    pub(crate) dropped: BTreeSet<Dropped>,
}

impl Fate {
    /// One verdict, however the open choices fall.
    pub(crate) fn certain(verdict: Verdict, choices: usize, out: ExitSet) -> Self {
        Self {
            ends: vec![BTreeSet::from([verdict]); choices],
            out,
            back: ExitSet::NONE,
            pools: BTreeSet::new(),
            dropped: BTreeSet::new(),
        }
    }

    /// Nothing yet, to be joined with others.
    pub(crate) fn none(choices: usize) -> Self {
        Self {
            ends: vec![BTreeSet::new(); choices],
            out: ExitSet::NONE,
            back: ExitSet::NONE,
            pools: BTreeSet::new(),
            dropped: BTreeSet::new(),
        }
    }

    /// Both, as equal paths.
    pub(crate) fn join(&mut self, other: &Self) {
        for (own, others) in self.ends.iter_mut().zip(&other.ends) {
            own.extend(others);
        }
        self.out = self.out.union(other.out);
        self.back = self.back.union(other.back);
        self.pools.extend(&other.pools);
        self.dropped.extend(other.dropped.iter().cloned());
    }

    /// The verdict: over equal paths first, then over the open choices. Choices that lead to the same standing leave
    /// its worst verdict; else it is uncertain.
    pub(crate) fn verdict(&self, multipath: bool) -> Verdict {
        let each = self.ends.iter().filter_map(|ends| Verdict::over_ties(ends.iter().copied(), multipath));
        Verdict::over_ties(each, false).unwrap_or(Verdict::NoRoute)
    }
}

/// Fates with their shares of the addresses that the step before left alike; shares sum to one.
pub(crate) type Fates = Vec<(Share, Fate)>;

/// What follows where several exits are equal: each fate of the one with each of the other.
pub(crate) fn product(paths: &[&Fates], choices: usize) -> Fates {
    let mut all: Fates = vec![(Share::ONE, Fate::none(choices))];
    for path in paths {
        let mut next = Fates::new();
        for (share, fate) in &all {
            for (other_share, other) in *path {
                let mut joined = fate.clone();
                joined.join(other);
                add(&mut next, *share * *other_share, joined);
            }
        }
        all = next;
    }
    all
}

/// Adds a fate, to its like where there is one.
pub(crate) fn add(fates: &mut Fates, share: Share, fate: Fate) {
    match fates.iter_mut().find(|(_, known)| *known == fate) {
        Some((sum, _)) => *sum += share,
        None => fates.push((share, fate)),
    }
}
