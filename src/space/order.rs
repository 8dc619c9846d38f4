//! Putting prefixes in order, with what belongs to them.
//!
//! Items go apart into columns (words, lengths, values), each to the bucket of its first bits: that is the only walk
//! across memory. A bucket is then small enough for a near cache. There a radix sort over the next bits, as far as real
//! tables differ in them (/24 and /48), puts nearly all in order; what still shares those bits is compared, exactly.
//! Equal prefixes stay in the order given.
//!
//! Prefixes longer than a word are few in real tables: they are kept whole, compared, and put between the others.

use super::starts::Word;
use super::{Address, Prefix};

/// Fewer than this are compared from the start: counting would cost more.
pub const FEW: usize = 2048;

/// There must be fewer than this, as places are kept in 32 bits: no list that fits into a browser has that many.
pub const LIMIT: usize = 1 << 31;

/// By which bits of a family items are sorted before they are compared: all within the upper 64.
#[derive(Copy, Clone, Debug)]
struct Bits {
    /// The first, which say the bucket.
    bucket: u32,
    /// How many of the next a pass sorts by.
    digit: u32,
    /// All passes together see no more than a key has, 32.
    passes: u32,
}

impl Bits {
    const fn of<A: Address>() -> Self {
        match A::BITS {
            ..=32 => Bits { bucket: 10, digit: 7, passes: 2 },
            _ => Bits { bucket: 16, digit: 11, passes: 3 },
        }
    }

    /// All of them.
    const fn all(self) -> u32 {
        self.bucket + if self.digit * self.passes < 32 { self.digit * self.passes } else { 32 }
    }
}

/// The leading bits of an address, first in 64.
#[inline(always)]
fn leading<A: Address>(word: A::Word) -> u64 {
    word.into() << (64 - u32::from(A::Word::BITS))
}

/// Prefixes with what belongs to them.
type Items<A, T> = [(Prefix<A>, T)];

/// A sort in steps: first [`Order::part`] until all are in their buckets, then [`Order::next_bucket`].
///
/// The columns of words and values are the caller's, and may be written over as soon as their bucket was handed out.
#[derive(Clone, Debug)]
pub struct Order<A: Address, T> {
    lengths: Vec<u8>,
    /// Where the next item of each bucket goes; in the end, where the bucket ends.
    ends: Vec<u32>,
    /// Those longer than a word; once all are in their buckets in order, from the last to the first.
    deep: Vec<(Prefix<A>, T)>,
    stage: Stage,
    few: usize,
    /// Of each item of a bucket the bits that it is sorted by, 32, and its place in the bucket, 32.
    keys: Vec<u64>,
    /// The same between two passes.
    other: Vec<u64>,
    /// A bucket in order.
    bucket: Vec<(Prefix<A>, T)>,
}

#[derive(Copy, Clone, Debug)]
enum Stage {
    /// The items before this are counted.
    Count(usize),
    /// The items before this are where they go.
    Move(usize),
    /// The buckets before this are in order.
    Sort(usize),
}

impl<A: Address, T: Copy> Order<A, T> {
    /// Nothing is done yet. Fewer than `few`, usually [`FEW`], are compared from the start.
    pub fn new(few: usize, items: usize) -> Self {
        // Of few, all are in one bucket.
        let (ends, stage) = if items < few {
            (vec![0], Stage::Move(0))
        } else {
            (vec![0; 1 << Bits::of::<A>().bucket], Stage::Count(0))
        };
        Order {
            lengths: vec![0; items],
            ends,
            deep: Vec::new(),
            stage,
            few,
            keys: Vec::new(),
            other: Vec::new(),
            bucket: Vec::new(),
        }
    }

    /// Is a prefix longer than a word?
    #[inline(always)]
    fn is_deep(prefix: &Prefix<A>) -> bool {
        A::BITS > A::Word::BITS && prefix.length() > A::Word::BITS
    }

    #[inline(always)]
    fn bucket_of(prefix: &Prefix<A>) -> usize {
        (leading::<A>(prefix.first().word()) >> (64 - Bits::of::<A>().bucket)) as usize
    }

    /// Does about as much work as looking at this many items (at least one) takes, and says what is left of it;
    /// `None`: all are in their buckets. Always with the same items, of which there must be fewer than
    /// [`LIMIT`], and with as much room.
    pub fn part(
        &mut self,
        items: &Items<A, T>,
        words: &mut [A::Word],
        values: &mut [T],
        budget: usize,
    ) -> Option<usize> {
        let budget = budget.max(1);
        match self.stage {
            Stage::Count(from) => {
                let to = items.len().min(from.saturating_add(budget));
                for (prefix, _) in &items[from..to] {
                    self.ends[Self::bucket_of(prefix)] += u32::from(!Self::is_deep(prefix));
                }
                self.stage = Stage::Count(to);
                if to == items.len() {
                    to_begins(&mut self.ends);
                    self.stage = Stage::Move(0);
                }
                Some(budget - (to - from))
            }
            Stage::Move(from) => {
                let to = items.len().min(from.saturating_add(budget));
                let (lengths, ends) = (&mut self.lengths[..], &mut self.ends[..]);
                for (prefix, value) in &items[from..to] {
                    if Self::is_deep(prefix) {
                        self.deep.push((*prefix, *value));
                        continue;
                    }
                    let end = &mut ends[if ends.len() == 1 { 0 } else { Self::bucket_of(prefix) }];
                    let at = *end as usize;
                    *end += 1;
                    words[at] = prefix.first().word();
                    lengths[at] = prefix.length();
                    values[at] = *value;
                }
                self.stage = Stage::Move(to);
                if to == items.len() {
                    self.deep.sort_by_key(|item| item.0);
                    self.deep.reverse();
                    self.stage = Stage::Sort(0);
                }
                Some(budget - (to - from))
            }
            Stage::Sort(_) => None,
        }
    }

    /// The next bucket in order, once all are in theirs, which may be empty; and where the columns of the one after it
    /// begin. `None`: there is none.
    pub fn next_bucket(&mut self, words: &[A::Word], values: &[T]) -> Option<(&Items<A, T>, usize)> {
        let Stage::Sort(number) = self.stage else { return None };
        let to = *self.ends.get(number)? as usize;
        self.stage = Stage::Sort(number + 1);
        let from = if number == 0 { 0 } else { self.ends[number - 1] as usize };
        let (words, lengths, values) = (&words[from..to], &self.lengths[from..to], &values[from..to]);
        let item = |at: usize| (Prefix::of_word(words[at], lengths[at]), values[at]);
        let one = self.ends.len() == 1;
        self.bucket.clear();
        // Few are sooner compared than counted; and where there is but one bucket, they may differ in all bits.
        if one {
            self.bucket.extend((0..words.len()).map(item));
            self.bucket.sort_by_key(|item| item.0);
        } else {
            let bits = Bits::of::<A>();
            let keys = words.iter().map(|word| leading::<A>(*word) << bits.bucket >> 32 << 32).zip(0..);
            self.keys.clear();
            self.keys.extend(keys.map(|(bits, at)| bits | at));
            if words.len() < self.few.min(1 << bits.digit) {
                self.keys.sort_unstable();
            } else {
                self.other.clear();
                self.other.resize(words.len(), 0);
                for pass in (0..bits.passes).rev() {
                    by_digit(&self.keys, &mut self.other, 64 - bits.digit * (pass + 1), bits.digit);
                    std::mem::swap(&mut self.keys, &mut self.other);
                }
            }
            self.bucket.extend(self.keys.iter().map(|key| item(*key as u32 as usize)));
            compare(&mut self.bucket);
        }
        let deep =
            self.deep.iter().rev().take_while(|(prefix, _)| one || Self::bucket_of(prefix) == number).count();
        if deep > 0 {
            merge(&mut self.bucket, &self.deep.split_off(self.deep.len() - deep));
        }
        Some((&self.bucket, to))
    }
}

/// Puts few items, from the last to the first, into their places among others in order.
#[cold]
fn merge<A: Address, T: Copy>(items: &mut Vec<(Prefix<A>, T)>, few: &Items<A, T>) {
    let mut left = items.len();
    items.extend_from_slice(few);
    let mut end = items.len();
    for item in few {
        let at = items[..left].partition_point(|other| other.0 < item.0);
        items.copy_within(at..left, end - (left - at));
        end -= left - at + 1;
        items[end] = *item;
        left = at;
    }
}

/// From how many there are to where they begin.
fn to_begins(ends: &mut [u32]) {
    let mut sum = 0;
    for end in ends {
        sum += std::mem::replace(end, sum);
    }
}

/// One pass of a radix sort.
fn by_digit(from: &[u64], to: &mut [u64], shift: u32, bits: u32) {
    let digit = |key: &u64| (key >> shift) as usize & ((1 << bits) - 1);
    let mut next = [0_u32; 1 << 11];
    for key in from {
        next[digit(key)] += 1;
    }
    to_begins(&mut next[..1 << bits]);
    for key in from {
        let next = &mut next[digit(key)];
        to[*next as usize] = *key;
        *next += 1;
    }
}

/// Sorts what is sorted by its leading bits, comparing only what shares them.
fn compare<A: Address, T>(items: &mut Items<A, T>) {
    let free = 64 - Bits::of::<A>().all();
    let sorted_by = |item: &(Prefix<A>, T)| leading::<A>(item.0.first().word()) >> free;
    let mut at = 1;
    while at < items.len() {
        if items[at - 1].0 <= items[at].0 {
            at += 1;
            continue;
        }
        let shared = sorted_by(&items[at]);
        let from = items[..at].iter().rposition(|item| sorted_by(item) != shared).map_or(0, |before| before + 1);
        let to =
            items[at..].iter().position(|item| sorted_by(item) != shared).map_or(items.len(), |more| at + more);
        items[from..to].sort_by_key(|item| item.0);
        at = to + 1;
    }
}
