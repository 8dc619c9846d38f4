//! wasm-opt, which makes the page's wasm smaller and faster; from npm's binaryen.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Tool, npm};
use crate::command::quiet;
use crate::failure::{Failure, OrFail, Result};
use crate::project::Project;

/// Distributions' own are too old for what rustc emits. Trunk.toml names the same number.
pub const VERSION: &str = "132";

/// The folder of `wasm-opt`.
pub fn ready() -> Result<PathBuf> {
    Tool { name: "wasm-opt", program: "wasm-opt", version: VERSION, bin: "node_modules/.bin" }
        .ready(|fresh, _| npm::install(fresh, "binaryen", &format!("{VERSION}.0.0")))
}

/// What Trunk tells wasm-opt for the page, from index.html: the level, and what the program may use.
pub fn of_page(project: &Project) -> Result<(String, Vec<String>)> {
    let page = fs::read_to_string(project.root.join("index.html")).or_fail("no index.html", "restore it")?;
    let value = |name: &str| Some(page.split_once(&format!("{name}=\""))?.1.split_once('"')?.0);
    let (Some(level), Some(params)) = (value("data-wasm-opt"), value("data-wasm-opt-params")) else {
        return Err(Failure::new("index.html doesn't say how wasm-opt is called", "restore its attributes"));
    };
    Ok((format!("-O{level}"), params.split_whitespace().map(str::to_owned).collect()))
}

/// Lets wasm-opt, in this folder, change a program in its place.
pub fn change(folder: &Path, arguments: &[String], program: &Path) -> Result<()> {
    let better = program.with_extension("better");
    let mut opt = Command::new(folder.join("wasm-opt"));
    opt.args(arguments).arg(program).arg("-o").arg(&better);
    quiet(&mut opt, "remove target/wasm and try again")?;
    fs::rename(&better, program).or_fail("cannot keep the wasm", "look at the rights of its folder")
}
