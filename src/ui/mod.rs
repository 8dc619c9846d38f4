//! The page: Yew components, and the platform's edges (worker, storage, files, keys).
//!
//! One [`App`](app::App) holds the desk; every component gets it by [`Props`] and sends [`Action`]s back.
//! Nothing here decides anything about routing.

mod adding;
pub mod answer;
mod app;
mod bulk;
mod dialog;
pub mod dom;
mod export;
mod failure;
mod files;
pub mod find;
mod gallery;
mod header;
mod icons;
mod import;
mod inputs;
mod keeping;
mod keys;
mod notice;
mod paper;
mod plans;
mod progress;
mod report;
mod share;
mod sheet;
mod shelf;
mod size;
mod store;
mod theme;
pub mod why;
pub mod worker;

use crate::desk::{Action, Desk};
use std::rc::Rc;
use yew::{Callback, Properties};

/// What every column of the page gets.
#[derive(Properties, Clone, PartialEq)]
pub struct Props {
    /// The desk as it is.
    pub desk: Rc<Desk>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// Starts the role that this copy of the program has: the page, or the worker, which has no document.
pub fn start() {
    if js_sys::Reflect::has(&js_sys::global(), &"document".into()) == Ok(true) {
        failure::listen();
        yew::Renderer::<app::App>::new().render();
    } else {
        worker::serve();
    }
}
