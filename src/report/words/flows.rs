//! What flow logs say, and what becomes of it.

use crate::desk::flows::{Apart, FlowChange, FlowValues, Measured, Rate, Weight};
use crate::intake::flows::{Field, LogFormat, LogRead, shown_time};
use crate::space::Count;

/// Bytes as people read them: `812 GB`, to three digits, a thousand at a time.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 7] = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
    let (mut unit, mut scale) = (0, 1_u64);
    while bytes / scale >= 1000 && unit + 1 < UNITS.len() {
        (unit, scale) = (unit + 1, scale.saturating_mul(1000));
    }
    let name = UNITS.get(unit).copied().unwrap_or_default();
    let tenths = u128::from(bytes) * 10 / u128::from(scale);
    match tenths {
        _ if unit == 0 => format!("{bytes} {name}"),
        0..1000 => format!("{}.{} {name}", tenths / 10, tenths % 10),
        _ => format!("{} {name}", tenths / 10),
    }
}

/// How much of all: `12.3%`. Of a log without bytes it is that of its records.
pub fn share(weight: Weight, all: Weight) -> String {
    let (part, whole) = if all.bytes > 0 { (weight.bytes, all.bytes) } else { (weight.records, all.records) };
    let permille = (u128::from(part) * 1000).checked_div(u128::from(whole)).unwrap_or(0);
    match permille {
        0 if part > 0 => "under 0.1%".to_owned(),
        0 => "0%".to_owned(),
        _ => format!("{}.{}%", permille / 10, permille % 10),
    }
}

/// When a log begins and ends: `2026-11-16 00:00 to 2026-11-22 23:59`.
pub fn span(from: u64, to: u64) -> String {
    format!("{} to {}", shown_time(from), shown_time(to))
}

/// All that was read: `1,204 records, 812 GB, 2026-11-16 00:00 to 2026-11-22 23:59`.
pub fn all(measured: &Measured) -> String {
    let mut said = super::count(measured.all.records, "record");
    if measured.all.bytes > 0 {
        said.push_str(&format!(", {}", bytes(measured.all.bytes)));
    }
    if let Some((from, to)) = measured.span {
        said.push_str(&format!(", {}", span(from, to)));
    }
    said
}

/// What a log turned out to be: `nfdump CSV, 1,204 records`.
pub fn log(read: &LogRead) -> String {
    let Some(format) = read.format else { return "no flow log of a known kind".to_owned() };
    let records = super::count(read.records, "record");
    match format.sampling() {
        Some(rate) => format!("{}, {records}; {}", format.title(), sampled(rate)),
        None => format!("{}, {records}", format.title()),
    }
}

/// A log of samples.
pub fn sampled(rate: u64) -> String {
    let rate = Count::from(rate).grouped();
    format!("one of {rate} packets was looked at, so bytes count {rate} times, and sessions can't be told")
}

/// A log whose content was there before.
pub fn same_as(name: &str) -> String {
    format!("the same as {name}, so it counts once")
}

/// Why something belongs to no row.
pub fn apart(why: Apart) -> &'static str {
    match why {
        Apart::NoService => "From a site to addresses of no service",
        Apart::NotPublished => "From outside to addresses of ours that aren't published",
        Apart::SharedPool => "Translated to a pool that several sites use, so the site isn't known",
        Apart::NoSite => "Neither end is in a site or pool of the plan",
        Apart::Inside => "Both ends are ours: it crosses no exit",
        Apart::Denied => "Refused: nothing flowed",
    }
}

/// What the prefixes of a reason are.
pub fn apart_by(why: Apart) -> &'static str {
    match why {
        Apart::NoService => "to",
        Apart::NotPublished => "to our",
        Apart::SharedPool => "by our",
        Apart::NoSite => "from",
        Apart::Inside | Apart::Denied => "to",
    }
}

/// What becomes of a row, in a word.
pub fn change(change: FlowChange) -> &'static str {
    match change {
        FlowChange::Added => "added",
        FlowChange::Changed => "changed",
        FlowChange::Same => "the same",
    }
}

/// What a row carries: `60 Mbps out, 2 in, 90 sessions`.
pub fn values(values: &FlowValues) -> String {
    let rate = |rate: Option<crate::plan::Mbps>| rate.map_or("?".to_owned(), |rate| rate.to_string());
    let sessions = match values.sessions {
        Some(sessions) => super::count(sessions, "session"),
        None => "sessions not known".to_owned(),
    };
    format!("{} Mbps out, {} in, {sessions}", rate(values.mbps_out), rate(values.mbps_in))
}

/// Which rate rows are given.
pub fn rate(rate: Rate) -> &'static str {
    match rate {
        Rate::P95 => {
            "Mbps are what 95 of 100 means of five minutes don't exceed, or the mean of all the time where that is more."
        }
        Rate::Mean => "Mbps are the mean of all the time.",
        Rate::Peak => "Mbps are the highest mean of five minutes.",
    }
}

/// The same in a few words, for a choice.
pub fn rate_short(rate: Rate) -> &'static str {
    match rate {
        Rate::P95 => "95th percentile of five minutes",
        Rate::Mean => "Mean of all the time",
        Rate::Peak => "Highest five minutes",
    }
}

/// What sessions of a row are.
pub const SESSIONS: &str = "Sessions are the most that lived in the same five minutes, which is no less than were open at once; \
    a device holds their ports a while longer.";

/// A log that tells of no bytes.
pub const NO_BYTES: &str = "These logs tell of no bytes, so rates stay as they are.";

/// A log with more buckets than are kept.
pub fn full(limit: usize) -> String {
    format!(
        "There are more than {} means of five minutes, which is the limit: rates are means of all the time, and sessions \
         stay as they are. Read fewer days.",
        Count::from(limit as u64).grouped()
    )
}

/// What a field of a record is called, for people.
pub fn field(field: Field) -> &'static str {
    match field {
        Field::Source => "Source address",
        Field::Destination => "Destination address",
        Field::SourcePort => "Source port",
        Field::DestinationPort => "Destination port",
        Field::Bytes => "Bytes",
        Field::BytesBack => "Bytes the other way",
        Field::Start => "Begin",
        Field::End => "End",
        Field::Duration => "Duration in seconds",
        Field::Flows => "Number of flows",
        Field::Sampling => "Sampling rate",
    }
}

/// What would change, in a sentence.
///
/// By how many rows are added, changed, and so already.
pub fn outcome([added, changed, same]: [usize; 3]) -> String {
    let rows = |count: usize, what: &str| format!("{} {what}", super::count(count as u64, "row"));
    match (added, changed, same) {
        (0, 0, 0) => "No row of the catalogue is in it.".to_owned(),
        (0, 0, same) => format!(
            "Nothing changes: {} so already.",
            match same {
                1 => "1 row is".to_owned(),
                _ => format!("{} rows are", Count::from(same as u64).grouped()),
            }
        ),
        (added, 0, _) => format!("{}.", rows(added, "added")),
        (0, changed, _) => format!("{}.", rows(changed, "changed")),
        (added, changed, _) => format!("{}, {}.", rows(added, "added"), rows(changed, "changed")),
    }
}

/// How columns are named on the command line, where nobody said it: what a heading's names may be.
pub fn name_columns(proposed: &str) -> String {
    format!("If it is CSV, say which columns hold what, e.g. --columns {proposed}")
}

/// A format's title by its name.
pub fn title(format: LogFormat) -> &'static str {
    format.title()
}
