//! The order in which least breaks.
//!
//! A state between is known by the steps done, so an order is a way through the sets of steps. The ways are searched
//! the cheapest first, and a state is solved only when it is reached so; what is found first is the best. It costs, in
//! this order: for each state the flows that fail there more than today and in the end, those that aren't settled,
//! and how many pairs of steps change places. Beyond the limits the best is looked for step by step, which may miss it.

use super::Order;
use super::plans::Bits;
use super::solve::Solver;
use crate::pace::{Pace, Phase};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// At most so many states are solved to find the best order.
pub const MAX_STATES: usize = 1_024;
/// At most so many states wait to be solved.
const MAX_WAITING: usize = 1 << 17;

/// What an order costs.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) struct Cost {
    /// Over all states between the flows that fail,
    pub(super) broken: u32,
    /// and those that aren't settled.
    pub(super) unsettled: u32,
    /// How many pairs of steps change places.
    moved: u32,
}

impl Cost {
    fn plus(self, (broken, unsettled): (u32, u32), moved: u32) -> Self {
        Self { broken: self.broken + broken, unsettled: self.unsettled + unsettled, moved: self.moved + moved }
    }

    /// Whether less breaks, or is unsettled: places alone are no reason.
    pub(super) fn is_better_than(self, other: Self) -> bool {
        (self.broken, self.unsettled) < (other.broken, other.unsettled)
    }
}

/// The order found, and whether none is better.
pub(super) struct Found {
    pub(super) order: Order,
    pub(super) cost: Cost,
    pub(super) proved: bool,
}

/// What an order costs.
pub(super) async fn cost_of(solver: &mut Solver<'_>, order: &Order, pace: &Pace) -> Cost {
    let mut cost = Cost::default();
    let mut done = Bits::default();
    for step in order.iter().take(order.len().saturating_sub(1)) {
        done = done.with(*step);
        cost = cost.plus(solver.harm(done, pace).await, 0);
    }
    cost
}

/// Looks for the best order; `None` where even the first steps can't be tried. `given` is the one that it is compared
/// with, and stays as near to as can be.
pub(super) async fn best(solver: &mut Solver<'_>, given: &Order, pace: &Pace) -> Option<Found> {
    match cheapest_first(solver, given, pace).await {
        Some((order, cost)) => Some(Found { order, cost, proved: true }),
        None => {
            let order = step_by_step(solver, given, pace).await?;
            let cost = cost_of(solver, &order, pace).await;
            Some(Found { order, cost, proved: false })
        }
    }
}

/// Dijkstra's way through the sets of steps: exact, or `None` beyond the limits.
async fn cheapest_first(solver: &mut Solver<'_>, given: &Order, pace: &Pace) -> Option<(Order, Cost)> {
    let count = given.len();
    // By place in the given order, so that a set's missing places count what is overtaken.
    let of = |places: Bits| {
        let those = given.iter().enumerate().filter(|(place, _)| places.has(*place));
        those.fold(Bits::default(), |set, (_, step)| set.with(*step))
    };
    let all = Bits::first(count);
    let mut known: HashMap<Bits, (Cost, usize)> = HashMap::new();
    let mut waiting = BinaryHeap::from([Reverse((Cost::default(), Bits::default()))]);
    let mut solved = 0;
    while let Some(Reverse((cost, places))) = waiting.pop() {
        if known.get(&places).is_some_and(|(best, _)| *best < cost) {
            continue;
        }
        if places == all {
            let mut order = Vec::with_capacity(count);
            let mut at = places;
            while let Some((_, last)) = known.get(&at).filter(|_| at != Bits::default()) {
                order.extend(given.get(*last).copied());
                at = at.without(*last);
            }
            order.reverse();
            return Some((order, cost));
        }
        let harm = if places == Bits::default() {
            (0, 0)
        } else {
            solved += 1;
            if solved > MAX_STATES || waiting.len() > MAX_WAITING || !solver.may_solve(of(places)) {
                return None;
            }
            pace.at(Phase::Studying, 300 + (solved * 600 / MAX_STATES) as u64, 1000);
            solver.harm(of(places), pace).await
        };
        for place in (0..count).filter(|place| !places.has(*place)) {
            let next = places.with(place);
            let cost = cost.plus(harm, places.missing_before(place));
            if known.get(&next).is_none_or(|(best, _)| cost < *best) {
                known.insert(next, (cost, place));
                waiting.push(Reverse((cost, next)));
            }
        }
        pace.work(16 * count as u64).await;
    }
    None
}

/// At each place the step after which least is broken; of equals the first in the given order.
async fn step_by_step(solver: &mut Solver<'_>, given: &Order, pace: &Pace) -> Option<Order> {
    let mut left: Vec<usize> = given.clone();
    let mut order = Vec::with_capacity(given.len());
    let mut done = Bits::default();
    while left.len() > 1 {
        let mut best: Option<((u32, u32), usize)> = None;
        for (place, step) in left.iter().enumerate() {
            let next = done.with(*step);
            if !solver.may_solve(next) {
                return None;
            }
            let harm = solver.harm(next, pace).await;
            if best.is_none_or(|(least, _)| harm < least) {
                best = Some((harm, place));
            }
            if harm == (0, 0) {
                break;
            }
        }
        let (_, place) = best?;
        let step = left.remove(place);
        done = done.with(step);
        order.push(step);
        pace.at(Phase::Studying, 900, 1000);
    }
    order.extend(left);
    Some(order)
}
