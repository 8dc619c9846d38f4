//! The studies of a solved plan behind the door: each worked out once, when it is first asked for.

use super::cutover::{self, Cutover, Tables};
use super::solved::Solved;
use crate::advice::fix::Fixes;
use crate::advice::{self, Advice, Severity};
use crate::pace::Pace;
use crate::plan::Plan;
use crate::routing::Readings;
use crate::study::capacity::{self, Capacity};
use crate::study::coverage::{self, Coverage};
use crate::study::difference::{self, Difference};
use crate::study::failures::{self, Failures};
use crate::study::map;
use crate::study::rollout::{self, Rollout};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::rc::Rc;
use std::sync::Arc;

/// A study, and what of it is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// What becomes of every address.
    Coverage(coverage::View),
    /// A map of a block of addresses.
    Map(map::View),
    /// Every flow under every failure.
    Failures(failures::View),
    /// Loads against bandwidths, sessions against ports.
    Capacity(capacity::View),
    /// What changed since the baseline.
    Difference(difference::View),
    /// What the rulebook finds.
    Advice(advice::View),
    /// The way from the baseline to the plan.
    Rollout(rollout::View),
    /// The plan beside reality, and what to trace.
    Cutover(cutover::View),
}

/// What is shown of a study.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Of the coverage.
    Coverage(Box<coverage::Window>),
    /// Of the map.
    Map(Box<map::Window>),
    /// Of the failures.
    Failures(Box<failures::Window>),
    /// Of the capacity.
    Capacity(Box<capacity::Window>),
    /// Of the difference; absent: there is no baseline.
    Difference(Option<Box<difference::Window>>),
    /// Of the advice.
    Advice(Box<advice::Window>),
    /// Of the rollout; absent: there is no baseline.
    Rollout(Option<Box<rollout::Window>>),
    /// Of the cut-over.
    Cutover(Box<cutover::Window>),
}

/// What was worked out of one solved plan so far. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Studies {
    coverage: Option<Rc<Coverage>>,
    failures: Option<Rc<Failures>>,
    capacity: Option<Rc<Capacity>>,
    difference: Option<Rc<Difference>>,
    /// What the map compares with.
    before: Option<Rc<map::Before>>,
    advice: Option<Rc<Advice>>,
    rollout: Option<Rc<Rollout>>,
    cutover: Option<Rc<Cutover>>,
    fixes: Option<Rc<Fixes>>,
    /// The fix tried last.
    tried: Option<(u32, Rc<Difference>)>,
}

/// The plan that differences are taken against.
#[derive(Clone, Default)]
pub(super) struct Baseline {
    plan: Option<Arc<Plan>>,
    /// Its readings, so that solving it again under another scenario reads nothing.
    readings: Readings,
}

impl Baseline {
    /// A plan, or none.
    pub(super) fn new(plan: Option<Plan>) -> Self {
        Self { plan: plan.map(Arc::new), readings: Readings::default() }
    }

    /// The baseline in the same scenario as a solved plan; `None` where there is no baseline.
    pub(super) async fn solved(&self, like: &Solved, pace: &Pace) -> Option<Solved> {
        let plan = self.plan.clone()?;
        let mut scenario = like.scenario().clone();
        scenario.keep_parts_of(&plan);
        Some(Solved::in_steps(plan, self.readings.clone(), scenario, false, pace.clone()).await)
    }
}

impl Studies {
    /// The answer, where the study is worked out already. `tried`: what it needs was worked out, so that a pinned plan
    /// that isn't there isn't waited for.
    pub(super) fn answer(&self, solved: &Solved, question: &Question, tried: bool) -> Option<Answer> {
        Some(match question {
            Question::Coverage(view) => {
                Answer::Coverage(Box::new(self.coverage.as_ref()?.window(solved.world(), view.clone())))
            }
            Question::Map(view) => {
                if view.compare && self.before.is_none() && !tried {
                    return None;
                }
                Answer::Map(Box::new(map::window(self.coverage.as_ref()?, self.before.as_deref(), view.clone())))
            }
            Question::Failures(view) => Answer::Failures(Box::new(self.failures.as_ref()?.window(view.clone()))),
            Question::Capacity(view) => Answer::Capacity(Box::new(self.capacity.as_ref()?.window(view.clone()))),
            Question::Difference(view) => {
                Answer::Difference(Some(Box::new(self.difference.as_ref()?.window(view.clone()))))
            }
            Question::Advice(view) => {
                let mut window = self.advice.as_ref()?.window(view.clone());
                if view.fixes {
                    let fixes = self.fixes.as_ref()?;
                    window.fixes = Some(Fixes::clone(fixes));
                    // A number that no proposal has is passed over.
                    if let Some(number) = view.preview.filter(|number| fixes.proposal(*number).is_some()) {
                        let tried = self.tried.as_ref().filter(|(own, _)| *own == number);
                        let flows = difference::View { show: difference::Show::Flows, ..Default::default() };
                        window.preview = Some(tried?.1.window(flows));
                    }
                }
                Answer::Advice(Box::new(window))
            }
            Question::Rollout(view) => {
                Answer::Rollout(Some(Box::new(self.rollout.as_ref()?.window(view.clone()))))
            }
            Question::Cutover(view) => Answer::Cutover(Box::new(self.cutover.as_ref()?.window(solved, view)?)),
        })
    }

    /// Works out what a question needs, in steps; with it what was there before.
    pub(super) async fn with(
        mut self,
        solved: Rc<Solved>,
        baseline: Baseline,
        question: Question,
        tables: Tables,
        pace: Pace,
    ) -> Self {
        let world = solved.world();
        match question {
            Question::Coverage(_) => self.coverage(&solved, &pace).await,
            Question::Map(view) => {
                self.coverage(&solved, &pace).await;
                if view.compare
                    && self.before.is_none()
                    && let Some(before) = baseline.solved(&solved, &pace).await
                {
                    self.before = Some(Rc::new(map::Before::new(before.world(), &pace).await));
                }
            }
            Question::Failures(_) => {
                self.failures(&solved, &pace).await;
            }
            Question::Capacity(_) => {
                let failures = self.failures(&solved, &pace).await;
                let before = baseline.solved(&solved, &pace).await;
                let before = before.as_ref().map(Solved::world);
                self.capacity = Some(Rc::new(Capacity::new(world, &failures, before, &pace).await));
            }
            Question::Difference(_) => {
                if let Some(before) = baseline.solved(&solved, &pace).await {
                    self.difference = Some(Rc::new(Difference::new(before.world(), world, &pace).await));
                }
            }
            Question::Advice(view) => {
                // Where fixes are looked for, that is what takes long.
                let early = if view.fixes { pace.quiet() } else { pace.clone() };
                let failures = self.failures(&solved, &early).await;
                let advice = match self.advice.take() {
                    Some(advice) => advice,
                    None => {
                        // What was before is no matter of a rule, so the baseline isn't asked.
                        let capacity = Capacity::new(world, &failures, None, &early).await;
                        Rc::new(Advice::new(world, &solved.rows, &failures, &capacity, &early).await)
                    }
                };
                self.advice = Some(Rc::clone(&advice));
                if view.fixes {
                    self.fixes(&solved, &failures, &advice, view.preview, &pace).await;
                }
            }
            Question::Cutover(view) => {
                let Tables { texts, readings } = tables;
                self.cutover = Some(Rc::new(Cutover::new(&solved, &view, texts, &readings, &pace).await));
            }
            Question::Rollout(_) => {
                if let Some(before) = &baseline.plan {
                    self.rollout = Some(Rc::new(Rollout::new(before, world, &pace).await));
                }
            }
        }
        self
    }

    /// The answer to a question that needs a baseline where there is none.
    pub(super) fn without_baseline(question: &Question) -> Answer {
        match question {
            Question::Rollout(_) => Answer::Rollout(None),
            _ => Answer::Difference(None),
        }
    }

    /// How many findings of each severity there are and how many are accepted, where the rulebook was asked.
    pub(super) fn findings(&self) -> Option<(Vec<(Severity, u32)>, u32)> {
        let advice = self.advice.as_ref()?;
        let open = advice.counts();
        let sum: u32 = open.iter().map(|(_, count)| count).sum();
        Some((open, advice.findings.len() as u32 - sum))
    }

    /// Looks for fixes, and tries the one of this number.
    async fn fixes(
        &mut self,
        solved: &Solved,
        failures: &Failures,
        advice: &Advice,
        preview: Option<u32>,
        pace: &Pace,
    ) {
        let fixes = match self.fixes.take() {
            Some(fixes) => fixes,
            None => Rc::new(Fixes::new(solved.world(), &solved.rows, failures, advice, pace).await),
        };
        self.fixes = Some(Rc::clone(&fixes));
        let Some((number, proposal)) = preview.and_then(|number| Some((number, fixes.proposal(number)?))) else {
            return;
        };
        let plan = Arc::new(proposal.apply(solved.plan()));
        let scenario = solved.scenario().clone();
        let after = Solved::in_steps(plan, Readings::default(), scenario, false, pace.quiet()).await;
        let difference = Difference::new(solved.world(), after.world(), pace).await;
        self.tried = Some((number, Rc::new(difference)));
    }

    /// Drops what was worked out from a baseline that is none any more.
    pub(super) fn forget_baseline(&mut self) {
        self.difference = None;
        self.before = None;
        self.capacity = None;
        self.rollout = None;
    }

    async fn coverage(&mut self, solved: &Solved, pace: &Pace) {
        if self.coverage.is_none() {
            self.coverage = Some(Rc::new(Coverage::new(solved.world(), pace).await));
        }
    }

    async fn failures(&mut self, solved: &Solved, pace: &Pace) -> Rc<Failures> {
        if let Some(failures) = &self.failures {
            return Rc::clone(failures);
        }
        let failures = Rc::new(Failures::new(solved.world(), pace).await);
        self.failures = Some(Rc::clone(&failures));
        failures
    }
}
