//! `twopath export`.

use crate::output::{Failure, note, print};
use crate::{Outcome, args, input};
use twopath::desk::export::{Trouble, View, write};
use twopath::plan::Loaded;
use twopath::report::words::export as told;
use twopath::space::Family;

/// Writes a part of a plan as configuration.
pub fn run(arguments: &args::Export) -> Result<Outcome, Failure> {
    let Loaded { plan, .. } = input::plan(&arguments.plan)?;
    let file = input::shown(&arguments.plan);
    let view = View {
        what: arguments.what.clone(),
        vendor: arguments.vendor.clone(),
        name: arguments.name.clone().unwrap_or_default(),
        minimal: arguments.minimal,
        longest: arguments.longest,
        shortest: arguments.shortest,
        at_most: arguments.at_most,
        family: match (arguments.ipv4, arguments.ipv6) {
            (true, false) => Some(Family::V4),
            (false, true) => Some(Family::V6),
            _ => None,
        },
    };
    let written = write(&plan, &view).map_err(|trouble| {
        let why = told::trouble(trouble, &view.what);
        match trouble {
            Trouble::NoPart | Trouble::Empty => Failure::of(file, &why),
            Trouble::NoWord => Failure(format!("--what {why}")),
            Trouble::OtherVendors | Trouble::TooLong(_) => Failure(why),
        }
    })?;
    for said in written.notes {
        note(&format!("note: {}", told::note(said)));
    }
    print(&written.text)?;
    Ok(Outcome::Works)
}
