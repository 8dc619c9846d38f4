//! Plan against reality, and the cut-over checklist.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used)]

use twopath::desk::Solved;
use twopath::intake::{Format, read};
use twopath::pace::at_once;
use twopath::plan::{Plan, load};
use twopath::routing::{Refused, Scenario};
use twopath::study::checklist::{Check, KnownBy, checklist};
use twopath::study::reality::reality;

const PLAN: &str = r#"{
  "schema_version": 1,
  "sites": [{"id": "hq", "inside": ["10.0.0.0/8"]}],
  "circuits": [{"id": "chi", "peerings": [{"kind": "microsoft", "customer_asn": 64700,
    "admitted": ["203.0.112.0/23"], "route_filter": ["12076:51004"],
    "primary_subnets": ["192.0.2.0/30"], "secondary_subnets": ["192.0.2.4/30"]}]}],
  "exits": [
    {"id": "isp", "site": "hq", "link": {"internet": {"provider_asn": 3356}}, "path": [{"device": "fw", "zone": "a"}],
     "learned": ["0.0.0.0/0 nexthop=198.51.100.1"], "advertised": ["198.51.100.0/24"]},
    {"id": "er", "site": "hq", "link": {"express_route": {"circuit": "chi"}}, "path": [{"device": "fw", "zone": "b"}],
     "learned": ["20.60.28.0/23 community=12076:51004", "52.240.0.0/16 community=12076:51004",
       "40.92.0.0/15 community=12076:5010", "13.107.6.0/24 community=12076:51004"],
     "advertised": ["203.0.113.0/24", "203.0.112.0/24", "198.51.100.0/24"]}
  ],
  "devices": [{"id": "fw", "stateful": true, "rules": [{"exits": ["er"], "pool": "er"}, {"pool": "isp"}]}],
  "pools": [{"id": "er", "addresses": ["203.0.113.0/26"]}, {"id": "isp", "addresses": ["198.51.100.0/26"]}],
  "services": [{"id": "storage", "destinations": ["20.60.28.0/23"], "microsoft": true}],
  "flows": [
    {"id": "backup", "ends": {"outbound": {"site": "hq", "service": "storage"}}},
    {"id": "web", "ends": {"outbound": {"site": "hq"}}}
  ]
}"#;

fn solved() -> Solved {
    let loaded = load(PLAN).unwrap();
    assert_eq!(loaded.faults, []);
    Solved::new(loaded.plan, Scenario::default(), false)
}

#[test]
fn microsofts_table_beside_the_plan() {
    let table = r#"{"value": [
        {"locPrf": "", "network": "203.0.113.0/24", "nextHop": "192.0.2.1*", "path": "64700 I", "weight": 0},
        {"locPrf": "", "network": "203.0.113.0/25", "nextHop": "192.0.2.1", "path": "64700 I", "weight": 0},
        {"locPrf": "", "network": "198.51.100.0/24", "nextHop": "192.0.2.1", "path": "64700 I", "weight": 0},
        {"locPrf": "", "network": "20.60.28.0/23", "nextHop": "10.0.0.9", "path": "8075 I", "weight": 0}
    ]}"#;
    let reading = read(table, None);
    assert_eq!(reading.format.name(), "azure-circuit");
    let solved = solved();
    let found = reality(solved.world(), 0, Some(&reading), None).microsoft.unwrap();
    assert_eq!(found.as_planned, 1, "203.0.113.0/24");
    let missing: Vec<_> = found.missing.iter().map(|one| (one.prefix.to_string(), one.predicted)).collect();
    assert_eq!(missing, [("203.0.112.0/24".to_owned(), None)], "the plan says that Microsoft takes it");
    let unplanned: Vec<_> =
        found.unplanned.iter().map(|one| (one.prefix.to_string(), one.refused, one.within.is_some())).collect();
    assert_eq!(
        unplanned,
        [
            ("198.51.100.0/24".to_owned(), Some(Refused::NotAdmitted), false),
            ("203.0.113.0/25".to_owned(), None, true),
        ],
        "what is Microsoft's own isn't ours"
    );
    let place = table.find("203.0.113.0/25").unwrap();
    assert_eq!(found.unplanned[1].at as usize, place);
}

/// A table is of one circuit: what another circuit advertises isn't missing from it.
#[test]
fn a_circuits_table_is_of_that_circuit_alone() {
    let mut plan: Plan = load(PLAN).unwrap().plan;
    let mut dallas = plan.circuits[0].clone();
    dallas.id = "dal".into();
    for peering in &mut dallas.peerings {
        (peering.primary_subnets, peering.secondary_subnets) = ("192.0.2.8/30".into(), "192.0.2.12/30".into());
        peering.admitted = "203.0.114.0/24".into();
    }
    plan.circuits.push(dallas);
    let mut exit = plan.exits[1].clone();
    exit.id = "er-dal".into();
    let twopath::plan::Link::ExpressRoute(link) = &mut exit.link else { panic!() };
    link.circuit = "dal".into();
    exit.advertised = "203.0.114.0/24".into();
    plan.exits.push(exit);
    let solved = Solved::new(plan, Scenario::default(), false);
    let found = |hop: &str, nets: &[&str]| {
        let rows: Vec<String> = nets
            .iter()
            .map(|net| {
                format!(
                    r#"{{"locPrf": "", "network": "{net}", "nextHop": "{hop}", "path": "64700 I", "weight": 0}}"#
                )
            })
            .collect();
        reality(solved.world(), 0, Some(&read(&format!("[{}]", rows.join(",")), None)), None).microsoft.unwrap()
    };
    let missing =
        |hop, nets| -> Vec<String> { found(hop, nets).missing.iter().map(|one| one.prefix.to_string()).collect() };
    let chicagos = ["203.0.113.0/24", "203.0.112.0/24"];
    assert_eq!(missing("192.0.2.1", &chicagos), ["198.51.100.0/24"], "refused, as the plan predicts");
    assert_eq!(
        missing("192.0.2.5", &chicagos[..1]),
        ["198.51.100.0/24", "203.0.112.0/24"],
        "by the secondary link"
    );
    assert_eq!(missing("192.0.2.9", &["203.0.114.0/24"]), Vec::<String>::new());
    // A next hop on no peering's subnet doesn't tell whose the table is, so it may be of any circuit.
    assert_eq!(missing("10.0.0.1", &chicagos), ["198.51.100.0/24", "203.0.114.0/24"]);
    // What the other circuit's exit advertises, and this one has.
    let leaked = found("192.0.2.9", &["203.0.114.0/24", "203.0.113.0/24"]);
    let [one] = leaked.unplanned.as_slice() else { panic!("{leaked:?}") };
    assert_eq!(
        (one.prefix.to_string().as_str(), one.elsewhere.as_slice()),
        ("203.0.113.0/24", &["er".into()][..])
    );
    let said = twopath::report::words::reality::unplanned(one, &twopath::report::words::Names::of(solved.plan()));
    assert!(said.ends_with("not over this circuit."), "{said}");
}

#[test]
fn the_routers_table_beside_the_plan() {
    let table = "\
BGP table version is 412, local router ID is 192.0.2.1
     Network          Next Hop            Metric LocPrf Weight Path
 *>  0.0.0.0          198.51.100.1             0             0 3356 i
 *>  20.60.28.0/23    192.0.2.2                0             0 12076 i
 *>  52.240.0.0/16    198.51.100.1             0    200      0 3356 8075 i
 *                    192.0.2.2                0             0 12076 i
 *>  40.92.0.0/15     192.0.2.2                0             0 12076 i
 *>  9.9.9.0/24       10.1.1.1                 0             0 64999 i
 *>  203.0.113.0/24   0.0.0.0                  0         32768 i
";
    let reading = read(table, None);
    assert_eq!((reading.format, reading.faults.total()), (Format::IosBgp, 0));
    let solved = solved();
    let found = reality(solved.world(), 0, None, Some(&reading)).router.unwrap();
    assert_eq!((found.as_planned, found.unknown), (2, 1), "{found:?}");
    let unused: Vec<_> = found.unused.iter().map(|one| one.prefix.to_string()).collect();
    assert_eq!(unused, ["52.240.0.0/16"]);
    assert_eq!((found.unused[0].router[0].as_str(), found.unused[0].plan[0].as_str()), ("isp", "er"));
    // The plan's filter withholds it, so by the plan it goes by the Internet.
    let other: Vec<_> = found.other.iter().map(|one| (one.prefix.to_string(), one.plan[0].as_str())).collect();
    assert_eq!(other, [("40.92.0.0/15".to_owned(), "isp")]);
    let not_learned: Vec<_> = found.not_learned.iter().map(ToString::to_string).collect();
    assert_eq!(not_learned, ["13.107.6.0/24"]);
}

#[test]
fn what_is_as_planned_says_so() {
    let table = r#"[{"locPrf": "", "network": "203.0.113.0/24", "nextHop": "192.0.2.1", "path": "64700 I", "weight": 0},
        {"locPrf": "", "network": "203.0.112.0/24", "nextHop": "192.0.2.1", "path": "64700 I", "weight": 0}]"#;
    let mut plan: Plan = load(PLAN).unwrap().plan;
    plan.exits[1].advertised = "203.0.113.0/24\n203.0.112.0/24".into();
    let solved = Solved::new(plan, Scenario::default(), false);
    assert!(reality(solved.world(), 0, Some(&read(table, None)), None).is_as_planned());
}

#[test]
fn the_checklist_says_what_to_look_for() {
    let solved = solved();
    let checks = at_once(async |pace| checklist(solved.world(), &solved.rows, &pace).await);
    let parts: usize = solved.rows.iter().map(|row| row.parts.len()).sum();
    assert!(parts > 1);
    assert_eq!(checks.iter().filter(|check| check.flow.is_some()).count(), parts);
    // Each service from each site, by a flow or without.
    let plan = solved.plan();
    for (service, site) in
        plan.services.iter().flat_map(|service| plan.sites.iter().map(move |site| (service, site)))
    {
        let of = |check: &&Check| check.service.as_ref() == Some(&service.id) && check.site == site.id;
        let found: Vec<&Check> = checks.iter().filter(of).collect();
        assert!(!found.is_empty(), "{} from {}", service.id, site.id);
        assert!(found.iter().all(|check| check.flow.is_some()) || found.iter().all(|check| check.flow.is_none()));
    }
    let backup =
        checks.iter().find(|check| check.flow.as_ref().is_some_and(|flow| flow.as_str() == "backup")).unwrap();
    assert_eq!((backup.out[0].as_str(), backup.back[0].as_str()), ("er", "er"));
    let [hop] = backup.hops.as_slice() else { panic!("{backup:?}") };
    assert_eq!((hop.address.to_string(), hop.known_by), ("192.0.2.2".to_owned(), KnownBy::PeeringSubnet));
    let internet = checks.iter().find(|check| check.out.iter().any(|exit| exit.as_str() == "isp")).unwrap();
    assert_eq!(internet.hops[0].address.to_string(), "198.51.100.1");
    assert_eq!(internet.hops[0].known_by, KnownBy::NextHop);
    // What it says is what a trace of the same pair says.
    for check in &checks {
        let query = twopath::journey::TraceQuery::Outbound {
            site: Some(check.site.clone()),
            from: Some(check.from),
            to: check.to,
        };
        assert_eq!(solved.trace(&query).unwrap().verdict, check.verdict, "{check:?}");
    }
}

#[test]
fn the_hop_is_what_the_longest_route_with_a_next_hop_says_of_equal_ones_the_first() {
    let learned = r#""20.0.0.0/8 nexthop=198.51.100.5", "20.0.0.0/8 nexthop=198.51.100.6", "20.99.0.0/16""#;
    let plan = PLAN
        .replace(r#""0.0.0.0/0 nexthop=198.51.100.1""#, &format!(r#""0.0.0.0/0 nexthop=198.51.100.1", {learned}"#))
        .replace(
            r#""services": ["#,
            r#""services": [{"id": "near", "destinations": ["20.99.1.0/24"]}, {"id": "far", "destinations": ["21.0.0.0/24"]}, "#,
        );
    let loaded = load(&plan).unwrap();
    assert_eq!(loaded.faults, []);
    let solved = Solved::new(loaded.plan, Scenario::default(), false);
    let checks = at_once(async |pace| checklist(solved.world(), &solved.rows, &pace).await);
    for (service, hop) in [("near", "198.51.100.5"), ("far", "198.51.100.1")] {
        let check = checks.iter().find(|check| check.service.as_ref().is_some_and(|id| id.as_str() == service));
        let hops: Vec<String> = check.unwrap().hops.iter().map(|hop| hop.address.to_string()).collect();
        assert_eq!(hops, [hop], "{service}");
    }
}
