//! The trace of one journey that the far side begins.

use super::explain::{end, text, then, ties};
use super::inbound::Published;
use super::state::{Way, explained};
use super::world::{Classed, FarClass, World};
use super::{Admission, Branch, By, Direction, PublicationStep, Stage, Step, Trace, Verdict};
use crate::plan::Entry;
use crate::routing::{Asked, Resolved, explain_forward};
use crate::space::{Set, Span};

impl World {
    /// The journey from a far address to a published one, step by step.
    pub(crate) fn trace_inbound<A: Classed>(&self, published: &Published<'_>, from: A, to: A) -> Trace {
        let class = self.class_of(published.site, from);
        let one = |address| Set::from_spans([Span { first: address, last: address }]);
        let (ours, far) = (one(to), one(from));
        let judge = |choices: &[Resolved]| self.inbound(published, &ours, &far, choices).worst();
        let verdict = judge(&self.open.as_set).unwrap_or(Verdict::NoRoute);
        let resolved = Resolved::usual(&self.plan().assumptions);
        let asked = Asked { far_side: class.side, out: None, offered: class.offered, resolved };
        let attraction = A::attraction(self.network());
        let step = attraction.explain(self.network(), &self.up, to, &asked);
        let back = attraction.decide(self.network(), &self.up, attraction.by_address.lookup(to), &asked);
        let alone = back.exits.len() + usize::from(back.lost) == 1;
        let mut branches: Vec<Branch> = back
            .exits
            .iter()
            .map(|entry| Branch {
                by: if alone { By::Only } else { By::Exit(self.plan().exits[entry].id.clone()) },
                stage: self.trace_entry(published, class, entry, from, to),
            })
            .collect();
        if back.lost && !alone {
            branches.push(Branch { by: By::Lost, stage: end(Step::Return(step.clone()), Verdict::NoRoute) });
        }
        Trace {
            direction: Direction::Inbound,
            site: published.service.site.clone(),
            published: Some(published.service.id.clone()),
            from: from.to_ip(),
            to: to.to_ip(),
            far_side: class.side,
            far_side_because: self.because(from),
            verdict,
            first: ties(Step::Return(step), branches, Verdict::NoRoute, self.plan().multipath),
            decisive: self.flips(verdict, judge),
        }
    }

    fn trace_entry<A: Classed>(
        &self,
        published: &Published<'_>,
        class: FarClass,
        entry: usize,
        from: A,
        to: A,
    ) -> Stage {
        let admission = self.admission(entry, to);
        if admission.admission == Admission::Refused {
            return end(Step::Admission(admission), Verdict::NotAdmitted);
        }
        let definition = published.entry(self.plan(), entry);
        let pool = definition.and_then(|definition| published.source_pool::<A>(&self.ground, definition));
        let publication = PublicationStep {
            exit: self.plan().exits[entry].id.clone(),
            device: definition.map(|definition| definition.device.clone()),
            inside: text(A::set(&published.inside)),
            source_pool: pool.map(|pool| self.plan().pools[pool].id.clone()),
        };
        let stage = match definition {
            None => end(Step::Publication(publication), Verdict::NotPublished),
            Some(definition) if pool.is_some() && !self.up.sites_down[published.site] => {
                let trail = published.trail(self.plan(), entry, definition);
                let (state, _) = explained(self.plan(), entry, &trail, entry, Way::Out);
                then(Step::Publication(publication), end(Step::State(state), Verdict::Symmetric))
            }
            Some(definition) => {
                let replies = self.trace_reply(published, class, entry, definition, from, to);
                then(Step::Publication(publication), replies)
            }
        };
        then(Step::Admission(admission), stage)
    }

    /// Our reply: the site's own decision, then state, then admission where it leaves by Microsoft peering.
    fn trace_reply<A: Classed>(
        &self,
        published: &Published<'_>,
        class: FarClass,
        entry: usize,
        definition: &Entry,
        from: A,
        to: A,
    ) -> Stage {
        let trail = published.trail(self.plan(), entry, definition);
        let step = explain_forward(self.network(), &self.up, published.site, from);
        let branches = class
            .exits
            .iter()
            .map(|by| {
                let (state, own) = explained(self.plan(), entry, &trail, by, Way::Out);
                let admission = self.admission(by, to);
                let stage = if state.dropped.is_none() && admission.admission == Admission::Refused {
                    then(Step::State(state), end(Step::Admission(admission), Verdict::NotAdmitted))
                } else {
                    end(Step::State(state), own)
                };
                let id = self.plan().exits[by].id.clone();
                Branch { by: if class.exits.len() > 1 { By::Exit(id) } else { By::Only }, stage }
            })
            .collect();
        ties(Step::Forward(step), branches, Verdict::NoReturn, self.plan().multipath)
    }
}
