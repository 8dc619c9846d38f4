//! The walk-through of the documents: every command in it is run, in order, and prints what stands below it.
//!
//! `UPDATE_EXPECT=1 cargo test --test cli walkthrough` writes down anew what they print.

use super::program;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Where a word of a command is a file that an earlier command made, it lies in the test's own folder.
fn run(command: &str, folder: &Path) -> String {
    let (command, to) = command.split_once(" > ").map_or((command, None), |(command, to)| (command, Some(to)));
    let mut words = command.split(' ');
    assert_eq!(words.next(), Some("twopath"), "{command}");
    let words = words.map(|word| match word.ends_with(".json") && !word.contains('/') {
        true => folder.join(word).into_os_string(),
        false => word.into(),
    });
    let output = program().args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (code, err) = (output.status.code().unwrap(), text(output.stderr));
    let mut shown = String::new();
    match to {
        Some(to) => std::fs::write(folder.join(to), &output.stdout).unwrap(),
        None => shown.push_str(&text(output.stdout)),
    }
    // Files of the test's own are named as the reader names them.
    shown.push_str(&err.replace(&format!("{}/", folder.display()), ""));
    if code != 0 {
        let _ = writeln!(shown, "[exit code {code}]");
    }
    shown.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn walkthrough() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("walkthrough");
    std::fs::create_dir_all(&folder).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/docs/walkthrough.md");
    let before = std::fs::read_to_string(&path).unwrap();
    let mut after = String::new();
    let (mut inside, mut commands) = (false, 0);
    for line in before.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        }
        if !inside || !line.starts_with(|first: char| first.is_whitespace()) && line.starts_with("```") {
            after.push_str(line);
            after.push('\n');
        } else if let Some(command) = line.strip_prefix("$ ") {
            let _ = writeln!(after, "{line}\n{}", run(command, &folder).trim_end());
            commands += 1;
        }
    }
    let after = after.replace("\n\n```\n", "\n```\n").replace("\n\n$ ", "\n$ ");
    assert!(commands > 15, "{commands} commands");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &after).unwrap();
    } else {
        assert_eq!(before, after, "UPDATE_EXPECT=1 cargo test --test cli walkthrough");
    }
    // It ends where a person's drawing is: no address goes another way, nothing fares otherwise.
    let drawn = "static/docs/walkthrough/drawn.json";
    let walked = folder.join("8.json").into_os_string().into_string().unwrap();
    let told = super::json(&["diff", drawn, &walked, "--json"]);
    assert_eq!((&told["same"], &told["changes"]), (&true.into(), &serde_json::json!([])), "{told:#}");
    // The same files a second time leave the plan as it was, to the byte.
    let again = std::fs::read(folder.join("again.json")).unwrap();
    assert_eq!(again, std::fs::read(&walked).unwrap());
}
