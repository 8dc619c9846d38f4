//! Many rows of the catalogue at once: services times sites, and what the outside begins with our own servers.
//!
//! [`offers`] says what rows may be added for, [`rows`] which rows that would be and which of them are there already,
//! [`add`] does it. The same asked twice changes nothing the second time.

use super::parts;
use crate::intake::{Format, Reading};
use crate::pace::at_once;
use crate::plan::{Ends, Flow, Id, Inbound, ListId, Outbound, PartKind, Plan, Reference, Service};
use crate::report::words::catalogue as words;
use crate::routing::Readings;
use std::collections::{BTreeMap, BTreeSet};

/// A named set of a source in the plan: an endpoint set of Microsoft 365.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct EndpointSet {
    /// The source.
    pub source: Id,
    /// The set's name there, e.g. `Exchange 1 (Optimize)`.
    pub name: String,
    /// Whether Microsoft offers it over ExpressRoute, where the list says so.
    pub express_route: Option<bool>,
    /// Ports, as text.
    pub ports: String,
}

/// The endpoint sets of a source that has them, those without an address left out: a row for them would be empty.
pub fn endpoint_sets(source: &Id, reading: &Reading) -> Vec<EndpointSet> {
    if reading.format != Format::Microsoft365 {
        return Vec::new();
    }
    let has_addresses = |set: &&crate::intake::NamedSet| set.v4.len() + set.v6.len() > 0 && !set.name.is_empty();
    let set = |set: &crate::intake::NamedSet| EndpointSet {
        source: source.clone(),
        name: set.name.clone(),
        express_route: set.details.express_route,
        ports: set.details.ports.clone(),
    };
    reading.sets.iter().filter(has_addresses).map(set).collect()
}

/// The endpoint sets of all sources of a plan, read at once.
pub fn all_endpoint_sets(plan: &Plan) -> Vec<EndpointSet> {
    let readings = Readings::default();
    let lists = at_once(|pace| async move { readings.read(plan, &pace).await });
    let of = |source: &crate::plan::Source| {
        let reading = lists.get(&ListId::Source(source.id.clone()));
        reading.map(|reading| endpoint_sets(&source.id, reading)).unwrap_or_default()
    };
    plan.sources.iter().flat_map(of).collect()
}

/// What rows that we begin may go to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum To {
    /// A service of the plan.
    Service(Id),
    /// An endpoint set that is no service yet: it becomes one.
    Set(EndpointSet),
}

/// Something that rows may go to, with what is known of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// Which.
    pub to: To,
    /// What people call it.
    pub name: String,
    /// Whether it is Microsoft's.
    pub microsoft: bool,
    /// Whether Microsoft offers it over ExpressRoute, where that is known.
    pub express_route: Option<bool>,
}

/// Everything that rows may go to: the services of the plan in its order, then endpoint sets that are none yet.
pub fn offers(plan: &Plan, sets: &[EndpointSet]) -> Vec<Offer> {
    let service = |service: &Service| Offer {
        to: To::Service(service.id.clone()),
        name: parts::shown(&service.id, &service.name),
        microsoft: service.microsoft,
        express_route: service.express_route,
    };
    let set = |set: &EndpointSet| Offer {
        to: To::Set(set.clone()),
        name: set.name.clone(),
        microsoft: true,
        express_route: set.express_route,
    };
    let new = sets.iter().filter(|set| service_of(plan, set).is_none());
    plan.services.iter().map(service).chain(new.map(set)).collect()
}

/// Some of the offers, as people name them together.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Which {
    /// What is known to be offered over ExpressRoute.
    ExpressRoute,
    /// What is Microsoft's.
    Microsoft,
    /// All.
    All,
}

impl Which {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::ExpressRoute, Self::Microsoft, Self::All];

    /// Its name, as `--sets` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ExpressRoute => "expressroute",
            Self::Microsoft => "microsoft",
            Self::All => "all",
        }
    }

    /// Whether an offer is among them.
    pub fn takes(self, offer: &Offer) -> bool {
        match self {
            Self::ExpressRoute => offer.express_route == Some(true),
            Self::Microsoft => offer.microsoft,
            Self::All => true,
        }
    }
}

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ask {
    /// Where rows that we begin go to.
    pub to: BTreeSet<To>,
    /// The sites they set out from.
    pub sites: BTreeSet<Id>,
    /// The published services that the outside begins with.
    pub published: BTreeSet<Id>,
}

/// A row that is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// What it is called.
    pub name: String,
    /// The row that is it already.
    pub there: Option<Id>,
    from: From,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum From {
    Site(Id, To),
    Outside(Id),
}

/// The published services of a plan for which no row says what the outside begins.
pub fn without_row(plan: &Plan) -> Vec<Id> {
    let mut known = BTreeSet::new();
    for flow in &plan.flows {
        if let Ends::Inbound(inbound) = &flow.ends {
            known.insert(&inbound.published);
        }
    }
    plan.published.iter().map(|published| &published.id).filter(|id| !known.contains(id)).cloned().collect()
}

/// The rows that are asked for: site by site, what it reaches in the order of the offers; then published services.
///
/// A row is there already where a flow of the whole site to that service is, for a row of some sources says nothing of
/// the rest; a published service has its row as soon as one says where from.
pub fn rows(plan: &Plan, sets: &[EndpointSet], ask: &Ask) -> Vec<Asked> {
    let offers = offers(plan, sets);
    let offers: Vec<&Offer> = offers.iter().filter(|offer| ask.to.contains(&offer.to)).collect();
    let mut outbound = BTreeMap::new();
    let mut known = BTreeMap::new();
    for flow in &plan.flows {
        match &flow.ends {
            Ends::Outbound(ends) if ends.sources.is_empty() => {
                if let Some(service) = &ends.service {
                    outbound.entry((&ends.site, service)).or_insert(&flow.id);
                }
            }
            Ends::Inbound(ends) => {
                known.entry(&ends.published).or_insert(&flow.id);
            }
            Ends::Outbound(_) => {}
        }
    }
    let mut rows = Vec::new();
    for site in plan.sites.iter().filter(|site| ask.sites.contains(&site.id)) {
        let from = parts::shown(&site.id, &site.name);
        for offer in &offers {
            let there = match &offer.to {
                To::Service(service) => outbound.get(&(&site.id, service)).copied().cloned(),
                To::Set(_) => None,
            };
            let name = words::outbound_row(&from, Some(&offer.name));
            rows.push(Asked { name, there, from: From::Site(site.id.clone(), offer.to.clone()) });
        }
    }
    for published in plan.published.iter().filter(|published| ask.published.contains(&published.id)) {
        let there = known.get(&published.id).copied().cloned();
        let name = words::inbound_row(&parts::shown(&published.id, &published.name), None);
        rows.push(Asked { name, there, from: From::Outside(published.id.clone()) });
    }
    rows
}

/// Adds the rows that aren't there, and the services of endpoint sets that need one; gives the new rows' identifiers.
///
/// Their ports are left to the service, so that they follow it. An identifier is made of the identifiers of what the row connects, so it doesn't depend on what else is added.
pub fn add(plan: &mut Plan, sets: &[EndpointSet], ask: &Ask) -> Vec<Id> {
    let asked = rows(plan, sets, ask);
    let mut taken: BTreeSet<Id> = plan.flows.iter().map(|flow| flow.id.clone()).collect();
    let mut added = Vec::new();
    for row in asked.into_iter().filter(|row| row.there.is_none()) {
        let (stem, ends) = match row.from {
            From::Site(site, to) => {
                let service = match to {
                    To::Service(service) => service,
                    To::Set(set) => serve(plan, &set),
                };
                let stem = format!("{site}-{service}");
                (stem, Ends::Outbound(Outbound { site, service: Some(service), ..Outbound::default() }))
            }
            From::Outside(published) => {
                (format!("{published}-inbound"), Ends::Inbound(Inbound { published, from: None }))
            }
        };
        let id = free(&taken, stem);
        taken.insert(id.clone());
        plan.flows.push(Flow { id: id.clone(), name: row.name, ends, ..Flow::default() });
        added.push(id);
    }
    added
}

fn free(taken: &BTreeSet<Id>, stem: String) -> Id {
    let mut id = Id::from(stem.as_str());
    let mut number = 2_u32;
    while taken.contains(&id) {
        id = format!("{stem}-{number}").into();
        number = number.saturating_add(1);
    }
    id
}

/// The service that is this endpoint set and nothing else.
fn service_of<'a>(plan: &'a Plan, set: &EndpointSet) -> Option<&'a Service> {
    plan.services.iter().find(|service| match service.destinations_from.as_slice() {
        [reference] if service.destinations.is_empty() => {
            reference.source == set.source && matches!(reference.sets.as_slice(), [name] if *name == set.name)
        }
        _ => false,
    })
}

/// The service of an endpoint set, added where there is none.
fn serve(plan: &mut Plan, set: &EndpointSet) -> Id {
    if let Some(service) = service_of(plan, set) {
        return service.id.clone();
    }
    let id = parts::fresh_id(plan, PartKind::Service, &set.name);
    plan.services.push(Service {
        id: id.clone(),
        name: set.name.clone(),
        destinations_from: vec![Reference { source: set.source.clone(), sets: vec![set.name.clone()] }],
        microsoft: true,
        express_route: set.express_route,
        ports: set.ports.clone(),
        ..Service::default()
    });
    id
}
