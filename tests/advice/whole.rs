//! What must hold of all findings: on the gallery, and on random plans.

use super::{advise, base, codes, read, set};
use crate::support::random_plan::random_plan;
use expect_test::expect_file;
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt::Write;
use twopath::plan::examples::EXAMPLES;
use twopath::report::words::{Names, advice};

/// Most examples draw one link, for what they teach is the same on both.
const ONE_LINK: (u16, &str) = (407, "one link is drawn, to keep it short");

/// Why each example has the findings that it has: what it teaches, or what is so by nature.
const EXPLAINED: [(&str, &[(u16, &str)]); 11] = [
    ("01", &[(213, "it tells of public peering"), (502, "the backup saturated the Internet link: that is why")]),
    (
        "02",
        &[
            (113, "what it teaches: the pool of the Internet is attracted"),
            (211, "what it teaches may hang on geography"),
            (502, "the backup saturates the Internet link when the circuit is lost"),
            ONE_LINK,
        ],
    ),
    ("03", &[(101, "what it teaches"), (211, "what it teaches may hang on geography"), ONE_LINK]),
    ("04", &[(117, "separate pools: that is their price"), ONE_LINK]),
    ("05", &[]),
    ("06", &[(105, "what it teaches"), (117, "separate pools: that is their price"), ONE_LINK]),
    ("07", &[(101, "the same pool on both paths, of which the rest of the Internet sees nothing"), ONE_LINK]),
    ("08", &[(117, "separate pools: that is their price"), (304, "what it teaches"), ONE_LINK]),
    ("09", &[(117, "separate pools: that is their price"), ONE_LINK]),
    ("10", &[(117, "separate pools: that is their price"), ONE_LINK]),
    (
        "11",
        &[(101, "IPv6 leaves untranslated by both ways"), (117, "separate pools: that is their price"), ONE_LINK],
    ),
];

#[test]
fn each_finding_of_the_gallery_is_explained() {
    for (example, (number, explained)) in EXAMPLES.iter().zip(EXPLAINED) {
        assert!(example.file.starts_with(number));
        let found: BTreeSet<u16> = advise(example.plan()).iter().map(|finding| finding.code.0).collect();
        let known: BTreeSet<u16> = explained.iter().map(|(code, _)| *code).collect();
        assert_eq!(found, known, "{}", example.file);
    }
}

/// No example has a finding that isn't written here. `UPDATE_EXPECT=1 cargo test --test advice` writes it anew.
#[test]
fn the_gallery_has_these_findings_and_no_others() {
    let mut told = String::new();
    for example in EXAMPLES {
        let plan = example.plan();
        writeln!(told, "{}", example.file).unwrap();
        for finding in advise(plan.clone()) {
            let said = advice::finding(&finding, &Names::of(&plan));
            writeln!(told, "  {} {} {said}", finding.code, advice::severity(finding.severity)).unwrap();
        }
    }
    expect_file![concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/advice.txt")].assert_eq(&told);
}

#[test]
fn an_acceptance_is_of_one_finding_or_of_a_whole_rule() {
    let mut plan = base();
    set(&mut plan, "/exits/0/advertised/-", json!("10.20.0.0/16"));
    set(&mut plan, "/exits/1/advertised/-", json!("10.20.0.0/16"));
    let private = |plan: &serde_json::Value| codes(plan).iter().filter(|code| **code == 109).count();
    assert_eq!(private(&plan), 2);
    set(&mut plan, "/accepted_findings", json!([{"code": "TP109", "about": ["isp"], "reason": "Filtered there"}]));
    assert_eq!(private(&plan), 1);
    let accepted: Vec<_> = advise(read(&plan)).into_iter().filter_map(|finding| finding.accepted).collect();
    assert_eq!(accepted, ["Filtered there"]);
    set(&mut plan, "/accepted_findings", json!([{"code": "TP109", "reason": "Filtered everywhere"}]));
    assert_eq!(private(&plan), 0);
    // What is accepted is told in the terms that the finding itself gives.
    let mut found = advise(read(&plan));
    found.retain(|finding| finding.code.0 == 109);
    let own = found[0].acceptance("so");
    assert!(found[0].is_accepted_by(&own) && !found[1].is_accepted_by(&own));
}

/// Findings are in order, each once, with a whole sentence; the same plan has the same.
#[test]
fn findings_of_any_plan_are_whole() {
    let mut spoke = BTreeSet::new();
    for seed in 0..cases() {
        let plan = random_plan(seed);
        let found = advise(plan.clone());
        let names = Names::of(&plan);
        let keys: Vec<_> = found.iter().map(|finding| (finding.severity, finding.code)).collect();
        assert!(keys.is_sorted(), "seed {seed}");
        let each: BTreeSet<String> =
            found.iter().map(|one| format!("{} {:?} {:?}", one.code, one.about, one.args)).collect();
        assert_eq!(each.len(), found.len(), "seed {seed}");
        for finding in &found {
            let template = advice::template(finding.code);
            let holes: BTreeSet<&str> =
                template.split('{').skip(1).filter_map(|hole| hole.split('}').next()).collect();
            assert_eq!(holes.len(), finding.args.len(), "{}", finding.code);
            let said = advice::finding(finding, &names);
            assert!(!said.contains('{'), "{said}");
            assert!(finding.rows.iter().all(|row| plan.flows.iter().any(|flow| flow.id == *row)), "{said}");
            spoke.insert(finding.code);
        }
        assert_eq!(advise(plan), found, "seed {seed}");
    }
    assert!(spoke.len() >= 15, "random plans reach many rules: {spoke:?}");
}

/// How many random plans; `TWOPATH_CASES` raises it.
pub fn cases() -> u64 {
    std::env::var("TWOPATH_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(150)
}
