//! Sets of addresses against each other. Every operation is one walk over both lists.

use super::{Address, Set, Span};

impl<A: Address> Set<A> {
    /// The addresses in either.
    pub fn union(&self, other: &Self) -> Self {
        match (self.is_empty(), other.is_empty()) {
            (_, true) => return self.clone(),
            (true, _) => return other.clone(),
            _ => {}
        }
        let (mut left, mut right) = (self.spans().iter().peekable(), other.spans().iter().peekable());
        Self::from_sorted(std::iter::from_fn(|| {
            match (left.peek(), right.peek()) {
                (Some(a), Some(b)) if a.first <= b.first => left.next(),
                (Some(_), None) => left.next(),
                _ => right.next(),
            }
            .copied()
        }))
    }

    /// The addresses in both.
    pub fn intersection(&self, other: &Self) -> Self {
        // Already apart from each other: between two pieces, one of the two sets has a gap.
        Self::from_sorted(overlaps(self, other))
    }

    /// The addresses in this set that aren't in the other.
    pub fn difference(&self, other: &Self) -> Self {
        if !self.intersects(other) {
            return self.clone();
        }
        self.intersection(&other.complement())
    }

    /// Every address of the family that isn't in this set.
    pub fn complement(&self) -> Self {
        let mut gaps = Vec::with_capacity(self.spans().len() + 1);
        let mut open = Some(A::FIRST);
        for span in self.spans() {
            let gap = open.zip(span.first.previous());
            gaps.extend(gap.and_then(|(first, last)| Span::new(first, last)));
            open = span.last.next();
        }
        gaps.extend(open.map(|first| Span { first, last: A::LAST }));
        Self::from_sorted(gaps)
    }

    /// Is any address in both?
    pub fn intersects(&self, other: &Self) -> bool {
        overlaps(self, other).next().is_some()
    }

    /// Is every address of this set in the other?
    pub fn is_subset_of(&self, other: &Self) -> bool {
        self.spans().iter().all(|span| other.span_of(span.first).is_some_and(|around| span.last <= around.last))
    }
}

/// The pieces that two sets share, in order.
fn overlaps<'a, A: Address>(a: &'a Set<A>, b: &'a Set<A>) -> impl Iterator<Item = Span<A>> + 'a {
    let (mut left, mut right) = (a.spans(), b.spans());
    std::iter::from_fn(move || {
        loop {
            let (a, b) = (left.first()?, right.first()?);
            // The one that ends first can't meet anything further.
            if a.last <= b.last {
                left = &left[1..];
            } else {
                right = &right[1..];
            }
            if let Some(piece) = a.intersect(b) {
                return Some(piece);
            }
        }
    })
}
