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
    fn find_many(&self, words: &[u32], batch: &[u32; BATCH], found: &mut [u32; BATCH]) {
        match self {
            Index4::Bits(bits) => {
                for (word, found) in batch.iter().zip(found) {
                    *found = bits.find(*word) as u32;
                }
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

impl Bits {
    /// Bits for these starts; `None` if more than so many are off a /24.
    pub fn with(starts: &[u32], most: usize) -> Option<Self> {
        let last = *starts.last()?;
        let mut bits = Bits {
            groups: Vec::with_capacity((last >> 20) as usize + 1),
            words: Vec::with_capacity(starts.len() / 8),
            ranks: Vec::with_capacity(starts.len() / 16),
            offs: vec![Offs { words: 0, before: 0, end: 0 }],
            odd: Vec::new(),
        };
        let mut at = 0;
        for group in 0..=last >> 20 {
            let before = bits.odd.len();
            let mut new = Group { kept: 0, word: bits.words.len() as u32, before: (at - before) as u32 };
            let mut off = 0_u64;
            while at < starts.len() && starts[at] >> 20 == group {
                let slot = starts[at] >> 14;
                let rank = at - bits.odd.len();
                let mut word = 0_u64;
                while at < starts.len() && starts[at] >> 14 == slot {
                    let start = starts[at];
                    if start & 0xff == 0 {
                        word |= 1 << ((start >> 8) & 63);
                    } else {
                        off |= 1 << (slot & 63);
                        bits.odd.push(start);
                    }
                    at += 1;
                }
                if word != 0 {
                    new.kept |= 1 << (slot & 63);
                    if bits.words.len().is_multiple_of(STRIDE) {
                        bits.ranks.push(rank as u16);
                    }
                    bits.words.push(word);
                }
            }
            if bits.odd.len() > most {
                return None;
            }
            let end = bits.odd.len() as u32;
            if off != 0 {
                bits.offs.push(Offs { words: off, before: before as u32, end });
            } else if bits.offs.last().is_some_and(|offs| offs.words != 0) {
                bits.offs.push(Offs { words: 0, before: end, end });
            }
            new.word |= (bits.offs.len() as u32 - 1) << WORD;
            bits.groups.push(new);
        }
        let count = at - bits.odd.len();
        // What comes after the last word is looked at, too.
        while !bits.words.len().is_multiple_of(STRIDE) {
            bits.words.push(0);
        }
        bits.words.extend([0; STRIDE]);
        bits.ranks.push(count as u16);
        bits.words.shrink_to_fit();
        bits.ranks.shrink_to_fit();
        bits.odd.shrink_to_fit();
        bits.offs.shrink_to_fit();
        Some(bits)
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
