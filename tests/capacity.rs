//! Capacity: figures worked out by hand, and what must hold of every plan.

// Helpers outside of `#[test]` functions unwrap, too.
#![allow(clippy::unwrap_used)]

mod support;

use support::random_plan::random_plan;
use twopath::desk::Solved;
use twopath::pace::at_once;
use twopath::plan::*;
use twopath::routing::{Part, Scenario};
use twopath::study::capacity::*;
use twopath::study::failures::{Failure, Failures};

/// An Internet link of 200 Mbps and a circuit of 100 Mbps with two links behind one firewall. `learned` is what each
/// link of the circuit learns, `flows` are the flows as JSON.
fn plan(learned: [&str; 2], flows: &str) -> Plan {
    let [primary, secondary] = learned;
    let json = format!(
        r#"{{"schema_version": 1, "name": "Loads",
        "sites": [{{"id": "hq", "inside": ["10.0.0.0/16"]}}],
        "circuits": [{{"id": "er", "sku": "premium", "bandwidth": 100, "peerings": [{{"kind": "microsoft",
            "customer_asn": 1000000001, "admitted": ["203.0.113.0/24"], "route_filter": ["12076:51004"]}}]}}],
        "exits": [
            {{"id": "isp", "site": "hq", "link": {{"internet": {{"bandwidth": 200}}}}, "path": [{{"device": "fw", "zone": "outside"}}],
              "learned": ["0.0.0.0/0"], "advertised": ["198.51.100.0/24"]}},
            {{"id": "er1", "site": "hq", "link": {{"express_route": {{"circuit": "er", "side": "primary"}}}},
              "path": [{{"device": "fw", "zone": "outside"}}], "learned": ["{primary}"], "advertised": ["203.0.113.0/24"]}},
            {{"id": "er2", "site": "hq", "link": {{"express_route": {{"circuit": "er", "side": "secondary"}}}},
              "path": [{{"device": "fw", "zone": "outside"}}], "learned": ["{secondary}"], "advertised": ["203.0.113.0/24 prepend=2"]}}],
        "devices": [{{"id": "fw", "stateful": true, "rules": [
            {{"exits": ["isp"], "pool": "isp-pool"}}, {{"pool": "er-pool"}}]}}],
        "pools": [{{"id": "isp-pool", "addresses": ["198.51.100.1"], "reserved_ports": 4000}},
            {{"id": "er-pool", "addresses": ["203.0.113.0-203.0.113.2"]}}],
        "services": [
            {{"id": "backup", "destinations": ["20.60.0.0/24"]}},
            {{"id": "wide", "destinations": ["20.60.0.0/24", "8.8.8.0/24"]}},
            {{"id": "web", "destinations": ["8.8.8.0/24"]}}],
        "flows": [{flows}]}}"#
    );
    let loaded = load(&json).unwrap();
    assert_eq!(loaded.faults, []);
    loaded.plan
}

const LEARNED: &str = "20.60.0.0/24 community=12076:51004";
const SAME: [&str; 2] = [LEARNED, LEARNED];
const LONGER_SECOND: [&str; 2] = [LEARNED, "20.60.0.0/24 community=12076:51004 aspath=12076 12076"];

fn flow(id: &str, service: &str, out: &str, back: &str, sessions: u64) -> String {
    format!(
        r#"{{"id": "{id}", "ends": {{"outbound": {{"site": "hq", "service": "{service}"}}}},
            "mbps_out": {out}, "mbps_in": {back}, "sessions": {sessions}}}"#
    )
}

fn capacity(plan: &Plan, before: Option<&Plan>) -> Window {
    let solved = Solved::new(plan.clone(), Scenario::default(), false);
    let before = before.map(|before| Solved::new(before.clone(), Scenario::default(), false));
    let world = solved.world();
    let capacity = at_once(|pace| async move {
        let failures = Failures::new(world, &pace).await;
        Capacity::new(world, &failures, before.as_ref().map(Solved::world), &pace).await
    });
    capacity.window(View::default())
}

fn carrier<'a>(window: &'a Window, id: &str) -> &'a CarrierRow {
    let is = |part: &Part| matches!(part, Part::Circuit(own) | Part::Exit(own) if own.as_str() == id);
    window.carriers.iter().find(|row| is(&row.part)).unwrap()
}

fn link<'a>(window: &'a Window, id: &str) -> &'a LinkRow {
    window.carriers.iter().flat_map(|row| &row.links).find(|row| row.exit.as_str() == id).unwrap()
}

fn pool<'a>(window: &'a Window, id: &str) -> &'a PoolRow {
    window.pools.iter().find(|row| row.pool.as_str() == id).unwrap()
}

fn range(least: u64, most: u64) -> Range {
    Range { least, most }
}

fn both(out: Range, back: Range) -> Load {
    Load { out, back }
}

fn exact(out: u64, back: u64) -> Load {
    both(range(out, out), range(back, back))
}

#[test]
fn what_goes_one_way_counts_there_and_nowhere_else() {
    let flows = [flow("b", "backup", "60.5", "2", 10), flow("w", "web", "5", "50", 20)].join(",");
    let window = capacity(&plan(LONGER_SECOND, &flows), None);
    assert_eq!(carrier(&window, "isp").normal, exact(5_000, 50_000));
    assert_eq!(carrier(&window, "er").normal, exact(60_500, 2_000));
    assert_eq!(link(&window, "er1").normal, exact(60_500, 2_000));
    assert_eq!(link(&window, "er2").normal, exact(0, 0));
    assert_eq!(window.lost, Load::default());
    assert_eq!((window.flows.out_kbps, window.flows.in_kbps), (65_500, 52_000));
}

#[test]
fn before_without_a_baseline_is_all_over_the_internet_link() {
    let flows = [flow("b", "backup", "180", "2", 10), flow("w", "web", "30", "50", 20)].join(",");
    let window = capacity(&plan(LONGER_SECOND, &flows), None);
    assert_eq!(window.before, Before::WithoutExpressRoute);
    let isp = carrier(&window, "isp");
    // 180 + 30 of 200 Mbps: the field report's saturated link. Relieved by ExpressRoute, which is too small in turn.
    assert_eq!(isp.before, Some(exact(210_000, 52_000)));
    assert_eq!((isp.normal, isp.fit), (exact(30_000, 50_000), Fit::Within));
    assert_eq!(carrier(&window, "er").before, Some(exact(0, 0)));
    assert_eq!(carrier(&window, "er").fit, Fit::Over);
    // With the circuit down all comes back.
    let worst = isp.worst.as_ref().unwrap();
    assert_eq!(worst.failure, Failure::Down(Part::Circuit("er".into())));
    assert_eq!((worst.load, worst.fit), (exact(210_000, 52_000), Fit::Over));
}

#[test]
fn before_with_a_baseline_is_what_the_baseline_carries() {
    let now = plan(LONGER_SECOND, &flow("b", "backup", "80", "2", 10));
    let before = plan(LONGER_SECOND, &flow("b", "web", "70", "1", 10));
    let window = capacity(&now, Some(&before));
    assert_eq!(window.before, Before::Baseline);
    assert_eq!(carrier(&window, "isp").before, Some(exact(70_000, 1_000)));
    assert_eq!(carrier(&window, "er").before, Some(exact(0, 0)));
}

#[test]
fn a_tie_over_both_links_is_a_range_on_each_and_exact_on_the_circuit() {
    let window = capacity(&plan(SAME, &flow("b", "backup", "90", "20", 10)), None);
    // Out over either link; back by the shorter path, the primary's.
    assert_eq!(link(&window, "er1").normal, both(range(0, 90_000), range(20_000, 20_000)));
    assert_eq!(link(&window, "er2").normal, both(range(0, 90_000), range(0, 0)));
    assert_eq!(carrier(&window, "er").normal, exact(90_000, 20_000));
}

#[test]
fn what_spans_both_ways_may_all_go_either_way() {
    let window = capacity(&plan(LONGER_SECOND, &flow("x", "wide", "150", "10", 10)), None);
    assert_eq!(carrier(&window, "isp").normal, both(range(0, 150_000), range(0, 10_000)));
    let er = carrier(&window, "er");
    assert_eq!((er.normal, er.fit), (both(range(0, 150_000), range(0, 10_000)), Fit::MayBeOver));
}

#[test]
fn flows_that_fail_carry_nothing_and_are_summed_apart() {
    // No translation on the circuit: private sources leave.
    let mut broken =
        plan(LONGER_SECOND, &[flow("b", "backup", "60", "2", 10), flow("w", "web", "5", "7", 9)].join(","));
    broken.devices[0].rules.truncate(1);
    let window = capacity(&broken, None);
    assert_eq!(carrier(&window, "er").normal, exact(0, 0));
    assert_eq!(window.lost, exact(60_000, 2_000));
    assert_eq!(pool(&window, "er-pool").sessions, range(0, 0));
    // Of a flow half of which fails all may be lost, or nothing.
    let mut half = plan(LONGER_SECOND, &flow("x", "wide", "40", "4", 10));
    half.devices[0].rules.truncate(1);
    let window = capacity(&half, None);
    assert_eq!(window.lost, both(range(0, 40_000), range(0, 4_000)));
    assert_eq!(carrier(&window, "isp").normal, both(range(0, 40_000), range(0, 4_000)));
}

#[test]
fn sessions_against_64000_ports_less_those_reserved() {
    let flows = [flow("b", "backup", "1", "1", 100_000), flow("w", "web", "1", "1", 60_001)].join(",");
    let window = capacity(&plan(LONGER_SECOND, &flows), None);
    let er = pool(&window, "er-pool");
    // 100,000 over three addresses, rounded up; 64,000 each.
    assert_eq!((er.ports, er.per_address, er.fit), (64_000, range(33_334, 33_334), Fit::Within));
    let isp = pool(&window, "isp-pool");
    assert_eq!((isp.ports, isp.per_address, isp.fit), (60_000, range(60_001, 60_001), Fit::Over));
    let worst = isp.worst.as_ref().unwrap();
    assert_eq!((worst.sessions, worst.fit), (range(160_001, 160_001), Fit::Over));
    assert_eq!(window.pools[0].pool.as_str(), "isp-pool", "the fullest first");
}

#[test]
fn flows_without_a_rate_are_counted_and_named() {
    let flows = r#"{"id": "quiet", "ends": {"outbound": {"site": "hq", "service": "web"}}}"#;
    let window = capacity(&plan(SAME, flows), None);
    assert_eq!((window.flows.without_rate, window.flows.without_sessions), (1, 1));
    assert_eq!(window.flows.named_without_rate, [Id::from("quiet")]);
}

#[test]
fn ranges_and_sums_hold_on_random_plans() {
    let mut exact_flows = 0;
    for seed in 0..25 {
        let plan = random_plan(seed);
        let window = capacity(&plan, None);
        let ordered = |range: Range| assert!(range.least <= range.most, "seed {seed}: {range:?}");
        let check = |load: Load| [load.out, load.back].into_iter().for_each(ordered);
        let internet = |row: &&CarrierRow| matches!(row.part, Part::Exit(_));
        let mut sum = Load::default();
        for row in &window.carriers {
            check(row.normal);
            row.before.into_iter().for_each(check);
            sum.out.least += row.normal.out.least;
            sum.back.least += row.normal.back.least;
            sum.out.most += row.normal.out.most;
            sum.back.most += row.normal.back.most;
            for link in &row.links {
                check(link.normal);
                assert!(link.normal.out.most <= row.normal.out.most, "seed {seed}");
            }
            let links: u64 = row.links.iter().map(|link| link.normal.out.least).sum();
            assert!(links <= row.normal.out.least, "seed {seed}: a link's share is the circuit's as well");
            if let Some(worst) = &row.worst {
                check(worst.load);
                assert!(worst.fit <= row.fit, "seed {seed}");
            }
        }
        assert!(window.carriers.iter().filter(internet).all(|row| row.links.is_empty()));
        // All that flows goes somewhere, and nothing goes twice.
        let (all_out, all_in) = (window.flows.out_kbps, window.flows.in_kbps);
        assert!(sum.out.least + window.lost.out.least <= all_out, "seed {seed}");
        assert!(sum.back.least + window.lost.back.least <= all_in, "seed {seed}");
        assert!(sum.out.most + window.lost.out.most >= all_out, "seed {seed}");
        assert!(sum.back.most + window.lost.back.most >= all_in, "seed {seed}");
        let exact = sum.out.is_exact() && window.lost.out.is_exact();
        if exact {
            assert_eq!(sum.out.least + window.lost.out.least, all_out, "seed {seed}");
            exact_flows += 1;
        }
        for pool in &window.pools {
            ordered(pool.sessions);
            ordered(pool.per_address);
        }
    }
    assert!(exact_flows > 0);
}
