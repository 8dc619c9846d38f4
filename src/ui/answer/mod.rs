//! The answer: verdict sentence, picture, what-if switches, and the tabs: flows and studies.

mod advice;
mod baseline;
mod capacity;
mod capacity_bars;
mod coverage;
mod cutover;
mod difference;
mod failures;
mod failures_detail;
mod failures_matrix;
mod flows;
mod lens;
mod line;
mod map;
mod mark;
mod picture;
mod pointing;
mod prefixes;
mod rollout;
mod sites;
mod start;
mod summary;
mod table;
mod tabs;
mod what_if;

pub use advice::look;
pub use mark::{badge, shape, verdict_class};
pub use table::{Column, Line, Sorted, Table, TableProps, TableRow, window_around};
pub use tabs::{bring_up, tab_id};

use super::Props;
use crate::report::words::answer as words;
use picture::Picture;
use start::Start;
use std::rc::Rc;
use summary::Summary;
use tabs::Tabs;
use what_if::WhatIf;
use yew::{Html, component, html, use_callback, use_state_eq};

/// The middle column.
#[component]
pub fn Answer(props: &Props) -> Html {
    let (desk, act) = (&props.desk, &props.act);
    // Here, and not at the desk: when it changes, the picture alone is drawn anew.
    let pointed = use_state_eq(|| None);
    let point = {
        let pointed = pointed.setter();
        use_callback((), move |row, ()| pointed.set(row))
    };
    let Some(answered) = &desk.answered else {
        return html! { <p class="quiet">{ words::WAITING }</p> };
    };
    let plan = &answered.plan;
    let begun = !plan.sites.is_empty() || !plan.exits.is_empty();
    html! {
        <>
            <Summary desk={Rc::clone(desk)} act={act.clone()} />
            <Start desk={Rc::clone(desk)} act={act.clone()} />
            if begun {
                <Picture desk={Rc::clone(desk)} act={act.clone()} pointed={*pointed} />
                <WhatIf desk={Rc::clone(desk)} act={act.clone()} />
                <Tabs desk={Rc::clone(desk)} act={act.clone()} {point} />
            }
        </>
    }
}
