//! Coverage: what becomes of every address.

mod detail;
pub(super) mod rows;
mod tools;
mod totals;

use super::{Sorted, Table, TableRow, window_around};
use crate::desk::Action;
use crate::desk::door::{MAX_WINDOW, Question, TraceQuery};
use crate::desk::state::Told;
use crate::report::words::Names;
use crate::report::words::coverage as told;
use crate::report::words::page::coverage as words;
use crate::study::coverage::{Filter, Rows, Show, View, Window};
use crate::ui::Props;
use std::rc::Rc;
use tools::Filters;
use yew::{Callback, Html, component, html, use_memo};

/// Shows something else of the coverage.
fn ask(view: View) -> Action {
    Action::Study(Question::Coverage(view))
}

/// The panel.
#[component]
pub fn Panel(props: &Props) -> Html {
    let study = &props.desk.studies.coverage;
    let answer = study.told.clone();
    // Made once for what is shown, not once for each line that scrolls by.
    let lines = {
        let answer = answer.clone();
        use_memo(answer.as_ref().map(|answer| (answer.generation, Rc::as_ptr(&answer.window))), move |_| {
            answer.map_or_else(Vec::new, |answer| {
                let names = Names::of(&answer.plan);
                rows::Lines { plan: &answer.plan, names: &names }.all(&answer.window.rows)
            })
        })
    };
    let Some(answer) = answer else { return Html::default() };
    let (view, act) = (&study.view, &props.act);
    if answer.plan.sites.is_empty() {
        return html! { <p class="quiet">{ words::NO_SITE }</p> };
    }
    let names = Names::of(&answer.plan);
    let bars = || totals::totals(&answer.window.totals, &answer.plan, &names);
    let table = || table(&answer, view, &lines, act);
    let window = &answer.window;
    let body = match &window.view.show {
        Show::Classes => html! { <>{ bars() }{ hint(words::CLASSES_HINT) }{ table() }</> },
        Show::Class(_) => match &window.class {
            Some(class) => detail::class(class, &answer, view, act),
            None => html! { <>{ bars() }{ table() }</> },
        },
        Show::Services if answer.plan.services.is_empty() => hint(words::NO_SERVICES),
        Show::Services => html! { <>{ hint(words::SERVICES_HINT) }{ table() }</> },
        Show::Back if window.total == 0 => hint(words::NO_BACK),
        Show::Back => html! {
            <>
                { hint(words::BACK_HINT) }
                if !window.sticky.is_empty() {
                    <p class="quiet">{ told::sticky(&window.sticky, &names) }</p>
                }
                { table() }
            </>
        },
        Show::BackRow(_) => detail::back(&answer, view, act),
        Show::Prefixes(filter) => html! {
            <>
                { hint(words::PREFIXES_HINT) }
                <Filters answer={answer.clone()} view={view.clone()} filter={filter.clone()} act={act.clone()} />
                { table() }
                if window.total == 0 {
                    <p class="quiet">{ words::NO_ROWS }</p>
                }
            </>
        },
    };
    html! {
        <div class="study">
            { tools::sections(&answer, view, act) }
            { body }
        </div>
    }
}

fn hint(text: &str) -> Html {
    html! { <p class="quiet study-hint">{ text }</p> }
}

/// The rows of the window in a table of all rows.
fn table(answer: &Told<Window>, view: &View, lines: &Rc<Vec<TableRow>>, act: &Callback<Action>) -> Html {
    let window = &answer.window;
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
        Callback::from(move |(index, part): (u32, Option<u32>)| {
            let at = index.checked_sub(window.view.from);
            if let Some(action) = at.and_then(|at| chosen(&window, &view, at as usize, part)) {
                act.emit(action);
            }
        })
    };
    let (kind, label, id) = match &window.rows {
        Rows::Classes(_) => ("classes", words::CLASSES, "class"),
        Rows::Services(_) => ("services", words::SERVICES, "service"),
        Rows::Back(_) => ("back", words::BACK, "back"),
        Rows::Table(_) => ("table", words::PREFIXES, "decision"),
        Rows::Prefixes(_) => return Html::default(),
    };
    let same = match &window.view.show {
        Show::Prefixes(filter) => format!("{:?}", Filter { find: None, ..filter.clone() }),
        other => format!("{other:?}"),
    };
    let columns = Rc::new(rows::columns(&window.rows));
    html! {
        <div class="study-place" key={kind}>
            <Table {label} {id} {columns} sorted={None::<Sorted>} sort={Callback::noop()} total={window.total} {row}
                {want} {choose} shows={format!("{:?} {same}", window.site)} at={window.at} />
        </div>
    }
}

/// What choosing a row does.
fn chosen(window: &Window, view: &View, at: usize, part: Option<u32>) -> Option<Action> {
    let show = |show: Show| ask(View { show, from: 0, ..view.clone() });
    Some(match &window.rows {
        Rows::Classes(rows) => show(Show::Class(rows.get(at)?.class)),
        Rows::Services(rows) => show(Show::Class(rows.get(at)?.ways.get(part.unwrap_or(0) as usize)?.class.class)),
        Rows::Back(rows) => show(Show::BackRow(rows.get(at)?.row)),
        Rows::Table(rows) => {
            let to = rows.get(at)?.first;
            Action::Trace(TraceQuery::Outbound { site: window.site.clone(), from: None, to })
        }
        Rows::Prefixes(_) => return None,
    })
}
