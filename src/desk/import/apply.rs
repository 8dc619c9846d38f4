//! What an import changes in a plan. What is there already, by content and target, isn't put there again.

use super::preview::Item;
use super::target::Target;
use crate::desk::adopt::{Adopted, Change, adopt};
use crate::desk::door::ImportedSet;
use crate::desk::focus::{Spot, Target as Seen};
use crate::desk::parts;
use crate::plan::{Id, ListId, PartKind, Plan, Reference, Service, Stage, Text};

/// What became of an item.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is left out.
    Left,
    /// No set of it is chosen.
    NoSet,
    /// It is there already: nothing changes.
    There,
    /// It changes the plan.
    Changes,
}

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Done {
    /// How many sources were added.
    pub sources: u32,
    /// How many services were added.
    pub services: u32,
    /// The exits that learn from it, or advertise it, each once.
    pub exits: Vec<Id>,
    /// How many parts of the plan configuration has changed.
    pub configured: u32,
    /// What became of the configuration that was taken in last.
    pub adopted: Option<Adopted>,
    /// Where there are flow logs: how many rows of the catalogue were added, changed, and so already; and whether that
    /// changed the plan.
    pub flows: Option<([usize; 3], bool)>,
    /// How many items changed nothing, for they were there already.
    pub there: u32,
    /// How many were left out.
    pub left: u32,
    /// What is brought into view.
    pub shown: Option<Seen>,
}

impl Done {
    /// Whether nothing changed.
    pub fn is_nothing(&self) -> bool {
        self.sources == 0
            && self.services == 0
            && self.exits.is_empty()
            && self.configured == 0
            && !self.flows.is_some_and(|(_, changed)| changed)
    }
}

/// Does to a plan what was chosen for an item.
pub fn apply(plan: &mut Plan, item: &Item, done: &mut Done) -> Outcome {
    let mut before = std::mem::take(&mut done.shown);
    let sets = item.chosen_sets();
    let outcome = match &item.target {
        Target::Leave => Outcome::Left,
        Target::Adopt => configure(plan, item, done),
        _ if sets.is_none() && !item.imported.sets.is_empty() => Outcome::NoSet,
        Target::Advertised(exit) => advertise(plan, item, exit, done),
        Target::Neighbours => learn_apart(plan, item, done),
        target => {
            let sets = sets.unwrap_or_default();
            let (source, added) = source_of(plan, item.title(), &item.text, &item.format, done);
            let used = match target {
                Target::Learned(exit) => learn(plan, item, exit, &source, sets, done),
                Target::Service => {
                    let chosen = item.imported.sets.iter().enumerate().filter(|(index, _)| item.takes(*index));
                    let chosen: Vec<&ImportedSet> = chosen.map(|(_, set)| set).collect();
                    serve(plan, item, item.title(), &source, sets, &chosen, done)
                }
                Target::EachSet => {
                    let mut any = false;
                    for (index, set) in item.imported.sets.iter().enumerate() {
                        if item.takes(index) {
                            let name = if is_telling(&set.title, plan, item) { &set.title } else { &set.name };
                            any |= serve(plan, item, name.clone(), &source, vec![set.name.clone()], &[set], done);
                        }
                    }
                    any
                }
                _ => false,
            };
            if added || used { Outcome::Changes } else { Outcome::There }
        }
    };
    match outcome {
        Outcome::Left | Outcome::NoSet => done.left += 1,
        Outcome::There => done.there += 1,
        // The first change is shown.
        Outcome::Changes => before = before.or_else(|| done.shown.take()),
    }
    done.shown = before;
    outcome
}

/// Takes in configuration. What it says is of parts that are gone: nothing.
fn configure(plan: &mut Plan, item: &Item, done: &mut Done) -> Outcome {
    let Some(setup) = &item.setup else { return Outcome::Left };
    let Ok(mut adopted) = adopt(plan, setup, &item.of) else { return Outcome::Left };
    let mut parts: Vec<(PartKind, Id)> = adopted.changes.iter().map(Change::part).collect();
    done.shown = parts.first().map(|(kind, id)| Seen::Part(*kind, id.clone()));
    crate::sort::up(&mut parts);
    parts.dedup();
    done.configured += parts.len() as u32;
    // A circuit whose peerings change one after the other changes once.
    adopted.changes.dedup();
    done.adopted = Some(adopted);
    if parts.is_empty() { Outcome::There } else { Outcome::Changes }
}

/// The source with this text and format, added under that name where there is none; and whether it was.
fn source_of(plan: &mut Plan, name: String, text: &Text, format: &Option<String>, done: &mut Done) -> (Id, bool) {
    let same = |source: &crate::plan::Source| source.format == *format && is_same(&source.text, text);
    if let Some(source) = plan.sources.iter().find(|source| same(source)) {
        return (source.id.clone(), false);
    }
    let id = parts::add_named(plan, PartKind::Source, name);
    if let Some(source) = parts::source(plan, &id) {
        source.text = text.clone();
        source.format.clone_from(format);
    }
    done.sources += 1;
    done.shown = Some(Seen::Part(PartKind::Source, id.clone()));
    (id, true)
}

/// Whether two texts are the same but for blank lines at their end, which come and go with what was copied.
fn is_same(a: &Text, b: &Text) -> bool {
    a.len().abs_diff(b.len()) <= 16 && (a == b || a.as_str().trim_end() == b.as_str().trim_end())
}

/// Gives each neighbour's routes to its exit, as a source of its own. Our router has them behind the route filter.
fn learn_apart(plan: &mut Plan, item: &Item, done: &mut Done) -> Outcome {
    let (mut any, mut changes) = (false, false);
    let all = item.imported.neighbours.all.iter().zip(&item.lists).zip(&item.exits);
    for ((neighbour, list), exit) in all {
        let Some(exit) = exit else { continue };
        any = true;
        let by = neighbour.next_hop.map_or_else(|| format!("AS {}", neighbour.asn), |hop| hop.to_string());
        let name = format!("{}, by {by}", item.title());
        let (source, added) = source_of(plan, name, list, &None, done);
        if let Some(source) = parts::source(plan, &source).filter(|_| added) {
            source.stage = Some(Stage::Received);
        }
        changes |= added;
        let Some(part) = parts::exit(plan, exit) else { continue };
        if refer(&mut part.learned_from, &source, Vec::new()) {
            changes = true;
            if !done.exits.contains(exit) {
                done.exits.push(exit.clone());
            }
        }
    }
    match (any, changes) {
        (false, _) => Outcome::Left,
        (true, false) => Outcome::There,
        (true, true) => Outcome::Changes,
    }
}

fn learn(plan: &mut Plan, item: &Item, exit: &Id, source: &Id, sets: Vec<String>, done: &mut Done) -> bool {
    let Some(part) = parts::exit(plan, exit) else { return false };
    let typed = item.format.is_none() && is_same(&part.learned, &item.text);
    if (typed && sets.is_empty()) || !refer(&mut part.learned_from, source, sets) {
        return false;
    }
    if !done.exits.contains(exit) {
        done.exits.push(exit.clone());
    }
    true
}

/// Puts a reference among others; whether that says anything new.
fn refer(list: &mut Vec<Reference>, source: &Id, sets: Vec<String>) -> bool {
    let Some(there) = list.iter_mut().find(|reference| reference.source == *source) else {
        list.push(Reference { source: source.clone(), sets });
        return true;
    };
    if there.sets.is_empty() {
        return false;
    }
    if sets.is_empty() {
        there.sets = sets;
        return true;
    }
    let known = there.sets.len();
    for set in sets {
        if !there.sets.contains(&set) {
            there.sets.push(set);
        }
    }
    there.sets.len() > known
}

/// Whether a service may be called as its set's title says: no other set has it, and no service.
fn is_telling(title: &str, plan: &Plan, item: &Item) -> bool {
    let sets = item.imported.sets.iter().filter(|set| set.title == title).count();
    !title.is_empty() && sets == 1 && plan.services.iter().all(|service| service.name != title)
}

/// Adds a service of these sets, unless there is one.
fn serve(
    plan: &mut Plan,
    item: &Item,
    name: String,
    source: &Id,
    sets: Vec<String>,
    chosen: &[&ImportedSet],
    done: &mut Done,
) -> bool {
    let destinations_from = vec![Reference { source: source.clone(), sets }];
    if plan.services.iter().any(|service| service.destinations_from == destinations_from) {
        return false;
    }
    let id = parts::add_named(plan, PartKind::Service, name);
    // What all sets say is said of the service.
    let express_route = chosen.first().and_then(|first| first.express_route);
    let ports = chosen.first().map(|first| first.ports.clone()).unwrap_or_default();
    if let Some(service) = plan.services.iter_mut().find(|service| service.id == id) {
        *service = Service {
            destinations_from,
            microsoft: item.imported.is_of_microsoft(),
            express_route: express_route.filter(|_| chosen.iter().all(|set| set.express_route == express_route)),
            ports: if chosen.iter().all(|set| set.ports == ports) { ports } else { String::new() },
            ..std::mem::take(service)
        };
    }
    done.services += 1;
    done.shown = Some(Seen::Part(PartKind::Service, id));
    true
}

/// Adds to an exit's advertisements the lines that aren't there.
fn advertise(plan: &mut Plan, item: &Item, exit: &Id, done: &mut Done) -> Outcome {
    let list = item.imported.accepted.as_deref().unwrap_or(item.text.as_str());
    let Some(part) = parts::exit(plan, exit) else { return Outcome::There };
    let there: std::collections::BTreeSet<&str> = part.advertised.as_str().lines().map(str::trim).collect();
    let new: Vec<&str> =
        list.lines().map(str::trim).filter(|line| !line.is_empty() && !there.contains(line)).collect();
    if new.is_empty() {
        return Outcome::There;
    }
    let mut text = part.advertised.as_str().to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&new.join("\n"));
    text.push('\n');
    part.advertised = Text::from(text);
    if !done.exits.contains(exit) {
        done.exits.push(exit.clone());
    }
    done.shown = Some(Seen::List(ListId::Advertised(exit.clone()), Spot::Whole));
    Outcome::Changes
}
