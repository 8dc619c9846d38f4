//! The list of plans that are kept in this browser.

use super::dialog::Dialog;
use super::{Props, dom};
use crate::desk::shelf::{Entry, Keeper, pack};
use crate::desk::{Action, Notice, Shelve};
use crate::plan::examples::{EXAMPLES, Example};
use crate::report::words::page::{self, plans as words};
use yew::{
    Callback, Html, KeyboardEvent, Properties, component, html, use_effect_with, use_memo, use_node_ref,
    use_state_eq,
};

/// The dialog, while it is open.
#[component]
pub fn Plans(props: &Props) -> Html {
    let (desk, act) = (&props.desk, &props.act);
    // As large as they would be kept.
    let examples = use_memo(desk.shelf.listed.is_some(), |listed| {
        let sized = |example: &Example| {
            let plan = example.plan();
            (plan.name.clone(), pack(&plan).0.len() as u64)
        };
        EXAMPLES.iter().filter(|_| *listed).map(sized).collect::<Vec<_>>()
    });
    let Some(entries) = &desk.shelf.listed else { return Html::default() };
    let example = |name: &str| examples.iter().find(|(own, _)| own == name).map(|(_, bytes)| *bytes);
    html! {
        <Dialog title={words::TITLE} close={act.reform(|()| Action::ClosePlans)}>
            <p class={if desk.shelf.keeper == Keeper::Memory { "plans-lost" } else { "quiet" }}>
                { words::keeper(desk.shelf.keeper) }
            </p>
            if entries.is_empty() {
                <p class="plans-none">{ words::NONE }</p>
            } else {
                <ul class="plans">
                    { for entries.iter().map(|entry| html! {
                        <Line key={entry.key} entry={entry.clone()} example={example(&entry.name)} open={entry.key == desk.shelf.key} act={act.clone()} />
                    }) }
                </ul>
            }
            if let Some(Notice::Deleted { name }) = &desk.notice {
                <Deleted name={name.clone()} left={entries.len()} act={act.clone()} />
            }
            <Forget act={act.clone()} />
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
struct DeletedProps {
    name: String,
    /// How many plans are left.
    left: usize,
    act: Callback<Action>,
}

/// What was deleted last, and the way back. The button that did it is gone: the focus goes there.
#[component]
fn Deleted(props: &DeletedProps) -> Html {
    let button = use_node_ref();
    use_effect_with(props.left, {
        let button = button.clone();
        move |_| {
            if let Some(button) = button.cast::<web_sys::HtmlElement>() {
                let _ = button.focus();
            }
        }
    });
    html! {
        <p class="plans-deleted" role="status">
            { words::deleted(&props.name) }{ " " }
            <button ref={button} type="button" class="small" onclick={props.act.reform(|_| Action::PutBack)}>
                { words::PUT_BACK }
            </button>
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    entry: Entry,
    /// How large the example of this name is, where there is one.
    example: Option<u64>,
    open: bool,
    act: Callback<Action>,
}

/// A plan: its name opens it.
#[component]
fn Line(props: &LineProps) -> Html {
    let renaming = use_state_eq(|| false);
    let field = use_node_ref();
    let renamer = use_node_ref();
    use_effect_with(*renaming, {
        let field = field.clone();
        move |renaming| {
            if let Some(field) = field.cast::<web_sys::HtmlInputElement>().filter(|_| *renaming) {
                let _ = field.focus();
                field.select();
            }
        }
    });
    let Entry { key, bytes, changed, name, .. } = &props.entry;
    let is_changed = props.example.is_some_and(|own| own != *bytes);
    let key = *key;
    let shown = if name.trim().is_empty() { page::UNTITLED } else { name };
    let (when, size) = (dom::moment(*changed), words::size(*bytes));
    let on = |what: fn(u64) -> Shelve| props.act.reform(move |_: yew::MouseEvent| Action::Shelve(what(key)));
    let rename = {
        let renaming = renaming.clone();
        move |_| renaming.set(true)
    };
    let typed = {
        let (renaming, act, field, renamer) =
            (renaming.clone(), props.act.clone(), field.clone(), renamer.clone());
        // The field goes, and the focus to where it came from.
        let leave = move || {
            renaming.set(false);
            if let Some(button) = renamer.cast::<web_sys::HtmlElement>() {
                let _ = button.focus();
            }
        };
        move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                // Or it would press the button that gets the focus.
                event.prevent_default();
                leave();
                if let Some(field) = field.cast::<web_sys::HtmlInputElement>() {
                    act.emit(Action::Shelve(Shelve::Rename(key, field.value())));
                }
            }
            "Escape" => {
                // The dialog stays.
                event.prevent_default();
                event.stop_propagation();
                leave();
            }
            _ => {}
        }
    };
    html! {
        <li class="plan-line">
            if *renaming {
                <input ref={field} class="plan-rename" type="text" aria-label={words::NEW_NAME} value={name.clone()}
                    spellcheck="false" autocomplete="off" onkeydown={typed} />
            } else {
                <button type="button" class="plan-open" aria-label={words::opens(shown, &when, &size)}
                    aria-current={props.open.then_some("true")} onclick={on(Shelve::Open)}>
                    <span class="plan-title">
                        { shown }
                        if is_changed { <span class="quiet">{ " " }{ words::CHANGED }</span> }
                    </span>
                    <span class="quiet">
                        { &when }{ " · " }{ &size }
                        if props.open { { " · " }{ words::OPEN_NOW } }
                    </span>
                </button>
            }
            <button ref={renamer} type="button" class="small" aria-label={words::of(words::RENAME, shown)} onclick={rename}>
                { words::RENAME }
            </button>
            <button type="button" class="small" aria-label={words::of(words::DUPLICATE, shown)}
                onclick={on(|key| Shelve::Duplicate(key, 0))}>{ words::DUPLICATE }</button>
            <button type="button" class="small" aria-label={words::of(words::DELETE, shown)}
                onclick={on(Shelve::Delete)}>{ words::DELETE }</button>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct ForgetProps {
    act: Callback<Action>,
}

/// Deletes everything, after a second word: there is no undo.
#[component]
fn Forget(props: &ForgetProps) -> Html {
    let asked = use_state_eq(|| false);
    let ask = |value: bool| {
        let asked = asked.clone();
        move |_| asked.set(value)
    };
    html! {
        <div class="plans-forget">
            if *asked {
                <p>{ words::FORGET_TEXT }</p>
                <button type="button" onclick={props.act.reform(|_| Action::Shelve(Shelve::ForgetAll))}>
                    { words::FORGET_NOW }
                </button>
                <button type="button" class="primary" onclick={ask(false)}>{ words::FORGET_NOT }</button>
            } else {
                <button type="button" class="small" onclick={ask(true)}>{ words::FORGET }</button>
            }
        </div>
    }
}
