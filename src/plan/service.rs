//! Services outside, and our own published to the outside.

use super::{Id, Reference, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A named set of destinations.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Service {
    /// Its identifier.
    pub id: Id,
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// Destinations typed here: a plain list.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub destinations: Text,
    /// Destinations from the plan's sources, beside those typed here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destinations_from: Vec<Reference>,
    /// Whether it is Microsoft's, so that its addresses lie on Microsoft's side whatever the lists say.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub microsoft: bool,
    /// Whether Microsoft offers it over ExpressRoute, where the endpoint list says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub express_route: Option<bool>,
    /// Ports and protocols, as text, e.g. `tcp 443`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ports: String,
}

/// An inside server that is reachable from outside.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct PublishedService {
    /// Its identifier.
    pub id: Id,
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// The site where the server stands.
    pub site: Id,
    /// The addresses by which the outside knows it: a plain list.
    #[serde(default)]
    pub published: Text,
    /// The server's own addresses: a plain list.
    #[serde(default)]
    pub inside: Text,
    /// The exits it is published by, and how each translates.
    #[serde(default)]
    pub entries: Vec<Entry>,
    /// What it is for, where a rule knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Ports and protocols, as text, e.g. `tcp 25`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ports: String,
}

/// One way in to a published service.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// The exit by which packets come in.
    pub exit: Id,
    /// The device on that exit's path that translates the published address to the inside one.
    pub device: Id,
    /// The pool that the sources of inbound packets are translated to; absent: they stay as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_pool: Option<Id>,
}

/// Published services that Microsoft advises to keep on the Internet (Microsoft 365 routing with ExpressRoute).
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Mail by SMTP.
    Smtp,
    /// Active Directory Federation Services.
    Adfs,
    /// Exchange hybrid.
    ExchangeHybrid,
    /// SharePoint hybrid search and business connectivity services.
    SharepointHybrid,
    /// Skype for Business hybrid.
    SkypeHybrid,
}
