//! Two partitions side by side: every piece of both, and the pieces where they differ.

use std::iter::FusedIterator;

use super::starts::Starts;
use super::{Address, Partition, Span};

impl<A: Address, T: Copy + Eq> Partition<A, T> {
    /// Every piece of the common refinement with both values, in order. Neighbours differ in at
    /// least one of the values.
    pub fn pieces<'a, U: Copy + Eq>(
        &'a self,
        other: &'a Partition<A, U>,
    ) -> impl Iterator<Item = (Span<A>, T, U)> + 'a {
        Pieces::new(self, other)
    }

    /// Where the other partition has another value: the pieces in order, each with this value and
    /// the other's. Neighbours that touch differ in at least one of the values.
    ///
    /// Where both are cut alike and have the same values, many intervals are passed at once.
    pub fn difference<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (Span<A>, T, T)> + 'a {
        let mut pieces = Pieces::new(self, other);
        std::iter::from_fn(move || {
            loop {
                pieces.skip_equal();
                match pieces.next() {
                    Some((_, a, b)) if a == b => {}
                    piece => return piece,
                }
            }
        })
    }
}

/// One walk over two partitions.
pub(super) struct Pieces<'a, A: Address, T, U> {
    left: &'a Partition<A, T>,
    right: &'a Partition<A, U>,
    /// Which interval of each the next piece is in; beyond the end when all is done.
    at: (usize, usize),
    /// Where the next piece begins.
    first: A,
}

impl<'a, A: Address, T: Copy + Eq, U: Copy + Eq> Pieces<'a, A, T, U> {
    pub(super) fn new(left: &'a Partition<A, T>, right: &'a Partition<A, U>) -> Self {
        Pieces { left, right, at: (0, 0), first: A::FIRST }
    }

    /// The next piece by its first address, and both values.
    #[inline]
    pub(super) fn step(&mut self) -> Option<(A, T, U)> {
        let (i, j) = self.at;
        let piece = (self.first, *self.left.values.get(i)?, *self.right.values.get(j)?);
        let (more, others) = (i + 1 < self.left.values.len(), j + 1 < self.right.values.len());
        // Where a partition ends its last interval goes on, beyond every start.
        if more & others {
            let (next, other) = (self.left.starts.get(i + 1), self.right.starts.get(j + 1));
            self.first = next.min(other);
            self.at = (i + usize::from(next <= other), j + usize::from(other <= next));
        } else if more {
            (self.first, self.at) = (self.left.starts.get(i + 1), (i + 1, j));
        } else if others {
            (self.first, self.at) = (self.right.starts.get(j + 1), (i, j + 1));
        } else {
            self.at = (self.left.values.len(), self.right.values.len());
        }
        Some(piece)
    }
}

/// How many intervals are compared at once.
const RUN: usize = 16;

impl<A: Address, T: Copy + Eq> Pieces<'_, A, T, T> {
    /// Passes intervals that are the same in both.
    #[inline]
    fn skip_equal(&mut self) {
        let (mut i, mut j) = self.at;
        let (left, right) = (&self.left.starts, &self.right.starts);
        let (x, y) = (&self.left.values[..], &self.right.values[..]);
        if i >= x.len() || j >= y.len() || left.get(i) != right.get(j) {
            return;
        }
        let (a, b) = (left.words(), right.words());
        let whole = left.below().is_empty() & right.below().is_empty();
        // From one common start to another, with the same values between.
        while let (Some(a), Some(b)) = (a.get(i + 1..=i + RUN), b.get(j + 1..=j + RUN)) {
            if !(same(a, b) & same(&x[i..i + RUN], &y[j..j + RUN])) {
                break;
            }
            if !whole && !(left.below().none_in(i + 1, i + 1 + RUN) & right.below().none_in(j + 1, j + 1 + RUN)) {
                break;
            }
            (i, j) = (i + RUN, j + RUN);
        }
        while (i + 1 < x.len()) & (j + 1 < y.len()) {
            if (left.get(i + 1) != right.get(j + 1)) | (x[i] != y[j]) {
                break;
            }
            (i, j) = (i + 1, j + 1);
        }
        (self.at, self.first) = ((i, j), left.get(i));
    }
}

/// Are two slices of one length equal? Looks at all of it, which costs less than to stop early.
#[inline(always)]
fn same<X: Eq>(a: &[X], b: &[X]) -> bool {
    a.iter().zip(b).fold(true, |same, (a, b)| same & (a == b))
}

impl<A: Address, T: Copy + Eq, U: Copy + Eq> Iterator for Pieces<'_, A, T, U> {
    type Item = (Span<A>, T, U);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (first, a, b) = self.step()?;
        let more = self.at.0 < self.left.values.len();
        // The next piece begins after an address, or there is none.
        let last = if more { self.first.previous().unwrap_or(A::LAST) } else { A::LAST };
        Some((Span { first, last }, a, b))
    }
}

impl<A: Address, T: Copy + Eq, U: Copy + Eq> FusedIterator for Pieces<'_, A, T, U> {}
