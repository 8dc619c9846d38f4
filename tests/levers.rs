//! What it would take for another path to win, proved: the change is made in the plan, and the plan solved anew.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "support/mod.rs"]
mod support;

use support::random_plan::random_plan;
use twopath::desk::Solved;
use twopath::journey::{Stage, Step, TraceQuery};
use twopath::plan::{Id, ListId, Plan, Text};
use twopath::routing::{ForwardStep, Lever, Place, ReturnStep, Scenario};

/// The decisions of a trace, in its order.
#[derive(Default)]
struct Decisions {
    forward: Vec<ForwardStep>,
    back: Vec<ReturnStep>,
}

fn decisions(solved: &Solved, query: &TraceQuery) -> Decisions {
    fn walk(stage: &Stage, found: &mut Decisions) {
        match &stage.step {
            Step::Forward(step) => found.forward.push(step.clone()),
            Step::Return(step) => found.back.push(step.clone()),
            _ => {}
        }
        stage.then.iter().for_each(|branch| walk(&branch.stage, found));
    }
    let mut found = Decisions::default();
    walk(&solved.trace(query).unwrap().first, &mut found);
    found
}

fn solve(plan: &Plan) -> Solved {
    Solved::new(plan.clone(), Scenario::default(), false)
}

/// The plan in which the line that a route was read from has this behind it, or stands once more with another prefix;
/// `None` where the line can't simply be written so.
fn changed(
    plan: &Plan,
    exit: &Id,
    place: &Place,
    lever: Lever,
    prefix: &str,
    address: std::net::IpAddr,
) -> Option<Plan> {
    let mut plan = plan.clone();
    let of = plan.exits.iter_mut().find(|of| of.id == *exit)?;
    let learned = matches!(place.list, ListId::Learned(_));
    let list: &mut Text = match &place.list {
        ListId::Learned(id) if id == exit => &mut of.learned,
        ListId::Advertised(id) if id == exit => &mut of.advertised,
        _ => return None,
    };
    let mut lines: Vec<String> = list.as_str().lines().map(str::to_owned).collect();
    let line = lines.get_mut(place.line as usize - 1)?;
    let mut behind = |word: &str, value: u32| {
        if line.contains(word) {
            return None;
        }
        line.push_str(&format!(" {word}={value}"));
        Some(())
    };
    match lever {
        Lever::Weight(weight) => behind("weight", weight)?,
        Lever::LocalPreference(preference) => behind("localpref", preference)?,
        Lever::Distance(distance) => behind("distance", distance.into())?,
        Lever::PrefixLength(length) => {
            // A policy may treat another prefix otherwise.
            let policies = if learned { &of.policy_in } else { &of.policy_out };
            if !policies.is_empty() {
                return None;
            }
            let longer = ipnet::IpNet::new(address, length).unwrap().trunc().to_string();
            let line = line.replacen(prefix, &longer, 1);
            lines.push(line);
        }
        // A path is counted from several places of a plan; those are proved beside the code.
        Lever::AsPathLength(_) | Lever::OthersAsPathLength(_) => return None,
    }
    *list = Text::from(lines.join("\n"));
    Some(plan)
}

#[test]
fn a_route_wins_in_the_plan_that_is_changed_as_told() {
    let mut proved = std::collections::BTreeMap::<&str, usize>::new();
    for seed in 0..100 {
        let plan = random_plan(seed);
        let solved = solve(&plan);
        for row in &solved.rows {
            for part in 0..row.parts.len().min(3) {
                let Some(query) = TraceQuery::of_part(&plan, row, part) else { continue };
                let Ok(trace) = solved.trace(&query) else { continue };
                let before = decisions(&solved, &query);
                let (ours, theirs) = match trace.direction {
                    twopath::journey::Direction::Outbound => (trace.to, None),
                    twopath::journey::Direction::Inbound => (trace.from, Some(trace.to)),
                };
                for (nth, step) in before.forward.iter().enumerate() {
                    for candidate in &step.candidates {
                        for lever in &candidate.levers {
                            let (exit, place) = (&candidate.exit, &candidate.place);
                            let Some(plan) = changed(&plan, exit, place, *lever, &candidate.prefix, ours) else {
                                continue;
                            };
                            let after = decisions(&solve(&plan), &query);
                            let said = format!("seed {seed}, {query:?}, {exit}: {lever:?} of {candidate:?}");
                            assert_eq!(after.forward[nth].chosen, std::slice::from_ref(exit), "{said}");
                            let kind = match lever {
                                Lever::PrefixLength(_) => "forward prefix",
                                Lever::Weight(_) => "weight",
                                Lever::LocalPreference(_) => "local preference",
                                _ => "distance",
                            };
                            *proved.entry(kind).or_default() += 1;
                        }
                    }
                }
                // Inbound, the address that the far side looks for is the first packet's.
                let Some(address) = theirs else { continue };
                for (nth, step) in before.back.iter().enumerate() {
                    for candidate in &step.candidates {
                        let [exit] = candidate.exits.as_slice() else { continue };
                        for lever in &candidate.levers {
                            let Some(plan) =
                                changed(&plan, exit, &candidate.place, *lever, &candidate.prefix, address)
                            else {
                                continue;
                            };
                            let after = decisions(&solve(&plan), &query);
                            assert_eq!(
                                after.back[nth].chosen,
                                std::slice::from_ref(exit),
                                "seed {seed}, {query:?}: {lever:?}"
                            );
                            *proved.entry("return prefix").or_default() += 1;
                        }
                    }
                }
            }
        }
    }
    for kind in ["forward prefix", "weight", "local preference", "return prefix"] {
        assert!(proved.get(kind).is_some_and(|count| *count > 20), "{kind}: {proved:?}");
    }
}

/// Nothing is tried among thousands of equal lines, and a trace through them ends.
#[test]
fn thousands_of_equal_routes_are_no_trouble() {
    // Equal to every rule, and not the same line again, which would count once.
    let lines = |prefix: &str| {
        let line = |at: u32| format!("{prefix} community=65000:{at}");
        (1..=20_000).map(line).collect::<Vec<_>>().join("\n")
    };
    let (learned, advertised) = (lines("20.0.0.0/8"), lines("198.51.100.0/24"));
    let exit = |id: &str| {
        serde_json::json!({"id": id, "site": "hq", "link": {"internet": {}}, "path": [{"device": "fw", "zone": id}],
            "learned": learned, "advertised": advertised})
    };
    let plan = serde_json::json!({
        "schema_version": 1,
        "sites": [{"id": "hq", "inside": ["10.0.0.0/8"]}],
        "exits": [exit("a"), exit("b")],
        "devices": [{"id": "fw", "stateful": true, "rules": [{"pool": "p"}]}],
        "pools": [{"id": "p", "addresses": ["198.51.100.0/26"]}],
    });
    let plan = twopath::plan::load(&plan.to_string()).unwrap().plan;
    let query = TraceQuery::Outbound { site: None, from: None, to: "20.1.2.3".parse().unwrap() };
    let found = decisions(&solve(&plan), &query);
    assert!(found.forward[0].candidates.iter().all(|candidate| candidate.levers.is_empty()));
    assert!(found.back.iter().all(|step| step.candidates.iter().all(|candidate| candidate.levers.is_empty())));
    assert_eq!(found.forward[0].chosen.len(), 2);
}
