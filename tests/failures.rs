//! The failure study held against the plain way: every plan solved anew in every failure's scenario.
//!
//! `TWOPATH_CASES` random plans are tried (default 5, and 4 with rarities), from seed `TWOPATH_SEED` on (default 0).

// Helpers outside of `#[test]` functions unwrap, too.
#![allow(clippy::unwrap_used)]

#[path = "bench/src/failure_plan.rs"]
mod failure_plan;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use support::random_plan::{Rng, random_plan};
use support::rare::rare_plan;
use twopath::desk::Solved;
use twopath::journey::{Row, Sessions, Standing, Verdict};
use twopath::pace::{Job, at_once};
use twopath::plan::*;
use twopath::routing::{Part, Scenario};
use twopath::space::{Family, Share};
use twopath::study::failures::*;

#[test]
fn every_cell_is_what_solving_anew_says_on_random_plans() {
    compare_all(random_plan, 5);
}

#[test]
fn every_cell_is_what_solving_anew_says_on_random_plans_with_rarities() {
    compare_all(rare_plan, 4);
}

#[test]
fn the_plan_that_is_measured_is_what_it_says() {
    let loaded = load(&failure_plan::failure_plan()).unwrap();
    assert_eq!(loaded.faults, []);
    let plan = loaded.plan;
    assert_eq!((plan.flows.len(), plan.exits.len(), plan.circuits.len(), plan.sites.len()), (50, 5, 2, 2));
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    let prefixes: BTreeSet<String> = plan
        .exits
        .iter()
        .filter(|exit| matches!(exit.link, Link::ExpressRoute(_)))
        .filter_map(|exit| solved.list(&ListId::Learned(exit.id.clone())))
        .flat_map(|(_, reading)| reading.v4.iter().map(|entry| format!("{:?}", entry.prefix)))
        .collect();
    assert_eq!(prefixes.len(), 128);
    assert!(study(&solved).len() >= 40);
}

#[test]
fn steps_of_any_size_give_the_same() {
    let plan = random_plan(3);
    let solved = Rc::new(Solved::new(plan, Scenario::default(), false));
    let whole = study(&solved).window(View::default());
    for units in [1, 100, 2_000] {
        let own = Rc::clone(&solved);
        let mut job = Job::new(|pace| async move { Failures::new(own.world(), &pace).await });
        let mut last = 0;
        let failures = loop {
            if let Some(failures) = job.step(units) {
                break failures;
            }
            assert!(job.progress().1 >= last && job.progress().1 <= 1000);
            last = job.progress().1;
        };
        assert_eq!(failures.window(View::default()), whole, "{units}");
    }
}

/// How much was compared, so that a comparison of nothing doesn't pass.
#[derive(Default, Debug)]
struct Tally {
    cells: usize,
    moves: usize,
    splits: usize,
    outcomes: BTreeSet<Outcome>,
    sessions: BTreeSet<Sessions>,
}

fn compare_all(plan_of: fn(u64) -> Plan, plans: u64) {
    let number = |name: &str, default| std::env::var(name).map_or(default, |value| value.parse().unwrap());
    let (first, plans) = (number("TWOPATH_SEED", 0), number("TWOPATH_CASES", plans));
    let mut tally = Tally::default();
    for seed in first..first + plans {
        let plan = plan_of(seed);
        let mut rng = Rng::from_seed(seed);
        let normal = normal(&plan, &mut rng);
        compare(&plan, &normal, &format!("seed {seed}"), &mut tally);
    }
    println!("{tally:?}");
    assert!(tally.moves > 100 && tally.splits > 20 && tally.outcomes.len() >= 4, "{tally:?}");
    assert!(tally.sessions.len() >= 3, "{tally:?}");
}

/// Mostly nothing, sometimes something down, drained or half dead already, sometimes the other return model.
fn normal(plan: &Plan, rng: &mut Rng) -> Scenario {
    let exits: Vec<Id> = plan.exits.iter().map(|exit| exit.id.clone()).collect();
    let part = |rng: &mut Rng| -> BTreeSet<Part> { [Part::Exit(rng.pick(&exits).clone())].into() };
    Scenario {
        down: if rng.chance(15) { part(rng) } else { BTreeSet::new() },
        inside_dead: if rng.chance(10) { part(rng) } else { BTreeSet::new() },
        prepended: if rng.chance(10) { [rng.pick(&exits).clone()].into() } else { BTreeSet::new() },
        other_return_model: rng.chance(20),
    }
}

fn study(solved: &Solved) -> Failures {
    at_once(|pace| async move { Failures::new(solved.world(), &pace).await })
}

/// All failures of a study, worst first.
fn columns(failures: &Failures) -> Vec<Column> {
    let mut columns = Vec::new();
    loop {
        let from_failure = columns.len() as u32;
        let window = failures.window(View { from_failure, ..View::default() });
        columns.extend(window.columns);
        if columns.len() as u32 >= window.total_failures {
            return columns;
        }
    }
}

fn compare(plan: &Plan, normal: &Scenario, name: &str, tally: &mut Tally) {
    let solved = Solved::new(plan.clone(), normal.clone(), false);
    let failures = study(&solved);
    assert!(!failures.is_empty(), "{name}");
    for column in columns(&failures) {
        let name = format!("{name}, {normal:?}, {:?}", column.failure);
        assert_eq!(column.scenario, column.failure.scenario(normal), "{name}");
        let before = Solved::new(plan.clone(), column.failure.before(normal), false);
        let after = Solved::new(plan.clone(), column.scenario.clone(), false);
        let mut sum = FailureSum::default();
        let mut verdicts: BTreeMap<Verdict, u32> = BTreeMap::new();
        for (old, new) in before.rows.iter().zip(&after.rows) {
            let detail = failures.detail(&column.failure, &old.flow).unwrap();
            let name = format!("{name}, {}", old.flow);
            cell(&detail, old, new, &name, tally);
            let fails = |row: &Row| row.verdict.is_some_and(|verdict| verdict.standing() == Standing::Fails);
            sum.breaks += u32::from(fails(new) && !fails(old));
            new.verdict.into_iter().for_each(|verdict| *verdicts.entry(verdict).or_default() += 1);
        }
        assert_eq!(column.sum.breaks, sum.breaks, "{name}");
        assert_eq!(column.sum.verdicts, verdicts.into_iter().collect::<Vec<_>>(), "{name}");
        assert_eq!(column.sum.outcomes.iter().map(|(_, count)| count).sum::<u32>() as usize, plan.flows.len());
    }
}

/// What tells addresses apart that the study and a row both know.
type Fate = (Family, Verdict, Vec<Id>, Vec<Id>);

/// A cell against the rows of both scenarios: the same verdicts, and what leaves one fate arrives at another.
fn cell(detail: &Detail, old: &Row, new: &Row, name: &str, tally: &mut Tally) {
    assert_eq!((detail.before, detail.after), (old.verdict, new.verdict), "{name}");
    tally.cells += 1;
    tally.outcomes.insert(detail.outcome);
    if detail.more_moves > 0 {
        return;
    }
    let mut balance: BTreeMap<Fate, i64> = BTreeMap::new();
    let millionths = |share: Share| i64::from(share.millionths());
    for part in &old.parts {
        let fate = (part.family, part.verdict, part.out.clone(), part.back.clone());
        *balance.entry(fate).or_default() += millionths(part.share);
    }
    for part in &new.parts {
        let fate = (part.family, part.verdict, part.out.clone(), part.back.clone());
        *balance.entry(fate).or_default() -= millionths(part.share);
    }
    let mut moved: BTreeMap<Family, (Share, Share)> = BTreeMap::new();
    for change in &detail.moves {
        let from = (change.family, change.before, change.first_before.clone(), change.answer_before.clone());
        let to = (change.family, change.after, change.first_after.clone(), change.answer_after.clone());
        *balance.entry(from).or_default() -= millionths(change.share);
        *balance.entry(to).or_default() += millionths(change.share);
        let family = moved.entry(change.family).or_default();
        family.0 += if change.first_before != change.first_after { change.share } else { Share::ZERO };
        family.1 += if change.answer_before != change.answer_after { change.share } else { Share::ZERO };
        tally.moves += 1;
        tally.sessions.insert(change.sessions);
        tally.splits += usize::from(change.share < Share::ONE);
        let fails = |verdict: Verdict| verdict.standing() == Standing::Fails;
        assert!(!(fails(change.before) && fails(change.after) && change.sessions.reset()), "{name} {change:?}");
    }
    // Each share that was rounded for the comparison is off by at most one millionth or so.
    let slack = 2 + 2 * (old.parts.len() + new.parts.len() + detail.moves.len()) as i64;
    assert!(balance.values().all(|rest| rest.abs() <= slack), "{name}\n{detail:#?}\n{old:#?}\n{new:#?}");
    let most = |of: fn(&(Share, Share)) -> Share| moved.values().map(of).max().unwrap_or_default().millionths();
    let (first, answer) = (most(|shares| shares.0), most(|shares| shares.1));
    let inbound = old.direction == twopath::journey::Direction::Inbound;
    let (out, back) = if inbound { (answer, first) } else { (first, answer) };
    assert!(detail.moved_out.millionths().abs_diff(out) <= 1, "{name} {detail:#?}");
    assert!(detail.moved_in.millionths().abs_diff(back) <= 1, "{name} {detail:#?}");
}

/// The study of a plan of `tests/rules`.
fn rule(file: &str) -> Failures {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(file).with_extension("json");
    let plan = load(&std::fs::read_to_string(path).unwrap()).unwrap().plan;
    study(&Solved::new(plan, Scenario::default(), false))
}

/// What a failure does to a flow: outcome, sessions, and how long either way takes, as JSON writes them.
fn told(failures: &Failures, failure: &Failure, flow: &str) -> [String; 4] {
    let detail = failures.detail(failure, &flow.into()).unwrap_or_else(|| panic!("{failure:?} {flow}"));
    let write = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    [
        write(serde_json::to_value(detail.outcome).unwrap()),
        write(serde_json::to_value(detail.sessions).unwrap()),
        write(serde_json::to_value(detail.notice_out).unwrap()),
        write(serde_json::to_value(detail.notice_in).unwrap()),
    ]
}

const HOLD_TIME: &str = r#"{"after":{"bfd":false,"exit":"er-primary","milliseconds":180000}}"#;

#[test]
fn mistake_09_a_pool_on_one_path_breaks_and_a_pool_for_each_link_resets() {
    let failures = rule("mistake-09-untested-failover");
    let exit = |id: &str| Part::Exit(id.into());
    let circuit = Failure::Down(Part::Circuit("chicago".into()));
    // Storage keeps the pool that only ExpressRoute carries; SQL begins anew from the Internet's.
    assert_eq!(told(&failures, &circuit, "storage"), ["breaks", "lost", HOLD_TIME, HOLD_TIME]);
    assert_eq!(told(&failures, &circuit, "sql"), ["resets", "another_pool", HOLD_TIME, HOLD_TIME]);
    // A pool before the split goes on over the other link, a pool for each link doesn't.
    let primary = Failure::Down(exit("er-primary"));
    assert_eq!(told(&failures, &primary, "storage"), ["moves", "kept", HOLD_TIME, HOLD_TIME]);
    assert_eq!(told(&failures, &primary, "sql"), ["resets", "another_pool", HOLD_TIME, HOLD_TIME]);
    let isp = Failure::Down(exit("isp"));
    assert_eq!(told(&failures, &isp, "sql"), ["same", "kept", "nothing", "nothing"]);
    // Both links down one by one is what the circuit down is.
    let both = Failure::Both(exit("er-primary"), exit("er-secondary"));
    assert_eq!(told(&failures, &both, "storage"), told(&failures, &circuit, "storage"));
    // Dead inside: our routing has to see it, and the far side never does.
    let half = Failure::HalfFailure(exit("er-primary"));
    assert_eq!(told(&failures, &half, "sql"), ["resets", "another_pool", "inside", "inside"]);
    assert_eq!(told(&failures, &half, "storage"), ["doubtful", "lost", "inside", "never"]);
}

#[test]
fn maintenance_of_each_link_in_turn() {
    let failures = rule("mistake-09-untested-failover");
    let at = |exit: &str, stage| Failure::Maintenance { exit: exit.into(), stage };
    let primary = |stage| at("er-primary", stage);
    // A local preference holds what leaves; what comes back to the pool of both links is drained.
    let storage = told(&failures, &primary(MaintenanceStage::Drained), "storage");
    assert_eq!(storage, ["moves", "kept", "nothing", "drained"]);
    let sql = told(&failures, &primary(MaintenanceStage::Drained), "sql");
    assert_eq!(sql, ["same", "kept", "nothing", "nothing"]);
    // Then the link goes down under what stayed.
    let storage = told(&failures, &primary(MaintenanceStage::Down), "storage");
    assert_eq!(storage, ["moves", "kept", HOLD_TIME, "nothing"]);
    let sql = told(&failures, &primary(MaintenanceStage::Down), "sql");
    assert_eq!(sql, ["resets", "another_pool", HOLD_TIME, HOLD_TIME]);
    for stage in [MaintenanceStage::Drained, MaintenanceStage::Down] {
        assert_eq!(told(&failures, &at("er-secondary", stage), "sql")[..2], ["same", "kept"]);
    }
    // Without preferences all is drained before the link goes down, and nothing waits for a session to time out.
    let failures = rule("mistake-09-maintenance-prepend-ignored");
    let secondary = |stage| at("er-secondary", stage);
    let storage = told(&failures, &secondary(MaintenanceStage::Drained), "storage");
    assert_eq!(storage, ["moves", "kept", "drained", "drained"]);
    let storage = told(&failures, &secondary(MaintenanceStage::Down), "storage");
    assert_eq!(storage, ["same", "kept", "nothing", "nothing"]);
}

#[test]
fn the_worst_comes_first_and_a_window_is_a_part_of_the_whole() {
    let plan = random_plan(1);
    let failures = study(&Solved::new(plan, Scenario::default(), false));
    let whole = failures.window(View::default());
    let key = |column: &Column| (column.sum.breaks, column.sum.doubtful, column.sum.resets);
    assert!(whole.columns.windows(2).all(|pair| key(&pair[0]) >= key(&pair[1])));
    assert!(whole.lines.windows(2).all(|pair| pair[0].sum.fails >= pair[1].sum.fails));
    assert_eq!(whole.kinds.iter().map(|(_, count)| *count as usize).sum::<usize>(), failures.len());
    let part = failures.window(View { from_failure: 3, failures: 4, from_flow: 1, flows: 2, ..View::default() });
    assert_eq!(part.columns, whole.columns[3..7]);
    assert_eq!(part.lines[0].outcomes, whole.lines[1].outcomes[3..7]);
    assert_eq!((part.lines.len(), part.total_flows), (2, whole.total_flows));
    let pairs = failures.window(View { kinds: vec![Kind::Pair], only_harm: true, ..View::default() });
    let harms = |column: &&Column| column.failure.kind() == Kind::Pair && column.sum.harms();
    assert_eq!(pairs.columns, whole.columns.iter().filter(harms).cloned().collect::<Vec<_>>());
}

#[test]
fn what_is_too_much_is_counted_by_kind_and_pairs_go_first() {
    let mut plan = random_plan(2);
    let model = plan.exits[0].clone();
    for index in 0..60 {
        plan.exits.push(Exit { id: format!("more{index}").into(), ..model.clone() });
    }
    let failures = study(&Solved::new(plan.clone(), Scenario::default(), false));
    assert_eq!(failures.len(), MAX_FAILURES);
    let window = failures.window(View::default());
    let [(Kind::Pair, left_out)] = window.left_out[..] else { panic!("{:?}", window.left_out) };
    let links = plan
        .exits
        .iter()
        .filter(|exit| !matches!(&exit.link, Link::ExpressRoute(link) if link.peering == PeeringKind::Private));
    let ends = links.count() + plan.circuits.len();
    let kept = window.kinds.iter().find(|(kind, _)| *kind == Kind::Pair).unwrap().1;
    assert!(kept + left_out > 0 && (kept + left_out) as usize <= ends * (ends - 1) / 2);
    assert!(left_out > 900, "{left_out}");
}
