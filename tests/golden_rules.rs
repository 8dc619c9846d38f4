//! Each rule of domain.md on a network small enough to answer by hand: by the golden model, and by the engine.

// Helpers outside of `#[test]` functions unwrap, too.
#![allow(clippy::unwrap_used)]

mod golden_model;
mod support;

use golden_model::judge::{Fate, combinations, inbound, outbound};
use golden_model::lists::Lists;
use golden_model::{Case, accepted::session_is_down, forward::forward};
use std::collections::BTreeSet;
use std::net::IpAddr;
use support::random_plan::random_plan;
use twopath::desk::Solved;
use twopath::journey::Verdict::{self, *};
use twopath::journey::{self, Step, TraceQuery};
use twopath::plan::*;
use twopath::routing::{Part, Scenario};

const ISP: usize = 0;
const CHICAGO: usize = 1;
const DALLAS: usize = 2;

/// In Storage, learned over ExpressRoute.
const STORAGE: &str = "20.60.28.1";
/// Microsoft's, by the built-in list, but not learned over ExpressRoute.
const EXCHANGE: &str = "52.96.0.1";
/// The rest of the Internet.
const ELSEWHERE: &str = "8.8.8.8";

/// One site; an Internet link, and a circuit in each of Chicago and Dallas; one firewall before all, all in one
/// zone, that translates to one address; the same /24 advertised everywhere; Storage learned at Chicago.
fn network() -> Plan {
    let er = |id: &str, circuit: &str| {
        serde_json::json!({
            "id": id, "site": "hq", "link": {"express_route": {"circuit": circuit}},
            "path": [{"device": "fw", "zone": "outside"}], "advertised": "203.0.113.0/24"
        })
    };
    let circuit = |id: &str| {
        serde_json::json!({
            "id": id, "sku": "premium", "local_regions": [7],
            "peerings": [{"kind": "microsoft", "admitted": "203.0.112.0/23", "route_filter": ["12076:51007"]}]
        })
    };
    let mut plan: Plan = serde_json::from_value(serde_json::json!({
        "schema_version": 1,
        "sites": [{"id": "hq", "inside": "10.0.0.0/8"}],
        "circuits": [circuit("chicago"), circuit("dallas")],
        "exits": [
            {"id": "isp", "site": "hq", "link": {"internet": {}}, "path": [{"device": "fw", "zone": "outside"}],
             "learned": "0.0.0.0/0", "advertised": "203.0.113.0/24"},
            er("er-chicago", "chicago"), er("er-dallas", "dallas")
        ],
        "devices": [{"id": "fw", "stateful": true, "rules": [{"pool": "nat"}]}],
        "pools": [{"id": "nat", "addresses": "203.0.113.9"}],
        "published": [{
            "id": "mail", "site": "hq", "published": "203.0.113.25", "inside": "10.0.0.25",
            "entries": [{"exit": "isp", "device": "fw"}]
        }]
    }))
    .unwrap();
    plan.exits[CHICAGO].learned = "20.60.28.0/23 community=12076:51007".into();
    plan
}

fn changed(change: impl FnOnce(&mut Plan)) -> Plan {
    let mut plan = network();
    change(&mut plan);
    plan
}

/// Each exit crosses a firewall of its own, with a pool of its own name's first address.
fn a_firewall_for_each_exit(plan: &mut Plan) {
    let rules = plan.devices[0].rules.clone();
    plan.devices.clear();
    for exit in &mut plan.exits {
        let id: Id = format!("fw-{}", exit.id).into();
        plan.devices.push(Device { id: id.clone(), stateful: true, rules: rules.clone(), ..Device::default() });
        exit.path = vec![Crossing { device: id, zone: "outside".into() }];
    }
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn chosen(plan: &Plan, destination: &str) -> Vec<usize> {
    let (lists, scenario) = (Lists::default(), Scenario::default());
    let case = Case::new(plan, &scenario, &lists);
    let exits = forward(&case, &plan.sites[0].id, ip(destination)).map(|(_, exits)| exits).unwrap_or_default();
    let ids: Vec<Id> = exits.iter().map(|exit| plan.exits[*exit].id.clone()).collect();
    assert_eq!(Solved::new(plan.clone(), scenario, false).lookup(0, ip(destination)).exits, ids);
    exits
}

fn fates_in(plan: &Plan, scenario: &Scenario, destination: &str) -> Vec<Fate> {
    let lists = Lists::default();
    let case = Case::new(plan, scenario, &lists);
    let (site, from, to) = (plan.sites[0].id.clone(), ip("10.0.0.1"), ip(destination));
    let fates = outbound(&case, &site, from, to);
    engine_agrees(plan, scenario, &TraceQuery::Outbound { site: Some(site), from: Some(from), to }, &fates[0]);
    fates
}

fn engine_agrees(plan: &Plan, scenario: &Scenario, query: &TraceQuery, worst: &Fate) {
    let trace = Solved::new(plan.clone(), scenario.clone(), false).trace(query).unwrap();
    assert_eq!(trace.verdict, worst.verdict, "{trace:#?}");
    let mut ways = BTreeSet::new();
    answers(&trace.first, &mut ways);
    // Inbound, the step chooses the entry; with an unknown assumption, a trace has one way of several.
    let back =
        if matches!(query, TraceQuery::Inbound { .. }) { &worst.out } else { &Vec::from_iter(worst.back.clone()) };
    let unknown = combinations(&plan.assumptions).len() > 1;
    assert!(unknown || back.iter().all(|exit| ways.contains(&plan.exits[*exit].id)), "{worst:?} {trace:#?}");
}

/// The exits that the far side chooses in a trace.
fn answers(stage: &journey::Stage, into: &mut BTreeSet<Id>) {
    if let Step::Return(step) = &stage.step {
        into.extend(step.chosen.iter().cloned());
    }
    stage.then.iter().for_each(|branch| answers(&branch.stage, into));
}

/// The verdict, the exits out, the exits back, where there is one way that it ends.
fn fate(plan: &Plan, destination: &str) -> (Verdict, Vec<usize>, Vec<usize>) {
    let fates = fates_in(plan, &Scenario::default(), destination);
    assert_eq!(fates.len(), 1, "{fates:?}");
    (fates[0].verdict, fates[0].out.clone(), fates[0].back.iter().copied().collect())
}

fn fate_inbound(plan: &Plan, far: &str) -> (Verdict, Vec<usize>, Vec<usize>) {
    let (lists, scenario) = (Lists::default(), Scenario::default());
    let case = Case::new(plan, &scenario, &lists);
    let (published, from, to) = (&plan.published[0], ip(far), ip("203.0.113.25"));
    let fate = inbound(&case, published, from, to).unwrap();
    let query = TraceQuery::Inbound { published: published.id.clone(), from, to: Some(to) };
    engine_agrees(plan, &scenario, &query, &fate);
    (fate.verdict, fate.out, fate.back.into_iter().collect())
}

#[test]
fn rule_0_only_microsoft_sees_what_is_advertised_over_expressroute() {
    // However specific ExpressRoute's prefix, the rest of the Internet answers by the Internet.
    let plan = changed(|plan| plan.exits[CHICAGO].advertised = "203.0.113.0/28".into());
    assert_eq!(fate(&plan, ELSEWHERE), (Symmetric, vec![ISP], vec![ISP]));
    // And if nothing is advertised there, not at all.
    let plan = changed(|plan| plan.exits[ISP].advertised = "".into());
    assert_eq!(fate(&plan, ELSEWHERE), (NoReturn, vec![ISP], vec![]));
    // What a service marks as Microsoft's is.
    let plan = changed(|plan| {
        let destinations = "8.8.8.0/24".into();
        let id = "dns".into();
        plan.services.push(Service { id, destinations, microsoft: true, ..Service::default() });
    });
    assert_eq!(fate(&plan, ELSEWHERE), (AsymmetricTolerated, vec![ISP], vec![CHICAGO, DALLAS]));
    // And an own list replaces the built-in one.
    let plan = changed(|plan| {
        plan.sources.push(Source { id: "space".into(), text: "9.9.9.9".into(), ..Source::default() });
        plan.microsoft_space = Some(Reference { source: "space".into(), sets: vec![] });
    });
    assert_eq!(fate(&plan, EXCHANGE), (Symmetric, vec![ISP], vec![ISP]));
    assert_eq!(fate(&plan, "9.9.9.9"), (AsymmetricTolerated, vec![ISP], vec![CHICAGO, DALLAS]));
}

#[test]
fn rule_1_the_longest_prefix_goes_forward() {
    assert_eq!(chosen(&network(), STORAGE), [CHICAGO]);
    assert_eq!(chosen(&network(), "20.60.30.0"), [ISP]);
    assert!(chosen(&changed(|plan| plan.exits[ISP].learned = "".into()), ELSEWHERE).is_empty());
}

#[test]
fn rule_2_what_decides_between_equal_prefixes() {
    // The route at each of the exits, and who is chosen.
    let of = |isp: &str, chicago: &str, dallas: &str| {
        let route = |rest: &str| match rest {
            "-" => "".into(),
            rest => format!("20.60.28.0/23 community=12076:51007 {rest}").into(),
        };
        let plan = changed(|plan| {
            plan.exits[ISP].learned = route(isp);
            plan.exits[CHICAGO].learned = route(chicago);
            plan.exits[DALLAS].learned = route(dallas);
        });
        chosen(&plan, STORAGE)
    };
    assert_eq!(of("", "", ""), [ISP, CHICAGO, DALLAS]);
    assert_eq!(of("", "localpref=150", ""), [CHICAGO]);
    assert_eq!(of("weight=1", "localpref=150", ""), [ISP]);
    assert_eq!(of("aspath=3356 8075", "aspath=12076", "aspath=12076"), [CHICAGO, DALLAS]);
    // A set counts one, confederation segments none; no path counts one.
    assert_eq!(of("-", "aspath=(65001 65002) {1,2}", ""), [CHICAGO, DALLAS]);
    assert_eq!(of("origin=incomplete", "origin=egp", "origin=igp"), [DALLAS]);
    // A missing MED is 0; it counts within one neighbour AS only, so order never matters.
    assert_eq!(of("", "aspath=12076 med=5", "aspath=12076"), [ISP, DALLAS]);
    assert_eq!(of("aspath=3356 med=9", "aspath=12076 med=5", "aspath=12076 med=7"), [ISP, CHICAGO]);
    // Administrative distance: static 1, eBGP 20.
    assert_eq!(of("protocol=static", "localpref=150", ""), [ISP]);
    assert_eq!(of("protocol=static distance=20", "localpref=150", ""), [ISP, CHICAGO]);
    assert_eq!(of("protocol=static distance=21", "localpref=150", ""), [CHICAGO]);
    assert_eq!(of("protocol=igp", "-", "protocol=static distance=110"), [ISP, DALLAS]);
}

#[test]
fn rule_2_at_another_site() {
    let away = |change: &dyn Fn(&mut Plan)| {
        let plan = changed(|plan| {
            plan.sites.push(Site { id: "lab".into(), ..Site::default() });
            plan.exits[ISP].site = "lab".into();
            plan.exits[DALLAS].site = "lab".into();
            let routes = plan.exits[CHICAGO].learned.clone();
            plan.exits[ISP].learned = routes.clone();
            plan.exits[DALLAS].learned = routes;
            plan.sites[0].costs = [("isp".into(), 10), ("er-dallas".into(), 10)].into();
            change(plan);
        });
        chosen(&plan, STORAGE)
    };
    assert_eq!(away(&|_| {}), [CHICAGO]); // eBGP over iBGP.
    assert_eq!(away(&|plan| plan.exits[CHICAGO].site = "lab".into()), [ISP, DALLAS]); // No cost: not seen.
    let all_away = |plan: &mut Plan| {
        plan.exits[CHICAGO].site = "lab".into();
        plan.sites[0].costs.insert("er-chicago".into(), 5);
    };
    assert_eq!(away(&all_away), [CHICAGO]); // The lowest cost.
    // Weight counts at home only, preference everywhere.
    assert_eq!(away(&|plan| plan.exits[ISP].learned = "20.60.28.0/23 weight=9".into()), [CHICAGO]);
    assert_eq!(away(&|plan| plan.exits[ISP].local_preference = Some(101)), [ISP]);
    // iBGP's distance is 200, a static route's 1 from everywhere.
    assert_eq!(away(&|plan| plan.exits[ISP].learned = "20.60.28.0/23 protocol=static".into()), [ISP]);
    let hidden = |sites: &[&str]| {
        let sites: Vec<Id> = sites.iter().map(|id| Id::from(*id)).collect();
        away(&|plan| {
            let policy = Policy { sites: sites.clone(), action: Action::Deny, ..Policy::default() };
            plan.exits[CHICAGO].policy_in = vec![policy];
        })
    };
    assert_eq!(hidden(&["hq"]), [ISP, DALLAS]);
    assert_eq!(hidden(&["lab"]), [CHICAGO]);
    assert_eq!(hidden(&[]), [ISP, DALLAS]);
}

#[test]
fn the_first_policy_that_matches_decides() {
    let of = |prefixes: &str, community: &str, action: Action| {
        let plan = changed(|plan| {
            plan.exits[ISP].learned = "20.60.28.0/23".into();
            let communities = community.parse().into_iter().collect();
            let first = Policy { prefixes: prefixes.into(), communities, action, ..Policy::default() };
            let settings = Settings { local_preference: Some(50), ..Settings::default() };
            let second = Policy { action: Action::Accept(settings), ..Policy::default() };
            plan.exits[CHICAGO].policy_in = vec![first, second];
        });
        chosen(&plan, STORAGE)
    };
    let prefer = || Action::Accept(Settings { local_preference: Some(150), ..Settings::default() });
    for (prefixes, matches) in [
        ("", true),
        ("20.60.28.0/23", true),
        ("20.0.0.0/8", true),
        ("20.60.28.0/24", false),
        ("20.0.0.0/8 ge=24", false),
        ("20.0.0.0/8 le=22", false),
        ("20.0.0.0/8 ge=23 le=23", true),
        ("20.0.0.0/8 le=23", true),
        ("0.0.0.0/0 le=0, 20.60.0.0/16", true),
    ] {
        assert_eq!(of(prefixes, "", prefer()) == [CHICAGO], matches, "{prefixes}");
    }
    assert_eq!(of("", "12076:51007", prefer()), [CHICAGO]);
    assert_eq!(of("", "12076:51008", prefer()), [ISP]);
    assert_eq!(of("", "", Action::Deny), [ISP]);
    let prepend = |count| Action::Accept(Settings { prepend: Some(count), ..Settings::default() });
    assert_eq!(of("", "", prepend(0)), [ISP, CHICAGO]);
    assert_eq!(of("", "", prepend(2)), [ISP]);
    // A route's own preference is not overwritten.
    let plan = changed(|plan| {
        plan.exits[ISP].learned = "20.60.28.0/23".into();
        plan.exits[CHICAGO].learned = "20.60.28.0/23 localpref=90 community=12076:51007".into();
        plan.exits[CHICAGO].local_preference = Some(200);
        plan.exits[CHICAGO].policy_in = vec![Policy { action: prefer(), ..Policy::default() }];
    });
    assert_eq!(chosen(&plan, STORAGE), [ISP]);
}

#[test]
fn what_microsoft_peering_receives() {
    let of = |route: &str, change: &dyn Fn(&mut Circuit)| {
        let plan = changed(|plan| {
            plan.exits[CHICAGO].learned = route.into();
            change(&mut plan.circuits[0]);
        });
        chosen(&plan, STORAGE) == [CHICAGO]
    };
    let storage = |value: u16| format!("20.60.28.0/23 community=12076:{value}");
    let attach = |circuit: &mut Circuit, values: &[u16]| {
        let filter = values.iter().map(|value| Community::microsoft(*value)).collect();
        circuit.peerings[0].route_filter = Some(filter);
    };
    assert!(of(&storage(51007), &|_| {}));
    assert!(!of(&storage(51008), &|_| {}));
    assert!(!of(&storage(51007), &|circuit| circuit.peerings[0].route_filter = None));
    assert!(!of("20.60.28.0/23", &|circuit| circuit.peerings[0].route_filter = None));
    assert!(of("20.60.28.0/23", &|_| {}));
    assert!(of("20.60.28.0/23 community=65000:1", &|_| {}));
    // Regions by SKU: Chicago's own is 007; 008 is of its area; 024 is the United Kingdom's; 999 is unknown.
    for (sku, region, received) in [
        (Sku::Local, 51007, true),
        (Sku::Local, 51008, false),
        (Sku::Local, 51024, false),
        (Sku::Standard, 51008, true),
        (Sku::Standard, 51024, false),
        (Sku::Standard, 51999, true),
        (Sku::Premium, 51024, true),
    ] {
        let plan = |circuit: &mut Circuit| {
            circuit.sku = sku;
            attach(circuit, &[region]);
        };
        assert_eq!(of(&storage(region), &plan), received, "{sku:?} {region}");
    }
    for (sku, authorised, value, received) in [
        (Sku::Premium, true, 5010, true),
        (Sku::Premium, false, 5010, false),
        (Sku::Standard, true, 5010, false),
        (Sku::Standard, false, 5060, true),
    ] {
        let plan = |circuit: &mut Circuit| {
            circuit.sku = sku;
            circuit.microsoft_365_authorised = authorised;
            attach(circuit, &[value]);
        };
        assert_eq!(of(&storage(value), &plan), received, "{sku:?} {authorised} {value}");
    }
    // No default route is sent.
    let plan = changed(|plan| {
        plan.exits[CHICAGO].learned = "0.0.0.0/0".into();
        plan.exits[ISP].learned = "".into();
    });
    assert!(chosen(&plan, STORAGE).is_empty());
    // Nor does one count that a device's table has: it is from elsewhere.
    let plan = changed(|plan| {
        let (stage, text) = (Some(Stage::Received), "0.0.0.0/0".into());
        plan.sources.push(Source { id: "print".into(), stage, text, ..Source::default() });
        plan.exits[CHICAGO].learned_from = vec![Reference { source: "print".into(), sets: vec![] }];
    });
    assert_eq!(chosen(&plan, ELSEWHERE), [ISP]);
    // A device's print has passed the filter already.
    let plan = changed(|plan| {
        let text = "20.60.28.0/24 community=12076:51024".into();
        let stage = Some(Stage::Received);
        plan.sources.push(Source { id: "print".into(), stage, text, ..Source::default() });
        let reference = Reference { source: "print".into(), sets: vec![] };
        plan.exits[DALLAS].learned_from = vec![reference];
    });
    assert_eq!(chosen(&plan, STORAGE), [DALLAS]);
}

#[test]
fn rules_3_and_6_the_return_looks_at_the_translated_source_alone() {
    // Exchange isn't learned over ExpressRoute, so it leaves by the Internet; its answer doesn't come by it.
    let plan = changed(|plan| plan.exits[DALLAS].advertised = "".into());
    assert_eq!(fate(&plan, EXCHANGE), (AsymmetricTolerated, vec![ISP], vec![CHICAGO]));
    // With a pool of its own there, it does.
    let plan = changed(|plan| {
        plan.pools.push(Pool { id: "internet".into(), addresses: "198.51.100.1".into(), ..Pool::default() });
        let rule = TranslationRule {
            exits: vec!["isp".into()],
            pool: Some("internet".into()),
            ..TranslationRule::default()
        };
        plan.devices[0].rules.insert(0, rule);
        plan.exits[ISP].advertised = "198.51.100.0/24".into();
    });
    assert_eq!(fate(&plan, EXCHANGE), (Symmetric, vec![ISP], vec![ISP]));
}

#[test]
fn rules_4_and_5_equal_length_goes_by_expressroute_and_the_longer_wins() {
    let of = |isp: &str, chicago: &str, assumed: MoreSpecificInternet| {
        let plan = changed(|plan| {
            plan.exits[ISP].advertised = isp.into();
            plan.exits[CHICAGO].advertised = chicago.into();
            plan.exits[DALLAS].advertised = "".into();
            plan.assumptions.more_specific_internet = Setting::Value(assumed);
        });
        fate(&plan, EXCHANGE).2
    };
    let documented = MoreSpecificInternet::Internet;
    assert_eq!(of("203.0.113.0/24", "203.0.113.0/24", documented), [CHICAGO]);
    assert_eq!(of("203.0.112.0/23", "203.0.113.0/24", documented), [CHICAGO]);
    assert_eq!(of("203.0.113.0/24", "203.0.112.0/23", documented), [ISP]);
    assert_eq!(of("203.0.113.0/24", "203.0.112.0/23", MoreSpecificInternet::ExpressRoute), [CHICAGO]);
    assert_eq!(of("203.0.113.0/24", "", MoreSpecificInternet::ExpressRoute), [ISP]);
}

#[test]
fn an_unknown_assumption_that_decides_is_uncertain() {
    let mirror = |plan: &mut Plan| {
        plan.exits[CHICAGO].advertised = "203.0.112.0/23".into();
        plan.exits[DALLAS].advertised = "".into();
        plan.assumptions.more_specific_internet = Setting::Unknown;
    };
    // Behind one firewall either works: the lesser.
    assert_eq!(fate(&changed(mirror), EXCHANGE), (AsymmetricTolerated, vec![ISP], vec![ISP, CHICAGO]));
    let plan = changed(|plan| {
        mirror(plan);
        a_firewall_for_each_exit(plan);
        plan.multipath = true;
    });
    assert_eq!(fate(&plan, EXCHANGE), (Uncertain, vec![ISP], vec![ISP, CHICAGO]));
}

#[test]
fn rule_7_advertised_is_not_accepted() {
    // What only Chicago advertises, and whether Microsoft answers by it.
    let of = |advertised: &str, change: &dyn Fn(&mut Plan)| {
        let plan = changed(|plan| {
            plan.exits[CHICAGO].advertised = advertised.into();
            plan.exits[DALLAS].advertised = "".into();
            plan.exits[ISP].advertised = "".into();
            change(plan);
        });
        fate(&plan, STORAGE).0
    };
    assert_eq!(of("203.0.113.9", &|_| {}), Symmetric);
    assert_eq!(of("203.0.112.0/23", &|_| {}), Symmetric);
    assert_eq!(of("203.0.112.0/22", &|_| {}), NoReturn); // Not admitted.
    let halves = |plan: &mut Plan| plan.circuits[0].peerings[0].admitted = "203.0.112.0/24\n203.0.113.0/24".into();
    assert_eq!(of("203.0.112.0/23", &halves), Symmetric); // Admitted by halves.
    let everything = |plan: &mut Plan| plan.circuits[0].peerings[0].admitted = "0.0.0.0/0".into();
    assert_eq!(of("0.0.0.0/0", &everything), NoReturn);
    assert_eq!(of("192.0.0.0/4", &everything), NoReturn); // Private space lies within.
    assert_eq!(of("203.0.0.0/8", &everything), Symmetric);
    assert_eq!(of("203.0.113.0/24 aspath=1000000001 64500", &|_| {}), NoReturn);
    assert_eq!(of("203.0.113.0/24 aspath=1000000001 65001", &|_| {}), Symmetric);
    let asn = |plan: &mut Plan| plan.circuits[0].peerings[0].customer_asn = Some(64500);
    assert_eq!(of("203.0.113.0/24", &asn), NoReturn);
    let deny = |plan: &mut Plan| {
        plan.exits[CHICAGO].policy_out = vec![Policy { action: Action::Deny, ..Policy::default() }];
    };
    assert_eq!(of("203.0.113.0/24", &deny), NoReturn);
    // The list of admitted prefixes is also an ACL for sources.
    let none = |plan: &mut Plan| plan.circuits[0].peerings[0].admitted = "".into();
    assert_eq!(of("203.0.113.0/24", &none), NotAdmitted);
    // Legacy public peering has no such list, and no route filter, and nothing is said of its AS numbers.
    assert_eq!(of("203.0.113.0/24", &legacy), Symmetric);
    assert_eq!(of("203.0.113.0/24 aspath=1000000001 64500", &legacy), Symmetric);
    // A circuit without the peering that an exit names: nothing is received over it, nothing taken.
    let mut plan = network();
    plan.circuits[0].peerings.clear();
    plan.exits[DALLAS].advertised = "".into();
    assert_eq!(fate(&plan, STORAGE), (Symmetric, vec![ISP], vec![ISP]));
}

/// Chicago's peering is a legacy public one.
fn legacy(plan: &mut Plan) {
    plan.circuits[0].peerings[0] = Peering { kind: PeeringKind::LegacyPublic, ..Peering::default() };
    let Link::ExpressRoute(link) = &mut plan.exits[CHICAGO].link else { unreachable!() };
    link.peering = PeeringKind::LegacyPublic;
}

#[test]
fn rule_7_over_200_prefixes_the_session_drops() {
    let lists = Lists::default();
    let scenario = Scenario::default();
    let of = |text: String| {
        let plan = changed(|plan| {
            plan.exits[CHICAGO].advertised = text.into();
            let prefixes = "203.0.113.255".into();
            plan.exits[CHICAGO].policy_out = vec![Policy { prefixes, action: Action::Deny, ..Policy::default() }];
        });
        session_is_down(&Case::new(&plan, &scenario, &lists), CHICAGO)
    };
    let hosts = |count| (0..count).map(|host| format!("203.0.113.{host}\n")).collect::<String>();
    assert!(!of(hosts(200)));
    assert!(of(hosts(201)));
    assert!(!of(hosts(200) + "203.0.113.0 prepend=1")); // Distinct.
    assert!(!of(hosts(200) + "203.0.113.255")); // Denied by us.
    assert!(!of(hosts(200) + "2001:db8::/32")); // Of a family.
}

#[test]
fn rule_7_long_prefixes_on_the_internet() {
    let of = |advertised: &str, assumed| {
        let plan = changed(|plan| {
            plan.exits[ISP].advertised = advertised.into();
            plan.assumptions.long_prefixes = assumed;
        });
        fate(&plan, ELSEWHERE).0
    };
    assert_eq!(of("203.0.113.0/24", Setting::default()), Symmetric);
    assert_eq!(of("203.0.113.0/25", Setting::default()), NoReturn);
    assert_eq!(of("203.0.113.0/25", Setting::Value(LongPrefixes::Spread)), Symmetric);
    assert_eq!(of("203.0.113.0/25", Setting::Unknown), Uncertain);
}

#[test]
fn what_a_provider_covers_attracts_even_when_its_links_are_down() {
    let plan = changed(|plan| {
        plan.exits[ISP].advertised = "".into();
        let (prefixes, exits) = ("203.0.113.0/24".into(), vec!["isp".into()]);
        plan.provider_covered.push(ProviderCovered { prefixes, exits, ..ProviderCovered::default() });
    });
    assert_eq!(fate(&plan, ELSEWHERE), (Symmetric, vec![ISP], vec![ISP]));
    let mut plan = plan;
    plan.provider_covered[0].exits.clear();
    assert_eq!(fate(&plan, ELSEWHERE), (NoReturn, vec![ISP], vec![]));
    // At equal length beside an own advertisement: a tie with the black hole.
    plan.exits[ISP].advertised = "203.0.113.0/24".into();
    assert_eq!(fate(&plan, ELSEWHERE), (Uncertain, vec![ISP], vec![ISP]));
    // Microsoft prefers ExpressRoute to it.
    assert_eq!(fate(&plan, STORAGE).0, AsymmetricTolerated);
}

#[test]
fn rule_8_symmetry_is_per_state_domain() {
    // Exchange leaves by the Internet and is answered over Chicago.
    let of = |change: &dyn Fn(&mut Plan)| {
        let plan = changed(|plan| {
            plan.exits[DALLAS].advertised = "".into();
            change(plan);
        });
        fate(&plan, EXCHANGE).0
    };
    let crossing = |device: &str, zone: &str| Crossing { device: device.into(), zone: zone.into() };
    assert_eq!(of(&|_| {}), AsymmetricTolerated);
    assert_eq!(of(&a_firewall_for_each_exit), AsymmetricDropped);
    // The same firewall by another zone; unless it keeps no state.
    assert_eq!(of(&|plan| plan.exits[CHICAGO].path[0].zone = "microsoft".into()), AsymmetricDropped);
    let stateless = |plan: &mut Plan| {
        plan.exits[CHICAGO].path[0].zone = "microsoft".into();
        plan.devices[0].stateful = false;
    };
    assert_eq!(of(&stateless), AsymmetricTolerated);
    // Past the device that holds the translation, even with nothing stateful on the way.
    assert_eq!(of(&|plan| plan.exits[CHICAGO].path.clear()), AsymmetricDropped);
    // A stateful device of the other exit's own drops what it doesn't know, outside or inside.
    let behind = |plan: &mut Plan| {
        plan.devices.push(Device { id: "edge".into(), stateful: true, ..Device::default() });
        plan.exits[CHICAGO].path.push(crossing("edge", ""));
    };
    assert_eq!(of(&behind), AsymmetricDropped);
    let router = |plan: &mut Plan| {
        behind(plan);
        plan.devices[1].stateful = false;
    };
    assert_eq!(of(&router), AsymmetricTolerated);
    // A device outside the translation on both paths knows the translated session, one inside it the other.
    let outside = |plan: &mut Plan| {
        plan.devices.push(Device { id: "edge".into(), stateful: true, ..Device::default() });
        plan.exits[ISP].path.push(crossing("edge", "outside"));
        plan.exits[CHICAGO].path.push(crossing("edge", "outside"));
    };
    assert_eq!(of(&outside), AsymmetricTolerated);
    let swapped = |plan: &mut Plan| {
        outside(plan);
        plan.exits[CHICAGO].path.reverse();
    };
    assert_eq!(of(&swapped), AsymmetricDropped);
    let both_stateless = |plan: &mut Plan| {
        swapped(plan);
        plan.devices[1].stateful = false;
    };
    assert_eq!(of(&both_stateless), AsymmetricTolerated);
}

#[test]
fn rule_8_a_zone_that_is_not_said_is_not_the_same_zone() {
    // Exchange leaves by the Internet and is answered over Chicago, over one firewall.
    let of = |zones: [&str; 2], assumed: Setting<UnsaidZones>| {
        let plan = changed(|plan| {
            plan.exits[DALLAS].advertised = "".into();
            plan.exits[ISP].path[0].zone = zones[0].into();
            plan.exits[CHICAGO].path[0].zone = zones[1].into();
            plan.assumptions.unsaid_zones = assumed;
        });
        fate(&plan, EXCHANGE).0
    };
    use UnsaidZones::{Dropped, Passed};
    for zones in [["", ""], ["outside", ""], ["", "outside"]] {
        assert_eq!(of(zones, Setting::Unknown), Uncertain, "{zones:?}");
        assert_eq!(of(zones, Setting::Value(Dropped)), AsymmetricDropped, "{zones:?}");
        assert_eq!(of(zones, Setting::Value(Passed)), AsymmetricTolerated, "{zones:?}");
    }
    for assumed in [Setting::Unknown, Setting::Value(Dropped), Setting::Value(Passed)] {
        assert_eq!(of(["outside", "outside"], assumed), AsymmetricTolerated);
        assert_eq!(of(["outside", "microsoft"], assumed), AsymmetricDropped);
    }
    // Nothing is assumed of a plan that says nothing of it.
    assert_eq!(Plan::default().assumptions.unsaid_zones, Setting::Unknown);
    // The packet that returns by the exit it left by comes by the same interface; and so for what keeps no sessions.
    let own = changed(|plan| plan.exits.iter_mut().for_each(|exit| exit.path[0].zone.clear()));
    assert_eq!(fate(&own, ELSEWHERE).0, Symmetric);
    let stateless = changed(|plan| {
        plan.exits[DALLAS].advertised = "".into();
        plan.exits.iter_mut().for_each(|exit| exit.path[0].zone.clear());
        plan.devices[0].stateful = false;
    });
    assert_eq!(fate(&stateless, EXCHANGE).0, AsymmetricTolerated);
}

#[test]
fn a_line_that_is_repeated_is_one_route() {
    let plan = changed(|plan| plan.exits[CHICAGO].learned = "20.60.28.0/23\n20.60.28.0/23\n20.60.28.0/23".into());
    assert_eq!(chosen(&plan, STORAGE), [CHICAGO]);
    let solved = Solved::new(plan, Scenario::default(), false);
    let query = TraceQuery::Outbound { site: None, from: None, to: ip(STORAGE) };
    let trace = solved.trace(&query).unwrap_or_else(|error| panic!("{error:?}"));
    let Step::Forward(step) = &trace.first.step else { panic!("{trace:?}") };
    let own: Vec<u32> = step
        .candidates
        .iter()
        .filter(|one| one.exit.as_str() == "er-chicago" && one.lost_at.is_none())
        .map(|one| one.place.line)
        .collect();
    assert_eq!(own, [1], "no tie between the lines, and the first of them is named: {step:?}");
}

#[test]
fn rule_9_inbound() {
    // From elsewhere: in and out by the Internet.
    assert_eq!(fate_inbound(&network(), ELSEWHERE), (Symmetric, vec![ISP], vec![ISP]));
    // Microsoft comes in over ExpressRoute, which doesn't publish.
    assert_eq!(fate_inbound(&network(), EXCHANGE).0, NotPublished);
    let internet_only = |plan: &mut Plan| {
        plan.exits[CHICAGO].advertised = "".into();
        plan.exits[DALLAS].advertised = "".into();
    };
    assert_eq!(fate_inbound(&changed(internet_only), EXCHANGE), (Symmetric, vec![ISP], vec![ISP]));
    // Storage comes in by the Internet; the reply takes the ExpressRoute route.
    assert_eq!(fate_inbound(&changed(internet_only), STORAGE), (AsymmetricTolerated, vec![ISP], vec![CHICAGO]));
    let apart = |plan: &mut Plan| {
        internet_only(plan);
        a_firewall_for_each_exit(plan);
        plan.published[0].entries[0].device = "fw-isp".into();
    };
    assert_eq!(fate_inbound(&changed(apart), STORAGE), (AsymmetricDropped, vec![ISP], vec![CHICAGO]));
    // Unless the Internet's edge translates the source,
    let translated = |plan: &mut Plan| {
        apart(plan);
        plan.published[0].entries[0].source_pool = Some("nat".into());
    };
    assert_eq!(fate_inbound(&changed(translated), STORAGE), (Symmetric, vec![ISP], vec![ISP]));
    // or the ExpressRoute routes are hidden from that segment.
    let hidden = |plan: &mut Plan| {
        apart(plan);
        plan.exits[CHICAGO].policy_in = vec![Policy { action: Action::Deny, ..Policy::default() }];
    };
    assert_eq!(fate_inbound(&changed(hidden), STORAGE), (Symmetric, vec![ISP], vec![ISP]));
    // A reply over ExpressRoute needs its source admitted.
    let refused = |plan: &mut Plan| {
        internet_only(plan);
        plan.circuits[0].peerings[0].admitted = "203.0.112.0/24".into();
    };
    assert_eq!(fate_inbound(&changed(refused), STORAGE), (NotAdmitted, vec![ISP], vec![CHICAGO]));
    // Nothing stateful on the way, but the reply misses the device that turns the address back.
    let stateless = |plan: &mut Plan| {
        apart(plan);
        plan.devices.iter_mut().for_each(|device| device.stateful = false);
    };
    assert_eq!(fate_inbound(&changed(stateless), STORAGE).0, AsymmetricDropped);
    let untranslated = |plan: &mut Plan| {
        stateless(plan);
        plan.published[0].inside = plan.published[0].published.clone();
    };
    assert_eq!(fate_inbound(&changed(untranslated), STORAGE).0, AsymmetricTolerated);
    // Nobody knows the published address; the site knows no way back.
    assert_eq!(fate_inbound(&changed(|plan| plan.exits[ISP].advertised = "".into()), ELSEWHERE).0, NoRoute);
    assert_eq!(fate_inbound(&changed(|plan| plan.exits[ISP].learned = "".into()), ELSEWHERE).0, NoReturn);
}

#[test]
fn rule_10_path_length_decides_among_expressroute_exits_only() {
    let of = |isp: &str, chicago: &str, dallas: &str, change: &dyn Fn(&mut Plan)| {
        let plan = changed(|plan| {
            plan.exits[ISP].advertised = format!("203.0.113.0/24 {isp}").into();
            plan.exits[CHICAGO].advertised = format!("203.0.113.0/24 {chicago}").into();
            plan.exits[DALLAS].advertised = format!("203.0.113.0/24 {dallas}").into();
            change(plan);
        });
        fate(&plan, EXCHANGE).2
    };
    assert_eq!(of("", "", "", &|_| {}), [CHICAGO, DALLAS]);
    assert_eq!(of("", "prepend=1", "", &|_| {}), [DALLAS]);
    assert_eq!(of("", "prepend=3", "prepend=2", &|_| {}), [DALLAS]);
    // Private AS numbers are removed before the path is counted; so is a private AS of our own, with its prepends.
    assert_eq!(of("", "aspath=1000000001 65001 65002", "", &|_| {}), [CHICAGO, DALLAS]);
    let private = |plan: &mut Plan| plan.circuits[0].peerings[0].customer_asn = Some(65001);
    assert_eq!(of("", "prepend=3", "", &private), [CHICAGO]);
    // Prepending on ExpressRoute doesn't make the Internet win; unless one assumes so.
    assert_eq!(of("", "prepend=3", "prepend=3", &|_| {}), [CHICAGO, DALLAS]);
    let counted = |plan: &mut Plan| plan.assumptions.prepends_across = Setting::Value(PrependsAcross::Counted);
    assert_eq!(of("", "prepend=3", "prepend=3", &counted), [ISP]);
    assert_eq!(of("prepend=3", "prepend=3", "prepend=3", &counted), [CHICAGO, DALLAS]);
    assert_eq!(of("", "prepend=3", "", &counted), [DALLAS]);
    // Only Microsoft peering removes them.
    let legacy_and_private = |plan: &mut Plan| {
        legacy(plan);
        private(plan);
    };
    assert_eq!(of("", "prepend=3", "", &legacy_and_private), [DALLAS]);
    // A policy's prepends count too.
    let policy = |plan: &mut Plan| {
        let settings = Settings { prepend: Some(2), ..Settings::default() };
        plan.exits[CHICAGO].policy_out = vec![Policy { action: Action::Accept(settings), ..Policy::default() }];
    };
    assert_eq!(of("", "", "prepend=1", &policy), [DALLAS]);
}

#[test]
fn equal_expressroute_exits_and_geography() {
    // Storage leaves by Chicago; the answer may come by either, each with a firewall of its own.
    let of = |change: &dyn Fn(&mut Plan)| {
        let plan = changed(|plan| {
            a_firewall_for_each_exit(plan);
            change(plan);
        });
        fate(&plan, STORAGE)
    };
    assert_eq!(of(&|_| {}), (Uncertain, vec![CHICAGO], vec![CHICAGO, DALLAS]));
    assert_eq!(of(&|plan| plan.multipath = true), (AsymmetricDropped, vec![CHICAGO], vec![CHICAGO, DALLAS]));
    let same = |plan: &mut Plan| {
        plan.assumptions.equal_express_route = Setting::Value(EqualExpressRoute::SameAsOut);
    };
    assert_eq!(of(&same), (Symmetric, vec![CHICAGO], vec![CHICAGO]));
    let limited = |plan: &mut Plan| plan.assumptions.out_of_area = Setting::Value(OutOfArea::Limited);
    assert_eq!(of(&limited), (Symmetric, vec![CHICAGO], vec![CHICAGO]));
    let plan = changed(limited);
    assert_eq!(fate(&plan, EXCHANGE), (Symmetric, vec![ISP], vec![ISP]));
    // What the route filter holds back is offered all the same.
    let filtered = changed(|plan| {
        limited(plan);
        plan.circuits[0].peerings[0].route_filter = None;
    });
    assert_eq!(fate(&filtered, STORAGE), (AsymmetricTolerated, vec![ISP], vec![CHICAGO]));
}

#[test]
fn sticky_peering_answers_by_the_exit_it_left_by_and_attracts_no_other_flow() {
    let field_report = |plan: &mut Plan| {
        for circuit in &mut plan.circuits {
            circuit.peerings[0].return_model = ReturnModel::Sticky;
        }
        plan.exits[CHICAGO].advertised = "".into();
    };
    assert_eq!(fate(&changed(field_report), STORAGE), (Symmetric, vec![CHICAGO], vec![CHICAGO]));
    assert_eq!(fate(&changed(field_report), EXCHANGE), (Symmetric, vec![ISP], vec![ISP]));
    // The other model on the same plan.
    let other = Scenario { other_return_model: true, ..Scenario::default() };
    let fates = fates_in(&changed(field_report), &other, STORAGE);
    assert_eq!((fates.len(), fates[0].verdict), (1, AsymmetricTolerated));
    assert_eq!(fates_in(&network(), &other, EXCHANGE)[0].verdict, Symmetric);
}

#[test]
fn translation_takes_the_first_rule_that_matches() {
    let rule = |pool: Option<&str>| TranslationRule { pool: pool.map(Id::from), ..TranslationRule::default() };
    let of = |first: TranslationRule, destination: &str| {
        let plan = changed(|plan| {
            plan.devices[0].rules.insert(0, first);
            plan.pools.push(Pool { id: "empty".into(), ..Pool::default() });
            plan.services.push(Service {
                id: "storage".into(),
                destinations: "20.60.28.0/24".into(),
                ..Service::default()
            });
        });
        fate(&plan, destination).0
    };
    assert_eq!(of(rule(None), STORAGE), NotTranslated);
    assert_eq!(of(rule(Some("empty")), STORAGE), AsymmetricTolerated); // Doesn't match: on to the next.
    assert_eq!(of(TranslationRule { sources: "10.1.0.0/16".into(), ..rule(None) }, ELSEWHERE), Symmetric);
    assert_eq!(of(TranslationRule { sources: "10.0.0.0/16".into(), ..rule(None) }, ELSEWHERE), NotTranslated);
    assert_eq!(of(TranslationRule { exits: vec!["er-dallas".into()], ..rule(None) }, ELSEWHERE), Symmetric);
    assert_eq!(of(TranslationRule { exits: vec!["isp".into()], ..rule(None) }, ELSEWHERE), NotTranslated);
    let to = |destinations: &str| TranslationRule {
        destinations: destinations.into(),
        services: vec!["storage".into()],
        ..rule(None)
    };
    assert_eq!(of(to(""), STORAGE), NotTranslated);
    assert_eq!(of(to(""), ELSEWHERE), Symmetric);
    assert_eq!(of(to("8.8.8.8"), ELSEWHERE), NotTranslated);
}

#[test]
fn a_pool_that_spans_decisions_ends_in_several_ways() {
    let plan = changed(|plan| {
        plan.pools[0].addresses = "203.0.112.250-203.0.114.3".into();
        plan.circuits[0].peerings[0].admitted = "203.0.113.0/24".into();
        plan.exits[CHICAGO].advertised = "203.0.113.0/25".into();
        for exit in [ISP, DALLAS] {
            plan.exits[exit].advertised = "".into();
        }
    });
    let verdicts: Vec<Verdict> =
        fates_in(&plan, &Scenario::default(), STORAGE).into_iter().map(|fate| fate.verdict).collect();
    assert_eq!(verdicts, [NotAdmitted, NoReturn, Symmetric]);
}

#[test]
fn a_tie_of_exits_that_end_differently() {
    let tie = |plan: &mut Plan| {
        plan.exits[DALLAS].learned = plan.exits[CHICAGO].learned.clone();
        plan.circuits[1].peerings[0].admitted = "".into();
    };
    assert_eq!(fate(&changed(tie), STORAGE), (Uncertain, vec![CHICAGO, DALLAS], vec![CHICAGO]));
    let shared = |plan: &mut Plan| {
        tie(plan);
        plan.multipath = true;
    };
    assert_eq!(fate(&changed(shared), STORAGE), (NotAdmitted, vec![CHICAGO, DALLAS], vec![CHICAGO]));
}

#[test]
fn what_is_down_has_no_say() {
    let plan = network();
    for (part, verdict, out) in [
        (Part::Exit("er-chicago".into()), AsymmetricTolerated, vec![ISP]),
        (Part::Circuit("chicago".into()), AsymmetricTolerated, vec![ISP]),
        (Part::Circuit("dallas".into()), Symmetric, vec![CHICAGO]),
        (Part::Device("fw".into()), NoRoute, vec![]),
        (Part::Site("hq".into()), NoRoute, vec![]),
    ] {
        let scenario = Scenario { down: [part.clone()].into(), ..Scenario::default() };
        let fates = fates_in(&plan, &scenario, STORAGE);
        assert_eq!((fates[0].verdict, &fates[0].out), (verdict, &out), "{part:?}");
    }
}

#[test]
fn one_address_of_each_stretch_of_a_pool_stands_for_all() {
    let (lists, scenario) = (Lists::default(), Scenario::default());
    let mut several = 0;
    for seed in 0..60 {
        let plan = random_plan(seed);
        let quick = Case::new(&plan, &scenario, &lists);
        let slow = Case { every_address: true, ..Case::new(&plan, &scenario, &lists) };
        for destination in [STORAGE, EXCHANGE, ELSEWHERE] {
            for site in &plan.sites {
                let source = lists.of(&site.inside)[0].prefix.addr();
                let fates = outbound(&quick, &site.id, source, ip(destination));
                assert_eq!(fates, outbound(&slow, &site.id, source, ip(destination)), "seed {seed}");
                several += usize::from(fates.len() > 1);
            }
        }
    }
    assert!(several > 20, "{several}");
}
