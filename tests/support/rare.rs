//! What random plans seldom or never have: a few rarities stirred into one, from a seed.

use super::random_plan::{Rng, random_plan};
use twopath::plan::*;

/// A random plan with rarities.
pub fn rare_plan(seed: u64) -> Plan {
    let mut plan = random_plan(seed);
    let mut rng = Rng::from_seed(seed ^ 0x7a7e);
    for _ in 0..rng.within(1, 6) {
        let stir = *rng.pick(RARITIES);
        stir(&mut rng, &mut plan);
    }
    plan.name += ", with rarities";
    plan
}

const RARITIES: &[fn(&mut Rng, &mut Plan)] = &[
    customer_asns,
    several_communities,
    a_default_over_expressroute,
    too_many_advertisements,
    ipv6_everywhere,
    odd_advertisements,
    long_provider_blocks,
    a_block_without_exits,
    admitted_by_halves,
    policies_with_bounds,
    static_routes,
    a_cost_at_home,
    regions_unknown,
    unknown_assumptions,
    a_chain_of_devices,
    shared_published_addresses,
    pools_of_private_space,
    pools_without_addresses,
    more_flows,
    outgoing_policies,
    a_peering_that_is_not_there,
];

fn an_exit(rng: &mut Rng, plan: &Plan) -> usize {
    rng.below(plan.exits.len())
}

fn add(text: &mut Text, line: &str) {
    *text = format!("{}\n{line}", text.as_str()).into();
}

fn peerings(plan: &mut Plan) -> impl Iterator<Item = &mut Peering> {
    plan.circuits.iter_mut().flat_map(|circuit| &mut circuit.peerings)
}

fn customer_asns(rng: &mut Rng, plan: &mut Plan) {
    for peering in peerings(plan) {
        peering.customer_asn =
            *rng.pick(&[None, Some(65_001), Some(64_500), Some(3_000_000), Some(4_200_000_001)]);
    }
}

fn several_communities(rng: &mut Rng, plan: &mut Plan) {
    let all = ["12076:51007", "12076:52007", "12076:51024", "12076:5010", "12076:5060", "12076:51999", "65000:7"];
    for _ in 0..3 {
        let exit = an_exit(rng, plan);
        let marks = rng.some(&all, 35).join(",");
        let prefix = *rng.pick(&["20.60.28.0/23", "20.60.28.0/24", "52.96.0.0/14", "2603:1016::/36"]);
        add(&mut plan.exits[exit].learned, &format!("{prefix} community={marks}"));
    }
    let filter: Vec<Community> = rng.some(&all[..6], 50).iter().filter_map(|mark| mark.parse().ok()).collect();
    if let Some(peering) = peerings(plan).next() {
        peering.route_filter = Some(filter);
    }
}

fn a_default_over_expressroute(rng: &mut Rng, plan: &mut Plan) {
    let exit = an_exit(rng, plan);
    let line = *rng.pick(&["0.0.0.0/0", "::/0", "0.0.0.0/1 community=12076:51007"]);
    add(&mut plan.exits[exit].learned, line);
    if rng.chance(50) {
        let text = "0.0.0.0/0\n20.60.0.0/16\n::/0".into();
        let stage = *rng.pick(&[None, Some(Stage::Received), Some(Stage::Offered)]);
        plan.sources.push(Source { id: "print".into(), stage, text, ..Source::default() });
        plan.exits[exit].learned_from.push(Reference { source: "print".into(), sets: Vec::new() });
    }
}

fn too_many_advertisements(rng: &mut Rng, plan: &mut Plan) {
    let exit = an_exit(rng, plan);
    for host in 0..rng.within(190, 210) {
        let line = if rng.chance(90) { format!("203.0.113.{host}") } else { format!("2001:db8::{host:x}") };
        add(&mut plan.exits[exit].advertised, &line);
    }
}

fn ipv6_everywhere(_: &mut Rng, plan: &mut Plan) {
    for site in &mut plan.sites {
        add(&mut site.inside, "2001:db8:77::/56");
    }
    for exit in &mut plan.exits {
        add(&mut exit.learned, "2603:1016::/37");
        add(&mut exit.learned, "2001:db8:ffff::/48");
        add(&mut exit.advertised, "2001:db8::/40");
    }
    for service in &mut plan.services {
        add(&mut service.destinations, "2603:1016::/35");
    }
    for peering in peerings(plan) {
        add(&mut peering.admitted, "2001:db8::/33");
    }
}

fn odd_advertisements(rng: &mut Rng, plan: &mut Plan) {
    for _ in 0..3 {
        let exit = an_exit(rng, plan);
        let line = *rng.pick(&[
            "0.0.0.0/0",
            "192.168.0.0/16",
            "192.0.0.0/8",
            "fd00::/8",
            "203.0.113.0/24 aspath=65001 65002",
            "203.0.113.0/24 aspath={64500,3000000}",
            "203.0.113.0/24 aspath=(65001) 3000000",
            "203.0.112.0/23 aspath=65540",
            "203.0.113.0/24 prepend=2 community=65000:7",
            "203.0.113.0/24",
            "203.0.113.0/24",
        ]);
        add(&mut plan.exits[exit].advertised, line);
    }
}

fn long_provider_blocks(rng: &mut Rng, plan: &mut Plan) {
    let internet = internet_exits(plan);
    let exits = rng.some(&internet, 50);
    let line = *rng.pick(&["203.0.113.64/26", "203.0.113.0/24\n198.51.100.16/30", "2001:db8:1::/56"]);
    plan.provider_covered.push(ProviderCovered {
        id: format!("long{}", plan.provider_covered.len()).into(),
        prefixes: line.into(),
        exits,
        ..ProviderCovered::default()
    });
}

fn a_block_without_exits(_: &mut Rng, plan: &mut Plan) {
    plan.provider_covered.push(ProviderCovered {
        id: format!("hole{}", plan.provider_covered.len()).into(),
        prefixes: "203.0.113.0/24".into(),
        ..ProviderCovered::default()
    });
}

fn internet_exits(plan: &Plan) -> Vec<Id> {
    let internet = plan.exits.iter().filter(|exit| matches!(exit.link, Link::Internet(_)));
    internet.map(|exit| exit.id.clone()).collect()
}

fn admitted_by_halves(_: &mut Rng, plan: &mut Plan) {
    for peering in peerings(plan) {
        peering.admitted = "203.0.112.0/24\n203.0.113.0/25\n203.0.113.128-203.0.113.250".into();
    }
}

fn policies_with_bounds(rng: &mut Rng, plan: &mut Plan) {
    let exit = an_exit(rng, plan);
    let prefixes = *rng.pick(&[
        "20.0.0.0/8 ge=24",
        "20.0.0.0/8 le=23",
        "0.0.0.0/0 le=0",
        "20.60.28.0/23 ge=24 le=24, 52.0.0.0/8",
        "::/0",
    ]);
    let action = if rng.chance(50) {
        Action::Deny
    } else {
        Action::Accept(Settings { local_preference: Some(300), ..Settings::default() })
    };
    plan.exits[exit].policy_in.insert(0, Policy { prefixes: prefixes.into(), action, ..Policy::default() });
}

fn outgoing_policies(rng: &mut Rng, plan: &mut Plan) {
    let exit = an_exit(rng, plan);
    let action = if rng.chance(50) {
        Action::Deny
    } else {
        Action::Accept(Settings { prepend: Some(2), ..Settings::default() })
    };
    let communities = if rng.chance(40) { vec![Community { asn: 65000, value: 7 }] } else { Vec::new() };
    let prefixes = *rng.pick(&["", "203.0.112.0/23 ge=24 le=25", "203.0.113.0/24"]);
    let policy = Policy { prefixes: prefixes.into(), communities, action, ..Policy::default() };
    plan.exits[exit].policy_out.insert(0, policy);
}

fn static_routes(rng: &mut Rng, plan: &mut Plan) {
    for _ in 0..3 {
        let exit = an_exit(rng, plan);
        let line = *rng.pick(&[
            "0.0.0.0/0 protocol=static",
            "0.0.0.0/0 protocol=static distance=20",
            "20.60.28.0/23 protocol=igp",
            "20.60.28.0/23 protocol=igp distance=200",
            "20.60.28.0/23 distance=110",
            "8.8.8.0/24 protocol=static distance=255",
        ]);
        add(&mut plan.exits[exit].learned, line);
    }
}

fn a_cost_at_home(rng: &mut Rng, plan: &mut Plan) {
    for exit in &plan.exits {
        if let Some(site) = plan.sites.iter_mut().find(|site| site.id == exit.site) {
            site.costs.insert(exit.id.clone(), rng.within(0, 20) as u32);
        }
    }
}

fn regions_unknown(rng: &mut Rng, plan: &mut Plan) {
    for circuit in &mut plan.circuits {
        circuit.local_regions = rng.pick(&[vec![], vec![7, 999], vec![999], vec![14]]).clone();
    }
}

/// A fault of the document, which is named; until it is mended, nothing is received or admitted there.
fn a_peering_that_is_not_there(rng: &mut Rng, plan: &mut Plan) {
    let circuit = rng.below(plan.circuits.len());
    if let Some(circuit) = plan.circuits.get_mut(circuit) {
        circuit.peerings.pop();
    }
}

fn unknown_assumptions(rng: &mut Rng, plan: &mut Plan) {
    fn forget<T>(rng: &mut Rng, setting: &mut Setting<T>) {
        if rng.chance(50) {
            *setting = Setting::Unknown;
        }
    }
    let assumptions = &mut plan.assumptions;
    forget(rng, &mut assumptions.more_specific_internet);
    forget(rng, &mut assumptions.out_of_area);
    forget(rng, &mut assumptions.prepends_across);
    forget(rng, &mut assumptions.equal_express_route);
    forget(rng, &mut assumptions.long_prefixes);
    forget(rng, &mut assumptions.unsaid_zones);
}

/// Another device on some paths, inside or outside of the others, that translates in its turn.
fn a_chain_of_devices(rng: &mut Rng, plan: &mut Plan) {
    let id: Id = format!("chain{}", plan.devices.len()).into();
    let mut rules = Vec::new();
    if rng.chance(70) {
        rules.push(TranslationRule {
            sources: rng.pick(&["", "203.0.113.0/25", "10.0.0.0/9"]).to_string().into(),
            pool: Some(rng.pick(&plan.pools).id.clone()),
            ..TranslationRule::default()
        });
    }
    plan.devices.push(Device { id: id.clone(), stateful: rng.chance(50), rules, ..Device::default() });
    for exit in &mut plan.exits {
        if rng.chance(70) {
            let at = rng.below(exit.path.len() + 1);
            let zone = rng.pick(&["", "outside"]).to_string();
            exit.path.insert(at, Crossing { device: id.clone(), zone });
        }
    }
}

fn shared_published_addresses(rng: &mut Rng, plan: &mut Plan) {
    for published in &mut plan.published {
        if rng.chance(60) {
            published.inside = published.published.clone();
        }
        if rng.chance(50) {
            add(&mut published.published, "2001:db8:1::25");
        }
    }
}

fn pools_of_private_space(rng: &mut Rng, plan: &mut Plan) {
    let pool = rng.below(plan.pools.len());
    let line = *rng.pick(&["10.99.0.0/30", "fd00::/64", "192.167.255.254-192.168.0.1"]);
    add(&mut plan.pools[pool].addresses, line);
}

fn pools_without_addresses(rng: &mut Rng, plan: &mut Plan) {
    let pool = rng.below(plan.pools.len());
    plan.pools[pool].addresses = rng.pick(&["", "2001:db8:1:f00::9"]).to_string().into();
}

fn more_flows(_: &mut Rng, plan: &mut Plan) {
    for site in plan.sites.clone() {
        let id = format!("everywhere-{}", site.id).into();
        let ends = Ends::Outbound(Outbound { site: site.id, ..Outbound::default() });
        plan.flows.push(Flow { id, ends, ..Flow::default() });
    }
    for published in plan.published.clone() {
        let id = format!("from-everywhere-{}", published.id).into();
        let ends = Ends::Inbound(Inbound { published: published.id, from: None });
        plan.flows.push(Flow { id, ends, ..Flow::default() });
    }
}
