//! The flows of a plan cut so finely that no scenario cuts them further.
//!
//! A scenario decides which exits are up; it doesn't change which prefixes and advertisements cover an address, nor
//! what a device makes of a packet that it gets. So the addresses of a flow are cut once, where any of these change,
//! and every scenario is answered piece by piece, with no set of addresses touched again. Two scenarios are compared
//! the same way: a piece has one answer in each.

use super::inbound::Ours;
use super::open::ever_open;
use super::rows::Journeys;
use super::state::Trail;
use super::world::{Classed, Ground, by_class};
use crate::pace::{Pace, Phase};
use crate::routing::{ExitSet, FarSide, Resolved, SiteChains};
use crate::space::{AddressSet, Dual, Family, Partition, Set, Share, not_public};
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::rc::Rc;

/// What decides about a far address in every scenario, as seen from a site.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Far {
    /// The prefixes around it with their routes, see [`SiteChains`].
    pub(crate) chain: u32,
    /// On which side it lies.
    pub(crate) side: FarSide,
    /// The ExpressRoute exits whose circuits offer it.
    pub(crate) offered: ExitSet,
}

/// What decides about an address of ours that the far side sees.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Seen {
    /// What attracts it, and who admits it.
    pub(crate) ours: Ours,
    /// It means nothing outside.
    pub(crate) private: bool,
}

/// The way over an exit's devices with what they translate.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Way {
    /// The exit.
    pub(crate) exit: usize,
    /// The crossings that translate: which, its device, and the pool; inside first.
    pub(crate) translations: Vec<(usize, usize, usize)>,
}

impl Way {
    /// Devices with the pools they translate to.
    pub(crate) fn translated(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.translations.iter().map(|(_, device, pool)| (*device, *pool))
    }

    /// The pool that the far side sees.
    pub(crate) fn pool(&self) -> Option<usize> {
        self.translations.last().map(|(_, _, pool)| *pool)
    }
}

/// What the far side is asked about packets of ours that left.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Ask {
    pub(crate) way: u32,
    pub(crate) family: Family,
    pub(crate) seen: Seen,
    pub(crate) side: FarSide,
    pub(crate) offered: ExitSet,
}

/// What is asked about packets of the far side to a published service.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Entering {
    /// The published service, by its index.
    pub(crate) published: usize,
    pub(crate) site: usize,
    pub(crate) family: Family,
    pub(crate) ours: Ours,
    pub(crate) far: Far,
}

/// Translated sources of a piece that are treated alike, with their share.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Leaf {
    pub(crate) share: Share,
    pub(crate) ask: u32,
}

/// Who begins, and what is asked.
#[derive(Clone, Debug)]
pub(crate) enum Course {
    /// We do: for each exit that may be chosen what the far side sees.
    Outbound(Vec<(usize, Vec<Leaf>)>),
    /// The far side does.
    Inbound(u32),
}

/// Addresses of a flow that are treated alike in every scenario.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) family: Family,
    /// Its share of the family's pairs of addresses.
    pub(crate) share: Share,
    /// Our site.
    pub(crate) site: usize,
    pub(crate) far: Far,
    pub(crate) course: Course,
    /// A pair of its addresses: the source of the first packet,
    pub(crate) from: IpAddr,
    /// and its destination.
    pub(crate) to: IpAddr,
}

/// All flows of a plan, cut.
pub(crate) struct Catalogue {
    pub(crate) ground: Rc<Ground>,
    pub(crate) sites: Vec<SiteChains>,
    /// All values that open choices may have.
    pub(crate) choices: Vec<Resolved>,
    /// The plan's other return models are taken.
    pub(crate) other_return_model: bool,
    pub(crate) ways: Vec<Way>,
    /// The trail of each way.
    pub(crate) trails: Vec<Trail>,
    pub(crate) asks: Vec<Ask>,
    pub(crate) enterings: Vec<Entering>,
    /// A flow of the plan each, in its order.
    pub(crate) flows: Vec<Vec<Piece>>,
}

impl Catalogue {
    /// Cuts all flows, in steps.
    pub(crate) async fn new(ground: Rc<Ground>, other_return_model: bool, pace: &Pace) -> Self {
        let mut sites = Vec::new();
        for site in 0..ground.plan().sites.len() {
            sites.push(SiteChains::new(&ground.network, site, pace).await);
        }
        let choices = ever_open(&ground.network, other_return_model, &ground.sides);
        let mut cutter = Cutter {
            ground: &ground,
            far: sites.iter().map(|site| far_classes(&ground, site)).collect(),
            ours: Dual { v4: ground.our_classes(), v6: ground.our_classes() },
            sites: &sites,
            ways: Known::default(),
            asks: Known::default(),
            enterings: Known::default(),
            towards: HashMap::new(),
            pools: HashMap::new(),
        };
        let mut flows = Vec::new();
        for (index, flow) in ground.plan().flows.iter().enumerate() {
            pace.at(Phase::Studying, index as u64, 4 * ground.plan().flows.len() as u64);
            let (journeys, _, _) = ground.journeys(flow);
            let mut pieces = cutter.family::<u32>(&journeys, flow);
            pieces.extend(cutter.family::<u128>(&journeys, flow));
            pace.work(64 + 64 * pieces.len() as u64).await;
            flows.push(pieces);
        }
        let (ways, asks, enterings) = (cutter.ways.all, cutter.asks.all, cutter.enterings.all);
        let trail = |way: &Way| {
            Trail::new(ground.plan(), way.exit, |at| {
                way.translations.iter().any(|(crossing, _, _)| *crossing == at)
            })
        };
        let trails = ways.iter().map(trail).collect();
        Self {
            ground: Rc::clone(&ground),
            sites,
            choices,
            other_return_model,
            ways,
            trails,
            asks,
            enterings,
            flows,
        }
    }
}

type FarClasses = Dual<Partition<u32, Far>, Partition<u128, Far>>;

fn far_classes(ground: &Ground, site: &SiteChains) -> FarClasses {
    fn family<A: Classed>(ground: &Ground, chains: &Partition<A, u32>) -> Partition<A, Far> {
        let side = Partition::from_set(A::set(&ground.sides.microsoft), FarSide::Microsoft, FarSide::Internet);
        chains
            .refine(&side, |chain, side| (chain, side))
            .refine(A::offered(&ground.network), |(chain, side), offered| Far { chain, side, offered })
    }
    Dual { v4: family(ground, &site.by_address.v4), v6: family(ground, &site.by_address.v6) }
}

/// Things that are met again and again, each once. Only asked by what they are; walked in the order they were met.
pub(super) struct Known<T> {
    pub(super) all: Vec<T>,
    indexes: HashMap<T, u32>,
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self { all: Vec::new(), indexes: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Known<T> {
    pub(super) fn index(&mut self, thing: T) -> u32 {
        *self.indexes.entry(thing).or_insert_with_key(|thing| {
            self.all.push(thing.clone());
            self.all.len() as u32 - 1
        })
    }
}

/// A family's half of what flows are cut by.
pub(super) trait Halved: Classed {
    fn far(both: &FarClasses) -> &Partition<Self, Far>;
    fn ours(both: &Dual<Partition<u32, Ours>, Partition<u128, Ours>>) -> &Partition<Self, Ours>;
    fn towards(both: &Towards) -> &[(Far, Set<Self>)];
    fn towards_mut(both: &mut Towards) -> &mut Vec<(Far, Set<Self>)>;
}

macro_rules! halved {
    ($int:ty, $half:ident) => {
        impl Halved for $int {
            fn far(both: &FarClasses) -> &Partition<Self, Far> {
                &both.$half
            }

            fn ours(both: &Dual<Partition<u32, Ours>, Partition<u128, Ours>>) -> &Partition<Self, Ours> {
                &both.$half
            }

            fn towards(both: &Towards) -> &[(Far, Set<Self>)] {
                &both.$half
            }

            fn towards_mut(both: &mut Towards) -> &mut Vec<(Far, Set<Self>)> {
                &mut both.$half
            }
        }
    };
}

halved!(u32, v4);
halved!(u128, v6);

/// The far addresses of a service, by what decides about them at a site.
pub(super) type Towards = Dual<Vec<(Far, Set<u32>)>, Vec<(Far, Set<u128>)>>;

/// What the far side sees of some addresses, with shares.
pub(super) type SeenShares = Vec<(Seen, Share)>;

/// What flows are cut by, and what was met so far.
pub(super) struct Cutter<'a> {
    pub(super) ground: &'a Ground,
    sites: &'a [SiteChains],
    far: Vec<FarClasses>,
    pub(super) ours: Dual<Partition<u32, Ours>, Partition<u128, Ours>>,
    pub(super) ways: Known<Way>,
    pub(super) asks: Known<Ask>,
    pub(super) enterings: Known<Entering>,
    /// By site and service (none: everywhere).
    towards: HashMap<(usize, Option<crate::plan::Id>), Rc<Towards>>,
    /// What the far side sees of a whole pool.
    pub(super) pools: HashMap<(usize, Family), Rc<SeenShares>>,
}

impl Cutter<'_> {
    fn family<A: Halved>(&mut self, journeys: &Journeys<'_>, flow: &crate::plan::Flow) -> Vec<Piece> {
        let service = match &flow.ends {
            crate::plan::Ends::Outbound(outbound) => &outbound.service,
            crate::plan::Ends::Inbound(inbound) => &inbound.from,
        };
        let mut pieces = match journeys {
            Journeys::Out { site, sources, destinations } => {
                if A::set(sources).is_empty() || A::set(destinations).is_empty() {
                    return Vec::new();
                }
                let towards = self.towards(*site, service.as_ref(), destinations);
                self.outbound(*site, A::set(sources), A::towards(&towards))
            }
            Journeys::In { published, far } => {
                if A::set(&published.outside).is_empty() || A::set(far).is_empty() {
                    return Vec::new();
                }
                let towards = self.towards(published.site, service.as_ref(), far);
                self.inbound(published, A::towards(&towards))
            }
            Journeys::None => Vec::new(),
        };
        let mut shares: Vec<Share> = pieces.iter().map(|piece| piece.share).collect();
        Share::settle(&mut shares);
        for (piece, share) in pieces.iter_mut().zip(shares) {
            piece.share = share;
        }
        pieces
    }

    /// The exits that some scenario may choose.
    pub(super) fn exits(&self, site: usize, far: Far) -> ExitSet {
        self.sites.get(site).map(|chains| chains.exits(far.chain)).unwrap_or_default()
    }

    fn towards(&mut self, site: usize, service: Option<&crate::plan::Id>, far: &AddressSet) -> Rc<Towards> {
        let key = (site, service.cloned());
        if let Some(towards) = self.towards.get(&key) {
            return Rc::clone(towards);
        }
        let mut towards = Towards::default();
        if let Some(classes) = self.far.get(site) {
            *u32::towards_mut(&mut towards) = by_class(u32::far(classes), &far.v4);
            *u128::towards_mut(&mut towards) = by_class(u128::far(classes), &far.v6);
        }
        let towards = Rc::new(towards);
        self.towards.insert(key, Rc::clone(&towards));
        towards
    }

    /// Addresses of ours by what the far side makes of them.
    pub(super) fn seen<A: Halved>(&self, outside: &Set<A>) -> Vec<(Seen, Set<A>)> {
        let private = A::set(not_public());
        let mut all = Vec::new();
        for (ours, set) in by_class(A::ours(&self.ours), outside) {
            let hidden = set.intersection(private);
            if hidden.is_empty() {
                all.push((Seen { ours, private: false }, set));
                continue;
            }
            let open = set.difference(private);
            all.push((Seen { ours, private: true }, hidden));
            if !open.is_empty() {
                all.push((Seen { ours, private: false }, open));
            }
        }
        all
    }
}
