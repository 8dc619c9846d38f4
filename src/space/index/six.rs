//! IPv6: tables of many steps for few intervals, where time is all that counts; for many a tree, which costs less room
//! and is made at once.

use super::steps::Steps;
use super::tree::Tree;
use super::{BATCH, Index};

/// An index over the upper 64 bits of starts.
#[derive(Clone, Debug)]
pub enum Index6 {
    /// For few intervals.
    Steps(Steps),
    /// For many.
    Tree(Tree<u64>),
}

/// From so many intervals on, what lookups wait for is memory.
const MANY: usize = 65536;

impl Index<u64> for Index6 {
    const LIMIT: usize = <Tree<u64> as Index<u64>>::LIMIT;

    fn new(starts: &[u64]) -> Self {
        if starts.len() < MANY { Index6::Steps(Index::new(starts)) } else { Index6::Tree(Index::new(starts)) }
    }

    #[inline(always)]
    fn find(&self, words: &[u64], word: u64) -> usize {
        match self {
            Index6::Steps(steps) => steps.find(words, word),
            Index6::Tree(tree) => tree.find(words, word),
        }
    }

    #[inline]
    fn find_many(&self, words: &[u64], batch: &[u64; BATCH], found: &mut [u32; BATCH]) -> bool {
        match self {
            Index6::Steps(steps) => steps.find_many(words, batch, found),
            Index6::Tree(tree) => tree.find_many(words, batch, found),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Index6::Steps(steps) => Index::<u64>::bytes(steps),
            Index6::Tree(tree) => tree.bytes(),
        }
    }
}
