//! The cut-over: what Microsoft and our router show beside what the plan predicts, and what to trace.
//!
//! The tables are no part of the plan: they are what a device said once. They are kept by the engine under their content
//! hash, like long lists, for as long as the page is open.

use super::Solved;
use crate::intake::{LineIndex, Reading};
use crate::pace::Pace;
use crate::plan::{Id, Text};
use crate::report::answers::Checklist;
use crate::report::text::{self, Style};
use crate::report::words::{Names, reality as words};
use crate::routing::Readings;
use crate::study::MAX_ROWS;
use crate::study::checklist::Check;
use crate::study::reality::{Reality, reality};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::sync::Arc;

/// Whose table it is.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// A circuit's route table, as Microsoft shows it.
    Microsofts,
    /// What our router shows of BGP or of its routes.
    Ours,
}

impl Whose {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Microsofts, Self::Ours];

    /// Its place among both.
    pub fn at(self) -> usize {
        usize::from(self == Self::Ours)
    }
}

/// What of the cut-over is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct View {
    /// The site that the router stands at; absent: the first.
    pub site: Option<Id>,
    /// The content hashes of the tables, Microsoft's first, as 32 hex digits.
    pub tables: [Option<String>; 2],
    /// The first check, from 0.
    pub from: u32,
    /// How many, at most [`MAX_ROWS`]; 0: that many.
    pub count: u32,
}

/// What is shown of the cut-over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Window {
    /// What was asked.
    pub view: View,
    /// The site that was taken; absent: the plan has none.
    pub site: Option<Id>,
    /// What the tables say, Microsoft's first.
    pub tables: [Option<Compared>; 2],
    /// How many checks there are,
    pub total: u32,
    /// and those that are shown.
    pub checks: Vec<Check>,
}

/// A table beside the plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Compared {
    /// How it stands, in a sentence.
    pub headline: String,
    /// Whether nothing differs.
    pub as_planned: bool,
    /// What differs, a sentence each, with the line of the table where there is one: at most [`MAX_ROWS`].
    pub told: Vec<(Option<u32>, String)>,
    /// How many differences there are in all.
    pub total: u32,
}

/// The tables of a question, and what was read of texts before.
#[derive(Clone, Default)]
pub(super) struct Tables {
    pub(super) texts: [Option<Text>; 2],
    pub(super) readings: Readings,
}

/// What was worked out, for windows of it.
pub(super) struct Cutover {
    site: Option<Id>,
    of: [Option<String>; 2],
    tables: [Option<Compared>; 2],
}

impl Cutover {
    /// Compares, in steps.
    pub(super) async fn new(
        solved: &Solved,
        view: &View,
        texts: [Option<Text>; 2],
        readings: &Readings,
        pace: &Pace,
    ) -> Self {
        let plan = solved.plan();
        let site = view.site.clone().filter(|id| solved.site(id).is_some());
        let site = site.or_else(|| plan.sites.first().map(|site| site.id.clone()));
        let index = site.as_ref().and_then(|id| solved.site(id)).unwrap_or(0);
        let mut read: [Option<Arc<Reading>>; 2] = [None, None];
        for (text, read) in texts.iter().zip(&mut read) {
            if let Some(text) = text {
                *read = Some(readings.one(text, pace).await);
            }
        }
        let [microsofts, ours] = &read;
        let found = match plan.sites.is_empty() {
            true => Reality::default(),
            false => reality(solved.world(), index, microsofts.as_deref(), ours.as_deref()),
        };
        let names = Names::of(plan);
        let mut tables = [None, None];
        for (whose, (text, read)) in Whose::ALL.into_iter().zip(texts.iter().zip(&read)) {
            if let (Some(text), Some(reading)) = (text, read) {
                tables[whose.at()] = Some(compared(&found, whose, text, reading, &names));
            }
        }
        // For the windows.
        solved.checks(pace).await;
        Self { site, of: view.tables.clone(), tables }
    }

    /// A part of it; `None` where it was worked out for something else.
    pub(super) fn window(&self, solved: &Solved, view: &View) -> Option<Window> {
        let checks = solved.known_checks()?;
        let same = self.of == view.tables && (view.site.is_none() || view.site == self.site);
        let count = if view.count == 0 { MAX_ROWS } else { view.count.min(MAX_ROWS) } as usize;
        same.then(|| Window {
            site: self.site.clone(),
            tables: self.tables.clone(),
            total: checks.len() as u32,
            checks: checks.iter().skip(view.from as usize).take(count).cloned().collect(),
            view: view.clone(),
        })
    }
}

fn compared(found: &Reality, whose: Whose, text: &Text, reading: &Reading, names: &Names) -> Compared {
    let lines = LineIndex::new(text.as_str());
    let line = |at: u32| Some(lines.line_column(at).line);
    let mut told: Vec<(Option<u32>, String)> = Vec::new();
    let mut headline = String::new();
    match (whose, &found.microsoft, &found.router) {
        (Whose::Microsofts, Some(found), _) => {
            headline = words::advertisements(found);
            told.extend(found.missing.iter().map(|one| (None, words::missing(one, names))));
            told.extend(found.unplanned.iter().map(|one| (line(one.at), words::unplanned(one, names))));
        }
        (Whose::Ours, _, Some(found)) => {
            headline = words::choices(found);
            told.extend(found.unused.iter().map(|one| (line(one.at), words::unused(one, names))));
            told.extend(found.other.iter().map(|one| (line(one.at), words::other(one, names))));
            told.extend(found.not_learned.iter().map(|net| (None, words::not_learned(net))));
        }
        _ => {}
    }
    let total = told.len() as u32;
    told.truncate(MAX_ROWS as usize);
    Compared { headline, as_planned: total == 0 && !reading.is_empty(), told, total }
}

/// The checklist as text, as the command line prints it.
pub(super) async fn text_of(solved: &Solved, pace: &Pace) -> String {
    let names = Names::of(solved.plan());
    let checks = solved.checks(pace).await;
    text::checklist(&Checklist { plan: solved.plan(), names: &names, checks }, Style::default())
}
