//! Answers as JSON for programs, in the documented forms of `static/docs/cli-json.md`.
//!
//! Each is one object that begins `{"format":"twopath.…","version":1,`. Fields are only ever added within a version.
//! The bytes are the same for the same answer everywhere: fields in a fixed order, numbers of addresses as strings.

mod advice;
mod capacity;
mod catalogue;
mod check;
mod coverage;
mod difference;
mod failures;
mod fix;
mod flows;
mod import;
mod lookup;
mod reality;
mod rollout;
mod sarif;
mod setup;
mod trace;

pub use capacity::capacity;
pub use catalogue::catalogue;
pub use check::check;
pub use coverage::coverage;
pub use difference::{difference, lists};
pub use failures::failures;
pub use fix::fix;
pub use flows::flows;
pub use import::import;
pub use lookup::{BadLine, Lookup, exits_as_json};
pub use reality::{checklist, reality};
pub use rollout::rollout;
pub use sarif::sarif;
pub use setup::setup;
pub use trace::trace;

use super::words::{Names, citations, lists};
use crate::plan::{Citation, Id, Plan};
use crate::routing::{Place, Scenario};
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the forms.
pub const VERSION: u32 = 1;

/// What every form begins with.
#[derive(Serialize)]
struct Head {
    format: &'static str,
    version: u32,
}

impl Head {
    fn of(format: &'static str) -> Self {
        Self { format, version: VERSION }
    }
}

/// The plan that was asked.
#[derive(Serialize)]
struct PlanHead<'a> {
    name: &'a str,
}

/// The scenario with its sentence.
#[derive(Serialize)]
struct ScenarioForm<'a> {
    #[serde(flatten)]
    scenario: &'a Scenario,
    sentence: String,
}

impl<'a> ScenarioForm<'a> {
    fn of(scenario: &'a Scenario, names: &Names) -> Self {
        Self { scenario, sentence: super::words::scenario(scenario, names) }
    }
}

/// What people call the parts, by their identifiers.
#[derive(Serialize)]
struct NamesForm<'a> {
    sites: BTreeMap<&'a str, &'a str>,
    circuits: BTreeMap<&'a str, &'a str>,
    exits: BTreeMap<&'a str, &'a str>,
    devices: BTreeMap<&'a str, &'a str>,
    pools: BTreeMap<&'a str, &'a str>,
}

impl<'a> NamesForm<'a> {
    fn of(plan: &'a Plan, names: &'a Names<'a>) -> Self {
        fn kind<'a>(
            ids: impl Iterator<Item = &'a Id>,
            name: impl Fn(&'a Id) -> &'a str,
        ) -> BTreeMap<&'a str, &'a str> {
            ids.map(|id| (id.as_str(), name(id))).collect()
        }
        Self {
            sites: kind(plan.sites.iter().map(|part| &part.id), |id| names.site(id)),
            circuits: kind(plan.circuits.iter().map(|part| &part.id), |id| names.circuit(id)),
            exits: kind(plan.exits.iter().map(|part| &part.id), |id| names.exit(id)),
            devices: kind(plan.devices.iter().map(|part| &part.id), |id| names.device(id)),
            pools: kind(plan.pools.iter().map(|part| &part.id), |id| names.pool(id)),
        }
    }
}

/// A document with its address.
#[derive(Serialize)]
struct CitationForm {
    code: Citation,
    title: &'static str,
    url: Option<&'static str>,
}

impl CitationForm {
    fn of(citation: Citation) -> Self {
        Self { code: citation, title: citations::title(citation), url: citations::url(citation) }
    }
}

/// A place with its name, and the text that stands there where it is at hand.
#[derive(Serialize)]
struct PlaceForm<'a> {
    #[serde(flatten)]
    place: &'a Place,
    name: String,
    text: String,
}

impl<'a> PlaceForm<'a> {
    fn of(place: &'a Place, names: &Names, text: String) -> Self {
        Self { place, name: lists::list(&place.list, names), text }
    }
}

/// The value as JSON on one line.
fn line(value: &impl Serialize) -> String {
    // Every key is a string and no number is a float that isn't finite: nothing can fail.
    let mut json = serde_json::to_string(value).unwrap_or_default();
    json.push('\n');
    json
}
