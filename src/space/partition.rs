//! The whole address space, cut where its value changes.

use std::hash::{Hash, Hasher};

use super::index::Lazy;
use super::order;
use super::starts::Starts;
use super::{Address, Count, Prefix, Set, Span, Sweep};

/// A value for every address of a family, as the fewest intervals.
///
/// The whole space is always covered, no interval is empty, and neighbours differ in value. So
/// equal partitions are equal values, whatever they were made from.
///
/// Flat and sorted: the start at i is the first address with the value at i, which holds until the
/// address before the next start, or to the end. The first start is [`Address::FIRST`]. An IPv4 start is kept in 4
/// bytes, an IPv6 start in 8 unless it is deeper than /64.
///
/// Beside them lies an index for [`Partition::lookup`], built when it pays. It is no part of the value: not
/// compared, not hashed, not shown.
#[derive(Clone)]
pub struct Partition<A: Address, T> {
    pub(super) starts: A::Starts,
    pub(super) values: Vec<T>,
    pub(super) index: Lazy<A>,
}

impl<A: Address, T: Eq> PartialEq for Partition<A, T> {
    fn eq(&self, other: &Self) -> bool {
        self.starts == other.starts && self.values == other.values
    }
}

impl<A: Address, T: Eq> Eq for Partition<A, T> {}

impl<A: Address, T: Hash> Hash for Partition<A, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.starts.hash(state);
        self.values.hash(state);
    }
}

impl<A: Address, T: Copy + Eq> Partition<A, T> {
    /// The same value everywhere.
    pub fn uniform(value: T) -> Self {
        Self::from_parts(A::Starts::from_vec(vec![A::FIRST]), vec![value])
    }

    /// For every address, the value of the longest prefix around it, or `default`. Of equal
    /// prefixes the last given wins. They may come in any order; sorted ones skip the sort.
    ///
    /// To cut the work into steps, use [`Sorter`](super::Sorter) and [`Sweep`].
    pub fn from_prefixes(default: T, prefixes: impl IntoIterator<Item = (Prefix<A>, T)>) -> Self {
        let prefixes: Vec<_> = prefixes.into_iter().collect();
        Self::from_slice(default, &prefixes)
    }

    /// The same from prefixes in memory, which aren't copied if they are in order.
    pub fn from_slice(default: T, prefixes: &[(Prefix<A>, T)]) -> Self {
        let mut sweep = Sweep::with_capacity(default, prefixes.len());
        if sweep.extend_from_slice(prefixes).is_err() {
            sweep = if prefixes.len() < order::LIMIT {
                Sweep::of_unsorted(order::FEW, default, prefixes)
            } else {
                let mut sorted = prefixes.to_vec();
                sorted.sort_by_key(|&(prefix, _)| prefix);
                let mut sweep = Sweep::with_capacity(default, sorted.len());
                let swept = sweep.extend_from_slice(&sorted);
                debug_assert!(swept.is_ok(), "sorted just now");
                sweep
            };
        }
        sweep.finish()
    }

    /// One value in a set, another outside.
    pub fn from_set(set: &Set<A>, inside: T, outside: T) -> Self {
        let mut builder = Builder::with_capacity(set.spans().len() * 2 + 1);
        let mut open = Some(A::FIRST);
        for span in set.spans() {
            if let Some(gap) = open.filter(|&gap| gap < span.first) {
                builder.begin(gap, outside);
            }
            builder.begin(span.first, inside);
            open = span.last.next();
        }
        if let Some(gap) = open {
            builder.begin(gap, outside);
        }
        builder.finish()
    }

    /// Takes over arrays that already keep the promises of a partition.
    pub(super) fn from_parts(starts: A::Starts, values: Vec<T>) -> Self {
        debug_assert_eq!(starts.get(0), A::FIRST);
        debug_assert_eq!(starts.words().len(), values.len());
        debug_assert!((1..values.len()).all(|at| starts.get(at - 1) < starts.get(at)));
        debug_assert!(values.is_sorted_by(|a, b| a != b));
        Partition { starts, values, index: Lazy::new() }
    }

    /// How many intervals: at least one.
    #[expect(clippy::len_without_is_empty, reason = "it never is")]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// All intervals in order, each with its value.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Span<A>, T)> + ExactSizeIterator + '_ {
        (0..self.len()).map(|at| self.interval(at))
    }

    /// How many addresses have each value, in the order in which the values first appear.
    ///
    /// Values are searched one by one: for many different ones use [`Partition::totals`].
    pub fn counts(&self) -> Vec<(T, Count)> {
        let mut counts: Vec<(T, Count)> = Vec::new();
        for (span, value) in self.iter() {
            match counts.iter_mut().find(|(known, _)| *known == value) {
                Some((_, count)) => *count += span.count(),
                None => counts.push((value, span.count())),
            }
        }
        counts
    }

    /// How many addresses are in each of the classes `0..classes`. Values for which `class` gives
    /// a number beyond that are left out.
    pub fn totals(&self, classes: usize, mut class: impl FnMut(T) -> usize) -> Vec<Count> {
        let mut totals = vec![Count::ZERO; classes];
        for (span, value) in self.iter() {
            if let Some(total) = totals.get_mut(class(value)) {
                *total += span.count();
            }
        }
        totals
    }

    /// The addresses whose value is chosen. Each interval is asked once, in order.
    pub fn set_where(&self, mut chosen: impl FnMut(T) -> bool) -> Set<A> {
        Set::from_sorted(self.iter().filter(|&(_, value)| chosen(value)).map(|(span, _)| span))
    }

    /// An interval by its index, which must be below [`Partition::len`].
    #[inline]
    pub(super) fn interval(&self, at: usize) -> (Span<A>, T) {
        let next = at + 1;
        let last = if next < self.values.len() { self.starts.get(next).previous() } else { None };
        let span = Span { first: self.starts.get(at), last: last.unwrap_or(A::LAST) };
        (span, self.values[at])
    }
}

impl<A: Address, T: Copy + Eq + std::fmt::Debug> std::fmt::Debug for Partition<A, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Collects intervals from first to last and merges equal neighbours.
pub(super) struct Builder<A: Address, T> {
    starts: A::Starts,
    values: Vec<T>,
}

impl<A: Address, T: Copy + Eq> Builder<A, T> {
    pub(super) fn with_capacity(intervals: usize) -> Self {
        Builder { starts: A::Starts::with_capacity(intervals), values: Vec::with_capacity(intervals) }
    }

    /// From `start` on it is `value`. Starts must ascend, the first being [`Address::FIRST`].
    #[inline]
    pub(super) fn begin(&mut self, start: A, value: T) {
        if self.values.last() != Some(&value) {
            self.starts.push(start);
            self.values.push(value);
        }
    }

    pub(super) fn finish(self) -> Partition<A, T> {
        Partition::from_parts(self.starts, self.values)
    }
}
