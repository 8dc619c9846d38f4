//! Destinations at a site that fare otherwise than before.

use crate::journey::{Verdict, World};
use crate::pace::Pace;
use crate::plan::Id;
use crate::routing::FarSide;
use crate::space::{Address, AddressSet, Count, Dual, Family, Set, Share, Span};
use crate::study::coverage::{Class, ClassPart, SiteClasses, Tags, Unjudged};
use crate::study::cut::{Cut, together};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;

/// Destinations that fare alike before, and alike after, and otherwise after than before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Change {
    /// Its number among all changes, from 0.
    pub change: u32,
    /// The site.
    pub site: Id,
    /// IPv4 or IPv6.
    pub family: Family,
    /// What changes; at least one.
    pub what: BTreeSet<What>,
    /// How they fared.
    pub before: State,
    /// How they fare.
    pub after: State,
    /// How many addresses.
    pub addresses: Count,
    /// Their share of the family.
    pub share: Share,
    /// How many prefixes their shortest list has.
    pub prefixes: u64,
    /// The lowest of them.
    pub first: IpAddr,
}

/// What may change of a destination.
#[derive(
    Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The exits that packets to it leave by.
    Exits,
    /// The verdict of its worst part, or whether it is judged at all.
    Verdict,
    /// The exits of the answers.
    Back,
    /// The pools that sources are translated to.
    Pools,
    /// On which side it lies.
    FarSide,
    /// None of these, but what stops the answers, which answers come back by which exit, or the shares of sources and
    /// translated addresses that end one way or another.
    Parts,
}

impl What {
    /// All, the weightiest first.
    pub const ALL: [Self; 6] = [Self::Exits, Self::Verdict, Self::Back, Self::Pools, Self::FarSide, Self::Parts];
}

/// How destinations fare.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct State {
    /// How the worst part ends; absent: it isn't judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Why it isn't judged, where it isn't.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unjudged: Option<Unjudged>,
    /// On which side it lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub far_side: Option<FarSide>,
    /// The exits that packets to it leave by; several are a tie; none: no route.
    pub out: Vec<Id>,
    /// The exits of the answers, over all parts.
    pub back: Vec<Id>,
    /// The pools, over all parts.
    pub pools: Vec<Id>,
    /// Each end, worst first.
    pub parts: Vec<ClassPart>,
}

impl From<&Class> for State {
    fn from(class: &Class) -> Self {
        Self {
            verdict: class.verdict,
            unjudged: class.unjudged,
            far_side: class.far_side,
            out: class.out.clone(),
            back: each(class.parts.iter().map(|part| &part.back)),
            pools: each(class.parts.iter().map(|part| &part.pools)),
            parts: class.parts.clone(),
        }
    }
}

/// Each identifier once, in the order met.
pub(super) fn each<'a>(lists: impl Iterator<Item = &'a Vec<Id>>) -> Vec<Id> {
    let mut all: Vec<Id> = Vec::new();
    for id in lists.flatten() {
        if !all.contains(id) {
            all.push(id.clone());
        }
    }
    all
}

/// Whether two lists name the same, in any order: plans may list their exits differently.
pub(super) fn same(before: &[Id], after: &[Id]) -> bool {
    before.len() == after.len() && before.iter().all(|id| after.contains(id))
}

/// What tells two states apart, whatever the order in which their plans name things.
pub(crate) fn told_apart(before: &Class, after: &Class) -> BTreeSet<What> {
    if before.unjudged == Some(Unjudged::NoSources) && after.unjudged == before.unjudged {
        // Nothing was sent there, and nothing is.
        return BTreeSet::new();
    }
    let sorted = |ids: &[Id]| ids.iter().cloned().collect::<BTreeSet<Id>>();
    let over = |class: &Class, of: fn(&ClassPart) -> &Vec<Id>| -> BTreeSet<BTreeSet<Id>> {
        class.parts.iter().map(|part| sorted(of(part))).collect()
    };
    let ends = |class: &Class| -> BTreeMap<_, Share> {
        let mut ends = BTreeMap::new();
        for part in &class.parts {
            let dropped: BTreeSet<_> = part.dropped.iter().cloned().collect();
            let end = (part.verdict, sorted(&part.pools), sorted(&part.back), dropped);
            *ends.entry(end).or_insert(Share::ZERO) += part.share;
        }
        ends
    };
    let mut what: BTreeSet<What> = What::ALL
        .into_iter()
        .filter(|what| match what {
            What::Exits => !same(&before.out, &after.out),
            What::Verdict => (before.verdict, before.unjudged) != (after.verdict, after.unjudged),
            What::Back => over(before, |part| &part.back) != over(after, |part| &part.back),
            What::Pools => over(before, |part| &part.pools) != over(after, |part| &part.pools),
            What::FarSide => before.far_side != after.far_side,
            What::Parts => !alike(&ends(before), &ends(after)),
        })
        .collect();
    if [What::Verdict, What::Back, What::Pools].iter().any(|one| what.contains(one)) {
        // Then the parts differ of course.
        what.remove(&What::Parts);
    }
    what
}

/// Whether shares are the same but for their last bits, which depend on the order of adding up.
pub(super) fn alike<K: Ord>(before: &BTreeMap<K, Share>, after: &BTreeMap<K, Share>) -> bool {
    before.len() == after.len()
        && before.iter().zip(after).all(|((end, share), (other, others))| {
            end == other && share.millionths().abs_diff(others.millionths()) <= 1
        })
}

/// What moved at a site: its addresses counted by what changed of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct SiteTotals {
    /// The site.
    pub site: Id,
    /// The family.
    pub family: Family,
    /// How many addresses change in any way, and their share of the family.
    pub changed: (Count, Share),
    /// How many of them change exit.
    pub exits: (Count, Share),
    /// How many of them change verdict.
    pub verdicts: (Count, Share),
    /// How many addresses fare as before.
    pub same: Count,
    /// From which exits to which, the most addresses first; at most 200.
    pub moves: Vec<Move>,
}

/// Addresses whose packets leave by other exits than before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Move {
    /// By these before; none: no route.
    pub before: Vec<Id>,
    /// By these after.
    pub after: Vec<Id>,
    /// How many addresses.
    pub addresses: Count,
    /// Their share of the family.
    pub share: Share,
}

impl Change {
    /// Whether all answers come back by the same exits, before and after.
    pub(super) fn answers_alike(&self) -> bool {
        let parts = || self.before.parts.iter().chain(&self.after.parts);
        parts().all(|part| parts().next().is_some_and(|first| same(&first.back, &part.back)))
    }
}

/// How many moves a site's totals name.
const NAMED_MOVES: usize = 200;

/// All changes at one site, and the addresses of each.
#[derive(Clone, Debug)]
pub(super) struct SiteChanges {
    pub(super) changes: Vec<Change>,
    pub(super) sets: Vec<AddressSet>,
    pub(super) totals: Vec<SiteTotals>,
}

/// The classes of one site in a world.
pub(super) async fn classes(world: &World, site: &Id, tags: &Tags, pace: &Pace) -> Option<SiteClasses> {
    let index = world.ground.network.site(site)?;
    Some(SiteClasses::new(world, index, tags, pace).await)
}

impl SiteChanges {
    /// Compares the classes of a site in two worlds, in steps.
    pub(super) async fn new(site: &Id, before: &SiteClasses, after: &SiteClasses, pace: &Pace) -> Self {
        let mut found = Found { before, after, site, known: HashMap::new(), changes: Vec::new() };
        let (cuts, other) = (&before.by_address, &after.by_address);
        let v4 = found.family(&cuts.v4, &other.v4, pace).await;
        let v6 = found.family(&cuts.v6, &other.v6, pace).await;
        let mut all: Vec<(Change, AddressSet)> = Vec::new();
        for (mut change, set) in found.changes.into_iter().zip(together_sets(v4, v6)) {
            let count = set.count();
            change.addresses = count.v4 + count.v6;
            change.share = change.addresses.share_of(whole(change.family));
            for (spans, nets) in [prefixes(&set.v4), prefixes(&set.v6)] {
                change.prefixes += nets;
                pace.work(spans).await;
            }
            all.push((change, set));
        }
        crate::sort::by_key(&mut all, |(change, _)| order(change));
        let (changes, sets): (Vec<Change>, Vec<AddressSet>) = all.into_iter().unzip();
        let totals = [Family::V4, Family::V6].map(|family| totals(site, family, &changes)).into();
        Self { changes, sets, totals }
    }
}

/// How many spans a set has, and how many prefixes.
fn prefixes<A: Address>(set: &Set<A>) -> (u64, u64) {
    (set.spans().len() as u64, set.prefixes().count() as u64)
}

/// What gets worse first, then what changes exit, then the most addresses.
fn order(change: &Change) -> (bool, bool, Family, std::cmp::Reverse<Count>, IpAddr) {
    let worse = match (change.before.verdict, change.after.verdict) {
        (Some(before), Some(after)) => after.standing() < before.standing(),
        _ => false,
    };
    let exits = change.what.contains(&What::Exits);
    (!worse, !exits, change.family, std::cmp::Reverse(change.addresses), change.first)
}

pub(super) fn whole(family: Family) -> Count {
    match family {
        Family::V4 => Span::<u32>::ALL.count(),
        Family::V6 => Span::<u128>::ALL.count(),
    }
}

/// A change is of one family: its addresses there, and none in the other.
fn together_sets(v4: Vec<Vec<Span<u32>>>, v6: Vec<Vec<Span<u128>>>) -> impl Iterator<Item = AddressSet> {
    let (mut v4, mut v6) = (v4.into_iter(), v6.into_iter());
    std::iter::from_fn(move || {
        let (v4, v6) = (v4.next(), v6.next());
        (v4.is_some() || v6.is_some()).then(|| Dual {
            v4: Set::from_spans(v4.unwrap_or_default()),
            v6: Set::from_spans(v6.unwrap_or_default()),
        })
    })
}

/// How many pieces are gone through between two pauses.
const PIECES: usize = 4096;

/// The changes found so far.
struct Found<'a> {
    before: &'a SiteClasses,
    after: &'a SiteClasses,
    site: &'a Id,
    /// For each pair of classes its change, where there is one. Only asked, never walked.
    known: HashMap<(u32, u32), Option<u32>>,
    changes: Vec<Change>,
}

impl Found<'_> {
    /// The addresses of each change, of those found in the other family none.
    async fn family<A: Address>(&mut self, before: &Cut<A>, after: &Cut<A>, pace: &Pace) -> Vec<Vec<Span<A>>> {
        let mut spans: Vec<Vec<Span<A>>> = vec![Vec::new(); self.changes.len()];
        for (done, (span, a, b)) in together(before.from(A::FIRST), after.from(A::FIRST)).enumerate() {
            if done % PIECES == PIECES - 1 {
                pace.work(PIECES as u64 / 2).await;
            }
            let change = match self.known.get(&(a, b)) {
                Some(change) => *change,
                None => {
                    let change = self.compare(a, b, span.first);
                    self.known.insert((a, b), change);
                    pace.work(32).await;
                    change
                }
            };
            let Some(change) = change.map(|change| change as usize) else { continue };
            if spans.len() <= change {
                spans.resize(change + 1, Vec::new());
            }
            if let Some(own) = spans.get_mut(change) {
                own.push(span);
            }
        }
        spans
    }

    fn compare<A: Address>(&mut self, a: u32, b: u32, first: A) -> Option<u32> {
        let (before, after) = (self.before.classes.get(a as usize)?, self.after.classes.get(b as usize)?);
        let what = told_apart(before, after);
        if what.is_empty() {
            return None;
        }
        let number = self.changes.len() as u32;
        self.changes.push(Change {
            change: number,
            site: self.site.clone(),
            family: A::FAMILY,
            what,
            before: before.into(),
            after: after.into(),
            addresses: Count::ZERO,
            share: Share::ZERO,
            prefixes: 0,
            first: first.to_ip(),
        });
        Some(number)
    }
}

fn totals(site: &Id, family: Family, changes: &[Change]) -> SiteTotals {
    let all = whole(family);
    let own: Vec<&Change> = changes.iter().filter(|change| change.family == family).collect();
    let sum = |of: &dyn Fn(&Change) -> bool| {
        let count: Count = own.iter().filter(|change| of(change)).map(|change| change.addresses).sum();
        (count, count.share_of(all))
    };
    let mut moves: Vec<Move> = Vec::new();
    for change in own.iter().filter(|change| change.what.contains(&What::Exits)) {
        let (before, after) = (&change.before.out, &change.after.out);
        match moves.iter_mut().find(|known| same(&known.before, before) && same(&known.after, after)) {
            Some(known) => known.addresses += change.addresses,
            None => moves.push(Move {
                before: before.clone(),
                after: after.clone(),
                addresses: change.addresses,
                share: Share::ZERO,
            }),
        }
    }
    // Stable: those of equal size stay in the order of the changes.
    crate::sort::by_key(&mut moves, |known| std::cmp::Reverse(known.addresses));
    moves.truncate(NAMED_MOVES);
    for known in &mut moves {
        known.share = known.addresses.share_of(all);
    }
    let changed = sum(&|_| true);
    SiteTotals {
        site: site.clone(),
        family,
        changed,
        exits: sum(&|change| change.what.contains(&What::Exits)),
        verdicts: sum(&|change| change.what.contains(&What::Verdict)),
        same: all.checked_sub(changed.0).unwrap_or(Count::ZERO),
        moves,
    }
}
