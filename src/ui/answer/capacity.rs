//! Capacity: loads against bandwidths, sessions against ports.

use super::capacity_bars::{Scale, bar};
use crate::report::words::page::capacity as words;
use crate::report::words::{Names, capacity as told, failures};
use crate::routing::Part;
use crate::study::capacity::{CarrierRow, FailureRow, Fit, Load, PoolRow, Window};
use crate::ui::Props;
use yew::{Html, classes, component, html};

/// The panel; what it shows is in `desk.studies.capacity`.
#[component]
pub fn Panel(props: &Props) -> Html {
    let Some(answer) = &props.desk.studies.capacity.told else { return Html::default() };
    let names = Names::of(&answer.plan);
    let window = &answer.window;
    if window.carriers.is_empty() {
        return html! { <p class="quiet teach">{ words::NO_LINKS }</p> };
    }
    let without_rate = told::without_rate(&window.flows, &names);
    let lost = told::lost(window.lost);
    let rates = window.flows.out_kbps + window.flows.in_kbps > 0;
    html! {
        <div class="study">
            if rates {
                <p class="quiet">{ format!("{} {}", told::before(window.before), told::WHY_RANGES) }</p>
                if !lost.is_empty() {
                    <p class="cap-lost">{ format!("Normally {lost}.") }</p>
                }
                if !without_rate.is_empty() {
                    <p class="quiet">{ without_rate }</p>
                }
                <h3>{ words::LINKS }</h3>
                <ul class="cap-legend" aria-hidden="true">
                    <li><span class="cap-key cap-key-least"></span>{ words::LEGEND[0] }</li>
                    <li><span class="cap-key cap-key-most"></span>{ words::LEGEND[1] }</li>
                    <li><span class="cap-key cap-key-room"></span>{ words::LEGEND[2] }</li>
                </ul>
                { for window.carriers.iter().map(|row| carrier(row, &names)) }
                { too_much(window, &names) }
            } else {
                <p class="quiet teach">{ words::NO_RATES }</p>
            }
            { pools(window, &names) }
        </div>
    }
}

/// How something fits: a mark, a word and a colour.
fn fit(fit: Fit) -> Html {
    let class = match fit {
        Fit::Over => "fit-over",
        Fit::MayBeOver => "fit-maybe",
        Fit::Within => "fit-within",
        Fit::Unknown => "fit-unknown",
    };
    html! { <span class={classes!("fit", class)}>{ format!("{} {}", told::fit_mark(fit), told::fit(fit)) }</span> }
}

fn carrier(row: &CarrierRow, names: &Names<'_>) -> Html {
    let name = told::carrier(&row.part, names);
    let room = row.kbps.map(told::rate);
    let scale = Scale::of(row);
    let express = matches!(row.part, Part::Circuit(_));
    let line = |when: String, load: Load, small: bool, own: Option<Fit>| {
        let scale = if small { scale.without_room() } else { scale };
        html! {
            <tr class={small.then_some("cap-link")}>
                <th scope="row">{ when.clone() }</th>
                <td class="cap-draw">{ bar(scale, load.out, &words::bar(words::OUT, &when, &told::rates(load.out), room.as_deref())) }</td>
                <td class="num">{ told::rates(load.out) }</td>
                <td class="cap-draw">{ bar(scale, load.back, &words::bar(words::IN, &when, &told::rates(load.back), room.as_deref())) }</td>
                <td class="num">{ told::rates(load.back) }</td>
                <td>{ own.filter(|fit| *fit != Fit::Unknown).map(fit) }</td>
            </tr>
        }
    };
    let in_failure = |failure: &crate::study::failures::Failure| failures::failure(failure, names);
    html! {
        <section class={classes!("cap", if express { "cap-express" } else { "cap-internet" })} aria-label={name.clone()}>
            <h4>
                <span>{ name }</span>
                <span class="quiet">{ room.as_deref().map_or(told::fit(Fit::Unknown).to_owned(), words::room) }</span>
            </h4>
            if row.private {
                <p class="quiet">{ told::PRIVATE }</p>
            }
            <div class="study-scroll" tabindex="0">
                <table class="cap-table">
                    <thead><tr>
                        <td></td><th scope="col" colspan="2">{ words::OUT }</th><th scope="col" colspan="2">{ words::IN }</th><td></td>
                    </tr></thead>
                    <tbody>
                        { row.before.map(|before| line(words::BEFORE.to_owned(), before, false, Some(before.fit(row.kbps)))) }
                        { line(words::NORMALLY.to_owned(), row.normal, false, Some(row.fit)) }
                        { row.worst.as_ref().map(|worst| line(in_failure(&worst.failure), worst.load, false, Some(worst.fit))) }
                        if row.links.len() > 1 {
                            { for row.links.iter().map(|link| line(words::link(names.exit(&link.exit)), link.normal, true, None)) }
                        }
                    </tbody>
                </table>
            </div>
        </section>
    }
}

fn too_much(window: &Window, names: &Names<'_>) -> Html {
    let rows: Vec<&FailureRow> =
        window.failures.iter().filter(|row| !row.over.is_empty() || !row.may_be_over.is_empty()).collect();
    let named =
        |parts: &[Part]| parts.iter().map(|part| told::carrier(part, names)).collect::<Vec<_>>().join(", ");
    html! {
        <>
            <h3>{ words::FAILURES }</h3>
            if rows.is_empty() {
                <p class="quiet">{ words::NONE_TOO_MUCH }</p>
            } else {
                <div class="study-scroll" tabindex="0">
                    <table class="study-table">
                        <thead><tr>{ for words::FAILURE_HEADS.iter().map(|head| html! { <th scope="col">{ *head }</th> }) }</tr></thead>
                        <tbody>
                            { for rows.into_iter().map(|row| html! {
                                <tr>
                                    <th scope="row">{ failures::failure(&row.failure, names) }</th>
                                    <td>{ named(&row.over) }</td>
                                    <td>{ named(&row.may_be_over) }</td>
                                    <td>{ if row.lost == Load::default() { String::new() } else { told::load(row.lost) } }</td>
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            }
        </>
    }
}

fn pools(window: &Window, names: &Names<'_>) -> Html {
    if window.pools.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h3>{ words::POOLS }</h3>
            <p class="quiet">{ words::PORTS }</p>
            <div class="study-scroll" tabindex="0">
                <table class="study-table">
                    <thead><tr>{ for words::POOL_HEADS.iter().map(|head| html! { <th scope="col">{ *head }</th> }) }</tr></thead>
                    <tbody>{ for window.pools.iter().map(|row| pool(row, names)) }</tbody>
                </table>
            </div>
        </>
    }
}

fn pool(row: &PoolRow, names: &Names<'_>) -> Html {
    let ports = crate::space::Count::from(row.ports).grouped();
    html! {
        <>
            <tr>
                <th scope="row">{ format!("{}, {}", names.pool(&row.pool), row.family) }</th>
                <td class="num">{ row.addresses.grouped() }</td>
                <td class="num">{ told::numbers(row.sessions) }</td>
                <td class="num">{ told::numbers(row.per_address) }</td>
                <td class="num">{ ports }</td>
                <td>{ fit(row.fit) }</td>
            </tr>
            if let Some(worst) = &row.worst {
                <tr class="cap-link">
                    <th scope="row">{ failures::failure(&worst.failure, names) }</th>
                    <td></td>
                    <td class="num">{ told::numbers(worst.sessions) }</td>
                    <td class="num">{ told::numbers(worst.per_address) }</td>
                    <td></td>
                    <td>{ fit(worst.fit) }</td>
                </tr>
            }
        </>
    }
}
