//! The preview of an import: it is opened, filled, turned this way and that, and done or closed.

use super::{Desk, Import};
use crate::desk::action::{Effect, ImportInto, Notice};
use crate::desk::door::{Imported, Request};
use crate::desk::import::{Item, Preview, Turn, default_target};
use crate::intake::BytesError;
use std::rc::Rc;

/// Tickets of texts that are read again; those of files count up from 1.
const AGAIN: u64 = 1 << 52;

impl Desk {
    pub(super) fn turn_preview(&mut self, turn: Turn) -> Vec<Effect> {
        let effects = match turn {
            Turn::Open => {
                self.preview.get_or_insert_default();
                Vec::new()
            }
            Turn::Cancel => return self.close_preview(),
            Turn::Log(turn) => self.turn_log(turn),
            Turn::Format(key, format) => match format.as_deref().and_then(|name| name.parse().ok()) {
                Some(log) => self.item_is_log(key, log),
                None => self.read_again(key, format),
            },
            Turn::Target(key, target) => {
                if let Some(item) = self.item_mut(key) {
                    (item.target, item.decided) = (target, true);
                }
                Vec::new()
            }
            Turn::Set(key, set, taken) => {
                self.take_sets(key, &[set], taken);
                Vec::new()
            }
            Turn::Sets(key, sets, taken) => {
                self.take_sets(key, &sets, taken);
                Vec::new()
            }
            Turn::Neighbour(key, index, exit) => {
                if let Some(place) = self.item_mut(key).and_then(|item| item.exits.get_mut(index)) {
                    *place = exit;
                }
                Vec::new()
            }
            Turn::Belongs(key, to) => {
                if let Some(item) = self.item_mut(key) {
                    item.belongs(to);
                }
                Vec::new()
            }
            Turn::Apply => return self.apply_preview(),
        };
        self.judge_preview();
        effects
    }

    fn item_mut(&mut self, key: (u64, u32)) -> Option<&mut Item> {
        self.preview.as_mut()?.item_mut(key)
    }

    fn take_sets(&mut self, key: (u64, u32), sets: &[usize], taken: bool) {
        let Some(item) = self.item_mut(key) else { return };
        for set in sets {
            if taken {
                item.without.remove(set);
            } else if *set < item.imported.sets.len() {
                item.without.insert(*set);
            }
        }
    }

    /// Nothing is read for the preview any more, and nothing changes.
    fn close_preview(&mut self) -> Vec<Effect> {
        let Some(preview) = self.preview.take() else { return Vec::new() };
        let reads = |import: &Import| import.into == ImportInto::Preview;
        let mut effects = Vec::new();
        if !preview.logs.files.is_empty() {
            effects.push(super::ask::send(Request::NoLogs));
        }
        if !self.imports.values().any(reads) && !preview.is_reading() {
            return effects;
        }
        // The engine stops reading all files, and what it was solving: that is taken up again.
        self.imports.clear();
        self.progress = None;
        effects.push(super::ask::send(Request::Cancel));
        effects.extend(self.resume());
        effects
    }

    fn apply_preview(&mut self) -> Vec<Effect> {
        let any = |preview: &Preview| !preview.items.is_empty() || preview.logs.is_measured();
        let ready = |preview: &Preview| any(preview) && !preview.is_reading();
        if !self.preview.as_ref().is_some_and(ready) {
            return Vec::new();
        }
        let Some(mut preview) = self.preview.take() else { return Vec::new() };
        let mut plan = (*self.plan).clone();
        let done = preview.apply(&mut plan);
        if let Some(shown) = done.shown.clone() {
            self.reveal(shown);
        }
        let mut effects = self.edit(None, Box::new(move |open| *open = plan));
        if done.flows.is_some() {
            effects.push(super::ask::send(Request::NoLogs));
        }
        self.notice = Some(Notice::Imported(done));
        effects
    }

    /// Works out what each item would do to the plan as it is.
    pub(super) fn judge_preview(&mut self) {
        if let Some(preview) = &mut self.preview {
            preview.apply(&mut (*self.plan).clone());
        }
    }

    pub(super) fn preview_takes(&mut self, key: (u64, u32), parts: u32, mut imported: Imported) -> Vec<Effect> {
        let Some(text) = self.text_of(&mut imported) else { return Vec::new() };
        // The engine keeps whatever it has read, so that it can be read again.
        self.kept.insert(text.content_hash());
        self.engine_has_lists(&imported);
        let item = Item::new(key, parts, imported, text, &self.plan);
        if let Some(preview) = &mut self.preview {
            preview.put(item);
        }
        self.judge_preview();
        Vec::new()
    }

    /// The engine keeps the lists of neighbours that it has told of.
    fn engine_has_lists(&mut self, imported: &Imported) {
        self.kept
            .extend(imported.neighbours.all.iter().filter_map(|own| u128::from_str_radix(&own.hash, 16).ok()));
    }

    pub(super) fn preview_cannot_read(&mut self, name: String, error: BytesError) -> Vec<Effect> {
        if let Some(preview) = &mut self.preview {
            preview.unreadable.push((name, error));
        }
        Vec::new()
    }

    /// An item is read in another format.
    fn read_again(&mut self, key: (u64, u32), format: Option<String>) -> Vec<Effect> {
        self.again += 1;
        let ticket = AGAIN + self.again;
        let Some(item) = self.item_mut(key) else { return Vec::new() };
        if item.format == format && item.reading.is_none() {
            return Vec::new();
        }
        item.format.clone_from(&format);
        item.reading = Some(ticket);
        let (text, name, hash) = (item.text.clone(), item.imported.name.clone(), item.imported.hash.clone());
        let mut effects = Vec::new();
        if self.kept.insert(text.content_hash()) {
            let request = Request::Keep { hash: hash.clone() };
            effects.push(Effect::Send { request, bytes: Some(text) });
        }
        effects.push(super::ask::send(Request::ReadAgain { ticket, name, hash, format }));
        effects
    }

    pub(super) fn preview_was_read_again(&mut self, ticket: u64, imported: Option<Box<Imported>>) -> Vec<Effect> {
        let plan = Rc::clone(&self.plan);
        if let Some(imported) = &imported {
            self.engine_has_lists(imported);
        }
        let items = self.preview.as_mut().map(|preview| preview.items.iter_mut()).into_iter().flatten();
        let Some(item) = items.into_iter().find(|item| item.reading == Some(ticket)) else { return Vec::new() };
        item.reading = None;
        if let Some(mut imported) = imported {
            imported.command.clone_from(&item.imported.command);
            if imported.sets != item.imported.sets {
                item.without.clear();
            }
            if !item.decided {
                item.target = default_target(&plan, &imported);
            }
            item.read_as(*imported, &plan);
        }
        self.progress = None;
        self.judge_preview();
        Vec::new()
    }

    /// The engine stopped reading, or was started again: a preview that nothing has come to is closed.
    pub(super) fn preview_reads_nothing(&mut self, lost: bool) {
        let Some(preview) = &mut self.preview else { return };
        preview.logs.stop(lost);
        for item in &mut preview.items {
            if item.reading.take().is_some() {
                // It stays as it was read before.
                let read_as = &item.imported.summary.format;
                let recognised = item.imported.guesses.first().is_some_and(|guess| guess.format.name() == read_as);
                item.format = (!recognised).then(|| read_as.clone());
            }
        }
        if preview.items.is_empty() && preview.unreadable.is_empty() && preview.logs.files.is_empty() {
            self.preview = None;
        }
    }
}
