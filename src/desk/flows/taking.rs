//! Logs on their way in: each measured by itself, those with the same content once.

use super::measured::Measured;
use super::{Ends, Measure};
use crate::intake::flows::{LogFormat, LogRead, LogReader, Record};
use crate::pace::{Pace, Phase};
use crate::plan::{LogColumns, Plan};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::rc::Rc;

/// So many bytes are read between two looks at the pace.
const PIECE: usize = 64 << 10;

/// How logs are read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LogChoice {
    /// The format; absent: the one that is recognised.
    pub format: Option<LogFormat>,
    /// How their columns are called; absent: as the plan knows it.
    pub columns: Option<LogColumns>,
    /// One packet in so many was looked at, where the log doesn't say it itself; 0 and 1 are every one.
    pub sampling: u64,
}

/// A log that was read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct LogTold {
    /// Its name.
    pub name: String,
    /// What was read of it.
    pub read: LogRead,
    /// The log with the same content that was read before, and counts alone.
    pub same_as: Option<String>,
}

/// Takes in logs, one after the other.
pub struct Taking {
    ends: Rc<Ends>,
    known: Vec<LogColumns>,
    choice: LogChoice,
    all: Measure,
    /// Those that were read.
    pub logs: Vec<LogTold>,
    /// The one that is being read.
    now: Option<OpenLog>,
}

/// A log that is being read.
pub struct OpenLog {
    name: String,
    reader: LogReader,
    measure: Measure,
}

impl OpenLog {
    /// Takes the next bytes of the log.
    pub fn feed(&mut self, bytes: &[u8]) {
        let measure = &mut self.measure;
        self.reader.feed(bytes, &mut |record: &Record| measure.add(record));
    }

    /// The same in steps; `done` and `of` are bytes of all that is to be read.
    pub async fn feed_in_steps(&mut self, bytes: &[u8], done: u64, of: u64, pace: &Pace) {
        let mut at = done;
        for piece in bytes.chunks(PIECE) {
            self.feed(piece);
            at += piece.len() as u64;
            pace.at(Phase::Logs, at, of);
            pace.work(PIECE as u64 / 16).await;
        }
    }
}

impl Taking {
    /// Nothing yet, for a plan whose addresses are known to be these.
    pub fn new(plan: &Plan, ends: Ends, choice: LogChoice) -> Self {
        let ends = Rc::new(ends);
        let known = plan.log_columns.clone();
        Self { all: Measure::new(ends.clone(), choice.sampling), ends, known, choice, logs: Vec::new(), now: None }
    }

    /// A log that begins, read in a format and by columns of its own.
    pub fn open(&self, name: &str, format: Option<LogFormat>, columns: Option<&LogColumns>) -> OpenLog {
        let known: Vec<LogColumns> = columns.into_iter().chain(&self.known).cloned().collect();
        let format = format.or(columns.is_some().then_some(LogFormat::Named));
        let reader = LogReader::new(format, known);
        OpenLog { name: name.to_owned(), reader, measure: Measure::new(self.ends.clone(), self.choice.sampling) }
    }

    /// A log has ended.
    pub fn close(&mut self, log: OpenLog) {
        let OpenLog { name, reader, mut measure } = log;
        let read = reader.finish(&mut |record: &Record| measure.add(record));
        let same = self.logs.iter().find(|log| log.same_as.is_none() && log.read.hash == read.hash);
        let same_as = same.map(|log| log.name.clone());
        if same_as.is_none() {
            self.all.merge(measure);
        }
        self.logs.push(LogTold { name, read, same_as });
    }

    /// A log begins.
    pub fn begin(&mut self, name: &str) {
        self.now = Some(self.open(name, self.choice.format, self.choice.columns.as_ref()));
    }

    /// Takes the next bytes of the log.
    pub fn feed(&mut self, bytes: &[u8]) {
        if let Some(log) = &mut self.now {
            log.feed(bytes);
        }
    }

    /// The log ends.
    pub fn end(&mut self) {
        if let Some(log) = self.now.take() {
            self.close(log);
        }
    }

    /// What all of them say.
    pub fn measured(&self, plan: &Plan) -> Measured {
        Measured::of(&self.all, plan)
    }

    /// The namings that were used and that the plan doesn't know.
    pub fn new_columns(&self, plan: &Plan) -> Vec<LogColumns> {
        new_columns(self.logs.iter(), plan)
    }
}

/// The namings that logs were read by and that a plan doesn't know.
pub fn new_columns<'l>(logs: impl Iterator<Item = &'l LogTold>, plan: &Plan) -> Vec<LogColumns> {
    let mut new: Vec<LogColumns> = Vec::new();
    let used = logs.filter(|log| log.read.records > 0).filter_map(|log| log.read.columns.as_ref());
    for columns in used {
        if !plan.log_columns.contains(columns) && !new.contains(columns) {
            new.push(columns.clone());
        }
    }
    new
}
