//! Faults of a log: counted beyond what a text may have, and placed by line, for no log is kept.

use crate::intake::fault::{FaultCode, quote};
use crate::intake::{Expected, MAX_FAULTS};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// Something wrong in a log.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct LogFault {
    /// What it is.
    #[serde(flatten)]
    pub code: FaultCode,
    /// The line, from 1.
    pub line: u64,
    /// The column in bytes, from 1.
    pub column: u64,
}

/// The faults of one log: the first [`MAX_FAULTS`], and how many there are.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct LogFaults {
    /// Those kept, in the log's order.
    pub kept: Vec<LogFault>,
    /// How many there are, kept or not: each is something that wasn't read.
    pub errors: u64,
}

impl LogFaults {
    /// How many are counted, but not kept.
    pub fn dropped(&self) -> u64 {
        self.errors.saturating_sub(self.kept.len() as u64)
    }

    pub(super) fn error(&mut self, place: Place, say: impl FnOnce() -> FaultCode) {
        self.errors += 1;
        if self.kept.len() < MAX_FAULTS {
            self.kept.push(LogFault { code: say(), line: place.line, column: place.column });
        }
    }
}

/// Where something stands in a log, both from 1.
#[derive(Copy, Clone, Debug)]
pub(super) struct Place {
    pub(super) line: u64,
    pub(super) column: u64,
}

/// A value that a field doesn't take.
pub(super) fn bad_value(name: &str, value: &[u8], expected: Expected) -> FaultCode {
    FaultCode::BadValue { name: name.to_owned(), value: quoted(value), expected }
}

/// The beginning of some bytes, for quoting.
pub(super) fn quoted(bytes: &[u8]) -> String {
    let begin = bytes.get(..bytes.len().min(300)).unwrap_or_default();
    quote(&String::from_utf8_lossy(begin))
}
