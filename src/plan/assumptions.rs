//! Assumptions: the choices that Microsoft's documents leave open, each with a name and a switch.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is assumed where nothing is documented.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Assumptions {
    /// The Internet has the more specific prefix, ExpressRoute its aggregate: which way does Microsoft answer?
    pub more_specific_internet: Setting<MoreSpecificInternet>,
    /// Does ExpressRoute attract answers from services outside what the circuit offers?
    pub out_of_area: Setting<OutOfArea>,
    /// Do prepends on ExpressRoute make the Internet win for an equal prefix?
    pub prepends_across: Setting<PrependsAcross>,
    /// Which of several equal ExpressRoute exits does a Microsoft server use?
    pub equal_express_route: Setting<EqualExpressRoute>,
    /// Does a prefix longer than /24 or /48 spread on the Internet?
    pub long_prefixes: Setting<LongPrefixes>,
    /// Does a firewall take a known session on another interface, where the plan doesn't say the zones? Not known
    /// unless said: nothing usual could be assumed of every make. Left out of a document that leaves it so.
    #[serde(skip_serializing_if = "Setting::is_unknown")]
    pub unsaid_zones: Setting<UnsaidZones>,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            more_specific_internet: Setting::default(),
            out_of_area: Setting::default(),
            prepends_across: Setting::default(),
            equal_express_route: Setting::default(),
            long_prefixes: Setting::default(),
            unsaid_zones: Setting::Unknown,
        }
    }
}

/// An assumption set to a value, or to `unknown`.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Setting<T> {
    /// Not known: an answer that it decides is `Uncertain`.
    Unknown,
    /// Assumed.
    #[serde(untagged)]
    Value(T),
}

impl<T> Setting<T> {
    /// Whether it is left open.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

impl<T: Default> Default for Setting<T> {
    fn default() -> Self {
        Self::Value(T::default())
    }
}

/// Rule 5's mirror: undocumented.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum MoreSpecificInternet {
    /// Longest prefix holds: by the Internet.
    #[default]
    Internet,
    /// ExpressRoute wins whatever the length.
    ExpressRoute,
}

/// Whether the return over ExpressRoute is limited by geography: undocumented.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum OutOfArea {
    /// Every server in Microsoft's network answers over ExpressRoute (rule 6).
    #[default]
    NotLimited,
    /// Only servers whose routes the circuit offers, before the route filter, answer over it.
    Limited,
}

/// Prepends between Internet and ExpressRoute: undocumented.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PrependsAcross {
    /// They move nothing between the two.
    #[default]
    Ignored,
    /// For an equal prefix, a longer path on ExpressRoute than on the Internet makes the Internet win.
    Counted,
}

/// The choice among equal ExpressRoute exits: undocumented.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum EqualExpressRoute {
    /// Any of them: a tie.
    #[default]
    Any,
    /// The one that the request came by, where it is among them.
    SameAsOut,
}

/// Long prefixes on the Internet.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LongPrefixes {
    /// Longer than /24 or /48: not accepted anywhere but at the provider, if there.
    #[default]
    Dropped,
    /// They spread all the same.
    Spread,
}

/// A known session on another interface of a firewall, where a zone is missing (rule 8).
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum UnsaidZones {
    /// The firewall drops it, as a Cisco ASA does unless both interfaces are in one zone.
    #[default]
    Dropped,
    /// It takes it.
    Passed,
}
