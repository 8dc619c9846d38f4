//! Formats in JSON, over one forgiving scanner.
//!
//! A format is a [`Handler`]: it is shown each token with the frames around it. It finds its values by the keys
//! nearest to them, not by the whole path, so a piece cut out of a file is read as well as the file.

pub(crate) mod bgp_community;
pub(crate) mod microsoft_365;
mod scan;
pub(crate) mod service_tags;

use super::address::{AnyPrefix, Problem, prefix};
use super::fault::{Expected, FaultCode, Severity, quote};
use super::format::Read;
use super::lines::{is_noise, on_screen};
use super::reading::{Draft, offset};
pub(crate) use scan::{Frame, Scanner, Token, Written};
use std::ops::Range;

/// What a format makes of JSON.
pub(crate) trait Handler<'a> {
    /// A token, and the arrays and objects that are open around it; of those that open and close, themselves too.
    fn token(&mut self, frames: &[Frame<'a>], token: &Token<'a>, draft: &mut Draft);

    /// The text ends.
    fn end(&mut self, _draft: &mut Draft) {}

    /// Whether the format knows this line outside of its JSON.
    fn knows(&self, _line: &str) -> bool {
        false
    }
}

/// Reads JSON for a format.
pub(crate) struct JsonReader<'a, H> {
    text: &'a str,
    scanner: Scanner<'a>,
    handler: H,
    outside: Option<Outside>,
    problems: Vec<(usize, Box<Problem>)>,
}

/// Text around the JSON.
struct Outside {
    span: Range<usize>,
    lines: u32,
    json: bool,
}

impl<'a, H: Handler<'a>> JsonReader<'a, H> {
    pub(crate) fn new(text: &'a str, handler: H) -> Self {
        Self { text, scanner: Scanner::new(text), handler, outside: None, problems: Vec::new() }
    }

    /// Whether there was one more token.
    fn token(&mut self, draft: &mut Draft) -> bool {
        let token = self.scanner.next(&mut self.problems);
        for (at, problem) in self.problems.drain(..) {
            draft.problem(at, problem);
        }
        match &token {
            Token::End => {
                self.close_outside(draft);
                self.handler.end(draft);
                return false;
            }
            Token::Nothing => {}
            Token::Outside(span) => self.passed(span.clone(), draft),
            _ => {
                self.close_outside(draft);
                self.handler.token(&self.scanner.frames, &token, draft);
            }
        }
        true
    }

    fn passed(&mut self, span: Range<usize>, draft: &mut Draft) {
        let line = on_screen(self.text.get(span.clone()).unwrap_or_default());
        if line.trim_matches(',').is_empty() {
            return;
        }
        if self.handler.knows(&line) || is_noise(&line) {
            return self.close_outside(draft);
        }
        let json = line.contains(['"', ']', '}']);
        let outside = self.outside.get_or_insert(Outside { span: span.clone(), lines: 0, json: false });
        outside.span.end = span.end;
        outside.lines += 1;
        outside.json |= json;
    }

    fn close_outside(&mut self, draft: &mut Draft) {
        if let Some(Outside { span, lines, json }) = self.outside.take() {
            draft.skipped = draft.skipped.saturating_add(lines);
            // A prompt or a heading does no harm; a piece of JSON without its beginning is lost.
            let severity = if json { Severity::Error } else { Severity::Warning };
            draft.fault(severity, span, || (FaultCode::OutsideJson { lines }, None));
        }
    }
}

impl<'a, H: Handler<'a>> Read for JsonReader<'a, H> {
    fn step(&mut self, draft: &mut Draft, until: usize) -> usize {
        let from = self.scanner.at;
        let length = self.text.len();
        while self.scanner.at < until && self.token(draft) {}
        if self.scanner.at >= length {
            while self.token(draft) {}
        }
        let bytes = self.text.as_bytes();
        let read = bytes.get(from..self.scanner.at).unwrap_or_default();
        draft.lines = draft.lines.saturating_add(offset(read.iter().filter(|byte| **byte == b'\n').count()));
        if self.scanner.at >= length && bytes.last() != Some(&b'\n') {
            draft.lines = draft.lines.saturating_add(1);
        }
        self.scanner.at
    }
}

/// The key at whose value a token stands that is neither an array nor an object; empty in an array.
pub(crate) fn key_of<'a>(frames: &[Frame<'a>]) -> &'a str {
    match frames.last() {
        Some(frame) if !frame.array => frame.key,
        _ => "",
    }
}

/// Reads a string as a prefix.
fn read_prefix(draft: &mut Draft, written: &Written<'_>) {
    let meaning;
    let word = if written.text.contains('\\') {
        meaning = written.meaning();
        meaning.trim()
    } else {
        written.text.trim()
    };
    let at = written.at + (written.text.len() - written.text.trim_start().len());
    let problem = match prefix(word) {
        Ok((prefix, warning)) => {
            match prefix {
                AnyPrefix::V4(prefix) => draft.add_v4(prefix, at),
                AnyPrefix::V6(prefix) => draft.add_v6(prefix, at),
            }
            warning
        }
        Err(problem) => {
            draft.skipped = draft.skipped.saturating_add(1);
            Some(problem)
        }
    };
    if let Some(mut problem) = problem {
        if written.text.contains('\\') {
            // Places in what an escape means are not places in the text.
            problem.span = 0..written.text.trim().len();
            problem.fix = problem.fix.filter(|(span, _)| *span == (0..word.len()));
            problem.fix = problem.fix.map(|(_, replacement)| (problem.span.clone(), replacement));
        }
        draft.problem(at, problem);
    }
}

/// Notes that something else stands where a prefix is due.
fn no_prefix(draft: &mut Draft, written: &Written<'_>) {
    draft.skipped = draft.skipped.saturating_add(1);
    draft.fault(Severity::Error, written.at..written.at + written.text.len(), || {
        (FaultCode::NotAnAddress { token: quote(written.text) }, None)
    });
}

/// Notes a value that its key doesn't take.
pub(crate) fn bad_value(draft: &mut Draft, key: &str, written: &Written<'_>, expected: Expected) {
    draft.fault(Severity::Error, written.at..written.at + written.text.len(), || {
        (FaultCode::BadValue { name: quote(key), value: quote(written.text), expected }, None)
    });
}
