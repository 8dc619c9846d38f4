//! Flow logs in the preview: what each is, how its columns are called, and what they change together.

use super::log_columns::Columns;
use crate::desk::Action;
use crate::desk::flows::{FlowChange, MAX_CELLS, Measured, Rate, RowChange, RowMeasured};
use crate::desk::import::{Log, LogTurn, Logs, Turn};
use crate::intake::flows::LogFormat;
use crate::report::words::flows as say;
use crate::report::words::page::{import as words, logs as told};
use crate::ui::inputs::{CheckedField, Choice};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_state};

/// The logs, and where actions go.
#[derive(Properties)]
pub struct LogsProps {
    /// The logs.
    pub logs: Rc<Logs>,
    /// Whether other things are imported beside them.
    pub beside: bool,
    /// Where actions go.
    pub act: Callback<Action>,
}

impl PartialEq for LogsProps {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.logs, &other.logs);
        a.files == b.files
            && a.measured == b.measured
            && (a.rate, a.sampling, self.beside) == (b.rate, b.sampling, other.beside)
            && Rc::ptr_eq(&a.changes, &b.changes)
    }
}

fn turn(act: &Callback<Action>, turn: LogTurn) -> Callback<yew::MouseEvent> {
    act.reform(move |_| Action::Preview(Turn::Log(turn.clone())))
}

/// The logs of the preview.
#[component]
pub fn LogRows(props: &LogsProps) -> Html {
    let logs = &props.logs;
    html! {
        <>
            { for logs.files.iter().map(|log| html! {
                <li key={log.ticket} class={if log.told.is_some() { "import-item" } else { "import-item import-left" }}>
                    <One log={Rc::new(log.clone())} act={props.act.clone()} />
                </li>
            }) }
            if let Some(measured) = logs.measured.as_ref().filter(|measured| measured.all.records > 0) {
                <li class="import-item">
                    { together(logs, measured, props) }
                </li>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    log: Rc<Log>,
    act: Callback<Action>,
}

/// One log.
#[component]
fn One(props: &OneProps) -> Html {
    let renaming = use_state(|| false);
    let (log, act) = (&props.log, &props.act);
    let ticket = log.ticket;
    let mut options: Vec<(AttrValue, AttrValue)> = vec![("".into(), told::AS_RECOGNISED.into())];
    options.extend(LogFormat::ALL.into_iter().map(|format| (format.name().into(), format.title().into())));
    let chosen =
        act.reform(move |name: String| Action::Preview(Turn::Log(LogTurn::Format(ticket, name.parse().ok()))));
    let rename = {
        let renaming = renaming.clone();
        move |_| renaming.set(!*renaming)
    };
    let form = log.waits() || (*renaming && log.has_named_columns());
    html! {
        <>
            <h3 class="import-title">{ &log.name }</h3>
            <p class="import-found">{ told::found(log) }</p>
            <p class="import-because quiet">{ told::because(log) }</p>
            <div class="import-choices">
                <Choice label={words::READ_AS} name={words::of_item(words::READ_AS, &log.name)} {options} {chosen} wide=true
                    value={log.format.map(LogFormat::name).unwrap_or_default()} />
            </div>
            if form {
                <Columns log={Rc::clone(log)} act={act.clone()} />
            }
            if let Some(read) = &log.told {
                if read.read.faults.errors > 0 {
                    <LogFaults log={Rc::clone(log)} />
                }
            } else if log.reading {
                <p class="import-outcome">{ told::READING }</p>
            } else if !log.waits() {
                <p class="import-outcome import-gone" role="alert">{ told::GONE }</p>
            }
            <div class="import-more">
                if !log.waits() && log.has_named_columns() {
                    <button type="button" class="small" aria-expanded={renaming.to_string()} onclick={rename}>{ told::RENAME }</button>
                }
                if log.looks.format.is_none() {
                    <button type="button" class="small" onclick={turn(act, LogTurn::List(ticket))}>{ told::NOT_A_LOG }</button>
                }
                <button type="button" class="small" aria-label={words::of_item(told::LEAVE, &log.name)}
                    onclick={turn(act, LogTurn::Leave(ticket))}>{ told::LEAVE }</button>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct FaultsProps {
    log: Rc<Log>,
}

/// What couldn't be read, listed on demand.
#[component]
fn LogFaults(props: &FaultsProps) -> Html {
    let open = use_state(|| false);
    let Some(read) = &props.log.told else { return Html::default() };
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    let faults = &read.read.faults;
    let one = |fault: &crate::intake::flows::LogFault| {
        html! {
            <li class="fault fault-error">
                <span class="fault-place">{ told::fault_place(fault) }</span>
                <span class="fault-text">{ told::fault(fault) }</span>
            </li>
        }
    };
    let shown = 200;
    let rest = faults.errors.saturating_sub(faults.kept.len().min(shown) as u64);
    html! {
        <div class="import-more">
            <button type="button" class="list-faults list-errors" aria-expanded={open.to_string()} onclick={toggle}>
                { told::log_faults(read) }
            </button>
            if *open {
                <ul class="faults import-panel" tabindex="0">
                    { for faults.kept.iter().take(shown).map(one) }
                    if rest > 0 {
                        <li class="quiet">{ told::more(rest) }</li>
                    }
                </ul>
            }
        </div>
    }
}

/// What the logs say together.
fn together(logs: &Logs, measured: &Measured, props: &LogsProps) -> Html {
    let act = &props.act;
    let rates = Rate::ALL.into_iter().map(|rate| (rate.name().into(), say::rate_short(rate).into()));
    let rates: Vec<(AttrValue, AttrValue)> = rates.collect();
    let chosen = act.reform(|name: String| {
        let rate = Rate::ALL.into_iter().find(|rate| rate.name() == name).unwrap_or_default();
        Action::Preview(Turn::Log(LogTurn::Rate(rate)))
    });
    let sampled = {
        let act = act.clone();
        Callback::from(move |text: String| {
            let number = text.trim().replace([',', ' '], "").parse::<u64>().ok();
            let number = number.filter(|number| (1..=1_000_000).contains(number));
            let number = number.ok_or_else(|| told::SAMPLING_WRONG.to_owned())?;
            act.emit(Action::Preview(Turn::Log(LogTurn::Sampling(number))));
            Ok(number.to_string())
        })
    };
    let counts = [FlowChange::Added, FlowChange::Changed, FlowChange::Same].map(|change| logs.count(change));
    let class = if counts[0] + counts[1] > 0 { "import-outcome import-changes" } else { "import-outcome" };
    html! {
        <>
            <h3 class="import-title">{ told::TOGETHER }</h3>
            <p class="import-found">{ say::all(measured) }</p>
            <div class="import-choices">
                <Choice label={told::RATE} options={rates} value={logs.rate.name()} {chosen} wide=true />
                <CheckedField label={told::SAMPLING} value={logs.sampling.to_string()} typed={sampled} unit={told::SAMPLING_UNIT} />
            </div>
            <p class="quiet import-because">{ told::SAMPLING_HINT }</p>
            if !measured.rows.is_empty() {
                { table(logs, measured) }
                <p class="quiet import-because">{
                    if measured.all.bytes == 0 { say::NO_BYTES.to_owned() }
                    else if measured.full { say::full(MAX_CELLS) }
                    else { say::rate(logs.rate).to_owned() }
                }</p>
                if measured.rows.iter().any(|row| row.sessions.is_some()) {
                    <p class="quiet import-because">{ say::SESSIONS }</p>
                }
            }
            if !measured.apart.is_empty() {
                <h4 class="log-apart-title">{ told::IN_NO_ROW }</h4>
                <ul class="log-apart">
                    { for measured.apart.iter().map(|total| html! {
                        <li>
                            <details>
                                <summary>{ told::apart(total, measured.all) }</summary>
                                <ul>{ for total.most.iter().map(|(prefix, weight)| html! {
                                    <li>{ told::apart_of(total.why, prefix, *weight, measured.all) }</li>
                                }) }</ul>
                            </details>
                        </li>
                    }) }
                </ul>
            }
            if props.beside {
                <p class="quiet import-because">{ told::BY_THE_PLAN_AS_IT_IS }</p>
            }
            <p {class}>{ say::outcome(counts) }</p>
        </>
    }
}

fn table(logs: &Logs, measured: &Measured) -> Html {
    let cell = |now: Option<String>, before: Option<String>, is_new: bool| {
        let (now, was) = told::value(now, before.filter(|_| !is_new));
        html! { <td class="number">{ now }if let Some(was) = was { <span class="log-was">{ was }</span> }</td> }
    };
    let row = |(change, row): (&RowChange, &RowMeasured)| {
        let (before, now) = (&change.before, &change.now);
        let is_new = change.change == FlowChange::Added;
        let class = match change.change {
            FlowChange::Same => "log-row log-same",
            _ => "log-row log-new",
        };
        html! {
            <tr {class} key={change.id.as_str().to_owned()}>
                <th scope="row">{ &change.name }</th>
                <td>{ say::change(change.change) }</td>
                { cell(told::rate(now.mbps_out), told::rate(before.mbps_out), is_new) }
                { cell(told::rate(now.mbps_in), told::rate(before.mbps_in), is_new) }
                { cell(told::sessions(now.sessions), told::sessions(before.sessions), is_new) }
                <td class="number">{ say::share(row.weight, measured.all) }</td>
            </tr>
        }
    };
    html! {
        <div class="log-rows" tabindex="0" role="region" aria-label={told::ROWS}>
            <table class="log-table" aria-label={told::ROWS}>
                <thead><tr>{ for told::HEADS.into_iter().map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                <tbody>{ for logs.changes.iter().zip(&measured.rows).map(row) }</tbody>
            </table>
        </div>
    }
}

/// The name of a column that holds nothing.
pub(super) fn no_column() -> (AttrValue, AttrValue) {
    ("".into(), told::NO_COLUMN.into())
}

/// Where other formats are chosen from: the formats of flow logs.
pub(super) fn formats() -> Html {
    html! {
        <optgroup label={told::FLOW_LOGS}>{ for LogFormat::ALL.into_iter().map(|format| html! {
            <option value={format.name()}>{ format.title() }</option>
        }) }</optgroup>
    }
}
