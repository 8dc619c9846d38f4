//! Failures: every flow under each thing that may fail.
//!
//! Every link, circuit, device and site down alone; maintenance of each link of a circuit; half failures; links and
//! circuits in pairs. The flows are cut once into pieces that no scenario cuts further ([`crate::journey`]), so a
//! failure costs no more than asking what became of each piece. Failures that leave the same standing are worked out
//! once, and listed each.
//!
//! Limits: at most [`MAX_FAILURES`] failures, fewer where the flows are many ([`MAX_ANSWERS`]); what is left out is
//! counted by kind, pairs first. More than two failures at once are a scenario that one supposes by hand. Private
//! peering isn't analysed.

mod cell;
mod detail;
mod failure;
mod notice;
mod sums;
mod view;

pub use cell::Outcome;
pub(crate) use cell::Told;
pub use detail::{Detail, Move};
pub use failure::{Failure, Kind, MaintenanceStage};
pub use notice::Notice;
pub(crate) use notice::milliseconds;
pub use sums::{FailureSum, FlowSum, Rates};
pub use view::{Asked, Column, Line, View, Window};

use crate::journey::{Catalogue, Judge, Judged, Mover, Outlook, World};
use crate::pace::{Pace, Phase};
use crate::routing::{Scenario, Up};
use cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

/// At most so many failures are worked out.
pub const MAX_FAILURES: usize = 1_000;
/// Failures times flows: at most so many answers are worked out, so with more than 300 flows fewer failures are.
pub const MAX_ANSWERS: usize = 300_000;

/// Every flow under every failure.
pub struct Failures {
    catalogue: Catalogue,
    judged: Vec<Judged>,
    /// The normal world's scenario: what it supposes stays so in each failure.
    normal: Scenario,
    /// Each different standing of all exits, and what becomes of every flow there. The first is the normal one.
    states: Vec<(Outlook, Vec<Told>)>,
    /// In the order of the list.
    failures: Vec<Worked>,
    /// From one state to another: a cell a flow.
    steps: Vec<Rc<Vec<Cell>>>,
    /// The failures' numbers, worst first.
    order: Vec<usize>,
    /// The flows' sums, in the plan's order.
    flows: Vec<FlowSum>,
    /// The flows' numbers, worst first.
    flow_order: Vec<usize>,
    left_out: Vec<(Kind, u32)>,
}

/// A failure worked out.
struct Worked {
    failure: Failure,
    /// The states before and after, by their numbers.
    before: usize,
    after: usize,
    step: usize,
    sum: FailureSum,
}

impl std::fmt::Debug for Failures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Failures").field("failures", &self.failures.len()).finish_non_exhaustive()
    }
}

impl Failures {
    /// Works it out, in steps. What the world's scenario supposes stays so in each failure.
    pub async fn new(world: &World, pace: &Pace) -> Self {
        let ground = Rc::clone(&world.ground);
        let normal = world.scenario.clone();
        let plan = ground.plan();
        let (list, left_out) = failure::failures(plan, &normal);
        let catalogue = Catalogue::new(Rc::clone(&ground), normal.other_return_model, pace).await;
        let mut states = States { judge: Judge::new(&catalogue), states: Vec::new(), known: HashMap::new() };
        let mut numbers = Vec::with_capacity(list.len());
        states.number(&catalogue, &normal);
        for (index, failure) in list.iter().enumerate() {
            let before = states.number(&catalogue, &failure.before(&normal));
            let after = states.number(&catalogue, &failure.scenario(&normal));
            numbers.push((before, after));
            pace.at(Phase::Studying, (list.len() + 2 * index) as u64, 3 * list.len() as u64);
            pace.work(64 + 16 * catalogue.flows.len() as u64).await;
        }
        let (judged, states) = (states.judge.judged, states.states);
        let mut steps: Vec<Rc<Vec<Cell>>> = Vec::new();
        let mut known: HashMap<(usize, usize), usize> = HashMap::new();
        let mut worked = Vec::with_capacity(list.len());
        let mut mover = Mover::new(&catalogue, &judged);
        for (failure, (before, after)) in list.into_iter().zip(numbers) {
            let step = match known.get(&(before, after)) {
                Some(step) => *step,
                None => {
                    steps.push(Rc::new(cells(&mut mover, &catalogue, states.get(before), states.get(after))));
                    known.insert((before, after), steps.len() - 1);
                    pace.work(64 + 16 * catalogue.flows.len() as u64).await;
                    steps.len() - 1
                }
            };
            let sum = FailureSum::new(plan, steps.get(step).map(|cells| cells.as_slice()).unwrap_or_default());
            worked.push(Worked { failure, before, after, step, sum });
        }
        drop(mover);
        let order = sums::worst_first(&worked);
        let each = worked.iter().filter_map(|worked| steps.get(worked.step)).map(|cells| cells.as_slice());
        let flows = FlowSum::all(plan, states.first().map(|(_, told)| told.as_slice()).unwrap_or_default(), each);
        let flow_order = sums::flows_worst_first(&flows);
        Self { catalogue, judged, normal, states, failures: worked, steps, order, flows, flow_order, left_out }
    }

    /// How many failures there are.
    pub fn len(&self) -> usize {
        self.failures.len()
    }

    /// Whether there are none: a plan without exits, devices and sites.
    pub fn is_empty(&self) -> bool {
        self.failures.is_empty()
    }

    /// The failures, in the plan's order, each with the number of its state in [`Self::state`].
    pub(crate) fn states(&self) -> impl Iterator<Item = (&Failure, usize)> {
        self.failures.iter().map(|worked| (&worked.failure, worked.after))
    }

    /// What becomes of every flow in a state; the normal one is 0.
    pub(crate) fn state(&self, number: usize) -> &[Told] {
        self.states.get(number).map(|(_, told)| told.as_slice()).unwrap_or_default()
    }

    /// What becomes of every flow in any scenario of the same plan and return model.
    pub(crate) fn told_in(&self, scenario: &Scenario) -> Vec<Told> {
        let mut judge = Judge::new(&self.catalogue);
        let outlook = judge.outlook(Up::new(&self.catalogue.ground.network, scenario));
        cell::told(&judge, &self.catalogue, &outlook)
    }
}

/// What becomes of every flow of a world, without failures.
pub(crate) async fn told_of(world: &World, pace: &Pace) -> Vec<Told> {
    let catalogue = Catalogue::new(Rc::clone(&world.ground), world.scenario.other_return_model, pace).await;
    let mut judge = Judge::new(&catalogue);
    let outlook = judge.outlook(Up::new(&catalogue.ground.network, &world.scenario));
    cell::told(&judge, &catalogue, &outlook)
}

fn cells(
    mover: &mut Mover<'_>,
    catalogue: &Catalogue,
    before: Option<&(Outlook, Vec<Told>)>,
    after: Option<&(Outlook, Vec<Told>)>,
) -> Vec<Cell> {
    let (Some((before, told_before)), Some((after, told_after))) = (before, after) else { return Vec::new() };
    let told = told_before.iter().zip(told_after).enumerate();
    told.map(|(flow, (old, new))| cell::cell(mover, catalogue, flow, (before, old), (after, new))).collect()
}

/// Each different standing once.
struct States<'a> {
    judge: Judge<'a>,
    states: Vec<(Outlook, Vec<Told>)>,
    /// Only asked, never walked.
    known: HashMap<crate::routing::UpKey, usize>,
}

impl States<'_> {
    fn number(&mut self, catalogue: &Catalogue, scenario: &Scenario) -> usize {
        let up = Up::new(&catalogue.ground.network, scenario);
        let key = up.key();
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let outlook = self.judge.outlook(up);
        let told = cell::told(&self.judge, catalogue, &outlook);
        self.states.push((outlook, told));
        self.known.insert(key, self.states.len() - 1);
        self.states.len() - 1
    }
}
