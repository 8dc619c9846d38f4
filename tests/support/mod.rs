//! What several test crates share.
#![allow(dead_code)]

pub mod random_plan;
pub mod rare;
