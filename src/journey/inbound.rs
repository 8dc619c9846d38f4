//! Journeys that the far side begins: the entry it picks, admission, publication, our reply, state.

use super::Verdict;
use super::fate::{Fate, Fates, add};
use super::parts::Parts;
use super::state::{Trail, Way, answer, verdict};
use super::world::{Classed, FarClass, World, by_class};
use crate::plan::{Entry, PublishedService};
use crate::routing::{Asked, ExitSet, Resolved};
use crate::space::{AddressSet, Partition, Set};

/// A published service with its addresses read.
pub(crate) struct Published<'a> {
    pub(crate) service: &'a PublishedService,
    pub(crate) site: usize,
    pub(crate) outside: AddressSet,
    pub(crate) inside: AddressSet,
}

/// Our published addresses that are treated alike.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Ours {
    cover: u32,
    /// The exits that would admit them as sources.
    admitted: ExitSet,
}

impl<'a> Published<'a> {
    /// How the entry by an exit translates; `None`: it doesn't publish the service.
    pub(crate) fn entry(&self, world: &World, exit: usize) -> Option<&'a Entry> {
        let definition = world.plan().exits.get(exit)?;
        let entry = self.service.entries.iter().find(|entry| entry.exit == definition.id)?;
        let on_path = definition.path.iter().any(|crossing| crossing.device == entry.device);
        (entry.device.is_empty() || on_path).then_some(entry)
    }

    /// The pool that an entry translates sources to, where it has addresses of the family.
    pub(crate) fn source_pool<A: Classed>(&self, world: &World, entry: &Entry) -> Option<usize> {
        let id = entry.source_pool.as_ref()?;
        let pool = world.plan().pools.iter().position(|pool| pool.id == *id)?;
        let addresses = world.ground.translators.pools.get(pool)?;
        (!A::set(addresses).is_empty()).then_some(pool)
    }

    /// The way in over an exit: its entry device holds the translation, unless nothing is translated.
    pub(crate) fn trail(&self, world: &World, exit: usize, entry: &Entry) -> Trail {
        let translated = self.outside != self.inside || entry.source_pool.is_some();
        let path = world.plan().exits.get(exit).map(|exit| exit.path.as_slice()).unwrap_or_default();
        Trail::new(world.plan(), exit, |index| {
            translated && path.get(index).is_some_and(|crossing| crossing.device == entry.device)
        })
    }
}

impl World {
    /// A published service made ready.
    pub(crate) fn published(&self, id: &crate::plan::Id) -> Option<Published<'_>> {
        use crate::plan::ListId;
        let service = self.plan().published.iter().find(|published| published.id == *id)?;
        Some(Published {
            service,
            site: self.network().site(&service.site)?,
            outside: self.network().addresses(&ListId::Published(id.clone())),
            inside: self.network().addresses(&ListId::PublishedInside(id.clone())),
        })
    }

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
        let ours = by_class(&self.our_classes::<A>(), ours);
        for (class, far) in by_class(A::classes(classes), far) {
            for (own, set) in &ours {
                let (Some(from), Some(to)) = (far.first_address(), set.first_address()) else { continue };
                let share = set.count().share_of(all_ours) * far.count().share_of(all_far);
                for (within, fate) in self.entries::<A>(published, class, *own, choices) {
                    parts.add(&fate, class.side, share * within, &far, (from, to));
                }
            }
        }
        parts
    }

    fn our_classes<A: Classed>(&self) -> Partition<A, Ours> {
        let attraction = &A::attraction(self.network()).by_address;
        let start = attraction.map(|cover| Ours { cover, admitted: ExitSet::NONE });
        (0..self.plan().exits.len()).fold(start, |all, exit| match self.network().admits_only(exit) {
            None => all,
            Some(admitted) => all.refine(
                &Partition::from_set(A::set(admitted), ExitSet::one(exit), ExitSet::NONE),
                |ours, admits| Ours { admitted: ours.admitted.union(admits), ..ours },
            ),
        })
    }

    /// How journeys between one class of far addresses and one of ours end.
    fn entries<A: Classed>(
        &self,
        published: &Published<'_>,
        class: FarClass,
        ours: Ours,
        choices: &[Resolved],
    ) -> Fates {
        let mut fate = Fate::none(choices.len());
        for (index, resolved) in choices.iter().enumerate() {
            let asked = Asked { far_side: class.side, out: None, offered: class.offered, resolved: *resolved };
            let back = A::attraction(self.network()).decide(self.network(), &self.up, ours.cover, &asked);
            let mut ends = std::collections::BTreeSet::new();
            if back.lost || back.exits.is_empty() {
                ends.insert(Verdict::NoRoute);
            }
            fate.out = fate.out.union(back.exits);
            for entry in back.exits.iter() {
                self.reply::<A>(published, class, ours, entry, &mut ends, &mut fate);
            }
            if let Some(own) = fate.ends.get_mut(index) {
                *own = ends;
            }
        }
        let mut fates = Fates::new();
        add(&mut fates, crate::space::Share::ONE, fate);
        fates
    }

    /// How our replies to what came in by one exit end.
    fn reply<A: Classed>(
        &self,
        published: &Published<'_>,
        class: FarClass,
        ours: Ours,
        entry: usize,
        ends: &mut std::collections::BTreeSet<Verdict>,
        fate: &mut Fate,
    ) {
        let admits = |exit: usize| self.network().admits_only(exit).is_none() || ours.admitted.contains(exit);
        if !admits(entry) {
            ends.insert(Verdict::NotAdmitted);
            return;
        }
        let Some(definition) = published.entry(self, entry) else {
            ends.insert(Verdict::NotPublished);
            return;
        };
        if self.up.sites_down.get(published.site).copied().unwrap_or(false) {
            // The server itself is dead, whichever way its packets come in.
            ends.insert(Verdict::NoReturn);
            return;
        }
        if let Some(pool) = published.source_pool::<A>(self, definition) {
            // The reply is addressed to the pool, and so returns to the device that holds it.
            fate.pools.insert(pool);
            fate.back = fate.back.with(entry);
            ends.insert(Verdict::Symmetric);
            return;
        }
        if class.exits.is_empty() {
            ends.insert(Verdict::NoReturn);
            return;
        }
        let trail = published.trail(self, entry, definition);
        for by in class.exits.iter() {
            let step = answer(self.plan(), entry, &trail, by, Way::Out);
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
