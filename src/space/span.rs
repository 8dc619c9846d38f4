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
    pub const ALL: Self = Span { first: A::FIRST, last: A::LAST };

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
        self.rest = prefix.last().next().and_then(|first| Span::new(first, rest.last));
        Some(prefix)
    }
}

impl<A: Address> FusedIterator for Prefixes<A> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_as_short_as_possible() {
        fn span<A: Address>(first: A, last: A) -> String {
            Span::new(first, last).expect("in order").to_string()
        }
        assert_eq!(span(0x0a00_0001_u32, 0x0a00_0001), "10.0.0.1");
        assert_eq!(span(0x0a00_0000_u32, 0x0aff_ffff), "10.0.0.0/8");
        assert_eq!(span(0x0a00_0001_u32, 0x0a00_0004), "10.0.0.1-10.0.0.4");
        assert_eq!(span(u32::FIRST, u32::LAST), "0.0.0.0/0");
        assert_eq!(span(u128::FIRST, u128::LAST), "::/0");
        assert_eq!(span(1_u128, 2), "::1-::2");
        assert_eq!(Span::new(2_u32, 1), None);
    }

    #[test]
    fn worst_cover_is_as_documented() {
        // All but the first and the last address.
        let v4 = Span::new(1, u32::MAX - 1).expect("in order");
        assert_eq!(v4.prefixes().count(), 62);
        let v6 = Span::new(1, u128::MAX - 1).expect("in order");
        assert_eq!(v6.prefixes().count(), 254);
    }
}
