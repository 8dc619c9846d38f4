//! What both directions of a trace share: far sides, the verdict over all, admission.

use super::world::{Classed, FarClass, World};
use super::{Admission, AdmissionStep, Branch, By, FarSideBecause, Flip, Stage, Step, Verdict};
use crate::plan::{Link, ListId, microsoft_space::BUILTIN_DATE};
use crate::routing::{Because, Resolved};
use crate::space::Set;

impl World {
    /// The class of a far address at a site.
    pub(crate) fn class_of<A: Classed>(&self, site: usize, address: A) -> FarClass {
        match self.classes.get(site) {
            Some(classes) => A::classes(classes).lookup(address),
            None => FarClass {
                exits: Default::default(),
                side: self.ground.sides.of(address),
                offered: Default::default(),
            },
        }
    }

    pub(crate) fn because<A: Classed>(&self, address: A) -> FarSideBecause {
        match self.ground.sides.because(self.network(), address) {
            Because::Learned(exit) => FarSideBecause::LearnedOverExpressRoute(self.plan().exits[exit].id.clone()),
            Because::Service(service) => FarSideBecause::Service(service),
            Because::BuiltIn => FarSideBecause::BuiltInList(BUILTIN_DATE.to_owned()),
            Because::OwnList(source) => FarSideBecause::OwnList(source),
            Because::NotListed => FarSideBecause::NotListed,
        }
    }

    /// The flips that would change whether a journey works, given its verdict for any open choices.
    pub(crate) fn flips(&self, verdict: Verdict, judge: impl Fn(&[Resolved]) -> Option<Verdict>) -> Vec<Flip> {
        self.open
            .flips
            .iter()
            .filter_map(|(assumption, instead, choices)| {
                let flipped = judge(choices)?;
                let instead = (*instead).to_owned();
                (flipped.standing() != verdict.standing()).then_some(Flip {
                    assumption: *assumption,
                    instead,
                    verdict: flipped,
                })
            })
            .collect()
    }

    /// What the peering of an exit makes of a source.
    pub(crate) fn admission<A: Classed>(&self, exit: usize, source: A) -> AdmissionStep {
        let definition = &self.plan().exits[exit];
        let admission = match self.network().admits_only(exit) {
            None => Admission::NotAsked,
            Some(admitted) if A::set(admitted).contains(source) => self.admitted_by(exit, source),
            Some(_) => Admission::Refused,
        };
        AdmissionStep { exit: definition.id.clone(), admission }
    }

    fn admitted_by<A: Classed>(&self, exit: usize, source: A) -> Admission {
        let Link::ExpressRoute(link) = &self.plan().exits[exit].link else { return Admission::NotAsked };
        let list = ListId::Admitted(link.circuit.clone(), link.peering);
        let found = self.network().lists.index_of(&list).and_then(|index| {
            let reading = self.network().lists.reading(index)?;
            let covering = A::entries(reading).iter().filter(|entry| entry.prefix.contains(source));
            let entry = covering.max_by_key(|entry| (entry.prefix.length(), std::cmp::Reverse(entry.at)))?;
            Some((entry.prefix, self.network().lists.place(index, entry.at)))
        });
        match found {
            Some((prefix, place)) => Admission::Admitted { prefix: prefix.to_string(), place },
            None => Admission::Refused,
        }
    }
}

/// A stage at which the journey ends.
pub(crate) fn end(step: Step, verdict: Verdict) -> Stage {
    Stage { step, then: Vec::new(), verdict }
}

/// A stage with one outcome.
pub(crate) fn then(step: Step, next: Stage) -> Stage {
    let verdict = next.verdict;
    Stage { step, then: vec![Branch { by: By::Only, stage: next }], verdict }
}

/// A stage with equal paths behind it.
pub(crate) fn ties(step: Step, then: Vec<Branch>, nowhere: Verdict, multipath: bool) -> Stage {
    let verdict = Verdict::over_ties(then.iter().map(|branch| branch.stage.verdict), multipath);
    Stage { step, then, verdict: verdict.unwrap_or(nowhere) }
}

/// A set as text: its prefixes and ranges, cut after a few.
pub(crate) fn text<A: Classed>(set: &Set<A>) -> String {
    const SHOWN: usize = 8;
    let mut shown: Vec<String> = set.spans().iter().take(SHOWN).map(ToString::to_string).collect();
    if let Some(more) = set.spans().len().checked_sub(SHOWN).filter(|more| *more > 0) {
        shown.push(format!("… (+{more})"));
    }
    shown.join(", ")
}
