//! A Rust compiler with the wasm32 target.
//!
//! On an ordinary machine rustup adds the target to the default toolchain. Where rustup cannot download,
//! Debian's `-web` packages bring a second Rust with the sources of std, from which std for wasm32 is made
//! once and laid beside the compiler; from then on that cargo works like any other. Nobody has to say
//! which: each is asked to compile an empty crate.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::command::{apt_install, clean, on_path, path_with, quiet};
use crate::failure::{Failure, OrFail, Result};
use crate::project::{Project, cache, cargo_home};

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_BIN: &str = "/usr/bin";
const DEBIAN_PACKAGES: [&str; 7] =
    ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "rust-web-clippy", "rustfmt-web", "lld-22"];

/// A cargo and rustc that compile for wasm32.
pub struct WasmToolchain {
    /// Put first on PATH, so that no proxy of rustup's answers instead.
    bin: Option<PathBuf>,
    /// Compiler flags for every wasm build, so that builds share their work.
    flags: Vec<OsString>,
}

impl WasmToolchain {
    /// A program that sees this toolchain and the tools of the folders given, and whose cargo builds into
    /// the clone's folder for wasm.
    pub fn command(&self, project: &Project, program: &str, tools: &[&Path]) -> Result<Command> {
        let mut first: Vec<&Path> = self.bin.as_deref().into_iter().collect();
        first.splice(0..0, tools.iter().copied());
        let path = path_with(&first)?;
        // Looked up here: a changed PATH does not count for finding the program itself.
        let found = std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file());
        let mut command = clean(found.unwrap_or_else(|| program.into()));
        if self.bin.is_some() {
            command.env_remove("RUSTUP_TOOLCHAIN").env_remove("LD_LIBRARY_PATH");
        }
        command
            .current_dir(&project.root)
            .env("PATH", path)
            .env("CARGO_TARGET_DIR", project.wasm_target())
            .env("CARGO_ENCODED_RUSTFLAGS", self.flags.join(OsStr::new("\u{1f}")));
        Ok(command)
    }

    /// With the flags that keep the folders of this machine out of the wasm.
    fn new(bin: Option<PathBuf>, project: &Project) -> Result<Self> {
        let mut toolchain = Self { bin, flags: Vec::new() };
        // Sources must lie unpacked before their folders can be named.
        let mut fetch = toolchain.command(project, "cargo", &[])?;
        fetch.args(["fetch", "--locked", "--target", TARGET]);
        quiet(&mut fetch, "check the network; if you changed Cargo.toml, run `cargo check` once")?;
        let sysroot =
            quiet(toolchain.command(project, "rustc", &[])?.args(["--print", "sysroot"]), "reinstall Rust")?;
        let sources = cargo_home()?.join("registry/src");
        let mut renames = vec![
            (project.root.clone(), "twopath"),
            (Path::new(sysroot.trim()).join("lib/rustlib/src/rust"), "std"),
        ];
        if let Ok(entries) = fs::read_dir(&sources) {
            let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
            folders.sort();
            renames.extend(folders.into_iter().map(|folder| (folder, "crates")));
        }
        toolchain.flags = renames.iter().map(|(from, to)| remap(from, to)).collect();
        Ok(toolchain)
    }
}

/// Finds a toolchain with the target, or makes one.
pub fn ready(project: &Project) -> Result<WasmToolchain> {
    let default = Path::new("rustc");
    let debian = Path::new(DEBIAN_BIN);
    let debian_works = || debian.join("cargo").is_file() && compiles(&debian.join("rustc"));
    if compiles(default) {
        return WasmToolchain::new(None, project);
    }
    if debian_works() {
        return WasmToolchain::new(Some(debian.into()), project);
    }
    let why_not = match by_rustup() {
        Ok(()) if compiles(default) => return WasmToolchain::new(None, project),
        Ok(()) => "rustup added the target, but an empty crate still does not compile".to_owned(),
        Err(failure) => failure.what().to_owned(),
    };
    println!("    rustup cannot give the target; trying Debian's packages: {}", DEBIAN_PACKAGES.join(" "));
    let next =
        format!("rustup target add {TARGET}; or as root on Debian: apt-get install {}", DEBIAN_PACKAGES.join(" "));
    by_debian(project).map_err(|failure| Failure::new(format!("{why_not}\n{}", failure.what()), &next))?;
    if debian_works() {
        return WasmToolchain::new(Some(debian.into()), project);
    }
    Err(Failure::new("Debian's Rust still cannot compile an empty crate for wasm32", next))
}

fn by_rustup() -> Result<()> {
    let rustup = on_path("rustup").ok_or_else(|| Failure::new("there is no rustup", ""))?;
    println!("    rustup target add {TARGET}");
    quiet(Command::new(rustup).args(["target", "add", TARGET]), "").map(|_| ())
}

/// Whether a compiler makes a library (with the bitcode that LTO needs) and a test program for wasm32.
/// Asked by compiling: an upgraded compiler leaves stale libraries whose folder looks as before.
fn compiles(rustc: &Path) -> bool {
    let folder = std::env::temp_dir().join(format!("twopath-probe-{}", std::process::id()));
    let works = fs::create_dir_all(&folder).is_ok()
        && probe(rustc, &folder, &["--crate-type", "cdylib", "-C", "panic=abort", "-C", "lto=fat"])
            .unwrap_or(false)
        && probe(rustc, &folder, &["--test"]).unwrap_or(false);
    drop(fs::remove_dir_all(&folder));
    works
}

fn probe(rustc: &Path, folder: &Path, flags: &[&str]) -> std::io::Result<bool> {
    let mut command = clean(rustc);
    if rustc.starts_with(DEBIAN_BIN) {
        command.env_remove("RUSTUP_TOOLCHAIN").env_remove("LD_LIBRARY_PATH");
    }
    let mut child = command
        .args(["--edition", "2024", "--crate-name", "probe", "--target", TARGET])
        .args(flags)
        .arg("-o")
        .arg(folder.join("probe.wasm"))
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(b"#[test]\nfn passes() {}\n")?;
    }
    Ok(child.wait()?.success())
}

/// Debian's Rust, with std for wasm32 made from its sources.
fn by_debian(project: &Project) -> Result<()> {
    apt_install(&DEBIAN_PACKAGES)?;
    println!("    making std for wasm32 from Debian's sources");
    let work = cache()?.join("work").join(format!("wasm-std.{}", std::process::id()));
    let result = make_std(project, &work);
    drop(fs::remove_dir_all(&work));
    result
}

fn make_std(project: &Project, work: &Path) -> Result<()> {
    let next = "look at the message above; `rustup target add wasm32-unknown-unknown` makes this step needless";
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n";
    fs::create_dir_all(work.join("src")).or_fail(format!("cannot make {}", work.display()), next)?;
    fs::write(work.join("Cargo.toml"), manifest).or_fail("cannot write the empty crate", next)?;
    fs::write(work.join("src/lib.rs"), "").or_fail("cannot write the empty crate", next)?;
    // Bitcode for the page's LTO; no folder of this machine in the code.
    let flags = vec!["-Cembed-bitcode=yes".into(), remap(Path::new("/usr/lib/rustlib/src/rust"), "std")];
    let toolchain = WasmToolchain { bin: Some(DEBIAN_BIN.into()), flags };
    let mut build = toolchain.command(project, "cargo", &[])?;
    build.current_dir(work).env("CARGO_TARGET_DIR", work.join("target")).env("RUSTC_BOOTSTRAP", "1").args([
        "build",
        "--release",
        "--target",
        TARGET,
        "-Zbuild-std=test,std,panic_abort",
    ]);
    quiet(&mut build, next)?;

    let from = work.join("target").join(TARGET).join("release/deps");
    let to = Path::new("/usr/lib/rustlib").join(TARGET).join("lib");
    // A stale std of an older compiler would be found beside the new one.
    drop(fs::remove_dir_all(&to));
    fs::create_dir_all(&to).or_fail(format!("cannot make {}", to.display()), "run once as root")?;
    for entry in fs::read_dir(&from).or_fail(format!("cannot read {}", from.display()), next)?.flatten() {
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libempty") {
            fs::copy(entry.path(), to.join(&name))
                .or_fail(format!("cannot write into {}", to.display()), "run once as root")?;
        }
    }
    Ok(())
}

fn remap(from: &Path, to: &str) -> OsString {
    let mut flag = OsString::from("--remap-path-prefix=");
    flag.push(from);
    flag.push("=");
    flag.push(to);
    flag
}
