//! Set-up, build and test of Twopath, as a library so that the browser tests share its static server.
//!
//! Plain std and a few small crates: this compiles before anything else on a bare machine.

pub mod args;
pub mod bench;
pub mod build;
pub mod checks;
pub mod command;
pub mod failure;
pub mod html;
pub mod licences;
pub mod lighthouse;
pub mod notices;
pub mod offline;
pub mod order;
pub mod project;
pub mod reproduce;
pub mod screenshots;
pub mod serve;
pub mod single;
pub mod sizes;
pub mod steps;
pub mod tools;
pub mod wasm;
