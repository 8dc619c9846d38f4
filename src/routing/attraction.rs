//! What attracts each address of ours, and which way the far side sends to it.

use super::advertisements::{Accepted, Advertised};
use super::lists::Lists;
use super::network::{Network, Up};
use super::return_levers::return_levers;
use super::sided::Sided;
use super::{ExitSet, FarSide, Place, Refusal, Refused, ReturnCandidate, ReturnRule, ReturnStep};
use crate::plan::{
    Assumptions, EqualExpressRoute, Exit, Link, ListId, LongPrefixes, MoreSpecificInternet, OutOfArea, Plan,
    PrependsAcross, ReturnModel, Setting, UnsaidZones,
};
use crate::space::{Address, Partition, Prefix, Sweep};

/// One thing that attracts a prefix of ours.
#[derive(Clone, Debug)]
pub(super) struct Attractor<A: Address> {
    pub(super) prefix: Prefix<A>,
    /// The exits it may lead to: one for an advertisement, a provider's for its block.
    exits: ExitSet,
    /// The provider's block, by its index.
    provider: Option<usize>,
    pub(super) express_route: bool,
    as_path_length: u32,
    long: bool,
    list: usize,
    at: u32,
}

/// One of those that cover an address, in one scenario.
#[derive(Copy, Clone, Debug)]
pub(super) struct Standing {
    /// The attractor, by its index.
    pub(super) index: usize,
    /// The exits that it leads to there, those dead inside among them; none: a provider's, with no link up.
    pub(super) exits: ExitSet,
    /// The length of its AS path with what Microsoft's drain puts before it.
    pub(super) as_path_length: u32,
}

impl Standing {
    /// Whether some of what it attracts is lost.
    fn loses(&self, up: &Up) -> bool {
        self.exits.is_empty() || !self.exits.intersection(up.dead()).is_empty()
    }
}

/// What attracts the addresses of one family.
#[derive(Clone, Debug)]
pub struct Attraction<A: Address> {
    attractors: Vec<Attractor<A>>,
    /// The attractors that cover an address, by their indexes; each combination once.
    covers: Vec<Vec<u32>>,
    /// For every address its combination in `covers`.
    pub(crate) by_address: Partition<A, u32>,
}

/// The choices left open by Microsoft's documents, all made.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Resolved {
    /// Rule 5's mirror.
    pub more_specific_internet: MoreSpecificInternet,
    /// Geography.
    pub out_of_area: OutOfArea,
    /// Prepends between Internet and ExpressRoute.
    pub prepends_across: PrependsAcross,
    /// Equal ExpressRoute exits.
    pub equal_express_route: EqualExpressRoute,
    /// Long prefixes on the Internet.
    pub long_prefixes: LongPrefixes,
    /// Zones that the plan doesn't say. No choice of a far side's; it stands here to be left open like the others.
    pub unsaid_zones: UnsaidZones,
}

impl Resolved {
    /// The values of assumptions, the usual one where they are unknown.
    pub fn usual(assumptions: &Assumptions) -> Self {
        fn value<T: Default + Copy>(setting: Setting<T>) -> T {
            match setting {
                Setting::Value(value) => value,
                Setting::Unknown => T::default(),
            }
        }
        Self {
            more_specific_internet: value(assumptions.more_specific_internet),
            out_of_area: value(assumptions.out_of_area),
            prepends_across: value(assumptions.prepends_across),
            equal_express_route: value(assumptions.equal_express_route),
            long_prefixes: value(assumptions.long_prefixes),
            unsaid_zones: value(assumptions.unsaid_zones),
        }
    }
}

/// What the far side is asked.
#[derive(Copy, Clone, Debug)]
pub struct Asked {
    /// Who decides.
    pub far_side: FarSide,
    /// The exit of the first packet, where it is known and we began.
    pub out: Option<usize>,
    /// The ExpressRoute exits whose circuits offer the far address, before the route filter.
    pub offered: ExitSet,
    /// The open choices.
    pub resolved: Resolved,
}

/// What the far side decides for an address of ours.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Back {
    /// The exits; several are a tie.
    pub exits: ExitSet,
    /// Whether a provider with no link up attracts the address, alone or as one of a tie.
    pub lost: bool,
}

impl<A: Sided> Attraction<A> {
    pub(crate) fn new(
        plan: &Plan,
        lists: &Lists,
        advertised: &[Advertised],
        of: fn(&Advertised) -> &[Accepted<A>],
    ) -> Self {
        let mut attractors = Vec::new();
        for (index, (exit, sent)) in plan.exits.iter().zip(advertised).enumerate().take(ExitSet::CAPACITY) {
            let Some(list) = lists.index_of(&ListId::Advertised(exit.id.clone())) else { continue };
            for accepted in of(sent) {
                attractors.push(Attractor {
                    prefix: accepted.prefix,
                    exits: ExitSet::one(index),
                    provider: None,
                    express_route: is_express_route(exit),
                    as_path_length: accepted.as_path_length,
                    long: accepted.long,
                    list,
                    at: accepted.at,
                });
            }
        }
        for (index, block) in plan.provider_covered.iter().enumerate() {
            let Some(list) = lists.index_of(&ListId::ProviderCovered(block.id.clone())) else { continue };
            let position = |id: &crate::plan::Id| {
                plan.exits.iter().position(|exit| exit.id == *id && !is_express_route(exit))
            };
            let exits: ExitSet = block.exits.iter().filter_map(position).collect();
            for entry in lists.reading(list).map(A::entries).unwrap_or_default() {
                attractors.push(Attractor {
                    prefix: entry.prefix,
                    exits,
                    provider: Some(index),
                    express_route: false,
                    as_path_length: 1,
                    long: false,
                    list,
                    at: entry.at,
                });
            }
        }
        attractors.sort_by_key(|a| (a.prefix, a.list, a.at));
        let (covers, by_address) = cover(&attractors);
        Self { attractors, covers, by_address }
    }

    /// Those that cover an address and stand in this scenario, longest prefix first.
    fn standing(&self, network: &Network, up: &Up, cover: u32, asked: &Asked) -> Vec<Standing> {
        let covering = self.covers.get(cover as usize).map(Vec::as_slice).unwrap_or_default();
        let mut standing: Vec<Standing> = covering
            .iter()
            .filter_map(|index| {
                let index = *index as usize;
                let attractor = self.attractors.get(index)?;
                let exits = attractor.exits.intersection(up.advertising());
                if attractor.long && asked.resolved.long_prefixes == LongPrefixes::Dropped {
                    return None;
                }
                if attractor.express_route {
                    let exits: ExitSet = exits.iter().filter(|exit| attracts(network, up, *exit, asked)).collect();
                    let drain = exits.iter().map(|exit| up.prepends(exit)).min()?;
                    let as_path_length = attractor.as_path_length.saturating_add(drain);
                    return Some(Standing { index, exits, as_path_length });
                }
                // An exit that is down sends no advertisement; a provider's block stays.
                let stands = attractor.provider.is_some() || !exits.is_empty();
                stands.then_some(Standing { index, exits, as_path_length: attractor.as_path_length })
            })
            .collect();
        standing.sort_by_key(|standing| std::cmp::Reverse(self.attractors[standing.index].prefix.length()));
        standing
    }

    /// What the far side decides for the addresses of a combination.
    pub(crate) fn decide(&self, network: &Network, up: &Up, cover: u32, asked: &Asked) -> Back {
        if let Some(out) = sticky(up, asked) {
            return Back { exits: ExitSet::one(out), lost: false };
        }
        let standing = self.standing(network, up, cover, asked);
        let (lost_at, _) = judge(&self.attractors, &standing, asked);
        let chosen = standing.iter().zip(&lost_at).filter(|(_, lost)| lost.is_none());
        chosen.fold(Back { exits: ExitSet::NONE, lost: false }, |back, (standing, _)| Back {
            exits: back.exits.union(standing.exits.without(up.dead())),
            lost: back.lost || standing.loses(up),
        })
    }

    /// The decision for one address with all who stood for it.
    pub(crate) fn explain(&self, network: &Network, up: &Up, address: A, asked: &Asked) -> ReturnStep {
        let cover = self.by_address.lookup(address);
        let back = self.decide(network, up, cover, asked);
        let sticky = sticky(up, asked).is_some();
        let standing = self.standing(network, up, cover, asked);
        let (lost, rule) = judge(&self.attractors, &standing, asked);
        let mut shown: Vec<_> = standing.iter().zip(lost).enumerate().collect();
        shown.sort_by_key(|(_, (_, lost_at))| sticky || lost_at.is_some());
        shown.truncate(super::MAX_CANDIDATES);
        let candidates: Vec<ReturnCandidate> = shown
            .into_iter()
            .map(|(at, (one, lost_at))| {
                let attractor = &self.attractors[one.index];
                ReturnCandidate {
                    exits: one.exits.ids(&network.plan.exits),
                    dead: one.exits.intersection(up.dead()).ids(&network.plan.exits),
                    provider: attractor.provider.map(|index| network.plan.provider_covered[index].id.clone()),
                    express_route: attractor.express_route,
                    prefix: attractor.prefix.to_string(),
                    as_path_length: one.as_path_length,
                    lost_at: if sticky { Some(ReturnRule::Sticky) } else { lost_at },
                    levers: if sticky {
                        Vec::new()
                    } else {
                        return_levers(&self.attractors, &standing, at, address, asked)
                    },
                    place: network.lists.place(attractor.list, attractor.at),
                }
            })
            .collect();
        let ip = address.to_ip();
        let covers = |prefix: &str| prefix.parse::<ipnet::IpNet>().is_ok_and(|net| net.contains(&ip));
        let refused = network
            .advertised
            .iter()
            .flat_map(|advertised| &advertised.refused)
            .filter(|refusal| covers(&refusal.prefix))
            .cloned()
            .chain(self.too_long(network, up, cover, asked))
            .take(super::MAX_CANDIDATES)
            .collect();
        ReturnStep {
            far_side: asked.far_side,
            candidates,
            refused,
            chosen: back.exits.ids(&network.plan.exits),
            lost: back.lost,
            decided_by: if sticky { ReturnRule::Sticky } else { rule },
        }
    }

    /// What is up and would cover the addresses of a combination, but is taken not to spread for its length.
    fn too_long<'a>(
        &'a self,
        network: &'a Network,
        up: &'a Up,
        cover: u32,
        asked: &Asked,
    ) -> impl Iterator<Item = Refusal> + 'a {
        let dropped = asked.resolved.long_prefixes == LongPrefixes::Dropped;
        let covering = self.covers.get(cover as usize).map(Vec::as_slice).unwrap_or_default();
        let those = covering.iter().filter_map(|index| self.attractors.get(*index as usize));
        those.filter(move |attractor| dropped && attractor.long).flat_map(move |attractor| {
            let exits = attractor.exits.intersection(up.advertising()).ids(&network.plan.exits);
            exits.into_iter().map(move |exit| Refusal {
                exit,
                prefix: attractor.prefix.to_string(),
                why: Refused::TooLong,
                place: network.lists.place(attractor.list, attractor.at),
            })
        })
    }

    /// Everything that covers the addresses of a combination, accepted whatever is up, the longest prefix first.
    pub(crate) fn around<'a>(&'a self, network: &'a Network, cover: u32) -> Vec<Attracted> {
        let covering = self.covers.get(cover as usize).map(Vec::as_slice).unwrap_or_default();
        let found = covering.iter().rev().filter_map(|index| self.attractors.get(*index as usize));
        let told = |attractor: &Attractor<A>| Attracted {
            net: attractor.prefix.into(),
            exits: attractor.exits,
            express_route: attractor.express_route,
            long: attractor.long,
            place: network.lists.place(attractor.list, attractor.at),
        };
        found.map(told).collect()
    }

    /// All combinations that addresses have, by their numbers.
    pub(crate) fn has(&self, up: &Up, found: impl Fn(&[AttractorFacts]) -> bool) -> bool {
        let drain = |exits: ExitSet| exits.iter().map(|exit| up.prepends(exit)).min().unwrap_or(0);
        self.covers.iter().any(|cover| {
            let facts: Vec<AttractorFacts> = cover
                .iter()
                .filter_map(|index| self.attractors.get(*index as usize))
                .map(|attractor| AttractorFacts {
                    express_route: attractor.express_route,
                    length: attractor.prefix.length(),
                    as_path_length: attractor.as_path_length.saturating_add(drain(attractor.exits)),
                    long: attractor.long,
                })
                .collect();
            found(&facts)
        })
    }
}

/// Something that attracts addresses of ours.
#[derive(Clone, Debug)]
pub(crate) struct Attracted {
    /// The prefix.
    pub(crate) net: ipnet::IpNet,
    /// The exits it may lead to.
    pub(crate) exits: ExitSet,
    pub(crate) express_route: bool,
    /// Longer than /24 or /48 on the Internet.
    pub(crate) long: bool,
    /// Where it was written.
    pub(crate) place: Place,
}

/// What tells whether an assumption can matter at all.
#[derive(Copy, Clone, Debug)]
pub(crate) struct AttractorFacts {
    pub(crate) express_route: bool,
    pub(crate) length: u8,
    pub(crate) as_path_length: u32,
    pub(crate) long: bool,
}

pub(crate) fn is_express_route(exit: &Exit) -> bool {
    matches!(exit.link, Link::ExpressRoute(_))
}

/// The exit that the packet left by, where Microsoft answers over the same. The rest of the Internet never does: it
/// sees nothing of ExpressRoute (domain rule 0), even if a default route led there.
fn sticky(up: &Up, asked: &Asked) -> Option<usize> {
    let out = asked.out.filter(|out| up.model(*out) == Some(ReturnModel::Sticky));
    out.filter(|_| asked.far_side == FarSide::Microsoft)
}

/// Whether an ExpressRoute exit that is up attracts answers to what is asked: a sticky peering attracts no flow but
/// its own; where geography limits, only far addresses that its circuit offers.
fn attracts(network: &Network, up: &Up, exit: usize, asked: &Asked) -> bool {
    let sticky = up.model(exit) == Some(ReturnModel::Sticky);
    let limited = asked.resolved.out_of_area == OutOfArea::Limited && asked.far_side == FarSide::Microsoft;
    let offers = || network.of_circuit(exit).intersection(asked.offered).contains(exit);
    !sticky && (!limited || offers())
}

/// For each that stands the rule at which it lost, and the last rule that took one out.
pub(super) fn judge<A: Address>(
    attractors: &[Attractor<A>],
    standing: &[Standing],
    asked: &Asked,
) -> (Vec<Option<ReturnRule>>, ReturnRule) {
    let mut round = Round { attractors, standing, lost: vec![None; standing.len()], last: None };
    if asked.far_side == FarSide::Internet {
        round.take_out(ReturnRule::InternetOnly, |a, _| a.express_route);
        round.longest();
    } else {
        if asked.resolved.more_specific_internet == MoreSpecificInternet::ExpressRoute
            && round.any(|a| a.express_route)
        {
            // Where the lengths are equal the documented rule says it already.
            let longest = round.best(|a| a.express_route, |a, _| a.prefix.length());
            round.take_out(ReturnRule::ExpressRouteWhateverLength, |a, _| {
                !a.express_route && Some(a.prefix.length()) > longest
            });
        }
        round.longest();
        if round.any(|a| a.express_route) && round.any(|a| !a.express_route) {
            let shortest = |express_route: bool, round: &Round<'_, A>| {
                round.best(|a| a.express_route == express_route, |_, s| std::cmp::Reverse(s.as_path_length))
            };
            let internet_is_shorter = shortest(false, &round) > shortest(true, &round);
            if asked.resolved.prepends_across == PrependsAcross::Counted && internet_is_shorter {
                round.take_out(ReturnRule::PrependsAcross, |a, _| a.express_route);
            } else {
                round.take_out(ReturnRule::ExpressRouteOverInternet, |a, _| !a.express_route);
            }
        }
        if round.any(|a| a.express_route) {
            let shortest = round.best(|_| true, |_, s| std::cmp::Reverse(s.as_path_length));
            round.take_out(ReturnRule::AsPathLength, |_, s| Some(std::cmp::Reverse(s.as_path_length)) < shortest);
            if let Some(out) =
                asked.out.filter(|_| asked.resolved.equal_express_route == EqualExpressRoute::SameAsOut)
                && round.any_exit(|exits| exits.contains(out))
            {
                round.take_out(ReturnRule::SameAsOut, |_, s| !s.exits.contains(out));
            }
        }
    }
    let remaining: ExitSet = standing
        .iter()
        .zip(&round.lost)
        .filter(|(_, lost)| lost.is_none())
        .fold(ExitSet::NONE, |all, (standing, _)| all.union(standing.exits));
    let rule = if standing.is_empty() {
        ReturnRule::NoCandidate
    } else if remaining.len() > 1 {
        ReturnRule::Tie
    } else {
        round.last.unwrap_or(ReturnRule::OnlyCandidate)
    };
    (round.lost, rule)
}

struct Round<'a, A: Address> {
    attractors: &'a [Attractor<A>],
    standing: &'a [Standing],
    lost: Vec<Option<ReturnRule>>,
    last: Option<ReturnRule>,
}

impl<A: Address> Round<'_, A> {
    fn remaining(&self) -> impl Iterator<Item = (&Attractor<A>, &Standing)> {
        self.standing
            .iter()
            .zip(&self.lost)
            .filter(|(_, lost)| lost.is_none())
            .map(|(standing, _)| (&self.attractors[standing.index], standing))
    }

    fn any(&self, is: impl Fn(&Attractor<A>) -> bool) -> bool {
        self.remaining().any(|(attractor, _)| is(attractor))
    }

    fn any_exit(&self, is: impl Fn(ExitSet) -> bool) -> bool {
        self.remaining().any(|(_, standing)| is(standing.exits))
    }

    fn best<K: Ord>(
        &self,
        among: impl Fn(&Attractor<A>) -> bool,
        key: impl Fn(&Attractor<A>, &Standing) -> K,
    ) -> Option<K> {
        self.remaining().filter(|(a, _)| among(a)).map(|(a, s)| key(a, s)).max()
    }

    fn take_out(&mut self, rule: ReturnRule, loses: impl Fn(&Attractor<A>, &Standing) -> bool) {
        for (standing, lost) in self.standing.iter().zip(self.lost.iter_mut()) {
            if lost.is_none() && loses(&self.attractors[standing.index], standing) {
                *lost = Some(rule);
                self.last = Some(rule);
            }
        }
    }

    fn longest(&mut self) {
        let longest = self.best(|_| true, |a, _| a.prefix.length());
        self.take_out(ReturnRule::LongestPrefix, |a, _| Some(a.prefix.length()) < longest);
    }
}

/// Cuts the space where the set of covering attractors changes.
fn cover<A: Address>(attractors: &[Attractor<A>]) -> (Vec<Vec<u32>>, Partition<A, u32>) {
    // One entry for each different prefix; those of equal prefixes stand together after the sort.
    let mut distinct: Vec<(Prefix<A>, Vec<u32>)> = Vec::new();
    for (index, attractor) in attractors.iter().enumerate() {
        match distinct.last_mut() {
            Some((prefix, same)) if *prefix == attractor.prefix => same.push(index as u32),
            _ => distinct.push((attractor.prefix, vec![index as u32])),
        }
    }
    let mut covers = vec![Vec::new()];
    let mut sweep = Sweep::new(0);
    let mut open: Vec<(Prefix<A>, usize)> = Vec::new();
    for (prefix, own) in distinct {
        while open.last().is_some_and(|(outer, _)| !outer.covers(&prefix)) {
            open.pop();
        }
        let mut cover: Vec<u32> = open.last().map(|(_, outer)| covers[*outer].clone()).unwrap_or_default();
        cover.extend(own);
        open.push((prefix, covers.len()));
        let pushed = sweep.push(prefix, covers.len() as u32);
        debug_assert!(pushed.is_ok(), "attractors are sorted");
        covers.push(cover);
    }
    (covers, sweep.finish())
}
