//! Text line by line, cleaned of what terminals, pagers and mails put around it, with the place of every column.
//!
//! A clean line costs one look at its bytes. Formats made of lines implement [`Rows`] and are read by [`LineReader`].

mod clean;
mod furniture;
mod terminal;

use super::address::Problem;
use super::fault::{FaultCode, Fix, Severity, quote};
use super::format::Read;
use super::reading::{Draft, offset};
use clean::Cleaned;
pub(crate) use clean::TAB;
pub(crate) use furniture::{has_address, is_bare_noise, is_noise, is_prompt};
use std::ops::Range;
pub(crate) use terminal::{behind_blanks, escape_length, on_screen, pager_length};

/// The longest line that is read, in bytes; no print has longer ones. Of a longer one the beginning is read, and that is
/// said ([`too_long`]).
pub(crate) const MAX_LINE: usize = 64 << 10;

/// A line without what doesn't belong to it.
#[derive(Copy, Clone)]
pub(crate) struct Line<'t> {
    /// What it says, without blanks at its end.
    pub(crate) text: &'t str,
    /// The byte of the text at which it begins, quote marks and all.
    start: usize,
    /// For each byte of `text` its place in the line; empty where they are the same.
    places: &'t [u32],
    /// A pager's mark stood before it.
    paged: bool,
    /// Where it is longer than what is read of it: the byte of the text where reading stops, and its length in bytes.
    cut: Option<(usize, usize)>,
}

/// The length in bytes of a line that is longer than what is read of it, blanks at its end away.
pub(crate) fn too_long(line: &str) -> Option<usize> {
    (line.len() > MAX_LINE).then(|| line.trim_ascii_end().len()).filter(|length| *length > MAX_LINE)
}

/// What is wrong with a line of this length in bytes.
pub(crate) fn line_too_long(length: usize) -> FaultCode {
    FaultCode::LineTooLong { limit: offset(MAX_LINE), value: offset(length) }
}

impl Line<'_> {
    /// The byte of the whole text at which a column stands.
    pub(crate) fn place(&self, column: usize) -> usize {
        match self.places.last() {
            None => self.start + column.min(self.text.len()),
            Some(end) => self.start + *self.places.get(column).unwrap_or(end) as usize,
        }
    }

    /// The bytes of the whole text at which these columns stand.
    pub(crate) fn span(&self, columns: Range<usize>) -> Range<usize> {
        let start = self.place(columns.start);
        start..self.place(columns.end).max(start)
    }

    /// Whether what stands in these columns is byte by byte what the whole text has there.
    pub(crate) fn is_exact(&self, columns: Range<usize>) -> bool {
        match self.places.get(columns.start..=columns.end.min(self.text.len())) {
            Some(places) if !self.places.is_empty() => {
                places.windows(2).all(|pair| matches!(pair, [a, b] if a + 1 == *b))
            }
            _ => self.places.is_empty(),
        }
    }

    /// The bytes of all that it says, blanks before it away.
    pub(crate) fn whole(&self) -> Range<usize> {
        let from = self.text.len() - self.text.trim_start().len();
        self.span(from..self.text.len())
    }

    /// Notes, where it is so, that only its beginning is read.
    fn note_cut(&self, draft: &mut Draft) {
        if let Some((at, length)) = self.cut {
            draft.fault(Severity::Error, at..at, || (line_too_long(length), None));
        }
    }

    /// Notes what is wrong with a word that begins at this column.
    pub(crate) fn problem(&self, column: usize, problem: impl Into<Problem>, draft: &mut Draft) {
        let problem = problem.into();
        let bytes = |word: Range<usize>| self.span(column + word.start..column + word.end);
        let fix = problem.fix.map(|(span, replacement)| {
            let span = bytes(span);
            Fix { span: offset(span.start)..offset(span.end), replacement }
        });
        draft.faults.add(
            problem.severity,
            {
                let span = bytes(problem.span);
                offset(span.start)..offset(span.end)
            },
            || (problem.code, fix),
        );
    }

    /// Notes that it wasn't understood. Where it has an address something may be lost; else it does no harm.
    #[cold]
    pub(crate) fn not_understood(&self, draft: &mut Draft) {
        draft.skipped = draft.skipped.saturating_add(1);
        let severity = if has_address(self.text) { Severity::Error } else { Severity::Warning };
        let line = quote(self.text.trim_start());
        draft.fault(severity, self.whole(), || (FaultCode::NotUnderstood { line }, None));
    }
}

/// The words of a text with the columns at which they begin.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let begin = at + rest.bytes().position(|byte| byte != b' ')?;
        let rest = text.get(begin..)?;
        let end = begin + rest.bytes().position(|byte| byte == b' ').unwrap_or(rest.len());
        at = end;
        Some((begin, text.get(begin..end)?))
    })
}

/// Takes a text apart into lines.
pub(crate) struct Lines<'a> {
    text: &'a str,
    at: usize,
    /// Tabs separate fields, so they stay.
    tabs: bool,
    cleaned: Cleaned,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, tabs: false, cleaned: Cleaned::default() }
    }

    /// Lines whose tabs aren't made blanks.
    pub(crate) fn with_tabs(text: &'a str) -> Self {
        Self { tabs: true, ..Self::new(text) }
    }

    /// The byte at which the next line begins.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The next line; `None` at the end.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<Line<'_>> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').unwrap_or(rest.len());
        self.at = (start + length + 1).min(self.text.len());
        let mut line = rest.get(..length)?;
        line = line.strip_suffix('\r').unwrap_or(line);
        let whole = line.get(..line.floor_char_boundary(MAX_LINE)).unwrap_or(line);
        let cut = too_long(line).map(|length| (start + whole.len(), length));
        if clean::is_clean(whole.as_bytes(), self.tabs) {
            return Some(Line { text: whole.trim_ascii_end(), start, places: &[], paged: false, cut });
        }
        clean::clean(whole, self.tabs, &mut self.cleaned);
        let Cleaned { text, places, paged, .. } = &self.cleaned;
        Some(Line { text, start, places, paged: *paged, cut })
    }
}

/// A format made of lines.
pub(crate) trait Rows {
    /// A line that says something.
    fn line(&mut self, line: &Line<'_>, draft: &mut Draft);

    /// An empty line.
    fn blank(&mut self, _draft: &mut Draft) {}

    /// The text ends.
    fn end(&mut self, draft: &mut Draft);
}

/// Reads a format made of lines.
pub(crate) struct LineReader<'a, R> {
    lines: Lines<'a>,
    rows: R,
    ended: bool,
}

impl<'a, R: Rows> LineReader<'a, R> {
    pub(crate) fn new(text: &'a str, rows: R) -> Self {
        Self { lines: Lines::new(text), rows, ended: false }
    }

    /// The same of lines whose tabs separate fields.
    pub(crate) fn with_tabs(text: &'a str, rows: R) -> Self {
        Self { lines: Lines::with_tabs(text), rows, ended: false }
    }
}

impl<R: Rows> Read for LineReader<'_, R> {
    fn step(&mut self, draft: &mut Draft, until: usize) -> usize {
        while self.lines.at() < until
            && let Some(line) = self.lines.next()
        {
            draft.lines = draft.lines.saturating_add(1);
            line.note_cut(draft);
            if line.text.trim_ascii_start().is_empty() {
                // A pager stops anywhere: its mark ends nothing.
                if !line.paged {
                    self.rows.blank(draft);
                }
            } else {
                self.rows.line(&line, draft);
            }
        }
        if self.lines.at() >= self.lines.text.len() && !std::mem::replace(&mut self.ended, true) {
            self.rows.end(draft);
        }
        self.lines.at()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table with a line that no device prints: the fault stands where reading stops, and other lines are read.
    #[test]
    fn a_line_of_a_list_that_is_cut_is_named() {
        let table = |ases: usize| {
            let path = "64500 ".repeat(ases);
            format!(
                "     Network          Next Hop            Metric LocPrf Weight Path\n \
                 *>  10.0.0.0/8       192.0.2.1                0             0 {path}i\r\n \
                 *>  11.0.0.0/8       192.0.2.1                0             0 64500 i\n"
            )
        };
        let told = |text: &str| {
            let reading = crate::intake::read(text, "ios-bgp".parse().ok());
            assert_eq!(reading.v4.len(), 2, "{:?}", reading.faults.kept);
            let long = |fault: &crate::intake::Fault| match fault.code {
                FaultCode::LineTooLong { limit, value } => Some((fault.span.start, limit, value)),
                _ => None,
            };
            (reading.faults.kept.iter().filter_map(long).collect::<Vec<_>>(), reading.faults.errors)
        };
        assert_eq!(told(&table(10_000)), (Vec::new(), 0));
        let text = table(11_000);
        let (start, end) = (text.find(" *>  10").unwrap(), text.find('\r').unwrap());
        let length = (end - start) as u32;
        assert_eq!(told(&text).0, [((start + MAX_LINE) as u32, MAX_LINE as u32, length)]);
        // Blanks that a terminal pads with are nothing, however many.
        let padded = table(3).replace('\r', &" ".repeat(MAX_LINE));
        assert_eq!(told(&padded), (Vec::new(), 0));
    }

    #[test]
    fn lines_and_their_places() {
        let text = "a b\r\n\n> c\td\n  e";
        let mut lines = Lines::new(text);
        let mut seen = Vec::new();
        while let Some(line) = lines.next() {
            let places: Vec<usize> = words(line.text).map(|(column, _)| line.place(column)).collect();
            seen.push((line.text.to_owned(), places, line.whole()));
        }
        assert_eq!(
            seen,
            [
                ("a b".to_owned(), vec![0, 2], 0..3),
                (String::new(), vec![], 5..5),
                ("c       d".to_owned(), vec![8, 10], 8..11),
                ("  e".to_owned(), vec![14], 14..15),
            ]
        );
    }
}
