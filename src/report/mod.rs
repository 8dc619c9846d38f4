//! Sentences, text, JSON: everything that is said of an answer, and nothing that decides one.
//!
//! This room reads the answer types of the engine's door and of the rooms below; it asks the engine nothing.

pub mod answers;
pub mod catalogue;
pub mod config;
pub mod escape;
pub mod json;
pub mod paper;
pub mod picture;
pub mod text;
pub mod words;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod samples;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
