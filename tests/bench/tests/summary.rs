//! A short run leaves a summary with everything that readers of it look for. Nothing here is timed.

#![allow(clippy::expect_used)]

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn run(task: &str, folder: &PathBuf, more: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_twopath-bench")).arg(task).arg(folder).args(more).status();
    assert!(status.expect("it starts").success(), "{task} {more:?}");
}

fn summary(name: &str, only: &[&str]) -> (Vec<Value>, String) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    run("native", &folder, &[&["--quick"], only].concat());
    run("report", &folder, &[]);
    let read = |file: &str| fs::read_to_string(folder.join(file)).expect("it was written");
    (serde_json::from_str(&read("summary.json")).expect("a list"), read("summary.md"))
}

#[test]
fn a_short_run_is_well_formed() {
    let (rows, tables) = summary("whole", &[]);
    let mut names: Vec<&str> = rows.iter().filter_map(|row| row["name"].as_str()).collect();
    for row in &rows {
        let keys: Vec<&String> = row.as_object().expect("an object").keys().collect();
        let mut wanted =
            ["name", "input", "unit", "ours", "peer", "peer_value", "ratio", "must", "goal", "met"].to_vec();
        wanted.sort_unstable();
        assert_eq!(keys, wanted, "{row}");
        assert!(row["ours"].as_f64().is_some_and(|ours| ours > 0.0), "{row}");
        assert!(row["met"].is_boolean() && row["input"].as_str().is_some_and(|input| !input.is_empty()), "{row}");
        assert_eq!(row["peer"].is_string(), row["peer_value"].is_number(), "{row}");
    }
    for family in ["IPv4", "IPv6"] {
        for row in ["build sorted", "build shuffled", "difference", "bytes", "lookup at 128", "lookup at 10,000"] {
            assert!(names.contains(&&*format!("{row} {family}")), "{row} {family} is missing");
        }
        for mix in ["uniform", "announced", "sorted"] {
            assert!(names.contains(&&*format!("lookup {mix} {family}")), "{mix} {family}");
            assert!(names.contains(&&*format!("batch {mix} {family}")), "{mix} {family}");
        }
    }
    assert!(names.contains(&"text to solved"));
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "a name is there twice");
    for title in ["What is promised", "Everyone", "As the table grows", "quick run", "Machine: ", "made-up"] {
        assert!(tables.contains(title), "{title}");
    }
}

#[test]
fn one_row_can_be_asked_for() {
    let (rows, _) = summary("one", &["--only", "build sorted IPv6"]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["name"], "build sorted IPv6");
}
