//! The forward decision: which exits a destination leaves by, from one site.

use super::best_path::{Contender, decide};
use super::network::{Network, Up};
use super::offers::Learned;
use super::policy::Outcome;
use super::sided::Sided;
use super::{ExitSet, ForwardCandidate, ForwardRule, ForwardStep, MAX_CANDIDATES, NoSay};
use crate::pace::{Pace, Phase};
use crate::plan::{Link, MICROSOFT_ASN, Protocol};
use crate::space::{Address, Dual, Partition, Prefix, Sweep};

/// No route.
const NOWHERE: u32 = u32::MAX;

/// The forward decisions of one site, one family.
#[derive(Clone, Debug)]
pub struct ForwardTable<A: Address> {
    /// For every address the index of the prefix that decides, [`NOWHERE`] where none does.
    by_prefix: Partition<A, u32>,
    /// For every address the exits chosen.
    pub(crate) exits: Partition<A, ExitSet>,
}

/// The forward decisions of one site.
pub type SiteTable = Dual<ForwardTable<u32>, ForwardTable<u128>>;

impl<A: Sided> ForwardTable<A> {
    /// The prefix that matches, and the exits chosen; `None`: no route.
    pub fn lookup(&self, network: &Network, address: A) -> Option<(Prefix<A>, ExitSet)> {
        let group = self.by_prefix.lookup(address);
        let (prefix, _) = (group != NOWHERE).then(|| A::routes(network).group(group as usize)).flatten()?;
        Some((prefix, self.exits.lookup(address)))
    }
}

/// Decides every prefix at a site, in steps.
pub(crate) async fn site_table(network: &Network, up: &Up, site: usize, pace: &Pace) -> SiteTable {
    Dual { v4: table(network, up, site, pace).await, v6: table(network, up, site, pace).await }
}

async fn table<A: Sided>(network: &Network, up: &Up, site: usize, pace: &Pace) -> ForwardTable<A> {
    let routes = A::routes(network);
    let mut sweep = Sweep::new(NOWHERE);
    let mut winners = vec![ExitSet::NONE; routes.len()];
    let mut scratch = Scratch::default();
    for (index, (prefix, learned)) in routes.groups().enumerate() {
        if index % 2048 == 0 {
            pace.at(Phase::Deciding, index as u64, routes.len() as u64);
            pace.work(2048).await;
        }
        let (chosen, _) = choose(network, up, site, prefix, learned, &mut scratch);
        if !chosen.is_empty() {
            winners[index] = chosen;
            // Groups are in order: the table is sorted.
            let pushed = sweep.push(prefix, index as u32);
            debug_assert!(pushed.is_ok(), "routes are sorted");
        }
    }
    let by_prefix = sweep.finish();
    let exits = by_prefix.map(|group| winners.get(group as usize).copied().unwrap_or_default());
    ForwardTable { by_prefix, exits }
}

/// Room that is used again from prefix to prefix.
#[derive(Default)]
struct Scratch {
    contenders: Vec<Contender>,
    lost: Vec<Option<ForwardRule>>,
}

fn choose<A: Sided>(
    network: &Network,
    up: &Up,
    site: usize,
    prefix: Prefix<A>,
    learned: &[Learned],
    scratch: &mut Scratch,
) -> (ExitSet, ForwardRule) {
    scratch.contenders.clear();
    scratch.contenders.extend(learned.iter().filter_map(|route| contender(network, up, site, prefix, route).ok()));
    let rule = decide(&scratch.contenders, &mut scratch.lost);
    let winners = scratch.contenders.iter().zip(&scratch.lost).filter(|(_, lost)| lost.is_none());
    (winners.map(|(contender, _)| contender.exit).collect(), rule)
}

/// A route as it stands at a site, or why it doesn't.
fn contender<A: Sided>(
    network: &Network,
    up: &Up,
    site: usize,
    prefix: Prefix<A>,
    route: &Learned,
) -> Result<Contender, NoSay> {
    let base = &network.offers.bases[route.base as usize];
    let definition = &network.plan.exits[base.exit];
    if let Some(why) = up.no_say(base.exit) {
        return Err(why.clone());
    }
    if up.sites_down.get(site).copied().unwrap_or(false) {
        return Err(NoSay::Down);
    }
    let Some(cost) = network.cost(site, base.exit) else { return Err(NoSay::NotSeen) };
    if let Some(why) = &base.withheld {
        return Err(why.clone());
    }
    if base.offered && prefix.length() == 0 {
        // No default route is sent on Microsoft peering (Microsoft: ExpressRoute routing requirements).
        return Err(NoSay::NoRoute);
    }
    let attributes = &base.attributes;
    let policies = &network.policies_in[base.exit];
    let settings = if policies.is_empty() {
        None
    } else {
        match policies.ask(prefix, &attributes.communities, Some(site)) {
            Outcome::Deny => return Err(NoSay::Denied),
            Outcome::Accept(settings) => settings,
        }
    };
    let ebgp = network.home[base.exit] == Some(site);
    let protocol = attributes.protocol.unwrap_or(Protocol::Bgp);
    let weight = attributes.weight.or(settings.and_then(|s| s.weight)).unwrap_or(0);
    let local_preference = attributes
        .local_preference
        .or(settings.and_then(|s| s.local_preference))
        .or(definition.local_preference)
        .unwrap_or(DEFAULT_LOCAL_PREFERENCE);
    // A list that says no path was learned from the neighbour itself: one AS.
    let length = attributes.as_path.as_ref().map_or(1, |path| path.length());
    let prepended = settings.and_then(|s| s.prepend).unwrap_or(0);
    let distances = &network.plan.distances;
    let distance = attributes.distance.unwrap_or(match protocol {
        Protocol::Bgp if ebgp => distances.ebgp,
        Protocol::Bgp => distances.ibgp,
        Protocol::Static => distances.static_,
        Protocol::Igp => distances.igp,
    });
    Ok(Contender {
        exit: base.exit,
        protocol,
        weight: if ebgp { weight } else { 0 },
        local_preference,
        as_path_length: length.saturating_add(prepended),
        origin: attributes.origin.unwrap_or_default(),
        med: attributes.med.unwrap_or(0),
        neighbour: neighbour(definition, base.exit, attributes),
        ebgp,
        cost,
        distance,
    })
}

/// RFC 4271 leaves the default to the implementation; vendors and Microsoft's example take 100.
const DEFAULT_LOCAL_PREFERENCE: u32 = 100;

fn neighbour(exit: &crate::plan::Exit, index: usize, attributes: &crate::plan::Attributes) -> u64 {
    let named = attributes.as_path.as_ref().and_then(|path| path.neighbour());
    let known = match &exit.link {
        Link::ExpressRoute(_) => Some(MICROSOFT_ASN),
        Link::Internet(link) => link.provider_asn,
    };
    named.or(known).map_or((1 << 32) + index as u64, u64::from)
}

/// The decision for one address with all who stood for it.
pub(crate) fn explain<A: Sided>(network: &Network, up: &Up, site: usize, address: A) -> ForwardStep {
    let routes = A::routes(network);
    let mut candidates: Vec<ForwardCandidate> = Vec::new();
    let mut chosen = ExitSet::NONE;
    let mut decided_by = ForwardRule::OnlyCandidate;
    let mut spoke = ExitSet::NONE;
    let mut silent: Vec<(usize, NoSay)> = Vec::new();
    for group in routes.covering(address) {
        let Some((prefix, learned)) = routes.group(group) else { continue };
        let mut standing = Vec::new();
        for route in learned {
            match contender(network, up, site, prefix, route) {
                Ok(contender) => standing.push((contender, *route)),
                Err(why) => silent.push((network.offers.bases[route.base as usize].exit, why)),
            }
        }
        // The same routes in another order give the same candidates in the same order.
        standing.sort_by_key(|(c, route)| (c.exit, route.at, route.base));
        let contenders: Vec<Contender> = standing.iter().map(|(contender, _)| *contender).collect();
        let mut lost = Vec::new();
        let rule = decide(&contenders, &mut lost);
        let first = chosen.is_empty();
        if first {
            decided_by = rule;
        } else if !contenders.is_empty() && decided_by == ForwardRule::OnlyCandidate {
            decided_by = ForwardRule::LongestPrefix;
        }
        let mut shown: Vec<ForwardCandidate> = standing
            .iter()
            .zip(&lost)
            .map(|((contender, route), lost)| {
                let lost = if first { *lost } else { Some(ForwardRule::LongestPrefix) };
                candidate(network, prefix, contender, route, lost)
            })
            .collect();
        spoke = contenders.iter().fold(spoke, |spoke, contender| spoke.with(contender.exit));
        if first {
            chosen = contenders.iter().zip(&lost).filter(|(_, l)| l.is_none()).map(|(c, _)| c.exit).collect();
            shown.sort_by_key(|candidate| candidate.lost_at.map_or(0, |_| 1));
        }
        candidates.extend(shown);
    }
    candidates.truncate(MAX_CANDIDATES);
    let no_say = (0..network.plan.exits.len())
        .filter(|exit| !spoke.contains(*exit))
        .map(|exit| {
            let why = match up.no_say(exit) {
                Some(why) => why.clone(),
                None if network.cost(site, exit).is_none() => NoSay::NotSeen,
                None => silent
                    .iter()
                    .find(|(silent, _)| *silent == exit)
                    .map_or(NoSay::NoRoute, |(_, why)| why.clone()),
            };
            (network.plan.exits[exit].id.clone(), why)
        })
        .collect();
    ForwardStep {
        site: network.plan.sites[site].id.clone(),
        candidates,
        chosen: chosen.ids(&network.plan.exits),
        decided_by,
        no_say,
    }
}

fn candidate<A: Address>(
    network: &Network,
    prefix: Prefix<A>,
    contender: &Contender,
    route: &Learned,
    lost_at: Option<ForwardRule>,
) -> ForwardCandidate {
    let base = &network.offers.bases[route.base as usize];
    ForwardCandidate {
        exit: network.plan.exits[contender.exit].id.clone(),
        prefix: prefix.to_string(),
        protocol: contender.protocol,
        weight: contender.weight,
        local_preference: contender.local_preference,
        as_path_length: contender.as_path_length,
        as_path: base.attributes.as_path.as_ref().map(ToString::to_string).unwrap_or_default(),
        origin: contender.origin,
        med: contender.med,
        ebgp: contender.ebgp,
        cost: contender.cost,
        distance: contender.distance,
        lost_at,
        place: network.lists.place(base.list, route.at),
    }
}
