//! Where a rule is written: every rule that is printed names one of these.

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A document that a rule rests on. Titles and addresses are in `report::words`.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    BorshSerialize,
    BorshDeserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Citation {
    /// Microsoft: ExpressRoute routing requirements.
    RoutingRequirements,
    /// Microsoft: asymmetric routing with multiple network paths.
    AsymmetricRouting,
    /// Microsoft: ExpressRoute NAT requirements.
    NatRequirements,
    /// Microsoft: router configuration samples for NAT.
    NatSamples,
    /// Microsoft: optimize ExpressRoute routing.
    OptimizeRouting,
    /// Microsoft: ExpressRoute FAQ.
    Faq,
    /// Microsoft: subscription and service limits.
    Limits,
    /// Microsoft: designing for high availability with ExpressRoute.
    HighAvailability,
    /// Microsoft: designing for disaster recovery with ExpressRoute.
    DisasterRecovery,
    /// Microsoft 365: routing with ExpressRoute.
    Microsoft365Routing,
    /// Microsoft 365: implementing ExpressRoute.
    Microsoft365Implementing,
    /// Microsoft 365: BGP communities in ExpressRoute.
    Microsoft365Communities,
    /// Microsoft: ExpressRoute public peering (retired).
    PublicPeering,
    /// Microsoft: circuits and peerings.
    Circuits,
    /// Microsoft: BFD over ExpressRoute.
    Bfd,
    /// The field report that Twopath starts from.
    FieldReport,
    /// RFC 4271 section 9.1.2.2, with vendors' weight first.
    BestPath,
    /// RFC 1918, RFC 6598, RFC 4193: addresses that aren't routed on the Internet.
    PrivateSpace,
    /// A vendor's administrative distances.
    AdministrativeDistance,
    /// How stateful devices work: a packet of no known session is dropped.
    StatefulInspection,
    /// Not documented: inferred, and shown as an assumption.
    Inference,
}
