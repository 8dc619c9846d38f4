//! IPv4, few intervals: one table over the leading bits, and the few starts in a slot compared without a branch.
//!
//! With many more slots than starts hardly any slot has more than are compared; such a slot is halved.

use super::{BATCH, Index, halve};

/// In a slot: more begin here than are compared. The other bits say which start is before it.
const MANY: u16 = 1 << 15;

/// So many more bits than it takes to count the starts the table is over.
const MORE: u32 = 4;
/// But no more than these, which are 256 KiB.
const MOST: u32 = 17;

/// A table over 32-bit starts, of which at most so many in a slot are compared one by one: the fewer starts there are,
/// the fewer share a slot.
#[derive(Clone, Debug)]
pub struct Flat<const LEAF: usize> {
    shift: u32,
    slots: Vec<u16>,
}

impl<const LEAF: usize> Index<u32> for Flat<LEAF> {
    const LIMIT: usize = MANY as usize;

    fn new(words: &[u32]) -> Self {
        let bits = (usize::BITS - words.len().leading_zeros() + MORE).min(MOST);
        let shift = u32::BITS - bits;
        let mut slots = vec![0; (1 << bits) + 1];
        for (word, at) in words.iter().zip(0..) {
            slots[(word >> shift) as usize] = at;
        }
        // No slot says a later one, and more are compared instead.
        let tail = words.len().saturating_sub(LEAF + 1) as u16;
        let mut before = 0;
        for slot in &mut slots {
            let latest = (*slot).max(before);
            *slot = before.min(tail) | if latest - before > LEAF as u16 { MANY } else { 0 };
            before = latest;
        }
        Flat { shift, slots }
    }

    #[inline(always)]
    fn find(&self, words: &[u32], word: u32) -> usize {
        let slot = (word >> self.shift) as usize;
        let at = usize::from(self.slots[slot]);
        match words.get(at + 1..at + 1 + LEAF) {
            // What follows the slot's is after the word: so there is no harm in comparing more.
            Some(few) => few.iter().fold(at, |at, start| at + usize::from(*start <= word)),
            // No word is that far: a slot with many, or there are few in all.
            None => self.crowded(words, word, slot),
        }
    }

    #[inline]
    fn find_many(&self, words: &[u32], batch: &[u32; BATCH], found: &mut [u32; BATCH]) -> bool {
        for (word, found) in batch.iter().zip(found) {
            *found = self.find(words, *word) as u32;
        }
        true
    }

    fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<u16>()
    }
}

impl<const LEAF: usize> Flat<LEAF> {
    #[inline(never)]
    fn crowded(&self, words: &[u32], word: u32, slot: usize) -> usize {
        let from = usize::from(self.slots[slot] & !MANY);
        let end = usize::from(self.slots[slot + 1] & !MANY);
        // The last slots say less than there is.
        let end = if end + LEAF + 1 >= words.len() { words.len() } else { end + 1 };
        from + halve(words.get(from..end).unwrap_or_default(), word)
    }
}
