//! The flows of a [`Catalogue`] in one scenario: what becomes of each piece.

use super::cut::{Ask, Catalogue, Course, Entering, Leaf, Piece};
use super::fate::Fate;
use super::inbound::{Published, Reply};
use super::outbound::returned;
use super::{Standing, Verdict};
use crate::plan::EqualExpressRoute;
use crate::plan::{OutOfArea, ReturnModel};
use crate::routing::{Asked, Back, ExitSet, FarSide, Scenario, Sided, Up};
use crate::space::Family;
use std::collections::{BTreeSet, HashMap};

/// What isn't asked in a scenario, because its exit isn't up.
const NOT_ASKED: u32 = u32::MAX;

/// A set of verdicts, by their numbers: for each way the open choices may fall what may happen.
pub(crate) type Ends = Vec<u16>;

/// How addresses that are treated alike end.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) fate: Fate,
    pub(crate) ends: Ends,
    pub(crate) verdict: Verdict,
}

impl Judged {
    /// Whether some of it may work.
    pub(crate) fn may_work(&self) -> bool {
        self.ends.iter().any(|bits| verdicts(*bits).any(|verdict| verdict.standing() != Standing::Fails))
    }
}

/// What is known from other scenarios: an answer that takes the same ways ends the same. Only asked, never walked.
pub(crate) struct Judge<'a> {
    catalogue: &'a Catalogue,
    published: Vec<Option<Published<'a>>>,
    pub(crate) judged: Vec<Judged>,
    stopped: HashMap<(usize, Verdict), u32>,
    left: HashMap<(u32, Vec<Back>), u32>,
    entered: HashMap<Entered, u32>,
    /// Whether the exit of the first packet may change what the far side decides.
    by_exit: bool,
    /// Whether geography may.
    by_area: bool,
}

/// All that an inbound journey's end depends on.
#[derive(PartialEq, Eq, Hash)]
struct Entered {
    published: usize,
    family: Family,
    admitted: ExitSet,
    exits: ExitSet,
    server_down: bool,
    backs: Vec<Back>,
}

/// A scenario, and what becomes of everything in it.
#[derive(Clone, Debug)]
pub(crate) struct Outlook {
    pub(crate) up: Up,
    /// For each site the exits of every chain.
    chosen: Vec<Vec<ExitSet>>,
    /// For everything asked how it ends, by its number in [`Judge::judged`].
    asks: Vec<u32>,
    enterings: Vec<u32>,
}

impl Outlook {
    /// The exits of our first packet; of an inbound piece those of our replies.
    pub(crate) fn chosen(&self, piece: &Piece) -> ExitSet {
        let site = self.chosen.get(piece.site);
        site.and_then(|chains| chains.get(piece.far.chain as usize)).copied().unwrap_or_default()
    }

    /// How an ask ends, by its number.
    pub(crate) fn of_ask(&self, leaf: &Leaf) -> u32 {
        self.asks.get(leaf.ask as usize).copied().unwrap_or(NOT_ASKED)
    }

    /// How an inbound piece ends, by its number.
    pub(crate) fn of_entering(&self, entering: u32) -> u32 {
        self.enterings.get(entering as usize).copied().unwrap_or(NOT_ASKED)
    }
}

/// What the far side is asked, as far as its answer depends on it.
type Question = (Family, u32, FarSide, Option<usize>, ExitSet);

impl<'a> Judge<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue) -> Self {
        let ground = &*catalogue.ground;
        let plan = ground.plan();
        let up = Up::new(
            &ground.network,
            &Scenario { other_return_model: catalogue.other_return_model, ..Scenario::default() },
        );
        let sticky = |exit| up.model(exit) == Some(ReturnModel::Sticky);
        let choices = &catalogue.choices;
        Self {
            catalogue,
            published: plan.published.iter().map(|published| ground.published(&published.id)).collect(),
            judged: Vec::new(),
            stopped: HashMap::new(),
            left: HashMap::new(),
            entered: HashMap::new(),
            by_exit: (0..plan.exits.len()).any(sticky)
                || choices.iter().any(|choice| choice.equal_express_route == EqualExpressRoute::SameAsOut),
            by_area: choices.iter().any(|choice| choice.out_of_area == OutOfArea::Limited),
        }
    }

    /// What becomes of everything in a scenario.
    pub(crate) fn outlook(&mut self, up: Up) -> Outlook {
        let catalogue = self.catalogue;
        let chosen: Vec<Vec<ExitSet>> = catalogue.sites.iter().map(|site| site.decide(&up)).collect();
        let mut decided: HashMap<Question, Vec<Back>> = HashMap::new();
        let asks = catalogue.asks.iter().map(|ask| self.ask(ask, &up, &mut decided)).collect();
        let entering = |entering: &Entering| {
            let exits = chosen.get(entering.site).and_then(|site| site.get(entering.far.chain as usize));
            self.entering(entering, exits.copied().unwrap_or_default(), &up, &mut decided)
        };
        let enterings = catalogue.enterings.iter().map(entering).collect();
        Outlook { up, chosen, asks, enterings }
    }

    fn ask(&mut self, ask: &Ask, up: &Up, decided: &mut HashMap<Question, Vec<Back>>) -> u32 {
        let Some(way) = self.catalogue.ways.get(ask.way as usize) else { return NOT_ASKED };
        if !up.exits().contains(way.exit) {
            return NOT_ASKED;
        }
        let admits = self.catalogue.ground.network.admits_only(way.exit).is_none()
            || ask.seen.ours.admitted.contains(way.exit);
        let stopped = match (ask.seen.private, admits) {
            (true, _) => Some(Verdict::NotTranslated),
            (false, false) => Some(Verdict::NotAdmitted),
            (false, true) => None,
        };
        let pools = || way.pool().into_iter().collect::<BTreeSet<usize>>();
        if let Some(verdict) = stopped {
            let key = (ask.way as usize, verdict);
            if let Some(known) = self.stopped.get(&key) {
                return *known;
            }
            let fate = Fate::certain(verdict, self.catalogue.choices.len(), ExitSet::one(way.exit));
            let judged = self.keep(Fate { pools: pools(), ..fate });
            self.stopped.insert(key, judged);
            return judged;
        }
        let backs =
            self.backs(ask.family, ask.seen.ours.cover, ask.side, Some(way.exit), ask.offered, up, decided);
        let key = (ask.way, backs);
        if let Some(known) = self.left.get(&key) {
            return *known;
        }
        let Some(trail) = self.catalogue.trails.get(ask.way as usize) else { return NOT_ASKED };
        let fate = returned(self.catalogue.ground.plan(), way.exit, trail, &key.1, &self.catalogue.choices);
        let judged = self.keep(Fate { pools: pools(), ..fate });
        self.left.insert(key, judged);
        judged
    }

    fn entering(
        &mut self,
        entering: &Entering,
        exits: ExitSet,
        up: &Up,
        decided: &mut HashMap<Question, Vec<Back>>,
    ) -> u32 {
        let far = entering.far;
        let backs = self.backs(entering.family, entering.ours.cover, far.side, None, far.offered, up, decided);
        let server_down = up.sites_down.get(entering.site).copied().unwrap_or(false);
        let (published, family, admitted) = (entering.published, entering.family, entering.ours.admitted);
        let key = Entered { published, family, admitted, exits, server_down, backs };
        if let Some(known) = self.entered.get(&key) {
            return *known;
        }
        let ground = &*self.catalogue.ground;
        let Some(published) = self.published.get(published).and_then(Option::as_ref) else { return NOT_ASKED };
        let reply = Reply { ground, published, exits, ours: entering.ours, server_down };
        let fate = match family {
            Family::V4 => reply.entered::<u32>(&key.backs),
            Family::V6 => reply.entered::<u128>(&key.backs),
        };
        let judged = self.keep(fate);
        self.entered.insert(key, judged);
        judged
    }

    /// What the far side decides, for each way the open choices may fall.
    #[expect(clippy::too_many_arguments, reason = "each is a part of what is asked")]
    fn backs(
        &self,
        family: Family,
        cover: u32,
        side: FarSide,
        out: Option<usize>,
        offered: ExitSet,
        up: &Up,
        decided: &mut HashMap<Question, Vec<Back>>,
    ) -> Vec<Back> {
        let out = out.filter(|_| self.by_exit);
        let offered = if self.by_area { offered } else { ExitSet::NONE };
        let network = &self.catalogue.ground.network;
        let each = || {
            let decide = |resolved: &crate::routing::Resolved| {
                let asked = Asked { far_side: side, out, offered, resolved: *resolved };
                match family {
                    Family::V4 => u32::attraction(network).decide(network, up, cover, &asked),
                    Family::V6 => u128::attraction(network).decide(network, up, cover, &asked),
                }
            };
            self.catalogue.choices.iter().map(decide).collect()
        };
        decided.entry((family, cover, side, out, offered)).or_insert_with(each).clone()
    }

    fn keep(&mut self, fate: Fate) -> u32 {
        let ends: Ends = fate.ends.iter().map(bits).collect();
        let verdict = fate.verdict(self.catalogue.ground.plan().multipath);
        self.judged.push(Judged { fate, ends, verdict });
        self.judged.len() as u32 - 1
    }

    /// What became of something asked.
    pub(crate) fn of(&self, index: u32) -> Option<&Judged> {
        self.judged.get(index as usize)
    }

    /// The pools that a leaf's way translates to, inside first.
    pub(crate) fn pools(&self, leaf: &Leaf) -> impl Iterator<Item = usize> + '_ {
        let ask = self.catalogue.asks.get(leaf.ask as usize);
        let way = ask.and_then(|ask| self.catalogue.ways.get(ask.way as usize));
        way.into_iter().flat_map(|way| way.translated().map(|(_, pool)| pool))
    }

    /// How a piece ends in a scenario: the worst of its addresses.
    pub(crate) fn verdict(&self, outlook: &Outlook, piece: &Piece) -> Verdict {
        verdict(&self.judged, self.catalogue, outlook, piece)
    }
}

/// How a piece ends in a scenario: the worst of its addresses.
pub(crate) fn verdict(judged: &[Judged], catalogue: &Catalogue, outlook: &Outlook, piece: &Piece) -> Verdict {
    let of = |index: u32| judged.get(index as usize);
    match &piece.course {
        Course::Inbound(entering) => of(outlook.of_entering(*entering)).map_or(Verdict::NoRoute, |j| j.verdict),
        Course::Outbound(exits) => {
            let chosen = outlook.chosen(piece);
            let mut own = exits.iter().filter(|(exit, _)| chosen.contains(*exit));
            let multipath = catalogue.ground.plan().multipath;
            match (own.next(), own.next()) {
                (None, _) => Verdict::NoRoute,
                (Some((_, leaves)), None) => {
                    let each = leaves.iter().filter_map(|leaf| of(outlook.of_ask(leaf)));
                    each.map(|judged| judged.verdict).min().unwrap_or(Verdict::NoRoute)
                }
                (Some(first), Some(second)) => {
                    let mut joint: Vec<Ends> = vec![vec![0; catalogue.choices.len()]];
                    for (_, leaves) in [first, second].into_iter().chain(own) {
                        joint = join(&joint, leaves.iter().filter_map(|leaf| of(outlook.of_ask(leaf))));
                    }
                    joint.iter().map(|ends| over(ends, multipath)).min().unwrap_or(Verdict::NoRoute)
                }
            }
        }
    }
}

/// Equal paths: each end of the one with each of the other.
fn join<'a>(joint: &[Ends], others: impl Iterator<Item = &'a Judged>) -> Vec<Ends> {
    let mut next: Vec<Ends> = Vec::new();
    for other in others {
        for ends in joint {
            let both: Ends = ends.iter().zip(&other.ends).map(|(own, other)| own | other).collect();
            if !next.contains(&both) {
                next.push(both);
            }
        }
    }
    next
}

/// The verdict over equal paths first, then over the open choices, as [`Fate::verdict`] says.
pub(crate) fn over(ends: &[u16], multipath: bool) -> Verdict {
    let each = ends.iter().filter_map(|bits| Verdict::over_ties(verdicts(*bits), multipath));
    Verdict::over_ties(each, false).unwrap_or(Verdict::NoRoute)
}

fn bits(verdicts: &BTreeSet<Verdict>) -> u16 {
    verdicts.iter().fold(0, |bits, verdict| bits | 1 << (*verdict as u16))
}

/// The verdicts of a set, worst first.
pub(crate) fn verdicts(bits: u16) -> impl Iterator<Item = Verdict> {
    Verdict::ALL.into_iter().filter(move |verdict| bits & 1 << (*verdict as u16) != 0)
}
