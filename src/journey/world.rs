//! A plan in one scenario, with every table that journeys are judged by.

use super::open::Open;
use super::translation::Translators;
use crate::pace::Pace;
use crate::plan::{Id, Plan};
use crate::routing::{
    ExitSet, FarSide, Network, NoSay, Refusal, Scenario, Sided, Sides, SiteTable, Up, sides, site_table,
};
use crate::space::{AddressSet, Dual, Partition, Set, SpacePartition, Special, special::SPECIAL_BLOCKS};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::rc::Rc;
use std::sync::LazyLock;

/// What no scenario changes.
pub struct Ground {
    /// The plan made ready.
    pub network: Network,
    pub(crate) sides: Sides,
    pub(crate) translators: Translators,
}

impl Ground {
    /// Works out what no scenario changes.
    pub fn new(network: Network) -> Self {
        let sides = sides(&network, builtin_microsoft_space());
        let translators = Translators::new(&network);
        Self { network, sides, translators }
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.network.plan
    }

    /// The addresses of each pool, in the plan's order.
    pub(crate) fn pool_addresses(&self) -> &[AddressSet] {
        &self.translators.pools
    }
}

/// The built-in list of Microsoft's space as a set.
fn builtin_microsoft_space() -> &'static AddressSet {
    static SET: LazyLock<AddressSet> = LazyLock::new(|| {
        let nets = crate::plan::microsoft_space::builtin().lines().filter_map(|line| line.parse().ok());
        AddressSet::from_nets(nets)
    });
    &SET
}

/// A plan in one scenario.
pub struct World {
    /// What no scenario changes.
    pub ground: Rc<Ground>,
    /// The scenario.
    pub scenario: Scenario,
    pub(crate) up: Up,
    pub(crate) tables: Vec<SiteTable>,
    pub(crate) classes: Vec<Classes>,
    pub(crate) open: Open,
}

/// What decides about a far address, as seen from a site.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct FarClass {
    /// The exits that packets to it leave by.
    pub(crate) exits: ExitSet,
    /// On which side it lies.
    pub(crate) side: FarSide,
    /// The ExpressRoute exits whose circuits offer it.
    pub(crate) offered: ExitSet,
}

/// The far classes of one site: every address once.
pub(crate) type Classes = Dual<Partition<u32, FarClass>, Partition<u128, FarClass>>;

impl World {
    /// Decides every prefix at every site, in steps.
    pub async fn new(ground: Rc<Ground>, scenario: Scenario, pace: &Pace) -> Self {
        let network = &ground.network;
        let up = Up::new(network, &scenario);
        let mut tables = Vec::new();
        let mut classes = Vec::new();
        for site in 0..network.plan.sites.len() {
            let table = site_table(network, &up, site, pace).await;
            classes.push(Dual { v4: classify::<u32>(&ground, &table), v6: classify::<u128>(&ground, &table) });
            pace.work(1024).await;
            tables.push(table);
        }
        let open = Open::new(network, &up, &ground.sides);
        Self { ground, scenario, up, tables, classes, open }
    }

    pub(crate) fn network(&self) -> &Network {
        &self.ground.network
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.ground.network.plan
    }

    /// The prefix that an address matches at a site, and the exits chosen; `None`: no route.
    pub fn lookup(&self, site: usize, address: std::net::IpAddr) -> Option<(ipnet::IpNet, ExitSet)> {
        let table = self.tables.get(site)?;
        match address {
            std::net::IpAddr::V4(ip) => {
                table.v4.lookup(self.network(), ip.to_bits()).map(|(prefix, exits)| (prefix.into(), exits))
            }
            std::net::IpAddr::V6(ip) => {
                table.v6.lookup(self.network(), ip.to_bits()).map(|(prefix, exits)| (prefix.into(), exits))
            }
        }
    }

    /// The identifiers of a set of exits, in the plan's order.
    pub fn exit_ids(&self, exits: ExitSet) -> Vec<Id> {
        exits.ids(&self.plan().exits)
    }
}

fn classify<A: Sided>(ground: &Ground, table: &SiteTable) -> Partition<A, FarClass> {
    let microsoft = A::set(&ground.sides.microsoft);
    let side = Partition::from_set(microsoft, FarSide::Microsoft, FarSide::Internet);
    A::forward(table)
        .exits
        .refine(&side, |exits, side| (exits, side))
        .refine(A::offered(&ground.network), |(exits, side), offered| FarClass { exits, side, offered })
}

/// Every address that a packet may cross the Internet to: all but private space, multicast and what is reserved.
pub fn everywhere() -> &'static AddressSet {
    static SET: LazyLock<AddressSet> = LazyLock::new(|| nowhere().set_where(|kind| kind.is_none()));
    &SET
}

/// For every address that no packet can cross the Internet to what it is set apart for; `None` for all others.
pub fn nowhere() -> &'static SpacePartition<Option<Special>> {
    static KINDS: LazyLock<SpacePartition<Option<Special>>> = LazyLock::new(|| {
        let out = |kind: Special| {
            kind.must_be_translated()
                || matches!(kind, Special::Multicast | Special::Reserved | Special::Broadcast | Special::Discard)
        };
        let blocks = SPECIAL_BLOCKS.iter().filter(|block| out(block.kind));
        SpacePartition::from_nets(None, blocks.map(|block| (block.net, Some(block.kind))))
    });
    &KINDS
}

/// Which class a table of far classes has where, collected into one set for each class, in the order of the classes.
pub(crate) fn by_class<A: Sided, T: Copy + Eq + Ord>(
    partition: &Partition<A, T>,
    within: &Set<A>,
) -> Vec<(T, Set<A>)> {
    let mut spans: std::collections::BTreeMap<T, Vec<crate::space::Span<A>>> = Default::default();
    for (span, class) in partition.restrict(within) {
        spans.entry(class).or_default().push(span);
    }
    spans.into_iter().map(|(class, spans)| (class, Set::from_spans(spans))).collect()
}

/// A family's half of a site's classes.
pub(crate) trait Classed: Sided {
    fn classes(both: &Classes) -> &Partition<Self, FarClass>;
}

impl Classed for u32 {
    fn classes(both: &Classes) -> &Partition<Self, FarClass> {
        &both.v4
    }
}

impl Classed for u128 {
    fn classes(both: &Classes) -> &Partition<Self, FarClass> {
        &both.v6
    }
}

/// How many refusals of an exit are named.
const NAMED_REFUSALS: usize = 50;

/// What became of one exit in a scenario.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct ExitSummary {
    /// The exit.
    pub exit: Id,
    /// Why it has no say anywhere; absent: it is up.
    pub no_say: Option<NoSay>,
    /// Routes in its lists.
    pub offered: u32,
    /// Routes that came through filter and SKU.
    pub received: u32,
    /// Why others didn't, with counts.
    pub withheld: Vec<(NoSay, u32)>,
    /// Prefixes that are sent, both families.
    pub advertised: u32,
    /// Prefixes that the other side takes.
    pub accepted: u32,
    /// What it refuses, at most 50.
    pub refused: Vec<Refusal>,
}

impl World {
    /// What became of each exit, in the plan's order.
    pub fn exits(&self) -> impl Iterator<Item = ExitSummary> + '_ {
        self.plan().exits.iter().zip(&self.network().advertised).enumerate().map(|(index, (exit, sent))| {
            let (offered, received, withheld) = self.network().received(index);
            ExitSummary {
                exit: exit.id.clone(),
                no_say: self.up.no_say(index).cloned(),
                offered,
                received,
                withheld: withheld.to_vec(),
                advertised: sent.sent.0 + sent.sent.1,
                accepted: (sent.v4.len() + sent.v6.len()) as u32,
                refused: sent.refused.iter().take(NAMED_REFUSALS).cloned().collect(),
            }
        })
    }
}
