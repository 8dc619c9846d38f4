//! What a partition says of single addresses.

use super::index::{BATCH, Index, Lazy};
use super::starts::{Starts, Word};
use super::{Address, Partition, Span};

/// How many starts are compared in one step of a walk.
const STEP: usize = 8;

/// In which interval an address is. Each family compiles this for itself, [`Address::find`].
#[inline(always)]
pub(super) fn find<A: Address>(index: &Lazy<A>, starts: &A::Starts, address: A) -> usize {
    let (at, below) = index.find(starts, address.word());
    if below { starts.exact(at, address) } else { at }
}

/// In which intervals addresses are. Each family compiles this for itself, [`Address::find_batch`].
#[inline(always)]
pub(super) fn find_batch<A: Address>(
    index: &A::Index,
    starts: &A::Starts,
    batch: &[A; BATCH],
    found: &mut [u32; BATCH],
) {
    let asked = batch.map(A::word);
    if walk(index, starts.words(), &asked, found) || index.find_many(starts.words(), &asked, found) {
        for (at, address) in found.iter_mut().zip(batch) {
            *at = starts.exact(*at as usize, *address) as u32;
        }
    }
}

/// Looks up addresses in order by walking along the starts, which is to read what lies side by side. Not if they are in
/// no order, or if so many intervals lie between them that walking would take longer.
#[inline]
fn walk<W: Word, I: Index<W>>(index: &I, words: &[W], asked: &[W; BATCH], found: &mut [u32; BATCH]) -> bool {
    const HALF: usize = BATCH / 2;
    let (one, other) = asked.split_at(HALF);
    if !asked.is_sorted() {
        return false;
    }
    let [mut at, mut ahead, end] = [asked[0], other[0], asked[BATCH - 1]].map(|word| index.find(words, word));
    if end - at > BATCH * STEP / 2 {
        return false;
    }
    let step = |at: usize, word: W| match words.get(at + 1..at + 1 + STEP) {
        Some(next) => match next.iter().fold(0_u32, |passed, start| passed + u32::from(*start <= word)) as usize {
            STEP => index.find(words, word),
            passed => at + passed,
        },
        None => index.find(words, word),
    };
    // Two walks at once, for each step waits for the one before.
    let (found, found_ahead) = found.split_at_mut(HALF);
    for (((word, word_ahead), found), found_ahead) in one.iter().zip(other).zip(found).zip(found_ahead) {
        at = step(at, *word);
        ahead = step(ahead, *word_ahead);
        (*found, *found_ahead) = (at as u32, ahead as u32);
    }
    true
}

impl<A: Address, T: Copy + Eq> Partition<A, T> {
    /// The value at an address.
    #[inline]
    pub fn lookup(&self, address: A) -> T {
        self.values[self.index_of(address)]
    }

    /// The values at many addresses, in their order, in place of what `into` held. Faster than one at a time where
    /// memory is what a lookup waits for.
    pub fn lookup_many(&self, addresses: &[A], into: &mut Vec<T>) {
        into.clear();
        into.reserve(addresses.len());
        let (batches, rest) = addresses.as_chunks::<BATCH>();
        if let Some(index) = self.index.for_many(&self.starts, addresses.len()) {
            let mut found = [0; BATCH];
            for batch in batches {
                A::find_batch(index, &self.starts, batch, &mut found);
                into.extend(found.iter().map(|at| self.values[*at as usize]));
            }
        } else {
            into.extend(batches.as_flattened().iter().map(|address| self.lookup(*address)));
        }
        into.extend(rest.iter().map(|address| self.lookup(*address)));
    }

    /// The interval around an address, and its value.
    pub fn span_of(&self, address: A) -> (Span<A>, T) {
        self.interval(self.index_of(address))
    }

    /// Builds the index for lookups now. It is built anyway when enough addresses were asked for; until then a lookup
    /// halves the intervals.
    pub fn build_index(&self) {
        if self.values.len() < A::Index::LIMIT {
            self.index.built(&self.starts);
        }
    }

    /// What it takes of the heap, with the index if there is one by now, in bytes.
    pub fn bytes(&self) -> usize {
        self.starts.bytes() + self.values.capacity() * size_of::<T>() + self.index.bytes()
    }

    /// Which interval an address is in.
    #[inline(always)]
    pub(super) fn index_of(&self, address: A) -> usize {
        A::find(&self.index, &self.starts, address)
    }
}
