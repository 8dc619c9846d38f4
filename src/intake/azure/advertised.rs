//! What a VPN or ExpressRoute gateway advertises to a neighbour: `az network vnet-gateway list-advertised-routes`,
//! `Get-AzVirtualNetworkGatewayAdvertisedRoute`, and the same of a Route Server.
//!
//! It is what our router learns from Azure. It has the fields of [`learned`](super::learned), and BGP's own names for
//! origins.
//!
//! ```text
//! Network      NextHop    Origin    SourcePeer    AsPath    Weight
//! -----------  ---------  --------  ------------  --------  --------
//! 10.1.0.0/16  10.1.0.5   Igp                     65515     0
//! ```

use super::learned::{SHAPE, gateway};
use super::open;
use crate::intake::format::{Definition, Kind};
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "azure-gateway-advertised",
    title: "routes that a gateway advertises (Azure)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| gateway(sample, true),
    open: |text| open(text, &SHAPE),
};
