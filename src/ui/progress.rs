//! How far the engine is: in a place that is always there, seen only when the work takes a while.

use crate::desk::{Action, Desk};
use crate::report::words::page;
use yew::{Callback, Html, html};

/// The bar with its Cancel, while the engine works.
pub fn bar(desk: &Desk, act: &Callback<Action>) -> Html {
    match &desk.progress {
        Some(progress) => html! {
            <div class="progress">
                <progress max="1000" value={progress.permille.to_string()} aria-label={page::PROGRESS}></progress>
                <span class="progress-share">{ page::share_done(progress.permille) }</span>
                <span class="quiet">{ page::phase(progress.phase) }</span>
                <button type="button" onclick={act.reform(|_| Action::Stop)}>{ page::CANCEL }</button>
            </div>
        },
        None => Html::default(),
    }
}

/// The place above the answer: the bar, or that it was stopped.
pub fn place(desk: &Desk, act: &Callback<Action>) -> Html {
    // What is read for the preview is told there.
    let inside = if desk.is_previewing() {
        Html::default()
    } else if desk.progress.is_some() {
        bar(desk, act)
    } else if desk.stopped || desk.studies.stopped() {
        html! {
            <div class="progress progress-stopped">
                <span class="quiet">{ if desk.stopped { page::STOPPED } else { page::STUDY_STOPPED } }</span>
                <button type="button" onclick={act.reform(|_| Action::Resume)}>{ page::RESUME }</button>
            </div>
        }
    } else {
        Html::default()
    };
    html! { <div class="progress-place">{ inside }</div> }
}
