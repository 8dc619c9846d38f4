//! The table: rows in a window, of any number, which open into parts; by mouse and by keyboard.
//!
//! It knows nothing of what it shows: columns and rows come by its properties, and a row that isn't there yet is a
//! blank line. Only the lines in view are in the document.
//!
//! A study's panel uses it so (see `flows.rs` for one with sorting and parts):
//!
//! ```ignore
//! let Some(told) = &desk.studies.coverage.told else { return Html::default() };
//! let window = Rc::clone(&told.window); // total, view.from, view.count and at most 200 rows
//! let row = Callback::from(move |index: u32| {
//!     let row = window.rows.get(index.checked_sub(window.view.from)? as usize)?;
//!     Some(TableRow { line: line_of(row), parts: Vec::new() })
//! });
//! let (act, view) = (act.clone(), desk.studies.coverage.view.clone());
//! let want = Callback::from(move |rows: (u32, u32)| {
//!     // Outside of the window that is asked for: the one around these rows is asked for.
//!     if let Some(from) = window_around(rows, view.from, view.count) {
//!         let view = coverage::View { from, count: MAX_WINDOW, ..view.clone() };
//!         act.emit(Action::Study(Question::Coverage(view)));
//!     }
//! });
//! html! {
//!     <Table label={words::PREFIXES} id="prefix" columns={Rc::clone(&columns)} sorted={None::<Sorted>}
//!         sort={Callback::noop()} total={told.window.total} {row} {want} {choose} {shows} />
//! }
//! ```
//!
//! `shows` is any text that is another when other rows are shown (filter, order): the table then begins at its top.
//! Widths belong to the columns' classes in the style sheet; every line is `--row` high.

use super::pointing::{Pointed, use_pointing};
use crate::desk::keys::{Area, Does};
use crate::desk::scroll::{Opened, Scroll};
use crate::report::words::answer as words;
use crate::ui::icons::{Icon, icon};
use crate::ui::keys::pressed;
use crate::ui::paper::use_paper;
use crate::ui::size::use_size;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::{
    AttrValue, Callback, Classes, Html, NodeRef, Properties, classes, component, html, use_effect_with,
    use_node_ref, use_state, use_state_eq,
};

/// The height of a line; the style sheet says the same (`--row`).
const LINE_PX: u64 = 44;
/// So many lines are printed at most.
const PRINTED: u64 = 200;
/// So many lines beyond those in view are in the document.
const BEYOND: u64 = 8;

/// A column.
#[derive(Clone, PartialEq)]
pub struct Column {
    /// Its heading.
    pub title: AttrValue,
    /// Its class, which gives it its width.
    pub class: &'static str,
    /// Whether its heading sorts.
    pub sorts: bool,
}

/// How the table is sorted.
#[derive(Copy, Clone, PartialEq, Eq)]
pub struct Sorted {
    /// By which column.
    pub column: usize,
    /// Whether the order is turned round.
    pub descending: bool,
}

/// A line of the table.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// What it is called when it is read out.
    pub name: AttrValue,
    /// A cell for each column.
    pub cells: Vec<Html>,
    /// Whether it is the chosen one.
    pub chosen: bool,
    /// Its class.
    pub class: Classes,
}

/// A row, and its parts.
#[derive(Clone, PartialEq)]
pub struct TableRow {
    /// The row itself.
    pub line: Line,
    /// The lines it opens into; none: it doesn't open.
    pub parts: Vec<Line>,
}

/// What a table shows.
#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// What it is called.
    pub label: AttrValue,
    /// Begins the identifiers of its rows in the document; unique on the page.
    pub id: &'static str,
    /// Its columns.
    pub columns: Rc<Vec<Column>>,
    /// How it is sorted.
    pub sorted: Option<Sorted>,
    /// Sorts by a column, or turns its order round.
    pub sort: Callback<usize>,
    /// How many rows it has.
    pub total: u32,
    /// A row by its index; `None` where it isn't there yet.
    pub row: Callback<u32, Option<TableRow>>,
    /// Asks for rows: the first and the one behind the last.
    pub want: Callback<(u32, u32)>,
    /// A row is chosen, or a part of it.
    pub choose: Callback<(u32, Option<u32>)>,
    /// Changes when other rows are shown: the table goes back to its beginning.
    pub shows: AttrValue,
    /// Hears which row, or part of it, is pointed at.
    #[prop_or_default]
    pub point: Callback<Option<Pointed>>,
    /// A row to bring into view, as soon as it is given or another.
    #[prop_or_default]
    pub at: Option<u32>,
}

/// So many rows before those in view are asked for with them.
const BEFORE: u32 = 60;

/// The first row of the window to ask for, where these rows (the first and the one behind the last) aren't all in the
/// one that is asked for already.
pub fn window_around(rows: (u32, u32), from: u32, count: u32) -> Option<u32> {
    let inside = rows.0 >= from && rows.1 <= from.saturating_add(count);
    (!inside).then(|| rows.0.saturating_sub(BEFORE))
}

/// The table.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let scroller = use_node_ref();
    let (_, height) = use_size(scroller.clone());
    let head = use_node_ref();
    let top = use_state_eq(|| 0_u64);
    let active = use_state_eq(|| 0_u64);
    let opened = use_state(Opened::default);
    {
        let (scroller, top, active, opened) = (scroller.clone(), top.setter(), active.setter(), opened.setter());
        use_effect_with(props.shows.clone(), move |_| {
            top.set(0);
            active.set(0);
            opened.set(Opened::default());
            if let Some(element) = scroller.cast::<Element>() {
                element.set_scroll_top(0);
            }
        });
    }
    // A row that changed while it was open has as many lines as it has now.
    let mut now_open = Opened::default();
    for (&row, &before) in opened.rows.range(..props.total) {
        let more = props.row.emit(row).map_or(Some(before), |row| u32::try_from(row.parts.len()).ok());
        now_open.rows.insert(row, more.unwrap_or(before));
    }
    let now_open = Rc::new(now_open);
    // Asked of the browser when it changes, not at every turn: that would lay the page out each time.
    let (_, head_px) = use_size(head.clone());
    let window_px = u64::try_from(height).unwrap_or(0).saturating_sub(u64::try_from(head_px).unwrap_or(0));
    let scroll = Scroll { lines: now_open.lines(props.total), line_px: LINE_PX, window_px };
    let (first, count) = scroll.in_view(*top);
    let paper = use_paper();
    let (from, to) = if paper {
        on_paper(props, &now_open, first)
    } else {
        (first.saturating_sub(BEYOND), (first + count + BEYOND).min(scroll.lines))
    };
    {
        let rows = (now_open.at(from).0, now_open.at(to.saturating_sub(1)).0.saturating_add(1).min(props.total));
        let want = props.want.clone();
        use_effect_with((rows, props.total, props.shows.clone(), paper), move |(rows, total, _, paper)| {
            if *total > 0 && !paper {
                want.emit(*rows);
            }
        });
    }
    let onscroll = {
        let top = top.clone();
        Callback::from(move |event: web_sys::Event| {
            if let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
                top.set(u64::try_from(element.scroll_top()).unwrap_or(0));
            }
        })
    };
    let hand = Hand { scroller: scroller.clone(), scroll, opened: Rc::clone(&now_open) };
    let set_open = {
        let (opened, row) = (opened.clone(), props.row.clone());
        Callback::from(move |(index, open): (u32, bool)| {
            let mut next = (*opened).clone();
            let parts = row.emit(index).map_or(0, |row| row.parts.len());
            if open && parts > 0 {
                next.rows.insert(index, u32::try_from(parts).unwrap_or(0));
            } else {
                next.rows.remove(&index);
            }
            opened.set(next);
        })
    };
    let active_line = (*active).min(scroll.lines.saturating_sub(1));
    let pointing = use_pointing((scroll.lines > 0).then(|| now_open.at(active_line)), props.point.clone());
    let onkeydown = {
        let (active, choose, set_open) = (active.clone(), props.choose.clone(), set_open.clone());
        let pointing = pointing.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.target().and_then(|t| t.dyn_into::<Element>().ok()).is_some_and(|t| t.tag_name() == "BUTTON")
            {
                return;
            }
            if hand.key(&event, *active, &active.setter(), &choose, &set_open) {
                pointing.off();
            }
        })
    };
    let focus = |focused: bool| {
        let pointing = pointing.clone();
        move |_: yew::FocusEvent| pointing.focus(focused)
    };
    let (onfocus, onblur) = (focus(true), focus(false));
    let onmouseleave = {
        let pointing = pointing.clone();
        move |_: yew::MouseEvent| pointing.off()
    };
    {
        let (scroller, active) = (scroller.clone(), active.setter());
        let line = props.at.filter(|at| *at < props.total).map(|at| now_open.line_of(at));
        use_effect_with((props.at, props.shows.clone()), move |_| {
            if let (Some(line), Some(element)) = (line, scroller.cast::<Element>()) {
                active.set(line);
                let top = u64::try_from(element.scroll_top()).unwrap_or(0);
                if let Some(wanted) = scroll.reveal(top, line) {
                    element.set_scroll_top(i32::try_from(wanted).unwrap_or(i32::MAX));
                }
            }
        });
    }
    let line_id = |line: u64| format!("{}-{line}", props.id);
    let descendant = (scroll.lines > 0).then(|| line_id(active_line));
    let lines: Html = (from..to)
        .map(|line| {
            let (row, part) = now_open.at(line);
            let found = props.row.emit(row);
            let opens = found.as_ref().is_some_and(|found| !found.parts.is_empty());
            let open = now_open.rows.contains_key(&row);
            let shown = found.and_then(|mut found| match part {
                None => Some(found.line),
                Some(part) => (found.parts.len() > part as usize).then(|| found.parts.swap_remove(part as usize)),
            });
            let onclick = {
                let (choose, active) = (props.choose.clone(), active.setter());
                Callback::from(move |_| {
                    active.set(line);
                    choose.emit((row, part));
                })
            };
            let onmouseover = {
                let pointing = pointing.clone();
                Callback::from(move |event: yew::MouseEvent| pointing.on((row, part), &event))
            };
            let toggle = (part.is_none() && opens).then(|| {
                let set_open = set_open.clone();
                let onclick = Callback::from(move |event: yew::MouseEvent| {
                    event.stop_propagation();
                    set_open.emit((row, !open));
                });
                let label = if open { words::CLOSE_PARTS } else { words::OPEN_PARTS };
                html! {
                    <button type="button" class="tbl-toggle" tabindex="-1" aria-label={label} {onclick}>
                        { icon(Icon::Wedge) }
                    </button>
                }
            });
            html! {
                <tr key={line} id={line_id(line)} role="row" {onclick} {onmouseover}
                    class={classes!(
                        "tbl-row",
                        part.is_some().then_some("tbl-part"),
                        (line == active_line).then_some("tbl-active"),
                        shown.as_ref().map(|shown| shown.class.clone()),
                        shown.is_none().then_some("tbl-waiting"),
                    )}
                    aria-rowindex={(line + 2).to_string()}
                    aria-level={if part.is_some() { "2" } else { "1" }}
                    aria-expanded={(part.is_none() && opens).then(|| open.to_string())}
                    aria-selected={shown.as_ref().is_some_and(|shown| shown.chosen).to_string()}
                    aria-label={shown.as_ref().map(|shown| shown.name.clone())}>
                    { cells(props, shown, toggle) }
                </tr>
            }
        })
        .collect();
    let above = if paper { 0 } else { scroll.line_top(*top, from) };
    let below = if paper { 0 } else { scroll.content_px().saturating_sub(above + (to - from) * LINE_PX) };
    // Paper doesn't scroll: what isn't on it is said there.
    let left_out = (paper && to - from < scroll.lines).then(|| {
        let (first, last) = (now_open.at(from).0 + 1, now_open.at(to.saturating_sub(1)).0 + 1);
        html! { <p class="tbl-range">{ words::rows_printed(first, last, props.total) }</p> }
    });
    let headings: Html =
        props.columns.iter().enumerate().map(|(index, column)| heading(props, index, column)).collect();
    let columns = props.columns.len().to_string();
    html! {
        <div class="tbl" ref={scroller} {onscroll}>
            <table role="treegrid" tabindex="0" aria-label={props.label.clone()} {onkeydown} {onfocus} {onblur}
                aria-rowcount={(scroll.lines + 1).to_string()} aria-colcount={columns.clone()}
                aria-activedescendant={descendant}>
                <colgroup>{ for props.columns.iter().map(|column| html! { <col class={column.class} /> }) }</colgroup>
                <thead ref={head} role="rowgroup"><tr role="row" aria-rowindex="1">{ headings }</tr></thead>
                <tbody role="rowgroup" {onmouseleave}>
                    { space("above", above, &columns) }
                    { lines }
                    { space("below", below, &columns) }
                </tbody>
            </table>
            { left_out.unwrap_or_default() }
        </div>
    }
}

/// The lines that are printed: from the first on where it is there, else from those in view, as many as are there and
/// as many as one asks for at once.
fn on_paper(props: &TableProps, opened: &Opened, in_view: u64) -> (u64, u64) {
    let there = |line: &u64| props.row.emit(opened.at(*line).0).is_some();
    let from = if there(&0) { 0 } else { in_view };
    let most = (from + PRINTED).min(opened.lines(props.total));
    (from, (from..most).take_while(there).last().map_or(most, |line| line + 1))
}

fn heading(props: &TableProps, index: usize, column: &Column) -> Html {
    let order = props.sorted.filter(|sorted| sorted.column == index);
    let sort = match order {
        Some(Sorted { descending: true, .. }) => Some("descending"),
        Some(_) => Some("ascending"),
        None => None,
    };
    let inside = if column.sorts {
        let onclick = props.sort.reform(move |_| index);
        html! {
            <button type="button" {onclick}>
                <span class="tbl-title">{ &column.title }</span>
                if let Some(order) = order {
                    { icon(if order.descending { Icon::Down } else { Icon::Up }) }
                }
            </button>
        }
    } else {
        html! { <span class="tbl-title">{ &column.title }</span> }
    };
    html! { <th role="columnheader" scope="col" class={column.class} aria-sort={sort}>{ inside }</th> }
}

fn cells(props: &TableProps, shown: Option<Line>, mut toggle: Option<Html>) -> Html {
    let mut given = shown.map(|shown| shown.cells).unwrap_or_default().into_iter();
    props
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let cell = given.next().unwrap_or_else(|| {
                if index == 0 {
                    html! { words::ROW_WAITING }
                } else {
                    Html::default()
                }
            });
            let first = (index == 0).then(|| {
                html! { <span class="tbl-before">{ toggle.take().unwrap_or_default() }</span> }
            });
            html! {
                <td role="gridcell" class={column.class}>
                    <div class="tbl-cell">{ first.unwrap_or_default() }{ cell }</div>
                </td>
            }
        })
        .collect()
}

/// The room of lines that are not in the document.
fn space(key: &'static str, px: u64, columns: &str) -> Html {
    html! {
        <tr {key} class="tbl-space" aria-hidden="true" role="presentation">
            <td colspan={columns.to_owned()} height={px.to_string()}></td>
        </tr>
    }
}

/// What the keyboard does.
struct Hand {
    scroller: NodeRef,
    scroll: Scroll,
    opened: Rc<Opened>,
}

impl Hand {
    /// Whether the key was one of the table's.
    fn key(
        &self,
        event: &KeyboardEvent,
        active: u64,
        set: &yew::UseStateSetter<u64>,
        choose: &Callback<(u32, Option<u32>)>,
        open: &Callback<(u32, bool)>,
    ) -> bool {
        let Some(does) = pressed(Area::Table, event).filter(|_| self.scroll.lines > 0) else { return false };
        let last = self.scroll.lines - 1;
        let active = active.min(last);
        let page = (self.scroll.window_px / LINE_PX).max(2) - 1;
        let (row, part) = self.opened.at(active);
        let to = match does {
            Does::Down => (active + 1).min(last),
            Does::Up => active.saturating_sub(1),
            Does::PageDown => (active + page).min(last),
            Does::PageUp => active.saturating_sub(page),
            Does::First => 0,
            Does::Last => last,
            Does::Right => {
                open.emit((row, true));
                active
            }
            Does::Left => {
                open.emit((row, false));
                self.opened.line_of(row)
            }
            Does::Choose => {
                choose.emit((row, part));
                active
            }
            _ => return false,
        };
        event.prevent_default();
        set.set(to);
        if let Some(element) = self.scroller.cast::<Element>() {
            let top = u64::try_from(element.scroll_top()).unwrap_or(0);
            if let Some(wanted) = self.scroll.reveal(top, to) {
                element.set_scroll_top(i32::try_from(wanted).unwrap_or(i32::MAX));
            }
        }
        true
    }
}
