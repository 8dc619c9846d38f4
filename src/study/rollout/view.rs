//! What of a rollout is shown.

use super::{Better, Broken, Effective, Reset, Rollout, Score, Stage, Step};
use crate::plan::Id;
use crate::study::MAX_ROWS;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// What of a rollout is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct View {
    /// The first step, from 0.
    pub from: u32,
    /// How many, at most [`MAX_ROWS`]; 0: that many.
    pub count: u32,
    /// At most so many flows are named for each step and each thing that is told of it; 0: all.
    pub flows: u32,
}

impl Default for View {
    fn default() -> Self {
        Self { from: 0, count: 0, flows: 20 }
    }
}

/// The first of some, and how many there are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Few<T> {
    /// The first.
    pub first: Vec<T>,
    /// How many there are in all.
    pub total: u32,
}

impl<T: Clone> Few<T> {
    fn of(all: &[T], most: u32) -> Self {
        let most = if most == 0 { all.len() } else { most as usize };
        Self { first: all.iter().take(most).cloned().collect(), total: all.len() as u32 }
    }
}

/// A step of the window, see [`Stage`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Shown {
    /// The step.
    pub step: Step,
    /// How long it takes to have its effect.
    pub effective: Effective,
    /// Flows that break at this step.
    pub breaks: Few<Broken>,
    /// Flows that broke before and aren't mended.
    pub still: Few<Id>,
    /// Flows that fare better than before this step.
    pub mends: Few<Id>,
    /// Flows that fare worse than today for good.
    pub for_good: Few<Id>,
    /// Flows of which sessions end at this step.
    pub resets: Few<Reset>,
    /// Flows of which sessions end when it is taken back.
    pub back: Few<Reset>,
}

/// What is shown of a rollout.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Window {
    /// What was asked.
    pub view: View,
    /// How many steps there are.
    pub total: u32,
    /// The keys of all steps in their order.
    pub order: Vec<String>,
    /// The steps of the window.
    pub steps: Vec<Shown>,
    /// How the order does.
    pub score: Score,
    /// How many flows break at some step.
    pub flows: u32,
    /// A better order, where one was found.
    pub better: Option<Better>,
    /// Whether no order is better than the one offered, or than this one.
    pub proved: bool,
    /// How many states were solved.
    pub solved: u32,
}

impl Rollout {
    /// The flows that break at some step, each once.
    pub fn broken(&self) -> Vec<Id> {
        let mut all: Vec<Id> =
            self.stages.iter().flat_map(|stage| &stage.breaks).map(|own| own.flow.clone()).collect();
        crate::sort::up(&mut all);
        all.dedup();
        all
    }

    /// What a view shows.
    pub fn window(&self, view: View) -> Window {
        let count = if view.count == 0 { MAX_ROWS } else { view.count.min(MAX_ROWS) } as usize;
        let shown = |stage: &Stage| Shown {
            step: stage.step.clone(),
            effective: stage.effective.clone(),
            breaks: Few::of(&stage.breaks, view.flows),
            still: Few::of(&stage.still, view.flows),
            mends: Few::of(&stage.mends, view.flows),
            for_good: Few::of(&stage.for_good, view.flows),
            resets: Few::of(&stage.resets, view.flows),
            back: Few::of(&stage.back, view.flows),
        };
        Window {
            total: self.stages.len() as u32,
            order: self.order(),
            steps: self.stages.iter().skip(view.from as usize).take(count).map(shown).collect(),
            score: self.score,
            flows: self.broken().len() as u32,
            better: self.better.clone(),
            proved: self.proved,
            solved: self.solved,
            view,
        }
    }
}
