//! Access lists as exact sets: rectangles of sources and destinations.

use crate::intake::config::Matched;
use crate::space::AddressSet;

/// How many rectangles one list may need.
pub(super) const MAX_PIECES: usize = 256;

/// Sources and destinations that a list permits.
pub(super) type Piece = (Matched, Matched);

/// A list of entries of which the first that matches decides; what none matches isn't permitted.
#[derive(Default)]
pub(super) struct Pieces {
    /// What is permitted, no two overlapping.
    permitted: Vec<(AddressSet, AddressSet)>,
    /// What was decided on, in the order of the entries.
    decided: Vec<(AddressSet, AddressSet)>,
    /// It needs too many rectangles.
    pub(super) too_many: bool,
}

impl Pieces {
    /// The next entry.
    pub(super) fn entry(&mut self, permit: bool, sources: &Matched, destinations: &Matched) {
        if self.too_many {
            return;
        }
        let entry = (sources.set(), destinations.set());
        if permit {
            let mut rest = vec![entry.clone()];
            for earlier in &self.decided {
                if rest.is_empty() {
                    break;
                }
                rest = rest.into_iter().flat_map(|piece| without(&piece, earlier)).collect();
                if rest.len() > MAX_PIECES {
                    self.too_many = true;
                    return;
                }
            }
            self.permitted.append(&mut rest);
            self.too_many |= self.permitted.len() > MAX_PIECES;
        }
        if self.decided.len() >= 4 * MAX_PIECES {
            self.too_many = true;
            return;
        }
        self.decided.push(entry);
    }

    /// What is permitted, pieces with the same destinations put together.
    pub(super) fn permitted(self) -> Vec<Piece> {
        let mut merged: Vec<(AddressSet, AddressSet)> = Vec::new();
        for (sources, destinations) in self.permitted {
            match merged.iter_mut().find(|(_, other)| *other == destinations) {
                Some((gathered, _)) => *gathered = gathered.union(&sources),
                None => merged.push((sources, destinations)),
            }
        }
        let piece = |(sources, destinations)| (Matched::of(sources), Matched::of(destinations));
        merged.into_iter().map(piece).collect()
    }
}

/// What of a rectangle isn't in another: at most two rectangles.
fn without(
    (sources, destinations): &(AddressSet, AddressSet),
    taken: &(AddressSet, AddressSet),
) -> impl Iterator<Item = (AddressSet, AddressSet)> + use<> {
    let beside = (sources.difference(&taken.0), destinations.clone());
    let below = (sources.intersection(&taken.0), destinations.difference(&taken.1));
    [beside, below].into_iter().filter(|(sources, destinations)| !sources.is_empty() && !destinations.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(net: &str) -> Matched {
        Matched::Of(AddressSet::from_iter([net.parse::<ipnet::IpNet>().unwrap()]))
    }

    #[test]
    fn an_earlier_denial_is_taken_out_exactly() {
        let mut list = Pieces::default();
        list.entry(false, &of("10.1.0.0/16"), &of("10.0.0.0/8"));
        list.entry(true, &of("10.0.0.0/8"), &Matched::Any);
        let pieces = list.permitted();
        let inside = |source: &str, destination: &str| {
            let (source, destination) = (source.parse().unwrap(), destination.parse().unwrap());
            let hits = pieces.iter().filter(|(s, d)| s.set().contains(source) && d.set().contains(destination));
            hits.count()
        };
        assert_eq!(inside("10.1.0.1", "10.2.0.1"), 0);
        assert_eq!(inside("10.1.0.1", "192.0.2.1"), 1);
        assert_eq!(inside("10.2.0.1", "10.2.0.1"), 1);
        assert_eq!(inside("192.0.2.1", "10.2.0.1"), 0);
    }
}
