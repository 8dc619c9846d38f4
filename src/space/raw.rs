//! A partition as two plain arrays, to hand to another thread or to keep.

use std::fmt;

use super::starts::Starts;
use super::{Address, Partition};

/// A promise of a [`Partition`] that given arrays don't keep.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum BrokenPromise {
    /// There must be as many values as starts, and at most 2^32 - 1.
    Numbers,
    /// The first interval begins at [`Address::FIRST`].
    First,
    /// Each interval, by its index, begins after the one before.
    Order(usize),
    /// Each interval, by its index, has another value than the one before.
    Equal(usize),
}

impl fmt::Display for BrokenPromise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbers => f.write_str("there must be as many values as starts, fewer than 2^32"),
            Self::First => f.write_str("the first interval must begin at the first address"),
            Self::Order(at) => write!(f, "interval {at} doesn't begin after the one before it"),
            Self::Equal(at) => write!(f, "interval {at} has the value of the one before it"),
        }
    }
}

impl std::error::Error for BrokenPromise {}

impl<A: Address, T: Copy + Eq> Partition<A, T> {
    /// The first address of each interval, ascending. The first is [`Address::FIRST`].
    pub fn starts(&self) -> impl ExactSizeIterator<Item = A> + '_ {
        (0..self.values.len()).map(|at| self.starts.get(at))
    }

    /// The value of each interval; neighbours differ.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// Both arrays; the index is dropped.
    pub fn into_raw(self) -> (Vec<A>, Vec<T>) {
        (self.starts.into_vec(), self.values)
    }

    /// A partition of arrays as [`Partition::into_raw`] gives them. IPv4 arrays are taken
    /// over as they are, after one look at each interval.
    ///
    /// # Errors
    /// The first promise that isn't kept.
    pub fn from_raw(starts: Vec<A>, values: Vec<T>) -> Result<Self, BrokenPromise> {
        if starts.len() != values.len() || u32::try_from(starts.len()).is_err() {
            return Err(BrokenPromise::Numbers);
        }
        if starts.first() != Some(&A::FIRST) {
            return Err(BrokenPromise::First);
        }
        if let Some(at) = starts.windows(2).position(|pair| pair[0] >= pair[1]) {
            return Err(BrokenPromise::Order(at + 1));
        }
        if let Some(at) = values.windows(2).position(|pair| pair[0] == pair[1]) {
            return Err(BrokenPromise::Equal(at + 1));
        }
        Ok(Self::from_parts(A::Starts::from_vec(starts), values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_broken_promise_is_refused() {
        let raw = |starts: &[u32], values: &[u8]| Partition::from_raw(starts.to_vec(), values.to_vec());
        assert_eq!(raw(&[0], &[]), Err(BrokenPromise::Numbers));
        assert_eq!(raw(&[0], &[1, 2]), Err(BrokenPromise::Numbers));
        assert_eq!(raw(&[], &[]), Err(BrokenPromise::First));
        assert_eq!(raw(&[1], &[1]), Err(BrokenPromise::First));
        assert_eq!(raw(&[0, 5, 5], &[1, 2, 3]), Err(BrokenPromise::Order(2)));
        assert_eq!(raw(&[0, 5, 4], &[1, 2, 3]), Err(BrokenPromise::Order(2)));
        assert_eq!(raw(&[0, 0, 4], &[1, 2, 3]), Err(BrokenPromise::Order(1)));
        assert_eq!(raw(&[0, 4, 5], &[1, 2, 2]), Err(BrokenPromise::Equal(2)));
        assert_eq!(raw(&[0], &[7]), Ok(Partition::uniform(7)));
        let good = raw(&[0, 4, u32::MAX], &[1, 2, 1]).expect("keeps them all");
        assert_eq!((good.starts().collect(), good.values()), (vec![0, 4, u32::MAX], &[1, 2, 1][..]));
        assert_eq!(good.clone().into_raw(), (vec![0, 4, u32::MAX], vec![1, 2, 1]));
        assert_eq!(BrokenPromise::Order(2).to_string(), "interval 2 doesn't begin after the one before it");
    }
}
