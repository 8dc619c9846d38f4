//! `twopath diff`: two plans, a plan with lists replaced, or two snapshots of a list.

use crate::output::{Failure, note, print, style};
use crate::{Outcome, args, ask, down, input};
use twopath::intake::{Decoded, Reading, read};
use twopath::pace::at_once;
use twopath::plan::{Id, ListId, LoadError, Loaded, Plan, Text, load};
use twopath::report::answers::{Compared, ListsCompared};
use twopath::report::words::{self, Names};
use twopath::report::{json, text};
use twopath::routing::Scenario;
use twopath::study::difference::{Difference, ListDifference};

/// Compares.
pub fn run(arguments: &args::Diff) -> Result<Outcome, Failure> {
    let (first, second) = (arguments.before.as_str(), arguments.after.as_deref());
    if first == "-" && second == Some("-") {
        return Err(Failure("Both can't come from standard input.".to_owned()));
    }
    let before = input::text(first)?;
    let Some(second) = second else {
        let before = plan(first, &before)?;
        let after = replaced(&before.plan, &arguments.replace)?;
        return plans(arguments, (first, before), (first, Loaded { plan: after, faults: Vec::new() }));
    };
    let after = input::text(second)?;
    match (is_plan(&before.text), is_plan(&after.text)) {
        (true, true) => plans(arguments, (first, plan(first, &before)?), (second, plan(second, &after)?)),
        (false, false) => lists(arguments, (first, &before.text), (second, &after.text)),
        (true, false) => Err(unlike(first, second)),
        (false, true) => Err(unlike(second, first)),
    }
}

fn unlike(plan: &str, list: &str) -> Failure {
    let (plan, list) = (input::shown(plan), input::shown(list));
    Failure(format!("{plan} is a plan, {list} isn't. Compare two plans, two lists, or a plan with --replace."))
}

/// Whether a text is a plan: an object with a schema version, or broken on the way there.
fn is_plan(text: &str) -> bool {
    match load(text) {
        Err(LoadError::NoVersion | LoadError::NotAnObject) => false,
        Err(LoadError::Syntax { .. }) => text.trim_start().starts_with('{') && text.contains("\"schema_version\""),
        Ok(_) | Err(_) => true,
    }
}

fn plan(file: &str, decoded: &Decoded) -> Result<Loaded, Failure> {
    input::loaded(input::shown(file), decoded)
}

/// The plan with lists replaced by files.
fn replaced(plan: &Plan, replace: &[String]) -> Result<Plan, Failure> {
    let mut plan = plan.clone();
    for one in replace {
        let Some((name, file)) = one.split_once('=') else {
            return Err(Failure(format!("--replace {one}: Write LIST=FILE.")));
        };
        let list = list(&plan, name)?;
        let text = input::text(file)?.text;
        match plan.list_mut(&list) {
            Some(own) => *own = Text::from(text),
            None => return Err(Failure(format!("--replace {one}: The plan has no such list."))),
        }
    }
    Ok(plan)
}

/// The list that a text names.
fn list(plan: &Plan, name: &str) -> Result<ListId, Failure> {
    let sources: Vec<&Id> = plan.sources.iter().map(|source| &source.id).collect();
    let exits: Vec<&Id> = plan.exits.iter().map(|exit| &exit.id).collect();
    let has = |ids: &[&Id], id: &str| ids.iter().any(|known| known.as_str() == id);
    let (kind, id) = name.split_once(':').unwrap_or(("", name));
    match kind {
        "source" if has(&sources, id) => return Ok(ListId::Source(id.into())),
        "learned" if has(&exits, id) => return Ok(ListId::Learned(id.into())),
        "advertised" if has(&exits, id) => return Ok(ListId::Advertised(id.into())),
        _ => {}
    }
    match (has(&sources, name), has(&exits, name)) {
        (true, false) => Ok(ListId::Source(name.into())),
        (false, true) => Ok(ListId::Learned(name.into())),
        (true, true) => {
            Err(Failure(format!("--replace {name}: This is ambiguous. Write source:{name} or learned:{name}.")))
        }
        (false, false) => {
            let known: Vec<&Id> = sources.into_iter().chain(exits).collect();
            Err(Failure(format!(
                "--replace {name}: There is no source or exit with the id “{id}”.{}",
                down::hint(id, &known)
            )))
        }
    }
}

fn plans(
    arguments: &args::Diff,
    (first, before): (&str, Loaded),
    (second, after): (&str, Loaded),
) -> Result<Outcome, Failure> {
    // What is supposed is looked up in the plan after; what the plan before doesn't have is up there.
    let scenario = down::scenario(&after.plan, &arguments.scenario)?;
    let mut earlier: Scenario = scenario.clone();
    earlier.keep_parts_of(&before.plan);
    let mut unusable = input::is_cut(&before.faults) || input::is_cut(&after.faults);
    let (was, is) = (ask::solve(&before.plan, &earlier)?, ask::solve(&after.plan, &scenario)?);
    unusable |= was.report_lists(input::shown(first), &Names::of(&before.plan));
    unusable |= is.report_lists(input::shown(second), &Names::of(&after.plan));
    let (old, new) = (was.solved()?.world(), is.solved()?.world());
    let difference = at_once(|pace| async move { Difference::new(old, new, &pace).await });
    let names = Names::of_both(&before.plan, &after.plan);
    let answer = Compared {
        before: &before.plan,
        after: &after.plan,
        names: &names,
        scenario: &scenario,
        difference: &difference,
    };
    print(&if arguments.json { json::difference(&answer) } else { text::difference(&answer, style()) })?;
    Ok(outcome(unusable, difference.is_empty()))
}

fn outcome(unusable: bool, same: bool) -> Outcome {
    match (unusable, same) {
        (true, _) => Outcome::Unusable,
        (false, true) => Outcome::Works,
        (false, false) => Outcome::Fails,
    }
}

fn lists(
    arguments: &args::Diff,
    (first, before): (&str, &str),
    (second, after): (&str, &str),
) -> Result<Outcome, Failure> {
    let (first, second) = (input::shown(first), input::shown(second));
    let (was, is) = (read(before, None), read(after, None));
    let mut unusable = false;
    for (file, reading) in [(first, &was), (second, &is)] {
        unusable |= faulty(file, reading);
    }
    let difference = at_once(|pace| async move { ListDifference::new(&was, &is, &pace).await });
    let answer = ListsCompared { before: first, after: second, difference: &difference };
    print(&if arguments.json { json::lists(&answer) } else { text::lists(&answer, style()) })?;
    Ok(outcome(unusable, difference.is_empty()))
}

/// Says on standard error what of a list wasn't read; whether anything wasn't.
fn faulty(file: &str, reading: &Reading) -> bool {
    let faults = &reading.faults;
    if faults.errors > 0 {
        let errors = words::count(u64::from(faults.errors), "error");
        note(&format!("{file}: {errors}; twopath import names them, and the lines that were passed over."));
    }
    if reading.is_empty() {
        note(&format!("{file}: no prefix was read."));
    }
    faults.errors > 0 || reading.is_empty()
}
