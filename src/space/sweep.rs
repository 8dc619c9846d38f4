//! From prefixes in order to a partition, one prefix at a time.

use std::fmt;

use super::{Address, Partition, Prefix};

/// Builds a [`Partition`] from prefixes that come in order, so that the work can be cut into
/// steps: longest prefix wins, and of equal prefixes the last.
///
/// It sweeps over the space from first to last address with a stack of the prefixes that are open
/// at the current address, innermost on top: at most `BITS` + 1 of them, as each must be longer
/// than the one below.
///
/// What a prefix costs is mostly branches guessed wrong, so only one is left that data decide:
/// whether another prefix ends before this one begins. A cut is always written, and the next
/// written over it where it turned out to be none.
#[derive(Clone, Debug)]
pub struct Sweep<A: Address, T> {
    /// The innermost open prefix, or the whole space with the default.
    top: Open<A, T>,
    /// What lies around it, outermost first: `open[..depth]`, the rest is room.
    open: Vec<Open<A, T>>,
    depth: usize,
    /// The prefix that came last; before the first, the one before all others.
    latest: Prefix<A>,
    any: bool,
    /// The newest interval, which a later prefix may still overwrite, as it may begin at the same address.
    newest: (A, T),
    /// The value before it; means nothing while there is none.
    before: T,
    /// The intervals before it: the first `len` of these, the rest is room.
    len: usize,
    starts: Vec<A>,
    values: Vec<T>,
}

#[derive(Copy, Clone, Debug)]
struct Open<A, T> {
    last: A,
    value: T,
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
        let top = Open { last: A::LAST, value: default };
        // A full table makes 1.12 intervals of each prefix.
        let room = if prefixes == 0 { 0 } else { prefixes + prefixes / 7 + CHUNK };
        Sweep {
            top,
            open: vec![top; usize::from(A::BITS) + 2],
            depth: 0,
            latest: Prefix::ALL,
            any: false,
            newest: (A::FIRST, default),
            before: default,
            len: 0,
            starts: Vec::with_capacity(room),
            values: Vec::with_capacity(room),
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

    /// Pushes at most [`CHUNK`], with everything that changes in registers.
    #[inline(always)]
    fn take(&mut self, prefixes: impl Iterator<Item = (Prefix<A>, T)>) -> Result<(), OutOfOrder> {
        self.make_room();
        let (open, starts, values) = (&mut self.open[..], &mut self.starts[..], &mut self.values[..]);
        let (mut top, mut depth, mut latest, mut any) = (self.top, self.depth, self.latest, self.any);
        let mut cuts = Cuts { newest: self.newest, before: self.before, len: self.len };
        let mut result = Ok(());
        for (prefix, value) in prefixes {
            let (first, length) = (prefix.first(), prefix.length());
            let same = first == latest.first();
            if !((first > latest.first()) | (same & (length >= latest.length()))) {
                result = Err(OutOfOrder);
                break;
            }
            // What ends before this begins is closed, innermost first. The whole space never does.
            while top.last < first {
                depth -= 1;
                let around = open[depth];
                cuts.begin(starts, values, top.last.wrapping_next(), around.value);
                top = around;
            }
            cuts.begin(starts, values, first, value);
            // The same prefix again takes the place of the one before, which is on top.
            let again = any & same & (length == latest.length());
            open[depth] = top;
            depth += usize::from(!again);
            top = Open { last: prefix.last(), value };
            latest = prefix;
            any = true;
        }
        (self.top, self.depth, self.latest, self.any) = (top, depth, latest, any);
        (self.newest, self.before, self.len) = (cuts.newest, cuts.before, cuts.len);
        result
    }

    /// Room for the cuts of a chunk: each prefix begins once and ends at most once, and what is open may end, too.
    #[inline]
    fn make_room(&mut self) {
        let need = self.len + 2 * CHUNK + self.open.len();
        if self.starts.len() < need {
            // Grows in small pieces, that are written over while they are still in the nearest cache.
            self.starts.resize(need + CHUNK, A::FIRST);
            self.values.resize(need + CHUNK, self.before);
        }
    }

    /// The partition of the whole space.
    pub fn finish(mut self) -> Partition<A, T> {
        self.make_room();
        let mut cuts = Cuts { newest: self.newest, before: self.before, len: self.len };
        let (starts, values) = (&mut self.starts[..], &mut self.values[..]);
        for around in self.open[..self.depth].iter().rev() {
            // After the last address nothing goes on.
            if let Some(after) = self.top.last.next() {
                cuts.begin(starts, values, after, around.value);
            }
            self.top = *around;
        }
        // An end that no address has writes the newest one down.
        cuts.write(starts, values, true);
        for excess in [self.starts.capacity(), self.values.capacity()] {
            debug_assert!(excess >= cuts.len);
        }
        self.starts.truncate(cuts.len);
        self.values.truncate(cuts.len);
        self.starts.shrink_to_fit();
        self.values.shrink_to_fit();
        Partition::from_parts(self.starts, self.values)
    }
}

/// The end of the list of intervals while it is written.
struct Cuts<A, T> {
    newest: (A, T),
    before: T,
    len: usize,
}

impl<A: Address, T: Copy + Eq> Cuts<A, T> {
    /// From `start` on it is `value`, whatever was said about `start` before.
    #[inline(always)]
    fn begin(&mut self, starts: &mut [A], values: &mut [T], start: A, value: T) {
        self.write(starts, values, start != self.newest.0);
        self.newest = (start, value);
    }

    /// Writes the newest interval, and keeps it if it is `done` and differs from the one before.
    #[inline(always)]
    fn write(&mut self, starts: &mut [A], values: &mut [T], done: bool) {
        (starts[self.len], values[self.len]) = self.newest;
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
        assert_eq!(sweep.depth, 129);
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
