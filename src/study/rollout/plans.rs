//! What has to change from one plan to another, and the plan when some of it is done.
//!
//! A step is a piece of the document in which the two plans differ. Where it is done the piece is as in the plan after,
//! else as in the plan before. So the plan between is known by the set of steps done, whatever their order: nothing
//! done is the network as it is today, all done is the plan after to the letter, and a step's way back is the same step.
//!
//! Flows, services and assumptions are what is asked, not what is changed: they are the plan after's from the start.
//! What nothing refers to yet (a device that no exit crosses, a pool that no rule names, a circuit without a link) does
//! nothing, so it is there from the start too, and what goes stays until the last step.

use super::lines::{Done, Lines, addresses};
use super::slots::{Slot, slots};
use super::step::{Does, Step, Value, What};
use crate::plan::{
    Action, Circuit, Community, Device, Exit, Id, Link, Peering, PeeringKind, Plan, Policy, ProviderCovered, Site,
    Text, TranslationRule,
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
    advertised: BTreeMap<Id, Lines>,
    admitted: BTreeMap<(Id, PeeringKind), Lines>,
    rules: BTreeMap<Id, Vec<Slot>>,
    /// By exit: incoming and outgoing.
    policies: BTreeMap<Id, (Vec<Slot>, Vec<Slot>)>,
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
fn rule(device: &Id, slot: &Slot) -> What {
    let (before, after) = indexes(slot);
    What::Rule { device: device.clone(), before, after }
}

fn policy_in(exit: &Id, slot: &Slot) -> What {
    let (before, after) = indexes(slot);
    What::PolicyIn { exit: exit.clone(), before, after }
}

fn policy_out(exit: &Id, slot: &Slot) -> What {
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

fn find<'a, T>(all: &'a [T], id: &Id, of: fn(&T) -> &Id) -> Option<&'a T> {
    all.iter().find(|one| of(one) == id)
}

/// Those that only the first list has.
fn gone<'a, T>(before: &'a [T], after: &'a [T], of: fn(&T) -> &Id) -> impl Iterator<Item = &'a T> {
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

fn peerings(plan: &Plan) -> impl Iterator<Item = (&Circuit, &Peering)> {
    plan.circuits.iter().flat_map(|circuit| circuit.peerings.iter().map(move |peering| (circuit, peering)))
}

fn peering_of<'a>(plan: &'a Plan, circuit: &Id, kind: PeeringKind) -> Option<&'a Peering> {
    find(&plan.circuits, circuit, |own| &own.id).and_then(|circuit| circuit.peering(kind))
}

/// Everything in which two plans differ, kind by kind.
fn derive(before: &Plan, after: &Plan, plans: &Plans, push: &mut impl FnMut(What, Value, Value)) {
    sites(before, after, push);
    circuits(before, after, plans, push);
    exits(before, after, plans, push);
    for device in &after.devices {
        let Some(old) = find(&before.devices, &device.id, |own| &own.id) else { continue };
        if old.stateful != device.stateful {
            push(What::Device(device.id.clone()), Value::Nothing, Value::Number(u32::from(device.stateful)));
        }
        for slot in plans.rules.get(&device.id).into_iter().flatten().filter(|slot| !slot.same) {
            let told = |rules: &[TranslationRule], index: Option<usize>| {
                index.and_then(|index| rules.get(index)).map_or(Value::Nothing, rule_told)
            };
            push(rule(&device.id, slot), told(&old.rules, slot.before), told(&device.rules, slot.after));
        }
    }
    for pool in &after.pools {
        let Some(old) = find(&before.pools, &pool.id, |own| &own.id) else { continue };
        let (was, is) = (addresses(&old.addresses), addresses(&pool.addresses));
        if was != is || old.reserved_ports != pool.reserved_ports {
            push(What::Pool(pool.id.clone()), Value::texts(was.nets()), Value::texts(is.nets()));
        }
    }
    lists(before, after, push);
    if (before.multipath, before.distances) != (after.multipath, after.distances) {
        push(What::Settings, Value::Nothing, Value::Nothing);
    }
}

fn sites(before: &Plan, after: &Plan, push: &mut impl FnMut(What, Value, Value)) {
    for site in &after.sites {
        let Some(old) = find(&before.sites, &site.id, |own| &own.id) else { continue };
        let (was, is) = (addresses(&old.inside), addresses(&site.inside));
        if was != is {
            let (lost, won) = (was.difference(&is), is.difference(&was));
            push(What::Inside(site.id.clone()), Value::texts(lost.nets()), Value::texts(won.nets()));
        }
        let both = |exit: &Id| {
            let has = |plan: &Plan| plan.exits.iter().any(|own| own.id == *exit);
            has(before) && has(after)
        };
        let costs = |site: &Site| -> BTreeMap<Id, u32> {
            site.costs.iter().filter(|(exit, _)| both(exit)).map(|(exit, cost)| (exit.clone(), *cost)).collect()
        };
        if costs(old) != costs(site) {
            push(What::Costs(site.id.clone()), Value::Nothing, Value::Nothing);
        }
    }
}

/// The names of those fields that differ.
fn differing<const N: usize>(fields: [(&str, bool); N]) -> Vec<&str> {
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

fn circuits(before: &Plan, after: &Plan, plans: &Plans, push: &mut impl FnMut(What, Value, Value)) {
    for circuit in &after.circuits {
        let Some(old) = find(&before.circuits, &circuit.id, |own| &own.id) else { continue };
        let fields = differing([
            ("sku", old.sku != circuit.sku),
            ("bandwidth", old.bandwidth != circuit.bandwidth),
            ("local_regions", old.local_regions != circuit.local_regions),
            ("microsoft_365_authorised", old.microsoft_365_authorised != circuit.microsoft_365_authorised),
        ]);
        if !fields.is_empty() {
            push(What::Circuit(circuit.id.clone()), Value::Nothing, Value::texts(fields));
        }
    }
    for (circuit, peering) in peerings(after) {
        let (id, kind) = (&circuit.id, peering.kind);
        let old = peering_of(before, id, kind);
        if let Some(old) = old {
            let subnets = (&old.primary_subnets, &old.secondary_subnets)
                != (&peering.primary_subnets, &peering.secondary_subnets);
            let fields = differing([
                ("return_model", old.return_model != peering.return_model),
                ("customer_asn", old.customer_asn != peering.customer_asn),
                ("subnets", subnets),
            ]);
            if !fields.is_empty() {
                push(What::Peering(id.clone(), kind), Value::Nothing, Value::texts(fields));
            }
        }
        if let Some(lines) = plans.admitted.get(&(id.clone(), kind)) {
            if !lines.added.is_empty() || !lines.other.is_empty() {
                let nets = lines.added.nets.iter().chain(&lines.other.nets);
                push(What::Admit(id.clone(), kind), Value::Nothing, Value::texts(nets));
            }
            if !lines.removed.is_empty() {
                push(What::Unadmit(id.clone(), kind), Value::texts(&lines.removed.nets), Value::Nothing);
            }
        }
        let filter = |peering: Option<&Peering>| peering.and_then(|own| own.route_filter.clone());
        let (was, is) = (filter(old), filter(Some(peering)));
        let only = |these: &Option<Vec<Community>>, others: &Option<Vec<Community>>| -> Vec<Community> {
            let others = others.as_deref().unwrap_or_default();
            these.iter().flatten().filter(|one| !others.contains(one)).copied().collect()
        };
        let (come, lost) = (only(&is, &was), only(&was, &is));
        if !come.is_empty() || was.is_none() && is.is_some() {
            // Attached anew where nothing was before.
            let attached = was.map_or(Value::Nothing, Value::texts);
            push(What::Filter(id.clone(), kind), attached, Value::texts(come));
        }
        if !lost.is_empty() || old.is_some_and(|old| old.route_filter.is_some()) && is.is_none() {
            push(What::Unfilter(id.clone(), kind), Value::texts(lost), is.map_or(Value::Nothing, Value::texts));
        }
    }
}

fn exits(before: &Plan, after: &Plan, plans: &Plans, push: &mut impl FnMut(What, Value, Value)) {
    for exit in &after.exits {
        let id = &exit.id;
        if let Some(lines) = plans.advertised.get(id) {
            if !lines.added.is_empty() {
                push(What::Advertise(id.clone()), Value::Nothing, Value::texts(&lines.added.nets));
            }
            if !lines.other.is_empty() || !lines.other_before.is_empty() {
                push(What::Readvertise(id.clone()), Value::Nothing, Value::texts(&lines.other.nets));
            }
            if !lines.removed.is_empty() {
                push(What::Withdraw(id.clone()), Value::texts(&lines.removed.nets), Value::Nothing);
            }
        }
        match find(&before.exits, id, |own| &own.id) {
            None => push(What::LinkUp(id.clone()), Value::Nothing, Value::Nothing),
            Some(old) => changed_exit(old, exit, plans, push),
        }
    }
    for exit in gone(&before.exits, &after.exits, |exit| &exit.id) {
        if let Some(lines) = plans.advertised.get(&exit.id).filter(|lines| !lines.removed.is_empty()) {
            push(What::Withdraw(exit.id.clone()), Value::texts(&lines.removed.nets), Value::Nothing);
        }
        push(What::LinkDown(exit.id.clone()), Value::Nothing, Value::Nothing);
    }
}

fn changed_exit(old: &Exit, exit: &Exit, plans: &Plans, push: &mut impl FnMut(What, Value, Value)) {
    let id = &exit.id;
    let fields = differing([("site", old.site != exit.site), ("link", old.link != exit.link)]);
    if fields == ["link"] {
        let link = |exit: &Exit| match &exit.link {
            Link::Internet(_) => Value::Link(None),
            Link::ExpressRoute(link) => Value::Link(Some((link.circuit.clone(), link.peering, link.side))),
        };
        push(What::Path(id.clone()), link(old), link(exit));
    } else if !fields.is_empty() {
        push(What::Path(id.clone()), Value::Nothing, Value::texts(fields));
    } else if old.path != exit.path {
        let devices = |exit: &Exit| Value::Devices(exit.path.iter().map(|own| own.device.clone()).collect());
        push(What::Path(id.clone()), devices(old), devices(exit));
    }
    if old.detection != exit.detection {
        push(What::Detection(id.clone()), Value::Nothing, Value::Nothing);
    }
    if (&old.learned, &old.learned_from) != (&exit.learned, &exit.learned_from) {
        push(What::Learned(id.clone()), Value::Nothing, Value::Nothing);
    }
    if old.local_preference != exit.local_preference {
        let (was, is) = (Value::number(old.local_preference), Value::number(exit.local_preference));
        push(What::Preference(id.clone()), was, is);
    }
    let Some((incoming, outgoing)) = plans.policies.get(id) else { return };
    let told = |all: &[Policy], index: Option<usize>| {
        index.and_then(|index| all.get(index)).map_or(Value::Nothing, policy_told)
    };
    for slot in incoming.iter().filter(|slot| !slot.same) {
        push(policy_in(id, slot), told(&old.policy_in, slot.before), told(&exit.policy_in, slot.after));
    }
    for slot in outgoing.iter().filter(|slot| !slot.same) {
        push(policy_out(id, slot), told(&old.policy_out, slot.before), told(&exit.policy_out, slot.after));
    }
}

/// Sources that routes are taken from, services that rules name, published services, blocks of providers.
fn lists(before: &Plan, after: &Plan, push: &mut impl FnMut(What, Value, Value)) {
    let exits = || before.exits.iter().chain(&after.exits);
    for source in &after.sources {
        let Some(old) = find(&before.sources, &source.id, |own| &own.id) else { continue };
        let differs = (&old.text, &old.format, old.stage) != (&source.text, &source.format, source.stage);
        let learned = exits().any(|exit| exit.learned_from.iter().any(|own| own.source == source.id));
        if differs && learned {
            push(What::Source(source.id.clone()), Value::Nothing, Value::Nothing);
        }
    }
    let rules = || before.devices.iter().chain(&after.devices).flat_map(|device| &device.rules);
    for service in &after.services {
        let Some(old) = find(&before.services, &service.id, |own| &own.id) else { continue };
        let differs =
            (&old.destinations, &old.destinations_from) != (&service.destinations, &service.destinations_from);
        if differs && rules().any(|rule| rule.services.contains(&service.id)) {
            push(What::Service(service.id.clone()), Value::Nothing, Value::Nothing);
        }
    }
    for published in &after.published {
        let old = find(&before.published, &published.id, |own| &own.id);
        let same = old.is_some_and(|old| {
            (&old.site, &old.published, &old.inside, &old.entries)
                == (&published.site, &published.published, &published.inside, &published.entries)
        });
        if !same {
            let was = old.map_or(Value::Nothing, |old| Value::texts(old.entries.iter().map(|own| &own.exit)));
            let is = Value::texts(published.entries.iter().map(|own| &own.exit));
            push(What::Published(published.id.clone()), was, is);
        }
    }
    for published in gone(&before.published, &after.published, |own| &own.id) {
        let was = Value::texts(published.entries.iter().map(|own| &own.exit));
        push(What::Published(published.id.clone()), was, Value::Nothing);
    }
    for block in &after.provider_covered {
        let old = find(&before.provider_covered, &block.id, |own| &own.id);
        let same = old.is_some_and(|old| (&old.prefixes, &old.exits) == (&block.prefixes, &block.exits));
        if !same {
            let was = old.map_or(Value::Nothing, |old| Value::texts(addresses(&old.prefixes).nets()));
            push(What::Provider(block.id.clone()), was, Value::texts(addresses(&block.prefixes).nets()));
        }
    }
    for block in gone(&before.provider_covered, &after.provider_covered, |own| &own.id) {
        let was = Value::texts(addresses(&block.prefixes).nets());
        push(What::Provider(block.id.clone()), was, Value::Nothing);
    }
}

fn rule_told(rule: &TranslationRule) -> Value {
    let some = !rule.sources.is_empty() || !rule.destinations.is_empty() || !rule.services.is_empty();
    Value::Rule { exits: rule.exits.clone(), some, pool: rule.pool.clone() }
}

fn policy_told(policy: &Policy) -> Value {
    let does = match &policy.action {
        Action::Deny => Does::Deny,
        Action::Accept(set) => {
            let (local_preference, weight, prepend) = (set.local_preference, set.weight, set.prepend);
            Does::Accept { local_preference, weight, prepend }
        }
    };
    let (sites, communities) = (policy.sites.clone(), policy.communities.clone());
    Value::Policy { sites, communities, some: !policy.prefixes.is_empty(), does }
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
