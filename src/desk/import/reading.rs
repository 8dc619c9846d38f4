//! A file on its way in: its bytes as text, its parts, what was read of each, and what is told of it.

use super::super::door::{INLINE_TEXT, Imported, ImportedSet, ListSummary, MAX_CONFIG};
use super::super::engine::hash_of;
use super::super::solved::{NAMED_FAULTS, list_faults, list_summary};
use super::neighbours::Neighbours;
use crate::intake::config::{self, ConfigFormat, What};
use crate::intake::{
    BytesError, Entry, Format, Kind, LineIndex, Mark, NamedSet, Reading, Via, decode, recognise, split,
};
use crate::pace::{Job, Pace};
use crate::plan::{Attributes, Id, ListId, MICROSOFT_ASN, Text};
use crate::routing::{DeviceChoices, Place, Readings};
use crate::space::{Address, Count, Set};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How many sets an import names.
const MAX_SETS: usize = 5_000;

/// The AS that Azure's gateways and virtual networks originate from, where the route table shows it (Microsoft:
/// ExpressRoute routing requirements).
const GATEWAY_ASN: u32 = 65_515;

/// A file that is being read, or a text that is read again, in steps.
pub(in crate::desk) struct Importing {
    /// What the page calls it by.
    pub(in crate::desk) ticket: u64,
    again: bool,
    job: Job<Found>,
}

/// What is read.
pub(in crate::desk) enum Input {
    /// A file's bytes; where `apart`, prints in it that stand one after the other are told apart.
    Bytes {
        /// The bytes.
        bytes: Vec<u8>,
        /// Whether it is taken apart: into its prints, and a router's table by its neighbours.
        apart: bool,
    },
    /// A text that is kept.
    Again(Text),
}

/// What a file turned out to be: each part with its text.
pub(in crate::desk) type Found = Result<Vec<(Box<Imported>, Text)>, BytesError>;

impl Importing {
    /// A file that hasn't been read yet. What is read of it stays in `readings`, so that a plan that takes the text
    /// finds it there.
    pub(in crate::desk) fn new(
        ticket: u64,
        name: String,
        format: Option<String>,
        input: Input,
        readings: Readings,
    ) -> Self {
        let again = matches!(input, Input::Again(_));
        Self { ticket, again, job: Job::new(move |pace| read(name, format, input, readings, pace)) }
    }

    /// Whether it is a text that was read before.
    pub(in crate::desk) fn is_again(&self) -> bool {
        self.again
    }

    /// Reads on; what it is once that is known.
    pub(in crate::desk) fn step(&mut self, units: u64) -> Option<Found> {
        self.job.step(units)
    }

    /// How much is read, in thousandths.
    pub(in crate::desk) fn permille(&self) -> u32 {
        // Reading is a quarter of a whole plan's work.
        (self.job.progress().1 * 4).min(1000)
    }
}

async fn read(name: String, format: Option<String>, input: Input, readings: Readings, pace: Pace) -> Found {
    // A format that was chosen is that of the whole text.
    let chosen = format.and_then(|name| {
        let config = name.parse::<ConfigFormat>().ok().map(What::Config);
        config.or_else(|| name.parse::<Format>().ok().map(What::List))
    });
    let (text, apart, by_neighbour) = match input {
        Input::Bytes { bytes, apart } => (Text::from(decode(bytes)?.text), apart && chosen.is_none(), apart),
        Input::Again(text) => (text, false, true),
    };
    let as_one = OfOne { readings: &readings, by_neighbour, pace: &pace };
    pace.work(text.len() as u64 / 16).await;
    // Configuration is one text, whatever in it looks like a print.
    let apart = apart && !matches!(config::what(text.as_str()), What::Config(_));
    let parts = if apart { split(text.as_str()) } else { Vec::new() };
    if parts.len() < 2 {
        let command = parts.into_iter().next().map(|part| part.command).unwrap_or_default();
        return Ok(vec![as_one.read(name, command, text, chosen).await]);
    }
    let mut found = Vec::with_capacity(parts.len());
    for part in parts {
        let own = Text::from(text.as_str().get(part.span).unwrap_or_default());
        found.push(as_one.read(name.clone(), part.command, own, None).await);
    }
    Ok(found)
}

/// How one text is read, or one part.
struct OfOne<'a> {
    readings: &'a Readings,
    by_neighbour: bool,
    pace: &'a Pace,
}

impl OfOne<'_> {
    async fn read(
        &self,
        name: String,
        command: String,
        text: Text,
        chosen: Option<What>,
    ) -> (Box<Imported>, Text) {
        let looks = match config::what(text.as_str()) {
            What::Config(format) => {
                config::recognise(text.as_str()).into_iter().find(|guess| guess.format == format)
            }
            What::List(_) => None,
        };
        let chosen = match (chosen, &looks) {
            (Some(What::List(format)), _) => Some(format),
            (None, None) => None,
            (Some(What::Config(format)), _) => {
                return (Box::new(configured(name, command, &text, format, looks, self.pace).await), text);
            }
            (None, Some(guess)) => {
                let format = guess.format;
                return (Box::new(configured(name, command, &text, format, looks, self.pace).await), text);
            }
        };
        let known = self.readings.read_text(&text, chosen, self.pace).await;
        let neighbours = match self.by_neighbour && known.reading.kind == Kind::Routes {
            true => Neighbours::of(&known.reading, self.pace).await,
            false => Neighbours::default(),
        };
        let found = imported(name, command, &text, &known.reading, known.choices.as_deref());
        (Box::new(Imported { looks_configured: looks, neighbours, ..found }), text)
    }
}

/// What is told of configuration: its size, its faults, what it says.
async fn configured(
    name: String,
    command: String,
    text: &Text,
    format: ConfigFormat,
    looks_configured: Option<config::ConfigGuess>,
    pace: &Pace,
) -> Imported {
    let setup = config::read_in_steps(text.as_str(), format, pace).await;
    let kept = setup.faults.kept.as_slice();
    let summary = ListSummary {
        list: ListId::Source(Id::from(name.as_str())),
        format: format.name().to_owned(),
        entries_v4: 0,
        entries_v6: 0,
        lines: setup.lines,
        skipped: 0,
        errors: setup.faults.errors,
        warnings: setup.faults.warnings,
        faults: list_faults(text.as_str(), &kept[..kept.len().min(NAMED_FAULTS)]),
        device: None,
    };
    Imported {
        summary,
        kind: Kind::Either,
        sets: Vec::new(),
        has_attributes: false,
        neighbour: None,
        neighbours: Neighbours::default(),
        accepted: None,
        name,
        command,
        hash: hash_of(text),
        text: (text.len() <= INLINE_TEXT).then(|| text.as_str().to_owned()),
        bytes: text.len() as u32,
        guesses: recognise(text.as_str()),
        config: Some(format),
        setup: (text.len() <= MAX_CONFIG).then(|| Box::new(setup)),
        looks_configured,
    }
}

/// What is told of a text, or a part of one, that was read; but for its neighbours ([`Neighbours::of`]).
pub fn imported(
    name: String,
    command: String,
    text: &Text,
    reading: &Reading,
    choices: Option<&DeviceChoices>,
) -> Imported {
    let list = ListId::Source(Id::from(name.as_str()));
    Imported {
        summary: list_summary(&list, text.as_str(), reading, choices),
        kind: reading.kind,
        sets: sets(reading, text, &list),
        has_attributes: reading.attributes.len() > 1,
        neighbour: neighbour(reading),
        neighbours: Neighbours::default(),
        accepted: (reading.kind == Kind::Accepted).then(|| accepted(reading)),
        name,
        command,
        hash: hash_of(text),
        text: (text.len() <= INLINE_TEXT).then(|| text.as_str().to_owned()),
        bytes: text.len() as u32,
        guesses: recognise(text.as_str()),
        config: None,
        setup: None,
        looks_configured: None,
    }
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
        entries: (set.v4.len() + set.v6.len()) as u32,
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

/// The AS that most routes come from, where it is that of more than half of them.
fn neighbour(reading: &Reading) -> Option<u32> {
    let mut used = vec![0_u32; reading.attributes.len()];
    let indices = reading.v4.iter().map(|entry| entry.attributes).chain(reading.v6.iter().map(|e| e.attributes));
    for index in indices {
        if let Some(count) = used.get_mut(index as usize) {
            *count += 1;
        }
    }
    let mut of = BTreeMap::<u32, u32>::new();
    for (attributes, count) in reading.attributes.iter().zip(used) {
        if let Some(asn) = attributes.as_path.as_ref().and_then(|path| path.neighbour()) {
            *of.entry(asn).or_default() += count;
        }
    }
    let all: u32 = of.values().sum();
    of.into_iter().find(|(_, count)| *count > all / 2).map(|(asn, _)| asn)
}

/// What a route table of Microsoft's shows of our advertisements, as a plain list: rows that Azure didn't originate
/// itself. The same row of both links counts once.
fn accepted(reading: &Reading) -> String {
    let mut lines = Lines::default();
    for (nth, entry) in reading.v4.iter().enumerate() {
        lines.add(entry, reading.attributes_of(entry), reading.mark_v4(nth));
    }
    for (nth, entry) in reading.v6.iter().enumerate() {
        lines.add(entry, reading.attributes_of(entry), reading.mark_v6(nth));
    }
    lines.text
}

#[derive(Default)]
struct Lines {
    text: String,
    seen: std::collections::BTreeSet<String>,
}

impl Lines {
    fn add<A: Address>(&mut self, entry: &Entry<A>, attributes: &Attributes, mark: Mark) {
        if matches!(mark.via, Some(Via::Own | Via::Connected)) {
            return;
        }
        // A gateway sees them through Microsoft's edge.
        let azure = |asn| asn == MICROSOFT_ASN || asn == GATEWAY_ASN;
        let path = attributes.as_path.as_ref().map(|path| path.without(azure)).filter(|path| !path.0.is_empty());
        let line = match path {
            Some(path) => format!("{} aspath={path}", entry.prefix),
            None if mark.via.is_some() => entry.prefix.to_string(),
            None => return,
        };
        if self.seen.insert(line.clone()) {
            // Writing to a string can't fail.
            let _ = writeln!(self.text, "{line}");
        }
    }
}
