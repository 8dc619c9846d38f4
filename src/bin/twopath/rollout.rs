//! `twopath rollout`.

use crate::output::{Failure, plain, print, style};
use crate::{Outcome, args, ask, down, input};
use std::sync::Arc;
use twopath::pace::at_once;
use twopath::plan::save;
use twopath::report::answers::RolledOut;
use twopath::report::words::Names;
use twopath::report::{json, text};
use twopath::study::rollout::{Rollout, Score, View};

/// Says how to come from one plan to another, and writes the plan with a better order where asked.
pub fn run(arguments: &args::Rollout) -> Result<Outcome, Failure> {
    let (first, second) = (arguments.from.as_str(), arguments.plan.as_str());
    if first == "-" && second == "-" {
        return Err(Failure("Both can't come from standard input.".to_owned()));
    }
    let (before, after) = (input::plan(first)?, input::plan(second)?);
    let mut unusable = input::is_cut(&before.faults) || input::is_cut(&after.faults);
    // What is supposed is looked up in the plan after; where a state between doesn't have it, it is up there.
    let scenario = down::scenario(&after.plan, &arguments.scenario)?;
    let mut earlier = scenario.clone();
    earlier.keep_parts_of(&before.plan);
    let (was, is) = (ask::solve(&before.plan, &earlier)?, ask::solve(&after.plan, &scenario)?);
    unusable |= was.report_lists(input::shown(first), &Names::of(&before.plan));
    unusable |= is.report_lists(input::shown(second), &Names::of(&after.plan));
    let (old, new) = (Arc::new(before.plan), is.solved()?.world());
    let from = &old;
    let rollout = at_once(|pace| async move { Rollout::new(from, new, &pace).await });
    let mut score = rollout.score;
    if arguments.write {
        let mut plan = after.plan;
        plan.rollout = match &rollout.better {
            Some(better) => {
                score = better.score;
                better.order.clone()
            }
            None => rollout.order(),
        };
        let written = save(&plan);
        match &arguments.output {
            None => print(&written)?,
            Some(file) => std::fs::write(file, written)
                .map_err(|error| Failure::of(file, &format!("Can't write it: {}.", plain(&error))))?,
        }
    } else {
        let names = Names::of_both(&old, &after.plan);
        let window = rollout.window(View { flows: 0, ..View::default() });
        let answer = RolledOut { before: &old, after: &after.plan, names: &names, scenario: &scenario, window };
        print(&if arguments.json { json::rollout(&answer) } else { text::rollout(&answer, style()) })?;
    }
    Ok(match (unusable, score == Score::default()) {
        (true, _) => Outcome::Unusable,
        (false, true) => Outcome::Works,
        (false, false) => Outcome::Fails,
    })
}
