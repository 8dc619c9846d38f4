//! One flow of the catalogue: all its addresses judged, worst part first, with the flips that would change it.

use super::parts::Parts;
use super::world::{Classed, Ground, World, everywhere};
use super::{Direction, Part, Row, Verdict};
use crate::plan::{Ends, Flow, Id, Inbound, ListId, Outbound};
use crate::routing::Resolved;
use crate::space::AddressSet;

/// The addresses of a flow, ready to be judged.
pub(crate) enum Journeys<'a> {
    Out {
        site: usize,
        sources: AddressSet,
        destinations: AddressSet,
    },
    In {
        published: super::inbound::Published<'a>,
        far: AddressSet,
    },
    /// It names a part that the plan doesn't have.
    None,
}

impl Ground {
    /// The addresses of a flow.
    pub(crate) fn journeys(&self, flow: &Flow) -> (Journeys<'_>, Direction, Id) {
        match &flow.ends {
            Ends::Outbound(Outbound { site, sources, service }) => {
                let listed = if sources.is_empty() {
                    ListId::Inside(site.clone())
                } else {
                    ListId::FlowSources(flow.id.clone())
                };
                let journeys = match self.network.site(site) {
                    None => Journeys::None,
                    Some(index) => Journeys::Out {
                        site: index,
                        sources: self.network.addresses(&listed),
                        destinations: self.far_end(service.as_ref()),
                    },
                };
                (journeys, Direction::Outbound, site.clone())
            }
            Ends::Inbound(Inbound { published, from }) => match self.published(published) {
                None => (Journeys::None, Direction::Inbound, Id::default()),
                Some(ready) => {
                    let site = ready.service.site.clone();
                    let far = self.far_end(from.as_ref());
                    (Journeys::In { published: ready, far }, Direction::Inbound, site)
                }
            },
        }
    }

    /// The addresses of a service; of none everywhere.
    pub(crate) fn far_end(&self, service: Option<&Id>) -> AddressSet {
        service.map_or_else(|| everywhere().clone(), |service| self.network.service_addresses(service))
    }
}

impl World {
    /// Judges a flow of the plan.
    pub fn row(&self, flow: &Flow) -> Row {
        let (journeys, direction, site) = self.ground.journeys(flow);
        let parts = self.parts(&journeys, &self.open.as_set);
        let verdict = parts.iter().map(|part| part.verdict).min();
        let decisive =
            verdict.map_or_else(Vec::new, |verdict| self.flips(verdict, |choices| self.worst(&journeys, choices)));
        Row { flow: flow.id.clone(), direction, site, verdict, parts, decisive }
    }

    /// Judges what a site would send to a service, from all its inside prefixes, whether a flow of the plan does or not:
    /// each class of addresses that share one fate, worst first.
    pub fn between(&self, site: &Id, service: &Id) -> Vec<Part> {
        let ends =
            Ends::Outbound(Outbound { site: site.clone(), service: Some(service.clone()), ..Outbound::default() });
        let flow = Flow { ends, ..Flow::default() };
        let (journeys, _, _) = self.ground.journeys(&flow);
        self.parts(&journeys, &self.open.as_set)
    }

    fn family<A: Classed>(&self, journeys: &Journeys<'_>, choices: &[Resolved]) -> Parts<A> {
        match journeys {
            Journeys::Out { site, sources, destinations } => {
                self.outbound(*site, A::set(sources), A::set(destinations), choices)
            }
            Journeys::In { published, far } => {
                self.inbound(published, A::set(&published.outside), A::set(far), choices)
            }
            Journeys::None => Parts::new(false),
        }
    }

    fn parts(&self, journeys: &Journeys<'_>, choices: &[Resolved]) -> Vec<Part> {
        let mut parts = self.family::<u32>(journeys, choices).finish(self.plan());
        parts.extend(self.family::<u128>(journeys, choices).finish(self.plan()));
        // Stable: within a verdict IPv4 stays before IPv6.
        crate::sort::by_key(&mut parts, |part| part.verdict);
        parts
    }

    fn worst(&self, journeys: &Journeys<'_>, choices: &[Resolved]) -> Option<Verdict> {
        let v4 = self.family::<u32>(journeys, choices).worst();
        let v6 = self.family::<u128>(journeys, choices).worst();
        v4.into_iter().chain(v6).min()
    }
}
