//! wasm-opt, which makes the page's wasm smaller and faster; from npm's binaryen.

use std::path::PathBuf;

use super::{Tool, npm};
use crate::failure::Result;

/// Distributions' own are too old for what rustc emits. Trunk.toml names the same number.
pub const VERSION: &str = "132";

/// The folder of `wasm-opt`.
pub fn ready() -> Result<PathBuf> {
    Tool { name: "wasm-opt", program: "wasm-opt", version: VERSION, bin: "node_modules/.bin" }
        .ready(|fresh, _| npm::install(fresh, "binaryen", &format!("{VERSION}.0.0")))
}
