//! Flow logs in the preview: they are handed to the engine, and what it says of them is kept.

use super::Desk;
use super::ask::send;
use crate::desk::action::{Effect, ImportInto};
use crate::desk::door::{LogFile, Request};
use crate::desk::flows::{LogTold, Measured};
use crate::desk::import::{Log, LogTurn, Logs};
use crate::intake::flows::{LogFormat, Looks};
use std::rc::Rc;

impl Desk {
    fn logs_mut(&mut self) -> Option<&mut Logs> {
        self.preview.as_mut().map(|preview| &mut preview.logs)
    }

    /// A file on its way into the preview is a flow log, or is read as anything else.
    pub(super) fn hear_looked(&mut self, ticket: u64, log: Option<Looks>) -> Vec<Effect> {
        let Some(import) = self.imports.get(&ticket).filter(|import| import.into == ImportInto::Preview) else {
            return Vec::new();
        };
        let Some(looks) = log else {
            let request = Request::Import { ticket, name: import.name.clone(), format: None, apart: true };
            return vec![Effect::SendFile { request, ticket, begin: false }];
        };
        let (name, bytes) = (import.name.clone(), import.bytes);
        self.imports.remove(&ticket);
        self.add_log(Log::new(ticket, name, bytes, looks))
    }

    fn add_log(&mut self, log: Log) -> Vec<Effect> {
        let ticket = log.ticket;
        let Some(logs) = self.logs_mut() else { return Vec::new() };
        let at = logs.files.partition_point(|other| other.ticket < ticket);
        logs.files.insert(at, log);
        self.read_log(ticket)
    }

    /// Asks for a log, unless its columns have to be named first. Where the engine measures none yet, all are asked for.
    fn read_log(&mut self, ticket: u64) -> Vec<Effect> {
        let Some(logs) = self.logs_mut() else { return Vec::new() };
        let Some(session) = logs.session else { return self.read_logs() };
        let Some(log) = logs.file_mut(ticket).filter(|log| !log.waits()) else { return Vec::new() };
        (log.reading, log.told) = (true, None);
        vec![ask(session, log)]
    }

    /// Measures all logs anew.
    pub(super) fn read_logs(&mut self) -> Vec<Effect> {
        let Some(logs) = self.logs_mut() else { return Vec::new() };
        (logs.measured, logs.session) = (None, None);
        if !logs.files.iter().any(|log| !log.waits()) {
            logs.files.iter_mut().for_each(|log| (log.reading, log.told) = (false, None));
            return vec![send(Request::NoLogs)];
        }
        let sampling = logs.sampling;
        self.again += 1;
        let session = self.again;
        let plan = Rc::clone(&self.plan);
        let (plan, kept, mut effects) = self.hand_over(&plan, true);
        effects.push(send(Request::Logs { session, plan, kept, sampling }));
        if let Some(logs) = self.logs_mut() {
            logs.session = Some(session);
            for log in &mut logs.files {
                (log.reading, log.told) = (!log.waits(), None);
                if log.reading {
                    effects.push(ask(session, log));
                }
            }
        }
        effects
    }

    pub(super) fn hear_log(
        &mut self,
        (session, ticket): (u64, u64),
        told: Option<LogTold>,
        measured: Measured,
    ) -> Vec<Effect> {
        let Some(logs) = self.logs_mut().filter(|logs| logs.session == Some(session)) else { return Vec::new() };
        logs.measured = Some(Rc::new(measured));
        if let Some(log) = logs.file_mut(ticket) {
            log.reading = false;
            log.told = told.map(Rc::new);
            if let Some(heading) = log.told.as_ref().map(|told| &told.read.heading).filter(|line| !line.is_empty())
                && log.looks.heading.is_empty()
            {
                log.looks.heading.clone_from(heading);
            }
        }
        if !logs.is_reading() {
            self.progress = None;
        }
        self.judge_preview();
        Vec::new()
    }

    pub(super) fn turn_log(&mut self, turn: LogTurn) -> Vec<Effect> {
        let Some(logs) = self.logs_mut() else { return Vec::new() };
        match turn {
            LogTurn::Column(ticket, field, name) => {
                logs.name(ticket, field, name);
                Vec::new()
            }
            LogTurn::Named(ticket) => {
                let Some(log) = logs.file_mut(ticket).filter(|log| log.lacks().is_none()) else {
                    return Vec::new();
                };
                let first = log.told.is_none();
                log.named = true;
                // What was never read needs no measuring anew.
                if first { self.read_log(ticket) } else { self.read_logs() }
            }
            LogTurn::Format(ticket, format) => {
                let Some(log) = logs.file_mut(ticket) else { return Vec::new() };
                (log.format, log.named) = (format, false);
                self.read_logs()
            }
            LogTurn::List(ticket) => {
                let Some(at) = logs.files.iter().position(|log| log.ticket == ticket) else { return Vec::new() };
                let log = logs.files.remove(at);
                let name = log.name.clone();
                let request = Request::Import { ticket, name: name.clone(), format: None, apart: true };
                let import = super::Import { name, into: ImportInto::Preview, bytes: log.bytes, arrived: 0 };
                self.imports.insert(ticket, import);
                let mut effects = vec![Effect::SendFile { request, ticket, begin: false }];
                effects.extend(self.read_logs());
                effects
            }
            LogTurn::Leave(ticket) => {
                logs.files.retain(|log| log.ticket != ticket);
                self.read_logs()
            }
            LogTurn::Rate(rate) => {
                logs.rate = rate;
                Vec::new()
            }
            LogTurn::Sampling(sampling) => {
                if logs.sampling == sampling {
                    return Vec::new();
                }
                logs.sampling = sampling;
                self.read_logs()
            }
        }
    }

    /// An item of the preview, read as a list, is a flow log.
    pub(super) fn item_is_log(&mut self, key: (u64, u32), format: LogFormat) -> Vec<Effect> {
        let Some(preview) = &mut self.preview else { return Vec::new() };
        let Some(at) = preview.items.iter().position(|item| item.key == key) else { return Vec::new() };
        let item = preview.items.remove(at);
        // Parts of one file come from one file: it is one log.
        preview.items.retain(|other| other.key.0 != key.0);
        let heading = item.text.as_str().lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let heading = heading.chars().take(8192).collect();
        let looks = Looks { format: None, columns: None, heading };
        let log = Log::new(key.0, item.imported.name.clone(), u64::from(item.imported.bytes), looks);
        self.add_log(Log { format: Some(format), ..log })
    }

    /// Whether the file that came by this ticket may be needed again.
    pub fn needs_file(&self, ticket: u64) -> bool {
        self.imports.contains_key(&ticket)
            || self.preview.as_ref().is_some_and(|preview| {
                preview.logs.file(ticket).is_some() || preview.items.iter().any(|item| item.key.0 == ticket)
            })
    }
}

/// A log goes to the engine, which asks for its bytes.
fn ask(session: u64, log: &Log) -> Effect {
    let (format, columns) = log.choice();
    let (ticket, name, bytes) = (log.ticket, log.name.clone(), log.bytes);
    let file = LogFile { ticket, name, bytes, format, columns };
    Effect::SendFile { request: Request::Log { session, file }, ticket, begin: false }
}
