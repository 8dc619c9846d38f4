//! Putting prefixes in order by short keys instead of moving them about.
//!
//! A key is the leading bits of a prefix, its length and its place in the input: 8 bytes for IPv4, 16 for IPv6,
//! where a prefix with its value takes 12 and 48. A radix sort over the bits in which real tables differ (/24 and
//! /48) puts nearly all in order; what still shares those bits is compared, exactly. As no two keys are equal, the
//! order is stable.

use super::{Address, Prefix};

/// How many bits of a key a pass sorts by.
const DIGIT: u32 = 12;
const DIGITS: usize = 1 << DIGIT;

/// Fewer than this are compared from the start: counting would cost more.
pub const FEW: usize = 2048;

/// How many items are fetched side by side.
const CHUNK: usize = 256;

/// The key of one family.
pub trait Key: Copy + Ord + Default + Send + Sync + std::fmt::Debug + 'static {
    /// The address it is of.
    type Address: Address;
    /// How many passes sort by the bits that count.
    const PASSES: usize;
    /// Whether the order of keys is the order of prefixes, with nothing left to compare.
    const EXACT: bool;
    /// How many prefixes keys can tell apart.
    const LIMIT: usize;

    /// The key of a prefix at a place below [`Key::LIMIT`].
    fn new(prefix: Prefix<Self::Address>, at: usize) -> Self;
    /// The place of the prefix in the input.
    fn at(self) -> usize;
    /// What a pass sorts by, 0 being the first.
    fn digit(self, pass: usize) -> usize;
    /// All that the passes sort by.
    fn leading(self) -> u64;
}

/// Address (32 bits), length (6), place (26).
impl Key for u64 {
    type Address = u32;
    const PASSES: usize = 2;
    const EXACT: bool = true;
    const LIMIT: usize = 1 << 26;

    #[inline]
    fn new(prefix: Prefix<u32>, at: usize) -> Self {
        u64::from(prefix.first()) << 32 | u64::from(prefix.length()) << 26 | at as u64
    }

    #[inline]
    fn at(self) -> usize {
        (self & (Self::LIMIT as u64 - 1)) as usize
    }

    #[inline]
    fn digit(self, pass: usize) -> usize {
        (self >> (40 + DIGIT * pass as u32)) as usize % DIGITS
    }

    #[inline]
    fn leading(self) -> u64 {
        self >> 40
    }
}

/// The upper half of the address (64 bits), length (8), place (32). Beyond /64 it is not the whole truth.
impl Key for u128 {
    type Address = u128;
    const PASSES: usize = 4;
    const EXACT: bool = false;
    const LIMIT: usize = u32::MAX as usize;

    #[inline]
    fn new(prefix: Prefix<u128>, at: usize) -> Self {
        prefix.first() >> 64 << 64 | u128::from(prefix.length()) << 32 | at as u128
    }

    #[inline]
    fn at(self) -> usize {
        (self & u128::from(u32::MAX)) as usize
    }

    #[inline]
    fn digit(self, pass: usize) -> usize {
        (self >> (80 + DIGIT * pass as u32)) as usize % DIGITS
    }

    #[inline]
    fn leading(self) -> u64 {
        (self >> 80) as u64
    }
}

/// A sort in steps: [`Order::step`] until it says that it is done.
#[derive(Clone, Debug)]
pub struct Order<K> {
    keys: Vec<K>,
    /// What a pass writes.
    other: Vec<K>,
    /// For each pass where the next key with a digit goes; the first pass's counts while keys are made.
    next: Vec<u32>,
    stage: Stage,
    few: usize,
}

#[derive(Copy, Clone, Debug)]
enum Stage {
    /// The keys of the items before this are made.
    Keys(usize),
    /// In this pass, the keys before this are where they go.
    Pass(usize, usize),
    /// The keys before this are in order.
    Rest(usize),
    Done,
}

impl<K: Key> Order<K> {
    /// Nothing is done yet.
    pub fn new(items: usize) -> Self {
        Self::comparing_below(FEW, items)
    }

    /// The same with another [`FEW`], so that tests see all of it with little.
    pub fn comparing_below(few: usize, items: usize) -> Self {
        let next = if items < few { Vec::new() } else { vec![0; DIGITS * K::PASSES] };
        Order { keys: Vec::with_capacity(items), other: Vec::new(), next, stage: Stage::Keys(0), few }
    }

    /// Does about as much work as looking at this many items (at least one) takes, and says what is left of it;
    /// `None`: all is done. Always with the same items, of which there must be fewer than [`Key::LIMIT`].
    pub fn step<T>(&mut self, items: &[(Prefix<K::Address>, T)], budget: usize) -> Option<usize> {
        let budget = budget.max(1);
        match self.stage {
            Stage::Keys(from) => {
                let to = items.len().min(from + budget);
                for (at, (prefix, _)) in items.iter().enumerate().take(to).skip(from) {
                    let key = K::new(*prefix, at);
                    self.keys.push(key);
                    if let Some(counts) = self.next.get_mut(..DIGITS * K::PASSES) {
                        for pass in 0..K::PASSES {
                            counts[pass * DIGITS + key.digit(pass)] += 1;
                        }
                    }
                }
                self.stage = if to < items.len() {
                    Stage::Keys(to)
                } else if items.len() < self.few {
                    Stage::Rest(0)
                } else {
                    self.counts_to_places();
                    self.other = vec![K::default(); self.keys.len()];
                    Stage::Pass(0, 0)
                };
                Some(budget - (to - from))
            }
            Stage::Pass(pass, from) => {
                let to = self.keys.len().min(from + budget);
                let next = &mut self.next[pass * DIGITS..(pass + 1) * DIGITS];
                let other = &mut self.other[..];
                for key in &self.keys[from..to] {
                    let next = &mut next[key.digit(pass)];
                    other[*next as usize] = *key;
                    *next += 1;
                }
                self.stage = if to < self.keys.len() {
                    Stage::Pass(pass, to)
                } else {
                    std::mem::swap(&mut self.keys, &mut self.other);
                    if pass + 1 < K::PASSES { Stage::Pass(pass + 1, 0) } else { Stage::Rest(0) }
                };
                Some(budget - (to - from))
            }
            Stage::Rest(from) => {
                let to = self.compare(items, from, budget);
                self.stage = if to < self.keys.len() { Stage::Rest(to) } else { Stage::Done };
                Some(budget.saturating_sub(to - from))
            }
            Stage::Done => None,
        }
    }

    /// Puts in order what shares its leading bits, for about as many keys as the budget says.
    fn compare<T>(&mut self, items: &[(Prefix<K::Address>, T)], from: usize, budget: usize) -> usize {
        let limit = from.saturating_add(budget).min(self.keys.len());
        let passed = self.keys.len() >= self.few;
        let mut at = from;
        while at < limit {
            let run = if passed {
                let leading = self.keys[at].leading();
                1 + self.keys[at + 1..].iter().take_while(|key| key.leading() == leading).count()
            } else {
                self.keys.len()
            };
            let keys = &mut self.keys[at..at + run];
            if run > 1 {
                keys.sort_unstable();
                if !K::EXACT && keys.iter().any(|key| items[key.at()].0.length() > 64) {
                    keys.sort_unstable_by_key(|key| (items[key.at()].0, key.at()));
                }
            }
            at += run;
        }
        at
    }

    /// From how often a digit occurs to where its first key goes.
    fn counts_to_places(&mut self) {
        for counts in self.next.chunks_exact_mut(DIGITS) {
            let mut sum = 0;
            for count in counts {
                sum += std::mem::replace(count, sum);
            }
        }
    }

    /// All at once.
    pub fn of<T>(items: &[(Prefix<K::Address>, T)]) -> Self {
        let mut order = Self::new(items.len());
        while order.step(items, usize::MAX / 2).is_some() {}
        order
    }

    /// Where in the input the item stands that comes at a place in the order, once all is done.
    #[inline]
    pub fn place(&self, at: usize) -> usize {
        self.keys[at].at()
    }

    /// Hands over the items in order, once all is done, some at a time: to fetch them is to wait for memory, and is
    /// faster done for many side by side than between other work.
    pub fn in_chunks<T: Copy, E>(
        &self,
        items: &[(Prefix<K::Address>, T)],
        mut take: impl FnMut(&[(Prefix<K::Address>, T)]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut chunk = Vec::with_capacity(CHUNK);
        for keys in self.keys.chunks(CHUNK) {
            chunk.clear();
            chunk.extend(keys.iter().map(|key| items[key.at()]));
            take(&chunk)?;
        }
        Ok(())
    }
}
