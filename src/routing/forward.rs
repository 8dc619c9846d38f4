//! The forward decision: which exits a destination leaves by, from one site.

use super::best_path::{Contender, decide};
use super::levers::{self, Lengths};
use super::network::{Network, Up};
use super::offers::{Base, Learned};
use super::policy::Outcome;
use super::sided::Sided;
use super::{ExitSet, ForwardCandidate, ForwardRule, ForwardStep, MAX_CANDIDATES, NoSay, is_express_route};
use crate::pace::{Pace, Phase};
use crate::plan::{Link, MICROSOFT_ASN, Protocol, Settings};
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
    /// For every address the index of the prefix that decides, to be named by [`Self::prefix`].
    pub(crate) fn by_prefix(&self) -> &Partition<A, u32> {
        &self.by_prefix
    }

    /// The prefix behind an index of [`Self::by_prefix`]; `None`: no route.
    pub(crate) fn prefix(network: &Network, index: u32) -> Option<Prefix<A>> {
        A::routes(network).group(index as usize).map(|(prefix, _)| prefix)
    }

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
    let mut chooser = Chooser::new(network, up, site, pace).await;
    for (index, (prefix, learned)) in routes.groups().enumerate() {
        if index % 2048 == 0 {
            pace.at(Phase::Deciding, index as u64, routes.len() as u64);
            pace.work(2048).await;
        }
        let chosen = chooser.choose(prefix, learned);
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

/// How the routes of a base stand at a site.
#[derive(Copy, Clone)]
enum Standing {
    /// Not at all.
    Silent,
    /// The same for every prefix.
    Fixed(Contender),
    /// It depends on the prefix.
    Ask,
}

/// Chooses prefix after prefix at one site. What a base comes to is worked out once, and so is what neighbouring
/// prefixes with routes of the same bases come to.
struct Chooser<'a> {
    network: &'a Network,
    up: &'a Up,
    site: usize,
    standing: Vec<Standing>,
    /// The bases of the prefix before, if they alone decided, and what they came to.
    before: Vec<u32>,
    chosen: ExitSet,
    /// Room that is used again from prefix to prefix.
    contenders: Vec<Contender>,
    lost: Vec<Option<ForwardRule>>,
}

impl<'a> Chooser<'a> {
    async fn new(network: &'a Network, up: &'a Up, site: usize, pace: &Pace) -> Self {
        let mut standing = Vec::with_capacity(network.offers.bases.len());
        for (index, base) in network.offers.bases.iter().enumerate() {
            if index % 2048 == 2047 {
                pace.work(2048).await;
            }
            standing.push(match at_site(network, up, site, base) {
                Err(_) => Standing::Silent,
                Ok(cost) if network.policies_in[base.exit].is_empty() => {
                    Standing::Fixed(with_settings(network, up, site, base, cost, None))
                }
                Ok(_) => Standing::Ask,
            });
        }
        let (before, contenders, lost) = (Vec::new(), Vec::new(), Vec::new());
        Self { network, up, site, standing, before, chosen: ExitSet::NONE, contenders, lost }
    }

    fn choose<A: Sided>(&mut self, prefix: Prefix<A>, learned: &[Learned]) -> ExitSet {
        let bases = learned.iter().map(|route| route.base);
        // Default routes have a rule of their own.
        if prefix.length() > 0 && bases.clone().eq(self.before.iter().copied()) {
            return self.chosen;
        }
        let mut same_for_all = prefix.length() > 0;
        self.contenders.clear();
        for route in learned {
            match self.standing.get(route.base as usize) {
                Some(Standing::Fixed(contender)) if prefix.length() > 0 => self.contenders.push(*contender),
                Some(Standing::Silent) => {}
                _ => {
                    same_for_all = false;
                    self.contenders.extend(contender(self.network, self.up, self.site, prefix, route));
                }
            }
        }
        decide(&self.contenders, &mut self.lost);
        let winners = self.contenders.iter().zip(&self.lost).filter(|(_, lost)| lost.is_none());
        let chosen = winners.map(|(contender, _)| contender.exit).collect();
        self.before.clear();
        self.chosen = ExitSet::NONE;
        if same_for_all {
            self.before.extend(bases);
            self.chosen = chosen;
        }
        chosen
    }
}

/// A route as it stands at a site, or why it doesn't.
pub(super) fn contender<A: Sided>(
    network: &Network,
    up: &Up,
    site: usize,
    prefix: Prefix<A>,
    route: &Learned,
) -> Result<Contender, NoSay> {
    let base = &network.offers.bases[route.base as usize];
    let cost = at_site(network, up, site, base)?;
    if prefix.length() == 0 && network.plan.exits.get(base.exit).is_some_and(is_express_route) {
        // No default route is sent on Microsoft peering (Microsoft: ExpressRoute routing requirements). A router that
        // has one has it from another neighbour, so what a list was read from makes no difference.
        return Err(NoSay::DefaultNotSent);
    }
    let policies = &network.policies_in[base.exit];
    let settings = if policies.is_empty() {
        None
    } else {
        match policies.ask(prefix, &base.attributes.communities, Some(site)) {
            Outcome::Deny => return Err(NoSay::Denied),
            Outcome::Accept(settings) => settings,
        }
    };
    Ok(with_settings(network, up, site, base, cost, settings))
}

/// What stands before the AS path when a route is compared.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Preferred {
    pub(crate) exit: usize,
    pub(crate) weight: u32,
    pub(crate) local_preference: u32,
    pub(crate) protocol: Protocol,
    /// The list, by its index, and the place in it.
    pub(crate) at: (usize, u32),
}

/// The routes to a prefix that stand at a site.
pub(crate) fn preferred<A: Sided>(
    network: &Network,
    up: &Up,
    site: usize,
    prefix: Prefix<A>,
    learned: &[Learned],
) -> Vec<Preferred> {
    let stands = |route: &Learned| {
        let own = contender(network, up, site, prefix, route).ok()?;
        let list = network.offers.bases.get(route.base as usize)?.list;
        let Contender { exit, weight, local_preference, protocol, .. } = own;
        Some(Preferred { exit, weight, local_preference, protocol, at: (list, route.at) })
    };
    learned.iter().filter_map(stands).collect()
}

/// The cost from a site to the exit of a base, or why no route of it stands there.
fn at_site(network: &Network, up: &Up, site: usize, base: &Base) -> Result<u32, NoSay> {
    if let Some(why) = up.no_say(base.exit) {
        return Err(why.clone());
    }
    if up.sites_down.get(site).copied().unwrap_or(false) {
        return Err(NoSay::Down);
    }
    let Some(cost) = network.cost(site, base.exit) else { return Err(NoSay::NotSeen) };
    match &base.withheld {
        Some(why) => Err(why.clone()),
        None => Ok(cost),
    }
}

/// A route of a base as it stands at a site, with what the policies set.
fn with_settings(
    network: &Network,
    up: &Up,
    site: usize,
    base: &Base,
    cost: u32,
    settings: Option<&Settings>,
) -> Contender {
    let definition = &network.plan.exits[base.exit];
    let attributes = &base.attributes;
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
    Contender {
        exit: base.exit,
        protocol,
        weight: if ebgp { weight } else { 0 },
        local_preference,
        as_path_length: length.saturating_add(prepended).saturating_add(up.prepends(base.exit)),
        origin: attributes.origin.unwrap_or_default(),
        med: attributes.med.unwrap_or(0),
        neighbour: neighbour(definition, base.exit, attributes),
        ebgp,
        cost,
        distance,
    }
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
    // Those that stand for the prefix that decides, and its length.
    let mut deciding: (Vec<Contender>, u8) = (Vec::new(), 0);
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
        if first {
            deciding = (contenders.clone(), prefix.length());
        }
        let lengths = Lengths { deciding: deciding.1, most: A::BITS };
        let mut order: Vec<usize> = (0..standing.len()).collect();
        if first {
            order.sort_by_key(|at| lost.get(*at).is_some_and(Option::is_some));
        }
        // To say where one was written takes reading its list up to there: so only of those that are shown.
        order.truncate(MAX_CANDIDATES.saturating_sub(candidates.len()));
        let shown = order.into_iter().filter_map(|at| Some((at, standing.get(at)?, *lost.get(at)?)));
        let shown: Vec<ForwardCandidate> = shown
            .map(|(at, (contender, route), lost)| {
                let (lost, levers) = if first {
                    (lost, levers::of_contender(&contenders, at))
                } else {
                    (Some(ForwardRule::LongestPrefix), levers::of_shorter(&deciding.0, *contender, lengths))
                };
                ForwardCandidate { levers, ..candidate(network, prefix, contender, route, lost) }
            })
            .collect();
        spoke = contenders.iter().fold(spoke, |spoke, contender| spoke.with(contender.exit));
        if first {
            chosen = contenders.iter().zip(&lost).filter(|(_, l)| l.is_none()).map(|(c, _)| c.exit).collect();
        }
        candidates.extend(shown);
    }
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
        levers: Vec::new(),
        place: network.lists.place(base.list, route.at),
    }
}
