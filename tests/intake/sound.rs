//! What holds for every reading of every text. The fuzz targets assert the same.

use std::collections::HashSet;
use twopath::intake::{Fault, Format, LineIndex, MAX_FAULTS, Reader, Reading, Severity};
use twopath::plan::Attributes;
use twopath::report::words::faults;

/// Everything that holds for every reading.
pub fn sound(text: &str, reading: &Reading) {
    let boundary = |at: u32| at as usize <= text.len() && text.is_char_boundary(at as usize);
    let lines = LineIndex::new(text);
    for fault in &reading.faults.kept {
        assert!(fault.span.start <= fault.span.end, "{fault:?}");
        assert!(boundary(fault.span.start) && boundary(fault.span.end), "{fault:?}");
        if let Some(fix) = &fault.fix {
            assert!(fix.span.start <= fix.span.end, "{fault:?}");
            assert!(boundary(fix.span.start) && boundary(fix.span.end), "{fault:?}");
        }
        let sentence = faults::fault(&fault.code);
        assert!(sentence.ends_with('.') && sentence.len() < 500, "{sentence}");
        assert!(lines.line_column(fault.span.end) >= lines.line_column(fault.span.start));
    }
    assert!(reading.faults.kept.is_sorted_by_key(|fault| (fault.span.start, fault.span.end)));
    if reading.faults.dropped() == 0 {
        let errors = reading.faults.kept.iter().filter(|fault| fault.severity == Severity::Error).count();
        assert_eq!(errors, reading.faults.errors as usize);
    }
    assert_eq!(reading.attributes[0], Attributes::default());
    let different: HashSet<_> = reading.attributes.iter().collect();
    assert_eq!(different.len(), reading.attributes.len(), "interned twice");
    assert!(reading.attributes.iter().all(|attributes| attributes.communities.is_sorted()));
    assert!(reading.faults.kept.len() <= MAX_FAULTS, "faults are bounded");
    for at in reading.v4.iter().map(|e| e.at).chain(reading.v6.iter().map(|e| e.at)) {
        assert!(boundary(at));
    }
    for (marks, entries) in
        [(reading.marks.v4.len(), reading.v4.len()), (reading.marks.v6.len(), reading.v6.len())]
    {
        assert!(marks == 0 || marks == entries, "a mark for every entry or for none");
    }
    let used = reading.v4.iter().map(|e| e.attributes).chain(reading.v6.iter().map(|e| e.attributes));
    assert!(used.max().unwrap_or(0) < reading.attributes.len() as u32);
    assert!(reading.v4.is_sorted_by_key(|e| e.at) && reading.v6.is_sorted_by_key(|e| e.at));
    let (mut v4, mut v6) = (0, 0);
    for set in &reading.sets {
        assert!(boundary(set.at));
        assert_eq!((set.v4.start, set.v6.start), (v4, v6), "sets follow each other");
        assert!(set.v4.end >= v4 && set.v6.end >= v6);
        (v4, v6) = (set.v4.end, set.v6.end);
    }
    assert_eq!((v4 as usize, v6 as usize), (reading.v4.len(), reading.v6.len()), "sets hold everything");
    let line_ends = text.matches('\n').count();
    let expected = line_ends + usize::from(!text.is_empty() && !text.ends_with('\n'));
    assert_eq!(reading.lines as usize, expected);
    if reading.skipped > 0 {
        assert!(!reading.faults.is_empty(), "nothing is passed over silently");
    }
    let codes = reading.faults.kept.iter().map(|fault| serde_json::to_value(fault).unwrap());
    for (json, fault) in codes.zip(&reading.faults.kept) {
        assert_eq!(json["code"], fault.code.code());
        assert_eq!(&borsh::from_slice::<Fault>(&borsh::to_vec(fault).unwrap()).unwrap(), fault);
    }
}

/// The same text read in pieces of these sizes, over and over.
pub fn stepped(text: &str, format: Option<Format>, sizes: &[usize]) -> Reading {
    let mut reader = Reader::new(text, format);
    let mut share = 0;
    for size in sizes.iter().cycle() {
        let progress = reader.step(*size);
        assert!(progress.share >= share && progress.share <= 1000, "progress goes forward");
        share = progress.share;
        if progress.done {
            break;
        }
    }
    assert_eq!(share, 1000);
    reader.finish()
}
