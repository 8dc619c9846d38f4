//! The command line, run as people run it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "cli/advice.rs"]
mod advice;
#[path = "cli/bad_inputs.rs"]
mod bad_inputs;
#[path = "cli/configuration.rs"]
mod configuration;
#[path = "cli/flows.rs"]
mod flows;
#[path = "cli/golden.rs"]
mod golden;
#[path = "cli/lookup.rs"]
mod lookup;
#[path = "cli/options.rs"]
mod options;
#[path = "cli/pipes.rs"]
mod pipes;
#[path = "cli/walkthrough.rs"]
mod walkthrough;

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run left behind.
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// The program, started in the root of the project as `cargo run` starts it.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twopath"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("NO_COLOR");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str]) -> Run {
    run_with(arguments, b"")
}

fn run_with(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = program().args(arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A program that doesn't read its input is no failure of the test.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let run = Run {
        code: output.status.code().expect("ended by a signal"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    assert!(!run.err.contains("panicked"), "{arguments:?}: {}", run.err);
    run
}

fn json(arguments: &[&str]) -> Value {
    let run = run(arguments);
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{}", run.err))
}

/// The gallery's plans, in order, as paths from the root.
fn examples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/examples");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".json"))
        .map(|name| format!("static/examples/{name}"))
        .collect();
    found.sort();
    assert!(found.len() >= 10, "{found:?}");
    found
}

/// A file of this test's own.
fn file(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.into_os_string().into_string().unwrap()
}

/// The least plan with a site, an exit, and a name.
const SMALL: &str = r#"{
  "schema_version": 1,
  "name": "Small",
  "sites": [{"id": "hq", "inside": ["10.0.0.0/8"]}],
  "exits": [{"id": "net", "name": "Internet", "site": "hq", "link": {"internet": {}},
    "path": [{"device": "fw", "zone": "outside"}],
    "learned": ["0.0.0.0/0"], "advertised": ["198.51.100.0/24"]}],
  "devices": [{"id": "fw", "stateful": true, "rules": [{"pool": "nat"}]}],
  "pools": [{"id": "nat", "addresses": ["198.51.100.0/25"]}],
  "flows": [{"id": "web", "ends": {"outbound": {"site": "hq"}}}]
}"#;
