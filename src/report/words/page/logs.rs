//! What the preview of flow logs says.

use crate::desk::flows::{Apart, ApartTotal, LogTold, Measured, Weight};
use crate::desk::import::Log;
use crate::intake::flows::{Field, LogFormat, given};
use crate::plan::Mbps;
use crate::report::words::{count, faults, flows};
use crate::space::Count;

/// The heading of what the logs say together.
pub const TOGETHER: &str = "What they say";
/// The field of a rate.
pub const RATE: &str = "Mbps of a row are";
/// The field of the sampling rate.
pub const SAMPLING: &str = "One packet looked at in";
/// Behind that field.
pub const SAMPLING_UNIT: &str = "packets";
/// What isn't a sampling rate.
pub const SAMPLING_WRONG: &str = "A whole number from 1 to 1,000,000; 1 where every packet counts.";
/// What the sampling rate is for.
pub const SAMPLING_HINT: &str =
    "Leave it at 1 for nfdump and the Traffic Collector, and wherever a log says its rate itself.";
/// The form's title.
pub const COLUMNS: &str = "Which column holds what";
/// What the form is for.
pub const COLUMNS_HINT: &str = "It is CSV of no kind that is known. Say it once: the plan keeps it, and the next log with this heading needs no more.";
/// The same of a log without a heading.
pub const PLACES_HINT: &str =
    "Its first line has an address in it, so it is data and no heading: columns are known by their place.";
/// Opens the form of a log that was read.
pub const RENAME: &str = "Name its columns anew";
/// No column.
pub const NO_COLUMN: &str = "None";
/// Reads a log by the columns named.
pub const READ: &str = "Read it by these columns";
/// Leaves a log out.
pub const LEAVE: &str = "Leave it out";
/// Reads it as a list.
pub const NOT_A_LOG: &str = "It is no flow log: read it as a list";
/// The format that was recognised.
pub const AS_RECOGNISED: &str = "As recognised";
/// A group of formats.
pub const FLOW_LOGS: &str = "Flow logs";
/// The table of rows.
pub const ROWS: &str = "Rows of the catalogue";
/// Its columns.
pub const HEADS: [&str; 6] = ["Row", "Change", "Mbps out", "Mbps in", "Sessions", "Share"];
/// The heading above what belongs to no row.
pub const IN_NO_ROW: &str = "In no row";
/// Is being read.
pub const READING: &str = "Is being read…";
/// A log that can't be read any more.
pub const GONE: &str =
    "The file can't be read: it was changed, moved or deleted since it was given. Choose it again.";
/// What an import kept where it changed no row.
pub const COLUMNS_KEPT: &str = "how columns of flow logs are called";
/// Beside other things that are imported.
pub const BY_THE_PLAN_AS_IT_IS: &str = "Logs are measured by the plan as it is now: what else is imported here counts once it is applied. Then give them again.";

/// What a log is: `NSG flow log, 1,204 records`.
pub fn found(log: &Log) -> String {
    match &log.told {
        Some(told) => match &told.same_as {
            Some(other) => format!("{}: {}.", flows::log(&told.read), flows::same_as(other)),
            None => flows::log(&told.read),
        },
        None if log.waits() => "A flow log in CSV".to_owned(),
        None => log.looks.format.map_or("A flow log", LogFormat::title).to_owned(),
    }
}

/// Why it is taken for that.
pub fn because(log: &Log) -> String {
    if log.format.is_some() {
        return "As you chose.".to_owned();
    }
    let used = log.told.as_ref().and_then(|told| told.read.columns.as_ref());
    match (log.looks.format, used) {
        (_, Some(columns)) => {
            let said: Vec<String> =
                given(columns).map(|(field, name)| format!("{} “{name}”", flows::field(field))).collect();
            let whence = if log.named { "You named its columns" } else { "The plan knows its columns" };
            format!("{whence}: {}.", said.join(", "))
        }
        (Some(LogFormat::Nfdump), _) => "Its heading has nfdump's names.".to_owned(),
        (Some(LogFormat::Nsg), _) => "It is JSON with events of a network security group.".to_owned(),
        (Some(LogFormat::Vnet), _) => "It is JSON with groups of flows of a virtual network.".to_owned(),
        (Some(LogFormat::CollectorCsv), _) => "Its heading has the Traffic Collector's names.".to_owned(),
        (Some(LogFormat::CollectorJson), _) => "It is JSON with the Traffic Collector's names.".to_owned(),
        _ => "Its first line names both ends of flows.".to_owned(),
    }
}

/// What is still to be named.
pub fn lacks(field: Field) -> String {
    match field {
        Field::Start => "Say which column holds the begin or the end.".to_owned(),
        field => format!("Say which column holds: {}.", flows::field(field)),
    }
}

/// A column by its place.
pub fn place(number: &str, value: &str) -> String {
    let value: String = value.chars().take(40).collect();
    format!("{number}: {value}")
}

/// What couldn't be read of a log.
pub fn log_faults(told: &LogTold) -> String {
    count(told.read.faults.errors, "fault")
}

/// A fault of it.
pub fn fault(fault: &crate::intake::flows::LogFault) -> String {
    faults::fault(&fault.code)
}

/// Where it stands.
pub fn fault_place(fault: &crate::intake::flows::LogFault) -> String {
    format!("Line {}, column {}", Count::from(fault.line).grouped(), fault.column)
}

/// Faults that aren't kept.
pub fn more(number: u64) -> String {
    format!("And {} more.", count(number, "fault"))
}

/// A rate or a count in the table, with what it was where that differs.
pub fn value(now: Option<String>, before: Option<String>) -> (String, Option<String>) {
    let was = before.filter(|before| now.as_ref() != Some(before)).map(|before| format!("was {before}"));
    (now.unwrap_or_else(|| "–".to_owned()), was)
}

/// A rate.
pub fn rate(rate: Option<Mbps>) -> Option<String> {
    rate.map(|rate| rate.to_string())
}

/// Sessions.
pub fn sessions(sessions: Option<u64>) -> Option<String> {
    sessions.map(|sessions| Count::from(sessions).grouped())
}

/// What belongs to no row for one reason: `12.3 % · From a site to addresses of no service: 104 records, 1.2 GB`.
pub fn apart(total: &ApartTotal, all: Weight) -> String {
    let records = count(total.all.records, "record");
    let weight = match total.all.bytes {
        0 => records,
        bytes => format!("{records}, {}", flows::bytes(bytes)),
    };
    format!("{} · {}: {weight}", flows::share(total.all, all), flows::apart(total.why))
}

/// One of its prefixes.
pub fn apart_of(why: Apart, prefix: &str, weight: Weight, all: Weight) -> String {
    format!("{} {prefix}: {}", flows::apart_by(why), flows::share(weight, all))
}

/// Rows that were added and changed, as part of a sentence.
pub fn rows(new: usize, changed: usize) -> String {
    let all = count((new + changed) as u64, "row");
    match (new, changed) {
        (_, 0) => format!("{all} new in the catalogue"),
        (0, _) => format!("{all} of the catalogue brought up to date"),
        (new, _) => format!("{all} of the catalogue, {new} of them new"),
    }
}

/// Where no row of the catalogue is in what was read.
pub fn nothing(measured: &Measured) -> Option<&'static str> {
    (measured.all.records == 0).then_some("Nothing was read of it.")
}
