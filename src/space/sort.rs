//! A sort that can be put down and taken up again.

use super::order::{LIMIT, Order};
use super::{Address, Prefix};

/// Sorts prefixes with what belongs to them, in steps, so that a worker stays answerable.
///
/// The order is that of [`Prefix`]; equal prefixes stay in the order given. Meanwhile the items are in memory twice, and
/// once if they are in order from the start.
#[derive(Clone, Debug)]
pub struct Sorter<A: Address, T> {
    items: Vec<(Prefix<A>, T)>,
    stage: Stage<A, T>,
    /// How many are compared from the start; less in tests.
    few: usize,
}

#[derive(Clone, Debug)]
enum Stage<A: Address, T> {
    /// The items before this are in order.
    Looking(usize),
    Sorting(Box<Sorting<A, T>>),
    Done,
}

#[derive(Clone, Debug)]
struct Sorting<A: Address, T> {
    order: Order<A, T>,
    words: Vec<A::Word>,
    values: Vec<T>,
    /// How many are back in their places, in order.
    sorted: usize,
}

impl<A: Address, T: Copy> Sorter<A, T> {
    /// A sorter of these items; nothing is done yet.
    pub fn new(items: Vec<(Prefix<A>, T)>) -> Self {
        Self::comparing_below(super::order::FEW, items)
    }

    /// The same with another [`FEW`](super::order::FEW).
    pub(super) fn comparing_below(few: usize, items: Vec<(Prefix<A>, T)>) -> Self {
        Sorter { stage: Stage::Looking(0), items, few }
    }

    /// Does some of the work, about as much as it takes to look at this many items (and at least one, so that it
    /// always comes to an end). Says whether all is done. Sorting n items takes n for those already sorted, and about
    /// 4 n otherwise. Items that share their first 10 (IPv4) or 16 bits (IPv6) are sorted in one go, and so are all IPv6
    /// prefixes longer than /64.
    pub fn step(&mut self, items: usize) -> bool {
        let mut budget = items.max(1);
        while budget > 0 {
            match &mut self.stage {
                Stage::Looking(from) => {
                    let limit = self.items.len().min(from.saturating_add(budget));
                    // The last one looked at is compared with the next.
                    let some = &self.items[from.saturating_sub(1)..limit];
                    budget = budget.saturating_sub(some.len().max(1));
                    if !some.is_sorted_by_key(|&(prefix, _)| prefix) {
                        self.stage = self.start();
                    } else if limit == self.items.len() {
                        self.stage = Stage::Done;
                    } else {
                        *from = limit;
                    }
                }
                Stage::Sorting(sorting) => {
                    let Sorting { order, words, values, sorted } = &mut **sorting;
                    if let Some(left) = order.part(&self.items, words, values, budget) {
                        budget = left;
                    } else if let Some((bucket, _)) = order.next_bucket(words, values) {
                        self.items[*sorted..*sorted + bucket.len()].copy_from_slice(bucket);
                        *sorted += bucket.len();
                        budget = budget.saturating_sub(bucket.len());
                    } else {
                        self.stage = Stage::Done;
                    }
                }
                Stage::Done => return true,
            }
        }
        self.is_done()
    }

    /// The stage after an item that is out of order was found.
    fn start(&mut self) -> Stage<A, T> {
        if self.items.len() >= LIMIT {
            self.items.sort_by_key(|&(prefix, _)| prefix);
            return Stage::Done;
        }
        Stage::Sorting(Box::new(Sorting {
            order: Order::new(self.few, self.items.len()),
            words: vec![A::Word::default(); self.items.len()],
            values: self.items.iter().map(|item| item.1).collect(),
            sorted: 0,
        }))
    }

    /// Is all done?
    pub fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }

    /// The items in order. Does what work is left.
    pub fn sorted(&mut self) -> &[(Prefix<A>, T)] {
        while !self.step(usize::MAX) {}
        &self.items
    }
}
