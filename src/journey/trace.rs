//! One journey as a tree of steps: what was asked, who stood, what decided, and where it was written.

use super::Verdict;
use crate::plan::{Citation, Id};
use crate::routing::{FarSide, ForwardStep, Place, ReturnStep};
use crate::space::{Count, Share};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;
use std::net::IpAddr;

/// One journey, out and back, of one pair of addresses.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Trace {
    /// Who begins.
    pub direction: Direction,
    /// Our site.
    pub site: Id,
    /// The published service, inbound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Id>,
    /// The source of the first packet: ours outbound, the far side's inbound.
    pub from: IpAddr,
    /// The destination of the first packet: the far side's outbound, our published address inbound.
    pub to: IpAddr,
    /// On which side the other end lies.
    pub far_side: FarSide,
    /// How that is known.
    pub far_side_because: FarSideBecause,
    /// How it ends, over all branches.
    pub verdict: Verdict,
    /// The first step, the others behind it.
    pub first: Stage,
    /// Each assumption whose flip alone would change works or fails.
    pub decisive: Vec<Flip>,
}

/// Who begins.
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
pub enum Direction {
    /// We do.
    Outbound,
    /// The far side does.
    Inbound,
}

/// How it is known on which side an address lies.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FarSideBecause {
    /// Learned over an ExpressRoute exit.
    LearnedOverExpressRoute(Id),
    /// Listed by a service marked as Microsoft's.
    Service(Id),
    /// In the list of Microsoft's space: the built-in one, of this date.
    BuiltInList(String),
    /// In the list of Microsoft's space that the plan brings.
    OwnList(Id),
    /// In none of them: the rest of the Internet.
    NotListed,
}

/// A step, and what follows for each of its outcomes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Stage {
    /// The step.
    pub step: Step,
    /// What follows; several where paths are equal or addresses split; none where the journey ends here.
    pub then: Vec<Branch>,
    /// How it ends from here on.
    pub verdict: Verdict,
}

/// One outcome of a step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Branch {
    /// Which outcome.
    pub by: By,
    /// What follows.
    pub stage: Stage,
}

/// Which outcome of a step a branch follows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The only one.
    Only,
    /// One of several equal exits.
    Exit(Id),
    /// A part of the translated addresses.
    Addresses {
        /// Which, as prefixes and ranges.
        text: String,
        /// How many.
        count: Count,
        /// Their share of those the step may give.
        share: Share,
    },
    /// Nowhere: attracted by a provider with no link up.
    Lost,
}

/// One step of a journey, in the order forward, translation, admission, return, state; inbound: return (the entry),
/// admission, publication, forward (the reply), admission, state.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Our site chooses an exit.
    Forward(ForwardStep),
    /// The exit's devices translate the source.
    Translation(TranslationStep),
    /// The peering admits the source, or not.
    Admission(AdmissionStep),
    /// The far side chooses the way to an address of ours.
    Return(ReturnStep),
    /// The entry device translates, or nobody publishes.
    Publication(PublicationStep),
    /// Devices on the way back know the session, or not.
    State(StateStep),
}

/// What the devices of an exit did to the source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct TranslationStep {
    /// The exit.
    pub exit: Id,
    /// Each device, inside first.
    pub devices: Vec<DeviceTranslation>,
    /// What the source may be outside: prefixes and ranges.
    pub result: String,
    /// How many addresses that is.
    pub count: Count,
    /// Whether a part of it is private or unique local space.
    pub not_public: bool,
}

/// What one device did to the source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct DeviceTranslation {
    /// The device.
    pub device: Id,
    /// The rule that matched, by its index from 0; absent: none, the source stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<usize>,
    /// The pool it gives; absent: the source stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool: Option<Id>,
}

/// Whether the peering admits the source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct AdmissionStep {
    /// The exit.
    pub exit: Id,
    /// What came of it.
    pub admission: Admission,
}

/// What admission came to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// Only Microsoft peering asks.
    NotAsked,
    /// Inside the admitted prefixes.
    Admitted {
        /// The prefix.
        prefix: String,
        /// Where it was written.
        place: Place,
    },
    /// Outside them: dropped at Microsoft's edge.
    Refused,
}

/// Whether the entry publishes the service, and how it translates.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct PublicationStep {
    /// The exit by which the packet comes in.
    pub exit: Id,
    /// The device that translates; absent: nobody publishes it here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<Id>,
    /// The inside addresses.
    pub inside: String,
    /// The pool that the packet's source is translated to; absent: it stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_pool: Option<Id>,
}

/// The way back over an exit's devices.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct StateStep {
    /// The exit of the first packet.
    pub first: Id,
    /// The exit of the answer.
    pub answer: Id,
    /// The devices the answer meets, in its order, until it is dropped.
    pub crossings: Vec<CrossingState>,
    /// What stops it, or may; absent: it arrives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<Dropped>,
}

/// What one device made of the answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct CrossingState {
    /// The device.
    pub device: Id,
    /// The zone it was entered by on that exit.
    pub zone: String,
    /// What it made of it.
    pub state: DeviceState,
}

/// What a device made of the answer.
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
pub enum DeviceState {
    /// It keeps no state.
    Stateless,
    /// It knows the session.
    KnownSession,
    /// It knows the session and turns the translation back.
    TranslatedBack,
    /// It has no session for it.
    NoSession,
    /// It knows the session by another zone.
    OtherZone,
    /// It knows the session by another exit, and the plan doesn't say the zones of both: it may drop it.
    UnsaidZone,
}

/// What stopped the answer.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Dropped {
    /// A stateful device has no session for it.
    NoSession(Id),
    /// A known flow's device is entered by another zone.
    OtherZone(Id),
    /// It misses the device that holds the translation.
    MissesTranslation(Id),
    /// A known flow's device is entered by another exit, and the plan doesn't say the zones of both: it drops it, or so
    /// is assumed. Where nothing is assumed the verdict is `uncertain`.
    UnsaidZone(Id),
}

impl Dropped {
    /// The document that the rule rests on.
    pub fn citation(&self) -> Citation {
        match self {
            Self::NoSession(_) => Citation::AsymmetricRouting,
            Self::MissesTranslation(_) => Citation::NatRequirements,
            Self::OtherZone(_) => Citation::StatefulInspection,
            Self::UnsaidZone(_) => Citation::Inference,
        }
    }
}

/// The undocumented choices, by name.
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
pub enum Assumption {
    /// The Internet more specific than ExpressRoute.
    MoreSpecificInternet,
    /// Return over ExpressRoute limited by geography.
    OutOfArea,
    /// Prepends between Internet and ExpressRoute.
    PrependsAcross,
    /// The choice among equal ExpressRoute exits.
    EqualExpressRoute,
    /// Long prefixes on the Internet.
    LongPrefixes,
    /// A known session on another interface, where the plan doesn't say the zones.
    UnsaidZones,
}

impl Assumption {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::MoreSpecificInternet,
        Self::OutOfArea,
        Self::PrependsAcross,
        Self::EqualExpressRoute,
        Self::LongPrefixes,
        Self::UnsaidZones,
    ];
}

/// An assumption whose flip alone would change works or fails.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Flip {
    /// The assumption.
    pub assumption: Assumption,
    /// Its value instead, as the plan writes it, e.g. `express_route`.
    pub instead: String,
    /// The verdict then.
    pub verdict: Verdict,
}
