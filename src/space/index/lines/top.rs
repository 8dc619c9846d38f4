//! The table that a lookup enters by.

use super::Table;

/// A table over leading bits of words, whose slots are filled in order.
pub trait Top: Clone + Send + Sync + Sized + 'static {
    /// For these starts, of which the first is 0; how many slots it has, and how many bits of a word each leaves free.
    fn new(words: &[u64]) -> (Self, usize, u32);
    /// Fills the next slot.
    fn push(&mut self, table: Table);
    /// A word as all tables take it.
    fn word(&self, word: u64) -> u64;
    /// What is in the slot of such a word.
    fn find(&self, word: u64) -> Table;
    /// What it takes of the heap, in bytes.
    fn bytes(&self) -> usize;
}

/// Over what lies between the first start and the last.
#[derive(Clone, Debug)]
pub struct Near {
    /// Where it begins, which is a multiple of its slots' size.
    from: u64,
    /// Its last word, counted from there.
    last: u64,
    free: u32,
    slots: Vec<Table>,
}

/// It has so many more bits than it takes to count the starts.
const MORE: u32 = 5;

impl Top for Near {
    fn new(words: &[u64]) -> (Self, usize, u32) {
        let first = words.get(1).copied().unwrap_or_default();
        let last = words.last().copied().unwrap_or_default();
        let used = u64::BITS - (last - first.min(last)).leading_zeros();
        let free = used.saturating_sub(usize::BITS - words.len().leading_zeros() + MORE);
        // One slot before the first start, if there is room, and one after the last.
        let from = (first >> free).saturating_sub(1) << free;
        let last = ((last - from) | !(u64::MAX << free)).saturating_add(1 << free);
        let slots = (last >> free) as usize + 1;
        (Near { from, last, free, slots: Vec::with_capacity(slots) }, slots, free)
    }

    fn push(&mut self, table: Table) {
        self.slots.push(table);
    }

    #[inline(always)]
    fn word(&self, word: u64) -> u64 {
        word.saturating_sub(self.from).min(self.last)
    }

    #[inline(always)]
    fn find(&self, word: u64) -> Table {
        self.slots[(word >> self.free) as usize]
    }

    fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<Table>()
    }
}

/// How many /16s there are.
const SLOTS: usize = 1 << 16;

/// Over all /16s: a shift that is known and a table of a known size are done faster.
#[derive(Clone, Debug)]
pub struct Whole {
    slots: Box<[Table; SLOTS]>,
    next: u16,
}

impl Top for Whole {
    fn new(_: &[u64]) -> (Self, usize, u32) {
        (Whole { slots: Box::new([Table::EMPTY; SLOTS]), next: 0 }, SLOTS, 48)
    }

    fn push(&mut self, table: Table) {
        self.slots[usize::from(self.next)] = table;
        self.next = self.next.wrapping_add(1);
    }

    #[inline(always)]
    fn word(&self, word: u64) -> u64 {
        word
    }

    #[inline(always)]
    fn find(&self, word: u64) -> Table {
        self.slots[usize::from((word >> 48) as u16)]
    }

    fn bytes(&self) -> usize {
        size_of_val(&*self.slots)
    }
}
