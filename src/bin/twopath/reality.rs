//! `twopath reality`.

use crate::output::{Failure, print, style};
use crate::{Outcome, args, ask, down, import, input};
use twopath::intake::{Decoded, LineIndex, Reading, read};
use twopath::plan::{Id, Loaded};
use twopath::report::answers::AgainstReality;
use twopath::report::words::Names;
use twopath::report::{json, text};
use twopath::study::reality::reality;

/// Compares a plan with the tables of Microsoft and of our router.
pub fn run(arguments: &args::Reality) -> Result<Outcome, Failure> {
    let Loaded { plan, faults } = input::plan(&arguments.plan)?;
    let mut unusable = input::is_cut(&faults);
    let scenario = down::scenario(&plan, &arguments.scenario)?;
    let names = Names::of(&plan);
    let answered = ask::solve(&plan, &scenario)?;
    unusable |= answered.report_lists(input::shown(&arguments.plan), &names);
    let solved = answered.solved()?;
    let site: Id = match &arguments.site {
        Some(id) => id.as_str().into(),
        None => plan.sites.first().map(|site| site.id.clone()).unwrap_or_default(),
    };
    let index = solved.site(&site).ok_or_else(|| Failure(format!("There is no site with the id “{site}”.")))?;
    let microsoft = table(arguments.microsoft.as_deref())?;
    let router = table(arguments.router.as_deref())?;
    let read = |table: &Option<(Decoded, Reading)>| table.as_ref().is_some_and(|(_, reading)| reading.is_empty());
    unusable |= read(&microsoft) || read(&router);
    let found = reality(
        solved.world(),
        index,
        microsoft.as_ref().map(|(_, reading)| reading),
        router.as_ref().map(|(_, reading)| reading),
    );
    let lines = |table: &Option<(Decoded, Reading)>| -> Option<String> {
        table.as_ref().map(|(text, _)| text.text.clone())
    };
    let (microsoft, router) = (lines(&microsoft), lines(&router));
    let (microsoft, router) = (microsoft.as_deref().map(LineIndex::new), router.as_deref().map(LineIndex::new));
    let answer = AgainstReality {
        plan: &plan,
        names: &names,
        site: &site,
        reality: &found,
        microsoft: microsoft.as_ref(),
        router: router.as_ref(),
    };
    print(&if arguments.json { json::reality(&answer) } else { text::reality(&answer, style()) })?;
    Ok(match (unusable, found.is_as_planned()) {
        (true, _) => Outcome::Unusable,
        (false, true) => Outcome::Works,
        (false, false) => Outcome::Fails,
    })
}

/// Reads a table, and says what is wrong with it.
fn table(file: Option<&str>) -> Result<Option<(Decoded, Reading)>, Failure> {
    let Some(file) = file else { return Ok(None) };
    let decoded = input::text(file)?;
    let reading = read(&decoded.text, None);
    import::faults(input::shown(file), &reading.faults, &LineIndex::new(&decoded.text));
    Ok(Some((decoded, reading)))
}
