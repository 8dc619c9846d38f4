//! The desk: the open plan, what was asked of the engine, what it answered, what is selected.
//!
//! A pure state machine: [`Desk::act`] takes an [`Action`] and gives [`Effect`]s for the page's edges to carry out
//! (requests to the engine, files, the browser's storage). Plans, texts and answers are shared, so a desk is
//! cheap to clone.

mod ask;
mod cutover;
mod hear;
mod logs;
mod preview;
mod shelf;
mod studies;

pub use cutover::Table;
pub use studies::{Studies, Study, Tab, Told};

use super::action::{Action, Effect, ImportInto, Notice, Shelve, Storage};
use super::door::{Phase, Request, RowView, RowWindow, Summary, TraceError, TraceQuery, Writing};
use super::export::{Trouble, View, Written};
use super::focus::{Focus, Target};
use super::history::{History, Kept};
use super::import::Preview;
use super::link;
use crate::advice::Severity;
use crate::journey::{Row, Trace};
use crate::plan::{Id, ListId, Plan, PlanFault};
use crate::routing::{Part, Scenario};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A text of at least so many bytes goes to the engine by its hash once it has stopped changing.
pub const KEEP_FROM: usize = 16_384;

/// How many rows of the flow table are asked for at first.
pub const FIRST_ROWS: u32 = 50;

/// After the engine has failed so often on the same plan it isn't asked again by itself.
pub const MAX_FAILURES: u32 = 3;

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
    /// How many findings the rulebook had last.
    pub checked: Option<Checked>,
    /// The open tab of the answer.
    pub tab: Tab,
    /// The studies.
    pub studies: Studies,
    /// The plan that was pinned to compare with.
    pub baseline: Option<Rc<Plan>>,
    /// Whether the pinned plan is kept in this browser.
    pub baseline_storage: Storage,
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
    /// The shelf, as far as the desk knows it.
    pub shelf: shelf::Shelf,
    /// What Microsoft and our router show, Microsoft's first; not part of the plan, and gone with the page.
    pub tables: [Option<Table>; 2],
    /// What was typed of them and isn't compared yet.
    pub drafts: [Rc<str>; 2],
    /// Files on their way through the engine, by ticket.
    pub imports: BTreeMap<u64, Import>,
    /// The preview of an import, while it is open.
    pub preview: Option<Preview>,
    /// What of the plan is being written as configuration, while that is open.
    pub export: Option<Export>,
    again: u64,
    kept: BTreeSet<u128>,
    seen: BTreeSet<u128>,
    watching: BTreeMap<ListId, (u32, u32)>,
    asked_trace: Option<(u64, TraceQuery)>,
    to_write: Option<Writing>,
    serial: u64,
    /// The plan on which the engine failed last, and how often.
    failed: Option<(Rc<Plan>, u32)>,
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

/// What the rulebook finds, in numbers.
#[derive(Clone, PartialEq, Debug)]
pub struct Checked {
    /// The generation that was held against it.
    pub generation: u64,
    /// By severity, the gravest first; without those that are accepted.
    pub open: Vec<(Severity, u32)>,
    /// How many are accepted.
    pub accepted: u32,
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

/// A part of the plan that is written as configuration.
#[derive(Clone, PartialEq, Debug)]
pub struct Export {
    /// What, and how.
    pub view: View,
    /// The latest that was written, or why there is none, with what was asked for it.
    pub told: Option<(u64, View, Result<Rc<Written>, Trouble>)>,
}

/// A file on its way through the engine.
#[derive(Clone, PartialEq, Debug)]
pub struct Import {
    /// The file's name.
    pub name: String,
    /// Where its text goes.
    pub into: ImportInto,
    /// How many bytes it has, as it comes.
    pub bytes: u64,
    /// How many of its parts have arrived.
    pub arrived: u32,
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
            checked: None,
            tables: [None, None],
            drafts: Default::default(),
            tab: Tab::default(),
            studies: Studies::default(),
            baseline: None,
            baseline_storage: Storage::Unknown,
            progress: None,
            stopped: false,
            focus: None,
            lines: BTreeMap::new(),
            notice: None,
            storage: Storage::Unknown,
            shelf: shelf::Shelf::default(),
            imports: BTreeMap::new(),
            preview: None,
            export: None,
            again: 0,
            kept: BTreeSet::new(),
            seen: BTreeSet::new(),
            watching: BTreeMap::new(),
            asked_trace: None,
            to_write: None,
            serial: 0,
            failed: None,
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

    /// Whether something is being read for the preview.
    pub fn is_previewing(&self) -> bool {
        self.imports.values().any(|import| import.into == ImportInto::Preview)
            || self.preview.as_ref().is_some_and(Preview::is_reading)
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
            Action::Open { plan, passed_over } => self.open_fresh(plan, passed_over),
            Action::OpenText { name, json } => match crate::plan::load(&json) {
                Ok(loaded) => self.open(Rc::new(loaded.plan), loaded.faults),
                Err(error) => self.tell(Notice::NotAPlan { name, error }),
            },
            Action::OpenLink(fragment) => match link::read(&fragment) {
                None => Vec::new(),
                Some(Ok(loaded)) => {
                    // What the page began with, and an example, is no plan of theirs.
                    let over_mine = !self.shelf.fresh;
                    let effects = self.open(Rc::new(loaded.plan), loaded.faults);
                    self.notice = Some(Notice::FromLink { over_mine });
                    effects
                }
                Some(Err(error)) => self.tell(Notice::BadLink(error)),
            },
            Action::Edit { key, change } => self.edit(key, change),
            Action::Settle => {
                self.history.settle();
                Vec::new()
            }
            Action::Undo => match self.history.undo(self.kept()) {
                Some(plan) => self.replace(plan),
                None => Vec::new(),
            },
            Action::Redo => match self.history.redo(self.kept()) {
                Some(plan) => self.replace(plan),
                None => Vec::new(),
            },
            Action::Down { part, down } => {
                let changed =
                    if down { self.scenario.down.insert(part) } else { self.scenario.down.remove(&part) };
                if changed { self.ask() } else { Vec::new() }
            }
            Action::Suppose(scenario) => {
                if self.scenario == scenario {
                    return Vec::new();
                }
                self.scenario = scenario;
                self.ask()
            }
            Action::AllUp => {
                if self.scenario == Scenario::default() {
                    return Vec::new();
                }
                self.scenario = Scenario::default();
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
                self.tab = Tab::Flows;
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
            Action::Tab(tab) => self.open_tab(tab),
            Action::Study(question) => self.view_study(question),
            Action::Pin => {
                let plan = Rc::clone(&self.plan);
                self.pin_and_store(Some(plan))
            }
            Action::Unpin => self.pin_and_store(None),
            Action::Pinned(plan) => {
                self.baseline_storage = Storage::Saved;
                self.pin(Some(plan))
            }
            Action::BaselineStored(storage) => {
                self.baseline_storage = storage;
                Vec::new()
            }
            Action::EngineFailed(said) => self.engine_failed(said),
            Action::EngineRestarted => self.begin_anew(),
            Action::EngineLost => {
                self.progress = None;
                self.stopped = true;
                self.tell(Notice::EngineLost)
            }
            Action::Stop => self.stop(),
            Action::Resume => self.resume(),
            Action::DropTable(whose) => self.set_table(whose, None),
            Action::DraftTable(whose, text) => {
                self.drafts[whose.at()] = text;
                Vec::new()
            }
            Action::Import { ticket, name, into, bytes } => {
                let (request, begin) = if into == ImportInto::Preview {
                    self.preview.get_or_insert_default();
                    (Request::Look { ticket, known: self.plan.log_columns.clone() }, true)
                } else {
                    (Request::Import { ticket, name: name.clone(), format: None, apart: false }, false)
                };
                self.imports.insert(ticket, Import { name, into, bytes, arrived: 0 });
                vec![Effect::SendFile { request, ticket, begin }]
            }
            Action::Preview(turn) => self.turn_preview(turn),
            Action::Watch { list, from, count } => {
                self.watching.insert(list.clone(), (from, count));
                self.ask_lines(&list)
            }
            Action::Unwatch(list) => {
                self.watching.remove(&list);
                self.lines.remove(&list);
                Vec::new()
            }
            Action::Export(view) => {
                let told = self.export.take().and_then(|export| export.told);
                self.export = view.map(|view| Export { view, told });
                self.ask_export()
            }
            Action::Keeps { keeper, first_key } => {
                self.shelf.begin(keeper, first_key);
                Vec::new()
            }
            Action::Restore { entry, plan, passed_over } => self.restore(&entry, plan, passed_over),
            Action::Stored { key, outcome } => self.stored(key, outcome),
            Action::NotThere => self.tell(Notice::NotThere),
            Action::KeepMine => self.keep_mine(),
            Action::TakeTheirs => vec![Effect::Shelve(Shelve::Open(self.shelf.key))],
            Action::Plans => vec![Effect::Shelve(Shelve::List)],
            Action::Listed(entries) => {
                self.shelf.listed = Some(Rc::new(entries));
                Vec::new()
            }
            Action::ClosePlans => {
                self.shelf.listed = None;
                Vec::new()
            }
            Action::Shelve(what) => self.shelve(what),
            Action::Deleted { key, plan } => self.deleted(key, plan),
            Action::PutBack => self.put_back(),
            Action::Forgotten => self.forgotten(),
            Action::Write(what) => {
                self.to_write = Some(what);
                self.ask_writing()
            }
            Action::SavePicture(text) => {
                vec![Effect::SaveFile { name: self.file_name().replace(".twopath.json", ".svg"), text }]
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
        let before = self.kept();
        self.plan = plan;
        if self.generation > 0 {
            self.history.record(before, None);
        }
        self.shelf.key = self.shelf.new_key();
        self.shelf.fresh = false;
        self.storage = Storage::Unknown;
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
        self.preview = None;
        self.export = None;
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
        let before = self.kept();
        self.plan = Rc::new(plan);
        self.history.record(before, key);
        self.shelf.fresh = false;
        self.changed()
    }

    /// Undo and redo.
    fn replace(&mut self, (key, plan): Kept) -> Vec<Effect> {
        self.plan = plan;
        if key != self.shelf.key {
            self.storage = Storage::Unknown;
        }
        self.shelf.key = key;
        self.shelf.fresh = false;
        self.changed()
    }

    fn changed(&mut self) -> Vec<Effect> {
        let plan = Rc::clone(&self.plan);
        self.scenario.keep_parts_of(&plan);
        if let Some(Selection { flow: Some(flow), .. }) = &self.selected
            && !plan.flows.iter().any(|other| other.id == *flow)
        {
            self.selected = None;
        }
        if matches!(self.notice, Some(Notice::Imported(_) | Notice::FromLink { .. })) {
            self.notice = None;
        }
        let mut logs = Vec::new();
        if self.preview.as_ref().is_some_and(|preview| preview.logs.session.is_some()) {
            // They were measured by the plan as it was.
            logs = self.read_logs();
        }
        self.judge_preview();
        let mut effects = self.ask();
        effects.extend(logs);
        effects.extend(self.storing(plan));
        effects
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
