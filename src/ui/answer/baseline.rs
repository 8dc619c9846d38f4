//! The plan that is pinned to compare with: which, and the buttons to pin another or none.

use crate::desk::state::Tab;
use crate::desk::{Action, Storage};
use crate::report::words::page::tabs as words;
use crate::ui::Props;
use yew::{Html, component, html};

/// What is pinned.
#[component]
pub fn Baseline(props: &Props) -> Html {
    let (desk, act) = (&props.desk, &props.act);
    let pin = act.reform(|_| Action::Pin);
    let unpin = act.reform(|_| Action::Unpin);
    let kept = !matches!(desk.baseline_storage, Storage::Full | Storage::Unavailable | Storage::Refused);
    html! {
        <div class="baseline" role="group" aria-label={words::BASELINE}>
            if let Some(plan) = &desk.baseline {
                <p>
                    { words::pinned(&plan.name) }
                    if !kept {
                        { " " }<span class="baseline-lost">{ words::NOT_KEPT }</span>
                    }
                </p>
                <button type="button" onclick={pin}>{ words::PIN_AGAIN }</button>
                <button type="button" onclick={unpin}>{ words::UNPIN }</button>
            } else {
                <p>{ match desk.tab {
                    Tab::Difference => words::NOTHING_PINNED,
                    Tab::Rollout => words::NOTHING_PINNED_ROLLOUT,
                    _ => words::NOTHING_PINNED_LOADS,
                } }</p>
                <button type="button" onclick={pin}>{ words::PIN }</button>
            }
        </div>
    }
}
