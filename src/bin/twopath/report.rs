//! `twopath report`.

use crate::args::{self, PaperForm};
use crate::output::{Failure, plain, print};
use crate::{Outcome, ask, down, input};
use twopath::desk::report::report;
use twopath::journey::Standing;
use twopath::pace::at_once;
use twopath::report::paper;
use twopath::report::words::Names;

/// Writes the report.
pub fn run(arguments: &args::Report) -> Result<Outcome, Failure> {
    let file = input::shown(&arguments.plan);
    let loaded = input::plan(&arguments.plan)?;
    let plan = &loaded.plan;
    let mut unusable = input::is_cut(&loaded.faults);
    let scenario = down::scenario(plan, &arguments.scenario)?;
    let mut answered = ask::solve(plan, &scenario)?;
    answered.summary.plan_faults = loaded.faults.clone();
    unusable |= answered.report_lists(file, &Names::of(plan));
    let before = match &arguments.baseline {
        None => None,
        Some(file) => {
            let before = input::plan(file)?;
            unusable |= input::is_cut(&before.faults);
            let mut earlier = scenario.clone();
            earlier.keep_parts_of(&before.plan);
            let solved = ask::solve(&before.plan, &earlier)?;
            unusable |= solved.report_lists(input::shown(file), &Names::of(&before.plan));
            Some(solved)
        }
    };
    let baseline = match &before {
        Some(solved) => Some(solved.solved()?),
        None => None,
    };
    let (solved, summary, date) = (answered.solved()?, &answered.summary, arguments.date.as_str());
    let written = at_once(|pace| async move { report(solved, summary, baseline, date, &pace).await });
    let named = arguments.output.as_deref().unwrap_or_default().to_lowercase();
    let markdown = named.ends_with(".md") || named.ends_with(".markdown");
    let form = arguments.form.unwrap_or(if markdown { PaperForm::Markdown } else { PaperForm::Html });
    let text = match form {
        PaperForm::Html => paper::html(&written),
        PaperForm::Markdown => paper::markdown(&written),
    };
    match &arguments.output {
        None => print(&text)?,
        Some(to) => std::fs::write(to, text)
            .map_err(|error| Failure::of(to, &format!("Can't write it: {}.", plain(&error))))?,
    }
    let works = solved.rows.iter().all(|row| row.verdict.is_some_and(|v| v.standing() == Standing::Works));
    Ok(match (unusable, works) {
        (true, _) => Outcome::Unusable,
        (false, true) => Outcome::Works,
        (false, false) => Outcome::Fails,
    })
}
