//! From prefixes in order to a partition, one prefix at a time.

use std::fmt;

use super::order::Order;
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
        self.take(&[(prefix, value)])
    }

    /// Pushes many, which is faster than one at a time.
    ///
    /// # Errors
    /// If one sorts before another that came before it; those before it are taken then.
    pub fn extend(&mut self, prefixes: impl IntoIterator<Item = (Prefix<A>, T)>) -> Result<(), OutOfOrder> {
        let mut prefixes = prefixes.into_iter();
        let mut chunk = Vec::with_capacity(CHUNK);
        loop {
            chunk.clear();
            chunk.extend(prefixes.by_ref().take(CHUNK));
            if chunk.is_empty() {
                return Ok(());
            }
            self.take(&chunk)?;
        }
    }

    /// The same from memory.
    ///
    /// # Errors
    /// As there.
    pub fn extend_from_slice(&mut self, prefixes: &[(Prefix<A>, T)]) -> Result<(), OutOfOrder> {
        prefixes.chunks(CHUNK).try_for_each(|chunk| self.take(chunk))
    }

    /// The sweep of prefixes in any order, of which there must be fewer than [`LIMIT`](super::order::LIMIT); of fewer
    /// than `few` see [`Order`].
    ///
    /// They are sorted at the end of the room for what they will cut, which is written from the beginning: to be given
    /// fresh memory costs about as much as to sort in it.
    pub(super) fn of_unsorted(few: usize, default: T, prefixes: &[(Prefix<A>, T)]) -> Self {
        let mut sweep = Self::new(default);
        let mut order = Order::new(few, prefixes.len());
        let room = Core::<A::Word, T>::room(prefixes.len());
        let mut begin = room - prefixes.len();
        let Core { words, values, .. } = &mut sweep.words;
        (*words, *values) = (vec![A::Word::default(); room], vec![default; room]);
        while order.part(prefixes, &mut words[begin..], &mut values[begin..], usize::MAX / 2).is_some() {}
        while let Some((bucket, next)) =
            order.next_bucket(&sweep.words.words[begin..], &sweep.words.values[begin..])
        {
            for prefixes in bucket.chunks(CHUNK) {
                let need = sweep.words.need() + sweep.inner.need();
                begin += sweep.words.make_way(need, begin + next);
                let taken = sweep.take(prefixes);
                debug_assert!(taken.is_ok(), "sorted just now");
            }
        }
        sweep
    }

    /// Pushes at most [`CHUNK`].
    #[inline]
    fn take(&mut self, mut prefixes: &[(Prefix<A>, T)]) -> Result<(), OutOfOrder> {
        while let [(prefix, value), rest @ ..] = prefixes {
            match self.within {
                None => {
                    let taken = self.words.take(prefixes)?;
                    prefixes = prefixes.get(taken..).unwrap_or_default();
                    if let [(prefix, value), rest @ ..] = prefixes {
                        self.enter(*prefix, *value)?;
                        prefixes = rest;
                    }
                }
                Some(Within { latest, .. }) if *prefix < latest => return Err(OutOfOrder),
                Some(Within { word, .. }) if prefix.first().word() == word => {
                    self.within = Some(Within { word, latest: *prefix });
                    self.inner.add(prefix.first().below(), prefix.length() - A::Word::BITS, *value)?;
                    prefixes = rest;
                }
                Some(Within { word, .. }) => self.leave(word),
            }
        }
        Ok(())
    }

    /// The first prefix within a /64.
    #[cold]
    fn enter(&mut self, prefix: Prefix<A>, value: T) -> Result<(), OutOfOrder> {
        let word = prefix.first().word();
        self.words.settle((word, prefix.length()))?;
        self.within = Some(Within { word, latest: prefix });
        self.inner.restart(self.words.hot.top.value);
        self.inner.add(prefix.first().below(), prefix.length() - A::Word::BITS, value)
    }

    /// Puts what a /64 was cut into between the other intervals.
    #[cold]
    fn leave(&mut self, word: A::Word) {
        self.within = None;
        let (starts, values) = self.inner.close();
        for (below, value) in starts.iter().zip(values) {
            self.words.begin(word, *value);
            if *below != 0 {
                self.below.push(self.words.hot.len - 1, *below);
            }
        }
        self.words.passed(word);
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
/// What a prefix costs is mostly branches guessed wrong, so what a prefix does is settled when the next is known: most
/// end before the next begins, and never come onto the stack. What data decide is then only whether a prefix is around
/// the next, and whether something around it ends with it; most are not, and in most nothing does. A cut is always
/// written, and the next written over it where it is none.
#[derive(Copy, Clone, Debug)]
struct Hot<W, T> {
    /// The prefix that came last.
    latest: Latest<W, T>,
    /// The innermost prefix around it, or the whole space with the default.
    top: Open<W, T>,
    depth: usize,
    /// The value of the last interval.
    before: T,
    /// How many intervals are written.
    len: usize,
    /// None is, so there is none before.
    starting: bool,
}

/// A prefix of which isn't settled yet what it does.
#[derive(Copy, Clone, Debug)]
struct Latest<W, T> {
    first: W,
    length: u8,
    value: T,
}

#[derive(Copy, Clone, Debug)]
struct Open<W, T> {
    last: W,
    value: T,
}

impl<W: Word, T: Copy + Eq> Core<W, T> {
    /// As many can be open.
    const OPEN: usize = W::BITS as usize + 2;

    fn new(default: T, prefixes: usize) -> Self {
        let room = if prefixes == 0 { 0 } else { Self::room(prefixes) };
        let hot = Hot::new(default);
        Core { hot, open: Vec::new(), words: Vec::with_capacity(room), values: Vec::with_capacity(room) }
    }

    /// Room for about what so many prefixes usually cut.
    fn room(prefixes: usize) -> usize {
        // A full table makes 1.12 intervals of each IPv4 prefix, and 1.39 of each IPv6 prefix.
        prefixes + prefixes / if W::BITS == 32 { 7 } else { 2 } + CHUNK
    }

    /// Begins anew with another default.
    fn restart(&mut self, default: T) {
        self.hot = Hot::new(default);
    }

    /// Pushes prefixes up to the first that is longer than a word, and says how many those are.
    #[inline(never)]
    fn take<A: Address<Word = W>>(&mut self, prefixes: &[(Prefix<A>, T)]) -> Result<usize, OutOfOrder> {
        let mut taken = 0;
        for (prefix, value) in prefixes {
            if !self.hot.starting || prefix.length() > W::BITS {
                break;
            }
            self.add(prefix.first().word(), prefix.length(), *value)?;
            taken += 1;
        }
        self.make_room();
        let mut hot = self.hot;
        // Of one length, so that one look at it does for both.
        let room = self.words.len().min(self.values.len());
        let (open, words, values) = (&mut self.open[..], &mut self.words[..room], &mut self.values[..room]);
        let mut result = Ok(());
        for (prefix, value) in prefixes.get(taken..).unwrap_or_default() {
            let (first, length) = (prefix.first().word(), prefix.length());
            if A::BITS > W::BITS && length > W::BITS {
                break;
            }
            result = hot.settle::<false>(open, words, values, (first, length));
            if result.is_err() {
                break;
            }
            hot.latest = Latest { first, length, value: *value };
            taken += 1;
        }
        self.hot = hot;
        result.map(|()| taken)
    }

    /// Pushes one.
    fn add(&mut self, first: W, length: u8, value: T) -> Result<(), OutOfOrder> {
        self.settle((first, length))?;
        self.hot.latest = Latest { first, length, value };
        Ok(())
    }

    /// Settles what came before a prefix.
    #[inline(never)]
    fn settle(&mut self, next: (W, u8)) -> Result<(), OutOfOrder> {
        self.make_room();
        self.hot.settle::<true>(&mut self.open, &mut self.words, &mut self.values, next)
    }

    /// An interval begins in a word.
    fn begin(&mut self, word: W, value: T) {
        self.make_room();
        self.hot.write::<true>(&mut self.words, &mut self.values, (word, value), true);
    }

    /// What began in a word is written, and ends with it.
    fn passed(&mut self, word: W) {
        self.hot.latest = Latest { first: word, length: W::BITS, value: self.hot.before };
    }

    /// How many intervals there may be after the next chunk: each prefix begins once and ends at most once, and what is
    /// open may end, too.
    #[inline]
    fn need(&self) -> usize {
        self.hot.len + 2 * CHUNK + Self::OPEN + 1
    }

    /// Room for the cuts of a chunk.
    #[inline]
    fn make_room(&mut self) {
        if self.open.is_empty() {
            self.open = vec![self.hot.top; Self::OPEN];
        }
        let need = self.need();
        if self.words.len() < need {
            // Grows in small pieces, that are written over while they are still in the nearest cache.
            self.words.resize(need + CHUNK, W::default());
            self.values.resize(need + CHUNK, self.hot.before);
        }
    }

    /// If what is from a place on would be within `need`, moves it on, and says by how much.
    #[inline]
    fn make_way(&mut self, need: usize, from: usize) -> usize {
        if need <= from {
            return 0;
        }
        let len = self.words.len();
        let by = need - from + len / 2;
        self.words.resize(len + by, W::default());
        self.values.resize(len + by, self.hot.before);
        self.words.copy_within(from..len, from + by);
        self.values.copy_within(from..len, from + by);
        by
    }

    /// Closes all. The intervals.
    fn close(&mut self) -> (&[W], &[T]) {
        self.make_room();
        let (hot, words, values) = (&mut self.hot, &mut self.words[..], &mut self.values[..]);
        let Latest { first, length, value } = hot.latest;
        hot.write::<true>(words, values, (first, value), true);
        // After the last address nothing goes on: whatever ends there, all around it does.
        let mut ended = first.last_of(length);
        let top = hot.top;
        for around in std::iter::once(&top).chain(self.open[..hot.depth].iter().rev()) {
            hot.write::<true>(words, values, (ended.wrapping_next(), around.value), ended != around.last);
            ended = around.last;
        }
        (&self.words[..self.hot.len], &self.values[..self.hot.len])
    }
}

impl<W: Word, T: Copy + Eq> Hot<W, T> {
    fn new(default: T) -> Self {
        Hot {
            latest: Latest { first: W::default(), length: 0, value: default },
            top: Open { last: W::LAST, value: default },
            depth: 0,
            before: default,
            len: 0,
            starting: true,
        }
    }

    /// What the latest prefix does, now that the next is known. `STARTING`: there may be no interval yet.
    #[inline(always)]
    fn settle<const STARTING: bool>(
        &mut self,
        open: &mut [Open<W, T>],
        words: &mut [W],
        values: &mut [T],
        next: (W, u8),
    ) -> Result<(), OutOfOrder> {
        let Latest { first, length, value } = self.latest;
        let last = first.last_of(length);
        if next.0 <= last {
            if next < (first, length) {
                return Err(OutOfOrder);
            }
            // It is around the next. One at the same address begins in its place, and the same again is all there is.
            self.write::<STARTING>(words, values, (first, value), next.0 != first);
            if next != (first, length) {
                open[self.depth] = self.top;
                self.depth += 1;
                self.top = Open { last, value };
            }
            return Ok(());
        }
        self.write::<STARTING>(words, values, (first, value), true);
        let mut ended = last;
        while self.top.last < next.0 {
            self.write::<STARTING>(words, values, (ended.wrapping_next(), self.top.value), ended != self.top.last);
            ended = self.top.last;
            self.depth -= 1;
            self.top = open[self.depth];
        }
        let after = ended.wrapping_next();
        self.write::<STARTING>(words, values, (after, self.top.value), after != next.0);
        Ok(())
    }

    /// Writes an interval, and keeps it if it `is` one and differs from the one before.
    #[inline(always)]
    fn write<const STARTING: bool>(&mut self, words: &mut [W], values: &mut [T], interval: (W, T), is: bool) {
        (words[self.len], values[self.len]) = interval;
        let other = (STARTING && self.starting) | (interval.1 != self.before);
        self.len += usize::from(is & other);
        if STARTING {
            self.starting &= !is;
        }
        self.before = if is { interval.1 } else { self.before };
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
