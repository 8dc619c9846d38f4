//! Logs on their way in: each measured by itself, those with the same content once.

use super::measured::Measured;
use super::{Ends, Measure};
use crate::intake::flows::{LogFormat, LogRead, LogReader, Record};
use crate::pace::{Pace, Phase};
use crate::plan::{LogColumns, Plan};
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
#[derive(Clone, PartialEq, Eq, Debug)]
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
    now: Option<(String, LogReader, Measure)>,
}

impl Taking {
    /// Nothing yet, for a plan whose addresses are known to be these.
    pub fn new(plan: &Plan, ends: Ends, choice: LogChoice) -> Self {
        let ends = Rc::new(ends);
        let mut known = plan.log_columns.clone();
        let mut choice = choice;
        if let Some(columns) = &choice.columns {
            known.insert(0, columns.clone());
            choice.format = choice.format.or(Some(LogFormat::Named));
        }
        Self { all: Measure::new(ends.clone(), choice.sampling), ends, known, choice, logs: Vec::new(), now: None }
    }

    /// A log begins.
    pub fn begin(&mut self, name: &str) {
        let reader = LogReader::new(self.choice.format, self.known.clone());
        self.now = Some((name.to_owned(), reader, Measure::new(self.ends.clone(), self.choice.sampling)));
    }

    /// Takes the next bytes of the log.
    pub fn feed(&mut self, bytes: &[u8]) {
        if let Some((_, reader, measure)) = &mut self.now {
            reader.feed(bytes, &mut |record: &Record| measure.add(record));
        }
    }

    /// The same in steps; `done` and `of` are bytes of all that is to be read.
    pub async fn feed_in_steps(&mut self, bytes: &[u8], done: u64, of: u64, pace: &Pace) {
        let mut at = done;
        for piece in bytes.chunks(PIECE) {
            self.feed(piece);
            at += piece.len() as u64;
            pace.at(Phase::Studying, at, of);
            pace.work(PIECE as u64 / 16).await;
        }
    }

    /// The log ends.
    pub fn end(&mut self) {
        let Some((name, reader, mut measure)) = self.now.take() else { return };
        let read = reader.finish(&mut |record: &Record| measure.add(record));
        let same = self.logs.iter().find(|log| log.same_as.is_none() && log.read.hash == read.hash);
        let same_as = same.map(|log| log.name.clone());
        if same_as.is_none() {
            self.all.merge(measure);
        }
        self.logs.push(LogTold { name, read, same_as });
    }

    /// What all of them say.
    pub fn measured(&self, plan: &Plan) -> Measured {
        Measured::of(&self.all, plan)
    }

    /// The naming that was used and that the plan doesn't know.
    pub fn new_columns(&self, plan: &Plan) -> Option<LogColumns> {
        let used = self.logs.iter().filter(|log| log.read.records > 0).filter_map(|log| log.read.columns.as_ref());
        used.into_iter().find(|columns| !plan.log_columns.contains(columns)).cloned()
    }
}
