//! Adding a part, the same wherever a button does it: it is there, its panel opens, its name has the focus.

use crate::desk::focus::Target;
use crate::desk::{Action, parts};
use crate::plan::{Id, PartKind, Plan};
use crate::report::words::page;
use std::rc::Rc;
use yew::Callback;

/// Adds a part of a kind and leads to it.
pub fn add(act: &Callback<Action>, plan: &Rc<Plan>, kind: PartKind) {
    add_with(act, plan, kind, |_, _| {});
}

/// Adds a part of a kind, changes what follows from it in the same step, and leads to it.
pub fn add_with(
    act: &Callback<Action>,
    plan: &Rc<Plan>,
    kind: PartKind,
    change: impl FnOnce(&mut Plan, &Id) + 'static,
) {
    // The same identifier as the edit will give it: the plan is this one.
    let id = parts::add(&mut (**plan).clone(), kind, page::noun(kind));
    act.emit(Action::edit(move |plan| {
        let id = parts::add(plan, kind, page::noun(kind));
        change(plan, &id);
    }));
    act.emit(Action::Reveal(Target::Part(kind, id)));
}
