//! What is down while a question is asked.

use crate::plan::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A state of the world beside the plan: what is down, and which return model holds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Scenario {
    /// What is down.
    pub down: BTreeSet<Part>,
    /// Each Microsoft and legacy public peering taken with the return model that the plan doesn't give it.
    pub other_return_model: bool,
}

/// A part of the plan that may fail.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
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
