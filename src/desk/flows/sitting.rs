//! Logs that are read together, piece by piece, as the browser hands them over: no log is ever whole in memory.

use super::taking::{LogChoice, OpenLog, Taking};
use super::{Ends, ends_in_steps};
use crate::desk::door::{LogFile, Reply};
use crate::pace::Job;
use crate::plan::Plan;
use crate::routing::Readings;
use std::collections::VecDeque;
use std::rc::Rc;

/// Logs that are measured together, for one plan.
pub(in crate::desk) struct Sitting {
    /// What the page calls it by.
    pub(in crate::desk) session: u64,
    plan: Rc<Plan>,
    sampling: u64,
    /// Once it is known whose the plan's addresses are.
    taking: Option<Taking>,
    job: Option<Job<Done>>,
    /// Those to be read, the first first.
    queue: VecDeque<Queued>,
    /// Bytes that were read, and of how many, since there was nothing to read.
    done: u64,
    of: u64,
}

struct Queued {
    file: LogFile,
    at: u64,
    open: Option<OpenLog>,
}

/// What a job has done.
enum Done {
    Ends(Box<Ends>),
    Fed(Box<OpenLog>),
}

impl Sitting {
    /// Nothing yet.
    pub(in crate::desk) fn new(session: u64, plan: Plan, sampling: u64, readings: Readings) -> Self {
        let plan = Rc::new(plan);
        let of = Rc::clone(&plan);
        let job = Job::new(move |pace| async move {
            Done::Ends(Box::new(ends_in_steps(&of, &readings, &pace.quiet()).await))
        });
        Self { session, plan, sampling, taking: None, job: Some(job), queue: VecDeque::new(), done: 0, of: 0 }
    }

    /// A log is to be read.
    pub(in crate::desk) fn add(&mut self, file: LogFile) {
        if self.queue.is_empty() {
            (self.done, self.of) = (0, 0);
        }
        self.of += file.bytes;
        self.queue.push_back(Queued { file, at: 0, open: None });
    }

    /// Whether there is work to be done in steps.
    pub(in crate::desk) fn busy(&self) -> bool {
        self.job.is_some()
    }

    /// The log whose bytes are wanted, and from which byte on.
    pub(in crate::desk) fn wants(&self) -> Option<(u64, u64)> {
        let front = self.queue.front().filter(|_| self.job.is_none() && self.taking.is_some())?;
        Some((front.file.ticket, front.at))
    }

    /// Takes bytes that were wanted; without any the file can't be read any more.
    pub(in crate::desk) fn feed(&mut self, ticket: u64, at: u64, bytes: Option<Vec<u8>>) -> Option<Reply> {
        if self.wants() != Some((ticket, at)) {
            return None;
        }
        let (Some(front), Some(taking)) = (self.queue.front_mut(), &self.taking) else { return None };
        let Some(bytes) = bytes else {
            self.queue.pop_front();
            return Some(self.read(ticket, false));
        };
        let LogFile { name, format, columns, .. } = &front.file;
        let mut open = front.open.take().unwrap_or_else(|| taking.open(name, *format, columns.as_ref()));
        let (done, of) = (self.done, self.of);
        front.at += bytes.len() as u64;
        self.done += bytes.len() as u64;
        if bytes.is_empty() {
            // It became shorter while it was read: what there is of it is all.
            front.file.bytes = front.at;
        }
        self.job = Some(Job::new(move |pace| async move {
            open.feed_in_steps(&bytes, done, of, &pace).await;
            Done::Fed(Box::new(open))
        }));
        None
    }

    /// Works for about so many units.
    pub(in crate::desk) fn step(&mut self, units: u64) -> Option<Reply> {
        let job = self.job.as_mut()?;
        let ticket = self.queue.front().map_or(0, |front| front.file.ticket);
        let Some(done) = job.step(units) else {
            let permille = (u128::from(self.done) * 1000).checked_div(u128::from(self.of)).unwrap_or(0) as u32;
            return Some(Reply::Importing { ticket, permille: job.progress().1.max(permille.min(1000)) });
        };
        self.job = None;
        match done {
            Done::Ends(ends) => {
                let choice = LogChoice { sampling: self.sampling, ..LogChoice::default() };
                self.taking = Some(Taking::new(&self.plan, *ends, choice));
                None
            }
            Done::Fed(open) => {
                let front = self.queue.front_mut()?;
                if front.at < front.file.bytes {
                    front.open = Some(*open);
                    return None;
                }
                self.queue.pop_front();
                self.taking.as_mut()?.close(*open);
                Some(self.read(ticket, true))
            }
        }
    }

    /// What is told once a log is read, or can't be.
    fn read(&self, ticket: u64, whole: bool) -> Reply {
        let taking = self.taking.as_ref();
        let told = taking.filter(|_| whole).and_then(|taking| taking.logs.last());
        Reply::LogRead {
            session: self.session,
            ticket,
            told: told.cloned().map(Box::new),
            measured: Box::new(taking.map(|taking| taking.measured(&self.plan)).unwrap_or_default()),
        }
    }

    /// Nothing is read any more; what was read stands. Whether anything can still be added to it.
    pub(in crate::desk) fn stop(&mut self) -> bool {
        self.job = None;
        self.queue.clear();
        self.taking.is_some()
    }
}
