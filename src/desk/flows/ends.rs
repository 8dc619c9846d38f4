//! Whose an address is: of a site, a pool, a published service, a service outside.

use crate::intake::Reading;
use crate::plan::{Ends as FlowEnds, Id, ListId, Plan};
use crate::routing::{Lists, choose};
use crate::space::{AddressSet, SpacePartition};
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// Nobody's.
const NONE: u32 = u32::MAX;

/// Whose every address is in a plan.
pub struct Ends {
    /// The sites, in the plan's order.
    pub(super) sites: Vec<Id>,
    /// The services.
    pub(super) services: Vec<Id>,
    /// The published services, and the index of the site of each, where it has one.
    pub(super) published: Vec<(Id, Option<u32>)>,
    ours: SpacePartition<Ours>,
    service: Named,
    published_at: Named,
    /// Rows of some sources of a site, by site and service: the row's index in the catalogue.
    pub(super) some_sources: BTreeMap<(u32, u32), Vec<(u32, AddressSet)>>,
    /// Published services and the services for which there is a row of what comes from there.
    pub(super) from: BTreeSet<(u32, u32)>,
}

/// Which of ours an address is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Ours {
    /// None.
    No,
    /// Inside of a site, by its index, or a pool's that only this site uses.
    Site(u32),
    /// A pool's that several sites use.
    Pool,
}

/// Parts by their addresses, the longest prefix first; of several with the same prefix the one for the port.
struct Named {
    /// The index of a group for every address.
    at: SpacePartition<u32>,
    groups: Vec<Vec<u32>>,
    /// The ports of each part.
    ports: Vec<String>,
}

impl Named {
    fn new(parts: Vec<(Vec<IpNet>, String)>) -> Self {
        let mut by_net: BTreeMap<IpNet, Vec<u32>> = BTreeMap::new();
        let mut ports = Vec::with_capacity(parts.len());
        for (index, (nets, own)) in parts.into_iter().enumerate() {
            let index = u32::try_from(index).unwrap_or(NONE);
            for net in nets {
                let group = by_net.entry(net).or_default();
                if group.last() != Some(&index) {
                    group.push(index);
                }
            }
            ports.push(own);
        }
        let mut known: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let mut nets = Vec::with_capacity(by_net.len());
        for (net, group) in by_net {
            let next = known.len() as u32;
            nets.push((net, *known.entry(group).or_insert(next)));
        }
        let mut groups = vec![Vec::new(); known.len()];
        for (group, index) in known {
            if let Some(place) = groups.get_mut(index as usize) {
                *place = group;
            }
        }
        let at = SpacePartition::from_nets(NONE, nets);
        at.v4.build_index();
        at.v6.build_index();
        Self { at, groups, ports }
    }

    fn of(&self, address: IpAddr, port: u16) -> Option<u32> {
        let group = self.groups.get(self.at.lookup(address) as usize)?;
        match group.as_slice() {
            [one] => Some(*one),
            several => {
                let has_port =
                    |index: &&u32| self.ports.get(**index as usize).is_some_and(|text| names(text, port));
                several.iter().find(has_port).or(several.first()).copied()
            }
        }
    }
}

/// Whether a text like `tcp 80,443` names a port.
fn names(text: &str, port: u16) -> bool {
    text.split(|letter: char| !letter.is_ascii_digit()).any(|word| word.parse() == Ok(port))
}

impl Ends {
    pub(super) fn new(plan: &Plan, lists: &Lists) -> Self {
        let sites: Vec<Id> = plan.sites.iter().map(|site| site.id.clone()).collect();
        let site_at = |id: &Id| sites.iter().position(|site| site == id).map(|at| at as u32);
        let nets = |list: ListId| lists.get(&list).map(all_nets).unwrap_or_default();
        let service = |service: &crate::plan::Service| {
            let mut all = nets(ListId::Destinations(service.id.clone()));
            for chosen in service.destinations_from.iter().filter_map(|reference| choose(lists, reference)) {
                let v4 =
                    chosen.ranges.v4.iter().filter_map(|range| chosen.reading.v4.get(range.clone())).flatten();
                all.extend(v4.map(|entry| IpNet::from(entry.prefix)));
                let v6 =
                    chosen.ranges.v6.iter().filter_map(|range| chosen.reading.v6.get(range.clone())).flatten();
                all.extend(v6.map(|entry| IpNet::from(entry.prefix)));
            }
            (all, service.ports.clone())
        };
        let published = |published: &crate::plan::PublishedService| {
            let mut all = nets(ListId::Published(published.id.clone()));
            all.extend(nets(ListId::PublishedInside(published.id.clone())));
            (all, published.ports.clone())
        };
        // Of equal prefixes a site's comes before a pool's, an earlier site's before a later one's.
        let mut ours: BTreeMap<IpNet, Ours> = BTreeMap::new();
        for (index, site) in plan.sites.iter().enumerate() {
            for net in nets(ListId::Inside(site.id.clone())) {
                ours.entry(net).or_insert(Ours::Site(index as u32));
            }
        }
        for pool in &plan.pools {
            let users = users(plan, &pool.id, &site_at);
            let whose = match users.iter().collect::<Vec<_>>().as_slice() {
                [site] => Ours::Site(**site),
                _ if sites.len() == 1 => Ours::Site(0),
                _ => Ours::Pool,
            };
            for net in nets(ListId::Pool(pool.id.clone())) {
                ours.entry(net).or_insert(whose);
            }
        }
        for published in &plan.published {
            let whose = site_at(&published.site).map_or(Ours::Pool, Ours::Site);
            for net in nets(ListId::Published(published.id.clone())) {
                ours.entry(net).or_insert(whose);
            }
        }
        let ours = SpacePartition::from_nets(Ours::No, ours);
        ours.v4.build_index();
        ours.v6.build_index();
        let services: Vec<Id> = plan.services.iter().map(|service| service.id.clone()).collect();
        let known: Vec<(Id, Option<u32>)> =
            plan.published.iter().map(|published| (published.id.clone(), site_at(&published.site))).collect();
        let service_at = |id: &Id| services.iter().position(|service| service == id).map(|at| at as u32);
        let mut some_sources: BTreeMap<(u32, u32), Vec<(u32, AddressSet)>> = BTreeMap::new();
        let mut from = BTreeSet::new();
        for (index, flow) in plan.flows.iter().enumerate() {
            match &flow.ends {
                FlowEnds::Outbound(outbound) if !outbound.sources.is_empty() => {
                    let service = outbound.service.as_ref().and_then(service_at);
                    if let (Some(site), Some(service)) = (site_at(&outbound.site), service) {
                        let sources = AddressSet::from_nets(nets(ListId::FlowSources(flow.id.clone())));
                        some_sources.entry((site, service)).or_default().push((index as u32, sources));
                    }
                }
                FlowEnds::Inbound(inbound) => {
                    let published = known.iter().position(|(id, _)| *id == inbound.published);
                    if let (Some(published), Some(service)) =
                        (published, inbound.from.as_ref().and_then(service_at))
                    {
                        from.insert((published as u32, service));
                    }
                }
                FlowEnds::Outbound(_) => {}
            }
        }
        Self {
            ours,
            service: Named::new(plan.services.iter().map(service).collect()),
            published_at: Named::new(plan.published.iter().map(published).collect()),
            sites,
            services,
            published: known,
            some_sources,
            from,
        }
    }

    pub(super) fn ours(&self, address: IpAddr) -> Ours {
        self.ours.lookup(address)
    }

    /// The service that an address outside belongs to, at this port of it.
    pub(super) fn service(&self, address: IpAddr, port: u16) -> Option<u32> {
        self.service.of(address, port)
    }

    /// The published service that has an address of ours, at this port of it.
    pub(super) fn published(&self, address: IpAddr, port: u16) -> Option<u32> {
        self.published_at.of(address, port)
    }
}

/// The sites of the exits by whose rules sources are translated to a pool.
fn users(plan: &Plan, pool: &Id, site_at: &impl Fn(&Id) -> Option<u32>) -> BTreeSet<u32> {
    let mut users = BTreeSet::new();
    for device in &plan.devices {
        for rule in device.rules.iter().filter(|rule| rule.pool.as_ref() == Some(pool)) {
            let crosses = |exit: &&crate::plan::Exit| {
                exit.path.iter().any(|crossing| crossing.device == device.id)
                    && (rule.exits.is_empty() || rule.exits.contains(&exit.id))
            };
            users.extend(plan.exits.iter().filter(crosses).filter_map(|exit| site_at(&exit.site)));
        }
    }
    users
}

fn all_nets(reading: &Reading) -> Vec<IpNet> {
    let v4 = reading.v4.iter().map(|entry| IpNet::from(entry.prefix));
    v4.chain(reading.v6.iter().map(|entry| IpNet::from(entry.prefix))).collect()
}
