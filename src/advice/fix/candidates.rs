//! Which changes may mend a plan: those that touch what fails, or what a finding is about.

use super::Change;
use crate::advice::Finding;
use crate::journey::{Direction, Part, Row, Standing, World};
use crate::plan::{Community, Id, Link, ListId, PartKind, PeeringKind, Plan};
use crate::routing::{Network, is_express_route};
use crate::space::{AddressSet, not_public};
use ipnet::IpNet;

/// At most so many changes are tried: their combinations of up to three are then at most 696.
pub const MAX_CANDIDATES: usize = 16;
/// Routes are preferred by this: above Microsoft's example of 150.
const PREFERRED: u32 = 200;

/// The changes, the least first: those that only add something before those that move or take away.
pub(super) fn candidates(world: &World, rows: &[Row], findings: &[Finding]) -> Vec<Change> {
    let mut maker = Maker { network: world.network(), plan: world.plan(), all: Vec::new() };
    for row in rows {
        for part in row.parts.iter().filter(|part| part.verdict.standing() != Standing::Works) {
            match row.direction {
                Direction::Outbound => maker.outbound(row, part),
                Direction::Inbound => maker.inbound(row, part),
            }
        }
    }
    for finding in findings.iter().filter(|finding| finding.fix && finding.accepted.is_none()) {
        maker.finding(finding, rows);
    }
    let mut all = maker.all;
    crate::sort::up(&mut all);
    all.dedup();
    of_each_kind(&all)
}

/// As many as are tried: of each kind in turn, so that many of one kind don't keep out another that would mend.
fn of_each_kind(all: &[Change]) -> Vec<Change> {
    let kinds: Vec<&[Change]> =
        all.chunk_by(|one, other| std::mem::discriminant(one) == std::mem::discriminant(other)).collect();
    let most = kinds.iter().map(|kind| kind.len()).max().unwrap_or(0);
    let in_turn = (0..most).flat_map(|round| kinds.iter().filter_map(move |kind| kind.get(round)));
    let mut kept: Vec<Change> = in_turn.take(MAX_CANDIDATES).cloned().collect();
    crate::sort::up(&mut kept);
    kept
}

struct Maker<'a> {
    network: &'a Network,
    plan: &'a Plan,
    all: Vec<Change>,
}

impl Maker<'_> {
    fn outbound(&mut self, row: &Row, part: &Part) {
        for exit in part.out.iter().filter_map(|id| self.network.exit(id)) {
            if part.pools.is_empty() {
                self.untranslated(&row.site, exit);
            }
            for pool in &part.pools {
                self.pair(exit, pool);
                self.elsewhere(part, pool);
            }
        }
        self.tie(&part.out);
    }

    fn inbound(&mut self, row: &Row, part: &Part) {
        let flow = self.plan.flows.iter().find(|flow| flow.id == row.flow);
        let Some(crate::plan::Ends::Inbound(inbound)) = flow.map(|flow| &flow.ends) else { return };
        let published = self.plan.published.iter().find(|own| own.id == inbound.published);
        let Some(published) = published else { return };
        for entry in published.entries.iter().filter(|entry| entry.source_pool.is_none()) {
            if part.out.contains(&entry.exit) {
                self.translate_entry(&published.id, &entry.exit);
            }
        }
        for back in part.back.iter().filter(|back| !part.out.contains(back)) {
            self.hide(back, &published.site);
        }
        // What leads them in where nobody publishes it.
        let outside = self.network.addresses(&ListId::Published(published.id.clone()));
        for exit in part.out.iter().filter(|exit| published.entries.iter().all(|entry| entry.exit != **exit)) {
            self.withdraw(exit, &outside);
        }
    }

    fn finding(&mut self, finding: &Finding, rows: &[Row]) {
        let of = |kind: PartKind| -> Vec<Id> {
            finding.about.iter().filter(|(own, _)| *own == kind).map(|(_, id)| id.clone()).collect()
        };
        let mut exits = of(PartKind::Exit);
        if exits.is_empty() {
            let shown = rows.iter().filter(|row| finding.rows.contains(&row.flow));
            exits = shown.flat_map(|row| &row.parts).flat_map(|part| part.out.clone()).collect();
            crate::sort::up(&mut exits);
            exits.dedup();
        }
        for pool in of(PartKind::Pool) {
            for exit in exits.iter().filter_map(|exit| self.network.exit(exit)) {
                self.pair(exit, &pool);
            }
        }
        for published in of(PartKind::Published) {
            let Some(own) = self.plan.published.iter().find(|own| own.id == published) else { continue };
            for entry in own.entries.iter().filter(|entry| entry.source_pool.is_none()) {
                self.translate_entry(&published, &entry.exit);
            }
            for exit in &exits {
                self.hide(exit, &own.site);
            }
        }
        for site in of(PartKind::Site) {
            for exit in exits.iter().filter_map(|exit| self.network.exit(exit)) {
                self.untranslated(&site, exit);
            }
        }
        match finding.code.0 {
            111 | 112 => exits.iter().for_each(|exit| self.aggregate(exit)),
            208 => self.tie(&exits),
            207 => self.alike(&exits),
            120 => of(PartKind::Circuit).iter().for_each(|circuit| self.both_links(circuit)),
            _ => {}
        }
    }

    /// A pool that packets leave with by an exit.
    fn pair(&mut self, exit: usize, pool: &Id) {
        let Some(definition) = self.plan.exits.get(exit) else { return };
        let exits = self.links(exit);
        let devices = self.translators(exit);
        let addresses = self.network.addresses(&ListId::Pool(pool.clone()));
        let public = addresses.difference(not_public());
        if !public.is_empty() && public.nets().count() <= 8 {
            let prefixes = public.nets().map(|net| net.to_string()).collect();
            self.all.push(Change::Advertise { exits: exits.clone(), prefixes });
        }
        let attracted = self.attracted(exit);
        for other in self.plan.pools.iter().filter(|other| other.id != *pool) {
            let set = self.network.addresses(&ListId::Pool(other.id.clone()));
            if !set.is_empty() && set.is_subset_of(&attracted) && !devices.is_empty() {
                let (exits, devices, pool) = (exits.clone(), devices.clone(), other.id.clone());
                self.all.push(Change::UsePool { exits, devices, pool });
            }
        }
        if is_express_route(definition)
            && let Some(addresses) = self.free(&attracted).or_else(|| self.free(&self.on_the_internet()))
            && !devices.is_empty()
        {
            let pool = self.new_pool(definition.id.as_str());
            let addresses = addresses.to_string();
            self.all.push(Change::OwnPool { exits: exits.clone(), devices, pool, addresses });
        }
    }

    /// What brings answers to a pool back by another exit.
    fn elsewhere(&mut self, part: &Part, pool: &Id) {
        let addresses = self.network.addresses(&ListId::Pool(pool.clone()));
        for back in part.back.iter().filter(|back| !part.out.contains(back)) {
            self.withdraw(back, &addresses);
            // Or that exit gets a pool of its own.
            if let Some(index) = self.network.exit(back) {
                self.pair(index, pool);
            }
        }
    }

    fn withdraw(&mut self, exit: &Id, covering: &AddressSet) {
        let Some(index) = self.network.exit(exit) else { return };
        let exits = self.links(index);
        let listed = exits.iter().flat_map(|exit| {
            let reading = self.network.lists.get(&ListId::Advertised(exit.clone()));
            let v4 = reading.into_iter().flat_map(|reading| reading.v4.iter().map(|own| IpNet::from(own.prefix)));
            let v6 = reading.into_iter().flat_map(|reading| reading.v6.iter().map(|own| IpNet::from(own.prefix)));
            v4.chain(v6).collect::<Vec<_>>()
        });
        let touching = listed.filter(|net| AddressSet::from(*net).intersects(covering));
        let mut prefixes: Vec<String> = touching.map(|net| net.to_string()).collect();
        crate::sort::up(&mut prefixes);
        prefixes.dedup();
        if !prefixes.is_empty() && prefixes.len() <= 8 {
            self.all.push(Change::Withdraw { exits, prefixes });
        }
    }

    /// Private sources that leave by an exit as they are: to a pool that it attracts.
    fn untranslated(&mut self, _site: &Id, exit: usize) {
        let devices: Vec<Id> = self
            .plan
            .exits
            .get(exit)
            .and_then(|exit| exit.path.last())
            .map(|crossing| crossing.device.clone())
            .into_iter()
            .collect();
        let attracted = self.attracted(exit);
        for pool in &self.plan.pools {
            let set = self.network.addresses(&ListId::Pool(pool.id.clone()));
            if !set.is_empty() && set.is_subset_of(&attracted) && !devices.is_empty() {
                let (exits, devices) = (self.links(exit), devices.clone());
                self.all.push(Change::UsePool { exits, devices, pool: pool.id.clone() });
            }
        }
    }

    fn translate_entry(&mut self, published: &Id, exit: &Id) {
        let used = self.plan.published.iter().flat_map(|own| &own.entries).find_map(|own| own.source_pool.clone());
        let (published, exit) = (published.clone(), exit.clone());
        let change = match used {
            Some(pool) => Change::TranslateEntry { published, exit, pool, addresses: None },
            None => {
                let shared = "100.64.0.0/10".parse::<IpNet>().map(AddressSet::from).unwrap_or_default();
                let Some(free) = self.free(&shared) else { return };
                let pool = self.new_pool("inbound");
                Change::TranslateEntry { published, exit, pool, addresses: Some(free.to_string()) }
            }
        };
        self.all.push(change);
    }

    fn hide(&mut self, exit: &Id, site: &Id) {
        let Some(index) = self.network.exit(exit).filter(|index| self.is_er(*index)) else { return };
        self.all.push(Change::Hide { exits: self.links(index), site: site.clone() });
    }

    /// Equal exits: each circuit for the regions that are local to it, or for all.
    fn tie(&mut self, out: &[Id]) {
        if out.len() < 2 {
            return;
        }
        for index in out.iter().filter_map(|id| self.network.exit(id)) {
            let Some(Link::ExpressRoute(link)) = self.plan.exits.get(index).map(|exit| &exit.link) else {
                continue;
            };
            let circuit = self.plan.circuits.iter().find(|circuit| circuit.id == link.circuit);
            let regions = circuit.map(|circuit| circuit.local_regions.as_slice()).unwrap_or_default();
            let community = |region: &u16| Community::microsoft(51_000_u16.saturating_add(*region));
            let communities: Vec<Community> = regions.iter().map(community).collect();
            let local_preference = PREFERRED;
            if !communities.is_empty() {
                let exits = self.links(index);
                self.all.push(Change::Prefer { exits, communities, local_preference });
            }
            self.all.push(Change::Prefer { exits: self.links(index), communities: Vec::new(), local_preference });
        }
    }

    /// The links of a circuit get one preference.
    fn alike(&mut self, exits: &[Id]) {
        if let Some(index) = exits.iter().find_map(|id| self.network.exit(id)) {
            let (exits, communities) = (self.links(index), Vec::new());
            self.all.push(Change::Prefer { exits, communities, local_preference: PREFERRED });
        }
    }

    /// Both links of a circuit advertise what either does.
    fn both_links(&mut self, circuit: &Id) {
        let on = |link: &Link| matches!(link, Link::ExpressRoute(link) if link.circuit == *circuit && link.peering == PeeringKind::Microsoft);
        let exits = self.plan.exits.iter().filter(|exit| on(&exit.link));
        let exits: Vec<Id> = exits.map(|exit| exit.id.clone()).collect();
        let listed = |exit: &Id| self.network.addresses(&ListId::Advertised(exit.clone()));
        let all = exits.iter().fold(AddressSet::empty(), |all, exit| all.union(&listed(exit)));
        let prefixes: Vec<String> = all.nets().take(9).map(|net| net.to_string()).collect();
        if prefixes.len() <= 8 {
            for exit in exits {
                self.all.push(Change::Aggregate { exit, prefixes: prefixes.clone() });
            }
        }
    }

    /// The same addresses in the fewest prefixes; and where that isn't enough, what is admitted.
    fn aggregate(&mut self, exit: &Id) {
        let listed = self.network.addresses(&ListId::Advertised(exit.clone()));
        let mut forms = vec![listed.clone()];
        if let Some(admitted) = self.network.exit(exit).and_then(|index| self.network.admits_only(index)) {
            forms.push(admitted.clone());
        }
        for form in forms.into_iter().filter(|form| listed.is_subset_of(form)) {
            let prefixes: Vec<String> = form.nets().take(201).map(|net| net.to_string()).collect();
            if prefixes.len() <= 200 {
                self.all.push(Change::Aggregate { exit: exit.clone(), prefixes });
            }
        }
    }

    fn is_er(&self, exit: usize) -> bool {
        self.plan.exits.get(exit).is_some_and(is_express_route)
    }

    /// All links of an exit's circuit and peering; an Internet link alone.
    fn links(&self, exit: usize) -> Vec<Id> {
        let mut exits = self.network.of_circuit(exit).ids(&self.plan.exits);
        if exits.is_empty() {
            exits.extend(self.plan.exits.get(exit).map(|exit| exit.id.clone()));
        }
        exits
    }

    /// The outermost device of each link that has translation rules.
    fn translators(&self, exit: usize) -> Vec<Id> {
        let links = self.links(exit);
        let mut devices: Vec<Id> = Vec::new();
        for exit in self.plan.exits.iter().filter(|exit| links.contains(&exit.id)) {
            let has_rules =
                |id: &Id| self.plan.devices.iter().any(|device| device.id == *id && !device.rules.is_empty());
            let outermost = exit.path.iter().rev().find(|crossing| has_rules(&crossing.device));
            devices.extend(outermost.map(|crossing| crossing.device.clone()));
        }
        crate::sort::up(&mut devices);
        devices.dedup();
        devices
    }

    /// What an exit's advertisements name and its peering admits; on the Internet with what providers originate.
    fn attracted(&self, exit: usize) -> AddressSet {
        let Some(definition) = self.plan.exits.get(exit) else { return AddressSet::empty() };
        let mut all = self.network.addresses(&ListId::Advertised(definition.id.clone()));
        if let Some(admitted) = self.network.admits_only(exit) {
            all = all.intersection(admitted);
        } else if !is_express_route(definition) {
            for block in &self.plan.provider_covered {
                all = all.union(&self.network.addresses(&ListId::ProviderCovered(block.id.clone())));
            }
        }
        all.difference(not_public())
    }

    /// What Internet links advertise and providers originate: with a more specific over ExpressRoute it is the
    /// documented fallback.
    fn on_the_internet(&self) -> AddressSet {
        let links = (0..self.plan.exits.len()).filter(|exit| !self.is_er(*exit));
        links.fold(AddressSet::empty(), |all, exit| all.union(&self.attracted(exit)))
    }

    /// The first free prefix of a space, at most 16 addresses of IPv4, that nothing in the plan uses.
    fn free(&self, within: &AddressSet) -> Option<IpNet> {
        let lists = [
            self.plan.sites.iter().map(|site| ListId::Inside(site.id.clone())).collect::<Vec<_>>(),
            self.plan.pools.iter().map(|pool| ListId::Pool(pool.id.clone())).collect(),
            self.plan.published.iter().map(|own| ListId::Published(own.id.clone())).collect(),
        ];
        let used =
            lists.iter().flatten().fold(AddressSet::empty(), |all, list| all.union(&self.network.addresses(list)));
        let free = within.difference(&used);
        // Of whole blocks the first that is large enough, else the largest.
        let blocks = free.v4.prefixes().take(256);
        let best = blocks.min_by_key(|block| (block.length().max(28), block.address()))?;
        let length = best.length().max(28);
        crate::space::Prefix::truncating(best.address(), length).map(IpNet::from)
    }

    fn new_pool(&self, for_what: &str) -> Id {
        let mut name = format!("{for_what}-pool");
        while self.plan.pools.iter().any(|pool| pool.id.as_str() == name) {
            name.push('2');
        }
        name.into()
    }
}
