//! Measures the engine beside its peers. `cargo xtask bench` runs it and says what came of it.
//!
//! The same rows run natively and as wasm ([`rows`]); natively, with the peers beside them, round by round
//! ([`native`]). What a row must reach, and what it should, stands in [`contract`]; [`summary`] writes the tables.

pub mod ask;
pub mod clock;
pub mod contest;
#[cfg(not(target_arch = "wasm32"))]
pub mod contract;
pub mod failure_plan;
pub mod family;
#[cfg(not(target_arch = "wasm32"))]
pub mod machine;
#[cfg(not(target_arch = "wasm32"))]
pub mod native;
pub mod ours;
#[cfg(not(target_arch = "wasm32"))]
pub mod peers;
pub mod queries;
pub mod random;
pub mod rows;
pub mod shape;
#[cfg(not(target_arch = "wasm32"))]
pub mod summary;
pub mod table;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
pub mod world;
