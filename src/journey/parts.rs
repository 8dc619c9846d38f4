//! Collecting the parts of a row: addresses that share one fate, with their share.

use super::fate::Fate;
use super::{Part, Verdict};
use crate::plan::Plan;
use crate::routing::{ExitSet, FarSide};
use crate::space::{Address, Set, Share, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What tells parts apart.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    verdict: Verdict,
    side: FarSide,
    out: ExitSet,
    pools: BTreeSet<usize>,
    back: ExitSet,
    dropped: BTreeSet<super::Dropped>,
}

struct Sum<A> {
    share: Share,
    far: Vec<Span<A>>,
    from: A,
    to: A,
}

/// The parts of one family of one row.
pub(crate) struct Parts<A> {
    sums: BTreeMap<Key, Sum<A>>,
    multipath: bool,
}

impl<A: Address> Parts<A> {
    pub(crate) fn new(multipath: bool) -> Self {
        Self { sums: BTreeMap::new(), multipath }
    }

    /// Adds far addresses whose journeys have a fate, with an example: source and destination of the first packet.
    pub(crate) fn add(&mut self, fate: &Fate, side: FarSide, share: Share, far: &Set<A>, example: (A, A)) {
        let key = Key {
            verdict: fate.verdict(self.multipath),
            side,
            out: fate.out,
            pools: fate.pools.clone(),
            back: fate.back,
            dropped: fate.dropped.clone(),
        };
        let (from, to) = example;
        let sum = self.sums.entry(key).or_insert_with(|| Sum { share: Share::ZERO, far: Vec::new(), from, to });
        // The lowest pair, so that the example doesn't depend on the order in which classes are met.
        (sum.from, sum.to) = (sum.from, sum.to).min(example);
        sum.share += share;
        sum.far.extend_from_slice(far.spans());
    }

    /// The worst verdict so far.
    pub(crate) fn worst(&self) -> Option<Verdict> {
        self.sums.keys().map(|key| key.verdict).min()
    }

    /// The parts, worst first, their shares settled to sum to one.
    pub(crate) fn finish(self, plan: &Plan) -> Vec<Part> {
        let mut shares: Vec<Share> = self.sums.values().map(|sum| sum.share).collect();
        Share::settle(&mut shares);
        self.sums
            .into_iter()
            .zip(shares)
            .map(|((key, sum), share)| Part {
                family: A::FAMILY,
                verdict: key.verdict,
                share,
                far_addresses: Set::from_spans(sum.far).count(),
                far_side: key.side,
                out: key.out.ids(&plan.exits),
                pools: key.pools.iter().filter_map(|pool| plan.pools.get(*pool)).map(|p| p.id.clone()).collect(),
                back: key.back.ids(&plan.exits),
                dropped: key.dropped.into_iter().collect(),
                from: sum.from.to_ip(),
                to: sum.to.to_ip(),
            })
            .collect()
    }
}
