//! What the devices of an exit make of a source: rules in order, the first that matches wins.
//!
//! Works on whole sets: sources times destinations is split wherever a rule tells them apart.

use super::DeviceTranslation;
use super::state::device;
use crate::pace::Pace;
use crate::plan::{ListId, Plan, TranslationRule};
use crate::routing::{Network, Sided};
use crate::space::{Address, AddressSet, Partition, Set, Share};
use std::collections::BTreeMap;

/// The rules of all devices, their lists read.
#[derive(Clone, Debug)]
pub(crate) struct Translators {
    /// By device, in the plan's order.
    devices: Vec<Vec<Rule>>,
    /// The addresses of each pool, in the plan's order.
    pub(crate) pools: Vec<AddressSet>,
}

#[derive(Clone, Debug)]
struct Rule {
    /// `None`: any.
    sources: Option<AddressSet>,
    /// `None`: any.
    destinations: Option<AddressSet>,
    /// Exits by index; `None`: any.
    exits: Option<Vec<usize>>,
    pool: Target,
}

#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Target {
    /// The packet stays as it is.
    Stay,
    /// A pool, by its index.
    Pool(usize),
    /// A pool that the plan doesn't have: the rule matches nothing.
    Missing,
}

/// Sources and destinations that the devices of an exit treat alike.
#[derive(Clone, Debug)]
pub(crate) struct Translated<A: Address> {
    /// The sources as they set out.
    pub(crate) sources: Set<A>,
    /// Where they go.
    pub(crate) destinations: Set<A>,
    /// What the source may be outside. Where nothing translated it, the sources themselves.
    pub(crate) outside: Set<A>,
    /// Where a later device split what an earlier one translated to: the share of that pool.
    pub(crate) share: Share,
    /// For each crossing of the exit whether it translated.
    pub(crate) by: Vec<DeviceTranslation>,
    /// The pool, where one was given: the outermost.
    pub(crate) pool: Option<usize>,
}

impl<A: Address> Translated<A> {
    /// Whether the crossing translated.
    pub(crate) fn at(&self, crossing: usize) -> bool {
        self.by.get(crossing).is_some_and(|device| device.pool.is_some())
    }
}

impl Translators {
    pub(crate) fn new(network: &Network) -> Self {
        let plan = &network.plan;
        let pools = plan.pools.iter().map(|pool| network.addresses(&ListId::Pool(pool.id.clone()))).collect();
        let devices = plan
            .devices
            .iter()
            .map(|device| {
                let rule = |(index, rule)| ready(network, &device.id, index, rule);
                device.rules.iter().enumerate().map(rule).collect()
            })
            .collect();
        Self { devices, pools }
    }

    /// What the devices of an exit make of sources on their way to destinations.
    pub(crate) fn translate<A: Sided>(
        &self,
        plan: &Plan,
        exit: usize,
        sources: &Set<A>,
        destinations: &Set<A>,
    ) -> Vec<Translated<A>> {
        let mut parts = vec![Translated {
            sources: sources.clone(),
            destinations: destinations.clone(),
            outside: sources.clone(),
            share: Share::ONE,
            by: Vec::new(),
            pool: None,
        }];
        let path = plan.exits.get(exit).map(|exit| exit.path.as_slice()).unwrap_or_default();
        for crossing in path {
            let position = plan.devices.iter().position(|device| device.id == crossing.device);
            let rules = position.and_then(|at| self.devices.get(at)).map(Vec::as_slice).unwrap_or_default();
            parts =
                parts.into_iter().flat_map(|part| self.cross(plan, exit, &crossing.device, rules, part)).collect();
        }
        parts
    }

    /// Cuts the space of destinations where any rule tells them apart: addresses of one number are in the same rules.
    pub(crate) async fn destinations<A: Sided>(&self, pace: &Pace) -> Partition<A, u32> {
        let mut all = Partition::uniform(0);
        for rule in self.devices.iter().flatten() {
            let Some(destinations) = &rule.destinations else { continue };
            let mut numbers: BTreeMap<(u32, bool), u32> = BTreeMap::new();
            let inside = Partition::from_set(A::set(destinations), true, false);
            pace.work((all.len() + inside.len()) as u64).await;
            all = all.refine(&inside, |number, inside| {
                let next = numbers.len() as u32;
                *numbers.entry((number, inside)).or_insert(next)
            });
        }
        all
    }

    /// What one device makes of one part.
    fn cross<A: Sided>(
        &self,
        plan: &Plan,
        exit: usize,
        id: &crate::plan::Id,
        rules: &[Rule],
        part: Translated<A>,
    ) -> Vec<Translated<A>> {
        let mut rest = vec![part];
        let mut done = Vec::new();
        let step = |rule, pool: Option<usize>| DeviceTranslation {
            device: id.clone(),
            rule,
            pool: pool.and_then(|pool| plan.pools.get(pool)).map(|pool| pool.id.clone()),
        };
        for (index, rule) in rules.iter().enumerate() {
            if rule.exits.as_ref().is_some_and(|exits| !exits.contains(&exit)) {
                continue;
            }
            let pool = match rule.pool {
                Target::Missing => continue,
                Target::Stay => None,
                Target::Pool(pool) => match self.pools.get(pool).map(A::set) {
                    Some(addresses) if !addresses.is_empty() => Some((pool, addresses)),
                    // No address of this family: not a rule for it.
                    _ => continue,
                },
            };
            let mut missed = Vec::new();
            for part in rest {
                let (hit, others) = split(part, rule);
                missed.extend(others);
                if let Some(mut hit) = hit {
                    hit.by.push(step(Some(index), pool.map(|(pool, _)| pool)));
                    if let Some((pool, addresses)) = pool {
                        hit.outside = addresses.clone();
                        hit.pool = Some(pool);
                    }
                    done.push(hit);
                }
            }
            rest = missed;
        }
        for mut part in rest {
            part.by.push(step(None, None));
            done.push(part);
        }
        done
    }
}

/// What of a part a rule matches, and the rest.
fn split<A: Sided>(part: Translated<A>, rule: &Rule) -> (Option<Translated<A>>, Vec<Translated<A>>) {
    let mut rest = Vec::new();
    let mut hit = part;
    if let Some(sources) = &rule.sources {
        let matching = hit.outside.intersection(A::set(sources));
        let others = hit.outside.difference(A::set(sources));
        if matching.is_empty() {
            return (None, vec![hit]);
        }
        if !others.is_empty() {
            let (inside, outside) = (with_outside(&hit, matching), with_outside(&hit, others));
            rest.push(outside);
            hit = inside;
        }
    }
    if let Some(destinations) = &rule.destinations {
        let matching = hit.destinations.intersection(A::set(destinations));
        let others = hit.destinations.difference(A::set(destinations));
        if matching.is_empty() {
            rest.push(hit);
            return (None, rest);
        }
        if !others.is_empty() {
            rest.push(Translated { destinations: others, ..hit.clone() });
            hit.destinations = matching;
        }
    }
    (Some(hit), rest)
}

/// A part narrowed to some of its addresses outside: of untranslated sources the sources too, of a pool a share.
fn with_outside<A: Sided>(part: &Translated<A>, outside: Set<A>) -> Translated<A> {
    let mut narrowed = part.clone();
    if part.pool.is_none() {
        narrowed.sources = outside.clone();
    } else {
        narrowed.share = part.share * outside.count().share_of(part.outside.count());
    }
    narrowed.outside = outside;
    narrowed
}

fn ready(network: &Network, id: &crate::plan::Id, index: usize, rule: &TranslationRule) -> Rule {
    let plan = &network.plan;
    let list = |list: ListId, is_empty: bool| (!is_empty).then(|| network.addresses(&list));
    let sources = list(ListId::RuleSources(id.clone(), index), rule.sources.is_empty());
    let typed = list(ListId::RuleDestinations(id.clone(), index), rule.destinations.is_empty());
    let destinations = if typed.is_none() && rule.services.is_empty() {
        None
    } else {
        let services = rule.services.iter().map(|service| network.service_addresses(service));
        Some(services.fold(typed.unwrap_or_else(AddressSet::empty), |all, set| all.union(&set)))
    };
    let exits =
        (!rule.exits.is_empty()).then(|| rule.exits.iter().filter_map(|exit| network.exit(exit)).collect());
    let pool = match &rule.pool {
        None => Target::Stay,
        Some(pool) => {
            plan.pools.iter().position(|definition| definition.id == *pool).map_or(Target::Missing, Target::Pool)
        }
    };
    debug_assert!(device(plan, id).is_some());
    Rule { sources, destinations, exits, pool }
}
