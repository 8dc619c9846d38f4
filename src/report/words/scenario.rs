//! What is supposed to be down, in a sentence.

use super::{Names, listing};
use crate::routing::{Part, Scenario};
use std::collections::BTreeSet;

/// The scenario; empty where everything is up and the plan's own return models hold.
pub fn scenario(scenario: &Scenario, names: &Names) -> String {
    let parts = |parts: &BTreeSet<Part>, state: &str| {
        let named: Vec<String> = parts.iter().map(|one| part(one, names)).collect();
        (!named.is_empty()).then(|| format!("{} {state}", listing(&named, "and")))
    };
    let drained: Vec<String> = scenario.prepended.iter().map(|id| names.exit(id).to_owned()).collect();
    let all: Vec<String> = [
        parts(&scenario.down, "down"),
        parts(&scenario.inside_dead, "dead inside"),
        (!drained.is_empty()).then(|| format!("{} drained by Microsoft's prepends", listing(&drained, "and"))),
        scenario.other_return_model.then(|| "the other return model".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if all.is_empty() { String::new() } else { format!("With {}.", all.join(", and with ")) }
}

/// A part of the plan that may fail.
pub fn part(part: &Part, names: &Names) -> String {
    match part {
        Part::Exit(id) => names.exit(id).to_owned(),
        Part::Circuit(id) => format!("circuit {}", names.circuit(id)),
        Part::Device(id) => format!("device {}", names.device(id)),
        Part::Site(id) => format!("site {}", names.site(id)),
    }
}
