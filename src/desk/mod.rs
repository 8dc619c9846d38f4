//! The architect's desk without a screen: the open plan, its history, what is selected, and the engine's door.

pub mod action;
pub mod adopt;
pub mod begin;
pub mod bulk;
pub mod cutover;
pub mod door;
mod engine;
pub mod export;
pub mod find;
pub mod flows;
pub mod focus;
pub mod history;
pub mod import;
pub mod keys;
pub mod link;
pub mod marks;
pub mod parse;
pub mod parts;
pub mod report;
pub mod scroll;
pub mod shelf;
mod solved;
pub mod state;
pub mod studies;
pub mod table;

#[cfg(test)]
mod tests;

pub use action::{Action, Effect, ImportInto, Notice, Shelve, Storage};
pub use engine::{Engine, hash_of};
pub use solved::Solved;
pub use state::Desk;
