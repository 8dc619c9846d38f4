//! A report of a solved plan: everything that is worked out of it, gathered in steps and written.

use super::Solved;
use super::door::{Form, GroupBy, PaperForm, RowView, Summary, Writing};
use super::studies::Baseline;
use super::table;
use crate::advice::Advice;
use crate::journey::{Facts, TraceQuery};
use crate::pace::{Pace, Phase};
use crate::plan::{Id, Plan, save};
use crate::report::answers::{Catalogued, Compared, RolledOut};
use crate::report::catalogue::{self as told, Line, Lines};
use crate::report::json;
use crate::report::paper::{Journey, Paper, Reported, html, markdown, paper};
use crate::report::picture::Course;
use crate::report::words::{Names, parts};
use crate::study::capacity::{self, Capacity};
use crate::study::difference::Difference;
use crate::study::failures::{self, Failures};
use crate::study::rollout::{self, Rollout};
use std::rc::Rc;
use std::sync::Arc;

/// The hash of a plan's canonical form, the file as it is saved: XXH3 of 128 bits in hexadecimal digits.
pub fn fingerprint(plan: &Plan) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(save(plan).as_bytes()))
}

/// The report of a solved plan, in steps. The date is the user's own; a baseline, solved in the same scenario, adds
/// the difference and the steps from there.
pub async fn report(
    solved: &Solved,
    summary: &Summary,
    baseline: Option<&Solved>,
    date: &str,
    pace: &Pace,
) -> Paper {
    let (plan, world) = (solved.plan(), solved.world());
    let names = Names::of(plan);
    let failures = Failures::new(world, pace).await;
    let capacity = Capacity::new(world, &failures, baseline.map(Solved::world), pace).await;
    let advice = Advice::new(world, &solved.rows, &failures, &capacity, pace).await;
    let (lines, journeys) = rows(solved, &names, pace).await;
    let (mut difference, mut steps) = (None, None);
    if let Some(before) = baseline {
        difference = Some(Difference::new(before.world(), world, pace).await);
        let from = Arc::new(before.plan().clone());
        let found = Rollout::new(&from, world, pace).await;
        steps = Some(all_steps(&found));
    }
    let both = baseline.map(|before| Names::of_both(before.plan(), plan));
    let compared = baseline.zip(both.as_ref());
    let told = Reported {
        plan,
        names: &names,
        scenario: solved.scenario(),
        date,
        fingerprint: &fingerprint(plan),
        summary,
        rows: &solved.rows,
        lines,
        journeys,
        findings: &advice.findings,
        failures: all_failures(&failures),
        capacity: all_capacity(&capacity),
        difference: compared.zip(difference.as_ref()).map(|((before, names), difference)| Compared {
            before: before.plan(),
            after: plan,
            names,
            scenario: solved.scenario(),
            difference,
        }),
        rollout: compared.zip(steps).map(|((before, names), window)| RolledOut {
            before: before.plan(),
            after: plan,
            names,
            scenario: solved.scenario(),
            window,
        }),
    };
    paper(&told, pace).await
}

// On paper nothing is paged: windows that follow each other are put together.

/// All failures that do harm.
fn all_failures(failures: &Failures) -> failures::Window {
    let view =
        |from| failures::View { only_harm: true, flows: 1, from_failure: from, ..failures::View::default() };
    let mut all = failures.window(view(0));
    while all.columns.len() < all.total_failures as usize {
        let mut next = failures.window(view(all.columns.len() as u32));
        if next.columns.is_empty() {
            break;
        }
        all.columns.append(&mut next.columns);
    }
    all
}

/// All circuits, links and pools.
fn all_capacity(capacity: &Capacity) -> capacity::Window {
    let mut all = capacity.window(capacity::View::default());
    loop {
        let (carriers, pools) = (all.carriers.len() as u32, all.pools.len() as u32);
        let view = capacity::View { from_carrier: carriers, from_pool: pools, ..capacity::View::default() };
        let mut next = capacity.window(view);
        if next.carriers.is_empty() && next.pools.is_empty() {
            return all;
        }
        all.carriers.append(&mut next.carriers);
        all.pools.append(&mut next.pools);
    }
}

/// All steps.
fn all_steps(rollout: &Rollout) -> rollout::Window {
    let mut all = rollout.window(rollout::View::default());
    while all.steps.len() < all.total as usize {
        let mut next = rollout.window(rollout::View { from: all.steps.len() as u32, ..rollout::View::default() });
        if next.steps.is_empty() {
            break;
        }
        all.steps.append(&mut next.steps);
    }
    all
}

/// Writes what the door asks for, in steps.
pub(super) async fn write(solved: Rc<Solved>, baseline: Baseline, what: Writing, pace: Pace) -> String {
    match what {
        Writing::Report(form, date) => {
            let before = baseline.solved(&solved, &pace).await;
            let written = report(&solved, &solved.summary(), before.as_ref(), &date, &pace).await;
            match form {
                PaperForm::Html => html(&written),
                PaperForm::Markdown => markdown(&written),
            }
        }
        Writing::Checklist => super::cutover::text_of(&solved, &pace).await,
        Writing::Catalogue(form, view) => catalogue(&solved, form, &view, &pace).await,
    }
}

/// The catalogue of a view's rows, all of them, in its order.
async fn catalogue(solved: &Solved, form: Form, view: &RowView, pace: &Pace) -> String {
    let plan = solved.plan();
    let names = Names::of(plan);
    let order = table::view(plan, &solved.rows, view, solved);
    let mut rows = Vec::with_capacity(order.len());
    for (done, index) in order.iter().enumerate() {
        pace.at(Phase::Studying, done as u64, order.len() as u64);
        if let Some(row) = solved.rows.get(*index as usize) {
            rows.push((row, solved.facts(row)));
            pace.work(256 * row.parts.len() as u64).await;
        }
    }
    let answer = Catalogued { plan, names: &names, scenario: solved.scenario(), rows, group: view.group };
    match form {
        Form::Csv => told::csv(&told::lines(&answer)),
        Form::Tsv => told::tsv(&told::lines(&answer)),
        Form::Json => json::catalogue(&answer),
        Form::Markdown => told::markdown(&answer, &told::lines(&answer)),
    }
}

/// The catalogue's lines and the distinct journeys: each part is traced once.
async fn rows(solved: &Solved, names: &Names<'_>, pace: &Pace) -> (Vec<Line>, Vec<Journey>) {
    let plan = solved.plan();
    let mut catalogue = Lines::new(plan, names, GroupBy::None);
    let (mut lines, mut journeys) = (Vec::new(), Vec::new());
    for (index, row) in solved.rows.iter().enumerate() {
        pace.at(Phase::Studying, index as u64, solved.rows.len() as u64);
        let mut facts = Vec::with_capacity(row.parts.len());
        for (at, part) in row.parts.iter().enumerate() {
            let traced = TraceQuery::of_part(plan, row, at).and_then(|query| solved.trace(&query).ok());
            facts.push(traced.as_ref().map(|trace| Facts::of(plan, trace, part.verdict)).unwrap_or_default());
            let course = Course::of_part(plan, row, part);
            add(&mut journeys, course, &part.pools, &row.flow, || parts::part(part, row.direction, names));
            pace.work(256).await;
        }
        lines.extend(catalogue.of(row, &facts));
    }
    (lines, journeys)
}

/// A journey told apart by its way and its pools; the same again adds its flow.
fn add(journeys: &mut Vec<Journey>, course: Course, pools: &[Id], flow: &Id, told: impl Fn() -> String) {
    match journeys.iter_mut().find(|known| known.course == course && known.pools == pools) {
        Some(known) if known.flows.last() == Some(flow) => {}
        Some(known) => known.flows.push(flow.clone()),
        None => journeys.push(Journey { course, pools: pools.to_vec(), told: told(), flows: vec![flow.clone()] }),
    }
}
