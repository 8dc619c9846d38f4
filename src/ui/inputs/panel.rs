//! Panels that open and close, and which are open.

use crate::desk::marks::Mark;
use crate::report::words::page;
use crate::ui::icons::{Icon, icon};
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::{
    AttrValue, Callback, Html, Properties, Reducible, UseReducerHandle, classes, component, html, use_context,
};

/// Which panels are open, by name.
#[derive(Clone, PartialEq, Debug)]
pub struct Open(pub BTreeSet<AttrValue>);

/// Opens and closes panels.
pub enum Turn {
    /// The other way round.
    Toggle(AttrValue),
    /// Opened, if they aren't.
    Open(Vec<AttrValue>),
}

impl Reducible for Open {
    type Action = Turn;

    fn reduce(self: Rc<Self>, turn: Turn) -> Rc<Self> {
        let mut open = self.0.clone();
        match turn {
            Turn::Toggle(name) => {
                if !open.remove(&name) {
                    open.insert(name);
                }
            }
            Turn::Open(names) => {
                if names.iter().all(|name| open.contains(name)) {
                    return self;
                }
                open.extend(names);
            }
        }
        Rc::new(Self(open))
    }
}

/// The open panels, as panels get them.
pub type Panels = UseReducerHandle<Open>;

/// Marks beside a heading.
pub fn mark(mark: Mark) -> Html {
    if mark.is_clear() {
        return Html::default();
    }
    let class = if mark.errors > 0 { "badge badge-error" } else { "badge badge-warning" };
    html! { <span {class}>{ page::mark(mark) }</span> }
}

/// A section of the inputs.
#[derive(Properties, PartialEq)]
pub struct SectionProps {
    /// The panel's name.
    pub name: AttrValue,
    /// Its heading.
    pub title: AttrValue,
    /// How many parts it has, where that is worth saying.
    #[prop_or_default]
    pub count: Option<usize>,
    /// Faults in it.
    #[prop_or_default]
    pub mark: Mark,
    /// What is in it; drawn only while it is open.
    pub body: Callback<(), Html>,
}

/// A section of the inputs.
#[component]
pub fn Section(props: &SectionProps) -> Html {
    let panels = use_context::<Panels>();
    let open = panels.as_ref().is_some_and(|panels| panels.0.contains(&props.name));
    let onclick = {
        let name = props.name.clone();
        move |_| {
            if let Some(panels) = &panels {
                panels.dispatch(Turn::Toggle(name.clone()));
            }
        }
    };
    let body = format!("panel-{}", props.name);
    html! {
        <div class="section" role="group" aria-label={props.title.clone()}>
            <h3 class="section-head">
                <button type="button" class="disclosure" aria-expanded={open.to_string()} aria-controls={body.clone()} {onclick}>
                    { icon(Icon::Wedge) }
                    <span class="section-title">{ &props.title }</span>
                    if let Some(count) = props.count {
                        <span class="count">{ count.to_string() }</span>
                    }
                    { mark(props.mark) }
                </button>
            </h3>
            <div class="section-body" id={body} hidden={!open}>
                if open { { props.body.emit(()) } }
            </div>
        </div>
    }
}

/// A part of the plan: a line that opens into its fields.
#[derive(Properties, PartialEq)]
pub struct CardProps {
    /// The panel's name.
    pub name: AttrValue,
    /// What people call the part.
    pub title: AttrValue,
    /// A few words on it.
    #[prop_or_default]
    pub summary: AttrValue,
    /// The colour of its path, as a class.
    #[prop_or_default]
    pub accent: Option<&'static str>,
    /// Faults in it.
    #[prop_or_default]
    pub mark: Mark,
    /// What is in it; drawn only while it is open.
    pub body: Callback<(), Html>,
}

/// A part of the plan.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let panels = use_context::<Panels>();
    let open = panels.as_ref().is_some_and(|panels| panels.0.contains(&props.name));
    let onclick = {
        let name = props.name.clone();
        move |_| {
            if let Some(panels) = &panels {
                panels.dispatch(Turn::Toggle(name.clone()));
            }
        }
    };
    let body = format!("panel-{}", props.name);
    html! {
        <div class={classes!("card", open.then_some("card-open"))}>
            <h4 class="card-head">
                <button type="button" class="disclosure" aria-expanded={open.to_string()} aria-controls={body.clone()} {onclick}>
                    { icon(Icon::Wedge) }
                    if let Some(accent) = props.accent {
                        <span class={classes!("dot", accent)} />
                    }
                    <span class="card-words">
                        <span class="card-title">{ &props.title }</span>
                        <span class="card-summary">{ &props.summary }</span>
                    </span>
                    { mark(props.mark) }
                </button>
            </h4>
            <div class="card-body" id={body} hidden={!open}>
                if open { { props.body.emit(()) } }
            </div>
        </div>
    }
}
