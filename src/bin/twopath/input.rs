//! Files and standard input.

use crate::output::{Failure, note, plain};
use std::fs::File;
use std::io::{self, BufReader, Read};
use twopath::intake::{BytesError, Decoded, MAX_TEXT, Note, decode};
use twopath::plan::{Loaded, PlanFault, Severity, load};
use twopath::report::words;

/// The name of a file in messages.
pub fn shown(file: &str) -> &str {
    if file == "-" { "standard input" } else { file }
}

/// Opens a file, or standard input for `-`.
pub fn open(file: &str) -> Result<Box<dyn Read>, Failure> {
    if file == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    let failed = |error: &io::Error| Failure::of(file, &format!("Can't read it: {}.", plain(error)));
    let opened = File::open(file).map_err(|error| failed(&error))?;
    // On some systems a directory opens, and only reading it fails.
    if opened.metadata().is_ok_and(|found| found.is_dir()) {
        return Err(failed(&io::ErrorKind::IsADirectory.into()));
    }
    Ok(Box::new(opened))
}

/// The text of a file, whatever its encoding, and what was done to get it.
pub fn text(file: &str) -> Result<Decoded, Failure> {
    let name = shown(file);
    let mut bytes = Vec::new();
    let limit = MAX_TEXT as u64;
    open(file)?
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::of(name, &format!("Can't read it: {}.", plain(&error))))?;
    if bytes.len() as u64 > limit {
        let length = std::fs::metadata(file).map_or(limit + 1, |found| found.len());
        let error = BytesError::TooLong { limit, value: length };
        return Err(Failure::of(name, &words::faults::bytes_error(&error)));
    }
    decode(bytes).map_err(|error| Failure::of(name, &words::faults::bytes_error(&error)))
}

/// Reads a plan. What is wrong with it as a document goes to standard error.
pub fn plan(file: &str) -> Result<Loaded, Failure> {
    let decoded = text(file)?;
    loaded(shown(file), &decoded)
}

/// The plan in a file that was read. What is wrong with it as a document goes to standard error.
pub fn loaded(name: &str, decoded: &Decoded) -> Result<Loaded, Failure> {
    let loaded = load(&decoded.text).map_err(|error| Failure::of(name, &words::load_error(&error)))?;
    for done in decoded.notes.iter().filter(|done| matches!(done, Note::Latin1 | Note::Replaced)) {
        note(&format!("{name}: warning: {}", words::faults::note(*done)));
    }
    for fault in &loaded.faults {
        note(&plan_fault(name, fault));
    }
    Ok(loaded)
}

/// Whether a part of a plan is passed over.
pub fn is_cut(faults: &[PlanFault]) -> bool {
    faults.iter().any(|fault| fault.severity == Severity::Error)
}

fn plan_fault(file: &str, fault: &PlanFault) -> String {
    let severity = match fault.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!("{file}: {}: {severity}: {}", fault.path, words::plan_fault(fault))
}

/// A buffered reader of lines that may be of any length.
pub fn lines(file: &str) -> Result<BufReader<Box<dyn Read>>, Failure> {
    Ok(BufReader::with_capacity(1 << 16, open(file)?))
}
