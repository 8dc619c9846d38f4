//! A table for each group of addresses, as wide as it has starts, and below it every sixteenth start, every sixteenth
//! of those, and so on.
//!
//! For large tables: it is made by copying, in next to no time. A slot of a table says which start is before it, and
//! how many levels there are to search for those that begin in it. A level is searched by halving, without a branch
//! that depends on the address, so the processor goes on with the next lookups while one waits for memory. Real tables
//! crowd in few groups: 160,000 IPv6 prefixes in some seventy of the 3,000 /16s from the first to the last.

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

/// How many groups there may be, as a power of two.
const GROUPS: u32 = 12;

/// A group has one slot for about so many of its starts, as a power of two: to write slots into fresh memory costs more
/// than to look at some more starts;
const SPARSE: u32 = 2;
/// but where there are more than `2^SLOTS` starts in all, for 2, 4, ... times as many.
const SLOTS: u32 = 20;

/// A group's slots, packed: where they are (32 bits), and how many bits each leaves free (32 bits). They are addressed
/// by all bits of a word: what the group's own bits add is taken off where the slots are, modulo 2^32.
#[derive(Copy, Clone, Debug)]
struct Group(u64);

impl Group {
    /// The group whose first word, counted from the first group's, is `first`.
    fn new(slots: usize, first: u64, shift: u32) -> Self {
        let slots = (slots as u32).wrapping_sub((first >> shift) as u32);
        Group(u64::from(slots) << 32 | u64::from(shift))
    }

    #[inline(always)]
    fn slot(self, word: u64) -> usize {
        ((self.0 >> 32) as u32).wrapping_add((word >> (self.0 & 63)) as u32) as usize
    }
}

/// An index over the words of starts.
#[derive(Clone, Debug)]
pub struct Tree<W> {
    /// Where the groups begin, which is a multiple of their size.
    from: u64,
    /// Their last word, counted from there.
    last: u64,
    /// How many bits a group leaves free.
    shift: u32,
    groups: Vec<Group>,
    slots: Vec<u32>,
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
        let shift = used.saturating_sub(GROUPS);
        // One group before the first, if there is one, and one after the last.
        let from = (first >> shift).saturating_sub(1) << shift;
        let count = ((last - from) >> shift) as usize + 2;
        let sparse = (usize::BITS - words.len().leading_zeros()).saturating_sub(SLOTS) + SPARSE;
        let mut tree = Tree {
            from,
            last: (last - from).saturating_add(1 << shift),
            shift,
            groups: Vec::with_capacity(count),
            slots: Vec::with_capacity(((2 * words.len()) >> sparse) + count),
            levels: Vec::new(),
            begins: [0; LEVELS + 1],
        };
        let (mut at, mut most) = (1.min(words.len()), 0);
        for group in 0..count as u64 {
            let of = |word: &W| ((*word).into() - from) >> shift;
            let starts = match words.get(at) {
                Some(word) if of(word) == group => words[at..].partition_point(|word| of(word) == group),
                _ => 0,
            };
            most = most.max(tree.group(&words[at..at + starts], at as u32, group << shift, sparse));
            at += starts;
        }
        tree.slots.shrink_to_fit();
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
        let slot = self.slot(word);
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
    fn find_many(&self, words: &[W], batch: &[W; BATCH], found: &mut [u32; BATCH]) -> bool {
        let (mut open, mut most) = (0, 0);
        for (word, found) in batch.iter().zip(found.iter_mut()) {
            *found = self.slot(*word);
            open += usize::from(*found > AT);
            most = most.max(*found >> LEVEL);
        }
        if open == 0 {
            // Nothing begins in any of the slots.
            return false;
        }
        if open <= BATCH / 4 {
            // The slots say nearly all.
            for (word, found) in batch.iter().zip(found).filter(|(_, found)| **found > AT) {
                *found = self.find(words, *word) as u32;
            }
            return true;
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
        true
    }

    fn bytes(&self) -> usize {
        self.groups.capacity() * size_of::<Group>()
            + self.slots.capacity() * size_of::<u32>()
            + self.levels.capacity() * size_of::<W>()
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
    /// The next group: its starts, of which the first is at `at`, and its first word. Says how many levels its slots
    /// take at most.
    fn group(&mut self, starts: &[W], at: u32, first: u64, sparse: u32) -> u32 {
        let width = (usize::BITS - starts.len().leading_zeros()).saturating_sub(sparse);
        let shift = self.shift.saturating_sub(width);
        let base = self.slots.len();
        self.groups.push(Group::new(base, first, shift));
        self.slots.resize(base + (1 << (self.shift - shift)), 0);
        let slots = &mut self.slots[base..];
        // For each slot the last that begins in it, and then the last before it.
        for (word, at) in starts.iter().zip(at..) {
            slots[(((*word).into() - self.from - first) >> shift) as usize] = at;
        }
        let (mut before, mut most) = (at.saturating_sub(1), 0);
        for slot in slots {
            let latest = before.max(*slot);
            let levels = levels(latest - before);
            most = most.max(levels);
            *slot = before | levels << LEVEL;
            before = latest;
        }
        most
    }

    #[inline(always)]
    fn slot(&self, word: W) -> u32 {
        let word = word.into().saturating_sub(self.from).min(self.last);
        self.slots[self.groups[(word >> self.shift) as usize].slot(word)]
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
