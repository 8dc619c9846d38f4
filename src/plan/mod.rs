//! The document: everything an architect knows about a network and its two ways to Microsoft.
//!
//! Serde types, read and written as JSON. Lists are [`Text`]: kept as typed, understood by `intake`.
//! This room knows only `space`, and no meaning: whether a plan works is judged above. [`load`] names everything that is
//! wrong with a document as [`PlanFault`]s and keeps it all the same; [`save`] writes the same bytes for the same plan;
//! [`examples`] is the gallery, [`communities`] and [`microsoft_space`] are Microsoft's facts.
//!
//! ---
#![doc = include_str!("../../static/docs/plan-format.md")]

mod assumptions;
mod bgp;
mod circuit;
mod citation;
pub mod communities;
mod device;
mod document;
pub mod examples;
mod exit;
mod fault;
mod flow;
mod id;
mod lists;
mod load;
mod log_columns;
pub mod microsoft_space;
mod migrate;
mod nearest;
mod save;
mod schema;
mod service;
mod site;
mod source;
mod text;
mod validate;
mod wire;

pub use assumptions::{
    Assumptions, EqualExpressRoute, LongPrefixes, MoreSpecificInternet, OutOfArea, PrependsAcross, Setting,
    UnsaidZones,
};
pub use bgp::{
    AsPath, Attributes, Community, MICROSOFT_ASN, Origin, Protocol, Segment, is_documentation_asn, is_private_asn,
};
pub use circuit::{Circuit, Mbps, Peering, PeeringKind, ReturnModel, Sku};
pub use citation::Citation;
pub use device::{Device, Pool, TranslationRule};
pub use exit::{
    Action, Bfd, Crossing, Detection, Exit, ExpressRouteLink, InternetLink, Link, Policy, Reference, Settings,
    Side,
};
pub use fault::{LoadError, MAX_EXITS, PartKind, PlanFault, PlanFaultCode, Severity};
pub use flow::{Ends, Flow, Inbound, Outbound};
pub use id::Id;
pub use lists::ListId;
pub use load::{Loaded, load};
pub use log_columns::LogColumns;
pub use nearest::nearest;
pub use save::save;
pub use schema::{SCHEMA, schema};
pub use service::{Entry, PublishedService, Role, Service};
pub use site::Site;
pub use source::{FORMATS, Source, Stage};
pub use text::Text;
pub use validate::validate;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The schema version that this build writes, and the newest it reads.
pub const SCHEMA_VERSION: u32 = 1;

/// The document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// The version of this format; see [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// Anything worth saying; in an example, what it teaches.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// Places with inside prefixes.
    #[serde(default)]
    pub sites: Vec<Site>,
    /// ExpressRoute circuits.
    #[serde(default)]
    pub circuits: Vec<Circuit>,
    /// Ways out.
    #[serde(default)]
    pub exits: Vec<Exit>,
    /// Firewalls, NATs and routers on the way.
    #[serde(default)]
    pub devices: Vec<Device>,
    /// Addresses that sources are translated to.
    #[serde(default)]
    pub pools: Vec<Pool>,
    /// Pasted or opened files.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// Destinations by name.
    #[serde(default)]
    pub services: Vec<Service>,
    /// Inside servers reachable from outside.
    #[serde(default)]
    pub published: Vec<PublishedService>,
    /// The catalogue.
    #[serde(default)]
    pub flows: Vec<Flow>,
    /// How the columns of flow logs are called that are in no known format.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log_columns: Vec<LogColumns>,
    /// Space of ours that Internet providers originate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provider_covered: Vec<ProviderCovered>,
    /// A source whose sets replace the built-in list of Microsoft's space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub microsoft_space: Option<Reference>,
    /// Whether equal paths are shared: then some sessions take each.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub multipath: bool,
    /// Administrative distances.
    #[serde(default, skip_serializing_if = "Distances::is_default")]
    pub distances: Distances,
    /// What is assumed where nothing is documented.
    #[serde(default)]
    pub assumptions: Assumptions,
    /// Findings that someone has accepted, with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted_findings: Vec<AcceptedFinding>,
    /// The order of the steps from the plan before to this one, by their keys as `twopath rollout` prints them. A step
    /// that isn't named comes where such things are usually done; a key that no step has is passed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rollout: Vec<String>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            name: String::new(),
            notes: String::new(),
            sites: Vec::new(),
            circuits: Vec::new(),
            exits: Vec::new(),
            devices: Vec::new(),
            pools: Vec::new(),
            sources: Vec::new(),
            services: Vec::new(),
            published: Vec::new(),
            flows: Vec::new(),
            log_columns: Vec::new(),
            provider_covered: Vec::new(),
            microsoft_space: None,
            multipath: false,
            distances: Distances::default(),
            assumptions: Assumptions::default(),
            accepted_findings: Vec::new(),
            rollout: Vec::new(),
        }
    }
}

/// Space of ours that an Internet provider originates, whether or not we advertise it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ProviderCovered {
    /// Its identifier.
    pub id: Id,
    /// The provider, or what people call the block.
    #[serde(default)]
    pub name: String,
    /// The prefixes as the provider originates them: a plain list.
    #[serde(default)]
    pub prefixes: Text,
    /// The Internet exits by which the provider reaches us. Where none of them is up the provider still attracts
    /// the packets, and they are lost.
    #[serde(default)]
    pub exits: Vec<Id>,
}

/// Administrative distances, 0 to 255; lower is better (Cisco's defaults).
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Distances {
    /// BGP routes at the exit's own site.
    pub ebgp: u8,
    /// BGP routes seen from another site.
    pub ibgp: u8,
    /// Static routes that name no distance.
    #[serde(rename = "static")]
    pub static_: u8,
    /// Interior routes that name no distance.
    pub igp: u8,
}

impl Distances {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Distances {
    fn default() -> Self {
        Self { ebgp: 20, ibgp: 200, static_: 1, igp: 110 }
    }
}

/// A finding that someone has looked at and accepted.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct AcceptedFinding {
    /// The finding's stable code, e.g. `TP101`.
    pub code: String,
    /// What it is about: the identifiers of the parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Id>,
    /// Why it is accepted.
    pub reason: String,
}
