//! A table over leading bits, and below it every sixteenth start, every sixteenth of those, and so on.
//!
//! For large tables: it is made by copying, in next to no time. A slot of the table says which start is before it, and
//! how many levels there are to search for those that begin in it. A level is searched by halving, without a branch
//! that depends on the address, so the processor goes on with the next lookups while one waits for memory.

use super::{BATCH, Index, halve};
use crate::starts::Word;

/// How many of a level are between two of the level above, as a power of two: each is a step of halving.
const STEPS: u32 = 4;
const WIDTH: usize = 1 << STEPS;

/// In a slot: where the number of levels begins. The bits below are a start.
const LEVEL: u32 = 29;
const AT: u32 = (1 << LEVEL) - 1;

/// More levels than 2^29 starts can need.
const LEVELS: usize = 8;

/// The top table has as many slots as there are starts, to the next power of two; but no more than `2^ROOT`.
const ROOT: u32 = 20;

/// An index over the words of starts.
#[derive(Clone, Debug)]
pub struct Tree<W> {
    /// Where the top table begins, which is a multiple of its slots' size.
    from: u64,
    /// Its last word, counted from there.
    last: u64,
    /// How many bits its slots leave free.
    shift: u32,
    top: Vec<u32>,
    /// The levels above the words themselves, the lowest first.
    levels: Vec<W>,
    /// Where each of them begins and the one below it ends; the words are level 0, which has nothing here.
    begins: [u32; LEVELS + 1],
}

impl<W: Word> Index<W> for Tree<W> {
    const LIMIT: usize = AT as usize;

    fn new(words: &[W]) -> Self {
        let first: u64 = words.get(1).map_or(0, |word| (*word).into());
        let last: u64 = words.last().map_or(0, |word| (*word).into());
        let used = u64::BITS - (last - first.min(last)).leading_zeros();
        let shift = used.saturating_sub((usize::BITS - words.len().leading_zeros()).min(ROOT));
        // One slot before the first, if there is one, and one after the last.
        let from = (first >> shift).saturating_sub(1) << shift;
        // For each slot the last that begins in it, and then the last before it.
        let mut top = vec![0; ((last - from) >> shift) as usize + 2];
        for (word, at) in words.iter().zip(0..) {
            top[((*word).into().saturating_sub(from) >> shift) as usize] = at;
        }
        let (mut before, mut most) = (0, 0);
        for slot in &mut top {
            let latest = before.max(*slot);
            let levels = levels(latest - before);
            most = most.max(levels);
            *slot = before | levels << LEVEL;
            before = latest;
        }
        let last = (last - from).saturating_add(1 << shift);
        let mut tree = Tree { from, last, shift, top, levels: Vec::new(), begins: [0; LEVELS + 1] };
        let mut stride = WIDTH;
        for level in 1..most as usize {
            tree.levels.extend(words.iter().step_by(stride));
            tree.begins[level + 1] = tree.levels.len() as u32;
            stride *= WIDTH;
        }
        tree.levels.shrink_to_fit();
        tree
    }

    #[inline(always)]
    fn find(&self, words: &[W], word: W) -> usize {
        let slot = self.top(word);
        let (mut level, mut at) = (slot >> LEVEL, (slot & AT) as usize);
        if level == 0 {
            return at;
        }
        at >>= STEPS * (level - 1);
        while level > 1 {
            level -= 1;
            at = below(self.level(level as usize), at, word) * WIDTH;
        }
        below(words, at, word)
    }

    #[inline]
    fn find_many(&self, words: &[W], batch: &[W; BATCH], found: &mut [u32; BATCH]) {
        let (mut open, mut most) = (0, 0);
        for (word, found) in batch.iter().zip(found.iter_mut()) {
            *found = self.top(*word);
            open += usize::from(*found > AT);
            most = most.max(*found >> LEVEL);
        }
        if open <= BATCH / 4 {
            // The top table says nearly all.
            for (word, found) in batch.iter().zip(found).filter(|(_, found)| **found > AT) {
                *found = self.find(words, *word) as u32;
            }
            return;
        }
        // In stages, so that what one waits for in memory all wait for at once; each as deep as the deepest, so that
        // there is no branch to guess.
        for at in found.iter_mut() {
            *at = (*at & AT) >> (STEPS * (most - 1));
        }
        for level in (1..most as usize).rev() {
            let level = self.level(level);
            for (word, at) in batch.iter().zip(found.iter_mut()) {
                *at = (below(level, *at as usize, *word) * WIDTH) as u32;
            }
        }
        for (word, at) in batch.iter().zip(found) {
            *at = below(words, *at as usize, *word) as u32;
        }
    }

    fn bytes(&self) -> usize {
        self.top.capacity() * size_of::<u32>() + self.levels.capacity() * size_of::<W>()
    }
}

/// How many levels it takes to tell so many starts apart from the one before them: the first of those that are looked
/// at may be up to one less than a stride before.
fn levels(mut starts: u32) -> u32 {
    let mut levels = 0;
    while starts > 0 {
        starts /= WIDTH as u32 - 1;
        levels += 1;
    }
    levels
}

impl<W: Word> Tree<W> {
    #[inline(always)]
    fn top(&self, word: W) -> u32 {
        self.top[(word.into().saturating_sub(self.from).min(self.last) >> self.shift) as usize]
    }

    #[inline(always)]
    fn level(&self, level: usize) -> &[W] {
        &self.levels[self.begins[level] as usize..self.begins[level + 1] as usize]
    }
}

/// The last of a level that is not after a word, of the [`WIDTH`] from `from` on.
#[inline(always)]
fn below<W: Word>(level: &[W], from: usize, word: W) -> usize {
    // At the end of the level more of those before are looked at, which are not after the word either.
    let from = from.min(level.len().saturating_sub(WIDTH));
    match level.get(from..).and_then(|rest| rest.first_chunk::<WIDTH>()) {
        Some(some) => {
            let mut at = 0;
            for half in [8, 4, 2, 1] {
                at += half * usize::from(some[(at + half) % WIDTH] <= word);
            }
            from + at
        }
        None => halve(level, word),
    }
}
