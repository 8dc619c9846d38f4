//! Where the columns of a BGP table are, by the heading above them.

/// Where the columns begin and end. Numbers are printed up to the end of their headings, everything else from the
/// beginning of its own.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Heading {
    pub(super) network: usize,
    pub(super) next_hop: usize,
    /// The columns of numbers in their order.
    pub(super) numbers: [Option<Number>; 4],
    pub(super) path: usize,
}

/// A column of numbers.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Number {
    pub(super) what: What,
    pub(super) begin: usize,
    pub(super) end: usize,
}

/// What a column of numbers is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum What {
    Metric,
    LocalPreference,
    Weight,
    Other,
}

static NUMBERS: [(&str, What); 6] = [
    ("Metric", What::Metric),
    ("MED", What::Metric),
    ("LocPrf", What::LocalPreference),
    ("LocPref", What::LocalPreference),
    ("Weight", What::Weight),
    ("AIGP", What::Other),
];

impl Heading {
    /// The columns of a heading line: `Network`, `Next Hop`, numbers, `Path`.
    pub(super) fn of(line: &str) -> Option<Self> {
        let network = line.find("Network")?;
        let next_hop = network + line.get(network..)?.find("Next Hop")?;
        if line.get(..network)?.bytes().any(|byte| byte != b' ') {
            return None;
        }
        let mut heading = Self { network, next_hop, numbers: [None; 4], path: usize::MAX };
        let mut count = 0;
        for (at, word) in super::super::lines::words(line.get(next_hop + "Next Hop".len()..)?) {
            let begin = next_hop + "Next Hop".len() + at;
            if word == "Path" {
                heading.path = begin;
            } else if let Some((name, what)) = NUMBERS.iter().find(|(name, _)| *name == word) {
                *heading.numbers.get_mut(count)? = Some(Number { what: *what, begin, end: begin + name.len() });
                count += 1;
            } else {
                return None;
            }
        }
        (heading.path != usize::MAX && heading.number(What::Weight).is_some()).then_some(heading)
    }

    /// The column of this.
    pub(super) fn number(&self, what: What) -> Option<Number> {
        self.numbers.iter().flatten().find(|number| number.what == what).copied()
    }

    /// The same columns with the networks at this column.
    pub(super) fn moved_to(mut self, network: usize) -> Self {
        let moved = |column: usize| (column + network).saturating_sub(self.network);
        self.next_hop = moved(self.next_hop);
        self.path = moved(self.path);
        for number in self.numbers.iter_mut().flatten() {
            number.begin = moved(number.begin);
            number.end = moved(number.end);
        }
        self.network = network;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings() {
        let ios = Heading::of("   Network          Next Hop            Metric LocPrf Weight Path").unwrap();
        let metric = ios.number(What::Metric).unwrap();
        assert_eq!((ios.network, ios.next_hop, metric.end, ios.path), (3, 20, 46, 61));
        assert_eq!(ios.moved_to(5).path, 63);
        assert_eq!(ios.moved_to(5).moved_to(0).next_hop, 17);
        assert!(Heading::of("    Network    Next Hop    Metric  AIGP       LocPref Weight  Path").is_some());
        for other in ["Network", "Status codes: Network Next Hop Weight Path", "Network Next Hop Metric Path", ""]
        {
            assert_eq!(Heading::of(other), None, "{other}");
        }
    }
}
