//! Direct tables over leading bits, in a number of steps that is the same for every address.
//!
//! What a lookup costs in a table that fits into a cache is branches guessed wrong. So each goes the same way: to a slot
//! of the top table, from there to a slot of a table as wide as many starts are in that slot, and so on down to a leaf;
//! then the few starts that are left are compared without a branch. Where nothing is left to tell apart, the tables
//! further down have one slot, shared by all such places. Only where more is left than is compared there is a branch,
//! and halving; four tables leave little of that, so it is guessed right.

use super::{BATCH, Index, halve};
use crate::starts::Word;

/// How many tables are between the top and the leaf.
const BETWEEN: usize = 2;

/// How many starts of a slot are compared one by one.
const LEAF: usize = 4;

/// How many are halved in one go.
const SOME: usize = 32;

/// In a leaf slot: more begin here than are compared. The other bits are a number of starts.
const MANY: u16 = 1 << 15;

/// The leaf slots of all places where little begins. There are two, for the upper and the lower half of the space.
const FLAT: usize = 0;
/// Those of all places where more begins than a leaf can count.
const CROWD: usize = 2;
/// The first leaf slot of a table.
const LEAVES: usize = 5;

/// The shift of tables with one slot in each half.
const FLAT_SHIFT: u32 = 63;

/// With fewer starts than this all tables are wide.
const SMALL: usize = 4096;

/// The top table has no more than about `2^ROOT` slots.
const ROOT: u32 = 16;

/// Packed: where the slots of a table are (32 bits), the start before all in it (26 bits; only of leaves), and how many
/// bits its slots leave free (6 bits). The slots are addressed by all bits of a word, not only by those that the
/// tables above left: what those add is taken off where the slots are, modulo 2^32.
#[derive(Copy, Clone, Debug)]
struct Table(u64);

impl Table {
    fn new(at: usize, slots: usize, first: u64, shift: u32) -> Self {
        let slots = (slots as u32).wrapping_sub((first >> shift) as u32);
        Table(u64::from(slots) << 32 | (at as u64) << 6 | u64::from(shift))
    }

    #[inline(always)]
    fn at(self) -> usize {
        (self.0 as u32 >> 6) as usize
    }

    #[inline(always)]
    fn slot(self, word: u64) -> usize {
        ((self.0 >> 32) as u32).wrapping_add((word >> (self.0 & 63)) as u32) as usize
    }
}

/// Tables over the starts of intervals, with [`BETWEEN`] between the top and the leaf.
#[derive(Clone, Debug)]
pub struct Steps {
    /// Where the top table begins, which is a multiple of its slots' size.
    from: u64,
    /// Its last word, counted from there.
    last: u64,
    /// How many bits its slots leave free.
    shift: u32,
    top: Vec<Table>,
    between: Vec<Table>,
    /// For each slot how many of the table's starts are before it; one more at the end of each table.
    leaf: Vec<u16>,
}

impl<W: Word> Index<W> for Steps {
    const LIMIT: usize = 1 << 26;

    fn new(words: &[W]) -> Self {
        let first = words.get(1).map_or(0, |word| (*word).into());
        let last: u64 = words.last().map_or(0, |word| (*word).into());
        let used = u64::BITS - (last - first.min(last)).leading_zeros();
        // What is small may be wide, for it stays in the nearest caches.
        let wide = match words.len() {
            ..SMALL => Wide { top: 3, between: 3, leaf: 4 },
            _ => Wide { top: 1, between: 3, leaf: 4 },
        };
        let width = wide.bits(words.len(), wide.top).clamp(4, ROOT);
        let shift = used.saturating_sub(width);
        // One slot before the first, if there is one, and one after the last.
        let from = (first >> shift).saturating_sub(1) << shift;
        let slots = ((last - from) >> shift) as usize + 2;
        let mut steps = Steps {
            from,
            last: ((last - from) | !(u64::MAX << shift)).saturating_add(1 << shift),
            shift,
            top: Vec::with_capacity(slots),
            between: Vec::with_capacity(2 * words.len() + slots),
            leaf: Vec::with_capacity(2 * words.len() + LEAVES),
        };
        steps.leaf.extend([0, 0, MANY, MANY, 0]);
        let tail = words.len().saturating_sub(LEAF + 1);
        let mut below = Build { steps, words, flat: ((0, 0, 0), Table(0)), tail, wide };
        let mut at = 1;
        for slot in 0..slots as u64 {
            let end = below.end(at, words.len(), slot, shift);
            let table = below.table(BETWEEN, at, end, slot << shift, shift);
            // Nothing begins in it.
            let table = if at == end { Table(table.0 | (at as u64 - 1) << 6) } else { table };
            below.steps.top.push(table);
            at = end;
        }
        let mut steps = below.steps;
        steps.between.shrink_to_fit();
        steps.leaf.shrink_to_fit();
        steps
    }

    #[inline(always)]
    fn find(&self, words: &[W], word: W) -> usize {
        let (table, bits) = self.top(word.into());
        if table.at() != 0 {
            return table.at();
        }
        let (at, slot) = self.slot(table, bits);
        self.compare(words, word, at, slot)
    }

    #[inline]
    fn find_many(&self, words: &[W], batch: &[W; BATCH], found: &mut [u32; BATCH]) -> bool {
        // In stages, so that what one waits for in memory all wait for at once.
        let mut slots = [(0, 0); BATCH];
        for (word, slot) in batch.iter().zip(&mut slots) {
            let (table, bits) = self.top((*word).into());
            *slot = self.slot(table, bits);
        }
        for ((word, (at, slot)), found) in batch.iter().zip(slots).zip(found) {
            *found = self.compare(words, *word, at, slot) as u32;
        }
        true
    }

    fn bytes(&self) -> usize {
        (self.top.capacity() + self.between.capacity()) * size_of::<Table>()
            + self.leaf.capacity() * size_of::<u16>()
    }
}

impl Steps {
    /// The slot of the top table, and a word as the tables below it take it. Where nothing begins in the slot, the
    /// table may already say after which start that is; unless it is the first.
    #[inline(always)]
    fn top(&self, word: u64) -> (Table, u64) {
        let word = word.saturating_sub(self.from).min(self.last);
        (self.top[(word >> self.shift) as usize], word)
    }

    /// The start before a leaf table, and the slot in it.
    #[inline(always)]
    fn slot(&self, mut table: Table, word: u64) -> (usize, usize) {
        for _ in 0..BETWEEN {
            table = self.between[table.slot(word)];
        }
        (table.at(), table.slot(word))
    }

    /// The last start that is not after an address, from the slot on.
    #[inline(always)]
    fn compare<W: Word>(&self, words: &[W], word: W, at: usize, slot: usize) -> usize {
        let leaf = self.leaf[slot];
        let from = at + usize::from(leaf & !MANY);
        match words.get(from + 1..from + 1 + LEAF) {
            // What follows the slot's is after the address: so there is no harm in comparing more.
            Some(few) if leaf & MANY == 0 => few.iter().fold(from, |at, start| at + usize::from(*start <= word)),
            _ => self.crowded(words, word, at, slot),
        }
    }

    /// The same where more begin in a slot, and where there are too few starts in all.
    #[inline(never)]
    fn crowded<W: Word>(&self, words: &[W], word: W, at: usize, slot: usize) -> usize {
        let before = usize::from(self.leaf[slot] & !MANY);
        let at = at + before;
        let next = usize::from(self.leaf[slot + 1] & !MANY);
        // At the end of all starts the number before the next slot is less than it should be.
        if let Some(some) = words.get(at..at + SOME).filter(|_| slot >= LEAVES && next - before < SOME - LEAF) {
            // As often for all, so that not even this is a branch guessed wrong.
            let mut found = 0;
            for half in [16, 8, 4, 2, 1] {
                found += half * usize::from(some[(found + half) % SOME] <= word);
            }
            return at + found;
        }
        let end = if slot < LEAVES || words.len() < SOME {
            words.len()
        } else {
            words.len().min(at + 1 + next - before + LEAF)
        };
        at + halve(words.get(at..end).unwrap_or_default(), word)
    }
}

/// How many more bits than it takes to count the starts in it a table has.
#[derive(Copy, Clone, Debug)]
struct Wide {
    top: i32,
    between: i32,
    leaf: i32,
}

impl Wide {
    fn bits(self, count: usize, more: i32) -> u32 {
        (usize::BITS - count.leading_zeros()).saturating_add_signed(more)
    }
}

/// What is being built.
struct Build<'a, W> {
    steps: Steps,
    words: &'a [W],
    /// The last of [`Build::flat`], and what it was asked for.
    flat: ((usize, usize, u64), Table),
    /// The start after which as many follow as are compared: no leaf says a later one, and more are compared instead.
    tail: usize,
    wide: Wide,
}

impl<W: Word> Build<'_, W> {
    /// A word, counted from the first slot on.
    #[inline(always)]
    fn word(&self, at: usize) -> u64 {
        self.words[at].into() - self.steps.from
    }

    /// Where the starts end that are in a slot, of those from `at` up to, not including, `limit`.
    #[inline(always)]
    fn end(&self, mut at: usize, limit: usize, slot: u64, shift: u32) -> usize {
        while at < limit && self.word(at) >> shift == slot {
            at += 1;
        }
        at
    }

    /// A table of the starts from `at` up to, not including, `end`, which share a slot that begins at `first` and
    /// leaves `shift` bits free; with so many tables between it and the leaf.
    #[inline(always)]
    fn table(&mut self, between: usize, at: usize, end: usize, first: u64, shift: u32) -> Table {
        match end - at {
            ..=LEAF if between == 0 => Table::new(self.tail.min(at - 1), FLAT, 0, FLAT_SHIFT),
            ..=LEAF => self.flat(between, at - 1, first >> FLAT_SHIFT),
            _ => self.full(between, at, end, first, shift),
        }
    }

    /// Tables with one slot. Neighbours that say the same share them.
    fn flat(&mut self, between: usize, at: usize, half: u64) -> Table {
        if self.flat.0 != (between, at, half) {
            let mut table = Table::new(self.tail.min(at), FLAT, 0, FLAT_SHIFT);
            for _ in 0..between {
                self.steps.between.push(table);
                table = Table::new(0, self.steps.between.len() - 1, half << FLAT_SHIFT, FLAT_SHIFT);
            }
            self.flat = ((between, at, half), table);
        }
        self.flat.1
    }

    fn full(&mut self, between: usize, at: usize, end: usize, first: u64, shift: u32) -> Table {
        let count = end - at;
        if between == 0 {
            return self.leaf(at, end, first, shift);
        }
        let below = shift.saturating_sub(self.wide.bits(count, self.wide.between));
        let (slots, base) = (1_usize << (shift - below), self.steps.between.len());
        self.steps.between.resize(base + slots, Table(0));
        let mut from = at;
        for slot in 0..slots {
            let first = first + ((slot as u64) << below);
            let to = self.end(from, end, first >> below, below);
            self.steps.between[base + slot] = self.table(between - 1, from, to, first, below);
            from = to;
        }
        Table::new(0, base, first, below)
    }

    fn leaf(&mut self, at: usize, end: usize, first: u64, shift: u32) -> Table {
        let count = end - at;
        if count >= usize::from(MANY) {
            return Table::new(self.tail.min(at - 1), CROWD, 0, FLAT_SHIFT);
        }
        let below = shift.saturating_sub(self.wide.bits(count, self.wide.leaf));
        let (slots, base) = (1_usize << (shift - below), self.steps.leaf.len());
        self.steps.leaf.resize(base + slots + 1, 0);
        let counts = &mut self.steps.leaf[base..];
        for (word, count) in self.words[at..end].iter().zip(1..) {
            let slot = ((*word).into() - self.steps.from - first) >> below;
            counts[slot as usize + 1] = count;
        }
        // Where nothing begins there are as many before as before the slot before.
        let most = u16::try_from(self.tail.saturating_sub(at - 1)).unwrap_or(MANY - 1);
        let mut before = 0;
        for slot in 0..slots {
            let next = counts[slot + 1].max(before);
            counts[slot] = before.min(most) | if usize::from(next - before) > LEAF { MANY } else { 0 };
            before = next;
        }
        counts[slots] = before.min(most);
        Table::new(self.tail.min(at - 1), base, first, below)
    }
}
