//! The slow table: a plain list of prefixes that every question walks from end to end. It is here
//! to be obviously right; everything fast is checked against it.

use super::{Address, Prefix, Span};

/// Prefixes with their values, in the order given.
#[derive(Clone, Debug)]
pub struct Golden<A: Address, T> {
    pub default: T,
    pub entries: Vec<(Prefix<A>, T)>,
}

impl<A: Address, T: Copy + Eq> Golden<A, T> {
    /// The value of the longest prefix around an address, the last of equal ones.
    pub fn lookup(&self, address: A) -> T {
        let mut best: Option<(u8, T)> = None;
        for &(prefix, value) in &self.entries {
            let longer = best.is_none_or(|(length, _)| prefix.length() >= length);
            if longer && covers(prefix, address) {
                best = Some((prefix.length(), value));
            }
        }
        best.map_or(self.default, |(_, value)| value)
    }

    /// Every address at which the value may change, in order. Between two of them it doesn't.
    pub fn edges(&self) -> Vec<A> {
        edges(self.entries.iter().map(|&(prefix, _)| prefix))
    }

    /// The whole space in the fewest intervals.
    pub fn intervals(&self) -> Vec<(Span<A>, T)> {
        let mut intervals: Vec<(Span<A>, T)> = Vec::new();
        for first in self.edges() {
            let value = self.lookup(first);
            match intervals.last_mut() {
                Some((span, same)) if *same == value => span.last = A::LAST,
                open => {
                    if let (Some((span, _)), Some(previous)) = (open, first.previous()) {
                        span.last = previous;
                    }
                    let last = A::LAST;
                    intervals.push((Span { first, last }, value));
                }
            }
        }
        intervals
    }
}

/// The first address, the first of each prefix, and the one after each, sorted, each once.
pub fn edges<A: Address>(prefixes: impl IntoIterator<Item = Prefix<A>>) -> Vec<A> {
    let mut edges = vec![A::FIRST];
    for prefix in prefixes {
        edges.push(prefix.address());
        edges.extend(prefix.last().next());
    }
    edges.sort();
    edges.dedup();
    edges
}

/// Do the address and the prefix agree in the bits that count?
fn covers<A: Address>(prefix: Prefix<A>, address: A) -> bool {
    let differ = prefix.address().to_u128() ^ address.to_u128();
    match A::BITS - prefix.length() {
        128 => true,
        hosts => differ >> hosts == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefix(address: u32, length: u8) -> Prefix<u32> {
        Prefix::new(address, length).expect("no host bits")
    }

    fn table(entries: &[(u32, u8, char)]) -> Golden<u32, char> {
        Golden {
            default: '-',
            entries: entries.iter().map(|&(address, length, value)| (prefix(address, length), value)).collect(),
        }
    }

    #[test]
    fn covers_exactly_its_own() {
        let ten = prefix(0x0a00_0000, 8);
        for (address, inside) in
            [(0x09ff_ffff, false), (0x0a00_0000, true), (0x0aff_ffff, true), (0x0b00_0000, false)]
        {
            assert_eq!(covers(ten, address), inside, "{address:#x}");
        }
        assert!(covers(Prefix::<u32>::ALL, 0) && covers(Prefix::<u32>::ALL, u32::MAX));
        assert!(covers(Prefix::<u128>::ALL, 0) && covers(Prefix::<u128>::ALL, u128::MAX));
        let host = Prefix::host(u128::MAX);
        assert!(covers(host, u128::MAX) && !covers(host, u128::MAX - 1));
    }

    #[test]
    fn longest_wins_in_any_order() {
        let entries = [(0x0a00_0000, 8, 'a'), (0x0a01_0000, 16, 'b')];
        let mut reversed = entries;
        reversed.reverse();
        for table in [table(&entries), table(&reversed)] {
            assert_eq!(table.lookup(0x0a00_0001), 'a');
            assert_eq!(table.lookup(0x0a01_0001), 'b');
            assert_eq!(table.lookup(0x0b00_0000), '-');
        }
    }

    #[test]
    fn last_of_equal_wins() {
        let table = table(&[(0x0a00_0000, 8, 'a'), (0x0a00_0000, 8, 'b')]);
        assert_eq!(table.lookup(0x0a00_0000), 'b');
    }

    #[test]
    fn intervals_by_hand() {
        let span = |first, last| Span { first, last };
        // 10.0.0.0/8 with a hole, a prefix that changes nothing, and both ends of the space.
        let table = table(&[
            (0, 32, 'a'),
            (0x0a00_0000, 8, 'b'),
            (0x0a01_0000, 16, '-'),
            (0x0a02_0000, 16, 'b'),
            (0xffff_ffff, 32, 'c'),
        ]);
        assert_eq!(
            table.intervals(),
            [
                (span(0, 0), 'a'),
                (span(1, 0x09ff_ffff), '-'),
                (span(0x0a00_0000, 0x0a00_ffff), 'b'),
                (span(0x0a01_0000, 0x0a01_ffff), '-'),
                (span(0x0a02_0000, 0x0aff_ffff), 'b'),
                (span(0x0b00_0000, 0xffff_fffe), '-'),
                (span(0xffff_ffff, 0xffff_ffff), 'c'),
            ]
        );
    }

    #[test]
    fn empty_table_is_one_interval() {
        assert_eq!(table(&[]).intervals(), [(Span::ALL, '-')]);
        assert_eq!(table(&[]).edges(), [0]);
    }
}
