//! What the desk knows of the shelf: which plan is open, which revisions were seen, what may be written.

use super::Desk;
use crate::desk::action::{Effect, Notice, Shelve, Storage};
use crate::desk::history::Kept;
use crate::desk::shelf::{Entry, Judgement, Keeper, PlanKey, Trouble, copy_name};
use crate::plan::{Plan, PlanFault, examples};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The shelf, as far as the desk knows it.
#[derive(Clone, Default, Debug)]
pub struct Shelf {
    /// What keeps plans in this browser.
    pub keeper: Keeper,
    /// Which plan is open.
    pub key: PlanKey,
    /// Whether the open plan is an example, or empty, and nothing was changed in it: it isn't put on the shelf.
    pub fresh: bool,
    /// The plans on the shelf, while their list is open.
    pub listed: Option<Rc<Vec<Entry>>>,
    /// The revision of each plan that was last seen there.
    known: BTreeMap<PlanKey, u64>,
    /// The plan that was deleted last.
    deleted: Option<Kept>,
    next_key: PlanKey,
}

impl Shelf {
    /// The revision of a plan that was last seen.
    pub fn known(&self, key: PlanKey) -> Option<u64> {
        self.known.get(&key).copied()
    }

    pub(super) fn begin(&mut self, keeper: Keeper, first_key: PlanKey) {
        (self.keeper, self.next_key) = (keeper, first_key);
    }

    pub(super) fn new_key(&mut self) -> PlanKey {
        self.next_key = self.next_key.wrapping_add(1);
        self.next_key
    }
}

impl Desk {
    /// The open plan with its key.
    pub(super) fn kept(&self) -> Kept {
        (self.shelf.key, Rc::clone(&self.plan))
    }

    /// Opens an example or an empty plan: the shelf has nothing of it until it is changed.
    pub(super) fn open_fresh(&mut self, plan: Rc<Plan>, passed_over: Vec<PlanFault>) -> Vec<Effect> {
        let mut effects = self.open(plan, passed_over);
        self.shelf.fresh = true;
        self.storage = Storage::Untouched;
        effects.retain(|effect| !matches!(effect, Effect::Store { .. }));
        effects
    }

    /// What is to be stored of the open plan after a change. Where another tab has it, nothing: first someone says
    /// whose stays.
    pub(super) fn storing(&mut self, plan: Rc<Plan>) -> Option<Effect> {
        if matches!(self.storage, Storage::Elsewhere | Storage::Gone) {
            return None;
        }
        self.storage = Storage::Pending;
        Some(Effect::Store { key: self.shelf.key, plan })
    }

    /// Opens a plan as it lies on the shelf.
    pub(super) fn restore(&mut self, entry: &Entry, plan: Rc<Plan>, passed_over: Vec<PlanFault>) -> Vec<Effect> {
        let mut effects = self.open(plan, passed_over);
        effects.retain(|effect| !matches!(effect, Effect::Store { .. }));
        self.shelf.key = entry.key;
        self.shelf.known.insert(entry.key, entry.revision);
        self.shelf.listed = None;
        self.storage = self.saved();
        effects
    }

    fn saved(&self) -> Storage {
        if self.shelf.keeper == Keeper::Memory { Storage::Unavailable } else { Storage::Saved }
    }

    pub(super) fn stored(&mut self, key: PlanKey, outcome: Result<Judgement, Trouble>) -> Vec<Effect> {
        let storage = match outcome {
            Ok(Judgement::Write(revision)) => {
                self.shelf.known.insert(key, revision);
                self.saved()
            }
            Ok(Judgement::Changed) => Storage::Elsewhere,
            Ok(Judgement::Gone) => Storage::Gone,
            Err(Trouble::Full) => Storage::Full,
            Err(Trouble::Refused | Trouble::Other(_)) => Storage::Refused,
        };
        if key == self.shelf.key {
            self.storage = storage;
        }
        self.list_again()
    }

    fn list_again(&self) -> Vec<Effect> {
        if self.shelf.listed.is_some() { vec![Effect::Shelve(Shelve::List)] } else { Vec::new() }
    }

    /// Ours becomes a plan of its own: a copy where the other is still there, itself again where it was deleted.
    pub(super) fn keep_mine(&mut self) -> Vec<Effect> {
        let gone = self.storage == Storage::Gone;
        self.shelf.key = self.shelf.new_key();
        self.storage = Storage::Unknown;
        let name = if gone { self.plan.name.clone() } else { copy_name(&self.plan.name, std::iter::empty()) };
        if name == self.plan.name {
            return self.storing(Rc::clone(&self.plan)).into_iter().collect();
        }
        self.edit(None, Box::new(move |plan| plan.name = name))
    }

    pub(super) fn shelve(&mut self, what: Shelve) -> Vec<Effect> {
        let what = match what {
            // The one that is open is a plan like any: a step to undo.
            Shelve::Rename(key, name) if key == self.shelf.key => {
                return self.edit(None, Box::new(move |plan| plan.name = name));
            }
            Shelve::Open(key) if key == self.shelf.key && self.storage != Storage::Elsewhere => {
                self.shelf.listed = None;
                return Vec::new();
            }
            Shelve::Duplicate(key, _) => Shelve::Duplicate(key, self.shelf.new_key()),
            other => other,
        };
        vec![Effect::Shelve(what)]
    }

    pub(super) fn deleted(&mut self, key: PlanKey, plan: Rc<Plan>) -> Vec<Effect> {
        self.notice = Some(Notice::Deleted { name: plan.name.clone() });
        self.shelf.deleted = Some((key, plan));
        self.shelf.known.remove(&key);
        if key == self.shelf.key {
            // It is still on the desk, and kept again as soon as something is changed in it.
            self.shelf.key = self.shelf.new_key();
            self.shelf.fresh = true;
            self.storage = Storage::Untouched;
        }
        self.list_again()
    }

    pub(super) fn put_back(&mut self) -> Vec<Effect> {
        let Some((key, plan)) = self.shelf.deleted.take() else { return Vec::new() };
        self.notice = None;
        if self.shelf.fresh && Rc::ptr_eq(&plan, &self.plan) {
            self.shelf.key = key;
            self.shelf.fresh = false;
            self.storage = Storage::Pending;
        }
        vec![Effect::Store { key, plan }]
    }

    /// Nothing is kept any more: the desk is as at the first visit.
    pub(super) fn forgotten(&mut self) -> Vec<Effect> {
        let (keeper, first_key) = (self.shelf.keeper, self.shelf.new_key());
        self.shelf = Shelf::default();
        self.shelf.begin(keeper, first_key);
        let mut effects = self.pin(None);
        effects.extend(self.open_fresh(Rc::new(examples::first()), Vec::new()));
        self.history = crate::desk::history::History::default();
        self.notice = Some(Notice::Forgotten);
        effects
    }
}
