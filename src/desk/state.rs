//! The desk: the open plan, what was asked of the engine, what it answered, what is selected.
//!
//! A pure state machine: [`Desk::act`] takes an [`Action`] and gives [`Effect`]s for the page's edges to carry out
//! (requests to the engine, files, the browser's storage). Plans, texts and answers are shared, so a desk is
//! cheap to clone.

use super::action::{Action, Effect, ImportInto, Notice, Storage};
use super::door::{
    INLINE_TEXT, Imported, Phase, Reply, Request, RowView, RowWindow, Summary, TraceError, TraceQuery,
};
use super::focus::{Focus, Spot, Target};
use super::history::History;
use super::parts;
use crate::journey::{Direction, Row, Trace};
use crate::plan::{Ends, Id, ListId, PartKind, Plan, PlanFault, Text};
use crate::routing::{Part, Scenario};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A text of at least so many bytes goes to the engine by its hash once it has stopped changing.
pub const KEEP_FROM: usize = 16_384;

/// How many rows of the flow table are asked for at first.
pub const FIRST_ROWS: u32 = 50;

/// The architect's desk.
#[derive(Clone, Debug)]
pub struct Desk {
    revision: u64,
    /// The open plan.
    pub plan: Rc<Plan>,
    /// Rises whenever another plan is opened, so that inputs forget what was typed in them.
    pub opening: u64,
    /// What was passed over when the plan was read from a file: unknown fields.
    pub passed_over: Rc<Vec<PlanFault>>,
    history: History,
    /// What is down.
    pub scenario: Scenario,
    /// Whether the other return model is answered beside the chosen one.
    pub compare: bool,
    /// Rises with every change of plan, scenario or comparison.
    pub generation: u64,
    /// The latest answer.
    pub answered: Option<Answered>,
    /// The latest window of the flow table.
    pub rows: Option<Rows>,
    /// What of the flow table is asked for.
    pub row_view: RowView,
    /// The flow or the pair of addresses that is shown.
    pub selected: Option<Selection>,
    /// The latest trace.
    pub trace: Option<Traced>,
    /// How far the engine is, while it works.
    pub progress: Option<Progress>,
    /// Whether the engine was told to stop, and nothing has changed since.
    pub stopped: bool,
    /// What the inputs are asked to bring into view.
    pub focus: Option<Focus>,
    /// Windows of long lists, as the engine gave them.
    pub lines: BTreeMap<ListId, Rc<Lines>>,
    /// What people should be told, until they dismiss it.
    pub notice: Option<Notice>,
    /// Whether the plan is kept in this browser.
    pub storage: Storage,
    /// Files on their way through the engine, by ticket.
    pub imports: BTreeMap<u64, Import>,
    kept: BTreeSet<u128>,
    seen: BTreeSet<u128>,
    watching: BTreeMap<ListId, (u32, u32)>,
    asked_trace: Option<(u64, TraceQuery)>,
    serial: u64,
}

/// An answer of the engine with what it answers.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The generation it answers.
    pub generation: u64,
    /// The plan it answers for: names and places in it are this plan's.
    pub plan: Rc<Plan>,
    /// What was down.
    pub scenario: Scenario,
    /// Whether the other return model was answered too.
    pub compare: bool,
    /// The answer in short.
    pub summary: Rc<Summary>,
}

/// A window of the flow table with the generation it belongs to.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The generation.
    pub generation: u64,
    /// The window.
    pub window: Rc<RowWindow>,
}

/// What is shown in picture and trace.
#[derive(Clone, PartialEq, Debug)]
pub struct Selection {
    /// The flow; absent: a pair of addresses that the user typed.
    pub flow: Option<Id>,
    /// Which part of its row.
    pub part: usize,
    /// The pair that is traced; absent: the flow has no addresses.
    pub query: Option<TraceQuery>,
    /// The flow's row as last seen.
    pub row: Option<Rc<Row>>,
    /// The same with the other return model, where asked.
    pub other: Option<Rc<Row>>,
}

/// A trace with what it answers.
#[derive(Clone, Debug)]
pub struct Traced {
    /// The generation.
    pub generation: u64,
    /// What was asked.
    pub query: TraceQuery,
    /// The trace.
    pub trace: Result<Rc<Trace>, TraceError>,
    /// The same with the other return model, where asked.
    pub other: Option<Rc<Trace>>,
}

/// How far the engine is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Progress {
    /// What it does.
    pub phase: Phase,
    /// How much of all is done, in thousandths.
    pub permille: u32,
}

/// Lines of a long list.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The generation.
    pub generation: u64,
    /// The first line, from 0.
    pub from: u32,
    /// The lines, long ones cut.
    pub lines: Vec<String>,
    /// How many lines the list has.
    pub total: u32,
    /// Faults among them.
    pub faults: Vec<super::door::ListFault>,
}

/// A file on its way through the engine.
#[derive(Clone, PartialEq, Debug)]
pub struct Import {
    /// The file's name.
    pub name: String,
    /// Where its text goes.
    pub into: ImportInto,
}

/// Desks are compared by their revision: every action makes another.
impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision
    }
}

impl Desk {
    /// A desk with this plan on it, nothing asked yet.
    pub fn new(plan: Rc<Plan>) -> Self {
        Self {
            revision: 0,
            plan,
            opening: 0,
            passed_over: Rc::default(),
            history: History::default(),
            scenario: Scenario::default(),
            compare: false,
            generation: 0,
            answered: None,
            rows: None,
            row_view: RowView { count: FIRST_ROWS, ..RowView::default() },
            selected: None,
            trace: None,
            progress: None,
            stopped: false,
            focus: None,
            lines: BTreeMap::new(),
            notice: None,
            storage: Storage::Unknown,
            imports: BTreeMap::new(),
            kept: BTreeSet::new(),
            seen: BTreeSet::new(),
            watching: BTreeMap::new(),
            asked_trace: None,
            serial: 0,
        }
    }

    /// Whether the answer shown is for something older than what is asked now.
    pub fn stale(&self) -> bool {
        self.answered.as_ref().is_none_or(|answered| answered.generation != self.generation)
    }

    /// Whether the rows shown are for something older than what is asked now.
    pub fn rows_stale(&self) -> bool {
        self.rows.as_ref().is_none_or(|rows| rows.generation != self.generation)
    }

    /// Whether the trace shown is for something older than what is selected now.
    pub fn trace_stale(&self) -> bool {
        let Some(traced) = &self.trace else { return true };
        traced.generation != self.generation
            || self.selected.as_ref().is_none_or(|selected| selected.query.as_ref() != Some(&traced.query))
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is something to do again.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Whether a part of the plan is down in what is asked.
    pub fn is_down(&self, part: &Part) -> bool {
        self.scenario.down.contains(part)
    }

    /// What the engine read of a list, if it has any text.
    pub fn list_summary(&self, list: &ListId) -> Option<&super::door::ListSummary> {
        self.answered.as_ref()?.summary.lists.iter().find(|summary| summary.list == *list)
    }

    /// Takes an action; what the edges have to do for it comes back.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        self.revision += 1;
        match action {
            Action::Open { plan, passed_over } => self.open(plan, passed_over),
            Action::OpenText { name, json } => match crate::plan::load(&json) {
                Ok(loaded) => self.open(Rc::new(loaded.plan), loaded.faults),
                Err(error) => self.tell(Notice::NotAPlan { name, error }),
            },
            Action::Edit { key, change } => self.edit(key, change),
            Action::Settle => {
                self.history.settle();
                Vec::new()
            }
            Action::Undo => match self.history.undo(Rc::clone(&self.plan)) {
                Some(plan) => self.replace(plan),
                None => Vec::new(),
            },
            Action::Redo => match self.history.redo(Rc::clone(&self.plan)) {
                Some(plan) => self.replace(plan),
                None => Vec::new(),
            },
            Action::Down { part, down } => {
                let changed =
                    if down { self.scenario.down.insert(part) } else { self.scenario.down.remove(&part) };
                if changed { self.ask() } else { Vec::new() }
            }
            Action::AllUp => {
                if self.scenario.down.is_empty() {
                    return Vec::new();
                }
                self.scenario.down.clear();
                self.ask()
            }
            Action::Compare(compare) => {
                if self.compare == compare {
                    return Vec::new();
                }
                self.compare = compare;
                self.row_view.only_differing &= compare;
                self.ask()
            }
            Action::View(view) => {
                self.row_view = view;
                self.ask_rows()
            }
            Action::Select { flow, part } => self.select(flow, part),
            Action::Trace(query) => {
                self.selected =
                    Some(Selection { flow: None, part: 0, query: Some(query), row: None, other: None });
                self.ask_trace()
            }
            Action::Reveal(target) => {
                self.reveal(target);
                Vec::new()
            }
            Action::Engine(reply) => self.hear(*reply),
            Action::EngineRestarted => {
                self.kept.clear();
                self.seen.clear();
                self.imports.clear();
                self.progress = None;
                if self.stopped { Vec::new() } else { self.ask() }
            }
            Action::EngineLost => {
                self.progress = None;
                self.stopped = true;
                self.tell(Notice::EngineLost)
            }
            Action::Stop => {
                self.progress = None;
                self.stopped = true;
                vec![Effect::RestartEngine]
            }
            Action::Resume => self.ask(),
            Action::Import { ticket, name, into } => {
                self.imports.insert(ticket, Import { name, into });
                Vec::new()
            }
            Action::Watch { list, from, count } => {
                self.watching.insert(list.clone(), (from, count));
                self.ask_lines(&list)
            }
            Action::Unwatch(list) => {
                self.watching.remove(&list);
                self.lines.remove(&list);
                Vec::new()
            }
            Action::Stored(storage) => {
                self.storage = storage;
                Vec::new()
            }
            Action::SaveFile => {
                vec![Effect::SaveFile { name: self.file_name(), text: crate::plan::save(&self.plan) }]
            }
            Action::Tell(notice) => self.tell(notice),
            Action::Dismiss => {
                self.notice = None;
                Vec::new()
            }
        }
    }

    /// The name that the plan is saved under.
    pub fn file_name(&self) -> String {
        let stem: String = self
            .plan
            .name
            .trim()
            .chars()
            .map(|letter| if letter.is_alphanumeric() || " -_.,()&'+".contains(letter) { letter } else { '-' })
            .take(80)
            .collect();
        let stem = stem.trim_matches(['.', ' ']);
        format!("{}.twopath.json", if stem.is_empty() { "plan" } else { stem })
    }

    fn open(&mut self, plan: Rc<Plan>, passed_over: Vec<PlanFault>) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.plan, plan);
        if self.generation > 0 {
            self.history.record(before, None);
        }
        self.opening += 1;
        self.passed_over = Rc::new(
            passed_over
                .into_iter()
                .filter(|fault| matches!(fault.code, crate::plan::PlanFaultCode::UnknownField { .. }))
                .collect(),
        );
        self.scenario = Scenario::default();
        self.row_view = RowView { count: self.row_view.count, ..RowView::default() };
        self.selected = None;
        self.trace = None;
        self.notice = None;
        self.focus = None;
        self.watching.clear();
        self.lines.clear();
        self.changed()
    }

    fn edit(&mut self, key: Option<String>, change: Box<dyn FnOnce(&mut Plan)>) -> Vec<Effect> {
        let mut plan = (*self.plan).clone();
        change(&mut plan);
        if plan == *self.plan {
            return Vec::new();
        }
        let before = std::mem::replace(&mut self.plan, Rc::new(plan));
        self.history.record(before, key);
        self.changed()
    }

    /// Undo and redo.
    fn replace(&mut self, plan: Rc<Plan>) -> Vec<Effect> {
        self.plan = plan;
        self.changed()
    }

    fn changed(&mut self) -> Vec<Effect> {
        let plan = Rc::clone(&self.plan);
        self.scenario.down.retain(|part| match part {
            Part::Exit(id) => plan.exits.iter().any(|exit| exit.id == *id),
            Part::Circuit(id) => plan.circuits.iter().any(|circuit| circuit.id == *id),
            Part::Device(id) => plan.devices.iter().any(|device| device.id == *id),
            Part::Site(id) => plan.sites.iter().any(|site| site.id == *id),
        });
        if let Some(Selection { flow: Some(flow), .. }) = &self.selected
            && !plan.flows.iter().any(|other| other.id == *flow)
        {
            self.selected = None;
        }
        self.storage = Storage::Pending;
        let mut effects = self.ask();
        effects.push(Effect::Store(plan));
        effects
    }

    /// Asks for an answer to everything as it stands.
    fn ask(&mut self) -> Vec<Effect> {
        self.generation += 1;
        self.stopped = false;
        let mut effects = Vec::new();
        let mut plan = (*self.plan).clone();
        let mut kept: Vec<(ListId, String)> = Vec::new();
        for (list, text) in self.plan.lists() {
            if text.len() < KEEP_FROM || kept.iter().any(|(other, _)| *other == list) {
                continue;
            }
            let hash = text.content_hash();
            let settled = !self.seen.insert(hash);
            if !settled && text.len() <= INLINE_TEXT && !self.kept.contains(&hash) {
                continue;
            }
            let name = format!("{hash:032x}");
            if self.kept.insert(hash) {
                effects.push(Effect::Send {
                    request: Request::Keep { hash: name.clone() },
                    bytes: Some(text.clone()),
                });
            }
            if let Some(text) = plan.list_mut(&list) {
                *text = Text::default();
            }
            kept.push((list, name));
        }
        effects.push(Effect::Send {
            request: Request::Solve {
                generation: self.generation,
                plan: Box::new(plan),
                kept,
                scenario: self.scenario.clone(),
                compare: self.compare,
            },
            bytes: None,
        });
        effects
    }

    fn hear(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Progress { generation, phase, permille } => {
                if generation == self.generation && !self.stopped {
                    self.progress = Some(Progress { phase, permille });
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
                effects
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
            Reply::LookedUp { .. } | Reply::Stale { .. } => Vec::new(),
            // Only where a worker lost what it was given: it is given everything again.
            Reply::Missing { generation, .. } if generation == self.generation => {
                self.kept.clear();
                self.ask()
            }
            Reply::Missing { .. } => Vec::new(),
            Reply::Lines { generation, list, from, lines, total, faults } => {
                if generation == self.generation && self.watching.contains_key(&list) {
                    self.lines.insert(list, Rc::new(Lines { generation, from, lines, total, faults }));
                }
                Vec::new()
            }
            Reply::Imported { ticket, imported } => {
                let Some(import) = self.imports.remove(&ticket) else { return Vec::new() };
                match imported {
                    Ok(imported) => self.take_in(import, *imported),
                    Err(error) => self.tell(Notice::Unreadable { name: import.name, error }),
                }
            }
        }
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

    fn select(&mut self, flow: Id, part: usize) -> Vec<Effect> {
        let before = self.selected.take().filter(|selected| selected.flow.as_ref() == Some(&flow));
        let window = self.rows.as_ref().map(|rows| Rc::clone(&rows.window));
        let find = |rows: &[Row]| rows.iter().find(|row| row.flow == flow).cloned().map(Rc::new);
        let found = window.as_ref().and_then(|window| find(&window.rows));
        self.selected = Some(match (found, before) {
            (Some(row), _) => {
                let part = part.min(row.parts.len().saturating_sub(1));
                Selection {
                    query: self.query_for(&row, part),
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

    fn query_for(&self, row: &Row, part: usize) -> Option<TraceQuery> {
        let part = row.parts.get(part)?;
        match row.direction {
            Direction::Outbound => {
                Some(TraceQuery::Outbound { site: Some(row.site.clone()), from: Some(part.from), to: part.to })
            }
            Direction::Inbound => {
                let flow = self.plan.flows.iter().find(|flow| flow.id == row.flow)?;
                let Ends::Inbound(inbound) = &flow.ends else { return None };
                Some(TraceQuery::Inbound {
                    published: inbound.published.clone(),
                    from: part.from,
                    to: Some(part.to),
                })
            }
        }
    }

    fn solved(&self) -> bool {
        self.answered.as_ref().is_some_and(|answered| answered.generation == self.generation)
    }

    fn ask_rows(&mut self) -> Vec<Effect> {
        if !self.solved() {
            return Vec::new();
        }
        let request = Request::Rows { generation: self.generation, view: self.row_view.clone() };
        vec![Effect::Send { request, bytes: None }]
    }

    fn ask_trace(&mut self) -> Vec<Effect> {
        let query = self.selected.as_ref().and_then(|selected| selected.query.clone());
        let Some(query) = query.filter(|_| self.solved()) else { return Vec::new() };
        let asked = Some((self.generation, query.clone()));
        if asked == self.asked_trace {
            return Vec::new();
        }
        self.asked_trace = asked;
        vec![Effect::Send { request: Request::Trace { generation: self.generation, query }, bytes: None }]
    }

    fn ask_lines(&self, list: &ListId) -> Vec<Effect> {
        let Some((from, count)) = self.watching.get(list).copied().filter(|_| self.solved()) else {
            return Vec::new();
        };
        let request = Request::Lines { generation: self.generation, list: list.clone(), from, count };
        vec![Effect::Send { request, bytes: None }]
    }

    fn take_in(&mut self, import: Import, imported: Imported) -> Vec<Effect> {
        let Some(text) = imported.text else { return Vec::new() };
        let text = Text::from(text);
        if text.len() >= KEEP_FROM {
            // The engine keeps what it has read.
            self.kept.insert(text.content_hash());
        }
        let mut target = None;
        let shown = &mut target;
        let mut plan = (*self.plan).clone();
        match import.into {
            ImportInto::List(list) => {
                if let Some(place) = plan.list_mut(&list) {
                    *place = text;
                    *shown = Some(Target::List(list, Spot::Whole));
                }
            }
            ImportInto::NewSource => {
                let id = parts::add_named(&mut plan, PartKind::Source, import.name);
                if let Some(place) = plan.list_mut(&ListId::Source(id.clone())) {
                    *place = text;
                }
                *shown = Some(Target::Part(PartKind::Source, id));
            }
            ImportInto::Learned(exit) => {
                let id = parts::add_named(&mut plan, PartKind::Source, import.name);
                if let Some(place) = plan.list_mut(&ListId::Source(id.clone())) {
                    *place = text;
                }
                if let Some(exit) = plan.exits.iter_mut().find(|other| other.id == exit) {
                    exit.learned_from.push(crate::plan::Reference { source: id.clone(), sets: Vec::new() });
                }
                *shown = Some(Target::Part(PartKind::Source, id));
            }
        }
        if let Some(target) = target {
            self.reveal(target);
        }
        self.edit(None, Box::new(move |open| *open = plan))
    }

    fn reveal(&mut self, target: Target) {
        self.serial += 1;
        self.focus = Some(Focus { target, serial: self.serial });
    }

    fn tell(&mut self, notice: Notice) -> Vec<Effect> {
        self.notice = Some(notice);
        Vec::new()
    }
}
