//! `twopath catalogue`.

use crate::args::{self, Form, Group};
use crate::output::{Failure, print};
use crate::{Outcome, ask, down, input};
use twopath::desk::door::{GroupBy, RowView};
use twopath::desk::table;
use twopath::journey::Standing;
use twopath::report::answers::Catalogued;
use twopath::report::words::Names;
use twopath::report::{catalogue, json};

/// Prints the catalogue.
pub fn run(arguments: &args::Catalogue) -> Result<Outcome, Failure> {
    let file = input::shown(&arguments.plan);
    let loaded = input::plan(&arguments.plan)?;
    let plan = &loaded.plan;
    let mut unusable = input::is_cut(&loaded.faults);
    let scenario = down::scenario(plan, &arguments.scenario)?;
    let names = Names::of(plan);
    let answered = ask::solve(plan, &scenario)?;
    unusable |= answered.report_lists(file, &names);
    let solved = answered.solved()?;
    let group = match arguments.group {
        None => GroupBy::None,
        Some(Group::Service) => GroupBy::Service,
        Some(Group::Site) => GroupBy::Site,
    };
    let kept = arguments.kept.clone();
    let view = RowView { filter: arguments.filter.clone(), group, kept, ..RowView::default() };
    let order = table::view(plan, &solved.rows, &view, solved);
    let rows = order.iter().filter_map(|index| solved.rows.get(*index as usize));
    let answer = Catalogued {
        plan,
        names: &names,
        scenario: &scenario,
        rows: rows.map(|row| (row, solved.facts(row))).collect(),
        group,
    };
    let text = match arguments.form {
        Form::Csv => catalogue::csv(&catalogue::lines(&answer)),
        Form::Tsv => catalogue::tsv(&catalogue::lines(&answer)),
        Form::Json => json::catalogue(&answer),
        Form::Markdown => catalogue::markdown(&answer, &catalogue::lines(&answer)),
    };
    print(&text)?;
    let works = answer.rows.iter().all(|(row, _)| row.verdict.is_some_and(|v| v.standing() == Standing::Works));
    Ok(match (unusable, works) {
        (true, _) => Outcome::Unusable,
        (false, true) => Outcome::Works,
        (false, false) => Outcome::Fails,
    })
}
