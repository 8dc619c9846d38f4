//! What people should be told: a file that can't be read, an engine that stopped.

use super::Props;
use super::icons::{Icon, icon};
use crate::desk::{Action, Notice, Storage};
use crate::report::words::{self, page};
use yew::{Html, component, html};

/// The notice, where there is one.
#[component]
pub fn NoticeBar(props: &Props) -> Html {
    let Some(notice) = &props.desk.notice else { return html! { <div role="alert" class="notice-place"></div> } };
    let text = match notice {
        Notice::NotAPlan { name, error } => page::not_a_plan(name, &words::load_error(error)),
        Notice::Deleted { name } => words::page::plans::deleted(name),
        Notice::NotThere => words::page::plans::NOT_THERE.to_owned(),
        Notice::Forgotten => words::page::plans::FORGOTTEN.to_owned(),
        Notice::FromLink { .. } => words::page::share::FROM_LINK.to_owned(),
        Notice::BadLink(error) => words::page::share::bad_link(error),
        Notice::Unreadable { name, error } => page::unreadable(name, &words::faults::bytes_error(error)),
        Notice::Imported(done) => words::page::import::done(done, &props.desk.plan),
        Notice::EngineLost => page::ENGINE_LOST.to_owned(),
        Notice::EngineFailed { file, .. } => page::engine_failed(*file),
        Notice::EngineGaveUp { .. } => page::ENGINE_GAVE_UP.to_owned(),
        Notice::EngineRestarted => page::ENGINE_RESTARTED.to_owned(),
    };
    let undo = match notice {
        Notice::Imported(done) if !done.is_nothing() => Some(words::page::import::UNDO_IMPORT),
        Notice::FromLink { over_mine: true } if props.desk.can_undo() => Some(words::page::share::BACK),
        _ => None,
    };
    let back = if matches!(notice, Notice::Deleted { .. }) { Some(words::page::plans::PUT_BACK) } else { None };
    html! {
        <div role="alert" class="notice-place">
            <div class={if undo.is_some() { "notice notice-done" } else { "notice" }}>
                <span>{ text }{ said(notice) }</span>
                if let Some(undo) = undo {
                    <button type="button" class="small" onclick={props.act.reform(|_| Action::Undo)}>{ undo }</button>
                }
                if let Some(back) = back {
                    <button type="button" class="small" onclick={props.act.reform(|_| Action::PutBack)}>{ back }</button>
                }
                <button type="button" class="icon-button" aria-label={page::DISMISS}
                    onclick={props.act.reform(|_| Action::Dismiss)}>{ icon(Icon::Cross) }</button>
            </div>
        </div>
    }
}

/// What another tab did with the open plan, and the ways on from there. It stays until one is taken.
#[component]
pub fn ElsewhereBar(props: &Props) -> Html {
    use words::page::plans;
    let (text, theirs) = match props.desk.storage {
        Storage::Elsewhere => (plans::ELSEWHERE_TEXT, true),
        Storage::Gone => (plans::GONE_TEXT, false),
        _ => return html! { <div role="alert" class="notice-place"></div> },
    };
    html! {
        <div role="alert" class="notice-place">
            <div class="notice">
                <span>{ text }</span>
                <button type="button" class="small" onclick={props.act.reform(|_| Action::KeepMine)}>
                    { if theirs { plans::KEEP_MINE } else { plans::KEEP_AGAIN } }
                </button>
                if theirs {
                    <button type="button" class="small" onclick={props.act.reform(|_| Action::TakeTheirs)}>
                        { plans::TAKE_THEIRS }
                    </button>
                }
            </div>
        </div>
    }
}

/// The engine's own words, for who reports them; folded away.
fn said(notice: &Notice) -> Html {
    let (Notice::EngineFailed { said, .. } | Notice::EngineGaveUp { said }) = notice else {
        return Html::default();
    };
    if said.is_empty() {
        return Html::default();
    }
    html! { <details class="notice-said"><summary>{ page::ENGINE_SAID }</summary><code>{ said.clone() }</code></details> }
}
