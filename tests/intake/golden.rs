//! Golden files: hand-made inputs in `tests/golden/intake`, what they read as beside them.
//! `UPDATE_EXPECT=1 cargo test --test intake` refreshes the answers.

use crate::show;
use twopath::intake::{decode, read, recognise};

#[test]
fn golden_files() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/intake");
    let mut inputs: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_none_or(|extension| extension != "expected"))
        .collect();
    inputs.sort();
    assert!(inputs.len() >= 8, "{inputs:?}");
    for path in inputs {
        let decoded = decode(std::fs::read(&path).unwrap()).unwrap();
        let reading = read(&decoded.text, None);
        let mut shown = String::new();
        for note in &decoded.notes {
            shown.push_str(&format!("note: {}\n", twopath::report::words::faults::note(*note)));
        }
        for guess in recognise(&decoded.text) {
            let reason = twopath::report::words::faults::reason(&guess.reason);
            shown.push_str(&format!("guess: {} ({}): {reason}\n", guess.format, guess.confidence));
        }
        shown.push_str(&show::reading(&decoded.text, &reading));
        let mut beside = path.clone().into_os_string();
        beside.push(".expected");
        expect_test::expect_file![std::path::PathBuf::from(beside)].assert_eq(&shown);
    }
}
