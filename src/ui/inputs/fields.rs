//! The small fields: text, checked text, choice, tick, several.

use crate::ui::dom;
use std::rc::Rc;
use yew::{
    AttrValue, Callback, Event, Html, InputEvent, Properties, classes, component, html, use_effect_with,
    use_node_ref, use_state,
};

/// A field for any text.
#[derive(Properties, PartialEq)]
pub struct TextProps {
    /// Its label.
    pub label: AttrValue,
    /// The text.
    pub value: AttrValue,
    /// What was typed.
    pub typed: Callback<String>,
    /// Shown while it is empty.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// A name that says more than the label, where the label's place says the rest.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// Whether it takes the width of the panel.
    #[prop_or_default]
    pub wide: bool,
}

/// A field for any text.
#[component]
pub fn TextField(props: &TextProps) -> Html {
    let oninput = props.typed.reform(|event: InputEvent| dom::value_of(&event));
    html! {
        <label class={classes!("field", props.wide.then_some("field-wide"))}>
            <span class="field-label">{ &props.label }</span>
            <input type="text" value={props.value.clone()} placeholder={props.placeholder.clone()} {oninput}
                aria-label={props.name.clone()} spellcheck="false" autocomplete="off" />
        </label>
    }
}

/// A field whose text has to be understood: what isn't stays as it was typed, with the reason beside it.
#[derive(Properties, PartialEq)]
pub struct CheckedProps {
    /// Its label.
    pub label: AttrValue,
    /// The value as text.
    pub value: AttrValue,
    /// Takes what was typed and gives the value as text, or the reason why not.
    pub typed: Callback<String, Result<String, String>>,
    /// Shown while it is empty.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Behind the field, e.g. "Mbps".
    #[prop_or_default]
    pub unit: AttrValue,
    /// A name that says more than the label, where the label's place says the rest.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// Whether it takes the width of the panel.
    #[prop_or_default]
    pub wide: bool,
    /// Whether it holds a number.
    #[prop_or(true)]
    pub number: bool,
}

#[derive(Clone, PartialEq)]
struct Draft {
    text: String,
    error: Option<Rc<str>>,
    stands_for: AttrValue,
}

/// A field whose text has to be understood.
#[component]
pub fn CheckedField(props: &CheckedProps) -> Html {
    let draft = use_state(|| None::<Draft>);
    let oninput = {
        let (draft, typed, value) = (draft.clone(), props.typed.clone(), props.value.clone());
        move |event: InputEvent| {
            let text = dom::value_of(&event);
            draft.set(Some(match typed.emit(text.clone()) {
                Ok(canonical) => Draft { text, error: None, stands_for: canonical.into() },
                Err(error) => Draft { text, error: Some(error.into()), stands_for: value.clone() },
            }));
        }
    };
    let onblur = {
        let draft = draft.clone();
        move |_| {
            if draft.as_ref().is_some_and(|draft| draft.error.is_none()) {
                draft.set(None);
            }
        }
    };
    // Undo and the like change the value under the draft: then the draft is over.
    let live = draft.as_ref().filter(|draft| draft.stands_for == props.value);
    let shown = live.map_or_else(|| props.value.clone(), |draft| draft.text.clone().into());
    let error = live.and_then(|draft| draft.error.clone());
    html! {
        <label class={classes!("field", props.wide.then_some("field-wide"), props.number.then_some("field-number"))}>
            <span class="field-label">{ &props.label }</span>
            <span class="field-row">
                <input type="text" inputmode={props.number.then_some("decimal")} value={shown} {oninput} {onblur}
                    placeholder={props.placeholder.clone()} aria-label={props.name.clone()}
                    aria-invalid={error.is_some().then_some("true")} spellcheck="false" autocomplete="off" />
                if !props.unit.is_empty() {
                    <span class="field-unit">{ &props.unit }</span>
                }
            </span>
            if let Some(error) = error {
                <span class="field-error" role="alert">{ error.to_string() }</span>
            }
        </label>
    }
}

/// One of several values.
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    /// Its label.
    pub label: AttrValue,
    /// The value chosen.
    pub value: AttrValue,
    /// Values and what they are called. A value that isn't among them is shown as it is.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// What was chosen.
    pub chosen: Callback<String>,
    /// A name that says more than the label, where the label's place says the rest.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// Whether it takes the width of the panel.
    #[prop_or_default]
    pub wide: bool,
}

/// One of several values.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let node = use_node_ref();
    // The browser's own state may differ from the attribute once someone has chosen: set it by property.
    use_effect_with((props.value.clone(), props.options.clone()), {
        let node = node.clone();
        move |(value, _): &(AttrValue, _)| {
            if let Some(select) = node.cast::<web_sys::HtmlSelectElement>() {
                select.set_value(value);
            }
        }
    });
    let onchange = props.chosen.reform(|event: Event| dom::value_of(&event));
    let missing = (!props.options.iter().any(|(value, _)| *value == props.value)).then(|| props.value.clone());
    html! {
        <label class={classes!("field", props.wide.then_some("field-wide"))}>
            <span class="field-label">{ &props.label }</span>
            <select ref={node} {onchange} aria-label={props.name.clone()}>
                if let Some(missing) = missing {
                    <option value={missing.clone()} selected=true>{ crate::report::words::page::missing(&missing) }</option>
                }
                { for props.options.iter().map(|(value, label)| html! {
                    <option key={value.to_string()} value={value.clone()} selected={*value == props.value}>{ label }</option>
                }) }
            </select>
        </label>
    }
}

/// Yes or no.
#[derive(Properties, PartialEq)]
pub struct TickProps {
    /// Its label.
    pub label: AttrValue,
    /// Whether it is ticked.
    pub checked: bool,
    /// Whether it was ticked.
    pub toggled: Callback<bool>,
}

/// Yes or no.
#[component]
pub fn Tick(props: &TickProps) -> Html {
    let onchange = props.toggled.reform(|event: Event| dom::checked_of(&event));
    html! {
        <label class="tick">
            <input type="checkbox" checked={props.checked} {onchange} />
            <span>{ &props.label }</span>
        </label>
    }
}

/// Several of many values.
#[derive(Properties, PartialEq)]
pub struct SeveralProps {
    /// What is chosen.
    pub label: AttrValue,
    /// Values and what they are called.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// The values chosen; those that aren't among the options are shown as they are.
    pub chosen: Vec<AttrValue>,
    /// The values chosen, in the order of the options.
    pub changed: Callback<Vec<String>>,
    /// What it means that none is chosen.
    pub none: AttrValue,
}

/// Several of many values.
#[component]
pub fn Several(props: &SeveralProps) -> Html {
    let mut options = props.options.clone();
    for value in &props.chosen {
        if !options.iter().any(|(other, _)| other == value) {
            options.push((value.clone(), crate::report::words::page::missing(value).into()));
        }
    }
    let all: Rc<[AttrValue]> = options.iter().map(|(value, _)| value.clone()).collect();
    let one = |(value, label): &(AttrValue, AttrValue)| {
        let onchange = {
            let (value, chosen, all, changed) =
                (value.clone(), props.chosen.clone(), Rc::clone(&all), props.changed.clone());
            move |event: Event| {
                let ticked = dom::checked_of(&event);
                let now =
                    all.iter().filter(|other| if **other == value { ticked } else { chosen.contains(other) });
                changed.emit(now.map(ToString::to_string).collect());
            }
        };
        html! {
            <label class="tick" key={value.to_string()}>
                <input type="checkbox" checked={props.chosen.contains(value)} {onchange} />
                <span>{ label }</span>
            </label>
        }
    };
    html! {
        <fieldset class="several">
            <legend>{ &props.label }</legend>
            <div class="several-options">{ for options.iter().map(one) }</div>
            if props.chosen.is_empty() {
                <span class="quiet several-none">{ &props.none }</span>
            }
        </fieldset>
    }
}
