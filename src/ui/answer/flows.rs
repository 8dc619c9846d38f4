//! The flow table with its filter.

use super::line::{Lines, kinds};
use super::pointing::Pointed;
use super::{Sorted, Table, window_around};
use crate::desk::door::{Form, Group, GroupBy, MAX_WINDOW, RowView, SortBy, Writing};
use crate::desk::{Action, Desk};
use crate::journey::{Kept, Row};
use crate::plan::{Flow, Id, Plan};
use crate::report::words::{Names, answer as words, catalogue as told};
use crate::ui::dom;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use yew::{Callback, Html, Properties, classes, component, html, use_memo};

/// What the flow table needs, and the tabs around it.
#[derive(Properties, PartialEq)]
pub struct FlowsProps {
    /// The desk as it is.
    pub desk: Rc<Desk>,
    /// Where actions go.
    pub act: Callback<Action>,
    /// Hears which row is pointed at.
    pub point: Callback<Option<Pointed>>,
}

/// The flows.
#[component]
pub fn Flows(props: &FlowsProps) -> Html {
    let desk = &props.desk;
    let window = desk.rows.as_ref().map(|rows| Rc::clone(&rows.window));
    let chosen = desk.selected.as_ref().and_then(|chosen| Some((chosen.flow.clone()?, chosen.part)));
    // Made once for what is shown, not once for each line that scrolls by.
    let shown_of = (desk.answered.as_ref().map(|answered| answered.generation), window.as_ref().map(Rc::as_ptr));
    let shown = {
        let (answered, window) = (desk.answered.clone(), window.clone());
        use_memo((shown_of, chosen), move |(_, chosen)| {
            let (Some(answered), Some(window)) = (&answered, &window) else { return Vec::new() };
            let names = Names::of(&answered.plan);
            let flows = flows_of(&answered.plan, &window.rows);
            let kinds = kinds(&answered.plan, answered.compare, window.view.group);
            let chosen = chosen.as_ref().map(|(flow, part)| (flow, *part));
            let lines = Lines { plan: &answered.plan, names: &names, kinds: &kinds, flows: &flows, chosen };
            let told = window.rows.iter().enumerate();
            told.map(|(at, row)| {
                let place = window.view.from.saturating_add(at as u32);
                let facts = window.facts.get(at).map(Vec::as_slice).unwrap_or_default();
                let own = |group: &&Group| (group.first..group.first + group.flows).contains(&place);
                let group = window.groups.iter().find(own).map(|group| (group, group.first == place || at == 0));
                lines.row(row, window.others.get(at), facts, group)
            })
            .collect()
        })
    };
    let Some(answered) = desk.answered.clone() else { return Html::default() };
    let kinds = Rc::new(kinds(
        &answered.plan,
        answered.compare,
        window.as_ref().map_or(desk.row_view.group, |window| window.view.group),
    ));
    let total = window.as_ref().map_or(0, |window| window.total);
    let all = u32::try_from(answered.plan.flows.len()).unwrap_or(u32::MAX);
    let view = &desk.row_view;
    let other_view = window.as_ref().is_some_and(|window| !same_rows(&window.view, view));
    let row = {
        let from = window.as_ref().map_or(0, |window| window.view.from);
        Callback::from(move |index: u32| shown.get(index.checked_sub(from)? as usize).cloned())
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
        Callback::from(move |rows: (u32, u32)| {
            if let Some(from) = window_around(rows, view.from, view.count) {
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
    let shows = format!(
        "{:?} {:?} {} {:?} {:?} {} {}",
        view.group, view.sort, view.descending, view.verdicts, view.kept, view.only_differing, view.filter
    );
    html! {
        <div class="flows">
            { tools(props, answered.compare, total, all) }
            <div class={classes!("flows-place", (!desk.stale() && (desk.rows_stale() || other_view)).then_some("dim"))}>
                <Table label={words::FLOWS} id="flow" {columns} {sorted} {sort} {total} {row} {want} {choose} {shows}
                    point={props.point.clone()} />
                if total == 0 && window.is_some() && !other_view {
                    <p class="quiet flows-none">{ words::NOTHING_SHOWN }</p>
                }
            </div>
        </div>
    }
}

/// The flows of these rows.
fn flows_of<'a>(plan: &'a Plan, rows: &[Row]) -> BTreeMap<&'a Id, &'a Flow> {
    let wanted: BTreeSet<&Id> = rows.iter().map(|row| &row.flow).collect();
    plan.flows.iter().filter(|flow| wanted.contains(&flow.id)).map(|flow| (&flow.id, flow)).collect()
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

fn tools(props: &FlowsProps, compare: bool, total: u32, all: u32) -> Html {
    let view = props.desk.row_view.clone();
    let filtered =
        !view.filter.is_empty() || !view.verdicts.is_empty() || !view.kept.is_empty() || view.only_differing;
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
            Action::View(RowView {
                sort: view.sort,
                descending: view.descending,
                group: view.group,
                count: view.count,
                ..RowView::default()
            })
        })
    };
    let onchange_group = {
        let view = view.clone();
        props.act.reform(move |event: yew::Event| {
            let group = match dom::value_of(&event).as_str() {
                "service" => GroupBy::Service,
                "site" => GroupBy::Site,
                _ => GroupBy::None,
            };
            Action::View(RowView { group, from: 0, ..view.clone() })
        })
    };
    let onchange_kept = {
        let view = view.clone();
        props.act.reform(move |event: yew::Event| {
            let kept = Kept::named(&dom::value_of(&event)).into_iter().collect();
            Action::View(RowView { kept, from: 0, ..view.clone() })
        })
    };
    let write = |form: Form| {
        let view = view.clone();
        props.act.reform(move |_: yew::MouseEvent| Action::Write(Writing::Catalogue(form, view.clone())))
    };
    html! {
        <div class="flows-tools">
            <input type="search" class="flows-filter" aria-label={words::FILTER} placeholder={words::FILTER_HINT}
                value={view.filter.clone()} {oninput} autocomplete="off" spellcheck="false" />
            if compare {
                <label class="switch">
                    <input type="checkbox" checked={view.only_differing} {onchange} />
                    <span>{ words::ONLY_DIFFERING }</span>
                </label>
            }
            <span class="quiet flows-count" role="status">{ words::shown(total, all) }</span>
            <select aria-label={words::KEPT} onchange={onchange_kept} class="flows-kept">
                <option value="" selected={view.kept.is_empty()}>{ words::KEPT_ALL }</option>
                { for Kept::ALL.into_iter().map(|kept| html! {
                    <option value={kept.name()} selected={view.kept == [kept]}>{ told::kept(kept) }</option>
                }) }
            </select>
            <select aria-label={words::GROUP} onchange={onchange_group}>
                <option value="none" selected={view.group == GroupBy::None}>{ words::GROUP_NONE }</option>
                <option value="service" selected={view.group == GroupBy::Service}>{ words::GROUP_SERVICE }</option>
                <option value="site" selected={view.group == GroupBy::Site}>{ words::GROUP_SITE }</option>
            </select>
            <crate::ui::bulk::AddRows desk={Rc::clone(&props.desk)} act={props.act.clone()} />
            <span class="flows-export" role="group" aria-label={words::EXPORT}>
                <button type="button" title={words::EXPORT_CSV} onclick={write(Form::Csv)}>{ "CSV" }</button>
                <button type="button" title={words::EXPORT_JSON} onclick={write(Form::Json)}>{ "JSON" }</button>
                <button type="button" title={words::EXPORT_MARKDOWN} onclick={write(Form::Markdown)}>{ "Markdown" }</button>
                <button type="button" title={words::EXPORT_COPY_HINT} onclick={write(Form::Tsv)}>{ words::EXPORT_COPY }</button>
            </span>
            if filtered {
                <button type="button" onclick={show_all}>{ words::SHOW_ALL }</button>
            }
        </div>
    }
}
