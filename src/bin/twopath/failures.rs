//! `twopath failures`.

use crate::output::{Failure, print, style};
use crate::{Outcome, args, ask, down, input};
use twopath::pace::at_once;
use twopath::plan::Loaded;
use twopath::report::answers::Failed;
use twopath::report::words::Names;
use twopath::report::{json, text};
use twopath::study::failures::{Failures, Kind};

/// Says what becomes of every flow under everything that may fail.
pub fn run(arguments: &args::Failures) -> Result<Outcome, Failure> {
    let Loaded { plan, faults } = input::plan(&arguments.plan)?;
    let mut unusable = input::is_cut(&faults);
    let scenario = down::scenario(&plan, &arguments.scenario)?;
    let names = Names::of(&plan);
    let answered = ask::solve(&plan, &scenario)?;
    unusable |= answered.report_lists(input::shown(&arguments.plan), &names);
    let world = answered.solved()?.world();
    let failures = at_once(|pace| async move { Failures::new(world, &pace).await });
    let kinds = match arguments.pairs {
        args::Pairs::Yes => Vec::new(),
        args::Pairs::No => Kind::ALL.into_iter().filter(|kind| *kind != Kind::Pair).collect(),
    };
    let only_harm = arguments.only_harm;
    let answer = Failed { plan: &plan, names: &names, scenario: &scenario, failures: &failures, kinds, only_harm };
    print(&if arguments.json { json::failures(&answer) } else { text::failures(&answer, style()) })?;
    Ok(match (unusable, answer.all_work()) {
        (true, _) => Outcome::Unusable,
        (false, true) => Outcome::Works,
        (false, false) => Outcome::Fails,
    })
}
