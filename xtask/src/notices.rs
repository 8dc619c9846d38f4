//! The notices that the licences of the page's parts ask for, as `THIRD-PARTY-NOTICES.txt` beside it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::failure::{OrFail, Result};
use crate::licences::{Package, members, metadata, packages};
use crate::project::Project;
use crate::tools::wasm_target::TARGET;

/// The page's package.
const ROOT: &str = "twopath";

/// Writes the notices into the built page.
pub fn write(project: &Project) -> Result<()> {
    let metadata =
        metadata(project, &["--no-default-features", "--features", "twopath/page", "--filter-platform", TARGET])?;
    let text = notices(&metadata);
    fs::write(project.dist().join("THIRD-PARTY-NOTICES.txt"), text)
        .or_fail("cannot write the notices", "look at the rights on dist/")
}

fn notices(metadata: &Value) -> String {
    let used = used_by_page(metadata);
    let ours = members(metadata);
    let mut parts: Vec<Package> =
        packages(metadata).filter(|package| used.contains(package.id) && !ours.contains(&package.id)).collect();
    parts.sort_by(|one, other| (one.name, one.version).cmp(&(other.name, other.version)));

    let mut out = String::from(
        "Third-party notices\n\n\
         Twopath's page is made with the works below. Each is followed by its licence; the texts follow the list,\n\
         each once, with the works that carry it.\n\n\
         Rust standard library\n  MIT OR Apache-2.0\n  https://github.com/rust-lang/rust\n\n",
    );
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for part in &parts {
        let name = format!("{} {}", part.name, part.version);
        let found = licence_texts(Path::new(part.manifest).parent().unwrap_or(Path::new("")));
        let without = if found.is_empty() {
            "\n  (its package holds no licence text: the standard text of the licence applies)"
        } else {
            ""
        };
        let _ = write!(out, "{name}\n  {}\n  {}{without}\n\n", part.licence, part.repository);
        for text in found {
            texts.entry(text).or_default().push(name.clone());
        }
    }
    for (text, names) in texts {
        let _ = write!(out, "{}\n{}\n\n{}\n\n", "=".repeat(100), names.join(", "), text);
    }
    out
}

/// The ids of all packages whose code the page's build uses, without those of build scripts and tests.
fn used_by_page(metadata: &Value) -> BTreeSet<&str> {
    let nodes: HashMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let mut used = BTreeSet::new();
    let mut waiting: Vec<&str> =
        packages(metadata).filter(|package| package.name == ROOT).map(|package| package.id).collect();
    while let Some(id) = waiting.pop() {
        if !used.insert(id) {
            continue;
        }
        let edges = nodes.get(id).and_then(|node| node["deps"].as_array());
        for edge in edges.into_iter().flatten() {
            let normal =
                edge["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()));
            if let (true, Some(next)) = (normal, edge["pkg"].as_str()) {
                waiting.push(next);
            }
        }
    }
    used
}

/// The licence files in a package's folder, with line ends and outer blanks made equal.
fn licence_texts(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<_> = entries
        .flatten()
        .filter(|entry| is_licence(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .collect();
    files.sort();
    let texts = files.iter().filter_map(|path| fs::read_to_string(path).ok());
    texts.map(|text| text.replace("\r\n", "\n").trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

fn is_licence(file: &str) -> bool {
    let name = file.to_ascii_uppercase();
    ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"]
        .iter()
        .any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licence_files_are_known_by_name() {
        for yes in ["LICENSE", "LICENSE-MIT", "license.md", "LICENCE.txt", "COPYING", "NOTICE", "UNLICENSE"] {
            assert!(is_licence(yes), "{yes}");
        }
        for no in ["README.md", "Cargo.toml", "src"] {
            assert!(!is_licence(no), "{no}");
        }
    }

    #[test]
    fn only_what_the_page_uses_is_named() {
        let metadata: Value = serde_json::from_str(
            r#"{"packages":[{"id":"t","name":"twopath","version":"1"},
                {"id":"a","name":"a","version":"1","license":"MIT","repository":"https://a.example"},
                {"id":"b","name":"b","version":"1","license":"MIT"},{"id":"c","name":"c","version":"1","license":"MIT"}],
              "workspace_members":["t"],
              "resolve":{"nodes":[
                {"id":"t","deps":[{"pkg":"a","dep_kinds":[{"kind":null}]},{"pkg":"b","dep_kinds":[{"kind":"dev"}]}]},
                {"id":"a","deps":[{"pkg":"c","dep_kinds":[{"kind":"build"}]}]}]}}"#,
        )
        .unwrap();
        let text = notices(&metadata);
        assert!(text.contains("a 1\n  MIT\n  https://a.example\n"), "{text}");
        assert!(!text.contains("b 1") && !text.contains("c 1") && !text.contains("twopath 1"), "{text}");
    }
}
