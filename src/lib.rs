//! Twopath: for every address, which way does a packet leave, and which way does its answer come back?
//!
//! Rooms, top to bottom; a room knows only the rooms below it. See ARCHITECTURE.md.

pub mod advice;
pub mod desk;
pub mod intake;
pub mod journey;
pub mod pace;
pub mod plan;
pub mod report;
pub mod routing;
pub mod sort;
/// Address space, a package of its own so that the page may compile it for speed and all else for size.
pub use twopath_space as space;
pub mod study;
#[cfg(all(feature = "page", target_arch = "wasm32"))]
pub mod ui;
