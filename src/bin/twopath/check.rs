//! `twopath check`.

use crate::output::{Failure, print, style};
use crate::{Outcome, args, ask, down, input};
use twopath::plan::Loaded;
use twopath::report::answers::Check;
use twopath::report::words::Names;
use twopath::report::{json, text};

/// Judges every flow.
pub fn run(arguments: &args::Check) -> Result<Outcome, Failure> {
    let Loaded { plan, faults } = input::plan(&arguments.plan)?;
    let mut unusable = input::is_cut(&faults);
    let scenario = down::scenario(&plan, &arguments.scenario)?;
    let names = Names::of(&plan);
    let mut answered = ask::solve(&plan, &scenario)?;
    // The engine sees the plan that was read, not the fields that were passed over.
    answered.summary.plan_faults = faults;
    unusable |= answered.report_lists(input::shown(&arguments.plan), &names);
    let rows = &answered.solved()?.rows;
    let answer = Check { plan: &plan, names: &names, scenario: &scenario, summary: &answered.summary, rows };
    print(&if arguments.json { json::check(&answer) } else { text::check(&answer, style()) })?;
    Ok(match (unusable, answer.all_work()) {
        (true, _) => Outcome::Unusable,
        (false, true) => Outcome::Works,
        (false, false) => Outcome::Fails,
    })
}
