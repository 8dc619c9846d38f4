//! Where the intervals of a partition begin: sorted words, and what lies below them.
//!
//! An IPv4 address is one word of 32 bits, an IPv6 address its upper 64 bits, in which nearly all of a real table
//! begins. Whatever begins deeper than /64 keeps its lower 64 bits apart: a bit for each start says whether it has any,
//! and counting bits says which.

use std::fmt;
use std::hash::Hash;

use super::Address;

/// The leading bits of an address, all that the fast paths look at.
pub trait Word: Copy + Ord + Hash + Default + fmt::Debug + Send + Sync + Into<u64> + 'static {
    /// How many bits.
    const BITS: u8;
    /// All bits one.
    const LAST: Self;

    /// The word after this one; after the last comes 0.
    fn wrapping_next(self) -> Self;
    /// The last word of the block of this length around this word; a length above [`Word::BITS`] counts as that.
    fn last_of(self, length: u8) -> Self;
}

macro_rules! word {
    ($int:ty) => {
        impl Word for $int {
            const BITS: u8 = <$int>::BITS as u8;
            const LAST: Self = <$int>::MAX;

            #[inline(always)]
            fn wrapping_next(self) -> Self {
                self.wrapping_add(1)
            }

            #[inline(always)]
            fn last_of(self, length: u8) -> Self {
                self | <$int>::MAX.checked_shr(u32::from(length)).unwrap_or(0)
            }
        }
    };
}

word!(u32);
word!(u64);

/// The starts of a family, ascending.
pub trait Starts<A: Address>: Clone + Eq + Hash + fmt::Debug + Send + Sync + Sized + 'static {
    /// Empty, with room.
    fn with_capacity(starts: usize) -> Self;
    /// Of words, and for some of them, by their place, which ascends, the bits below, which are never all zero.
    fn of(words: Vec<A::Word>, below: Below) -> Self;
    /// Of addresses.
    fn from_vec(starts: Vec<A>) -> Self;
    /// As addresses.
    fn into_vec(self) -> Vec<A>;
    /// The leading word of each.
    fn words(&self) -> &[A::Word];
    /// What lies below the words.
    fn below(&self) -> &Below;
    /// One of them.
    fn get(&self, at: usize) -> A;
    /// One more at the end.
    fn push(&mut self, start: A);
    /// The last that is not after an address, given the last whose word is not after the address's.
    fn exact(&self, at: usize, address: A) -> usize;
    /// What it takes of the heap, in bytes.
    fn bytes(&self) -> usize;
}

impl Starts<u32> for Vec<u32> {
    fn with_capacity(starts: usize) -> Self {
        Vec::with_capacity(starts)
    }

    fn of(words: Vec<u32>, below: Below) -> Self {
        debug_assert!(below.is_empty());
        words
    }

    fn from_vec(starts: Vec<u32>) -> Self {
        starts
    }

    fn into_vec(self) -> Vec<u32> {
        self
    }

    #[inline(always)]
    fn words(&self) -> &[u32] {
        self
    }

    #[inline(always)]
    fn below(&self) -> &Below {
        const { &Below::NONE }
    }

    #[inline(always)]
    fn get(&self, at: usize) -> u32 {
        self[at]
    }

    #[inline(always)]
    fn push(&mut self, start: u32) {
        self.push(start);
    }

    #[inline(always)]
    fn exact(&self, at: usize, _: u32) -> usize {
        at
    }

    fn bytes(&self) -> usize {
        self.capacity() * size_of::<u32>()
    }
}

/// The starts of IPv6 intervals.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Starts6 {
    /// The upper 64 bits of each; several are equal where a /64 is cut.
    upper: Vec<u64>,
    below: Below,
}

impl Starts<u128> for Starts6 {
    fn with_capacity(starts: usize) -> Self {
        Starts6 { upper: Vec::with_capacity(starts), below: Below::NONE }
    }

    fn of(upper: Vec<u64>, below: Below) -> Self {
        Starts6 { upper, below }
    }

    fn from_vec(starts: Vec<u128>) -> Self {
        let mut out = Self::with_capacity(starts.len());
        starts.into_iter().for_each(|start| out.push(start));
        out
    }

    fn into_vec(self) -> Vec<u128> {
        (0..self.upper.len()).map(|at| self.get(at)).collect()
    }

    #[inline(always)]
    fn words(&self) -> &[u64] {
        &self.upper
    }

    #[inline(always)]
    fn below(&self) -> &Below {
        &self.below
    }

    #[inline(always)]
    fn get(&self, at: usize) -> u128 {
        u128::from(self.upper[at]) << 64 | u128::from(self.below.get(at))
    }

    #[inline(always)]
    fn push(&mut self, start: u128) {
        if start as u64 != 0 {
            self.below.push(self.upper.len(), start as u64);
        }
        self.upper.push((start >> 64) as u64);
    }

    #[inline(always)]
    fn exact(&self, at: usize, address: u128) -> usize {
        if self.below.is_empty() || self.upper[at] != address.word() { at } else { self.within(at, address) }
    }

    fn bytes(&self) -> usize {
        self.upper.capacity() * size_of::<u64>() + self.below.bytes()
    }
}

impl Starts6 {
    /// Among the starts in the /64 of an address, of which this is the last.
    #[cold]
    fn within(&self, last: usize, address: u128) -> usize {
        let (mut from, mut to) = (self.upper.partition_point(|upper| *upper < address.word()), last + 1);
        // From the first after the address on, and the one before it.
        while from < to {
            let middle = from.midpoint(to);
            if self.get(middle) <= address { from = middle + 1 } else { to = middle }
        }
        from - 1
    }
}

/// The lower 64 bits of the starts that have any. Nothing is kept where none has.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Below {
    /// For 64 starts each, up to the last that has any.
    groups: Vec<Group>,
    bits: Vec<u64>,
}

#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
struct Group {
    /// Which of its starts have any.
    some: u64,
    /// How many have in the groups before.
    before: u32,
}

impl Below {
    /// Nothing below any.
    pub const NONE: Self = Below { groups: Vec::new(), bits: Vec::new() };

    /// Does no start have any?
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.bits.is_empty()
    }

    /// The bits of a start.
    #[inline(always)]
    pub fn get(&self, at: usize) -> u64 {
        match self.groups.get(at / 64) {
            Some(group) if group.some >> (at % 64) & 1 != 0 => {
                let before = (group.some & ((1 << (at % 64)) - 1)).count_ones();
                self.bits[(group.before + before) as usize]
            }
            _ => 0,
        }
    }

    /// Do all of these starts have none?
    #[inline(always)]
    pub fn none_in(&self, from: usize, to: usize) -> bool {
        let groups = self.groups.get(from / 64..).unwrap_or_default();
        groups.iter().take(to.saturating_sub(1) / 64 + 1 - from / 64).all(|group| group.some == 0)
    }

    /// Bits of a start that comes after all that have some.
    #[cold]
    pub fn push(&mut self, at: usize, bits: u64) {
        debug_assert_ne!(bits, 0);
        let empty = Group { some: 0, before: self.bits.len() as u32 };
        self.groups.resize(at / 64 + 1, empty);
        if let Some(group) = self.groups.last_mut() {
            group.some |= 1 << (at % 64);
        }
        self.bits.push(bits);
    }

    /// What it takes of the heap, in bytes.
    pub fn bytes(&self) -> usize {
        self.groups.capacity() * size_of::<Group>() + self.bits.capacity() * size_of::<u64>()
    }
}
