//! What is down, half dead or in maintenance while a question is asked.

use crate::plan::{Exit, Id, Link, Plan};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// How often Microsoft puts its AS before the path while it drains a link. Microsoft doesn't say how often; so often
/// that no path anyone writes is longer (an inference: the drain is meant to work).
pub const MAINTENANCE_PREPENDS: u32 = 64;

/// A state of the world beside the plan: what is down or draining, and which return model holds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Scenario {
    /// What is down.
    pub down: BTreeSet<Part>,
    /// Half failures: what is dead inside while its exits' advertisements stand. Nothing leaves by such an exit, but
    /// the far side still sends to it, into a black hole that BGP doesn't see (Microsoft: designing for high
    /// availability).
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub inside_dead: BTreeSet<Part>,
    /// ExpressRoute exits that Microsoft drains by prepending, both ways: on the routes it sends there, and on ours
    /// that it hears there (Microsoft: ExpressRoute FAQ). Other exits named here stay as they are.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub prepended: BTreeSet<Id>,
    /// Each Microsoft and legacy public peering taken with the return model that the plan doesn't give it.
    pub other_return_model: bool,
}

impl Scenario {
    /// Drops what the plan no longer has.
    pub fn keep_parts_of(&mut self, plan: &Plan) {
        let has = |part: &Part| match part {
            Part::Exit(id) => plan.exits.iter().any(|exit| exit.id == *id),
            Part::Circuit(id) => plan.circuits.iter().any(|circuit| circuit.id == *id),
            Part::Device(id) => plan.devices.iter().any(|device| device.id == *id),
            Part::Site(id) => plan.sites.iter().any(|site| site.id == *id),
        };
        self.down.retain(has);
        self.inside_dead.retain(has);
        self.prepended.retain(|id| plan.exits.iter().any(|exit| exit.id == *id));
    }
}

/// A part of the plan that may fail.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// One exit.
    Exit(Id),
    /// A circuit: both its links.
    Circuit(Id),
    /// A device: every exit that crosses it.
    Device(Id),
    /// A site: every exit at home there, and its own sources.
    Site(Id),
}

impl Part {
    /// Whether an exit hangs on it.
    pub fn carries(&self, exit: &Exit) -> bool {
        match self {
            Self::Exit(id) => *id == exit.id,
            Self::Circuit(id) => matches!(&exit.link, Link::ExpressRoute(link) if link.circuit == *id),
            Self::Device(id) => exit.path.iter().any(|crossing| crossing.device == *id),
            Self::Site(id) => *id == exit.site,
        }
    }
}
