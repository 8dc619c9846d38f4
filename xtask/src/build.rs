//! Builds the page.

use std::env;
use std::path::PathBuf;

use crate::command::run;
use crate::failure::{OrFail, Result};
use crate::notices;
use crate::project::{Project, cargo_home};
use crate::steps::step;
use crate::tools::PageTools;

/// Builds the release page into `dist/`, third-party notices included.
pub fn page(project: &Project, tools: &PageTools) -> Result<()> {
    step("page", || {
        let mut trunk =
            tools.rust.command(project, "trunk", &[&tools.trunk, &tools.wasm_bindgen, &tools.wasm_opt])?;
        // Trunk takes the value of NO_COLOR for a yes or no and stops at others.
        trunk.arg("build").env_remove("NO_COLOR");
        run(&mut trunk, "mend what the compiler or Trunk names above")?;
        notices::write(project)
    })
}

/// Folders of this machine that the built wasm names: there should be none.
pub fn leaked_paths(project: &Project) -> Result<Vec<String>> {
    let mut suspects: Vec<PathBuf> = vec![project.root.clone(), cargo_home()?];
    suspects.extend(env::home_dir());
    // `/` or a short name would be found in anything.
    suspects.retain(|path| path.components().count() > 1 && path.as_os_str().len() > 4);
    let mut found = Vec::new();
    let next = "run `cargo xtask build`";
    for entry in std::fs::read_dir(project.dist()).or_fail("dist/ cannot be read", next)?.flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let bytes = std::fs::read(&path).or_fail(format!("{} cannot be read", path.display()), next)?;
        for suspect in &suspects {
            let needle = suspect.as_os_str().as_encoded_bytes();
            if bytes.windows(needle.len()).any(|part| part == needle) {
                found.push(format!("{} names {}", path.display(), suspect.display()));
            }
        }
    }
    Ok(found)
}
