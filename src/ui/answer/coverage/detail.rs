//! One class, or one way back, with its prefixes.

use super::super::badge;
use super::super::prefixes::PrefixList;
use super::ask;
use crate::desk::Action;
use crate::desk::door::TraceQuery;
use crate::desk::state::Told;
use crate::report::words::coverage as told;
use crate::report::words::page::coverage as words;
use crate::report::words::{self as all_words, Names};
use crate::study::coverage::{Class, ClassPart, Filter, Rows, Show, View, Window};
use yew::{Callback, Html, html};

/// The class that was asked for.
pub(super) fn class(class: &Class, answer: &Told<Window>, view: &View, act: &Callback<Action>) -> Html {
    let names = Names::of(&answer.plan);
    let show = |show: Show| {
        let view = View { show, from: 0, ..view.clone() };
        act.reform(move |_| ask(view.clone()))
    };
    let rows = Filter { class: Some(class.class), ..Filter::default() };
    let site = answer.window.site.clone();
    let trace = |part: &ClassPart| {
        let query = TraceQuery::Outbound { site: site.clone(), from: Some(part.from), to: class.first };
        let onclick = act.reform(move |_| Action::Trace(query.clone()));
        html! { <button type="button" class="small" {onclick}>{ words::TRACE }</button> }
    };
    let long = class.prefixes > u64::from(view.count);
    html! {
        <section class="detail">
            <button type="button" onclick={show(Show::Classes)}>{ "← " }{ words::ALL_CLASSES }</button>
            <h4>{ words::class(class.class) }{ ": " }{ all_words::addresses(class.addresses) }</h4>
            <p class="quiet">{ format!("{} of {}", class.share, class.family) }</p>
            if class.parts.is_empty() {
                <p>{ told::class(class, &names) }</p>
            }
            <ul class="detail-parts">
                { for class.parts.iter().map(|part| html! {
                    <li>
                        { badge(Some(part.verdict)) }
                        if class.parts.len() > 1 {
                            <span class="quiet">{ part.share.to_string() }</span>
                        }
                        <span>{ told::part(class, part, &names) }</span>
                        { trace(part) }
                    </li>
                }) }
            </ul>
            <button type="button" class="small" onclick={show(Show::Prefixes(rows))}>{ words::IN_TABLE }</button>
            { list(answer, view, act) }
            if long && let Some(site) = &answer.window.site {
                <p class="quiet mono">{ words::whole_list(site.as_str(), class.class) }</p>
            }
        </section>
    }
}

/// The way back that was asked for.
pub(super) fn back(answer: &Told<Window>, view: &View, act: &Callback<Action>) -> Html {
    let names = Names::of(&answer.plan);
    let all = View { show: Show::Back, from: 0, ..view.clone() };
    html! {
        <section class="detail">
            <button type="button" onclick={act.reform(move |_| ask(all.clone()))}>{ "← " }{ words::ALL_BACK }</button>
            if let Some(row) = &answer.window.back {
                <h4>{ all_words::addresses(row.addresses) }</h4>
                <p>{ told::back(row, &names) }</p>
            }
            { list(answer, view, act) }
        </section>
    }
}

fn list(answer: &Told<Window>, view: &View, act: &Callback<Action>) -> Html {
    let Rows::Prefixes(nets) = &answer.window.rows else { return Html::default() };
    let own = view.clone();
    let turn = act.reform(move |from| ask(View { from, ..own.clone() }));
    let shown = &answer.window.view;
    html! {
        <PrefixList nets={nets.clone()} from={shown.from} total={answer.window.total} count={shown.count} {turn} />
    }
}
