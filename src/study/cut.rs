//! The whole space of a family cut where a number changes, made and walked in steps.
//!
//! The same promises as a [`Partition`](crate::space::Partition): all of the space, no empty piece, neighbours differ.
//! What it adds is that it is pushed together piece by piece, so that a worker may pause between two of them, and
//! that it is walked from any address on.

use crate::space::{Address, Partition, Span};

/// A number for every address of a family.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Cut<A> {
    starts: Vec<A>,
    numbers: Vec<u32>,
}

impl<A: Address> Cut<A> {
    /// Nothing yet; the first push must begin at [`Address::FIRST`].
    pub(crate) fn new() -> Self {
        Self { starts: Vec::new(), numbers: Vec::new() }
    }

    /// From `start` on it is `number`. Starts ascend.
    pub(crate) fn push(&mut self, start: A, number: u32) {
        if self.numbers.last() != Some(&number) {
            self.starts.push(start);
            self.numbers.push(number);
        }
    }

    /// How many pieces.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Another number for each; those that were different must stay so.
    pub(crate) fn renumber(&mut self, new: &[u32]) {
        for number in &mut self.numbers {
            *number = new.get(*number as usize).copied().unwrap_or(*number);
        }
        debug_assert!(self.numbers.is_sorted_by(|a, b| a != b), "neighbours differ");
    }

    /// A piece by its place; `None` behind the last.
    pub(crate) fn piece(&self, at: usize) -> Option<(Span<A>, u32)> {
        let last = self.starts.get(at + 1).and_then(|next| next.previous()).unwrap_or(A::LAST);
        Some((Span { first: *self.starts.get(at)?, last }, *self.numbers.get(at)?))
    }

    /// The place of the piece around an address.
    pub(crate) fn place(&self, address: A) -> usize {
        self.starts.partition_point(|start| *start <= address).saturating_sub(1)
    }

    /// The number at an address.
    pub(crate) fn lookup(&self, address: A) -> u32 {
        self.numbers.get(self.place(address)).copied().unwrap_or(0)
    }

    /// The pieces within a span, cut at its ends, in order.
    pub(crate) fn within(&self, span: Span<A>) -> impl Iterator<Item = (Span<A>, u32)> + '_ {
        (self.place(span.first)..self.len()).map_while(move |at| {
            let (piece, number) = self.piece(at)?;
            Some((piece.intersect(&span)?, number))
        })
    }

    /// The pieces from an address on, the first cut there.
    pub(crate) fn from(&self, address: A) -> impl Iterator<Item = (Span<A>, u32)> + '_ {
        self.within(Span { first: address, last: A::LAST })
    }
}

/// The pieces of two walks over the same addresses, each with both values.
pub(crate) fn together<A: Address, T: Copy, U: Copy>(
    mut left: impl Iterator<Item = (Span<A>, T)>,
    mut right: impl Iterator<Item = (Span<A>, U)>,
) -> impl Iterator<Item = (Span<A>, T, U)> {
    let mut heads = left.next().zip(right.next());
    std::iter::from_fn(move || {
        let (a, b) = heads?;
        let piece = a.0.intersect(&b.0)?;
        heads = match a.0.last.cmp(&b.0.last) {
            std::cmp::Ordering::Less => left.next().zip(Some(b)),
            std::cmp::Ordering::Greater => Some(a).zip(right.next()),
            std::cmp::Ordering::Equal => left.next().zip(right.next()),
        };
        Some((piece, a.1, b.1))
    })
}

/// The intervals of a partition from an address on, the first cut there.
pub(crate) fn from<A: Address, T: Copy + Eq>(
    partition: &Partition<A, T>,
    address: A,
) -> impl Iterator<Item = (Span<A>, T)> + '_ {
    partition.within(Span { first: address, last: A::LAST })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pushed_together_and_walked_from_anywhere() {
        let mut cut = Cut::<u32>::new();
        for (start, number) in [(0, 7), (10, 7), (20, 3), (30, 7)] {
            cut.push(start, number);
        }
        assert_eq!(cut.len(), 3, "equal neighbours are one");
        assert_eq!([0, 19, 20, 29, 30, u32::MAX].map(|at| cut.lookup(at)), [7, 7, 3, 3, 7, 7]);
        let shown: Vec<_> = cut.from(25).map(|(span, number)| (span.first, span.last, number)).collect();
        assert_eq!(shown, [(25, 29, 3), (30, u32::MAX, 7)]);
        let odd = Partition::from_set(&Span { first: 28, last: 40 }.into(), true, false);
        let both: Vec<_> =
            together(cut.from(25), from(&odd, 25)).map(|(span, n, odd)| (span.first, n, odd)).collect();
        assert_eq!(both, [(25, 3, false), (28, 3, true), (30, 7, true), (41, 7, false)]);
        cut.renumber(&[0, 0, 0, 1, 0, 0, 0, 2]);
        assert_eq!(cut.piece(1), Some((Span { first: 20, last: 29 }, 1)));
        assert_eq!(cut.piece(3), None);
    }
}
