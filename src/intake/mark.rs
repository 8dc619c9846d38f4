//! What a device's print says of a route beyond the attributes by which routes are compared.

use super::address::AnyPrefix;
use super::reading::Draft;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// What a device's print says of one route.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, BorshSerialize, BorshDeserialize,
)]
pub struct Mark {
    /// What the device made of it; `None`: the print doesn't say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
    /// How it came to the device; `None`: the print doesn't say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<Via>,
    /// Its metric, where it is an interior or static route.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<u32>,
    /// The AS path is cut: it has more AS numbers than are shown.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

/// What a device made of a route.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Its best route to the prefix, in use.
    Best,
    /// Its best BGP route to the prefix, but not in use, for a route of another protocol stands before it.
    NotInstalled,
    /// In use beside the best one.
    Multipath,
    /// Kept ready for when the best one fails.
    Backup,
    /// It could be used, but a better one is.
    Valid,
    /// It can't be used: its next hop is out of reach, it is damped, history, hidden or deleted.
    Unusable,
}

/// How a route came to a device.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// From another AS (eBGP).
    External,
    /// From inside its own AS (iBGP).
    Internal,
    /// From another member of its confederation.
    Confederation,
    /// It originated the route itself: `network`, redistribution or an aggregate.
    Own,
    /// One of its own interfaces.
    Connected,
}

impl Mark {
    /// Whether the route is one that the device learned and can use. Its own routes, its interfaces and what it can't
    /// use are not offered to it by anybody.
    pub fn is_learned(&self) -> bool {
        !matches!(self.choice, Some(Choice::Unusable)) && !matches!(self.via, Some(Via::Own | Via::Connected))
    }
}

impl Draft {
    /// Adds a route of a device's print, with attributes by their index.
    pub(crate) fn add_route(&mut self, prefix: AnyPrefix, at: usize, attributes: u32, mark: Mark) {
        let (v4, v6) = (self.v4.len(), self.v6.len());
        self.add(prefix, at);
        if attributes != 0 {
            self.set_attributes(v4, v6, attributes);
        }
        self.mark(v4, v6, mark);
    }

    /// Says this of the entries from these indices on.
    pub(crate) fn mark(&mut self, v4_from: usize, v6_from: usize, mark: Mark) {
        if self.v4.len() > v4_from {
            self.marks.v4.resize(v4_from, Mark::default());
            self.marks.v4.resize(self.v4.len(), mark);
        }
        if self.v6.len() > v6_from {
            self.marks.v6.resize(v6_from, Mark::default());
            self.marks.v6.resize(self.v6.len(), mark);
        }
    }
}
