//! The solved plan as rules read it, with what several of them need worked out once.

use super::finding::Arg;
use crate::intake::Entry;
use crate::journey::{DeviceTranslation, Row, World};
use crate::pace::Pace;
use crate::plan::{
    Attributes, Circuit, Device, Exit, ExpressRouteLink, Id, Link, ListId, LongPrefixes, PartKind, Peering,
    PeeringKind, Plan, ReturnModel, Setting, Sku,
};
use crate::routing::{
    Attracted, ExitSet, FarSide, MICROSOFT_PEERING_PREFIXES, Network, Place, Preferred, Sided, is_express_route,
    preferred,
};
use crate::space::{Address, AddressSet, Dual, Prefix, Set};
use crate::study::capacity::{self, Capacity};
use crate::study::failures::{Failures, Told};
use ipnet::IpNet;
use std::collections::BTreeSet;

/// Whose addresses the far side sees.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Owner {
    /// A pool's, by its index.
    Pool(usize),
    /// Untranslated sources of a site, by its index.
    Site(usize),
}

/// Addresses that packets leave with by an exit.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) exit: usize,
    pub(super) owner: Owner,
    pub(super) set: AddressSet,
    /// Nothing leaves by the exit while all is up: this is what would.
    pub(super) standby: bool,
}

/// Addresses of one use, and what attracts them, the longest first.
pub(super) type Piece = (AddressSet, Vec<Attracted>);

/// A route that was learned over an exit.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    pub(super) exit: usize,
    pub(super) net: IpNet,
    /// The neighbour AS that the path names.
    pub(super) neighbour: Option<u32>,
    pub(super) place: Place,
}

/// Two links of a circuit that prefer one prefix differently, before the AS path is asked.
#[derive(Clone, Debug)]
pub(super) struct Unlike {
    pub(super) net: IpNet,
    pub(super) one: Preferred,
    pub(super) other: Preferred,
}

/// The solved plan.
pub(super) struct Case<'a> {
    pub(super) world: &'a World,
    pub(super) rows: &'a [Row],
    pub(super) failures: &'a Failures,
    pub(super) capacity: capacity::Window,
    /// What leaves by each exit, in the plan's order.
    pub(super) uses: Vec<Use>,
    /// Rules that some packet reaches: device and rule, by their indexes.
    pub(super) reached: BTreeSet<(usize, usize)>,
    /// Of ExpressRoute exits: for each neighbour AS of paths that don't name Microsoft's, the first route.
    pub(super) neighbours: Vec<Heard>,
    /// Of the same all default routes.
    pub(super) defaults: Vec<Heard>,
    /// Of the same, less private peering, the first private prefixes of each.
    pub(super) private: Vec<Heard>,
    /// Prefixes for which the links of a circuit stand unlike.
    pub(super) unlike: Vec<Unlike>,
    /// By site the exits that some destination leaves by.
    pub(super) chosen: Vec<ExitSet>,
}

impl<'a> Case<'a> {
    pub(super) async fn new(
        world: &'a World,
        rows: &'a [Row],
        failures: &'a Failures,
        capacity: &Capacity,
        pace: &Pace,
    ) -> Self {
        let mut case = Self {
            world,
            rows,
            failures,
            capacity: capacity.window(capacity::View::default()),
            uses: Vec::new(),
            reached: BTreeSet::new(),
            neighbours: Vec::new(),
            defaults: Vec::new(),
            private: Vec::new(),
            unlike: Vec::new(),
            chosen: Vec::new(),
        };
        case.chosen = (0..case.plan().sites.len()).map(|site| case.chosen_at(site)).collect();
        for exit in 0..case.plan().exits.len().min(ExitSet::CAPACITY) {
            case.cross(exit);
            pace.work(256).await;
        }
        case.survey::<u32>(pace).await;
        case.survey::<u128>(pace).await;
        case
    }

    pub(super) fn plan(&self) -> &'a Plan {
        self.world.ground.plan()
    }

    pub(super) fn network(&self) -> &'a Network {
        &self.world.ground.network
    }

    pub(super) fn exit(&self, exit: usize) -> Option<&'a Exit> {
        self.plan().exits.get(exit)
    }

    fn chosen_at(&self, site: usize) -> ExitSet {
        let Some(classes) = self.world.classes.get(site) else { return ExitSet::NONE };
        let v4 = classes.v4.iter().map(|(_, class)| class.exits);
        let v6 = classes.v6.iter().map(|(_, class)| class.exits);
        v4.chain(v6).fold(ExitSet::NONE, ExitSet::union)
    }

    /// All exits that something leaves by.
    pub(super) fn in_use(&self) -> ExitSet {
        self.chosen.iter().copied().fold(ExitSet::NONE, ExitSet::union)
    }

    /// What of a site's packets leaves by an exit, and what its devices make of it.
    fn cross(&mut self, exit: usize) {
        let network = self.network();
        if self.exit(exit).is_none_or(is_private) {
            return;
        }
        let everywhere = crate::journey::everywhere();
        let in_use = self.in_use().contains(exit);
        for site in 0..self.plan().sites.len() {
            if network.cost(site, exit).is_none() {
                continue;
            }
            let sources = self.sources(site);
            let destinations = if !in_use {
                self.standby(exit)
            } else {
                let leaves = |exits: ExitSet| exits.contains(exit);
                let Some(classes) = self.world.classes.get(site) else { continue };
                Dual {
                    v4: classes.v4.set_where(|class| leaves(class.exits)),
                    v6: classes.v6.set_where(|class| leaves(class.exits)),
                }
                .intersection(everywhere)
            };
            self.leave::<u32>((exit, site, !in_use), &sources.v4, &destinations.v4);
            self.leave::<u128>((exit, site, !in_use), &sources.v6, &destinations.v6);
            // Whatever is routed how: what a rule may ever see.
            self.reach::<u32>(exit, &sources.v4);
            self.reach::<u128>(exit, &sources.v6);
        }
    }

    /// The addresses that set out from a site: its own, those of its flows and its servers.
    pub(super) fn sources(&self, site: usize) -> AddressSet {
        let plan = self.plan();
        let Some(definition) = plan.sites.get(site) else { return AddressSet::empty() };
        let mut all = self.network().addresses(&ListId::Inside(definition.id.clone()));
        for flow in &plan.flows {
            if let crate::plan::Ends::Outbound(out) = &flow.ends
                && out.site == definition.id
                && !out.sources.is_empty()
            {
                all = all.union(&self.network().addresses(&ListId::FlowSources(flow.id.clone())));
            }
        }
        for published in plan.published.iter().filter(|published| published.site == definition.id) {
            all = all.union(&self.network().addresses(&ListId::PublishedInside(published.id.clone())));
        }
        all
    }

    /// What would leave by an exit that nothing leaves by.
    fn standby(&self, exit: usize) -> AddressSet {
        if self.exit(exit).is_some_and(is_express_route) {
            let offered = &self.network().offered;
            let has = |exits: ExitSet| exits.contains(exit);
            return Dual { v4: offered.v4.set_where(has), v6: offered.v6.set_where(has) };
        }
        crate::journey::everywhere().clone()
    }

    fn leave<A: Halves>(&mut self, (exit, site, standby): (usize, usize, bool), from: &Set<A>, to: &Set<A>) {
        if from.is_empty() || to.is_empty() {
            return;
        }
        for part in self.world.ground.translators.translate(self.plan(), exit, from, to) {
            let owner = part.pool.map_or(Owner::Site(site), Owner::Pool);
            let set = A::both(part.outside);
            let same = |one: &&mut Use| one.exit == exit && one.owner == owner;
            match self.uses.iter_mut().find(same) {
                Some(one) => one.set = one.set.union(&set),
                None => self.uses.push(Use { exit, owner, set, standby }),
            }
        }
    }

    fn reach<A: Halves>(&mut self, exit: usize, sources: &Set<A>) {
        if sources.is_empty() {
            return;
        }
        let plan = self.plan();
        for part in self.world.ground.translators.translate(plan, exit, sources, &Set::all()) {
            for DeviceTranslation { device, rule, .. } in part.by {
                let device = plan.devices.iter().position(|own| own.id == device);
                self.reached.extend(device.zip(rule));
            }
        }
    }

    /// One look at every learned route.
    async fn survey<A: Halves>(&mut self, pace: &Pace) {
        let network = self.network();
        let is_er = |exit: usize| self.world.ground.plan().exits.get(exit).is_some_and(is_express_route);
        let mut seen = vec![false; network.offers.bases.len()];
        let private = A::set(crate::space::not_public());
        for (index, (prefix, routes)) in A::routes(network).groups().enumerate() {
            if index % 2048 == 0 {
                pace.work(2048).await;
            }
            let mut exits = ExitSet::NONE;
            for route in routes {
                let at = route.base as usize;
                let (Some(base), Some(seen)) = (network.offers.bases.get(at), seen.get_mut(at)) else { continue };
                if !is_er(base.exit) {
                    continue;
                }
                exits = exits.with(base.exit);
                let fresh = !std::mem::replace(seen, true);
                let known = || self.private.iter().filter(|own| own.exit == base.exit).count();
                if prefix.length() > 0 && Set::from(prefix).is_subset_of(private) && known() < super::MAX_EVIDENCE
                {
                    let (net, place) = (prefix.into(), network.lists.place(base.list, route.at));
                    self.private.push(Heard { exit: base.exit, net, neighbour: None, place });
                }
                if !fresh && prefix.length() > 0 {
                    continue;
                }
                let path = base.attributes.as_path.as_ref();
                let wrong = path.filter(|path| !path.asns().any(|asn| asn == crate::plan::MICROSOFT_ASN));
                let neighbour = wrong.and_then(|path| path.neighbour());
                let place = network.lists.place(base.list, route.at);
                let learned = Heard { exit: base.exit, net: prefix.into(), neighbour, place };
                let same = |own: &Heard| (own.exit, own.neighbour) == (learned.exit, learned.neighbour);
                if prefix.length() == 0 {
                    self.defaults.push(learned.clone());
                }
                if fresh && neighbour.is_some() && !self.neighbours.iter().any(same) {
                    self.neighbours.push(learned);
                }
            }
            if exits.len() > 1 {
                self.compare(prefix, routes);
            }
        }
    }

    fn compare<A: Halves>(&mut self, prefix: Prefix<A>, routes: &[crate::routing::Learned]) {
        let network = self.network();
        for site in 0..self.plan().sites.len() {
            let standing = preferred(network, &self.world.up, site, prefix, routes);
            for (index, one) in standing.iter().enumerate() {
                for other in standing.iter().skip(index + 1) {
                    let links = one.exit != other.exit && network.of_circuit(one.exit).contains(other.exit);
                    let alike = (one.weight, one.local_preference, one.protocol)
                        == (other.weight, other.local_preference, other.protocol);
                    let known = self.unlike.iter().filter(|own| own.one.exit == one.exit).count();
                    if links && !alike && known < super::MAX_EVIDENCE {
                        self.unlike.push(Unlike { net: prefix.into(), one: *one, other: *other });
                    }
                }
            }
        }
    }

    /// Cuts addresses where what attracts them changes.
    pub(super) fn attracted(&self, set: &AddressSet) -> Vec<Piece> {
        let mut all = self.attracted_half(&set.v4);
        all.extend(self.attracted_half(&set.v6));
        all
    }

    fn attracted_half<A: Halves>(&self, set: &Set<A>) -> Vec<Piece> {
        let attraction = A::attraction(self.network());
        let classes = crate::journey::by_class(&attraction.by_address, set);
        classes.into_iter().map(|(cover, set)| (A::both(set), attraction.around(self.network(), cover))).collect()
    }

    /// Whether an exit attracts answers by what is advertised over it: a sticky peering doesn't.
    pub(super) fn attracts(&self, exit: usize) -> bool {
        self.exit(exit).is_some_and(is_express_route)
            && self.world.up.model(exit) == Some(ReturnModel::LongestPrefix)
            && !self.exit(exit).is_none_or(is_private)
    }

    /// The addresses that an exit's advertisements, as far as they are accepted, cover.
    pub(super) fn accepted(&self, exit: usize) -> AddressSet {
        let Some(sent) = self.network().advertised.get(exit) else { return AddressSet::empty() };
        Dual {
            v4: Set::from_prefixes(sent.v4.iter().map(|own| own.prefix)),
            v6: Set::from_prefixes(sent.v6.iter().map(|own| own.prefix)),
        }
    }

    /// The addresses that an exit's advertisements name, accepted or not.
    pub(super) fn listed(&self, exit: usize) -> AddressSet {
        self.exit(exit)
            .map_or_else(AddressSet::empty, |exit| self.network().addresses(&ListId::Advertised(exit.id.clone())))
    }

    /// Every entry of a list: prefix, attributes, place in bytes.
    pub(super) fn entries(&self, list: &ListId) -> Vec<(IpNet, &'a Attributes, u32)> {
        let Some(reading) = self.network().lists.get(list) else { return Vec::new() };
        fn half<'r, A: Address>(
            reading: &'r crate::intake::Reading,
            entries: &'r [Entry<A>],
        ) -> impl Iterator<Item = (IpNet, &'r Attributes, u32)> {
            entries.iter().map(|entry| (entry.prefix.into(), reading.attributes_of(entry), entry.at))
        }
        half(reading, &reading.v4).chain(half(reading, &reading.v6)).collect()
    }

    /// A byte of a list as a place.
    pub(super) fn place(&self, list: &ListId, at: u32) -> Option<Place> {
        let lists = &self.network().lists;
        lists.index_of(list).map(|index| lists.place(index, at))
    }

    /// The beginning of a list.
    pub(super) fn list(&self, list: ListId) -> Option<Place> {
        self.place(&list, 0)
    }

    /// The entries of an exit's advertisements that touch some addresses.
    pub(super) fn advertisements(&self, exit: &Exit, touching: &AddressSet) -> Vec<Place> {
        let list = ListId::Advertised(exit.id.clone());
        let entries = self.entries(&list).into_iter();
        let touch = entries.filter(|(net, _, _)| AddressSet::from(*net).intersects(touching));
        touch.take(super::MAX_EVIDENCE).filter_map(|(_, _, at)| self.place(&list, at)).collect()
    }

    /// A pool or site as what a finding is about.
    pub(super) fn owner(&self, owner: Owner) -> (PartKind, Id) {
        let (kind, id) = match owner {
            Owner::Pool(pool) => (PartKind::Pool, self.plan().pools.get(pool).map(|pool| &pool.id)),
            Owner::Site(site) => (PartKind::Site, self.plan().sites.get(site).map(|site| &site.id)),
        };
        (kind, id.cloned().unwrap_or_default())
    }

    /// The list of a pool's or a site's addresses.
    pub(super) fn owner_list(&self, owner: Owner) -> ListId {
        match self.owner(owner) {
            (PartKind::Pool, id) => ListId::Pool(id),
            (_, id) => ListId::Inside(id),
        }
    }

    /// The rows of which some part leaves by an exit with addresses of an owner.
    pub(super) fn rows_by(&self, exit: usize, owner: Owner) -> Vec<Id> {
        let Some(exit) = self.exit(exit) else { return Vec::new() };
        let (_, id) = self.owner(owner);
        let uses = |row: &&Row| {
            row.direction == crate::journey::Direction::Outbound
                && row.parts.iter().any(|part| {
                    let own = match owner {
                        Owner::Pool(_) => part.pools.contains(&id),
                        Owner::Site(_) => part.pools.is_empty() && row.site == id,
                    };
                    own && part.out.contains(&exit.id)
                })
        };
        self.rows.iter().filter(uses).map(|row| row.flow.clone()).collect()
    }

    /// All ExpressRoute exits with their links.
    pub(super) fn express_routes(&self) -> impl Iterator<Item = (usize, &'a Exit, &'a ExpressRouteLink)> {
        self.plan().exits.iter().enumerate().filter_map(|(index, exit)| match &exit.link {
            Link::ExpressRoute(link) => Some((index, exit, link)),
            Link::Internet(_) => None,
        })
    }

    /// Those over Microsoft peering.
    pub(super) fn microsoft(&self) -> impl Iterator<Item = (usize, &'a Exit, &'a ExpressRouteLink)> {
        self.express_routes().filter(|(_, _, link)| link.peering == PeeringKind::Microsoft)
    }

    /// Circuits with the peerings that some exit runs over.
    pub(super) fn peerings(&self) -> impl Iterator<Item = (&'a Circuit, &'a Peering)> {
        let all =
            self.plan().circuits.iter().flat_map(|circuit| circuit.peerings.iter().map(move |own| (circuit, own)));
        let over = |link: &ExpressRouteLink, circuit: &Circuit, peering: &Peering| {
            link.circuit == circuit.id && link.peering == peering.kind
        };
        all.filter(move |(circuit, peering)| {
            self.express_routes().any(|(_, _, link)| over(link, circuit, peering))
        })
    }

    /// The peering that an exit runs over.
    pub(super) fn peering_of(&self, exit: usize) -> Option<(&'a Circuit, &'a Peering)> {
        let Link::ExpressRoute(link) = &self.exit(exit)?.link else { return None };
        let circuit = self.plan().circuits.iter().find(|circuit| circuit.id == link.circuit)?;
        Some((circuit, circuit.peering(link.peering)?))
    }

    /// A device by its identifier.
    pub(super) fn device(&self, id: &Id) -> Option<&'a Device> {
        self.plan().devices.iter().find(|device| device.id == *id)
    }

    /// A pool or site as an argument.
    pub(super) fn owner_arg(&self, owner: Owner) -> Arg {
        let (kind, id) = self.owner(owner);
        Arg::Part(kind, id)
    }

    /// Everyone whose addresses packets leave with.
    pub(super) fn owners(&self) -> BTreeSet<Owner> {
        self.uses.iter().map(|one| one.owner).collect()
    }

    /// The addresses of an owner that packets leave with by some exit, as far as they can be answered.
    pub(super) fn used_by(&self, owner: Owner) -> AddressSet {
        let own = self.uses.iter().filter(|one| one.owner == owner);
        let all = own.fold(AddressSet::empty(), |all, one| all.union(&one.set));
        all.difference(crate::space::not_public())
    }

    /// The rows of which some part leaves with addresses of an owner.
    pub(super) fn rows_of(&self, owner: Owner) -> Vec<Id> {
        let mut rows: Vec<Id> = Vec::new();
        for one in self.uses.iter().filter(|one| one.owner == owner) {
            for row in self.rows_by(one.exit, owner) {
                if !rows.contains(&row) {
                    rows.push(row);
                }
            }
        }
        rows
    }

    /// The flows to a published service.
    pub(super) fn rows_to(&self, published: &Id) -> Vec<Id> {
        let to = |flow: &&crate::plan::Flow| matches!(&flow.ends, crate::plan::Ends::Inbound(inbound) if inbound.published == *published);
        self.plan().flows.iter().filter(to).map(|flow| flow.id.clone()).collect()
    }

    /// The addresses that advertisements over Internet exits name, accepted or not.
    pub(super) fn listed_on_the_internet(&self) -> AddressSet {
        let exits = self.plan().exits.iter().enumerate().filter(|(_, exit)| !is_express_route(exit));
        exits.fold(AddressSet::empty(), |all, (exit, _)| all.union(&self.listed(exit)))
    }

    /// What is attracted by somebody on the Internet.
    pub(super) fn on_the_internet(&self) -> AddressSet {
        let spreads = self.plan().assumptions.long_prefixes == Setting::Value(LongPrefixes::Spread);
        let mut all = AddressSet::empty();
        for (exit, sent) in self.plan().exits.iter().zip(&self.network().advertised) {
            if !is_express_route(exit) {
                let v4 = sent.v4.iter().filter(|own| spreads || !own.long).map(|own| own.prefix);
                let v6 = sent.v6.iter().filter(|own| spreads || !own.long).map(|own| own.prefix);
                all = all.union(&Dual { v4: Set::from_prefixes(v4), v6: Set::from_prefixes(v6) });
            }
        }
        for block in &self.plan().provider_covered {
            all = all.union(&self.network().addresses(&ListId::ProviderCovered(block.id.clone())));
        }
        all
    }

    /// Whether some packet to Microsoft leaves by an exit.
    pub(super) fn leads_to_microsoft(&self, exit: usize) -> bool {
        (0..self.plan().sites.len()).any(|site| self.to_microsoft(site).contains(exit))
    }

    /// The exits by which packets from a site to Microsoft leave.
    pub(super) fn to_microsoft(&self, site: usize) -> ExitSet {
        let Some(classes) = self.world.classes.get(site) else { return ExitSet::NONE };
        let v4 = classes.v4.iter().map(|(_, class)| class);
        let v6 = classes.v6.iter().map(|(_, class)| class);
        let theirs = v4.chain(v6).filter(|class| class.side == FarSide::Microsoft);
        theirs.fold(ExitSet::NONE, |all, class| all.union(class.exits))
    }

    /// The flows of which something holds in the normal world and in a state of the failures.
    pub(super) fn after(&self, state: usize, is: impl Fn(&Told, &Told) -> bool) -> Vec<Id> {
        let told = self.failures.state(0).iter().zip(self.failures.state(state));
        let those = self.plan().flows.iter().zip(told).filter(|(_, (before, after))| is(before, after));
        those.map(|(flow, _)| flow.id.clone()).collect()
    }

    /// For each ExpressRoute exit and family how many prefixes are advertised, and how many the peering takes.
    pub(super) fn limits(&self) -> Vec<(&'a Exit, u64, u64)> {
        let mut all = Vec::new();
        for (index, exit, link) in self.express_routes() {
            match link.peering {
                PeeringKind::Microsoft => {
                    let sent = self.network().advertised.get(index).map_or((0, 0), |sent| sent.sent);
                    let limit = u64::from(MICROSOFT_PEERING_PREFIXES);
                    all.extend([(exit, u64::from(sent.0), limit), (exit, u64::from(sent.1), limit)]);
                }
                PeeringKind::Private => {
                    let entries = self.entries(&ListId::Advertised(exit.id.clone()));
                    let nets: BTreeSet<IpNet> = entries.into_iter().map(|(net, _, _)| net).collect();
                    let v6 = nets.iter().filter(|net| matches!(net, IpNet::V6(_))).count() as u64;
                    let circuit = self.plan().circuits.iter().find(|circuit| circuit.id == link.circuit);
                    let premium = circuit.is_some_and(|circuit| circuit.sku == Sku::Premium);
                    let v4 = if premium { PRIVATE_PREFIXES.1 } else { PRIVATE_PREFIXES.0 };
                    all.extend([(exit, nets.len() as u64 - v6, v4), (exit, v6, PRIVATE_PREFIXES_V6)]);
                }
                PeeringKind::LegacyPublic => {}
            }
        }
        all
    }

    /// Every subnet of a peering, with its list and place.
    pub(super) fn subnet_entries(&self, circuit: &Circuit, peering: &Peering) -> Vec<(ListId, IpNet, u32)> {
        let (id, kind) = (&circuit.id, peering.kind);
        let lists = [ListId::PrimarySubnets(id.clone(), kind), ListId::SecondarySubnets(id.clone(), kind)];
        let entries = |list: ListId| {
            let own = self.entries(&list);
            own.into_iter().map(move |(net, _, at)| (list.clone(), net, at))
        };
        lists.into_iter().flat_map(entries).collect()
    }

    /// The subnets of a peering.
    pub(super) fn subnets(&self, circuit: &Circuit, peering: &Peering) -> AddressSet {
        self.subnet_entries(circuit, peering).into_iter().map(|(_, net, _)| net).collect()
    }

    /// Addresses of ours: inside, and in pools.
    pub(super) fn ours(&self) -> AddressSet {
        let sites = self.plan().sites.iter().map(|site| ListId::Inside(site.id.clone()));
        let pools = self.plan().pools.iter().map(|pool| ListId::Pool(pool.id.clone()));
        sites.chain(pools).fold(AddressSet::empty(), |all, list| all.union(&self.network().addresses(&list)))
    }

    /// The beginning of the admitted prefixes of an exit.
    pub(super) fn admitted_list(&self, exit: usize) -> Option<Place> {
        let (circuit, peering) = self.peering_of(exit)?;
        self.list(ListId::Admitted(circuit.id.clone(), peering.kind))
    }
}

/// Prefixes that private peering takes, IPv4: Standard and Local, Premium (Microsoft: subscription limits).
const PRIVATE_PREFIXES: (u64, u64) = (4_000, 10_000);
/// The same, IPv6.
const PRIVATE_PREFIXES_V6: u64 = 100;

pub(super) fn is_private(exit: &Exit) -> bool {
    matches!(&exit.link, Link::ExpressRoute(link) if link.peering == PeeringKind::Private)
}

/// A family's half made whole.
pub(super) trait Halves: Sided {
    fn both(set: Set<Self>) -> AddressSet;
}

impl Halves for u32 {
    fn both(set: Set<Self>) -> AddressSet {
        Dual { v4: set, v6: Set::empty() }
    }
}

impl Halves for u128 {
    fn both(set: Set<Self>) -> AddressSet {
        Dual { v4: Set::empty(), v6: set }
    }
}

/// Prefixes as an argument.
pub(super) fn nets(set: &AddressSet) -> Arg {
    Arg::Texts(set.nets().take(super::MAX_EVIDENCE).map(|net| net.to_string()).collect())
}
