//! Records in prints: tables, and the lists of PowerShell.
//!
//! ```text
//! Network : 198.51.100.0/24
//! NextHop : 192.0.2.1*
//! LocPrf  :
//! Weight  : 0
//! Path    : 64700 64701
//! ```

use super::Shape;
use super::columns::Heading;
use super::record::{Field, Record};
use crate::intake::fault::{FaultCode, Severity, quote};
use crate::intake::lines::{Line, Rows, has_address, is_noise, words};
use crate::intake::reading::Draft;
use crate::intake::tables::Tables;
use std::ops::Range;

/// Reads tables and lists.
pub(super) struct Print {
    shape: &'static Shape,
    heading: Option<Heading>,
    /// The heading is the line before this one.
    fresh: bool,
    /// A row was read without a heading.
    said: bool,
    /// The record of a list, and the column at which its values begin.
    record: Record,
    values_at: usize,
    /// The last label was one whose value is kept.
    kept: bool,
    cells: Vec<(Field, Range<usize>)>,
    tables: Tables,
}

impl Print {
    pub(super) fn new(shape: &'static Shape) -> Self {
        Self {
            shape,
            heading: None,
            fresh: false,
            said: false,
            record: Record::default(),
            values_at: 0,
            kept: false,
            cells: Vec::new(),
            tables: Tables::default(),
        }
    }

    /// A line of a list, or one on which its last value goes on.
    fn list(&mut self, line: &Line<'_>, draft: &mut Draft) -> bool {
        let text = line.text;
        let indented = text.len() - text.trim_start().len();
        if self.values_at > 0 && indented >= self.values_at {
            if self.kept {
                self.record.goes_on(line, indented..text.len());
            }
            return true;
        }
        let Some((name, value)) = label(text) else { return false };
        let field = self.shape.field(name);
        if field.is_none() && self.values_at == 0 {
            return false;
        }
        // The next record, with no empty line between.
        if field.is_some_and(|field| self.record.has(field)) {
            self.close(draft);
        }
        self.values_at = value.start.max(indented + 1);
        self.kept = field.is_some();
        if let Some(field) = field {
            self.record.add_line(field, line, value);
        }
        true
    }

    fn close(&mut self, draft: &mut Draft) {
        self.values_at = 0;
        if !self.record.is_empty() {
            (self.shape.read)(&self.record, &mut self.tables, draft);
            self.record.clear();
        }
    }

    /// A row of a table.
    fn row(&mut self, line: &Line<'_>, draft: &mut Draft) -> bool {
        let text = line.text;
        let under = self.heading.as_ref().and_then(|heading| heading.cells(text, &mut self.cells));
        if under.is_none() && !self.by_words(line, draft) {
            return false;
        }
        if !self.shape.is_served_by(text, &self.cells) {
            return false;
        }
        self.record.clear();
        for (field, columns) in self.cells.drain(..) {
            self.record.add_line(field, line, columns);
        }
        (self.shape.read)(&self.record, &mut self.tables, draft);
        self.record.clear();
        true
    }

    /// Finds the values of a row by what they are.
    fn by_words(&mut self, line: &Line<'_>, draft: &mut Draft) -> bool {
        let all: Vec<(usize, &str)> = words(line.text).collect();
        let texts: Vec<&str> = all.iter().map(|(_, word)| *word).collect();
        let Some(fields) = (self.shape.row)(&texts) else { return false };
        self.cells.clear();
        for (field, (at, word)) in fields.into_iter().zip(all) {
            match self.cells.last_mut() {
                Some((last, columns)) if *last == field && field == Field::Path => columns.end = at + word.len(),
                _ => self.cells.push((field, at..at + word.len())),
            }
        }
        if self.heading.is_none() && !std::mem::replace(&mut self.said, true) {
            draft.fault(Severity::Warning, line.whole(), || (FaultCode::NoHeading, None));
        }
        true
    }
}

impl Shape {
    /// Whether a row has the first of what is needed, the prefix or the neighbour, and that looks like one.
    fn is_served_by(&self, text: &str, cells: &[(Field, Range<usize>)]) -> bool {
        let digits = |columns: &Range<usize>| {
            text.get(columns.clone()).unwrap_or_default().bytes().any(|byte| byte.is_ascii_digit())
        };
        self.needs.first().is_none_or(|need| cells.iter().any(|(field, columns)| field == need && digits(columns)))
    }
}

impl Rows for Print {
    fn blank(&mut self, draft: &mut Draft) {
        self.close(draft);
        self.fresh = false;
    }

    fn line(&mut self, line: &Line<'_>, draft: &mut Draft) {
        let fresh = std::mem::take(&mut self.fresh);
        if self.list(line, draft) {
            return;
        }
        self.close(draft);
        if fresh && self.heading.as_mut().is_some_and(|heading| heading.underlined(line.text)) {
            return;
        }
        // Names of columns have no digits, and rows have.
        if line.text.bytes().any(|byte| byte.is_ascii_digit()) && self.row(line, draft) {
            return;
        }
        if let Some(heading) = Heading::of(line.text, self.shape) {
            self.heading = Some(heading);
            self.fresh = true;
            return;
        }
        if is_furniture(line.text) {
            return;
        }
        if self.heading.is_some() && has_address(line.text) {
            draft.skipped = draft.skipped.saturating_add(1);
            let text = quote(line.text.trim_start());
            return draft.fault(Severity::Error, line.whole(), || (FaultCode::NotInColumns { line: text }, None));
        }
        line.not_understood(draft);
    }

    fn end(&mut self, draft: &mut Draft) {
        self.close(draft);
        self.tables.close(draft);
    }
}

/// The label before the colon of a list's line, and the columns of its value.
pub(super) fn label(text: &str) -> Option<(&str, Range<usize>)> {
    let (name, rest) = text.split_once(':')?;
    let blanks = name.len() - name.trim_start().len();
    let name = name.trim();
    // A value stands a blank behind the colon, unless there is none.
    if blanks > 8 || !(rest.is_empty() || rest.starts_with(' ')) {
        return None;
    }
    let is_name =
        name.bytes().all(|byte| byte.is_ascii_alphanumeric()) && name.bytes().any(|b| b.is_ascii_alphabetic());
    let start = text.len() - rest.trim_start().len();
    is_name.then_some((name, start..text.len()))
}

/// What stands around the tables and lists: prompts, commands, warnings.
pub(super) fn is_furniture(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches(['$', '>', ' ']);
    const KNOWN: [&str; 9] = [
        "PS ",
        "WARNING:",
        "az network ",
        "Get-Az",
        "This command is in preview",
        "Reference and support levels",
        "Command group '",
        "Running ..",
        "- Running",
    ];
    KNOWN.iter().any(|known| line.starts_with(known)) || is_noise(line)
}
