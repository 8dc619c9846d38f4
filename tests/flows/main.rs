//! Flow logs: golden files, what holds for every log, survival of damage, and sums against a slow model.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod catalogue;
mod golden;
mod model;
mod sound;
mod speed;
mod survive;
