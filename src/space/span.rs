//! A span: consecutive addresses, aligned or not.

use std::fmt;
use std::iter::FusedIterator;

use super::{Address, Count, Prefix};

/// Consecutive addresses from `first` to `last`, both included, with `first <= last`.
///
/// The order is by first address, then by last.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<A> {
    /// The first address.
    pub first: A,
    /// The last address, itself included.
    pub last: A,
}

impl<A: Address> Span<A> {
    /// Every address of the family.
    pub const ALL: Self = Span {
        first: A::FIRST,
        last: A::LAST,
    };

    /// A span; `None` if `first` comes after `last`.
    pub fn new(first: A, last: A) -> Option<Self> {
        (first <= last).then_some(Span { first, last })
    }

    /// Is this address inside?
    #[inline]
    pub fn contains(&self, address: A) -> bool {
        self.first <= address && address <= self.last
    }

    /// The addresses in both; `None` if there are none.
    #[inline]
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        Self::new(self.first.max(other.first), self.last.min(other.last))
    }

    /// How many addresses: 1 to 2^[`Address::BITS`].
    #[inline]
    pub fn count(&self) -> Count {
        Count::from(self.last.to_u128() - self.first.to_u128()) + Count::ONE
    }

    /// The one prefix with exactly these addresses, if there is one.
    pub fn as_prefix(&self) -> Option<Prefix<A>> {
        let mut prefixes = self.prefixes();
        prefixes.next().filter(|_| prefixes.next().is_none())
    }

    /// The fewest prefixes with exactly these addresses, in order: at most 2 x `BITS` - 2 of them.
    pub fn prefixes(&self) -> Prefixes<A> {
        Prefixes { rest: Some(*self) }
    }
}

impl<A: Address> From<Prefix<A>> for Span<A> {
    fn from(prefix: Prefix<A>) -> Self {
        prefix.span()
    }
}

/// One address as itself, a whole prefix as such, anything else as `first-last`.
impl<A: Address> fmt::Display for Span<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first.to_ip())
        } else if let Some(prefix) = self.as_prefix() {
            write!(f, "{prefix}")
        } else {
            write!(f, "{}-{}", self.first.to_ip(), self.last.to_ip())
        }
    }
}

impl<A: Address> fmt::Debug for Span<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The fewest prefixes that make up a span, in order. See [`Span::prefixes`].
#[derive(Clone, Debug)]
pub struct Prefixes<A: Address> {
    /// What isn't yet covered.
    rest: Option<Span<A>>,
}

impl<A: Address> Iterator for Prefixes<A> {
    type Item = Prefix<A>;

    /// Takes the largest prefix that starts where the rest starts and doesn't reach beyond it.
    /// The start's trailing zeros and the size of the rest each limit it.
    fn next(&mut self) -> Option<Prefix<A>> {
        let rest = self.rest?;
        let first = rest.first.to_u128();
        let aligned = first.trailing_zeros().min(A::BITS.into());
        let fits = match (rest.last.to_u128() - first).checked_add(1) {
            Some(size) => size.ilog2(),
            None => u128::BITS,
        };
        // At most BITS, hence within u8.
        let prefix = Prefix::truncating(rest.first, A::BITS - aligned.min(fits) as u8)?;
        self.rest = prefix
            .last()
            .next()
            .and_then(|first| Span::new(first, rest.last));
        Some(prefix)
    }
}

impl<A: Address> FusedIterator for Prefixes<A> {}
