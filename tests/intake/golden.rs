//! Golden files: hand-made inputs in `tests/golden/intake`, what they read as beside them.
//! `UPDATE_EXPECT=1 cargo test --test intake` refreshes the answers.

use crate::show;
use twopath::intake::{Format, decode, read, recognise};

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

/// Files that aren't called by the format they are in.
const OTHERWISE: [(&str, Format); 8] = [
    ("array.json.gz", Format::Plain),
    ("communities-cli.json", Format::BgpCommunityCli),
    ("communities-print.txt", Format::BgpCommunityPrint),
    ("endpoints.json", Format::Microsoft365),
    ("list.txt", Format::Plain),
    ("powershell-utf16.txt", Format::Plain),
    ("service-tag-alone.txt", Format::ServiceTags),
    ("service-tags-cut.json", Format::ServiceTags),
];

/// The format of a golden file: the longest that its name begins with.
fn format_of(name: &str) -> Format {
    if let Some((_, format)) = OTHERWISE.iter().find(|(other, _)| *other == name) {
        return *format;
    }
    let named = Format::ALL.into_iter().filter(|format| name.starts_with(format.name()));
    named.max_by_key(|format| format.name().len()).unwrap()
}

/// No format is taken for another: not whole, and not without its first or last lines, as long as a fair part of
/// what it lists is left.
#[test]
fn no_format_is_taken_for_another() {
    let mut wrong = Vec::new();
    let mut pieces = 0;
    for (path, text) in crate::properties::named_samples() {
        let format = format_of(&path);
        let whole = read(&text, Some(format));
        let lines: Vec<&str> = text.lines().collect();
        let size = |reading: &twopath::intake::Reading| {
            if format == Format::AzureSummary { reading.sets.len() } else { reading.v4.len() + reading.v6.len() }
        };
        for cut in 0..lines.len() {
            for piece in [lines[cut..].join("\n"), lines[..lines.len() - cut].join("\n")] {
                let left = size(&read(&piece, Some(format)));
                if left < 2 || left * 3 < size(&whole) {
                    continue;
                }
                pieces += 1;
                let guesses = recognise(&piece);
                if guesses[0].format != format {
                    let (cut, of, taken) = (lines.len() - piece.lines().count(), lines.len(), &guesses[0]);
                    wrong.push(format!(
                        "{path} without {cut} of {of} lines: {} ({})\n",
                        taken.format, taken.confidence
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join(""));
    assert!(pieces > 500, "{pieces} pieces are too few to tell");
}
