//! The report: everything that was worked out of a plan, as a document to print, keep and sign.
//!
//! Sections (`sections/`, one a file) say what stands there as [`Block`]s; [`html()`] and [`markdown()`] write those. All
//! text is escaped there and nowhere else. It has no clock and no path: the same plan gives the same bytes.

mod html;
mod markdown;
mod sections;

pub use html::html;
pub use markdown::markdown;

use super::answers::{Compared, RolledOut};
use super::catalogue::Line;
use super::picture::{Course, Scene};
use super::words::Names;
use crate::advice::Finding;
use crate::desk::door::Summary;
use crate::journey::{Row, Verdict};
use crate::pace::{Pace, Phase};
use crate::plan::{Id, Plan};
use crate::routing::Scenario;
use crate::study::capacity;
use crate::study::failures;

/// What a report tells.
#[derive(Debug)]
pub struct Reported<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its names.
    pub names: &'a Names<'a>,
    /// What is down.
    pub scenario: &'a Scenario,
    /// The date, as the user gives it; empty: none.
    pub date: &'a str,
    /// The hash of the plan's canonical form, in hexadecimal digits.
    pub fingerprint: &'a str,
    /// The answer in short.
    pub summary: &'a Summary,
    /// A row for each flow.
    pub rows: &'a [Row],
    /// The catalogue.
    pub lines: Vec<Line>,
    /// Each distinct journey.
    pub journeys: Vec<Journey>,
    /// What the rulebook found, accepted findings among it.
    pub findings: &'a [Finding],
    /// The failures that do harm, from the worst on.
    pub failures: failures::Window,
    /// The loads.
    pub capacity: capacity::Window,
    /// The difference from the baseline, where there is one.
    pub difference: Option<Compared<'a>>,
    /// The steps from the baseline to the plan, where there is one.
    pub rollout: Option<RolledOut<'a>>,
}

/// One way of going out and coming back, with all that goes this way.
#[derive(Clone, Debug)]
pub struct Journey {
    /// Its way.
    pub course: Course,
    /// The pools.
    pub pools: Vec<Id>,
    /// It in a sentence.
    pub told: String,
    /// The flows of which some addresses go this way, in the plan's order.
    pub flows: Vec<Id>,
}

/// What stands in a document.
#[derive(Clone, Debug)]
enum Block {
    /// A heading: 2 begins a section.
    Heading(u8, String),
    /// A paragraph.
    Text(String),
    /// A list.
    List(Vec<String>),
    /// The lines of a text, by their numbers from 1.
    Lines(Vec<String>),
    /// Terms and what they mean.
    Terms(Vec<(String, String)>),
    /// A table; the first cell of a row is its heading.
    Table(Table),
    /// A picture with its words.
    Figure(Box<Scene>, String),
    /// Places for two names and signatures.
    Signatures,
}

/// A table.
#[derive(Clone, Debug, Default)]
struct Table {
    caption: String,
    heads: Vec<&'static str>,
    rows: Vec<TableRow>,
    /// Which columns hold figures.
    figures: Vec<usize>,
}

/// A row of a table, and how it ends where it has a verdict.
#[derive(Clone, Debug, Default)]
struct TableRow {
    cells: Vec<String>,
    verdict: Option<Verdict>,
}

impl Table {
    fn new(caption: impl Into<String>, heads: &[&'static str]) -> Self {
        Self { caption: caption.into(), heads: heads.to_vec(), ..Self::default() }
    }

    fn row(&mut self, cells: Vec<String>) {
        self.rows.push(TableRow { cells, verdict: None });
    }
}

/// A document.
#[derive(Clone, Debug)]
pub struct Paper {
    title: String,
    blocks: Vec<Block>,
}

/// Writes the sections, in steps.
pub async fn paper(told: &Reported<'_>, pace: &Pace) -> Paper {
    let mut blocks = Vec::new();
    for (at, section) in sections::ALL.iter().enumerate() {
        pace.at(Phase::Studying, at as u64, sections::ALL.len() as u64);
        section(told, &mut blocks);
        pace.work(256 + 16 * blocks.len() as u64).await;
    }
    let name = told.plan.name.trim();
    Paper { title: if name.is_empty() { "Plan without a name".to_owned() } else { name.to_owned() }, blocks }
}
