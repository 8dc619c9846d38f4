//! A set of addresses.

use super::{Address, Count, Prefix, Span};
use smallvec::{SmallVec, smallvec};

/// A set of addresses of one family, as sorted spans that neither overlap nor touch.
///
/// There is one such list for each set, so equal sets are equal values. Most sets are one prefix or none: those need no
/// memory of their own.
#[derive(PartialEq, Eq, Hash)]
pub struct Set<A> {
    spans: SmallVec<[Span<A>; 1]>,
}

impl<A: Address> Set<A> {
    /// No address.
    pub fn empty() -> Self {
        Set { spans: SmallVec::new() }
    }

    /// Every address of the family.
    pub fn all() -> Self {
        Set { spans: smallvec![Span::ALL] }
    }

    /// All addresses of these spans, which may come in any order, overlap and repeat. A span with
    /// `first` after `last` has no address.
    pub fn from_spans(spans: impl IntoIterator<Item = Span<A>>) -> Self {
        let mut spans: SmallVec<[_; 1]> = spans.into_iter().filter(|span| span.first <= span.last).collect();
        let are_apart = |pair: &[Span<A>]| match pair {
            [a, b] => a.last.next().is_some_and(|next| next < b.first),
            _ => true,
        };
        if spans.windows(2).all(are_apart) {
            return Set { spans };
        }
        if !spans.is_sorted() {
            spans.sort_unstable();
        }
        Self::from_sorted(spans)
    }

    /// All addresses of these prefixes, which may come in any order, overlap and repeat.
    pub fn from_prefixes(prefixes: impl IntoIterator<Item = Prefix<A>>) -> Self {
        Self::from_spans(prefixes.into_iter().map(|prefix| prefix.span()))
    }

    /// Merges spans that come sorted by first address.
    pub(super) fn from_sorted(spans: impl IntoIterator<Item = Span<A>>) -> Self {
        let mut merged: SmallVec<[Span<A>; 1]> = SmallVec::new();
        for span in spans {
            match merged.last_mut() {
                // Overlaps, or touches: the address after the last isn't before the first.
                Some(open) if open.last.next().is_none_or(|next| span.first <= next) => {
                    open.last = open.last.max(span.last);
                }
                _ => merged.push(span),
            }
        }
        Set { spans: merged }
    }

    /// Is there no address in it?
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Is every address of the family in it?
    pub fn is_all(&self) -> bool {
        matches!(self.spans(), [span] if *span == Span::ALL)
    }

    /// Is this address in it?
    pub fn contains(&self, address: A) -> bool {
        self.span_of(address).is_some()
    }

    /// The whole span around an address that is in the set.
    pub fn span_of(&self, address: A) -> Option<Span<A>> {
        let after = self.spans.partition_point(|span| span.first <= address);
        self.spans[..after].last().filter(|span| address <= span.last).copied()
    }

    /// How many addresses.
    pub fn count(&self) -> Count {
        self.spans.iter().map(Span::count).sum()
    }

    /// The spans, sorted; between two of them at least one address is missing.
    pub fn spans(&self) -> &[Span<A>] {
        &self.spans
    }

    /// The fewest prefixes with exactly these addresses, in order.
    pub fn prefixes(&self) -> impl Iterator<Item = Prefix<A>> + '_ {
        self.spans.iter().flat_map(Span::prefixes)
    }

    /// The lowest address.
    pub fn first_address(&self) -> Option<A> {
        self.spans.first().map(|span| span.first)
    }
}

impl<A> Default for Set<A> {
    fn default() -> Self {
        Set { spans: SmallVec::new() }
    }
}

impl<A: Address> Clone for Set<A> {
    fn clone(&self) -> Self {
        Set { spans: SmallVec::from_slice(&self.spans) }
    }
}

impl<A: Address> std::fmt::Debug for Set<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(&self.spans).finish()
    }
}

impl<A: Address> From<Span<A>> for Set<A> {
    fn from(span: Span<A>) -> Self {
        Self::from_spans([span])
    }
}

impl<A: Address> From<Prefix<A>> for Set<A> {
    fn from(prefix: Prefix<A>) -> Self {
        Set { spans: smallvec![prefix.span()] }
    }
}
