//! The plain list: what people type, and what most exports are after a little trimming.
//!
//! The grammar is [`GRAMMAR`]. Lines that hold one prefix and nothing else take a fast path; everything else goes
//! word by word, so that a step can end anywhere, also in the middle of a list that is all on one line.

mod attributes;
mod cursor;
mod item;
mod line;
mod signs;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use super::format::{Definition, Kind, Read};
use super::lines::{is_bare_noise, pager_length};
use super::reading::{Draft, Limits};
use super::recognise::{Reason, Sample};
use super::{Fix, Severity, fault::FaultCode, fault::quote, reading::offset};
use crate::plan::{Attributes, Stage};
use attributes::Values;
use cursor::Cursor;
use line::{Found, Lines};
use std::collections::HashMap;

/// The grammar of plain lists, for people.
pub const GRAMMAR: &str = "\
One or many a line, separated by blanks, commas or semicolons:
  192.0.2.0/24                    a prefix; a set host bit is a warning, read as the network
  192.0.2.7                       an address: /32, or /128 for IPv6
  192.0.2.1-192.0.2.9             a range, blanks around the dash allowed; read as its fewest prefixes
  192.0.2.0 255.255.255.0         an address with its netmask, also 192.0.2.0/255.255.255.0
  default                         0.0.0.0/0; for IPv6 write ::/0
  2001:db8::/32                   IPv6 wherever IPv4 is
Behind prefixes, attributes for those before them on the line, as name=value or name value:
  localpref (lp), weight, med (metric), distance (ad), prepend   numbers
  aspath=65010 65020 {65030,65031} (65001 65002)                 AS numbers, sets, confederations
  community=12076:51004,12076:5010                               also no-export and its like; may be repeated
  origin=igp|egp|incomplete (i, e, ?)   protocol=bgp|static|igp   nexthop=192.0.2.1
  ge=24 le=28                                                    lengths that a policy takes
Comments begin with #, ! or //, and with ; at the beginning of a line. Quotes, brackets, list bullets, trailing
commas, and > at the beginning of a line mean nothing. A word that is not understood is an error; what follows it,
up to the next comma, semicolon or line end, is passed over with it.";

/// How many different line tails with attributes are remembered.
const MAX_TAILS: usize = 4096;
/// How long a remembered tail may be, in bytes.
const MAX_TAIL: usize = 256;

/// How much of a text is read to see whether it is a plain list.
const TRY: usize = 4096;

pub(crate) static FORMAT: Definition = Definition {
    name: "plain",
    title: "plain list",
    kind: Kind::Either,
    stage: Stage::Offered,
    recognise,
    open: |text| Box::new(PlainReader::new(text)),
};

fn recognise(sample: &Sample<'_>) -> Option<(u8, Reason)> {
    let cut = sample.head.floor_char_boundary(TRY);
    let piece = match sample.head[..cut].rfind('\n') {
        Some(end) if cut < sample.head.len() => &sample.head[..end],
        _ => &sample.head[..cut],
    };
    let mut draft = Draft::new(Limits::default(), 0);
    let mut reader = PlainReader::new(piece);
    if !piece.is_empty() {
        reader.step(&mut draft, piece.len());
    }
    let (lines, of) = (reader.good_lines, reader.good_lines + draft.skipped);
    if lines == 0 {
        return Some((1, Reason::LastResort));
    }
    let confidence = 1 + u64::from(lines) * 49 / u64::from(of);
    Some((u8::try_from(confidence).unwrap_or(50), Reason::Addresses { lines, of }))
}

/// Reads a plain list.
pub(crate) struct PlainReader<'a> {
    cursor: Cursor<'a>,
    line: Line,
    group: Group,
    /// What faultless line tails with attributes came to. Never walked, only asked.
    tails: HashMap<&'a str, u32>,
    good_lines: u32,
    /// Whether every line goes word by word, to compare.
    #[cfg(test)]
    careful: bool,
}

/// The line being read.
#[derive(Default)]
struct Line {
    start: usize,
    /// Nothing but blanks and quote marks so far.
    fresh: bool,
    errors_before: u32,
    entries_before: u32,
    /// Whether a prefix, or what was meant for one, came since the last separator.
    prefix_before: bool,
    tail: Option<Tail>,
}

/// Attributes up to the end of the line.
struct Tail {
    start: usize,
    end: usize,
    faults_before: u32,
    entries_before: u32,
}

/// Prefixes and the attributes behind them.
#[derive(Default)]
struct Group {
    v4_from: usize,
    v6_from: usize,
    /// What was meant for a prefix could not be read, so its attributes go nowhere.
    broken: bool,
    values: Values,
}

impl<'a> PlainReader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            cursor: Cursor::new(text),
            line: Line { fresh: true, ..Line::default() },
            group: Group::default(),
            tails: HashMap::new(),
            good_lines: 0,
            #[cfg(test)]
            careful: false,
        }
    }

    /// One that reads every line word by word.
    #[cfg(test)]
    pub(crate) fn careful(text: &'a str) -> Self {
        Self { careful: true, ..Self::new(text) }
    }

    /// Reads lines that hold one prefix or address and nothing else, as long as they come.
    fn fast_lines(&mut self, draft: &mut Draft, until: usize) {
        #[cfg(test)]
        if self.careful {
            return;
        }
        let mut lines = Lines::new(self.cursor.bytes());
        let mut at = self.cursor.at;
        let before = draft.entries_read;
        while at < until && draft.has_room() {
            let Some(line) = lines.at(at) else { break };
            match line.found {
                Found::V4(prefix) => draft.add_v4(prefix, line.at),
                Found::V6(prefix) => draft.add_v6(prefix, line.at),
            }
            at = line.next;
        }
        if at > self.cursor.at {
            self.cursor.at = at;
            let lines = draft.entries_read - before;
            draft.lines += lines;
            self.good_lines += lines;
            self.next_line(draft);
        }
    }

    /// One word, sign or line end.
    fn item(&mut self, draft: &mut Draft) {
        let at = self.cursor.at;
        let bytes = self.cursor.bytes();
        let Some(&byte) = bytes.get(at) else { return };
        let next = bytes.get(at + 1).copied();
        let fresh = self.line.fresh;
        // Addresses begin with digits mostly, and no noise does.
        let noisy = byte.is_ascii_alphabetic() || matches!(byte, b'[' | b'(' | b'{' | b'-' | b'=' | b'*');
        if fresh && noisy && is_bare_noise(self.cursor.slice(at, self.cursor.line_end())) {
            return self.comment();
        }
        match byte {
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c | 0x08 | 0x1b => self.cursor.skip_blanks(),
            b'\n' => {
                self.end_line(draft);
                draft.lines += 1;
                self.cursor.at += 1;
                self.next_line(draft);
            }
            b';' if fresh => self.comment(),
            b',' | b';' => {
                self.cursor.at += 1;
                self.line.fresh = false;
                self.line.prefix_before = false;
            }
            b'#' | b'!' => self.comment(),
            b'/' if next == Some(b'/') => self.comment(),
            b'>' if fresh => self.cursor.at += 1,
            b'-' | b'<' if fresh && self.pager() > 0 => self.cursor.at += self.pager(),
            b'-' | b'*' if fresh && matches!(next, None | Some(b' ' | b'\t' | b'\r' | b'\n')) => {
                self.cursor.at += 1;
                self.line.fresh = false;
            }
            b'"' | b'\'' | b'`' | b'[' | b']' | b'(' | b')' | b'{' | b'}' | b'<' | b'>' => {
                self.cursor.at += 1;
                self.line.fresh = false;
            }
            0x80.. if self.cursor.skip_noise() => {}
            _ => {
                self.line.fresh = false;
                self.word(draft);
            }
        }
    }

    /// The length of a pager's mark here.
    fn pager(&self) -> usize {
        pager_length(self.cursor.slice(self.cursor.at, self.cursor.text().len()))
    }

    fn comment(&mut self) {
        self.cursor.at = self.cursor.line_end();
    }

    /// Closes the line; the cursor stands at its end.
    fn end_line(&mut self, draft: &mut Draft) {
        let index = self.close_group(draft);
        if let Some(tail) = self.line.tail.take()
            && let Some(index) = index
            && tail.faults_before == draft.faults.total()
            && tail.entries_before == draft.entries_read
            && tail.end == self.cursor.at
            && self.tails.len() < MAX_TAILS
        {
            self.tails.insert(self.cursor.slice(tail.start, tail.end), index);
        }
        if draft.entries_read > self.line.entries_before {
            self.good_lines += 1;
        } else if draft.faults.errors > self.line.errors_before {
            draft.skipped += 1;
        }
    }

    /// The cursor stands at the beginning of a line.
    fn next_line(&mut self, draft: &Draft) {
        self.line = Line {
            start: self.cursor.at,
            fresh: true,
            errors_before: draft.faults.errors,
            entries_before: draft.entries_read,
            prefix_before: false,
            tail: None,
        };
        self.group = Group { v4_from: draft.v4.len(), v6_from: draft.v6.len(), ..Group::default() };
    }

    /// Gives the prefixes of the group their attributes, and begins the next group. The index of the attributes,
    /// if there are any and they would be the same behind any other prefix.
    fn close_group(&mut self, draft: &mut Draft) -> Option<u32> {
        let group = std::mem::take(&mut self.group);
        let index = group.close(draft);
        self.group.v4_from = draft.v4.len();
        self.group.v6_from = draft.v6.len();
        index
    }

    /// Called before a prefix is added, or would be.
    fn begin_entry(&mut self, draft: &mut Draft, broken: bool) {
        if self.group.values.any() {
            self.close_group(draft);
        }
        self.group.broken |= broken;
        self.line.prefix_before = true;
    }

    /// Passes over a word that isn't understood and all that hangs on it.
    fn pass_over(&mut self, draft: &mut Draft, start: usize, word: &'a str) {
        let (mut end, to_line_end) = self.cursor.segment_end();
        self.cursor.at = end;
        let trimmed = self.cursor.slice(start, end).trim_end();
        end = start + trimmed.len().max(word.len());
        let behind_prefix = self.line.prefix_before;
        draft.fault(Severity::Error, start..end, || {
            let typo = if behind_prefix { attributes::meant(word) } else { None };
            let fix = match typo {
                Some(name) => Some((start..start + word.len(), name.to_owned())),
                None if to_line_end => Some((start..start, "# ".to_owned())),
                None => None,
            };
            let fix =
                fix.map(|(span, replacement)| Fix { span: offset(span.start)..offset(span.end), replacement });
            let code = if behind_prefix {
                FaultCode::UnknownAttribute { name: quote(word) }
            } else {
                FaultCode::NotAnAddress { token: quote(word) }
            };
            (code, fix)
        });
    }
}

impl Read for PlainReader<'_> {
    fn step(&mut self, draft: &mut Draft, until: usize) -> usize {
        while self.cursor.at < until {
            if self.cursor.at == self.line.start {
                self.fast_lines(draft, until);
                if self.cursor.at >= until {
                    break;
                }
            }
            self.item(draft);
        }
        if self.cursor.at >= self.cursor.text().len() && self.line.start < self.cursor.at {
            self.end_line(draft);
            draft.lines += 1;
            self.next_line(draft);
        }
        self.cursor.at
    }
}

impl Group {
    fn close(mut self, draft: &mut Draft) -> Option<u32> {
        if !self.values.any() {
            return None;
        }
        self.values.check_lengths(draft, self.v4_from, self.v6_from);
        let anywhere = !self.values.bounds_lengths();
        let attributes: Attributes = self.values.into_attributes();
        let index = draft.intern(attributes);
        draft.set_attributes(self.v4_from, self.v6_from, index);
        anywhere.then_some(index)
    }
}
