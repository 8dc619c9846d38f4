//! A forgiving scanner for JSON (RFC 8259): token by token, each with its place, and on behind whatever is wrong.
//!
//! Text around the JSON is handed out too, so prints that hold several pieces of JSON are read the same way. Nesting
//! is a list of frames, never recursion.

use crate::intake::address::Problem;
use crate::intake::fault::{FaultCode, JsonProblem};
use crate::intake::lines::{escape_length, pager_length};
use std::borrow::Cow;
use std::ops::Range;

/// How deep arrays and objects may be nested.
pub(crate) const MAX_DEPTH: usize = 64;

/// An open array or object.
pub(crate) struct Frame<'a> {
    pub(crate) array: bool,
    /// The key under which it stands itself; empty in an array.
    pub(crate) name: &'a str,
    /// In an object, the key at whose value the scanner is; as written, between its quotes.
    pub(crate) key: &'a str,
    /// Where it opens.
    pub(crate) at: usize,
    due: Due,
}

/// What may come next in an array or object.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Due {
    /// An element or key, or the end.
    First,
    /// An element or key, after a comma at this byte.
    After(usize),
    Colon,
    Value,
    Comma,
}

/// A string between its quotes, as written.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Written<'a> {
    pub(crate) text: &'a str,
    /// Where it begins, behind the quote.
    pub(crate) at: usize,
}

impl<'a> Written<'a> {
    /// What it means: escapes resolved. Escapes that mean nothing become U+FFFD.
    pub(crate) fn meaning(&self) -> Cow<'a, str> {
        if !self.text.contains('\\') {
            // A copy from a web page has blanks that don't break.
            return match self.text.contains('\u{a0}') {
                true => Cow::Owned(self.text.replace('\u{a0}', " ")),
                false => Cow::Borrowed(self.text),
            };
        }
        match serde_json::from_str(&format!("\"{}\"", self.text)) {
            Ok(text) => Cow::Owned(text),
            Err(_) => Cow::Owned(self.text.replace('\\', "\u{fffd}")),
        }
    }
}

/// A piece of the text.
#[derive(Debug)]
pub(crate) enum Token<'a> {
    /// An array or object opens; its frame is the last one already.
    Open,
    /// An array or object closes; its frame is still the last one.
    Close,
    /// A string value.
    Text(Written<'a>),
    /// A number, true, false or null.
    Literal(Written<'a>),
    /// Text outside of any array or object, on one line, without blanks around it.
    Outside(Range<usize>),
    /// Nothing to see, but the scanner has moved on.
    Nothing,
    /// The text ends.
    End,
}

/// Takes JSON apart.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    pub(crate) at: usize,
    pub(crate) frames: Vec<Frame<'a>>,
    /// How many arrays and objects are open beyond [`MAX_DEPTH`].
    beyond: u32,
    /// The last frame was handed out as closed.
    closed: bool,
    /// A key outside of any object: the text begins inside of one.
    name: &'a str,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, frames: Vec::new(), beyond: 0, closed: false, name: "" }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next token, and what is wrong with the text there.
    pub(crate) fn next(&mut self, problems: &mut Vec<(usize, Box<Problem>)>) -> Token<'a> {
        if std::mem::take(&mut self.closed) {
            self.frames.pop();
        }
        self.skip_blanks();
        let Some(byte) = self.byte() else { return self.end(problems) };
        if self.frames.is_empty() {
            return self.outside(byte);
        }
        match byte {
            b'[' | b'{' => {
                if self.beyond > 0 || self.frames.len() >= MAX_DEPTH {
                    if self.beyond == 0 {
                        self.note(
                            problems,
                            JsonProblem::TooDeep { limit: MAX_DEPTH as u32 },
                            self.at..self.at + 1,
                        );
                        self.value(problems);
                    }
                    self.beyond += 1;
                    self.at += 1;
                    return Token::Nothing;
                }
                self.value(problems);
                self.open(byte)
            }
            b']' | b'}' => {
                if self.beyond > 0 {
                    self.beyond -= 1;
                    self.at += 1;
                    return Token::Nothing;
                }
                self.close(byte == b']', problems)
            }
            b',' => {
                let at = self.at;
                self.at += 1;
                if self.beyond == 0 {
                    self.comma(at, problems);
                }
                Token::Nothing
            }
            b':' => {
                let at = self.at;
                self.at += 1;
                if self.beyond > 0 {
                    return Token::Nothing;
                }
                match self.frames.last_mut() {
                    Some(frame) if frame.due == Due::Colon => frame.due = Due::Value,
                    _ => self.note(problems, JsonProblem::MissingKey, at..at + 1),
                }
                Token::Nothing
            }
            b'"' => {
                let (written, whole) = self.string(problems);
                if self.beyond > 0 || !whole {
                    return Token::Nothing;
                }
                let Some(frame) = self.frames.last_mut() else { return Token::Nothing };
                if !frame.array && !matches!(frame.due, Due::Value | Due::Colon) {
                    let comma_missing = frame.due == Due::Comma;
                    frame.due = Due::Colon;
                    frame.key = written.text;
                    if comma_missing {
                        self.missing_comma(written.at - 1, problems);
                    }
                    return Token::Nothing;
                }
                self.value_at(written.at - 1, problems);
                Token::Text(written)
            }
            _ => self.literal(problems),
        }
    }

    fn note(&self, problems: &mut Vec<(usize, Box<Problem>)>, problem: JsonProblem, span: Range<usize>) {
        let length = span.len();
        problems.push((span.start, Problem::error(FaultCode::JsonSyntax { problem }, 0..length)));
    }

    fn missing_comma(&self, at: usize, problems: &mut Vec<(usize, Box<Problem>)>) {
        let mut problem = Problem::error(FaultCode::JsonSyntax { problem: JsonProblem::MissingComma }, 0..1);
        problem.fix = Some((0..0, ",".to_owned()));
        problems.push((at, problem));
    }

    /// A value begins at the scanner's place.
    fn value(&mut self, problems: &mut Vec<(usize, Box<Problem>)>) {
        self.value_at(self.at, problems);
    }

    fn value_at(&mut self, at: usize, problems: &mut Vec<(usize, Box<Problem>)>) {
        let Some(frame) = self.frames.last_mut() else { return };
        let (due, array) = (frame.due, frame.array);
        frame.due = Due::Comma;
        if !array && due != Due::Value && due != Due::Colon {
            frame.key = "";
        }
        match due {
            Due::Comma if array => self.missing_comma(at, problems),
            Due::Colon => {
                let mut problem =
                    Problem::error(FaultCode::JsonSyntax { problem: JsonProblem::MissingColon }, 0..1);
                problem.fix = Some((0..0, ":".to_owned()));
                problems.push((at, problem));
            }
            Due::First | Due::After(_) | Due::Comma if !array => {
                self.note(problems, JsonProblem::MissingKey, at..at + 1)
            }
            _ => {}
        }
    }

    fn open(&mut self, byte: u8) -> Token<'a> {
        let name = match self.frames.last() {
            Some(frame) if frame.array => "",
            Some(frame) => frame.key,
            None => std::mem::take(&mut self.name),
        };
        self.frames.push(Frame { array: byte == b'[', name, key: "", at: self.at, due: Due::First });
        self.at += 1;
        Token::Open
    }

    fn close(&mut self, array: bool, problems: &mut Vec<(usize, Box<Problem>)>) -> Token<'a> {
        let at = self.at;
        let Some(frame) = self.frames.last() else { return Token::Nothing };
        if frame.array != array {
            if self.frames.iter().any(|frame| frame.array == array) {
                // What is open inside ends here as well; the sign itself is looked at again.
                self.note(problems, JsonProblem::WrongCloser, at..at + 1);
                self.closed = true;
                return Token::Close;
            }
            self.note(problems, JsonProblem::StrayCloser, at..at + 1);
            self.at += 1;
            return Token::Nothing;
        }
        match frame.due {
            Due::After(comma) => self.stray_comma(comma, problems),
            Due::Colon | Due::Value => self.note(problems, JsonProblem::MissingValue, at..at + 1),
            Due::First | Due::Comma => {}
        }
        self.at += 1;
        self.closed = true;
        Token::Close
    }

    fn comma(&mut self, at: usize, problems: &mut Vec<(usize, Box<Problem>)>) {
        let Some(frame) = self.frames.last_mut() else { return };
        match std::mem::replace(&mut frame.due, Due::After(at)) {
            Due::Comma => {}
            Due::First | Due::After(_) => self.stray_comma(at, problems),
            Due::Colon | Due::Value => self.note(problems, JsonProblem::MissingValue, at..at + 1),
        }
    }

    fn stray_comma(&self, at: usize, problems: &mut Vec<(usize, Box<Problem>)>) {
        let problem = Problem::warning(FaultCode::JsonSyntax { problem: JsonProblem::StrayComma }, 0..1);
        problems.push((at, problem.mended_by(String::new())));
    }

    /// A string, and whether it is whole; one that isn't closed ends with its line.
    fn string(&mut self, problems: &mut Vec<(usize, Box<Problem>)>) -> (Written<'a>, bool) {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            match bytes.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    return (Written { text: self.text.get(start..at).unwrap_or_default(), at: start }, true);
                }
                Some(b'\\') if bytes.get(at + 1).is_some_and(|byte| *byte != b'\n') => at += 2,
                Some(b'\n') | None => break,
                Some(_) => at += 1,
            }
        }
        let end = at.min(bytes.len());
        let whole = self.text.get(start..end).unwrap_or_default();
        let text = whole.trim_end_matches(|c: char| c == ',' || c.is_whitespace());
        self.at = start + text.len();
        let code = FaultCode::JsonSyntax { problem: JsonProblem::UnclosedString };
        let mut problem = Problem::error(code, 0..text.len() + 1);
        // At the end of the text, what is there may be half of what was meant.
        let whole = self.text.get(self.at..).is_some_and(|rest| !rest.trim().is_empty());
        if whole && !text.ends_with('\\') {
            problem.fix = Some((text.len() + 1..text.len() + 1, "\"".to_owned()));
        }
        problems.push((start - 1, problem));
        (Written { text, at: start }, whole)
    }

    fn literal(&mut self, problems: &mut Vec<(usize, Box<Problem>)>) -> Token<'a> {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let ends = |c: char| {
            c.is_whitespace()
                || matches!(c, ',' | ':' | '"' | '[' | ']' | '{' | '}' | '\u{feff}' | '\u{8}' | '\u{1b}')
        };
        let length = rest.find(ends).unwrap_or(rest.len()).max(rest.chars().next().map_or(1, char::len_utf8));
        self.at = start + length;
        if self.beyond > 0 {
            return Token::Nothing;
        }
        let written = Written { text: rest.get(..length).unwrap_or_default(), at: start };
        if matches!(written.text, "true" | "false" | "null") || is_number(written.text) {
            self.value_at(start, problems);
            return Token::Literal(written);
        }
        self.note(problems, JsonProblem::UnknownWord, start..start + length);
        if let Some(frame) = self.frames.last_mut()
            && (frame.array || matches!(frame.due, Due::Value | Due::Colon))
        {
            frame.due = Due::Comma;
        }
        Token::Nothing
    }

    /// Outside of all arrays and objects.
    fn outside(&mut self, byte: u8) -> Token<'a> {
        if matches!(byte, b'[' | b'{') {
            return self.open(byte);
        }
        let start = self.at;
        if byte == b'"'
            && let Some((name, at)) = self.name_outside()
        {
            self.name = name;
            self.at = at;
            return Token::Nothing;
        }
        self.name = "";
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let escaped = |at: usize| at.checked_sub(1).is_some_and(|before| rest.get(before) == Some(&0x1b));
        let ends = |(at, byte): (usize, &u8)| matches!(byte, b'\n' | b'{') || (*byte == b'[' && !escaped(at));
        self.at = start + rest.iter().enumerate().position(ends).unwrap_or(rest.len());
        let text = self.text.get(start..self.at).unwrap_or_default().trim_end();
        Token::Outside(start..start + text.len())
    }

    /// A key here before an array or object, and where that opens.
    fn name_outside(&self) -> Option<(&'a str, usize)> {
        let rest = self.text.get(self.at + 1..)?;
        let line = rest.split('\n').next()?;
        let (name, behind) = line.split_once('"')?;
        let value = behind.trim_start().strip_prefix(':')?.trim_start();
        let at = self.at + 1 + line.len() - value.len();
        value.starts_with(['[', '{']).then_some((name, at))
    }

    fn end(&mut self, problems: &mut Vec<(usize, Box<Problem>)>) -> Token<'a> {
        if self.frames.is_empty() {
            return Token::End;
        }
        if self.at <= self.text.len() && self.beyond != u32::MAX {
            // Said once; every frame then closes in turn.
            self.beyond = u32::MAX;
            self.note(problems, JsonProblem::CutOff, self.text.len()..self.text.len());
        }
        self.closed = true;
        Token::Close
    }

    fn skip_blanks(&mut self) {
        let bytes = self.text.as_bytes();
        // E-mail quote marks at the beginning of a line are blanks.
        let mut fresh = self.at == 0;
        loop {
            match bytes.get(self.at) {
                Some(b'\n') => {
                    fresh = true;
                    self.at += 1;
                }
                Some(b'>') if fresh => self.at += 1,
                Some(b' ' | b'\t' | b'\r') => self.at += 1,
                Some(0x8 | 0x1b) => {
                    self.at += escape_length(bytes.get(self.at..).unwrap_or_default()).unwrap_or(1);
                }
                Some(b'-' | b'<') if fresh => match pager_length(self.text.get(self.at..).unwrap_or_default()) {
                    0 => return,
                    length => self.at += length,
                },
                Some(0x80..) => {
                    let next = self.text.get(self.at..).and_then(|rest| rest.chars().next());
                    match next.filter(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}')) {
                        Some(blank) => self.at += blank.len_utf8(),
                        None => return,
                    }
                }
                _ => return,
            }
        }
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.as_bytes().first().is_some_and(u8::is_ascii_digit)
        && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
        && digits.parse::<f64>().is_ok()
}
