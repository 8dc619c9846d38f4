//! `twopath adopt`.

use crate::output::{Failure, note, print};
use crate::{Outcome, args, import, input};
use twopath::desk::adopt::{self, Target, adopt};
use twopath::intake::LineIndex;
use twopath::intake::config::{self, ConfigFormat, What};
use twopath::plan::{Id, Loaded, save};
use twopath::report::words;

/// Takes configuration into a plan.
pub fn run(arguments: &args::Adopt) -> Result<Outcome, Failure> {
    let Loaded { mut plan, .. } = input::plan(&arguments.plan)?;
    let file = input::shown(&arguments.file);
    let decoded = input::text(&arguments.file)?;
    let format = match &arguments.format {
        Some(name) => name.parse::<ConfigFormat>().ok(),
        None => match config::what(&decoded.text) {
            What::Config(format) => Some(format),
            What::List(_) => None,
        },
    };
    let Some(format) = format else {
        return Err(Failure::of(file, "It isn't configuration of a kind that is known. Say which by --as."));
    };
    let setup = config::read(&decoded.text, format);
    let lines = LineIndex::new(&decoded.text);
    import::faults(file, &setup.faults, &lines);
    import::left_out(file, &setup, &lines);
    let target = Target {
        device: arguments.device.as_deref().map(Id::from),
        site: arguments.site.as_deref().map(Id::from),
        zones: pairs("--zone", &arguments.zone)?,
        neighbours: neighbours(&arguments.neighbour)?,
        circuit: arguments.circuit.as_deref().map(Id::from),
    };
    let adopted = adopt(&mut plan, &setup, &target).map_err(|error| Failure(words::setup::refused(&error)))?;
    for change in &adopted.changes {
        note(&format!("changed: {}", words::setup::change(change, adopted.name(change))));
    }
    for miss in &adopted.misses {
        let place = lines.line_column(miss.span.start);
        note(&format!("{file}:{}:{}: warning: {}", place.line, place.column, words::setup::miss(miss)));
    }
    print(&save(&plan))?;
    Ok(outcome(&setup, &adopted))
}

fn outcome(setup: &config::Setup, adopted: &adopt::Adopted) -> Outcome {
    if setup.is_empty() {
        return Outcome::Unusable;
    }
    match setup.faults.errors == 0 && setup.left_out.is_empty() && adopted.misses.is_empty() {
        true => Outcome::Works,
        false => Outcome::Fails,
    }
}

fn pairs(option: &str, given: &[String]) -> Result<Vec<(String, Id)>, Failure> {
    let pair = |text: &String| {
        let (left, right) = text.rsplit_once('=').filter(|(left, right)| !left.is_empty() && !right.is_empty())?;
        Some((left.to_owned(), Id::from(right)))
    };
    given
        .iter()
        .map(|text| pair(text).ok_or_else(|| Failure(format!("{option} “{text}”: write NAME=EXIT."))))
        .collect()
}

fn neighbours(given: &[String]) -> Result<Vec<(std::net::IpAddr, Id)>, Failure> {
    pairs("--neighbour", given)?
        .into_iter()
        .map(|(address, exit)| {
            let address =
                address.parse().map_err(|_| Failure(format!("--neighbour “{address}” is no address.")))?;
            Ok((address, exit))
        })
        .collect()
}
