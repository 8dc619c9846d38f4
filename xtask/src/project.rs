//! Where things are: the clone, its target folder, the built page, the cache of tools.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, OrFail, Result};

/// The clone that is worked on.
pub struct Project {
    /// The workspace's root.
    pub root: PathBuf,
    /// Cargo's target folder for native builds.
    pub target: PathBuf,
    /// The cargo that runs us, or the one on PATH.
    cargo: PathBuf,
}

impl Project {
    /// Finds the workspace above this crate, or above the current folder.
    pub fn find() -> Result<Self> {
        let start = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => env::current_dir().or_fail("no current folder", "run from inside the clone")?,
        };
        let root = start
            .ancestors()
            .find(|folder| folder.join("Trunk.toml").is_file() && folder.join("Cargo.lock").is_file())
            .ok_or_else(|| Failure::new("no clone of Twopath here", "run from inside the clone"))?
            .to_path_buf();
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
        let cargo = env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from);
        Ok(Self { root, target, cargo })
    }

    /// The built page.
    #[must_use]
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Builds for wasm keep a folder of their own: they may be made by another compiler than the native
    /// ones, and with other flags, and would rebuild each other's work.
    #[must_use]
    pub fn wasm_target(&self) -> PathBuf {
        self.target.join("wasm")
    }

    /// The default toolchain's cargo, in the clone.
    #[must_use]
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(&self.cargo);
        command.current_dir(&self.root);
        command
    }

    /// The version that Cargo.lock holds of a package.
    pub fn locked(&self, package: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let text = std::fs::read_to_string(&path)
            .or_fail("Cargo.lock cannot be read", "restore it: git checkout Cargo.lock")?;
        locked_version(&text, package).ok_or_else(|| {
            Failure::new(format!("Cargo.lock holds no {package}"), "restore it: git checkout Cargo.lock")
        })
    }
}

/// Where tools are kept between clones: `TWOPATH_CACHE`, else `XDG_CACHE_HOME`, else `~/.cache`.
pub fn cache() -> Result<PathBuf> {
    let base = match env::var_os("TWOPATH_CACHE").or_else(|| env::var_os("XDG_CACHE_HOME")) {
        Some(folder) => PathBuf::from(folder),
        None => home()?.join(".cache"),
    };
    Ok(base.join("twopath"))
}

/// Cargo's own folder, with the sources of all dependencies below it.
pub fn cargo_home() -> Result<PathBuf> {
    match env::var_os("CARGO_HOME") {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => Ok(home()?.join(".cargo")),
    }
}

fn home() -> Result<PathBuf> {
    env::home_dir()
        .filter(|path| path != Path::new(""))
        .ok_or_else(|| Failure::new("no home folder", "set HOME, or TWOPATH_CACHE and CARGO_HOME"))
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let wanted = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_tells_a_version() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"b\"\nversion = \"0.2.126\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "b").as_deref(), Some("0.2.126"));
        assert_eq!(locked_version(lock, "a"), None);
    }
}
