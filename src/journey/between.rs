//! From one plan to another: which sessions of a flow go on.
//!
//! Works on sets of addresses like the verdicts do. Exits, devices and pools are the same where their identifiers are.
//! An address of a pool that the pool has no more, or that another rule gives, ends its sessions.

use super::fate::Fate;
use super::inbound::Published;
use super::moved::Sessions;
use super::rows::Journeys;
use super::state::{Trail, Way, goes_on};
use super::translation::Translated;
use super::world::{Classed, World, by_class};
use super::{Standing, Verdict};
use crate::plan::{Flow, Id};
use crate::routing::ExitSet;
use crate::space::{Count, Family, Set, Share};
use std::collections::BTreeMap;

/// What becomes of the sessions of a flow in one family, with the shares of its pairs of addresses. What didn't work
/// before is left out, so the shares sum to at most one.
pub(crate) type Outcome = BTreeMap<Sessions, Share>;

/// What becomes of the sessions of a flow when one world follows another.
pub(crate) fn sessions(before: &World, after: &World, flow: &Flow) -> Vec<(Family, Outcome)> {
    let (was, _, _) = before.ground.journeys(flow);
    let (is, _, _) = after.ground.journeys(flow);
    let between = Between { before, after };
    match (&was, &is) {
        (Journeys::Out { site, sources, destinations }, is) => {
            let to = match is {
                Journeys::Out { site, .. } => Some(*site),
                Journeys::In { .. } | Journeys::None => None,
            };
            vec![
                (Family::V4, between.outbound(*site, to, &sources.v4, &destinations.v4)),
                (Family::V6, between.outbound(*site, to, &sources.v6, &destinations.v6)),
            ]
        }
        (Journeys::In { published, far }, is) => {
            let to = match is {
                Journeys::In { published, .. } => Some(published),
                Journeys::Out { .. } | Journeys::None => None,
            };
            vec![
                (Family::V4, between.inbound(published, to, &far.v4)),
                (Family::V6, between.inbound(published, to, &far.v6)),
            ]
        }
        (Journeys::None, _) => Vec::new(),
    }
}

struct Between<'a> {
    before: &'a World,
    after: &'a World,
}

/// Sessions that left by one exit and that its devices and the far side treat alike.
struct Trip<'a, A: crate::space::Address> {
    part: &'a Translated<A>,
    sources: Set<A>,
    /// The addresses that the far side knows them by.
    outside: Set<A>,
    fate: Fate,
    trail: Trail,
    exit: usize,
    share: Share,
}

fn add(outcome: &mut Outcome, sessions: Sessions, share: Share) {
    if share != Share::ZERO {
        *outcome.entry(sessions).or_insert(Share::ZERO) += share;
    }
}

fn verdict(world: &World, fate: &Fate) -> Verdict {
    fate.verdict(world.plan().multipath)
}

/// One of so many equal ways.
fn one_of(many: usize) -> Share {
    Count::ONE.share_of(Count::from(many as u64))
}

fn exit_id(world: &World, exit: usize) -> Option<&Id> {
    world.plan().exits.get(exit).map(|own| &own.id)
}

impl Between<'_> {
    /// The same exit after.
    fn same_exit(&self, exit: usize) -> Option<usize> {
        exit_id(self.before, exit).and_then(|id| self.after.network().exit(id))
    }

    /// Whether new ones fail, or can't be told to work though the old ones did.
    fn is_lost(&self, old: &Fate, new: &Fate) -> bool {
        let (was, is) = (verdict(self.before, old).standing(), verdict(self.after, new).standing());
        is == Standing::Fails || was == Standing::Works && is != Standing::Works
    }

    fn outbound<A: Classed>(
        &self,
        site: usize,
        to: Option<usize>,
        sources: &Set<A>,
        destinations: &Set<A>,
    ) -> Outcome {
        let mut outcome = Outcome::new();
        let Some(classes) = self.before.classes.get(site) else { return outcome };
        if sources.is_empty() || destinations.is_empty() {
            return outcome;
        }
        let (all_sources, all_destinations) = (sources.count(), destinations.count());
        let choices = &self.before.open.as_set;
        for (class, destinations) in by_class(A::classes(classes), destinations) {
            let equal = one_of(class.exits.len());
            for exit in class.exits.iter() {
                let plan = self.before.plan();
                for part in self.before.ground.translators.translate(plan, exit, sources, &destinations) {
                    let trail = Trail::new(plan, exit, |crossing| part.at(crossing));
                    for (outside, fate) in self.before.outside(exit, class, &part, choices) {
                        if verdict(self.before, &fate).standing() == Standing::Fails {
                            continue;
                        }
                        let own = if part.pool.is_none() { outside.clone() } else { part.sources.clone() };
                        let within = if part.pool.is_none() {
                            Share::ONE
                        } else {
                            part.share * outside.count().share_of(part.outside.count())
                        };
                        let share = own.count().share_of(all_sources)
                            * part.destinations.count().share_of(all_destinations)
                            * within
                            * equal;
                        let trail = trail.clone();
                        let trip = Trip { part: &part, sources: own, outside, fate, trail, exit, share };
                        self.goes_on(&trip, to, &mut outcome);
                    }
                }
            }
        }
        outcome
    }

    /// What becomes of sessions at their site after.
    fn goes_on<A: Classed>(&self, trip: &Trip<'_, A>, site: Option<usize>, outcome: &mut Outcome) {
        let Some(classes) = site.and_then(|site| self.after.classes.get(site)) else {
            return add(outcome, Sessions::Lost, trip.share);
        };
        let all = trip.part.destinations.count();
        for (class, destinations) in by_class(A::classes(classes), &trip.part.destinations) {
            let share = trip.share * destinations.count().share_of(all);
            // Among equal paths a session stays where it is, as long as that is one of them.
            let stays = self.same_exit(trip.exit).filter(|exit| class.exits.contains(*exit));
            let to = stays.map_or(class.exits, ExitSet::one);
            if to.is_empty() {
                add(outcome, Sessions::Lost, share);
            }
            for exit in to.iter() {
                let share = share * one_of(to.len());
                let plan = self.after.plan();
                for part in self.after.ground.translators.translate(plan, exit, &trip.sources, &destinations) {
                    let within = part.sources.count().share_of(trip.sources.count())
                        * part.destinations.count().share_of(destinations.count())
                        * part.share;
                    let ends = self.after.outside(exit, class, &part, &self.after.open.as_set);
                    self.by_way(trip, &part, ends, exit, share * within, outcome);
                }
            }
        }
    }

    /// What becomes of sessions on one new way, which the devices there treat alike.
    fn by_way<A: Classed>(
        &self,
        trip: &Trip<'_, A>,
        part: &Translated<A>,
        ends: Vec<(Set<A>, Fate)>,
        exit: usize,
        share: Share,
        outcome: &mut Outcome,
    ) {
        let translated = |part: &Translated<A>| -> Vec<(Id, Id)> {
            part.by.iter().filter_map(|own| Some((own.device.clone(), own.pool.clone()?))).collect()
        };
        let (was, is) = (translated(trip.part), translated(part));
        let pools = |all: &[(Id, Id)]| all.last().map(|(_, pool)| pool.clone());
        let other = if pools(&was) == pools(&is) { Sessions::OtherDevice } else { Sessions::AnotherPool };
        let whole = part.outside.count();
        for (outside, fate) in ends {
            let lost = self.is_lost(&trip.fate, &fate);
            if was != is {
                let sessions = if lost { Sessions::Lost } else { other };
                add(outcome, sessions, share * outside.count().share_of(whole));
                continue;
            }
            // The same translation: address by address.
            let kept = outside.intersection(&trip.outside);
            let of_kept = if part.pool.is_none() {
                kept.count().share_of(part.sources.count())
            } else {
                kept.count().share_of(trip.outside.count())
            };
            let sessions = if lost { Sessions::Lost } else { self.passed(trip, &fate, exit) };
            add(outcome, sessions, share * of_kept);
        }
        if was == is && part.pool.is_some() {
            let left = trip.outside.difference(&part.outside);
            add(outcome, Sessions::AnotherPool, share * left.count().share_of(trip.outside.count()));
        }
    }

    /// Whether the devices on the new way know the sessions.
    fn passed<A: Classed>(&self, trip: &Trip<'_, A>, fate: &Fate, exit: usize) -> Sessions {
        let plan = self.after.plan();
        let passes = |by: usize, way: Way| goes_on(plan, exit, &trip.trail, by, way);
        let out = self.same_exit(trip.exit) == Some(exit) || passes(exit, Way::Out);
        if out && fate.back.iter().all(|by| passes(by, Way::In)) { Sessions::Kept } else { Sessions::NotKnown }
    }

    fn inbound<A: Classed>(&self, was: &Published<'_>, is: Option<&Published<'_>>, far: &Set<A>) -> Outcome {
        let mut outcome = Outcome::new();
        let outside = A::set(&was.outside);
        let Some(classes) = self.before.classes.get(was.site) else { return outcome };
        if outside.is_empty() || far.is_empty() {
            return outcome;
        }
        let (all_ours, all_far) = (outside.count(), far.count());
        let ours = by_class(&self.before.ground.our_classes::<A>(), outside);
        let new_ours = self.after.ground.our_classes::<A>();
        for (class, far) in by_class(A::classes(classes), far) {
            for (own, set) in &ours {
                let old = self.before.entries::<A>(was, class, *own, &self.before.open.as_set);
                if verdict(self.before, &old).standing() == Standing::Fails {
                    continue;
                }
                let share = set.count().share_of(all_ours) * far.count().share_of(all_far);
                let new = is.and_then(|is| Some((is, self.after.classes.get(is.site)?)));
                let Some((is, new_classes)) = new else {
                    add(&mut outcome, Sessions::Lost, share);
                    continue;
                };
                let still = set.intersection(A::set(&is.outside));
                let gone = set.difference(&still).count().share_of(set.count());
                add(&mut outcome, Sessions::Lost, share * gone);
                for (class, to) in by_class(A::classes(new_classes), &far) {
                    for (own, kept) in by_class(&new_ours, &still) {
                        let share = share * kept.count().share_of(set.count()) * to.count().share_of(far.count());
                        let new = self.after.entries::<A>(is, class, own, &self.after.open.as_set);
                        if self.is_lost(&old, &new) {
                            add(&mut outcome, Sessions::Lost, share);
                            continue;
                        }
                        self.entered::<A>((was, &old), (is, &new), class.exits, share, &mut outcome);
                    }
                }
            }
        }
        outcome
    }

    fn entered<A: Classed>(
        &self,
        (was, old): (&Published<'_>, &Fate),
        (is, new): (&Published<'_>, &Fate),
        replies: ExitSet,
        share: Share,
        outcome: &mut Outcome,
    ) {
        for from in old.out.iter() {
            let share = share * one_of(old.out.len());
            let stays = self.same_exit(from).filter(|exit| new.out.contains(*exit));
            let to = stays.map_or(new.out, ExitSet::one);
            for to in to.iter() {
                let worst = self.entry::<A>((was, from), (is, to), replies);
                let many = if stays.is_some() { 1 } else { new.out.len() };
                add(outcome, worst, share * one_of(many));
            }
        }
    }

    /// What becomes of a session that came in by an exit, when its packets come in by one after.
    fn entry<A: Classed>(
        &self,
        (was, from): (&Published<'_>, usize),
        (is, to): (&Published<'_>, usize),
        replies: ExitSet,
    ) -> Sessions {
        let (old_plan, plan) = (self.before.plan(), self.after.plan());
        // It didn't work by this entry.
        let Some(old) = was.entry(old_plan, from) else { return Sessions::NoneBefore };
        let Some(new) = is.entry(plan, to) else { return Sessions::Lost };
        let pool = |world: &World, published: &Published<'_>, entry| {
            let index = published.source_pool::<A>(&world.ground, entry)?;
            Some((world.plan().pools.get(index)?.id.clone(), world.ground.translators.pools.get(index)?.clone()))
        };
        let (was_pool, is_pool) = (pool(self.before, was, old), pool(self.after, is, new));
        if was_pool != is_pool {
            return Sessions::AnotherPool;
        }
        let translated = was.outside != was.inside || was_pool.is_some();
        if translated && (old.device != new.device || was.inside != is.inside) {
            return Sessions::OtherDevice;
        }
        let trail = was.trail(old_plan, from, old);
        let passes = |by: usize, way: Way| goes_on(plan, to, &trail, by, way);
        let comes_in = self.same_exit(from) == Some(to) || passes(to, Way::In);
        // A reply to a translated source returns by the device that holds it.
        let goes_out = is_pool.is_some() || replies.iter().all(|by| passes(by, Way::Out));
        if comes_in && goes_out { Sessions::Kept } else { Sessions::NotKnown }
    }
}
