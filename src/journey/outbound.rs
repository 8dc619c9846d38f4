//! Journeys that we begin: forward, translation, admission, return, state.
//!
//! Works on whole sets of sources and destinations; what is split is split exactly where an answer changes.

use super::Verdict;
use super::fate::{Fate, Fates, add, product};
use super::parts::Parts;
use super::state::{Trail, Way, answer, verdict};
use super::translation::Translated;
use super::world::{Classed, FarClass, World, by_class};
use crate::plan::Plan;
use crate::routing::{Asked, Back, ExitSet, Resolved};
use crate::space::{Set, Share, not_public};
use std::collections::BTreeSet;

/// Sources and destinations that one exit's devices and the far side treat alike, and how they end.
struct Alike<A> {
    sources: Set<A>,
    destinations: Set<A>,
    fates: Fates,
}

impl World {
    /// Judges all journeys from sources at a site to destinations, however the open choices fall.
    pub(crate) fn outbound<A: Classed>(
        &self,
        site: usize,
        sources: &Set<A>,
        destinations: &Set<A>,
        choices: &[Resolved],
    ) -> Parts<A> {
        let mut parts = Parts::new(self.plan().multipath);
        if sources.is_empty() || destinations.is_empty() {
            return parts;
        }
        let (all_sources, all_destinations) = (sources.count(), destinations.count());
        let Some(classes) = self.classes.get(site) else { return parts };
        for (class, destinations) in by_class(A::classes(classes), destinations) {
            for alike in self.class(class, sources, &destinations, choices) {
                let (Some(from), Some(to)) = (alike.sources.first_address(), alike.destinations.first_address())
                else {
                    continue;
                };
                let share = alike.sources.count().share_of(all_sources)
                    * alike.destinations.count().share_of(all_destinations);
                for (within, fate) in &alike.fates {
                    parts.add(fate, class.side, share * *within, &alike.destinations, (from, to));
                }
            }
        }
        parts
    }

    /// Judges one class of destinations.
    fn class<A: Classed>(
        &self,
        class: FarClass,
        sources: &Set<A>,
        destinations: &Set<A>,
        choices: &[Resolved],
    ) -> Vec<Alike<A>> {
        let whole = |fate| {
            let fates = vec![(Share::ONE, fate)];
            vec![Alike { sources: sources.clone(), destinations: destinations.clone(), fates }]
        };
        if class.exits.is_empty() {
            return whole(Fate::certain(Verdict::NoRoute, choices.len(), ExitSet::NONE));
        }
        // Equal exits may split sources and destinations differently: refine them together.
        let mut joint: Vec<(Set<A>, Set<A>, Vec<Fates>)> =
            vec![(sources.clone(), destinations.clone(), Vec::new())];
        for exit in class.exits.iter() {
            let own = self.by_exit(exit, class, sources, destinations, choices);
            let mut next = Vec::new();
            for (sources, destinations, fates) in joint {
                for alike in &own {
                    let (s, d) =
                        (sources.intersection(&alike.sources), destinations.intersection(&alike.destinations));
                    if !s.is_empty() && !d.is_empty() {
                        let mut fates = fates.clone();
                        fates.push(alike.fates.clone());
                        next.push((s, d, fates));
                    }
                }
            }
            joint = next;
        }
        joint
            .into_iter()
            .map(|(sources, destinations, fates)| {
                let fates = product(&fates.iter().collect::<Vec<_>>(), choices.len());
                Alike { sources, destinations, fates }
            })
            .collect()
    }

    /// Judges one exit of a class.
    fn by_exit<A: Classed>(
        &self,
        exit: usize,
        class: FarClass,
        sources: &Set<A>,
        destinations: &Set<A>,
        choices: &[Resolved],
    ) -> Vec<Alike<A>> {
        let mut all: Vec<Alike<A>> = Vec::new();
        for part in self.ground.translators.translate(self.plan(), exit, sources, destinations) {
            for (outside, fate) in self.outside(exit, class, &part, choices) {
                if part.pool.is_none() {
                    // Untranslated: the sources themselves are told apart.
                    let destinations = part.destinations.clone();
                    all.push(Alike { sources: outside, destinations, fates: vec![(Share::ONE, fate)] });
                    continue;
                }
                let share = part.share * outside.count().share_of(part.outside.count());
                let same = |alike: &&mut Alike<A>| {
                    alike.sources == part.sources && alike.destinations == part.destinations
                };
                match all.iter_mut().find(same) {
                    Some(alike) => add(&mut alike.fates, share, fate),
                    None => all.push(Alike {
                        sources: part.sources.clone(),
                        destinations: part.destinations.clone(),
                        fates: vec![(share, fate)],
                    }),
                }
            }
        }
        all
    }

    /// How a translated part ends, split by what the far side makes of its outside addresses.
    pub(crate) fn outside<A: Classed>(
        &self,
        exit: usize,
        class: FarClass,
        part: &Translated<A>,
        choices: &[Resolved],
    ) -> Vec<(Set<A>, Fate)> {
        let out = ExitSet::one(exit);
        let pools: BTreeSet<usize> = part.pool.into_iter().collect();
        let certain = |verdict| Fate { pools: pools.clone(), ..Fate::certain(verdict, choices.len(), out) };
        let mut all: Vec<(Set<A>, Fate)> = Vec::new();
        let mut push = |set: Set<A>, fate: Fate| {
            if set.is_empty() {
                return;
            }
            match all.iter_mut().find(|(_, known)| *known == fate) {
                Some((known, _)) => *known = known.union(&set),
                None => all.push((set, fate)),
            }
        };
        let private = A::set(not_public());
        push(part.outside.intersection(private), certain(Verdict::NotTranslated));
        let mut remaining = part.outside.difference(private);
        if let Some(admitted) = self.network().admits_only(exit) {
            push(remaining.difference(A::set(admitted)), certain(Verdict::NotAdmitted));
            remaining = remaining.intersection(A::set(admitted));
        }
        let trail = Trail::new(self.plan(), exit, |crossing| part.at(crossing));
        let attraction = A::attraction(self.network());
        for (cover, set) in by_class(&attraction.by_address, &remaining) {
            let backs: Vec<Back> = choices
                .iter()
                .map(|resolved| {
                    let (far_side, offered) = (class.side, class.offered);
                    let asked = Asked { far_side, out: Some(exit), offered, resolved: *resolved };
                    attraction.decide(self.network(), &self.up, cover, &asked)
                })
                .collect();
            let mut fate = returned(self.plan(), exit, &trail, &backs, choices);
            fate.pools.clone_from(&pools);
            push(set, fate);
        }
        all
    }
}

/// How journeys end that left by an exit over devices as in a trail, by what the far side makes of their answers, for
/// each way the open choices may fall.
pub(crate) fn returned(plan: &Plan, exit: usize, trail: &Trail, backs: &[Back], choices: &[Resolved]) -> Fate {
    let mut fate = Fate { out: ExitSet::one(exit), ..Fate::none(backs.len()) };
    for ((ends, back), resolved) in fate.ends.iter_mut().zip(backs).zip(choices) {
        if back.lost || back.exits.is_empty() {
            ends.insert(Verdict::NoReturn);
        }
        for by in back.exits.iter() {
            let step = answer(plan, exit, trail, by, Way::In, resolved.unsaid_zones);
            ends.insert(verdict(&step));
            fate.dropped.extend(step.dropped);
        }
        fate.back = fate.back.union(back.exits);
    }
    fate
}
