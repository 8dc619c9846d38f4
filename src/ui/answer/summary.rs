//! The verdict in a sentence, and the counts by kind, which are switches for the table's filter.

use super::tabs::{bring_up, open_tab};
use super::{shape, verdict_class};
use crate::desk::Action;
use crate::desk::state::{Answered, Tab};
use crate::journey::Verdict;
use crate::report::words::advice::headline;
use crate::report::words::page::advice::{CHECKING, OPENS};
use crate::report::words::{answer as words, verdicts};
use crate::ui::Props;
use yew::{Callback, Html, classes, component, html};

/// Headline and counts.
#[component]
pub fn Summary(props: &Props) -> Html {
    let Some(answered) = &props.desk.answered else { return Html::default() };
    let summary = &answered.summary;
    let worst = summary.verdicts.first().map(|(verdict, _)| *verdict);
    html! {
        <div class={classes!("verdict-box", verdict_class(worst))}>
            <p class="verdict">{ shape(worst) }<span>{ verdicts::headline(&summary.verdicts, summary.empty) }</span></p>
            if summary.verdicts.iter().any(|(_, count)| *count > 0) {
                <div class="chips" role="group" aria-label={words::BY_VERDICT}>
                    { for summary.verdicts.iter().map(|(verdict, count)| chip(props, *verdict, *count)) }
                </div>
            }
            { other(answered) }
            { rulebook(props) }
        </div>
    }
}

/// What the rulebook finds, whichever tab is open. The line is always there, so that nothing jumps when it is told.
fn rulebook(props: &Props) -> Html {
    let desk = &props.desk;
    let told = desk.checked.as_ref();
    let is_old = told.is_some_and(|told| told.generation != desk.generation);
    let text = told.map_or_else(|| CHECKING.to_owned(), |told| headline(&told.open, told.accepted));
    html! {
        <p class="rulebook">
            <button type="button" class={classes!("link", is_old.then_some("dim"))} title={OPENS}
                onclick={open_tab(&props.act, Tab::Advice)}>
                { text }
            </button>
        </p>
    }
}

fn chip(props: &Props, verdict: Verdict, count: u32) -> Html {
    let view = props.desk.row_view.clone();
    let pressed = view.verdicts.contains(&verdict);
    let act = props.act.clone();
    let onclick = Callback::from(move |_| {
        let mut next = view.clone();
        if pressed {
            next.verdicts.retain(|other| *other != verdict);
        } else {
            next.verdicts.push(verdict);
        }
        next.from = 0;
        act.emit(Action::View(next));
        if !pressed {
            bring_up();
        }
    });
    html! {
        <button type="button" class={classes!("chip", verdict_class(Some(verdict)))} {onclick}
            aria-pressed={pressed.to_string()} aria-label={words::verdict_count(verdict, count)}
            title={verdicts::sentence(verdict)}>
            { shape(Some(verdict)) }
            <span class="chip-count">{ count }</span>
            { " " }
            <span>{ verdicts::title(verdict) }</span>
        </button>
    }
}

/// The same with the other return model.
fn other(answered: &Answered) -> Html {
    let Some(others) = &answered.summary.other_verdicts else { return Html::default() };
    let headline = verdicts::headline(others, answered.summary.empty);
    let worst = others.first().map(|(verdict, _)| *verdict);
    html! {
        <p class="verdict-other">
            { shape(worst) }<span>{ words::other_model(&headline, answered.summary.differs.len()) }</span>
        </p>
    }
}
