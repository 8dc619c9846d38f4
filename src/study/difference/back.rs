//! Addresses of ours to which the far sides send another way than before.

use crate::journey::{Classed, World};
use crate::pace::Pace;
use crate::plan::Id;
use crate::routing::{ExitSet, FarSide};
use crate::space::{AddressSet, Count, Dual, Family, Set, Share};
use crate::study::coverage::{Ours, Way, decisions, ours, senders};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// Addresses of ours that the far side sends to another way than before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct BackChange {
    /// Its number, from 0.
    pub change: u32,
    /// Whose addresses they are.
    pub ours: Ours,
    /// IPv4 or IPv6.
    pub family: Family,
    /// Who sends.
    pub far_side: FarSide,
    /// Only far addresses that these ExpressRoute exits' circuits offer, where geography decides; absent: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Vec<Id>>,
    /// Where it sent; absent: the address wasn't among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Vec<Way>>,
    /// Where it sends; absent: the address isn't among them any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Vec<Way>>,
    /// How many addresses.
    pub addresses: Count,
    /// Their share of all that are or were among them, of the family.
    pub share: Share,
    /// How many prefixes their shortest list has.
    pub prefixes: u64,
    /// The first of them.
    pub first: String,
}

/// Every change of a way back, and the addresses of each.
#[derive(Clone, Debug, Default)]
pub(super) struct BackChanges {
    pub(super) changes: Vec<BackChange>,
    pub(super) sets: Vec<AddressSet>,
}

/// Who sends: a side, and where geography may decide the exits whose circuits offer the sender.
type Sender = (FarSide, Option<Vec<Id>>);

/// All senders that either world tells apart.
fn all_senders(before: &World, after: &World) -> Vec<Sender> {
    let mut all: Vec<Sender> = Vec::new();
    for world in [before, after] {
        for (side, offered) in senders(world) {
            let mut ids = offered.map(|offered| world.exit_ids(offered));
            if let Some(ids) = &mut ids {
                crate::sort::up(ids);
            }
            if !all.contains(&(side, ids.clone())) {
                all.push((side, ids));
            }
        }
    }
    // Where one of them asks for geography, all Microsoft's addresses are among those that it tells apart.
    let geography = all.iter().any(|(_, offered)| offered.is_some());
    all.retain(|(side, offered)| *side == FarSide::Internet || offered.is_some() == geography);
    crate::sort::by_key(&mut all, |(side, _)| *side);
    all
}

fn exits(world: &World, ids: &[Id]) -> ExitSet {
    ids.iter().filter_map(|id| world.ground.network.exit(id)).collect()
}

impl BackChanges {
    /// Compares the ways back of two worlds, in steps.
    pub(super) async fn new(before: &World, after: &World, pace: &Pace) -> Self {
        let (old, new) = (ours(before), ours(after));
        let mut owners: Vec<&Ours> = old.iter().chain(&new).map(|(owner, _)| owner).collect();
        crate::sort::up(&mut owners);
        owners.dedup();
        let none = AddressSet::empty();
        let of = |all: &'_ [(Ours, AddressSet)], owner: &Ours| {
            all.iter().find(|(known, _)| known == owner).map_or(none.clone(), |(_, set)| set.clone())
        };
        let senders = all_senders(before, after);
        let mut found = Self::default();
        for owner in owners {
            let (old, new) = (of(&old, owner), of(&new, owner));
            for sender in &senders {
                let asked = Asked { worlds: (before, after), ours: owner, sender };
                for (change, set) in asked.family::<u32>(&old.v4, &new.v4) {
                    found.push(change, Dual { v4: set, v6: Set::empty() });
                }
                for (change, set) in asked.family::<u128>(&old.v6, &new.v6) {
                    found.push(change, Dual { v4: Set::empty(), v6: set });
                }
                let spans =
                    old.v4.spans().len() + old.v6.spans().len() + new.v4.spans().len() + new.v6.spans().len();
                pace.work(128 + spans as u64).await;
            }
        }
        found
    }

    fn push(&mut self, mut change: BackChange, set: AddressSet) {
        change.change = self.changes.len() as u32;
        self.changes.push(change);
        self.sets.push(set);
    }
}

struct Asked<'a> {
    worlds: (&'a World, &'a World),
    ours: &'a Ours,
    sender: &'a Sender,
}

impl Asked<'_> {
    /// What each world decides for each set of addresses; `None` for those that the other alone has.
    fn decided<A: Classed>(&self, world: &World, own: &Set<A>, other: &Set<A>) -> Vec<(Option<Vec<Way>>, Set<A>)> {
        let (side, offered) = self.sender;
        let offered = offered.as_ref().map(|ids| exits(world, ids));
        let mut all: Vec<(Option<Vec<Way>>, Set<A>)> = decisions(world, own, *side, offered)
            .into_iter()
            .map(|(mut ways, set)| {
                // Plans may list their exits in different orders.
                ways.iter_mut().for_each(|way| crate::sort::up(&mut way.exits));
                crate::sort::up(&mut ways);
                (Some(ways), set)
            })
            .collect();
        all.push((None, other.difference(own)));
        all
    }

    fn family<A: Classed>(&self, old: &Set<A>, new: &Set<A>) -> Vec<(BackChange, Set<A>)>
    where
        ipnet::IpNet: From<crate::space::Prefix<A>>,
    {
        let all = old.union(new).count();
        let before = self.decided(self.worlds.0, old, new);
        let after = self.decided(self.worlds.1, new, old);
        let mut changes = Vec::new();
        for (was, had) in &before {
            for (is, has) in after.iter().filter(|(is, _)| is != was) {
                let set = had.intersection(has);
                let Some(first) = set.prefixes().next() else { continue };
                let change = BackChange {
                    change: 0,
                    ours: self.ours.clone(),
                    family: A::FAMILY,
                    far_side: self.sender.0,
                    offered: self.sender.1.clone(),
                    before: was.clone(),
                    after: is.clone(),
                    addresses: set.count(),
                    share: set.count().share_of(all),
                    prefixes: set.prefixes().count() as u64,
                    first: first.to_string(),
                };
                changes.push((change, set));
            }
        }
        changes
    }
}
