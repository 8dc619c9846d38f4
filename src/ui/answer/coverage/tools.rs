//! What of the coverage is shown: the site, the section, the filters of the decision table.

use super::ask;
use crate::desk::Action;
use crate::desk::state::Told;
use crate::journey::Verdict;
use crate::report::words::page::coverage as words;
use crate::report::words::{Names, verdicts};
use crate::study::coverage::{Filter, Show, View, Window};
use crate::ui::answer::sites::sites;
use crate::ui::dom;
use std::net::IpAddr;
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::{Callback, Html, Properties, component, html, use_node_ref, use_state};

/// Site and section.
pub(super) fn sections(answer: &Told<Window>, view: &View, act: &Callback<Action>) -> Html {
    let section = |title: &'static str, show: Show, pressed: bool| {
        let view = View { show, from: 0, ..view.clone() };
        let onclick = act.reform(move |_| ask(view.clone()));
        html! {
            <button type="button" class="section" aria-pressed={pressed.to_string()} {onclick}>{ title }</button>
        }
    };
    let shown = &view.show;
    html! {
        <div class="study-tools">
            { site(answer, view, act) }
            <div class="sections" role="group" aria-label={words::SECTIONS}>
                { section(words::CLASSES, Show::Classes, matches!(shown, Show::Classes | Show::Class(_))) }
                { section(words::SERVICES, Show::Services, matches!(shown, Show::Services)) }
                { section(words::BACK, Show::Back, matches!(shown, Show::Back | Show::BackRow(_))) }
                { section(words::PREFIXES, Show::Prefixes(Filter::default()), matches!(shown, Show::Prefixes(_))) }
            </div>
        </div>
    }
}

/// The choice of the site; not where the rows are of no site.
fn site(answer: &Told<Window>, view: &View, act: &Callback<Action>) -> Html {
    if matches!(view.show, Show::Back | Show::BackRow(_)) {
        return Html::default();
    }
    let choose = {
        let view = view.clone();
        act.reform(move |site| {
            // The classes of another site are others.
            let show = match view.show.clone() {
                Show::Class(_) => Show::Classes,
                Show::Prefixes(filter) => Show::Prefixes(Filter { class: None, ..filter }),
                other => other,
            };
            ask(View { site: Some(site), show, from: 0, ..view.clone() })
        })
    };
    sites(words::SITE, &answer.plan, answer.window.site.as_ref(), choose)
}

/// What the filters need.
#[derive(Properties, PartialEq)]
pub(super) struct FiltersProps {
    pub(super) answer: Told<Window>,
    pub(super) view: View,
    pub(super) filter: Filter,
    pub(super) act: Callback<Action>,
}

/// The filters of the decision table, and the field to find an address.
#[component]
pub(super) fn Filters(props: &FiltersProps) -> Html {
    let input = use_node_ref();
    let fault = use_state(|| false);
    let names = Names::of(&props.answer.plan);
    let filter = &props.filter;
    let emit = {
        let (act, view) = (props.act.clone(), props.view.clone());
        move |filter: Filter| act.emit(ask(View { show: Show::Prefixes(filter), from: 0, ..view.clone() }))
    };
    let by_verdict = {
        let (emit, filter) = (emit.clone(), filter.clone());
        Callback::from(move |event: yew::Event| {
            let at = dom::value_of(&event).parse::<usize>().ok();
            let verdict = at.and_then(|at| Verdict::ALL.get(at).copied());
            emit(Filter { verdict, find: None, ..filter.clone() });
        })
    };
    let by_exit = {
        let (emit, filter) = (emit.clone(), filter.clone());
        Callback::from(move |event: yew::Event| {
            let value = dom::value_of(&event);
            let exit = (!value.is_empty()).then(|| value.as_str().into());
            emit(Filter { exit, find: None, ..filter.clone() });
        })
    };
    let onsubmit = {
        let (emit, filter, input, fault) = (emit.clone(), filter.clone(), input.clone(), fault.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            match text.trim().parse::<IpAddr>() {
                Ok(find) => {
                    fault.set(false);
                    emit(Filter { find: Some(find), ..filter.clone() });
                }
                Err(_) => fault.set(true),
            }
        })
    };
    let show_all = Callback::from({
        let emit = emit.clone();
        move |_| emit(Filter::default())
    });
    let filtered = Filter { find: None, ..filter.clone() } != Filter::default();
    html! {
        <div class="study-tools">
            <label class="field-inline">
                <span>{ words::VERDICT }</span>
                <select onchange={by_verdict}>
                    <option value="" selected={filter.verdict.is_none()}>{ words::ANY }</option>
                    { for Verdict::ALL.iter().enumerate().map(|(at, verdict)| html! {
                        <option value={at.to_string()} selected={filter.verdict == Some(*verdict)}>
                            { verdicts::title(*verdict) }
                        </option>
                    }) }
                </select>
            </label>
            <label class="field-inline">
                <span>{ words::EXIT }</span>
                <select onchange={by_exit}>
                    <option value="" selected={filter.exit.is_none()}>{ words::ANY }</option>
                    { for props.answer.plan.exits.iter().map(|exit| html! {
                        <option value={exit.id.to_string()} selected={filter.exit.as_ref() == Some(&exit.id)}>
                            { names.exit(&exit.id) }
                        </option>
                    }) }
                </select>
            </label>
            <form class="field-inline" {onsubmit}>
                <input ref={input} type="search" aria-label={words::FIND} placeholder={words::FIND} autocomplete="off"
                    spellcheck="false" />
                <button type="submit">{ words::FIND_BUTTON }</button>
            </form>
            if *fault {
                <span class="study-fault" role="alert">{ words::NO_ADDRESS }</span>
            }
            if let Some(class) = filter.class {
                <span class="quiet">{ words::only_class(class) }</span>
            }
            <span class="quiet" role="status">{ words::rows(props.answer.window.total) }</span>
            if filtered {
                <button type="button" onclick={show_all}>{ words::SHOW_ALL }</button>
            }
        </div>
    }
}
