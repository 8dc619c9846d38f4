//! What the desk asks of the engine.

use super::{Desk, KEEP_FROM, MAX_FAILURES, Progress};
use crate::desk::action::{Effect, Notice};
use crate::desk::door::{INLINE_TEXT, Request};
use crate::plan::{ListId, Plan, Text};
use std::rc::Rc;

impl Desk {
    /// Asks for an answer to everything as it stands.
    pub(super) fn ask(&mut self) -> Vec<Effect> {
        self.generation += 1;
        self.stopped = false;
        self.progress = None;
        self.studies.forget_asked();
        self.studies.forget_fixes();
        let plan = Rc::clone(&self.plan);
        let (plan, kept, mut effects) = self.hand_over(&plan, false);
        effects.push(send(Request::Solve {
            generation: self.generation,
            plan,
            kept,
            scenario: self.scenario.clone(),
            compare: self.compare,
        }));
        effects
    }

    /// A plan as it goes through the door: its long texts go by their hash, sent before where the engine doesn't have
    /// them. A text that may still be typed in (`settled`: it isn't) goes with the plan the first time.
    pub(super) fn hand_over(
        &mut self,
        whole: &Plan,
        settled: bool,
    ) -> (Box<Plan>, Vec<(ListId, String)>, Vec<Effect>) {
        let mut effects = Vec::new();
        let mut plan = whole.clone();
        let mut kept: Vec<(ListId, String)> = Vec::new();
        for (list, text) in whole.lists() {
            if text.len() < KEEP_FROM || kept.iter().any(|(other, _)| *other == list) {
                continue;
            }
            let hash = text.content_hash();
            let settled = settled || !self.seen.insert(hash);
            if !settled && text.len() <= INLINE_TEXT && !self.kept.contains(&hash) {
                continue;
            }
            let name = format!("{hash:032x}");
            if self.kept.insert(hash) {
                let request = Request::Keep { hash: name.clone() };
                effects.push(Effect::Send { request, bytes: Some(text.clone()) });
            }
            if let Some(text) = plan.list_mut(&list) {
                *text = Text::default();
            }
            kept.push((list, name));
        }
        (Box::new(plan), kept, effects)
    }

    /// Whether the plan is solved as it stands.
    pub(super) fn solved(&self) -> bool {
        self.answered.as_ref().is_some_and(|answered| answered.generation == self.generation)
    }

    pub(super) fn ask_rows(&mut self) -> Vec<Effect> {
        if !self.solved() {
            return Vec::new();
        }
        vec![send(Request::Rows { generation: self.generation, view: self.row_view.clone() })]
    }

    /// Asks for what is to be written, once the plan is solved as it stands.
    pub(super) fn ask_writing(&self) -> Vec<Effect> {
        let Some(what) = self.to_write.clone().filter(|_| self.solved()) else { return Vec::new() };
        vec![send(Request::Write { generation: self.generation, what })]
    }

    pub(super) fn ask_trace(&mut self) -> Vec<Effect> {
        let query = self.selected.as_ref().and_then(|selected| selected.query.clone());
        let Some(query) = query.filter(|_| self.solved()) else { return Vec::new() };
        let asked = Some((self.generation, query.clone()));
        if asked == self.asked_trace {
            return Vec::new();
        }
        self.asked_trace = asked;
        vec![send(Request::Trace { generation: self.generation, query })]
    }

    pub(super) fn ask_lines(&self, list: &ListId) -> Vec<Effect> {
        let Some((from, count)) = self.watching.get(list).copied().filter(|_| self.solved()) else {
            return Vec::new();
        };
        vec![send(Request::Lines { generation: self.generation, list: list.clone(), from, count })]
    }

    /// Asks for what is written as configuration, where that is open.
    pub(super) fn ask_export(&self) -> Vec<Effect> {
        let Some(export) = self.export.as_ref().filter(|_| self.solved()) else { return Vec::new() };
        vec![send(Request::Export { generation: self.generation, view: export.view.clone() })]
    }

    /// Stops what the engine works on. What was answered stands.
    pub(super) fn stop(&mut self) -> Vec<Effect> {
        self.progress = None;
        self.imports.clear();
        self.preview_reads_nothing(false);
        if self.solved() {
            self.studies.stop();
        } else {
            self.stopped = true;
        }
        vec![send(Request::Cancel)]
    }

    /// Goes on with what was stopped.
    pub(super) fn resume(&mut self) -> Vec<Effect> {
        if !self.solved() {
            return self.ask();
        }
        self.studies.forget_asked();
        self.ask_study()
    }

    /// The engine was started again and knows nothing.
    pub(super) fn begin_anew(&mut self) -> Vec<Effect> {
        self.kept.clear();
        self.seen.clear();
        self.progress = None;
        let reads_logs = self.preview.as_ref().is_some_and(|preview| preview.logs.is_reading());
        if !self.imports.is_empty() || reads_logs {
            // A file that was being read is lost with the worker, and that is said.
            self.imports.clear();
            self.tell(Notice::EngineRestarted);
        }
        self.preview_reads_nothing(true);
        self.studies.engine_is_new();
        if self.stopped {
            return Vec::new();
        }
        // A study that was stopped isn't taken up for that.
        let stopped = self.studies.take_stopped();
        let effects = self.ask();
        self.studies.put_stopped(stopped);
        effects
    }

    /// The engine failed and was started again: it gets the plan and its lists anew, and what was shown is asked again.
    /// What fails on the same plan a second time may be the study, the export or what is written: these rest until
    /// someone asks for them. At the third time nothing is asked until the plan changes or someone says so.
    pub(super) fn engine_failed(&mut self, said: String) -> Vec<Effect> {
        let times = match &self.failed {
            Some((plan, times)) if Rc::ptr_eq(plan, &self.plan) => times + 1,
            _ => 1,
        };
        self.failed = Some((Rc::clone(&self.plan), times));
        let file = !self.imports.is_empty();
        if times >= 2 {
            self.studies.stop();
            self.export = None;
            self.to_write = None;
        }
        if times >= MAX_FAILURES {
            self.stopped = true;
            // What is shown was answered by an engine that is no more: nothing further can be asked about it.
            self.generation += 1;
        }
        let effects = self.begin_anew();
        self.notice = Some(if times >= MAX_FAILURES {
            Notice::EngineGaveUp { said }
        } else {
            Notice::EngineFailed { said, file }
        });
        effects
    }

    pub(super) fn show_progress(&mut self, progress: Progress) {
        // Nothing is under way that wasn't asked for: what still arrives was on its way when it was stopped.
        if !self.stopped && (!self.solved() || self.studies.is_asked()) {
            self.progress = Some(progress);
        }
    }
}

/// A request without bytes beside it.
pub(super) fn send(request: Request) -> Effect {
    Effect::Send { request, bytes: None }
}
