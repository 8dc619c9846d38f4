//! What a device's configuration says becomes parts of a plan.
//!
//! [`adopt`] changes the plan in place and tells what it changed and what it could not place. Adopted twice, the same
//! configuration changes nothing the second time: parts are found again by identifiers made of the device's and the
//! configuration's own names. What the configuration is silent about stays as it is: without translation rules in it,
//! the device keeps those it has.

mod peering;
mod routing;
mod translation;

use crate::desk::parts;
use crate::intake::config::Setup;
use crate::plan::{Id, PartKind, Plan};
use std::net::IpAddr;
use std::ops::Range;

/// Which parts of the plan the configuration is of.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Target {
    /// The device; absent: the one called as the configuration says, else a new one.
    pub device: Option<Id>,
    /// The site where published servers stand; absent: the plan's only one.
    pub site: Option<Id>,
    /// Zones or interfaces, and the exits that they lead to. An exit that doesn't cross the device yet does then,
    /// innermost of all.
    pub zones: Vec<(String, Id)>,
    /// BGP neighbours, and the exits at whose other end they are.
    pub neighbours: Vec<(IpAddr, Id)>,
    /// The circuit that a peering is of; absent: the one called as its identifier says, else the plan's only one.
    pub circuit: Option<Id>,
}

/// What was done to a plan.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Adopted {
    /// What was changed.
    pub changes: Vec<Change>,
    /// What people call the part of each change: by its place among them.
    pub names: Vec<String>,
    /// What was read and has no place in this plan.
    pub misses: Vec<Miss>,
}

/// Something that was changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// A part was added.
    Added {
        /// Its kind.
        kind: PartKind,
        /// It.
        id: Id,
    },
    /// A part was changed.
    Changed {
        /// Its kind.
        kind: PartKind,
        /// It.
        id: Id,
    },
    /// The rules of a device were replaced.
    Rules {
        /// The device.
        device: Id,
        /// How many it had.
        before: usize,
        /// How many it has.
        now: usize,
    },
}

/// Something that was read and has no place in the plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Miss {
    /// Why.
    pub why: MissReason,
    /// Where it stands in the configuration.
    pub span: Range<u32>,
}

/// Why something has no place in the plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MissReason {
    /// None of its zones or interfaces leads to an exit.
    NoExit {
        /// They.
        zones: Vec<String>,
    },
    /// The plan has several sites, and none was named.
    NoSite,
    /// No exit is known to have this neighbour.
    NoNeighbour {
        /// The neighbour.
        address: IpAddr,
    },
    /// No circuit is known to have this peering.
    NoCircuit,
    /// The policy isn't in the configuration.
    NoPolicy {
        /// Its name.
        name: String,
    },
    /// A part of a policy that a plan can't hold.
    PolicyPart {
        /// The policy.
        policy: String,
    },
    /// A route filter whose communities the text doesn't hold.
    FilterUnknown {
        /// Its name.
        name: String,
    },
}

/// Why nothing at all was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
    /// The plan has no such part.
    NoSuchPart {
        /// Of which kind.
        kind: PartKind,
        /// As named.
        id: Id,
    },
}

/// Takes what configuration says into a plan. Only parts that the configuration speaks of are touched.
pub fn adopt(plan: &mut Plan, setup: &Setup, target: &Target) -> Result<Adopted, Refused> {
    let known =
        |kind: PartKind, id: &Id, plan: &Plan| match parts::parts(plan, kind).iter().any(|(other, _)| other == id)
        {
            true => Ok(()),
            false => Err(Refused::NoSuchPart { kind, id: id.clone() }),
        };
    for (_, exit) in &target.zones {
        known(PartKind::Exit, exit, plan)?;
    }
    for (_, exit) in &target.neighbours {
        known(PartKind::Exit, exit, plan)?;
    }
    for (kind, id) in [(PartKind::Site, &target.site), (PartKind::Circuit, &target.circuit)] {
        if let Some(id) = id {
            known(kind, id, plan)?;
        }
    }
    let mut adopted = Adopted::default();
    if !setup.rules.is_empty() || !setup.published.is_empty() {
        translation::adopt(plan, setup, target, &mut adopted);
    }
    routing::adopt(plan, setup, target, &mut adopted);
    peering::adopt(plan, setup, target, &mut adopted);
    peering::filters(plan, setup, target, &mut adopted);
    let name = |change: &Change| match change {
        Change::Added { kind, id } | Change::Changed { kind, id } => parts::name_of(plan, *kind, id),
        Change::Rules { device, .. } => parts::name_of(plan, PartKind::Device, device),
    };
    adopted.names = adopted.changes.iter().map(name).collect();
    Ok(adopted)
}

/// An identifier made of several names: small letters and digits, hyphens between.
fn id_of(names: &[&str]) -> Id {
    let mut stem = String::new();
    for character in names.join("-").chars() {
        if character.is_ascii_alphanumeric() {
            stem.push(character.to_ascii_lowercase());
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    match stem.trim_end_matches('-') {
        "" => "part".into(),
        stem => stem.into(),
    }
}
