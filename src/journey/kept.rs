//! How a journey that works is kept symmetric, and whether it is admitted: read off the decisions of its trace.

use super::{
    Admission, Branch, By, DeviceState, Direction, Row, Stage, Standing, StateStep, Step, Trace, TraceQuery,
    Verdict,
};
use crate::plan::{Ends, Exit, Id, Link, Plan};
use crate::routing::ReturnRule;
use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// What brings the answer back where its session is known.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// A pool that is given at this exit (or circuit) alone, and that attracts answers to it alone.
    SeparatePool,
    /// Inbound: the source is translated at the edge, so that our answer goes back to that device.
    SourceTranslation,
    /// The translated source lies in a longer prefix here than elsewhere.
    MoreSpecific,
    /// The answer comes by another exit, which crosses the device that knows the session, by the same zone.
    SingleDevice,
    /// Addresses that are given elsewhere too, or untranslated ones, but advertised by this exit alone.
    AdvertisedHereOnly,
    /// The far side is not Microsoft's: it sees nothing of ExpressRoute, whatever is advertised there.
    InternetOnly,
    /// Equal prefixes: Microsoft prefers ExpressRoute.
    ExpressRoutePreferred,
    /// Equal prefixes: the shorter AS path leads here.
    ShorterPath,
    /// The far side answers by the exit that the packet came by: a sticky peering, or so assumed.
    SameExit,
    /// Inbound: our own routes lead the answer to the exit that the packet came by.
    OurRoutes,
    /// The answer comes by another exit, and nothing on the way keeps state.
    NothingStateful,
}

impl Kept {
    /// All, in their order.
    pub const ALL: [Self; 11] = [
        Self::SeparatePool,
        Self::SourceTranslation,
        Self::MoreSpecific,
        Self::SingleDevice,
        Self::AdvertisedHereOnly,
        Self::InternetOnly,
        Self::ExpressRoutePreferred,
        Self::ShorterPath,
        Self::SameExit,
        Self::OurRoutes,
        Self::NothingStateful,
    ];

    /// Its name on the command line and in forms, e.g. `separate-pool`.
    pub fn name(self) -> &'static str {
        match self {
            Self::SeparatePool => "separate-pool",
            Self::SourceTranslation => "source-translation",
            Self::MoreSpecific => "more-specific",
            Self::SingleDevice => "single-device",
            Self::AdvertisedHereOnly => "advertised-here-only",
            Self::InternetOnly => "internet-only",
            Self::ExpressRoutePreferred => "express-route-preferred",
            Self::ShorterPath => "shorter-path",
            Self::SameExit => "same-exit",
            Self::OurRoutes => "our-routes",
            Self::NothingStateful => "nothing-stateful",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What Microsoft's edge made of the source.
#[derive(
    Copy,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Admitted {
    /// The journey ends before anyone could ask.
    #[default]
    NotReached,
    /// Nobody asks: the Internet, or another peering.
    NotAsked,
    /// It lies inside the admitted prefixes.
    Admitted,
    /// Some of it lies outside: dropped.
    Refused,
}

/// What the catalogue says of a part of a row beside the part itself.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize, JsonSchema)]
pub struct Facts {
    /// What came of admission; the worst over equal paths.
    pub admitted: Admitted,
    /// How symmetry is kept, over equal paths, each once; none where it isn't.
    pub kept: Vec<Kept>,
}

impl TraceQuery {
    /// The question whose answer explains a part of a row.
    pub fn of_part(plan: &Plan, row: &Row, part: usize) -> Option<Self> {
        let part = row.parts.get(part)?;
        match row.direction {
            Direction::Outbound => {
                Some(Self::Outbound { site: Some(row.site.clone()), from: Some(part.from), to: part.to })
            }
            Direction::Inbound => {
                let flow = plan.flows.iter().find(|flow| flow.id == row.flow)?;
                let Ends::Inbound(inbound) = &flow.ends else { return None };
                Some(Self::Inbound { published: inbound.published.clone(), from: part.from, to: Some(part.to) })
            }
        }
    }
}

impl Facts {
    /// The facts of a part of a row that ends so, by the trace of its pair of addresses.
    pub fn of(plan: &Plan, trace: &Trace, verdict: Verdict) -> Self {
        let mut found = Found { plan, verdict, admitted: Admitted::NotReached, kept: BTreeSet::new() };
        found.walk(&trace.first, Behind { direction: trace.direction, back: None, pool: None, inward: false });
        let works = verdict.standing() == Standing::Works;
        Self { admitted: found.admitted, kept: if works { found.kept.into_iter().collect() } else { Vec::new() } }
    }
}

/// What was decided before a step.
#[derive(Copy, Clone)]
struct Behind<'a> {
    direction: Direction,
    /// Outbound: what decided the way back.
    back: Option<ReturnRule>,
    /// Outbound: the pool, the outermost.
    pool: Option<&'a Id>,
    /// Inbound: the source was translated.
    inward: bool,
}

struct Found<'a> {
    plan: &'a Plan,
    verdict: Verdict,
    admitted: Admitted,
    kept: BTreeSet<Kept>,
}

impl Found<'_> {
    fn walk<'a>(&mut self, stage: &'a Stage, mut behind: Behind<'a>) {
        match &stage.step {
            Step::Translation(step) => {
                behind.pool = step.devices.iter().rev().find_map(|device| device.pool.as_ref());
            }
            Step::Admission(step) => {
                self.admitted = self.admitted.max(match step.admission {
                    Admission::NotAsked => Admitted::NotAsked,
                    Admission::Admitted { .. } => Admitted::Admitted,
                    Admission::Refused => Admitted::Refused,
                });
            }
            Step::Return(step) => behind.back = Some(step.decided_by),
            Step::Publication(step) => behind.inward = step.source_pool.is_some(),
            Step::State(step) if step.dropped.is_none() => self.kept.extend(self.arrived(step, behind)),
            Step::State(_) | Step::Forward(_) => {}
        }
        // One pair of addresses stands for other parts too where the pool it is translated to is split.
        let verdict = self.verdict;
        let own = |branch: &Branch| branch.stage.verdict == verdict;
        let split = stage.then.iter().any(|branch| matches!(branch.by, By::Addresses { .. }));
        let pick = split && stage.then.iter().any(own);
        for branch in stage.then.iter().filter(|branch| !pick || own(branch)) {
            self.walk(&branch.stage, behind);
        }
    }

    /// What brought an answer back that arrived.
    fn arrived(&self, step: &StateStep, behind: Behind<'_>) -> Option<Kept> {
        if behind.direction == Direction::Inbound && behind.inward {
            return Some(Kept::SourceTranslation);
        }
        if step.first != step.answer {
            let knows =
                |state: DeviceState| matches!(state, DeviceState::KnownSession | DeviceState::TranslatedBack);
            let known = step.crossings.iter().any(|crossing| knows(crossing.state));
            return Some(if known { Kept::SingleDevice } else { Kept::NothingStateful });
        }
        if behind.direction == Direction::Inbound {
            return Some(Kept::OurRoutes);
        }
        Some(match behind.back? {
            ReturnRule::LongestPrefix => Kept::MoreSpecific,
            ReturnRule::InternetOnly => Kept::InternetOnly,
            ReturnRule::ExpressRouteOverInternet | ReturnRule::ExpressRouteWhateverLength => {
                Kept::ExpressRoutePreferred
            }
            ReturnRule::PrependsAcross | ReturnRule::AsPathLength => Kept::ShorterPath,
            ReturnRule::Sticky | ReturnRule::SameAsOut => Kept::SameExit,
            ReturnRule::OnlyCandidate => match behind.pool {
                Some(pool) if separate(self.plan, pool, &step.first) => Kept::SeparatePool,
                _ => Kept::AdvertisedHereOnly,
            },
            // By chance this one of several equals: what keeps the others keeps it.
            ReturnRule::Tie | ReturnRule::NoCandidate => return None,
        })
    }
}

/// Whether a pool is given at this exit and at none but other links of its circuit.
fn separate(plan: &Plan, pool: &Id, exit: &Id) -> bool {
    let circuit = |exit: &Exit| match &exit.link {
        Link::ExpressRoute(link) => Some(link.circuit.clone()),
        Link::Internet(_) => None,
    };
    let own = plan.exits.iter().find(|known| known.id == *exit).and_then(circuit);
    let same = |other: &Exit| other.id == *exit || own.is_some() && circuit(other) == own;
    !plan.exits.iter().any(|other| !same(other) && gives(plan, pool, other))
}

/// Whether some rule gives the pool to packets that leave by an exit.
fn gives(plan: &Plan, pool: &Id, exit: &Exit) -> bool {
    let crossed = exit.path.iter().filter_map(|crossing| super::state::device(plan, &crossing.device));
    crossed
        .flat_map(|device| &device.rules)
        .any(|rule| rule.pool.as_ref() == Some(pool) && (rule.exits.is_empty() || rule.exits.contains(&exit.id)))
}

/// The devices that a part's packets and answers cross: those of the exits of the first packet, inside first, then
/// those that only the answer meets.
pub fn devices<'a>(plan: &'a Plan, out: &[Id], back: &[Id]) -> Vec<&'a Id> {
    let mut crossed: Vec<&Id> = Vec::new();
    for id in out.iter().chain(back) {
        let path =
            plan.exits.iter().find(|exit| exit.id == *id).map(|exit| exit.path.as_slice()).unwrap_or_default();
        for crossing in path {
            if !crossed.contains(&&crossing.device) {
                crossed.push(&crossing.device);
            }
        }
    }
    crossed
}
