//! `twopath fix`.

use crate::output::{Failure, plain, print, style};
use crate::{Outcome, args, ask, down, input};
use twopath::advice::fix::{Everything, Fixes, Proposal};
use twopath::desk::Solved;
use twopath::journey::Standing;
use twopath::pace::at_once;
use twopath::plan::{Loaded, save};
use twopath::report::answers::Fixed;
use twopath::report::words::Names;
use twopath::report::{json, text};

/// Looks for fixes, and writes the plan with one applied where asked.
pub fn run(arguments: &args::Fix) -> Result<Outcome, Failure> {
    let Loaded { plan, faults } = input::plan(&arguments.plan)?;
    let mut unusable = input::is_cut(&faults);
    let scenario = down::scenario(&plan, &arguments.scenario)?;
    let names = Names::of(&plan);
    let answered = ask::solve(&plan, &scenario)?;
    unusable |= answered.report_lists(input::shown(&arguments.plan), &names);
    let solved = answered.solved()?;
    let rows = solved.rows.as_slice();
    let fixes = at_once(|pace| async move { Fixes::of(solved.world(), rows, &pace).await });
    let works = match &arguments.apply {
        None => {
            let answer = Fixed { plan: &plan, names: &names, scenario: &scenario, fixes: &fixes };
            print(&if arguments.json { json::fix(&answer) } else { text::fix(&answer, style()) })?;
            all_work(solved)
        }
        Some(number) => {
            let changed = chosen(&fixes, number)?.apply(&plan);
            let written = save(&changed);
            match &arguments.output {
                None => print(&written)?,
                Some(file) => std::fs::write(file, written)
                    .map_err(|error| Failure::of(file, &format!("Can't write it: {}.", plain(&error))))?,
            }
            all_work(&Solved::new(changed, scenario, false))
        }
    };
    Ok(match (unusable, works) {
        (true, _) => Outcome::Unusable,
        (false, true) => Outcome::Works,
        (false, false) => Outcome::Fails,
    })
}

fn all_work(solved: &Solved) -> bool {
    solved.rows.iter().all(|row| row.verdict.is_some_and(|verdict| verdict.standing() == Standing::Works))
}

fn chosen<'a>(fixes: &'a Fixes, number: &str) -> Result<&'a Proposal, Failure> {
    let missing = |why: &str| Failure(format!("--apply {number}: {why}"));
    if number == "all" {
        return match &fixes.everything {
            Everything::With(proposal) | Everything::Without { best: Some(proposal), .. } => Ok(proposal),
            Everything::Works => Err(missing("Every flow works already.")),
            Everything::Without { best: None, .. } => Err(missing("No change that was tried mends a flow.")),
        };
    }
    let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let known = fixes.proposals.len();
    let proposal = index.and_then(|index| fixes.proposals.get(index));
    proposal.ok_or_else(|| missing(&format!("The proposals are numbered from 1 to {known}, and all.")))
}
