//! wasm-opt, which makes the page's wasm smaller and faster; from npm's binaryen.

use std::path::PathBuf;
use std::process::Command;

use super::Tool;
use crate::command::{apt_install, on_path, quiet};
use crate::failure::Result;

/// Distributions' own are too old for what rustc emits. Trunk.toml names the same number.
pub const VERSION: &str = "132";

/// The folder of `wasm-opt`.
pub fn ready() -> Result<PathBuf> {
    Tool { name: "wasm-opt", program: "wasm-opt", version: VERSION, bin: "node_modules/.bin" }.ready(|fresh, _| {
        if on_path("npm").is_none() {
            apt_install(&["npm"])?;
        }
        let mut install = Command::new("npm");
        install
            .args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
            .arg(fresh)
            .arg(format!("binaryen@{VERSION}.0.0"));
        quiet(&mut install, "install Node.js with npm, or put binaryen's wasm-opt of this version on PATH")
            .map(|_| ())
    })
}
