//! IPv4: one bit for every /24 in which an interval begins, and the intervals are counted instead of searched.
//!
//! Nearly all starts of a routing table lie on a /24. The bits of a /18 are one word of 64; words without a bit
//! aren't kept. For every /12 stands which of its 64 words are kept. So a lookup is two counts of bits, and no
//! search: it touches a group, a word and a rank, all near each other and small enough for the second-level cache, and
//! then the value. The rank, how many bits are in the words before, stands for every second word, to save room.
//! Starts off a /24 are kept in a list of their own, which only the /12s that have one look into.

use super::flat::Flat;
use super::tree::Tree;
use super::{BATCH, Index};

/// An index over 32-bit starts.
#[derive(Clone, Debug)]
pub enum Index4 {
    /// For few intervals.
    Few(Flat<4>),
    /// For more.
    Some(Flat<8>),
    /// For many.
    Bits(Bits),
    /// Where too many begin off a /24.
    Tree(Tree<u32>),
}

/// Below so many intervals hardly any slot of a table has more than four.
const FEW: usize = 2048;

impl Index<u32> for Index4 {
    const LIMIT: usize = <Tree<u32> as Index<u32>>::LIMIT;

    fn new(starts: &[u32]) -> Self {
        if starts.len() < FEW {
            return Index4::Few(Index::new(starts));
        }
        if starts.len() < <Flat<8> as Index<u32>>::LIMIT {
            return Index4::Some(Index::new(starts));
        }
        let bits = Bits::with(starts, starts.len() / 16);
        bits.map_or_else(|| Index4::Tree(Index::new(starts)), Index4::Bits)
    }

    #[inline(always)]
    fn find(&self, words: &[u32], word: u32) -> usize {
        match self {
            Index4::Bits(bits) => bits.find(word),
            Index4::Few(flat) => flat.find(words, word),
            Index4::Some(flat) => flat.find(words, word),
            Index4::Tree(tree) => tree.find(words, word),
        }
    }

    #[inline]
    fn find_many(&self, words: &[u32], batch: &[u32; BATCH], found: &mut [u32; BATCH]) -> bool {
        match self {
            Index4::Bits(bits) => {
                for (word, found) in batch.iter().zip(found) {
                    *found = bits.find(*word) as u32;
                }
                true
            }
            Index4::Few(flat) => flat.find_many(words, batch, found),
            Index4::Some(flat) => flat.find_many(words, batch, found),
            Index4::Tree(tree) => tree.find_many(words, batch, found),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Index4::Bits(bits) => bits.bytes(),
            Index4::Few(flat) => flat.bytes(),
            Index4::Some(flat) => flat.bytes(),
            Index4::Tree(tree) => tree.bytes(),
        }
    }
}

/// Bits for /24s.
#[derive(Clone, Debug)]
pub struct Bits {
    /// For every /12, up to the last that has a start.
    groups: Vec<Group>,
    /// The words that have a bit, in order, and some without at the end.
    words: Vec<u64>,
    /// For every [`STRIDE`] words how many bits are before them; the lower half of that number.
    ranks: Vec<u16>,
    /// What is off a /24, by [`Group::offs`].
    offs: Vec<Offs>,
    /// The starts off a /24.
    odd: Vec<u32>,
}

/// How many bits two words have. Where the machine doesn't count them itself, twice is hardly more than once.
#[inline(always)]
fn ones(a: u64, b: u64) -> u32 {
    if cfg!(any(target_arch = "wasm32", target_arch = "aarch64", target_feature = "popcnt")) {
        return a.count_ones() + b.count_ones();
    }
    let pairs = |x: u64| x - ((x >> 1) & 0x5555_5555_5555_5555);
    let fours = |x: u64| (x & 0x3333_3333_3333_3333) + ((x >> 2) & 0x3333_3333_3333_3333);
    // At most 8 in each four bits, 32 in a byte, 128 in all.
    let both = fours(pairs(a)) + fours(pairs(b));
    let bytes = (both & 0x0f0f_0f0f_0f0f_0f0f) + ((both >> 4) & 0x0f0f_0f0f_0f0f_0f0f);
    (bytes.wrapping_mul(0x0101_0101_0101_0101) >> 56) as u32
}

/// How many words share a rank.
const STRIDE: usize = 2;

#[derive(Copy, Clone, Debug)]
struct Group {
    /// Which of its words are kept.
    kept: u64,
    /// Its first word (19 bits), and its index in `offs` (13 bits).
    word: u32,
    /// How many bits are before it.
    before: u32,
}

const WORD: u32 = 19;

#[derive(Copy, Clone, Debug)]
struct Offs {
    /// In which words of the group there is a start off a /24.
    words: u64,
    /// How many such starts are before the group.
    before: u32,
    /// And up to its end.
    end: u32,
}

/// How many starts are taken before there must be room for more words.
const CHUNK: usize = 512;

/// How many bits of an address lie below a /12.
const GROUP: u32 = 20;

/// The words that have a bit, while they are made. There is no branch but for starts off a /24: where a word ends depends
/// on the data, and is guessed wrong.
#[derive(Default)]
struct Kept {
    /// The first `len` are done, the next is `word`.
    words: Vec<u64>,
    /// Which /18 each is of.
    slots: Vec<u32>,
    len: usize,
    word: u64,
    slot: u32,
    odd: Vec<u32>,
}

impl Kept {
    /// More starts, which ascend; the very first is 0. On its own, so that all of it stays in registers.
    #[inline(never)]
    fn add(&mut self, starts: &[u32]) {
        let room = self.len + starts.len() + 1;
        if self.words.len() < room {
            self.words.resize(room, 0);
            self.slots.resize(room, 0);
        }
        let (words, slots) = (&mut self.words[..room], &mut self.slots[..room]);
        let (mut len, mut word, mut slot) = (self.len, self.word, self.slot);
        for &start in starts {
            if start & 0xff != 0 {
                off(&mut self.odd, start);
                continue;
            }
            let same = start >> 14 == slot;
            slot = start >> 14;
            len += usize::from(!same);
            word = (word & u64::from(same).wrapping_neg()) | 1 << ((start >> 8) & 63);
            words[len] = word;
            slots[len] = slot;
        }
        (self.len, self.word, self.slot) = (len, word, slot);
    }

    fn finish(mut self) -> (Vec<u64>, Vec<u32>, Vec<u32>) {
        self.words.truncate(self.len + 1);
        self.slots.truncate(self.len + 1);
        (self.words, self.slots, self.odd)
    }
}

#[cold]
#[inline(never)]
fn off(odd: &mut Vec<u32>, start: u32) {
    odd.push(start);
}

/// What is off a /24, and for each group up to `last` its index therein.
fn offs(odd: &[u32], last: u32) -> (Vec<Offs>, Vec<u32>) {
    let mut offs = vec![Offs { words: 0, before: 0, end: 0 }];
    let mut at = 0;
    let of = (0..=last).map(|group| {
        let from = at;
        let mut words = 0;
        while let Some(start) = odd.get(at).filter(|start| **start >> GROUP == group) {
            words |= 1 << ((start >> 14) & 63);
            at += 1;
        }
        if words != 0 || offs.last().is_some_and(|offs| offs.words != 0) {
            offs.push(Offs { words, before: from as u32, end: at as u32 });
        }
        offs.len() as u32 - 1
    });
    let of = of.collect();
    offs.shrink_to_fit();
    (offs, of)
}

impl Bits {
    /// Bits for these starts; `None` if more than so many are off a /24.
    pub fn with(starts: &[u32], most: usize) -> Option<Self> {
        let last = *starts.last()? >> GROUP;
        let mut kept = Kept::default();
        for chunk in starts.chunks(CHUNK) {
            kept.add(chunk);
            if kept.odd.len() > most {
                return None;
            }
        }
        let (mut words, slots, mut odd) = kept.finish();
        let (offs, of) = offs(&odd, last);
        let mut groups = vec![Group { kept: 0, word: 0, before: 0 }; of.len()];
        // What comes after the last word is looked at, too.
        words.resize(words.len().next_multiple_of(STRIDE), 0);
        let mut ranks = Vec::with_capacity(words.len() / STRIDE + 1);
        let mut before = 0;
        // First how far each group goes, then where it begins.
        for ((words, slots), at) in words.chunks_exact(STRIDE).zip(slots.chunks(STRIDE)).zip((0..).step_by(STRIDE))
        {
            ranks.push(before as u16);
            for ((word, slot), at) in words.iter().zip(slots).zip(at + 1..) {
                before += ones(*word, 0);
                let group = &mut groups[(slot >> 6) as usize];
                group.kept |= 1 << (slot & 63);
                (group.word, group.before) = (at, before);
            }
        }
        ranks.push(before as u16);
        words.extend([0; STRIDE]);
        words.shrink_to_fit();
        odd.shrink_to_fit();
        let mut from = (0, 0);
        for (group, off) in groups.iter_mut().zip(of) {
            let to = if group.kept == 0 { from } else { (group.word, group.before) };
            (group.word, group.before) = (from.0 | off << WORD, from.1);
            from = to;
        }
        Some(Bits { groups, words, ranks, offs, odd })
    }

    /// Which interval an address is in.
    #[inline(always)]
    pub fn find(&self, address: u32) -> usize {
        // Beyond the last group nothing begins: as at the end of it.
        let last = ((self.groups.len() as u64) << 20).wrapping_sub(1) as u32;
        let address = address.min(last);
        let group = &self.groups[(address >> 20) as usize];
        let slot = (address >> 14) & 63;
        let below = group.kept & ((1 << slot) - 1);
        let word = (group.word & ((1 << WORD) - 1)) as usize + below.count_ones() as usize;
        // The word itself counts up to the address's /24, if it is kept, and those that share its rank in whole.
        let kept = (group.kept >> slot) & 1;
        let upto = (u64::MAX >> (63 - ((address >> 8) & 63))) & kept.wrapping_neg();
        let earlier = ((word % STRIDE) as u64).wrapping_neg();
        let pair = word / STRIDE * STRIDE;
        let bits = ones(self.words[word] & upto, self.words[pair] & earlier);
        let since = self.ranks[word / STRIDE].wrapping_sub(group.before as u16) as i16;
        let on = group.before.wrapping_add_signed(i32::from(since)) + bits;
        let offs = &self.offs[(group.word >> WORD) as usize];
        let mut off = offs.before as usize;
        if offs.words & (u64::MAX >> (63 - slot)) != 0 {
            off = self.off(offs, address);
        }
        on as usize + off - 1
    }

    /// How many starts off a /24 are not after an address.
    #[cold]
    fn off(&self, offs: &Offs, address: u32) -> usize {
        let (from, to) = (offs.before as usize, offs.end as usize);
        from + self.odd[from..to].partition_point(|start| *start <= address)
    }

    fn bytes(&self) -> usize {
        self.groups.capacity() * size_of::<Group>()
            + self.words.capacity() * size_of::<u64>()
            + self.ranks.capacity() * size_of::<u16>()
            + self.offs.capacity() * size_of::<Offs>()
            + self.odd.capacity() * size_of::<u32>()
    }
}
