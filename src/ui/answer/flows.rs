//! The flow table with its filter.

use super::line::{Lines, kinds};
use super::{Sorted, Table};
use crate::desk::Action;
use crate::desk::door::{MAX_WINDOW, RowView, SortBy};
use crate::journey::Row;
use crate::report::words::{Names, answer as words};
use crate::ui::{Props, dom};
use std::rc::Rc;
use yew::{Callback, Html, classes, component, html};

/// So many rows before those in view are asked for with them.
const BEFORE: u32 = 60;

/// The flows.
#[component]
pub fn Flows(props: &Props) -> Html {
    let desk = &props.desk;
    let Some(answered) = desk.answered.clone() else { return Html::default() };
    let kinds = Rc::new(kinds(&answered.plan, answered.compare));
    let window = desk.rows.as_ref().map(|rows| Rc::clone(&rows.window));
    let total = window.as_ref().map_or(0, |window| window.total);
    let all = u32::try_from(answered.plan.flows.len()).unwrap_or(u32::MAX);
    let view = &desk.row_view;
    let other_view = window.as_ref().is_some_and(|window| !same_rows(&window.view, view));
    let row = {
        let (answered, kinds, window) = (answered.clone(), Rc::clone(&kinds), window.clone());
        let chosen = desk.selected.as_ref().and_then(|chosen| Some((chosen.flow.clone()?, chosen.part)));
        Callback::from(move |index: u32| {
            let window = window.as_ref()?;
            let at = index.checked_sub(window.view.from)? as usize;
            let row = window.rows.get(at)?;
            let names = Names::of(&answered.plan);
            let chosen = chosen.as_ref().map(|(flow, part)| (flow, *part));
            let lines = Lines { plan: &answered.plan, names: &names, kinds: &kinds, chosen };
            Some(lines.row(row, window.others.get(at)))
        })
    };
    let choose = {
        let (act, window) = (props.act.clone(), window.clone());
        Callback::from(move |(index, part): (u32, Option<u32>)| {
            let Some(window) = &window else { return };
            let at = index.checked_sub(window.view.from);
            if let Some(row) = at.and_then(|at| window.rows.get(at as usize)) {
                act.emit(Action::Select { flow: row.flow.clone(), part: part.unwrap_or(0) as usize });
            }
        })
    };
    let want = {
        let (act, view) = (props.act.clone(), view.clone());
        Callback::from(move |(from, to): (u32, u32)| {
            if from < view.from || to > view.from + view.count {
                let from = from.saturating_sub(BEFORE);
                act.emit(Action::View(RowView { from, count: MAX_WINDOW, ..view.clone() }));
            }
        })
    };
    let sort = {
        let (act, view, kinds) = (props.act.clone(), view.clone(), Rc::clone(&kinds));
        Callback::from(move |column: usize| {
            if let Some(sort) = kinds.get(column).and_then(|kind| kind.sort()) {
                act.emit(Action::View(sorted_by(&view, sort)));
            }
        })
    };
    let sorted = kinds
        .iter()
        .position(|kind| view.sort != SortBy::Plan && kind.sort() == Some(view.sort))
        .map(|column| Sorted { column, descending: view.descending });
    let columns = Rc::new(kinds.iter().map(|kind| kind.column()).collect::<Vec<_>>());
    let shows =
        format!("{:?} {} {:?} {} {}", view.sort, view.descending, view.verdicts, view.only_differing, view.filter);
    html! {
        <section class="flows" aria-label={words::FLOWS}>
            { tools(props, answered.compare, total, all) }
            <div class={classes!("flows-place", (!desk.stale() && (desk.rows_stale() || other_view)).then_some("dim"))}>
                <Table label={words::FLOWS} id="flow" {columns} {sorted} {sort} {total} {row} {want} {choose} {shows} />
                if total == 0 && window.is_some() && !other_view {
                    <p class="quiet flows-none">{ words::NOTHING_SHOWN }</p>
                }
            </div>
        </section>
    }
}

/// Whether the two models tell the flow's users something different.
pub(super) fn differ(row: &Row, other: &Row) -> bool {
    row.verdict != other.verdict || row.parts != other.parts
}

/// Whether two views show the same rows in the same order, whatever the window.
fn same_rows(a: &RowView, b: &RowView) -> bool {
    RowView { from: 0, count: 0, ..a.clone() } == RowView { from: 0, count: 0, ..b.clone() }
}

/// Ascending, then descending, then as in the plan.
fn sorted_by(view: &RowView, sort: SortBy) -> RowView {
    let (sort, descending) = match (view.sort == sort, view.descending) {
        (false, _) => (sort, false),
        (true, false) => (sort, true),
        (true, true) => (SortBy::Plan, false),
    };
    RowView { sort, descending, from: 0, ..view.clone() }
}

fn tools(props: &Props, compare: bool, total: u32, all: u32) -> Html {
    let view = props.desk.row_view.clone();
    let filtered = !view.filter.is_empty() || !view.verdicts.is_empty() || view.only_differing;
    let oninput = {
        let view = view.clone();
        props.act.reform(move |event: yew::InputEvent| {
            Action::View(RowView { filter: dom::value_of(&event), from: 0, ..view.clone() })
        })
    };
    let onchange = {
        let view = view.clone();
        props.act.reform(move |event: yew::Event| {
            Action::View(RowView { only_differing: dom::checked_of(&event), from: 0, ..view.clone() })
        })
    };
    let show_all = {
        let view = view.clone();
        props.act.reform(move |_| {
            let order = (view.sort, view.descending, view.count);
            Action::View(RowView { sort: order.0, descending: order.1, count: order.2, ..RowView::default() })
        })
    };
    html! {
        <div class="flows-tools">
            <h3>{ words::FLOWS }</h3>
            <input type="search" class="flows-filter" aria-label={words::FILTER} placeholder={words::FILTER_HINT}
                value={view.filter.clone()} {oninput} autocomplete="off" spellcheck="false" />
            if compare {
                <label class="switch">
                    <input type="checkbox" checked={view.only_differing} {onchange} />
                    <span>{ words::ONLY_DIFFERING }</span>
                </label>
            }
            <span class="quiet flows-count" role="status">{ words::shown(total, all) }</span>
            if filtered {
                <button type="button" onclick={show_all}>{ words::SHOW_ALL }</button>
            }
        </div>
    }
}
