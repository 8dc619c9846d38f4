//! Work in steps, so that a worker stays answerable and newer questions supersede older ones.
//!
//! The engine has no clock: long computations are `async` functions that call [`Pace::work`] now and then and
//! pause when the step's allowance is used up. Whoever drives them ([`Job`]) decides how much a step is allowed,
//! and may drop the job between steps. Nothing here waits for anything, so no runtime is needed.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// What a computation is doing.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Reading texts.
    #[default]
    Reading,
    /// Sorting routes.
    Sorting,
    /// Deciding every prefix at every site.
    Deciding,
    /// Judging flows.
    Judging,
    /// Working out a study.
    Studying,
    /// Reading flow logs.
    Logs,
}

/// How far a computation is, and how much it may still do in this step. Cheap to clone; clones are the same pace.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    shared: Rc<Shared>,
    quiet: bool,
}

#[derive(Debug, Default)]
struct Shared {
    /// Units left in this step; a unit is about as much work as reading or deciding one prefix.
    left: Cell<u64>,
    phase: Cell<Phase>,
    permille: Cell<u32>,
}

impl Pace {
    /// Accounts for so many units of work done, and pauses where the step's allowance is used up.
    pub async fn work(&self, units: u64) {
        let left = self.shared.left.get();
        if left >= units {
            self.shared.left.set(left - units);
        } else {
            self.shared.left.set(0);
            Pause(false).await;
        }
    }

    /// The same pace for a part of something larger, which alone says how far it is.
    pub fn quiet(&self) -> Self {
        Self { shared: Rc::clone(&self.shared), quiet: true }
    }

    /// Says what is being done, and how much of that phase.
    pub fn at(&self, phase: Phase, done: u64, of: u64) {
        if self.quiet {
            return;
        }
        self.shared.phase.set(phase);
        // Solving: each phase is given a quarter of the bar; a study has a bar of its own. Rough, but it never runs
        // backwards.
        let (begin, length) = match phase {
            Phase::Reading => (0, 250),
            Phase::Sorting => (250, 250),
            Phase::Deciding => (500, 250),
            Phase::Judging => (750, 250),
            Phase::Studying | Phase::Logs => (0, 1000),
        };
        let within = (u128::from(done.min(of)) * length).checked_div(u128::from(of)).unwrap_or(0) as u32;
        let permille = begin + within;
        self.shared.permille.set(permille.max(self.shared.permille.get()));
    }

    /// What is being done, and how much of all, in thousandths.
    pub fn progress(&self) -> (Phase, u32) {
        (self.shared.phase.get(), self.shared.permille.get())
    }
}

/// Pending once, then ready.
struct Pause(bool);

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        Poll::Pending
    }
}

/// A computation and its pace.
pub struct Job<T> {
    pace: Pace,
    work: Pin<Box<dyn Future<Output = T>>>,
}

impl<T> Job<T> {
    /// A computation that hasn't begun.
    pub fn new<F: Future<Output = T> + 'static>(begin: impl FnOnce(Pace) -> F) -> Self {
        let pace = Pace::default();
        Self { work: Box::pin(begin(pace.clone())), pace }
    }

    /// Works for about so many units; the result once it is there. After that it must not be called again.
    pub fn step(&mut self, units: u64) -> Option<T> {
        self.pace.shared.left.set(units);
        match self.work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => Some(result),
            Poll::Pending => None,
        }
    }

    /// How far it is.
    pub fn progress(&self) -> (Phase, u32) {
        self.pace.progress()
    }
}

/// Does a computation in one go.
pub fn at_once<T, F: Future<Output = T>>(begin: impl FnOnce(Pace) -> F) -> T {
    let pace = Pace::default();
    let mut work = std::pin::pin!(begin(pace.clone()));
    loop {
        pace.shared.left.set(u64::MAX);
        if let Poll::Ready(result) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return result;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn count(pace: Pace, to: u64) -> u64 {
        let mut sum = 0;
        for number in 0..to {
            pace.at(Phase::Deciding, number, to);
            pace.work(1).await;
            sum += number;
        }
        sum
    }

    #[test]
    fn steps_give_what_one_go_gives() {
        let mut job = Job::new(|pace| count(pace, 1000));
        let mut steps = 1;
        let mut last = 0;
        let result = loop {
            if let Some(result) = job.step(99) {
                break result;
            }
            assert!(job.progress().1 >= last);
            last = job.progress().1;
            steps += 1;
        };
        assert_eq!((result, steps), (at_once(|pace| count(pace, 1000)), 11));
    }
}
