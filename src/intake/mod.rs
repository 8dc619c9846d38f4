//! Text in: recognise the format, read it, point at what is wrong, guess nothing silently.
//!
//! [`decode`] turns the bytes of a file into text, [`recognise`] ranks the formats it may be in, [`read`] reads it,
//! or a [`Reader`] does so in steps. What comes out is a [`Reading`]: prefixes with attributes, in named sets, each
//! knowing its place in the text, and faults with a span, a stable code and, where there is one, a fix. Reading
//! never stops at a fault. The sentences for faults are `report`'s.
//!
//! A format is one file with two functions, `recognise` and `open`, and a row in [`Format`]; [`plain`] is the list that
//! people type, [`json`] holds the formats in JSON over one forgiving scanner, and [`address`] the scanners for
//! addresses that all formats share.
//!
//! This room knows only `plan` and `space`.

mod address;
mod bytes;
mod fault;
mod format;
mod json;
mod place;
pub mod plain;
mod reader;
mod reading;

pub use bytes::{BytesError, Decoded, MAX_TEXT, Note, decode};
pub use fault::{Counted, Expected, Fault, FaultCode, Faults, Fix, JsonProblem, MAX_FAULTS, Severity};
pub use format::{Format, Guess, Kind, Reason, UnknownFormat, recognise};
pub use place::{LineColumn, LineIndex};
pub use reader::{Progress, Reader};
pub use reading::{Entry, MAX_ENTRIES, MAX_SETS, MAX_URLS, NamedSet, Reading, SetDetails};

pub(crate) use reading::Draft;

/// Reads a text in the format named, or in the likeliest one.
pub fn read(text: &str, as_format: Option<Format>) -> Reading {
    Reader::new(text, as_format).finish()
}
