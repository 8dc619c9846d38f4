//! Exits: the ways out, with what they learn, what we tell the other side, and what they cross.

use super::{Community, Id, Mbps, PeeringKind, Text};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One way out, at home at one site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Exit {
    /// Its identifier.
    pub id: Id,
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// The site where it is at home: eBGP there, iBGP seen from the others.
    pub site: Id,
    /// What it is.
    pub link: Link,
    /// The devices it crosses, in order from inside to outside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<Crossing>,
    /// Learned routes typed here: a plain list with attributes, or any format that is recognised.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub learned: Text,
    /// Learned routes from the plan's sources, beside those typed here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub learned_from: Vec<Reference>,
    /// The local preference of a learned route that neither says one nor is given one by a policy; default 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_preference: Option<u32>,
    /// What is done with learned routes, in order; the first that matches decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policy_in: Vec<Policy>,
    /// What is done with advertisements, in order; the first that matches decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policy_out: Vec<Policy>,
    /// Advertisements, what we tell the other side: a plain list with attributes (`prepend`, `aspath`, `community`).
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub advertised: Text,
    /// How its failure is noticed.
    #[serde(default, skip_serializing_if = "Detection::is_default")]
    pub detection: Detection,
}

/// What an exit is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// An Internet link.
    Internet(InternetLink),
    /// One link of an ExpressRoute circuit with one of its peerings.
    ExpressRoute(ExpressRouteLink),
}

/// An Internet link.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct InternetLink {
    /// The provider's AS number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_asn: Option<u32>,
    /// The link's bandwidth, each way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bandwidth: Option<Mbps>,
}

/// One link of an ExpressRoute circuit, with a peering.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ExpressRouteLink {
    /// The circuit.
    pub circuit: Id,
    /// Which of its peerings.
    #[serde(default)]
    pub peering: PeeringKind,
    /// Which of its two links.
    #[serde(default)]
    pub side: Side,
}

/// The two links of a circuit.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
    BorshSerialize,
    BorshDeserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The primary link.
    #[default]
    Primary,
    /// The secondary link.
    Secondary,
}

/// A device that an exit crosses, and the zone by which the exit enters it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Crossing {
    /// The device.
    pub device: Id,
    /// The zone of the exit's interface on it. A stateful device drops packets of a known flow that enter by
    /// another zone; exits in one zone are alike to it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zone: String,
}

/// Lists taken from one of the plan's sources.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// The source.
    pub source: Id,
    /// Which of its named sets; none named means all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<String>,
}

/// One rule for routes: what it matches and what it does. Like a route-map entry, the first match decides;
/// a route that no rule matches is taken as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Policy {
    /// Prefixes, each matching itself and all more specific ones unless `ge=` or `le=` behind it say otherwise;
    /// empty matches all.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub prefixes: Text,
    /// Communities of which the route must carry one; empty matches all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub communities: Vec<Community>,
    /// The sites for which it holds; empty is all. Incoming only: this is how routes are hidden from a segment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<Id>,
    /// What it does.
    pub action: Action,
}

/// What a policy does with a matching route.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The route is dropped.
    Deny,
    /// The route is taken, changed where something is set.
    Accept(Settings),
}

impl Default for Action {
    fn default() -> Self {
        Self::Accept(Settings::default())
    }
}

/// What an accepting policy sets.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Settings {
    /// Local preference, where the route has none of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_preference: Option<u32>,
    /// Weight, where the route has none of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
    /// How often the nearest AS (incoming) or our own (outgoing) is put in front of the path once more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepend: Option<u32>,
}

/// How the failure of an exit is noticed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Detection {
    /// BGP hold time in seconds; Microsoft's is 180.
    pub hold_time_seconds: u32,
    /// BFD, where it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bfd: Option<Bfd>,
}

impl Detection {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Detection {
    fn default() -> Self {
        Self { hold_time_seconds: 180, bfd: None }
    }
}

/// Bidirectional forwarding detection.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Bfd {
    /// Interval in milliseconds; Microsoft's is 300.
    pub interval_milliseconds: u32,
    /// How many missed packets mean down; Microsoft's is 3.
    pub multiplier: u32,
}

impl Default for Bfd {
    fn default() -> Self {
        Self { interval_milliseconds: 300, multiplier: 3 }
    }
}
