//! Proven fixes against the engine: each does what it says, and the least set is the least.
//!
//! `TWOPATH_CASES` raises how many random plans are tried.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::cmp::Ordering;
use support::random_plan::random_plan;
use twopath::advice::Advice;
use twopath::advice::fix::{Change, Effect, Everything, Fixes, MAX_CANDIDATES, MAX_TOGETHER};
use twopath::desk::Solved;
use twopath::journey::{Row, Standing};
use twopath::pace::at_once;
use twopath::plan::{Id, Plan, load, save};
use twopath::routing::Scenario;
use twopath::study::failures::{Failures, Kind};

fn cases() -> u64 {
    std::env::var("TWOPATH_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4)
}

fn solve(plan: &Plan, scenario: Scenario) -> Vec<Row> {
    Solved::new(plan.clone(), scenario, false).rows
}

fn fixes(plan: &Plan) -> Fixes {
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    let (world, rows) = (solved.world(), solved.rows.as_slice());
    at_once(|pace| async move { Fixes::of(world, rows, &pace).await })
}

fn advice(plan: &Plan) -> Advice {
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    let (world, rows) = (solved.world(), solved.rows.as_slice());
    at_once(|pace| async move { Advice::of(world, rows, &pace).await })
}

fn with(plan: &Plan, changes: &[Change]) -> Plan {
    let mut plan = plan.clone();
    changes.iter().for_each(|change| change.apply(&mut plan));
    plan
}

fn standing(row: &Row) -> Option<Standing> {
    row.verdict.map(|verdict| verdict.standing())
}

fn all_work(plan: &Plan) -> bool {
    solve(plan, Scenario::default()).iter().all(|row| standing(row).is_none_or(|own| own == Standing::Works))
}

/// Flows that fare better, and those that fare worse.
fn compared(before: &[Row], after: &[Row]) -> (Vec<Id>, Vec<Id>) {
    let those = |order: Ordering| {
        let pairs = before.iter().zip(after);
        let is = pairs.filter(|(old, new)| standing(new).cmp(&standing(old)) == order);
        is.map(|(old, _)| old.flow.clone()).collect()
    };
    (those(Ordering::Greater), those(Ordering::Less))
}

/// What changes do, worked out anew: every scenario solved from the beginning, flow by flow.
fn proven(plan: &Plan, changes: &[Change], effect: &Effect) {
    let changed = with(plan, changes);
    // What is written is what was tried.
    let read = load(&save(&changed)).unwrap();
    assert_eq!(read.plan, changed);
    let (before, after) = (solve(plan, Scenario::default()), solve(&changed, Scenario::default()));
    assert_eq!(compared(&before, &after), (effect.mends.clone(), effect.worsens.clone()), "{changes:?}");
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    let world = solved.world();
    let window = at_once(|pace| async move { Failures::new(world, &pace).await }).window(Default::default());
    let (mut mended, mut worse) = (0, 0);
    for column in window.columns.iter().filter(|column| column.failure.kind() != Kind::Pair) {
        let before = solve(plan, column.scenario.clone());
        let after = solve(&changed, column.scenario.clone());
        let (better, worsened) = compared(&before, &after);
        (mended, worse) = (mended + better.len(), worse + worsened.len());
    }
    if window.columns.len() as u32 == window.total_failures {
        assert_eq!(
            (mended, worse),
            (effect.failures_mended as usize, effect.failures_worse as usize),
            "{changes:?}"
        );
    }
    let found = advice(&changed).findings;
    for (code, about) in &effect.findings_gone {
        assert!(!found.iter().any(|own| own.code == *code && own.about == *about), "{code} {about:?}");
    }
    for (code, about) in &effect.findings_new {
        assert!(found.iter().any(|own| own.code == *code && own.about == *about), "{code} {about:?}");
    }
}

/// Whether some of so many candidates make everything work.
fn some_suffice(plan: &Plan, candidates: &[Change], size: usize, chosen: &mut Vec<Change>) -> bool {
    if chosen.len() == size {
        return all_work(&with(plan, chosen));
    }
    (0..candidates.len()).any(|at| {
        chosen.push(candidates[at].clone());
        let suffice = some_suffice(plan, &candidates[at + 1..], size, chosen);
        chosen.pop();
        suffice
    })
}

#[test]
fn every_fix_does_what_it_says_and_the_least_set_is_the_least() {
    let (mut proposals, mut sets, mut without) = (0, 0, 0);
    for seed in 0..cases() {
        let plan = random_plan(seed);
        let fixes = fixes(&plan);
        assert!(fixes.candidates.len() <= MAX_CANDIDATES);
        for proposal in fixes.proposals.iter().take(3) {
            assert!(!proposal.effect.mends.is_empty() || !proposal.effect.findings_gone.is_empty());
            proven(&plan, &proposal.changes, &proposal.effect);
            proposals += 1;
        }
        match &fixes.everything {
            Everything::Works => assert!(all_work(&plan), "seed {seed}"),
            Everything::With(proposal) => {
                assert!(all_work(&proposal.apply(&plan)), "seed {seed}");
                assert!(!all_work(&plan), "seed {seed}");
                proven(&plan, &proposal.changes, &proposal.effect);
                for size in 1..proposal.changes.len() {
                    assert!(!some_suffice(&plan, &fixes.candidates, size, &mut Vec::new()), "seed {seed}");
                }
                sets += 1;
            }
            Everything::Without { complete, .. } => {
                assert!(complete, "seed {seed}");
                if fixes.candidates.len() <= 6 {
                    for size in 0..=MAX_TOGETHER {
                        assert!(!some_suffice(&plan, &fixes.candidates, size, &mut Vec::new()), "seed {seed}");
                    }
                    without += 1;
                }
            }
        }
    }
    println!("{proposals} proposals, {sets} least sets, {without} shown to have none");
    assert!(proposals > 0 && sets + without > 0);
}

#[test]
fn three_changes_are_found_where_three_are_needed() {
    // Three pools that three exits' peerings don't admit: each needs its own.
    let site = |id: &str| format!(r#"{{"id": "{id}", "inside": ["10.{id}.0.0/16"]}}"#);
    let circuit = |id: &str| {
        format!(
            r#"{{"id": "{id}", "peerings": [{{"kind": "microsoft", "admitted": ["203.0.113.0/24"], "route_filter": ["12076:51007"]}}]}}"#
        )
    };
    let exit = |id: &str| {
        format!(
            r#"{{"id": "er{id}", "site": "{id}", "link": {{"express_route": {{"circuit": "{id}"}}}}, "path": [{{"device": "fw{id}"}}],
              "learned": ["20.60.28.0/23 community=12076:51007"], "advertised": ["203.0.113.{id}/32"]}}"#
        )
    };
    let device = |id: &str| format!(r#"{{"id": "fw{id}", "stateful": true, "rules": [{{"pool": "pool{id}"}}]}}"#);
    let pool = |id: &str| format!(r#"{{"id": "pool{id}", "addresses": ["198.51.100.{id}"]}}"#);
    let flow =
        |id: &str| format!(r#"{{"id": "f{id}", "ends": {{"outbound": {{"site": "{id}", "service": "s"}}}}}}"#);
    let all = |part: &dyn Fn(&str) -> String| ["1", "2", "3"].map(part).join(",");
    let json = format!(
        r#"{{"schema_version": 1, "sites": [{}], "circuits": [{}], "exits": [{}], "devices": [{}], "pools": [{}],
          "services": [{{"id": "s", "destinations": ["20.60.28.0/23"], "microsoft": true}}], "flows": [{}]}}"#,
        all(&site),
        all(&circuit),
        all(&exit),
        all(&device),
        all(&pool),
        all(&flow)
    );
    let plan = load(&json).unwrap().plan;
    let fixes = fixes(&plan);
    let Everything::With(found) = &fixes.everything else { panic!("{:?}", fixes.everything) };
    assert_eq!(found.changes.len(), 3, "{found:?}");
    assert_eq!(found.effect.mends.len(), 3);
    proven(&plan, &found.changes, &found.effect);
}
