//! All words in one place: sentences by code and arguments.

mod plan_faults;

pub use plan_faults::{link_side, load_error, part_kind, peering_kind, plan_fault};
