//! The same plan gives the same bytes natively and in wasm: every example of the gallery and a seeded set of random
//! plans, each solved normally, with each exit down, and with the other return model, and the report of every example
//! in both its forms, against committed digests.
//!
//! `UPDATE_EXPECT=1 cargo test --test wasm_equals_native` writes the digests anew (natively; wasm only compares).

#![allow(clippy::expect_used)]

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[path = "support/mod.rs"]
mod support;

use support::random_plan::random_plan;
use twopath::desk::Solved;
use twopath::desk::report::report;
use twopath::journey::{Direction, TraceQuery};
use twopath::pace::{Pace, at_once};
use twopath::plan::{Plan, examples::EXAMPLES, load};
use twopath::report::paper::{html, markdown};
use twopath::routing::{Part, Scenario};

const SEEDS: u64 = 100;

/// All that the engine says of a plan: summaries, rows and a trace of every part, in every scenario.
fn everything(plan: &Plan) -> String {
    let mut scenarios = vec![Scenario::default()];
    for exit in &plan.exits {
        scenarios.push(Scenario { down: [Part::Exit(exit.id.clone())].into(), ..Scenario::default() });
    }
    let mut said = String::new();
    for scenario in scenarios {
        let solved = Solved::new(plan.clone(), scenario, true);
        let mut say = |json: serde_json::Result<String>| said.push_str(&json.expect("answers are JSON"));
        say(serde_json::to_string(&solved.summary()));
        say(serde_json::to_string(&(&solved.rows, solved.other_rows())));
        for row in &solved.rows {
            for part in &row.parts {
                let query = match row.direction {
                    Direction::Outbound => {
                        TraceQuery::Outbound { site: Some(row.site.clone()), from: Some(part.from), to: part.to }
                    }
                    Direction::Inbound => {
                        let flow = plan.flows.iter().find(|flow| flow.id == row.flow).expect("the flow");
                        let twopath::plan::Ends::Inbound(inbound) = &flow.ends else { continue };
                        let published = inbound.published.clone();
                        TraceQuery::Inbound { published, from: part.from, to: Some(part.to) }
                    }
                };
                say(serde_json::to_string(&solved.trace(&query)));
            }
        }
    }
    said
}

fn digest(text: &str) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(text.as_bytes()))
}

/// The report in its forms, beside the plan before it where there is one.
fn reported(plan: &Plan, before: Option<&Plan>) -> [(&'static str, String); 2] {
    let solve = |plan: &Plan| Solved::new(plan.clone(), Scenario::default(), false);
    let (solved, before) = (solve(plan), before.map(solve));
    let (solved, before, summary) = (&solved, before.as_ref(), &solved.summary());
    let paper =
        at_once(|pace: Pace| async move { report(solved, summary, before, "26 November 2026", &pace).await });
    [("html", html(&paper)), ("md", markdown(&paper))]
}

fn digests() -> String {
    let mut lines = String::new();
    for example in EXAMPLES {
        let plan = load(example.json).expect("an example loads").plan;
        lines.push_str(&format!("{} {}\n", digest(&everything(&plan)), example.file));
    }
    // Each report compares with the example before, so differences and steps between plans are told too.
    let mut before = None;
    for example in EXAMPLES {
        let plan = example.plan();
        for (form, text) in reported(&plan, before.as_ref()) {
            lines.push_str(&format!("{} report of {} as {form}\n", digest(&text), example.file));
        }
        before = Some(plan);
    }
    for seed in 0..SEEDS {
        lines.push_str(&format!("{} seed {seed}\n", digest(&everything(&random_plan(seed)))));
    }
    lines
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn answers_are_the_committed_bytes() {
    expect_test::expect_file!["golden/digests.txt"].assert_eq(&digests());
}

#[cfg(target_arch = "wasm32")]
#[test]
fn answers_are_the_committed_bytes() {
    assert_eq!(digests(), include_str!("golden/digests.txt"));
}
