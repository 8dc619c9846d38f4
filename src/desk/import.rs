//! A file on its way in: its bytes as text, what was read of it, and what is told of it.

use super::door::{INLINE_TEXT, Imported, ImportedSet};
use super::engine::hash_of;
use super::solved::list_summary;
use crate::intake::{BytesError, Format, LineIndex, NamedSet, Reading, decode, recognise};
use crate::pace::{Job, Pace};
use crate::plan::{Id, ListId, Text};
use crate::routing::{Place, Readings};
use crate::space::{Count, Set};

/// How many sets an import names.
const MAX_SETS: usize = 5_000;

/// A file that is being read, in steps.
pub(super) struct Importing {
    /// What the page calls it by.
    pub(super) ticket: u64,
    job: Job<Found>,
}

/// What a file turned out to be, with its text.
pub(super) type Found = Result<(Box<Imported>, Text), BytesError>;

impl Importing {
    /// A file that hasn't been read yet. What is read of it stays in `readings`, so that a plan that takes the text
    /// finds it there.
    pub(super) fn new(
        ticket: u64,
        name: String,
        format: Option<String>,
        bytes: Vec<u8>,
        readings: Readings,
    ) -> Self {
        Self { ticket, job: Job::new(move |pace| read(name, format, bytes, readings, pace)) }
    }

    /// Reads on; what it is once that is known.
    pub(super) fn step(&mut self, units: u64) -> Option<Found> {
        self.job.step(units)
    }

    /// How much is read, in thousandths.
    pub(super) fn permille(&self) -> u32 {
        // Reading is a quarter of a whole plan's work.
        (self.job.progress().1 * 4).min(1000)
    }
}

async fn read(name: String, format: Option<String>, bytes: Vec<u8>, readings: Readings, pace: Pace) -> Found {
    let text = Text::from(decode(bytes)?.text);
    pace.work(text.len() as u64 / 16).await;
    let chosen: Option<Format> = format.and_then(|name| name.parse().ok());
    let reading = readings.read_text(&text, chosen, &pace).await;
    let list = ListId::Source(Id::from(name.as_str()));
    let imported = Imported {
        summary: list_summary(&list, text.as_str(), &reading),
        kind: reading.kind,
        sets: sets(&reading, &text, &list),
        name,
        hash: hash_of(&text),
        text: (text.len() <= INLINE_TEXT).then(|| text.as_str().to_owned()),
        bytes: text.len() as u32,
        guesses: recognise(text.as_str()),
    };
    Ok((Box::new(imported), text))
}

/// The named sets. A plain list is one without a name: its lines and its addresses aren't counted for nothing.
fn sets(reading: &Reading, text: &Text, list: &ListId) -> Vec<ImportedSet> {
    let named: Vec<&NamedSet> = reading.sets.iter().filter(|set| !set.name.is_empty()).take(MAX_SETS).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let index = LineIndex::new(text.as_str());
    let set = |set: &NamedSet| ImportedSet {
        name: set.name.clone(),
        title: set.title.clone(),
        addresses: addresses(reading, set),
        express_route: set.details.express_route,
        ports: set.details.ports.clone(),
        place: Place { list: list.clone(), at: set.at, line: index.line_column(set.at).line },
    };
    named.into_iter().map(set).collect()
}

fn addresses(reading: &Reading, set: &NamedSet) -> (Count, Count) {
    let v4 = Set::from_prefixes(reading.v4_of(set).iter().map(|entry| entry.prefix));
    let v6 = Set::from_prefixes(reading.v6_of(set).iter().map(|entry| entry.prefix));
    (v4.count(), v6.count())
}
