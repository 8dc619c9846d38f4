//! On which side of us every address lies: Microsoft's, or the rest of the Internet.

use super::lists::{choose, everything};
use super::network::{Network, set_of};
use super::sided::Sided;
use super::{ExitSet, FarSide};
use crate::plan::{Id, ListId};
use crate::space::{AddressSet, Dual, Set};

/// Microsoft's space, and how each part of it is known.
#[derive(Clone, Debug)]
pub struct Sides {
    /// All of it.
    pub microsoft: AddressSet,
    services: Vec<(Id, AddressSet)>,
    listed: AddressSet,
    /// The source that replaces the built-in list.
    own_list: Option<Id>,
}

/// How it is known on which side an address lies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Because {
    /// Learned over this ExpressRoute exit.
    Learned(usize),
    /// Listed by a service marked as Microsoft's.
    Service(Id),
    /// In the built-in list.
    BuiltIn,
    /// In the list that the plan brings.
    OwnList(Id),
    /// In none of them.
    NotListed,
}

/// Works out Microsoft's space: what is learned over ExpressRoute, services marked so, and the built-in list or the
/// one that replaces it. A default route says nothing of whose an address is.
pub(crate) fn sides(network: &Network, builtin: &AddressSet) -> Sides {
    let plan = &network.plan;
    let learned = Dual {
        v4: network.offered.v4.set_where(|exits| !exits.is_empty()),
        v6: network.offered.v6.set_where(|exits| !exits.is_empty()),
    };
    let services: Vec<(Id, AddressSet)> = plan
        .services
        .iter()
        .filter(|service| service.microsoft)
        .map(|service| (service.id.clone(), network.service_addresses(&service.id)))
        .collect();
    let own = plan.microsoft_space.as_ref().and_then(|reference| choose(&network.lists, reference));
    let own_list = own.is_some().then(|| plan.microsoft_space.as_ref().map(|r| r.source.clone())).flatten();
    let listed = match own {
        Some(chosen) => chosen.addresses(),
        None => builtin.clone(),
    };
    let marked = Dual {
        v4: Set::from_spans(services.iter().flat_map(|(_, set)| set.v4.spans().iter().copied())),
        v6: Set::from_spans(services.iter().flat_map(|(_, set)| set.v6.spans().iter().copied())),
    };
    let microsoft = learned.union(&listed).union(&marked);
    Sides { microsoft, services, listed, own_list }
}

impl Sides {
    /// The side of an address.
    pub fn of<A: Sided>(&self, address: A) -> FarSide {
        if A::set(&self.microsoft).contains(address) { FarSide::Microsoft } else { FarSide::Internet }
    }

    /// How the side of an address is known.
    pub fn because<A: Sided>(&self, network: &Network, address: A) -> Because {
        let exits: ExitSet = A::offered(network).lookup(address);
        if let Some(exit) = exits.iter().next() {
            return Because::Learned(exit);
        }
        if let Some((service, _)) = self.services.iter().find(|(_, set)| A::set(set).contains(address)) {
            return Because::Service(service.clone());
        }
        if A::set(&self.listed).contains(address) {
            return self.own_list.clone().map_or(Because::BuiltIn, Because::OwnList);
        }
        Because::NotListed
    }
}

impl Network {
    /// All addresses of a service: those typed at it and those from the plan's sources.
    pub fn service_addresses(&self, service: &Id) -> AddressSet {
        let typed = self.addresses(&ListId::Destinations(service.clone()));
        let Some(definition) = self.plan.services.iter().find(|s| s.id == *service) else { return typed };
        definition
            .destinations_from
            .iter()
            .filter_map(|reference| choose(&self.lists, reference))
            .fold(typed, |all, chosen| all.union(&chosen.addresses()))
    }
}

impl super::lists::Chosen<'_> {
    fn addresses(&self) -> AddressSet {
        if self.ranges == everything(self.reading) {
            return set_of(self.reading);
        }
        let v4 = self.ranges.v4.iter().flat_map(|range| self.reading.v4.get(range.clone()).unwrap_or_default());
        let v6 = self.ranges.v6.iter().flat_map(|range| self.reading.v6.get(range.clone()).unwrap_or_default());
        Dual {
            v4: Set::from_prefixes(v4.map(|entry| entry.prefix)),
            v6: Set::from_prefixes(v6.map(|entry| entry.prefix)),
        }
    }
}
