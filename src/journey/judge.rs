//! What studies ask of a world: a class of addresses judged by one of them, with the functions that judge rows.

use super::Part;
use super::world::{Classed, World, by_class};
use crate::plan::{Id, ListId};
use crate::routing::{Asked, Back, ExitSet, FarSide, Resolved};
use crate::space::{AddressSet, Set};

impl World {
    /// The inside addresses of a site.
    pub(crate) fn inside(&self, site: &Id) -> AddressSet {
        self.network().addresses(&ListId::Inside(site.clone()))
    }

    /// What becomes of packets from sources at a site to one destination: what a flow row to it alone would say.
    pub(crate) fn parts_to<A: Classed>(&self, site: usize, sources: &Set<A>, destination: A) -> Vec<Part> {
        let one = Set::from(crate::space::Prefix::host(destination));
        self.outbound(site, sources, &one, &self.open.as_set).finish(self.plan())
    }

    /// Every way in which the open choices may fall.
    pub(crate) fn choices(&self) -> &[Resolved] {
        &self.open.as_set
    }

    /// Which way a far side sends to addresses of ours that it isn't answering: for each set of them that is treated
    /// alike its decision under each of [`Self::choices`].
    pub(crate) fn sends_to<A: Classed>(
        &self,
        ours: &Set<A>,
        far_side: FarSide,
        offered: ExitSet,
    ) -> Vec<(Vec<Back>, Set<A>)> {
        let attraction = A::attraction(self.network());
        by_class(&attraction.by_address, ours)
            .into_iter()
            .map(|(cover, set)| {
                let decide = |resolved: &Resolved| {
                    let asked = Asked { far_side, out: None, offered, resolved: *resolved };
                    attraction.decide(self.network(), &self.up, cover, &asked)
                };
                (self.choices().iter().map(decide).collect(), set)
            })
            .collect()
    }
}
