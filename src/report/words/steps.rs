//! The steps of a journey: a label and a sentence for each, in the plan's own names.
//!
//! Sentences don't say who began, so that they hold outbound and inbound: "it" is the packet that is being routed.

use super::{Names, addresses, listing, sentence};
use crate::journey::{
    Admission, AdmissionStep, By, DeviceState, DeviceTranslation, Direction, Dropped, FarSideBecause,
    PublicationStep, StateStep, Step, TranslationStep,
};
use crate::plan::{Citation, Id};
use crate::routing::FarSide;

pub use super::routes::{
    forward, forward_attributes, forward_lost, forward_rule, forward_rule_sentence, levers, no_say, no_say_label,
    origin, protocol, refusal, refused, refused_sentence, return_lost, return_rule, return_rule_sentence,
    return_step,
};

/// A step's label.
pub fn label(step: &Step, direction: Direction) -> &'static str {
    match (step, direction) {
        (Step::Forward(_), Direction::Outbound) => "Way out",
        (Step::Forward(_), Direction::Inbound) => "Way of the answer",
        (Step::Translation(_), _) => "Translation",
        (Step::Admission(_), _) => "Admission",
        (Step::Return(_), Direction::Outbound) => "Way back",
        (Step::Return(_), Direction::Inbound) => "Way in",
        (Step::Publication(_), _) => "Publication",
        (Step::State(_), _) => "Sessions",
    }
}

/// What happened at a step, and why.
pub fn step(step: &Step, names: &Names) -> String {
    match step {
        Step::Forward(step) => forward(step, names),
        Step::Translation(step) => translation(step, names),
        Step::Admission(step) => admission(step, names),
        Step::Return(step) => return_step(step, names),
        Step::Publication(step) => publication(step, names),
        Step::State(step) => state(step, names),
    }
}

/// What else there is to say of a step: who had no say, what each device did, which advertisements weren't accepted.
pub fn details(step: &Step, names: &Names) -> Vec<String> {
    match step {
        Step::Forward(step) => step.no_say.iter().map(|(exit, why)| no_say(names.exit(exit), why)).collect(),
        Step::Translation(step) => step.devices.iter().map(|device| device_translation(device, names)).collect(),
        Step::Return(step) => step.refused.iter().map(|refused| refusal(refused, names)).collect(),
        Step::State(step) => step
            .crossings
            .iter()
            .map(|crossing| device_state_sentence(&crossing.device, crossing.state, names))
            .collect(),
        Step::Admission(_) | Step::Publication(_) => Vec::new(),
    }
}

/// The document that a step's outcome rests on.
pub fn citation(step: &Step) -> Citation {
    match step {
        Step::Forward(step) => step.decided_by.citation(),
        Step::Translation(step) if step.not_public => Citation::PrivateSpace,
        Step::Translation(_) => Citation::NatRequirements,
        Step::Admission(_) => Citation::RoutingRequirements,
        Step::Return(step) => step.decided_by.citation(),
        Step::Publication(_) => Citation::NatRequirements,
        Step::State(step) => {
            step.dropped.as_ref().map_or(Citation::StatefulInspection, |dropped| dropped.citation())
        }
    }
}

/// Who begins.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Outbound => "outbound",
        Direction::Inbound => "inbound",
    }
}

/// A side, as the subject of a sentence.
pub fn far_side(side: FarSide) -> &'static str {
    match side {
        FarSide::Microsoft => "Microsoft's network",
        FarSide::Internet => "the Internet",
    }
}

/// How it is known on which side an address lies.
pub fn far_side_because(because: &FarSideBecause, names: &Names) -> String {
    match because {
        FarSideBecause::LearnedOverExpressRoute(exit) => {
            format!("It is Microsoft's: {} offers a route to it.", names.exit(exit))
        }
        FarSideBecause::Service(service) => {
            format!("It is Microsoft's: {}, a service marked as Microsoft's, lists it.", names.service(service))
        }
        FarSideBecause::BuiltInList(date) => {
            format!("It is Microsoft's: the built-in list of {date} has it.")
        }
        FarSideBecause::OwnList(source) => {
            format!("It is Microsoft's: the plan's own list, {}, has it.", names.source(source))
        }
        FarSideBecause::NotListed => {
            "It is the Internet's: no ExpressRoute exit offers it (a default route doesn't count), and no list of Microsoft's space has it."
                .to_owned()
        }
    }
}

/// Which outcome of a step a branch follows; empty where there is only one.
pub fn by(by: &By, names: &Names) -> String {
    match by {
        By::Only => String::new(),
        By::Exit(exit) => format!("by {}", names.exit(exit)),
        By::Addresses { text, count, share } => {
            format!("for {text}: {}, {share} of the translated ones", addresses(*count))
        }
        By::Lost => "by a provider with no link up".to_owned(),
    }
}

/// What the devices of an exit did to the source.
pub fn translation(step: &TranslationStep, names: &Names) -> String {
    let outside = format!("{} ({})", step.result, addresses(step.count));
    let translators: Vec<String> = step
        .devices
        .iter()
        .filter_map(|device| {
            let pool = device.pool.as_ref()?;
            Some(format!("{} translates the source to {}", names.device(&device.device), names.pool(pool)))
        })
        .collect();
    let mut text = if step.devices.is_empty() {
        format!("{} crosses no device: the source leaves as it is, {outside}.", names.exit(&step.exit))
    } else if translators.is_empty() {
        format!("No device before {} translates: the source leaves as it is, {outside}.", names.exit(&step.exit))
    } else {
        format!("{}: outside it is {outside}.", sentence(&listing(&translators, "and then")).trim_end_matches('.'))
    };
    if step.not_public {
        text.push_str(" Private space is in it, which nobody outside can answer.");
    }
    text
}

/// What one device did to the source.
pub fn device_translation(step: &DeviceTranslation, names: &Names) -> String {
    let device = names.device(&step.device);
    match (step.rule, &step.pool) {
        (Some(rule), Some(pool)) => {
            format!("{device}: {} translates to {}.", names.rule(&step.device, rule), names.pool(pool))
        }
        (Some(rule), None) => format!("{device}: {} leaves the source as it is.", names.rule(&step.device, rule)),
        (None, Some(pool)) => format!("{device} translates to {}.", names.pool(pool)),
        (None, None) => format!("{device}: no rule matches, the source stays as it is."),
    }
}

/// Whether the peering admits the source.
pub fn admission(step: &AdmissionStep, names: &Names) -> String {
    let exit = names.exit(&step.exit);
    match &step.admission {
        Admission::NotAsked => format!("{exit} doesn't ask: only Microsoft peering checks sources."),
        Admission::Admitted { prefix, .. } => {
            format!("Microsoft's edge takes the source over {exit}: it lies in the admitted prefix {prefix}.")
        }
        Admission::Refused => {
            format!(
                "Microsoft's edge drops it on {exit}: the source lies outside the peering's admitted prefixes."
            )
        }
    }
}

/// Whether the entry publishes the service, and how it translates.
pub fn publication(step: &PublicationStep, names: &Names) -> String {
    let exit = names.exit(&step.exit);
    let Some(device) = &step.device else {
        return format!("Nothing on {exit} publishes the service: the packet reaches no server.");
    };
    let source = match &step.source_pool {
        Some(pool) => format!("its source is translated to {}", names.pool(pool)),
        None => "its source stays as it is".to_owned(),
    };
    format!(
        "{} publishes the service on {exit}: it goes on to {}, and {source}.",
        names.device(device),
        step.inside
    )
}

/// How the answer fared with the devices on its way.
pub fn state(step: &StateStep, names: &Names) -> String {
    let way = if step.first == step.answer {
        format!("The answer takes {}, as the first packet did", names.exit(&step.answer))
    } else {
        format!(
            "The answer takes {}, where the first packet took {}",
            names.exit(&step.answer),
            names.exit(&step.first)
        )
    };
    match &step.dropped {
        Some(dropped) => format!("{way}: {}.", dropped_clause(dropped, names)),
        None if step.first == step.answer => format!("{way}, and arrives."),
        None if step.crossings.iter().all(|crossing| crossing.state == DeviceState::Stateless) => {
            format!("{way}: nothing there keeps sessions, and it arrives.")
        }
        None => format!("{way}: the session is known there as well, and it arrives."),
    }
}

/// What a device made of the answer, in a few words.
pub fn device_state(state: DeviceState) -> &'static str {
    match state {
        DeviceState::Stateless => "keeps no sessions",
        DeviceState::KnownSession => "knows the session",
        DeviceState::TranslatedBack => "translates back",
        DeviceState::NoSession => "no session, drops it",
        DeviceState::OtherZone => "other zone, drops it",
        DeviceState::UnsaidZone => "zone not said, may drop it",
    }
}

/// What a device made of the answer, in a sentence.
pub fn device_state_sentence(device: &Id, state: DeviceState, names: &Names) -> String {
    let device = names.device(device);
    match state {
        DeviceState::Stateless => format!("{device} keeps no sessions and lets it pass."),
        DeviceState::KnownSession => format!("{device} knows the session and lets it pass."),
        DeviceState::TranslatedBack => format!("{device} knows the session and turns the translation back."),
        DeviceState::NoSession => format!("{device} didn't see the first packet, has no session, and drops it."),
        DeviceState::OtherZone => format!("{device} knows the session by another zone than this, and drops it."),
        DeviceState::UnsaidZone => {
            format!("{device} knows the session by another exit, and drops it unless both exits are in one zone.")
        }
    }
}

/// What stopped the answer, in a word or two.
pub fn dropped_label(dropped: &Dropped) -> &'static str {
    match dropped {
        Dropped::NoSession(_) => "no session",
        Dropped::OtherZone(_) => "other zone",
        Dropped::UnsaidZone(_) => "zone not said",
        Dropped::MissesTranslation(_) => "misses translation",
    }
}

/// What stopped the answer.
pub fn dropped(dropped: &Dropped, names: &Names) -> String {
    sentence(&dropped_clause(dropped, names))
}

/// The same within a sentence, "it" being the answer.
pub(super) fn dropped_clause(dropped: &Dropped, names: &Names) -> String {
    match dropped {
        Dropped::NoSession(id) => {
            format!("{} drops it, for it didn't see the first packet and has no session", names.device(id))
        }
        Dropped::OtherZone(id) => {
            format!("{} drops it, for it knows the session by another zone", names.device(id))
        }
        Dropped::MissesTranslation(id) => {
            format!("it misses {}, which alone can turn the translation back", names.device(id))
        }
        Dropped::UnsaidZone(id) => {
            let device = names.device(id);
            format!(
                "{device} knows the session by the other exit, and drops it unless both are in one zone, which the plan doesn't say"
            )
        }
    }
}
