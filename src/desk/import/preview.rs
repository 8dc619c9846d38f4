//! The preview of an import: what was recognised, what becomes of it, and what that would change.

use super::apply::{Done, Outcome, apply};
use super::target::{Target, default_target};
use crate::desk::door::Imported;
use crate::intake::BytesError;
use crate::plan::{Plan, Text};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Files and pastes that were read, before anything changes.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Each of them, or each part of one, in the order given.
    pub items: Vec<Item>,
    /// Files that can't be read, and why.
    pub unreadable: Vec<(String, BytesError)>,
}

/// One list in the preview.
#[derive(Clone, Debug)]
pub struct Item {
    /// Tells it from the others: the ticket it came by, and which part it is.
    pub key: (u64, u32),
    /// Of how many parts.
    pub parts: u32,
    /// Its text.
    pub text: Text,
    /// What was read of it.
    pub imported: Rc<Imported>,
    /// The format, where the user has chosen one.
    pub format: Option<String>,
    /// Where it goes.
    pub target: Target,
    /// The user chose where, so another format doesn't change it.
    pub decided: bool,
    /// The sets that are left out, by their index.
    pub without: BTreeSet<usize>,
    /// The ticket by which it is being read again, in another format.
    pub reading: Option<u64>,
    /// What it would do to the plan as it is.
    pub outcome: Outcome,
}

/// What is done in the preview.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Turn {
    /// It is opened, to paste something.
    Open,
    /// It is closed, and nothing changes.
    Cancel,
    /// An item is read in another format; `None`: in the one recognised.
    Format((u64, u32), Option<String>),
    /// An item goes elsewhere.
    Target((u64, u32), Target),
    /// A set of an item is taken, or left out.
    Set((u64, u32), usize, bool),
    /// These sets of an item are taken, or left out.
    Sets((u64, u32), Vec<usize>, bool),
    /// What was chosen is done: one step to take back.
    Apply,
}

impl Item {
    /// An item as it was read, with its default.
    pub(in crate::desk) fn new(key: (u64, u32), parts: u32, imported: Imported, text: Text, plan: &Plan) -> Self {
        let target = default_target(plan, &imported);
        Self {
            key,
            parts,
            text,
            target,
            imported: Rc::new(imported),
            format: None,
            decided: false,
            without: BTreeSet::new(),
            reading: None,
            outcome: Outcome::Left,
        }
    }

    /// For the command line: an item that goes there.
    pub fn into(imported: Imported, text: Text, format: Option<String>, target: Target, plan: &Plan) -> Self {
        Self { format, target, decided: true, ..Self::new((0, 0), 1, imported, text, plan) }
    }

    /// What people call it: its file's name; a part or a paste by its command, where that is known.
    pub fn title(&self) -> String {
        let command = &self.imported.command;
        match (command.is_empty(), self.parts) {
            (false, _) if self.parts > 1 || self.imported.is_pasted() => command.clone(),
            (_, 0 | 1) => self.imported.name.clone(),
            _ => format!("{}, part {}", self.imported.name, self.key.1 + 1),
        }
    }

    /// Whether a set is taken.
    pub fn takes(&self, set: usize) -> bool {
        !self.without.contains(&set)
    }

    /// How many of its named sets are taken.
    pub fn taken(&self) -> usize {
        self.imported.sets.len().saturating_sub(self.without.len())
    }

    /// The names of the chosen sets, none where all are; `None` where no set is chosen of some.
    pub(super) fn chosen_sets(&self) -> Option<Vec<String>> {
        if self.without.is_empty() {
            return Some(Vec::new());
        }
        let sets = self.imported.sets.iter().enumerate().filter(|(index, _)| self.takes(*index));
        let sets: Vec<String> = sets.map(|(_, set)| set.name.clone()).collect();
        (!sets.is_empty()).then_some(sets)
    }
}

impl Preview {
    /// An item by its key.
    pub fn item(&self, key: (u64, u32)) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }

    pub(in crate::desk) fn item_mut(&mut self, key: (u64, u32)) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.key == key)
    }

    /// Puts an item where it belongs: long texts arrive later than what was read after them.
    pub(in crate::desk) fn put(&mut self, item: Item) {
        let at = self.items.partition_point(|other| other.key < item.key);
        self.items.insert(at, item);
    }

    /// Works out what each item would do to the plan, and does it; what it did.
    pub(in crate::desk) fn apply(&mut self, plan: &mut Plan) -> Done {
        let mut done = Done::default();
        for item in &mut self.items {
            item.outcome = apply(plan, item, &mut done);
        }
        done
    }

    /// Whether some item would change the plan.
    pub fn changes(&self) -> bool {
        self.items.iter().any(|item| item.outcome == Outcome::Changes)
    }

    /// Whether some item is being read again.
    pub fn is_reading(&self) -> bool {
        self.items.iter().any(|item| item.reading.is_some())
    }
}
