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
    let mut read_as = std::collections::BTreeSet::new();
    for path in inputs {
        let decoded = decode(std::fs::read(&path).unwrap()).unwrap();
        let reading = read(&decoded.text, None);
        let name = path.file_stem().unwrap().to_str().unwrap();
        if let Ok(format) = name.parse::<twopath::intake::Format>() {
            assert_eq!(reading.format, format, "{path:?} is taken for what it is called");
        }
        read_as.insert(reading.format);
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
    assert_eq!(read_as.len(), twopath::intake::Format::ALL.len(), "an input for every format: {read_as:?}");
}
