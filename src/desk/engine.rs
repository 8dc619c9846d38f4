//! The engine behind its door: requests in, replies out, work in steps.
//!
//! It has no clock and waits for nothing. Whoever owns it (the page's worker, the command line, a test) calls
//! [`Engine::step`] while it is [`Engine::busy`], and decides how much a step may do.

use super::cutover::Tables;
use super::door::{Found, Imported, MAX_WINDOW, MAX_WRITTEN, Reply, Request, RowView, RowWindow, Writing};
use super::export;
use super::flows::Sitting;
use super::import::reading::{Importing, Input};
use super::solved::{Solved, list_faults};
use super::studies::{Baseline, Question, Studies};
use super::table;
use crate::advice::View;
use crate::intake::flows::looks;
use crate::pace::{Job, Phase};
use crate::plan::{Id, ListId, Plan, Text};
use crate::routing::{Readings, Scenario};
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Arc;

/// How many characters of a line are shown.
const LINE_SHOWN: usize = 400;
/// How many addresses one lookup answers.
const MAX_LOOKUP: usize = 10_000;

/// The engine.
#[derive(Default)]
pub struct Engine {
    /// Texts by content hash. Only asked, never walked.
    kept: HashMap<String, Text>,
    readings: Readings,
    working: Option<Working>,
    solved: Option<(u64, Rc<Solved>)>,
    /// What was worked out of the solved plan.
    studies: Studies,
    /// The question asked last while something else was being worked on.
    waiting: Option<(u64, Question)>,
    /// What is to be written once nothing else is worked on.
    to_write: Option<(u64, Writing)>,
    /// The plan that the rulebook is to be held against once there is nothing else to do.
    to_check: Option<u64>,
    baseline: Baseline,
    /// Files on their way in, the first first.
    importing: VecDeque<Importing>,
    /// Flow logs on their way in.
    logs: Option<Sitting>,
}

struct Working {
    generation: u64,
    work: Work,
}

enum Work {
    Solve(Job<Solved>),
    Study(Question, Job<Studies>),
    /// The rulebook, for nobody waits for it: whatever is asked goes first.
    Check(Job<Studies>),
    Write(Writing, Job<String>),
}

/// The content hash of a text as the door writes it: 32 hex digits.
pub fn hash_of(text: &Text) -> String {
    format!("{:032x}", text.content_hash())
}

impl Engine {
    /// Takes a request, with the bytes that came beside it, and answers what can be answered at once.
    pub fn handle(&mut self, request: Request, bytes: Option<Vec<u8>>) -> Vec<Reply> {
        match request {
            Request::Keep { hash } => {
                let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
                if let Some(text) = text.map(Text::from) {
                    self.kept.insert(hash, text);
                }
                Vec::new()
            }
            Request::Solve { generation, plan, kept, scenario, compare } => {
                self.solve(generation, *plan, kept, scenario, compare)
            }
            Request::Rows { generation, view } => {
                self.ask(generation, |solved| Reply::Rows { generation, window: rows(solved, view) })
            }
            Request::Trace { generation, query } => self.ask(generation, |solved| Reply::Traced {
                generation,
                trace: solved.trace(&query).map(Box::new),
                other: solved.trace_other(&query).map(Box::new),
                query,
            }),
            Request::Lookup { generation, site, addresses } => self.ask(generation, |solved| Reply::LookedUp {
                generation,
                found: lookup(solved, &site, &addresses),
                site,
            }),
            Request::Lines { generation, list, from, count } => {
                self.ask(generation, |solved| lines(solved, generation, list, from, count))
            }
            Request::Export { generation, view } => self.ask(generation, |solved| {
                let written = export::write(solved.plan(), &view).and_then(|written| {
                    let bytes = written.text.len();
                    if bytes > MAX_WRITTEN { Err(export::Trouble::TooLong(bytes as u64)) } else { Ok(written) }
                });
                Reply::Exported { generation, view, written }
            }),
            Request::Study { generation, question } => self.study(generation, question),
            Request::Check { generation } => {
                self.to_check = Some(generation);
                self.check()
            }
            Request::Write { generation, what } => self.write(generation, what),
            Request::Baseline { generation, plan, kept } => {
                let Some(mut plan) = plan else {
                    return self.replace_baseline(None);
                };
                match self.fill(&mut plan, kept) {
                    Ok(()) => self.replace_baseline(Some(*plan)),
                    Err(hashes) => vec![Reply::Missing { generation, hashes }],
                }
            }
            Request::Cancel => {
                // Nobody sees that the rulebook is being asked, so nobody means that.
                self.put_off_check();
                self.working = None;
                self.waiting = None;
                self.to_write = None;
                self.importing.clear();
                if self.logs.as_mut().is_some_and(|logs| !logs.stop()) {
                    self.logs = None;
                }
                self.check()
            }
            Request::Import { ticket, name, format, apart } => {
                let input = Input::Bytes { bytes: bytes.unwrap_or_default(), apart };
                self.importing.push_back(Importing::new(ticket, name, format, input, self.readings.clone()));
                Vec::new()
            }
            Request::Look { ticket, known } => {
                vec![Reply::Looked { ticket, log: looks(&bytes.unwrap_or_default(), &known) }]
            }
            Request::Logs { session, mut plan, kept, sampling } => {
                // A text that isn't here is sent before.
                let _ = self.fill(&mut plan, kept);
                self.logs = Some(Sitting::new(session, *plan, sampling, self.readings.clone()));
                Vec::new()
            }
            Request::Log { session, file } => {
                if let Some(logs) = self.logs.as_mut().filter(|logs| logs.session == session) {
                    logs.add(file);
                }
                Vec::new()
            }
            Request::LogBytes { ticket, at } => {
                self.logs.as_mut().and_then(|logs| logs.feed(ticket, at, bytes)).into_iter().collect()
            }
            Request::NoLogs => {
                self.logs = None;
                Vec::new()
            }
            Request::ReadAgain { ticket, name, hash, format } => {
                let Some(text) = self.kept.get(&hash).cloned() else {
                    return vec![Reply::ReadAgain { ticket, imported: None }];
                };
                let input = Input::Again(text);
                self.importing.push_back(Importing::new(ticket, name, format, input, self.readings.clone()));
                Vec::new()
            }
        }
    }

    /// Whether there is work to be done in steps.
    pub fn busy(&self) -> bool {
        self.working.is_some() || !self.importing.is_empty() || self.logs.as_ref().is_some_and(Sitting::busy)
    }

    /// The flow log whose bytes are wanted, and from which byte on: a piece of it is to be given by
    /// [`Request::LogBytes`].
    pub fn wants(&self) -> Option<(u64, u64)> {
        self.logs.as_ref()?.wants()
    }

    /// Works for about so many units (a unit is about reading or deciding one prefix).
    pub fn step(&mut self, units: u64) -> Vec<Reply> {
        if let Some(importing) = self.importing.front_mut() {
            // Files go first: what is worked on beside them is about to be superseded.
            let ticket = importing.ticket;
            let Some(found) = importing.step(units) else {
                return vec![Reply::Importing { ticket, permille: importing.permille() }];
            };
            let again = importing.is_again();
            self.importing.pop_front();
            let found = match found {
                Ok(found) => found,
                Err(error) => return vec![Reply::Imported { ticket, part: 0, parts: 1, imported: Err(error) }],
            };
            let parts = found.len() as u32;
            let reply = |(part, (mut imported, text)): (u32, (Box<Imported>, Text))| {
                self.kept.extend(imported.neighbours.keep());
                if again {
                    // The page has the text.
                    imported.text = None;
                    return Reply::ReadAgain { ticket, imported: Some(imported) };
                }
                self.kept.insert(imported.hash.clone(), text);
                Reply::Imported { ticket, part, parts, imported: Ok(imported) }
            };
            return (0..).zip(found).map(reply).collect();
        }
        if let Some(logs) = self.logs.as_mut().filter(|logs| logs.busy()) {
            return logs.step(units).into_iter().collect();
        }
        let Some(working) = &mut self.working else { return Vec::new() };
        let generation = working.generation;
        match &mut working.work {
            Work::Solve(job) => match job.step(units) {
                None => vec![progress(generation, job.progress())],
                Some(solved) => {
                    self.working = None;
                    let summary = Box::new(solved.summary());
                    self.solved = Some((generation, Rc::new(solved)));
                    self.studies = Studies::default();
                    let mut replies = vec![Reply::Solved { generation, summary }];
                    replies.extend(self.take_up_what_waits());
                    replies
                }
            },
            Work::Study(question, job) => match job.step(units) {
                None => vec![progress(generation, job.progress())],
                Some(studies) => {
                    let question = question.clone();
                    self.working = None;
                    self.studies = studies;
                    let mut replies = self.answered(generation, &question);
                    replies.extend(self.take_up_what_waits());
                    replies
                }
            },
            Work::Check(job) => match job.step(units) {
                None => Vec::new(),
                Some(studies) => {
                    self.working = None;
                    self.studies = studies;
                    let mut replies = self.checked(generation);
                    replies.extend(self.take_up_what_waits());
                    replies
                }
            },
            Work::Write(what, job) => match job.step(units) {
                None => vec![progress(generation, job.progress())],
                Some(text) => {
                    let what = what.clone();
                    self.working = None;
                    let mut replies = vec![Reply::Written { generation, what, text }];
                    replies.extend(self.take_up_what_waits());
                    replies
                }
            },
        }
    }

    /// Answers a study from what is worked out, or begins to work it out. While something else is worked on the
    /// question asked last waits.
    fn study(&mut self, generation: u64, question: Question) -> Vec<Reply> {
        let solved = self.solved.as_ref().filter(|(of, _)| *of == generation).map(|(_, solved)| Rc::clone(solved));
        if let Some(answer) = solved.as_ref().and_then(|solved| self.studies.answer(solved, &question, false)) {
            return vec![Reply::Studied { generation, answer }];
        }
        self.put_off_check();
        match (&self.working, solved) {
            (Some(working), _) if working.generation == generation => {
                self.waiting = Some((generation, question));
                Vec::new()
            }
            (None, Some(solved)) => self.begin_study(generation, solved, question),
            (Some(_), _) | (None, None) => vec![Reply::Stale { generation }],
        }
    }

    fn begin_study(&mut self, generation: u64, solved: Rc<Solved>, question: Question) -> Vec<Reply> {
        let (studies, baseline, asked) = (self.studies.clone(), self.baseline.clone(), question.clone());
        let tables = match self.tables(&question) {
            Ok(tables) => tables,
            Err(hashes) => return vec![Reply::Missing { generation, hashes }],
        };
        let job = Job::new(move |pace| studies.with(solved, baseline, asked, tables, pace));
        self.working = Some(Working { generation, work: Work::Study(question, job) });
        Vec::new()
    }

    /// The tables that a question is about.
    ///
    /// # Errors
    /// The content hashes of those that aren't kept here.
    fn tables(&self, question: &Question) -> Result<Tables, Vec<String>> {
        let mut tables = Tables { readings: self.readings.clone(), ..Tables::default() };
        let mut missing = Vec::new();
        if let Question::Cutover(view) = question {
            for (hash, text) in view.tables.iter().zip(&mut tables.texts) {
                let Some(hash) = hash else { continue };
                match self.kept.get(hash) {
                    Some(kept) => *text = Some(kept.clone()),
                    None => missing.push(hash.clone()),
                }
            }
        }
        if missing.is_empty() { Ok(tables) } else { Err(missing) }
    }

    fn take_up_what_waits(&mut self) -> Vec<Reply> {
        let mut replies = match self.waiting.take() {
            Some((generation, question)) => self.study(generation, question),
            None => Vec::new(),
        };
        if self.working.is_none()
            && let Some((generation, what)) = self.to_write.take()
        {
            replies.extend(self.write(generation, what));
        }
        replies.extend(self.check());
        replies
    }

    /// Begins to hold the rulebook against the plan, where that is wanted and nothing else is worked on.
    fn check(&mut self) -> Vec<Reply> {
        if self.working.is_some() {
            return Vec::new();
        }
        let wanted = self.to_check.take();
        let Some((generation, solved)) = self.solved.as_ref().filter(|(of, _)| Some(*of) == wanted) else {
            return Vec::new();
        };
        let generation = *generation;
        let told = self.checked(generation);
        if told.is_empty() {
            let (studies, baseline, solved) = (self.studies.clone(), self.baseline.clone(), Rc::clone(solved));
            let question = Question::Advice(View::default());
            let job = Job::new(move |pace| studies.with(solved, baseline, question, Tables::default(), pace));
            self.working = Some(Working { generation, work: Work::Check(job) });
        }
        told
    }

    /// What the rulebook finds, where that is known.
    fn checked(&self, generation: u64) -> Vec<Reply> {
        let told = self.studies.findings();
        told.map(|(open, accepted)| Reply::Checked { generation, open, accepted }).into_iter().collect()
    }

    /// Puts the rulebook off until nothing else is to be done.
    fn put_off_check(&mut self) {
        if let Some(Working { generation, work: Work::Check(_) }) = &self.working {
            self.to_check = Some(*generation);
            self.working = None;
        }
    }

    /// Begins to write, or waits until what is worked on is done.
    fn write(&mut self, generation: u64, what: Writing) -> Vec<Reply> {
        self.put_off_check();
        let solved = self.solved.as_ref().filter(|(of, _)| *of == generation).map(|(_, solved)| Rc::clone(solved));
        match (&self.working, solved) {
            (Some(working), _) if working.generation == generation => {
                self.to_write = Some((generation, what));
                Vec::new()
            }
            (None, Some(solved)) => {
                let (baseline, asked) = (self.baseline.clone(), what.clone());
                let job = Job::new(move |pace| super::report::write(solved, baseline, asked, pace));
                self.working = Some(Working { generation, work: Work::Write(what, job) });
                Vec::new()
            }
            (Some(_), _) | (None, None) => vec![Reply::Stale { generation }],
        }
    }

    /// The answer to a question that was just worked out; what isn't there has no baseline.
    fn answered(&self, generation: u64, question: &Question) -> Vec<Reply> {
        self.ask(generation, |solved| {
            let answer = self.studies.answer(solved, question, true);
            let answer = answer.unwrap_or_else(|| Studies::without_baseline(question));
            Reply::Studied { generation, answer }
        })
    }

    fn replace_baseline(&mut self, plan: Option<Plan>) -> Vec<Reply> {
        self.baseline = Baseline::new(plan);
        self.studies.forget_baseline();
        // A study under way holds what was worked out from the old one: it begins again.
        match self.working.take() {
            Some(Working { generation, work: Work::Study(question, _) }) => self.study(generation, question),
            Some(Working { generation, work: Work::Check(_) }) => {
                self.to_check = Some(generation);
                self.check()
            }
            other => {
                self.working = other;
                Vec::new()
            }
        }
    }

    /// Works until nothing is left to do; all replies but progress.
    pub fn finish(&mut self) -> Vec<Reply> {
        let mut replies = Vec::new();
        while self.busy() {
            let told = |reply: &Reply| !matches!(reply, Reply::Progress { .. } | Reply::Importing { .. });
            replies.extend(self.step(u64::MAX).into_iter().filter(told));
        }
        replies
    }

    /// The plan solved last.
    pub fn solved(&self) -> Option<&Solved> {
        self.solved.as_ref().map(|(_, solved)| &**solved)
    }

    /// A text that is kept, by its content hash.
    pub fn text(&self, hash: &str) -> Option<&Text> {
        self.kept.get(hash)
    }

    fn solve(
        &mut self,
        generation: u64,
        mut plan: Plan,
        kept: Vec<(ListId, String)>,
        scenario: Scenario,
        compare: bool,
    ) -> Vec<Reply> {
        let newest = self.working.as_ref().map(|working| working.generation);
        if newest.is_some_and(|newest| newest > generation) {
            return vec![Reply::Stale { generation }];
        }
        if let Err(hashes) = self.fill(&mut plan, kept) {
            return vec![Reply::Missing { generation, hashes }];
        }
        let readings = self.readings.clone();
        let plan = Arc::new(plan);
        let job = Job::new(move |pace| Solved::in_steps(plan, readings, scenario, compare, pace));
        self.working = Some(Working { generation, work: Work::Solve(job) });
        self.waiting = None;
        self.to_write = None;
        self.to_check = None;
        Vec::new()
    }

    /// Puts kept texts into a plan's lists.
    ///
    /// # Errors
    /// The content hashes of texts that aren't kept here.
    fn fill(&self, plan: &mut Plan, kept: Vec<(ListId, String)>) -> Result<(), Vec<String>> {
        let mut missing = Vec::new();
        for (list, hash) in kept {
            match (self.kept.get(&hash), plan.list_mut(&list)) {
                (Some(text), Some(own)) => *own = text.clone(),
                (None, _) => missing.push(hash),
                (Some(_), None) => {}
            }
        }
        if missing.is_empty() { Ok(()) } else { Err(missing) }
    }

    fn ask(&self, generation: u64, answer: impl FnOnce(&Solved) -> Reply) -> Vec<Reply> {
        match &self.solved {
            Some((of, solved)) if *of == generation => vec![answer(solved)],
            _ => vec![Reply::Stale { generation }],
        }
    }
}

fn progress(generation: u64, (phase, permille): (Phase, u32)) -> Reply {
    Reply::Progress { generation, phase, permille }
}

fn rows(solved: &Solved, view: RowView) -> RowWindow {
    let order = table::view(solved.plan(), &solved.rows, &view, solved);
    let window = order.iter().skip(view.from as usize).take(view.count.min(MAX_WINDOW) as usize);
    let (mut rows, mut facts, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for index in window {
        if let Some(row) = solved.rows.get(*index as usize) {
            facts.push(solved.facts(row));
            rows.push(row.clone());
        }
        others.extend(solved.other_rows().and_then(|rows| rows.get(*index as usize)).cloned());
    }
    let groups = table::groups(solved.plan(), &solved.rows, &view, &order);
    RowWindow { total: order.len() as u32, view, rows, facts, groups, others }
}

fn lookup(solved: &Solved, site: &Id, addresses: &[IpAddr]) -> Vec<Found> {
    let Some(site) = solved.site(site) else { return Vec::new() };
    addresses.iter().take(MAX_LOOKUP).map(|address| solved.lookup(site, *address)).collect()
}

fn lines(solved: &Solved, generation: u64, list: ListId, from: u32, count: u32) -> Reply {
    let Some((text, reading)) = solved.list(&list) else {
        return Reply::Lines { generation, list, from, lines: Vec::new(), total: 0, faults: Vec::new() };
    };
    let (from_line, count) = (from as usize, count.min(MAX_WINDOW) as usize);
    let mut start = 0;
    let mut shown = Vec::new();
    let mut span = None;
    let mut total = 0;
    for (number, line) in text.split('\n').enumerate() {
        if (from_line..from_line + count).contains(&number) {
            shown.push(line.trim_end_matches('\r').chars().take(LINE_SHOWN).collect());
            let first = span.map_or(start, |(first, _)| first);
            span = Some((first, start + line.len()));
        }
        start += line.len() + 1;
        total += 1;
    }
    let (first, last) = span.unwrap_or((0, 0));
    let within =
        |fault: &&crate::intake::Fault| span.is_some() && (first..=last).contains(&(fault.span.start as usize));
    let faults: Vec<_> = reading.faults.kept.iter().filter(within).take(MAX_WINDOW as usize).cloned().collect();
    Reply::Lines { generation, list, from, lines: shown, total, faults: list_faults(text, &faults) }
}
