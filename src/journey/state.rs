//! The answer's way over devices: which of them know it, and which drop it.
//!
//! Symmetry is per state domain (a device or a cluster with one session table), not per link: an answer that comes
//! back another way still works where it meets the same devices, in the same zones, in an order that turns every
//! translation back, and no other stateful one (domain rule 8).

use super::{CrossingState, DeviceState, Dropped, StateStep, Verdict};
use crate::plan::{Device, Id, Plan, Setting, UnsaidZones};
use crate::routing::Resolved;

/// The devices of an exit with what they did to the first packet, inside first.
#[derive(Clone, Debug)]
pub(crate) struct Trail {
    /// The exit: what comes back by it comes by the interfaces that the first packet took.
    exit: Id,
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
        Self { exit: plan.exits.get(exit).map(|exit| exit.id.clone()).unwrap_or_default(), crossings }
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

/// Whether a zone isn't said: two such are not one, for nobody said that either.
fn is_unsaid(zone: &str) -> bool {
    zone.trim().is_empty()
}

/// Whether some stateful device is crossed by several exits, and the zone of one of them isn't said.
pub(crate) fn has_unsaid_zones(plan: &Plan) -> bool {
    plan.devices.iter().any(|device| device.stateful && !unsaid_zones(plan, &device.id).is_empty())
}

/// The exits whose zones on a device aren't said, where it is crossed by others too.
pub(crate) fn unsaid_zones<'a>(plan: &'a Plan, device: &Id) -> Vec<&'a Id> {
    let crossing = plan.exits.iter().filter_map(|exit| {
        let crossing = exit.path.iter().find(|crossing| crossing.device == *device)?;
        Some((&exit.id, is_unsaid(&crossing.zone)))
    });
    let all: Vec<(&Id, bool)> = crossing.collect();
    let unsaid = all.iter().filter(|(_, unsaid)| *unsaid && all.len() > 1);
    unsaid.map(|(exit, _)| *exit).collect()
}

/// The answer by one exit as a plan's assumption has it, with how it ends: uncertain where nothing is assumed of the
/// zones that the plan doesn't say, and they alone decide.
pub(super) fn explained(plan: &Plan, first: usize, trail: &Trail, by: usize, way: Way) -> (StateStep, Verdict) {
    let of = |zones: UnsaidZones| answer(plan, first, trail, by, way, zones);
    match plan.assumptions.unsaid_zones {
        Setting::Value(zones) => {
            let step = of(zones);
            let verdict = verdict(&step);
            (step, verdict)
        }
        Setting::Unknown => {
            let (dropped, passed) = (of(UnsaidZones::Dropped), of(UnsaidZones::Passed));
            let (worse, better) = (verdict(&dropped), verdict(&passed));
            if worse == better { (passed, better) } else { (dropped, Verdict::Uncertain) }
        }
    }
}

/// The answer by one exit, to a first packet that went the way of a trail.
pub(crate) fn answer(
    plan: &Plan,
    first: usize,
    trail: &Trail,
    by: usize,
    way: Way,
    zones: UnsaidZones,
) -> StateStep {
    let id = |exit: usize| plan.exits.get(exit).map(|exit| exit.id.clone()).unwrap_or_default();
    let another = plan.exits.get(by).is_none_or(|exit| exit.id != trail.exit);
    // Whether the device may take it for another interface than the one it knows the session by.
    let unsaid = |crossed: &Crossed, zone: &str| another && (is_unsaid(&crossed.zone) || is_unsaid(zone));
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
            Some(crossed)
                if way == Way::In
                    && crossed.stateful
                    && zones == UnsaidZones::Dropped
                    && unsaid(crossed, &crossing.zone) =>
            {
                DeviceState::UnsaidZone
            }
            Some(crossed)
                if way == Way::In
                    && crossed.stateful
                    && crossed.zone != crossing.zone
                    && !unsaid(crossed, &crossing.zone) =>
            {
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
            DeviceState::UnsaidZone => dropped = Some(Dropped::UnsaidZone(crossing.device.clone())),
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

/// Whether packets of a session that began on a trail pass an exit's devices. Where nothing is assumed of zones that the
/// plan doesn't say, it isn't promised.
pub(crate) fn goes_on(plan: &Plan, first: usize, trail: &Trail, by: usize, way: Way) -> bool {
    let zones = Resolved::usual(&plan.assumptions).unsaid_zones;
    answer(plan, first, trail, by, way, zones).dropped.is_none()
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

    /// First packet by e0, translated where `translates` says, answer by e1; zones that aren't said let it pass.
    fn inwards(out: &str, back: &str, translates: &[usize]) -> Option<Dropped> {
        let plan = plan(&[out, back]);
        let trail = Trail::new(&plan, 0, |index| translates.contains(&index));
        answer(&plan, 0, &trail, 1, Way::In, UnsaidZones::Passed).dropped
    }

    #[test]
    fn rule_8_zones_that_are_not_said_are_not_one_zone() {
        let ends = |out: &str, back: &str, by: usize| {
            let mut plan = plan(&[out, back]);
            let trail = Trail::new(&plan, 0, |index| index == 0);
            let settings =
                [Setting::Value(UnsaidZones::Dropped), Setting::Value(UnsaidZones::Passed), Setting::Unknown];
            settings.map(|setting| {
                plan.assumptions.unsaid_zones = setting;
                explained(&plan, 0, &trail, by, Way::In).1
            })
        };
        use Verdict::{AsymmetricDropped as Drops, AsymmetricTolerated as Works, Symmetric, Uncertain};
        assert_eq!(ends("fw", "fw", 1), [Drops, Works, Uncertain]);
        assert_eq!(ends("fw/a", "fw", 1), [Drops, Works, Uncertain]);
        assert_eq!(ends("fw", "fw/ ", 1), [Drops, Works, Uncertain]);
        assert_eq!(ends("fw/a", "fw/a", 1), [Works; 3]);
        assert_eq!(ends("fw/a", "fw/b", 1), [Drops; 3]);
        // By the exit it left by it comes by the interface it left by; and what keeps no sessions has no zones.
        assert_eq!(ends("fw", "fw", 0), [Symmetric; 3]);
        assert_eq!(ends("rnat", "rnat", 1), [Works; 3]);
        // Another device without a session drops it anyway, whatever is assumed.
        assert_eq!(ends("fw", "fw fw2", 1), [Drops; 3]);
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
            answer(&plan, 0, &trail, 1, Way::Out, UnsaidZones::Dropped).dropped
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
        assert_eq!(verdict(&answer(&plan, 0, &trail, 0, Way::In, UnsaidZones::Dropped)), Verdict::Symmetric);
        assert_eq!(verdict(&answer(&plan, 0, &trail, 0, Way::Out, UnsaidZones::Dropped)), Verdict::Symmetric);
    }
}
