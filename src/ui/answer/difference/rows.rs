//! The tables of the difference: their columns and lines.

use super::super::coverage::rows::{address, text};
use super::super::{Column, Line, TableRow, badge};
use crate::report::words::page::difference::column;
use crate::report::words::{self, Names, coverage as covered, difference as told};
use crate::study::difference::{BackChange, Change, FlowChange, FlowState, Rows, State};
use yew::{Classes, Html, html};

/// The columns of the rows that are shown.
pub(super) fn columns(rows: &Rows) -> Vec<Column> {
    let column = |title: &'static str, class: &'static str| Column { title: title.into(), class, sorts: false };
    match rows {
        Rows::Changes(_) => vec![
            column(column::BEFORE, "s-state"),
            column(column::AFTER, "s-state"),
            column(column::ADDRESSES, "s-count"),
            column(column::WHAT, "c-site"),
            column(column::SITE, "c-site"),
        ],
        Rows::Flows(_) => vec![
            column(column::FLOW, "c-flow"),
            column(column::BEFORE, "s-state"),
            column(column::AFTER, "s-state"),
            column(column::MBPS_OUT, "s-mbps"),
            column(column::MBPS_IN, "s-mbps"),
        ],
        Rows::Back(_) => vec![
            column(column::OURS, "c-flow"),
            column(column::SENDER, "c-site"),
            column(column::SENT, "c-flow"),
            column(column::SENDS, "c-flow"),
            column(column::ADDRESSES, "s-count"),
        ],
        Rows::Prefixes(_) => Vec::new(),
    }
}

/// The lines of all rows of a window.
pub(super) fn lines(rows: &Rows, names: &Names) -> Vec<TableRow> {
    match rows {
        Rows::Changes(rows) => rows.iter().map(|row| change(row, names)).collect(),
        Rows::Flows(rows) => rows.iter().map(|row| flow(row, names)).collect(),
        Rows::Back(rows) => rows.iter().map(|row| back(row, names)).collect(),
        Rows::Prefixes(_) => Vec::new(),
    }
}

fn line(name: String, cells: Vec<Html>) -> TableRow {
    let line = Line { name: name.into(), cells, chosen: false, class: Classes::new() };
    TableRow { line, parts: Vec::new() }
}

/// A verdict, and the exits out and back.
pub(super) fn state(state: &State, names: &Names) -> Html {
    let Some(verdict) = state.verdict else {
        return html! { <span class="quiet tbl-text">{ covered::verdict(None, state.unjudged) }</span> };
    };
    let ways = ways(&covered::out(&state.out, names), &covered::answers(&state.parts, names));
    html! { <span class="state">{ badge(Some(verdict)) }{ ways }</span> }
}

fn ways(out: &str, back: &str) -> Html {
    let all = format!("{out} → {back}");
    html! { <span class="state-ways" title={all.clone()}>{ all }</span> }
}

fn change(change: &Change, names: &Names) -> TableRow {
    let what: Vec<&str> = change.what.iter().map(|what| told::what(*what)).collect();
    line(
        told::change(change, names),
        vec![
            state(&change.before, names),
            state(&change.after, names),
            text(&change.addresses.grouped()),
            text(&words::listing(&what, "and")),
            text(&format!("{}, {}", names.site(&change.site), change.family)),
        ],
    )
}

/// How a flow fares: its verdict, and the exits out and back.
pub(in crate::ui::answer) fn side(state: &Option<FlowState>, names: &Names) -> Html {
    match state {
        None => html! { <span class="quiet">{ "–" }</span> },
        Some(state) => {
            let named = |ids: &[crate::plan::Id]| match names.exits(ids, "and") {
                none if none.is_empty() => "–".to_owned(),
                exits => exits,
            };
            let ways = ways(&named(&state.out), &named(&state.back));
            html! { <span class="state">{ badge(state.verdict) }{ ways }</span> }
        }
    }
}

fn flow(change: &FlowChange, names: &Names) -> TableRow {
    let side = |state| side(state, names);
    line(
        told::flow(change, names),
        vec![
            text(names.flow(&change.flow)),
            side(&change.before),
            side(&change.after),
            text(&told::mbps(change.mbps_out)),
            text(&told::mbps(change.mbps_in)),
        ],
    )
}

fn back(change: &BackChange, names: &Names) -> TableRow {
    let ways = |ways: &Option<Vec<_>>| match ways {
        Some(ways) => text(&covered::ways(ways, names)),
        None => html! { <span class="quiet">{ "–" }</span> },
    };
    line(
        told::back(change, names),
        vec![
            text(&covered::ours(&change.ours, names)),
            text(&covered::sender(change.far_side, change.offered.as_deref(), names)),
            ways(&change.before),
            ways(&change.after),
            address(&format!("{} {}", change.addresses.grouped(), change.first)),
        ],
    )
}
