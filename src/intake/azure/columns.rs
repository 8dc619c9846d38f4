//! Tables as `az -o table` and PowerShell's `Format-Table` print them: a heading, a line of dashes, rows.
//!
//! ```text
//! Network           NextHop        Weight    Path        Network         NextHop     LocPrf Weight Path
//! ----------------  -------------  --------  ------      -------         -------     ------ ------ ----
//! 198.51.100.0/24   192.0.2.1*     0         64700       198.51.100.0/24 192.0.2.1*              0 64700 64701
//! ```
//! `az` begins every value where its heading begins, and its dashes are as long as the longest value. PowerShell prints
//! numbers up to the end of their heading, and its dashes are as long as the names. Values may be blank and have
//! blanks in them.

use super::Shape;
use super::record::Field;
use crate::intake::lines::words;
use std::ops::Range;

/// Where the columns are, in characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Heading {
    columns: Vec<Column>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Column {
    field: Field,
    span: Range<usize>,
}

impl Heading {
    /// The columns of a heading line: at least what the format needs, and hardly anything that it doesn't know.
    pub(super) fn of(line: &str, shape: &Shape) -> Option<Self> {
        if !line.is_ascii() {
            return None;
        }
        let all: Vec<(usize, &str)> = words(line).collect();
        let mut columns = Vec::new();
        let mut unknown = 0;
        let mut nth = 0;
        while let Some((begin, word)) = all.get(nth) {
            // `Next Hop IP` is one name.
            let longest = (1..=3).rev().find_map(|count| {
                let (last, word) = all.get(nth + count - 1)?;
                let end = last + word.len();
                Some((shape.field(line.get(*begin..end)?)?, end, count))
            });
            let (field, end, count) = longest.unwrap_or((Field::Other, begin + word.len(), 1));
            unknown += usize::from(longest.is_none());
            columns.push(Column { field, span: *begin..end });
            nth += count;
        }
        let served = shape.is_served(|field| columns.iter().any(|column| column.field == field));
        (served && unknown <= 1).then_some(Self { columns })
    }

    /// Takes the columns as wide as the dashes below the heading, if they belong to it.
    pub(super) fn underlined(&mut self, line: &str) -> bool {
        let runs: Vec<Range<usize>> = words(line).map(|(at, word)| at..at + word.len()).collect();
        let belongs = runs.len() == self.columns.len()
            && line.bytes().all(|byte| matches!(byte, b'-' | b' '))
            && runs
                .iter()
                .zip(&self.columns)
                .all(|(run, column)| run.start < column.span.end && column.span.start < run.end);
        if belongs {
            for (column, run) in self.columns.iter_mut().zip(runs) {
                column.span = run;
            }
        }
        belongs
    }

    /// The values of a row: fields, and bytes of the line. `None` where they don't stand under their headings.
    pub(super) fn cells(&self, line: &str, into: &mut Vec<(Field, Range<usize>)>) -> Option<()> {
        into.clear();
        let ascii = line.is_ascii();
        let mut column = 0;
        // The character at which the last value of the column ends.
        let mut last: Option<(usize, Range<usize>)> = None;
        for (at, word) in words(line) {
            let begin = if ascii { at } else { line.get(..at)?.chars().count() };
            let end = begin + if ascii { word.len() } else { word.chars().count() };
            // The first column that it overlaps; else it goes on with the one before it.
            while self.columns.get(column + 1).is_some_and(|next| next.span.start < end)
                && self.columns.get(column).is_some_and(|this| this.span.end <= begin)
            {
                column += 1;
            }
            let this = self.columns.get(column)?;
            let next = self.columns.get(column + 1);
            if next.is_some_and(|next| next.span.start < end) {
                return None;
            }
            match &mut last {
                Some((of, cell)) if *of == column => {
                    cell.end = at + word.len();
                    into.last_mut()?.1.end = at + word.len();
                }
                _ => {
                    self.is_aligned(last.take(), line, ascii)?;
                    into.push((this.field, at..at + word.len()));
                    last = Some((column, at..at + word.len()));
                }
            }
        }
        self.is_aligned(last, line, ascii)
    }

    /// Whether a value begins or ends with its column.
    fn is_aligned(&self, value: Option<(usize, Range<usize>)>, line: &str, ascii: bool) -> Option<()> {
        let Some((column, cell)) = value else { return Some(()) };
        let column = self.columns.get(column)?;
        let characters = |at: usize| if ascii { Some(at) } else { Some(line.get(..at)?.chars().count()) };
        let aligned = characters(cell.start)? == column.span.start || characters(cell.end)? == column.span.end;
        aligned.then_some(())
    }
}
