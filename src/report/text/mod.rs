//! Answers as text for a terminal: 100 columns, aligned, verdicts told apart by mark and word before colour.

mod advice;
mod capacity;
mod check;
mod coverage;
mod difference;
mod failures;
mod fix;
mod flows;
mod import;
mod layout;
mod lookup;
mod reality;
mod rollout;
mod setup;
mod trace;

pub use capacity::capacity;
pub use check::check;
pub use coverage::coverage;
pub use difference::{difference, lists};
pub use failures::failures;
pub use fix::fix;
pub use flows::flows;
pub use import::attributes;
pub use import::import;
pub use layout::Style;
pub use lookup::Lookup;
pub(in crate::report) use lookup::{push_address, push_prefix};
pub use reality::{checklist, reality};
pub use rollout::rollout;
pub use setup::setup;
pub use trace::trace;
