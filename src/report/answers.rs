//! Answers with what is needed to tell them: the input of [`text`](super::text) and [`json`](super::json).

use super::words::Names;
use crate::desk::door::Summary;
use crate::intake::{LineIndex, Note, Reading};
use crate::journey::{Admission, Row, Stage, Step, Trace};
use crate::plan::{Flow, ListId, Plan, Text};
use crate::routing::{Place, Scenario};
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

/// What was read of a file.
#[derive(Copy, Clone, Debug)]
pub struct Imported<'a> {
    /// The file's name.
    pub file: &'a str,
    /// What was done to its bytes to get text.
    pub notes: &'a [Note],
    /// The reading.
    pub reading: &'a Reading,
    /// The lines of the text.
    pub lines: &'a LineIndex<'a>,
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
