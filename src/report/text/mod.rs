//! Answers as text for a terminal: 100 columns, aligned, verdicts told apart by mark and word before colour.

mod check;
mod import;
mod layout;
mod lookup;
mod trace;

pub use check::check;
pub use import::import;
pub use layout::Style;
pub use lookup::Lookup;
pub(in crate::report) use lookup::{push_address, push_prefix};
pub use trace::trace;
