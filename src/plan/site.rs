//! Sites: places with inside prefixes.

use super::{Id, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A place with inside prefixes, from which packets set out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Site {
    /// Its identifier.
    pub id: Id,
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// The inside prefixes, IPv4 and IPv6: a plain list.
    #[serde(default)]
    pub inside: Text,
    /// The IGP cost to exits at other sites; lower is nearer. An exit at home here costs 0 unless it is named;
    /// another exit that isn't named is not seen from here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub costs: BTreeMap<Id, u32>,
}
