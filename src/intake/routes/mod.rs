//! Routing tables as devices print them: the routes in use, with distance and metric.

pub(crate) mod asa;
pub(crate) mod checkpoint;
mod codes;
pub(crate) mod eos;
pub(crate) mod fortigate;
pub(crate) mod ios;
pub(crate) mod linux;
pub(crate) mod linux_json;
pub(crate) mod nxos;
pub(crate) mod panos;
mod row;
mod table;
pub(crate) mod xr;
