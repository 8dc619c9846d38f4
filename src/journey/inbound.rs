//! Journeys that the far side begins: the entry it picks, admission, publication, our reply, state.

use super::Verdict;
use super::fate::Fate;
use super::parts::Parts;
use super::state::{Trail, Way, answer, verdict};
use super::world::{Classed, FarClass, Ground, World, by_class};
use crate::plan::{Entry, Plan, PublishedService, UnsaidZones};
use crate::routing::{Asked, Back, ExitSet, Resolved};
use crate::space::{AddressSet, Partition, Set};
use std::collections::BTreeSet;

/// A published service with its addresses read.
pub(crate) struct Published<'a> {
    pub(crate) service: &'a PublishedService,
    pub(crate) site: usize,
    pub(crate) outside: AddressSet,
    pub(crate) inside: AddressSet,
}

impl<'a> Published<'a> {
    /// How the entry by an exit translates; `None`: it doesn't publish the service.
    pub(crate) fn entry(&self, plan: &Plan, exit: usize) -> Option<&'a Entry> {
        let definition = plan.exits.get(exit)?;
        let entry = self.service.entries.iter().find(|entry| entry.exit == definition.id)?;
        let on_path = definition.path.iter().any(|crossing| crossing.device == entry.device);
        (entry.device.is_empty() || on_path).then_some(entry)
    }

    /// The pool that an entry translates sources to, where it has addresses of the family.
    pub(crate) fn source_pool<A: Classed>(&self, ground: &Ground, entry: &Entry) -> Option<usize> {
        let id = entry.source_pool.as_ref()?;
        let pool = ground.plan().pools.iter().position(|pool| pool.id == *id)?;
        let addresses = ground.translators.pools.get(pool)?;
        (!A::set(addresses).is_empty()).then_some(pool)
    }

    /// The way in over an exit: its entry device holds the translation, unless nothing is translated.
    pub(crate) fn trail(&self, plan: &Plan, exit: usize, entry: &Entry) -> Trail {
        let translated = self.outside != self.inside || entry.source_pool.is_some();
        let path = plan.exits.get(exit).map(|exit| exit.path.as_slice()).unwrap_or_default();
        Trail::new(plan, exit, |index| {
            translated && path.get(index).is_some_and(|crossing| crossing.device == entry.device)
        })
    }
}

/// Our published addresses that are treated alike.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Ours {
    pub(crate) cover: u32,
    /// The exits that would admit them as sources.
    pub(crate) admitted: ExitSet,
}

impl Ground {
    /// A published service made ready.
    pub(crate) fn published(&self, id: &crate::plan::Id) -> Option<Published<'_>> {
        use crate::plan::ListId;
        let service = self.plan().published.iter().find(|published| published.id == *id)?;
        Some(Published {
            service,
            site: self.network.site(&service.site)?,
            outside: self.network.addresses(&ListId::Published(id.clone())),
            inside: self.network.addresses(&ListId::PublishedInside(id.clone())),
        })
    }

    /// What our addresses are told apart by.
    pub(crate) fn our_classes<A: Classed>(&self) -> Partition<A, Ours> {
        let attraction = &A::attraction(&self.network).by_address;
        let start = attraction.map(|cover| Ours { cover, admitted: ExitSet::NONE });
        (0..self.plan().exits.len()).fold(start, |all, exit| match self.network.admits_only(exit) {
            None => all,
            Some(admitted) => all.refine(
                &Partition::from_set(A::set(admitted), ExitSet::one(exit), ExitSet::NONE),
                |ours, admits| Ours { admitted: ours.admitted.union(admits), ..ours },
            ),
        })
    }
}

impl World {
    /// Judges all journeys from far addresses to the published ones, however the open choices fall.
    pub(crate) fn inbound<A: Classed>(
        &self,
        published: &Published<'_>,
        ours: &Set<A>,
        far: &Set<A>,
        choices: &[Resolved],
    ) -> Parts<A> {
        let mut parts = Parts::new(self.plan().multipath);
        if ours.is_empty() || far.is_empty() {
            return parts;
        }
        let (all_ours, all_far) = (ours.count(), far.count());
        let Some(classes) = self.classes.get(published.site) else { return parts };
        let ours = by_class(&self.ground.our_classes::<A>(), ours);
        for (class, far) in by_class(A::classes(classes), far) {
            for (own, set) in &ours {
                let (Some(from), Some(to)) = (far.first_address(), set.first_address()) else { continue };
                let share = set.count().share_of(all_ours) * far.count().share_of(all_far);
                let fate = self.entries::<A>(published, class, *own, choices);
                parts.add(&fate, class.side, share, &far, (from, to));
            }
        }
        parts
    }

    /// How journeys between one class of far addresses and one of ours end.
    pub(super) fn entries<A: Classed>(
        &self,
        published: &Published<'_>,
        class: FarClass,
        ours: Ours,
        choices: &[Resolved],
    ) -> Fate {
        let backs: Vec<Back> = choices
            .iter()
            .map(|resolved| {
                let (far_side, offered) = (class.side, class.offered);
                let asked = Asked { far_side, out: None, offered, resolved: *resolved };
                A::attraction(self.network()).decide(self.network(), &self.up, ours.cover, &asked)
            })
            .collect();
        let server_down = self.up.sites_down.get(published.site).copied().unwrap_or(false);
        let reply = Reply { ground: &self.ground, published, exits: class.exits, ours, server_down };
        reply.entered::<A>(&backs)
    }
}

/// What decides about our replies.
pub(crate) struct Reply<'a> {
    pub(crate) ground: &'a Ground,
    pub(crate) published: &'a Published<'a>,
    /// The exits that packets to the far address leave by.
    pub(crate) exits: ExitSet,
    /// The published address.
    pub(crate) ours: Ours,
    /// Whether the server itself is dead, whichever way its packets come in.
    pub(crate) server_down: bool,
}

impl Reply<'_> {
    /// How journeys end by the entries that the far side picks, for each way the open choices may fall.
    pub(crate) fn entered<A: Classed>(&self, backs: &[Back]) -> Fate {
        let mut fate = Fate::none(backs.len());
        for (index, back) in backs.iter().enumerate() {
            let mut ends = BTreeSet::new();
            if back.lost || back.exits.is_empty() {
                ends.insert(Verdict::NoRoute);
            }
            fate.out = fate.out.union(back.exits);
            for entry in back.exits.iter() {
                self.to::<A>(entry, &mut ends, &mut fate);
            }
            if let Some(own) = fate.ends.get_mut(index) {
                *own = ends;
            }
        }
        fate
    }

    /// How our replies to what came in by one exit end.
    fn to<A: Classed>(&self, entry: usize, ends: &mut BTreeSet<Verdict>, fate: &mut Fate) {
        let (published, plan) = (self.published, self.ground.plan());
        let admits =
            |exit: usize| self.ground.network.admits_only(exit).is_none() || self.ours.admitted.contains(exit);
        if !admits(entry) {
            ends.insert(Verdict::NotAdmitted);
            return;
        }
        let Some(definition) = published.entry(plan, entry) else {
            ends.insert(Verdict::NotPublished);
            return;
        };
        if self.server_down {
            ends.insert(Verdict::NoReturn);
            return;
        }
        if let Some(pool) = published.source_pool::<A>(self.ground, definition) {
            // The reply is addressed to the pool, and so returns to the device that holds it.
            fate.pools.insert(pool);
            fate.back = fate.back.with(entry);
            ends.insert(Verdict::Symmetric);
            return;
        }
        if self.exits.is_empty() {
            ends.insert(Verdict::NoReturn);
            return;
        }
        let trail = published.trail(plan, entry, definition);
        for by in self.exits.iter() {
            // From inside zones don't differ, said or not.
            let step = answer(plan, entry, &trail, by, Way::Out, UnsaidZones::Passed);
            fate.back = fate.back.with(by);
            if step.dropped.is_none() && !admits(by) {
                ends.insert(Verdict::NotAdmitted);
            } else {
                ends.insert(verdict(&step));
            }
            fate.dropped.extend(step.dropped);
        }
    }
}
