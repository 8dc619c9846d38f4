//! What belongs to no row of the catalogue: by reason and prefix, never dropped in silence.

use borsh::{BorshDeserialize, BorshSerialize};
use ipnet::IpNet;
use serde::Serialize;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// So many prefixes are kept apart. Where a log has more, those with the least are put together now and then.
pub const MAX_PREFIXES: usize = 10_000;

/// Why something belongs to no row.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Apart {
    /// It goes from a site to an address of no service; by that address.
    NoService,
    /// It comes to an address of ours that isn't published; by that address.
    NotPublished,
    /// It is translated to a pool that several sites use; by the pool's address.
    SharedPool,
    /// Neither end is in a site; by the source.
    NoSite,
    /// Both ends are ours; by the destination.
    Inside,
    /// It was refused, and nothing flowed; by the destination.
    Denied,
}

impl Apart {
    /// Every reason, the most telling first.
    pub const ALL: [Self; 6] =
        [Self::NoService, Self::NotPublished, Self::SharedPool, Self::NoSite, Self::Inside, Self::Denied];
}

/// How much flowed.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, BorshSerialize, BorshDeserialize,
)]
pub struct Weight {
    /// Bytes, both ways.
    pub bytes: u64,
    /// Records.
    pub records: u64,
}

impl Weight {
    pub(super) fn add(&mut self, other: Self) {
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.records = self.records.saturating_add(other.records);
    }
}

/// What belongs to no row for one reason.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct ApartTotal {
    /// The reason.
    pub why: Apart,
    /// How much.
    pub all: Weight,
    /// The prefixes with the most, the most first; the rest of `all` is of others.
    pub most: Vec<(String, Weight)>,
}

/// Adds it up.
#[derive(Clone, Default)]
pub(super) struct Aside {
    totals: BTreeMap<Apart, Weight>,
    prefixes: BTreeMap<(Apart, IpNet), Weight>,
}

impl Aside {
    pub(super) fn add(&mut self, why: Apart, address: IpAddr, weight: Weight) {
        self.totals.entry(why).or_default().add(weight);
        let whole = matches!(why, Apart::NotPublished | Apart::SharedPool);
        let length = match address {
            IpAddr::V4(_) if whole => 32,
            IpAddr::V4(_) => 24,
            IpAddr::V6(_) if whole => 128,
            IpAddr::V6(_) => 48,
        };
        let Ok(net) = IpNet::new(address, length) else { return };
        self.prefixes.entry((why, net.trunc())).or_default().add(weight);
        if self.prefixes.len() >= MAX_PREFIXES * 2 {
            self.forget();
        }
    }

    /// Keeps the prefixes with the most: what is forgotten stays in the totals.
    fn forget(&mut self) {
        let mut all: Vec<_> = std::mem::take(&mut self.prefixes).into_iter().collect();
        crate::sort::by(&mut all, |(a, one), (b, other)| other.cmp(one).then(a.cmp(b)));
        all.truncate(MAX_PREFIXES);
        self.prefixes = all.into_iter().collect();
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (why, weight) in other.totals {
            self.totals.entry(why).or_default().add(weight);
        }
        for (key, weight) in other.prefixes {
            self.prefixes.entry(key).or_default().add(weight);
        }
        if self.prefixes.len() >= MAX_PREFIXES * 2 {
            self.forget();
        }
    }

    /// The totals with the prefixes that have the most, so many of each.
    pub(super) fn totals(&self, most: usize) -> Vec<ApartTotal> {
        let mut totals: Vec<ApartTotal> = Apart::ALL
            .into_iter()
            .filter_map(|why| Some(ApartTotal { why, all: *self.totals.get(&why)?, most: Vec::new() }))
            .collect();
        for total in &mut totals {
            let own = self.prefixes.iter().filter(|((why, _), _)| *why == total.why);
            let mut own: Vec<(&IpNet, Weight)> = own.map(|((_, net), weight)| (net, *weight)).collect();
            crate::sort::by(&mut own, |(a, one), (b, other)| other.cmp(one).then(a.cmp(b)));
            total.most = own.into_iter().take(most).map(|(net, weight)| (shown(net), weight)).collect();
        }
        totals
    }
}

/// An address without its length where it is one.
fn shown(net: &IpNet) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}
