//! What differs between two snapshots of a list.

use crate::intake::{Entry, Reading};
use crate::pace::Pace;
use crate::routing::Sided;
use crate::space::{AddressSet, Dual, Prefix, Set};
use ipnet::IpNet;
use std::collections::BTreeMap;

/// What differs between two readings of a list, in any formats.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ListDifference {
    /// Prefixes that are new, in order, IPv4 first.
    pub added: Vec<IpNet>,
    /// Prefixes that are gone.
    pub removed: Vec<IpNet>,
    /// Prefixes that stand in both, with other attributes.
    pub changed: Vec<IpNet>,
    /// How many prefixes stand in both alike.
    pub same: u64,
    /// Addresses that are covered and weren't.
    pub covered: AddressSet,
    /// Addresses that were covered and aren't.
    pub uncovered: AddressSet,
    /// Named sets that differ, by name.
    pub sets: Vec<SetDifference>,
}

/// What differs between two snapshots of a named set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetDifference {
    /// Its name.
    pub name: String,
    /// Whether it was there, and whether it is.
    pub there: (bool, bool),
    /// Prefixes that are new in it.
    pub added: Vec<IpNet>,
    /// Prefixes that are gone from it.
    pub removed: Vec<IpNet>,
}

impl ListDifference {
    /// Compares two readings, in steps.
    pub async fn new(before: &Reading, after: &Reading, pace: &Pace) -> Self {
        let mut found = Self::default();
        let v4 = found.family::<u32>(before, after, pace).await;
        let v6 = found.family::<u128>(before, after, pace).await;
        let (had, has) = (Dual { v4: v4.0, v6: v6.0 }, Dual { v4: v4.1, v6: v6.1 });
        found.covered = has.difference(&had);
        found.uncovered = had.difference(&has);
        found.sets = sets(before, after, pace).await;
        found
    }

    /// Whether the two say the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty() && self.sets.is_empty()
    }

    /// Compares one family; the addresses that each covers.
    async fn family<A: Sided>(&mut self, before: &Reading, after: &Reading, pace: &Pace) -> (Set<A>, Set<A>)
    where
        IpNet: From<Prefix<A>>,
    {
        let (was, is) = (sorted(A::entries(before), pace).await, sorted(A::entries(after), pace).await);
        let (mut left, mut right) = (groups(&was).peekable(), groups(&is).peekable());
        let mut done: u64 = 0;
        loop {
            done += 1;
            if done.is_multiple_of(4096) {
                pace.work(4096).await;
            }
            let order = match (left.peek(), right.peek()) {
                (None, None) => break,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some((a, _)), Some((b, _))) => a.cmp(b),
            };
            match order {
                std::cmp::Ordering::Less => {
                    self.removed.extend(left.next().map(|(prefix, _)| IpNet::from(prefix)))
                }
                std::cmp::Ordering::Greater => {
                    self.added.extend(right.next().map(|(prefix, _)| IpNet::from(prefix)));
                }
                std::cmp::Ordering::Equal => {
                    let Some(((prefix, a), (_, b))) = left.next().zip(right.next()) else { break };
                    if attributes(before, a) == attributes(after, b) {
                        self.same += 1;
                    } else {
                        self.changed.push(prefix.into());
                    }
                }
            }
        }
        let set = |entries: &[Entry<A>]| Set::from_prefixes(entries.iter().map(|entry| entry.prefix));
        (set(&was), set(&is))
    }
}

async fn sorted<A: Sided>(entries: &[Entry<A>], pace: &Pace) -> Vec<Entry<A>> {
    let mut entries = entries.to_vec();
    pace.work(entries.len() as u64).await;
    entries.sort_by_key(|entry| (entry.prefix, entry.attributes));
    entries
}

/// The entries of each prefix.
fn groups<A: Sided>(entries: &[Entry<A>]) -> impl Iterator<Item = (Prefix<A>, &[Entry<A>])> {
    entries.chunk_by(|a, b| a.prefix == b.prefix).filter_map(|group| Some((group.first()?.prefix, group)))
}

/// What stands behind a prefix, each once: a list may name it several times.
fn attributes<'a, A: Copy>(reading: &'a Reading, entries: &[Entry<A>]) -> Vec<&'a crate::plan::Attributes> {
    let mut all: Vec<_> = entries.iter().map(|entry| reading.attributes_of(entry)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

async fn sets(before: &Reading, after: &Reading, pace: &Pace) -> Vec<SetDifference> {
    let (was, is) = (by_name(before), by_name(after));
    let mut names: Vec<&str> = was.keys().chain(is.keys()).copied().filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    let mut changed = Vec::new();
    for name in names {
        let none = Vec::new();
        let (a, b) = (was.get(name).unwrap_or(&none), is.get(name).unwrap_or(&none));
        pace.work((a.len() + b.len()) as u64).await;
        let without = |of: &[IpNet], other: &[IpNet]| -> Vec<IpNet> {
            of.iter().filter(|net| other.binary_search(net).is_err()).copied().collect()
        };
        let (added, removed) = (without(b, a), without(a, b));
        let there = (was.contains_key(name), is.contains_key(name));
        if !added.is_empty() || !removed.is_empty() || there.0 != there.1 {
            changed.push(SetDifference { name: name.to_owned(), there, added, removed });
        }
    }
    changed
}

/// The prefixes of each named set, in order, each once.
fn by_name(reading: &Reading) -> BTreeMap<&str, Vec<IpNet>> {
    let mut all: BTreeMap<&str, Vec<IpNet>> = BTreeMap::new();
    for set in &reading.sets {
        let own = all.entry(&set.name).or_default();
        own.extend(reading.v4_of(set).iter().map(|entry| IpNet::from(entry.prefix)));
        own.extend(reading.v6_of(set).iter().map(|entry| IpNet::from(entry.prefix)));
    }
    for nets in all.values_mut() {
        nets.sort_unstable();
        nets.dedup();
    }
    all
}
