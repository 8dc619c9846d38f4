//! Packages from npm, kept between runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{apt_install, on_path, quiet};
use crate::failure::{OrFail, Result};
use crate::project::cache;

/// Installs a package of this version below a folder, into `node_modules`.
pub fn install(folder: &Path, name: &str, version: &str) -> Result<()> {
    if on_path("npm").is_none() {
        apt_install(&["npm"])?;
    }
    let mut install = Command::new("npm");
    install
        .args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
        .arg(folder)
        .arg(format!("{name}@{version}"));
    quiet(&mut install, "install Node.js with npm, and check the network").map(|_| ())
}

/// The `node_modules` that a package of this version is in, with what it needs: from the cache, or installed there.
pub fn package(name: &str, version: &str) -> Result<PathBuf> {
    let named = format!("{name}-{version}");
    let done = cache()?.join("tools").join(&named);
    if !done.join("node_modules").join(name).join("package.json").is_file() {
        let work = cache()?.join("work").join(format!("{named}.{}", std::process::id()));
        let next = "check that the cache folder can be written, or set TWOPATH_CACHE to another";
        fs::create_dir_all(&work).or_fail(format!("cannot make {}", work.display()), next)?;
        println!("    npm install {name}@{version}");
        install(&work, name, version)?;
        fs::create_dir_all(cache()?.join("tools")).or_fail("cannot make the cache", next)?;
        fs::rename(&work, &done).or_fail(format!("cannot make {}", done.display()), next)?;
    }
    Ok(done.join("node_modules"))
}
