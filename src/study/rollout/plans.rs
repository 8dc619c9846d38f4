//! What has to change from one plan to another, and the plan when some of it is done.
//!
//! A step is a piece of the document in which the two plans differ. Where it is done the piece is as in the plan after,
//! else as in the plan before. So the plan between is known by the set of steps done, whatever their order: nothing
//! done is the network as it is today, all done is the plan after to the letter, and a step's way back is the same step.
//!
//! Flows, services and assumptions are what is asked, not what is changed: they are the plan after's from the start.
//! What nothing refers to yet (a device that no exit crosses, a pool that no rule names, a circuit without a link) does
//! nothing, so it is there from the start too, and what goes stays until the last step.

use super::derive::derive;
use super::lines::{Done, Lines};
use super::slots::{Slot, slots};
use super::step::{Step, Value, What};
use crate::plan::{
    Circuit, Community, Device, Id, Peering, PeeringKind, Plan, ProviderCovered, Site, Text, TranslationRule,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// At most so many steps are told apart; what is beyond is done in one.
pub const MAX_STEPS: usize = 100;

/// A set of steps, by their indexes in the order that they were found in.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(super) struct Bits(u128);

impl Bits {
    pub(super) fn first(count: usize) -> Self {
        Self(if count >= 128 { u128::MAX } else { (1 << count) - 1 })
    }

    pub(super) fn has(self, index: usize) -> bool {
        index < 128 && self.0 & (1 << index) != 0
    }

    pub(super) fn with(self, index: usize) -> Self {
        Self(self.0 | if index < 128 { 1 << index } else { 0 })
    }

    pub(super) fn without(self, index: usize) -> Self {
        Self(self.0 & !if index < 128 { 1 << index } else { 0 })
    }

    /// How many of those before an index are not in it.
    pub(super) fn missing_before(self, index: usize) -> u32 {
        (Self::first(index).0 & !self.0).count_ones()
    }
}

/// Two plans and the steps from the one to the other.
pub(super) struct Plans {
    before: Arc<Plan>,
    after: Arc<Plan>,
    /// In the order in which such things are usually done.
    pub(super) steps: Vec<Step>,
    /// For everything that differs the step that it belongs to.
    of: BTreeMap<What, usize>,
    pub(super) advertised: BTreeMap<Id, Lines>,
    pub(super) admitted: BTreeMap<(Id, PeeringKind), Lines>,
    pub(super) rules: BTreeMap<Id, Vec<Slot>>,
    /// By exit: incoming and outgoing.
    pub(super) policies: BTreeMap<Id, (Vec<Slot>, Vec<Slot>)>,
}

impl Plans {
    pub(super) fn new(before: Arc<Plan>, after: Arc<Plan>) -> Self {
        let mut plans = Self {
            before: Arc::clone(&before),
            after: Arc::clone(&after),
            steps: Vec::new(),
            of: BTreeMap::new(),
            advertised: BTreeMap::new(),
            admitted: BTreeMap::new(),
            rules: BTreeMap::new(),
            policies: BTreeMap::new(),
        };
        plans.lay_side_by_side();
        let mut all = Vec::new();
        derive(&before, &after, &plans, &mut |what, old, new| all.push(Step::new(what, old, new)));
        // Stable: within a kind of step the plan's order stays. What is there twice is one step.
        crate::sort::by_key(&mut all, |step| rank(&step.what));
        let mut known = BTreeSet::new();
        all.retain(|step| known.insert(step.what.clone()));
        let beyond = all.len().saturating_sub(MAX_STEPS - 1);
        for (index, step) in all.iter().enumerate() {
            let of = if beyond > 1 { index.min(MAX_STEPS - 1) } else { index };
            plans.of.insert(step.what.clone(), of);
        }
        if beyond > 1 {
            all.truncate(MAX_STEPS - 1);
            all.push(Step::new(What::Rest(beyond as u32), Value::Nothing, Value::Nothing));
        }
        plans.steps = all;
        plans
    }

    /// Lines and ordered lists of parts that both plans have, or only one.
    fn lay_side_by_side(&mut self) {
        let (before, after) = (Arc::clone(&self.before), Arc::clone(&self.after));
        let none = Text::default();
        for exit in &after.exits {
            let old = find(&before.exits, &exit.id, |own| &own.id);
            let listed = old.map_or(&none, |old| &old.advertised);
            self.advertised.insert(exit.id.clone(), Lines::new(listed, &exit.advertised));
            if let Some(old) = old {
                let incoming = slots(&old.policy_in, &exit.policy_in, PartialEq::eq);
                let outgoing = slots(&old.policy_out, &exit.policy_out, PartialEq::eq);
                self.policies.insert(exit.id.clone(), (incoming, outgoing));
            }
        }
        for exit in gone(&before.exits, &after.exits, |exit| &exit.id) {
            self.advertised.insert(exit.id.clone(), Lines::new(&exit.advertised, &none));
        }
        for (circuit, peering) in peerings(&after) {
            let old = peering_of(&before, &circuit.id, peering.kind);
            let lines = Lines::new(old.map_or(&none, |old| &old.admitted), &peering.admitted);
            self.admitted.insert((circuit.id.clone(), peering.kind), lines);
        }
        for device in &after.devices {
            if let Some(old) = find(&before.devices, &device.id, |own| &own.id) {
                self.rules.insert(device.id.clone(), slots(&old.rules, &device.rules, same_rule));
            }
        }
    }

    /// The plan that the steps begin with.
    pub(super) fn before(&self) -> &Plan {
        &self.before
    }

    fn is_done(&self, done: Bits, what: &What) -> bool {
        self.of.get(what).is_none_or(|index| done.has(*index))
    }

    /// All steps.
    pub(super) fn all(&self) -> Bits {
        Bits::first(self.steps.len())
    }

    /// The plan with some of the steps done.
    pub(super) fn plan(&self, done: Bits) -> Plan {
        let mut plan = (*self.after).clone();
        if done == self.all() {
            return plan;
        }
        let before = &*self.before;
        keep_gone(&mut plan.sites, &before.sites, |part| &part.id);
        keep_gone(&mut plan.circuits, &before.circuits, |part| &part.id);
        keep_gone(&mut plan.devices, &before.devices, |part| &part.id);
        keep_gone(&mut plan.pools, &before.pools, |part| &part.id);
        keep_gone(&mut plan.sources, &before.sources, |part| &part.id);
        keep_gone(&mut plan.services, &before.services, |part| &part.id);
        plan.sites.iter_mut().for_each(|site| self.site(done, site));
        plan.circuits.iter_mut().for_each(|circuit| self.circuit(done, circuit));
        plan.devices.iter_mut().for_each(|device| self.device(done, device));
        for pool in &mut plan.pools {
            let undone = !self.is_done(done, &What::Pool(pool.id.clone()));
            if let Some(old) = find(&before.pools, &pool.id, |own| &own.id).filter(|_| undone) {
                (pool.addresses, pool.reserved_ports) = (old.addresses.clone(), old.reserved_ports);
            }
        }
        for source in &mut plan.sources {
            let undone = !self.is_done(done, &What::Source(source.id.clone()));
            if let Some(old) = find(&before.sources, &source.id, |own| &own.id).filter(|_| undone) {
                *source = old.clone();
            }
        }
        for service in &mut plan.services {
            let undone = !self.is_done(done, &What::Service(service.id.clone()));
            if let Some(old) = find(&before.services, &service.id, |own| &own.id).filter(|_| undone) {
                *service = old.clone();
            }
        }
        self.exits(done, &mut plan);
        let undone = |what: What| !self.is_done(done, &what);
        revert(
            &mut plan.published,
            &before.published,
            |own| &own.id,
            |own| undone(What::Published(own.id.clone())),
        );
        let provider = |own: &ProviderCovered| undone(What::Provider(own.id.clone()));
        revert(&mut plan.provider_covered, &before.provider_covered, |own| &own.id, provider);
        if !self.is_done(done, &What::Settings) {
            (plan.multipath, plan.distances) = (before.multipath, before.distances);
        }
        plan
    }

    fn site(&self, done: Bits, site: &mut Site) {
        let Some(old) = find(&self.before.sites, &site.id, |own| &own.id) else { return };
        if !self.is_done(done, &What::Inside(site.id.clone())) {
            site.inside = old.inside.clone();
        }
        let has = |plan: &Plan, exit: &Id| plan.exits.iter().any(|own| own.id == *exit);
        if !self.is_done(done, &What::Costs(site.id.clone())) {
            // What an exit that isn't there yet will cost does nothing.
            site.costs.retain(|exit, _| !has(&self.before, exit));
            site.costs.extend(old.costs.iter().map(|(exit, cost)| (exit.clone(), *cost)));
        } else {
            let gone = old.costs.iter().filter(|(exit, _)| !has(&self.after, exit));
            site.costs.extend(gone.map(|(exit, cost)| (exit.clone(), *cost)));
        }
    }

    fn circuit(&self, done: Bits, circuit: &mut Circuit) {
        let id = circuit.id.clone();
        let before = find(&self.before.circuits, &id, |own| &own.id);
        if let Some(old) = before {
            if !self.is_done(done, &What::Circuit(id.clone())) {
                (circuit.sku, circuit.bandwidth) = (old.sku, old.bandwidth);
                circuit.local_regions.clone_from(&old.local_regions);
                circuit.microsoft_365_authorised = old.microsoft_365_authorised;
            }
            let kinds: Vec<PeeringKind> = circuit.peerings.iter().map(|own| own.kind).collect();
            circuit.peerings.extend(old.peerings.iter().filter(|own| !kinds.contains(&own.kind)).cloned());
        }
        for peering in &mut circuit.peerings {
            let kind = peering.kind;
            let Some(lines) = self.admitted.get(&(id.clone(), kind)) else { continue };
            let old = before.and_then(|old| old.peering(kind));
            if let Some(old) = old.filter(|_| !self.is_done(done, &What::Peering(id.clone(), kind))) {
                (peering.return_model, peering.customer_asn) = (old.return_model, old.customer_asn);
                peering.primary_subnets = old.primary_subnets.clone();
                peering.secondary_subnets = old.secondary_subnets.clone();
            }
            let added = self.is_done(done, &What::Admit(id.clone(), kind));
            let removed = self.is_done(done, &What::Unadmit(id.clone(), kind));
            // Other attributes mean nothing in a list of what is admitted.
            peering.admitted = lines.text(&peering.admitted, Done { added, removed, other: added });
            let (more, fewer) = (What::Filter(id.clone(), kind), What::Unfilter(id.clone(), kind));
            let (more, fewer) = (self.is_done(done, &more), self.is_done(done, &fewer));
            let was = old.and_then(|old| old.route_filter.as_ref());
            peering.route_filter = mixed(was, peering.route_filter.as_ref(), more, fewer);
        }
    }

    fn device(&self, done: Bits, device: &mut Device) {
        let Some(old) = find(&self.before.devices, &device.id, |own| &own.id) else { return };
        if !self.is_done(done, &What::Device(device.id.clone())) {
            device.stateful = old.stateful;
        }
        let Some(slots) = self.rules.get(&device.id) else { return };
        let is_done = |slot: &Slot| self.is_done(done, &rule(&device.id, slot));
        device.rules = pick(slots, &old.rules, &device.rules, is_done);
    }

    fn exits(&self, done: Bits, plan: &mut Plan) {
        plan.exits.retain(|exit| self.is_done(done, &What::LinkUp(exit.id.clone())));
        for exit in &mut plan.exits {
            let id = exit.id.clone();
            let undone = |what: fn(Id) -> What| !self.is_done(done, &what(id.clone()));
            let flags = Done {
                added: !undone(What::Advertise),
                removed: !undone(What::Withdraw),
                other: !undone(What::Readvertise),
            };
            if let Some(lines) = self.advertised.get(&id) {
                exit.advertised = lines.text(&exit.advertised, flags);
            }
            let Some(old) = find(&self.before.exits, &id, |own| &own.id) else { continue };
            if undone(What::Path) {
                (exit.site, exit.link, exit.path) = (old.site.clone(), old.link.clone(), old.path.clone());
            }
            if undone(What::Detection) {
                exit.detection = old.detection.clone();
            }
            if undone(What::Learned) {
                (exit.learned, exit.learned_from) = (old.learned.clone(), old.learned_from.clone());
            }
            if undone(What::Preference) {
                exit.local_preference = old.local_preference;
            }
            let Some((incoming, outgoing)) = self.policies.get(&id) else { continue };
            let is_in = |slot: &Slot| self.is_done(done, &policy_in(&id, slot));
            let is_out = |slot: &Slot| self.is_done(done, &policy_out(&id, slot));
            exit.policy_in = pick(incoming, &old.policy_in, &exit.policy_in, is_in);
            exit.policy_out = pick(outgoing, &old.policy_out, &exit.policy_out, is_out);
        }
        for old in gone(&self.before.exits, &self.after.exits, |exit| &exit.id) {
            if self.is_done(done, &What::LinkDown(old.id.clone())) {
                continue;
            }
            let mut exit = old.clone();
            if self.is_done(done, &What::Withdraw(old.id.clone())) {
                exit.advertised = Text::default();
            }
            plan.exits.push(exit);
        }
    }
}

/// The step of a rule's slot.
pub(super) fn rule(device: &Id, slot: &Slot) -> What {
    let (before, after) = indexes(slot);
    What::Rule { device: device.clone(), before, after }
}

pub(super) fn policy_in(exit: &Id, slot: &Slot) -> What {
    let (before, after) = indexes(slot);
    What::PolicyIn { exit: exit.clone(), before, after }
}

pub(super) fn policy_out(exit: &Id, slot: &Slot) -> What {
    let (before, after) = indexes(slot);
    What::PolicyOut { exit: exit.clone(), before, after }
}

fn indexes(slot: &Slot) -> (Option<u32>, Option<u32>) {
    let small = |index: Option<usize>| index.and_then(|index| u32::try_from(index).ok());
    (small(slot.before), small(slot.after))
}

/// Whether two rules do the same, whatever they are called.
fn same_rule(one: &TranslationRule, other: &TranslationRule) -> bool {
    (&one.sources, &one.destinations, &one.services, &one.exits, &one.pool)
        == (&other.sources, &other.destinations, &other.services, &other.exits, &other.pool)
}

/// An ordered list with some of its slots done.
fn pick<T: Clone>(slots: &[Slot], before: &[T], after: &[T], is_done: impl Fn(&Slot) -> bool) -> Vec<T> {
    let one = |slot: &Slot| {
        let new = slot.same || is_done(slot);
        if new { after.get(slot.after?) } else { before.get(slot.before?) }
    };
    slots.iter().filter_map(one).cloned().collect()
}

/// A route filter with more communities or fewer, or both.
fn mixed(
    before: Option<&Vec<Community>>,
    after: Option<&Vec<Community>>,
    more: bool,
    fewer: bool,
) -> Option<Vec<Community>> {
    match (more, fewer) {
        (true, true) => after.cloned(),
        (false, false) => before.cloned(),
        (true, false) => {
            let (Some(old), Some(new)) = (before, after) else { return after.or(before).cloned() };
            let fresh = new.iter().filter(|one| !old.contains(one));
            Some(old.iter().chain(fresh).copied().collect())
        }
        (false, true) => {
            let (old, new) = (before?, after?);
            Some(old.iter().filter(|one| new.contains(one)).copied().collect())
        }
    }
}

pub(super) fn find<'a, T>(all: &'a [T], id: &Id, of: fn(&T) -> &Id) -> Option<&'a T> {
    all.iter().find(|one| of(one) == id)
}

/// Those that only the first list has.
pub(super) fn gone<'a, T>(before: &'a [T], after: &'a [T], of: fn(&T) -> &Id) -> impl Iterator<Item = &'a T> {
    before.iter().filter(move |old| after.iter().all(|own| of(own) != of(old)))
}

fn keep_gone<T: Clone>(own: &mut Vec<T>, before: &[T], of: fn(&T) -> &Id) {
    let more: Vec<T> = gone(before, own, of).cloned().collect();
    own.extend(more);
}

/// Parts that come, go or change as a whole: as before where that isn't done.
fn revert<T: Clone>(own: &mut Vec<T>, before: &[T], of: fn(&T) -> &Id, undone: impl Fn(&T) -> bool) {
    let old = |one: &T| find(before, of(one), of);
    own.retain(|one| old(one).is_some() || !undone(one));
    for one in own.iter_mut() {
        if let Some(old) = find(before, of(one), of).filter(|_| undone(one)) {
            *one = old.clone();
        }
    }
    let more: Vec<T> = gone(before, own, of).filter(|one| undone(one)).cloned().collect();
    own.extend(more);
}

pub(super) fn peerings(plan: &Plan) -> impl Iterator<Item = (&Circuit, &Peering)> {
    plan.circuits.iter().flat_map(|circuit| circuit.peerings.iter().map(move |peering| (circuit, peering)))
}

pub(super) fn peering_of<'a>(plan: &'a Plan, circuit: &Id, kind: PeeringKind) -> Option<&'a Peering> {
    find(&plan.circuits, circuit, |own| &own.id).and_then(|circuit| circuit.peering(kind))
}

/// The order in which such things are usually done: what Microsoft and the provider do first, for that takes time; then
/// links; then what makes the new way whole before anything takes it; then what moves traffic, a route filter among
/// it; and what is no longer needed at last.
fn rank(what: &What) -> u8 {
    match what {
        What::Inside(_) => 0,
        What::Costs(_) => 1,
        What::Circuit(_) => 2,
        What::Peering(..) => 3,
        What::Admit(..) => 4,
        What::Provider(_) => 5,
        What::LinkUp(_) => 6,
        What::Path(_) => 7,
        What::Detection(_) => 8,
        What::Advertise(_) => 9,
        What::Readvertise(_) => 10,
        What::Pool(_) => 11,
        What::Rule { .. } => 12,
        What::Device(_) => 13,
        What::Published(_) => 14,
        What::Service(_) => 15,
        What::Filter(..) => 16,
        What::Learned(_) => 17,
        What::Source(_) => 18,
        What::PolicyIn { .. } => 19,
        What::Preference(_) => 20,
        What::PolicyOut { .. } => 21,
        What::Settings => 22,
        What::Withdraw(_) => 23,
        What::Unfilter(..) => 24,
        What::LinkDown(_) => 25,
        What::Unadmit(..) => 26,
        What::Rest(_) => 27,
    }
}
