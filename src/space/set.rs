//! A set of addresses.

use super::{Address, Count, Prefix, Span};
use std::hash::{Hash, Hasher};

/// A set of addresses of one family, as sorted spans that neither overlap nor touch.
///
/// There is one such list for each set, so equal sets are equal values.
#[derive(Clone)]
pub struct Set<A> {
    spans: Spans<A>,
}

/// Most sets are one prefix or none: those need no memory of their own.
#[derive(Clone)]
enum Spans<A> {
    One([Span<A>; 1]),
    Many(Vec<Span<A>>),
}

impl<A: Address> Spans<A> {
    fn as_slice(&self) -> &[Span<A>] {
        match self {
            Self::One(span) => span,
            Self::Many(spans) => spans,
        }
    }

    fn last_mut(&mut self) -> Option<&mut Span<A>> {
        match self {
            Self::One(span) => span.last_mut(),
            Self::Many(spans) => spans.last_mut(),
        }
    }

    fn push(&mut self, span: Span<A>) {
        match self {
            Self::One([first]) => *self = Self::Many(vec![*first, span]),
            Self::Many(spans) if spans.is_empty() => *self = Self::One([span]),
            Self::Many(spans) => spans.push(span),
        }
    }
}

impl<A: Address> Set<A> {
    /// No address.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Every address of the family.
    pub fn all() -> Self {
        Span::ALL.into()
    }

    /// All addresses of these spans, which may come in any order, overlap and repeat. A span with
    /// `first` after `last` has no address.
    pub fn from_spans(spans: impl IntoIterator<Item = Span<A>>) -> Self {
        let mut spans = spans.into_iter().filter(|span| span.first <= span.last);
        let (Some(first), second) = (spans.next(), spans.next()) else { return Self::empty() };
        let Some(second) = second else { return first.into() };
        let mut spans: Vec<_> = [first, second].into_iter().chain(spans).collect();
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
        let mut merged: Spans<A> = Spans::Many(Vec::new());
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
        self.spans().is_empty()
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
        let after = self.spans().partition_point(|span| span.first <= address);
        self.spans()[..after].last().filter(|span| address <= span.last).copied()
    }

    /// How many addresses.
    pub fn count(&self) -> Count {
        self.spans().iter().map(Span::count).sum()
    }

    /// The spans, sorted; between two of them at least one address is missing.
    pub fn spans(&self) -> &[Span<A>] {
        self.spans.as_slice()
    }

    /// The fewest prefixes with exactly these addresses, in order.
    pub fn prefixes(&self) -> impl Iterator<Item = Prefix<A>> + '_ {
        self.spans().iter().flat_map(Span::prefixes)
    }

    /// The lowest address.
    pub fn first_address(&self) -> Option<A> {
        self.spans().first().map(|span| span.first)
    }
}

impl<A> Default for Set<A> {
    fn default() -> Self {
        Set { spans: Spans::Many(Vec::new()) }
    }
}

impl<A: Address> PartialEq for Set<A> {
    fn eq(&self, other: &Self) -> bool {
        self.spans() == other.spans()
    }
}

impl<A: Address> Eq for Set<A> {}

impl<A: Address> Hash for Set<A> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.spans().hash(state);
    }
}

impl<A: Address> std::fmt::Debug for Set<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.spans()).finish()
    }
}

impl<A: Address> From<Span<A>> for Set<A> {
    /// A span with `first` after `last` has no address.
    fn from(span: Span<A>) -> Self {
        if span.first <= span.last { Set { spans: Spans::One([span]) } } else { Self::empty() }
    }
}

impl<A: Address> From<Prefix<A>> for Set<A> {
    fn from(prefix: Prefix<A>) -> Self {
        prefix.span().into()
    }
}
