//! The reverse: which exits the far sides send to addresses of ours.

use crate::journey::{Classed, World};
use crate::pace::Pace;
use crate::plan::{Id, ListId, OutOfArea, ReturnModel};
use crate::routing::{Back, ExitSet, FarSide};
use crate::space::{AddressSet, Count, Family, Set, Share, not_public};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::collections::BTreeMap;

/// Addresses of ours that a far side sends to the same way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct BackRow {
    /// Its number, from 0.
    pub row: u32,
    /// Whose addresses they are.
    pub ours: Ours,
    /// IPv4 or IPv6.
    pub family: Family,
    /// Who sends.
    pub far_side: FarSide,
    /// Only far addresses that these ExpressRoute exits' circuits offer, where geography decides; absent: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Vec<Id>>,
    /// Where it sends; several only where an assumption set to unknown decides between them.
    pub ways: Vec<Way>,
    /// How many addresses.
    pub addresses: Count,
    /// Their share of the pool's addresses of the family.
    pub share: Share,
    /// How many prefixes their shortest list has.
    pub prefixes: u64,
    /// The first of them.
    pub first: String,
}

/// Addresses of ours that the far side may be asked to send to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ours {
    /// A pool's.
    Pool(Id),
    /// A published service's.
    Published(Id),
    /// The public ones among a site's inside prefixes, which may leave untranslated.
    Inside(Id),
}

/// Where a far side sends.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Way {
    /// The exits; several are a tie; none: nobody attracts the address, or what does loses it.
    pub exits: Vec<Id>,
    /// Whether a share of it, or all, is lost: a provider with no link up attracts it, or an exit dead inside.
    pub lost: bool,
}

/// Every way back of a world, with the addresses that take it.
#[derive(Clone, Debug)]
pub(crate) struct Ways {
    pub(crate) rows: Vec<BackRow>,
    sets: Vec<AddressSet>,
}

/// All that is asked about: whose addresses, which.
pub(crate) fn ours(world: &World) -> Vec<(Ours, AddressSet)> {
    let (plan, network) = (world.plan(), world.network());
    let pools = plan
        .pools
        .iter()
        .map(|pool| (Ours::Pool(pool.id.clone()), network.addresses(&ListId::Pool(pool.id.clone()))));
    let published = plan.published.iter().map(|service| {
        (Ours::Published(service.id.clone()), network.addresses(&ListId::Published(service.id.clone())))
    });
    let inside = plan
        .sites
        .iter()
        .map(|site| (Ours::Inside(site.id.clone()), world.inside(&site.id).difference(not_public())));
    pools.chain(published).chain(inside).filter(|(_, set)| !set.is_empty()).collect()
}

/// Who may send: a far side, and for Microsoft, where geography may decide, which exits offer the sender.
pub(crate) fn senders(world: &World) -> Vec<(FarSide, Option<ExitSet>)> {
    let mut all = Vec::new();
    if world.choices().iter().any(|choice| choice.out_of_area == OutOfArea::Limited) {
        let mut offered: Vec<ExitSet> = Vec::new();
        let classes = world.classes.iter();
        let of_v4 = classes.clone().flat_map(|both| both.v4.counts()).map(|(class, _)| class);
        let of_v6 = classes.flat_map(|both| both.v6.counts()).map(|(class, _)| class);
        let microsoft = of_v4.chain(of_v6).filter(|class| class.side == FarSide::Microsoft);
        offered.extend(microsoft.map(|class| class.offered));
        crate::sort::up(&mut offered);
        offered.dedup();
        all.extend(offered.into_iter().map(|offered| (FarSide::Microsoft, Some(offered))));
    } else {
        all.push((FarSide::Microsoft, None));
    }
    all.push((FarSide::Internet, None));
    all
}

impl Ways {
    /// Works them out, in steps.
    pub(crate) async fn new(world: &World, pace: &Pace) -> Self {
        let mut ways = Self { rows: Vec::new(), sets: Vec::new() };
        let senders = senders(world);
        for (owner, set) in ours(world) {
            for sender in &senders {
                for (row, own) in family::<u32>(world, &owner, &set.v4, *sender) {
                    ways.push(row, AddressSet { v4: own, v6: Set::empty() });
                }
                for (row, own) in family::<u128>(world, &owner, &set.v6, *sender) {
                    ways.push(row, AddressSet { v4: Set::empty(), v6: own });
                }
                pace.work(64 + (set.v4.spans().len() + set.v6.spans().len()) as u64).await;
            }
        }
        ways
    }

    fn push(&mut self, mut row: BackRow, set: AddressSet) {
        row.row = self.rows.len() as u32;
        self.rows.push(row);
        self.sets.push(set);
    }

    /// The addresses of a row.
    pub(crate) fn set(&self, row: usize) -> Option<&AddressSet> {
        self.sets.get(row)
    }
}

fn family<A: Classed>(
    world: &World,
    ours: &Ours,
    set: &Set<A>,
    (far_side, offered): (FarSide, Option<ExitSet>),
) -> Vec<(BackRow, Set<A>)>
where
    ipnet::IpNet: From<crate::space::Prefix<A>>,
{
    decisions(world, set, far_side, offered)
        .into_iter()
        .filter_map(|(ways, own)| {
            let row = BackRow {
                row: 0,
                ours: ours.clone(),
                family: A::FAMILY,
                far_side,
                offered: offered.map(|offered| world.exit_ids(offered)),
                ways,
                addresses: own.count(),
                share: own.count().share_of(set.count()),
                prefixes: own.prefixes().count() as u64,
                first: own.prefixes().next()?.to_string(),
            };
            Some((row, own))
        })
        .collect()
}

/// What a far side decides for each of a set of addresses: those with the same decision together, largest first.
pub(crate) fn decisions<A: Classed>(
    world: &World,
    set: &Set<A>,
    far_side: FarSide,
    offered: Option<ExitSet>,
) -> Vec<(Vec<Way>, Set<A>)> {
    let way = |back: &Back| Way { exits: world.exit_ids(back.exits), lost: back.lost };
    let mut alike: BTreeMap<Vec<Way>, Set<A>> = BTreeMap::new();
    for (backs, own) in world.sends_to(set, far_side, offered.unwrap_or(ExitSet::NONE)) {
        let mut ways: Vec<Way> = Vec::new();
        for back in &backs {
            let way = way(back);
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        let known = alike.entry(ways).or_default();
        *known = known.union(&own);
    }
    let mut all: Vec<(Vec<Way>, Set<A>)> = alike.into_iter().collect();
    crate::sort::by_key(&mut all, |(_, set)| (std::cmp::Reverse(set.count()), set.first_address()));
    all
}

/// The exits that answer by the exit that a packet left by.
pub(crate) fn sticky(world: &World) -> Vec<Id> {
    let is = |exit: &usize| world.up.no_say(*exit).is_none() && world.up.model(*exit) == Some(ReturnModel::Sticky);
    world.exit_ids((0..world.plan().exits.len()).filter(is).collect())
}
