//! Flow logs in the preview: what they are, how their columns are called, which rows of the catalogue they change.

use crate::desk::flows::{FlowChange, LogTold, Measured, Rate, RowChange, new_columns, take_in};
use crate::intake::flows::{Field, LogFormat, Looks, headings, lacks, propose, set_name, values};
use crate::plan::{LogColumns, Plan};
use std::net::IpAddr;
use std::rc::Rc;

/// The flow logs of a preview. They are measured together.
#[derive(Clone, Debug)]
pub struct Logs {
    /// Each, in the order given.
    pub files: Vec<Log>,
    /// Which rate rows are given.
    pub rate: Rate,
    /// One packet in so many was looked at, where a log doesn't say it itself.
    pub sampling: u64,
    /// What those that were read say together.
    pub measured: Option<Rc<Measured>>,
    /// What becomes of each row of it.
    pub changes: Rc<Vec<RowChange>>,
    /// Under which the engine measures them; none where it has to begin anew.
    pub(in crate::desk) session: Option<u64>,
}

impl Default for Logs {
    fn default() -> Self {
        Self {
            files: Vec::new(),
            rate: Rate::default(),
            sampling: 1,
            measured: None,
            changes: Rc::default(),
            session: None,
        }
    }
}

/// One log in the preview.
#[derive(Clone, PartialEq, Debug)]
pub struct Log {
    /// The ticket it came by.
    pub ticket: u64,
    /// Its file's name.
    pub name: String,
    /// How many bytes it has, as it came.
    pub bytes: u64,
    /// What it looks like.
    pub looks: Looks,
    /// The format, where the user has chosen one.
    pub format: Option<LogFormat>,
    /// How its columns are called, as far as that is said or proposed.
    pub columns: LogColumns,
    /// Whether the user has said how its columns are called.
    pub named: bool,
    /// What it turned out to be, once it was read.
    pub told: Option<Rc<LogTold>>,
    /// Whether it is being read.
    pub reading: bool,
}

/// What is done with logs in the preview.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LogTurn {
    /// A field of a log's records is in this column; empty: in none.
    Column(u64, Field, String),
    /// A log is read by the columns as they are named.
    Named(u64),
    /// A log is read in this format; `None`: in the one recognised.
    Format(u64, Option<LogFormat>),
    /// It is no log: it is read as a list.
    List(u64),
    /// A log is left out.
    Leave(u64),
    /// Rows are given this rate.
    Rate(Rate),
    /// One packet in so many was looked at.
    Sampling(u64),
}

impl Log {
    /// A log that wasn't read yet.
    pub(in crate::desk) fn new(ticket: u64, name: String, bytes: u64, looks: Looks) -> Self {
        let columns = looks.columns.clone().unwrap_or_else(|| propose(&looks.heading));
        Self { ticket, name, bytes, looks, format: None, columns, named: false, told: None, reading: false }
    }

    /// Whether its columns have to be named, or may be named anew.
    pub fn has_named_columns(&self) -> bool {
        match self.format.or(self.looks.format) {
            None | Some(LogFormat::Named) => !self.looks.heading.is_empty(),
            Some(_) => false,
        }
    }

    /// Whether it waits for the user to name its columns.
    pub fn waits(&self) -> bool {
        self.has_named_columns() && !self.named && self.looks.columns.is_none()
    }

    /// Whether its first line is data, so that columns are named by their place.
    pub fn is_without_heading(&self) -> bool {
        headings(&self.looks.heading).iter().any(|value| value.parse::<IpAddr>().is_ok())
    }

    /// The columns to choose from: what each is called by, and what is shown.
    pub fn choices(&self) -> Vec<(String, String)> {
        if !self.is_without_heading() {
            return headings(&self.looks.heading).into_iter().map(|name| (name.clone(), name)).collect();
        }
        let places = values(&self.looks.heading);
        places.into_iter().enumerate().map(|(at, value)| ((at + 1).to_string(), value)).collect()
    }

    /// What is still to be named before it can be read.
    pub fn lacks(&self) -> Option<Field> {
        lacks(&self.columns)
    }

    /// The format and columns by which it is asked for.
    pub(in crate::desk) fn choice(&self) -> (Option<LogFormat>, Option<LogColumns>) {
        match self.named && self.has_named_columns() {
            true => (Some(LogFormat::Named), Some(self.columns.clone())),
            false => (self.format, None),
        }
    }
}

impl Logs {
    /// A log by its ticket.
    pub fn file(&self, ticket: u64) -> Option<&Log> {
        self.files.iter().find(|log| log.ticket == ticket)
    }

    pub(in crate::desk) fn file_mut(&mut self, ticket: u64) -> Option<&mut Log> {
        self.files.iter_mut().find(|log| log.ticket == ticket)
    }

    /// A field's column is named.
    pub(in crate::desk) fn name(&mut self, ticket: u64, field: Field, name: String) {
        if let Some(log) = self.file_mut(ticket) {
            set_name(&mut log.columns, field, name);
        }
    }

    /// Whether some log is being read.
    pub fn is_reading(&self) -> bool {
        self.files.iter().any(|log| log.reading)
    }

    /// Whether there is something to apply.
    pub fn is_measured(&self) -> bool {
        self.measured.as_ref().is_some_and(|measured| measured.all.records > 0)
    }

    /// The namings that the plan is to keep.
    pub fn new_columns(&self, plan: &Plan) -> Vec<LogColumns> {
        new_columns(self.files.iter().filter_map(|log| log.told.as_deref()), plan)
    }

    /// How many rows are so changed.
    pub fn count(&self, change: FlowChange) -> usize {
        self.changes.iter().filter(|row| row.change == change).count()
    }

    /// Does to a plan what the logs say, as the command line does.
    pub(in crate::desk) fn apply(&mut self, plan: &mut Plan) {
        let columns = self.new_columns(plan);
        self.changes = match &self.measured {
            Some(measured) => Rc::new(take_in(plan, measured, self.rate, &columns)),
            None => Rc::default(),
        };
    }

    /// Nothing is read any more: what was being read is left out, what was read stands.
    pub(in crate::desk) fn stop(&mut self, lost: bool) {
        self.files.retain(|log| !log.reading);
        if lost || !self.files.iter().any(|log| log.told.is_some()) {
            self.session = None;
        }
    }
}
