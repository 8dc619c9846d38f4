//! From prefixes in order to a partition, one prefix at a time.

use std::fmt;

use super::starts::{Below, Starts, Word};
use super::{Address, Partition, Prefix};

/// Builds a [`Partition`] from prefixes that come in order, so that the work can be cut into
/// steps: longest prefix wins, and of equal prefixes the last.
///
/// It sweeps over the space from first to last address with a stack of the prefixes that are open
/// at the current address, innermost on top: at most `BITS` + 1 of them, as each must be longer
/// than the one below.
///
/// The sweep is over words: an IPv4 address, or the upper 64 bits of an IPv6 address. Prefixes longer
/// than /64 are swept in a sweep of their own over the lower 64 bits, one /64 at a time.
#[derive(Clone, Debug)]
pub struct Sweep<A: Address, T> {
    words: Core<A::Word, T>,
    /// What is cut within a /64, if the last prefix was longer than that.
    within: Option<Within<A>>,
    /// The sweep within it.
    inner: Core<u64, T>,
    below: Below,
}

/// A /64 that is being cut.
#[derive(Copy, Clone, Debug)]
struct Within<A: Address> {
    word: A::Word,
    /// The prefix that came last.
    latest: Prefix<A>,
}

/// A prefix came after one that should have followed it.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct OutOfOrder;

impl fmt::Display for OutOfOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("prefixes must come by first address, then shorter first")
    }
}

impl std::error::Error for OutOfOrder {}

/// How many prefixes are taken before there must be room for more cuts.
const CHUNK: usize = 256;

impl<A: Address, T: Copy + Eq> Sweep<A, T> {
    /// A space that has one value everywhere until prefixes are pushed.
    pub fn new(default: T) -> Self {
        Self::with_capacity(default, 0)
    }

    /// The same, with room for about as many intervals as so many prefixes usually cut.
    pub fn with_capacity(default: T, prefixes: usize) -> Self {
        Sweep {
            words: Core::new(default, prefixes),
            within: None,
            inner: Core::new(default, 0),
            below: Below::NONE,
        }
    }

    /// Gives a prefix its value, within which only longer prefixes that follow matter.
    ///
    /// # Errors
    /// If a prefix that sorts after this one came before; nothing has changed then.
    #[inline]
    pub fn push(&mut self, prefix: Prefix<A>, value: T) -> Result<(), OutOfOrder> {
        self.take(std::iter::once((prefix, value)))
    }

    /// Pushes many, which is faster than one at a time.
    ///
    /// # Errors
    /// If one sorts before another that came before it; those before it are taken then.
    pub fn extend(&mut self, prefixes: impl IntoIterator<Item = (Prefix<A>, T)>) -> Result<(), OutOfOrder> {
        let mut prefixes = prefixes.into_iter();
        loop {
            let mut taken = 0;
            self.take(prefixes.by_ref().take(CHUNK).inspect(|_| taken += 1))?;
            if taken < CHUNK {
                return Ok(());
            }
        }
    }

    /// Pushes at most [`CHUNK`].
    #[inline(always)]
    fn take(&mut self, mut prefixes: impl Iterator<Item = (Prefix<A>, T)>) -> Result<(), OutOfOrder> {
        while self.within.is_none() {
            match self.words.take(&mut prefixes)? {
                Some((prefix, value)) => self.enter(prefix, value),
                None => return Ok(()),
            }
        }
        self.take_within(&mut prefixes)
    }

    /// The same while a /64 is cut.
    #[cold]
    #[inline(never)]
    fn take_within(&mut self, prefixes: &mut dyn Iterator<Item = (Prefix<A>, T)>) -> Result<(), OutOfOrder> {
        for (prefix, value) in prefixes {
            if let Some(Within { word, latest }) = self.within {
                if prefix < latest {
                    return Err(OutOfOrder);
                }
                if prefix.first().word() == word {
                    self.within = Some(Within { word, latest: prefix });
                    self.inner.add(prefix.first().below(), prefix.length() - A::Word::BITS, value);
                    continue;
                }
                self.leave(word);
            }
            let mut one = std::iter::once((prefix, value));
            if let Some((prefix, value)) = self.words.take(&mut one)? {
                self.enter(prefix, value);
            }
        }
        Ok(())
    }

    /// The first prefix within a /64.
    #[cold]
    fn enter(&mut self, prefix: Prefix<A>, value: T) {
        let word = prefix.first().word();
        self.within = Some(Within { word, latest: prefix });
        self.words.make_room();
        self.words.close_before(word);
        self.inner.restart(self.words.hot.top.value);
        self.inner.add(prefix.first().below(), prefix.length() - A::Word::BITS, value);
    }

    /// Puts what a /64 was cut into between the other intervals.
    fn leave(&mut self, word: A::Word) {
        self.within = None;
        let (starts, values) = self.inner.close();
        let pieces = starts.iter().zip(values);
        for (below, value) in pieces {
            self.words.make_room();
            if *below == 0 {
                self.words.begin(word, *value);
            } else {
                // It differs from the one before it, so it will stand where the next is written.
                self.words.begin_within(word, *value);
                self.below.push(self.words.hot.len, *below);
            }
        }
        if word != A::Word::LAST {
            let after = word.wrapping_next();
            self.words.begin(after, self.words.hot.top.value);
        }
    }

    /// The partition of the whole space.
    pub fn finish(mut self) -> Partition<A, T> {
        if let Some(Within { word, .. }) = self.within {
            self.leave(word);
        }
        let len = self.words.close().0.len();
        let Core { mut words, mut values, .. } = self.words;
        words.truncate(len);
        values.truncate(len);
        words.shrink_to_fit();
        values.shrink_to_fit();
        Partition::from_parts(A::Starts::of(words, self.below), values)
    }
}

/// The sweep over words of one width.
#[derive(Clone, Debug)]
struct Core<W, T> {
    hot: Hot<W, T>,
    /// What lies around the innermost open prefix, outermost first: `open[..depth]`, the rest is room.
    open: Vec<Open<W, T>>,
    /// The intervals before the newest: the first `len` of these, the rest is room.
    words: Vec<W>,
    values: Vec<T>,
}

/// What changes with every prefix, and is kept in registers.
///
/// What a prefix costs is mostly branches guessed wrong, so only one is left that data decide: whether more than one
/// other ends before this one begins. A cut is always written, and the next written over it where it turned out to be
/// none.
#[derive(Copy, Clone, Debug)]
struct Hot<W, T> {
    /// The innermost open prefix, or the whole space with the default.
    top: Open<W, T>,
    depth: usize,
    /// First word and length of the prefix that came last.
    latest: (W, u8),
    any: bool,
    /// The newest interval, which a later prefix may still overwrite, as it may begin at the same address.
    newest: (W, T),
    /// The value before it; means nothing while there is none.
    before: T,
    /// How many intervals are written.
    len: usize,
}

#[derive(Copy, Clone, Debug)]
struct Open<W, T> {
    last: W,
    value: T,
}

impl<W: Word, T: Copy + Eq> Core<W, T> {
    fn new(default: T, prefixes: usize) -> Self {
        // A full table makes 1.12 intervals of each IPv4 prefix, and 1.39 of each IPv6 prefix.
        let room = if prefixes == 0 { 0 } else { prefixes + prefixes / if W::BITS == 32 { 7 } else { 2 } + CHUNK };
        let hot = Hot::new(default);
        Core { hot, open: Vec::new(), words: Vec::with_capacity(room), values: Vec::with_capacity(room) }
    }

    /// Begins anew with another default.
    fn restart(&mut self, default: T) {
        self.hot = Hot::new(default);
    }

    /// Pushes all that are no longer than a word. Stops at one that is, and gives it back.
    #[inline(always)]
    fn take<A: Address<Word = W>>(
        &mut self,
        prefixes: &mut impl Iterator<Item = (Prefix<A>, T)>,
    ) -> Result<Option<(Prefix<A>, T)>, OutOfOrder> {
        self.make_room();
        let (open, words, values) = (&mut self.open[..], &mut self.words[..], &mut self.values[..]);
        let mut hot = self.hot;
        let mut result = Ok(None);
        for (prefix, value) in prefixes {
            let (first, length) = (prefix.first().word(), prefix.length());
            if !((first > hot.latest.0) | ((first == hot.latest.0) & (length >= hot.latest.1))) {
                result = Err(OutOfOrder);
                break;
            }
            if A::BITS > W::BITS && length > W::BITS {
                result = Ok(Some((prefix, value)));
                break;
            }
            hot.add(open, words, values, (first, length), value);
        }
        self.hot = hot;
        result
    }

    /// Pushes one that is in order.
    fn add(&mut self, first: W, length: u8, value: T) {
        self.make_room();
        self.hot.add(&mut self.open, &mut self.words, &mut self.values, (first, length), value);
    }

    /// Closes what ends before a word.
    fn close_before(&mut self, word: W) {
        while self.hot.top.last < word {
            self.hot.close(&self.open, &mut self.words, &mut self.values);
        }
    }

    fn begin(&mut self, start: W, value: T) {
        self.hot.begin(&mut self.words, &mut self.values, start, value);
    }

    /// The same at an address within a word, after what began there before.
    fn begin_within(&mut self, word: W, value: T) {
        self.hot.write(&mut self.words, &mut self.values, true);
        self.hot.newest = (word, value);
    }

    /// Room for the cuts of a chunk: each prefix begins once and ends at most once, and what is open may end, too.
    #[inline]
    fn make_room(&mut self) {
        if self.open.is_empty() {
            self.open = vec![self.hot.top; usize::from(W::BITS) + 2];
        }
        let need = self.hot.len + 2 * CHUNK + self.open.len();
        if self.words.len() < need {
            // Grows in small pieces, that are written over while they are still in the nearest cache.
            self.words.resize(need + CHUNK, W::default());
            self.values.resize(need + CHUNK, self.hot.before);
        }
    }

    /// Closes all. The intervals.
    fn close(&mut self) -> (&[W], &[T]) {
        self.make_room();
        let (words, values) = (&mut self.words[..], &mut self.values[..]);
        for around in self.open[..self.hot.depth].iter().rev() {
            // After the last address nothing goes on.
            if self.hot.top.last != W::LAST {
                self.hot.begin(words, values, self.hot.top.last.wrapping_next(), around.value);
            }
            self.hot.top = *around;
        }
        // An end that no address has writes the newest one down.
        self.hot.write(words, values, true);
        (&self.words[..self.hot.len], &self.values[..self.hot.len])
    }
}

impl<W: Word, T: Copy + Eq> Hot<W, T> {
    fn new(default: T) -> Self {
        Hot {
            top: Open { last: W::LAST, value: default },
            depth: 0,
            latest: (W::default(), 0),
            any: false,
            newest: (W::default(), default),
            before: default,
            len: 0,
        }
    }

    /// A prefix that is in order.
    #[inline(always)]
    fn add(&mut self, open: &mut [Open<W, T>], words: &mut [W], values: &mut [T], prefix: (W, u8), value: T) {
        let (first, length) = prefix;
        // What ends before this begins is closed, innermost first. The whole space never does.
        while self.top.last < first {
            self.close(open, words, values);
        }
        self.begin(words, values, first, value);
        // The same prefix again takes the place of the one before, which is on top.
        let again = self.any & (prefix == self.latest);
        open[self.depth] = self.top;
        self.depth += usize::from(!again);
        self.top = Open { last: first.last_of(length), value };
        self.latest = prefix;
        self.any = true;
    }

    #[inline(always)]
    fn close(&mut self, open: &[Open<W, T>], words: &mut [W], values: &mut [T]) {
        self.depth -= 1;
        let around = open[self.depth];
        self.begin(words, values, self.top.last.wrapping_next(), around.value);
        self.top = around;
    }

    /// From `start` on it is `value`, whatever was said about `start` before.
    #[inline(always)]
    fn begin(&mut self, words: &mut [W], values: &mut [T], start: W, value: T) {
        self.write(words, values, start != self.newest.0);
        self.newest = (start, value);
    }

    /// Writes the newest interval, and keeps it if it is `done` and differs from the one before.
    #[inline(always)]
    fn write(&mut self, words: &mut [W], values: &mut [T], done: bool) {
        (words[self.len], values[self.len]) = self.newest;
        self.len += usize::from(done & ((self.len == 0) | (self.newest.1 != self.before)));
        self.before = if done { self.newest.1 } else { self.before };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stack_is_no_deeper_than_an_address_is_long() {
        let mut sweep = Sweep::new(0);
        for length in 0..=128 {
            let prefix = Prefix::truncating(u128::MAX / 3, length).expect("in range");
            for value in 1..5 {
                assert_eq!(sweep.push(prefix, value), Ok(()));
            }
        }
        assert_eq!((sweep.words.hot.depth, sweep.inner.hot.depth), (65, 64));
        assert_eq!(sweep.finish(), Partition::uniform(4));
    }

    #[test]
    fn out_of_order_is_refused() {
        let prefix = |address, length| Prefix::new(address, length).expect("no host bits");
        let mut sweep = Sweep::new('-');
        assert_eq!(sweep.push(prefix(0x0a00_0000_u32, 16), 'a'), Ok(()));
        assert_eq!(sweep.push(prefix(0x0a00_0000, 8), 'b'), Err(OutOfOrder));
        assert_eq!(sweep.push(prefix(0x0900_0000, 8), 'b'), Err(OutOfOrder));
        let untouched = Partition::from_prefixes('-', [(prefix(0x0a00_0000, 16), 'a')]);
        assert_eq!(sweep.finish(), untouched);
    }
}
