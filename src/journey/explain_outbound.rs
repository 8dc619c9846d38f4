//! The trace of one journey that we begin.

use super::explain::{end, text, then, ties};
use super::state::{Trail, Way, explained};
use super::translation::Translated;
use super::world::{Classed, FarClass, World, by_class};
use super::{Admission, Branch, By, Direction, Stage, Step, Trace, TranslationStep, Verdict};
use crate::routing::{Asked, Resolved, explain_forward};
use crate::space::{Set, Span, not_public};

impl World {
    /// The journey from an address at a site to a far address, step by step.
    pub(crate) fn trace_outbound<A: Classed>(&self, site: usize, from: A, to: A) -> Trace {
        let class = self.class_of(site, to);
        let (source, destination) = (one(from), one(to));
        let judge = |choices: &[Resolved]| self.outbound(site, &source, &destination, choices).worst();
        let verdict = judge(&self.open.as_set).unwrap_or(Verdict::NoRoute);
        let forward = explain_forward(self.network(), &self.up, site, to);
        let branches: Vec<Branch> = class
            .exits
            .iter()
            .map(|exit| Branch {
                by: if class.exits.len() > 1 { By::Exit(self.plan().exits[exit].id.clone()) } else { By::Only },
                stage: self.trace_exit(exit, class, &source, &destination),
            })
            .collect();
        Trace {
            direction: Direction::Outbound,
            site: self.plan().sites[site].id.clone(),
            published: None,
            from: from.to_ip(),
            to: to.to_ip(),
            far_side: class.side,
            far_side_because: self.because(to),
            verdict,
            first: ties(Step::Forward(forward), branches, Verdict::NoRoute, self.plan().multipath),
            decisive: self.flips(verdict, judge),
        }
    }

    /// Translation and what follows, for one exit.
    fn trace_exit<A: Classed>(
        &self,
        exit: usize,
        class: FarClass,
        source: &Set<A>,
        destination: &Set<A>,
    ) -> Stage {
        let parts = self.ground.translators.translate(self.plan(), exit, source, destination);
        let mut stages: Vec<(Translated<A>, Stage)> = parts
            .into_iter()
            .map(|part| {
                let stage = self.trace_translated(exit, class, &part);
                (part, stage)
            })
            .collect();
        if stages.len() == 1
            && let Some((_, stage)) = stages.pop()
        {
            return stage;
        }
        // A later device splits the pool of an earlier one: the step is shown for the whole, its parts behind it.
        let whole = stages.iter().fold(Set::empty(), |all, (part, _)| all.union(&part.outside));
        let step = TranslationStep {
            exit: self.plan().exits[exit].id.clone(),
            devices: Vec::new(),
            result: text(&whole),
            count: whole.count(),
            not_public: whole.intersects(A::set(not_public())),
        };
        let then: Vec<Branch> = stages
            .into_iter()
            .map(|(part, stage)| Branch { by: addresses(&part.outside, part.share), stage })
            .collect();
        split(Step::Translation(step), then)
    }

    fn trace_translated<A: Classed>(&self, exit: usize, class: FarClass, part: &Translated<A>) -> Stage {
        let step = Step::Translation(TranslationStep {
            exit: self.plan().exits[exit].id.clone(),
            devices: part.by.clone(),
            result: text(&part.outside),
            count: part.outside.count(),
            not_public: part.outside.intersects(A::set(not_public())),
        });
        // The same cut that rows are judged by, with the open choices as usual.
        let usual = [Resolved::usual(&self.plan().assumptions)];
        let mut then: Vec<Branch> = Vec::new();
        let whole = part.outside.count();
        let attraction = &A::attraction(self.network()).by_address;
        for (set, fate) in self.outside(exit, class, part, &usual) {
            let verdict = fate.verdict(self.plan().multipath);
            // Addresses that end alike may do so for different reasons: each is told for itself.
            for (_, set) in by_class(attraction, &set) {
                let Some(example) = set.first_address() else { continue };
                let by = if set == part.outside { By::Only } else { addresses(&set, set.count().share_of(whole)) };
                let stage = if verdict == Verdict::NotTranslated {
                    end(Step::Admission(self.admission(exit, example)), verdict)
                } else {
                    self.trace_outside(exit, class, part, example, usual[0])
                };
                then.push(Branch { by, stage });
            }
        }
        crate::sort::by_key(&mut then, |branch| branch.stage.verdict);
        split(step, then)
    }

    /// Admission, return and state for an address outside.
    fn trace_outside<A: Classed>(
        &self,
        exit: usize,
        class: FarClass,
        part: &Translated<A>,
        outside: A,
        resolved: Resolved,
    ) -> Stage {
        let admission = self.admission(exit, outside);
        if admission.admission == Admission::Refused {
            return end(Step::Admission(admission), Verdict::NotAdmitted);
        }
        let asked = Asked { far_side: class.side, out: Some(exit), offered: class.offered, resolved };
        let attraction = A::attraction(self.network());
        let step = attraction.explain(self.network(), &self.up, outside, &asked);
        let back = attraction.decide(self.network(), &self.up, attraction.by_address.lookup(outside), &asked);
        let trail = Trail::new(self.plan(), exit, |crossing| part.at(crossing));
        let alone = back.exits.len() + usize::from(back.lost) == 1;
        let mut branches: Vec<Branch> = back
            .exits
            .iter()
            .map(|by| {
                let (state, verdict) = explained(self.plan(), exit, &trail, by, Way::In);
                let id = self.plan().exits[by].id.clone();
                Branch { by: if alone { By::Only } else { By::Exit(id) }, stage: end(Step::State(state), verdict) }
            })
            .collect();
        if back.lost && !alone {
            // The lost share of a tie has no step of its own beyond the decision.
            branches.push(Branch { by: By::Lost, stage: end(Step::Return(step.clone()), Verdict::NoReturn) });
        }
        then(
            Step::Admission(admission),
            ties(Step::Return(step), branches, Verdict::NoReturn, self.plan().multipath),
        )
    }
}

fn one<A: Classed>(address: A) -> Set<A> {
    Set::from_spans([Span { first: address, last: address }])
}

fn addresses<A: Classed>(set: &Set<A>, share: crate::space::Share) -> By {
    By::Addresses { text: text(set), count: set.count(), share }
}

/// A stage whose outcomes are parts of the addresses: the worst of them is its verdict.
fn split(step: Step, then: Vec<Branch>) -> Stage {
    let verdict = then.iter().map(|branch| branch.stage.verdict).min().unwrap_or(Verdict::NoRoute);
    Stage { step, then, verdict }
}
