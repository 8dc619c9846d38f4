//! The engine, by its door.

use crate::output::{Failure, note};
use twopath::desk::door::{ListSummary, Reply, Request, Summary};
use twopath::desk::{Engine, Solved};
use twopath::plan::Plan;
use twopath::report::words::{self, Names};
use twopath::routing::Scenario;

/// An engine that has solved a plan, and its summary.
pub struct Answered {
    engine: Engine,
    /// The answer in short.
    pub summary: Box<Summary>,
}

/// Solves a plan.
pub fn solve(plan: &Plan, scenario: &Scenario) -> Result<Answered, Failure> {
    let mut engine = Engine::default();
    let request = Request::Solve {
        generation: 1,
        plan: Box::new(plan.clone()),
        kept: Vec::new(),
        scenario: scenario.clone(),
        compare: false,
    };
    let mut replies = engine.handle(request, None);
    replies.extend(engine.finish());
    let summary = replies.into_iter().find_map(|reply| match reply {
        Reply::Solved { summary, .. } => Some(summary),
        _ => None,
    });
    let summary = summary.ok_or_else(nothing)?;
    Ok(Answered { engine, summary })
}

/// This can't happen: the engine answers every plan.
fn nothing() -> Failure {
    Failure("The engine gave no answer. Please report this plan as a bug.".to_owned())
}

impl Answered {
    /// The solved plan.
    pub fn solved(&self) -> Result<&Solved, Failure> {
        self.engine.solved().ok_or_else(nothing)
    }

    /// Writes the faults of the plan's lists to standard error; whether something in them wasn't read.
    pub fn report_lists(&self, file: &str, names: &Names) -> bool {
        for list in &self.summary.lists {
            report_list(file, list, names);
        }
        self.summary.lists.iter().any(|list| list.errors > 0)
    }
}

fn report_list(file: &str, list: &ListSummary, names: &Names) {
    let name = words::lists::list(&list.list, names);
    for fault in &list.faults {
        let severity = if fault.error { "error" } else { "warning" };
        let sentence = words::faults::fault(&fault.code);
        note(&format!("{file}: {name}:{}:{}: {severity}: {sentence}", fault.line, fault.column));
    }
    let all = u64::from(list.errors) + u64::from(list.warnings);
    let more = all.saturating_sub(list.faults.len() as u64);
    if more > 0 {
        note(&format!("{file}: {name}: and {} more.", words::count(more, "fault")));
    }
}
