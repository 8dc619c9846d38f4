//! What configuration says.

use super::ConfigFormat;
use crate::intake::Faults;
use crate::plan::Community;
use crate::space::{AddressSet, wire};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::net::IpAddr;
use std::ops::Range;

/// Everything that was read from configuration. Spans are bytes of the text.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Setup {
    /// What it was read as.
    pub format: ConfigFormat,
    /// The device's name; empty where the text doesn't say.
    pub device: String,
    /// The device's own AS number, where the text says.
    pub local_as: Option<u32>,
    /// Pools, in the order in which they are first needed.
    pub pools: Vec<NatPool>,
    /// Translation rules, in the order in which the device tries them, which isn't always that of the text.
    pub rules: Vec<NatRule>,
    /// Inside servers that are reachable from outside, in the order of the text.
    pub published: Vec<Published>,
    /// What the device originates.
    pub advertised: Vec<Advertised>,
    /// Prefix lists, in the order of the text.
    pub prefix_lists: Vec<PrefixList>,
    /// Route policies, in the order of the text.
    pub policies: Vec<RoutePolicy>,
    /// BGP neighbours.
    pub neighbours: Vec<Neighbour>,
    /// Peerings of ExpressRoute circuits.
    pub peerings: Vec<PeeringObject>,
    /// Route filters of Microsoft peerings.
    pub route_filters: Vec<RouteFilterObject>,
    /// What isn't modelled, or not wholly, by place.
    pub left_out: Vec<LeftOut>,
    /// What is wrong with the text itself: words that should have been addresses.
    pub faults: Faults,
    /// How many lines the text has.
    pub lines: u32,
}

impl Setup {
    /// How many things were read.
    pub fn items(&self) -> usize {
        self.pools.len()
            + self.rules.len()
            + self.published.len()
            + self.advertised.len()
            + self.prefix_lists.len()
            + self.policies.len()
            + self.neighbours.len()
            + self.peerings.len()
            + self.route_filters.len()
    }

    /// Whether not one thing was read.
    pub fn is_empty(&self) -> bool {
        self.items() == 0
    }

    /// The pool of a rule of this setup.
    pub fn pool_of(&self, index: Option<usize>) -> Option<&NatPool> {
        index.and_then(|index| self.pools.get(index))
    }
}

/// Which addresses a rule is for.
#[derive(Clone, PartialEq, Eq, Debug, Default, BorshSerialize, BorshDeserialize)]
pub enum Matched {
    /// Every address.
    #[default]
    Any,
    /// These.
    Of(AddressSet),
}

impl Matched {
    /// As a set.
    pub fn set(&self) -> AddressSet {
        match self {
            Self::Any => AddressSet::all(),
            Self::Of(set) => set.clone(),
        }
    }

    /// Whether no address is matched, so that the rule never acts.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Of(set) if set.is_empty())
    }

    /// These, or every address where that is what they are.
    pub fn of(set: AddressSet) -> Self {
        if set.is_all() { Self::Any } else { Self::Of(set) }
    }
}

/// Addresses that sources are translated to.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct NatPool {
    /// Its name, unique in its setup: that in the text, or one made of its addresses or its interface.
    pub name: String,
    /// Its addresses; none where it is an interface whose address the text doesn't say.
    pub addresses: AddressSet,
    /// Where it is said.
    pub span: Range<u32>,
}

/// A translation rule: the first that matches decides.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct NatRule {
    /// What the device calls it.
    pub name: String,
    /// Sources.
    pub sources: Matched,
    /// Destinations.
    pub destinations: Matched,
    /// Zones or interfaces that packets leave by; none: any.
    pub to: Vec<String>,
    /// The pool that sources are translated to, an index into [`Setup::pools`]; absent: they stay as they are.
    pub pool: Option<usize>,
    /// Where it is said.
    pub span: Range<u32>,
}

/// An inside server that is reachable from outside.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Published {
    /// What the device calls it.
    pub name: String,
    /// The addresses by which the outside knows it.
    pub published: AddressSet,
    /// Its own addresses.
    pub inside: AddressSet,
    /// Zones or interfaces that its packets come in by; none: any.
    pub from: Vec<String>,
    /// Protocol and port outside, e.g. `tcp 25`; empty: all.
    pub ports: String,
    /// The pool that the sources of inbound packets are translated to, an index into [`Setup::pools`].
    pub source_pool: Option<usize>,
    /// Where it is said.
    pub span: Range<u32>,
}

/// A prefix that the device originates.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Advertised {
    /// The prefix.
    #[borsh(serialize_with = "wire::write_net", deserialize_with = "wire::read_net")]
    pub prefix: ipnet::IpNet,
    /// By which statement.
    pub by: AdvertisedBy,
    /// The policy that changes it on the way into BGP; empty: none.
    pub policy: String,
    /// Where it is said.
    pub span: Range<u32>,
}

/// The statement by which a prefix is originated.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AdvertisedBy {
    /// `network`: if the routing table has it.
    Network,
    /// An aggregate: if the routing table has a part of it.
    Aggregate,
    /// An aggregate that hides its parts.
    AggregateOnly,
}

/// A named list of prefixes.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct PrefixList {
    /// Its name.
    pub name: String,
    /// Its entries, in their order: the first that matches decides, and what none matches is denied.
    pub entries: Vec<PrefixListEntry>,
    /// Where it begins.
    pub span: Range<u32>,
}

/// An entry of a prefix list.
#[derive(Copy, Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct PrefixListEntry {
    /// Whether it permits.
    pub permit: bool,
    /// The prefix.
    #[borsh(serialize_with = "wire::write_net", deserialize_with = "wire::read_net")]
    pub prefix: ipnet::IpNet,
    /// The shortest length that it matches, that of the prefix or more.
    pub shortest: u8,
    /// The longest length that it matches.
    pub longest: u8,
}

/// A route policy: a route-map, a policy-statement.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct RoutePolicy {
    /// Its name.
    pub name: String,
    /// Its terms, in their order: the first that matches and decides.
    pub terms: Vec<RouteTerm>,
    /// What becomes of routes that no term decides on.
    pub otherwise: TermAction,
    /// Where it begins.
    pub span: Range<u32>,
}

/// A term of a route policy.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct RouteTerm {
    /// Prefixes, the first entry that matches decides; absent: all. An entry that doesn't permit: not this term.
    pub prefixes: Option<Vec<PrefixListEntry>>,
    /// Communities of which a route must carry one; none: all.
    pub communities: Vec<Community>,
    /// What becomes of the routes it matches.
    pub action: TermAction,
    /// Where it is said.
    pub span: Range<u32>,
}

/// What a term does.
#[derive(Clone, PartialEq, Eq, Debug, Default, BorshSerialize, BorshDeserialize)]
pub struct TermAction {
    /// Whether routes are taken.
    pub permit: bool,
    /// Local preference that is set.
    pub local_preference: Option<u32>,
    /// Weight that is set.
    pub weight: Option<u32>,
    /// How often an AS is put in front.
    pub prepend: Option<u32>,
    /// Communities that are set.
    pub communities: Vec<Community>,
}

/// A BGP neighbour.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Neighbour {
    /// Its address.
    pub address: IpAddr,
    /// Its AS.
    pub remote_as: Option<u32>,
    /// Policies for what is learned from it, in order: route policies or prefix lists.
    pub policies_in: Vec<String>,
    /// Policies for what is advertised to it.
    pub policies_out: Vec<String>,
    /// The weight its routes are given.
    pub weight: Option<u32>,
    /// Where it is said.
    pub span: Range<u32>,
}

/// A peering of an ExpressRoute circuit, as Azure shows it.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct PeeringObject {
    /// Its kind.
    pub kind: crate::plan::PeeringKind,
    /// The customer's AS number.
    pub peer_asn: Option<u32>,
    /// Admitted prefixes of both families.
    #[borsh(serialize_with = "wire::write_nets", deserialize_with = "wire::read_nets")]
    pub admitted: Vec<ipnet::IpNet>,
    /// Subnets of the primary link.
    #[borsh(serialize_with = "wire::write_nets", deserialize_with = "wire::read_nets")]
    pub primary: Vec<ipnet::IpNet>,
    /// Subnets of the secondary link.
    #[borsh(serialize_with = "wire::write_nets", deserialize_with = "wire::read_nets")]
    pub secondary: Vec<ipnet::IpNet>,
    /// The name of the route filter that is attached.
    pub route_filter: Option<String>,
    /// The circuit, where an identifier in the text names it.
    pub circuit: Option<String>,
    /// Where it is said.
    pub span: Range<u32>,
}

/// A route filter, as Azure shows it.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct RouteFilterObject {
    /// Its name.
    pub name: String,
    /// The communities that it lets through.
    pub communities: Vec<Community>,
    /// The circuits to whose peerings it is attached, as far as the text says.
    pub circuits: Vec<String>,
    /// Where it begins.
    pub span: Range<u32>,
}

/// Something that isn't modelled, or not wholly.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct LeftOut {
    /// Whether it was left out, or read without a part of it.
    pub effect: Effect,
    /// Why.
    #[serde(flatten)]
    pub reason: Reason,
    /// Where.
    #[serde(skip)]
    pub span: Range<u32>,
}

/// What became of a statement that isn't modelled as it is.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It was left out.
    LeftOut,
    /// It was read without the part that the reason names.
    Simplified,
}

/// Why something isn't modelled. The code is stable, see [`Reason::code`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// It matches protocols or ports; rules of a plan match addresses and exits.
    Ports {
        /// What it matches.
        ports: String,
    },
    /// It refers to something that the text doesn't hold.
    UnknownName {
        /// The name.
        name: String,
    },
    /// A name that refers to itself.
    NameLoop {
        /// The name.
        name: String,
    },
    /// More names lead to each other than are followed.
    NamesTooDeep {
        /// The name at which it ends.
        name: String,
        /// How many are followed.
        limit: u32,
    },
    /// More jumps follow each other than are followed, those included that come behind a return.
    JumpsTooDeep {
        /// The chain at which it ends.
        chain: String,
        /// How many are followed.
        limit: u32,
    },
    /// A host name, country or other thing that is no address.
    HostName {
        /// The name.
        name: String,
    },
    /// The pool is an interface whose address the text doesn't say.
    InterfaceAddress {
        /// The interface.
        interface: String,
    },
    /// It translates sources of outside packets by rule, or destinations of outbound ones.
    OutsideTranslated,
    /// It is switched off.
    Inactive,
    /// No rule leads to its chain.
    Unreached {
        /// The chain.
        chain: String,
    },
    /// It is a filter, and a plan holds none.
    Filter,
    /// It is for a VRF, routing instance or virtual system.
    Instance {
        /// Its name.
        name: String,
    },
    /// It needs too many rectangles of sources and destinations, or leads through too many rules, alone or with what
    /// stands before it.
    TooManyPieces {
        /// The limit.
        limit: u32,
    },
    /// It does, or depends on, something that a plan doesn't hold.
    Feature {
        /// What, in the words of the text.
        what: String,
    },
    /// It wasn't understood.
    NotUnderstood {
        /// The statement.
        statement: String,
    },
}

impl Reason {
    /// The stable code, the same as in JSON, e.g. `unknown-name`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Ports { .. } => "ports",
            Self::UnknownName { .. } => "unknown-name",
            Self::NameLoop { .. } => "name-loop",
            Self::NamesTooDeep { .. } => "names-too-deep",
            Self::JumpsTooDeep { .. } => "jumps-too-deep",
            Self::HostName { .. } => "host-name",
            Self::InterfaceAddress { .. } => "interface-address",
            Self::OutsideTranslated => "outside-translated",
            Self::Inactive => "inactive",
            Self::Unreached { .. } => "unreached",
            Self::Filter => "filter",
            Self::Instance { .. } => "instance",
            Self::TooManyPieces { .. } => "too-many-pieces",
            Self::Feature { .. } => "feature",
            Self::NotUnderstood { .. } => "not-understood",
        }
    }
}
