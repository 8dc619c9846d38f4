//! What of the difference is shown, and what that is.

use super::back::BackChange;
use super::change::{Change, SiteTotals};
use super::flows::{FlowChange, Moved};
use crate::plan::Id;
use crate::study::MAX_ROWS;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// What of the difference is shown, and how.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct View {
    /// Only the changes at this site; absent: at all.
    pub site: Option<Id>,
    /// Which rows.
    pub show: Show,
    /// The first row, from 0.
    pub from: u32,
    /// How many, at most [`MAX_ROWS`].
    pub count: u32,
}

impl Default for View {
    /// The first window of the first kind of rows.
    fn default() -> Self {
        Self { site: None, show: Show::default(), from: 0, count: MAX_ROWS }
    }
}

/// Which rows of the difference.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// Destinations that fare otherwise.
    #[default]
    Changes,
    /// The shortest prefix list of a change, by its number.
    Change(u32),
    /// Flows that fare otherwise.
    Flows,
    /// Addresses of ours that are sent to another way.
    Back,
    /// The shortest prefix list of a change of a way back, by its number.
    BackChange(u32),
}

/// What is shown of the difference.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Window {
    /// What was asked.
    pub view: View,
    /// The difference in short.
    pub summary: Summary,
    /// The change asked for, with [`Show::Change`].
    pub change: Option<Change>,
    /// The change asked for, with [`Show::BackChange`].
    pub back: Option<BackChange>,
    /// How many rows there are.
    pub total: u32,
    /// The rows of the window.
    pub rows: Rows,
}

/// The rows of a window.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// Changes.
    Changes(Vec<Change>),
    /// Flows.
    Flows(Vec<FlowChange>),
    /// Ways back.
    Back(Vec<BackChange>),
    /// Prefixes, as text.
    Prefixes(Vec<String>),
}

/// The difference in short.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Summary {
    /// Parts that only one of the plans has, and sites that only one has: there nothing is compared.
    pub parts: Vec<PartChange>,
    /// Each site that both have, IPv4 before IPv6.
    pub sites: Vec<SiteTotals>,
    /// How many changes of destinations there are,
    pub changes: u32,
    /// of ways back,
    pub back: u32,
    /// and of flows; of these,
    pub flows: u32,
    /// how many change verdict.
    pub verdicts: u32,
    /// How much of what all flows send changes exit.
    pub mbps_out: Moved,
    /// How much of what all flows receive changes exit.
    pub mbps_in: Moved,
}

/// A part that only one of the plans has.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct PartChange {
    /// What it is.
    pub kind: PartKind,
    /// Which.
    pub id: Id,
    /// Whether it is new; else it is gone.
    pub added: bool,
}

/// What a part is.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize,
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
    /// A service.
    Service,
    /// A published service.
    Published,
    /// A flow.
    Flow,
}
