//! What is read of each sample. `UPDATE_EXPECT=1 cargo test --test flows` writes it anew.

use crate::sound::{in_pieces, read, sound};
use expect_test::expect_file;
use std::fmt::Write;
use std::path::PathBuf;
use twopath::intake::flows::{LogFormat, Sessions, shown_time};
use twopath::plan::LogColumns;
use twopath::report::words::faults;

/// How the columns of the sample without a format are called.
pub fn naming() -> LogColumns {
    LogColumns {
        source: "Src IP".into(),
        destination: "Dst IP".into(),
        bytes: "Sent".into(),
        bytes_back: "Received".into(),
        end: "Session End".into(),
        duration: "Elapsed (sec)".into(),
        source_port: "Src Port".into(),
        destination_port: "Dst Port".into(),
        ..LogColumns::default()
    }
}

/// Every sample: its name and content.
pub fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/flows");
    let mut all: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "txt"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
        .collect();
    all.sort();
    assert!(all.len() >= 11, "{}", all.len());
    all
}

fn dump(log: &[u8]) -> String {
    let (told, records) = read(log, None, &[naming()]);
    sound(log, &told, &records);
    let mut out = String::new();
    let name = told.format.map_or("none", LogFormat::name);
    writeln!(out, "{name}: {} records, {} bytes, {} faults", told.records, told.bytes, told.faults.errors)
        .unwrap();
    for record in records {
        let (from, to) = (shown_time(record.from), record.to - record.from);
        let began = if record.source_began { " began" } else { "" };
        let denied = if record.denied { " denied" } else { "" };
        let sessions = match record.sessions {
            Sessions::Flows(1) => String::new(),
            other => format!(" {other:?}"),
        };
        writeln!(
            out,
            "{from}:{:02} +{to} {} {} -> {} {}: {} {}{sessions}{began}{denied}",
            record.from / 1000 % 60,
            record.source,
            record.source_port,
            record.destination,
            record.destination_port,
            record.sent,
            record.received
        )
        .unwrap();
    }
    for fault in told.faults.kept {
        writeln!(out, "{}:{}: {}", fault.line, fault.column, faults::fault(&fault.code)).unwrap();
    }
    out
}

#[test]
fn samples_are_read_as_they_were() {
    for (name, log) in samples() {
        expect_file![format!("../golden/flows/{name}.txt")].assert_eq(&dump(&log));
    }
}

#[test]
fn every_format_has_a_sample_that_is_recognised_and_read_whole() {
    let mut missing: Vec<LogFormat> = LogFormat::ALL.into();
    for (name, log) in samples() {
        let (told, records) = read(&log, None, &[naming()]);
        let format = told.format.unwrap_or_else(|| panic!("{name} is not recognised"));
        if !name.starts_with("bad-") {
            assert_eq!((told.faults.errors, records.is_empty()), (0, false), "{name}");
        }
        missing.retain(|other| *other != format);
    }
    assert_eq!(missing, []);
}

#[test]
fn pieces_of_any_size_give_the_same() {
    for (name, log) in samples() {
        let whole = read(&log, None, &[naming()]);
        for sizes in [&[1][..], &[7, 61, 1], &[4096], &[3]] {
            assert_eq!(in_pieces(&log, None, &[naming()], sizes), whole, "{name} in {sizes:?}");
        }
    }
}

#[test]
fn packed_and_two_byte_logs_are_the_same_records() {
    for (name, log) in samples() {
        let (_, records) = read(&log, None, &[naming()]);
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut packer, &log).unwrap();
        let packed = packer.finish().unwrap();
        let (told, unpacked) = in_pieces(&packed, None, &[naming()], &[13]);
        assert_eq!(unpacked, records, "{name} packed");
        assert_eq!(told.bytes, log.len() as u64);
        // Cut off, what is there is read and the cut is said.
        let (told, some) = read(&packed[..packed.len() - 9], None, &[naming()]);
        assert!(some.len() <= records.len() && told.faults.errors > 0, "{name} cut off");
        let text = String::from_utf8(log).unwrap();
        let two = |high_first: bool| -> Vec<u8> {
            let text = text.trim_start_matches('\u{feff}');
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            units.flat_map(|unit| if high_first { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        for wide in [two(true), two(false)] {
            assert_eq!(in_pieces(&wide, None, &[naming()], &[5]).1, records, "{name} of two bytes a letter");
        }
    }
}

/// Nothing that is pasted as a list or configuration is taken for a log, and every log is, from its beginning alone.
#[test]
fn only_logs_look_like_logs() {
    use twopath::intake::flows::looks;
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut others = 0;
    for folder in ["intake", "config", "lists"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap_or_default();
            assert_eq!(looks(&bytes, &[]), None, "{}", path.display());
            others += 1;
        }
    }
    assert!(others > 50, "{others}");
    for (name, log) in samples() {
        let looks = looks(&log[..log.len().min(600)], &[]).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(looks.format.is_none(), name.starts_with("columns"), "{name}");
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut packed, &log).unwrap();
        let packed = packed.finish().unwrap();
        // Cut off, as the beginning of a long file is.
        let cut = twopath::intake::flows::looks(&packed[..packed.len() * 9 / 10], &[]);
        assert!(cut.is_some_and(|cut| cut.format == looks.format), "{name}, packed");
    }
}
