//! Builds the page.

use std::env;
use std::fs;

use crate::args::Effort;
use crate::command::run;
use crate::failure::{Failure, OrFail, Result};
use crate::project::{Project, cargo_home};
use crate::steps::step;
use crate::tools::PageTools;
use crate::{notices, offline, order, reproduce, single, sizes};

/// What turns the profile `page` into one that compiles fast; each keeps its own artefacts.
const QUICK: [(&str, &str); 5] = [
    // Without it Trunk leaves wasm-opt out.
    ("TRUNK_BUILD_RELEASE", "false"),
    ("CARGO_PROFILE_PAGE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_PAGE_LTO", "off"),
    ("CARGO_PROFILE_PAGE_CODEGEN_UNITS", "64"),
    ("CARGO_PROFILE_PAGE_INCREMENTAL", "true"),
];

/// Builds the page into `dist/`: third-party notices, the tool in one file and the service worker included.
///
/// A page that names a folder of this machine, or is larger than it may be, is a failure; a quick one is not
/// for release, and may be both.
pub fn page(project: &Project, tools: &PageTools, effort: Effort) -> Result<()> {
    step("page", || {
        let mut trunk =
            tools.rust.command(project, "trunk", &[&tools.trunk, &tools.wasm_bindgen, &tools.wasm_opt])?;
        // Trunk takes the value of NO_COLOR for a yes or no and stops at others.
        trunk.arg("build").env_remove("NO_COLOR");
        if effort == Effort::Quick {
            trunk.envs(QUICK);
        }
        run(&mut trunk, "mend what the compiler or Trunk names above")?;
        if effort == Effort::Full {
            order::write(project, tools)?;
        }
        notices::write(project)?;
        let (dist, next) = (project.dist(), "restore it: git checkout static");
        let source = |name: &str| {
            let path = project.root.join("static").join(name);
            fs::read_to_string(path).or_fail(format!("static/{name} cannot be read"), next)
        };
        single::write(&dist, &source("single.js")?)?;
        // Last, for it lists the others.
        offline::write(&dist, &source("sw.js")?)?;
        if effort == Effort::Quick {
            return Ok(());
        }
        let mut suspects = vec![project.root.clone(), cargo_home()?];
        suspects.extend(env::home_dir());
        if let Some(leak) = reproduce::named(&dist, &suspects)?.first() {
            return Err(Failure::new(leak, "look at the flags in xtask/src/tools/wasm_target.rs"));
        }
        sizes::within_budget(&dist)
    })
}
