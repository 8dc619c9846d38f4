//! The named sets of a list: which of them are taken.

use crate::desk::Action;
use crate::desk::import::{Item, Turn};
use crate::report::words::page::import as words;
use crate::ui::dom;
use std::rc::Rc;
use yew::{Callback, Event, Html, InputEvent, Properties, component, html, use_state, use_state_eq};

/// So many sets are listed at once.
const LISTED: usize = 100;

/// The sets of one list.
#[derive(Properties)]
pub struct SetsProps {
    /// The list.
    pub item: Rc<Item>,
    /// Where actions go.
    pub act: Callback<Action>,
}

impl PartialEq for SetsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.item.imported, &other.item.imported) && self.item.without == other.item.without
    }
}

/// The sets, listed on demand.
#[component]
pub fn Sets(props: &SetsProps) -> Html {
    let open = use_state(|| false);
    let search = use_state_eq(String::new);
    let item = &props.item;
    let sets = &item.imported.sets;
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    let button = html! {
        <button type="button" class="small" aria-expanded={open.to_string()} onclick={toggle}>
            { words::sets(item.taken(), sets.len()) }
        </button>
    };
    if !*open {
        return button;
    }
    let wanted = search.to_lowercase();
    let fits = |set: &crate::desk::door::ImportedSet| {
        wanted.is_empty()
            || set.name.to_lowercase().contains(&wanted)
            || set.title.to_lowercase().contains(&wanted)
    };
    let found: Vec<usize> = (0..sets.len()).filter(|index| sets.get(*index).is_some_and(fits)).collect();
    let key = item.key;
    let all = |taken: bool| {
        let found = found.clone();
        props.act.reform(move |_| Action::Preview(Turn::Sets(key, found.clone(), taken)))
    };
    let one = |index: &usize| {
        let (index, set) = (*index, sets.get(*index)?);
        let onchange =
            props.act.reform(move |event: Event| Action::Preview(Turn::Set(key, index, dom::checked_of(&event))));
        Some(html! {
            <li key={index}>
                <label class="tick">
                    <input type="checkbox" checked={item.takes(index)} {onchange} />
                    <span>{ words::set(set) }{ " " }<span class="quiet">{ words::set_facts(set) }</span></span>
                </label>
            </li>
        })
    };
    let oninput = {
        let search = search.setter();
        move |event: InputEvent| search.set(dom::value_of(&event))
    };
    html! {
        <>
            { button }
            <div class="import-panel">
                <div class="import-set-tools">
                    if sets.len() > 12 {
                        <input type="search" class="search" aria-label={words::SEARCH_SETS}
                            placeholder={words::SEARCH_SETS} {oninput} />
                    }
                    <button type="button" class="small" onclick={all(true)}>{ words::TAKE_ALL }</button>
                    <button type="button" class="small" onclick={all(false)}>{ words::TAKE_NONE }</button>
                </div>
                <ul class="import-sets">
                    { for found.iter().take(LISTED).filter_map(one) }
                    if found.len() > LISTED {
                        <li class="quiet">{ words::more_sets(found.len() - LISTED) }</li>
                    }
                </ul>
            </div>
        </>
    }
}
