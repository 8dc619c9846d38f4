//! The service worker: which files it keeps, and under which version.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::failure::{Failure, OrFail, Result};
use crate::{single, sizes};

/// The service worker's name in `dist/`; it must not change, or browsers would keep the old one.
pub const NAME: &str = "sw.js";

/// Writes it for the files that are there: all but itself and the tool in one file, which is for taking away.
pub fn write(dist: &Path, template: &str) -> Result<()> {
    let mut files = Vec::new();
    for path in sizes::files(dist)? {
        let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if name == NAME || name == single::NAME {
            continue;
        }
        let bytes = fs::read(&path).or_fail(format!("{} cannot be read", path.display()), "build again")?;
        // Hosts answer for the folder; some redirect its file to it, and a redirect can't be kept.
        files.push((if name == "index.html" { "./".to_owned() } else { name }, bytes));
    }
    fs::write(dist.join(NAME), filled(template, &files)?)
        .or_fail(format!("cannot write {NAME}"), "look at the rights on dist/")
}

fn filled(template: &str, files: &[(String, Vec<u8>)]) -> Result<String> {
    let mut hash = Sha256::new();
    // A change of the worker's own is a new version too.
    hash.update(template);
    for (name, bytes) in files {
        for part in [name.as_bytes(), bytes] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    let version: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let names: Vec<&String> = files.iter().map(|(name, _)| name).collect();
    let list = serde_json::to_string_pretty(&names).or_fail("the names are no text", "name files in ASCII")?;
    let mut out = template.to_owned();
    for (from, to) in [
        ("const VERSION = \"\";", format!("const VERSION = \"{version}\";")),
        ("const FILES = [];", format!("const FILES = {list};")),
    ] {
        if out.matches(from).count() != 1 {
            return Err(Failure::new(format!("static/sw.js has no line `{from}`"), "restore it"));
        }
        out = out.replacen(from, &to, 1);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_names_and_contents() {
        let template = include_str!("../../static/sw.js");
        let version = |files: &[(&str, &str)]| {
            let files: Vec<_> =
                files.iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).collect();
            filled(template, &files)
                .unwrap()
                .lines()
                .find(|line| line.starts_with("const VERSION"))
                .unwrap()
                .to_owned()
        };
        let one = version(&[("a", "b"), ("c", "d")]);
        assert_eq!(one, version(&[("a", "b"), ("c", "d")]));
        for other in [&[("a", "b"), ("c", "e")][..], &[("ab", ""), ("c", "d")], &[("a", "b")]] {
            assert_ne!(one, version(other));
        }
    }

    #[test]
    fn the_list_is_what_lies_there() {
        let folder = std::env::temp_dir().join(format!("twopath-offline-{}", std::process::id()));
        fs::create_dir_all(folder.join("sub")).unwrap();
        for name in ["index.html", "a.js", "sub/b.css", NAME, single::NAME] {
            fs::write(folder.join(name), "x").unwrap();
        }
        write(&folder, "const VERSION = \"\";\nconst FILES = [];\n").unwrap();
        let text = fs::read_to_string(folder.join(NAME)).unwrap();
        fs::remove_dir_all(folder).unwrap();
        assert!(text.ends_with("const FILES = [\n  \"a.js\",\n  \"./\",\n  \"sub/b.css\"\n];\n"), "{text}");
    }
}
