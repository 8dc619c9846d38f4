//! What is supposed to fail.

use super::MAX_FAILURES;
use crate::plan::{Id, Link, PeeringKind, Plan};
use crate::routing::{Part, Scenario};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

/// One thing that may fail, or be worked on.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// A part is down.
    Down(Part),
    /// Two links or circuits are down at once.
    Both(Part, Part),
    /// Microsoft works on one link of a circuit: prepends first, then the link goes down (Microsoft: ExpressRoute FAQ).
    Maintenance {
        /// The link.
        exit: Id,
        /// How far the work is.
        stage: MaintenanceStage,
    },
    /// A part is dead inside while its advertisements stand: a black hole that BGP doesn't see (Microsoft: designing
    /// for high availability).
    HalfFailure(Part),
}

/// How far maintenance of a link is.
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
pub enum MaintenanceStage {
    /// Its paths are prepended, both ways.
    Drained,
    /// It is down, after it was drained: what changes from then on.
    Down,
}

/// The kinds of failures, in the order of the list.
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
pub enum Kind {
    /// One link (an exit) is down.
    Link,
    /// One circuit is down.
    Circuit,
    /// One device is down.
    Device,
    /// One site is down.
    Site,
    /// A link is drained, or down after that.
    Maintenance,
    /// A part is dead inside and still advertised.
    HalfFailure,
    /// Two links or circuits are down.
    Pair,
}

impl Kind {
    /// All, in the order of the list.
    pub const ALL: [Self; 7] =
        [Self::Link, Self::Circuit, Self::Device, Self::Site, Self::Maintenance, Self::HalfFailure, Self::Pair];
}

impl Failure {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Down(Part::Exit(_)) => Kind::Link,
            Self::Down(Part::Circuit(_)) => Kind::Circuit,
            Self::Down(Part::Device(_)) => Kind::Device,
            Self::Down(Part::Site(_)) => Kind::Site,
            Self::Both(..) => Kind::Pair,
            Self::Maintenance { .. } => Kind::Maintenance,
            Self::HalfFailure(_) => Kind::HalfFailure,
        }
    }

    /// The scenario while it lasts; what was supposed before stays so.
    pub fn scenario(&self, normal: &Scenario) -> Scenario {
        let mut scenario = normal.clone();
        match self {
            Self::Down(part) => {
                scenario.down.insert(part.clone());
            }
            Self::Both(one, other) => scenario.down.extend([one.clone(), other.clone()]),
            Self::Maintenance { exit, stage } => {
                scenario.prepended.insert(exit.clone());
                if *stage == MaintenanceStage::Down {
                    scenario.down.insert(Part::Exit(exit.clone()));
                }
            }
            Self::HalfFailure(part) => {
                scenario.inside_dead.insert(part.clone());
            }
        }
        scenario
    }

    /// The scenario that it is compared with: the normal one, but for a link that goes down after it was drained.
    pub fn before(&self, normal: &Scenario) -> Scenario {
        match self {
            Self::Maintenance { exit, stage: MaintenanceStage::Down } => {
                Self::Maintenance { exit: exit.clone(), stage: MaintenanceStage::Drained }.scenario(normal)
            }
            _ => normal.clone(),
        }
    }
}

/// The failures of a plan, singles before maintenance, half failures and pairs, each in the plan's order; and how many
/// of each kind are left out because there are more than are worked out. What is down anyway isn't among them.
pub(super) fn failures(plan: &Plan, normal: &Scenario) -> (Vec<Failure>, Vec<(Kind, u32)>) {
    let private = |exit: &crate::plan::Exit| matches!(&exit.link, Link::ExpressRoute(link) if link.peering == PeeringKind::Private);
    let analysed: Vec<_> = plan.exits.iter().filter(|exit| !private(exit)).collect();
    let carries = |part: &Part| analysed.iter().any(|exit| part.carries(exit));
    let up = |part: &Part| !normal.down.contains(part);
    let links: Vec<Part> = analysed.iter().map(|exit| Part::Exit(exit.id.clone())).filter(up).collect();
    let circuits = plan.circuits.iter().map(|circuit| Part::Circuit(circuit.id.clone()));
    let circuits: Vec<Part> = circuits.filter(|part| carries(part) && up(part)).collect();
    let devices: Vec<Part> =
        plan.devices.iter().map(|device| Part::Device(device.id.clone())).filter(up).collect();
    let sites: Vec<Part> = plan.sites.iter().map(|site| Part::Site(site.id.clone())).filter(up).collect();

    let mut all = Vec::new();
    for parts in [&links, &circuits, &devices, &sites] {
        all.extend(parts.iter().cloned().map(Failure::Down));
    }
    for exit in analysed.iter().filter(|exit| matches!(exit.link, Link::ExpressRoute(_))) {
        if up(&Part::Exit(exit.id.clone())) {
            for stage in [MaintenanceStage::Drained, MaintenanceStage::Down] {
                all.push(Failure::Maintenance { exit: exit.id.clone(), stage });
            }
        }
    }
    for parts in [&links, &devices, &sites] {
        let alive = parts.iter().filter(|part| !normal.inside_dead.contains(part));
        all.extend(alive.cloned().map(Failure::HalfFailure));
    }
    let ends: Vec<&Part> = links.iter().chain(&circuits).collect();
    for (index, one) in ends.iter().enumerate() {
        for other in ends.iter().skip(index + 1) {
            if !within(plan, one, other) {
                all.push(Failure::Both((*one).clone(), (*other).clone()));
            }
        }
    }
    let room = (super::MAX_ANSWERS / plan.flows.len().max(1)).clamp(1, MAX_FAILURES);
    let left_out = Kind::ALL.into_iter().filter_map(|kind| {
        let count = all.iter().skip(room).filter(|failure| failure.kind() == kind).count() as u32;
        (count > 0).then_some((kind, count))
    });
    let left_out = left_out.collect();
    all.truncate(room);
    (all, left_out)
}

/// Whether a link is one of a circuit's.
fn within(plan: &Plan, link: &Part, circuit: &Part) -> bool {
    let Part::Exit(id) = link else { return false };
    matches!(circuit, Part::Circuit(_)) && plan.exits.iter().any(|exit| exit.id == *id && circuit.carries(exit))
}
