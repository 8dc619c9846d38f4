//! Devices, their translation rules, and pools.

use super::{Id, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A firewall, NAT or router that exits cross; a cluster that shares one session table is one device.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Device {
    /// Its identifier.
    pub id: Id,
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// Whether it drops what belongs to no session it knows.
    #[serde(default)]
    pub stateful: bool,
    /// Its translation rules; the first that matches wins, and where none matches the packet stays as it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<TranslationRule>,
}

/// Source, destination and exit to a pool, or to no translation.
///
/// A rule with a pool matches packets of the families the pool has addresses of.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct TranslationRule {
    /// What people call it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Sources, as they arrive at this device: a plain list; empty is any.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub sources: Text,
    /// Destinations: a plain list; with `services` both empty is any.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub destinations: Text,
    /// Destinations by service, beside `destinations`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Id>,
    /// The exits the packet leaves by; empty is any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exits: Vec<Id>,
    /// The pool that sources are translated to; absent: the packet stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Id>,
}

/// Addresses that sources are translated to.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Pool {
    /// Its identifier.
    pub id: Id,
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// Prefixes, single addresses and ranges `first-last`: a plain list.
    #[serde(default)]
    pub addresses: Text,
    /// How many ports of each address are kept from translation, 0 to 64,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserved_ports: Option<u32>,
}
