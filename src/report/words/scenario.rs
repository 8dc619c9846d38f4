//! What is supposed to be down, in a sentence.

use super::{Names, listing};
use crate::routing::{Part, Scenario};

/// The scenario; empty where everything is up and the plan's own return models hold.
pub fn scenario(scenario: &Scenario, names: &Names) -> String {
    let down: Vec<String> = scenario.down.iter().map(|down| part(down, names)).collect();
    let down = (!down.is_empty()).then(|| format!("{} down", listing(&down, "and")));
    let model = scenario.other_return_model.then(|| "the other return model".to_owned());
    match (down, model) {
        (None, None) => String::new(),
        (Some(one), None) | (None, Some(one)) => format!("With {one}."),
        (Some(one), Some(other)) => format!("With {one}, and with {other}."),
    }
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
