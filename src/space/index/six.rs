//! IPv6: tables and lines for not many intervals, where time is all that counts; for many a tree, which costs less room
//! and is made at once.

use super::front::Front;
use super::lines::{Lines, Near, Whole};
use super::tree::Tree;
use super::{BATCH, Index};
use crate::starts::Below;

/// An index over the upper 64 bits of starts.
#[derive(Clone, Debug)]
pub enum Index6 {
    /// For few intervals.
    Few(Lines<Near, 1>),
    /// For more.
    Some(Lines<Whole, 2>),
    /// For many.
    Many(Front<Tree<u64>>),
}

/// From so many intervals on it takes another table, and one over all of the space is not too large.
const SOME: usize = 2048;
/// From so many on, what lookups wait for is memory.
const MANY: usize = 65536;

impl Index<u64> for Index6 {
    const LIMIT: usize = <Front<Tree<u64>> as Index<u64>>::LIMIT;

    fn new(words: &[u64]) -> Self {
        Self::with_below(words, &Below::NONE)
    }

    fn with_below(words: &[u64], below: &Below) -> Self {
        match words.len() {
            ..SOME => Index6::Few(Index::with_below(words, below)),
            SOME..MANY => Index6::Some(Index::with_below(words, below)),
            MANY.. => Index6::Many(Index::with_below(words, below)),
        }
    }

    #[inline(always)]
    fn find(&self, words: &[u64], word: u64) -> usize {
        self.find_telling(words, word).0
    }

    #[inline(always)]
    fn find_telling(&self, words: &[u64], word: u64) -> (usize, bool) {
        match self {
            Index6::Some(lines) => lines.find_telling(words, word),
            Index6::Few(lines) => lines.find_telling(words, word),
            Index6::Many(tree) => tree.find_telling(words, word),
        }
    }

    #[inline]
    fn find_many(&self, words: &[u64], batch: &[u64; BATCH], found: &mut [u32; BATCH]) -> bool {
        match self {
            Index6::Few(lines) => lines.find_many(words, batch, found),
            Index6::Some(lines) => lines.find_many(words, batch, found),
            Index6::Many(tree) => tree.find_many(words, batch, found),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Index6::Few(lines) => lines.bytes(),
            Index6::Some(lines) => lines.bytes(),
            Index6::Many(tree) => tree.bytes(),
        }
    }
}
