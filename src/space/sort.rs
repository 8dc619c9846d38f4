//! A sort that can be put down and taken up again.

use super::order::{Key, Order};
use super::{Address, Prefix};

/// Sorts prefixes with what belongs to them, in steps, so that a worker stays answerable.
///
/// The order is that of [`Prefix`]; equal prefixes stay in the order given. The items stay where they are: what is
/// sorted are keys of 8 or 16 bytes, one for each item, and none if the items are in order.
#[derive(Clone, Debug)]
pub struct Sorter<A: Address, T> {
    items: Vec<(Prefix<A>, T)>,
    stage: Stage<A>,
    /// How many are compared from the start; less in tests.
    few: usize,
}

#[derive(Clone, Debug)]
enum Stage<A: Address> {
    /// The items before this are in order.
    Looking(usize),
    Sorting(Order<A::Key>),
    /// Sorted; `None`: as the items are.
    Done(Option<Order<A::Key>>),
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
    /// 4 n otherwise. Items that share their first 12 (IPv4) or 16 bits (IPv6) are sorted in one go.
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
                        self.stage = Stage::Done(None);
                    } else {
                        *from = limit;
                    }
                }
                Stage::Sorting(order) => match order.step(&self.items, budget) {
                    Some(left) => budget = left,
                    None => {
                        let Stage::Sorting(order) = std::mem::replace(&mut self.stage, Stage::Done(None)) else {
                            return true;
                        };
                        self.stage = Stage::Done(Some(order));
                    }
                },
                Stage::Done(_) => return true,
            }
        }
        self.is_done()
    }

    /// The stage after an item that is out of order was found.
    fn start(&mut self) -> Stage<A> {
        if self.items.len() < A::Key::LIMIT {
            return Stage::Sorting(Order::comparing_below(self.few, self.items.len()));
        }
        // More than keys can tell apart: no list that fits into a browser has that many.
        self.items.sort_by_key(|&(prefix, _)| prefix);
        Stage::Done(None)
    }

    /// Is all done?
    pub fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Done(_))
    }

    /// The items in order. Does what work is left.
    pub fn sorted(&mut self) -> impl ExactSizeIterator<Item = (Prefix<A>, T)> + '_ {
        while !self.step(usize::MAX) {}
        let order = match &self.stage {
            Stage::Done(order) => order.as_ref(),
            _ => None,
        };
        let items = &self.items;
        (0..items.len()).map(move |at| items[order.map_or(at, |order| order.place(at))])
    }
}
