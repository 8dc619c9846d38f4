//! Translation: the device, its rules in their order, pools and published services.

use super::{Adopted, Change, Miss, MissReason, Target, id_of};
use crate::intake::config::{NatRule, Published, Setup};
use crate::plan::{Crossing, Device, Entry, Id, PartKind, Plan, Pool, PublishedService, Text, TranslationRule};
use std::collections::{BTreeSet, HashMap};

pub(super) fn adopt(plan: &mut Plan, setup: &Setup, target: &Target, adopted: &mut Adopted) {
    let device = device(plan, setup, target, adopted);
    cross(plan, &device, target, adopted);
    let pools = pools(plan, setup, &device, adopted);
    let exits = Exits::of(plan, &device, target);
    if !setup.rules.is_empty() {
        rules(plan, setup, &device, &pools, &exits, adopted);
    }
    let mut taken = BTreeSet::new();
    for published in &setup.published {
        publish(plan, published, &device, &pools, &exits, target, &mut taken, adopted);
    }
}

/// What a new device would be called, and its identifier.
pub fn new_device(setup: &Setup) -> (String, Id) {
    let name = if setup.device.is_empty() { setup.format.name() } else { &setup.device };
    (name.to_owned(), id_of(&[name]))
}

/// The device of the plan that the configuration is of; `None` where there is none yet.
pub fn device_of(plan: &Plan, setup: &Setup, target: &Target) -> Option<Id> {
    let name = target.device.as_ref().map_or_else(|| new_device(setup).0, ToString::to_string);
    let named = |device: &&Device| device.id.as_str() == name || device.name == name;
    let made = id_of(&[&name]);
    let found = plan.devices.iter().find(named).or_else(|| plan.devices.iter().find(|device| device.id == made));
    found.map(|device| device.id.clone())
}

/// The device that the configuration is of, which is made where there is none.
fn device(plan: &mut Plan, setup: &Setup, target: &Target, adopted: &mut Adopted) -> Id {
    if let Some(found) = device_of(plan, setup, target) {
        return found;
    }
    let (own, made) = new_device(setup);
    // Chosen by its identifier, a new device is called as the text says all the same.
    let chosen = target.device.clone().filter(|id| *id != made);
    let name = chosen.as_ref().map_or(own, ToString::to_string);
    let id = chosen.unwrap_or(made);
    // A router translates, but lets packets of unknown sessions pass where no rule matches them.
    let stateful = setup.format != crate::intake::config::ConfigFormat::Ios;
    plan.devices.push(Device { id: id.clone(), name, stateful, rules: Vec::new() });
    adopted.changes.push(Change::Added { kind: PartKind::Device, id: id.clone() });
    id
}

/// Exits that were named for zones cross the device by them.
fn cross(plan: &mut Plan, device: &Id, target: &Target, adopted: &mut Adopted) {
    for (zone, id) in &target.zones {
        let Some(exit) = plan.exits.iter_mut().find(|exit| exit.id == *id) else { continue };
        let crossing = Crossing { device: device.clone(), zone: zone.clone() };
        match exit.path.iter_mut().find(|crossing| crossing.device == *device) {
            Some(there) if there.zone == *zone => continue,
            Some(there) if there.zone.is_empty() => *there = crossing,
            // The plan calls it otherwise, and that is the plan's to say.
            Some(_) => continue,
            None => exit.path.insert(0, crossing),
        }
        adopted.changes.push(Change::Changed { kind: PartKind::Exit, id: id.clone() });
    }
}

/// Exits by the zones of a device that lead to them.
struct Exits {
    by_zone: HashMap<String, BTreeSet<usize>>,
    /// All exits that cross the device, by their places in the plan.
    all: BTreeSet<usize>,
    ids: Vec<Id>,
}

impl Exits {
    fn of(plan: &Plan, device: &Id, target: &Target) -> Self {
        let mut by_zone: HashMap<String, BTreeSet<usize>> = HashMap::new();
        let mut all = BTreeSet::new();
        for (index, exit) in plan.exits.iter().enumerate() {
            for crossing in exit.path.iter().filter(|crossing| crossing.device == *device) {
                by_zone.entry(crossing.zone.to_ascii_lowercase()).or_default().insert(index);
                all.insert(index);
            }
            for (zone, _) in target.zones.iter().filter(|(_, id)| *id == exit.id) {
                by_zone.entry(zone.to_ascii_lowercase()).or_default().insert(index);
                all.insert(index);
            }
        }
        Self { by_zone, all, ids: plan.exits.iter().map(|exit| exit.id.clone()).collect() }
    }

    /// The exits that these zones lead to; `None` where they lead to none.
    fn through(&self, zones: &[String]) -> Option<Vec<Id>> {
        let found: BTreeSet<usize> = match zones {
            [] => self.all.clone(),
            zones => zones
                .iter()
                .filter_map(|zone| self.by_zone.get(&zone.to_ascii_lowercase()))
                .flatten()
                .copied()
                .collect(),
        };
        let ids: Vec<Id> = found.iter().filter_map(|index| self.ids.get(*index).cloned()).collect();
        (!ids.is_empty() || zones.is_empty()).then_some(ids)
    }
}

fn text(lines: &[String]) -> Text {
    lines.join("\n").into()
}

/// The identifiers of the setup's pools in the plan.
fn pools(plan: &mut Plan, setup: &Setup, device: &Id, adopted: &mut Adopted) -> Vec<Id> {
    let mut ids = Vec::new();
    let mut taken: BTreeSet<Id> = BTreeSet::new();
    for pool in &setup.pools {
        let mut id = id_of(&[device.as_str(), &pool.name]);
        let mut number = 2_u32;
        while !taken.insert(id.clone()) {
            id = id_of(&[device.as_str(), &pool.name, &number.to_string()]);
            number += 1;
        }
        let addresses = text(&pool.shown());
        match plan.pools.iter_mut().find(|there| there.id == id) {
            // An address that the configuration doesn't say may have been filled in by hand.
            Some(there) if there.addresses != addresses && !addresses.is_empty() => {
                there.addresses = addresses;
                adopted.changes.push(Change::Changed { kind: PartKind::Pool, id: id.clone() });
            }
            Some(_) => {}
            None => {
                plan.pools.push(Pool { id: id.clone(), name: pool.name.clone(), addresses, reserved_ports: None });
                adopted.changes.push(Change::Added { kind: PartKind::Pool, id: id.clone() });
            }
        }
        ids.push(id);
    }
    ids
}

fn rules(plan: &mut Plan, setup: &Setup, device: &Id, pools: &[Id], exits: &Exits, adopted: &mut Adopted) {
    let mut rules = Vec::new();
    for rule in &setup.rules {
        match exits.through(&rule.to) {
            Some(through) => rules.push(self::rule(rule, through, pools)),
            None => {
                let why = MissReason::NoExit { zones: rule.to.clone() };
                adopted.misses.push(Miss { why, span: rule.span.clone() });
            }
        }
    }
    let Some(there) = plan.devices.iter_mut().find(|there| there.id == *device) else { return };
    if there.rules != rules {
        let (before, now) = (there.rules.len(), rules.len());
        there.rules = rules;
        adopted.changes.push(Change::Rules { device: device.clone(), before, now });
    }
}

fn rule(rule: &NatRule, through: Vec<Id>, pools: &[Id]) -> TranslationRule {
    TranslationRule {
        name: rule.name.clone(),
        sources: text(&rule.sources.shown()),
        destinations: text(&rule.destinations.shown()),
        services: Vec::new(),
        // A rule for any zone stays one for exits that are added later.
        exits: if rule.to.is_empty() { Vec::new() } else { through },
        pool: rule.pool.and_then(|index| pools.get(index)).cloned(),
    }
}

#[allow(clippy::too_many_arguments)]
fn publish(
    plan: &mut Plan,
    published: &Published,
    device: &Id,
    pools: &[Id],
    exits: &Exits,
    target: &Target,
    taken: &mut BTreeSet<Id>,
    adopted: &mut Adopted,
) {
    let mut miss = |why: MissReason| adopted.misses.push(Miss { why, span: published.span.clone() });
    let Some(through) = exits.through(&published.from).filter(|through| !through.is_empty()) else {
        return miss(MissReason::NoExit { zones: published.from.clone() });
    };
    let only = if let [site] = plan.sites.as_slice() { Some(site.id.clone()) } else { None };
    let (outside, inside) = published.shown();
    let mut id = id_of(&[device.as_str(), &published.name, &published.ports]);
    let mut number = 2_u32;
    while !taken.insert(id.clone()) {
        id = id_of(&[device.as_str(), &published.name, &published.ports, &number.to_string()]);
        number += 1;
    }
    let there = plan.published.iter().position(|there| there.id == id);
    let kept = there.and_then(|index| plan.published.get(index));
    let site = target.site.clone().or_else(|| kept.map(|there| there.site.clone())).or(only);
    let Some(site) = site else { return miss(MissReason::NoSite) };
    let source_pool = published.source_pool.and_then(|index| pools.get(index)).cloned();
    let entry = |exit: Id| Entry { exit, device: device.clone(), source_pool: source_pool.clone() };
    let mut entries: Vec<Entry> = through.into_iter().map(entry).collect();
    // What other devices publish of it is none of this one's business.
    let others = kept.map(|there| there.entries.iter().filter(|entry| entry.device != *device).cloned());
    let fresh: Vec<Entry> = others
        .into_iter()
        .flatten()
        .filter(|other| entries.iter().all(|entry| entry.exit != other.exit))
        .collect();
    entries.extend(fresh);
    let service = PublishedService {
        id: id.clone(),
        name: kept.map_or_else(|| published.name.clone(), |there| there.name.clone()),
        site,
        published: text(&outside),
        inside: text(&inside),
        entries,
        role: kept.and_then(|there| there.role),
        ports: published.ports.clone(),
    };
    match there.and_then(|index| plan.published.get_mut(index)) {
        Some(there) if *there == service => {}
        Some(there) => {
            *there = service;
            adopted.changes.push(Change::Changed { kind: PartKind::Published, id });
        }
        None => {
            plan.published.push(service);
            adopted.changes.push(Change::Added { kind: PartKind::Published, id });
        }
    }
}
