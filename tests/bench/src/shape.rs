//! A made-up table of the shape of a real one: as many prefixes of each length, in clusters as they come from
//! allocations, many with a covering prefix.

use crate::family::Ip;
use crate::random::Random;
use std::collections::HashSet;

/// How many of 10,000 prefixes have a length, as in a Tier-1's full IPv4 table.
pub const LENGTHS_V4: [(u8, u32); 18] = [
    (8, 1),
    (10, 1),
    (11, 1),
    (12, 3),
    (13, 6),
    (14, 13),
    (15, 23),
    (16, 150),
    (17, 91),
    (18, 153),
    (19, 276),
    (20, 472),
    (21, 563),
    (22, 1_204),
    (23, 1_070),
    (24, 5_962),
    (28, 1),
    (32, 10),
];

/// The same for IPv6.
pub const LENGTHS_V6: [(u8, u32); 23] = [
    (20, 1),
    (28, 12),
    (29, 273),
    (30, 41),
    (31, 18),
    (32, 1_408),
    (33, 183),
    (34, 163),
    (35, 65),
    (36, 374),
    (37, 55),
    (38, 101),
    (39, 86),
    (40, 838),
    (41, 56),
    (42, 144),
    (43, 63),
    (44, 897),
    (45, 97),
    (46, 190),
    (47, 197),
    (48, 4_714),
    (64, 24),
];

/// Where registries allocate from.
const REGIONS_V4: [(u32, u8); 5] =
    [(0x0100_0000, 8), (0x0200_0000, 7), (0x1000_0000, 4), (0x4000_0000, 2), (0x8000_0000, 2)];
const REGIONS_V6: [(u128, u8); 6] = [
    (0x2001 << 112, 16),
    (0x2400 << 112, 12),
    (0x2600 << 112, 12),
    (0x2800 << 112, 12),
    (0x2a00 << 112, 11),
    (0x2c00 << 112, 12),
];

/// What the generator needs to know of a family.
pub trait Shape: Ip {
    /// How many of 10,000 prefixes have which length.
    const LENGTHS: &'static [(u8, u32)];
    /// Where prefixes may lie.
    const REGIONS: &'static [(Self, u8)];
    /// How many bits a cluster leaves free: prefixes of one holder lie together.
    const CLUSTER: u8;
}

impl Shape for u32 {
    const LENGTHS: &'static [(u8, u32)] = &LENGTHS_V4;
    const REGIONS: &'static [(Self, u8)] = &REGIONS_V4;
    const CLUSTER: u8 = 18;
}

impl Shape for u128 {
    const LENGTHS: &'static [(u8, u32)] = &LENGTHS_V6;
    const REGIONS: &'static [(Self, u8)] = &REGIONS_V6;
    const CLUSTER: u8 = 96;
}

/// That many different prefixes, sorted.
#[must_use]
pub fn prefixes<A: Shape>(count: usize, seed: u64) -> Vec<(A, u8)> {
    let mut random = Random::new(seed);
    let mut seen = HashSet::with_capacity(count);
    let mut home = A::FIRST;
    while seen.len() < count {
        // A holder is left for another after some runs.
        if random.below(4) == 0 {
            let (region, length) = A::REGIONS[random.below(A::REGIONS.len())];
            home = A::random_in(&mut random, region, length);
        }
        let length = length(A::LENGTHS, &mut random);
        let around = (A::BITS - A::CLUSTER).min(length.saturating_sub(6));
        let start = A::random_in(&mut random, home.network(around), around).network(length);
        // Neighbours of one length, as when a block is announced in parts.
        let run = 1 + random.below(4) * random.below(4);
        let step = 1_u128 << (A::BITS - length);
        for at in 0..run as u128 {
            let Some(next) = start.to_u128().checked_add(at * step) else { break };
            if next > A::LAST.to_u128() || seen.len() >= count {
                break;
            }
            seen.insert((A::low(next), length));
        }
        // And often the block as well.
        if run > 1 && random.below(3) == 0 && length > A::LENGTHS[0].0 + 3 && seen.len() < count {
            let cover = length - 1 - random.below(3) as u8;
            seen.insert((start.network(cover), cover));
        }
    }
    let mut sorted: Vec<_> = seen.into_iter().collect();
    sorted.sort_unstable();
    sorted
}

fn length(weights: &[(u8, u32)], random: &mut Random) -> u8 {
    let total: u32 = weights.iter().map(|(_, weight)| weight).sum();
    let mut at = random.below(total as usize) as u32;
    for &(length, weight) in weights {
        match at.checked_sub(weight) {
            Some(rest) => at = rest,
            None => return length,
        }
    }
    weights.last().map_or(0, |(length, _)| *length)
}
