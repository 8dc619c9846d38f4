//! The engine behind its door: requests in, replies out, work in steps.
//!
//! It has no clock and waits for nothing. Whoever owns it (the page's worker, the command line, a test) calls
//! [`Engine::step`] while it is [`Engine::busy`], and decides how much a step may do.

use super::door::{Found, INLINE_TEXT, Imported, ImportedSet, MAX_WINDOW, Reply, Request, RowView, RowWindow};
use super::solved::{Solved, list_faults, list_summary};
use super::table;
use crate::intake::{BytesError, Format, LineIndex, decode, recognise};
use crate::pace::Job;
use crate::plan::{Id, ListId, Plan, Text};
use crate::routing::{Place, Readings, Scenario};
use crate::space::{Count, Set};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

/// How many characters of a line are shown.
const LINE_SHOWN: usize = 400;
/// How many addresses one lookup answers, and how many sets an import names.
const MAX_LOOKUP: usize = 10_000;
const MAX_SETS: usize = 5_000;

/// The engine.
#[derive(Default)]
pub struct Engine {
    /// Texts by content hash. Only asked, never walked.
    kept: HashMap<String, Text>,
    readings: Readings,
    working: Option<Working>,
    solved: Option<(u64, Solved)>,
}

struct Working {
    generation: u64,
    job: Job<Solved>,
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
            Request::Import { ticket, name, format } => {
                let imported = self.import(name, format, bytes.unwrap_or_default()).map(Box::new);
                vec![Reply::Imported { ticket, imported }]
            }
        }
    }

    /// Whether there is work to be done in steps.
    pub fn busy(&self) -> bool {
        self.working.is_some()
    }

    /// Works for about so many units (a unit is about reading or deciding one prefix).
    pub fn step(&mut self, units: u64) -> Vec<Reply> {
        let Some(working) = &mut self.working else { return Vec::new() };
        let generation = working.generation;
        match working.job.step(units) {
            None => {
                let (phase, permille) = working.job.progress();
                vec![Reply::Progress { generation, phase, permille }]
            }
            Some(solved) => {
                self.working = None;
                let summary = Box::new(solved.summary());
                self.solved = Some((generation, solved));
                vec![Reply::Solved { generation, summary }]
            }
        }
    }

    /// Works until nothing is left to do; all replies but progress.
    pub fn finish(&mut self) -> Vec<Reply> {
        let mut replies = Vec::new();
        while self.busy() {
            replies.extend(self.step(u64::MAX).into_iter().filter(|r| !matches!(r, Reply::Progress { .. })));
        }
        replies
    }

    /// The plan solved last.
    pub fn solved(&self) -> Option<&Solved> {
        self.solved.as_ref().map(|(_, solved)| solved)
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
        let mut missing = Vec::new();
        for (list, hash) in kept {
            match (self.kept.get(&hash), plan.list_mut(&list)) {
                (Some(text), Some(own)) => *own = text.clone(),
                (None, _) => missing.push(hash),
                (Some(_), None) => {}
            }
        }
        if !missing.is_empty() {
            return vec![Reply::Missing { generation, hashes: missing }];
        }
        let readings = self.readings.clone();
        let plan = Arc::new(plan);
        let job = Job::new(move |pace| Solved::in_steps(plan, readings, scenario, compare, pace));
        self.working = Some(Working { generation, job });
        Vec::new()
    }

    fn ask(&self, generation: u64, answer: impl FnOnce(&Solved) -> Reply) -> Vec<Reply> {
        match &self.solved {
            Some((of, solved)) if *of == generation => vec![answer(solved)],
            _ => vec![Reply::Stale { generation }],
        }
    }

    fn import(&mut self, name: String, format: Option<String>, bytes: Vec<u8>) -> Result<Imported, BytesError> {
        let decoded = decode(bytes)?;
        let chosen: Option<Format> = format.and_then(|name| name.parse().ok());
        let reading = crate::intake::read(&decoded.text, chosen);
        let guesses = recognise(&decoded.text);
        let text = Text::from(decoded.text);
        let hash = hash_of(&text);
        let list = ListId::Source(Id::from(name.as_str()));
        let index = LineIndex::new(text.as_str());
        let sets = reading
            .sets
            .iter()
            .take(MAX_SETS)
            .map(|set| ImportedSet {
                name: set.name.clone(),
                title: set.title.clone(),
                addresses: addresses(&reading, set),
                express_route: set.details.express_route,
                ports: set.details.ports.clone(),
                place: Place { list: list.clone(), at: set.at, line: index.line_column(set.at).line },
            })
            .collect();
        let imported = Imported {
            summary: list_summary(&list, text.as_str(), &reading),
            kind: reading.kind,
            name,
            hash: hash.clone(),
            text: (text.len() <= INLINE_TEXT).then(|| text.as_str().to_owned()),
            bytes: text.len() as u32,
            guesses,
            sets,
        };
        self.kept.insert(hash, text);
        Ok(imported)
    }
}

fn addresses(reading: &crate::intake::Reading, set: &crate::intake::NamedSet) -> (Count, Count) {
    let v4 = Set::from_prefixes(reading.v4_of(set).iter().map(|entry| entry.prefix));
    let v6 = Set::from_prefixes(reading.v6_of(set).iter().map(|entry| entry.prefix));
    (v4.count(), v6.count())
}

fn rows(solved: &Solved, view: RowView) -> RowWindow {
    let order = table::view(solved.plan(), &solved.rows, &view, &|row| solved.differs(row));
    let window = order.iter().skip(view.from as usize).take(view.count.min(MAX_WINDOW) as usize);
    let (mut rows, mut others) = (Vec::new(), Vec::new());
    for index in window {
        rows.extend(solved.rows.get(*index as usize).cloned());
        others.extend(solved.other_rows().and_then(|rows| rows.get(*index as usize)).cloned());
    }
    RowWindow { total: order.len() as u32, view, rows, others }
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
