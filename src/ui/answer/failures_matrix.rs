//! The matrix of failures: flows as rows, failures as columns, worst first, and the failures in full below.

use super::failures::{Answer, show, suppose};
use crate::desk::keys::{Area, Does};
use crate::report::words::page::failures as words;
use crate::report::words::{Names, failures as told};
use crate::study::failures::{Asked, Column, Line, Outcome, View};
use crate::ui::keys::pressed;
use crate::ui::{Props, dom};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::{Callback, Html, classes, html};

/// All outcomes, worst first.
const ALL: [Outcome; 9] = [
    Outcome::Breaks,
    Outcome::Fails,
    Outcome::Doubtful,
    Outcome::Depends,
    Outcome::Resets,
    Outcome::Moves,
    Outcome::Same,
    Outcome::Better,
    Outcome::Empty,
];

/// The matrix, in a box of its own that scrolls.
pub(super) fn matrix(props: &Props, view: &View, answer: &Answer, names: &Names<'_>) -> Html {
    let window = &answer.window;
    let seen = |outcome: &Outcome| window.lines.iter().any(|line| line.outcomes.contains(outcome));
    let first = window.view.from_failure;
    html! {
        <>
            <ul class="mx-marks">
                { for ALL.iter().filter(|outcome| seen(outcome)).map(|outcome| html! {
                    <li title={told::outcome_sentence(*outcome)}>{ mark(*outcome) }<span>{ told::outcome(*outcome) }</span></li>
                }) }
            </ul>
            <p class="quiet mx-how">{ words::HOW }</p>
            <div class="mx-box" onkeydown={Callback::from(onkeydown)}>
                <table class="mx" aria-label={words::MATRIX}>
                    <thead>
                        <tr>
                            <th scope="col" class="mx-corner">{ words::FLOW }</th>
                            { for window.columns.iter().enumerate()
                                .map(|(index, column)| head(props, first + index as u32, index, column, names)) }
                        </tr>
                    </thead>
                    <tbody>
                        { for window.lines.iter().enumerate()
                            .map(|(row, one)| line(props, view, answer, names, row, one)) }
                    </tbody>
                </table>
            </div>
        </>
    }
}

fn head(props: &Props, number: u32, index: usize, column: &Column, names: &Names<'_>) -> Html {
    let full = told::failure(&column.failure, names);
    let name = words::head(number + 1, &full, &told::sums(&column.sum));
    html! {
        <th scope="col" class="mx-head">
            <button type="button" id={format!("mx-h-{index}")} tabindex={if index == 0 { "0" } else { "-1" }}
                title={name.clone()} aria-label={name} onclick={suppose(props, &column.scenario)}>
                <span class="mx-name">{ told::short(&column.failure, names) }</span>
                <span class="mx-number">{ number + 1 }</span>
            </button>
        </th>
    }
}

fn line(props: &Props, view: &View, answer: &Answer, names: &Names<'_>, row: usize, line: &Line) -> Html {
    let flow = names.flow(&line.sum.flow);
    let cells = answer.window.columns.iter().zip(&line.outcomes).enumerate().map(|(index, (column, outcome))| {
        let asked = Asked { failure: column.failure.clone(), flow: line.sum.flow.clone() };
        let open = view.detail.as_ref() == Some(&asked);
        let name = words::cell(flow, &told::failure(&column.failure, names), told::outcome(*outcome));
        let onclick = {
            let (act, view) = (props.act.clone(), view.clone());
            let detail = if open { None } else { Some(asked) };
            Callback::from(move |_| show(&act, View { detail: detail.clone(), ..view.clone() }))
        };
        let stop = if view.detail.is_some() { open } else { row == 0 && index == 0 };
        html! {
            <td>
                <button type="button" id={format!("mx-{row}-{index}")} class={class(*outcome)}
                    tabindex={if stop { "0" } else { "-1" }} aria-pressed={open.to_string()}
                    title={name.clone()} aria-label={name} {onclick}>
                    { shape(*outcome) }
                </button>
            </td>
        }
    });
    html! {
        <tr key={line.sum.flow.as_str()}>
            <th scope="row" class="mx-flow" title={flow.to_owned()}>{ flow }</th>
            { for cells }
        </tr>
    }
}

/// Arrows move from cell to cell, and up into the heads.
fn onkeydown(event: KeyboardEvent) {
    let by: (i64, i64) = match pressed(Area::Matrix, &event) {
        Some(Does::Left) => (0, -1),
        Some(Does::Right) => (0, 1),
        Some(Does::Up) => (-1, 0),
        Some(Does::Down) => (1, 0),
        _ => return,
    };
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Some((row, column)) = place(&element.id()) else { return };
    let (row, column) = (row + by.0, column + by.1);
    let id = if row < 0 { format!("mx-h-{column}") } else { format!("mx-{row}-{column}") };
    let next = dom::document().get_element_by_id(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(next) = next {
        event.prevent_default();
        let _ = next.focus();
    }
}

/// Row and column of a cell; a head's row is -1.
fn place(id: &str) -> Option<(i64, i64)> {
    let (row, column) = id.strip_prefix("mx-")?.split_once('-')?;
    let row = if row == "h" { -1 } else { row.parse().ok()? };
    Some((row, column.parse().ok()?))
}

fn class(outcome: Outcome) -> yew::Classes {
    let own = match outcome {
        Outcome::Breaks => "o-breaks",
        Outcome::Fails => "o-fails",
        Outcome::Doubtful => "o-doubtful",
        Outcome::Depends => "o-depends",
        Outcome::Resets => "o-resets",
        Outcome::Moves => "o-moves",
        Outcome::Same => "o-same",
        Outcome::Better => "o-better",
        Outcome::Empty => "o-empty",
    };
    classes!("mx-cell", own)
}

/// A mark beside its word.
pub(super) fn mark(outcome: Outcome) -> Html {
    html! { <span class={class(outcome)} aria-hidden="true">{ shape(outcome) }</span> }
}

/// Each outcome has a shape of its own, so that nothing depends on colour.
fn shape(outcome: Outcome) -> Html {
    let inside = match outcome {
        Outcome::Breaks => {
            html! { <><path class="m-fill" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" /><path class="m-on" d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6" /></> }
        }
        Outcome::Fails => html! { <path class="m-line" d="M4 4l8 8M12 4l-8 8" /> },
        Outcome::Doubtful => {
            html! { <><path class="m-fill" d="M8 .6 15.4 8 8 15.4.6 8z" /><path class="m-on" d="M8 4.4v4.4M8 11v.6" /></> }
        }
        Outcome::Depends => html! { <path class="m-line" d="M8 2 14 8 8 14 2 8z" /> },
        Outcome::Resets => html! { <path class="m-line" d="M13 8a5 5 0 1 1-1.6-3.7M13.2 1.8v3.4H9.8" /> },
        Outcome::Moves => html! { <path class="m-line" d="M2 8h11M9 4l4 4-4 4" /> },
        Outcome::Same => html! { <circle class="m-fill" cx="8" cy="8" r="1.6" /> },
        Outcome::Better => html! { <path class="m-line" d="M8 3v10M3 8h10" /> },
        Outcome::Empty => html! { <path class="m-line" d="M4 8h8" /> },
    };
    html! {
        <svg class="mx-mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{ inside }</svg>
    }
}

/// The failures of the columns in full.
pub(super) fn legend(props: &Props, view: &View, answer: &Answer, names: &Names<'_>) -> Html {
    let _ = view;
    let first = answer.window.view.from_failure as usize + 1;
    html! {
        <section class="mx-legend">
            <h3>{ words::LIST }</h3>
            <ol start={first.to_string()}>
                { for answer.window.columns.iter().map(|column| {
                    let full = told::failure(&column.failure, names);
                    let name = format!("{}: {full}", words::SUPPOSE);
                    html! {
                        <li>
                            <span class="mx-full">{ full }</span>
                            <span class="quiet mx-sums">{ told::sums(&column.sum) }</span>
                            <button type="button" class="small" aria-label={name} onclick={suppose(props, &column.scenario)}>
                                { words::SUPPOSE }
                            </button>
                        </li>
                    }
                }) }
            </ol>
        </section>
    }
}
