//! From one scenario to another: which way the addresses of a flow go then, and what becomes of their sessions.

use super::cut::{Catalogue, Course, Leaf, Piece};
use super::inbound::Published;
use super::outlook::{Ends, Judged, Outlook, over};
use super::state::{Trail, Way, goes_on};
use super::{Standing, Verdict};
use crate::routing::ExitSet;
use crate::space::{Family, Share};
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;
use std::net::IpAddr;

/// What becomes of the sessions that a flow has when something changes, worst first.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Sessions {
    /// They end, and new ones don't work either; or that may be, and the plan can't tell.
    Lost,
    /// They end: the new way translates to another pool (or to none). New ones work.
    AnotherPool,
    /// They end: on the new way another device holds the translation. New ones work.
    OtherDevice,
    /// They end: a stateful device on the new way doesn't know them, or knows them by another zone. New ones work.
    NotKnown,
    /// They go on.
    #[default]
    Kept,
    /// There are none: it didn't work before.
    NoneBefore,
}

impl Sessions {
    /// Whether they end and begin anew.
    pub fn reset(self) -> bool {
        matches!(self, Self::AnotherPool | Self::OtherDevice | Self::NotKnown)
    }
}

/// Addresses of a flow for which something changes.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) family: Family,
    /// Their share of the family's pairs of addresses.
    pub(crate) share: Share,
    /// The exits of the first packet, before and after.
    pub(crate) first: (ExitSet, ExitSet),
    /// The exits of the answer.
    pub(crate) answer: (ExitSet, ExitSet),
    pub(crate) verdict: (Verdict, Verdict),
    pub(crate) sessions: Sessions,
    /// A pair of addresses of them: the source of the first packet, and its destination.
    pub(crate) example: (IpAddr, IpAddr),
}

/// What passes from one scenario to another, with what was found out already. Only asked, never walked.
pub(crate) struct Mover<'a> {
    catalogue: &'a Catalogue,
    judged: &'a [Judged],
    published: Vec<Option<Published<'a>>>,
    /// By the way of the first packets, the exit, and whether packets come in by it.
    passes: HashMap<(u32, usize, bool), bool>,
}

/// What some addresses are before, and what after, with their share.
type Pair<'a> = (Share, Option<&'a Leaf>, Option<&'a Leaf>);

/// One end of each, joined over equal paths.
#[derive(Clone, PartialEq, Eq)]
struct Joined {
    back: ExitSet,
    ends: Ends,
}

impl Joined {
    fn with(&self, judged: Option<&Judged>) -> Self {
        let Some(judged) = judged else { return self.clone() };
        let ends = self.ends.iter().zip(&judged.ends).map(|(own, other)| own | other).collect();
        Self { back: self.back.union(judged.fate.back), ends }
    }
}

impl<'a> Mover<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue, judged: &'a [Judged]) -> Self {
        let ground = &*catalogue.ground;
        let published = ground.plan().published.iter().map(|published| ground.published(&published.id)).collect();
        Self { catalogue, judged, published, passes: HashMap::new() }
    }

    fn judged(&self, index: u32) -> Option<&'a Judged> {
        self.judged.get(index as usize)
    }

    /// Tells what changes for a piece, if anything does.
    pub(crate) fn changes(
        &mut self,
        before: &Outlook,
        after: &Outlook,
        piece: &Piece,
        mut tell: impl FnMut(Change),
    ) {
        match &piece.course {
            Course::Inbound(entering) => {
                let (was, is) = (before.of_entering(*entering), after.of_entering(*entering));
                if was == is {
                    return;
                }
                let (Some(was), Some(is)) = (self.judged(was), self.judged(is)) else { return };
                tell(Change {
                    family: piece.family,
                    share: piece.share,
                    first: (was.fate.out, is.fate.out),
                    answer: (was.fate.back, is.fate.back),
                    verdict: (was.verdict, is.verdict),
                    sessions: self.entered(before, after, piece, *entering),
                    example: (piece.from, piece.to),
                });
            }
            Course::Outbound(exits) => {
                let (was, is) = (before.chosen(piece), after.chosen(piece));
                let unmoved = |(exit, leaves): &(usize, Vec<Leaf>)| {
                    !was.contains(*exit) || leaves.iter().all(|leaf| before.of_ask(leaf) == after.of_ask(leaf))
                };
                if was == is && exits.iter().all(unmoved) {
                    return;
                }
                let sessions = self.left(before, after, exits, was, is);
                let multipath = self.catalogue.ground.plan().multipath;
                let told = |exits: ExitSet, joined: &Joined| {
                    if exits.is_empty() { Verdict::NoRoute } else { over(&joined.ends, multipath) }
                };
                for (share, old, new) in self.joint(before, after, exits, was, is) {
                    tell(Change {
                        family: piece.family,
                        share: piece.share * share,
                        first: (was, is),
                        answer: (old.back, new.back),
                        verdict: (told(was, &old), told(is, &new)),
                        sessions,
                        example: (piece.from, piece.to),
                    });
                }
            }
        }
    }

    /// The answers before and after with their shares of a piece that we begin. What keeps its translated address is
    /// told address by address; where that changes, old and new addresses are taken in every combination.
    fn joint(
        &self,
        before: &Outlook,
        after: &Outlook,
        exits: &[(usize, Vec<Leaf>)],
        was: ExitSet,
        is: ExitSet,
    ) -> Vec<(Share, Joined, Joined)> {
        let none = Joined { back: ExitSet::NONE, ends: vec![0; self.catalogue.choices.len()] };
        let mut joint = vec![(Share::ONE, none.clone(), none)];
        let of = |exit: usize| exits.iter().find(|(own, _)| *own == exit).map(|(_, leaves)| leaves.as_slice());
        let (gone, come) = (was.without(is), is.without(was));
        let alone = |only: Option<usize>| only.filter(|_| gone.len() == 1 && come.len() == 1);
        let coupled = alone(gone.iter().next()).zip(alone(come.iter().next())).and_then(|(gone, come)| {
            let (old, new) = (of(gone)?, of(come)?);
            let partner = |leaf: &&Leaf| new.iter().find(|other| self.alike(leaf, other));
            let paired: Vec<_> =
                old.iter().map(|leaf| Some((leaf.share, Some(leaf), Some(partner(&leaf)?)))).collect();
            paired.into_iter().collect::<Option<Vec<_>>>()
        });
        let mut steps: Vec<Vec<Pair<'_>>> = Vec::new();
        for exit in was.intersection(is).iter() {
            let leaves = of(exit).unwrap_or_default();
            steps.push(leaves.iter().map(|leaf| (leaf.share, Some(leaf), Some(leaf))).collect());
        }
        if let Some(coupled) = coupled {
            steps.push(coupled);
        } else {
            for exit in gone.iter() {
                steps.push(
                    of(exit).unwrap_or_default().iter().map(|leaf| (leaf.share, Some(leaf), None)).collect(),
                );
            }
            for exit in come.iter() {
                steps.push(
                    of(exit).unwrap_or_default().iter().map(|leaf| (leaf.share, None, Some(leaf))).collect(),
                );
            }
        }
        for step in steps {
            let mut next: Vec<(Share, Joined, Joined)> = Vec::new();
            for (share, old, new) in &joint {
                for (own, leaving, coming) in &step {
                    let old = old.with(leaving.and_then(|leaf| self.judged(before.of_ask(leaf))));
                    let new = new.with(coming.and_then(|leaf| self.judged(after.of_ask(leaf))));
                    let share = *share * *own;
                    match next.iter_mut().find(|(_, a, b)| *a == old && *b == new) {
                        Some((sum, _, _)) => *sum += share,
                        None => next.push((share, old, new)),
                    }
                }
            }
            joint = next;
        }
        let mut shares: Vec<Share> = joint.iter().map(|(share, _, _)| *share).collect();
        Share::settle(&mut shares);
        joint.into_iter().zip(shares).map(|((_, old, new), share)| (share, old, new)).collect()
    }

    /// Whether two leaves are the same addresses, translated by the same devices.
    fn alike(&self, leaf: &Leaf, other: &Leaf) -> bool {
        let ask = |leaf: &Leaf| self.catalogue.asks.get(leaf.ask as usize);
        let (Some(one), Some(two)) = (ask(leaf), ask(other)) else { return false };
        one.seen == two.seen && self.same_translation(one.way, two.way)
    }

    fn same_translation(&self, one: u32, two: u32) -> bool {
        let way = |index: u32| self.catalogue.ways.get(index as usize);
        match (way(one), way(two)) {
            (Some(one), Some(two)) => one.translated().eq(two.translated()),
            _ => false,
        }
    }

    /// What becomes of the sessions of a piece that we begin.
    fn left(
        &mut self,
        before: &Outlook,
        after: &Outlook,
        exits: &[(usize, Vec<Leaf>)],
        used: ExitSet,
        is: ExitSet,
    ) -> Sessions {
        let mut worst = Sessions::NoneBefore;
        for (exit, leaves) in exits.iter().filter(|(exit, _)| used.contains(*exit)) {
            // Among equal paths a session stays where it is, as long as that is one of them.
            let to = if is.contains(*exit) { ExitSet::one(*exit) } else { is };
            for leaf in leaves {
                let was = self.judged(before.of_ask(leaf));
                if was.is_none_or(|judged| judged.verdict.standing() == Standing::Fails) {
                    continue;
                }
                if to.is_empty() {
                    return Sessions::Lost;
                }
                for (_, new) in exits.iter().filter(|(exit, _)| to.contains(*exit)) {
                    worst = worst.min(self.session(after, *exit, (leaf, was), new));
                }
            }
        }
        worst
    }

    /// What becomes of a session that left by an exit, on its new way.
    fn session(
        &mut self,
        after: &Outlook,
        from: usize,
        (leaf, before): (&Leaf, Option<&Judged>),
        new: &[Leaf],
    ) -> Sessions {
        let fails = |judged: Option<&Judged>| judged.is_none_or(|j| j.verdict.standing() == Standing::Fails);
        let way = |leaf: &Leaf| self.catalogue.asks.get(leaf.ask as usize).map(|ask| ask.way);
        let exit_of = |way: u32| self.catalogue.ways.get(way as usize).map(|way| way.exit);
        let Some(own) = way(leaf) else { return Sessions::Lost };
        let Some(same) = new.iter().find(|other| self.alike(leaf, other)) else {
            if new.iter().any(|leaf| fails(self.judged(after.of_ask(leaf)))) {
                return Sessions::Lost;
            }
            let pool = |way: u32| self.catalogue.ways.get(way as usize).and_then(|way| way.pool());
            let other = new.iter().filter_map(way).any(|other| pool(other) != pool(own));
            return if other { Sessions::AnotherPool } else { Sessions::OtherDevice };
        };
        let judged = self.judged(after.of_ask(same));
        let works = |judged: Option<&Judged>| judged.is_some_and(|j| j.verdict.standing() == Standing::Works);
        if fails(judged) || works(before) && !works(judged) {
            return Sessions::Lost;
        }
        let to = way(same).and_then(exit_of);
        let out = to.is_none_or(|to| to == from || self.passes(own, to, false));
        let back = judged.map(|judged| judged.fate.back).unwrap_or_default();
        if out && back.iter().all(|by| self.passes(own, by, true)) { Sessions::Kept } else { Sessions::NotKnown }
    }

    /// Whether packets of a session that began on a way pass an exit's devices.
    fn passes(&mut self, way: u32, by: usize, inwards: bool) -> bool {
        let catalogue = self.catalogue;
        *self.passes.entry((way, by, inwards)).or_insert_with(|| {
            let (Some(first), Some(trail)) =
                (catalogue.ways.get(way as usize), catalogue.trails.get(way as usize))
            else {
                return false;
            };
            let direction = if inwards { Way::In } else { Way::Out };
            goes_on(catalogue.ground.plan(), first.exit, trail, by, direction)
        })
    }

    /// What becomes of the sessions of a piece that the far side begins.
    fn entered(&self, before: &Outlook, after: &Outlook, piece: &Piece, entering: u32) -> Sessions {
        let (Some(was), Some(is)) =
            (self.judged(before.of_entering(entering)), self.judged(after.of_entering(entering)))
        else {
            return Sessions::NoneBefore;
        };
        if was.verdict.standing() == Standing::Fails {
            return Sessions::NoneBefore;
        }
        let doubtful = was.verdict.standing() == Standing::Works && is.verdict.standing() != Standing::Works;
        if doubtful || is.verdict.standing() == Standing::Fails {
            return Sessions::Lost;
        }
        let published = self.catalogue.enterings.get(entering as usize).map(|entering| entering.published);
        let Some(published) = published.and_then(|index| self.published.get(index)).and_then(Option::as_ref)
        else {
            return Sessions::NoneBefore;
        };
        let mut worst = Sessions::Kept;
        for from in was.fate.out.iter() {
            let to = if is.fate.out.contains(from) { ExitSet::one(from) } else { is.fate.out };
            for to in to.iter() {
                worst = worst.min(self.entry(after, piece, published, from, to));
            }
        }
        worst
    }

    /// What becomes of a session that came in by an exit, when its packets come in by another.
    fn entry(
        &self,
        after: &Outlook,
        piece: &Piece,
        published: &Published<'_>,
        from: usize,
        to: usize,
    ) -> Sessions {
        let plan = self.catalogue.ground.plan();
        let Some(old) = published.entry(plan, from) else { return Sessions::Kept };
        let Some(new) = published.entry(plan, to) else { return Sessions::Lost };
        if old.source_pool != new.source_pool {
            return Sessions::AnotherPool;
        }
        let translated = published.outside != published.inside || old.source_pool.is_some();
        if translated && old.device != new.device {
            return Sessions::OtherDevice;
        }
        let trail: Trail = published.trail(plan, from, old);
        let passes = |by: usize, way: Way| goes_on(plan, from, &trail, by, way);
        let comes_in = from == to || passes(to, Way::In);
        // A reply to a translated source returns by the device that holds it.
        let ground = &self.catalogue.ground;
        let pool = match piece.family {
            Family::V4 => published.source_pool::<u32>(ground, old),
            Family::V6 => published.source_pool::<u128>(ground, old),
        };
        let goes_out = pool.is_some() || after.chosen(piece).iter().all(|by| passes(by, Way::Out));
        if comes_in && goes_out { Sessions::Kept } else { Sessions::NotKnown }
    }
}
