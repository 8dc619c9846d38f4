//! What the engine answers, and what follows from it.

use super::ask::send;
use super::{Answered, Checked, Desk, KEEP_FROM, Lines, Progress, Rows, Selection, Traced};
use crate::desk::action::{Effect, ImportInto, Notice};
use crate::desk::door::{Form, Imported, PaperForm, Phase, Reply, Request, RowWindow, TraceQuery, Writing};
use crate::desk::focus::{Spot, Target};
use crate::desk::import::Preview;
use crate::journey::Row;
use crate::plan::{Id, ListId, Text};
use std::rc::Rc;

impl Desk {
    pub(super) fn hear(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Progress { generation, phase, permille } => {
                if generation == self.generation {
                    self.show_progress(Progress { phase, permille });
                }
                Vec::new()
            }
            Reply::Solved { generation, summary } => {
                if generation != self.generation || self.stopped {
                    return Vec::new();
                }
                self.progress = None;
                self.answered = Some(Answered {
                    generation,
                    plan: Rc::clone(&self.plan),
                    scenario: self.scenario.clone(),
                    compare: self.compare,
                    summary: Rc::new(*summary),
                });
                let mut effects = self.ask_rows();
                let watching: Vec<_> = self.watching.keys().cloned().collect();
                for list in watching {
                    effects.extend(self.ask_lines(&list));
                }
                effects.extend(self.ask_study());
                effects.extend(self.ask_export());
                effects.extend(self.ask_writing());
                effects.push(send(Request::Check { generation }));
                effects
            }
            Reply::Checked { generation, open, accepted } => {
                if generation == self.generation {
                    self.checked = Some(Checked { generation, open, accepted });
                }
                Vec::new()
            }
            Reply::Rows { generation, window } => self.hear_rows(generation, window),
            Reply::Traced { generation, query, trace, other } => {
                let wanted = self.selected.as_ref().and_then(|selected| selected.query.as_ref());
                if generation == self.generation && wanted == Some(&query) {
                    let (trace, other) = (trace.map(|trace| Rc::new(*trace)), other.map(|trace| Rc::new(*trace)));
                    self.trace = Some(Traced { generation, query, trace, other });
                }
                Vec::new()
            }
            Reply::Studied { generation, answer } => self.hear_study(generation, answer),
            Reply::Stale { generation } => {
                self.hear_stale(generation);
                Vec::new()
            }
            Reply::Exported { generation, view, written } => {
                if let Some(export) = self.export.as_mut().filter(|export| export.view == view) {
                    export.told = Some((generation, view, written.map(Rc::new)));
                }
                Vec::new()
            }
            Reply::Written { generation, what, text } => {
                if generation != self.generation || self.to_write.as_ref() != Some(&what) {
                    return Vec::new();
                }
                self.to_write = None;
                self.progress = None;
                let name = |end: &str| self.file_name().replace(".twopath.json", end);
                let name = match &what {
                    Writing::Catalogue(Form::Tsv, _) => return vec![Effect::Copy(text)],
                    Writing::Catalogue(Form::Csv, _) => name(".flows.csv"),
                    Writing::Catalogue(Form::Json, _) => name(".flows.json"),
                    Writing::Catalogue(Form::Markdown, _) => name(".flows.md"),
                    Writing::Report(PaperForm::Html, _) => name(".report.html"),
                    Writing::Report(PaperForm::Markdown, _) => name(".report.md"),
                    Writing::Checklist => return vec![Effect::Copy(text)],
                };
                vec![Effect::SaveFile { name, text }]
            }
            Reply::LookedUp { .. } => Vec::new(),
            // Only where a worker lost what it was given: it is given everything again.
            Reply::Missing { generation, .. } if generation == self.generation => {
                self.kept.clear();
                self.studies.engine_is_new();
                self.ask()
            }
            Reply::Missing { .. } => Vec::new(),
            Reply::Lines { generation, list, from, lines, total, faults } => {
                if generation == self.generation && self.watching.contains_key(&list) {
                    self.lines.insert(list, Rc::new(Lines { generation, from, lines, total, faults }));
                }
                Vec::new()
            }
            Reply::Importing { ticket, permille } => {
                let is_log = |preview: &Preview| preview.logs.is_reading();
                if self.imports.contains_key(&ticket) {
                    self.progress = Some(Progress { phase: Phase::Reading, permille });
                } else if self.preview.as_ref().is_some_and(is_log) {
                    self.progress = Some(Progress { phase: Phase::Logs, permille });
                }
                Vec::new()
            }
            Reply::Imported { ticket, part, parts, imported } => {
                let Some(import) = self.imports.get(&ticket).cloned() else { return Vec::new() };
                // A file is in once all its parts are: long ones arrive last.
                let last = self.parts_in(ticket, parts);
                if last {
                    self.imports.remove(&ticket);
                }
                let shown = last && self.progress.take().is_some();
                match (imported, import.into) {
                    (Ok(imported), ImportInto::List(list)) => {
                        let effects = self.take_in(list, *imported);
                        // The bar goes on where reading ended: the plan is solved next, and that has read the text.
                        if shown && !self.solved() && self.imports.is_empty() {
                            self.progress = Some(Progress { phase: Phase::Sorting, permille: 250 });
                        }
                        effects
                    }
                    (Ok(imported), ImportInto::Table(whose)) => self.take_table(whose, *imported),
                    (Ok(imported), ImportInto::Preview) => self.preview_takes((ticket, part), parts, *imported),
                    (Err(error), ImportInto::Preview) => self.preview_cannot_read(import.name, error),
                    (Err(error), ImportInto::List(_) | ImportInto::Table(_)) => {
                        self.tell(Notice::Unreadable { name: import.name, error })
                    }
                }
            }
            Reply::Looked { ticket, log } => self.hear_looked(ticket, log),
            Reply::LogRead { session, ticket, told, measured } => {
                self.hear_log((session, ticket), told.map(|told| *told), *measured)
            }
            Reply::ReadAgain { ticket, imported } => self.preview_was_read_again(ticket, imported),
        }
    }

    /// Counts a part of a file as arrived; whether all are.
    fn parts_in(&mut self, ticket: u64, parts: u32) -> bool {
        let Some(import) = self.imports.get_mut(&ticket) else { return true };
        import.arrived += 1;
        import.arrived >= parts
    }

    fn hear_rows(&mut self, generation: u64, window: RowWindow) -> Vec<Effect> {
        if generation != self.generation || window.view != self.row_view {
            return Vec::new();
        }
        let window = Rc::new(window);
        self.rows = Some(Rows { generation, window: Rc::clone(&window) });
        match &self.selected {
            None => {
                // The worst first; of several the first of the table.
                let Some(row) = window.rows.iter().min_by_key(|row| (row.verdict.is_none(), row.verdict)) else {
                    return Vec::new();
                };
                self.select(row.flow.clone(), 0)
            }
            Some(Selection { flow: Some(flow), part, .. }) => self.select(flow.clone(), *part),
            Some(Selection { flow: None, .. }) => self.ask_trace(),
        }
    }

    pub(super) fn select(&mut self, flow: Id, part: usize) -> Vec<Effect> {
        let before = self.selected.take().filter(|selected| selected.flow.as_ref() == Some(&flow));
        let window = self.rows.as_ref().map(|rows| Rc::clone(&rows.window));
        let find = |rows: &[Row]| rows.iter().find(|row| row.flow == flow).cloned().map(Rc::new);
        let found = window.as_ref().and_then(|window| find(&window.rows));
        self.selected = Some(match (found, before) {
            (Some(row), _) => {
                let part = part.min(row.parts.len().saturating_sub(1));
                Selection {
                    query: TraceQuery::of_part(&self.plan, &row, part),
                    other: window.as_ref().and_then(|window| find(&window.others)),
                    flow: Some(flow),
                    part,
                    row: Some(row),
                }
            }
            // Not in the window: what was known of it stays, and its addresses are traced again.
            (None, Some(before)) => before,
            (None, None) => Selection { flow: Some(flow), part, query: None, row: None, other: None },
        });
        self.ask_trace()
    }

    /// The text of what was read, as the engine keeps it too.
    pub(super) fn text_of(&mut self, imported: &mut Imported) -> Option<Text> {
        let text = imported.text.take()?;
        // The engine has worked out the hash.
        let text = match u128::from_str_radix(&imported.hash, 16) {
            Ok(hash) => Text::hashed(text, hash),
            Err(_) => Text::from(text),
        };
        if text.len() >= KEEP_FROM {
            // The engine keeps what it has read.
            let hash = text.content_hash();
            self.kept.insert(hash);
            self.seen.insert(hash);
        }
        Some(text)
    }

    fn take_in(&mut self, list: ListId, mut imported: Imported) -> Vec<Effect> {
        let Some(text) = self.text_of(&mut imported) else { return Vec::new() };
        if self.plan.list(&list).is_none() {
            return Vec::new();
        }
        self.reveal(Target::List(list.clone(), Spot::Whole));
        self.edit(
            None,
            Box::new(move |plan| {
                if let Some(place) = plan.list_mut(&list) {
                    *place = text;
                }
            }),
        )
    }
}
