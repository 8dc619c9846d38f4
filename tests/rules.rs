//! Each rule of the domain, and each mistake that people make, as a plan that a reader can follow and the answer that
//! it must get.
//!
//! The plans are `tests/rules/*.json`; their `notes` say what they show. A table has a line for each class of
//! addresses of a flow that shares one fate, worst first: the flow, the verdict, the exits out, the exits back.
//! `+` joins equal paths, `-` is none.

use std::path::Path;
use twopath::desk::Solved;
use twopath::journey::{Assumption, Flip, Row, Step, TraceQuery};
use twopath::plan::{Citation, Plan, Reference, Source, Stage, load};
use twopath::report::words::{Names, assumptions, steps as words};
use twopath::routing::{NoSay, Part, Refusal, Refused, Scenario};

/// All flows of a plan, judged.
fn solve(plan: Plan, scenario: Scenario) -> Vec<Row> {
    Solved::new(plan, scenario, false).rows
}

fn plan(file: &str) -> Plan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(file).with_extension("json");
    let json = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let loaded = load(&json).unwrap_or_else(|error| panic!("{file}: {error}"));
    assert_eq!(loaded.faults, [], "{file}");
    loaded.plan
}

fn down(parts: impl IntoIterator<Item = Part>) -> Scenario {
    Scenario { down: parts.into_iter().collect(), ..Scenario::default() }
}

/// A table as tests write it: words, one space between, empty lines left out.
fn squeezed(table: &str) -> Vec<String> {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    table.lines().map(words).filter(|line| !line.is_empty()).collect()
}

fn table(rows: &[Row]) -> Vec<String> {
    let exits = |ids: &[twopath::plan::Id]| {
        let ids: Vec<_> = ids.iter().map(|id| id.as_str()).collect();
        if ids.is_empty() { "-".to_owned() } else { ids.join("+") }
    };
    let mut lines = Vec::new();
    for row in rows {
        assert_eq!(row.verdict, row.parts.first().map(|part| part.verdict), "{}", row.flow);
        for part in &row.parts {
            let verdict = serde_json::to_value(part.verdict).unwrap_or_default();
            let verdict = verdict.as_str().unwrap_or_default();
            let line = format!("{} {verdict} {} {}", row.flow, exits(&part.out), exits(&part.back));
            if lines.last() != Some(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

fn answers(file: &str, scenario: Scenario, expected: &str) {
    let got = table(&solve(plan(file), scenario));
    assert_eq!(got, squeezed(expected), "{file}:\n{}\n", got.join("\n"));
}

/// The assumptions whose flip alone changes whether a flow works or fails.
fn decisive(file: &str, flow: &str) -> Vec<String> {
    let rows = solve(plan(file), Scenario::default());
    let row = rows.iter().find(|row| row.flow.as_str() == flow).unwrap_or_else(|| panic!("{flow}"));
    row.decisive
        .iter()
        .map(|flip| {
            let name = |value: serde_json::Result<serde_json::Value>| {
                value.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
            };
            let assumption = name(serde_json::to_value(flip.assumption));
            format!("{assumption}={}: {}", flip.instead, name(serde_json::to_value(flip.verdict)))
        })
        .collect()
}

#[test]
fn rule_00_only_microsoft_sees_what_is_advertised_over_expressroute() {
    answers(
        "rule-00-only-microsoft-sees-expressroute",
        Scenario::default(),
        "storage             symmetric           er   er
         supplier            symmetric           isp  isp
         mail                asymmetric_dropped  isp  er
         supplier-forgotten  no_return           isp  -",
    );
}

#[test]
fn rule_01_forward_by_longest_prefix_over_all_paths() {
    answers(
        "rule-01-longest-prefix-forward",
        Scenario::default(),
        "both      symmetric  er   er
         finer     symmetric  isp  isp
         mail      symmetric  isp  isp
         supplier  symmetric  isp  isp",
    );
}

#[test]
fn rule_02_equal_length_by_best_path_then_distance() {
    answers(
        "rule-02-equal-length",
        Scenario::default(),
        "local-preference           symmetric  er-primary      er-primary
         weight                     symmetric  isp             isp
         path-length                symmetric  er-primary      er-primary
         origin                     symmetric  isp             isp
         med                        symmetric  er-secondary    er-secondary
         med-missing                symmetric  er-primary      er-primary
         med-of-two-neighbours      symmetric  isp+er-primary  isp+er-primary
         set-counts-one             symmetric  isp             isp
         confederation-counts-none  symmetric  er-primary      er-primary
         ebgp-over-ibgp             symmetric  isp             isp
         static-over-bgp            symmetric  er-primary      er-primary
         floating-static            symmetric  isp             isp
         ebgp-at-the-branch         symmetric  isp-branch      isp-branch
         nearest-from-the-lab       symmetric  isp             isp",
    );
}

#[test]
fn rule_03_return_by_longest_prefix_on_the_translated_source() {
    answers(
        "rule-03-return-on-translated-source",
        Scenario::default(),
        "storage  asymmetric_dropped  er   isp
         sql      symmetric           er   er
         mail     asymmetric_dropped  isp  er",
    );
}

#[test]
fn rule_04_equal_length_returns_by_expressroute_wherever_the_circuit_is() {
    answers(
        "rule-04-equal-length-expressroute",
        Scenario::default(),
        "storage      symmetric             er   er
         mail         asymmetric_tolerated  isp  er
         supplier     symmetric             isp  isp
         mail-branch  asymmetric_tolerated  isp  er",
    );
}

#[test]
fn rule_05_more_specific_on_expressroute_with_the_aggregate_as_fallback() {
    let file = "rule-05-more-specific-on-expressroute";
    answers(
        file,
        Scenario::default(),
        "storage  symmetric  er   er
         sql      symmetric  er   er
         mail     symmetric  isp  isp",
    );
    answers(
        file,
        down([Part::Circuit("chicago".into())]),
        "storage  symmetric  isp  isp
         sql      symmetric  isp  isp
         mail     symmetric  isp  isp",
    );
}

#[test]
fn rule_05_mirror_more_specific_on_the_internet_is_an_assumption() {
    let file = "rule-05-mirror-more-specific-on-internet";
    answers(
        file,
        Scenario::default(),
        "storage  asymmetric_dropped  er   isp
         mail     symmetric           isp  isp",
    );
    assert_eq!(decisive(file, "storage"), ["more_specific_internet=express_route: symmetric"]);
    assert_eq!(decisive(file, "mail"), ["more_specific_internet=express_route: asymmetric_dropped"]);
}

#[test]
fn rule_06_an_advertised_prefix_attracts_every_server_of_microsoft() {
    let file = "rule-06-every-server";
    answers(
        file,
        Scenario::default(),
        "storage   symmetric           er   er
         mail      asymmetric_dropped  isp  er
         supplier  symmetric           isp  isp",
    );
    assert_eq!(decisive(file, "mail"), ["out_of_area=limited: symmetric"]);
    assert!(decisive(file, "supplier").is_empty());
}

#[test]
fn rule_07_advertised_is_not_accepted() {
    let file = "rule-07-advertised-is-not-accepted";
    answers(
        file,
        Scenario::default(),
        "admitted                  symmetric       er   er
         not-admitted              not_admitted    er   -
         not-translated            not_translated  er   -
         half-admitted             not_admitted    er   -
         half-admitted             symmetric       er   er
         too-long-on-the-internet  no_return       isp  -",
    );
    assert_eq!(decisive(file, "too-long-on-the-internet"), ["long_prefixes=spread: symmetric"]);
}

#[test]
fn rule_07_over_200_prefixes_the_session_drops() {
    answers(
        "rule-07-over-200-prefixes",
        Scenario::default(),
        "storage  symmetric  isp  isp
         mail     symmetric  isp  isp",
    );
}

#[test]
fn rule_08_symmetry_is_by_state_domain_and_zone() {
    for (file, mail) in [
        ("rule-08-two-firewalls", "asymmetric_dropped"),
        ("rule-08-one-firewall-two-zones", "asymmetric_dropped"),
        ("rule-08-one-firewall-one-zone", "asymmetric_tolerated"),
        ("rule-08-translation-missed", "asymmetric_dropped"),
        ("rule-08-stateless", "asymmetric_tolerated"),
    ] {
        answers(file, Scenario::default(), &format!("storage symmetric er er\nmail {mail} isp er"));
    }
}

#[test]
fn rule_08_zones_that_are_not_said_leave_it_open() {
    let mut plan = plan("rule-08-one-firewall-one-zone");
    plan.exits.iter_mut().for_each(|exit| exit.path.iter_mut().for_each(|crossing| crossing.zone.clear()));
    let solved = Solved::new(plan, Scenario::default(), false);
    assert_eq!(table(&solved.rows), ["storage symmetric er er", "mail uncertain isp er"]);
    let zones = |flip: &&Flip| flip.assumption == Assumption::UnsaidZones;
    let flips: Vec<String> = solved.rows[1].decisive.iter().filter(zones).map(assumptions::flip).collect();
    assert_eq!(
        flips,
        [
            "Assume instead that a firewall drops a known session on another interface: then the verdict is “Asymmetric, dropped”.",
            "Assume instead that a firewall takes a known session on another interface: then the verdict is “Asymmetric, tolerated”.",
        ]
    );
    // The trace tells the step by which it is open, and that nothing but an assumption is its source.
    let names = Names::of(solved.world().ground.plan());
    let steps = steps_of(&solved, "mail");
    let last = steps.last().unwrap_or_else(|| panic!("no step"));
    assert_eq!(words::citation(last), Citation::Inference);
    let said = words::step(last, &names);
    assert!(said.contains("unless both are in one zone, which the plan doesn't say"), "{said}");
}

/// Every step of the trace of a flow's worst part, its first branch at each.
fn steps_of(solved: &Solved, flow: &str) -> Vec<Step> {
    let row = solved.rows.iter().find(|row| row.flow.as_str() == flow).unwrap_or_else(|| panic!("{flow}"));
    let part = &row.parts[0];
    let query = TraceQuery::Outbound { site: None, from: Some(part.from), to: part.to };
    let trace = solved.trace(&query).unwrap_or_else(|error| panic!("{error:?}"));
    let mut steps = vec![trace.first.step.clone()];
    let mut stage = &trace.first;
    while let Some(next) = stage.then.first() {
        stage = &next.stage;
        steps.push(stage.step.clone());
    }
    steps
}

#[test]
fn rule_07_what_is_too_long_to_spread_is_told_at_the_way_back() {
    let solved = Solved::new(plan("rule-07-advertised-is-not-accepted"), Scenario::default(), false);
    let names = Names::of(solved.world().ground.plan());
    let steps = steps_of(&solved, "too-long-on-the-internet");
    let back = steps.iter().find_map(|step| match step {
        Step::Return(back) => Some(back),
        _ => None,
    });
    let back = back.unwrap_or_else(|| panic!("{steps:?}"));
    let too_long: Vec<&Refusal> = back.refused.iter().filter(|one| one.why == Refused::TooLong).collect();
    assert_eq!(too_long.len(), 1, "{back:?}");
    let said = words::refusal(too_long[0], &names);
    assert!(said.contains("longer than /24 or /48 are assumed not to spread"), "{said}");
    assert!(words::return_step(back, &names).contains("advertisements that would aren't taken"));
}

#[test]
fn a_default_over_expressroute_does_not_count_however_it_came() {
    for stage in [Stage::Offered, Stage::Received] {
        let mut plan = plan("rule-00-only-microsoft-sees-expressroute");
        let er = plan.exits.iter().position(|exit| exit.id.as_str() == "er").unwrap_or_else(|| panic!("er"));
        let (id, text) = ("print".into(), "0.0.0.0/0".into());
        plan.sources.push(Source { id, text, stage: Some(stage), ..Source::default() });
        plan.exits[er].learned_from.push(Reference { source: "print".into(), sets: Vec::new() });
        let solved = Solved::new(plan, Scenario::default(), false);
        let names = Names::of(solved.world().ground.plan());
        let query = TraceQuery::Outbound {
            site: None,
            from: None,
            to: "192.0.2.1".parse().unwrap_or_else(|error| panic!("{error}")),
        };
        let trace = solved.trace(&query).unwrap_or_else(|error| panic!("{error:?}"));
        let Step::Forward(step) = &trace.first.step else { panic!("{trace:?}") };
        assert_eq!(step.chosen, ["isp".into()], "{stage:?}");
        assert!(step.no_say.contains(&("er".into(), NoSay::DefaultNotSent)), "{:?}", step.no_say);
        assert!(words::forward(step, &names).contains("is the only route to it that counts"));
    }
}

#[test]
fn rule_09_inbound_is_answered_by_our_own_forward_decision() {
    answers(
        "rule-09-inbound",
        Scenario::default(),
        "plain           asymmetric_dropped  isp  er
         plain-supplier  symmetric           isp  isp
         translated      symmetric           isp  isp
         hidden          symmetric           isp  isp",
    );
}

#[test]
fn rule_10_path_length_counts_between_expressroute_paths_only() {
    answers(
        "rule-10-path-length",
        Scenario::default(),
        "storage  asymmetric_tolerated  er-chicago  er-dallas
         sql      symmetric             er-dallas   er-dallas
         mail     asymmetric_tolerated  isp         er-dallas",
    );
}

#[test]
fn mistake_01_the_same_pool_on_both_paths() {
    answers(
        "mistake-01-same-pool-on-both-paths",
        Scenario::default(),
        "storage   symmetric           er   er
         mail      asymmetric_dropped  isp  er
         supplier  symmetric           isp  isp",
    );
}

#[test]
fn mistake_02_the_expressroute_pool_on_the_internet_at_equal_length() {
    answers(
        "mistake-02-expressroute-pool-on-the-internet",
        Scenario::default(),
        "storage   symmetric           er   er
         mail      asymmetric_dropped  isp  er
         supplier  symmetric           isp  isp",
    );
}

#[test]
fn mistake_03_a_pool_not_advertised_or_not_admitted() {
    answers(
        "mistake-03-pool-not-advertised-or-not-admitted",
        Scenario::default(),
        "good            symmetric     er  er
         not-advertised  no_return     er  -
         not-admitted    not_admitted  er  -",
    );
}

#[test]
fn mistake_04_inbound_by_the_internet_reply_by_expressroute() {
    answers(
        "mistake-04-inbound-by-internet-reply-by-expressroute",
        Scenario::default(),
        "mail-in      asymmetric_dropped  isp  er
         supplier-in  symmetric           isp  isp",
    );
}

#[test]
fn mistake_05_smtp_advertised_on_expressroute() {
    answers(
        "mistake-05-smtp-advertised-on-expressroute",
        Scenario::default(),
        "mail-in      not_published  er   -
         supplier-in  symmetric      isp  isp
         mail-out     symmetric      er   er",
    );
}

#[test]
fn mistake_06_must_not_be_advertised_misread() {
    answers(
        "mistake-06-must-not-be-advertised-misread",
        Scenario::default(),
        "storage  no_return  er   -
         mail     symmetric  isp  isp",
    );
}

#[test]
fn mistake_07_nothing_is_received_and_all_leaves_by_the_internet() {
    answers(
        "mistake-07-nothing-is-received",
        Scenario::default(),
        "north   symmetric  isp        isp
         south   symmetric  er-dallas  er-dallas
         london  symmetric  isp        isp
         mail    symmetric  isp        isp",
    );
}

#[test]
fn mistake_08_prepends_with_private_or_documentation_asns() {
    answers(
        "mistake-08-prepends-with-wrong-asns",
        Scenario::default(),
        "storage  asymmetric_tolerated  er-chicago  er-chicago+er-dallas
         london   no_return             er-london   -",
    );
}

#[test]
fn mistake_09_failover_that_nobody_tried() {
    let file = "mistake-09-untested-failover";
    answers(
        file,
        Scenario::default(),
        "storage  asymmetric_tolerated  er-primary  er-primary+er-secondary
         sql      symmetric             er-primary  er-primary",
    );
    answers(
        file,
        down([Part::Exit("er-primary".into())]),
        "storage  symmetric  er-secondary  er-secondary
         sql      symmetric  er-secondary  er-secondary",
    );
    answers(
        file,
        down([Part::Circuit("chicago".into())]),
        "storage  no_return  isp  -
         sql      symmetric  isp  isp",
    );
}

#[test]
fn maintenance_drains_a_link_both_ways_unless_a_preference_overrides_it() {
    let drained = |exit: &str| Scenario { prepended: [exit.into()].into(), ..Scenario::default() };
    answers(
        "mistake-09-untested-failover",
        drained("er-primary"),
        "storage  asymmetric_tolerated  er-primary  er-secondary
         sql      symmetric             er-primary  er-primary",
    );
    answers(
        "mistake-09-untested-failover",
        drained("er-secondary"),
        "storage  symmetric  er-primary  er-primary
         sql      symmetric  er-primary  er-primary",
    );
    // Microsoft drains no link of anyone else's.
    answers(
        "mistake-09-untested-failover",
        drained("isp"),
        "storage  asymmetric_tolerated  er-primary  er-primary+er-secondary
         sql      symmetric             er-primary  er-primary",
    );
}

#[test]
fn half_failure_is_a_black_hole_that_bgp_does_not_see() {
    answers(
        "mistake-09-untested-failover",
        Scenario { inside_dead: [Part::Exit("er-primary".into())].into(), ..Scenario::default() },
        "storage  uncertain  er-secondary  er-secondary
         sql      symmetric  er-secondary  er-secondary",
    );
}

#[test]
fn mistake_09_a_preference_that_overrides_the_maintenance_prepend() {
    answers(
        "mistake-09-maintenance-prepend-ignored",
        Scenario::default(),
        "storage  symmetric  er-secondary  er-secondary
         sql      symmetric  er-primary    er-primary",
    );
}

#[test]
fn mistake_10_a_leaked_aggregate() {
    answers(
        "mistake-10-leaked-aggregate",
        Scenario::default(),
        "storage   symmetric           er   er
         mail      asymmetric_dropped  isp  er
         supplier  symmetric           isp  isp",
    );
}

#[test]
fn mistake_10_more_than_200_prefixes() {
    answers("mistake-10-too-many-prefixes", Scenario::default(), "storage symmetric isp isp");
}

/// `UPDATE_EXPECT=1 cargo test --test rules` brings an edited plan into the form that is saved.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_plan_is_tested_and_in_the_form_that_is_saved() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let tests = include_str!("rules.rs");
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(tests.contains(&format!("\"{name}\"")), "{name} is in no test");
        let plan = plan(name);
        assert!(!plan.notes.is_empty(), "{name}");
        expect_test::expect_file![&path].assert_eq(&twopath::plan::save(&plan));
    }
}
