//! What every form of the inputs needs: the plan, its names and marks, and paste boxes for its lists.

use super::edit::NEW;
use super::list_box::ListBox;
use crate::desk::focus::Target;
use crate::desk::marks::{Area, Mark, marks};
use crate::desk::{Action, Desk, parts};
use crate::plan::{Id, ListId, PartKind, Plan};
use crate::report::words::{self, Names};
use crate::ui::{Props, dom};
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, html};

/// What every form gets.
#[derive(Clone)]
pub struct Form {
    /// The desk.
    pub desk: Rc<Desk>,
    /// Where actions go.
    pub act: Callback<Action>,
    /// The marks of every part.
    marks: Rc<Vec<(Area, Id, Mark)>>,
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.desk == other.desk
    }
}

impl Form {
    /// The forms of a desk.
    pub fn new(props: &Props) -> Self {
        let marks = match &props.desk.answered {
            Some(answered) => marks(&answered.plan, &answered.summary),
            None => Vec::new(),
        };
        Self { desk: Rc::clone(&props.desk), act: props.act.clone(), marks: Rc::new(marks) }
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.desk.plan
    }

    /// The marks of one part.
    pub fn mark_of(&self, area: Area, id: &Id) -> Mark {
        self.marks
            .iter()
            .find(|(other, part, _)| *other == area && part == id)
            .map(|(_, _, mark)| *mark)
            .unwrap_or_default()
    }

    /// The marks of all parts of an area.
    pub fn sum_of(&self, area: Area) -> Mark {
        let mut sum = Mark::default();
        self.marks.iter().filter(|(other, _, _)| *other == area).for_each(|(_, _, mark)| sum += *mark);
        sum
    }

    /// The parts of a kind, to choose from.
    pub fn options(&self, kind: PartKind) -> Vec<(AttrValue, AttrValue)> {
        parts::parts(self.plan(), kind)
            .into_iter()
            .map(|(id, name)| {
                let name = if name.trim().is_empty() { id.to_string() } else { name };
                (id.to_string().into(), name.into())
            })
            .collect()
    }

    /// The parts of a kind, to choose from, and a new one. Goes with [`Edit::part`](super::edit::Edit::part).
    pub fn options_new(&self, kind: PartKind) -> Vec<(AttrValue, AttrValue)> {
        let mut options = self.options(kind);
        options.push((NEW.into(), words::page::new_part(kind).into()));
        options
    }

    /// The same after a choice of none.
    pub fn options_or(&self, kind: PartKind, none: &'static str) -> Vec<(AttrValue, AttrValue)> {
        let mut options = self.options_new(kind);
        options.insert(0, ("".into(), none.into()));
        options
    }

    /// The paste box of a list.
    pub fn list(&self, list: ListId, label: impl Into<AttrValue>, placeholder: &'static str) -> Html {
        let Some(text) = self.plan().list(&list).cloned() else { return Html::default() };
        let name = words::lists::list(&list, &Names::of(self.plan()));
        let summary = self.desk.list_summary(&list).cloned().map(Rc::new);
        let current = self.desk.answered.as_ref().is_some_and(|answered| {
            Rc::ptr_eq(&answered.plan, &self.desk.plan) || answered.plan.list(&list) == Some(&text)
        });
        let focus = self.desk.focus.as_ref().and_then(|focus| match &focus.target {
            Target::List(wanted, spot) if *wanted == list => Some((*spot, focus.serial)),
            _ => None,
        });
        let key = format!("{list:?}");
        html! {
            <ListBox {key} {list} {text} label={label.into()} name={capital(&name)} {summary} {focus}
                {current} act={self.act.clone()} {placeholder} />
        }
    }
}

/// With a large first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

/// Brings a part's panel into view once it is drawn. Lists do so themselves.
pub fn bring_into_view(target: Target) {
    let name = match &target {
        Target::List(..) => return,
        Target::Assumptions => "section-assumptions".into(),
        Target::Part(kind, id) => super::panel_name(*kind, id),
    };
    Timeout::new(60, move || {
        if let Some(panel) = dom::document().get_element_by_id(&format!("panel-{name}")) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            panel.scroll_into_view_with_scroll_into_view_options(&options);
            let selector = "input, select, textarea, button";
            if let Some(first) = panel.query_selector(selector).ok().flatten()
                && let Some(first) = wasm_bindgen::JsCast::dyn_ref::<web_sys::HtmlElement>(&first)
            {
                let _ = first.focus();
            }
        }
    })
    .forget();
}
