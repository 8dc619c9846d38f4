//! Capacity: what every link and circuit carries, normally and in each failure, against its bandwidth; what it carried
//! before; and sessions against the ports of the addresses they are translated to.
//!
//! A plan knows addresses, not traffic: where a flow goes one way its rate counts there, where it is split or tied it
//! may go each way, so loads are ranges. Flows that fail carry nothing and are summed apart. A bandwidth belongs to a
//! circuit or an Internet link, holds each way, and is shared by all that runs over it; what runs over private peering
//! isn't known.

mod load;
mod ports;
mod view;

pub use load::{Fit, Load, Range};
pub use ports::PORTS_OF_AN_ADDRESS;
pub use view::{CarrierRow, FailureRow, InFailure, LinkRow, PoolInFailure, PoolRow, View, Window};

use super::failures::{Failure, Failures, Told, told_of};
use crate::journey::World;
use crate::pace::{Pace, Phase};
use crate::plan::{Flow, Id, Plan};
use crate::routing::{ExitSet, Part, is_express_route};
use borsh::{BorshDeserialize, BorshSerialize};
use load::{Carrier, Loads, carriers, loads};
use ports::{PoolHalf, pools, sessions};
use schemars::JsonSchema;
use serde::Serialize;
use std::rc::Rc;

/// What "before" is.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Before {
    /// The plan that was pinned, or given.
    Baseline,
    /// The same plan with every ExpressRoute circuit down: what the Internet links carried.
    WithoutExpressRoute,
    /// There is nothing before: no baseline, and no ExpressRoute.
    Nothing,
}

/// What is summed over the flows of a plan.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Flows {
    /// All rates of flows that have addresses, in kbps: from us,
    pub out_kbps: u64,
    /// and to us.
    pub in_kbps: u64,
    /// How many flows give no rate.
    pub without_rate: u32,
    /// Those, at most 50, in the plan's order.
    pub named_without_rate: Vec<Id>,
    /// How many flows give no sessions.
    pub without_sessions: u32,
}

/// How many flows without a rate are named.
const MAX_NAMED: usize = 50;

/// One scenario: loads, and sessions of every pool.
#[derive(Clone, Default)]
struct State {
    loads: Loads,
    sessions: Vec<Range>,
}

/// The loads of every link and circuit, and of every pool.
pub struct Capacity {
    carriers: Vec<Carrier>,
    pools: Vec<PoolHalf>,
    flows: Flows,
    normal: State,
    before: Before,
    /// By carrier; `None`: it wasn't there, or nothing was.
    before_loads: Vec<Option<Load>>,
    before_lost: Load,
    /// With each failure its state, in the order of the list.
    failures: Vec<(Failure, Rc<State>)>,
}

impl std::fmt::Debug for Capacity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Capacity").field("carriers", &self.carriers.len()).finish_non_exhaustive()
    }
}

impl Capacity {
    /// Works it out, in steps, from the failures of the same world, and from what was before where that is known.
    pub async fn new(world: &World, failures: &Failures, before: Option<&World>, pace: &Pace) -> Self {
        let plan = world.ground.plan();
        let carriers = carriers(plan);
        let pools = pools(plan, world.ground.pool_addresses());
        let state = |told: &[Told]| State {
            loads: loads(&plan.flows, &carriers, told),
            sessions: sessions(&plan.flows, &pools, told),
        };
        let normal = state(failures.state(0));
        let mut known: Vec<Option<Rc<State>>> = Vec::new();
        let mut each = Vec::with_capacity(failures.len());
        for (index, (failure, number)) in failures.states().enumerate() {
            pace.at(Phase::Studying, index as u64, failures.len() as u64);
            if known.len() <= number {
                known.resize(number + 1, None);
            }
            let entry = known.get_mut(number);
            let own = match entry {
                Some(Some(own)) => Rc::clone(own),
                other => {
                    let own = Rc::new(state(failures.state(number)));
                    if let Some(entry) = other {
                        *entry = Some(Rc::clone(&own));
                    }
                    pace.work(16 + (plan.flows.len() * carriers.len()) as u64 / 8).await;
                    own
                }
            };
            each.push((failure.clone(), own));
        }
        let was = was(world, failures, before, pace).await;
        let before_loads = carriers.iter().map(|carrier| was.load_of(&carrier.part)).collect();
        Self {
            flows: flows(&plan.flows, failures.state(0)),
            carriers,
            pools,
            normal,
            before: was.what,
            before_loads,
            before_lost: was.loads.lost,
            failures: each,
        }
    }
}

/// What there was before.
struct Was {
    what: Before,
    carriers: Vec<Carrier>,
    loads: Loads,
}

impl Was {
    fn load_of(&self, part: &Part) -> Option<Load> {
        let index = self.carriers.iter().position(|carrier| carrier.part == *part)?;
        self.loads.each.get(index).copied()
    }
}

async fn was(world: &World, failures: &Failures, before: Option<&World>, pace: &Pace) -> Was {
    if let Some(before) = before {
        let plan = before.ground.plan();
        let carriers = carriers(plan);
        let loads = loads(&plan.flows, &carriers, &told_of(before, pace).await);
        return Was { what: Before::Baseline, carriers, loads };
    }
    let plan = world.ground.plan();
    let mut scenario = world.scenario.clone();
    let express_route = |plan: &Plan| -> ExitSet {
        let over = plan.exits.iter().enumerate().filter(|(_, exit)| is_express_route(exit));
        over.map(|(index, _)| index).collect()
    };
    if express_route(plan).is_empty() {
        return Was { what: Before::Nothing, carriers: Vec::new(), loads: Loads::default() };
    }
    scenario.down.extend(plan.circuits.iter().map(|circuit| Part::Circuit(circuit.id.clone())));
    // Also a link whose circuit the plan doesn't have.
    let links = plan.exits.iter().filter(|exit| is_express_route(exit));
    scenario.down.extend(links.map(|exit| Part::Exit(exit.id.clone())));
    let carriers = carriers(plan);
    let loads = loads(&plan.flows, &carriers, &failures.told_in(&scenario));
    Was { what: Before::WithoutExpressRoute, carriers, loads }
}

fn flows(flows: &[Flow], told: &[Told]) -> Flows {
    let mut sum = Flows::default();
    for (flow, _) in flows.iter().zip(told).filter(|(_, told)| told.verdict.is_some()) {
        let kbps = |rate: Option<crate::plan::Mbps>| rate.map_or(0, |rate| u64::from(rate.kbps));
        sum.out_kbps += kbps(flow.mbps_out);
        sum.in_kbps += kbps(flow.mbps_in);
        if flow.mbps_out.is_none() && flow.mbps_in.is_none() {
            sum.without_rate += 1;
            if sum.named_without_rate.len() < MAX_NAMED {
                sum.named_without_rate.push(flow.id.clone());
            }
        }
        sum.without_sessions += u32::from(flow.sessions.is_none());
    }
    sum
}
