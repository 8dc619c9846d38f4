//! IPv6, many intervals: first the /16s that nothing begins in, which are nearly all.
//!
//! Of 2000::/3 the registries have given out some fifty /16s, and a table of all 65,536 says of every other one which
//! interval it is in. What is in one of those fifty is asked of another index.

use super::{BATCH, Index};
use crate::starts::Below;

/// How many /16s there are.
const SLOTS: usize = 1 << 16;
/// How many bits of a word each leaves free.
const FREE: u32 = 48;
/// In a slot: something begins within it.
const CUT: u32 = u32::MAX;
/// Of a batch, so many are asked for one at a time.
const FEW: usize = 8;

/// A table of all /16s, and an index of what is within them.
#[derive(Clone, Debug)]
pub struct Front<I> {
    slots: Box<[u32; SLOTS]>,
    within: I,
}

impl<I> Front<I> {
    #[inline(always)]
    fn at(&self, word: u64) -> u32 {
        self.slots[usize::from((word >> FREE) as u16)]
    }
}

impl<I: Index<u64>> Index<u64> for Front<I> {
    const LIMIT: usize = if I::LIMIT < CUT as usize { I::LIMIT } else { CUT as usize };

    fn new(words: &[u64]) -> Self {
        Self::with_below(words, &Below::NONE)
    }

    fn with_below(words: &[u64], below: &Below) -> Self {
        let mut slots = Box::new([CUT; SLOTS]);
        let (mut slot, mut at) = (0, 0);
        while let Some(next) = words.get(at + 1) {
            let cut = (next >> FREE) as usize;
            slots[slot..cut].fill(at as u32);
            let end = at + 1 + words[at + 1..].partition_point(|word| (word >> FREE) as usize == cut);
            // One that begins with it fills it.
            let fills = end == at + 2 && *next == (cut as u64) << FREE && below.get(at + 1) == 0;
            slots[cut] = if fills { at as u32 + 1 } else { CUT };
            (slot, at) = (cut + 1, end - 1);
        }
        slots[slot..].fill(at as u32);
        Front { slots, within: I::with_below(words, below) }
    }

    #[inline(always)]
    fn find(&self, words: &[u64], word: u64) -> usize {
        self.find_telling(words, word).0
    }

    #[inline(always)]
    fn find_telling(&self, words: &[u64], word: u64) -> (usize, bool) {
        match self.at(word) {
            CUT => self.within.find_telling(words, word),
            at => (at as usize, false),
        }
    }

    #[inline]
    fn find_many(&self, words: &[u64], batch: &[u64; BATCH], found: &mut [u32; BATCH]) -> bool {
        let mut cut = 0;
        for (word, found) in batch.iter().zip(&mut *found) {
            *found = self.at(*word);
            cut += usize::from(*found == CUT);
        }
        if cut > FEW {
            return self.within.find_many(words, batch, found);
        }
        let mut below = false;
        for (word, found) in batch.iter().zip(found).filter(|(_, found)| **found == CUT) {
            let (at, may) = self.within.find_telling(words, *word);
            *found = at as u32;
            below |= may;
        }
        below
    }

    fn bytes(&self) -> usize {
        size_of_val(&*self.slots) + self.within.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tree;
    use super::*;

    #[test]
    fn a_16_is_filled_by_what_begins_with_it_and_not_deeper() {
        let words = [0, 0x2002 << FREE, 0x2003 << FREE];
        let mut below = Below::NONE;
        for telling in [false, true] {
            let front = Front::<Tree<u64>>::with_below(&words, &below);
            assert_eq!(front.find_telling(&words, words[1] - 1), (0, false));
            assert_eq!(front.find_telling(&words, words[1]), (1, telling));
            assert_eq!(front.find_telling(&words, words[2]), (2, false));
            assert_eq!(front.find_telling(&words, u64::MAX), (2, false));
            below.push(1, 5);
        }
    }

    #[test]
    fn a_16_in_which_something_begins_is_looked_into() {
        let words = [0, 0x2002 << FREE, 0x2002 << FREE | 9];
        let front = Front::<Tree<u64>>::new(&words);
        for (asked, found) in [(words[1] - 1, 0), (words[1] + 8, 1), (words[2], 2), (words[2] + 1, 2)] {
            assert_eq!(front.find(&words, asked), found);
        }
    }
}
