//! The tools that a build needs: pinned, found again, or installed into a cache outside the clone.
//!
//! A tool is taken from PATH where it has exactly the right version, else from the cache, else it is
//! installed there. An install is made in a folder of its own and renamed into place at its end, so an
//! interrupted one is never taken for complete.

pub mod browser;
pub mod npm;
pub mod trunk;
pub mod wasm_bindgen;
pub mod wasm_opt;
pub mod wasm_target;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use crate::command;
use crate::failure::{Failure, OrFail, Result};
use crate::project::{Project, cache};
use crate::steps::step;
use wasm_target::WasmToolchain;

/// What building the page takes.
pub struct PageTools {
    /// The compiler that has the wasm32 target.
    pub rust: WasmToolchain,
    /// The folder of `trunk`.
    pub trunk: PathBuf,
    /// The folder of `wasm-bindgen` and `wasm-bindgen-test-runner`.
    pub wasm_bindgen: PathBuf,
    /// The folder of `wasm-opt`.
    pub wasm_opt: PathBuf,
}

impl PageTools {
    /// Finds or installs all of them. Trunk takes longest, so it is made beside the others.
    pub fn ready(project: &Project) -> Result<Self> {
        thread::scope(|scope| {
            let trunk = scope.spawn(|| step(&format!("Trunk {}", trunk::VERSION), || trunk::ready(project)));
            let rust = step("Rust for wasm32", || wasm_target::ready(project))?;
            let wasm_bindgen = step("wasm-bindgen CLI", || wasm_bindgen::ready(project))?;
            let wasm_opt = step(&format!("wasm-opt {}", wasm_opt::VERSION), wasm_opt::ready)?;
            let trunk = trunk
                .join()
                .map_err(|_| Failure::new("the Trunk install crashed", "report it, then try again"))??;
            Ok(Self { rust, trunk, wasm_bindgen, wasm_opt })
        })
    }
}

/// A tool that can be asked for its version.
struct Tool<'a> {
    name: &'a str,
    program: &'a str,
    version: &'a str,
    /// Where the program lies below the tool's folder.
    bin: &'a str,
}

impl Tool<'_> {
    /// The folder with the program: from PATH, the cache, or made by `install`, which fills the folder
    /// that it is given first and may keep work to resume in the second.
    fn ready(&self, install: impl FnOnce(&Path, &Path) -> Result<()>) -> Result<PathBuf> {
        if let Some(path) = command::on_path(self.program)
            && self.right(&path)
            && let Some(folder) = path.parent()
        {
            return Ok(folder.to_path_buf());
        }
        let cache = cache()?;
        let named = format!("{}-{}", self.name, self.version);
        let done = cache.join("tools").join(&named);
        if self.right(&done.join(self.bin).join(self.program)) {
            return Ok(done.join(self.bin));
        }
        println!("    installing {} {} into {}", self.name, self.version, done.display());
        let work = cache.join("work").join(&named);
        let fresh = cache.join("work").join(format!("{named}.{}", std::process::id()));
        let next = "check that the cache folder can be written, or set TWOPATH_CACHE to another";
        for folder in [&work, &fresh, &cache.join("tools")] {
            fs::create_dir_all(folder).or_fail(format!("cannot make {}", folder.display()), next)?;
        }
        let result = install(&fresh, &work).and_then(|()| self.move_into_place(&fresh, &done, next));
        drop(fs::remove_dir_all(&fresh));
        result?;
        drop(fs::remove_dir_all(&work));
        Ok(done.join(self.bin))
    }

    fn move_into_place(&self, fresh: &Path, done: &Path, next: &str) -> Result<()> {
        if !self.right(&fresh.join(self.bin).join(self.program)) {
            return Err(Failure::new(
                format!("{} was installed but does not answer as version {}", self.name, self.version),
                format!("install {} {} by hand and put it on PATH", self.name, self.version),
            ));
        }
        if self.right(&done.join(self.bin).join(self.program)) {
            // Another xtask was faster with the same.
            return Ok(());
        }
        // What lies there does not answer.
        drop(fs::remove_dir_all(done));
        fs::rename(fresh, done).or_fail(format!("cannot make {}", done.display()), next)
    }

    fn right(&self, program: &Path) -> bool {
        let asked = Command::new(program).arg("--version").output();
        asked.is_ok_and(|output| {
            output.status.success() && version_in(&String::from_utf8_lossy(&output.stdout)) == Some(self.version)
        })
    }
}

/// `cargo install` of a pinned crate with its own lock file. What an interrupted install has compiled is
/// used by the next one.
fn cargo_install(
    project: &Project,
    package: &str,
    version: &str,
    extra: &[&str],
    fresh: &Path,
    work: &Path,
) -> Result<()> {
    let next = format!(
        "check the network, then try `cargo install --locked {package} --version {version}` by hand and put it on PATH"
    );
    let mut install = project.cargo();
    install
        .args(["install", "--locked", "--no-track", package, "--version", version])
        .args(extra)
        .arg("--root")
        .arg(fresh)
        .arg("--target-dir")
        .arg(work)
        // Used for seconds a day: quick to make rather than quickest to run.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTFLAGS");
    command::quiet(&mut install, &next).map(|_| ())
}

/// The first version number that a program prints about itself: `0.21.14`, or `132` in "version 132".
fn version_in(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_programs_print() {
        assert_eq!(version_in("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(version_in("wasm-bindgen 0.2.126 (abc)"), Some("0.2.126"));
        assert_eq!(version_in("wasm-opt version 132 (version_132)"), Some("132"));
        assert_eq!(version_in("ChromeDriver 156.0.8078.79 (0a1b2c)"), Some("156.0.8078.79"));
        assert_eq!(
            version_in("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)"),
            Some("156.0.8078.79")
        );
        assert_eq!(version_in("no number"), None);
    }

    #[test]
    fn an_absent_program_is_not_right() {
        let tool = Tool { name: "x", program: "x", version: "1", bin: "" };
        assert!(!tool.right(Path::new("/nowhere/x")));
    }
}
