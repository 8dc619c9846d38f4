//! One journey as the picture needs it: over which exits it goes and comes back, and where it ends early.

use crate::journey::{Admission, DeviceTranslation};
use crate::journey::{By, Direction, Dropped, Part, Row, Stage, Step, Trace, Verdict};
use crate::plan::{Ends, Exit, Id, Link, PeeringKind, Plan};
use crate::routing::FarSide;

/// A journey, out and back, over all its equal paths.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Course {
    /// Who begins.
    pub direction: Direction,
    /// Our site.
    pub site: Id,
    /// The far side.
    pub far_side: FarSide,
    /// How it ends.
    pub verdict: Verdict,
    /// The first packet, by each of its exits.
    pub first: Vec<Leg>,
    /// Why the first packet, or some, never gets to an exit.
    pub first_nowhere: Option<Loss>,
    /// The answer, by each of its exits.
    pub answer: Vec<Leg>,
    /// Why the answer, or some, never gets to an exit.
    pub answer_nowhere: Option<Loss>,
    /// What sources are translated to: at which device, to which pool.
    pub pools: Vec<(Id, Id)>,
}

/// One of the two ways over one exit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leg {
    /// The exit.
    pub exit: Id,
    /// Whether packets arrive, some at least.
    pub arrives: bool,
    /// Where packets are dropped, some at least.
    pub drops: Vec<Drop>,
}

/// A place where packets are dropped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drop {
    /// What they were about to enter.
    pub before: Spot,
    /// Why.
    pub loss: Loss,
}

/// A place on the way over one exit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Spot {
    /// Our site.
    Site,
    /// A device.
    Device(Id),
    /// The exit.
    Exit,
    /// The far side.
    FarSide,
}

/// Why a packet doesn't get further.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Loss {
    /// No exit offers a way.
    NoRoute,
    /// Its source is private.
    NotTranslated,
    /// Its source isn't admitted.
    NotAdmitted,
    /// Nobody publishes the service there.
    NotPublished,
    /// Nobody attracts it, or a provider with no link up.
    NoReturn,
    /// A device stopped it.
    Dropped(Dropped),
}

impl Course {
    /// The course of one part of a row.
    pub fn of_part(plan: &Plan, row: &Row, part: &Part) -> Self {
        let mut course = Self::new(row.direction, &row.site, part.far_side, part.verdict);
        course.pools = pools_of_part(plan, row, part);
        let ours = row.direction == Direction::Outbound;
        for exit in &part.out {
            let loss = match part.verdict {
                Verdict::NotTranslated if ours => Some((Spot::FarSide, Loss::NotTranslated)),
                Verdict::NotAdmitted if ours && asks_admission(plan, exit, &part.out) => {
                    Some((Spot::FarSide, Loss::NotAdmitted))
                }
                Verdict::NotAdmitted if !ours && part.back.is_empty() => Some((Spot::Exit, Loss::NotAdmitted)),
                Verdict::NotPublished => Some((Spot::Exit, Loss::NotPublished)),
                _ => None,
            };
            course.first.push(Leg::new(exit, loss));
        }
        if part.out.is_empty() {
            course.first_nowhere = Some(Loss::NoRoute);
        }
        for exit in &part.back {
            let mut leg = Leg::new(exit, None);
            leg.drops = part.dropped.iter().filter_map(|dropped| drop_at(plan, ours, exit, dropped)).collect();
            match part.verdict {
                Verdict::NotAdmitted if asks_admission(plan, exit, &part.back) => {
                    leg.lose(Spot::FarSide, Loss::NotAdmitted);
                }
                Verdict::NotTranslated if !ours => leg.lose(Spot::FarSide, Loss::NotTranslated),
                _ => {}
            }
            leg.arrives = leg.drops.is_empty() || (part.out.contains(exit) && part.out.len() > 1);
            course.answer.push(leg);
        }
        course.answer_nowhere = match part.verdict {
            Verdict::NoReturn => Some(Loss::NoReturn),
            Verdict::NoRoute if !part.out.is_empty() && part.back.is_empty() => Some(Loss::NoRoute),
            _ => None,
        };
        course
    }

    /// The course of a trace.
    pub fn of_trace(trace: &Trace) -> Self {
        let mut course = Self::new(trace.direction, &trace.site, trace.far_side, trace.verdict);
        course.walk(&trace.first, None, None);
        course
    }

    /// Whether it goes or comes by this exit.
    pub fn touches(&self, exit: &Id) -> bool {
        self.first.iter().chain(&self.answer).any(|leg| leg.exit == *exit)
    }

    fn new(direction: Direction, site: &Id, far_side: FarSide, verdict: Verdict) -> Self {
        Self {
            direction,
            site: site.clone(),
            far_side,
            verdict,
            first: Vec::new(),
            first_nowhere: None,
            answer: Vec::new(),
            answer_nowhere: None,
            pools: Vec::new(),
        }
    }

    /// Follows every branch. `first` and `answer` are the exits chosen so far.
    fn walk(&mut self, stage: &Stage, first: Option<&Id>, answer: Option<&Id>) {
        let ours = self.direction == Direction::Outbound;
        match &stage.step {
            Step::Forward(step) if step.chosen.is_empty() => {
                *(if ours { &mut self.first_nowhere } else { &mut self.answer_nowhere }) = Some(Loss::NoRoute);
            }
            Step::Return(step) if step.chosen.is_empty() || step.lost => {
                let loss = Some(if ours { Loss::NoReturn } else { Loss::NoRoute });
                *(if ours { &mut self.answer_nowhere } else { &mut self.first_nowhere }) = loss;
            }
            Step::Translation(step) => {
                self.note_pools(&step.devices);
                if stage.then.is_empty() && step.not_public {
                    let legs = if ours { &mut self.first } else { &mut self.answer };
                    leg(legs, &step.exit).lose(Spot::FarSide, Loss::NotTranslated);
                }
            }
            Step::Admission(step) if step.admission == Admission::Refused => match (ours, answer) {
                (true, _) => leg(&mut self.first, &step.exit).lose(Spot::FarSide, Loss::NotAdmitted),
                (false, Some(_)) => leg(&mut self.answer, &step.exit).lose(Spot::FarSide, Loss::NotAdmitted),
                (false, None) => leg(&mut self.first, &step.exit).lose(Spot::Exit, Loss::NotAdmitted),
            },
            Step::Publication(step) => match (&step.device, &step.source_pool) {
                (None, _) => leg(&mut self.first, &step.exit).lose(Spot::Exit, Loss::NotPublished),
                (Some(device), Some(pool)) => self.pools.push((device.clone(), pool.clone())),
                (Some(_), None) => {}
            },
            Step::State(step) => {
                leg(&mut self.first, &step.first).arrives = true;
                let leg = leg(&mut self.answer, &step.answer);
                match &step.dropped {
                    None => leg.arrives = true,
                    Some(dropped) => leg.lose(before(ours, dropped), Loss::Dropped(dropped.clone())),
                }
            }
            _ => {}
        }
        for branch in &stage.then {
            let exit = match (&branch.by, &stage.step) {
                (By::Exit(exit), _) => Some(exit),
                (By::Only, Step::Forward(step)) => step.chosen.first(),
                (By::Only, Step::Return(step)) => step.chosen.first(),
                _ => None,
            };
            match (&stage.step, exit) {
                (Step::Forward(_), Some(exit)) if ours => {
                    leg(&mut self.first, exit);
                    self.walk(&branch.stage, Some(exit), answer);
                }
                (Step::Return(_), Some(exit)) if !ours => {
                    leg(&mut self.first, exit);
                    self.walk(&branch.stage, Some(exit), answer);
                }
                (Step::Forward(_) | Step::Return(_), Some(exit)) => {
                    if let Some(first) = first {
                        leg(&mut self.first, first).arrives = true;
                    }
                    leg(&mut self.answer, exit);
                    self.walk(&branch.stage, first, Some(exit));
                }
                _ => self.walk(&branch.stage, first, answer),
            }
        }
        if let (Some(first), true) = (first, matches!(stage.step, Step::Forward(_) | Step::Return(_))) {
            leg(&mut self.first, first).arrives = true;
        }
    }

    fn note_pools(&mut self, devices: &[DeviceTranslation]) {
        for translation in devices {
            if let Some(pool) = &translation.pool {
                let note = (translation.device.clone(), pool.clone());
                if !self.pools.contains(&note) {
                    self.pools.push(note);
                }
            }
        }
    }
}

impl Leg {
    fn new(exit: &Id, loss: Option<(Spot, Loss)>) -> Self {
        let drops: Vec<Drop> = loss.into_iter().map(|(before, loss)| Drop { before, loss }).collect();
        Self { exit: exit.clone(), arrives: drops.is_empty(), drops }
    }

    fn lose(&mut self, before: Spot, loss: Loss) {
        let drop = Drop { before, loss };
        if !self.drops.contains(&drop) {
            self.drops.push(drop);
        }
    }
}

/// The leg over this exit; a new one goes nowhere yet.
fn leg<'a>(legs: &'a mut Vec<Leg>, exit: &Id) -> &'a mut Leg {
    let at = legs.iter().position(|leg| leg.exit == *exit).unwrap_or_else(|| {
        legs.push(Leg { exit: exit.clone(), arrives: false, drops: Vec::new() });
        legs.len() - 1
    });
    &mut legs[at]
}

/// Where an answer that is dropped so was about to go.
fn before(ours: bool, dropped: &Dropped) -> Spot {
    match dropped {
        Dropped::NoSession(device) | Dropped::OtherZone(device) | Dropped::UnsaidZone(device) => {
            Spot::Device(device.clone())
        }
        Dropped::MissesTranslation(_) => {
            if ours {
                Spot::Site
            } else {
                Spot::FarSide
            }
        }
    }
}

fn exit<'a>(plan: &'a Plan, id: &Id) -> Option<&'a Exit> {
    plan.exits.iter().find(|exit| exit.id == *id)
}

fn crosses(plan: &Plan, id: &Id, device: &Id) -> bool {
    exit(plan, id).is_some_and(|exit| exit.path.iter().any(|crossing| crossing.device == *device))
}

/// A drop, where it can happen on the way over this exit.
fn drop_at(plan: &Plan, ours: bool, exit: &Id, dropped: &Dropped) -> Option<Drop> {
    let possible = match dropped {
        Dropped::NoSession(device) | Dropped::OtherZone(device) | Dropped::UnsaidZone(device) => {
            crosses(plan, exit, device)
        }
        Dropped::MissesTranslation(device) => !crosses(plan, exit, device),
    };
    possible.then(|| Drop { before: before(ours, dropped), loss: Loss::Dropped(dropped.clone()) })
}

/// Whether this exit is one where a source is refused: those with Microsoft peering, where any of the exits has it.
fn asks_admission(plan: &Plan, id: &Id, among: &[Id]) -> bool {
    let asks = |id: &Id| {
        exit(plan, id).is_some_and(
            |exit| matches!(&exit.link, Link::ExpressRoute(link) if link.peering == PeeringKind::Microsoft),
        )
    };
    asks(id) || !among.iter().any(asks)
}

/// At which devices a part's pools are given.
fn pools_of_part(plan: &Plan, row: &Row, part: &Part) -> Vec<(Id, Id)> {
    let mut notes = Vec::new();
    let mut note = |device: &Id, pool: &Id| {
        let note = (device.clone(), pool.clone());
        if part.pools.contains(pool) && !notes.contains(&note) {
            notes.push(note);
        }
    };
    match row.direction {
        Direction::Outbound => {
            for exit in part.out.iter().filter_map(|id| exit(plan, id)) {
                for crossing in &exit.path {
                    let device = plan.devices.iter().find(|device| device.id == crossing.device);
                    for rule in device.iter().flat_map(|device| &device.rules) {
                        if let Some(pool) = &rule.pool
                            && (rule.exits.is_empty() || rule.exits.contains(&exit.id))
                        {
                            note(&crossing.device, pool);
                        }
                    }
                }
            }
        }
        Direction::Inbound => {
            let flow = plan.flows.iter().find(|flow| flow.id == row.flow);
            if let Some(Ends::Inbound(inbound)) = flow.map(|flow| &flow.ends) {
                let published = plan.published.iter().find(|published| published.id == inbound.published);
                for entry in published.iter().flat_map(|published| &published.entries) {
                    if let (true, Some(pool)) = (part.out.contains(&entry.exit), &entry.source_pool) {
                        note(&entry.device, pool);
                    }
                }
            }
        }
    }
    notes
}
