//! Random plans from a seed: the same seed gives the same plan natively and in wasm.
//!
//! Small, but made so that the rules meet: overlapping advertisements of different lengths on both ways, equal
//! learned prefixes, ties, pools that align with nothing, missing admitted lists and route filters, both families,
//! inbound and outbound, every assumption. Such a plan is sound as a document; its network is mostly not.

use std::collections::BTreeMap;
use twopath::plan::*;

/// A random plan.
pub fn random_plan(seed: u64) -> Plan {
    let mut make =
        Make { rng: Rng::from_seed(seed), plan: Plan { name: format!("Random plan {seed}"), ..Plan::default() } };
    make.sites();
    make.circuits();
    make.exits();
    make.costs();
    make.pools();
    make.services();
    make.devices();
    make.advertisements();
    make.learned();
    make.published();
    make.flows();
    make.rest();
    make.plan
}

/// SplitMix64 (Steele, Lea, Flood 2014): tiny, and the same everywhere.
pub struct Rng(u64);

impl Rng {
    pub fn from_seed(seed: u64) -> Self {
        let mut rng = Self(seed);
        // A neighbouring seed must not be a neighbouring plan.
        rng.next();
        rng
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `n - 1`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn within(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Some of them, in their order; never none.
    pub fn some<T: Clone>(&mut self, from: &[T], percent: usize) -> Vec<T> {
        let taken: Vec<T> = from.iter().filter(|_| self.chance(percent)).cloned().collect();
        if taken.is_empty() { vec![self.pick(from).clone()] } else { taken }
    }
}

/// Microsoft's: real prefixes, some within others, with their regions.
const MICROSOFT: &[(&str, u16)] = &[
    ("20.60.28.0/23", 51007),
    ("20.60.28.0/24", 52007),
    ("20.150.0.0/17", 51007),
    ("20.150.25.0/24", 52007),
    ("20.241.0.0/17", 51007),
    ("20.241.115.0/24", 53007),
    ("20.60.48.0/22", 51008),
    ("104.214.0.0/17", 51008),
    ("104.214.16.0/26", 53008),
    ("13.64.0.0/11", 51009),
    ("52.239.149.0/24", 51009),
    ("40.96.0.0/13", 5010),
    ("52.96.0.0/14", 5010),
    ("13.107.136.0/22", 5020),
    ("20.190.128.0/18", 5060),
    ("51.104.0.0/15", 51024),
    ("2603:1030:608::/47", 51007),
    ("2603:1030:609::/49", 52007),
    ("2603:1016::/36", 5010),
];

/// The rest of the Internet.
const ELSEWHERE: &[&str] =
    &["192.0.2.0/24", "192.0.2.128/25", "8.8.8.0/24", "2001:db8:ffff::/48", "151.101.0.0/16"];

/// Ours, as advertised: aggregates before their parts.
const OURS: &[&str] = &[
    "203.0.112.0/23",
    "203.0.113.0/24",
    "203.0.113.0/25",
    "203.0.113.64/26",
    "203.0.113.64/27",
    "203.0.113.80/28",
    "198.51.100.0/24",
    "198.51.100.16/28",
    "198.51.100.32/29",
    "2001:db8::/32",
    "2001:db8:1::/48",
    "2001:db8:1:f000::/52",
];

struct Make {
    rng: Rng,
    plan: Plan,
}

impl Make {
    fn sites(&mut self) {
        for index in 0..self.rng.within(1, 3) {
            let mut inside = vec![format!("10.{index}.0.0/16")];
            if self.rng.chance(60) {
                let v6 = if self.rng.chance(70) { "2001:db8" } else { "fd00:db8" };
                inside.push(format!("{v6}:{}::/48", index + 1));
            }
            if self.rng.chance(25) {
                inside.push(format!("203.0.113.{}/28 # public inside", 128 + 16 * index));
            }
            let (id, name) = (format!("site{index}").into(), format!("Site {index}"));
            self.plan.sites.push(Site { id, name, inside: inside.join("\n").into(), costs: BTreeMap::new() });
        }
    }

    fn circuits(&mut self) {
        let communities: Vec<Community> =
            MICROSOFT.iter().map(|(_, value)| Community::microsoft(*value)).collect();
        for index in 0..self.rng.within(0, 2) {
            let rng = &mut self.rng;
            let mut kinds = vec![PeeringKind::Microsoft];
            if rng.chance(30) {
                kinds = rng.some(&[PeeringKind::Microsoft, PeeringKind::LegacyPublic, PeeringKind::Private], 40);
            }
            let peerings = kinds
                .into_iter()
                .map(|kind| Peering {
                    kind,
                    return_model: if rng.chance(if kind == PeeringKind::LegacyPublic { 70 } else { 15 }) {
                        ReturnModel::Sticky
                    } else {
                        ReturnModel::LongestPrefix
                    },
                    customer_asn: rng.chance(70).then_some(1_000_000_001),
                    admitted: if rng.chance(80) { lines(&rng.some(OURS, 70)) } else { "".into() },
                    route_filter: rng.chance(85).then(|| {
                        let mut filter = rng.some(&communities, 70);
                        filter.sort_unstable();
                        filter.dedup();
                        filter
                    }),
                    ..Peering::default()
                })
                .collect();
            self.plan.circuits.push(Circuit {
                id: format!("circuit{index}").into(),
                name: format!("Circuit {index}"),
                sku: *rng.pick(&[Sku::Local, Sku::Standard, Sku::Standard, Sku::Premium, Sku::Premium]),
                location: rng.pick(&["Chicago", "Dallas", "London"]).to_string(),
                local_regions: rng.some(&[7, 8, 9, 24], 40),
                bandwidth: rng.chance(80).then(|| Mbps::whole(*rng.pick(&[50, 200, 1000]))),
                microsoft_365_authorised: rng.chance(50),
                peerings,
            });
        }
    }

    fn exits(&mut self) {
        let mut links = Vec::new();
        for index in 0..self.rng.within(1, 2) {
            let bandwidth = self.rng.chance(80).then(|| Mbps::whole(100 + 400 * index as u32));
            let provider_asn = self.rng.chance(50).then_some(3356);
            links.push((format!("isp{index}"), Link::Internet(InternetLink { provider_asn, bandwidth })));
        }
        for circuit in &self.plan.circuits {
            for peering in &circuit.peerings {
                for side in self.rng.some(&[Side::Primary, Side::Secondary], 60) {
                    let (circuit, peering) = (circuit.id.clone(), peering.kind);
                    let id = format!("er{}", links.len());
                    links.push((id, Link::ExpressRoute(ExpressRouteLink { circuit, peering, side })));
                }
            }
        }
        for (id, link) in links {
            let site = self.rng.pick(&self.plan.sites).id.clone();
            self.plan.exits.push(Exit {
                name: format!("Exit {id}"),
                id: id.into(),
                site,
                link,
                path: Vec::new(),
                learned: "".into(),
                learned_from: Vec::new(),
                local_preference: self.rng.chance(25).then(|| *self.rng.pick(&[90, 100, 150, 200])),
                policy_in: Vec::new(),
                policy_out: Vec::new(),
                advertised: "".into(),
                detection: Detection {
                    hold_time_seconds: *self.rng.pick(&[180, 180, 30]),
                    bfd: self.rng.chance(30).then(Bfd::default),
                },
            });
        }
    }

    /// Few different costs, so that there are ties.
    fn costs(&mut self) {
        for site in &mut self.plan.sites {
            for exit in &self.plan.exits {
                if exit.site != site.id && self.rng.chance(80) {
                    site.costs.insert(exit.id.clone(), 10 * self.rng.within(1, 2) as u32);
                }
            }
        }
    }

    fn pools(&mut self) {
        for index in 0..self.rng.within(1, 4) {
            let rng = &mut self.rng;
            let first = rng.within(1, 200);
            let network = rng.pick(&["203.0.113", "203.0.113", "198.51.100", "203.0.112"]);
            let mut addresses = match rng.below(4) {
                0 => vec![format!("{network}.{}/28", first / 16 * 16)],
                1 => vec![format!("{network}.{first}")],
                _ => vec![format!("{network}.{first}-{network}.{}", first + rng.within(1, 50))],
            };
            if rng.chance(25) {
                addresses.push("198.51.100.30-198.51.100.40".into());
            }
            if rng.chance(30) {
                addresses.push(format!("2001:db8:1:{}::/64", if rng.chance(50) { "f00" } else { "aaaa" }));
            }
            let (id, name) = (format!("pool{index}").into(), format!("Pool {index}"));
            let reserved_ports = rng.chance(20).then_some(1024);
            self.plan.pools.push(Pool { id, name, addresses: addresses.join("\n").into(), reserved_ports });
        }
    }

    fn services(&mut self) {
        for index in 0..self.rng.within(3, 6) {
            let rng = &mut self.rng;
            let mut destinations: Vec<String> = Vec::new();
            let (microsoft, elsewhere) = (rng.chance(75), rng.chance(35));
            if microsoft || !elsewhere {
                destinations.extend(rng.some(MICROSOFT, 15).iter().map(|(prefix, _)| (*prefix).to_owned()));
            }
            if elsewhere {
                destinations.extend(rng.some(ELSEWHERE, 40).iter().map(|prefix| (*prefix).to_owned()));
            }
            if rng.chance(20) {
                destinations.push("20.60.27.128-20.60.29.3".into());
            }
            self.plan.services.push(Service {
                id: format!("service{index}").into(),
                name: format!("Service {index}"),
                destinations: destinations.join("\n").into(),
                microsoft: microsoft && !elsewhere && rng.chance(50),
                express_route: rng.chance(20).then(|| rng.chance(50)),
                ..Service::default()
            });
        }
    }

    /// One firewall for all, one for each exit, or a mixture; sometimes a router before it that translates too.
    fn devices(&mut self) {
        let style = self.rng.below(3);
        let count = match style {
            0 => 1,
            1 => self.plan.exits.len(),
            _ => 2,
        };
        let names = |index: usize| Id::from(format!("fw{index}"));
        let inner = self.rng.chance(20);
        for index in 0..self.plan.exits.len() {
            let outer = match style {
                0 => 0,
                1 => index,
                _ => self.rng.below(2),
            };
            let mut path = Vec::new();
            if inner && self.rng.chance(80) {
                path.push(Crossing { device: "router".into(), zone: self.zone() });
            }
            if self.rng.chance(95) {
                path.push(Crossing { device: names(outer), zone: self.zone() });
            }
            self.plan.exits[index].path = path;
        }
        for index in 0..count {
            let stateful = self.rng.chance(75);
            let rules = self.rules(4);
            self.plan.devices.push(Device {
                id: names(index),
                name: format!("Firewall {index}"),
                stateful,
                rules,
            });
        }
        if inner {
            let rules = self.rules(1);
            self.plan.devices.push(Device { id: "router".into(), name: "Router".into(), stateful: false, rules });
        }
    }

    fn zone(&mut self) -> String {
        self.rng.pick(&["outside", "outside", "outside", "microsoft", ""]).to_string()
    }

    fn rules(&mut self, most: usize) -> Vec<TranslationRule> {
        let ids: Vec<Id> = self.plan.exits.iter().map(|exit| exit.id.clone()).collect();
        let services: Vec<Id> = self.plan.services.iter().map(|service| service.id.clone()).collect();
        let mut rules = Vec::new();
        for _ in 0..self.rng.within(0, most) {
            let rng = &mut self.rng;
            rules.push(TranslationRule {
                sources: if rng.chance(30) { "10.0.0.0/17, 2001:db8:1::/49".into() } else { "".into() },
                destinations: if rng.chance(20) { "20.60.28.0/23\n13.64.0.0/12".into() } else { "".into() },
                services: if rng.chance(25) { rng.some(&services, 30) } else { Vec::new() },
                exits: if rng.chance(60) { rng.some(&ids, 30) } else { Vec::new() },
                pool: rng.chance(90).then(|| rng.pick(&self.plan.pools).id.clone()),
                ..TranslationRule::default()
            });
        }
        if self.rng.chance(80) {
            let pool = Some(self.rng.pick(&self.plan.pools).id.clone());
            rules.push(TranslationRule { name: "All the rest".into(), pool, ..TranslationRule::default() });
        }
        rules
    }

    fn advertisements(&mut self) {
        for index in 0..self.plan.exits.len() {
            let rng = &mut self.rng;
            let express_route = matches!(self.plan.exits[index].link, Link::ExpressRoute(_));
            let mut advertised: Vec<String> = rng
                .some(OURS, if express_route { 30 } else { 45 })
                .into_iter()
                .map(|prefix| match rng.below(10) {
                    0 => format!("{prefix} prepend={}", rng.within(1, 3)),
                    1 => format!("{prefix} aspath=1000000001 65001"),
                    2 if express_route => format!("{prefix} aspath=1000000001 64500"),
                    _ => prefix.to_owned(),
                })
                .collect();
            if rng.chance(10) {
                advertised.push(rng.pick(&["0.0.0.0/0", "10.0.0.0/16", "::/0"]).to_string());
            }
            let mut policy_out = Vec::new();
            if rng.chance(20) {
                let settings = Settings { prepend: Some(rng.within(1, 4) as u32), ..Settings::default() };
                let action = if rng.chance(40) { Action::Deny } else { Action::Accept(settings) };
                let prefixes = *rng.pick(OURS);
                policy_out.push(Policy { prefixes: prefixes.into(), action, ..Policy::default() });
            }
            let exit = &mut self.plan.exits[index];
            exit.advertised = advertised.join("\n").into();
            exit.policy_out = policy_out;
        }
    }

    fn learned(&mut self) {
        if self.rng.chance(40) {
            let text = self.offered(60);
            self.plan.sources.push(Source {
                id: "routes".into(),
                name: "Routes".into(),
                format: self.rng.chance(50).then(|| "plain".into()),
                stage: *self.rng.pick(&[None, None, Some(Stage::Received)]),
                text,
            });
        }
        for index in 0..self.plan.exits.len() {
            let express_route = matches!(self.plan.exits[index].link, Link::ExpressRoute(_));
            let mut learned_from = Vec::new();
            let learned = if express_route {
                if !self.plan.sources.is_empty() && self.rng.chance(60) {
                    learned_from.push(Reference { source: "routes".into(), sets: Vec::new() });
                }
                let share = if learned_from.is_empty() { 60 } else { 10 };
                self.offered(share)
            } else {
                let mut routes = self.rng.some(&["0.0.0.0/0", "::/0"], 85).join("\n");
                if self.rng.chance(40) {
                    routes += "\n";
                    routes += self.offered(25).as_str();
                }
                routes.into()
            };
            let policy_in = self.policies();
            let exit = &mut self.plan.exits[index];
            (exit.learned, exit.learned_from, exit.policy_in) = (learned, learned_from, policy_in);
        }
    }

    /// Some of Microsoft's prefixes, with attributes here and there.
    fn offered(&mut self, percent: usize) -> Text {
        let rng = &mut self.rng;
        let routes: Vec<String> = rng
            .some(MICROSOFT, percent)
            .into_iter()
            .map(|(prefix, community)| {
                let mut route = prefix.to_owned();
                if rng.chance(90) {
                    route += &format!(" community=12076:{community}");
                }
                match rng.below(16) {
                    0 => route += &format!(" localpref={}", rng.pick(&[90, 120, 150])),
                    1 => {
                        route +=
                            &format!(" aspath={}", rng.pick(&["12076", "3356 8075", "(65001 65002) 12076 {1,2}"]))
                    }
                    2 => route += &format!(" aspath=12076 med={}", rng.within(0, 20)),
                    3 => route += &format!(" origin={}", rng.pick(&["igp", "egp", "incomplete"])),
                    4 => route += &format!(" weight={}", rng.within(0, 2)),
                    5 => route += &format!(" protocol=static distance={}", rng.pick(&[1, 20, 250])),
                    _ => {}
                }
                route
            })
            .collect();
        routes.join("\n").into()
    }

    fn policies(&mut self) -> Vec<Policy> {
        let sites: Vec<Id> = self.plan.sites.iter().map(|site| site.id.clone()).collect();
        let rng = &mut self.rng;
        let mut policies = Vec::new();
        for _ in 0..[0, 0, 1, 2][rng.below(4)] {
            policies.push(Policy {
                prefixes: match rng.below(4) {
                    0 => "20.0.0.0/8 ge=24 le=32".into(),
                    1 => rng.pick(MICROSOFT).0.into(),
                    _ => "".into(),
                },
                communities: if rng.chance(60) {
                    vec![Community::microsoft(rng.pick(MICROSOFT).1)]
                } else {
                    Vec::new()
                },
                sites: if rng.chance(20) { rng.some(&sites, 50) } else { Vec::new() },
                action: if rng.chance(20) {
                    Action::Deny
                } else {
                    Action::Accept(Settings {
                        local_preference: rng.chance(70).then(|| *rng.pick(&[50, 150, 200])),
                        weight: rng.chance(15).then_some(100),
                        prepend: rng.chance(20).then_some(2),
                    })
                },
            });
        }
        policies
    }

    fn published(&mut self) {
        let pools: Vec<Id> = self.plan.pools.iter().map(|pool| pool.id.clone()).collect();
        for index in 0..self.rng.within(0, 2) {
            let rng = &mut self.rng;
            let mut entries = Vec::new();
            for exit in self.plan.exits.iter().filter(|exit| !exit.path.is_empty()) {
                if rng.chance(60) {
                    entries.push(Entry {
                        exit: exit.id.clone(),
                        device: rng.pick(&exit.path).device.clone(),
                        source_pool: rng.chance(35).then(|| rng.pick(&pools).clone()),
                    });
                }
            }
            let site = rng.below(self.plan.sites.len());
            self.plan.published.push(PublishedService {
                id: format!("published{index}").into(),
                name: format!("Published {index}"),
                site: self.plan.sites[site].id.clone(),
                published: rng
                    .pick(&["203.0.113.70", "198.51.100.20", "203.0.113.200-203.0.113.201"])
                    .to_string()
                    .into(),
                inside: format!("10.{site}.5.25").into(),
                entries,
                role: *rng.pick(&[None, Some(Role::Smtp), Some(Role::Adfs)]),
                ports: "tcp 25".into(),
            });
        }
    }

    fn flows(&mut self) {
        let services: Vec<Id> = self.plan.services.iter().map(|service| service.id.clone()).collect();
        for index in 0..self.rng.within(4, 10) {
            let rng = &mut self.rng;
            let service = rng.chance(90).then(|| rng.pick(&services).clone());
            let ends = if !self.plan.published.is_empty() && rng.chance(30) {
                Ends::Inbound(Inbound { published: rng.pick(&self.plan.published).id.clone(), from: service })
            } else {
                let site = rng.below(self.plan.sites.len());
                let sources = if rng.chance(30) { format!("10.{site}.9.0-10.{site}.9.77") } else { String::new() };
                Ends::Outbound(Outbound {
                    site: self.plan.sites[site].id.clone(),
                    sources: sources.into(),
                    service,
                })
            };
            self.plan.flows.push(Flow {
                id: format!("flow{index}").into(),
                name: format!("Flow {index}"),
                ends,
                ports: String::new(),
                mbps_out: rng.chance(60).then(|| Mbps { kbps: rng.within(0, 90_000) as u32 }),
                mbps_in: rng.chance(60).then(|| Mbps::whole(rng.within(0, 90) as u32)),
                sessions: rng.chance(40).then(|| rng.next() % 70_000),
            });
        }
    }

    fn rest(&mut self) {
        let internet: Vec<Id> = self
            .plan
            .exits
            .iter()
            .filter(|exit| matches!(exit.link, Link::Internet(_)))
            .map(|exit| exit.id.clone())
            .collect();
        let rng = &mut self.rng;
        if rng.chance(25) {
            let prefixes = *rng.pick(&["203.0.112.0/22", "198.51.100.0/24", "2001:db8::/32"]);
            let (id, name) = ("block".into(), "Provider's block".into());
            let exits = rng.some(&internet, 60);
            self.plan.provider_covered.push(ProviderCovered { id, name, prefixes: prefixes.into(), exits });
        }
        if rng.chance(15) {
            let text = "20.0.0.0/8\n40.96.0.0/13\n2603:1000::/24".into();
            self.plan.sources.push(Source { id: "space".into(), text, ..Source::default() });
            self.plan.microsoft_space = Some(Reference { source: "space".into(), sets: Vec::new() });
        }
        self.plan.multipath = rng.chance(40);
        if rng.chance(15) {
            self.plan.distances = Distances { ebgp: 200, ..Distances::default() };
        }
        self.plan.assumptions = Assumptions {
            more_specific_internet: rng.setting(MoreSpecificInternet::ExpressRoute),
            out_of_area: rng.setting(OutOfArea::Limited),
            prepends_across: rng.setting(PrependsAcross::Counted),
            equal_express_route: rng.setting(EqualExpressRoute::SameAsOut),
            long_prefixes: rng.setting(LongPrefixes::Spread),
            unsaid_zones: rng.setting(UnsaidZones::Passed),
        };
    }
}

impl Rng {
    fn setting<T: Default>(&mut self, other: T) -> Setting<T> {
        match self.below(10) {
            0..5 => Setting::default(),
            5..8 => Setting::Value(other),
            _ => Setting::Unknown,
        }
    }
}

fn lines(prefixes: &[&str]) -> Text {
    prefixes.join("\n").into()
}
