//! Whole-plan questions: coverage, failures, difference, capacity, and the way from one plan to another.
//!
//! A study is worked out once for a solved plan, in steps, and then asked for windows of its rows. Each has the same
//! shape: a value that holds the whole answer, `new` (async, see [`Pace`](crate::pace::Pace)), a view that says what
//! of it is shown and how, and a window of at most [`MAX_ROWS`] rows. Studies count addresses exactly, and know no text.

pub mod capacity;
pub mod checklist;
pub mod coverage;
mod cut;
pub mod difference;
pub mod failures;
pub mod map;
pub mod reality;
pub mod rollout;

/// At most so many rows of a study are in a window.
pub const MAX_ROWS: u32 = 200;
