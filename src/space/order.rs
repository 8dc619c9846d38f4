//! Putting prefixes in order by short keys instead of moving them about.
//!
//! A key is the leading bits of a prefix, its length and its place in the input: 8 bytes for IPv4, 16 for IPv6,
//! where a prefix with its value takes 12 and 24. Keys are made where they go: into the bucket of their first bits. Each
//! bucket is then small enough for a near cache, where a radix sort over the next bits, as far as real tables differ in
//! them (/24 and /48), puts nearly all in order; what still shares those bits is compared, exactly. As no two keys are
//! equal, the order is stable.

use super::{Address, Prefix};

/// Fewer than this are compared from the start: counting would cost more.
pub const FEW: usize = 2048;

/// How many items are fetched side by side.
const CHUNK: usize = 256;

/// The key of one family.
pub trait Key: Copy + Ord + Default + Send + Sync + std::fmt::Debug + 'static {
    /// The address it is of.
    type Address: Address;
    /// How many buckets there are.
    const BUCKETS: usize;
    /// How many passes sort a bucket, an even number.
    const PASSES: usize;
    /// How many values a digit has.
    const DIGITS: usize;
    /// Whether the order of keys is the order of prefixes, with nothing left to compare.
    const EXACT: bool;
    /// How many prefixes keys can tell apart.
    const LIMIT: usize;

    /// The key of a prefix at a place below [`Key::LIMIT`].
    fn new(prefix: Prefix<Self::Address>, at: usize) -> Self;
    /// The place of the prefix in the input.
    fn at(self) -> usize;
    /// Which bucket is a prefix's.
    fn bucket(prefix: Prefix<Self::Address>) -> usize;
    /// What a pass sorts by, 0 being the first.
    fn digit(self, pass: usize) -> usize;
    /// All that bucket and passes sort by.
    fn leading(self) -> u64;
}

/// Address (32 bits), length (6), place (26).
impl Key for u64 {
    type Address = u32;
    const BUCKETS: usize = 1 << 12;
    const PASSES: usize = 2;
    const DIGITS: usize = 1 << 6;
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
    fn bucket(prefix: Prefix<u32>) -> usize {
        (prefix.first() >> 20) as usize
    }

    #[inline]
    fn digit(self, pass: usize) -> usize {
        (self >> (40 + 6 * pass)) as usize % Self::DIGITS
    }

    #[inline]
    fn leading(self) -> u64 {
        self >> 40
    }
}

/// The upper half of the address (64 bits), length (8), place (32). Beyond /64 it is not the whole truth.
impl Key for u128 {
    type Address = u128;
    const BUCKETS: usize = 1 << 16;
    const PASSES: usize = 4;
    const DIGITS: usize = 1 << 8;
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
    fn bucket(prefix: Prefix<u128>) -> usize {
        (prefix.first() >> 112) as usize
    }

    #[inline]
    fn digit(self, pass: usize) -> usize {
        (self >> (80 + 8 * pass)) as usize % Self::DIGITS
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
    /// Where the next key of each bucket goes; in the end, where the bucket ends.
    ends: Vec<u32>,
    /// A bucket while it is sorted.
    other: Vec<K>,
    stage: Stage,
    few: usize,
}

#[derive(Copy, Clone, Debug)]
enum Stage {
    /// The items before this are counted.
    Count(usize),
    /// The keys of the items before this are where they go.
    Move(usize),
    /// The buckets before this are in order.
    Sort(usize),
    Done,
}

impl<K: Key> Order<K> {
    /// Nothing is done yet.
    pub fn new(items: usize) -> Self {
        Self::comparing_below(FEW, items)
    }

    /// The same with another [`FEW`], so that tests see all of it with little.
    pub fn comparing_below(few: usize, items: usize) -> Self {
        // Of few, all are in one bucket.
        let (ends, stage) =
            if items < few { (vec![0], Stage::Move(0)) } else { (vec![0; K::BUCKETS], Stage::Count(0)) };
        Order { keys: vec![K::default(); items], ends, other: Vec::new(), stage, few }
    }

    /// Does about as much work as looking at this many items (at least one) takes, and says what is left of it;
    /// `None`: all is done. Always with the same items, of which there must be fewer than [`Key::LIMIT`].
    pub fn step<T>(&mut self, items: &[(Prefix<K::Address>, T)], budget: usize) -> Option<usize> {
        let budget = budget.max(1);
        match self.stage {
            Stage::Count(from) => {
                let to = items.len().min(from.saturating_add(budget));
                for (prefix, _) in &items[from..to] {
                    self.ends[K::bucket(*prefix)] += 1;
                }
                self.stage = Stage::Count(to);
                if to == items.len() {
                    let mut sum = 0;
                    for end in &mut self.ends {
                        sum += std::mem::replace(end, sum);
                    }
                    self.stage = Stage::Move(0);
                }
                Some(budget - (to - from))
            }
            Stage::Move(from) => {
                let to = items.len().min(from.saturating_add(budget));
                let (keys, ends) = (&mut self.keys[..], &mut self.ends[..]);
                for ((prefix, _), at) in items[from..to].iter().zip(from..) {
                    let end = &mut ends[if ends.len() == 1 { 0 } else { K::bucket(*prefix) }];
                    keys[*end as usize] = K::new(*prefix, at);
                    *end += 1;
                }
                self.stage = if to == items.len() { Stage::Sort(0) } else { Stage::Move(to) };
                Some(budget - (to - from))
            }
            Stage::Sort(bucket) => {
                let mut left = budget;
                for bucket in bucket..self.ends.len() {
                    if left == 0 {
                        self.stage = Stage::Sort(bucket);
                        return Some(0);
                    }
                    let from = if bucket == 0 { 0 } else { self.ends[bucket - 1] } as usize;
                    let to = self.ends[bucket] as usize;
                    self.sort(items, from, to);
                    left = left.saturating_sub(to - from);
                }
                self.stage = Stage::Done;
                Some(left)
            }
            Stage::Done => None,
        }
    }

    /// Sorts a bucket.
    fn sort<T>(&mut self, items: &[(Prefix<K::Address>, T)], from: usize, to: usize) {
        let keys = &mut self.keys[from..to];
        // Few are sooner compared than counted; and where there is but one bucket, its keys may differ in all bits.
        if self.ends.len() == 1 || keys.len() < K::DIGITS.min(self.few) {
            return exactly(keys, items);
        }
        if self.other.len() < keys.len() {
            self.other.resize(keys.len(), K::default());
        }
        let other = &mut self.other[..keys.len()];
        for pass in (0..K::PASSES).step_by(2) {
            by_digit(keys, other, pass);
            by_digit(other, keys, pass + 1);
        }
        let mut rest = keys;
        while let Some(first) = rest.first() {
            let leading = first.leading();
            let run = 1 + rest[1..].iter().take_while(|key| key.leading() == leading).count();
            let (now, after) = rest.split_at_mut(run);
            if run > 1 {
                exactly(now, items);
            }
            rest = after;
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

/// One pass of a radix sort.
fn by_digit<K: Key>(from: &[K], to: &mut [K], pass: usize) {
    // The most that a digit of any family has.
    let mut next = [0_u32; 256];
    for key in from {
        next[key.digit(pass)] += 1;
    }
    let mut sum = 0;
    for next in &mut next[..K::DIGITS] {
        sum += std::mem::replace(next, sum);
    }
    for key in from {
        let next = &mut next[key.digit(pass)];
        to[*next as usize] = *key;
        *next += 1;
    }
}

/// By comparing.
fn exactly<K: Key, T>(keys: &mut [K], items: &[(Prefix<K::Address>, T)]) {
    keys.sort_unstable();
    if !K::EXACT && keys.iter().any(|key| items[key.at()].0.length() > 64) {
        keys.sort_unstable_by_key(|key| (items[key.at()].0, key.at()));
    }
}
