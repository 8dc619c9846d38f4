//! One flow under one failure, told in full below the matrix.

use super::failures::{Answer, show, suppose};
use super::failures_matrix::mark;
use super::mark::badge;
use crate::desk::Action;
use crate::plan::Id;
use crate::report::words::page::failures as words;
use crate::report::words::{Names, failures as told, page};
use crate::study::failures::{Detail, Move, Notice, View};
use crate::ui::Props;
use yew::{Callback, Html, html};

/// The cell that is chosen, where there is one.
pub(super) fn detail(props: &Props, view: &View, answer: &Answer, names: &Names<'_>) -> Html {
    let Some(detail) = answer.window.detail.as_deref().filter(|_| view.detail.is_some()) else {
        return html! { <div class="mx-detail" aria-live="polite"></div> };
    };
    let column = answer.window.columns.iter().find(|column| column.failure == detail.failure);
    let scenario =
        column.map_or_else(|| detail.failure.scenario(&answer.scenario), |column| column.scenario.clone());
    let close = {
        let (act, view) = (props.act.clone(), view.clone());
        Callback::from(move |_| show(&act, View { detail: None, ..view.clone() }))
    };
    let flow = {
        let (act, scenario, flow) = (props.act.clone(), scenario.clone(), detail.flow.clone());
        Callback::from(move |_| {
            act.emit(Action::Suppose(scenario.clone()));
            act.emit(Action::Select { flow: flow.clone(), part: 0 });
        })
    };
    html! {
        <section class="mx-detail" aria-live="polite">
            <h3>{ mark(detail.outcome) }{ words::detail(names.flow(&detail.flow), &told::failure(&detail.failure, names)) }</h3>
            <p>{ told::detail(detail, names) }</p>
            { sources(detail) }
            { moves(detail, names) }
            <p class="mx-buttons">
                <button type="button" onclick={flow}>{ words::SHOW_FLOW }</button>
                <button type="button" onclick={suppose(props, &scenario)}>{ words::SUPPOSE }</button>
                <button type="button" onclick={close}>{ page::CLOSE }</button>
            </p>
        </section>
    }
}

/// The documents that the times rest on.
fn sources(detail: &Detail) -> Html {
    let mut cited: Vec<_> =
        [&detail.notice_out, &detail.notice_in].into_iter().filter_map(Notice::citation).collect();
    cited.dedup();
    html! {
        if !cited.is_empty() {
            <p class="quiet">
                { for cited.into_iter().map(|citation| {
                    let title = crate::report::words::citations::title(citation);
                    match crate::report::words::citations::url(citation) {
                        Some(url) => html! { <a class="cite" href={url} target="_blank" rel="noopener noreferrer">{ title }</a> },
                        None => html! { <span>{ title }</span> },
                    }
                }) }
            </p>
        }
    }
}

fn moves(detail: &Detail, names: &Names<'_>) -> Html {
    if detail.moves.is_empty() {
        return Html::default();
    }
    html! {
        <div class="study-scroll" tabindex="0">
            <table class="study-table">
                <caption>{ words::MOVES }</caption>
                <thead><tr>{ for words::MOVES_HEADS.iter().map(|head| html! { <th scope="col">{ *head }</th> }) }</tr></thead>
                <tbody>{ for detail.moves.iter().map(|change| movement(change, names)) }</tbody>
            </table>
            if detail.more_moves > 0 {
                <p class="quiet">{ words::MORE_MOVES }</p>
            }
        </div>
    }
}

fn movement(change: &Move, names: &Names<'_>) -> Html {
    html! {
        <tr>
            <td>{ format!("{} of {}", change.share, change.family) }</td>
            <td>{ badge(Some(change.before)) }</td>
            <td>{ badge(Some(change.after)) }</td>
            <td>{ way(&change.first_before, &change.first_after, names) }</td>
            <td>{ way(&change.answer_before, &change.answer_after, names) }</td>
            <td>{ told::sessions_short(change.sessions) }</td>
        </tr>
    }
}

/// `A`, or `A → B` where it changes.
fn way(before: &[Id], after: &[Id], names: &Names<'_>) -> String {
    let exits = |ids: &[Id]| if ids.is_empty() { "-".to_owned() } else { names.exits(ids, "or") };
    if before == after { exits(after) } else { format!("{} → {}", exits(before), exits(after)) }
}
