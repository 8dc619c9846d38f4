//! Asks for the trace of any address.

use crate::desk::Action;
use crate::desk::door::TraceQuery;
use crate::plan::Plan;
use crate::report::words::{Names, answer as words};
use crate::ui::Props;
use std::net::IpAddr;
use web_sys::{HtmlInputElement, HtmlSelectElement, SubmitEvent};
use yew::{Callback, Html, TargetCast, component, html, use_node_ref, use_state, use_state_eq};

/// Where a journey begins or ends on our side, by its place in the list.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Ours {
    Site(usize),
    Published(usize),
}

fn choices(plan: &Plan) -> Vec<Ours> {
    (0..plan.sites.len()).map(Ours::Site).chain((0..plan.published.len()).map(Ours::Published)).collect()
}

/// The form.
#[component]
pub fn Ask(props: &Props) -> Html {
    let plan = props.desk.plan.clone();
    let (to, from) = (use_node_ref(), use_node_ref());
    let ours = use_state_eq(|| 0_usize);
    let fault = use_state(|| None::<String>);
    let names = Names::of(&plan);
    let choices = choices(&plan);
    // Another plan may have fewer.
    let chosen = if *ours < choices.len() { *ours } else { 0 };
    let inbound = matches!(choices.get(chosen), Some(Ours::Published(_)));
    let onchange = {
        let ours = ours.setter();
        Callback::from(move |event: yew::Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            ours.set(select.and_then(|select| usize::try_from(select.selected_index()).ok()).unwrap_or(0));
        })
    };
    let onsubmit = {
        let (act, plan) = (props.act.clone(), plan.clone());
        let (to, from, fault) = (to.clone(), from.clone(), fault.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = |node: &yew::NodeRef| {
                node.cast::<HtmlInputElement>().map_or(String::new(), |input| input.value().trim().to_owned())
            };
            match query(&plan, chosen, &text(&to), &text(&from)) {
                Ok(query) => {
                    fault.set(None);
                    act.emit(Action::Trace(query));
                }
                Err(said) => fault.set(Some(said)),
            }
        })
    };
    let option = |choice: &Ours| match choice {
        Ours::Site(index) => words::ask_site(names.site(&plan.sites[*index].id)),
        Ours::Published(index) => words::ask_published(names.published(&plan.published[*index].id)),
    };
    let far = if inbound { words::ASK_FAR } else { words::ASK_TO };
    html! {
        <form class="ask" {onsubmit} aria-label={words::ASK}>
            <select {onchange} aria-label={words::ASK_FROM}>
                { for choices.iter().enumerate().map(|(index, choice)| html! {
                    <option selected={index == chosen}>{ option(choice) }</option>
                }) }
            </select>
            <input ref={to} type="text" class="address" aria-label={far} placeholder={far} autocomplete="off"
                spellcheck="false" aria-invalid={fault.is_some().to_string()}
                aria-describedby={fault.is_some().then_some("ask-fault")} />
            if !inbound {
                <input ref={from} type="text" class="address" aria-label={words::ASK_SOURCE}
                    placeholder={words::ASK_SOURCE} autocomplete="off" spellcheck="false" />
            }
            <button type="submit">{ words::ASK_GO }</button>
            if let Some(fault) = &*fault {
                <p id="ask-fault" class="ask-fault" role="alert">{ fault }</p>
            }
        </form>
    }
}

fn query(plan: &Plan, index: usize, to: &str, from: &str) -> Result<TraceQuery, String> {
    let address = |text: &str| text.parse::<IpAddr>().map_err(|_| words::not_an_address(text));
    let far = address(to)?;
    match choices(plan).get(index) {
        Some(Ours::Published(index)) => {
            Ok(TraceQuery::Inbound { published: plan.published[*index].id.clone(), from: far, to: None })
        }
        site => {
            let from = if from.is_empty() { None } else { Some(address(from)?) };
            if from.is_some_and(|from| from.is_ipv4() != far.is_ipv4()) {
                return Err(words::TWO_FAMILIES.to_owned());
            }
            let site = match site {
                Some(Ours::Site(index)) => plan.sites.get(*index).map(|site| site.id.clone()),
                _ => None,
            };
            Ok(TraceQuery::Outbound { site, from, to: far })
        }
    }
}
