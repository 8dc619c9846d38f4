//! One list in the preview: what it is and why, what is wrong in it, and what becomes of it.

use super::device::Device;
use super::faults::Faults;
use super::sets::Sets;
use super::setup::{BelongsTo, Says};
use crate::desk::Action;
use crate::desk::door::MAX_CONFIG;
use crate::desk::import::{Item, Neighbour, Outcome, Target, Turn, targets};
use crate::desk::parts;
use crate::intake::Format;
use crate::intake::config::ConfigFormat;
use crate::plan::{Id, Plan};
use crate::report::words::page::import as words;
use crate::ui::dom;
use crate::ui::inputs::Choice;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::{AttrValue, Callback, Event, Html, Properties, classes, component, html, use_effect_with, use_node_ref};

/// One list.
#[derive(Properties)]
pub struct ItemProps {
    /// It.
    pub item: Rc<Item>,
    /// The open plan.
    pub plan: Rc<Plan>,
    /// Where actions go.
    pub act: Callback<Action>,
}

impl PartialEq for ItemProps {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.item, &other.item);
        Rc::ptr_eq(&self.plan, &other.plan)
            && Rc::ptr_eq(&a.imported, &b.imported)
            && (&a.format, &a.target, &a.without, a.reading, a.outcome)
                == (&b.format, &b.target, &b.without, b.reading, b.outcome)
            && a.of == b.of
            && a.exits == b.exits
            && a.adopted == b.adopted
    }
}

/// One list in the preview.
#[component]
pub fn ItemRow(props: &ItemProps) -> Html {
    let (item, plan) = (&props.item, &props.plan);
    let (imported, key) = (&item.imported, item.key);
    let title = item.title();
    let goes = {
        let options: Vec<(AttrValue, AttrValue)> = targets(plan, imported)
            .iter()
            .map(|target| (target.to_string().into(), words::target(target, plan, imported).into()))
            .collect();
        let chosen = props.act.reform(move |value: String| {
            Action::Preview(Turn::Target(key, value.parse().unwrap_or(Target::Leave)))
        });
        html! {
            <Choice label={words::GOES_TO} name={words::of_item(words::GOES_TO, &title)} value={item.target.to_string()}
                {options} {chosen} wide=true />
        }
    };
    let class = match item.outcome {
        Outcome::Changes => "import-outcome import-changes",
        _ => "import-outcome",
    };
    let taken = item.setup.as_ref().filter(|_| item.target == Target::Adopt);
    let gone = matches!(item.outcome, Outcome::Left | Outcome::NoSet);
    html! {
        <li class={classes!("import-item", gone.then_some("import-left"))}>
            <h3 class="import-title">{ &title }</h3>
            <p class="import-found">{ item.setup.as_ref().map_or_else(|| words::found(imported), |setup| words::configured(setup)) }</p>
            <p class="import-because quiet">{ words::because(imported, item.format.is_some()) }</p>
            <div class="import-choices">
                { goes }
                <FormatChoice item={Rc::clone(item)} name={words::of_item(words::READ_AS, &title)} act={props.act.clone()} />
            </div>
            if let Some(setup) = taken {
                <BelongsTo item={Rc::clone(item)} setup={Rc::clone(setup)} plan={Rc::clone(plan)} act={props.act.clone()} />
            }
            if item.target == Target::Neighbours {
                <div class="import-belongs import-choices">{ for neighbours(item, plan, &props.act) }</div>
            }
            { note("import-warns", words::takes_all(&imported.neighbours, &item.target, plan)) }
            { note("quiet", words::own_routes(imported.neighbours.own)) }
            { note("quiet", words::inside_routes(&imported.neighbours, &item.target)) }
            <div class="import-more">
                if imported.sets.len() > 1 {
                    <Sets item={Rc::clone(item)} act={props.act.clone()} />
                }
                if imported.summary.errors + imported.summary.warnings > 0 {
                    <Faults imported={Rc::clone(imported)} text={item.text.clone()} />
                }
                if let Some(shown) = &imported.summary.device {
                    <Device shown={Rc::new(shown.clone())} />
                }
            </div>
            <p {class}>
                if item.reading.is_some() {
                    { words::READING_AGAIN }
                } else if imported.config.is_some() && item.setup.is_none() {
                    { words::too_long(MAX_CONFIG) }
                } else if item.has_no_place() {
                    { words::NOTHING_PLACED }
                } else {
                    { words::outcome(item.outcome, &item.target, plan, item.taken()) }
                }
            </p>
            if let Some(setup) = &item.setup {
                <Says item={Rc::clone(item)} setup={Rc::clone(setup)} plan={Rc::clone(plan)} act={props.act.clone()} />
            }
        </li>
    }
}

/// A sentence, where there is one.
fn note(class: &'static str, said: String) -> Html {
    if said.is_empty() {
        Html::default()
    } else {
        html! { <p {class}>{ said }</p> }
    }
}

/// The exit of each neighbour.
fn neighbours(item: &Item, plan: &Plan, act: &Callback<Action>) -> Vec<Html> {
    let (key, title) = (item.key, item.title());
    let mut options: Vec<(AttrValue, AttrValue)> = plan
        .exits
        .iter()
        .map(|exit| (exit.id.to_string().into(), parts::shown(&exit.id, &exit.name).into()))
        .collect();
    options.push(("".into(), words::target(&Target::Leave, plan, &item.imported).into()));
    let one = |(index, (neighbour, exit)): (usize, (&Neighbour, &Option<Id>))| {
        let label = words::routes_of(neighbour);
        let chosen = act.reform(move |value: String| {
            Action::Preview(Turn::Neighbour(key, index, (!value.is_empty()).then(|| value.into())))
        });
        html! {
            <Choice key={index} label={label.clone()} name={words::of_item(&label, &title)} wide=true
                value={exit.as_ref().map(ToString::to_string).unwrap_or_default()} options={options.clone()} {chosen} />
        }
    };
    item.imported.neighbours.all.iter().zip(&item.exits).enumerate().map(one).collect()
}

#[derive(Properties)]
struct FormatProps {
    item: Rc<Item>,
    name: String,
    act: Callback<Action>,
}

impl PartialEq for FormatProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.item.imported, &other.item.imported) && self.item.format == other.item.format
    }
}

/// The formats: the one recognised, those that it might be, all others.
#[component]
fn FormatChoice(props: &FormatProps) -> Html {
    let node = use_node_ref();
    let value = props.item.format.clone().unwrap_or_default();
    use_effect_with((value.clone(), Rc::as_ptr(&props.item.imported)), {
        let node = node.clone();
        move |(value, _): &(String, _)| {
            if let Some(select) = node.cast::<HtmlSelectElement>() {
                select.set_value(value);
            }
        }
    });
    let key = props.item.key;
    let onchange = props.act.reform(move |event: Event| {
        let name = dom::value_of(&event);
        Action::Preview(Turn::Format(key, (!name.is_empty()).then_some(name)))
    });
    let guesses = &props.item.imported.guesses;
    let option = |format: Format| {
        let chosen = value == format.name();
        html! { <option value={format.name()} selected={chosen}>{ format.title() }</option> }
    };
    let also: Vec<Format> = guesses.iter().skip(1).map(|guess| guess.format).collect();
    let first = guesses.first();
    let looks = props.item.imported.looks_configured.as_ref();
    let config = |format: ConfigFormat| {
        let chosen = value == format.name();
        html! { <option value={format.name()} selected={chosen}>{ format.title() }</option> }
    };
    let others = Format::ALL.into_iter().filter(|format| guesses.iter().all(|guess| guess.format != *format));
    html! {
        <label class="field field-wide">
            <span class="field-label">{ words::READ_AS }</span>
            <select ref={node} {onchange} aria-label={props.name.clone()}>
                <option value="" selected={value.is_empty()}>{ match looks {
                    Some(looks) => Some(words::as_recognised_config(looks)),
                    None => first.map(words::as_recognised),
                } }</option>
                if !also.is_empty() {
                    <optgroup label={words::ALSO_POSSIBLE}>{ for also.into_iter().map(option) }</optgroup>
                }
                <optgroup label={words::OTHER_FORMATS}>
                    { for first.map(|guess| guess.format).into_iter().chain(others).map(option) }
                </optgroup>
                { super::logs::formats() }
                <optgroup label={words::CONFIGURATION}>{ for ConfigFormat::ALL.into_iter().map(config) }</optgroup>
            </select>
        </label>
    }
}
