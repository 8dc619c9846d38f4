//! Difference: what changed since the pinned plan.

mod rows;

use super::prefixes::PrefixList;
use super::{Sorted, Table, TableRow, window_around};
use crate::desk::Action;
use crate::desk::door::{MAX_WINDOW, Question, TraceQuery};
use crate::report::words::page::difference as words;
use crate::report::words::{Names, difference as told};
use crate::study::difference::{Change, Rows, Show, Summary, View, Window};
use crate::ui::Props;
use std::rc::Rc;
use yew::{Callback, Html, component, html, use_memo};

/// At most so many sentences say what moves.
const MAX_SENTENCES: usize = 12;

/// Shows something else of the difference.
fn ask(view: View) -> Action {
    Action::Study(Question::Difference(view))
}

/// The panel.
#[component]
pub fn Panel(props: &Props) -> Html {
    let study = &props.desk.studies.difference;
    let answer = study.told.clone().zip(props.desk.baseline.clone());
    // Made once for what is shown, not once for each line that scrolls by.
    let lines = {
        let answer = answer.clone();
        let shown = answer.as_ref().map(|(answer, _)| (answer.generation, Rc::as_ptr(&answer.window)));
        use_memo(shown, move |_| {
            answer.map_or_else(Vec::new, |(answer, baseline)| {
                rows::lines(&answer.window.rows, &Names::of_both(&baseline, &answer.plan))
            })
        })
    };
    let Some((answer, baseline)) = answer else { return Html::default() };
    let names = Names::of_both(&baseline, &answer.plan);
    let (window, view, act) = (&answer.window, &study.view, &props.act);
    let summary = &window.summary;
    if summary.changes == 0 && summary.flows == 0 && summary.back == 0 && summary.parts.is_empty() {
        return html! { <p class="quiet">{ words::SAME }</p> };
    }
    let body = match &window.view.show {
        Show::Change(_) => match &window.change {
            Some(change) => detail(change, window, view, &names, act),
            None => table(window, view, &lines, act),
        },
        Show::BackChange(_) => back(window, view, &names, act),
        Show::Changes if window.total == 0 => hint(words::NO_CHANGES),
        Show::Flows if window.total == 0 => hint(words::NO_FLOWS),
        Show::Back if window.total == 0 => hint(words::NO_BACK),
        Show::Changes | Show::Flows | Show::Back => table(window, view, &lines, act),
    };
    html! {
        <div class="study">
            { sentences(summary, &names, "h4") }
            { sections(summary, view, act) }
            { body }
        </div>
    }
}

fn hint(text: &str) -> Html {
    html! { <p class="quiet study-hint">{ text }</p> }
}

pub(super) use rows::side;

/// What moves, in sentences, below a heading of this level.
pub(super) fn sentences(summary: &Summary, names: &Names, heading: &'static str) -> Html {
    let moves = summary
        .sites
        .iter()
        .flat_map(|totals| totals.moves.iter().map(|one| told::moved(&totals.site, one, totals.family, names)));
    let mut all: Vec<String> = moves.collect();
    let more = all.len().saturating_sub(MAX_SENTENCES);
    all.truncate(MAX_SENTENCES);
    if more > 0 {
        all.push(words::more(more));
    }
    let mbps = told::mbps_moved(summary);
    if !mbps.is_empty() {
        all.push(mbps);
    }
    html! {
        <section class="moved" aria-label={words::MOVED}>
            <@{heading} class="moved-title">{ told::headline(summary) }</@>
            <ul>{ for all.into_iter().map(|sentence| html! { <li>{ sentence }</li> }) }</ul>
            if !summary.parts.is_empty() {
                <details>
                    <summary>{ words::PARTS }{ format!(" ({})", summary.parts.len()) }</summary>
                    <ul>{ for summary.parts.iter().map(|part| html! { <li>{ told::part(part, names) }</li> }) }</ul>
                </details>
            }
        </section>
    }
}

fn sections(summary: &Summary, view: &View, act: &Callback<Action>) -> Html {
    let section = |title: &'static str, number: u32, show: Show, pressed: bool| {
        let view = View { show, from: 0, ..view.clone() };
        let onclick = act.reform(move |_| ask(view.clone()));
        html! {
            <button type="button" class="section" aria-pressed={pressed.to_string()} {onclick}>
                { title }{ " " }<span class="section-count">{ number }</span>
            </button>
        }
    };
    let shown = &view.show;
    let (changes, back) =
        (matches!(shown, Show::Changes | Show::Change(_)), matches!(shown, Show::Back | Show::BackChange(_)));
    html! {
        <div class="study-tools">
            <div class="sections" role="group" aria-label={words::SECTIONS}>
                { section(words::CHANGES, summary.changes, Show::Changes, changes) }
                { section(words::FLOWS, summary.flows, Show::Flows, matches!(shown, Show::Flows)) }
                { section(words::BACK, summary.back, Show::Back, back) }
            </div>
        </div>
    }
}

/// The rows of the window in a table of all rows.
fn table(window: &Rc<Window>, view: &View, lines: &Rc<Vec<TableRow>>, act: &Callback<Action>) -> Html {
    let row = {
        let (from, lines) = (window.view.from, Rc::clone(lines));
        Callback::from(move |index: u32| lines.get(index.checked_sub(from)? as usize).cloned())
    };
    let want = {
        let (act, view) = (act.clone(), view.clone());
        Callback::from(move |rows: (u32, u32)| {
            if let Some(from) = window_around(rows, view.from, view.count) {
                act.emit(ask(View { from, count: MAX_WINDOW, ..view.clone() }));
            }
        })
    };
    let choose = {
        let (act, view, window) = (act.clone(), view.clone(), Rc::clone(window));
        Callback::from(move |(index, _): (u32, Option<u32>)| {
            let at = index.checked_sub(window.view.from);
            if let Some(action) = at.and_then(|at| chosen(&window, &view, at as usize)) {
                act.emit(action);
            }
        })
    };
    let (label, id) = match &window.rows {
        Rows::Changes(_) => (words::CHANGES, "change"),
        Rows::Flows(_) => (words::FLOWS, "changed-flow"),
        Rows::Back(_) => (words::BACK, "changed-back"),
        Rows::Prefixes(_) => return Html::default(),
    };
    html! {
        <div class="study-place" key={id}>
            <Table {label} {id} columns={Rc::new(rows::columns(&window.rows))} sorted={None::<Sorted>}
                sort={Callback::noop()} total={window.total} {row} {want} {choose} shows={id} />
        </div>
    }
}

/// What choosing a row does: its prefixes, or for a flow its trace.
fn chosen(window: &Window, view: &View, at: usize) -> Option<Action> {
    let show = |show: Show| ask(View { show, from: 0, ..view.clone() });
    Some(match &window.rows {
        Rows::Changes(rows) => show(Show::Change(rows.get(at)?.change)),
        Rows::Back(rows) => show(Show::BackChange(rows.get(at)?.change)),
        Rows::Flows(rows) => {
            let change = rows.get(at)?;
            // One that is gone has no trace any more.
            change.after.as_ref()?;
            Action::Select { flow: change.flow.clone(), part: 0 }
        }
        Rows::Prefixes(_) => return None,
    })
}

/// The change that was asked for.
fn detail(change: &Change, window: &Window, view: &View, names: &Names, act: &Callback<Action>) -> Html {
    let all = View { show: Show::Changes, from: 0, ..view.clone() };
    let from = change.after.parts.first().map(|part| part.from);
    let query = TraceQuery::Outbound { site: Some(change.site.clone()), from, to: change.first };
    html! {
        <section class="detail">
            <button type="button" onclick={act.reform(move |_| ask(all.clone()))}>{ "← " }{ words::ALL_CHANGES }</button>
            <h4>{ crate::report::words::addresses(change.addresses) }{ ", " }{ names.site(&change.site) }{ ", " }{ change.family.to_string() }</h4>
            <dl class="detail-states">
                <dt>{ words::BEFORE }</dt><dd>{ rows::state(&change.before, names) }</dd>
                <dt>{ words::AFTER }</dt><dd>{ rows::state(&change.after, names) }</dd>
            </dl>
            if from.is_some() {
                <button type="button" class="small" onclick={act.reform(move |_| Action::Trace(query.clone()))}>{ words::TRACE }</button>
            }
            { list(window, view, act) }
        </section>
    }
}

/// The way back that was asked for.
fn back(window: &Window, view: &View, names: &Names, act: &Callback<Action>) -> Html {
    let all = View { show: Show::Back, from: 0, ..view.clone() };
    html! {
        <section class="detail">
            <button type="button" onclick={act.reform(move |_| ask(all.clone()))}>{ "← " }{ words::ALL_BACK }</button>
            if let Some(change) = &window.back {
                <p>{ told::back(change, names) }</p>
            }
            { list(window, view, act) }
        </section>
    }
}

fn list(window: &Window, view: &View, act: &Callback<Action>) -> Html {
    let Rows::Prefixes(nets) = &window.rows else { return Html::default() };
    let own = view.clone();
    let turn = act.reform(move |from| ask(View { from, ..own.clone() }));
    html! {
        <PrefixList nets={nets.clone()} from={window.view.from} total={window.total} count={window.view.count} {turn} />
    }
}
