//! `twopath import`.

use crate::output::{Failure, note, print, style};
use crate::{Outcome, args, input};
use twopath::intake::config::{self, ConfigFormat, What};
use twopath::intake::{Decoded, Faults, Format, LineIndex, Severity, read};
use twopath::report::answers::{Configured, Imported};
use twopath::report::{json, text, words};
use twopath::routing::device_choices;

/// Reads a file.
pub fn run(arguments: &args::Import) -> Result<Outcome, Failure> {
    let file = input::shown(&arguments.file);
    let decoded = input::text(&arguments.file)?;
    for done in &decoded.notes {
        note(&format!("{file}: note: {}", words::faults::note(*done)));
    }
    let what = match &arguments.format {
        Some(name) => match name.parse::<ConfigFormat>() {
            Ok(format) => What::Config(format),
            Err(_) => {
                What::List(name.parse::<Format>().map_err(|error| Failure(words::faults::unknown_format(&error)))?)
            }
        },
        None => config::what(&decoded.text),
    };
    match what {
        What::List(format) => list(file, &decoded, format, arguments.json),
        What::Config(format) => setup(file, &decoded, format, arguments.json),
    }
}

fn list(file: &str, decoded: &Decoded, format: Format, as_json: bool) -> Result<Outcome, Failure> {
    let reading = read(&decoded.text, Some(format));
    let lines = LineIndex::new(&decoded.text);
    faults(file, &reading.faults, &lines);
    let choices = device_choices(&reading);
    let answer =
        Imported { file, notes: &decoded.notes, reading: &reading, lines: &lines, choices: choices.as_ref() };
    print(&if as_json { json::import(&answer) } else { text::import(&answer, style()) })?;
    Ok(match (reading.is_empty(), reading.faults.errors) {
        (true, _) => Outcome::Unusable,
        (false, 0) => Outcome::Works,
        (false, _) => Outcome::Fails,
    })
}

fn setup(file: &str, decoded: &Decoded, format: ConfigFormat, as_json: bool) -> Result<Outcome, Failure> {
    let setup = config::read(&decoded.text, format);
    let lines = LineIndex::new(&decoded.text);
    faults(file, &setup.faults, &lines);
    left_out(file, &setup, &lines);
    let answer = Configured { file, text: &decoded.text, notes: &decoded.notes, setup: &setup, lines: &lines };
    print(&if as_json { json::setup(&answer) } else { text::setup(&answer, style()) })?;
    Ok(match (setup.is_empty(), setup.faults.errors, setup.left_out.is_empty()) {
        (true, ..) => Outcome::Unusable,
        (false, 0, true) => Outcome::Works,
        (false, ..) => Outcome::Fails,
    })
}

/// Says what is wrong with a text.
pub fn faults(file: &str, faults: &Faults, lines: &LineIndex<'_>) {
    for fault in &faults.kept {
        let place = lines.line_column(fault.span.start);
        let severity = match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let sentence = words::faults::fault(&fault.code);
        note(&format!("{file}:{}:{}: {severity}: {sentence}", place.line, place.column));
    }
    if faults.dropped() > 0 {
        note(&format!("{file}: and {} more.", words::count(u64::from(faults.dropped()), "fault")));
    }
}

/// Says what of configuration isn't modelled as it is.
pub fn left_out(file: &str, setup: &config::Setup, lines: &LineIndex<'_>) {
    for left in &setup.left_out {
        let place = lines.line_column(left.span.start);
        let sentence = words::setup::left_out(left);
        note(&format!("{file}:{}:{}: warning: {sentence}", place.line, place.column));
    }
}
