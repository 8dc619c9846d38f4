//! The best of several routes to one prefix, as seen from one site.
//!
//! RFC 4271 section 9.1.2.2 with vendors' weight first. Each rule takes out those that are worse than the best that
//! remains; MED is compared over the whole set within each neighbour AS, so the order of candidates never matters
//! (section 9.1.2.2 c, the deterministic reading).

use super::ForwardRule;
use crate::plan::{Origin, Protocol};

/// A route that stands, with the values it is compared by.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct Contender {
    /// The exit, by its index in the plan.
    pub exit: usize,
    /// BGP, static or interior.
    pub protocol: Protocol,
    /// Higher is better; 0 away from the exit's own site.
    pub weight: u32,
    /// Higher is better.
    pub local_preference: u32,
    /// Shorter is better.
    pub as_path_length: u32,
    /// IGP over EGP over incomplete.
    pub origin: Origin,
    /// Lower is better, within one neighbour.
    pub med: u32,
    /// The neighbour AS, or a number above 2^32 that stands for one that isn't known.
    pub neighbour: u64,
    /// Whether the exit is at home at the site.
    pub ebgp: bool,
    /// Lower is better.
    pub cost: u32,
    /// Administrative distance; lower is better.
    pub distance: u8,
}

/// Marks for each contender the rule at which it lost, and gives the last rule that took one out
/// (`OnlyCandidate` where there was one, `Tie` where several remain).
pub fn decide(contenders: &[Contender], lost: &mut Vec<Option<ForwardRule>>) -> ForwardRule {
    lost.clear();
    lost.resize(contenders.len(), None);
    if contenders.len() < 2 {
        return ForwardRule::OnlyCandidate;
    }
    let mut round = Round { contenders, lost, last: None };
    round.highest(ForwardRule::Weight, |c| c.weight);
    round.highest(ForwardRule::LocalPreference, |c| c.local_preference);
    round.lowest(ForwardRule::AsPathLength, |c| c.as_path_length);
    round.lowest(ForwardRule::Origin, |c| c.origin);
    round.med();
    round.lowest(ForwardRule::EbgpOverIbgp, |c| !c.ebgp);
    round.lowest(ForwardRule::Cost, |c| c.cost);
    round.distance();
    let last = round.last;
    let remaining = lost.iter().filter(|lost| lost.is_none()).count();
    if remaining > 1 { ForwardRule::Tie } else { last.unwrap_or(ForwardRule::OnlyCandidate) }
}

struct Round<'a> {
    contenders: &'a [Contender],
    lost: &'a mut Vec<Option<ForwardRule>>,
    last: Option<ForwardRule>,
}

impl Round<'_> {
    /// Takes out every BGP route that remains and isn't among the lowest by this key.
    fn lowest<K: Ord + Copy>(&mut self, rule: ForwardRule, key: impl Fn(&Contender) -> K) {
        let bgp = |c: &Contender| c.protocol == Protocol::Bgp;
        let remaining = self.contenders.iter().zip(self.lost.iter()).filter(|(c, lost)| lost.is_none() && bgp(c));
        let Some(best) = remaining.map(|(c, _)| key(c)).min() else { return };
        for (contender, lost) in self.contenders.iter().zip(self.lost.iter_mut()) {
            if lost.is_none() && bgp(contender) && key(contender) > best {
                *lost = Some(rule);
                self.last = Some(rule);
            }
        }
    }

    fn highest<K: Ord + Copy>(&mut self, rule: ForwardRule, key: impl Fn(&Contender) -> K) {
        self.lowest(rule, |c| std::cmp::Reverse(key(c)));
    }

    /// The lowest MED of each neighbour AS stays.
    fn med(&mut self) {
        let standing: Vec<Contender> = self
            .contenders
            .iter()
            .zip(self.lost.iter())
            .filter(|(c, lost)| lost.is_none() && c.protocol == Protocol::Bgp)
            .map(|(c, _)| *c)
            .collect();
        for (contender, lost) in self.contenders.iter().zip(self.lost.iter_mut()) {
            if lost.is_none()
                && contender.protocol == Protocol::Bgp
                && standing.iter().any(|c| c.neighbour == contender.neighbour && c.med < contender.med)
            {
                *lost = Some(ForwardRule::Med);
                self.last = Some(ForwardRule::Med);
            }
        }
    }

    /// The BGP winners against static and interior routes, by administrative distance.
    fn distance(&mut self) {
        let remaining = self.contenders.iter().zip(self.lost.iter()).filter(|(_, lost)| lost.is_none());
        let Some(best) = remaining.map(|(c, _)| c.distance).min() else { return };
        for (contender, lost) in self.contenders.iter().zip(self.lost.iter_mut()) {
            if lost.is_none() && contender.distance > best {
                *lost = Some(ForwardRule::Distance);
                self.last = Some(ForwardRule::Distance);
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use ForwardRule as R;

    /// A route learned from Microsoft at the site itself.
    pub(in crate::routing) fn plain(exit: usize) -> Contender {
        Contender {
            exit,
            protocol: Protocol::Bgp,
            weight: 0,
            local_preference: 100,
            as_path_length: 2,
            origin: Origin::Igp,
            med: 0,
            neighbour: 12076,
            ebgp: true,
            cost: 0,
            distance: 20,
        }
    }

    fn outcome(contenders: &[Contender]) -> (ForwardRule, Vec<usize>) {
        let mut lost = Vec::new();
        let rule = decide(contenders, &mut lost);
        let mut winners: Vec<usize> =
            contenders.iter().zip(&lost).filter(|(_, lost)| lost.is_none()).map(|(c, _)| c.exit).collect();
        winners.sort_unstable();
        (rule, winners)
    }

    #[test]
    fn rules_in_their_order() {
        let cases: &[(ForwardRule, Contender)] = &[
            (R::Weight, Contender { weight: 1, local_preference: 1, ..plain(1) }),
            (R::LocalPreference, Contender { local_preference: 150, as_path_length: 9, ..plain(1) }),
            (R::AsPathLength, Contender { as_path_length: 1, origin: Origin::Incomplete, ..plain(1) }),
        ];
        for (rule, better) in cases {
            assert_eq!(outcome(&[plain(0), *better]), (*rule, vec![1]));
            assert_eq!(outcome(&[*better, plain(0)]), (*rule, vec![1]));
        }
        let worse: &[(ForwardRule, Contender)] = &[
            (R::Origin, Contender { origin: Origin::Egp, med: 0, ..plain(1) }),
            (R::Med, Contender { med: 5, ..plain(1) }),
            (R::EbgpOverIbgp, Contender { ebgp: false, distance: 200, ..plain(1) }),
            (R::Cost, Contender { cost: 3, ..plain(1) }),
            (R::Distance, Contender { protocol: Protocol::Static, distance: 250, ..plain(1) }),
        ];
        for (rule, worse) in worse {
            assert_eq!(outcome(&[plain(0), *worse]), (*rule, vec![0]));
            assert_eq!(outcome(&[*worse, plain(0)]), (*rule, vec![0]));
        }
        assert_eq!(outcome(&[plain(0), plain(1)]), (R::Tie, vec![0, 1]));
        assert_eq!(outcome(&[plain(7)]), (R::OnlyCandidate, vec![7]));
    }

    /// The textbook case in which comparing pairwise depends on the order (RFC 4451 section 2.2).
    #[test]
    fn med_never_depends_on_the_order() {
        let a = Contender { neighbour: 1, med: 10, cost: 5, ..plain(0) };
        let b = Contender { neighbour: 2, med: 0, cost: 4, ..plain(1) };
        let c = Contender { neighbour: 1, med: 0, cost: 6, ..plain(2) };
        for order in [[a, b, c], [a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
            assert_eq!(outcome(&order), (R::Cost, vec![1]), "{order:?}");
        }
    }

    #[test]
    fn a_static_route_stands_against_the_bgp_winner_by_distance() {
        let fixed = |distance| Contender { protocol: Protocol::Static, distance, ..plain(9) };
        assert_eq!(outcome(&[plain(0), fixed(1)]), (R::Distance, vec![9]));
        assert_eq!(outcome(&[plain(0), fixed(20)]), (R::Tie, vec![0, 9]));
        assert_eq!(outcome(&[plain(0), fixed(21)]), (R::Distance, vec![0]));
    }
}
