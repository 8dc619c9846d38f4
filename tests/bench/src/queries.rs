//! The addresses that are looked up.

use crate::family::Ip;
use crate::random::Random;
use std::collections::HashSet;

/// How many different addresses a mix has.
pub const COUNT: usize = 1 << 20;

/// A mix of addresses.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Mix {
    /// From all over the space that is routed at all: every IPv4 address, or 2000::/3.
    Uniform,
    /// In one of the prefixes, each as likely as any other: what traffic is like.
    Announced,
    /// The same addresses in order.
    Sorted,
}

impl Mix {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Uniform, Self::Announced, Self::Sorted];

    /// As the rows say it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Uniform => "uniform",
            Self::Announced => "announced",
            Self::Sorted => "sorted",
        }
    }
}

/// That many different addresses, in no order unless the mix has one. Where small prefixes are used up, larger ones
/// give more; where all are, the rest is uniform.
#[must_use]
pub fn queries<A: Ip>(mix: Mix, table: &[(A, u8)], count: usize) -> Vec<A> {
    let mut random = Random::new(1);
    let mut seen = HashSet::with_capacity(count);
    let announced = mix != Mix::Uniform && !table.is_empty();
    let mut by_size = table.to_vec();
    by_size.sort_by_key(|(_, length)| *length);
    for _ in 0..if announced { count * 4 } else { 0 } {
        let (address, length) = table[random.below(table.len())];
        if seen.len() < count && !seen.insert(A::random_in(&mut random, address, length)) {
            // The larger, the likelier.
            let at = random.below(table.len());
            let (address, length) = by_size[random.below(at + 1)];
            seen.insert(A::random_in(&mut random, address, length));
        }
    }
    while seen.len() < count {
        let (address, length) = A::PUBLIC;
        seen.insert(A::random_in(&mut random, address, length));
    }
    // The set's own order is not the same in every run.
    let mut out: Vec<A> = seen.into_iter().collect();
    out.sort_unstable();
    if mix != Mix::Sorted {
        random.shuffle(&mut out);
    }
    out
}
