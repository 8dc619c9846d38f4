//! Flows: the rows of the catalogue.

use super::{Id, Mbps, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A row of the catalogue: who talks to what, who begins, and how much.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Flow {
    /// Its identifier.
    pub id: Id,
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// Who begins, and with whom.
    pub ends: Ends,
    /// Ports and protocols, as text, e.g. `tcp 443`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ports: String,
    /// From us to the far side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mbps_out: Option<Mbps>,
    /// From the far side to us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mbps_in: Option<Mbps>,
    /// Sessions at the peak.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions: Option<u64>,
}

/// Who begins a flow, and with whom.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ends {
    /// We begin.
    Outbound(Outbound),
    /// The far side begins.
    Inbound(Inbound),
}

impl Default for Ends {
    fn default() -> Self {
        Self::Outbound(Outbound::default())
    }
}

/// A flow that we begin.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Outbound {
    /// The site it sets out from.
    pub site: Id,
    /// The sources at that site: a plain list; empty is all its inside prefixes.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub sources: Text,
    /// Where it goes; absent is everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Id>,
}

/// A flow that the far side begins.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Inbound {
    /// The published service it goes to.
    pub published: Id,
    /// The service whose addresses it comes from; absent is everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Id>,
}
