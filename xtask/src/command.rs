//! Running other programs.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, OrFail, Result};

/// Runs a program with its output on the screen; a failure names the command line.
pub fn run(command: &mut Command, next: &str) -> Result<()> {
    let status =
        command.stdin(Stdio::null()).status().or_fail(format!("cannot start `{}`", line(command)), next)?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{}` ended with {status}", line(command)), next))
    }
}

/// Runs a program silently; a failure shows the end of what it printed.
pub fn quiet(command: &mut Command, next: &str) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().or_fail(format!("cannot start `{}`", line(command)), next)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let printed = [output.stdout, output.stderr].concat();
    Err(Failure::new(
        format!(
            "`{}` ended with {}\n{}",
            line(command),
            output.status,
            tail(&String::from_utf8_lossy(&printed), 30)
        ),
        next,
    ))
}

/// A command without what cargo and rustup put into the environment of the xtask, so that another
/// toolchain can run below it.
#[must_use]
pub fn clean(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let from_cargo_run = text.starts_with("CARGO_PKG_")
            || text.starts_with("CARGO_MANIFEST_")
            || ["CARGO", "CARGO_BIN_NAME", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE", "RUST_RECURSION_COUNT"]
                .contains(&&*text);
        if from_cargo_run {
            command.env_remove(&name);
        }
    }
    command
}

/// The first program of that name on PATH.
#[must_use]
pub fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// PATH with folders put before the rest.
pub fn path_with(first: &[&Path]) -> Result<std::ffi::OsString> {
    let old = env::var_os("PATH").unwrap_or_default();
    let folders = first.iter().map(|folder| folder.to_path_buf()).chain(env::split_paths(&old));
    env::join_paths(folders).or_fail("PATH cannot be put together", "use folder names without colons")
}

/// Whether this process may install system packages.
#[must_use]
pub fn is_root() -> bool {
    cfg!(unix) && quiet(Command::new("id").arg("-u"), "").is_ok_and(|id| id.trim() == "0")
}

/// Installs Debian packages; only as root, and only where apt is.
pub fn apt_install(packages: &[&str]) -> Result<()> {
    let by_hand = format!("as root: apt-get install {}", packages.join(" "));
    if on_path("apt-get").is_none() || !is_root() {
        return Err(Failure::new(
            format!("not root on a Debian-like system, so {} cannot be installed", packages.join(", ")),
            by_hand,
        ));
    }
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "DPkg::Lock::Timeout=300"]).args(args);
        command
    };
    let mut install = apt(&["install", "-y", "--no-install-recommends"]);
    install.args(packages);
    // Lists may be missing or old: refresh them only when the first try fails.
    if quiet(&mut install, &by_hand).is_ok() {
        return Ok(());
    }
    quiet(&mut apt(&["update"]), "check the network and /etc/apt/sources.list")?;
    quiet(&mut install, &by_hand).map(|_| ())
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// The last lines of a text.
#[must_use]
pub fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}
