//! Finding the interval of an address: what is built beside the sorted starts, and when.
//!
//! An index is no part of a partition's value. Most partitions of the engine are walked and dropped, and never asked
//! for one address; so none is built until so many were asked for that it pays.

mod bits;
mod flat;
mod front;
mod lines;
mod six;
mod tree;

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use super::Address;
use super::starts::{Below, Starts, Word};
#[cfg(test)]
pub use bits::Bits;
pub use bits::Index4;
#[cfg(test)]
pub use flat::Flat;
#[cfg(test)]
pub use front::Front;
#[cfg(test)]
pub use lines::{Lines, Near, Whole};
pub use six::Index6;
#[cfg(test)]
pub use tree::Tree;

/// An index over the words of starts, of which the first is 0.
pub trait Index<W>: Clone + Send + Sync + Sized + 'static {
    /// It can tell apart fewer starts than this.
    const LIMIT: usize;

    /// An index of these starts.
    fn new(words: &[W]) -> Self;
    /// The same, where it makes a difference which starts have bits below their words.
    fn with_below(words: &[W], _below: &Below) -> Self {
        Self::new(words)
    }
    /// The last start whose word is not after this one; always with the starts that it was made from.
    fn find(&self, words: &[W], word: W) -> usize;
    /// The same, and whether it takes the bits below to say if that is the one.
    #[inline(always)]
    fn find_telling(&self, words: &[W], word: W) -> (usize, bool) {
        (self.find(words, word), true)
    }
    /// The same for many words. Says whether one of them may be a start itself.
    fn find_many(&self, words: &[W], batch: &[W; BATCH], found: &mut [u32; BATCH]) -> bool;
    /// What it takes of the heap, in bytes.
    fn bytes(&self) -> usize;
}

/// How many addresses are looked up side by side.
pub const BATCH: usize = 32;

/// Fewer intervals than this are searched without an index.
const FEW: usize = 8;

/// An index of up to so many intervals is built at the first question; beyond, after one for every so many intervals.
const PAYS: usize = 64;

/// The last start that is not after a word, by halving. Without a branch that depends on the word.
#[inline]
pub fn halve<W: Word>(words: &[W], word: W) -> usize {
    let (mut base, mut size) = (0, words.len());
    while size > 1 {
        let half = size / 2;
        // Not a branch, and not to be made one.
        base += half & usize::from(words[base + half] <= word).wrapping_neg();
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
    pub fn built(&self, starts: &A::Starts) -> &A::Index {
        self.index.get_or_init(|| Arc::new(A::Index::with_below(starts.words(), starts.below())))
    }

    /// The last start whose word is not after this one, and whether it takes the bits below to say if that is the one.
    #[inline(always)]
    pub fn find(&self, starts: &A::Starts, word: A::Word) -> (usize, bool) {
        match self.index.get() {
            Some(index) => index.find_telling(starts.words(), word),
            None => (self.find_without(starts, word), true),
        }
    }

    #[cold]
    #[inline(never)]
    fn find_without(&self, starts: &A::Starts, word: A::Word) -> usize {
        let words = starts.words();
        if (FEW..A::Index::LIMIT).contains(&words.len()) && self.pays(words.len(), 1) {
            return self.built(starts).find(words, word);
        }
        halve(words, word)
    }

    /// The index, if there is one by now, or if so many more questions make it pay.
    pub fn for_many(&self, starts: &A::Starts, questions: usize) -> Option<&A::Index> {
        let count = starts.words().len();
        let worth = self.index.get().is_some() || self.pays(count, questions);
        (worth && count < A::Index::LIMIT).then(|| self.built(starts))
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
    use crate::{Partition, Prefix, Sweep};

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
            let bits = if A::BITS == 32 { u128::from(upper >> 32) } else { u128::from(upper) << 64 | lower };
            (Prefix::truncating(from(bits), length).expect("in range"), random() as u32 % 50)
        };
        (0..count).map(prefix).collect()
    }

    fn from<A: Address>(bits: u128) -> A {
        let ip = match u32::try_from(bits) {
            Ok(four) if A::BITS == 32 => std::net::Ipv4Addr::from_bits(four).into(),
            _ => std::net::Ipv6Addr::from_bits(bits).into(),
        };
        A::from_ip(ip).expect("of this family")
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
        let starts: Vec<A> = partition.starts().collect();
        let beside = |start: &A| [start.previous(), Some(*start), start.next()].into_iter().flatten();
        let addresses: Vec<A> = starts.iter().flat_map(beside).chain([A::FIRST, A::LAST]).collect();
        let mut values = Vec::new();
        partition.lookup_many(&addresses, &mut values);
        for (address, value) in addresses.iter().zip(values) {
            let expected = partition.values()[starts.partition_point(|start| start <= address) - 1];
            assert_eq!((partition.lookup(*address), value), (expected, expected), "{address:?}");
        }
        partition
    }

    #[test]
    fn large_tables_are_counted_and_searched_alike() {
        let usual = agrees(&table::<u32>(90_000, [24, 24, 22, 16], 0));
        assert!(matches!(usual.index.index.get().map(AsRef::as_ref), Some(Index4::Bits(_))));
        let odd = agrees(&table::<u32>(90_000, [32, 30, 27, 16], 0));
        assert!(matches!(odd.index.index.get().map(AsRef::as_ref), Some(Index4::Tree(_))));
        agrees(&table::<u32>(5_000, [24, 24, 22, 16], 3));
    }

    #[test]
    fn large_tables_of_long_addresses_are_searched_alike() {
        let many = agrees(&table::<u128>(80_000, [48, 48, 32, 29], 4));
        assert!(matches!(many.index.index.get().map(AsRef::as_ref), Some(Index6::Many(_))));
        agrees(&table::<u128>(20_000, [48, 48, 32, 29], 4));
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
