//! Finding the interval of an address: what is built beside the sorted starts, and when.
//!
//! An index is no part of a partition's value. Most partitions of the engine are walked and dropped, and never asked
//! for one address; so none is built until so many were asked for that it pays.

mod bits;
mod slots;

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use super::Address;
#[cfg(test)]
pub use bits::Bits;
pub use bits::Index4;
pub use slots::Slots;

/// An index over the starts of intervals, of which the first is [`Address::FIRST`].
pub trait Index<A>: Clone + Send + Sync + Sized + 'static {
    /// It can tell apart fewer starts than this.
    const LIMIT: usize;

    /// An index of these starts.
    fn new(starts: &[A]) -> Self;
    /// Which interval an address is in; always with the starts that it was made from.
    fn find(&self, starts: &[A], address: A) -> usize;
    /// Which intervals many addresses are in. Whether those before them lay deep says how to look; how these do is
    /// left for the next.
    fn find_many(&self, starts: &[A], addresses: &[A; BATCH], found: &mut [u32; BATCH], deep: &mut bool);
    /// What it takes of the heap, in bytes.
    fn bytes(&self) -> usize;
}

/// How many addresses are looked up side by side.
pub const BATCH: usize = 32;

/// Fewer intervals than this are searched without an index.
const FEW: usize = 8;

/// An index of up to so many intervals is built at the first question; beyond, after one for every so many intervals.
const PAYS: usize = 64;

/// Which interval an address is in, by halving. Without a branch that depends on the address.
#[inline]
pub fn halve<A: Address>(starts: &[A], address: A) -> usize {
    let (mut base, mut size) = (0, starts.len());
    while size > 1 {
        let half = size / 2;
        // Not a branch, and not to be made one.
        base += half & usize::from(starts[base + half] <= address).wrapping_neg();
        size -= half;
    }
    base
}

/// A place for an index.
pub struct Lazy<A: Address> {
    index: OnceLock<Arc<A::Index>>,
    /// How often was asked without one.
    asked: AtomicU32,
}

impl<A: Address> Lazy<A> {
    /// No index yet.
    pub fn new() -> Self {
        Lazy { index: OnceLock::new(), asked: AtomicU32::new(0) }
    }

    /// The index, built now if there is none.
    pub fn built(&self, starts: &[A]) -> &A::Index {
        self.index.get_or_init(|| Arc::new(A::Index::new(starts)))
    }

    /// Which interval an address is in.
    #[inline]
    pub fn find(&self, starts: &[A], address: A) -> usize {
        match self.index.get() {
            Some(index) => index.find(starts, address),
            None => self.find_without(starts, address),
        }
    }

    #[cold]
    fn find_without(&self, starts: &[A], address: A) -> usize {
        if (FEW..A::Index::LIMIT).contains(&starts.len()) && self.pays(starts.len(), 1) {
            return self.built(starts).find(starts, address);
        }
        halve(starts, address)
    }

    /// The index, if there is one by now, or if so many more questions make it pay.
    pub fn for_many(&self, starts: &[A], questions: usize) -> Option<&A::Index> {
        let worth = self.index.get().is_some() || self.pays(starts.len(), questions);
        (worth && starts.len() < A::Index::LIMIT).then(|| self.built(starts))
    }

    /// Counts questions, and says whether an index pays by now.
    fn pays(&self, intervals: usize, questions: usize) -> bool {
        let asked = self.asked.load(Relaxed).saturating_add(questions as u32);
        // Of two threads that ask at once one may not be counted: that only puts the index off.
        self.asked.store(asked, Relaxed);
        asked as usize >= intervals / PAYS
    }

    /// What the index takes of the heap, in bytes.
    pub fn bytes(&self) -> usize {
        self.index.get().map_or(0, |index| size_of::<A::Index>() + index.bytes())
    }
}

/// Shares the index, as the starts are the same.
impl<A: Address> Clone for Lazy<A> {
    fn clone(&self) -> Self {
        Lazy { index: self.index.clone(), asked: AtomicU32::new(self.asked.load(Relaxed)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::{Partition, Prefix, Sweep};

    /// Prefixes as a full table has them, with a few that are longer, in no order. The same each time.
    fn table<A: Address>(count: usize, usual: [u8; 4], crowd: u32) -> Vec<(Prefix<A>, u32)> {
        let mut state = 1_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 16
        };
        let prefix = |at: usize| {
            let upper = random() << 16 >> crowd | 1 << 62;
            let lower = u128::from(random() >> 40);
            let length = if at.is_multiple_of(100) { A::BITS } else { usual[random() as usize % 4] };
            let address = match A::from_upper(upper) {
                four if A::BITS == 32 => four,
                six => from(six.to_u128() | lower),
            };
            (Prefix::truncating(address, length).expect("in range"), random() as u32 % 50)
        };
        (0..count).map(prefix).collect()
    }

    fn from<A: Address>(bits: u128) -> A {
        A::from_ip(std::net::Ipv6Addr::from_bits(bits).into()).expect("of this family")
    }

    fn agrees<A: Address>(table: &[(Prefix<A>, u32)]) -> Partition<A, u32> {
        let partition = Partition::from_slice(99, table);
        // By other hands: a comparing sort, one prefix at a time.
        let mut sorted = table.to_vec();
        sorted.sort_by_key(|&(prefix, _)| prefix);
        let mut sweep = Sweep::new(99);
        for (prefix, value) in &sorted {
            assert_eq!(sweep.push(*prefix, *value), Ok(()));
        }
        assert!(partition == sweep.finish());
        partition.build_index();
        let starts = partition.starts();
        let beside = |start: &A| [start.previous(), Some(*start), start.next()].into_iter().flatten();
        let addresses: Vec<A> = starts.iter().flat_map(beside).chain([A::FIRST, A::LAST]).collect();
        let mut values = Vec::new();
        partition.lookup_many(&addresses, &mut values);
        for (address, value) in addresses.iter().zip(values) {
            let expected = partition.values()[halve(starts, *address)];
            assert_eq!((partition.lookup(*address), value), (expected, expected), "{address:?}");
        }
        partition
    }

    #[test]
    fn large_tables_are_counted_and_searched_alike() {
        let usual = agrees(&table::<u32>(90_000, [24, 24, 22, 16], 0));
        assert!(matches!(usual.index.index.get().map(AsRef::as_ref), Some(Index4::Bits(_))));
        let odd = agrees(&table::<u32>(90_000, [32, 30, 27, 16], 0));
        assert!(matches!(odd.index.index.get().map(AsRef::as_ref), Some(Index4::Slots(_))));
        agrees(&table::<u32>(5_000, [24, 24, 22, 16], 3));
    }

    #[test]
    fn large_tables_of_long_addresses_are_searched_alike() {
        agrees(&table::<u128>(40_000, [48, 48, 32, 29], 4));
        // Crowded where tables end, and within one /64.
        agrees(&table::<u128>(5_000, [128, 64, 120, 48], 12));
        agrees(&table::<u128>(5_000, [128, 126, 127, 128], 60));
    }

    #[test]
    fn an_index_is_built_when_it_pays_and_is_no_part_of_the_value() {
        let partition = Partition::from_slice(99, &table::<u32>(3_000, [24, 24, 22, 16], 0));
        let untouched = partition.clone();
        let without = partition.bytes();
        assert_eq!(partition.lookup(7), untouched.lookup(7));
        assert!(partition.index.index.get().is_none());
        for address in 0..partition.len() as u32 / 64 {
            partition.lookup(address << 20);
        }
        assert!(partition.index.index.get().is_some() && partition.bytes() > without);
        assert!(untouched.index.index.get().is_none() && partition == untouched);
        assert_eq!(format!("{partition:?}"), format!("{untouched:?}"));
        // Many at once pay at once.
        let mut values = Vec::new();
        untouched.lookup_many(&[7; 200], &mut values);
        assert!(untouched.index.index.get().is_some() && values == [99; 200]);
    }
}
