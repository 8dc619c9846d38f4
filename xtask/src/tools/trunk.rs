//! Trunk, which bundles the page.

use std::path::PathBuf;

use super::{Tool, cargo_install};
use crate::failure::Result;
use crate::project::Project;

/// 0.22.0 and 0.22.1 need a newer Rust than ours.
pub const VERSION: &str = "0.21.14";

/// The folder of `trunk`.
pub fn ready(project: &Project) -> Result<PathBuf> {
    Tool { name: "trunk", program: "trunk", version: VERSION, bin: "bin" }.ready(|fresh, work| {
        println!("    Trunk is compiled once: about 6 minutes on two cores");
        cargo_install(project, "trunk", VERSION, &["--no-default-features", "--features", "rustls"], fresh, work)
    })
}
