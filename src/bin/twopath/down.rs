//! What `--down`, `--inside-dead` and `--prepended` mean.

use crate::args::ScenarioArguments;
use crate::output::Failure;
use twopath::plan::{Id, Link, Plan, nearest};
use twopath::routing::{Part, Scenario};

/// The scenario that the arguments suppose.
pub fn scenario(plan: &Plan, arguments: &ScenarioArguments) -> Result<Scenario, Failure> {
    let parts = |option: &'static str, texts: &[String]| {
        texts.iter().map(|text| part(plan, option, text)).collect::<Result<_, _>>()
    };
    let prepended = arguments.prepended.iter().map(|text| drained(plan, text)).collect::<Result<_, _>>()?;
    Ok(Scenario {
        down: parts("--down", &arguments.down)?,
        inside_dead: parts("--inside-dead", &arguments.inside_dead)?,
        prepended,
        other_return_model: arguments.other_return_model,
    })
}

/// The ExpressRoute exit that the text names.
fn drained(plan: &Plan, text: &str) -> Result<Id, Failure> {
    let known: Vec<&Id> =
        plan.exits.iter().filter(|exit| matches!(exit.link, Link::ExpressRoute(_))).map(|exit| &exit.id).collect();
    match known.iter().find(|id| id.as_str() == text) {
        Some(id) => Ok((*id).clone()),
        None => {
            Err(unknown("--prepended", text, &format!("ExpressRoute exit with the id “{text}”"), text, &known))
        }
    }
}

/// A kind of part by its name, and how it is made.
type Kind = (&'static str, fn(Id) -> Part);

const KINDS: [Kind; 4] =
    [("exit", Part::Exit), ("circuit", Part::Circuit), ("device", Part::Device), ("site", Part::Site)];

fn ids<'a>(plan: &'a Plan, kind: &str) -> Vec<&'a Id> {
    match kind {
        "exit" => plan.exits.iter().map(|part| &part.id).collect(),
        "circuit" => plan.circuits.iter().map(|part| &part.id).collect(),
        "device" => plan.devices.iter().map(|part| &part.id).collect(),
        _ => plan.sites.iter().map(|part| &part.id).collect(),
    }
}

/// The one part that the text names: by identifier alone, or by kind and identifier.
fn part(plan: &Plan, option: &str, text: &str) -> Result<Part, Failure> {
    let found: Vec<(&str, Part)> = KINDS
        .iter()
        .filter(|(kind, _)| ids(plan, kind).iter().any(|id| id.as_str() == text))
        .map(|(kind, part)| (*kind, part(text.into())))
        .collect();
    match found.as_slice() {
        [(_, part)] => return Ok(part.clone()),
        [] => {}
        several => {
            let forms: Vec<String> = several.iter().map(|(kind, _)| format!("{kind}:{text}")).collect();
            let forms = twopath::report::words::listing(&forms, "or");
            return Err(Failure(format!("{option} {text}: This is ambiguous. Write {forms}.")));
        }
    }
    if let Some((kind, id)) = text.split_once(':')
        && let Some((kind, part)) = KINDS.iter().find(|(name, _)| *name == kind)
    {
        let known = ids(plan, kind);
        if known.iter().any(|known| known.as_str() == id) {
            return Ok(part(id.into()));
        }
        return Err(unknown(option, text, &format!("{kind} with the id “{id}”"), id, &known));
    }
    let known: Vec<&Id> = KINDS.iter().flat_map(|(kind, _)| ids(plan, kind)).collect();
    Err(unknown(option, text, &format!("exit, circuit, device or site with the id “{text}”"), text, &known))
}

fn unknown(option: &str, text: &str, what: &str, id: &str, known: &[&Id]) -> Failure {
    let hint = hint(id, known);
    Failure(format!("{option} {text}: There is no {what}.{hint}"))
}

/// ` Did you mean “er-chicago”?`, or else what there is.
pub fn hint(id: &str, known: &[&Id]) -> String {
    const MAX_NAMED: usize = 12;
    if let Some(near) = nearest(id, known.iter().map(|id| id.as_str())) {
        return format!(" Did you mean “{near}”?");
    }
    let mut names: Vec<&str> = known.iter().map(|id| id.as_str()).filter(|id| !id.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    let more = if names.len() > MAX_NAMED { " and others" } else { "" };
    names.truncate(MAX_NAMED);
    if names.is_empty() { String::new() } else { format!(" There are: {}{more}.", names.join(", ")) }
}
