//! Files and links of every released form open for ever.
//!
//! `tests/frozen/VERSION` holds plans as that version wrote them: a file (`.json`), a link (`.link`), and what has to be
//! found in both (`.txt`). They are never written again: a test that fails here means that somebody's plan is lost.
//! For a new version of the plan format or of links, `cargo test --test frozen -- --ignored` writes a new folder
//! beside the old ones, and nothing over what is there.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use support::random_plan::random_plan;
use twopath::desk::link;
use twopath::plan::{self, Plan, SCHEMA_VERSION, examples::EXAMPLES};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen")
}

/// What is in a plan, in terms that no later format changes.
fn told(plan: &Plan) -> String {
    let mut out = format!("name {}\n", plan.name);
    for (what, ids) in [
        ("sites", plan.sites.iter().map(|part| &part.id).collect::<Vec<_>>()),
        ("circuits", plan.circuits.iter().map(|part| &part.id).collect()),
        ("exits", plan.exits.iter().map(|part| &part.id).collect()),
        ("devices", plan.devices.iter().map(|part| &part.id).collect()),
        ("pools", plan.pools.iter().map(|part| &part.id).collect()),
        ("services", plan.services.iter().map(|part| &part.id).collect()),
        ("published", plan.published.iter().map(|part| &part.id).collect()),
        ("flows", plan.flows.iter().map(|part| &part.id).collect()),
    ] {
        let ids: Vec<&str> = ids.into_iter().map(|id| id.as_str()).collect();
        let _ = writeln!(out, "{what} {}", ids.join(" "));
    }
    let mut texts: Vec<String> = plan
        .lists()
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(_, text)| format!("{} bytes {:032x}", text.len(), text.content_hash()))
        .collect();
    texts.sort();
    let _ = writeln!(out, "lists\n{}", texts.join("\n"));
    out
}

#[test]
fn files_and_links_of_every_version_open() {
    let mut seen = 0;
    for version in fs::read_dir(folder()).unwrap().flatten() {
        for file in fs::read_dir(version.path()).unwrap().flatten() {
            let path = file.path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let read = |extension: &str| fs::read_to_string(path.with_extension(extension)).unwrap();
            let name = path.display();
            let loaded = plan::load(&read("json")).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(loaded.faults, [], "{name}");
            assert_eq!(told(&loaded.plan), read("txt"), "{name}");
            let linked =
                link::read(read("link").trim_end()).unwrap().unwrap_or_else(|error| panic!("{name}: {error:?}"));
            assert_eq!(linked.plan, loaded.plan, "{name}");
            seen += 1;
        }
    }
    assert!(seen >= 15, "{seen} frozen plans");
}

#[test]
#[ignore = "writes the frozen plans of this version, once"]
fn freeze_this_version() {
    let folder = folder().join(format!("plan-{SCHEMA_VERSION}-link-{}", link::VERSION));
    fs::create_dir(&folder).expect("a version is frozen once");
    let plans = EXAMPLES
        .iter()
        .map(|example| (example.file.trim_end_matches(".json").to_owned(), example.plan()))
        .chain([7, 42, 100, 499].map(|seed| (format!("random-{seed}"), random_plan(seed))));
    for (name, plan) in plans {
        let write = |extension: &str, text: String| {
            fs::write(folder.join(format!("{name}.{extension}")), text).unwrap();
        };
        write("json", plan::save(&plan));
        write("link", link::write(&plan).unwrap() + "\n");
        write("txt", told(&plan));
    }
}
