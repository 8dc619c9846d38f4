//! The licences of all dependencies, on every platform and with every feature, against an allow-list.

use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::command::quiet;
use crate::failure::{Failure, OrFail, Result};
use crate::project::Project;

/// Licences under which a crate may be used here. All permissive: they ask at most that their text and the
/// copyright be kept, which the third-party notices do.
const ALLOWED: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates under another licence that are used all the same: name, licence, why that is fine.
const EXCEPTIONS: [(&str, &str, &str); 1] =
    [("webdriver", "MPL-2.0", "drives the browser in tests; unchanged, and no part of what is given to users")];

/// Checks every package that is not ours; names each offender with its licence.
pub fn check(project: &Project) -> Result<()> {
    let metadata = metadata(project, &["--all-features"])?;
    let ours = members(&metadata);
    let mut count = 0;
    let mut offenders = Vec::new();
    for package in packages(&metadata) {
        if ours.contains(&package.id) {
            continue;
        }
        count += 1;
        let excepted =
            EXCEPTIONS.iter().any(|(name, licence, _)| *name == package.name && *licence == package.licence);
        if !excepted && !allowed(&package.licence) {
            offenders.push(format!("  {} {}: {}", package.name, package.version, package.licence));
        }
    }
    if offenders.is_empty() {
        println!("    {count} packages, all under an allowed licence");
        return Ok(());
    }
    Err(Failure::new(
        format!("licences that are not on the allow-list:\n{}", offenders.join("\n")),
        "use another crate, or add the licence to ALLOWED in xtask/src/licences.rs if it asks no more than those there",
    ))
}

/// A package as cargo knows it.
pub struct Package<'a> {
    /// Cargo's name for exactly this version from this source.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
    /// Its licence expression, or why there is none.
    pub licence: String,
    /// Where its source is developed.
    pub repository: &'a str,
    /// Its manifest on this machine.
    pub manifest: &'a str,
}

/// What cargo knows about the workspace and its dependencies.
pub fn metadata(project: &Project, extra: &[&str]) -> Result<Value> {
    let mut command = project.cargo();
    command.args(["metadata", "--format-version", "1", "--locked"]).args(extra);
    let text = quiet(&mut command, "if you changed Cargo.toml, run `cargo check` once; else check the network")?;
    serde_json::from_str(&text).or_fail("cargo metadata printed no JSON", "try another version of cargo")
}

/// All packages.
pub fn packages(metadata: &Value) -> impl Iterator<Item = Package<'_>> {
    metadata["packages"].as_array().into_iter().flatten().map(|package| {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        let licence = match (package["license"].as_str(), package["license_file"].as_str()) {
            (Some(expression), _) => expression.to_owned(),
            (None, Some(file)) => format!("only the file {file}"),
            (None, None) => "none stated".to_owned(),
        };
        Package {
            id: text("id"),
            name: text("name"),
            version: text("version"),
            licence,
            repository: text("repository"),
            manifest: text("manifest_path"),
        }
    })
}

/// The ids of the packages that are ours.
#[must_use]
pub fn members(metadata: &Value) -> Vec<&str> {
    metadata["workspace_members"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Whether a licence expression can be met with allowed licences alone.
#[must_use]
pub fn allowed(expression: &str) -> bool {
    // Older crates write `MIT/Apache-2.0`.
    let mode = ParseMode { allow_slash_as_or_operator: true, ..ParseMode::STRICT };
    Expression::parse_mode(expression, mode).is_ok_and(|parsed| {
        parsed.evaluate(|requirement| {
            // An exception only ever permits more than its licence does.
            requirement.license.id().is_some_and(|licence| ALLOWED.contains(&licence.name))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_allowed_branch_is_enough_and_every_conjunct_is_needed() {
        for good in [
            "MIT",
            "MIT OR Apache-2.0",
            "MIT/Apache-2.0",
            "MIT OR GPL-3.0-only",
            "Apache-2.0 WITH LLVM-exception",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "0BSD OR MIT OR Apache-2.0",
        ] {
            assert!(allowed(good), "{good}");
        }
        for bad in [
            "GPL-3.0-only",
            "MIT AND GPL-2.0-or-later",
            "LGPL-3.0",
            "MPL-2.0",
            "only the file LICENSE",
            "none stated",
            "",
            "LicenseRef-own",
        ] {
            assert!(!allowed(bad), "{bad}");
        }
    }

    #[test]
    fn metadata_is_read() {
        let metadata: Value = serde_json::from_str(
            r#"{"packages":[{"id":"a 1","name":"a","version":"1.0.0","license":"MIT","license_file":null,"repository":null,"manifest_path":"/x/Cargo.toml"},
                {"id":"b 1","name":"b","version":"2.0.0","license":null,"license_file":"TERMS"}],"workspace_members":["a 1"]}"#,
        )
        .unwrap();
        let all: Vec<Package> = packages(&metadata).collect();
        assert_eq!((all[0].name, all[0].licence.as_str()), ("a", "MIT"));
        assert_eq!(all[1].licence, "only the file TERMS");
        assert_eq!(members(&metadata), ["a 1"]);
    }
}
