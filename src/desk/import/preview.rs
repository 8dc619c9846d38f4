//! The preview of an import: what was recognised, what becomes of it, and what that would change.

use super::apply::{Done, Outcome, apply};
use super::logs::{LogTurn, Logs};
use super::target::{Target, default_target};
use crate::desk::adopt::{self, Adopted};
use crate::desk::door::Imported;
use crate::desk::flows::FlowChange;
use crate::intake::BytesError;
use crate::intake::config::Setup;
use crate::plan::{Id, Plan, Text};
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::rc::Rc;

/// Files and pastes that were read, before anything changes.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Each of them, or each part of one, in the order given.
    pub items: Vec<Item>,
    /// Files that can't be read, and why.
    pub unreadable: Vec<(String, BytesError)>,
    /// Flow logs.
    pub logs: Logs,
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
    /// Where it is configuration: what it says.
    pub setup: Option<Rc<Setup>>,
    /// The list of each of its neighbours.
    pub lists: Vec<Text>,
    /// The exit of each of its neighbours, where it goes to them; `None`: its routes are left out.
    pub exits: Vec<Option<Id>>,
    /// Which parts of the plan that is of, as far as the user has said.
    pub of: adopt::Target,
    /// What of it would change the plan, and what has no place in it.
    pub adopted: Option<Rc<Adopted>>,
}

/// Which part of the plan configuration is of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Belongs {
    /// The device; `None`: as the text says.
    Device(Option<Id>),
    /// The site where published servers stand.
    Site(Option<Id>),
    /// The circuit of a peering.
    Circuit(Option<Id>),
    /// A zone or interface leads to this exit, or doesn't.
    Zone(String, Id, bool),
    /// The exit at whose other end a neighbour is.
    Neighbour(IpAddr, Option<Id>),
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
    /// It is said which exit has a neighbour, by its index.
    Neighbour((u64, u32), usize, Option<Id>),
    /// It is said which part of the plan an item's configuration is of.
    Belongs((u64, u32), Belongs),
    /// Something is done with a flow log.
    Log(LogTurn),
    /// What was chosen is done: one step to take back.
    Apply,
}

impl Item {
    /// An item as it was read, with its default.
    pub(in crate::desk) fn new(
        key: (u64, u32),
        parts: u32,
        mut imported: Imported,
        text: Text,
        plan: &Plan,
    ) -> Self {
        let target = default_target(plan, &imported);
        let setup = imported.setup.take().map(|setup| Rc::new(*setup));
        let of = setup.as_deref().map(|setup| first_guess(plan, setup)).unwrap_or_default();
        Self {
            exits: imported.neighbours.exits(plan),
            lists: imported.neighbours.lists(),
            setup,
            of,
            adopted: None,
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

    /// It was read again.
    pub(in crate::desk) fn read_as(&mut self, mut imported: Imported, plan: &Plan) {
        self.exits = imported.neighbours.exits(plan);
        self.lists = imported.neighbours.lists();
        self.setup = imported.setup.take().map(|setup| Rc::new(*setup));
        if self.of == adopt::Target::default() {
            self.of = self.setup.as_deref().map(|setup| first_guess(plan, setup)).unwrap_or_default();
        }
        self.imported = Rc::new(imported);
    }

    /// It is said which part of the plan its configuration is of.
    pub(in crate::desk) fn belongs(&mut self, to: Belongs) {
        match to {
            Belongs::Device(device) => self.of.device = device,
            Belongs::Site(site) => self.of.site = site,
            Belongs::Circuit(circuit) => self.of.circuit = circuit,
            Belongs::Zone(zone, exit, leads) => {
                self.of.zones.retain(|(other, to)| *other != zone || *to != exit);
                if leads {
                    self.of.zones.push((zone, exit));
                }
            }
            Belongs::Neighbour(address, exit) => {
                self.of.neighbours.retain(|(other, _)| *other != address);
                self.of.neighbours.extend(exit.map(|exit| (address, exit)));
            }
        }
    }

    /// Whether it is configuration of which nothing has a place in the plan.
    pub fn has_no_place(&self) -> bool {
        let nowhere = |adopted: &Rc<Adopted>| adopted.changes.is_empty() && !adopted.misses.is_empty();
        self.outcome == Outcome::There && self.adopted.as_ref().is_some_and(nowhere)
    }

    /// The zones and interfaces that its rules name, each once, in the order of the text.
    pub fn zones(&self) -> Vec<String> {
        let Some(setup) = &self.setup else { return Vec::new() };
        let mut zones: Vec<String> = Vec::new();
        let named = setup.rules.iter().flat_map(|rule| &rule.to);
        for zone in named.chain(setup.published.iter().flat_map(|published| &published.from)) {
            if !zones.iter().any(|own| own.eq_ignore_ascii_case(zone)) {
                zones.push(zone.clone());
            }
        }
        zones
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

/// Configuration of translation is taken to be that of the plan's only device, also where that is called otherwise: a
/// second one beside it is rarely meant. The preview says so, and asks.
fn first_guess(plan: &Plan, setup: &Setup) -> adopt::Target {
    let mut of = adopt::Target::default();
    let translates = !setup.rules.is_empty() || !setup.published.is_empty();
    if let [only] = plan.devices.as_slice()
        && translates
        && adopt::device_of(plan, setup, &of).is_none()
    {
        of.device = Some(only.id.clone());
    }
    of
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
        // First, for rows are known by their place in the catalogue.
        let mut new = self.logs.is_measured() && !self.logs.new_columns(plan).is_empty();
        self.logs.apply(plan);
        new |= self.logs.changes.iter().any(|row| row.change != FlowChange::Same);
        if self.logs.is_measured() {
            let counts = [FlowChange::Added, FlowChange::Changed, FlowChange::Same].map(|of| self.logs.count(of));
            done.flows = Some((counts, new));
        }
        for item in &mut self.items {
            item.outcome = apply(plan, item, &mut done);
            item.adopted = done.adopted.take().map(Rc::new);
        }
        done
    }

    /// Whether some item would change the plan.
    pub fn changes(&self) -> bool {
        self.items.iter().any(|item| item.outcome == Outcome::Changes)
            || self.logs.count(FlowChange::Added) + self.logs.count(FlowChange::Changed) > 0
    }

    /// Whether some item is being read again.
    pub fn is_reading(&self) -> bool {
        self.items.iter().any(|item| item.reading.is_some()) || self.logs.is_reading()
    }
}
