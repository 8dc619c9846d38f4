//! From prefixes in order to a partition, one prefix at a time.

use std::fmt;

use super::{Address, Partition, Prefix};

/// Builds a [`Partition`] from prefixes that come in order, so that the work can be cut into
/// steps: longest prefix wins, and of equal prefixes the last.
///
/// It sweeps over the space from first to last address with a stack of the prefixes that are open
/// at the current address, innermost on top: at most `BITS` + 1 of them, as each must be longer
/// than the one below.
#[derive(Clone, Debug)]
pub struct Sweep<A: Address, T> {
    /// What covers the addresses in no prefix.
    default: T,
    open: Vec<Open<A, T>>,
    latest: Option<Prefix<A>>,
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

impl<A: Address, T: Copy + Eq> Sweep<A, T> {
    /// A space that has one value everywhere until prefixes are pushed.
    pub fn new(default: T) -> Self {
        Sweep { default, open: Vec::new(), latest: None, starts: vec![A::FIRST], values: vec![default] }
    }

    /// Gives a prefix its value, within which only longer prefixes that follow matter.
    ///
    /// # Errors
    /// If a prefix that sorts after this one came before; nothing has changed then.
    pub fn push(&mut self, prefix: Prefix<A>, value: T) -> Result<(), OutOfOrder> {
        if self.latest > Some(prefix) {
            return Err(OutOfOrder);
        }
        let again = self.latest.replace(prefix) == Some(prefix);
        if again {
            // The one before, and so on top of the stack, was the same prefix.
            self.open.pop();
        } else {
            self.close_before(prefix.first());
        }
        self.begin(prefix.first(), value);
        self.open.push(Open { last: prefix.last(), value });
        Ok(())
    }

    /// The partition of the whole space.
    pub fn finish(mut self) -> Partition<A, T> {
        while let Some(top) = self.open.pop() {
            self.close(top);
        }
        Partition::from_parts(self.starts, self.values)
    }

    /// Closes what ends before `address`, innermost first.
    #[inline]
    fn close_before(&mut self, address: A) {
        while let Some(top) = self.open.pop_if(|top| top.last < address) {
            self.close(top);
        }
    }

    /// After a prefix, what it lay in goes on; after the last address, nothing does.
    #[inline]
    fn close(&mut self, closed: Open<A, T>) {
        let around = self.open.last().map_or(self.default, |open| open.value);
        if let Some(after) = closed.last.next() {
            self.begin(after, around);
        }
    }

    /// From `start` on it is `value`, whatever was said about `start` before.
    #[inline]
    fn begin(&mut self, start: A, value: T) {
        if self.starts.last() == Some(&start) {
            self.starts.pop();
            self.values.pop();
        }
        if self.values.last() != Some(&value) {
            self.starts.push(start);
            self.values.push(value);
        }
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
        assert_eq!(sweep.open.len(), 129);
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
