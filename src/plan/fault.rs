//! What can be wrong with a document, as data; the sentences are in `report::words::plan_faults`.

use super::{Id, PeeringKind, Side};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many exits a plan may have: the engine's set of exits is 128 bits wide. Those beyond it are left out.
pub const MAX_EXITS: usize = 128;

/// Something wrong with a plan that was read all the same. Nothing of it is lost; what a fault names is passed over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct PlanFault {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    #[serde(flatten)]
    pub code: PlanFaultCode,
    /// Where, as a JSON path from the document's root, e.g. `exits[2].path[0].device`.
    pub path: String,
    /// The part that the fault is in, where it is in one that has an identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Id>,
}

/// How bad a fault is.
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
    Deserialize,
    BorshSerialize,
    BorshDeserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; the answer stands on what was meant.
    Warning,
    /// A part of the plan is passed over.
    Error,
}

/// The parts of a plan that have identifiers.
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
    Deserialize,
    BorshSerialize,
    BorshDeserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// A site.
    Site,
    /// A circuit.
    Circuit,
    /// An exit.
    Exit,
    /// A device.
    Device,
    /// A pool.
    Pool,
    /// A source.
    Source,
    /// A service.
    Service,
    /// A published service.
    Published,
    /// A flow.
    Flow,
    /// A provider's block.
    ProviderCovered,
}

/// What is wrong with a plan, with what a sentence about it needs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum PlanFaultCode {
    /// A field that this version doesn't know: not read, and not written again.
    UnknownField {
        /// Its name.
        field: String,
        /// The known field that it is most like.
        nearest: Option<String>,
    },
    /// A part without an identifier: nothing can refer to it.
    EmptyId {
        /// What it is.
        kind: PartKind,
    },
    /// A second part of a kind with the same identifier: references mean the first.
    DuplicateId {
        /// What it is.
        kind: PartKind,
        /// The identifier.
        id: Id,
    },
    /// A reference to a part that isn't there; with an empty identifier, a reference not yet made.
    Dangling {
        /// What is referred to.
        kind: PartKind,
        /// The identifier.
        id: Id,
    },
    /// An exit over a peering that its circuit doesn't have.
    NoSuchPeering {
        /// The circuit.
        circuit: Id,
        /// The peering.
        peering: PeeringKind,
    },
    /// A circuit's second peering of a kind: the first counts.
    DuplicatePeering {
        /// The peering.
        peering: PeeringKind,
    },
    /// A second exit over the same link and peering of a circuit: one BGP session, written twice.
    DuplicateLink {
        /// The first exit over it.
        first: Id,
        /// The circuit.
        circuit: Id,
        /// The peering.
        peering: PeeringKind,
        /// The link.
        side: Side,
    },
    /// A device that an exit crosses twice: the second crossing is passed over.
    DeviceTwice {
        /// The device.
        device: Id,
    },
    /// An entry whose device isn't on its exit's path.
    DeviceNotOnPath {
        /// The device.
        device: Id,
        /// The exit.
        exit: Id,
    },
    /// A second entry by the same exit: the first counts.
    DuplicateEntry {
        /// The exit.
        exit: Id,
    },
    /// A provider's block names an exit that isn't an Internet link.
    NotInternet {
        /// The exit.
        exit: Id,
    },
    /// More exits than the engine takes: those beyond the limit are left out.
    TooManyExits {
        /// How many there are.
        count: usize,
        /// [`MAX_EXITS`].
        limit: usize,
    },
    /// The name of a format that isn't known: the text's own shape decides.
    UnknownFormat {
        /// The name given.
        format: String,
        /// The known name that it is most like.
        nearest: Option<String>,
    },
    /// A number outside its range.
    OutOfRange {
        /// The number.
        value: u64,
        /// The least allowed.
        least: u64,
        /// The most allowed.
        most: u64,
    },
    /// A BGP hold time of 1 or 2 seconds, which RFC 4271 (section 4.2) refuses, or more than 65,535.
    HoldTime {
        /// The seconds.
        seconds: u32,
    },
    /// A BGP hold time of 0: keepalives are off (RFC 4271 section 4.4), so a dead peer is never noticed by it.
    NoHoldTime,
    /// Sites named on an outgoing policy, which has no site to hold for.
    SitesOnPolicyOut,
}

impl PlanFaultCode {
    /// The stable name, as in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownField { .. } => "unknown-field",
            Self::EmptyId { .. } => "empty-id",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::Dangling { .. } => "dangling",
            Self::NoSuchPeering { .. } => "no-such-peering",
            Self::DuplicatePeering { .. } => "duplicate-peering",
            Self::DuplicateLink { .. } => "duplicate-link",
            Self::DeviceTwice { .. } => "device-twice",
            Self::DeviceNotOnPath { .. } => "device-not-on-path",
            Self::DuplicateEntry { .. } => "duplicate-entry",
            Self::NotInternet { .. } => "not-internet",
            Self::TooManyExits { .. } => "too-many-exits",
            Self::UnknownFormat { .. } => "unknown-format",
            Self::OutOfRange { .. } => "out-of-range",
            Self::HoldTime { .. } => "hold-time",
            Self::NoHoldTime => "no-hold-time",
            Self::SitesOnPolicyOut => "sites-on-policy-out",
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::UnknownField { .. }
            | Self::DuplicateEntry { .. }
            | Self::UnknownFormat { .. }
            | Self::OutOfRange { .. }
            | Self::HoldTime { .. }
            | Self::NoHoldTime
            | Self::SitesOnPolicyOut => Severity::Warning,
            Self::EmptyId { .. }
            | Self::DuplicateId { .. }
            | Self::Dangling { .. }
            | Self::NoSuchPeering { .. }
            | Self::DuplicatePeering { .. }
            | Self::DuplicateLink { .. }
            | Self::DeviceTwice { .. }
            | Self::DeviceNotOnPath { .. }
            | Self::NotInternet { .. }
            | Self::TooManyExits { .. } => Severity::Error,
        }
    }
}

/// Why a text could not be read as a plan at all.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum LoadError {
    /// Not JSON.
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1; 0 where the line ends too soon.
        column: usize,
        /// What the reader expected.
        detail: String,
    },
    /// JSON, but not an object.
    NotAnObject,
    /// No `schema_version`: some other kind of file.
    NoVersion,
    /// A `schema_version` that is no whole number from 1.
    BadVersion {
        /// What is there, as JSON.
        found: String,
    },
    /// Written by a newer Twopath.
    NewerVersion {
        /// The file's version.
        found: u64,
        /// The newest that this build reads.
        newest: u32,
    },
    /// Something of the wrong type.
    Type {
        /// Where, as a JSON path.
        path: String,
        /// The line, from 1; 0 where the document was migrated first.
        line: usize,
        /// The column in bytes, from 1; 0 likewise.
        column: usize,
        /// What is there and what was expected.
        detail: String,
    },
    /// A document of an older version that could not be brought to this one.
    Migration {
        /// The version it was stuck at.
        from: u32,
        /// Why.
        detail: String,
    },
}

impl LoadError {
    /// The stable name, as in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "syntax",
            Self::NotAnObject => "not-an-object",
            Self::NoVersion => "no-version",
            Self::BadVersion { .. } => "bad-version",
            Self::NewerVersion { .. } => "newer-version",
            Self::Type { .. } => "type",
            Self::Migration { .. } => "migration",
        }
    }
}

// A sentence for people is `report::words::load_error`; this one is for logs and `?`.
impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {self:?}", self.code())
    }
}

impl std::error::Error for LoadError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_names_in_json() {
        let id = Id::from("x");
        let codes = [
            PlanFaultCode::UnknownField { field: "x".into(), nearest: None },
            PlanFaultCode::EmptyId { kind: PartKind::Site },
            PlanFaultCode::DuplicateId { kind: PartKind::ProviderCovered, id: id.clone() },
            PlanFaultCode::Dangling { kind: PartKind::Site, id: id.clone() },
            PlanFaultCode::NoSuchPeering { circuit: id.clone(), peering: PeeringKind::Private },
            PlanFaultCode::DuplicatePeering { peering: PeeringKind::Private },
            PlanFaultCode::DuplicateLink {
                first: id.clone(),
                circuit: id.clone(),
                peering: PeeringKind::Microsoft,
                side: Side::Primary,
            },
            PlanFaultCode::DeviceTwice { device: id.clone() },
            PlanFaultCode::DeviceNotOnPath { device: id.clone(), exit: id.clone() },
            PlanFaultCode::DuplicateEntry { exit: id.clone() },
            PlanFaultCode::NotInternet { exit: id },
            PlanFaultCode::TooManyExits { count: 129, limit: MAX_EXITS },
            PlanFaultCode::UnknownFormat { format: "x".into(), nearest: None },
            PlanFaultCode::OutOfRange { value: 0, least: 1, most: 2 },
            PlanFaultCode::HoldTime { seconds: 1 },
            PlanFaultCode::NoHoldTime,
            PlanFaultCode::SitesOnPolicyOut,
        ];
        for code in codes {
            let fault =
                PlanFault { severity: code.severity(), code: code.clone(), path: "a.b".into(), about: None };
            let json = serde_json::to_value(&fault).unwrap();
            assert_eq!(json["code"], code.code());
            assert_eq!(serde_json::from_value::<PlanFault>(json).unwrap(), fault);
        }
    }
}
