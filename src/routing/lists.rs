//! Every list of a plan, read.

use super::device_choice::device_choices_in_steps;
use super::{DeviceChoices, Place};
use crate::intake::{Format, Progress, Reader, Reading};
use crate::pace::{Pace, Phase};
use crate::plan::{ListId, Plan, Reference, Text};
use crate::space::Dual;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// How many bytes are read in one go.
const CHUNK: usize = 32 * 1024;

/// The lists of one plan, read.
#[derive(Clone, Default)]
pub struct Lists {
    lists: Vec<(ListId, Text, Known)>,
    /// Only asked, never walked.
    index: HashMap<ListId, usize>,
}

impl Lists {
    /// A list and what was read of it; `None` where the plan has no text there.
    pub fn get(&self, list: &ListId) -> Option<&Reading> {
        self.index_of(list).and_then(|index| self.reading(index))
    }

    /// The index of a list among all that have text.
    pub fn index_of(&self, list: &ListId) -> Option<usize> {
        self.index.get(list).copied()
    }

    /// What was read of a list, by its index.
    pub fn reading(&self, index: usize) -> Option<&Reading> {
        self.lists.get(index).map(|(_, _, known)| &*known.reading)
    }

    /// All lists that have text, in the plan's order.
    pub fn iter(&self) -> impl Iterator<Item = (&ListId, &Text, &Reading)> {
        self.lists.iter().map(|(list, text, known)| (list, text, &*known.reading))
    }

    /// How the choices of the device that printed a list compare with ours, by the list's index; `None` where it is no
    /// device's BGP table.
    pub fn choices(&self, index: usize) -> Option<&DeviceChoices> {
        self.lists.get(index).and_then(|(_, _, known)| known.choices.as_deref())
    }

    /// The place of a byte of a list, by the list's index.
    pub fn place(&self, index: usize, at: u32) -> Place {
        match self.lists.get(index) {
            Some((list, text, _)) => {
                let before = text.as_str().as_bytes().get(..at as usize).unwrap_or_default();
                let line = before.iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
                Place { list: list.clone(), at, line }
            }
            None => Place { list: ListId::Source(Default::default()), at, line: 1 },
        }
    }
}

/// What is known of a text.
#[derive(Clone)]
pub(crate) struct Known {
    /// What was read of it.
    pub(crate) reading: Arc<Reading>,
    /// Where it is a device's BGP table, how the device's choices compare with ours.
    pub(crate) choices: Option<Arc<DeviceChoices>>,
}

/// What was read before, by content and format, so that an edit costs only what it changed.
#[derive(Clone, Default)]
pub struct Readings {
    /// Only asked, never walked in an order that shows.
    known: Rc<RefCell<HashMap<Key, Known>>>,
}

type Key = (u128, Option<Format>);

impl Readings {
    /// What was read of a plan's lists, for other plans that have the same.
    pub(crate) fn of(plan: &Plan, lists: &Lists) -> Self {
        let readings = Self::default();
        for (list, text, known) in &lists.lists {
            readings.known.borrow_mut().insert((text.content_hash(), format_of(plan, list)), known.clone());
        }
        readings
    }

    /// Reads every list of a plan, in steps. What no list needs any more is forgotten.
    pub async fn read(&self, plan: &Plan, pace: &Pace) -> Lists {
        let lists = self.read_and_keep(plan, pace).await;
        let key = |list: &ListId, text: &Text| (text.content_hash(), format_of(plan, list));
        let used: HashSet<Key> = lists.lists.iter().map(|(list, text, _)| key(list, text)).collect();
        self.known.borrow_mut().retain(|key, _| used.contains(key));
        lists
    }

    /// Reads one text that is no list of the plan, in steps; not again where it was read already.
    pub(crate) async fn one(&self, text: &Text, pace: &Pace) -> Arc<Reading> {
        let key = (text.content_hash(), None);
        if let Some(known) = self.known.borrow().get(&key) {
            return Arc::clone(&known.reading);
        }
        let known = know(text.as_str(), None, pace, 0, text.len() as u64).await;
        let reading = Arc::clone(&known.reading);
        self.known.borrow_mut().insert(key, known);
        reading
    }

    /// The same, and nothing is forgotten: for plans between which one goes to and fro.
    pub(crate) async fn read_and_keep(&self, plan: &Plan, pace: &Pace) -> Lists {
        let mut lists = Lists::default();
        let texts = plan.lists();
        let total: u64 = texts.iter().map(|(_, text)| text.len() as u64).sum();
        let mut done = 0;
        for (list, text) in texts {
            if text.is_empty() {
                continue;
            }
            let format = format_of(plan, &list);
            let key = (text.content_hash(), format);
            let known = self.known.borrow().get(&key).cloned();
            let known = match known {
                Some(known) => known,
                None => {
                    let known = know(text.as_str(), format, pace, done, total).await;
                    self.known.borrow_mut().insert(key, known.clone());
                    known
                }
            };
            done += text.len() as u64;
            lists.index.insert(list.clone(), lists.lists.len());
            lists.lists.push((list, text.clone(), known));
        }
        lists
    }

    /// Reads one text, in steps, and keeps what was read for the next plan that has it.
    pub(crate) async fn read_text(&self, text: &Text, format: Option<Format>, pace: &Pace) -> Known {
        let key = (text.content_hash(), format);
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let known = know(text.as_str(), format, pace, 0, text.len() as u64).await;
        self.known.borrow_mut().insert(key, known.clone());
        known
    }
}

/// The format a list is read as; `None` leaves it to recognition.
fn format_of(plan: &Plan, list: &ListId) -> Option<Format> {
    match list {
        ListId::Source(id) => {
            let source = plan.sources.iter().find(|source| source.id == *id)?;
            source.format.as_deref().and_then(|name| name.parse().ok())
        }
        ListId::Learned(_) | ListId::Destinations(_) => None,
        _ => Some(Format::Plain),
    }
}

async fn know(text: &str, format: Option<Format>, pace: &Pace, before: u64, total: u64) -> Known {
    let reading = Arc::new(read_in_steps(text, format, pace, before, total).await);
    let choices = device_choices_in_steps(&reading, pace).await.map(Arc::new);
    Known { reading, choices }
}

async fn read_in_steps(text: &str, format: Option<Format>, pace: &Pace, before: u64, total: u64) -> Reading {
    let mut reader = Reader::new(text, format);
    let mut read = 0;
    loop {
        let Progress { done, .. } = reader.step(CHUNK);
        read = (read + CHUNK).min(text.len());
        pace.at(Phase::Reading, before + read as u64, total);
        if done {
            return reader.finish();
        }
        pace.work(CHUNK as u64 / 16).await;
    }
}

/// The sets that a reference names, as ranges of entries of the source's reading.
pub(crate) struct Chosen<'a> {
    pub(crate) list: usize,
    pub(crate) reading: &'a Reading,
    pub(crate) ranges: Dual<Vec<Range<usize>>, Vec<Range<usize>>>,
}

/// What a reference takes from the plan's sources; `None` where the source is missing or empty. Sets that the source
/// doesn't have are left out (validation names them).
pub(crate) fn choose<'a>(lists: &'a Lists, reference: &Reference) -> Option<Chosen<'a>> {
    let list = lists.index_of(&ListId::Source(reference.source.clone()))?;
    let reading = lists.reading(list)?;
    if reference.sets.is_empty() {
        return Some(Chosen { list, reading, ranges: everything(reading) });
    }
    let wide = |range: &Range<u32>| range.start as usize..range.end as usize;
    let sets = || reference.sets.iter().filter_map(|name| reading.set(name));
    let v4 = sets().map(|set| wide(&set.v4)).collect();
    let v6 = sets().map(|set| wide(&set.v6)).collect();
    Some(Chosen { list, reading, ranges: Dual { v4, v6 } })
}

/// All entries of a reading.
pub(crate) fn everything(reading: &Reading) -> Dual<Vec<Range<usize>>, Vec<Range<usize>>> {
    let one = |length: usize| std::iter::once(0..length).collect();
    Dual { v4: one(reading.v4.len()), v6: one(reading.v6.len()) }
}
