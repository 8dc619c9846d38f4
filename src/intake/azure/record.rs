//! A record: the values of one route, wherever they stood.

use crate::intake::address::Problem;
use crate::intake::fault::Fix;
use crate::intake::json::Written;
use crate::intake::lines::Line;
use crate::intake::reading::{Draft, offset};
use std::ops::Range;

/// What a value is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Field {
    /// The prefix, or several.
    Prefix,
    NextHop,
    LocalPreference,
    Weight,
    Path,
    Origin,
    /// The neighbour that a route was learned from.
    Peer,
    /// The gateway's own address in that session.
    Local,
    /// Who put a route into a network interface's table.
    Source,
    State,
    /// What kind of next hop it is.
    HopType,
    Name,
    Neighbour,
    As,
    /// How long a session has stood.
    Up,
    /// The number of prefixes received, or the state of a session that doesn't stand.
    StateOrPrefixes,
    /// The number of prefixes received.
    Prefixes,
    /// Something that is not kept.
    Other,
}

/// The values of one route. One record is used again and again, so that rows cost no memory of their own.
#[derive(Default)]
pub(super) struct Record {
    text: String,
    values: Vec<Value>,
}

struct Value {
    field: Field,
    /// Where in the record's text it is.
    at: Range<usize>,
    /// Where in the text that is read.
    place: Range<usize>,
    /// Whether the two are the same byte by byte.
    exact: bool,
}

/// A value of a record.
#[derive(Copy, Clone)]
pub(super) struct Said<'r> {
    pub(super) text: &'r str,
    value: &'r Value,
}

impl Record {
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.values.clear();
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.values.iter().any(|value| value.field == field)
    }

    /// Adds the value in these columns of a line.
    pub(super) fn add_line(&mut self, field: Field, line: &Line<'_>, columns: Range<usize>) {
        let text = line.text.get(columns.clone()).unwrap_or_default();
        self.add(field, text, line.span(columns.clone()), line.is_exact(columns));
    }

    /// Adds a value of JSON.
    pub(super) fn add_json(&mut self, field: Field, written: &Written<'_>) {
        let place = written.at..written.at + written.text.len();
        let meaning = written.meaning();
        let exact = matches!(meaning, std::borrow::Cow::Borrowed(_));
        self.add(field, &meaning, place, exact);
    }

    fn add(&mut self, field: Field, text: &str, place: Range<usize>, exact: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        self.values.push(Value { field, at: start..self.text.len(), place, exact });
    }

    /// Adds the columns of one more line to the last value, which goes on there.
    pub(super) fn goes_on(&mut self, line: &Line<'_>, columns: Range<usize>) {
        let Some(last) = self.values.last_mut() else { return };
        self.text.push(' ');
        self.text.push_str(line.text.get(columns.clone()).unwrap_or_default());
        last.at.end = self.text.len();
        last.place.end = line.span(columns).end;
        last.exact = false;
    }

    /// All values of a field that say something, lists taken apart: `{10.0.0.0/8, 172.16.0.0/12}`.
    pub(super) fn all(&self, field: Field) -> impl Iterator<Item = Said<'_>> {
        let values = self.values.iter().filter(move |value| value.field == field);
        values.flat_map(|value| {
            let whole = self.text.get(value.at.clone()).unwrap_or_default();
            let ends = |c: char| matches!(c, ' ' | ',' | '{' | '}' | '[' | ']' | '"');
            whole.split(ends).filter(|text| !text.is_empty()).map(move |text| Said { text, value })
        })
    }

    /// The first value of a field that says something.
    pub(super) fn first(&self, field: Field) -> Option<Said<'_>> {
        self.values.iter().filter(|value| value.field == field).find_map(|value| {
            let text = self.text.get(value.at.clone()).unwrap_or_default().trim();
            (!text.is_empty()).then_some(Said { text, value })
        })
    }

    /// Where it begins.
    pub(super) fn place(&self) -> usize {
        self.values.iter().map(|value| value.place.start).min().unwrap_or(0)
    }

    /// The byte of the text that is read at which a value begins.
    pub(super) fn at(&self, said: &Said<'_>) -> usize {
        match said.value.exact {
            true => said.value.place.start + self.offset(said),
            false => said.value.place.start,
        }
    }

    /// The bytes of the text that is read at which a value stands.
    pub(super) fn span(&self, said: &Said<'_>) -> Range<usize> {
        match said.value.exact {
            true => self.at(said)..self.at(said) + said.text.len(),
            false => said.value.place.clone(),
        }
    }

    /// How far behind the beginning of its value a text stands.
    fn offset(&self, said: &Said<'_>) -> usize {
        let whole = self.text.get(said.value.at.clone()).unwrap_or_default();
        (said.text.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
    }

    /// Notes what is wrong with a value; where its bytes aren't those of the text, the whole of it.
    pub(super) fn problem(&self, said: &Said<'_>, problem: Box<Problem>, draft: &mut Draft) {
        if said.value.exact {
            return draft.problem(self.at(said), problem);
        }
        let Range { start, end } = said.value.place.clone();
        let problem = *problem;
        let fix = problem.fix.filter(|(span, _)| *span == (0..said.text.len()));
        // A value that is one of a list can't be put in the place of the list.
        let fix = fix.filter(|_| said.value.at.len() == said.text.len());
        draft.faults.add(problem.severity, offset(start)..offset(end), || {
            let fix = fix.map(|(_, replacement)| Fix { span: offset(start)..offset(end), replacement });
            (problem.code, fix)
        });
    }
}
