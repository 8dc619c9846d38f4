//! Trying changes on the engine.

use super::{Change, changed};
use crate::advice::{Advice, Code, Finding, Severity, rules};
use crate::journey::{Ground, Row, Standing, Verdict, World};
use crate::pace::Pace;
use crate::plan::{Id, PartKind};
use crate::routing::{Network, Readings};
use crate::study::capacity::Capacity;
use crate::study::failures::{Failure, Failures, Kind};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::rc::Rc;
use std::sync::Arc;

/// At most so many flows under failures are named.
pub const MAX_NAMED: usize = 20;

/// What changes do to a plan.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Effect {
    /// Flows that fare better while all is up.
    pub mends: Vec<Id>,
    /// Flows that fare worse then.
    pub worsens: Vec<Id>,
    /// Flows that fare alike, and go or come back another way.
    pub moves: Vec<Id>,
    /// Over all single failures and flows how many fare better,
    pub failures_mended: u32,
    /// and how many worse.
    pub failures_worse: u32,
    /// Those, the first of them.
    pub worse_in: Vec<(Failure, Id)>,
    /// Findings of rules with a fix that go away, each a code with the parts it is about.
    pub findings_gone: Vec<(Code, Vec<(PartKind, Id)>)>,
    /// Findings that weren't there before.
    pub findings_new: Vec<(Code, Vec<(PartKind, Id)>)>,
}

impl Effect {
    /// Whether a flow is mended; or a finding, at no flow's cost, and not for an error in its place.
    pub(super) fn is_worth_showing(&self) -> bool {
        let is_error =
            |code: Code| rules().iter().any(|rule| rule.code == code && rule.severity == Severity::Error);
        let at_no_cost = self.worsens.is_empty() && !self.findings_new.iter().any(|(code, _)| is_error(*code));
        !self.mends.is_empty() || !self.findings_gone.is_empty() && at_no_cost
    }
}

/// A plan solved, to try changes on.
pub(super) struct Trial<'a> {
    pub(super) world: &'a World,
    pub(super) rows: &'a [Row],
    pub(super) failures: &'a Failures,
    pub(super) advice: &'a Advice,
    pub(super) readings: Readings,
    pub(super) tried: u32,
}

impl Trial<'_> {
    async fn world_with(&mut self, changes: &[Change], pace: &Pace) -> World {
        self.tried += 1;
        let plan = Arc::new(changed(self.world.plan(), changes));
        let lists = self.readings.read(&plan, pace).await;
        let network = Network::new(plan, lists, pace).await;
        World::new(Rc::new(Ground::new(network)), self.world.scenario.clone(), pace).await
    }

    /// The rows with changes.
    pub(super) async fn rows_with(&mut self, changes: &[Change], pace: &Pace) -> Vec<Row> {
        let world = self.world_with(changes, pace).await;
        rows(&world, pace).await
    }

    /// What changes do, and the flows that don't work then, each with how it ends.
    pub(super) async fn prove(&mut self, changes: &[Change], pace: &Pace) -> (Effect, Vec<(Id, Verdict)>) {
        let world = self.world_with(changes, pace).await;
        let after = rows(&world, pace).await;
        let failures = Failures::new(&world, pace).await;
        let capacity = Capacity::new(&world, &failures, None, pace).await;
        let advice = Advice::new(&world, &after, &failures, &capacity, pace).await;
        let mut effect = Effect::default();
        for (old, new) in self.rows.iter().zip(&after) {
            let list = match standing(new.verdict).cmp(&standing(old.verdict)) {
                std::cmp::Ordering::Greater => &mut effect.mends,
                std::cmp::Ordering::Less => &mut effect.worsens,
                std::cmp::Ordering::Equal if ways(old) != ways(new) => &mut effect.moves,
                std::cmp::Ordering::Equal => continue,
            };
            list.push(old.flow.clone());
        }
        // Changes add neither exits nor devices, so both have the same failures in the same order.
        let single = |(failure, _): &(&Failure, usize)| failure.kind() != Kind::Pair;
        let pairs = self.failures.states().filter(single).zip(failures.states().filter(single));
        for ((failure, before), (_, state)) in pairs {
            let told = self.failures.state(before).iter().zip(failures.state(state));
            for (flow, (old, new)) in self.world.plan().flows.iter().zip(told) {
                let (old, new) = (standing(old.verdict), standing(new.verdict));
                effect.failures_mended += u32::from(new > old);
                effect.failures_worse += u32::from(new < old);
                if new < old && effect.worse_in.len() < MAX_NAMED {
                    effect.worse_in.push((failure.clone(), flow.id.clone()));
                }
            }
        }
        let key = |finding: &Finding| (finding.code, finding.about.clone());
        let has = |all: &[Finding], one: &Finding| all.iter().any(|own| key(own) == key(one));
        let (old, new) = (&self.advice.findings, &advice.findings);
        let fixable = old.iter().filter(|own| own.fix && own.accepted.is_none());
        effect.findings_gone = fixable.filter(|own| !has(new, own)).map(key).collect();
        effect.findings_new = new.iter().filter(|own| !has(old, own)).map(key).collect();
        let fails = |row: &Row| row.verdict.filter(|verdict| verdict.standing() != Standing::Works);
        let still = after.iter().filter_map(|row| Some((row.flow.clone(), fails(row)?))).collect();
        (effect, still)
    }
}

async fn rows(world: &World, pace: &Pace) -> Vec<Row> {
    let mut rows = Vec::new();
    for flow in &world.plan().flows {
        rows.push(world.row(flow));
        pace.work(64).await;
    }
    rows
}

/// Better is greater; a flow without addresses is alike to itself only.
fn standing(verdict: Option<Verdict>) -> Option<Standing> {
    verdict.map(Verdict::standing)
}

/// The ways of a row, part by part.
fn ways(row: &Row) -> Vec<(&[Id], &[Id])> {
    row.parts.iter().map(|part| (part.out.as_slice(), part.back.as_slice())).collect()
}
