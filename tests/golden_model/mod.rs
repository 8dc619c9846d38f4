//! The golden model: what design.md and domain.md say, one pair of addresses at a time.
//!
//! Slow and plain on purpose: linear scans over the lists as they stand, no partition and no set, and nothing is kept
//! but what was read and what the other side takes of our advertisements. It is to be right by reading, so that the
//! engine, which is to be fast, can be held against it. It shares with the engine the plan, the reading of texts,
//! [`Verdict::over_ties`] and the tables of communities and special blocks; nothing else.
//!
//! One file for each step of a journey: [`forward`], [`translate`], [`accepted`], [`back`], [`state`], and [`judge`],
//! which puts them together.
//!
//! [`Verdict::over_ties`]: twopath::journey::Verdict::over_ties
#![allow(dead_code)]

pub mod accepted;
pub mod back;
pub mod forward;
pub mod judge;
pub mod lists;
pub mod state;
pub mod translate;

use accepted::Accepted;
use ipnet::IpNet;
use lists::{Line, Lists};
use std::net::IpAddr;
use std::rc::Rc;
use twopath::plan::*;
use twopath::routing::{FarSide, MAINTENANCE_PREPENDS, Part, Scenario};
use twopath::space::not_public;

/// A plan in a scenario. Exits are named by their index in the plan.
pub struct Case<'a> {
    pub plan: &'a Plan,
    pub scenario: &'a Scenario,
    pub lists: &'a Lists,
    /// Try every address of a pool, not only those where something may change.
    pub every_address: bool,
    /// For each exit what the other side takes, with long prefixes dropped and spread; worked out once.
    pub taken: Vec<[Vec<Accepted>; 2]>,
    /// Each exit whose session is down for what it sends; worked out once.
    pub sessions_down: Vec<bool>,
    /// Each address at which a prefix of the plan begins, or that follows its last.
    pub cuts: Vec<IpAddr>,
}

impl<'a> Case<'a> {
    pub fn new(plan: &'a Plan, scenario: &'a Scenario, lists: &'a Lists) -> Self {
        let written = plan.lists().into_iter().flat_map(|(_, text)| lists.of(text).to_vec());
        let mut cuts: Vec<IpAddr> = written
            .map(|line| line.prefix)
            .chain(not_public().nets())
            .flat_map(|prefix| [Some(prefix.network()), lists::after(prefix)])
            .flatten()
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let (taken, sessions_down) = (Vec::new(), Vec::new());
        let mut case = Self { plan, scenario, lists, every_address: false, taken, sessions_down, cuts };
        case.sessions_down = case.exits().map(|exit| accepted::session_is_down(&case, exit)).collect();
        let taken =
            |exit| [LongPrefixes::Dropped, LongPrefixes::Spread].map(|long| accepted::accepted(&case, exit, long));
        case.taken = case.exits().map(taken).collect();
        case
    }

    pub fn exits(&self) -> std::ops::Range<usize> {
        0..self.plan.exits.len()
    }

    pub fn site(&self, id: &Id) -> Option<&'a Site> {
        self.plan.sites.iter().find(|site| site.id == *id)
    }

    pub fn device(&self, id: &Id) -> Option<&'a Device> {
        self.plan.devices.iter().find(|device| device.id == *id)
    }

    pub fn is_stateful(&self, device: &Id) -> bool {
        self.device(device).is_some_and(|device| device.stateful)
    }

    /// The pool's lines of the address's family; none where there is no such pool.
    pub fn pool(&self, id: &Id, family_of: IpAddr) -> Vec<IpNet> {
        let Some(pool) = self.plan.pools.iter().find(|pool| pool.id == *id) else { return Vec::new() };
        let lines = self.lists.of(&pool.addresses);
        lines.iter().map(|line| line.prefix).filter(|prefix| same_family(prefix, family_of)).collect()
    }

    /// What kind of peering an exit has; none for an Internet link.
    pub fn kind(&self, exit: usize) -> Option<PeeringKind> {
        match &self.plan.exits[exit].link {
            Link::Internet(_) => None,
            Link::ExpressRoute(link) => Some(link.peering),
        }
    }

    pub fn is_internet(&self, exit: usize) -> bool {
        self.kind(exit).is_none()
    }

    /// ExpressRoute that is analysed: Microsoft or legacy public peering.
    pub fn is_express_route(&self, exit: usize) -> bool {
        matches!(self.kind(exit), Some(PeeringKind::Microsoft | PeeringKind::LegacyPublic))
    }

    pub fn circuit(&self, exit: usize) -> Option<&'a Circuit> {
        match &self.plan.exits[exit].link {
            Link::Internet(_) => None,
            Link::ExpressRoute(link) => self.plan.circuits.iter().find(|circuit| circuit.id == link.circuit),
        }
    }

    pub fn peering(&self, exit: usize) -> Option<&'a Peering> {
        self.circuit(exit)?.peering(self.kind(exit)?)
    }

    /// Everything that an exit's lists hold, and whether it has yet to pass the route filter.
    pub fn learned(&self, exit: usize) -> Vec<(Rc<Vec<Line>>, Stage)> {
        let exit = &self.plan.exits[exit];
        let typed = (self.lists.any_format(&exit.learned), Stage::Offered);
        let from = exit.learned_from.iter().filter_map(|reference| {
            let source = self.plan.sources.iter().find(|source| source.id == reference.source)?;
            Some((self.lists.referred(self.plan, reference), source.stage.unwrap_or(Stage::Offered)))
        });
        std::iter::once(typed).chain(from).collect()
    }

    /// Up: it advertises, and the inside behind it lives.
    pub fn is_up(&self, exit: usize) -> bool {
        self.advertises(exit) && !self.is_dead_inside(exit)
    }

    /// Half failure: it, or something it leads through, is dead inside.
    pub fn is_dead_inside(&self, exit: usize) -> bool {
        let plan = &self.plan.exits[exit];
        self.scenario.inside_dead.iter().any(|part| match part {
            Part::Exit(id) => plan.id == *id,
            Part::Site(id) => plan.site == *id,
            Part::Device(id) => plan.path.iter().any(|crossing| crossing.device == *id),
            Part::Circuit(id) => match &plan.link {
                Link::Internet(_) => false,
                Link::ExpressRoute(link) => link.circuit == *id,
            },
        })
    }

    /// How much longer the paths over an exit are while Microsoft drains it.
    pub fn prepends(&self, exit: usize) -> u32 {
        let drained = self.kind(exit).is_some() && self.scenario.prepended.contains(&self.plan.exits[exit].id);
        if drained { MAINTENANCE_PREPENDS } else { 0 }
    }

    /// Whether nobody works at a site any more.
    pub fn is_site_dead(&self, site: &Id) -> bool {
        let part = Part::Site(site.clone());
        self.scenario.down.contains(&part) || self.scenario.inside_dead.contains(&part)
    }

    /// Its advertisements stand: neither it nor anything it hangs on is down, and its session holds.
    pub fn advertises(&self, exit: usize) -> bool {
        let plan = &self.plan.exits[exit];
        let circuit_down = match &plan.link {
            Link::Internet(_) => false,
            Link::ExpressRoute(link) => self.is_down(Part::Circuit(link.circuit.clone())),
        };
        !self.is_down(Part::Exit(plan.id.clone()))
            && !self.is_down(Part::Site(plan.site.clone()))
            && !circuit_down
            && !plan.path.iter().any(|crossing| self.is_down(Part::Device(crossing.device.clone())))
            && !self.sessions_down[exit]
    }

    pub fn is_down(&self, part: Part) -> bool {
        self.scenario.down.contains(&part)
    }

    /// Rule 0: Microsoft's, or the rest of the Internet.
    pub fn far_side(&self, address: IpAddr) -> FarSide {
        let listed = |lines: &[Line]| lines.iter().any(|line| line.prefix.contains(&address));
        let learned_over_express_route = self.exits().any(|exit| self.lists_a_route_to(exit, address));
        let service = self.plan.services.iter().any(|service| {
            service.microsoft && self.destinations(service).iter().any(|prefix| prefix.contains(&address))
        });
        let microsofts_space = match &self.plan.microsoft_space {
            Some(reference) => self.lists.referred(self.plan, reference),
            None => self.lists.builtin(),
        };
        if learned_over_express_route || service || listed(&microsofts_space) {
            FarSide::Microsoft
        } else {
            FarSide::Internet
        }
    }

    /// Whether an ExpressRoute exit's lists hold a route to the address, before any filter, a default aside.
    pub fn lists_a_route_to(&self, exit: usize, address: IpAddr) -> bool {
        self.is_express_route(exit)
            && self.learned(exit).iter().any(|(lines, _)| {
                lines.iter().any(|line| line.prefix.prefix_len() > 0 && line.prefix.contains(&address))
            })
    }

    /// Where a service lives.
    pub fn destinations(&self, service: &Service) -> Vec<IpNet> {
        let typed = self.lists.of(&service.destinations);
        let mut prefixes: Vec<IpNet> = typed.iter().map(|line| line.prefix).collect();
        for reference in &service.destinations_from {
            prefixes.extend(self.lists.referred(self.plan, reference).iter().map(|line| line.prefix));
        }
        prefixes
    }

    /// Rule 7: only Microsoft peering asks, and takes what lies inside the admitted prefixes.
    pub fn admits(&self, exit: usize, source: IpAddr) -> bool {
        if self.kind(exit) != Some(PeeringKind::Microsoft) {
            return true;
        }
        let Some(peering) = self.peering(exit) else { return false };
        self.lists.of(&peering.admitted).iter().any(|line| line.prefix.contains(&source))
    }
}

/// Private, shared, unique local and the like: what can't cross the Internet as a source.
pub fn is_not_public(address: IpAddr) -> bool {
    not_public().nets().any(|block| block.contains(&address))
}

pub fn same_family(prefix: &IpNet, address: IpAddr) -> bool {
    prefix.addr().is_ipv4() == address.is_ipv4()
}

/// Keeps those whose key is the least.
pub fn keep_least<T, K: Ord>(standing: &mut Vec<T>, key: impl Fn(&T) -> K) {
    if let Some(least) = standing.iter().map(&key).min() {
        standing.retain(|one| key(one) == least);
    }
}
