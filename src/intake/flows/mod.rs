//! Flow logs: what flowed, record by record, of any length.
//!
//! A [`LogReader`] is fed with bytes as they come and hands out a [`Record`] for each flow. It keeps no more than one
//! record, and the first faults; so a log of gigabytes needs no more memory than a short one. Reading never stops at a
//! fault. What becomes of the records is `desk::flows`'.
//!
//! A format is one file with one small definition, and a line in the table of [`format`]. Those in CSV share [`csv`]
//! and [`columns`], those in JSON [`json`]; all share [`partial`], where values become a record.

mod bytes;
mod collector;
mod columns;
mod csv;
mod custom;
mod fault;
mod format;
mod json;
mod nfdump;
mod nsg;
mod partial;
mod recognise;
mod record;
mod time;
mod tuple;
mod vnet;

pub use columns::{given, headings, lacks, name_of, propose, set_name, values};
pub use fault::{LogFault, LogFaults};
pub use format::{LogFormat, UnknownLogFormat};
pub use recognise::{Looks, looks, recognise, recognise_bytes};
pub use record::{Field, Record, Sessions};
pub use time::shown as shown_time;

use crate::intake::fault::FaultCode;
use crate::plan::LogColumns;
use borsh::{BorshDeserialize, BorshSerialize};
use bytes::{Coding, Damaged, PACKED};
use csv::Csv;
use fault::Place;
use format::Shape;
use json::Json;
use serde::Serialize;

/// The longest record in bytes: a line, or a text in JSON.
pub const MAX_RECORD: usize = 64 << 10;

/// So many bytes are looked at to recognise a format.
pub const LOOK_AT: usize = 64 << 10;

/// So many bytes are read in one go.
const CHUNK: usize = 64 << 10;

/// What was read of a log, besides its records.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct LogRead {
    /// The format; `None` where none was recognised.
    pub format: Option<LogFormat>,
    /// The naming by which its columns are known.
    pub columns: Option<LogColumns>,
    /// The line that may be its heading, where no format was recognised; else empty.
    pub heading: String,
    /// How many bytes it has, unpacked.
    pub bytes: u64,
    /// How many records were read.
    pub records: u64,
    /// A hash of its bytes as they came (XXH3).
    pub hash: u128,
    /// What is wrong with it.
    pub faults: LogFaults,
}

/// Where records go.
struct Out<'o> {
    faults: &'o mut LogFaults,
    records: &'o mut u64,
    sink: &'o mut dyn FnMut(&Record),
}

impl Out<'_> {
    fn record(&mut self, record: &Record) {
        *self.records += 1;
        (self.sink)(record);
    }
}

/// Reads a log as it comes.
pub struct LogReader {
    chosen: Option<LogFormat>,
    /// Namings that were given before, the likeliest first.
    known: Vec<LogColumns>,
    coding: Coding,
    /// What was taken in and not read yet.
    window: Vec<u8>,
    state: State,
    line: u64,
    read: LogRead,
    hash: Box<xxhash_rust::xxh3::Xxh3>,
}

/// What the reader is at.
enum State {
    /// Its format isn't known yet.
    Beginning,
    Csv(Box<Csv>),
    /// The rest of a line that is too long is passed over.
    CsvSkipping(Box<Csv>),
    Json(Json),
    /// Nothing is read of it.
    Nothing,
}

impl LogReader {
    /// A reader of a log in this format, or in the one that is recognised; with namings of columns that are known.
    pub fn new(format: Option<LogFormat>, known: Vec<LogColumns>) -> Self {
        Self {
            chosen: format,
            known,
            coding: Coding::Unknown,
            window: Vec::new(),
            state: State::Beginning,
            line: 0,
            read: LogRead::default(),
            hash: Box::new(xxhash_rust::xxh3::Xxh3::new()),
        }
    }

    /// Takes the next bytes of the log, and hands out the records in them.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut dyn FnMut(&Record)) {
        self.hash.update(bytes);
        if matches!(self.coding, Coding::Unknown) {
            // Two bytes tell; a log of one is looked at when it ends.
            self.window.extend_from_slice(bytes);
            if self.window.len() < 2 {
                return;
            }
            let begin = std::mem::take(&mut self.window);
            self.coding = Coding::of(&begin);
            self.pieces(&begin, sink);
        } else {
            self.pieces(bytes, sink);
        }
    }

    fn pieces(&mut self, bytes: &[u8], sink: &mut dyn FnMut(&Record)) {
        let size = if self.coding.is_packed() { PACKED } else { CHUNK };
        for piece in bytes.chunks(size) {
            let before = self.window.len();
            let taken = self.coding.take(piece, &mut self.window);
            self.read.bytes += (self.window.len() - before) as u64;
            if taken.is_err() {
                self.damaged();
            }
            self.advance(false, sink);
        }
    }

    fn damaged(&mut self) {
        let unpacked = self.read.bytes;
        let place = Place { line: self.line + 1, column: 1 };
        self.read.faults.error(place, || FaultCode::GzipBroken { unpacked });
    }

    /// The log ends.
    pub fn finish(mut self, sink: &mut dyn FnMut(&Record)) -> LogRead {
        if matches!(self.coding, Coding::Unknown) {
            self.read.bytes = self.window.len() as u64;
        }
        let before = self.window.len();
        let ended = self.coding.end(&mut self.window);
        self.read.bytes += (self.window.len() - before) as u64;
        if let Err(Damaged) = ended {
            self.damaged();
        }
        self.advance(true, sink);
        self.read.hash = self.hash.digest128();
        self.read
    }

    /// Reads what is whole in the window, or all of it where the log ends.
    fn advance(&mut self, last: bool, sink: &mut dyn FnMut(&Record)) {
        if matches!(self.state, State::Beginning) && (last || self.window.len() >= LOOK_AT) {
            self.begin();
        }
        let mut out = Out { faults: &mut self.read.faults, records: &mut self.read.records, sink };
        let consumed = match &mut self.state {
            State::Beginning => 0,
            State::Nothing => self.window.len(),
            State::Json(json) => json.read(&self.window, last, &mut out),
            State::Csv(_) | State::CsvSkipping(_) => {
                lines(&mut self.state, &mut self.line, &self.window, last, &mut out)
            }
        };
        self.window.drain(..consumed);
    }

    /// Recognises the format.
    fn begin(&mut self) {
        let mark = usize::from(self.window.starts_with(b"\xef\xbb\xbf")) * 3;
        self.window.drain(..mark);
        let begin = self.window.get(..self.window.len().min(LOOK_AT)).unwrap_or_default();
        let found = match self.chosen {
            Some(LogFormat::Named) => recognise::naming(begin, &self.known)
                .or_else(|| self.known.first().cloned())
                .map(|columns| (LogFormat::Named, Some(columns))),
            Some(format) => Some((format, None)),
            None => recognise::recognise_bytes(begin, &self.known),
        };
        let Some((format, columns)) = found else {
            self.read.heading = recognise::heading(begin);
            if !begin.iter().all(u8::is_ascii_whitespace) {
                let heading = crate::intake::fault::quote(&self.read.heading);
                self.read.faults.error(Place { line: 1, column: 1 }, || FaultCode::NoLog { heading });
            }
            self.state = State::Nothing;
            return;
        };
        let definition = format.definition();
        self.state = match &definition.shape {
            Shape::Json(layout) => State::Json(Json::new(*layout, definition.traits)),
            shape => State::Csv(Box::new(Csv::new(shape, definition.traits, columns.as_ref()))),
        };
        self.read.format = Some(format);
        self.read.columns = columns;
    }
}

/// Reads the whole lines of a window; how many bytes they are.
fn lines(state: &mut State, number: &mut u64, window: &[u8], last: bool, out: &mut Out<'_>) -> usize {
    let mut at = 0;
    while let Some(rest) = window.get(at..).filter(|rest| !rest.is_empty()) {
        let end = rest.iter().position(|byte| *byte == b'\n');
        let too_long = end.unwrap_or(rest.len()) > MAX_RECORD;
        let length = match end {
            Some(end) => end,
            None if last || too_long => rest.len(),
            None => break,
        };
        let line = rest.get(..length).unwrap_or_default();
        at += length + usize::from(end.is_some());
        match std::mem::replace(state, State::Nothing) {
            State::CsvSkipping(csv) if end.is_some() => *state = State::Csv(csv),
            State::CsvSkipping(csv) => *state = State::CsvSkipping(csv),
            State::Csv(mut csv) => {
                *number += 1;
                if too_long {
                    let place = Place { line: *number, column: 1 };
                    out.faults.error(place, || FaultCode::RecordTooLong { limit: MAX_RECORD as u32 });
                } else {
                    csv.line(line, *number, out);
                }
                *state = if end.is_none() { State::CsvSkipping(csv) } else { State::Csv(csv) };
            }
            other => *state = other,
        }
    }
    at
}
