//! Verdicts as shape, colour and word.

use crate::journey::Verdict;
use crate::report::words::{answer as words, verdicts};
use yew::{Html, classes, html};

/// The shape of a verdict: a ring with a tick, a half disc, a half diamond, a cross.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Mark {
    Works,
    Tolerated,
    Unclear,
    Fails,
    Empty,
}

fn mark(verdict: Option<Verdict>) -> Mark {
    match verdict {
        Some(Verdict::Symmetric) => Mark::Works,
        Some(Verdict::AsymmetricTolerated) => Mark::Tolerated,
        Some(Verdict::Uncertain) => Mark::Unclear,
        Some(_) => Mark::Fails,
        None => Mark::Empty,
    }
}

/// The class that gives a verdict its colour.
pub fn verdict_class(verdict: Option<Verdict>) -> &'static str {
    match mark(verdict) {
        Mark::Works => "v-works",
        Mark::Tolerated => "v-tolerated",
        Mark::Unclear => "v-unclear",
        Mark::Fails => "v-fails",
        Mark::Empty => "v-empty",
    }
}

/// The shape of a verdict alone; a word stands beside it.
pub fn shape(verdict: Option<Verdict>) -> Html {
    let inside = match mark(verdict) {
        Mark::Works => {
            html! { <><circle class="m-fill" cx="8" cy="8" r="7" /><path class="m-on" d="M4.5 8.2l2.4 2.4 4.6-5" /></> }
        }
        Mark::Tolerated => {
            html! { <><circle class="m-line" cx="8" cy="8" r="6.2" /><path class="m-fill" d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" /></> }
        }
        Mark::Unclear => {
            html! { <><path class="m-line" d="M8 1.4 14.6 8 8 14.6 1.4 8z" /><path class="m-fill" d="M8 1.4V14.6L1.4 8z" /></> }
        }
        Mark::Fails => {
            html! { <><path class="m-fill" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" /><path class="m-on" d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6" /></> }
        }
        Mark::Empty => html! { <circle class="m-line" cx="8" cy="8" r="6.2" /> },
    };
    html! {
        <svg class={classes!("vmark", verdict_class(verdict))} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            { inside }
        </svg>
    }
}

/// A verdict with its word.
pub fn badge(verdict: Option<Verdict>) -> Html {
    let title = verdict.map_or(words::NO_ADDRESSES, verdicts::title);
    let sentence = verdict.map(verdicts::sentence);
    html! {
        <span class={classes!("vb", verdict_class(verdict))} title={sentence}>
            { shape(verdict) }<span class="vb-word">{ title }</span>
        </span>
    }
}
