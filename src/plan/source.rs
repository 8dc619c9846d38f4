//! Sources: pasted or opened files that several parts of the plan may take lists from.

use super::{Id, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A pasted or opened file, kept to the letter.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Its identifier.
    pub id: Id,
    /// The file's name, or what people call it.
    #[serde(default)]
    pub name: String,
    /// The format, where the user has overridden what is recognised: one of the names `twopath import --as` takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Whether its routes have passed the route filter already; absent: as usual for the format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// The text.
    pub text: Text,
}

/// Where on the way from Microsoft to us a list of routes was taken.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// What Microsoft would offer: route filter and SKU still apply. Generated lists and plain lists are so.
    Offered,
    /// What our router holds: route filter and SKU have been applied. Device prints are so.
    Received,
}

/// The names of the formats that the room `intake` reads, which a source may be fixed to.
pub const FORMATS: &[&str] = &[
    "plain",
    "service-tags",
    "microsoft-365",
    "bgp-service-community",
    "bgp-service-community-cli",
    "ios-bgp",
    "xr-bgp",
    "nxos-bgp",
    "eos-bgp",
    "frr-bgp",
    "frr-bgp-json",
    "junos-route",
    "junos-route-detail",
    "junos-route-terse",
    "junos-route-json",
    "bird",
    "bgpdump",
    "csv",
    "ios-route",
    "xr-route",
    "asa-route",
    "eos-route",
    "fortigate-route",
    "nxos-route",
    "panos-route",
    "checkpoint-route",
    "ip-route",
    "ip-route-json",
    "azure-circuit",
    "azure-summary",
    "azure-effective",
    "azure-gateway-learned",
    "azure-gateway-advertised",
];
