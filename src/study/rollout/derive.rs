//! What has to change from one plan to another, kind by kind, each with what it was and what it becomes.

use super::lines::{Lines, addresses};
use super::plans::{Plans, find, gone, peering_of, peerings, policy_in, policy_out, rule};
use super::step::{Does, Field, Value, What};
use crate::intake::{self, Format};
use crate::plan::{
    Action, Circuit, Community, Crossing, Entry, Exit, ExpressRouteLink, Id, InternetLink, Link, Peering,
    PeeringKind, Plan, Policy, PublishedService, ReturnModel, Side, Site, Sku, Text, TranslationRule,
};
use std::collections::BTreeMap;
use std::fmt::Display;

/// Everything in which two plans differ, kind by kind.
pub(super) fn derive(before: &Plan, after: &Plan, plans: &Plans, push: &mut impl FnMut(What, Value, Value)) {
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
    let mut fields = Fields::default();
    fields.add("multipath", Some(before.multipath), Some(after.multipath));
    let (was, is) = (before.distances, after.distances);
    fields.add("ebgp", Some(was.ebgp), Some(is.ebgp));
    fields.add("ibgp", Some(was.ibgp), Some(is.ibgp));
    fields.add("static", Some(was.static_), Some(is.static_));
    fields.add("igp", Some(was.igp), Some(is.igp));
    fields.push(What::Settings, push);
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
        let (was, is) = (costs(old), costs(site));
        let mut fields = Fields::default();
        for exit in was.keys().chain(is.keys().filter(|exit| !was.contains_key(*exit))) {
            fields.add_of("cost", Some(exit), was.get(exit), is.get(exit));
        }
        fields.push(What::Costs(site.id.clone()), push);
    }
}

/// Fields that may differ: name, the other part that it is about, the value before and after.
#[derive(Default)]
struct Fields(Vec<(Field, Field)>);

impl Fields {
    fn add<T: Display>(&mut self, name: &str, before: Option<T>, after: Option<T>) {
        self.add_of(name, None, before, after);
    }

    fn add_of<T: Display>(&mut self, name: &str, of: Option<&Id>, before: Option<T>, after: Option<T>) {
        let field = |value: Option<T>| Field {
            name: name.to_owned(),
            of: of.cloned(),
            value: value.map(|value| value.to_string()),
        };
        let (before, after) = (field(before), field(after));
        if before != after {
            self.0.push((before, after));
        }
    }

    /// Tells them, where any differs.
    fn push(self, what: What, push: &mut impl FnMut(What, Value, Value)) {
        if !self.0.is_empty() {
            let (before, after) = self.0.into_iter().unzip();
            push(what, Value::Fields(before), Value::Fields(after));
        }
    }
}

fn circuits(before: &Plan, after: &Plan, plans: &Plans, push: &mut impl FnMut(What, Value, Value)) {
    for circuit in &after.circuits {
        let Some(old) = find(&before.circuits, &circuit.id, |own| &own.id) else { continue };
        let regions = |circuit: &Circuit| {
            let all: Vec<String> = circuit.local_regions.iter().map(ToString::to_string).collect();
            (!all.is_empty()).then(|| all.join(", "))
        };
        let mut fields = Fields::default();
        fields.add("sku", Some(sku(old.sku)), Some(sku(circuit.sku)));
        fields.add("bandwidth", old.bandwidth, circuit.bandwidth);
        fields.add("local_regions", regions(old), regions(circuit));
        let authorised = |circuit: &Circuit| Some(circuit.microsoft_365_authorised);
        fields.add("microsoft_365_authorised", authorised(old), authorised(circuit));
        fields.push(What::Circuit(circuit.id.clone()), push);
    }
    for (circuit, peering) in peerings(after) {
        let (id, kind) = (&circuit.id, peering.kind);
        let old = peering_of(before, id, kind);
        if let Some(old) = old {
            let model = |peering: &Peering| {
                Some(match peering.return_model {
                    ReturnModel::LongestPrefix => "longest_prefix",
                    ReturnModel::Sticky => "sticky",
                })
            };
            let mut fields = Fields::default();
            fields.add("return_model", model(old), model(peering));
            fields.add("customer_asn", old.customer_asn, peering.customer_asn);
            fields.add("primary_subnets", inline(&old.primary_subnets), inline(&peering.primary_subnets));
            fields.add("secondary_subnets", inline(&old.secondary_subnets), inline(&peering.secondary_subnets));
            fields.push(What::Peering(id.clone(), kind), push);
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
    let mut fields = Fields::default();
    fields.add("site", Some(&old.site), Some(&exit.site));
    link(&old.link, &exit.link, &mut fields);
    let devices = |exit: &Exit| -> Vec<Id> { exit.path.iter().map(|own| own.device.clone()).collect() };
    let (was, is) = (devices(old), devices(exit));
    if fields.0.is_empty() && was != is {
        push(What::Path(id.clone()), Value::Devices(was), Value::Devices(is));
    } else {
        if was != is {
            // Told beside what else changes of the link, for it is one step.
            let named = |ids: &[Id]| ids.iter().map(Id::as_str).collect::<Vec<_>>().join(" ");
            fields.add("path", Some(named(&was)), Some(named(&is)));
        } else {
            for (own, new) in old.path.iter().zip(&exit.path) {
                let zone = |crossing: &Crossing| Some(crossing.zone.clone()).filter(|zone| !zone.is_empty());
                fields.add_of("zone", Some(&own.device), zone(own), zone(new));
            }
        }
        fields.push(What::Path(id.clone()), push);
    }
    let bfd = |exit: &Exit| {
        exit.detection.bfd.as_ref().map(|bfd| format!("{} ms × {}", bfd.interval_milliseconds, bfd.multiplier))
    };
    let hold = |exit: &Exit| Some(exit.detection.hold_time_seconds);
    let mut fields = Fields::default();
    fields.add("hold_time_seconds", hold(old), hold(exit));
    fields.add("bfd", bfd(old), bfd(exit));
    fields.push(What::Detection(id.clone()), push);
    if (&old.learned, &old.learned_from) != (&exit.learned, &exit.learned_from) {
        let (was, is) = learned(old, exit);
        push(What::Learned(id.clone()), was, is);
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

/// What differs of two links.
fn link(old: &Link, new: &Link, fields: &mut Fields) {
    let kind = |link: &Link| {
        Some(match link {
            Link::Internet(_) => "internet",
            Link::ExpressRoute(_) => "express_route",
        })
    };
    let express = |link: &Link| match link {
        Link::ExpressRoute(link) => Some(link.clone()),
        Link::Internet(_) => None,
    };
    let internet = |link: &Link| match link {
        Link::Internet(link) => Some(link.clone()),
        Link::ExpressRoute(_) => None,
    };
    fields.add("link", kind(old), kind(new));
    let (was, is) = (express(old), express(new));
    let circuit = |link: &Option<ExpressRouteLink>| link.as_ref().map(|link| link.circuit.clone());
    fields.add("circuit", circuit(&was), circuit(&is));
    let peering = |link: &Option<ExpressRouteLink>| {
        link.as_ref().map(|link| match link.peering {
            PeeringKind::Microsoft => "microsoft",
            PeeringKind::LegacyPublic => "legacy_public",
            PeeringKind::Private => "private",
        })
    };
    fields.add("peering", peering(&was), peering(&is));
    let side = |link: &Option<ExpressRouteLink>| {
        link.as_ref().map(|link| match link.side {
            Side::Primary => "primary",
            Side::Secondary => "secondary",
        })
    };
    fields.add("side", side(&was), side(&is));
    let (was, is) = (internet(old), internet(new));
    let asn = |link: &Option<InternetLink>| link.as_ref().and_then(|link| link.provider_asn);
    fields.add("provider_asn", asn(&was), asn(&is));
    let bandwidth = |link: &Option<InternetLink>| link.as_ref().and_then(|link| link.bandwidth);
    fields.add("bandwidth", bandwidth(&was), bandwidth(&is));
}

fn sku(sku: Sku) -> &'static str {
    match sku {
        Sku::Local => "local",
        Sku::Standard => "standard",
        Sku::Premium => "premium",
    }
}

/// Longer lists of learned routes aren't compared line by line here: the difference of the plans tells them.
const SHORT: usize = 16_384;

/// The prefixes that go and come with another list of learned routes, where it is short and typed.
fn learned(old: &Exit, new: &Exit) -> (Value, Value) {
    let plain = |exit: &Exit| {
        exit.learned.len() <= SHORT && intake::read(exit.learned.as_str(), None).format == Format::Plain
    };
    if old.learned_from != new.learned_from || !plain(old) || !plain(new) {
        return (Value::Nothing, Value::Nothing);
    }
    let lines = Lines::new(&old.learned, &new.learned);
    let told = |nets: &[ipnet::IpNet]| if nets.is_empty() { Value::Nothing } else { Value::texts(nets) };
    (told(&lines.removed.nets), told(&lines.added.nets))
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
        match old {
            _ if same => {}
            Some(old) => changed_published(old, published).push(What::Published(published.id.clone()), push),
            None => {
                let is = Value::texts(published.entries.iter().map(|own| &own.exit));
                push(What::Published(published.id.clone()), Value::Nothing, is);
            }
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

/// So many sources and destinations of a rule are told: more than its words name, so that they can say so.
const MAX_LINES: usize = 5;

/// What differs of a published service.
fn changed_published(old: &PublishedService, new: &PublishedService) -> Fields {
    let mut fields = Fields::default();
    fields.add("site", Some(&old.site), Some(&new.site));
    fields.add("published", inline(&old.published), inline(&new.published));
    fields.add("inside", inline(&old.inside), inline(&new.inside));
    let of = |service: &PublishedService, exit: &Id| service.entries.iter().find(|own| own.exit == *exit).cloned();
    let mut exits: Vec<&Id> = Vec::new();
    for entry in old.entries.iter().chain(&new.entries) {
        if !exits.contains(&&entry.exit) {
            exits.push(&entry.exit);
        }
    }
    for exit in exits {
        let (was, is) = (of(old, exit), of(new, exit));
        let device = |entry: &Option<Entry>| entry.as_ref().map(|entry| entry.device.clone());
        fields.add_of("device", Some(exit), device(&was), device(&is));
        let pool = |entry: &Option<Entry>| entry.as_ref().and_then(|entry| entry.source_pool.clone());
        fields.add_of("source_pool", Some(exit), pool(&was), pool(&is));
    }
    if fields.0.is_empty() {
        // The order of its ways in, or how its lists are written.
        fields.add("entries", None, Some(new.entries.len()));
    }
    fields
}

/// A short list in a line.
fn inline(text: &Text) -> Option<String> {
    let all: Vec<&str> = text.as_str().split_whitespace().collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn rule_told(rule: &TranslationRule) -> Value {
    let some = !rule.sources.is_empty() || !rule.destinations.is_empty() || !rule.services.is_empty();
    let first = |text: &Text| -> Vec<String> {
        let lines = text.as_str().lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.take(MAX_LINES).map(str::to_owned).collect()
    };
    Value::Rule {
        exits: rule.exits.clone(),
        some,
        sources: first(&rule.sources),
        destinations: first(&rule.destinations),
        services: rule.services.clone(),
        pool: rule.pool.clone(),
    }
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
