//! A device's own choices beside ours, as the page shows them: each difference with both routes.

use crate::intake::{LineIndex, Reading};
use crate::plan::Attributes;
use crate::routing::{DeviceChoices, Differing, ForwardRule, Unseen};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// So many differences are shown; the rest are counted.
pub const MAX_DEVICE_ROWS: usize = 100;

/// How a device's choices compare with ours.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct DeviceShown {
    /// How many prefixes were compared.
    pub prefixes: u32,
    /// Of them, how many we decide as the device did.
    pub same: u32,
    /// How many are a tie for us, of which the device took one by what the print doesn't show.
    pub tied: u32,
    /// How many we decide otherwise.
    pub differing: u32,
    /// The first of those, at most [`MAX_DEVICE_ROWS`].
    pub rows: Vec<DeviceRow>,
}

/// A prefix for which we would choose another route than the device did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct DeviceRow {
    /// The table: the name of the reading's set.
    pub table: String,
    /// The prefix.
    pub prefix: String,
    /// What the device took.
    pub device: Vec<RouteShown>,
    /// What we would take.
    pub ours: Vec<RouteShown>,
    /// The rule at which the device's route loses for us.
    pub decided_by: ForwardRule,
    /// What the print doesn't show that may explain it.
    pub unseen: Option<Unseen>,
    /// The line of the device's route, from 1.
    pub line: u32,
    /// Where that is: a byte of the text.
    pub at: u32,
}

/// A route by what tells it from others.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct RouteShown {
    /// Its next hop; empty where the print has none.
    pub next_hop: String,
    /// Its AS path; empty where the print has none, or the route begins here.
    pub as_path: String,
}

impl RouteShown {
    fn of(attributes: &Attributes) -> Self {
        Self {
            next_hop: attributes.next_hop.map(|hop| hop.to_string()).unwrap_or_default(),
            as_path: attributes.as_path.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }
}

impl DeviceShown {
    /// The choices in a text and what was read of it.
    pub(in crate::desk) fn of(choices: &DeviceChoices, reading: &Reading, text: &str) -> Self {
        let shown = choices.differences.get(..choices.differences.len().min(MAX_DEVICE_ROWS)).unwrap_or_default();
        let lines = (!shown.is_empty()).then(|| LineIndex::new(text));
        let row = |difference: &Differing| DeviceRow {
            table: difference.table.clone(),
            prefix: difference.prefix.to_string(),
            device: routes(reading, difference, &difference.device),
            ours: routes(reading, difference, &difference.ours),
            decided_by: difference.decided_by,
            unseen: difference.unseen,
            line: lines.as_ref().map_or(1, |lines| lines.line_column(difference.at).line),
            at: difference.at,
        };
        Self {
            prefixes: choices.prefixes,
            same: choices.same,
            tied: choices.tied,
            differing: choices.differing,
            rows: shown.iter().map(row).collect(),
        }
    }
}

fn routes(reading: &Reading, difference: &Differing, indices: &[u32]) -> Vec<RouteShown> {
    let attributes = |index: &u32| match difference.prefix {
        ipnet::IpNet::V4(_) => reading.v4.get(*index as usize).map(|entry| reading.attributes_of(entry)),
        ipnet::IpNet::V6(_) => reading.v6.get(*index as usize).map(|entry| reading.attributes_of(entry)),
    };
    indices.iter().filter_map(attributes).map(RouteShown::of).collect()
}
