//! The real tables: a Tier-1's full table learned at the Internet exit, and every Service Tag a service.
//!
//! They lie beside the clone and are never part of it; where they are missing these tests say so and skip.
//! `cargo test --release --test real_data -- --nocapture` prints times.

#![allow(clippy::expect_used)]

use flate2::read::GzDecoder;
use std::io::Read;
use std::net::IpAddr;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};
use twopath::desk::door::{Reply, Request};
use twopath::desk::{Engine, Solved};
use twopath::journey::Verdict;
use twopath::pace::Job;
use twopath::plan::{
    Ends, Flow, ListId, Outbound, Plan, Reference, Service, Source, Text, examples::EXAMPLES, load,
};
use twopath::routing::Scenario;
use twopath::space::{Count, Family};
use twopath::study::coverage::{Coverage, Filter, Rows, Show, View};

fn real(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    let Ok(file) = std::fs::File::open(&path) else {
        eprintln!("SKIPPED: {} is not there", path.display());
        return None;
    };
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).expect("a gzipped text");
    Some(text)
}

fn separate_pools() -> Plan {
    let example = EXAMPLES.iter().find(|example| example.file.starts_with("04")).expect("the mended twin");
    load(example.json).expect("an example loads").plan
}

fn source(id: &str, text: String) -> Source {
    Source { id: id.into(), name: id.into(), text: Text::from(text), ..Source::default() }
}

#[test]
fn a_full_table_at_the_internet_exit() {
    let Some(text) = real("bgp/full-table.txt.gz") else { return };
    let prefixes: Vec<ipnet::IpNet> = text.lines().filter_map(|line| line.parse().ok()).collect();
    let mut plan = separate_pools();
    let isp = plan.exits[0].id.clone();
    plan.sources.push(source("full-table", text));
    plan.exits[0].learned_from.push(Reference { source: "full-table".into(), sets: Vec::new() });
    let before = Instant::now();
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    println!("full table: read and answered in {:?}", before.elapsed());
    let summary = solved.summary();
    let list = ListId::Source("full-table".into());
    let read = summary.lists.iter().find(|summary| summary.list == list).expect("its summary");
    assert_eq!((read.entries_v4, read.entries_v6), (901_899, 160_147));
    assert_eq!((read.errors, read.warnings, read.skipped), (0, 0, 0));
    // Every announced prefix goes where its longest match says: never to no exit.
    for net in prefixes.iter().step_by(997) {
        let (matched, exits) = solved.matched(0, net.addr()).expect("a route");
        assert!(matched.contains(&net.addr()) && !exits.is_empty(), "{net}");
    }
    checked(solved.plan());
    let solved = covered(solved);
    // Microsoft's prefixes are as long in the full table as over ExpressRoute, or longer: the flows say so.
    assert!(solved.rows.iter().any(|row| row.parts.iter().any(|part| part.out.contains(&isp))));
}

/// Every address in one class, and the table scrolled to its end.
fn covered(solved: Solved) -> Rc<Solved> {
    let solved = Rc::new(solved);
    let own = Rc::clone(&solved);
    let mut job = Job::new(|pace| async move { Coverage::new(own.world(), &pace).await });
    let (before, mut longest) = (Instant::now(), Duration::ZERO);
    let coverage = loop {
        let step = Instant::now();
        let done = job.step(5_000);
        longest = longest.max(step.elapsed());
        if let Some(coverage) = done {
            break coverage;
        }
    };
    println!("coverage: {:?} in steps, the longest {longest:?}", before.elapsed());
    let site = &coverage.sites()[0];
    for (family, whole) in
        [(Family::V4, Count::from(1_u64 << 32)), (Family::V6, Count::from(u128::MAX) + Count::ONE)]
    {
        let own = site.classes().iter().filter(|class| class.family == family);
        assert_eq!(own.map(|class| class.addresses).sum::<Count>(), whole);
    }
    let view = |from| View { show: Show::Prefixes(Filter::default()), from, count: 200, ..View::default() };
    let first = coverage.window(solved.world(), view(0));
    assert!(first.total > 1_000_000, "{}", first.total);
    let before = Instant::now();
    let end = coverage.window(solved.world(), view(first.total - 200));
    println!("the end of {} rows: {:?}", end.total, before.elapsed());
    let Rows::Table(rows) = end.rows else { panic!("a table was asked") };
    assert_eq!(rows.last().map(|row| row.last), Some(IpAddr::from([u8::MAX; 16])));
    assert_eq!(rows.len(), 200);
    let widest = site.classes().iter().max_by_key(|class| class.prefixes).expect("a class");
    let before = Instant::now();
    let show = Show::Class(widest.class);
    let from = widest.prefixes as u32 - 100;
    let end = coverage.window(solved.world(), View { show, from, count: 200, ..View::default() });
    println!("the end of {} prefixes of a class: {:?}", widest.prefixes, before.elapsed());
    let Rows::Prefixes(nets) = end.rows else { panic!("prefixes were asked") };
    assert_eq!(nets.len(), 100);
    solved
}

#[test]
fn every_service_tag_a_service() {
    let Some(text) = real("azure/ServiceTags_Public_20240506.json.gz") else { return };
    let reading = twopath::intake::read(&text, None);
    assert_eq!((reading.v4.len(), reading.v6.len(), reading.sets.len()), (57_400, 19_393, 2_601));
    let mut plan = separate_pools();
    let site = plan.sites[0].id.clone();
    plan.flows.clear();
    for set in &reading.sets {
        let id = twopath::plan::Id::from(set.name.to_lowercase());
        let destinations_from = vec![Reference { source: "tags".into(), sets: vec![set.name.clone()] }];
        let name = set.name.clone();
        plan.services.push(Service { id: id.clone(), name, destinations_from, ..Service::default() });
        let ends =
            Ends::Outbound(Outbound { site: site.clone(), service: Some(id.clone()), ..Outbound::default() });
        plan.flows.push(Flow { id, ends, ..Flow::default() });
    }
    plan.sources.push(source("tags", text));
    let before = Instant::now();
    let solved = Solved::new(plan, Scenario::default(), false);
    println!("every service tag: read and answered in {:?}", before.elapsed());
    assert_eq!(solved.rows.len(), 2_601);
    // Separate pools, and all of it Microsoft's: whatever has an IPv4 address works.
    let v4 = |row: &&twopath::journey::Row| !row.parts.is_empty();
    for row in solved.rows.iter().filter(v4) {
        let parts: Vec<_> = row.parts.iter().filter(|part| matches!(part.from, IpAddr::V4(_))).collect();
        assert!(parts.iter().all(|part| part.verdict == Verdict::Symmetric), "{row:?}");
    }
    checked(solved.plan());
}

/// What every edit costs the worker beside the answer: the rulebook, in steps as long as the page takes.
fn checked(plan: &Plan) {
    let mut engine = Engine::default();
    let (plan, kept, scenario) = (Box::new(plan.clone()), Vec::new(), Scenario::default());
    engine.handle(Request::Solve { generation: 1, plan, kept, scenario, compare: false }, None);
    engine.finish();
    let (before, mut longest, mut last) = (Instant::now(), Duration::ZERO, Vec::new());
    engine.handle(Request::Check { generation: 1 }, None);
    while engine.busy() {
        let step = Instant::now();
        last = engine.step(65_536);
        longest = longest.max(step.elapsed());
    }
    println!("the rulebook: {:?} in steps, the longest {longest:?}", before.elapsed());
    assert!(matches!(last.as_slice(), [Reply::Checked { .. }]), "{last:?}");
}
