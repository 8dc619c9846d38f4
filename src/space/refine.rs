//! Partitions made from partitions.

use super::partition::Builder;
use super::{Address, Partition, Set, Span};

impl<A: Address, T: Copy + Eq> Partition<A, T> {
    /// Another value for each value; neighbours that become equal are merged. Each interval is
    /// asked once, in order.
    pub fn map<U: Copy + Eq>(&self, mut f: impl FnMut(T) -> U) -> Partition<A, U> {
        let mut builder = Builder::with_capacity(self.len());
        for (span, value) in self.iter() {
            builder.begin(span.first, f(value));
        }
        builder.finish()
    }

    /// The common refinement: for every address a value made from the values of both. Each piece
    /// is asked once, in order; neighbours that come out equal are merged.
    pub fn refine<U: Copy + Eq, V: Copy + Eq>(
        &self,
        other: &Partition<A, U>,
        mut f: impl FnMut(T, U) -> V,
    ) -> Partition<A, V> {
        let mut builder = Builder::with_capacity(self.len() + other.len());
        for (span, a, b) in self.pieces(other) {
            builder.begin(span.first, f(a, b));
        }
        builder.finish()
    }

    /// Every piece of the common refinement with both values, in order. Neighbours differ in at
    /// least one of the values.
    pub fn pieces<'a, U: Copy + Eq>(
        &'a self,
        other: &'a Partition<A, U>,
    ) -> impl Iterator<Item = (Span<A>, T, U)> + 'a {
        let (mut left, mut right) = (self.iter(), other.iter());
        let mut heads = left.next().zip(right.next());
        std::iter::from_fn(move || {
            let (a, b) = heads?;
            let piece = a.0.intersect(&b.0)?;
            // Both cover the whole space, so after the last address both are at their end.
            heads = match a.0.last.cmp(&b.0.last) {
                std::cmp::Ordering::Less => left.next().zip(Some(b)),
                std::cmp::Ordering::Greater => Some(a).zip(right.next()),
                std::cmp::Ordering::Equal => left.next().zip(right.next()),
            };
            Some((piece, a.1, b.1))
        })
    }

    /// Where the other partition has another value: the pieces in order, each with this value and
    /// the other's. Neighbours that touch differ in at least one of the values.
    pub fn difference<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (Span<A>, T, T)> + 'a {
        self.pieces(other).filter(|(_, a, b)| a != b)
    }

    /// The intervals within a set, cut at its edges, in order.
    pub fn restrict<'a>(&'a self, set: &'a Set<A>) -> impl Iterator<Item = (Span<A>, T)> + 'a {
        set.spans().iter().flat_map(|span| self.within(*span))
    }

    /// The intervals within a span, cut at its edges, in order.
    pub fn within(&self, span: Span<A>) -> impl Iterator<Item = (Span<A>, T)> + '_ {
        (self.index_of(span.first)..self.len()).map_while(move |at| {
            let (interval, value) = self.interval(at);
            Some((interval.intersect(&span)?, value))
        })
    }
}
