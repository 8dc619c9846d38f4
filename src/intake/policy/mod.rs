//! Advertisements and route policies, a vendor a file, over the statements that translation reads too.

pub(crate) mod ios;
pub(crate) mod junos;
