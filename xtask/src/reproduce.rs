//! The same sources give the same bytes, wherever they lie: two builds in two folders, compared file by file.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::args::Effort;
use crate::command::{quiet, run};
use crate::failure::{Failure, OrFail, Result};
use crate::project::{Project, cargo_home};
use crate::sizes;
use crate::steps::step;

/// Other names and other lengths: either may find its way into a built file, by itself or by its hash.
const FOLDERS: [&str; 2] = ["one", "the-other-with-a-name-that-is-longer"];

const NEXT: &str = "look at the rights and the room of target/reproduce";

/// Clones what is committed into two folders, builds the page in each by `cargo xtask build`, and compares both.
///
/// What was built stays where it differs; the clones' own targets never do.
pub fn check(project: &Project, effort: Effort) -> Result<()> {
    let place = project.target.join("reproduce");
    if place.exists() {
        fs::remove_dir_all(&place).or_fail(format!("cannot empty {}", place.display()), NEXT)?;
    }
    let commit = git(project, &["rev-parse", "HEAD"])?;
    if !git(project, &["status", "--porcelain"])?.is_empty() {
        println!("!!! What is not committed is not built: both builds are of {commit} !!!");
    }
    let mut roots = Vec::new();
    for name in FOLDERS {
        let root = place.join(name);
        step(&format!("build in {}", root.display()), || build(project, &commit, &root, effort))?;
        roots.push(root);
    }
    let told = step("comparison", || compare(&roots));
    if told.is_ok()
        && let Err(error) = fs::remove_dir_all(&place)
    {
        println!("{} stays: {error}", place.display());
    }
    told
}

fn git(project: &Project, args: &[&str]) -> Result<String> {
    let mut git = Command::new("git");
    let said = quiet(git.current_dir(&project.root).args(args), "run from inside a clone, with git on PATH")?;
    Ok(said.trim().to_owned())
}

fn build(project: &Project, commit: &str, root: &Path, effort: Effort) -> Result<()> {
    let mut clone = Command::new("git");
    clone.args(["clone", "--quiet", "--no-checkout"]).arg(&project.root).arg(root);
    quiet(&mut clone, NEXT)?;
    let mut checkout = Command::new("git");
    checkout.current_dir(root).args(["checkout", "--quiet", "--detach", commit]);
    quiet(&mut checkout, NEXT)?;
    let mut cargo = project.cargo();
    cargo.current_dir(root).args(["xtask", "build"]).env_remove("CARGO_TARGET_DIR");
    if effort == Effort::Quick {
        cargo.arg("--quick");
    }
    let built = run(&mut cargo, "mend the build: cargo xtask build");
    // Some GB, of which nothing is asked any more.
    if let Err(error) = fs::remove_dir_all(root.join("target")) {
        println!("{} stays: {error}", root.join("target").display());
    }
    built
}

/// Whether two builds are the same, and name no folder that they were made in or of.
fn compare(roots: &[PathBuf]) -> Result<()> {
    let dists: Vec<PathBuf> = roots.iter().map(|root| root.join("dist")).collect();
    let mut faults = Vec::new();
    let mut suspects = roots.to_vec();
    suspects.push(cargo_home()?);
    suspects.extend(env::home_dir());
    for dist in &dists {
        faults.extend(named(dist, &suspects)?);
    }
    let [one, other] = &dists[..] else { return Err(Failure::new("there aren't two builds", NEXT)) };
    let (same, different) = differences(one, other)?;
    faults.extend(different);
    for fault in &faults {
        println!("    {fault}");
    }
    if faults.is_empty() {
        println!("    {same} files are the same in both, byte by byte, and name no folder of this machine");
        return Ok(());
    }
    Err(Failure::new(
        format!("the builds differ, or name a folder of this machine:\n{}", faults.join("\n")),
        format!(
            "compare {} and {}; the flags are in xtask/src/tools/wasm_target.rs",
            one.display(),
            other.display()
        ),
    ))
}

/// Files of a built page that name one of these folders: there should be none.
pub fn named(dist: &Path, suspects: &[PathBuf]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for path in sizes::files(dist)? {
        let bytes = read(&path)?;
        for suspect in suspects {
            let needle = suspect.as_os_str().as_encoded_bytes();
            // `/` or a short name would be found in anything.
            let telling = suspect.components().count() > 1 && needle.len() > 4;
            if telling && bytes.windows(needle.len()).any(|part| part == needle) {
                found.push(format!("{} names {}", path.display(), suspect.display()));
            }
        }
    }
    Ok(found)
}

/// How many files are the same in two folders, and in what the others differ.
fn differences(one: &Path, other: &Path) -> Result<(usize, Vec<String>)> {
    let names = |dist: &Path| -> Result<Vec<PathBuf>> {
        Ok(sizes::files(dist)?.iter().filter_map(|path| Some(path.strip_prefix(dist).ok()?.to_owned())).collect())
    };
    let (ours, theirs) = (names(one)?, names(other)?);
    if ours.is_empty() {
        return Err(Failure::new(format!("{} is empty", one.display()), "mend the build"));
    }
    let (mut same, mut found) = (0, Vec::new());
    for name in &ours {
        if !theirs.contains(name) {
            found.push(format!("{} is only in {}", name.display(), one.display()));
            continue;
        }
        let (first, second) = (read(&one.join(name))?, read(&other.join(name))?);
        if first == second {
            same += 1;
        } else {
            let at = first.iter().zip(&second).take_while(|(first, second)| first == second).count();
            let (first, second) = (first.len(), second.len());
            found.push(format!("{} differs from byte {at} on: {first} bytes and {second}", name.display()));
        }
    }
    let only = theirs.iter().filter(|name| !ours.contains(name));
    found.extend(only.map(|name| format!("{} is only in {}", name.display(), other.display())));
    Ok((same, found))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).or_fail(format!("{} cannot be read", path.display()), "build again")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let root = env::temp_dir().join(format!("twopath-reproduce-{}-{name}", std::process::id()));
        drop(fs::remove_dir_all(&root));
        fs::create_dir_all(root.join("dist/sub")).unwrap();
        for (name, text) in files {
            fs::write(root.join("dist").join(name), text).unwrap();
        }
        root
    }

    #[test]
    fn what_differs_is_named() {
        let one = folder("one", &[("a.wasm", "abc"), ("b", "b"), ("sub/c", "c")]);
        let same = folder("same", &[("a.wasm", "abc"), ("b", "b"), ("sub/c", "c")]);
        let other = folder("other", &[("a.wasm", "abd"), ("sub/c", "c"), ("sub/d", "d")]);
        compare(&[one.clone(), same.clone()]).unwrap();
        let told = compare(&[one.clone(), other.clone()]).unwrap_err().to_string();
        for part in ["a.wasm differs from byte 2 on: 3 bytes and 3", "\nb is only in ", "\nsub/d is only in "] {
            assert!(told.contains(part), "{told}");
        }
        assert!(!told.contains("sub/c"), "{told}");
        // The same in both, and yet a folder that another machine doesn't have.
        for root in [&one, &same] {
            fs::write(root.join("dist/b"), format!("made in {}/src", one.display())).unwrap();
        }
        let told = compare(&[one.clone(), same.clone()]).unwrap_err().to_string();
        assert!(told.contains(&format!("b names {}", one.display())), "{told}");
        // Nothing is not the same as nothing.
        let nothing = [folder("none", &[]), folder("neither", &[])];
        assert!(compare(&nothing).is_err());
        for root in [one, same, other].iter().chain(&nothing) {
            fs::remove_dir_all(root).unwrap();
        }
    }
}
