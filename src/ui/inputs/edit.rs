//! Edits of one part of the plan, as callbacks for fields.

use super::shared::Form;
use crate::desk::Action;
use crate::plan::{Id, PartKind, Plan};
use crate::ui::adding;
use yew::Callback;

/// The value of the choice that adds a part: no identifier has a line break.
pub const NEW: &str = "\n";

/// Finds a part to edit.
pub type Find<T> = for<'a> fn(&'a mut Plan, &Id) -> Option<&'a mut T>;

/// Edits one part; where it is gone, nothing happens.
pub struct Edit<T: 'static> {
    act: Callback<Action>,
    find: Find<T>,
    id: Id,
    scope: &'static str,
}

impl<T: 'static> Clone for Edit<T> {
    fn clone(&self) -> Self {
        Self { act: self.act.clone(), find: self.find, id: self.id.clone(), scope: self.scope }
    }
}

impl<T: 'static> Edit<T> {
    /// Edits of the part of this identifier; `scope` tells kinds apart in undo.
    pub fn new(act: &Callback<Action>, scope: &'static str, find: Find<T>, id: &Id) -> Self {
        Self { act: act.clone(), find, id: id.clone(), scope }
    }

    /// An edit of its own.
    pub fn now(&self, change: impl FnOnce(&mut T) + 'static) {
        let (find, id) = (self.find, self.id.clone());
        self.act.emit(Action::edit(move |plan| {
            if let Some(part) = find(plan, &id) {
                change(part);
            }
        }));
    }

    fn typing(&self, field: &str, change: impl FnOnce(&mut T) + 'static) {
        let (find, id) = (self.find, self.id.clone());
        let key = format!("{}/{}/{field}", self.scope, self.id);
        self.act.emit(Action::typed(key, move |plan| {
            if let Some(part) = find(plan, &id) {
                change(part);
            }
        }));
    }

    /// A text that is typed.
    pub fn text(
        &self,
        field: impl Into<String>,
        set: impl Fn(&mut T, String) + Clone + 'static,
    ) -> Callback<String> {
        let (edit, field) = (self.clone(), field.into());
        Callback::from(move |text: String| {
            let set = set.clone();
            edit.typing(&field, move |part| set(part, text));
        })
    }

    /// Something that is typed and has to be understood; empty is no value.
    pub fn optional<V: ToString + 'static>(
        &self,
        field: impl Into<String>,
        parse: impl Fn(&str) -> Result<V, String> + 'static,
        set: impl Fn(&mut T, Option<V>) + Clone + 'static,
    ) -> Callback<String, Result<String, String>> {
        let (edit, field) = (self.clone(), field.into());
        Callback::from(move |text: String| {
            let text = text.trim();
            let value = if text.is_empty() { None } else { Some(parse(text)?) };
            let canonical = value.as_ref().map(ToString::to_string).unwrap_or_default();
            let set = set.clone();
            edit.typing(&field, move |part| set(part, value));
            Ok(canonical)
        })
    }

    /// A choice or a tick.
    pub fn choice<V: 'static>(&self, set: impl Fn(&mut T, V) + Clone + 'static) -> Callback<V> {
        let edit = self.clone();
        Callback::from(move |value: V| {
            let set = set.clone();
            edit.now(move |part| set(part, value));
        })
    }

    /// A choice among the parts of a kind, the last of which adds one: a step, which leads to the new part.
    pub fn part(
        &self,
        form: &Form,
        kind: PartKind,
        set: impl Fn(&mut T, String) + Clone + 'static,
    ) -> Callback<String> {
        let (edit, plan) = (self.clone(), form.desk.plan.clone());
        Callback::from(move |value: String| {
            let set = set.clone();
            if value != NEW {
                return edit.now(move |part| set(part, value));
            }
            let (find, own) = (edit.find, edit.id.clone());
            adding::add_with(&edit.act, &plan, kind, move |plan, id| {
                if let Some(part) = find(plan, &own) {
                    set(part, id.to_string());
                }
            });
        })
    }

    /// A button.
    pub fn button<E: 'static>(&self, change: impl Fn(&mut T) + Clone + 'static) -> Callback<E> {
        let edit = self.clone();
        Callback::from(move |_: E| {
            let change = change.clone();
            edit.now(move |part| change(part));
        })
    }
}
