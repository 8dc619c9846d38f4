//! What must hold of every answer, whatever the plan.

#![allow(clippy::expect_used, clippy::unwrap_used)]

#[path = "support/mod.rs"]
mod support;

use support::random_plan::random_plan;
use twopath::desk::door::{Reply, Request, RowView};
use twopath::desk::{Engine, Solved, hash_of};
use twopath::journey::{Direction, Row, TraceQuery, Verdict};
use twopath::plan::{Ends, ListId, Plan, Text};
use twopath::routing::Scenario;
use twopath::space::{Family, Share};

const SEEDS: std::ops::Range<u64> = 1000..1060;

fn solve(plan: &Plan) -> Solved {
    Solved::new(plan.clone(), Scenario::default(), true)
}

fn query(plan: &Plan, row: &Row, part: usize) -> TraceQuery {
    let part = &row.parts[part];
    let flow = plan.flows.iter().find(|flow| flow.id == row.flow).expect("a row is a flow's");
    match (&flow.ends, row.direction) {
        (Ends::Inbound(inbound), Direction::Inbound) => {
            TraceQuery::Inbound { published: inbound.published.clone(), from: part.from, to: Some(part.to) }
        }
        _ => TraceQuery::Outbound { site: Some(row.site.clone()), from: Some(part.from), to: part.to },
    }
}

/// The lines of every list in another order say the same: all that differs is where they stand.
fn shuffled(plan: &Plan, by: u64) -> Plan {
    let mut plan = plan.clone();
    let lists: Vec<ListId> = plan.lists().into_iter().map(|(list, _)| list).collect();
    for list in lists {
        // A policy's list is a set too; rules stay in their order.
        if let Some(text) = plan.list_mut(&list) {
            let mut lines: Vec<&str> = text.as_str().split('\n').collect();
            lines.sort_by_key(|line| xxhash_rust::xxh3::xxh3_64_with_seed(line.as_bytes(), by));
            *text = Text::from(lines.join("\n"));
        }
    }
    plan
}

#[test]
fn the_order_of_candidates_never_changes_an_answer() {
    for seed in SEEDS {
        let plan = random_plan(seed);
        let rows = solve(&plan).rows;
        for by in 0..3 {
            assert_eq!(rows, solve(&shuffled(&plan, by)).rows, "seed {seed} shuffled by {by}");
        }
        // Exits in another order: the same but for the order in which ties are named.
        let mut turned = plan.clone();
        turned.exits.reverse();
        let sorted = |rows: &[Row]| {
            let mut rows = rows.to_vec();
            for row in &mut rows {
                for part in &mut row.parts {
                    part.out.sort();
                    part.back.sort();
                }
                row.parts.sort_by_key(|part| serde_json::to_string(part).unwrap());
            }
            rows
        };
        for (row, turned) in sorted(&rows).into_iter().zip(sorted(&solve(&turned).rows)) {
            assert_eq!(row, turned, "seed {seed} with exits turned");
        }
    }
}

#[test]
fn parts_are_whole_and_worst_comes_first() {
    for seed in SEEDS {
        for row in solve(&random_plan(seed)).rows {
            for family in [Family::V4, Family::V6] {
                let parts: Vec<_> = row.parts.iter().filter(|part| part.family == family).collect();
                let sum = parts.iter().fold(Share::ZERO, |sum, part| sum + part.share);
                assert!(parts.is_empty() || sum == Share::ONE, "seed {seed} {row:?}");
            }
            assert!(row.parts.is_sorted_by_key(|part| part.verdict), "seed {seed}");
            assert_eq!(row.verdict, row.parts.first().map(|part| part.verdict));
            assert!(row.parts.iter().all(|part| !part.far_addresses.is_zero()));
        }
    }
}

/// A row and the trace of its example are two ways to the same decision.
#[test]
fn the_trace_of_a_part_tells_its_fate() {
    for seed in SEEDS {
        let plan = random_plan(seed);
        let solved = solve(&plan);
        for row in &solved.rows {
            for (index, part) in row.parts.iter().enumerate() {
                let trace = solved.trace(&query(&plan, row, index)).unwrap();
                // The pair may have other fates too, where a pool splits; none of them is missing from the row.
                assert!(trace.verdict <= part.verdict, "seed {seed} {part:?} {trace:?}");
                assert!(row.parts.iter().any(|other| other.verdict == trace.verdict), "seed {seed} {part:?}");
                assert_eq!(trace.far_side, part.far_side);
                if part.verdict != Verdict::Uncertain && plan.assumptions == Default::default() {
                    assert!(
                        trace.first.verdict <= part.verdict || trace.verdict == Verdict::Uncertain,
                        "seed {seed}"
                    );
                }
            }
        }
    }
}

#[test]
fn flips_change_the_standing_and_nothing_else_is_named() {
    for seed in SEEDS {
        for row in solve(&random_plan(seed)).rows {
            for flip in &row.decisive {
                assert_ne!(flip.verdict.standing(), row.verdict.unwrap().standing(), "seed {seed} {row:?}");
            }
        }
    }
}

fn request(generation: u64, plan: Plan) -> Request {
    let scenario = Scenario::default();
    Request::Solve { generation, plan: Box::new(plan), kept: Vec::new(), scenario, compare: true }
}

#[test]
fn steps_of_any_size_give_the_same_answer() {
    for seed in 0..20 {
        let plan = random_plan(seed);
        let summary = solve(&plan).summary();
        for units in [1, 7, 100, 1_000_000] {
            let mut engine = Engine::default();
            assert!(engine.handle(request(1, plan.clone()), None).is_empty());
            let mut last = 0;
            let solved = loop {
                match engine.step(units).pop() {
                    Some(Reply::Progress { permille, .. }) => {
                        assert!(permille >= last, "progress never runs backwards");
                        last = permille;
                    }
                    Some(Reply::Solved { summary, .. }) => break summary,
                    other => panic!("{other:?}"),
                }
            };
            assert_eq!(*solved, summary, "seed {seed} in steps of {units}");
        }
    }
}

#[test]
fn a_newer_generation_supersedes_an_older() {
    let mut engine = Engine::default();
    engine.handle(request(1, random_plan(1)), None);
    engine.step(1);
    engine.handle(request(2, random_plan(2)), None);
    // A late one changes nothing.
    assert!(matches!(engine.handle(request(1, random_plan(1)), None)[..], [Reply::Stale { generation: 1 }]));
    let replies = engine.finish();
    assert!(matches!(replies[..], [Reply::Solved { generation: 2, .. }]), "{replies:?}");
    let rows = |generation| Request::Rows { generation, view: RowView { count: 10, ..RowView::default() } };
    assert!(matches!(engine.handle(rows(1), None)[..], [Reply::Stale { generation: 1 }]));
    assert!(matches!(engine.handle(rows(2), None)[..], [Reply::Rows { generation: 2, .. }]));
}

#[test]
fn long_texts_are_sent_once_and_named_by_their_hash() {
    let plan = random_plan(3);
    let expected = solve(&plan).summary();
    let mut short = plan.clone();
    let mut kept = Vec::new();
    let mut engine = Engine::default();
    let lists: Vec<(ListId, Text)> = plan.lists().into_iter().map(|(list, text)| (list, text.clone())).collect();
    for (list, text) in lists.iter().filter(|(_, text)| !text.is_empty()) {
        kept.push((list.clone(), hash_of(text)));
        *short.list_mut(list).unwrap() = Text::default();
    }
    let ask = |generation| Request::Solve {
        generation,
        plan: Box::new(short.clone()),
        kept: kept.clone(),
        scenario: Scenario::default(),
        compare: true,
    };
    // A worker that was restarted has none of them, and says which.
    let replies = engine.handle(ask(1), None);
    let [Reply::Missing { generation: 1, hashes }] = &replies[..] else { panic!("{replies:?}") };
    assert_eq!(hashes.len(), kept.len());
    for (_, text) in lists.iter().filter(|(_, text)| !text.is_empty()) {
        engine.handle(Request::Keep { hash: hash_of(text) }, Some(text.as_str().as_bytes().to_vec()));
    }
    assert!(engine.handle(ask(2), None).is_empty());
    let replies = engine.finish();
    let [Reply::Solved { summary, .. }] = &replies[..] else { panic!("{replies:?}") };
    assert_eq!(**summary, expected);
}
