//! What of the capacity is shown.

use super::load::{Fit, Load, Range};
use super::{Before, Capacity, Flows, State};
use crate::plan::Id;
use crate::routing::Part;
use crate::space::{Count, Family};
use crate::study::MAX_ROWS;
use crate::study::failures::Failure;
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;

/// What of the capacity is shown, and how.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct View {
    /// The first circuit or Internet link, worst first.
    pub from_carrier: u32,
    /// The first failure, worst first.
    pub from_failure: u32,
    /// The first pool, worst first.
    pub from_pool: u32,
    /// How many of each, at most [`MAX_ROWS`]; 0: that many.
    pub count: u32,
    /// Only failures in which something is over its bandwidth, or may be.
    pub only_over: bool,
}

/// What is shown of the capacity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Window {
    /// What was asked.
    pub view: View,
    /// What the loads before are.
    pub before: Before,
    /// What the flows give.
    pub flows: Flows,
    /// What doesn't flow before,
    pub lost_before: Load,
    /// and normally.
    pub lost: Load,
    /// How many circuits and Internet links there are.
    pub total_carriers: u32,
    /// Those, worst first.
    pub carriers: Vec<CarrierRow>,
    /// How many failures the view has.
    pub total_failures: u32,
    /// Those, worst first.
    pub failures: Vec<FailureRow>,
    /// How many pools there are, IPv4 and IPv6 apart.
    pub total_pools: u32,
    /// Those, worst first.
    pub pools: Vec<PoolRow>,
}

/// A circuit or Internet link.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct CarrierRow {
    /// The circuit, or the Internet link.
    pub part: Part,
    /// Its bandwidth each way, in kbps; absent: the plan doesn't say.
    pub kbps: Option<u64>,
    /// Private peering runs over it as well, whose load isn't known.
    pub private: bool,
    /// What it carried before; absent: it wasn't there.
    pub before: Option<Load>,
    /// What it carries normally.
    pub normal: Load,
    /// How that fits.
    pub fit: Fit,
    /// The failure in which it has to carry most, where that is more than normally.
    pub worst: Option<InFailure>,
    /// Its links, where it is a circuit.
    pub links: Vec<LinkRow>,
}

/// One link of a circuit, over which its bandwidth is shared.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct LinkRow {
    /// The exit.
    pub exit: Id,
    /// What it carried before; absent: it wasn't there.
    pub before: Option<Load>,
    /// What it carries normally.
    pub normal: Load,
    /// The failure in which it has to carry most, where that is more than normally.
    pub worst: Option<InFailure>,
}

/// A load in a failure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct InFailure {
    /// The failure.
    pub failure: Failure,
    /// The load while it lasts.
    pub load: Load,
    /// How that fits.
    pub fit: Fit,
}

/// A failure, by what it does to loads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct FailureRow {
    /// The failure.
    pub failure: Failure,
    /// What is over its bandwidth in any case: circuits and Internet links in the plan's order.
    pub over: Vec<Part>,
    /// What may be.
    pub may_be_over: Vec<Part>,
    /// What doesn't flow.
    pub lost: Load,
}

/// A pool's addresses of one family.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct PoolRow {
    /// The pool.
    pub pool: Id,
    /// IPv4 or IPv6.
    pub family: Family,
    /// How many addresses.
    pub addresses: Count,
    /// How many ports each has for translation.
    pub ports: u32,
    /// The sessions translated to it normally.
    pub sessions: Range,
    /// The same for each address, rounded up.
    pub per_address: Range,
    /// How that fits.
    pub fit: Fit,
    /// The failure in which there are most, where that is more than normally.
    pub worst: Option<PoolInFailure>,
}

/// A pool's sessions in a failure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct PoolInFailure {
    /// The failure.
    pub failure: Failure,
    /// The sessions while it lasts.
    pub sessions: Range,
    /// The same for each address, rounded up.
    pub per_address: Range,
    /// How that fits.
    pub fit: Fit,
}

/// How full something is, to be compared: the worse fit first, then the larger part of the room, then the larger load.
type Fullness = (Reverse<Fit>, u64, u64);

fn fullness(fit: Fit, range: Range, room: Option<u64>) -> Fullness {
    let permille = room.map_or(0, |room| {
        let part = u128::from(range.most) * 1000;
        part.checked_div(u128::from(room)).map_or(u64::MAX, |part| u64::try_from(part).unwrap_or(u64::MAX))
    });
    (Reverse(fit), permille, range.most)
}

/// The fuller way counts.
fn load_fullness(load: Load, kbps: Option<u64>) -> Fullness {
    let way = |range: Range| fullness(load.fit(kbps), range, kbps);
    way(load.out).max(way(load.back))
}

impl Capacity {
    /// What a view shows.
    pub fn window(&self, view: View) -> Window {
        let count = if view.count == 0 { MAX_ROWS } else { view.count.min(MAX_ROWS) } as usize;
        let mut carriers: Vec<CarrierRow> = (0..self.carriers.len()).filter_map(|at| self.carrier(at)).collect();
        crate::sort::by_key(&mut carriers, |row| {
            let worst = row.worst.as_ref().map(|worst| load_fullness(worst.load, row.kbps));
            Reverse(load_fullness(row.normal, row.kbps).max(worst.unwrap_or((Reverse(Fit::Unknown), 0, 0))))
        });
        let mut failures: Vec<FailureRow> =
            self.failures.iter().map(|(failure, state)| self.failure(failure, state)).collect();
        if view.only_over {
            failures.retain(|row| !row.over.is_empty() || !row.may_be_over.is_empty());
        }
        crate::sort::by_key(&mut failures, |row| {
            let lost = |range: fn(&Load) -> u64| range(&row.lost);
            Reverse((
                row.over.len(),
                lost(|load| load.out.least + load.back.least),
                row.may_be_over.len(),
                lost(|load| load.out.most + load.back.most),
            ))
        });
        let mut pools: Vec<PoolRow> = (0..self.pools.len()).filter_map(|at| self.pool(at)).collect();
        crate::sort::by_key(&mut pools, |row| {
            let of = |fit: Fit, per: Range| fullness(fit, per, Some(u64::from(row.ports)));
            let worst = row.worst.as_ref().map(|worst| of(worst.fit, worst.per_address));
            Reverse(of(row.fit, row.per_address).max(worst.unwrap_or((Reverse(Fit::Unknown), 0, 0))))
        });
        Window {
            before: self.before,
            flows: self.flows.clone(),
            lost_before: self.before_lost,
            lost: self.normal.loads.lost,
            total_carriers: carriers.len() as u32,
            carriers: carriers.into_iter().skip(view.from_carrier as usize).take(count).collect(),
            total_failures: failures.len() as u32,
            failures: failures.into_iter().skip(view.from_failure as usize).take(count).collect(),
            total_pools: pools.len() as u32,
            pools: pools.into_iter().skip(view.from_pool as usize).take(count).collect(),
            view,
        }
    }

    fn load(&self, state: &State, at: usize) -> Load {
        state.loads.each.get(at).copied().unwrap_or_default()
    }

    /// The failure in which a carrier carries most, of equals the first of the list.
    fn worst(&self, at: usize, kbps: Option<u64>) -> Option<InFailure> {
        let normal = load_fullness(self.load(&self.normal, at), kbps);
        let mut worst: Option<(Fullness, InFailure)> = None;
        for (failure, state) in &self.failures {
            let load = self.load(state, at);
            let full = load_fullness(load, kbps);
            if full > worst.as_ref().map_or(normal, |(worst, _)| *worst) {
                worst = Some((full, InFailure { failure: failure.clone(), load, fit: load.fit(kbps) }));
            }
        }
        worst.map(|(_, worst)| worst)
    }

    /// A circuit or Internet link; `None`: it is a link of a circuit.
    fn carrier(&self, at: usize) -> Option<CarrierRow> {
        let carrier = self.carriers.get(at).filter(|carrier| carrier.circuit.is_none())?;
        let links = self.carriers.iter().enumerate().filter_map(|(at, link)| {
            let (Part::Circuit(circuit), Part::Exit(exit)) = (&carrier.part, &link.part) else { return None };
            (link.circuit.as_ref() == Some(circuit)).then(|| LinkRow {
                exit: exit.clone(),
                before: self.before_loads.get(at).copied().flatten(),
                normal: self.load(&self.normal, at),
                worst: self.worst(at, None),
            })
        });
        let normal = self.load(&self.normal, at);
        Some(CarrierRow {
            part: carrier.part.clone(),
            kbps: carrier.kbps,
            private: carrier.private,
            before: self.before_loads.get(at).copied().flatten(),
            normal,
            fit: normal.fit(carrier.kbps),
            worst: self.worst(at, carrier.kbps),
            links: links.collect(),
        })
    }

    fn failure(&self, failure: &Failure, state: &State) -> FailureRow {
        let with = |fit: Fit| {
            let each = self.carriers.iter().enumerate();
            let those = each.filter(|(at, carrier)| self.load(state, *at).fit(carrier.kbps) == fit);
            those.map(|(_, carrier)| carrier.part.clone()).collect()
        };
        let (over, may_be_over) = (with(Fit::Over), with(Fit::MayBeOver));
        FailureRow { failure: failure.clone(), over, may_be_over, lost: state.loads.lost }
    }

    fn pool(&self, at: usize) -> Option<PoolRow> {
        let pool = self.pools.get(at)?;
        let of = |state: &State| state.sessions.get(at).copied().unwrap_or_default();
        let per =
            |range: Range| Range { least: pool.per_address(range.least), most: pool.per_address(range.most) };
        let full = |range: Range| fullness(range.fit(Some(pool.room())), range, Some(pool.room()));
        let sessions = of(&self.normal);
        let mut worst: Option<(Fullness, PoolInFailure)> = None;
        for (failure, state) in &self.failures {
            let own = of(state);
            if full(own) > worst.as_ref().map_or(full(sessions), |(worst, _)| *worst) {
                let (per_address, fit) = (per(own), own.fit(Some(pool.room())));
                worst =
                    Some((full(own), PoolInFailure { failure: failure.clone(), sessions: own, per_address, fit }));
            }
        }
        Some(PoolRow {
            pool: pool.id.clone(),
            family: pool.family,
            addresses: pool.addresses,
            ports: pool.ports,
            sessions,
            per_address: per(sessions),
            fit: sessions.fit(Some(pool.room())),
            worst: worst.map(|(_, worst)| worst),
        })
    }
}
