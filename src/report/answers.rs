//! Answers with what is needed to tell them: the input of [`text`](super::text) and [`json`](super::json).

use super::words::Names;
use crate::advice::fix::Fixes;
use crate::advice::{Code, Finding};
use crate::desk::door::{GroupBy, Summary};
use crate::desk::flows::{FlowChange, LogTold, Measured, Rate, RowChange};
use crate::desk::import::Use;
use crate::intake::config::Setup;
use crate::intake::{LineColumn, LineIndex, Note, Reading};
use crate::journey::{Admission, Facts, Row, Stage, Step, Trace};
use crate::plan::{Flow, Id, ListId, Plan, Text};
use crate::routing::{DeviceChoices, Place, Scenario};
use crate::study::capacity::{self, Fit};
use crate::study::coverage::{Class, Coverage, SiteCoverage};
use crate::study::difference::{Difference, ListDifference};
use crate::study::failures::{Failures, Kind, Outcome, View, Window};
use crate::study::reality::Reality;
use crate::study::rollout;
use std::collections::BTreeMap;

/// The answer to a whole plan.
#[derive(Copy, Clone, Debug)]
pub struct Check<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its names.
    pub names: &'a Names<'a>,
    /// What is down.
    pub scenario: &'a Scenario,
    /// The answer in short.
    pub summary: &'a Summary,
    /// A row for each flow.
    pub rows: &'a [Row],
    /// What the rulebook found and is told.
    pub findings: &'a [Finding],
}

impl<'a> Check<'a> {
    /// The flows of the plan by their identifiers; of several with one, the first.
    pub(super) fn flows(&self) -> BTreeMap<&'a str, &'a Flow> {
        self.plan.flows.iter().rev().map(|flow| (flow.id.as_str(), flow)).collect()
    }

    /// Whether every flow works, so that nothing is left to mend or to find out.
    pub fn all_work(&self) -> bool {
        let works = |row: &Row| row.verdict.is_some_and(|v| v.standing() == crate::journey::Standing::Works);
        self.rows.iter().all(works)
    }

    /// Whether something that is told and that nobody has accepted is of one of these rules.
    pub fn has(&self, denied: impl Fn(Code) -> bool) -> bool {
        self.findings.iter().any(|finding| finding.accepted.is_none() && denied(finding.code))
    }
}

/// The flow catalogue.
#[derive(Clone, Debug)]
pub struct Catalogued<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its names.
    pub names: &'a Names<'a>,
    /// What is down.
    pub scenario: &'a Scenario,
    /// The rows in the order they are told, with what is known of each part beside it.
    pub rows: Vec<(&'a Row, Vec<Facts>)>,
    /// What they are grouped by.
    pub group: GroupBy,
}

/// Flow logs, what they say, and what becomes of the catalogue.
#[derive(Copy, Clone, Debug)]
pub struct Flowed<'a> {
    /// The logs.
    pub logs: &'a [LogTold],
    /// What they say.
    pub measured: &'a Measured,
    /// What becomes of each of its rows, in their order.
    pub changes: &'a [RowChange],
    /// Which rate rows are given.
    pub rate: Rate,
}

impl Flowed<'_> {
    /// How many rows are so changed.
    pub fn count(&self, change: FlowChange) -> usize {
        self.changes.iter().filter(|row| row.change == change).count()
    }
}

/// The answer for one pair of addresses.
#[derive(Clone, Debug)]
pub struct Traced<'a> {
    /// The plan's name.
    pub plan: &'a str,
    /// The plan's names.
    pub names: &'a Names<'a>,
    /// What is down.
    pub scenario: &'a Scenario,
    /// The trace.
    pub trace: &'a Trace,
    lists: BTreeMap<ListId, &'a Text>,
}

impl<'a> Traced<'a> {
    /// Gathers them.
    pub fn new(plan: &'a Plan, names: &'a Names<'a>, scenario: &'a Scenario, trace: &'a Trace) -> Self {
        Self { plan: &plan.name, names, scenario, trace, lists: plan.lists().into_iter().collect() }
    }

    /// The line that stands at a place, cut to a readable length; empty where the plan has no such list.
    pub(super) fn line(&self, place: &Place) -> String {
        self.lists.get(&place.list).map_or(String::new(), |text| line_at(text.as_str(), place.at as usize))
    }
}

/// The coverage of a plan.
#[derive(Copy, Clone, Debug)]
pub struct Covered<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its names.
    pub names: &'a Names<'a>,
    /// What is down.
    pub scenario: &'a Scenario,
    /// The coverage.
    pub coverage: &'a Coverage,
    /// Only this site; absent: all.
    pub site: Option<&'a Id>,
    /// Only this class, with its whole list of prefixes; absent: all, with the beginnings of their lists.
    pub class: Option<u32>,
}

impl<'a> Covered<'a> {
    /// The sites that are told of.
    pub(super) fn sites(&self) -> impl Iterator<Item = &'a SiteCoverage> + '_ {
        self.coverage.sites().iter().filter(|site| self.site.is_none_or(|only| *only == site.site))
    }

    /// The classes of a site that are told of.
    pub(super) fn classes(&self, site: &'a SiteCoverage) -> impl Iterator<Item = &'a Class> + '_ {
        site.classes().iter().filter(|class| self.class.is_none_or(|only| only == class.class))
    }

    /// Whether every class that is judged works.
    pub fn all_work(&self) -> bool {
        let works = |class: &Class| class.verdict.is_none_or(|v| v.standing() == crate::journey::Standing::Works);
        self.sites().all(|site| site.classes().iter().all(works))
    }
}

/// The failures of a plan.
#[derive(Clone, Debug)]
pub struct Failed<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its names.
    pub names: &'a Names<'a>,
    /// What is supposed in the normal world already.
    pub scenario: &'a Scenario,
    /// The failures.
    pub failures: &'a Failures,
    /// The kinds that are told; none: all.
    pub kinds: Vec<Kind>,
    /// Only what does harm.
    pub only_harm: bool,
}

impl Failed<'_> {
    /// What is told, from the worst on.
    pub(super) fn view(&self) -> View {
        View { kinds: self.kinds.clone(), only_harm: self.only_harm, ..View::default() }
    }

    /// The first failures and flows.
    pub(super) fn window(&self) -> Window {
        self.failures.window(self.view())
    }

    /// How many failures there are of the kinds told, and how many do harm.
    pub(super) fn headline(&self) -> String {
        let (all, harm) = self.failures.window(View { failures: 1, flows: 1, ..self.view() }).harmful;
        super::words::failures::headline(all, harm, self.plan.flows.len() as u32)
    }

    /// Whether every flow works in the normal world and in every failure told.
    pub fn all_work(&self) -> bool {
        let mut from_failure = 0;
        loop {
            let window = self.failures.window(View { from_failure, flows: 1, ..self.view() });
            let works = |outcomes: &[(Outcome, u32)]| {
                outcomes.iter().all(|(outcome, _)| {
                    matches!(outcome, Outcome::Resets | Outcome::Moves | Outcome::Same | Outcome::Better)
                })
            };
            if !window.columns.iter().all(|column| works(&column.sum.outcomes)) {
                return false;
            }
            from_failure += window.columns.len() as u32;
            if from_failure >= window.total_failures || window.columns.is_empty() {
                return true;
            }
        }
    }
}

/// The fixes of a plan.
#[derive(Copy, Clone, Debug)]
pub struct Fixed<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its names.
    pub names: &'a Names<'a>,
    /// What is down.
    pub scenario: &'a Scenario,
    /// The fixes.
    pub fixes: &'a Fixes,
}

/// The loads of a plan.
#[derive(Clone, Debug)]
pub struct Loaded<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its names.
    pub names: &'a Names<'a>,
    /// What is supposed in the normal world already.
    pub scenario: &'a Scenario,
    /// The loads: what is told of them.
    pub window: capacity::Window,
}

impl Loaded<'_> {
    /// Whether everything fits, however traffic is spread, in the normal world and in every failure told.
    pub fn all_fit(&self) -> bool {
        let bad = |fit: Fit| matches!(fit, Fit::Over | Fit::MayBeOver);
        let carriers = &self.window.carriers;
        let pools = &self.window.pools;
        !carriers.iter().any(|row| bad(row.fit) || row.worst.as_ref().is_some_and(|worst| bad(worst.fit)))
            && !pools.iter().any(|row| bad(row.fit) || row.worst.as_ref().is_some_and(|worst| bad(worst.fit)))
    }
}

/// The difference of two plans.
#[derive(Copy, Clone, Debug)]
pub struct Compared<'a> {
    /// The plan before,
    pub before: &'a Plan,
    /// and after.
    pub after: &'a Plan,
    /// The names of both.
    pub names: &'a Names<'a>,
    /// What is down in both.
    pub scenario: &'a Scenario,
    /// The difference.
    pub difference: &'a Difference,
}

/// The way from one plan to another.
#[derive(Clone, Debug)]
pub struct RolledOut<'a> {
    /// The plan before,
    pub before: &'a Plan,
    /// and after.
    pub after: &'a Plan,
    /// The names of both.
    pub names: &'a Names<'a>,
    /// What is down all the way.
    pub scenario: &'a Scenario,
    /// The steps: what is told of them.
    pub window: rollout::Window,
}

/// The difference of two snapshots of a list.
#[derive(Copy, Clone, Debug)]
pub struct ListsCompared<'a> {
    /// The file before,
    pub before: &'a str,
    /// and after.
    pub after: &'a str,
    /// The difference.
    pub difference: &'a ListDifference,
}

/// Plan against reality.
#[derive(Copy, Clone, Debug)]
pub struct AgainstReality<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its names.
    pub names: &'a Names<'a>,
    /// The site that the router's table is seen from.
    pub site: &'a Id,
    /// How reality differs.
    pub reality: &'a Reality,
    /// The lines of Microsoft's table.
    pub microsoft: Option<&'a LineIndex<'a>>,
    /// The lines of the router's table.
    pub router: Option<&'a LineIndex<'a>>,
}

/// The cut-over checklist.
#[derive(Copy, Clone, Debug)]
pub struct Checklist<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its names.
    pub names: &'a Names<'a>,
    /// What is to be checked.
    pub checks: &'a [crate::study::checklist::Check],
}

/// What was read of configuration.
#[derive(Copy, Clone, Debug)]
pub struct Configured<'a> {
    /// The file's name as given.
    pub file: &'a str,
    /// The text.
    pub text: &'a str,
    /// What was done to its bytes.
    pub notes: &'a [Note],
    /// What was read.
    pub setup: &'a Setup,
    /// The text's lines.
    pub lines: &'a LineIndex<'a>,
}

impl Configured<'_> {
    /// What stands at these bytes, on one line and cut to a readable length.
    pub(super) fn quoted(&self, span: &std::ops::Range<u32>) -> String {
        let said = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        match said.char_indices().nth(120) {
            Some((cut, _)) => format!("{}…", said.get(..cut).unwrap_or_default()),
            None => said,
        }
    }
}

/// What was read of a file.
#[derive(Copy, Clone, Debug)]
pub struct Imported<'a> {
    /// The file's name.
    pub file: &'a str,
    /// What was done to its bytes to get text.
    pub notes: &'a [Note],
    /// The reading.
    pub reading: &'a Reading,
    /// The lines of the file's whole text.
    pub lines: &'a LineIndex<'a>,
    /// Where in it what was read begins, in bytes.
    pub start: u32,
    /// Which part of the file it is, from 1, and of how many.
    pub part: (u32, u32),
    /// The prompt and command above it; empty where there are none.
    pub command: &'a str,
    /// What it is usually taken for.
    pub usual: Use,
    /// How a device's own choices compare with ours, where the text says what it chose.
    pub choices: Option<&'a DeviceChoices>,
}

impl Imported<'_> {
    /// The place in the file of a byte of what was read.
    pub fn place(&self, at: u32) -> LineColumn {
        self.lines.line_column(self.start.saturating_add(at))
    }
}

/// How many characters of a line are quoted.
const MAX_QUOTE: usize = 72;
/// A line is quoted from its beginning where the place is no further from there than so many bytes.
const NEAR: usize = 24;

fn line_at(text: &str, at: usize) -> String {
    let Some((before, rest)) = text.split_at_checked(at) else { return String::new() };
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let head = before.get(start..).unwrap_or_default();
    let tail = rest.split('\n').next().unwrap_or_default().trim_end();
    let line = if head.len() <= NEAR { format!("{}{tail}", head.trim_start()) } else { format!("…{tail}") };
    match line.char_indices().nth(MAX_QUOTE) {
        Some((cut, _)) => format!("{}…", line.get(..cut).unwrap_or_default()),
        None => line,
    }
}

/// Where the parts of a step were written, in its order.
pub(super) fn places(step: &Step) -> Vec<&Place> {
    match step {
        Step::Forward(step) => step.candidates.iter().map(|candidate| &candidate.place).collect(),
        Step::Return(step) => {
            let candidates = step.candidates.iter().map(|candidate| &candidate.place);
            candidates.chain(step.refused.iter().map(|refusal| &refusal.place)).collect()
        }
        Step::Admission(step) => match &step.admission {
            Admission::Admitted { place, .. } => vec![place],
            Admission::NotAsked | Admission::Refused => Vec::new(),
        },
        Step::Translation(_) | Step::Publication(_) | Step::State(_) => Vec::new(),
    }
}

/// Every stage of a trace, each before what follows it.
pub(super) fn stages(first: &Stage) -> Vec<&Stage> {
    let mut found = Vec::new();
    let mut open = vec![first];
    while let Some(stage) = open.pop() {
        found.push(stage);
        open.extend(stage.then.iter().rev().map(|branch| &branch.stage));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::line_at;

    #[test]
    fn a_line_is_quoted_from_its_beginning_or_its_place() {
        assert_eq!(line_at("a\n  10.0.0.0/8 med=5\r\nb", 4), "10.0.0.0/8 med=5");
        assert_eq!(line_at("10.0.0.0/8", 0), "10.0.0.0/8");
        assert_eq!(line_at("10.0.0.0/8", 99), "");
        assert_eq!(line_at("über", 1), "", "not on a character's boundary");
        let json = format!("[{}]", "\"13.64.0.0/11\", ".repeat(20));
        let quoted = line_at(&json, json.rfind("\"13").unwrap());
        assert!(quoted.starts_with("…\"13.64"), "{quoted}");
        assert_eq!(line_at(&"x".repeat(500), 0).chars().count(), 73);
    }
}
