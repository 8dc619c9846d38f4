//! The destination classes of one site: every address of the space in exactly one, judged as a flow row would be.

use crate::journey::{Classed, Dropped, FarClass, Part, Verdict, World, nowhere};
use crate::pace::Pace;
use crate::plan::Id;
use crate::routing::FarSide;
use crate::space::{Address, Count, Dual, Family, Partition, Set, Share, Special};
use crate::study::cut::Cut;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

/// Destinations that share one fate, from all inside addresses of a site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Class {
    /// Its number among the classes of its site, worst first, from 0.
    pub class: u32,
    /// IPv4 or IPv6.
    pub family: Family,
    /// How the worst part ends; absent: it isn't judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Why it isn't judged, where it isn't.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unjudged: Option<Unjudged>,
    /// On which side it lies; absent for space that no packet can cross the Internet to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub far_side: Option<FarSide>,
    /// The exits that packets to it leave by; several are a tie; none: no route.
    pub out: Vec<Id>,
    /// Each end that its journeys have, worst first, the shares adding up to all; empty where it isn't judged.
    pub parts: Vec<ClassPart>,
    /// How many addresses.
    pub addresses: Count,
    /// Which share of the whole family that is.
    pub share: Share,
    /// How many prefixes its shortest list has.
    pub prefixes: u64,
    /// Its lowest address.
    pub first: IpAddr,
}

/// Journeys to a class that end alike: some of its sources, or of the addresses they are translated to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct ClassPart {
    /// How they end.
    pub verdict: Verdict,
    /// Their share of the pairs of source and translated address; of addresses, not of traffic.
    pub share: Share,
    /// The pools that sources are translated to; empty: untranslated.
    pub pools: Vec<Id>,
    /// The exits of the answer; several are a tie; none: it doesn't get that far, or is lost.
    pub back: Vec<Id>,
    /// What stopped the answer, where it was dropped.
    pub dropped: Vec<Dropped>,
    /// A source with this end, to trace to the class's [`first`](Class::first).
    pub from: IpAddr,
}

/// Why a class isn't judged.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Unjudged {
    /// No packet can cross the Internet to it: private space, multicast, what is reserved.
    Special(Special),
    /// The site has no inside address of the family.
    NoSources,
}

/// What tells classes apart, in any plan: everything is named by identifier.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Fate {
    pub(crate) family: Family,
    pub(crate) unjudged: Option<Unjudged>,
    pub(crate) far_side: Option<FarSide>,
    pub(crate) out: Vec<Id>,
    pub(crate) parts: Vec<End>,
}

/// How a share of the journeys to a class ends: verdict, share, pools, exits of the answer, what stopped it.
pub(crate) type End = (Verdict, Share, Vec<Id>, Vec<Id>, Vec<Dropped>);

impl Class {
    /// What tells it apart from others, in this plan and in others.
    pub(crate) fn fate(&self) -> Fate {
        let parts = self
            .parts
            .iter()
            .map(|part| (part.verdict, part.share, part.pools.clone(), part.back.clone(), part.dropped.clone()));
        Fate {
            family: self.family,
            unjudged: self.unjudged,
            far_side: self.far_side,
            out: self.out.clone(),
            parts: parts.collect(),
        }
    }

    /// Whether packets to it may cross the Internet.
    pub fn is_public(&self) -> bool {
        !matches!(self.unjudged, Some(Unjudged::Special(_)))
    }

    /// What the classes of a site are sorted by: worst first, what isn't judged last, larger before smaller.
    fn order(&self) -> (bool, Option<Verdict>, Option<Unjudged>, Family, std::cmp::Reverse<Count>, IpAddr) {
        let unjudged = self.verdict.is_none();
        (unjudged, self.verdict, self.unjudged, self.family, std::cmp::Reverse(self.addresses), self.first)
    }
}

/// The classes of a site, and for every address its class.
#[derive(Clone, Debug)]
pub(crate) struct SiteClasses {
    /// Worst first.
    pub(crate) classes: Vec<Class>,
    /// For every address the number of its class.
    pub(crate) by_address: Dual<Cut<u32>, Cut<u128>>,
}

/// What of a destination the plan tells apart beside its far class: the rules it is in, and what it is set apart for.
type Tag = (u32, Option<Special>);

/// What tells destinations apart at every site alike.
pub(crate) struct Tags {
    v4: Partition<u32, Tag>,
    v6: Partition<u128, Tag>,
}

impl Tags {
    /// Works them out, in steps.
    pub(crate) async fn new(world: &World, pace: &Pace) -> Self {
        let rules = &world.ground.translators;
        let (v4, v6) = (rules.destinations::<u32>(pace).await, rules.destinations::<u128>(pace).await);
        Self {
            v4: v4.refine(&nowhere().v4, |rules, kind| (rules, kind)),
            v6: v6.refine(&nowhere().v6, |rules, kind| (rules, kind)),
        }
    }
}

impl SiteClasses {
    /// Judges every address from a site, in steps.
    pub(crate) async fn new(world: &World, site: usize, tags: &Tags, pace: &Pace) -> Self {
        let mut found = Found::default();
        let v4 = found.family::<u32>(world, site, &tags.v4, pace).await;
        let v6 = found.family::<u128>(world, site, &tags.v6, pace).await;
        let mut order: Vec<usize> = (0..found.classes.len()).collect();
        crate::sort::by_key(&mut order, |at| found.classes[*at].order());
        let mut new = vec![0; order.len()];
        for (number, at) in order.iter().enumerate() {
            new[*at] = number as u32;
        }
        let mut classes: Vec<Class> = order.iter().map(|at| found.classes[*at].clone()).collect();
        for (number, class) in classes.iter_mut().enumerate() {
            class.class = number as u32;
        }
        let mut by_address = Dual { v4, v6 };
        by_address.v4.renumber(&new);
        by_address.v6.renumber(&new);
        Self { classes, by_address }
    }

    /// The class of an address.
    pub(crate) fn at(&self, address: IpAddr) -> Option<&Class> {
        let number = match address {
            IpAddr::V4(ip) => self.by_address.v4.lookup(ip.to_bits()),
            IpAddr::V6(ip) => self.by_address.v6.lookup(ip.to_bits()),
        };
        self.classes.get(number as usize)
    }
}

/// How many pieces are gone through between two pauses.
pub(crate) const PIECES: usize = 4096;

/// The classes found so far.
#[derive(Default)]
struct Found {
    classes: Vec<Class>,
    by_fate: BTreeMap<Fate, u32>,
}

impl Found {
    async fn family<A: Classed>(
        &mut self,
        world: &World,
        site: usize,
        tags: &Partition<A, Tag>,
        pace: &Pace,
    ) -> Cut<A> {
        let mut cut = Cut::new();
        let (Some(classes), Some(definition)) = (world.classes.get(site), world.plan().sites.get(site)) else {
            return cut;
        };
        let inside = world.inside(&definition.id);
        let far = A::classes(classes);
        // Only asked, never walked.
        let mut known: HashMap<(FarClass, Tag), u32> = HashMap::new();
        let mut last: Option<((FarClass, Tag), u32)> = None;
        for (done, (span, far, tag)) in far.pieces(tags).enumerate() {
            if done % PIECES == PIECES - 1 {
                pace.work(PIECES as u64 / 2).await;
            }
            let key = (far, tag);
            let number = match last {
                Some((same, number)) if same == key => number,
                _ => match known.get(&key) {
                    Some(number) => *number,
                    None => {
                        let number = self.judge(world, site, A::set(&inside), span.first, key);
                        known.insert(key, number);
                        pace.work(256).await;
                        number
                    }
                },
            };
            last = Some((key, number));
            if let Some(class) = self.classes.get_mut(number as usize) {
                class.addresses += span.count();
                class.share = class.addresses.share_of(all::<A>());
            }
            cut.push(span.first, number);
        }
        cut
    }

    /// The class of an address whose like wasn't met before.
    fn judge<A: Classed>(
        &mut self,
        world: &World,
        site: usize,
        inside: &Set<A>,
        first: A,
        (far, (_, kind)): (FarClass, Tag),
    ) -> u32 {
        let parts = if kind.is_none() { world.parts_to(site, inside, first) } else { Vec::new() };
        let unjudged = match kind {
            Some(kind) => Some(Unjudged::Special(kind)),
            None => parts.is_empty().then_some(Unjudged::NoSources),
        };
        let class = Class {
            class: self.classes.len() as u32,
            family: A::FAMILY,
            verdict: parts.iter().map(|part| part.verdict).min(),
            unjudged,
            far_side: kind.is_none().then_some(far.side),
            out: if kind.is_none() { world.exit_ids(far.exits) } else { Vec::new() },
            parts: parts.into_iter().map(ClassPart::from).collect(),
            addresses: Count::ZERO,
            share: Share::ZERO,
            prefixes: 0,
            first: first.to_ip(),
        };
        let next = class.class;
        let number = *self.by_fate.entry(class.fate()).or_insert(next);
        if number == next {
            self.classes.push(class);
        }
        number
    }
}

/// How many addresses a family has.
pub(crate) fn all<A: Address>() -> Count {
    crate::space::Span::<A>::ALL.count()
}

impl From<Part> for ClassPart {
    fn from(part: Part) -> Self {
        Self {
            verdict: part.verdict,
            share: part.share,
            pools: part.pools,
            back: part.back,
            dropped: part.dropped,
            from: part.from,
        }
    }
}
