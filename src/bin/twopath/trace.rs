//! `twopath trace`.

use crate::output::{Failure, print, style};
use crate::{Outcome, args, ask, down, input};
use twopath::desk::door::{TraceError, TraceQuery};
use twopath::journey::Standing;
use twopath::plan::{Id, Loaded, Plan};
use twopath::report::answers::Traced;
use twopath::report::words::{self, Names};
use twopath::report::{json, text};

/// Traces one journey.
pub fn run(arguments: &args::Trace) -> Result<Outcome, Failure> {
    let Loaded { plan, faults } = input::plan(&arguments.plan)?;
    let mut unusable = input::is_cut(&faults);
    let file = input::shown(&arguments.plan);
    let scenario = down::scenario(&plan, &arguments.scenario)?;
    let names = Names::of(&plan);
    let query = query(arguments)?;
    let answered = ask::solve(&plan, &scenario)?;
    unusable |= answered.report_lists(file, &names);
    let trace = answered.solved()?.trace(&query).map_err(|error| {
        let hint = hint(&error, &plan);
        Failure::of(file, &format!("{}{hint}", words::trace_error(&error, &names)))
    })?;
    let answer = Traced::new(&plan, &names, &scenario, &trace);
    print(&if arguments.json { json::trace(&answer, &plan) } else { text::trace(&answer, style()) })?;
    Ok(match (unusable, trace.verdict.standing()) {
        (true, _) => Outcome::Unusable,
        (false, Standing::Works) => Outcome::Works,
        (false, Standing::Fails | Standing::Depends) => Outcome::Fails,
    })
}

fn query(arguments: &args::Trace) -> Result<TraceQuery, Failure> {
    match (&arguments.inbound, arguments.from, arguments.to) {
        (Some(published), Some(from), to) => {
            Ok(TraceQuery::Inbound { published: published.as_str().into(), from, to })
        }
        (None, from, Some(to)) => {
            let site = arguments.site.as_deref().map(Id::from);
            Ok(TraceQuery::Outbound { site, from, to })
        }
        // clap asks for these before.
        (Some(_), None, _) => Err(Failure("--inbound needs --from, the address outside that begins.".to_owned())),
        (None, _, None) => Err(Failure("--to is needed: the destination.".to_owned())),
    }
}

fn hint(error: &TraceError, plan: &Plan) -> String {
    match error {
        TraceError::NoSite(Some(id)) => {
            down::hint(id.as_str(), &plan.sites.iter().map(|site| &site.id).collect::<Vec<_>>())
        }
        TraceError::NoPublished(id) => {
            down::hint(id.as_str(), &plan.published.iter().map(|published| &published.id).collect::<Vec<_>>())
        }
        _ => String::new(),
    }
}
