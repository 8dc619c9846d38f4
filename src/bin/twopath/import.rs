//! `twopath import`.

use crate::output::{Failure, note, print, style};
use crate::{Outcome, args, input};
use twopath::intake::{Format, LineIndex, Severity, read};
use twopath::report::answers::Imported;
use twopath::report::{json, text, words};
use twopath::routing::device_choices;

/// Reads a file.
pub fn run(arguments: &args::Import) -> Result<Outcome, Failure> {
    let file = input::shown(&arguments.file);
    let decoded = input::text(&arguments.file)?;
    let format = match &arguments.format {
        Some(name) => {
            Some(name.parse::<Format>().map_err(|error| Failure(words::faults::unknown_format(&error)))?)
        }
        None => None,
    };
    let reading = read(&decoded.text, format);
    let lines = LineIndex::new(&decoded.text);
    for done in &decoded.notes {
        note(&format!("{file}: note: {}", words::faults::note(*done)));
    }
    for fault in &reading.faults.kept {
        let place = lines.line_column(fault.span.start);
        let severity = match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let sentence = words::faults::fault(&fault.code);
        note(&format!("{file}:{}:{}: {severity}: {sentence}", place.line, place.column));
    }
    if reading.faults.dropped() > 0 {
        note(&format!("{file}: and {} more.", words::count(u64::from(reading.faults.dropped()), "fault")));
    }
    let choices = device_choices(&reading);
    let answer =
        Imported { file, notes: &decoded.notes, reading: &reading, lines: &lines, choices: choices.as_ref() };
    print(&if arguments.json { json::import(&answer) } else { text::import(&answer, style()) })?;
    Ok(match (reading.is_empty(), reading.faults.errors) {
        (true, _) => Outcome::Unusable,
        (false, 0) => Outcome::Works,
        (false, _) => Outcome::Fails,
    })
}
