//! What is wrong with a plan as a document: references that lead nowhere, identifiers used twice, numbers out of
//! range. What is wrong with the network that it describes is advice, and judged above.

use super::document::push_key;
use super::{
    Circuit, Detection, Device, Ends, Exit, FORMATS, Flow, Id, Link, MAX_EXITS, PartKind, PeeringKind, Plan,
    PlanFault, PlanFaultCode, ProviderCovered, PublishedService, Reference, Service, Side, Site, Source, nearest,
};
use std::collections::{HashMap, HashSet};

/// Everything that is wrong with the document, in its order. Linear in its size: for every edit of the page.
pub fn validate(plan: &Plan) -> Vec<PlanFault> {
    let mut check = Check::new(plan);
    let parts = plan.sites.iter().enumerate();
    parts.for_each(|(index, site)| check.site(site, &|| format!("sites[{index}]")));
    let parts = plan.circuits.iter().enumerate();
    parts.for_each(|(index, circuit)| check.circuit(circuit, &|| format!("circuits[{index}]")));
    check.count_exits();
    let parts = plan.exits.iter().enumerate();
    parts.for_each(|(index, exit)| check.exit(exit, &|| format!("exits[{index}]")));
    let parts = plan.devices.iter().enumerate();
    parts.for_each(|(index, device)| check.device(device, &|| format!("devices[{index}]")));
    for (index, pool) in plan.pools.iter().enumerate() {
        check.identifier(PartKind::Pool, &pool.id, &|| format!("pools[{index}]"));
        let reserved = pool.reserved_ports.map_or(0, u64::from);
        check.range(reserved, 0, MAX_PORTS, &pool.id, &|| format!("pools[{index}].reserved_ports"));
    }
    let parts = plan.sources.iter().enumerate();
    parts.for_each(|(index, source)| check.source(source, &|| format!("sources[{index}]")));
    let parts = plan.services.iter().enumerate();
    parts.for_each(|(index, service)| check.service(service, &|| format!("services[{index}]")));
    let parts = plan.published.iter().enumerate();
    parts.for_each(|(index, published)| check.published(published, &|| format!("published[{index}]")));
    let parts = plan.flows.iter().enumerate();
    parts.for_each(|(index, flow)| check.flow(flow, &|| format!("flows[{index}]")));
    let parts = plan.provider_covered.iter().enumerate();
    parts.for_each(|(index, block)| check.block(block, &|| format!("provider_covered[{index}]")));
    if let Some(reference) = &plan.microsoft_space {
        check.reference(reference, None, &|| "microsoft_space".into());
    }
    check.faults
}

/// Ports of one address that translation can use (Microsoft: NAT support with Microsoft 365).
const MAX_PORTS: u64 = 64_000;

/// The last three digits of a regional community.
const MAX_REGION: u64 = 999;

/// A place in the document, written out only for a fault.
type Place<'p> = &'p dyn Fn() -> String;

struct Check<'a> {
    known: HashSet<(PartKind, &'a Id)>,
    seen: HashSet<(PartKind, &'a Id)>,
    exits: HashMap<&'a Id, &'a Exit>,
    circuits: HashMap<&'a Id, &'a Circuit>,
    links: HashMap<(&'a Id, PeeringKind, Side), &'a Id>,
    exit_count: usize,
    faults: Vec<PlanFault>,
}

impl<'a> Check<'a> {
    fn new(plan: &'a Plan) -> Self {
        let mut known = HashSet::new();
        known.extend(plan.sites.iter().map(|part| (PartKind::Site, &part.id)));
        known.extend(plan.circuits.iter().map(|part| (PartKind::Circuit, &part.id)));
        known.extend(plan.exits.iter().map(|part| (PartKind::Exit, &part.id)));
        known.extend(plan.devices.iter().map(|part| (PartKind::Device, &part.id)));
        known.extend(plan.pools.iter().map(|part| (PartKind::Pool, &part.id)));
        known.extend(plan.sources.iter().map(|part| (PartKind::Source, &part.id)));
        known.extend(plan.services.iter().map(|part| (PartKind::Service, &part.id)));
        known.extend(plan.published.iter().map(|part| (PartKind::Published, &part.id)));
        Self {
            known,
            seen: HashSet::new(),
            // Reversed: of parts with the same identifier, the first counts.
            exits: plan.exits.iter().rev().map(|exit| (&exit.id, exit)).collect(),
            circuits: plan.circuits.iter().rev().map(|circuit| (&circuit.id, circuit)).collect(),
            links: HashMap::new(),
            exit_count: plan.exits.len(),
            faults: Vec::new(),
        }
    }

    fn fault(&mut self, code: PlanFaultCode, about: Option<&Id>, path: String) {
        let about = about.filter(|id| !id.is_empty()).cloned();
        self.faults.push(PlanFault { severity: code.severity(), code, path, about });
    }

    /// A part's own identifier: there, and the first of its kind.
    fn identifier(&mut self, kind: PartKind, id: &'a Id, at: Place<'_>) {
        if id.is_empty() {
            self.fault(PlanFaultCode::EmptyId { kind }, None, at() + ".id");
        } else if !self.seen.insert((kind, id)) {
            self.fault(PlanFaultCode::DuplicateId { kind, id: id.clone() }, Some(id), at() + ".id");
        }
    }

    /// A reference to a part. Whether it leads anywhere.
    fn refers(&mut self, kind: PartKind, id: &'a Id, about: Option<&Id>, at: Place<'_>) -> bool {
        let found = !id.is_empty() && self.known.contains(&(kind, id));
        if !found {
            self.fault(PlanFaultCode::Dangling { kind, id: id.clone() }, about, at());
        }
        found
    }

    fn all_refer(&mut self, kind: PartKind, ids: &'a [Id], about: &Id, at: Place<'_>) {
        for (index, id) in ids.iter().enumerate() {
            self.refers(kind, id, Some(about), &|| format!("{}[{index}]", at()));
        }
    }

    fn reference(&mut self, reference: &'a Reference, about: Option<&Id>, at: Place<'_>) {
        self.refers(PartKind::Source, &reference.source, about, &|| at() + ".source");
    }

    fn references(&mut self, references: &'a [Reference], about: &Id, at: Place<'_>) {
        for (index, reference) in references.iter().enumerate() {
            self.reference(reference, Some(about), &|| format!("{}[{index}]", at()));
        }
    }

    fn range(&mut self, value: u64, least: u64, most: u64, about: &Id, at: Place<'_>) {
        if !(least..=most).contains(&value) {
            self.fault(PlanFaultCode::OutOfRange { value, least, most }, Some(about), at());
        }
    }

    /// An AS number: 0 names none (RFC 7607), and the last is reserved (RFC 7300).
    fn asn(&mut self, asn: Option<u32>, about: &Id, at: Place<'_>) {
        self.range(asn.map_or(1, u64::from), 1, u64::from(u32::MAX) - 1, about, at);
    }

    fn site(&mut self, site: &'a Site, at: Place<'_>) {
        self.identifier(PartKind::Site, &site.id, at);
        for exit in site.costs.keys() {
            self.refers(PartKind::Exit, exit, Some(&site.id), &|| {
                let mut path = at() + ".costs";
                push_key(&mut path, exit.as_str());
                path
            });
        }
    }

    fn circuit(&mut self, circuit: &'a Circuit, at: Place<'_>) {
        self.identifier(PartKind::Circuit, &circuit.id, at);
        for (index, region) in circuit.local_regions.iter().enumerate() {
            let at = || format!("{}.local_regions[{index}]", at());
            self.range(u64::from(*region), 1, MAX_REGION, &circuit.id, &at);
        }
        for (index, peering) in circuit.peerings.iter().enumerate() {
            let at = || format!("{}.peerings[{index}]", at());
            if circuit.peerings.iter().take(index).any(|earlier| earlier.kind == peering.kind) {
                let code = PlanFaultCode::DuplicatePeering { peering: peering.kind };
                self.fault(code, Some(&circuit.id), at() + ".kind");
            }
            self.asn(peering.customer_asn, &circuit.id, &|| at() + ".customer_asn");
        }
    }

    fn count_exits(&mut self) {
        if self.exit_count > MAX_EXITS {
            let code = PlanFaultCode::TooManyExits { count: self.exit_count, limit: MAX_EXITS };
            self.fault(code, None, format!("exits[{MAX_EXITS}]"));
        }
    }

    fn exit(&mut self, exit: &'a Exit, at: Place<'_>) {
        self.identifier(PartKind::Exit, &exit.id, at);
        self.refers(PartKind::Site, &exit.site, Some(&exit.id), &|| at() + ".site");
        match &exit.link {
            Link::Internet(link) => {
                self.asn(link.provider_asn, &exit.id, &|| at() + ".link.internet.provider_asn");
            }
            Link::ExpressRoute(link) => {
                let at = || at() + ".link.express_route";
                if self.refers(PartKind::Circuit, &link.circuit, Some(&exit.id), &|| at() + ".circuit") {
                    let circuit = self.circuits.get(&link.circuit);
                    if circuit.is_some_and(|circuit| circuit.peering(link.peering).is_none()) {
                        let code =
                            PlanFaultCode::NoSuchPeering { circuit: link.circuit.clone(), peering: link.peering };
                        self.fault(code, Some(&exit.id), at() + ".peering");
                    }
                    let first = *self.links.entry((&link.circuit, link.peering, link.side)).or_insert(&exit.id);
                    if !std::ptr::eq(first, &raw const exit.id) {
                        let code = PlanFaultCode::DuplicateLink {
                            first: first.clone(),
                            circuit: link.circuit.clone(),
                            peering: link.peering,
                            side: link.side,
                        };
                        self.fault(code, Some(&exit.id), at());
                    }
                }
            }
        }
        let mut crossed = HashSet::new();
        for (index, crossing) in exit.path.iter().enumerate() {
            let at = || format!("{}.path[{index}].device", at());
            if self.refers(PartKind::Device, &crossing.device, Some(&exit.id), &at)
                && !crossed.insert(&crossing.device)
            {
                let code = PlanFaultCode::DeviceTwice { device: crossing.device.clone() };
                self.fault(code, Some(&exit.id), at());
            }
        }
        self.references(&exit.learned_from, &exit.id, &|| at() + ".learned_from");
        for (index, policy) in exit.policy_in.iter().enumerate() {
            let at = || format!("{}.policy_in[{index}].sites", at());
            self.all_refer(PartKind::Site, &policy.sites, &exit.id, &at);
        }
        for (index, policy) in exit.policy_out.iter().enumerate() {
            if !policy.sites.is_empty() {
                let path = format!("{}.policy_out[{index}].sites", at());
                self.fault(PlanFaultCode::SitesOnPolicyOut, Some(&exit.id), path);
            }
        }
        self.detection(&exit.detection, &exit.id, at);
    }

    fn detection(&mut self, detection: &Detection, about: &Id, at: Place<'_>) {
        let at = || at() + ".detection";
        match detection.hold_time_seconds {
            0 => self.fault(PlanFaultCode::NoHoldTime, Some(about), at() + ".hold_time_seconds"),
            3..=65_535 => {}
            seconds => {
                self.fault(PlanFaultCode::HoldTime { seconds }, Some(about), at() + ".hold_time_seconds");
            }
        }
        if let Some(bfd) = &detection.bfd {
            // RFC 5880 section 4.1: 32-bit microseconds, and a multiplier of one byte that must not be 0.
            let interval = u64::from(bfd.interval_milliseconds);
            self.range(interval, 1, 4_294_967, about, &|| at() + ".bfd.interval_milliseconds");
            self.range(u64::from(bfd.multiplier), 1, 255, about, &|| at() + ".bfd.multiplier");
        }
    }

    fn device(&mut self, device: &'a Device, at: Place<'_>) {
        self.identifier(PartKind::Device, &device.id, at);
        for (index, rule) in device.rules.iter().enumerate() {
            let at = || format!("{}.rules[{index}]", at());
            self.all_refer(PartKind::Service, &rule.services, &device.id, &|| at() + ".services");
            self.all_refer(PartKind::Exit, &rule.exits, &device.id, &|| at() + ".exits");
            if let Some(pool) = &rule.pool {
                self.refers(PartKind::Pool, pool, Some(&device.id), &|| at() + ".pool");
            }
        }
    }

    fn source(&mut self, source: &'a Source, at: Place<'_>) {
        self.identifier(PartKind::Source, &source.id, at);
        if let Some(format) = source.format.as_deref().filter(|format| !FORMATS.contains(format)) {
            let nearest = nearest(format, FORMATS.iter().copied()).map(str::to_owned);
            let code = PlanFaultCode::UnknownFormat { format: format.to_owned(), nearest };
            self.fault(code, Some(&source.id), at() + ".format");
        }
    }

    fn service(&mut self, service: &'a Service, at: Place<'_>) {
        self.identifier(PartKind::Service, &service.id, at);
        self.references(&service.destinations_from, &service.id, &|| at() + ".destinations_from");
    }

    fn published(&mut self, published: &'a PublishedService, at: Place<'_>) {
        self.identifier(PartKind::Published, &published.id, at);
        let about = Some(&published.id);
        self.refers(PartKind::Site, &published.site, about, &|| at() + ".site");
        let mut entered = HashSet::new();
        for (index, entry) in published.entries.iter().enumerate() {
            let at = || format!("{}.entries[{index}]", at());
            let exit = self.refers(PartKind::Exit, &entry.exit, about, &|| at() + ".exit");
            let device = self.refers(PartKind::Device, &entry.device, about, &|| at() + ".device");
            if exit && !entered.insert(&entry.exit) {
                let code = PlanFaultCode::DuplicateEntry { exit: entry.exit.clone() };
                self.fault(code, about, at() + ".exit");
            }
            let path = self.exits.get(&entry.exit).map_or(&[][..], |exit| &exit.path);
            if exit && device && path.iter().all(|crossing| crossing.device != entry.device) {
                let code =
                    PlanFaultCode::DeviceNotOnPath { device: entry.device.clone(), exit: entry.exit.clone() };
                self.fault(code, about, at() + ".device");
            }
            if let Some(pool) = &entry.source_pool {
                self.refers(PartKind::Pool, pool, about, &|| at() + ".source_pool");
            }
        }
    }

    fn flow(&mut self, flow: &'a Flow, at: Place<'_>) {
        self.identifier(PartKind::Flow, &flow.id, at);
        let about = Some(&flow.id);
        match &flow.ends {
            Ends::Outbound(ends) => {
                let at = || at() + ".ends.outbound";
                self.refers(PartKind::Site, &ends.site, about, &|| at() + ".site");
                if let Some(service) = &ends.service {
                    self.refers(PartKind::Service, service, about, &|| at() + ".service");
                }
            }
            Ends::Inbound(ends) => {
                let at = || at() + ".ends.inbound";
                self.refers(PartKind::Published, &ends.published, about, &|| at() + ".published");
                if let Some(service) = &ends.from {
                    self.refers(PartKind::Service, service, about, &|| at() + ".from");
                }
            }
        }
    }

    fn block(&mut self, block: &'a ProviderCovered, at: Place<'_>) {
        self.identifier(PartKind::ProviderCovered, &block.id, at);
        for (index, id) in block.exits.iter().enumerate() {
            let at = || format!("{}.exits[{index}]", at());
            if self.refers(PartKind::Exit, id, Some(&block.id), &at)
                && self.exits.get(id).is_some_and(|exit| !matches!(exit.link, Link::Internet(_)))
            {
                self.fault(PlanFaultCode::NotInternet { exit: id.clone() }, Some(&block.id), at());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::{Exit, ExpressRouteLink, Id, Link, Plan, Side, Site, load, save, validate};

    /// A plan in which every semantic fault occurs.
    const FAULTY: &str = r#"{
      "schema_version": 1,
      "sites": [
        {"id": "hq", "costs": {"a b": 5, "isp": 1}},
        {"id": "hq"},
        {"id": ""}
      ],
      "circuits": [
        {"id": "chi", "local_regions": [7, 0, 1000], "peerings": [
          {"kind": "microsoft", "customer_asn": 0}, {"kind": "microsoft", "customer_asn": 4294967295}
        ]}
      ],
      "exits": [
        {"id": "isp", "site": "nowhere", "link": {"internet": {"provider_asn": 0}},
         "path": [{"device": "fw"}, {"device": "fw"}, {"device": "gone"}],
         "learned_from": [{"source": "lost"}],
         "policy_in": [{"action": "deny", "sites": ["hq", "attic"]}],
         "policy_out": [{"action": "deny", "sites": ["hq"]}],
         "detection": {"hold_time_seconds": 0, "bfd": {"interval_milliseconds": 0, "multiplier": 256}}},
        {"id": "er1", "site": "hq", "link": {"express_route": {"circuit": "chi"}},
         "detection": {"hold_time_seconds": 2}},
        {"id": "er2", "site": "hq", "link": {"express_route": {"circuit": "chi"}}},
        {"id": "er3", "site": "hq", "link": {"express_route": {"circuit": "chi", "peering": "legacy_public"}}},
        {"id": "er4", "site": "hq", "link": {"express_route": {"circuit": "dal"}}}
      ],
      "devices": [{"id": "fw", "rules": [{"services": ["no"], "exits": ["no"], "pool": "no"}]}],
      "pools": [{"id": "nat", "reserved_ports": 64001}],
      "sources": [{"id": "tags", "format": "service-tag-json", "text": []}],
      "services": [{"id": "all", "destinations_from": [{"source": "lost"}]}],
      "published": [{"id": "mail", "site": "", "entries": [
        {"exit": "isp", "device": "fw", "source_pool": "no"},
        {"exit": "isp", "device": "fw"},
        {"exit": "er1", "device": "fw"},
        {"exit": "no", "device": "no"}
      ]}],
      "flows": [
        {"id": "a", "ends": {"outbound": {"site": "no", "service": "no"}}},
        {"id": "a", "ends": {"inbound": {"published": "no", "from": "no"}}}
      ],
      "provider_covered": [{"id": "blk", "exits": ["isp", "er1", "no"]}],
      "microsoft_space": {"source": "lost"}
    }"#;

    #[test]
    fn every_fault_is_named_at_once_and_the_plan_is_kept() {
        let loaded = load(FAULTY).unwrap();
        let named: Vec<_> =
            loaded.faults.iter().map(|fault| format!("{} {}", fault.code.code(), fault.path)).collect();
        let expected = [
            "dangling sites[0].costs[\"a b\"]",
            "duplicate-id sites[1].id",
            "empty-id sites[2].id",
            "out-of-range circuits[0].local_regions[1]",
            "out-of-range circuits[0].local_regions[2]",
            "out-of-range circuits[0].peerings[0].customer_asn",
            "duplicate-peering circuits[0].peerings[1].kind",
            "out-of-range circuits[0].peerings[1].customer_asn",
            "dangling exits[0].site",
            "out-of-range exits[0].link.internet.provider_asn",
            "device-twice exits[0].path[1].device",
            "dangling exits[0].path[2].device",
            "dangling exits[0].learned_from[0].source",
            "dangling exits[0].policy_in[0].sites[1]",
            "sites-on-policy-out exits[0].policy_out[0].sites",
            "no-hold-time exits[0].detection.hold_time_seconds",
            "out-of-range exits[0].detection.bfd.interval_milliseconds",
            "out-of-range exits[0].detection.bfd.multiplier",
            "hold-time exits[1].detection.hold_time_seconds",
            "duplicate-link exits[2].link.express_route",
            "no-such-peering exits[3].link.express_route.peering",
            "dangling exits[4].link.express_route.circuit",
            "dangling devices[0].rules[0].services[0]",
            "dangling devices[0].rules[0].exits[0]",
            "dangling devices[0].rules[0].pool",
            "out-of-range pools[0].reserved_ports",
            "unknown-format sources[0].format",
            "dangling services[0].destinations_from[0].source",
            "dangling published[0].site",
            "dangling published[0].entries[0].source_pool",
            "duplicate-entry published[0].entries[1].exit",
            "device-not-on-path published[0].entries[2].device",
            "dangling published[0].entries[3].exit",
            "dangling published[0].entries[3].device",
            "dangling flows[0].ends.outbound.site",
            "dangling flows[0].ends.outbound.service",
            "duplicate-id flows[1].id",
            "dangling flows[1].ends.inbound.published",
            "dangling flows[1].ends.inbound.from",
            "not-internet provider_covered[0].exits[1]",
            "dangling provider_covered[0].exits[2]",
            "dangling microsoft_space.source",
        ];
        assert_eq!(named, expected);
        assert_eq!(load(&save(&loaded.plan)).unwrap(), loaded);
    }

    #[test]
    fn a_hundred_and_twenty_eight_exits_are_the_limit() {
        let exit = |index: usize| Exit {
            id: format!("e{index}").into(),
            name: String::new(),
            site: "hq".into(),
            link: Link::Internet(crate::plan::InternetLink::default()),
            path: Vec::new(),
            learned: "".into(),
            learned_from: Vec::new(),
            local_preference: None,
            policy_in: Vec::new(),
            policy_out: Vec::new(),
            advertised: "".into(),
            detection: crate::plan::Detection::default(),
        };
        let mut plan = Plan {
            sites: vec![Site { id: "hq".into(), ..Site::default() }],
            exits: (0..128).map(exit).collect(),
            ..Plan::default()
        };
        assert_eq!(validate(&plan), []);
        plan.exits.push(exit(128));
        let faults = validate(&plan);
        assert_eq!(faults.len(), 1);
        assert_eq!((faults[0].code.code(), faults[0].path.as_str()), ("too-many-exits", "exits[128]"));
        // Two exits with the same identifier over the same link are told apart by where they stand.
        let mut twin = exit(1);
        twin.link = Link::ExpressRoute(ExpressRouteLink {
            circuit: Id::from("gone"),
            peering: Default::default(),
            side: Side::Primary,
        });
        plan.exits = vec![twin.clone(), twin];
        let codes: Vec<_> = validate(&plan).iter().map(|fault| fault.code.code()).collect();
        assert_eq!(codes, ["dangling", "duplicate-id", "dangling"]);
    }
}
