//! The forward decision in every scenario at once: which prefixes around an address may decide, and who stands there.
//!
//! A scenario takes exits out and drains others; it changes neither which prefixes cover an address nor what else a
//! route is compared by. So the addresses of a site fall into a few chains: the prefixes around them from the longest
//! outwards, each with its routes. A full table over one link is one chain. What a chain decides in a scenario is
//! worked out from a handful of routes, however many addresses follow it.

use super::best_path::{Contender, decide};
use super::forward::contender;
use super::network::{Network, Up};
use super::sided::Sided;
use super::{ExitSet, ForwardRule, Scenario};
use crate::pace::Pace;
use crate::space::{Dual, Partition, Prefix, Sweep};
use std::collections::HashMap;

/// The routes of a prefix, as far as a decision in some scenario may depend on them.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Routes {
    /// All over one exit: it is chosen wherever it is up.
    One(usize),
    /// Over several.
    Several(Vec<Contender>),
}

/// Prefixes around an address, longest first, by the routes to them. One whose exits all stand within longer ones is
/// left out: it can't come to decide.
type Chain = Vec<u32>;

/// The forward decisions of one site in every scenario.
#[derive(Clone, Debug)]
pub(crate) struct SiteChains {
    site: usize,
    routes: Vec<Routes>,
    chains: Vec<Chain>,
    /// The exits of each chain: those that some scenario may choose.
    exits: Vec<ExitSet>,
    /// For every address its chain.
    pub(crate) by_address: Dual<Partition<u32, u32>, Partition<u128, u32>>,
}

/// No prefix at all.
const NOWHERE: u32 = 0;

/// What was met already, by what it is. Only asked, never walked.
struct Known {
    routes: HashMap<Routes, u32>,
    chains: HashMap<Chain, u32>,
    /// By the routes of a prefix and the chain around it.
    joined: HashMap<(u32, u32), u32>,
}

impl SiteChains {
    /// Finds the chains of a site, in steps.
    pub(crate) async fn new(network: &Network, site: usize, pace: &Pace) -> Self {
        let uniform = Dual { v4: Partition::uniform(NOWHERE), v6: Partition::uniform(NOWHERE) };
        let mut chains = Self {
            site,
            routes: Vec::new(),
            chains: vec![Chain::new()],
            exits: vec![ExitSet::NONE],
            by_address: uniform,
        };
        let mut known = Known {
            routes: HashMap::new(),
            chains: HashMap::from([(Chain::new(), NOWHERE)]),
            joined: HashMap::new(),
        };
        // Nothing is down there: what has no say even so has none in any scenario.
        let up = Up::new(network, &Scenario::default());
        let v4 = chains.family::<u32>(network, &up, &mut known, pace).await;
        let v6 = chains.family::<u128>(network, &up, &mut known, pace).await;
        chains.by_address = Dual { v4, v6 };
        chains
    }

    async fn family<A: Sided>(
        &mut self,
        network: &Network,
        up: &Up,
        known: &mut Known,
        pace: &Pace,
    ) -> Partition<A, u32> {
        let mut sweep = Sweep::new(NOWHERE);
        let mut open: Vec<(Prefix<A>, u32)> = Vec::new();
        let mut contenders = Vec::new();
        for (index, (prefix, learned)) in A::routes(network).groups().enumerate() {
            if index % 2048 == 0 {
                pace.work(2048).await;
            }
            contenders.clear();
            let stand = |route| contender(network, up, self.site, prefix, route).ok();
            contenders.extend(learned.iter().filter_map(stand));
            let Some(first) = contenders.first() else { continue };
            let one = first.exit;
            let routes = if contenders.iter().all(|contender| contender.exit == one) {
                Routes::One(one)
            } else {
                Routes::Several(contenders.clone())
            };
            while open.last().is_some_and(|(outer, _)| !outer.covers(&prefix)) {
                open.pop();
            }
            let around = open.last().map_or(NOWHERE, |(_, chain)| *chain);
            let chain = self.join(routes, around, known);
            open.push((prefix, chain));
            let pushed = sweep.push(prefix, chain);
            debug_assert!(pushed.is_ok(), "routes are sorted");
        }
        sweep.finish()
    }

    /// The chain of a prefix with these routes within another chain.
    fn join(&mut self, routes: Routes, around: u32, known: &mut Known) -> u32 {
        let own = *known.routes.entry(routes).or_insert_with_key(|routes| {
            self.routes.push(routes.clone());
            self.routes.len() as u32 - 1
        });
        if let Some(chain) = known.joined.get(&(own, around)) {
            return *chain;
        }
        let mut exits = self.exits_of(own);
        let mut chain = vec![own];
        for outer in self.chains.get(around as usize).into_iter().flatten() {
            let theirs = self.exits_of(*outer);
            if !theirs.without(exits).is_empty() {
                chain.push(*outer);
                exits = exits.union(theirs);
            }
        }
        let index = *known.chains.entry(chain).or_insert_with_key(|chain| {
            self.chains.push(chain.clone());
            self.exits.push(exits);
            self.chains.len() as u32 - 1
        });
        known.joined.insert((own, around), index);
        index
    }

    fn exits_of(&self, routes: u32) -> ExitSet {
        match self.routes.get(routes as usize) {
            None => ExitSet::NONE,
            Some(Routes::One(exit)) => ExitSet::one(*exit),
            Some(Routes::Several(contenders)) => contenders.iter().map(|contender| contender.exit).collect(),
        }
    }

    /// The exits that some scenario may choose for a chain.
    pub(crate) fn exits(&self, chain: u32) -> ExitSet {
        self.exits.get(chain as usize).copied().unwrap_or_default()
    }

    /// The exits that every chain chooses in a scenario, by their numbers.
    pub(crate) fn decide(&self, up: &Up) -> Vec<ExitSet> {
        if up.sites_down.get(self.site).copied().unwrap_or(false) {
            return vec![ExitSet::NONE; self.chains.len()];
        }
        let (mut standing, mut lost) = (Vec::new(), Vec::new());
        let each: Vec<ExitSet> =
            self.routes.iter().map(|routes| chosen(routes, up, &mut standing, &mut lost)).collect();
        let first = |chain: &Chain| {
            let decided = chain.iter().filter_map(|routes| each.get(*routes as usize)).copied();
            decided.into_iter().find(|exits| !exits.is_empty()).unwrap_or_default()
        };
        self.chains.iter().map(first).collect()
    }
}

fn chosen(
    routes: &Routes,
    up: &Up,
    standing: &mut Vec<Contender>,
    lost: &mut Vec<Option<ForwardRule>>,
) -> ExitSet {
    match routes {
        Routes::One(exit) => ExitSet::one(*exit).intersection(up.exits()),
        Routes::Several(contenders) => {
            standing.clear();
            standing.extend(contenders.iter().filter(|contender| up.exits().contains(contender.exit)).map(
                |contender| Contender {
                    as_path_length: contender.as_path_length.saturating_add(up.prepends(contender.exit)),
                    ..*contender
                },
            ));
            decide(standing, lost);
            let winners = standing.iter().zip(lost.iter()).filter(|(_, lost)| lost.is_none());
            winners.map(|(contender, _)| contender.exit).collect()
        }
    }
}
