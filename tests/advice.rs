//! The rulebook: for each rule a plan that has it, its smallest mended twin that has not, and a near miss.
//!
//! Every plan is [`base`] with changes: `has` makes the rule speak, `mended` is done on top of that and silences it,
//! and `near` alone, which looks alike, must not make it speak.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "advice/cases.rs"]
mod cases;
#[path = "advice/docs.rs"]
mod docs;
#[path = "advice/kinds.rs"]
mod kinds;
mod support;
#[path = "advice/whole.rs"]
mod whole;

use serde_json::{Value, json};
use twopath::advice::{Advice, Finding};
use twopath::desk::Solved;
use twopath::pace::at_once;
use twopath::plan::{Plan, load};
use twopath::routing::Scenario;

/// All findings of a plan.
fn advise(plan: Plan) -> Vec<Finding> {
    let solved = Solved::new(plan, Scenario::default(), false);
    let (world, rows) = (solved.world(), solved.rows.as_slice());
    at_once(|pace| async move { Advice::of(world, rows, &pace).await }).findings
}

fn read(plan: &Value) -> Plan {
    load(&plan.to_string()).unwrap_or_else(|error| panic!("{error}")).plan
}

/// The codes of the findings that nobody has accepted.
fn codes(plan: &Value) -> Vec<u16> {
    advise(read(plan)).iter().filter(|finding| finding.accepted.is_none()).map(|finding| finding.code.0).collect()
}

/// An Internet link and both links of a circuit, a firewall each, a pool each; three flows out and one in. All works,
/// and the rulebook has one note on it: the circuit's loss changes the translated address.
fn base() -> Value {
    let link = |side: &str| {
        json!({
            "id": side, "site": "hq",
            "link": {"express_route": {"circuit": "chicago", "peering": "microsoft", "side": side}},
            "path": [{"device": "fw-er", "zone": "out"}],
            "learned": ["20.60.28.0/23 community=12076:51007 aspath=12076"],
            "advertised": ["198.51.100.0/24"]
        })
    };
    json!({
        "schema_version": 1,
        "sites": [{"id": "hq", "inside": ["10.20.0.0/16"]}],
        "circuits": [{"id": "chicago", "sku": "standard", "local_regions": [7], "bandwidth": 200, "peerings": [{
            "kind": "microsoft", "customer_asn": 1_000_000_001, "admitted": ["198.51.100.0/24"],
            "route_filter": ["12076:51007"],
            "primary_subnets": ["192.0.2.128/30"], "secondary_subnets": ["192.0.2.132/30"]
        }]}],
        "exits": [
            {"id": "isp", "site": "hq", "link": {"internet": {"bandwidth": 100}},
             "path": [{"device": "fw-isp", "zone": "out"}],
             "learned": ["0.0.0.0/0"], "advertised": ["203.0.113.0/24"]},
            link("primary"), link("secondary")
        ],
        "devices": [
            {"id": "fw-isp", "stateful": true, "rules": [{"pool": "internet"}]},
            {"id": "fw-er", "stateful": true, "rules": [{"pool": "microsoft"}]}
        ],
        "pools": [
            {"id": "internet", "addresses": ["203.0.113.16/28"]},
            {"id": "microsoft", "addresses": ["198.51.100.16/28"]},
            {"id": "inbound", "addresses": ["10.20.250.0/28"]}
        ],
        "services": [
            {"id": "storage", "destinations": ["20.60.28.0/23"], "microsoft": true},
            {"id": "exchange", "destinations": ["40.96.0.0/13"], "microsoft": true},
            {"id": "supplier", "destinations": ["192.0.2.0/25"]}
        ],
        "published": [{"id": "mail", "site": "hq", "role": "smtp", "published": ["203.0.113.1"], "inside": ["10.20.5.1"],
            "entries": [{"exit": "isp", "device": "fw-isp", "source_pool": "inbound"}]}],
        "flows": [
            {"id": "backup", "ends": {"outbound": {"site": "hq", "service": "storage"}}, "mbps_out": 60, "mbps_in": 2,
             "sessions": 90},
            {"id": "office", "ends": {"outbound": {"site": "hq", "service": "exchange"}}, "mbps_out": 9, "mbps_in": 22},
            {"id": "orders", "ends": {"outbound": {"site": "hq", "service": "supplier"}}, "mbps_out": 1, "mbps_in": 1},
            {"id": "smtp", "ends": {"inbound": {"published": "mail", "from": "exchange"}}}
        ]
    })
}

/// A change of a plan.
type Change = fn(&mut Value);

/// Puts a value in a place, by its JSON pointer; `-` at the end adds to an array.
fn set(plan: &mut Value, place: &str, value: Value) {
    let (parent, last) = place.rsplit_once('/').unwrap();
    let parent = plan.pointer_mut(parent).unwrap_or_else(|| panic!("{place}"));
    match parent {
        Value::Array(all) if last == "-" => all.push(value),
        Value::Array(all) => all[last.parse::<usize>().unwrap()] = value,
        Value::Object(fields) => drop(fields.insert(last.to_owned(), value)),
        _ => panic!("{place}"),
    }
}

/// The same at both links of the circuit.
fn both(plan: &mut Value, field: &str, value: &Value) {
    set(plan, &format!("/exits/1/{field}"), value.clone());
    set(plan, &format!("/exits/2/{field}"), value.clone());
}

/// A second circuit with one link, a firewall and a pool of its own; what it learns and advertises is given.
fn dallas(plan: &mut Value, learned: &str, advertised: &str) {
    set(
        plan,
        "/circuits/-",
        json!({"id": "dallas", "local_regions": [8], "peerings": [{
        "kind": "microsoft", "customer_asn": 1_000_000_001, "admitted": ["198.18.7.0/24", "198.51.100.0/24"],
        "route_filter": ["12076:51007", "12076:51008"], "primary_subnets": ["192.0.2.136/30"]}]}),
    );
    set(
        plan,
        "/exits/-",
        json!({"id": "dallas", "site": "hq",
        "link": {"express_route": {"circuit": "dallas", "peering": "microsoft", "side": "primary"}},
        "path": [{"device": "fw-dallas", "zone": "out"}], "learned": [learned], "advertised": [advertised]}),
    );
    set(plan, "/devices/-", json!({"id": "fw-dallas", "stateful": true, "rules": [{"pool": "dallas"}]}));
    set(plan, "/pools/-", json!({"id": "dallas", "addresses": ["198.18.7.0/28"]}));
}

/// A peering of another kind on the first circuit, with an exit over it.
fn peering(plan: &mut Value, kind: &str, advertised: Value) {
    set(plan, "/circuits/0/peerings/-", json!({"kind": kind}));
    set(
        plan,
        "/exits/-",
        json!({"id": kind, "site": "hq", "advertised": advertised,
        "link": {"express_route": {"circuit": "chicago", "peering": kind, "side": "primary"}}}),
    );
}

/// So many private prefixes, as virtual networks have them.
fn learned(count: usize) -> Value {
    (0..count).map(|index| format!("10.{}.{}.0/24", 100 + index / 256, index % 256)).collect()
}

/// So many prefixes, one beside the other.
fn many(count: usize) -> Value {
    (0..count).map(|index| format!("198.51.100.{}/32", index % 256)).collect()
}
