//! What it would take for a route that lost, or that ties, to be chosen alone: one attribute changed, all else as it is.
//!
//! Values are found by trying them with the decision itself, so that both can't differ. No value is offered that takes
//! two changes, or that can't be had.

use super::best_path::{Contender, decide};
use crate::plan::Protocol;
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

/// An attribute and the value from which on its route is chosen alone.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lever {
    /// A prefix around the address of this length or longer.
    PrefixLength(u8),
    /// This weight or more.
    Weight(u32),
    /// This local preference or more.
    LocalPreference(u32),
    /// An AS path of this length or shorter.
    AsPathLength(u32),
    /// This administrative distance or less.
    Distance(u8),
    /// An AS path of this length or longer for every other route to the prefix.
    OthersAsPathLength(u32),
}

/// Among more than so many nothing is tried: it takes the third power of their number.
pub(super) const MOST_RIVALS: usize = super::MAX_CANDIDATES;

/// The longest prefix that a forward table may have, and the longest that decides now.
#[derive(Copy, Clone, Debug)]
pub(super) struct Lengths {
    pub(super) deciding: u8,
    pub(super) most: u8,
}

/// Of a route that stands for the deciding prefix, among others for the same.
pub(super) fn of_contender(contenders: &[Contender], own: usize) -> Vec<Lever> {
    let Some(&now) = contenders.get(own).filter(|_| contenders.len() <= MOST_RIVALS) else { return Vec::new() };
    let others = || contenders.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, other)| *other);
    let wins = |changed: Contender| {
        let mut all = contenders.to_vec();
        all[own] = changed;
        alone(&all, own)
    };
    let mut levers = Vec::new();
    if wins(now) {
        return levers;
    }
    if now.protocol == Protocol::Bgp {
        // Weight has a say at the exit's own site alone.
        if now.ebgp {
            let up =
                least(others().map(|other| other.weight), now.weight, |weight| wins(Contender { weight, ..now }));
            levers.extend(up.map(Lever::Weight));
        }
        let up = least(others().map(|other| other.local_preference), now.local_preference, |local_preference| {
            wins(Contender { local_preference, ..now })
        });
        levers.extend(up.map(Lever::LocalPreference));
        let down = most(others().map(|other| other.as_path_length), now.as_path_length, |as_path_length| {
            wins(Contender { as_path_length, ..now })
        });
        levers.extend(down.map(Lever::AsPathLength));
    }
    // Between routes of BGP itself distance has no say.
    if now.protocol == Protocol::Bgp && others().all(|other| other.protocol == Protocol::Bgp) {
        return levers;
    }
    let down = most(others().map(|other| other.distance.into()), now.distance.into(), |distance| {
        u8::try_from(distance).is_ok_and(|distance| wins(Contender { distance, ..now }))
    });
    levers.extend(down.and_then(|distance| u8::try_from(distance).ok()).map(Lever::Distance));
    levers
}

/// Of a route for a shorter prefix than the one that decides, for which these stand.
pub(super) fn of_shorter(contenders: &[Contender], own: Contender, lengths: Lengths) -> Vec<Lever> {
    if contenders.len() > MOST_RIVALS || contenders.iter().all(|other| other.exit == own.exit) {
        return Vec::new();
    }
    let mut all = contenders.to_vec();
    all.push(own);
    let length = if alone(&all, contenders.len()) { lengths.deciding } else { lengths.deciding.saturating_add(1) };
    if length <= lengths.most { vec![Lever::PrefixLength(length)] } else { Vec::new() }
}

/// Whether the exit of one contender is chosen, and no other.
fn alone(contenders: &[Contender], own: usize) -> bool {
    let mut lost = Vec::new();
    decide(contenders, &mut lost);
    let exit = contenders.get(own).map(|own| own.exit);
    let mut chosen = contenders.iter().zip(&lost).filter(|(_, lost)| lost.is_none());
    chosen.all(|(contender, _)| Some(contender.exit) == exit)
}

/// The least value above the present one that wins. It turns only at a rival's value, or right above it.
pub(super) fn least(rivals: impl Iterator<Item = u32>, now: u32, wins: impl Fn(u32) -> bool) -> Option<u32> {
    let tried = rivals.flat_map(|value| [Some(value), value.checked_add(1)]).flatten();
    tried.filter(|value| *value > now && wins(*value)).min()
}

/// The greatest value below the present one that wins, down to 1.
pub(super) fn most(rivals: impl Iterator<Item = u32>, now: u32, wins: impl Fn(u32) -> bool) -> Option<u32> {
    let tried = rivals.flat_map(|value| [Some(value), value.checked_sub(1)]).flatten();
    tried.filter(|value| (1..now).contains(value) && wins(*value)).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Origin;
    use crate::routing::best_path::tests::plain;
    use Lever as L;

    #[test]
    fn one_attribute_is_enough() {
        let fixed = |distance| Contender { protocol: Protocol::Static, distance, ..plain(1) };
        let cases: Vec<(&str, Contender, Contender, Vec<Lever>)> = vec![
            ("chosen alone", Contender { med: 1, ..plain(1) }, plain(0), vec![]),
            ("a tie", plain(1), plain(0), vec![L::Weight(1), L::LocalPreference(101), L::AsPathLength(1)]),
            (
                "by local preference",
                Contender { local_preference: 200, ..plain(1) },
                plain(0),
                vec![L::Weight(1), L::LocalPreference(201)],
            ),
            (
                "by local preference, and else better",
                Contender { local_preference: 200, as_path_length: 5, ..plain(1) },
                plain(0),
                vec![L::Weight(1), L::LocalPreference(200)],
            ),
            ("by weight", Contender { weight: 7, ..plain(1) }, plain(0), vec![L::Weight(8)]),
            (
                "by weight, at another site",
                Contender { weight: 7, ..plain(1) },
                Contender { ebgp: false, ..plain(0) },
                vec![],
            ),
            (
                "by an AS path that can't be shorter",
                Contender { as_path_length: 1, ..plain(1) },
                Contender { med: 3, ..plain(0) },
                vec![L::Weight(1), L::LocalPreference(101)],
            ),
            (
                "by origin",
                plain(1),
                Contender { origin: Origin::Incomplete, ..plain(0) },
                vec![L::Weight(1), L::LocalPreference(101), L::AsPathLength(1)],
            ),
            ("to a static route", fixed(1), plain(0), vec![]),
            ("to a floating static route", fixed(10), plain(0), vec![L::Distance(9)]),
        ];
        for (name, rival, own, expected) in cases {
            assert_eq!(of_contender(&[rival, own], 1), expected, "{name}");
            assert_eq!(of_contender(&[own, rival], 0), expected, "{name}, turned round");
        }
    }

    /// Right below what is said it isn't chosen alone, and at it and beyond it is.
    #[test]
    fn values_are_thresholds() {
        let mut state = 1_u64;
        let mut random = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut levers = 0;
        for _ in 0..20_000 {
            let contenders: Vec<Contender> = (0..2 + random(3) as usize)
                .map(|exit| Contender {
                    exit,
                    protocol: if random(6) == 0 { Protocol::Static } else { Protocol::Bgp },
                    weight: random(3) as u32,
                    local_preference: 99 + random(3) as u32,
                    as_path_length: random(4) as u32,
                    med: random(2) as u32,
                    neighbour: random(2),
                    ebgp: random(2) == 0,
                    cost: random(2) as u32,
                    distance: 1 + random(3) as u8,
                    ..plain(exit)
                })
                .collect();
            let with = |own: Contender| {
                let mut all = contenders.clone();
                all[0] = own;
                alone(&all, 0)
            };
            let own = contenders[0];
            for lever in of_contender(&contenders, 0) {
                levers += 1;
                let at = |step: i64| match lever {
                    L::Weight(value) => Contender { weight: (i64::from(value) + step) as u32, ..own },
                    L::LocalPreference(value) => {
                        Contender { local_preference: (i64::from(value) + step) as u32, ..own }
                    }
                    L::AsPathLength(value) => {
                        Contender { as_path_length: (i64::from(value) - step) as u32, ..own }
                    }
                    L::Distance(value) => Contender { distance: (i64::from(value) - step) as u8, ..own },
                    L::PrefixLength(_) | L::OthersAsPathLength(_) => unreachable!(),
                };
                assert!(with(at(0)) && !with(at(-1)), "{lever:?} of {contenders:?}");
                let further = !matches!(lever, L::AsPathLength(1) | L::Distance(1));
                assert!(!further || with(at(1)), "{lever:?} of {contenders:?}");
            }
        }
        assert!(levers > 5_000, "{levers}");
    }

    #[test]
    fn a_shorter_prefix_needs_the_same_length_or_one_more() {
        let lengths = Lengths { deciding: 14, most: 32 };
        let better = Contender { local_preference: 200, ..plain(1) };
        assert_eq!(of_shorter(&[plain(0)], better, lengths), [L::PrefixLength(14)]);
        assert_eq!(of_shorter(&[plain(0)], plain(1), lengths), [L::PrefixLength(15)]);
        assert_eq!(of_shorter(&[plain(0)], plain(1), Lengths { deciding: 32, most: 32 }), []);
        assert_eq!(of_shorter(&[plain(1)], plain(1), lengths), []);
    }
}
