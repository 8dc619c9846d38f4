//! The wasm-bindgen CLI, which must equal the library's version in Cargo.lock; it brings the runner for
//! tests in a browser.

use std::path::PathBuf;

use super::{Tool, cargo_install};
use crate::failure::Result;
use crate::project::Project;

/// The folder of `wasm-bindgen` and `wasm-bindgen-test-runner`.
pub fn ready(project: &Project) -> Result<PathBuf> {
    let version = project.locked("wasm-bindgen")?;
    let tool = Tool { name: "wasm-bindgen", program: "wasm-bindgen", version: &version, bin: "bin" };
    tool.ready(|fresh, work| {
        println!("    wasm-bindgen is compiled once: about 3 minutes on two cores");
        cargo_install(project, "wasm-bindgen-cli", &version, &[], fresh, work)
    })
}
