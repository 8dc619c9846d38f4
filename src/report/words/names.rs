//! What people call the parts of a plan.

use crate::plan::{Device, Id, Plan};
use std::collections::BTreeMap;

/// The names of a plan's parts by their identifiers.
///
/// Where a part has no name, is not in the plan, or shares its name with another of its kind, its identifier
/// stands for it.
#[derive(Clone, Debug, Default)]
pub struct Names<'a> {
    sites: Kind<'a>,
    circuits: Kind<'a>,
    exits: Kind<'a>,
    devices: Kind<'a>,
    pools: Kind<'a>,
    sources: Kind<'a>,
    services: Kind<'a>,
    published: Kind<'a>,
    flows: Kind<'a>,
    providers: Kind<'a>,
    rules: BTreeMap<&'a str, &'a Device>,
}

/// The names of one kind of part, by identifier; those that say nothing or not enough are left out.
type Kind<'a> = BTreeMap<&'a str, &'a str>;

fn kind<'a>(parts: impl Iterator<Item = (&'a Id, &'a String)>) -> Kind<'a> {
    let parts: Vec<(&str, &str)> = parts.map(|(id, name)| (id.as_str(), name.trim())).collect();
    let mut uses: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, name) in &parts {
        *uses.entry(name).or_default() += 1;
    }
    parts.into_iter().filter(|(_, name)| !name.is_empty() && uses.get(name) == Some(&1)).collect()
}

impl<'a> Names<'a> {
    /// The names in a plan.
    pub fn of(plan: &'a Plan) -> Self {
        Self {
            sites: kind(plan.sites.iter().map(|part| (&part.id, &part.name))),
            circuits: kind(plan.circuits.iter().map(|part| (&part.id, &part.name))),
            exits: kind(plan.exits.iter().map(|part| (&part.id, &part.name))),
            devices: kind(plan.devices.iter().map(|part| (&part.id, &part.name))),
            pools: kind(plan.pools.iter().map(|part| (&part.id, &part.name))),
            sources: kind(plan.sources.iter().map(|part| (&part.id, &part.name))),
            services: kind(plan.services.iter().map(|part| (&part.id, &part.name))),
            published: kind(plan.published.iter().map(|part| (&part.id, &part.name))),
            flows: kind(plan.flows.iter().map(|part| (&part.id, &part.name))),
            providers: kind(plan.provider_covered.iter().map(|part| (&part.id, &part.name))),
            rules: plan.devices.iter().map(|device| (device.id.as_str(), device)).collect(),
        }
    }

    /// The names in two plans: as the later calls its parts, and parts that only the earlier has as that calls them.
    pub fn of_both(before: &'a Plan, after: &'a Plan) -> Self {
        fn both<'a, T>(before: &'a [T], after: &'a [T], of: fn(&'a T) -> (&'a Id, &'a String)) -> Kind<'a> {
            let ids: std::collections::BTreeSet<&str> = after.iter().map(|part| of(part).0.as_str()).collect();
            let gone = before.iter().map(of).filter(|(id, _)| !ids.contains(id.as_str()));
            kind(after.iter().map(of).chain(gone))
        }
        let devices = before.devices.iter().chain(&after.devices);
        Self {
            sites: both(&before.sites, &after.sites, |part| (&part.id, &part.name)),
            circuits: both(&before.circuits, &after.circuits, |part| (&part.id, &part.name)),
            exits: both(&before.exits, &after.exits, |part| (&part.id, &part.name)),
            devices: both(&before.devices, &after.devices, |part| (&part.id, &part.name)),
            pools: both(&before.pools, &after.pools, |part| (&part.id, &part.name)),
            sources: both(&before.sources, &after.sources, |part| (&part.id, &part.name)),
            services: both(&before.services, &after.services, |part| (&part.id, &part.name)),
            published: both(&before.published, &after.published, |part| (&part.id, &part.name)),
            flows: both(&before.flows, &after.flows, |part| (&part.id, &part.name)),
            providers: both(&before.provider_covered, &after.provider_covered, |part| (&part.id, &part.name)),
            rules: devices.map(|device| (device.id.as_str(), device)).collect(),
        }
    }

    /// A site's name.
    pub fn site<'b>(&'b self, id: &'b Id) -> &'b str {
        find(&self.sites, id)
    }

    /// A circuit's name.
    pub fn circuit<'b>(&'b self, id: &'b Id) -> &'b str {
        find(&self.circuits, id)
    }

    /// An exit's name.
    pub fn exit<'b>(&'b self, id: &'b Id) -> &'b str {
        find(&self.exits, id)
    }

    /// A device's name.
    pub fn device<'b>(&'b self, id: &'b Id) -> &'b str {
        find(&self.devices, id)
    }

    /// A pool's name.
    pub fn pool<'b>(&'b self, id: &'b Id) -> &'b str {
        find(&self.pools, id)
    }

    /// A source's name.
    pub fn source<'b>(&'b self, id: &'b Id) -> &'b str {
        find(&self.sources, id)
    }

    /// A service's name.
    pub fn service<'b>(&'b self, id: &'b Id) -> &'b str {
        find(&self.services, id)
    }

    /// A published service's name.
    pub fn published<'b>(&'b self, id: &'b Id) -> &'b str {
        find(&self.published, id)
    }

    /// A flow's name.
    pub fn flow<'b>(&'b self, id: &'b Id) -> &'b str {
        find(&self.flows, id)
    }

    /// The name of a provider's block.
    pub fn provider<'b>(&'b self, id: &'b Id) -> &'b str {
        find(&self.providers, id)
    }

    /// A device's rule by its index from 0: `rule 2`, or `rule 2 “Backup”`.
    pub fn rule(&self, device: &Id, index: usize) -> String {
        let name = self
            .rules
            .get(device.as_str())
            .and_then(|device| device.rules.get(index))
            .map_or("", |rule| rule.name.trim());
        let number = index.saturating_add(1);
        if name.is_empty() { format!("rule {number}") } else { format!("rule {number} “{name}”") }
    }

    /// Exits by name: `A`, `A or B`.
    pub fn exits(&self, ids: &[Id], word: &str) -> String {
        let names: Vec<&str> = ids.iter().map(|id| self.exit(id)).collect();
        super::listing(&names, word)
    }

    /// Pools by name: `A`, `A or B`.
    pub fn pools(&self, ids: &[Id], word: &str) -> String {
        let names: Vec<&str> = ids.iter().map(|id| self.pool(id)).collect();
        super::listing(&names, word)
    }
}

fn find<'b>(kind: &'b Kind<'_>, id: &'b Id) -> &'b str {
    kind.get(id.as_str()).copied().unwrap_or(id.as_str())
}
