//! Golden files: hand-made inputs in `tests/golden/config`, what they read as beside them.
//! `UPDATE_EXPECT=1 cargo test --test config` refreshes the answers.

use std::collections::BTreeSet;
use twopath::intake::LineIndex;
use twopath::intake::config::{ConfigFormat, What, read, what};
use twopath::report::answers::Configured;
use twopath::report::text::{Style, setup};
use twopath::report::words::faults;

pub fn shown(name: &str, text: &str, format: ConfigFormat) -> String {
    let setup_read = read(text, format);
    let lines = LineIndex::new(text);
    let answer = Configured { file: name, text, notes: &[], setup: &setup_read, lines: &lines };
    let mut shown = setup(&answer, Style::default());
    for fault in &setup_read.faults.kept {
        let place = lines.line_column(fault.span.start);
        shown.push_str(&format!("fault {}:{} {}\n", place.line, place.column, faults::fault(&fault.code)));
    }
    shown
}

#[test]
fn golden_files() {
    let mut formats = BTreeSet::new();
    for (path, text) in super::inputs("config") {
        let What::Config(format) = what(&text) else { panic!("{path:?} is taken for {:?}", what(&text)) };
        let name = path.file_stem().unwrap().to_str().unwrap();
        if let Ok(named) = name.parse::<ConfigFormat>() {
            assert_eq!(format, named, "{path:?} is taken for what it is called");
        }
        formats.insert(format);
        let mut beside = path.clone().into_os_string();
        beside.push(".expected");
        expect_test::expect_file![std::path::PathBuf::from(beside)].assert_eq(&shown(name, &text, format));
    }
    assert_eq!(formats.len(), ConfigFormat::ALL.len(), "an input for every format: {formats:?}");
}
