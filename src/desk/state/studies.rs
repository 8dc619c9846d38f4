//! The studies on the desk: which tab is open, what was asked of each study, what stands of its answer; and the plan
//! that was pinned to compare with.

use super::Desk;
use super::ask::send;
use crate::advice;
use crate::desk::action::{Effect, Storage};
use crate::desk::cutover;
use crate::desk::door::{Answer, Question, Request};
use crate::plan::Plan;
use crate::routing::Scenario;
use crate::study::{capacity, coverage, difference, failures, map, rollout};
use std::rc::Rc;

/// A tab of the answer.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Tab {
    /// The flow table.
    #[default]
    Flows,
    /// What becomes of every address.
    Coverage,
    /// The map of all addresses.
    Map,
    /// Every flow under every failure.
    Failures,
    /// Loads and bandwidths.
    Capacity,
    /// What changed since the baseline.
    Difference,
    /// What the rulebook finds.
    Advice,
    /// The way from the baseline to the plan.
    Rollout,
    /// The plan beside reality, and what to trace.
    Cutover,
}

impl Tab {
    /// All, in the order of the page.
    pub const ALL: [Self; 9] = [
        Self::Flows,
        Self::Coverage,
        Self::Map,
        Self::Failures,
        Self::Capacity,
        Self::Advice,
        Self::Difference,
        Self::Rollout,
        Self::Cutover,
    ];

    /// The tab of a question.
    pub fn of(question: &Question) -> Self {
        match question {
            Question::Coverage(_) => Self::Coverage,
            Question::Map(_) => Self::Map,
            Question::Failures(_) => Self::Failures,
            Question::Capacity(_) => Self::Capacity,
            Question::Difference(_) => Self::Difference,
            Question::Advice(_) => Self::Advice,
            Question::Rollout(_) => Self::Rollout,
            Question::Cutover(_) => Self::Cutover,
        }
    }

    /// Whether it says nothing without a pinned plan.
    pub fn needs_baseline(self) -> bool {
        matches!(self, Self::Difference | Self::Rollout)
    }

    /// Whether it compares with the pinned plan.
    pub fn compares(self) -> bool {
        matches!(self, Self::Capacity | Self::Difference | Self::Rollout)
    }
}

/// A study on the desk: what of it is asked for, and the latest answer.
#[derive(Clone, PartialEq, Debug)]
pub struct Study<View, Window> {
    /// What of it is shown, and how.
    pub view: View,
    /// The latest answer, which may be older than the plan.
    pub told: Option<Told<Window>>,
}

/// An answer to a study's question with what it answers.
#[derive(Clone, PartialEq, Debug)]
pub struct Told<Window> {
    /// The generation it answers.
    pub generation: u64,
    /// The plan it answers for: names and places in it are this plan's.
    pub plan: Rc<Plan>,
    /// What was supposed.
    pub scenario: Scenario,
    /// The answer.
    pub window: Rc<Window>,
}

impl<View: Default, Window> Default for Study<View, Window> {
    fn default() -> Self {
        Self { view: View::default(), told: None }
    }
}

impl<View: PartialEq, Window> Study<View, Window> {
    /// Takes an answer, where it shows what is asked for now.
    fn hear(&mut self, view: &View, told: Told<()>, window: Box<Window>) {
        if *view == self.view {
            let Told { generation, plan, scenario, .. } = told;
            self.told = Some(Told { generation, plan, scenario, window: Rc::from(window) });
        }
    }
}

/// All studies on the desk.
#[derive(Clone, Default, Debug)]
pub struct Studies {
    /// What becomes of every address.
    pub coverage: Study<coverage::View, coverage::Window>,
    /// The map of all addresses.
    pub map: Study<map::View, map::Window>,
    /// Every flow under every failure.
    pub failures: Study<failures::View, failures::Window>,
    /// Loads and bandwidths.
    pub capacity: Study<capacity::View, capacity::Window>,
    /// What changed since the baseline.
    pub difference: Study<difference::View, difference::Window>,
    /// What the rulebook finds.
    pub advice: Study<advice::View, advice::Window>,
    /// The way from the baseline to the plan.
    pub rollout: Study<rollout::View, rollout::Window>,
    /// The plan beside reality, and what to trace.
    pub cutover: Study<cutover::View, cutover::Window>,
    /// What is asked and not yet answered, or was stopped.
    asked: Option<Asked>,
    /// Whether the engine has the baseline as it is here.
    baseline_sent: bool,
}

#[derive(Clone, PartialEq, Debug)]
struct Asked {
    question: Question,
    stopped: bool,
}

impl Studies {
    /// The generation that the answer of a tab is for, if it is a study's and there is any.
    fn generation(&self, tab: Tab) -> Option<u64> {
        match tab {
            Tab::Flows => None,
            Tab::Coverage => self.coverage.told.as_ref().map(|told| told.generation),
            Tab::Map => self.map.told.as_ref().map(|told| told.generation),
            Tab::Failures => self.failures.told.as_ref().map(|told| told.generation),
            Tab::Capacity => self.capacity.told.as_ref().map(|told| told.generation),
            Tab::Difference => self.difference.told.as_ref().map(|told| told.generation),
            Tab::Advice => self.advice.told.as_ref().map(|told| told.generation),
            Tab::Rollout => self.rollout.told.as_ref().map(|told| told.generation),
            Tab::Cutover => self.cutover.told.as_ref().map(|told| told.generation),
        }
    }

    /// Whether a question waits for its answer.
    pub(super) fn is_asked(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| !asked.stopped)
    }

    /// Whether the question asked last was stopped.
    pub fn stopped(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.stopped)
    }

    pub(super) fn stop(&mut self) {
        if let Some(asked) = &mut self.asked {
            asked.stopped = true;
        }
    }

    pub(super) fn take_stopped(&mut self) -> Option<Question> {
        self.asked.take_if(|asked| asked.stopped).map(|asked| asked.question)
    }

    pub(super) fn put_stopped(&mut self, question: Option<Question>) {
        self.asked = question.map(|question| Asked { question, stopped: true });
    }

    pub(super) fn forget_asked(&mut self) {
        self.asked = None;
    }

    /// The plan is another now: fixes are looked for when someone asks again, not at every edit.
    pub(super) fn forget_fixes(&mut self) {
        (self.advice.view.fixes, self.advice.view.preview) = (false, None);
    }

    pub(super) fn engine_is_new(&mut self) {
        self.baseline_sent = false;
    }

    fn question(&self, tab: Tab) -> Option<Question> {
        Some(match tab {
            Tab::Flows => return None,
            Tab::Coverage => Question::Coverage(self.coverage.view.clone()),
            Tab::Map => Question::Map(self.map.view.clone()),
            Tab::Failures => Question::Failures(self.failures.view.clone()),
            Tab::Capacity => Question::Capacity(self.capacity.view.clone()),
            Tab::Difference => Question::Difference(self.difference.view.clone()),
            Tab::Advice => Question::Advice(self.advice.view.clone()),
            Tab::Rollout => Question::Rollout(self.rollout.view.clone()),
            Tab::Cutover => Question::Cutover(self.cutover.view.clone()),
        })
    }

    fn set(&mut self, question: Question) {
        match question {
            Question::Coverage(view) => self.coverage.view = view,
            Question::Map(view) => self.map.view = view,
            Question::Failures(view) => self.failures.view = view,
            Question::Capacity(view) => self.capacity.view = view,
            Question::Difference(view) => self.difference.view = view,
            Question::Advice(view) => self.advice.view = view,
            Question::Rollout(view) => self.rollout.view = view,
            Question::Cutover(view) => self.cutover.view = view,
        }
    }
}

impl Desk {
    /// Whether what the open tab shows of its study is for something older than what is asked now.
    pub fn study_stale(&self) -> bool {
        // Without a pinned plan nothing is asked about a difference, and what the tab says of that is never old.
        let asks = self.tab != Tab::Flows && (self.baseline.is_some() || !self.tab.needs_baseline());
        asks && self.studies.generation(self.tab) != Some(self.generation)
    }

    pub(super) fn open_tab(&mut self, tab: Tab) -> Vec<Effect> {
        if self.tab == tab {
            return Vec::new();
        }
        self.tab = tab;
        // What was stopped on another tab isn't this one's matter.
        if self.studies.stopped() {
            self.studies.forget_asked();
        }
        if self.study_stale() { self.ask_study() } else { Vec::new() }
    }

    /// A study shows something else: its tab opens.
    pub(super) fn view_study(&mut self, question: Question) -> Vec<Effect> {
        self.tab = Tab::of(&question);
        // What was stopped and is asked for anew isn't stopped any more.
        if self.studies.stopped() {
            self.studies.forget_asked();
        }
        self.studies.set(question);
        self.ask_study()
    }

    /// Asks the question of the open tab, where the plan is solved and the question isn't asked already.
    pub(super) fn ask_study(&mut self) -> Vec<Effect> {
        let question = self.studies.question(self.tab).filter(|_| self.solved());
        let Some(question) = question else { return Vec::new() };
        if self.tab.needs_baseline() && self.baseline.is_none() {
            return Vec::new();
        }
        if self.studies.asked.as_ref().is_some_and(|asked| asked.question == question) {
            return Vec::new();
        }
        let compares = self.tab.compares() || matches!(&question, Question::Map(view) if view.compare);
        let mut effects = if compares { self.send_baseline() } else { Vec::new() };
        if matches!(question, Question::Cutover(_)) {
            effects.extend(self.keep_tables());
        }
        self.studies.asked = Some(Asked { question: question.clone(), stopped: false });
        effects.push(send(Request::Study { generation: self.generation, question }));
        effects
    }

    /// An answer is shown where it answers what is asked now; an older one is passed over.
    pub(super) fn hear_study(&mut self, generation: u64, answer: Answer) -> Vec<Effect> {
        if generation != self.generation || !self.solved() {
            return Vec::new();
        }
        let told =
            Told { generation, plan: Rc::clone(&self.plan), scenario: self.scenario.clone(), window: Rc::new(()) };
        let studies = &mut self.studies;
        let answered = match answer {
            Answer::Coverage(window) => {
                let view = window.view.clone();
                studies.coverage.hear(&view, told, window);
                Question::Coverage(view)
            }
            Answer::Map(window) => {
                let view = window.view.clone();
                studies.map.hear(&view, told, window);
                Question::Map(view)
            }
            Answer::Failures(window) => {
                let view = window.view.clone();
                studies.failures.hear(&view, told, window);
                Question::Failures(view)
            }
            Answer::Capacity(window) => {
                let view = window.view.clone();
                studies.capacity.hear(&view, told, window);
                Question::Capacity(view)
            }
            Answer::Advice(window) => {
                let view = window.view.clone();
                studies.advice.hear(&view, told, window);
                Question::Advice(view)
            }
            Answer::Difference(Some(window)) if self.baseline.is_some() => {
                let view = window.view.clone();
                studies.difference.hear(&view, told, window);
                Question::Difference(view)
            }
            Answer::Rollout(Some(window)) if self.baseline.is_some() => {
                let view = window.view.clone();
                studies.rollout.hear(&view, told, window);
                Question::Rollout(view)
            }
            Answer::Cutover(window) => {
                let view = window.view.clone();
                studies.cutover.hear(&view, told, window);
                Question::Cutover(view)
            }
            Answer::Rollout(_) => Question::Rollout(studies.rollout.view.clone()),
            // There was no baseline when this was asked, or there is none any more.
            Answer::Difference(_) => Question::Difference(studies.difference.view.clone()),
        };
        if studies.asked.as_ref().is_some_and(|asked| asked.question == answered) {
            studies.asked = None;
            self.progress = None;
        }
        Vec::new()
    }

    /// The engine can't answer: where a study was asked, it can be asked again.
    pub(super) fn hear_stale(&mut self, generation: u64) {
        if generation == self.generation && self.solved() && self.studies.is_asked() {
            self.progress = None;
            self.studies.stop();
        }
    }

    /// Pins a plan to compare with, or none.
    pub(super) fn pin(&mut self, plan: Option<Rc<Plan>>) -> Vec<Effect> {
        self.baseline = plan;
        self.studies.baseline_sent = false;
        self.studies.difference.told = None;
        self.studies.capacity.told = None;
        if self.studies.map.view.compare {
            self.studies.map.told = None;
        }
        self.studies.rollout.told = None;
        if self.tab.compares() || self.tab == Tab::Map {
            self.studies.forget_asked();
        }
        let mut effects = if self.solved() { self.send_baseline() } else { Vec::new() };
        effects.extend(self.ask_study());
        effects
    }

    /// Pins the plan as it stands, or none, and keeps that in the browser.
    pub(super) fn pin_and_store(&mut self, plan: Option<Rc<Plan>>) -> Vec<Effect> {
        self.baseline_storage = Storage::Pending;
        let store = Effect::StoreBaseline(plan.clone());
        let mut effects = self.pin(plan);
        effects.push(store);
        effects
    }

    /// Gives the engine the baseline as it is, or says that there is none any more.
    fn send_baseline(&mut self) -> Vec<Effect> {
        if std::mem::replace(&mut self.studies.baseline_sent, true) {
            return Vec::new();
        }
        let generation = self.generation;
        let Some(baseline) = self.baseline.clone() else {
            return vec![send(Request::Baseline { generation, plan: None, kept: Vec::new() })];
        };
        let (plan, kept, mut effects) = self.hand_over(&baseline, true);
        effects.push(send(Request::Baseline { generation, plan: Some(plan), kept }));
        effects
    }
}
