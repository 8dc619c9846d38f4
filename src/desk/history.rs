//! Undo and redo: whole plans, which share their texts and so cost little.

use super::shelf::PlanKey;
use crate::plan::Plan;
use std::rc::Rc;

/// A plan, and which of the shelf it is.
pub type Kept = (PlanKey, Rc<Plan>);

/// So many steps can be taken back.
pub const MAX_STEPS: usize = 500;

/// What an edit belongs to: edits of one key, one after the other, are taken back together.
///
/// By convention the field that is typed in, e.g. `site/hq/name`.
pub type EditKey = String;

/// The plans before and after the open one.
#[derive(Clone, Default, Debug)]
pub struct History {
    past: Vec<Kept>,
    future: Vec<Kept>,
    typing: Option<EditKey>,
}

impl History {
    /// Notes that `before` is about to be replaced by an edit of this key; `None` stands alone.
    pub fn record(&mut self, before: Kept, key: Option<EditKey>) {
        self.future.clear();
        if key.is_some() && key == self.typing {
            return;
        }
        self.typing = key;
        if self.past.len() == MAX_STEPS {
            self.past.remove(0);
        }
        self.past.push(before);
    }

    /// Ends the step that is being typed: the next edit is one of its own.
    pub fn settle(&mut self) {
        self.typing = None;
    }

    /// The plan before `now`, if there is one.
    pub fn undo(&mut self, now: Kept) -> Option<Kept> {
        let before = self.past.pop()?;
        self.typing = None;
        self.future.push(now);
        Some(before)
    }

    /// The plan that was taken back last, if there is one.
    pub fn redo(&mut self, now: Kept) -> Option<Kept> {
        let after = self.future.pop()?;
        self.typing = None;
        self.past.push(now);
        Some(after)
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to do again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(name: &str) -> Kept {
        (7, Rc::new(Plan { name: name.into(), ..Plan::default() }))
    }

    #[test]
    fn typing_in_one_field_is_one_step() {
        let mut history = History::default();
        history.record(plan("a"), Some("name".into()));
        history.record(plan("ab"), Some("name".into()));
        history.record(plan("abc"), Some("notes".into()));
        history.settle();
        history.record(plan("abcd"), Some("notes".into()));
        let mut now = plan("abcde");
        let mut names = Vec::new();
        while let Some(before) = history.undo(now.clone()) {
            now = before;
            names.push(now.1.name.clone());
        }
        assert_eq!(names, ["abcd", "abc", "a"]);
        assert!(!history.can_undo());
        assert_eq!(history.redo(now).map(|plan| plan.1.name.clone()), Some("abc".into()));
    }

    #[test]
    fn an_edit_ends_redoing_and_the_past_has_an_end() {
        let mut history = History::default();
        for _ in 0..MAX_STEPS + 10 {
            history.record(plan("x"), None);
        }
        assert!(history.undo(plan("now")).is_some());
        assert!(history.can_redo());
        history.record(plan("y"), None);
        assert!(!history.can_redo());
        let mut steps = 0;
        while history.undo(plan("z")).is_some() {
            steps += 1;
        }
        assert_eq!(steps, MAX_STEPS);
    }
}
