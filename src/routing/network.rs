//! A plan made ready: every list read, every identifier an index, everything that no scenario changes worked out.

use super::advertisements::{Advertised, MICROSOFT_PEERING_PREFIXES, advertised, return_model};
use super::attraction::{Attraction, is_express_route};
use super::lists::Lists;
use super::offers::{Offers, RouteTable, collect, is_private};
use super::policy::Policies;
use super::{ExitSet, MAINTENANCE_PREPENDS, NoSay, Part, Scenario};
use crate::intake::Reading;
use crate::pace::Pace;
use crate::plan::{Exit, Id, Link, ListId, PeeringKind, Plan, ReturnModel};
use crate::space::{AddressSet, Dual, Partition, Prefix, Set, SpacePartition};
use std::sync::Arc;

/// A plan made ready for questions.
pub struct Network {
    /// The plan.
    pub plan: Arc<Plan>,
    /// Its lists.
    pub lists: Lists,
    pub(crate) offers: Offers,
    pub(crate) routes: Dual<RouteTable<u32>, RouteTable<u128>>,
    pub(crate) policies_in: Vec<Policies>,
    pub(crate) advertised: Vec<Advertised>,
    pub(crate) attraction: Dual<Attraction<u32>, Attraction<u128>>,
    /// The site where each exit is at home.
    pub(crate) home: Vec<Option<usize>>,
    /// The cost from each site to each exit; `None`: not seen.
    costs: Vec<Vec<Option<u32>>>,
    /// The admitted prefixes of each exit on Microsoft peering.
    pub(crate) admitted: Vec<Option<AddressSet>>,
    /// For every address the ExpressRoute exits whose lists have it, before the route filter.
    pub(crate) offered: SpacePartition<ExitSet>,
    circuits: Vec<ExitSet>,
}

impl Network {
    /// Makes a plan ready, in steps.
    pub async fn new(plan: Arc<Plan>, lists: Lists, pace: &Pace) -> Self {
        let (offers, v4, v6) = collect(&plan, &lists, pace).await;
        let routes = Dual { v4, v6 };
        let policies = |exit: &Exit, incoming: bool| {
            let all = if incoming { &exit.policy_in } else { &exit.policy_out };
            Policies::new(&plan, &lists, all, |index| {
                if incoming {
                    ListId::PolicyIn(exit.id.clone(), index)
                } else {
                    ListId::PolicyOut(exit.id.clone(), index)
                }
            })
        };
        let policies_in: Vec<Policies> = plan.exits.iter().map(|exit| policies(exit, true)).collect();
        let admitted: Vec<Option<AddressSet>> = plan.exits.iter().map(|exit| admitted(&lists, exit)).collect();
        let advertised: Vec<Advertised> = plan
            .exits
            .iter()
            .zip(&admitted)
            .map(|(exit, admitted)| {
                if is_private(exit) {
                    return Advertised::default();
                }
                advertised(&plan, &lists, exit, &policies(exit, false), admitted.as_ref())
            })
            .collect();
        let attraction = Dual {
            v4: Attraction::new(&plan, &lists, &advertised, |sent| &sent.v4),
            v6: Attraction::new(&plan, &lists, &advertised, |sent| &sent.v6),
        };
        let site_of = |exit: &Exit| plan.sites.iter().position(|site| site.id == exit.site);
        let home: Vec<Option<usize>> = plan.exits.iter().map(site_of).collect();
        let costs = (0..plan.sites.len())
            .map(|site| {
                let own = plan.exits.iter().zip(&home);
                own.map(|(exit, home)| {
                    let named = plan.sites[site].costs.get(&exit.id).copied();
                    named.or((*home == Some(site)).then_some(0))
                })
                .collect()
            })
            .collect();
        let circuits = plan.exits.iter().map(|exit| same_circuit(&plan, exit)).collect();
        let offered = Dual {
            v4: offered(&plan, &offers, &routes.v4, pace).await,
            v6: offered(&plan, &offers, &routes.v6, pace).await,
        };
        Self {
            plan: Arc::clone(&plan),
            lists,
            offers,
            routes,
            policies_in,
            advertised,
            attraction,
            home,
            costs,
            admitted,
            offered,
            circuits,
        }
    }

    /// The IGP cost from a site to an exit; `None`: the site doesn't see it.
    pub(crate) fn cost(&self, site: usize, exit: usize) -> Option<u32> {
        self.costs.get(site).and_then(|costs| costs.get(exit)).copied().flatten()
    }

    /// The exits of the same circuit and peering, this one included.
    pub(crate) fn of_circuit(&self, exit: usize) -> ExitSet {
        self.circuits.get(exit).copied().unwrap_or_default()
    }

    /// The index of an exit.
    pub fn exit(&self, id: &crate::plan::Id) -> Option<usize> {
        self.plan.exits.iter().position(|exit| exit.id == *id)
    }

    /// The index of a site.
    pub fn site(&self, id: &crate::plan::Id) -> Option<usize> {
        self.plan.sites.iter().position(|site| site.id == *id)
    }

    /// Addresses that a list names, as a set; empty where there is no such text.
    pub fn addresses(&self, list: &ListId) -> AddressSet {
        self.lists.get(list).map(set_of).unwrap_or_else(AddressSet::empty)
    }

    /// Whether an exit drops sources outside its admitted prefixes: Microsoft peering does.
    pub(crate) fn admits_only(&self, exit: usize) -> Option<&AddressSet> {
        self.admitted.get(exit).and_then(Option::as_ref)
    }

    /// How many routes an exit's lists have, and how many came through filter and SKU, with the reasons of the rest.
    pub(crate) fn received(&self, exit: usize) -> (u32, u32, &[(NoSay, u32)]) {
        let offered = self.offers.counts.get(exit).copied().unwrap_or(0);
        let withheld = self.offers.withheld.get(exit).map(Vec::as_slice).unwrap_or_default();
        let dropped: u32 = withheld.iter().map(|(_, count)| count).sum();
        (offered, offered - dropped, withheld)
    }
}

/// All addresses of a reading.
pub(crate) fn set_of(reading: &Reading) -> AddressSet {
    Dual {
        v4: Set::from_prefixes(reading.v4.iter().map(|entry| entry.prefix)),
        v6: Set::from_prefixes(reading.v6.iter().map(|entry| entry.prefix)),
    }
}

fn admitted(lists: &Lists, exit: &Exit) -> Option<AddressSet> {
    let Link::ExpressRoute(link) = &exit.link else { return None };
    (link.peering == PeeringKind::Microsoft).then(|| {
        let list = ListId::Admitted(link.circuit.clone(), link.peering);
        lists.get(&list).map(set_of).unwrap_or_else(AddressSet::empty)
    })
}

fn same_circuit(plan: &Plan, exit: &Exit) -> ExitSet {
    let Link::ExpressRoute(own) = &exit.link else { return ExitSet::NONE };
    let same = |other: &Exit| {
        matches!(&other.link, Link::ExpressRoute(link)
            if link.circuit == own.circuit && link.peering == own.peering)
    };
    plan.exits.iter().enumerate().filter(|(_, other)| same(other)).map(|(index, _)| index).collect()
}

/// For every address the ExpressRoute exits whose circuits have a route to it, default routes left out.
async fn offered<A: super::Sided>(
    plan: &Plan,
    offers: &Offers,
    routes: &RouteTable<A>,
    pace: &Pace,
) -> Partition<A, ExitSet> {
    let mut circuits: Vec<(ExitSet, Vec<Prefix<A>>)> = Vec::new();
    let mut any = ExitSet::NONE;
    for exit in plan.exits.iter().filter(|exit| is_express_route(exit) && !is_private(exit)) {
        let exits = same_circuit(plan, exit);
        any = any.union(exits);
        if !circuits.iter().any(|(known, _)| *known == exits) {
            circuits.push((exits, Vec::new()));
        }
    }
    for (index, (prefix, learned)) in routes.groups().enumerate() {
        if index % 4096 == 0 {
            pace.work(1024).await;
        }
        let exits: ExitSet = learned.iter().map(|route| offers.bases[route.base as usize].exit).collect();
        if prefix.length() == 0 || exits.intersection(any).is_empty() {
            continue;
        }
        for (circuit, prefixes) in &mut circuits {
            if !circuit.intersection(exits).is_empty() {
                prefixes.push(prefix);
            }
        }
    }
    let mut result = Partition::uniform(ExitSet::NONE);
    for (exits, prefixes) in circuits {
        let set = Set::from_prefixes(prefixes);
        result = result.refine(&Partition::from_set(&set, exits, ExitSet::NONE), ExitSet::union);
    }
    result
}

/// What is up in a scenario, and which return model each exit has there.
#[derive(Clone, Debug)]
pub struct Up {
    no_say: Vec<Option<NoSay>>,
    exits: ExitSet,
    /// Exits that are dead inside while their advertisements stand.
    dead: ExitSet,
    /// Exits that Microsoft drains.
    prepended: ExitSet,
    models: Vec<Option<ReturnModel>>,
    /// Sites that are down.
    pub(crate) sites_down: Vec<bool>,
}

impl Up {
    /// The state of every exit in a scenario.
    pub fn new(network: &Network, scenario: &Scenario) -> Self {
        let plan = &network.plan;
        let no_say: Vec<Option<NoSay>> =
            plan.exits.iter().enumerate().map(|(index, exit)| no_say(network, scenario, index, exit)).collect();
        let those = |is: fn(&Option<NoSay>) -> bool| -> ExitSet {
            no_say.iter().enumerate().filter(|(_, why)| is(why)).map(|(exit, _)| exit).collect()
        };
        let exits = those(|why| why.is_none());
        let dead = those(|why| matches!(why, Some(NoSay::InsideDead)));
        let drained = |exit: &Exit| is_express_route(exit) && scenario.prepended.contains(&exit.id);
        let prepended =
            plan.exits.iter().enumerate().filter(|(_, exit)| drained(exit)).map(|(exit, _)| exit).collect();
        let models = plan.exits.iter().map(|exit| return_model(plan, exit, scenario.other_return_model)).collect();
        let sites_down = plan.sites.iter().map(|site| site_down(scenario, &site.id)).collect();
        Self { no_say, exits, dead, prepended, models, sites_down }
    }

    /// Why an exit has no say anywhere; `None`: it is up.
    pub(crate) fn no_say(&self, exit: usize) -> Option<&NoSay> {
        match self.no_say.get(exit) {
            Some(why) => why.as_ref(),
            None => Some(&NoSay::NotAnalysed),
        }
    }

    /// The exits that are up.
    pub(crate) fn exits(&self) -> ExitSet {
        self.exits
    }

    /// Those whose advertisements stand and that Microsoft drains.
    pub(crate) fn drained(&self) -> ExitSet {
        self.prepended.intersection(self.advertising())
    }

    /// What journeys depend on, under one return model: two scenarios with the same are one.
    pub(crate) fn key(&self) -> UpKey {
        (self.exits, self.dead, self.drained(), self.sites_down.clone())
    }

    /// Every exit whose advertisements stand: those that are up, and those that are dead inside.
    pub(crate) fn advertising(&self) -> ExitSet {
        self.exits.union(self.dead)
    }

    /// Exits that are dead inside while their advertisements stand: what comes in there is lost.
    pub(crate) fn dead(&self) -> ExitSet {
        self.dead
    }

    /// How much longer Microsoft's drain makes every path over an exit, both ways.
    pub(crate) fn prepends(&self, exit: usize) -> u32 {
        if self.prepended.contains(exit) { MAINTENANCE_PREPENDS } else { 0 }
    }

    /// The return model of an exit; Internet links have none.
    pub(crate) fn model(&self, exit: usize) -> Option<ReturnModel> {
        self.models.get(exit).copied().flatten()
    }
}

/// The exits that are up, dead inside and drained, and which sites are down.
pub(crate) type UpKey = (ExitSet, ExitSet, ExitSet, Vec<bool>);

fn no_say(network: &Network, scenario: &Scenario, index: usize, exit: &Exit) -> Option<NoSay> {
    if is_private(exit) || index >= ExitSet::CAPACITY {
        return Some(NoSay::NotAnalysed);
    }
    if scenario.down.iter().any(|part| part.carries(exit)) {
        return Some(NoSay::Down);
    }
    if let Some((_, advertised)) = network.advertised.get(index).and_then(|sent| sent.over_limit(exit)) {
        return Some(NoSay::SessionDown { advertised, limit: MICROSOFT_PEERING_PREFIXES });
    }
    scenario.inside_dead.iter().any(|part| part.carries(exit)).then_some(NoSay::InsideDead)
}

/// Whether a site's own sources and servers are dead, however its exits fare.
fn site_down(scenario: &Scenario, site: &Id) -> bool {
    let named = |part: &Part| matches!(part, Part::Site(id) if id == site);
    scenario.down.iter().chain(&scenario.inside_dead).any(named)
}
