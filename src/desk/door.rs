//! The engine's door: one typed request and reply for the page's worker, the command line and the tests.
//!
//! The page sends these as JSON, with bytes beside it where a request says so (see `ui/worker`).

use super::export;
use super::flows::{LogTold, Measured};
pub use super::import::DeviceShown;
use super::import::Neighbours;
pub use super::studies::{Answer, Question};
use crate::advice::Severity;
use crate::intake::FaultCode;
use crate::intake::config::{ConfigFormat, ConfigGuess, Setup};
use crate::intake::flows::{LogFormat, Looks};
use crate::journey::{Bundle, Facts, Kept, Row, Trace, Verdict};
pub use crate::journey::{ExitSummary, TraceError, TraceQuery};
pub use crate::pace::Phase;
use crate::plan::{Id, ListId, LogColumns, Plan};
use crate::routing::{Place, Scenario};
use crate::space::Count;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::net::IpAddr;

/// What the engine is asked.
///
/// `generation` rises with every edit; the engine drops work on an older one as soon as a newer arrives.
#[derive(Clone, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Keep the text that comes beside this request as bytes, under its content hash (32 hex digits), for lists of
    /// plans to come. Not answered.
    Keep {
        /// The hash.
        hash: String,
    },
    /// Solve this plan; answered by [`Reply::Progress`] and one [`Reply::Solved`].
    Solve {
        /// The generation.
        generation: u64,
        /// The plan. Lists named in `kept` are empty in it.
        plan: Box<Plan>,
        /// Lists whose text was kept before, by content hash.
        kept: Vec<(ListId, String)>,
        /// The scenario.
        scenario: Scenario,
        /// Whether the other return model is to be answered beside it.
        compare: bool,
    },
    /// A window of the flow table of the solved plan; answered by [`Reply::Rows`].
    Rows {
        /// The generation.
        generation: u64,
        /// What is shown and how.
        view: RowView,
    },
    /// The trace of one pair of addresses on the solved plan; answered by [`Reply::Traced`].
    Trace {
        /// The generation.
        generation: u64,
        /// Which.
        query: TraceQuery,
    },
    /// Where destinations go from a site of the solved plan; answered by [`Reply::LookedUp`].
    Lookup {
        /// The generation.
        generation: u64,
        /// The site.
        site: Id,
        /// At most 10,000 addresses.
        addresses: Vec<IpAddr>,
    },
    /// A window of the lines of a list of the solved plan with their faults; answered by [`Reply::Lines`].
    Lines {
        /// The generation.
        generation: u64,
        /// The list.
        list: ListId,
        /// The first line, from 0.
        from: u32,
        /// How many, at most [`MAX_WINDOW`].
        count: u32,
    },
    /// What the rulebook finds, in numbers, once nothing else is to be worked out; answered by [`Reply::Checked`].
    Check {
        /// The generation.
        generation: u64,
    },
    /// A study of the solved plan; answered by [`Reply::Progress`] until it is worked out, and [`Reply::Studied`].
    Study {
        /// The generation.
        generation: u64,
        /// Which, and what of it is shown.
        question: Question,
    },
    /// Write a part of the solved plan as configuration; answered by [`Reply::Exported`].
    Export {
        /// The generation.
        generation: u64,
        /// What, and how.
        view: export::View,
    },
    /// Write something of the solved plan as a text; answered by [`Reply::Progress`] until it is written, and
    /// [`Reply::Written`]. What was asked for last is written, after what is being worked on.
    Write {
        /// The generation.
        generation: u64,
        /// What.
        what: Writing,
    },
    /// Keep this plan to take differences against, or none. Not answered but by [`Reply::Missing`].
    Baseline {
        /// The generation.
        generation: u64,
        /// The plan; absent: there is no baseline any more.
        plan: Option<Box<Plan>>,
        /// Lists whose text was kept before, by content hash.
        kept: Vec<(ListId, String)>,
    },
    /// Stop what is being worked on, files that are being read too. What was answered stands. Not answered.
    Cancel,
    /// Read the bytes beside this request as a file; answered by [`Reply::Importing`] until it is read, and
    /// [`Reply::Imported`]. The text is kept by its hash. Files are read one after the other.
    Import {
        /// Comes back in the reply.
        ticket: u64,
        /// The file's name.
        name: String,
        /// The format, where the user has chosen one.
        format: Option<String>,
        /// Whether prints that stand in it one after the other are told apart: then each is answered on its own.
        apart: bool,
    },
    /// Say whether the file that begins with the bytes beside this request is a flow log; answered by
    /// [`Reply::Looked`].
    Look {
        /// Comes back in the reply.
        ticket: u64,
        /// How columns of logs are called, as the plan knows it.
        known: Vec<LogColumns>,
    },
    /// Measure flow logs by this plan, in place of those before.
    Logs {
        /// Comes back in replies.
        session: u64,
        /// The plan. Lists named in `kept` are empty in it.
        plan: Box<Plan>,
        /// Lists whose text was kept before, by content hash.
        kept: Vec<(ListId, String)>,
        /// One packet in so many was looked at, where a log doesn't say it itself.
        sampling: u64,
    },
    /// Read one more log; its bytes are asked for piece by piece ([`Engine::wants`](super::Engine::wants)). Answered by
    /// [`Reply::Importing`] until it is read, and [`Reply::LogRead`].
    Log {
        /// The session.
        session: u64,
        /// Which.
        file: LogFile,
    },
    /// The bytes beside this request are those wanted; without any the file can't be read.
    LogBytes {
        /// The log.
        ticket: u64,
        /// Where they stand in it.
        at: u64,
    },
    /// Forget the logs. Not answered.
    NoLogs,
    /// Read a text that is kept here once more, in another format; answered by [`Reply::Importing`] until it is read,
    /// and [`Reply::ReadAgain`].
    ReadAgain {
        /// Comes back in the reply.
        ticket: u64,
        /// The name.
        name: String,
        /// Its content hash.
        hash: String,
        /// The format; absent: the one recognised.
        format: Option<String>,
    },
}

/// A flow log that is to be read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct LogFile {
    /// Comes back in replies.
    pub ticket: u64,
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// The format, where the user has chosen one.
    pub format: Option<LogFormat>,
    /// How its columns are called, where the user has said it.
    pub columns: Option<LogColumns>,
}

/// What is written of a solved plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writing {
    /// The report, with the date that the user gives it, in any words.
    Report(PaperForm, String),
    /// The flow catalogue: every row of a view.
    Catalogue(Form, RowView),
    /// The cut-over checklist as text, for the clipboard.
    Checklist,
}

/// The form of a report.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperForm {
    /// One file of HTML, to print.
    Html,
    /// Markdown.
    Markdown,
}

/// The form of a catalogue.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Comma-separated.
    Csv,
    /// Tab-separated, for the clipboard.
    Tsv,
    /// JSON.
    Json,
    /// Markdown.
    Markdown,
}

/// At most so many rows or lines go through the door at once.
pub const MAX_WINDOW: u32 = 200;

/// What the engine answers.
#[derive(Clone, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Work goes on.
    Progress {
        /// The generation.
        generation: u64,
        /// What is being done.
        phase: Phase,
        /// How much of all is done, in thousandths.
        permille: u32,
    },
    /// The plan is solved.
    Solved {
        /// The generation.
        generation: u64,
        /// The summary.
        summary: Box<Summary>,
    },
    /// How many findings there are.
    Checked {
        /// The generation.
        generation: u64,
        /// By severity, the gravest first; without those that are accepted.
        open: Vec<(Severity, u32)>,
        /// How many are accepted.
        accepted: u32,
    },
    /// A window of the flow table.
    Rows {
        /// The generation.
        generation: u64,
        /// The window.
        window: RowWindow,
    },
    /// A trace, or why there is none.
    Traced {
        /// The generation.
        generation: u64,
        /// What was asked.
        query: TraceQuery,
        /// The trace.
        trace: Result<Box<Trace>, TraceError>,
        /// The same with the other return model, where the plan was solved to compare.
        other: Option<Box<Trace>>,
    },
    /// What a study shows.
    Studied {
        /// The generation.
        generation: u64,
        /// It.
        answer: Answer,
    },
    /// What was written.
    Written {
        /// The generation.
        generation: u64,
        /// What was asked.
        what: Writing,
        /// It.
        text: String,
    },
    /// Destinations, in the order asked.
    LookedUp {
        /// The generation.
        generation: u64,
        /// The site.
        site: Id,
        /// One for each address.
        found: Vec<Found>,
    },
    /// A part of the plan as configuration.
    Exported {
        /// The generation.
        generation: u64,
        /// What was asked.
        view: export::View,
        /// It, or why there is none.
        written: Result<export::Written, export::Trouble>,
    },
    /// Lines of a list.
    Lines {
        /// The generation.
        generation: u64,
        /// The list.
        list: ListId,
        /// The first line, from 0.
        from: u32,
        /// The lines, each cut at 400 characters.
        lines: Vec<String>,
        /// How many lines the list has.
        total: u32,
        /// Faults within the window.
        faults: Vec<ListFault>,
    },
    /// A file is being read.
    Importing {
        /// The ticket.
        ticket: u64,
        /// How much of it is read, in thousandths.
        permille: u32,
    },
    /// A file, or a part of one, was read.
    Imported {
        /// The ticket.
        ticket: u64,
        /// Which part of the file, from 0,
        part: u32,
        /// of how many.
        parts: u32,
        /// What was found.
        imported: Result<Box<Imported>, crate::intake::BytesError>,
    },
    /// What a file looks like.
    Looked {
        /// The ticket.
        ticket: u64,
        /// Where it looks like a flow log.
        log: Option<Looks>,
    },
    /// A flow log was read.
    LogRead {
        /// The session.
        session: u64,
        /// The ticket.
        ticket: u64,
        /// What it turned out to be; absent: its file can't be read.
        told: Option<Box<LogTold>>,
        /// What it and those before it say together.
        measured: Box<Measured>,
    },
    /// A text was read again.
    ReadAgain {
        /// The ticket.
        ticket: u64,
        /// What was found, without the text; absent: the text isn't kept here.
        imported: Option<Box<Imported>>,
    },
    /// The plan names texts that aren't kept here (a worker that was restarted); send them, then solve again.
    Missing {
        /// The generation.
        generation: u64,
        /// The content hashes.
        hashes: Vec<String>,
    },
    /// The request can't be answered now (nothing solved of that generation).
    Stale {
        /// The generation asked for.
        generation: u64,
    },
}

/// The answer in short: what the page shows first, and what leads to the rest.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Summary {
    /// How many flows of each verdict, worst first, none left out that occurs.
    pub verdicts: Vec<(Verdict, u32)>,
    /// Flows that have no addresses to judge.
    pub empty: u32,
    /// With the other return model, where asked: verdict counts,
    pub other_verdicts: Option<Vec<(Verdict, u32)>>,
    /// and the flows that differ.
    pub differs: Vec<Id>,
    /// Each exit, in the plan's order.
    pub exits: Vec<ExitSummary>,
    /// Each list that has any text, in the plan's order.
    pub lists: Vec<ListSummary>,
    /// The traffic of all flows, bundled by the ways it takes.
    pub traffic: Vec<Bundle>,
    /// Semantic faults of the plan.
    pub plan_faults: Vec<crate::plan::PlanFault>,
}

/// What was read of one list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct ListSummary {
    /// The list.
    pub list: ListId,
    /// The format it was read as, by its name.
    pub format: String,
    /// Entries, IPv4.
    pub entries_v4: u32,
    /// Entries, IPv6.
    pub entries_v6: u32,
    /// Lines.
    pub lines: u32,
    /// Lines or values that said nothing understood.
    pub skipped: u32,
    /// Errors in all.
    pub errors: u32,
    /// Warnings in all.
    pub warnings: u32,
    /// The first 200 faults.
    pub faults: Vec<ListFault>,
    /// Where it is a device's BGP table: how the device's choices compare with ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceShown>,
}

/// A fault in a list, with its place as the page needs it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct ListFault {
    /// Whether it is an error (something was skipped) or a warning.
    pub error: bool,
    /// What it is.
    pub code: FaultCode,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// The span in UTF-16 units of the whole text, as a text box selects.
    pub utf16: (u32, u32),
    /// What would mend it.
    pub fix: Option<ListFix>,
}

/// What would mend a fault in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct ListFix {
    /// What is replaced: a span in UTF-16 units of the whole text.
    pub utf16: (u32, u32),
    /// By what.
    pub replacement: String,
}

/// What of the flow table is shown, and how.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct RowView {
    /// Words that the row's names must contain, any case; empty shows all.
    pub filter: String,
    /// Only rows with these verdicts; empty shows all.
    pub verdicts: Vec<Verdict>,
    /// Only rows of which some part is kept symmetric in one of these ways; empty shows all.
    pub kept: Vec<Kept>,
    /// Only rows that differ with the other return model.
    pub only_differing: bool,
    /// The order.
    pub sort: SortBy,
    /// Whether it is turned round.
    pub descending: bool,
    /// What the rows are grouped by; within a group the order holds.
    pub group: GroupBy,
    /// The first row, from 0.
    pub from: u32,
    /// How many, at most [`MAX_WINDOW`].
    pub count: u32,
}

/// What the flow table is sorted by; ties keep the plan's order.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// As in the plan.
    #[default]
    Plan,
    /// Worst verdict first.
    Verdict,
    /// By the flow's name.
    Name,
    /// By the site's name.
    Site,
    /// By the service's name.
    Service,
    /// By the exits of the first packet.
    Out,
    /// By the exits of the answer.
    Back,
    /// By Mbps in and out together.
    Mbps,
    /// Ours before theirs.
    Direction,
    /// By the pools.
    Translated,
    /// By the ports.
    Ports,
    /// By how symmetry is kept; what isn't comes last.
    Kept,
    /// Not admitted first.
    Admitted,
    /// By where it sets out from.
    Source,
    /// By where it goes.
    Destination,
    /// By the devices crossed.
    Devices,
    /// By the share of addresses of its worst part.
    Share,
    /// By the verdict with the other return model, the worst first.
    Other,
}

/// What the flow table is grouped by, groups by name.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupBy {
    /// Nothing.
    #[default]
    None,
    /// The service, or published service.
    Service,
    /// The site.
    Site,
}

/// A group of rows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// How many rows of the view it has,
    pub flows: u32,
    /// how many of them fail,
    pub fail: u32,
    /// and how many can't be told.
    pub depend: u32,
    /// Its first row, from 0.
    pub first: u32,
}

/// A window of the flow table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct RowWindow {
    /// What was asked.
    pub view: RowView,
    /// How many rows the view has.
    pub total: u32,
    /// The rows of the window.
    pub rows: Vec<Row>,
    /// What is known of each part of each row of the window beside it.
    pub facts: Vec<Vec<Facts>>,
    /// The groups that have rows in the window, in order; none where nothing is grouped.
    pub groups: Vec<Group>,
    /// The same flows with the other return model, where asked.
    pub others: Vec<Row>,
}

/// Where one destination goes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Found {
    /// The destination.
    pub address: IpAddr,
    /// The prefix that matched; absent: none.
    pub prefix: Option<String>,
    /// The exits chosen.
    pub exits: Vec<Id>,
}

/// What a file turned out to be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Imported {
    /// The file's name.
    pub name: String,
    /// The content hash under which its text is kept.
    pub hash: String,
    /// The text itself, where it is at most [`INLINE_TEXT`] bytes.
    pub text: Option<String>,
    /// Its length in bytes, decoded.
    pub bytes: u32,
    /// What it was read as.
    pub summary: ListSummary,
    /// What else it might be, with reasons.
    pub guesses: Vec<crate::intake::Guess>,
    /// Whether it lists routes, destinations, or may be either.
    pub kind: crate::intake::Kind,
    /// Its named sets, at most 5,000, with their counts.
    pub sets: Vec<ImportedSet>,
    /// The prompt and command that stand above it; empty where there are none.
    pub command: String,
    /// Whether anything is said of its prefixes that only routes have.
    pub has_attributes: bool,
    /// The AS that more than half of its routes come from.
    pub neighbour: Option<u32>,
    /// Whose routes they are, where they are of several neighbours of a router.
    #[serde(skip)]
    pub neighbours: Neighbours,
    /// Where it is Microsoft's view of a circuit: what it shows of our advertisements, as a plain list.
    pub accepted: Option<String>,
    /// Where it is configuration and no list: which. Its entries are none, its faults those of the configuration.
    pub config: Option<ConfigFormat>,
    /// What it says, where it is configuration of at most [`MAX_CONFIG`] bytes.
    #[serde(skip)]
    pub setup: Option<Box<Setup>>,
    /// Where it looks like configuration rather than a list: which, and why.
    pub looks_configured: Option<ConfigGuess>,
}

impl Imported {
    /// Whether it was pasted, so that it has no name of its own.
    pub fn is_pasted(&self) -> bool {
        self.name == crate::report::words::page::PASTED
    }
}

/// Longer configuration isn't written to the page: it is shown whole.
pub const MAX_WRITTEN: usize = 5_000_000;

/// Longer configuration isn't taken in: what it says goes to the page as a whole.
pub const MAX_CONFIG: usize = 20_000_000;

/// Longer texts stay in the worker, and the page sees them through windows.
pub const INLINE_TEXT: usize = 1_000_000;

/// A named set of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct ImportedSet {
    /// Its name, by which a plan refers to it.
    pub name: String,
    /// Its title for people.
    pub title: String,
    /// How many prefixes it has.
    pub entries: u32,
    /// IPv4 and IPv6 addresses.
    pub addresses: (Count, Count),
    /// Whether it is offered over ExpressRoute, where the list says so.
    pub express_route: Option<bool>,
    /// Ports, as text.
    pub ports: String,
    /// Where it begins.
    pub place: Place,
}
