//! Reading what is pasted: golden files, properties, and real data where it is there.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod golden;
mod grammar;
mod mess;
mod properties;
mod real;
mod show;
mod sound;
