//! The steps of a decision as data: who stood for it, who lost at which rule, and where each was written.

use super::levers::Lever;
use crate::plan::{Citation, Id, ListId, Origin, Protocol};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

/// Where something was written: a list of the plan, and the byte offset of its first character there.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema,
)]
pub struct Place {
    /// The list.
    pub list: ListId,
    /// Byte offset in its text.
    pub at: u32,
    /// The line, from 1.
    pub line: u32,
}

/// The rules that decide between routes, in the order they are asked.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ForwardRule {
    /// There was only one.
    OnlyCandidate,
    /// The longest prefix wins (domain rule 1).
    LongestPrefix,
    /// Weight, at the exit's own site: the highest.
    Weight,
    /// Local preference: the highest.
    LocalPreference,
    /// AS-path length: the shortest.
    AsPathLength,
    /// Origin: IGP over EGP over incomplete.
    Origin,
    /// MED within one neighbour AS: the lowest.
    Med,
    /// eBGP over iBGP.
    EbgpOverIbgp,
    /// IGP cost from the site to the exit: the lowest.
    Cost,
    /// Administrative distance between BGP, static and interior routes: the lowest.
    Distance,
    /// Nothing decides: all that remain.
    Tie,
}

impl ForwardRule {
    /// The document that the rule rests on.
    pub fn citation(self) -> Citation {
        match self {
            Self::OnlyCandidate | Self::LongestPrefix => Citation::AsymmetricRouting,
            Self::Distance => Citation::AdministrativeDistance,
            Self::LocalPreference => Citation::OptimizeRouting,
            _ => Citation::BestPath,
        }
    }
}

/// A route that stood for the forward decision, with the values it was compared by.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct ForwardCandidate {
    /// The exit that offers it.
    pub exit: Id,
    /// The prefix, e.g. `13.64.0.0/11`.
    pub prefix: String,
    /// BGP, static or interior.
    pub protocol: Protocol,
    /// Weight as compared: 0 away from the exit's own site.
    pub weight: u32,
    /// Local preference as compared.
    pub local_preference: u32,
    /// AS-path length as compared, prepends of policies included.
    pub as_path_length: u32,
    /// The AS path as learned; empty where the list doesn't say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub as_path: String,
    /// Origin.
    pub origin: Origin,
    /// MED; absent counts as 0.
    pub med: u32,
    /// Whether the exit is at home at this site.
    pub ebgp: bool,
    /// IGP cost from the site.
    pub cost: u32,
    /// Administrative distance as compared.
    pub distance: u8,
    /// The rule at which it lost; absent: it is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost_at: Option<ForwardRule>,
    /// What it would take for it to be chosen alone: any of these. Empty where it is, or where no one change does it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levers: Vec<Lever>,
    /// Where it was written.
    pub place: Place,
}

/// Why an exit had no say.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoSay {
    /// It is down in this scenario.
    Down,
    /// What it leads through inside is dead in this scenario, though it still advertises.
    InsideDead,
    /// Its BGP session is down: more prefixes advertised than Microsoft takes.
    SessionDown {
        /// How many of the family are advertised.
        advertised: u32,
        /// How many are allowed.
        limit: u32,
    },
    /// The site has no cost to it.
    NotSeen,
    /// Private peering: not analysed.
    NotAnalysed,
    /// It offers no route that covers the address.
    NoRoute,
    /// A policy denies its covering routes here.
    Denied,
    /// No route filter is attached to the peering: nothing is received.
    NoRouteFilter,
    /// The covering routes carry no community that the route filter names.
    NotInRouteFilter,
    /// The covering routes belong to regions that the circuit's SKU doesn't reach.
    OutsideSku,
    /// The covering routes are Microsoft 365's, which the circuit isn't authorised for.
    NotAuthorised,
    /// Its only covering route is a default, which Microsoft doesn't send: it doesn't count, typed or imported.
    DefaultNotSent,
}

/// The forward decision for one destination at one site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct ForwardStep {
    /// The site that decides.
    pub site: Id,
    /// Every covering route, longest prefix first, winners before losers; at most [`MAX_CANDIDATES`].
    pub candidates: Vec<ForwardCandidate>,
    /// The exits chosen, in the plan's order; several are a tie; none: no route.
    pub chosen: Vec<Id>,
    /// The last rule that took a candidate out.
    pub decided_by: ForwardRule,
    /// Exits that had no say, and why.
    pub no_say: Vec<(Id, NoSay)>,
}

/// How many candidates a step lists.
pub const MAX_CANDIDATES: usize = 64;

/// The rules that decide the way back, in the order they are asked.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ReturnRule {
    /// Nobody attracts the address.
    NoCandidate,
    /// There was only one.
    OnlyCandidate,
    /// A sticky peering answers by the exit it left by.
    Sticky,
    /// The far side is the rest of the Internet, which sees nothing of ExpressRoute (domain rule 0).
    InternetOnly,
    /// The longest prefix wins (domain rule 3).
    LongestPrefix,
    /// Assumed: ExpressRoute wins over a more specific on the Internet.
    ExpressRouteWhateverLength,
    /// Equal length: ExpressRoute over the Internet (domain rule 4).
    ExpressRouteOverInternet,
    /// Assumed: for an equal prefix the shorter path wins between Internet and ExpressRoute.
    PrependsAcross,
    /// AS-path length among ExpressRoute exits: the shortest.
    AsPathLength,
    /// Assumed: among equal ExpressRoute exits the one it left by.
    SameAsOut,
    /// Nothing decides: all that remain.
    Tie,
}

impl ReturnRule {
    /// The document that the rule rests on.
    pub fn citation(self) -> Citation {
        match self {
            Self::NoCandidate | Self::OnlyCandidate | Self::LongestPrefix | Self::ExpressRouteOverInternet => {
                Citation::AsymmetricRouting
            }
            Self::InternetOnly => Citation::Microsoft365Routing,
            Self::Sticky => Citation::FieldReport,
            Self::AsPathLength => Citation::OptimizeRouting,
            Self::Tie => Citation::HighAvailability,
            Self::ExpressRouteWhateverLength | Self::PrependsAcross | Self::SameAsOut => Citation::Inference,
        }
    }
}

/// Who attracts an address of ours.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct ReturnCandidate {
    /// The exits it leads to; none: a provider originates it and none of its links is up.
    pub exits: Vec<Id>,
    /// Those of them that are dead inside in this scenario: what comes in there is lost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dead: Vec<Id>,
    /// The provider's block, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<Id>,
    /// Whether it is ExpressRoute's.
    pub express_route: bool,
    /// The prefix.
    pub prefix: String,
    /// AS-path length as the far side counts it: private AS numbers removed on Microsoft peering.
    pub as_path_length: u32,
    /// The rule at which it lost; absent: it is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost_at: Option<ReturnRule>,
    /// What it would take for it to be chosen alone: any of these. Empty where it is, or where no one change does it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levers: Vec<Lever>,
    /// Where it was written.
    pub place: Place,
}

/// The decision of the far side for one address of ours.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct ReturnStep {
    /// Who decides.
    pub far_side: FarSide,
    /// Everyone who attracts the address, longest prefix first, winners before losers.
    pub candidates: Vec<ReturnCandidate>,
    /// Advertisements that would cover it but were not accepted.
    pub refused: Vec<Refusal>,
    /// The exits chosen, in the plan's order; several are a tie.
    pub chosen: Vec<Id>,
    /// Whether the answer, or a share of it, is attracted by a provider with no link up, or by an exit that is dead
    /// inside.
    pub lost: bool,
    /// The last rule that took a candidate out.
    pub decided_by: ReturnRule,
}

/// On which side of us a destination lies.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FarSide {
    /// Microsoft's network.
    Microsoft,
    /// The rest of the Internet.
    Internet,
}

/// An advertisement that the other side doesn't take.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Refusal {
    /// The exit it is sent over.
    pub exit: Id,
    /// The prefix.
    pub prefix: String,
    /// Why.
    pub why: Refused,
    /// Where it was written.
    pub place: Place,
}

/// Why an advertisement isn't taken (domain rule 7).
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// Our own outgoing policy denies it.
    DeniedByPolicy,
    /// A default route.
    DefaultRoute,
    /// Private, shared or unique local space.
    NotPublic,
    /// Outside the peering's admitted prefixes.
    NotAdmitted,
    /// Its path names an AS kept for documentation.
    DocumentationAsn,
    /// Longer than /24 or /48: assumed not to spread on the Internet.
    TooLong,
    /// IPv6, which legacy public peering doesn't carry.
    Ipv6OnPublicPeering,
    /// The session is down: more than the limit of one family is advertised.
    SessionDown,
}

impl Refused {
    /// The document that the rule rests on.
    pub fn citation(self) -> Citation {
        match self {
            Self::TooLong => Citation::Inference,
            Self::Ipv6OnPublicPeering => Citation::PublicPeering,
            Self::DeniedByPolicy => Citation::BestPath,
            Self::SessionDown => Citation::Limits,
            Self::DefaultRoute | Self::NotPublic | Self::NotAdmitted | Self::DocumentationAsn => {
                Citation::RoutingRequirements
            }
        }
    }
}
