//! `twopath checklist`.

use crate::output::{Failure, print, style};
use crate::{Outcome, args, ask, down, input};
use twopath::journey::Standing;
use twopath::pace::at_once;
use twopath::plan::Loaded;
use twopath::report::answers::Checklist;
use twopath::report::words::Names;
use twopath::report::{json, text};
use twopath::study::checklist::checklist;

/// Says what to trace at the cut-over.
pub fn run(arguments: &args::Checklist) -> Result<Outcome, Failure> {
    let Loaded { plan, faults } = input::plan(&arguments.plan)?;
    let mut unusable = input::is_cut(&faults);
    let scenario = down::scenario(&plan, &arguments.scenario)?;
    let names = Names::of(&plan);
    let answered = ask::solve(&plan, &scenario)?;
    unusable |= answered.report_lists(input::shown(&arguments.plan), &names);
    let solved = answered.solved()?;
    let mut checks = at_once(async |pace| checklist(solved.world(), &solved.rows, &pace).await);
    if arguments.catalogue {
        checks.retain(|check| check.flow.is_some());
    }
    let answer = Checklist { plan: &plan, names: &names, checks: &checks };
    print(&if arguments.json { json::checklist(&answer) } else { text::checklist(&answer, style()) })?;
    // What no flow of the plan does needn't work.
    let mut judged = checks.iter().filter(|check| check.flow.is_some()).peekable();
    let works = judged.peek().is_some() && judged.all(|check| check.verdict.standing() == Standing::Works);
    Ok(match (unusable, works) {
        (true, _) => Outcome::Unusable,
        (false, true) => Outcome::Works,
        (false, false) => Outcome::Fails,
    })
}
