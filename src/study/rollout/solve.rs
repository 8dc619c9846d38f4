//! Solving the states between two plans.

use super::fare::{Fare, breaks};
use super::plans::{Bits, Plans};
use crate::journey::{Ground, World};
use crate::pace::Pace;
use crate::routing::{Network, Readings, Scenario};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Solving is paid for by routes: so many may be decided while other orders are tried.
const ROUTES_TRIED: usize = 50_000_000;

/// The states between two plans, each solved once.
pub(super) struct Solver<'a> {
    pub(super) plans: &'a Plans,
    scenario: &'a Scenario,
    readings: Readings,
    /// How the flows of the plan after fare in each state that was solved. Only asked, never walked.
    fares: HashMap<Bits, Rc<[Fare]>>,
    /// How many routes may still be decided.
    room: usize,
    /// Routes of the largest state so far.
    routes: usize,
    /// How many states were solved.
    pub(super) solved: u32,
}

impl<'a> Solver<'a> {
    pub(super) fn new(plans: &'a Plans, scenario: &'a Scenario, readings: Readings) -> Self {
        Self { plans, scenario, readings, fares: HashMap::new(), room: ROUTES_TRIED, routes: 1, solved: 0 }
    }

    /// Solves a state.
    pub(super) async fn world(&mut self, done: Bits, pace: &Pace) -> World {
        let plan = Arc::new(self.plans.plan(done));
        let lists = self.readings.read_and_keep(&plan, pace).await;
        let mut scenario = self.scenario.clone();
        scenario.keep_parts_of(&plan);
        let network = Network::new(plan, lists, pace).await;
        let routes = network.routes.v4.len() + network.routes.v6.len();
        self.routes = self.routes.max(routes);
        self.solved += 1;
        World::new(Rc::new(Ground::new(network)), scenario, pace).await
    }

    /// Remembers how flows fare in a state.
    pub(super) async fn judge(&mut self, done: Bits, world: &World, pace: &Pace) -> Rc<[Fare]> {
        let mut fares = Vec::with_capacity(world.plan().flows.len());
        for flow in &world.plan().flows {
            let row = world.row(flow);
            fares.push(Fare::of(&row));
            pace.work(64 + 64 * row.parts.len() as u64).await;
        }
        let fares: Rc<[Fare]> = fares.into();
        self.fares.insert(done, Rc::clone(&fares));
        fares
    }

    /// How flows fare in a state.
    pub(super) async fn fares(&mut self, done: Bits, pace: &Pace) -> Rc<[Fare]> {
        if let Some(known) = self.fares.get(&done) {
            return Rc::clone(known);
        }
        self.room = self.room.saturating_sub(self.routes);
        let world = self.world(done, pace).await;
        self.judge(done, &world, pace).await
    }

    /// Whether a state is known, or there is room to solve it.
    pub(super) fn may_solve(&self, done: Bits) -> bool {
        self.room > 0 || self.fares.contains_key(&done)
    }

    /// How many flows fail in a state that don't fail as much today and in the end, and how many aren't settled.
    pub(super) async fn harm(&mut self, done: Bits, pace: &Pace) -> (u32, u32) {
        let today = self.fares(Bits::default(), pace).await;
        let end = self.fares(self.plans.all(), pace).await;
        let now = self.fares(done, pace).await;
        let mut harm = (0, 0);
        for ((now, today), end) in now.iter().zip(today.iter()).zip(end.iter()) {
            if breaks(now, today, end) {
                if now.fails_more_than(today, end) { harm.0 += 1 } else { harm.1 += 1 }
            }
        }
        harm
    }
}
