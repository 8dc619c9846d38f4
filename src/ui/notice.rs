//! What people should be told: a file that can't be read, an engine that stopped.

use super::Props;
use super::icons::{Icon, icon};
use crate::desk::{Action, Notice};
use crate::report::words::{self, page};
use yew::{Html, component, html};

/// The notice, where there is one.
#[component]
pub fn NoticeBar(props: &Props) -> Html {
    let Some(notice) = &props.desk.notice else { return html! { <div role="alert" class="notice-place"></div> } };
    let text = match notice {
        Notice::NotAPlan { name, error } => page::not_a_plan(name, &words::load_error(error)),
        Notice::Unreadable { name, error } => page::unreadable(name, &words::faults::bytes_error(error)),
        Notice::EngineLost => page::ENGINE_LOST.to_owned(),
        Notice::EngineRestarted => page::ENGINE_RESTARTED.to_owned(),
    };
    html! {
        <div role="alert" class="notice-place">
            <div class="notice">
                <span>{ text }</span>
                <button type="button" class="icon-button" aria-label={page::DISMISS}
                    onclick={props.act.reform(|_| Action::Dismiss)}>{ icon(Icon::Cross) }</button>
            </div>
        </div>
    }
}
