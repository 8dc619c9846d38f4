//! `twopath capacity`.

use crate::output::{Failure, print, style};
use crate::{Outcome, args, ask, down, input};
use twopath::desk::Solved;
use twopath::pace::at_once;
use twopath::plan;
use twopath::report::answers::Loaded;
use twopath::report::words::Names;
use twopath::report::{json, text};
use twopath::study::capacity::{Capacity, View};
use twopath::study::failures::Failures;

/// Says what every link and circuit carries.
pub fn run(arguments: &args::Capacity) -> Result<Outcome, Failure> {
    let plan::Loaded { plan, faults } = input::plan(&arguments.plan)?;
    let mut unusable = input::is_cut(&faults);
    let scenario = down::scenario(&plan, &arguments.scenario)?;
    let names = Names::of(&plan);
    let answered = ask::solve(&plan, &scenario)?;
    unusable |= answered.report_lists(input::shown(&arguments.plan), &names);
    let before = match &arguments.before {
        None => None,
        Some(file) => {
            let plan::Loaded { plan: before, faults } = input::plan(file)?;
            unusable |= input::is_cut(&faults);
            let mut earlier = scenario.clone();
            earlier.keep_parts_of(&before);
            let solved = ask::solve(&before, &earlier)?;
            unusable |= solved.report_lists(input::shown(file), &Names::of(&before));
            Some(solved)
        }
    };
    let before = match &before {
        Some(solved) => Some(solved.solved()?),
        None => None,
    };
    let world = answered.solved()?.world();
    let capacity = at_once(|pace| async move {
        let failures = Failures::new(world, &pace).await;
        Capacity::new(world, &failures, before.map(Solved::world), &pace).await
    });
    let window = capacity.window(View::default());
    let answer = Loaded { plan: &plan, names: &names, scenario: &scenario, window };
    print(&if arguments.json { json::capacity(&answer) } else { text::capacity(&answer, style()) })?;
    Ok(match (unusable, answer.all_fit()) {
        (true, _) => Outcome::Unusable,
        (false, true) => Outcome::Works,
        (false, false) => Outcome::Fails,
    })
}
