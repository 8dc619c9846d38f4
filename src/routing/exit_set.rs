//! A small set of exits.

use crate::plan::Id;
use std::fmt;

/// A set of exits by their index in the plan, 0 to 127.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ExitSet(u128);

impl ExitSet {
    /// How many exits a plan may have.
    pub const CAPACITY: usize = 128;
    /// No exit.
    pub const NONE: Self = Self(0);

    /// One exit. Indexes of [`Self::CAPACITY`] and more give none: validation names them, nothing is learned there.
    pub fn one(exit: usize) -> Self {
        Self(u32::try_from(exit).ok().and_then(|exit| 1u128.checked_shl(exit)).unwrap_or(0))
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many it has.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether it has this one.
    pub fn contains(self, exit: usize) -> bool {
        !Self::one(exit).intersection(self).is_empty()
    }

    /// Those in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those that aren't in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Those, and this one.
    #[must_use]
    pub fn with(self, exit: usize) -> Self {
        self.union(Self::one(exit))
    }

    /// Their indexes, ascending.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut bits = self.0;
        std::iter::from_fn(move || {
            if bits == 0 {
                return None;
            }
            let exit = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            Some(exit)
        })
    }

    /// Their identifiers, in the plan's order.
    pub fn ids(self, exits: &[crate::plan::Exit]) -> Vec<Id> {
        self.iter().filter_map(|exit| exits.get(exit)).map(|exit| exit.id.clone()).collect()
    }
}

impl FromIterator<usize> for ExitSet {
    fn from_iter<I: IntoIterator<Item = usize>>(exits: I) -> Self {
        exits.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for ExitSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_up_to_128() {
        let set: ExitSet = [0, 5, 127, 128, 1000].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 5, 127]);
        assert!(set.contains(127) && !set.contains(128) && !set.contains(1));
    }
}
