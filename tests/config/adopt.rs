//! Configuration becomes parts of a plan, once.

use twopath::desk::adopt::{Change, MissReason, Target, adopt};
use twopath::intake::config::{What, read, what};
use twopath::plan::{PartKind, Plan, load, validate};

/// Two exits behind one firewall, by the zones that the samples have.
fn plan(zones: (&str, &str)) -> Plan {
    let json = format!(
        r#"{{
          "schema_version": 1,
          "sites": [{{"id": "hq", "inside": ["10.0.0.0/8"]}}],
          "circuits": [{{"id": "chi", "peerings": [{{"kind": "microsoft"}}]}}],
          "exits": [
            {{"id": "isp", "site": "hq", "link": {{"internet": {{}}}}, "path": [{{"device": "fw", "zone": "{}"}}]}},
            {{"id": "er", "site": "hq", "link": {{"express_route": {{"circuit": "chi"}}}},
              "path": [{{"device": "fw", "zone": "{}"}}]}}
          ],
          "devices": [{{"id": "fw", "stateful": true}}]
        }}"#,
        zones.0, zones.1
    );
    let loaded = load(&json).unwrap();
    assert_eq!(loaded.faults, []);
    loaded.plan
}

/// The zones of the Internet and of ExpressRoute in each sample.
fn zones(name: &str) -> (&'static str, &'static str) {
    match name {
        name if name.starts_with("ios") => ("GigabitEthernet0/1", "GigabitEthernet0/2"),
        name if name.starts_with("asa") => ("outside", "er"),
        "junos-set" => ("ge-0/0/0.0", "er"),
        name if name.starts_with("fortigate") => ("wan1", "er"),
        "iptables" | "nftables" => ("isp0", "er0"),
        "panos-nat-policy" => ("ethernet1/1", "er"),
        _ => ("untrust", "er"),
    }
}

#[test]
fn taken_twice_it_changes_nothing_the_second_time() {
    let mut rules = 0;
    for (path, text) in super::inputs("config") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let What::Config(format) = what(&text) else { panic!("{path:?}") };
        let setup = read(&text, format);
        let mut plan = plan(zones(name));
        let target = Target { device: Some("fw".into()), ..Target::default() };
        let first = adopt(&mut plan, &setup, &target).unwrap();
        assert!(!first.changes.is_empty() || setup.rules.is_empty(), "{path:?}");
        assert_eq!(validate(&plan), [], "{path:?}");
        assert_eq!(plan.devices.len(), 1);
        rules += plan.devices[0].rules.len();
        let once = plan.clone();
        let second = adopt(&mut plan, &setup, &target).unwrap();
        assert_eq!((&second.changes, &plan), (&vec![], &once), "{path:?}");
        assert_eq!(second.misses, first.misses);
        // Every rule is either there or named.
        let placed = plan.devices[0].rules.len();
        let missed =
            setup.rules.iter().filter(|rule| first.misses.iter().any(|miss| miss.span == rule.span)).count();
        assert!(setup.rules.is_empty() || placed + missed >= setup.rules.len(), "{path:?}");
    }
    assert!(rules > 20, "{rules}");
}

#[test]
fn what_was_filled_in_by_hand_stays() {
    let text = "*nat\n-A POSTROUTING -o isp0 -j MASQUERADE\nCOMMIT\n";
    let setup = read(text, "iptables".parse().unwrap());
    let mut plan = plan(("isp0", "er0"));
    let target = Target { device: Some("fw".into()), ..Target::default() };
    adopt(&mut plan, &setup, &target).unwrap();
    assert_eq!(plan.pools.len(), 1);
    assert!(plan.pools[0].addresses.is_empty(), "the address isn't in the text");
    plan.pools[0].addresses = "198.51.100.2".into();
    plan.devices[0].name = "Edge".into();
    let before = plan.clone();
    assert_eq!(adopt(&mut plan, &setup, &target).unwrap().changes, []);
    assert_eq!(plan, before);
}

#[test]
fn zones_that_lead_nowhere_are_named_and_can_be_given() {
    let text = "set rulebase nat rules a to wan\nset rulebase nat rules a source-translation dynamic-ip-and-port \
                translated-address 203.0.113.9\n";
    let setup = read(text, "panos-config".parse().unwrap());
    let mut plan = plan(("outside", "er"));
    plan.exits[0].path.clear();
    let mut target = Target { device: Some("fw".into()), ..Target::default() };
    let adopted = adopt(&mut plan, &setup, &target).unwrap();
    assert_eq!(adopted.misses.len(), 1);
    assert!(plan.devices[0].rules.is_empty());
    target.zones.push(("wan".into(), "isp".into()));
    let adopted = adopt(&mut plan, &setup, &target).unwrap();
    assert_eq!(adopted.misses, []);
    assert!(adopted.changes.contains(&Change::Changed { kind: PartKind::Exit, id: "isp".into() }));
    assert_eq!(plan.exits[0].path[0].zone, "wan");
    assert_eq!(plan.devices[0].rules[0].exits, ["isp".into()]);
    target.zones.push(("dmz".into(), "nowhere".into()));
    assert!(adopt(&mut plan, &setup, &target).is_err());
}

/// Advertisements and policies go to the exits whose peerings have the neighbours; the peering itself comes first.
#[test]
fn routing_goes_to_the_neighbours_exits() {
    let mut plan = plan(("outside", "er"));
    let target = Target { circuit: Some("chi".into()), ..Target::default() };
    let peering = include_str!("../golden/config/azure-peering.json");
    let setup = read(peering, "azure-peering".parse().unwrap());
    let adopted = adopt(&mut plan, &setup, &target).unwrap();
    assert_eq!(adopted.misses.len(), 1, "the filter's communities are elsewhere: {adopted:?}");
    let microsoft = &plan.circuits[0].peerings[0];
    assert_eq!(microsoft.customer_asn, Some(65010));
    assert_eq!(microsoft.admitted.as_str(), "203.0.113.0/24\n198.51.100.0/25\n2001:db8:100::/48");
    assert_eq!(microsoft.primary_subnets.as_str(), "192.0.2.0/30\n2001:db8:ffff::/126");
    // The filter's rules are another object; taken later, they go to the circuit that they name.
    plan.circuits[0].name = "chi".into();
    let filter = include_str!("../golden/config/azure-route-filter.json");
    let filter = read(filter, "azure-peering".parse().unwrap());
    let adopted = adopt(&mut plan, &filter, &Target::default()).unwrap();
    assert_eq!(adopted.changes, [Change::Changed { kind: PartKind::Circuit, id: "chi".into() }]);
    let communities = plan.circuits[0].peerings[0].route_filter.clone().unwrap();
    assert_eq!(
        communities.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["12076:5010", "12076:51007", "12076:52007"]
    );
    // With both in one text the peering finds its filter; the other filter names no circuit, and isn't anyone's.
    let both = format!("{peering}\n{}", include_str!("../golden/config/azure-route-filter.json"));
    let both = read(&both, "azure-peering".parse().unwrap());
    let misses = adopt(&mut plan, &both, &target).unwrap().misses;
    assert_eq!(misses.iter().map(|miss| miss.why.clone()).collect::<Vec<_>>(), [MissReason::NoCircuit]);
    assert_eq!(plan.circuits[0].peerings[0].route_filter.as_deref(), Some(&communities[..]));
    let ios = include_str!("../golden/config/ios-bgp.txt");
    let setup = read(ios, "ios-config".parse().unwrap());
    let adopted = adopt(&mut plan, &setup, &target).unwrap();
    let er = &plan.exits[1];
    assert_eq!(er.advertised.as_str(), "10.0.0.0/16\n198.18.0.0/24\n203.0.112.0/23", "{adopted:?}");
    assert_eq!(er.policy_in.len(), 2);
    assert_eq!(er.policy_in[0].prefixes.as_str(), "20.0.0.0/8 ge=16 le=24");
    assert_eq!(er.policy_in[0].communities.len(), 2);
    assert_eq!(validate(&plan), []);
    let before = plan.clone();
    assert_eq!(adopt(&mut plan, &setup, &target).unwrap().changes, []);
    assert_eq!(plan, before);
}

/// As PowerShell and cut prints have them: rules that say of which filter they are only by where they stand.
#[test]
fn rules_without_an_identifier_are_of_the_filter_around_them() {
    let filter = r#"[{"Name": "rf", "Id": "/subscriptions/0/providers/Microsoft.Network/routeFilters/rf",
        "Rules": [{"Name": "regions", "Access": "Allow", "RouteFilterRuleType": "Community",
            "Communities": ["12076:51007", "12076:51008"]},
            {"Name": "none", "Access": "Deny", "RouteFilterRuleType": "Community", "Communities": ["12076:51009"]}]}]"#;
    let setup = read(filter, "azure-peering".parse().unwrap());
    let filters: Vec<_> =
        setup.route_filters.iter().map(|filter| (&*filter.name, filter.communities.len())).collect();
    assert_eq!(filters, [("rf", 2)]);
    assert_eq!(setup.left_out.len(), 1, "the rule that denies is named");
    let alone = r#"{"Name": "regions", "Access": "Allow", "RouteFilterRuleType": "Community", "Communities": ["12076:51007"]}"#;
    let setup = read(alone, "azure-peering".parse().unwrap());
    assert_eq!((&*setup.route_filters[0].name, setup.route_filters[0].communities.len()), ("regions", 1));
}
