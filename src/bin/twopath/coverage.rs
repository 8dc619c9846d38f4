//! `twopath coverage`.

use crate::output::{Failure, print, style};
use crate::{Outcome, args, ask, down, input};
use twopath::pace::at_once;
use twopath::plan::{Id, Loaded, Plan};
use twopath::report::answers::Covered;
use twopath::report::words::Names;
use twopath::report::{json, text};
use twopath::study::coverage::Coverage;

/// Says what becomes of every address.
pub fn run(arguments: &args::Coverage) -> Result<Outcome, Failure> {
    let Loaded { plan, faults } = input::plan(&arguments.plan)?;
    let file = input::shown(&arguments.plan);
    let mut unusable = input::is_cut(&faults);
    let scenario = down::scenario(&plan, &arguments.scenario)?;
    let site = match &arguments.site {
        Some(wanted) => Some(site(&plan, wanted).map_err(|what| Failure::of(file, &what))?),
        None => None,
    };
    let names = Names::of(&plan);
    let answered = ask::solve(&plan, &scenario)?;
    unusable |= answered.report_lists(file, &names);
    let world = answered.solved()?.world();
    let coverage = at_once(|pace| async move { Coverage::new(world, &pace).await });
    let class = arguments.class;
    let answer = Covered { plan: &plan, names: &names, scenario: &scenario, coverage: &coverage, site, class };
    if let Some(number) = class {
        let chosen = coverage.sites().iter().find(|one| site.is_none_or(|site| *site == one.site));
        let classes = chosen.map_or(0, |site| site.classes().len());
        if number as usize >= classes {
            return Err(Failure(format!("--class {number}: There are {classes} classes, numbered from 0.")));
        }
    }
    print(&if arguments.json { json::coverage(&answer) } else { text::coverage(&answer, style()) })?;
    Ok(match (unusable, answer.all_work()) {
        (true, _) => Outcome::Unusable,
        (false, true) => Outcome::Works,
        (false, false) => Outcome::Fails,
    })
}

fn site<'a>(plan: &'a Plan, wanted: &str) -> Result<&'a Id, String> {
    let known: Vec<&Id> = plan.sites.iter().map(|site| &site.id).collect();
    let found = known.iter().find(|id| id.as_str() == wanted).copied();
    found.ok_or_else(|| format!("There is no site with the id “{wanted}”.{}", down::hint(wanted, &known)))
}
