//! `twopath check`.

use crate::args::Rules;
use crate::output::{Failure, plain, print, style};
use crate::{Outcome, args, ask, down, input};
use twopath::advice::Advice;
use twopath::pace::at_once;
use twopath::plan::Loaded;
use twopath::report::answers::Check;
use twopath::report::words::Names;
use twopath::report::{json, text};

/// Judges every flow, and reads the plan by the rulebook.
pub fn run(arguments: &args::Check) -> Result<Outcome, Failure> {
    let file = input::shown(&arguments.plan);
    let decoded = input::text(&arguments.plan)?;
    let Loaded { plan, faults } = input::loaded(file, &decoded)?;
    let mut unusable = input::is_cut(&faults);
    let scenario = down::scenario(&plan, &arguments.scenario)?;
    let names = Names::of(&plan);
    let mut answered = ask::solve(&plan, &scenario)?;
    // The engine sees the plan that was read, not the fields that were passed over.
    answered.summary.plan_faults = faults;
    unusable |= answered.report_lists(file, &names);
    let solved = answered.solved()?;
    let rows = solved.rows.as_slice();
    let mut findings = at_once(|pace| async move { Advice::of(solved.world(), rows, &pace).await }).findings;
    findings.retain(|finding| !Rules::have(&arguments.allow, finding.code));
    let answer = Check {
        plan: &plan,
        names: &names,
        scenario: &scenario,
        summary: &answered.summary,
        rows,
        findings: &findings,
    };
    if let Some(to) = &arguments.sarif {
        let log = json::sarif(&findings, &names, file, &decoded.text);
        let failed = |error| Failure::of(to, &format!("Can't write it: {}.", plain(&error)));
        std::fs::write(to, log).map_err(failed)?;
    }
    print(&if arguments.json { json::check(&answer) } else { text::check(&answer, style()) })?;
    let denied = answer.has(|code| Rules::have(&arguments.deny, code));
    Ok(match (unusable, answer.all_work() && !denied) {
        (true, _) => Outcome::Unusable,
        (false, true) => Outcome::Works,
        (false, false) => Outcome::Fails,
    })
}
