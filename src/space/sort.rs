//! A sort that can be put down and taken up again.

use super::{Address, Prefix};

/// Runs shorter than this are sorted in one go, and so is the most that a step may exceed its
/// budget by.
const RUN: usize = 1024;

/// Sorts prefixes with what belongs to them, in steps, so that a worker stays answerable.
///
/// The order is that of [`Prefix`]; equal prefixes stay in the order given. A merge sort from the
/// bottom up that keeps the runs it finds: input that is already sorted is read once and not
/// moved. Otherwise it needs room for a second copy.
#[derive(Clone, Debug)]
pub struct Sorter<A: Address, T> {
    items: Vec<(Prefix<A>, T)>,
    /// Where each sorted run of `items` ends; the next begins there.
    ends: Vec<usize>,
    /// What a pass merges into, and where its runs end.
    merged: Vec<(Prefix<A>, T)>,
    merged_ends: Vec<usize>,
    stage: Stage,
    /// [`RUN`], or less in tests, so that small inputs are merged, too.
    run: usize,
}

#[derive(Copy, Clone, Debug)]
enum Stage {
    /// Finding runs: `items[start..end]` is sorted, what follows isn't yet looked at.
    Runs {
        start: usize,
        end: usize,
    },
    /// Merging two runs: `items[left..middle]` and `items[right..end]` remain of them. After them
    /// comes the run `next`.
    Merge {
        left: usize,
        middle: usize,
        right: usize,
        end: usize,
        next: usize,
    },
    Done,
}

impl<A: Address, T: Copy> Sorter<A, T> {
    /// A sorter of these items; nothing is done yet.
    pub fn new(items: Vec<(Prefix<A>, T)>) -> Self {
        Self::with_runs_of(RUN, items)
    }

    /// The same with another [`RUN`].
    pub(super) fn with_runs_of(run: usize, items: Vec<(Prefix<A>, T)>) -> Self {
        Sorter {
            stage: Stage::Runs { start: 0, end: items.len().min(1) },
            items,
            ends: Vec::new(),
            merged: Vec::new(),
            merged_ends: Vec::new(),
            run,
        }
    }

    /// Does some of the work, about as much as it takes to look at this many items (and at least
    /// one, so that it always comes to an end). Says whether all is done. Sorting n items takes
    /// n for those already sorted, and up to about n x (1 + log2(n / 1024)) otherwise.
    pub fn step(&mut self, items: usize) -> bool {
        let mut budget = items.max(1);
        while budget > 0 {
            match self.stage {
                Stage::Runs { start, end } => budget = self.find_run(start, end, budget),
                Stage::Merge { .. } => budget = self.merge(budget),
                Stage::Done => return true,
            }
        }
        self.is_done()
    }

    /// Is all done?
    pub fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }

    /// The sorted items. Does what work is left.
    pub fn into_sorted(mut self) -> Vec<(Prefix<A>, T)> {
        while !self.step(usize::MAX) {}
        self.items
    }

    /// Makes `items[start..end]`, which is sorted, as long as it goes, and sorts what is too short
    /// to stay as it is. Returns what is left of the budget.
    fn find_run(&mut self, start: usize, mut end: usize, budget: usize) -> usize {
        let items = &mut self.items;
        let limit = items.len().min(end.saturating_add(budget));
        let from = end;
        while end < limit && items[end - 1].0 <= items[end].0 {
            end += 1;
        }
        let left = budget - (end - from);
        if end == items.len() {
            self.ends.push(end);
            self.next_pass();
        } else if end == limit {
            self.stage = Stage::Runs { start, end };
        } else if end - start >= self.run {
            self.ends.push(end);
            self.stage = Stage::Runs { start: end, end: end + 1 };
        } else {
            let until = items.len().min(start + self.run);
            items[start..until].sort_by_key(|&(prefix, _)| prefix);
            self.stage = Stage::Runs { start, end: until };
            return left.saturating_sub(until - end);
        }
        left
    }

    /// Merges on. Returns what is left of the budget.
    fn merge(&mut self, budget: usize) -> usize {
        let Stage::Merge { mut left, middle, mut right, end, next } = self.stage else {
            return budget;
        };
        let (items, merged) = (&self.items, &mut self.merged);
        let limit = merged.len().saturating_add(budget);
        while left < middle && right < end && merged.len() < limit {
            // Of equal ones the left, which was given first.
            if items[left].0 <= items[right].0 {
                merged.push(items[left]);
                left += 1;
            } else {
                merged.push(items[right]);
                right += 1;
            }
        }
        // One of the two is used up, or the budget is: in either case the rest goes as it is.
        if left == middle || right == end {
            for (at, until) in [(&mut left, middle), (&mut right, end)] {
                let count = (until - *at).min(limit - merged.len());
                merged.extend_from_slice(&items[*at..*at + count]);
                *at += count;
            }
        }
        let budget = limit - merged.len();
        self.stage = Stage::Merge { left, middle, right, end, next };
        if left == middle && right == end {
            self.merged_ends.push(end);
            self.next_pair(end, next);
        }
        budget
    }

    /// Takes up the runs `next` and `next + 1`, of which the first begins at `start`. The second
    /// is empty if the number of runs is odd.
    fn next_pair(&mut self, start: usize, next: usize) {
        let Some(&middle) = self.ends.get(next) else {
            std::mem::swap(&mut self.items, &mut self.merged);
            std::mem::swap(&mut self.ends, &mut self.merged_ends);
            return self.next_pass();
        };
        self.stage = Stage::Merge {
            left: start,
            middle,
            right: middle,
            end: self.ends.get(next + 1).copied().unwrap_or(middle),
            next: next + 2,
        };
    }

    /// Begins a pass over all runs, unless there is only one.
    fn next_pass(&mut self) {
        self.merged.clear();
        self.merged_ends.clear();
        if self.ends.len() > 1 {
            self.merged.reserve_exact(self.items.len());
            self.next_pair(0, 0);
        } else {
            self.stage = Stage::Done;
        }
    }
}
