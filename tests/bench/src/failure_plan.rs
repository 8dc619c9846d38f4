//! The plan by which the failure study is measured: 128 prefixes, two circuits of two links, an Internet link, two
//! sites with a firewall each, 50 flows. The same each time.

/// The plan as JSON.
pub fn failure_plan() -> String {
    let prefixes = prefixes();
    let sites = ["east", "west"];
    let mut exits = vec![exit(
        "isp",
        "east",
        r#"{"internet": {"provider_asn": 3356, "bandwidth": 1000}}"#,
        &["0.0.0.0/0"],
        &["198.51.100.0/24", "203.0.113.0/24"],
    )];
    let mut circuits = Vec::new();
    for (index, site) in sites.iter().enumerate() {
        circuits.push(format!(
            r#"{{"id": "er-{site}", "name": "ExpressRoute {site}", "sku": "premium", "bandwidth": 500,
                "microsoft_365_authorised": true,
                "peerings": [{{"kind": "microsoft", "customer_asn": 1000000001,
                    "admitted": ["203.0.113.0/25", "203.0.113.128/25"],
                    "route_filter": ["12076:51004", "12076:51006", "12076:5010"]}}]}}"#
        ));
        for side in ["primary", "secondary"] {
            let link = format!(r#"{{"express_route": {{"circuit": "er-{site}", "side": "{side}"}}}}"#);
            // Each circuit learns all but a few, so that chains differ.
            let learned: Vec<String> = prefixes
                .iter()
                .enumerate()
                .filter(|(number, _)| number % 16 != 15 * index)
                .map(|(number, prefix)| format!("{prefix} community=12076:{}", [51004, 51006, 5010][number % 3]))
                .collect();
            let learned: Vec<&str> = learned.iter().map(String::as_str).collect();
            let half = format!("203.0.113.{}/25", 128 * index);
            let other = format!("203.0.113.{}/25 prepend=2", 128 * (1 - index));
            exits.push(exit(&format!("{site}-{side}"), site, &link, &learned, &[&half, &other]));
        }
    }
    let services: Vec<String> = (0..16).map(|index| service(index, &prefixes)).collect();
    let flows: Vec<String> = (0..50).map(|index| flow(index, sites[index % 2])).collect();
    let site = |name: &str, second: u8, other: &str| {
        format!(
            r#"{{"id": "{name}", "name": "{name}", "inside": ["10.{second}.0.0/16"],
                "costs": {{"isp": 10, "{other}-primary": 20, "{other}-secondary": 20}}}}"#
        )
    };
    let device = |name: &str| {
        format!(
            r#"{{"id": "fw-{name}", "name": "Firewall {name}", "stateful": true, "rules": [
                {{"exits": ["isp"], "pool": "pool-isp"}},
                {{"sources": ["10.0.0.0/17", "10.1.0.0/17"], "pool": "pool-{name}"}},
                {{"services": ["service-3", "service-7"], "pool": "pool-{name}-small"}},
                {{"pool": "pool-{name}"}}]}}"#
        )
    };
    let pool = |id: &str, addresses: &str| {
        format!(r#"{{"id": "{id}", "name": "{id}", "addresses": ["{addresses}"], "reserved_ports": 1024}}"#)
    };
    let pools = [
        pool("pool-isp", "198.51.100.16/28"),
        pool("pool-east", "203.0.113.10-203.0.113.40"),
        pool("pool-east-small", "203.0.113.64"),
        pool("pool-west", "203.0.113.200-203.0.113.230"),
        pool("pool-west-small", "203.0.113.192"),
    ];
    format!(
        r#"{{"schema_version": 1, "name": "Failures, measured",
            "sites": [{}, {}], "circuits": [{}], "exits": [{}], "devices": [{}, {}], "pools": [{}],
            "services": [{}],
            "published": [{{"id": "mail", "name": "Mail", "site": "east", "published": ["198.51.100.20"],
                "inside": ["10.0.5.25"], "entries": [{{"exit": "isp", "device": "fw-east"}}], "ports": "tcp 25"}}],
            "flows": [{}]}}"#,
        site("east", 0, "west"),
        site("west", 1, "east"),
        circuits.join(","),
        exits.join(","),
        device("east"),
        device("west"),
        pools.join(","),
        services.join(","),
        flows.join(",")
    )
}

/// 128 prefixes, from /17s to /29s, some within others.
fn prefixes() -> Vec<String> {
    let mut prefixes = Vec::new();
    for index in 0..64 {
        let length = [17, 18, 20, 22][index % 4];
        prefixes.push(format!("20.{}.0.0/{length}", index + 33));
        let (third, length) = if index % 2 == 0 { (index % 8, 24) } else { (1, 29) };
        prefixes.push(format!("20.{}.{third}.0/{length}", index + 33));
    }
    prefixes
}

fn service(index: usize, prefixes: &[String]) -> String {
    let own: Vec<String> = prefixes.iter().skip(8 * index).take(8).map(|prefix| format!("{prefix:?}")).collect();
    // Every fourth has addresses that only the Internet offers.
    let rest = if index % 4 == 3 { format!(", \"8.{index}.8.0/24\"") } else { String::new() };
    format!(
        r#"{{"id": "service-{index}", "name": "Service {index}", "destinations": [{}{rest}]}}"#,
        own.join(", ")
    )
}

fn flow(index: usize, site: &str) -> String {
    let rates =
        format!(r#""mbps_out": {}, "mbps_in": {}, "sessions": {}"#, 5 + index % 7, 10 + index % 11, 100 * index);
    if index % 10 == 9 {
        let from = format!("service-{}", index % 16);
        return format!(
            r#"{{"id": "flow-{index}", "name": "Flow {index}", "ends": {{"inbound": {{"published": "mail", "from": "{from}"}}}}, {rates}}}"#
        );
    }
    let mut ends = format!(r#""site": "{site}", "service": "service-{}""#, index % 16);
    if index.is_multiple_of(3) {
        let second = usize::from(site == "west");
        ends += &format!(r#", "sources": ["10.{second}.{}.0/24"]"#, 120 + index % 16);
    }
    format!(r#"{{"id": "flow-{index}", "name": "Flow {index}", "ends": {{"outbound": {{{ends}}}}}, {rates}}}"#)
}

fn exit(id: &str, site: &str, link: &str, learned: &[&str], advertised: &[&str]) -> String {
    let quoted = |lines: &[&str]| lines.iter().map(|line| format!("{line:?}")).collect::<Vec<_>>().join(", ");
    format!(
        r#"{{"id": "{id}", "name": "{id}", "site": "{site}", "link": {link},
            "path": [{{"device": "fw-{site}", "zone": "outside"}}],
            "learned": [{}], "advertised": [{}], "detection": {{"hold_time_seconds": 180}}}}"#,
        quoted(learned),
        quoted(advertised)
    )
}
