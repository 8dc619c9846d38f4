//! A link that holds the plan; a file where the plan is too long for one.

use super::dialog::Dialog;
use super::dom;
use crate::desk::link::{self, Fit};
use crate::desk::{Action, Desk};
use crate::report::words::page::share as words;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html, use_memo, use_state_eq};

/// The dialog, open as long as it is there.
#[derive(Properties, PartialEq)]
pub struct ShareProps {
    /// The desk.
    pub desk: Rc<Desk>,
    /// Where actions go.
    pub act: Callback<Action>,
    /// Closed.
    pub close: Callback<()>,
}

/// Shows the link and how it is carried.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let copied = use_state_eq(|| None::<bool>);
    let link = use_memo(Rc::clone(&props.desk.plan), |plan| {
        let link = link::write(plan)?;
        let address = dom::window().location().href().unwrap_or_default();
        let page = address.split('#').next().unwrap_or_default();
        Some(format!("{page}#{link}"))
    });
    let fit = link.as_deref().map(|link| link::fit(link.len()));
    let fits = fit.is_some_and(|fit| fit != Fit::TooLong);
    let from_disk = link.as_deref().is_some_and(|link| link.starts_with("file:"));
    let told = match (&*link, fit) {
        (Some(link), Some(fit)) => words::length(link.len(), fit),
        _ => words::too_large(),
    };
    let copy = {
        let (link, copied) = (Rc::clone(&link), copied.setter());
        move |_| copied.set(Some(link.as_deref().is_some_and(dom::copy)))
    };
    let state = match *copied {
        None => "",
        Some(true) => words::COPIED,
        Some(false) => words::NOT_COPIED,
    };
    html! {
        <Dialog title={words::TITLE} close={props.close.clone()}>
            <p class="quiet">{ words::INTRO }</p>
            if fits {
                <textarea class="export-text share-link" rows="5" readonly=true spellcheck="false"
                    aria-label={words::LINK} value={(*link).clone().unwrap_or_default()} />
            }
            <p class="share-note">{ told }</p>
            if from_disk {
                <p class="share-note">{ words::FROM_DISK }</p>
            }
            <div class="export-tools">
                <span class="quiet" role="status">{ state }</span>
                if fits {
                    <button type="button" class="primary" autofocus=true onclick={copy}>{ words::COPY }</button>
                }
                <button type="button" class={if fits { "" } else { "primary" }}
                    onclick={props.act.reform(|_| Action::SaveFile)}>{ words::FILE }</button>
            </div>
        </Dialog>
    }
}
