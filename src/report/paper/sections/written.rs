//! The plan itself, part by part, so that two people can check it on paper: addresses, rules in their order, lists.

use super::{Block, Reported, Table, text};
use crate::plan::{
    Action, Community, Crossing, Detection, Id, Link, ListId, Mbps, Policy, Reference, ReturnModel, Text,
};
use crate::report::words::page::{ROLES, sku};
use crate::report::words::{Names, count, link_side, listing, lists};

/// A list of at most so many lines stands in its cell, a longer one below the tables.
const IN_CELL: usize = 12;
/// A list of at most so many lines stands there whole,
const WHOLE: usize = 50;
/// of a longer one these first lines, their number and the fingerprint.
const FIRST: usize = 20;
/// Where nothing is said.
const NONE: &str = "–";

/// What is being written.
struct Inputs<'a> {
    names: &'a Names<'a>,
    tables: Vec<Table>,
    /// The lists that stand below.
    below: Vec<(ListId, &'a Text)>,
}

pub(super) fn written(told: &Reported<'_>, blocks: &mut Vec<Block>) {
    let mut inputs = Inputs { names: told.names, tables: Vec::new(), below: Vec::new() };
    inputs.sites(told);
    inputs.circuits(told);
    inputs.exits(told);
    inputs.policies(told);
    inputs.devices(told);
    inputs.services(told);
    inputs.decision(told);
    let Inputs { tables, below, .. } = inputs;
    blocks.extend(tables.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table));
    for (list, text) in below {
        in_full(&list, text, told.names, blocks);
    }
}

impl<'a> Inputs<'a> {
    fn table(&mut self, caption: &str, heads: &[&'static str], rows: Vec<Vec<String>>) {
        let mut table = Table::new(caption, heads);
        rows.into_iter().for_each(|row| table.row(row));
        self.tables.push(table);
    }

    /// A list in a cell, or where it stands.
    fn list(&mut self, id: ListId, text: &'a Text) -> String {
        let lines: Vec<&str> = text.as_str().lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            return String::new();
        }
        if lines.len() <= IN_CELL && lines.iter().all(|line| line.chars().count() <= LONGEST) {
            return lines.join("\n");
        }
        self.below.push((id, text));
        format!("{}, below", count(text.as_str().lines().count() as u64, "line"))
    }

    /// A list where an empty one means all.
    fn list_or(&mut self, id: ListId, text: &'a Text, empty: &str) -> String {
        or(self.list(id, text), empty)
    }

    fn sites(&mut self, told: &Reported<'a>) {
        let mut rows = Vec::new();
        for site in &told.plan.sites {
            let costs: Vec<String> =
                site.costs.iter().map(|(exit, cost)| format!("{}: {cost}", self.names.exit(exit))).collect();
            rows.push(vec![
                self.names.site(&site.id).to_owned(),
                self.list_or(ListId::Inside(site.id.clone()), &site.inside, NONE),
                or(costs.join("\n"), NONE),
            ]);
        }
        self.table("Sites", &["Site", "Inside prefixes", "Cost to exits"], rows);
    }

    fn circuits(&mut self, told: &Reported<'a>) {
        let (mut circuits, mut peerings) = (Vec::new(), Vec::new());
        for circuit in &told.plan.circuits {
            let name = self.names.circuit(&circuit.id);
            let regions: Vec<String> = circuit.local_regions.iter().map(ToString::to_string).collect();
            circuits.push(vec![
                name.to_owned(),
                sku(circuit.sku).to_owned(),
                or(circuit.location.trim().to_owned(), NONE),
                or(regions.join(", "), NONE),
                rate(circuit.bandwidth),
                if circuit.microsoft_365_authorised { "authorised" } else { "not authorised" }.to_owned(),
            ]);
            for peering in &circuit.peerings {
                let (id, kind) = (&circuit.id, peering.kind);
                let subnets = [
                    self.list(ListId::PrimarySubnets(id.clone(), kind), &peering.primary_subnets),
                    self.list(ListId::SecondarySubnets(id.clone(), kind), &peering.secondary_subnets),
                ];
                let subnets: Vec<String> = ["primary", "secondary"]
                    .iter()
                    .zip(subnets)
                    .filter(|(_, said)| !said.is_empty())
                    .map(|(side, said)| format!("{side}: {}", said.replace('\n', ", ")))
                    .collect();
                peerings.push(vec![
                    format!("{name}, {}", lists::peering(kind)),
                    match peering.return_model {
                        ReturnModel::LongestPrefix => "by longest prefix",
                        ReturnModel::Sticky => "the way it came",
                    }
                    .to_owned(),
                    peering.customer_asn.map_or(NONE.to_owned(), |asn| asn.to_string()),
                    self.list_or(ListId::Admitted(id.clone(), kind), &peering.admitted, "none"),
                    match &peering.route_filter {
                        None => "not attached".to_owned(),
                        Some(filter) => or(communities(filter), "attached, lets nothing in"),
                    },
                    or(subnets.join("\n"), NONE),
                ]);
            }
        }
        self.table(
            "Circuits",
            &["Circuit", "SKU", "Location", "Local regions", "Bandwidth", "Microsoft 365"],
            circuits,
        );
        self.table(
            "Peerings",
            &["Peering", "Microsoft answers", "Our ASN", "Admitted prefixes", "Route filter", "Subnets"],
            peerings,
        );
    }

    fn exits(&mut self, told: &Reported<'a>) {
        let (mut exits, mut routes) = (Vec::new(), Vec::new());
        for exit in &told.plan.exits {
            let name = self.names.exit(&exit.id);
            exits.push(vec![
                name.to_owned(),
                self.names.site(&exit.site).to_owned(),
                link(&exit.link, self.names),
                path(&exit.path, self.names),
                detection(&exit.detection),
            ]);
            let typed = self.list(ListId::Learned(exit.id.clone()), &exit.learned);
            let learned = joined(typed, &exit.learned_from, self.names);
            routes.push(vec![
                name.to_owned(),
                or(learned, "nothing"),
                exit.local_preference.map_or("100 (default)".to_owned(), |own| own.to_string()),
                self.list_or(ListId::Advertised(exit.id.clone()), &exit.advertised, "nothing"),
            ]);
        }
        self.table(
            "Exits",
            &["Exit", "Home site", "Link", "Devices and zones, from inside", "Its failure is noticed by"],
            exits,
        );
        self.table("Routes of each exit", &["Exit", "Learned", "Local preference", "Advertised"], routes);
    }

    fn policies(&mut self, told: &Reported<'a>) {
        let mut rows = Vec::new();
        for exit in &told.plan.exits {
            for (way, policies) in [("incoming", &exit.policy_in), ("outgoing", &exit.policy_out)] {
                for (index, policy) in policies.iter().enumerate() {
                    let id = match way {
                        "incoming" => ListId::PolicyIn(exit.id.clone(), index),
                        _ => ListId::PolicyOut(exit.id.clone(), index),
                    };
                    rows.push(vec![
                        format!("{}, {way} {}", self.names.exit(&exit.id), index + 1),
                        self.list_or(id, &policy.prefixes, "any"),
                        or(communities(&policy.communities), "any"),
                        sites(&policy.sites, self.names),
                        action(policy),
                    ]);
                }
            }
        }
        self.table(
            "Policies; the first that matches decides",
            &["Policy", "Prefixes", "Communities", "For sites", "What it does"],
            rows,
        );
    }

    fn devices(&mut self, told: &Reported<'a>) {
        let (mut devices, mut rules) = (Vec::new(), Vec::new());
        for device in &told.plan.devices {
            let name = self.names.device(&device.id);
            devices.push(vec![
                name.to_owned(),
                if device.stateful { "stateful: drops what belongs to no session it knows" } else { "stateless" }
                    .to_owned(),
                device.rules.len().to_string(),
            ]);
            for (index, rule) in device.rules.iter().enumerate() {
                let id = || device.id.clone();
                let mut to = self.list(ListId::RuleDestinations(id(), index), &rule.destinations);
                for service in &rule.services {
                    push_line(&mut to, format!("service {}", self.names.service(service)));
                }
                rules.push(vec![
                    format!("{name}, {}", self.names.rule(&device.id, index)),
                    self.list_or(ListId::RuleSources(id(), index), &rule.sources, "any"),
                    or(to, "any"),
                    or(self.names.exits(&rule.exits, "or"), "any exit"),
                    rule.pool.as_ref().map_or("nothing: stays as it is", |pool| self.names.pool(pool)).to_owned(),
                ]);
            }
        }
        self.table("Devices", &["Device", "State", "Translation rules"], devices);
        self.table(
            "Translation rules; the first that matches decides",
            &["Rule", "Sources", "Destinations", "Leaving by", "Translated to"],
            rules,
        );
        let mut pools = Vec::new();
        for pool in &told.plan.pools {
            pools.push(vec![
                self.names.pool(&pool.id).to_owned(),
                self.list_or(ListId::Pool(pool.id.clone()), &pool.addresses, "none"),
                pool.reserved_ports.map_or(NONE.to_owned(), |ports| ports.to_string()),
            ]);
        }
        self.table("Pools", &["Pool", "Addresses", "Reserved ports of each"], pools);
    }

    fn services(&mut self, told: &Reported<'a>) {
        let mut rows = Vec::new();
        for service in &told.plan.services {
            let typed = self.list(ListId::Destinations(service.id.clone()), &service.destinations);
            rows.push(vec![
                self.names.service(&service.id).to_owned(),
                or(joined(typed, &service.destinations_from, self.names), "none"),
                if service.microsoft { "Microsoft's" } else { "as the addresses lie" }.to_owned(),
                match service.express_route {
                    Some(true) => "offered",
                    Some(false) => "not offered",
                    None => NONE,
                }
                .to_owned(),
                or(service.ports.trim().to_owned(), NONE),
            ]);
        }
        self.table("Services", &["Service", "Destinations", "Whose", "Over ExpressRoute", "Ports"], rows);
        let mut rows = Vec::new();
        for published in &told.plan.published {
            let mut ways = String::new();
            for entry in &published.entries {
                let (exit, device) = (self.names.exit(&entry.exit), self.names.device(&entry.device));
                let sources = entry
                    .source_pool
                    .as_ref()
                    .map_or("sources stay".to_owned(), |pool| format!("sources become {}", self.names.pool(pool)));
                push_line(&mut ways, format!("{exit}, translated by {device}; {sources}"));
            }
            let role = ROLES.iter().find(|(role, ..)| Some(*role) == published.role).map_or("", |(.., name)| name);
            let ports = [role, published.ports.trim()];
            let ports: Vec<&str> = ports.into_iter().filter(|said| !said.is_empty()).collect();
            rows.push(vec![
                self.names.published(&published.id).to_owned(),
                self.names.site(&published.site).to_owned(),
                self.list_or(ListId::Published(published.id.clone()), &published.published, "none"),
                self.list_or(ListId::PublishedInside(published.id.clone()), &published.inside, "none"),
                or(ways, "none"),
                or(ports.join(", "), NONE),
            ]);
        }
        self.table(
            "Published services",
            &["Service", "Site", "Published addresses", "Inside addresses", "Ways in", "Role and ports"],
            rows,
        );
        let mut rows = Vec::new();
        for block in &told.plan.provider_covered {
            rows.push(vec![
                self.names.provider(&block.id).to_owned(),
                self.list_or(ListId::ProviderCovered(block.id.clone()), &block.prefixes, "none"),
                or(self.names.exits(&block.exits, "and"), "none"),
            ]);
        }
        self.table("Covered by providers", &["Block", "Prefixes", "Links to us"], rows);
        // What flows name themselves: all else of them stands in the catalogue.
        let mut rows = Vec::new();
        for flow in &told.plan.flows {
            if let crate::plan::Ends::Outbound(outbound) = &flow.ends
                && !outbound.sources.is_empty()
            {
                let sources = self.list(ListId::FlowSources(flow.id.clone()), &outbound.sources);
                rows.push(vec![self.names.flow(&flow.id).to_owned(), sources]);
            }
        }
        self.table("Flows of some sources only", &["Flow", "Sources"], rows);
    }

    fn decision(&mut self, told: &Reported<'a>) {
        let plan = told.plan;
        let own = plan.distances;
        let space = plan
            .microsoft_space
            .as_ref()
            .map_or("the built-in list".to_owned(), |from| reference(from, self.names));
        let distances = format!("eBGP {}, iBGP {}, static {}, IGP {}", own.ebgp, own.ibgp, own.static_, own.igp);
        let shared = if plan.multipath { "shared: some sessions take each" } else { "not shared" };
        let rows = [
            ("Equal paths", shared.to_owned()),
            ("Administrative distances", distances),
            ("Microsoft's space", space),
        ];
        let rows = rows.into_iter().map(|(what, said)| vec![what.to_owned(), said]).collect();
        self.table("Route decision", &["Setting", "Value"], rows);
        self.below.extend(plan.sources.iter().map(|source| (ListId::Source(source.id.clone()), &source.text)));
    }
}

/// A line of more letters than this doesn't stand in a cell.
const LONGEST: usize = 80;
/// No line is printed beyond so many letters.
const CUT: usize = 400;

fn in_full(list: &ListId, list_text: &Text, names: &Names, blocks: &mut Vec<Block>) {
    let all = list_text.as_str().lines().count();
    if all == 0 {
        return;
    }
    let shown = if all <= WHOLE { all } else { FIRST };
    let lines = list_text.as_str().lines().take(shown).map(|line| match line.char_indices().nth(CUT) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line.to_owned(),
    });
    let title = lists::list(list, names);
    let mut letters = title.chars();
    let title =
        letters.next().map_or(String::new(), |first| format!("{}{}", first.to_uppercase(), letters.as_str()));
    blocks.push(Block::Heading(3, title));
    blocks.push(Block::Lines(lines.collect()));
    if all > shown {
        let more = count((all - shown) as u64, "more line");
        text(blocks, format!("And {more}. The whole has the fingerprint {:032x}.", list_text.content_hash()));
    }
}

fn or(said: String, empty: &str) -> String {
    if said.is_empty() { empty.to_owned() } else { said }
}

fn push_line(lines: &mut String, line: String) {
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines.push_str(&line);
}

fn reference(from: &Reference, names: &Names) -> String {
    let source = names.source(&from.source);
    if from.sets.is_empty() {
        format!("source {source}")
    } else {
        format!("{} of source {source}", from.sets.join(", "))
    }
}

/// What was typed, and what comes from sources.
fn joined(mut typed: String, from: &[Reference], names: &Names) -> String {
    from.iter().for_each(|from| push_line(&mut typed, reference(from, names)));
    typed
}

fn rate(rate: Option<Mbps>) -> String {
    rate.map_or(NONE.to_owned(), |rate| format!("{rate} Mbps"))
}

fn link(link: &Link, names: &Names) -> String {
    match link {
        Link::Internet(link) => {
            let mut said = "Internet".to_owned();
            if let Some(asn) = link.provider_asn {
                said.push_str(&format!(", AS {asn}"));
            }
            if let Some(rate) = link.bandwidth {
                said.push_str(&format!(", {rate} Mbps"));
            }
            said
        }
        Link::ExpressRoute(link) => format!(
            "ExpressRoute: {}, {}, {} link",
            names.circuit(&link.circuit),
            lists::peering(link.peering),
            link_side(link.side)
        ),
    }
}

fn path(path: &[Crossing], names: &Names) -> String {
    let crossings: Vec<String> = path
        .iter()
        .map(|crossing| match crossing.zone.trim() {
            "" => format!("{}, zone not said", names.device(&crossing.device)),
            zone => format!("{}, zone {zone}", names.device(&crossing.device)),
        })
        .collect();
    or(crossings.join("\n"), "none")
}

fn detection(detection: &Detection) -> String {
    let hold = format!("hold time {} s", detection.hold_time_seconds);
    match &detection.bfd {
        Some(bfd) => format!("BFD, {} ms × {}; {hold}", bfd.interval_milliseconds, bfd.multiplier),
        None => hold,
    }
}

fn communities(communities: &[Community]) -> String {
    communities.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn sites(sites: &[Id], names: &Names) -> String {
    let named: Vec<&str> = sites.iter().map(|site| names.site(site)).collect();
    or(listing(&named, "and"), "all")
}

fn action(policy: &Policy) -> String {
    let Action::Accept(set) = &policy.action else { return "drops it".to_owned() };
    let set: Vec<String> = [
        set.local_preference.map(|own| format!("local preference {own}")),
        set.weight.map(|own| format!("weight {own}")),
        set.prepend.map(|own| count(own.into(), "prepend")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if set.is_empty() { "takes it as it is".to_owned() } else { format!("takes it with {}", listing(&set, "and")) }
}
