//! Partitions made from partitions.

use super::difference::Pieces;
use super::partition::Builder;
use super::starts::Starts;
use super::{Address, Partition, Set, Span};

impl<A: Address, T: Copy + Eq> Partition<A, T> {
    /// Another value for each value; neighbours that become equal are merged. Each interval is
    /// asked once, in order.
    pub fn map<U: Copy + Eq>(&self, mut f: impl FnMut(T) -> U) -> Partition<A, U> {
        let mut builder = Builder::with_capacity(self.len());
        for (at, value) in self.values.iter().enumerate() {
            builder.begin(self.starts.get(at), f(*value));
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
        let mut pieces = Pieces::new(self, other);
        while let Some((first, a, b)) = pieces.step() {
            builder.begin(first, f(a, b));
        }
        builder.finish()
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
