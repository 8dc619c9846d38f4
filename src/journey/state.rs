//! The answer's way over devices: which of them know it, and which drop it.
//!
//! Symmetry is per state domain (a device or a cluster with one session table), not per link: an answer that comes
//! back another way still works where it meets the same devices, in the same zones, in an order that turns every
//! translation back, and no other stateful one (domain rule 8).

use super::{CrossingState, DeviceState, Dropped, StateStep, Verdict};
use crate::plan::{Device, Id, Plan};

/// The devices of an exit with what they did to the first packet, inside first.
#[derive(Clone, Debug)]
pub(crate) struct Trail {
    crossings: Vec<Crossed>,
}

#[derive(Clone, Debug)]
struct Crossed {
    device: Id,
    zone: String,
    stateful: bool,
    /// How many translations the packet had behind it on the device's inner face,
    inner: u32,
    /// and on its outer face.
    outer: u32,
}

impl Trail {
    /// The way over an exit on which the devices marked translate.
    pub(crate) fn new(plan: &Plan, exit: usize, translates: impl Fn(usize) -> bool) -> Self {
        let mut stage = 0;
        let path = plan.exits.get(exit).map(|exit| exit.path.as_slice()).unwrap_or_default();
        let crossings = path
            .iter()
            .enumerate()
            .filter_map(|(index, crossing)| {
                let device = device(plan, &crossing.device)?;
                let inner = stage;
                stage += u32::from(translates(index));
                Some(Crossed {
                    device: crossing.device.clone(),
                    zone: crossing.zone.clone(),
                    stateful: device.stateful,
                    inner,
                    outer: stage,
                })
            })
            .collect();
        Self { crossings }
    }

    fn outermost(&self) -> u32 {
        self.crossings.last().map_or(0, |crossed| crossed.outer)
    }

    fn find(&self, device: &Id) -> Option<&Crossed> {
        self.crossings.iter().find(|crossed| crossed.device == *device)
    }
}

pub(crate) fn device<'a>(plan: &'a Plan, id: &Id) -> Option<&'a Device> {
    plan.devices.iter().find(|device| device.id == *id)
}

/// Which way the answer crosses the exit's devices.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    /// From outside in: the answer to a packet of ours.
    In,
    /// From inside out: our answer.
    Out,
}

/// The answer by one exit, to a first packet that went the way of a trail.
pub(crate) fn answer(plan: &Plan, first: usize, trail: &Trail, by: usize, way: Way) -> StateStep {
    let id = |exit: usize| plan.exits.get(exit).map(|exit| exit.id.clone()).unwrap_or_default();
    // Translations still to be turned back (inwards), or to be put on again (outwards).
    let goal = match way {
        Way::In => 0,
        Way::Out => trail.outermost(),
    };
    let mut stage = trail.outermost() - goal;
    let mut crossings = Vec::new();
    let mut dropped = None;
    let path = plan.exits.get(by).map(|exit| exit.path.as_slice()).unwrap_or_default();
    let order: Vec<usize> = match way {
        Way::In => (0..path.len()).rev().collect(),
        Way::Out => (0..path.len()).collect(),
    };
    for crossing in order.into_iter().filter_map(|index| path.get(index)) {
        let Some(definition) = device(plan, &crossing.device) else { continue };
        let known = trail.find(&crossing.device);
        let state = match known {
            None if definition.stateful => DeviceState::NoSession,
            None => DeviceState::Stateless,
            // A reply of ours reaches the device from inside, where zones don't differ.
            Some(crossed) if way == Way::In && crossed.stateful && crossed.zone != crossing.zone => {
                DeviceState::OtherZone
            }
            Some(crossed) => {
                let (face, beyond) = match way {
                    Way::In => (crossed.outer, crossed.inner),
                    Way::Out => (crossed.inner, crossed.outer),
                };
                if stage != face {
                    // It holds another address for this session.
                    if crossed.stateful { DeviceState::NoSession } else { DeviceState::Stateless }
                } else if face != beyond {
                    stage = beyond;
                    DeviceState::TranslatedBack
                } else if crossed.stateful {
                    DeviceState::KnownSession
                } else {
                    DeviceState::Stateless
                }
            }
        };
        crossings.push(CrossingState { device: crossing.device.clone(), zone: crossing.zone.clone(), state });
        match state {
            DeviceState::NoSession => dropped = Some(Dropped::NoSession(crossing.device.clone())),
            DeviceState::OtherZone => dropped = Some(Dropped::OtherZone(crossing.device.clone())),
            DeviceState::Stateless | DeviceState::KnownSession | DeviceState::TranslatedBack => continue,
        }
        break;
    }
    if dropped.is_none() && stage != goal {
        // The device that would have taken the next translation off, or put it on.
        let next = trail.crossings.iter().find(|crossed| match way {
            Way::In => crossed.outer == stage && crossed.inner != stage,
            Way::Out => crossed.inner == stage && crossed.outer != stage,
        });
        dropped = next.map(|crossed| Dropped::MissesTranslation(crossed.device.clone()));
    }
    StateStep { first: id(first), answer: id(by), crossings, dropped }
}

/// How a journey ends whose answer took this way.
pub(crate) fn verdict(step: &StateStep) -> Verdict {
    if step.dropped.is_some() {
        Verdict::AsymmetricDropped
    } else if step.first == step.answer {
        Verdict::Symmetric
    } else {
        Verdict::AsymmetricTolerated
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Crossing, Exit, InternetLink, Link};

    /// Each exit's path as `device` or `device/zone`, inside first; a device whose name begins with `r` is stateless.
    fn plan(paths: &[&str]) -> Plan {
        let mut plan = Plan::default();
        for (index, path) in paths.iter().enumerate() {
            let crossings = path.split_whitespace().map(|crossing| {
                let (device, zone) = crossing.split_once('/').unwrap_or((crossing, ""));
                Crossing { device: device.into(), zone: zone.into() }
            });
            let exit = Exit {
                id: format!("e{index}").as_str().into(),
                name: String::new(),
                site: "s".into(),
                link: Link::Internet(InternetLink::default()),
                path: crossings.collect(),
                learned: Default::default(),
                learned_from: Vec::new(),
                local_preference: None,
                policy_in: Vec::new(),
                policy_out: Vec::new(),
                advertised: Default::default(),
                detection: Default::default(),
            };
            for crossing in &exit.path {
                if device(&plan, &crossing.device).is_none() {
                    let stateful = !crossing.device.as_str().starts_with('r');
                    plan.devices.push(Device { id: crossing.device.clone(), stateful, ..Device::default() });
                }
            }
            plan.exits.push(exit);
        }
        plan
    }

    /// First packet by e0, translated where `translates` says, answer by e1.
    fn inwards(out: &str, back: &str, translates: &[usize]) -> Option<Dropped> {
        let plan = plan(&[out, back]);
        let trail = Trail::new(&plan, 0, |index| translates.contains(&index));
        answer(&plan, 0, &trail, 1, Way::In).dropped
    }

    #[test]
    fn rule_8_state_is_per_device_and_zone() {
        assert_eq!(inwards("", "", &[]), None);
        assert_eq!(inwards("fw", "fw", &[0]), None);
        assert_eq!(inwards("fw", "fw2", &[]), Some(Dropped::NoSession("fw2".into())));
        assert_eq!(inwards("fw", "r", &[]), None);
        assert_eq!(inwards("fw", "", &[0]), Some(Dropped::MissesTranslation("fw".into())));
        assert_eq!(inwards("fw/a", "fw/b", &[0]), Some(Dropped::OtherZone("fw".into())));
        assert_eq!(inwards("r/a", "r/b", &[]), None);
        // Two devices in the other order: the inner one sees an address it doesn't know.
        assert_eq!(inwards("fw nat", "nat fw", &[1]), Some(Dropped::NoSession("fw".into())));
        assert_eq!(inwards("fw nat", "fw nat", &[0, 1]), None);
        assert_eq!(inwards("fw nat", "fw", &[1]), Some(Dropped::NoSession("fw".into())));
        assert_eq!(inwards("rnat", "r2", &[0]), Some(Dropped::MissesTranslation("rnat".into())));
    }

    #[test]
    fn our_answer_must_cross_the_device_that_translated_inwards() {
        let out = |entry: &str, reply: &str, translates: &[usize]| {
            let plan = plan(&[entry, reply]);
            let trail = Trail::new(&plan, 0, |index| translates.contains(&index));
            answer(&plan, 0, &trail, 1, Way::Out).dropped
        };
        assert_eq!(out("fw/a", "fw/b", &[0]), None);
        assert_eq!(out("fw", "fw2", &[0]), Some(Dropped::NoSession("fw2".into())));
        assert_eq!(out("fw", "", &[0]), Some(Dropped::MissesTranslation("fw".into())));
        assert_eq!(out("", "", &[]), None);
        assert_eq!(out("in nat", "in", &[1]), Some(Dropped::MissesTranslation("nat".into())));
    }

    #[test]
    fn the_same_exit_is_symmetric() {
        let plan = plan(&["fw nat"]);
        let trail = Trail::new(&plan, 0, |index| index == 1);
        assert_eq!(verdict(&answer(&plan, 0, &trail, 0, Way::In)), Verdict::Symmetric);
        assert_eq!(verdict(&answer(&plan, 0, &trail, 0, Way::Out)), Verdict::Symmetric);
    }
}
