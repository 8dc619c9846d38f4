//! What holds for every reading of every log. The fuzz target asserts the same.

use twopath::intake::MAX_FAULTS;
use twopath::intake::flows::{LogFormat, LogRead, LogReader, Record, shown_time};
use twopath::plan::LogColumns;
use twopath::report::words::{faults, flows};

/// A log in one go.
pub fn read(log: &[u8], format: Option<LogFormat>, known: &[LogColumns]) -> (LogRead, Vec<Record>) {
    in_pieces(log, format, known, &[log.len().max(1)])
}

/// A log in pieces of these sizes, over and over.
pub fn in_pieces(
    log: &[u8],
    format: Option<LogFormat>,
    known: &[LogColumns],
    sizes: &[usize],
) -> (LogRead, Vec<Record>) {
    let mut records = Vec::new();
    let mut reader = LogReader::new(format, known.to_vec());
    let mut rest = log;
    for size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, behind) = rest.split_at((*size).clamp(1, rest.len()));
        reader.feed(piece, &mut |record| records.push(*record));
        rest = behind;
    }
    let read = reader.finish(&mut |record| records.push(*record));
    (read, records)
}

/// Everything that holds for every log.
pub fn sound(log: &[u8], read: &LogRead, records: &[Record]) {
    assert_eq!(read.records as usize, records.len());
    assert!(read.faults.kept.len() <= MAX_FAULTS, "faults are bounded");
    assert_eq!(read.faults.kept.len() as u64 + read.faults.dropped(), read.faults.errors);
    for fault in &read.faults.kept {
        assert!(fault.line >= 1 && fault.column >= 1, "{fault:?}");
        let sentence = faults::fault(&fault.code);
        assert!(sentence.ends_with('.') && sentence.len() < 500, "{sentence}");
        assert_eq!(serde_json::to_value(fault).unwrap()["code"], fault.code.code());
    }
    for record in records {
        assert!(record.from <= record.to && record.to < 4_200_000_000_000, "{record:?}");
        assert!(!shown_time(record.from).is_empty());
    }
    let blank = log.iter().all(u8::is_ascii_whitespace);
    if read.format.is_none() && !blank && read.bytes > 3 {
        assert!(read.faults.errors > 0, "nothing is passed over silently");
    }
    assert!(!flows::log(read).is_empty());
}
