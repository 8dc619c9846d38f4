//! Rollout: the way from today's plan to another, step by step.
//!
//! Two plans differ in pieces of the document; each is a [`Step`], known by its key. A plan may keep an order of
//! them; what it doesn't name comes where such things are usually done. Every state between is solved like any plan:
//! which flows break in it, until which step, which sessions begin anew, and what going back would do. A flow breaks
//! where more of its addresses fail, or aren't settled, than today and than in the end: what a plan makes worse for good
//! is told apart. Comparing shares, addresses that fail in the place of others aren't seen.

mod derive;
mod fare;
mod lines;
mod plans;
mod search;
mod slots;
mod solve;
mod step;
mod view;

pub use fare::Broken;
pub use plans::MAX_STEPS;
pub use search::MAX_STATES;
pub use step::{Does, Field, MAX_TEXTS, Step, Value, What};
pub use view::{Few, Shown, View, Window};

use crate::journey::{Sessions, World, sessions};
use crate::pace::{Pace, Phase};
use crate::plan::{Id, Plan};
use crate::routing::Readings;
use crate::space::Share;
use borsh::{BorshDeserialize, BorshSerialize};
use fare::breaks;
use plans::{Bits, Plans};
use schemars::JsonSchema;
use search::Cost;
use serde::Serialize;
use solve::Solver;
use std::rc::Rc;
use std::sync::Arc;

/// Steps by their indexes, in the order that they are done in.
type Order = Vec<usize>;

/// A flow of which sessions end at a step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Reset {
    /// The flow.
    pub flow: Id,
    /// Why they end: the worst of the reasons.
    pub sessions: Sessions,
    /// The share of the flow's addresses whose sessions end, in the worse family; of addresses, not of traffic.
    pub share: Share,
}

/// How long a step takes to have its effect.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effective {
    /// It is done on a device of ours.
    Here,
    /// Microsoft does it, or validates it first.
    ByMicrosoft,
    /// BGP carries it; a plan doesn't know how fast.
    ByBgp,
    /// An exit's session ends. Shut down in order that is seen at once; a link that is just pulled is noticed after so
    /// long.
    After {
        /// At most so many milliseconds.
        milliseconds: u64,
        /// Whether BFD notices; otherwise it is the hold time.
        bfd: bool,
    },
}

/// A step, and the state after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stage {
    /// The step.
    pub step: Step,
    /// How long it takes to have its effect.
    pub effective: Effective,
    /// Flows that break at this step, in the plan's order.
    pub breaks: Vec<Broken>,
    /// Flows that broke before and still fare worse than today and in the end.
    pub still: Vec<Id>,
    /// Flows that fare better than before this step.
    pub mends: Vec<Id>,
    /// Flows that fare worse than today from this step on, and no better in the end.
    pub for_good: Vec<Id>,
    /// Flows of which sessions end at this step.
    pub resets: Vec<Reset>,
    /// Flows of which sessions end when it is taken back.
    pub back: Vec<Reset>,
}

/// How an order does.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Score {
    /// Flows that fail, summed over the states between,
    pub broken: u32,
    /// and flows that aren't settled.
    pub unsettled: u32,
}

/// An order in which less breaks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Better {
    /// The keys of the steps in that order: what a plan keeps.
    pub order: Vec<String>,
    /// The places of the steps in the order that was judged, from 0.
    pub places: Vec<u32>,
    /// How it does.
    pub score: Score,
}

/// The way from one plan to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rollout {
    /// The steps in their order, each with the state after it.
    pub stages: Vec<Stage>,
    /// How this order does.
    pub score: Score,
    /// A better one, where one was found.
    pub better: Option<Better>,
    /// Whether no order is better than the one offered, or where none is offered than this one: all were weighed.
    /// Otherwise there were too many, and they were looked through step by step.
    pub proved: bool,
    /// How many states were solved.
    pub solved: u32,
}

impl Rollout {
    /// Works it out, in steps: from a plan to the world's, in its scenario, in the order that the world's plan keeps.
    pub async fn new(before: &Arc<Plan>, after: &World, pace: &Pace) -> Self {
        let target = Arc::clone(&after.ground.network.plan);
        let plans = Plans::new(Arc::clone(before), target);
        let order = ordered(&plans.steps, &after.plan().rollout);
        let readings = Readings::of(after.plan(), &after.ground.network.lists);
        let mut solver = Solver::new(&plans, &after.scenario, readings);
        let stages = stages(&mut solver, &order, pace).await;
        let cost = search::cost_of(&mut solver, &order, pace).await;
        let score = |cost: Cost| Score { broken: cost.broken, unsettled: cost.unsettled };
        let (mut better, mut proved) = (None, true);
        if score(cost) != Score::default() {
            let found = search::best(&mut solver, &order, pace).await;
            proved = found.as_ref().is_some_and(|found| found.proved);
            better = found.filter(|found| found.cost.is_better_than(cost)).map(|found| Better {
                order: found
                    .order
                    .iter()
                    .filter_map(|step| plans.steps.get(*step))
                    .map(|own| own.key.clone())
                    .collect(),
                places: found.order.iter().filter_map(|step| place(&order, *step)).collect(),
                score: score(found.cost),
            });
        }
        Self { stages, score: score(cost), better, proved, solved: solver.solved }
    }

    /// The keys of the steps in their order.
    pub fn order(&self) -> Vec<String> {
        self.stages.iter().map(|stage| stage.step.key.clone()).collect()
    }
}

fn place(order: &Order, step: usize) -> Option<u32> {
    order.iter().position(|own| *own == step).map(|place| place as u32)
}

/// The plans between two in their order, each with the key of the step before it: the first is today's network, the
/// last the plan after.
pub fn states(before: &Arc<Plan>, after: &Arc<Plan>) -> Vec<(Option<String>, Plan)> {
    let plans = Plans::new(Arc::clone(before), Arc::clone(after));
    let mut done = Bits::default();
    let mut all = vec![(None, plans.plan(done))];
    for step in ordered(&plans.steps, &after.rollout) {
        done = done.with(step);
        all.push((plans.steps.get(step).map(|own| own.key.clone()), plans.plan(done)));
    }
    all
}

/// The order that a plan keeps. A step that it doesn't name comes behind the one that usually goes before it.
fn ordered(steps: &[Step], kept: &[String]) -> Order {
    let named = |step: &Step| kept.iter().position(|key| *key == step.key);
    let mut order: Order =
        (0..steps.len()).filter(|index| steps.get(*index).is_some_and(|own| named(own).is_some())).collect();
    crate::sort::by_key(&mut order, |index| steps.get(*index).and_then(named));
    for index in 0..steps.len() {
        if steps.get(index).is_some_and(|step| named(step).is_none()) {
            let before = index.checked_sub(1).and_then(|last| order.iter().position(|own| *own == last));
            order.insert(before.map_or(0, |place| place + 1), index);
        }
    }
    order
}

async fn stages(solver: &mut Solver<'_>, order: &Order, pace: &Pace) -> Vec<Stage> {
    let mut sets = vec![Bits::default()];
    for step in order {
        sets.push(sets.last().copied().unwrap_or_default().with(*step));
    }
    let mut now: Option<World> = None;
    let mut fares = Vec::new();
    let mut ends = Vec::new();
    for (index, done) in sets.iter().enumerate() {
        pace.at(Phase::Studying, index as u64 * 300, sets.len() as u64 * 1000);
        let world = solver.world(*done, pace).await;
        fares.push(solver.judge(*done, &world, pace).await);
        if let Some(last) = now.replace(world)
            && let Some(world) = &now
        {
            let (mut forth, mut back) = (Vec::new(), Vec::new());
            for flow in &world.plan().flows {
                forth.extend(reset(&last, world, flow));
                back.extend(reset(world, &last, flow));
                pace.work(256).await;
            }
            ends.push((forth, back));
        }
    }
    let (Some(today), Some(end)) = (fares.first().map(Rc::clone), fares.last().map(Rc::clone)) else {
        return Vec::new();
    };
    let Some(world) = &now else { return Vec::new() };
    let mut stages = Vec::new();
    for (index, ((step, pair), (resets, back))) in order.iter().zip(fares.windows(2)).zip(ends).enumerate() {
        let (Some(step), [before, after]) = (solver.plans.steps.get(*step), pair) else { continue };
        let effective = effective(&step.what, solver.plans.before());
        let mut stage = Stage {
            step: step.clone(),
            effective,
            breaks: Vec::new(),
            still: Vec::new(),
            mends: Vec::new(),
            for_good: Vec::new(),
            resets,
            back,
        };
        let flows =
            world.plan().flows.iter().zip(today.iter()).zip(end.iter()).zip(before.iter()).zip(after.iter());
        for (flow, ((((own, today), end), was), is)) in flows.enumerate() {
            let broken = |fare: &fare::Fare| breaks(fare, today, end);
            if broken(is) && broken(was) {
                stage.still.push(own.id.clone());
            } else if broken(is) {
                let later =
                    fares.iter().skip(index + 2).position(|fares| fares.get(flow).is_none_or(|own| !broken(own)));
                let until = later.map_or(order.len(), |later| index + 1 + later);
                stage.breaks.push(Broken::new(&own.id, is, until));
            } else if is.is_worse_than(today) && !was.is_worse_than(today) {
                stage.for_good.push(own.id.clone());
            }
            if was.is_worse_than(is) && !is.is_worse_than(was) {
                stage.mends.push(own.id.clone());
            }
        }
        stages.push(stage);
    }
    stages
}

/// What of a flow's sessions ends from one world to the next.
fn reset(before: &World, after: &World, flow: &crate::plan::Flow) -> Option<Reset> {
    let mut worst: Option<Sessions> = None;
    let mut most = Share::ZERO;
    for (_, outcome) in sessions(before, after, flow) {
        let ends = |sessions: &Sessions| sessions.reset() || *sessions == Sessions::Lost;
        let mut sum = Share::ZERO;
        for (sessions, share) in outcome.into_iter().filter(|(sessions, _)| ends(sessions)) {
            worst = Some(worst.map_or(sessions, |known| known.min(sessions)));
            sum += share;
        }
        most = most.max(sum);
    }
    worst.map(|sessions| Reset { flow: flow.id.clone(), sessions, share: most })
}

fn effective(what: &What, before: &Plan) -> Effective {
    match what {
        What::LinkDown(id) => {
            let exit = before.exits.iter().find(|exit| exit.id == *id);
            let (milliseconds, bfd) = exit.map_or((0, false), |exit| {
                (crate::study::failures::milliseconds(exit), exit.detection.bfd.is_some())
            });
            Effective::After { milliseconds, bfd }
        }
        What::Circuit(_)
        | What::Peering(..)
        | What::Admit(..)
        | What::Unadmit(..)
        | What::Filter(..)
        | What::Unfilter(..) => Effective::ByMicrosoft,
        What::LinkUp(_)
        | What::Provider(_)
        | What::Advertise(_)
        | What::Readvertise(_)
        | What::Withdraw(_)
        | What::Learned(_)
        | What::Source(_)
        | What::PolicyOut { .. } => Effective::ByBgp,
        What::Inside(_)
        | What::Costs(_)
        | What::Pool(_)
        | What::Path(_)
        | What::Detection(_)
        | What::Rule { .. }
        | What::Device(_)
        | What::Published(_)
        | What::Service(_)
        | What::PolicyIn { .. }
        | What::Preference(_)
        | What::Settings
        | What::Rest(_) => Effective::Here,
    }
}
