//! Imports: what a file or a paste turned out to be, what may become of it, and what that changes in a plan.
//!
//! The engine's end reads (`reading`); the desk shows a [`Preview`] of it, in which each [`Item`] has a [`Target`]; and
//! [`apply`] does to a plan what was chosen, for the page and for the command line alike.

mod apply;
mod beside;
pub(super) mod device;
mod logs;
mod neighbours;
mod preview;
pub(super) mod reading;
mod target;

pub use apply::{Done, Outcome, apply};
pub use device::{DeviceRow, DeviceShown, MAX_DEVICE_ROWS, RouteShown};
pub use logs::{Log, LogTurn, Logs};
pub use neighbours::{MAX_NEIGHBOURS, Neighbour, Neighbours};
pub use preview::{Belongs, Item, Preview, Turn};
pub use reading::imported;
pub use target::{Target, Use, default_target, targets, usual_use};
