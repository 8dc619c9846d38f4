//! IPv6, not many intervals: direct tables over leading bits, and what they leave to tell apart is compared at once.
//!
//! What a lookup costs where all is near is how much has to be done, how many steps wait for one another, and branches
//! guessed wrong. So each goes the same way: to a slot of the top table, from there to a slot of a table as wide as it
//! takes to tell apart the starts in that slot, perhaps to another, and to a line of the cache with the starts that are
//! left. Of each start a line has [`KEY`] bits, those in which the starts of the line differ; it has none that begins
//! deeper than these. Slots side by side share a line as long as the starts of all go into it, so there are few lines.
//! Only where a line would have too many starts, or others, there is a branch, and halving; tables are so wide that it is
//! guessed right.

mod build;
mod top;

use super::{BATCH, Index, halve};
use crate::starts::Below;
use build::Build;
pub use top::{Near, Top, Whole};

/// How many starts a line compares.
const KEYS: usize = 12;
/// How many bits of each.
const KEY: u32 = 30;
/// After all keys.
const NONE: u32 = u32::MAX >> 1;
/// In a line: more starts than are compared, or others than can be. The other bits say which start is before them.
const MANY: u32 = 1 << 31;

/// Packed: where the slots of a table are (26 bits), and how many bits of a word they leave free (6 bits). The slots are
/// addressed by all bits of a word, not only by those that the tables above left: what those add is taken off where the
/// slots are, modulo 2^26. In the last table: which line, and how many bits its keys leave free.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Table(u32);

/// How many bits of a [`Table`] say how many are free.
const FREE: u32 = 6;

impl Table {
    /// Not written yet.
    const EMPTY: Self = Table(0);

    /// Of slots that begin at `at`, with that of the word `first`.
    fn new(at: usize, first: u64, free: u32) -> Self {
        Table((at as u32).wrapping_sub((first >> free) as u32) << FREE | free)
    }

    /// Of one slot, for all words of the half of the space that this one is in.
    fn single(at: usize, word: u64) -> Self {
        Table::new(at, word, u64::BITS - 1)
    }

    /// Where the slot of a word is.
    #[inline(always)]
    fn slot(self, word: u64) -> usize {
        let slot = (word >> (self.0 & 63)) as u32;
        (self.0.wrapping_add(slot << FREE) >> FREE) as usize
    }

    /// A line.
    fn line(at: usize, free: u32) -> Self {
        Table((at as u32) << FREE | free)
    }

    /// Which line.
    #[inline(always)]
    fn at(self) -> usize {
        (self.0 >> FREE) as usize
    }

    /// The bits of a word that are compared in the line.
    #[inline(always)]
    fn key(self, word: u64) -> u32 {
        (word >> (self.0 & 63)) as u32 & !(u32::MAX << KEY)
    }
}

/// Starts that are told apart by comparing, in one line of the cache.
#[derive(Copy, Clone, Debug)]
#[repr(align(64))]
struct Line {
    /// Ascending; after the last [`NONE`].
    keys: [u32; KEYS],
    /// Which start is before them, or that they are [`MANY`]: then the first key says where they end.
    before: u32,
}

/// Tables over the starts of intervals, with so many between the top and the lines.
#[derive(Clone, Debug)]
pub struct Lines<T, const BETWEEN: usize> {
    top: T,
    between: Vec<Table>,
    lines: Vec<Line>,
}

impl<T: Top, const BETWEEN: usize> Index<u64> for Lines<T, BETWEEN> {
    // All slots together must have less than 2^26 places.
    const LIMIT: usize = 1 << 20;

    fn new(words: &[u64]) -> Self {
        Self::with_below(words, &Below::NONE)
    }

    fn with_below(words: &[u64], below: &Below) -> Self {
        let (top, between, lines) = Build::lines(words, below, BETWEEN);
        Lines { top, between, lines }
    }

    #[inline(always)]
    fn find(&self, words: &[u64], word: u64) -> usize {
        self.find_telling(words, word).0
    }

    #[inline(always)]
    fn find_telling(&self, words: &[u64], word: u64) -> (usize, bool) {
        let bits = self.top.word(word);
        let mut table = self.top.find(bits);
        for _ in 0..BETWEEN {
            table = self.between[table.slot(bits)];
        }
        let line = &self.lines[table.at()];
        if line.before & MANY != 0 {
            return (line.crowded(words, word), true);
        }
        // Keys that are not after the word's, by the sign of the difference: what compares would be counted bit by bit.
        let after = table.key(bits) + 1;
        let at = line.keys.iter().fold(line.before, |at, key| at + (key.wrapping_sub(after) >> 31));
        (at as usize, false)
    }

    #[inline]
    fn find_many(&self, words: &[u64], batch: &[u64; BATCH], found: &mut [u32; BATCH]) -> bool {
        let mut below = false;
        for (word, found) in batch.iter().zip(found) {
            let (at, may) = self.find_telling(words, *word);
            *found = at as u32;
            below |= may;
        }
        below
    }

    fn bytes(&self) -> usize {
        self.top.bytes() + self.between.capacity() * size_of::<Table>() + self.lines.capacity() * size_of::<Line>()
    }
}

impl Line {
    /// The last start that is not after a word, where comparing doesn't tell.
    #[inline(never)]
    fn crowded(&self, words: &[u64], word: u64) -> usize {
        let from = (self.before & !MANY) as usize;
        from + halve(words.get(from..self.keys[0] as usize).unwrap_or_default(), word)
    }
}
