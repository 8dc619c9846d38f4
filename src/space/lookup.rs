//! What a partition says of single addresses.

use super::index::{BATCH, Index};
use super::starts::Starts;
use super::{Address, Partition, Span};

impl<A: Address, T: Copy + Eq> Partition<A, T> {
    /// The value at an address.
    #[inline]
    pub fn lookup(&self, address: A) -> T {
        self.values[self.index_of(address)]
    }

    /// The values at many addresses, in their order, in place of what `into` held. Faster than one at a time where
    /// memory is what a lookup waits for.
    pub fn lookup_many(&self, addresses: &[A], into: &mut Vec<T>) {
        into.clear();
        into.reserve(addresses.len());
        let (batches, rest) = addresses.as_chunks::<BATCH>();
        if let Some(index) = self.index.for_many(self.starts.words(), addresses.len()) {
            let mut found = [0; BATCH];
            for batch in batches {
                index.find_many(self.starts.words(), &batch.map(A::word), &mut found);
                let each = batch.iter().zip(&found);
                into.extend(each.map(|(address, at)| self.values[self.starts.exact(*at as usize, *address)]));
            }
        } else {
            into.extend(batches.as_flattened().iter().map(|address| self.lookup(*address)));
        }
        into.extend(rest.iter().map(|address| self.lookup(*address)));
    }

    /// The interval around an address, and its value.
    pub fn span_of(&self, address: A) -> (Span<A>, T) {
        self.interval(self.index_of(address))
    }

    /// Builds the index for lookups now. It is built anyway when enough addresses were asked for; until then a lookup
    /// halves the intervals.
    pub fn build_index(&self) {
        if self.values.len() < A::Index::LIMIT {
            self.index.built(self.starts.words());
        }
    }

    /// What it takes of the heap, with the index if there is one by now, in bytes.
    pub fn bytes(&self) -> usize {
        self.starts.bytes() + self.values.capacity() * size_of::<T>() + self.index.bytes()
    }

    /// Which interval an address is in.
    #[inline(always)]
    pub(super) fn index_of(&self, address: A) -> usize {
        self.starts.exact(self.index.find(self.starts.words(), address.word()), address)
    }
}
