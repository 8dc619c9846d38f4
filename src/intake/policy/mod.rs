//! Advertisements, route policies and peerings, a vendor a file. Where a vendor's configuration holds translation too,
//! its format is that of `nat`, over the same statements.

pub(crate) mod azure_peering;
pub(crate) mod bird;
pub(crate) mod ios;
pub(crate) mod junos;
pub(crate) mod xr;
