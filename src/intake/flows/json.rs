//! JSON of any length, piece by piece: only what a record needs is kept.
//!
//! More forgiving than [`intake::json`](crate::intake::json), which holds its text: what writes logs doesn't forget
//! commas, and what was cut off or damaged in between costs the records there, and no other.

use super::Out;
use super::collector::COLUMNS;
use super::fault::{Place, bad_value, quoted};
use super::format::Traits;
use super::partial::{Finished, Partial};
use super::record::Field;
use super::tuple::Tuple;
use super::{MAX_RECORD, nsg, vnet};
use crate::intake::Expected;
use crate::intake::fault::{FaultCode, JsonProblem};

/// How deep arrays and objects may be nested.
const MAX_DEPTH: usize = 64;
/// How many columns a table of rows may have.
const MAX_COLUMNS: usize = 512;
/// The longest word outside of quotes.
const MAX_WORD: usize = 64;

/// How records are laid out in JSON.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Layout {
    /// Texts under `flowTuples`, of network security groups.
    Nsg,
    /// The same of virtual networks.
    Vnet,
    /// Objects, or rows of a table.
    Collector,
}

/// What a key means to us.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Key {
    Other,
    Tuples,
    Columns,
    Rows,
    Name,
    Field(Field),
}

/// An open array or object.
struct Frame {
    array: bool,
    /// The key that it stands under.
    name: Key,
    /// In an object, the key at whose value the reader is.
    key: Key,
    /// In an object: a key is due, no value.
    key_due: bool,
    /// In an array: how many values were before.
    index: usize,
    partial: Partial,
    place: Place,
}

/// Reads JSON as it comes.
pub(super) struct Json {
    layout: Layout,
    traits: Traits,
    frames: Vec<Frame>,
    /// How many arrays and objects are open beyond [`MAX_DEPTH`].
    beyond: u32,
    /// The columns of a table.
    columns: Vec<Option<Field>>,
    /// Inside of a text that is too long.
    skipping: bool,
    line: u64,
    /// How many bytes of the line were consumed before the window.
    before: u64,
}

impl Json {
    pub(super) fn new(layout: Layout, traits: Traits) -> Self {
        Self {
            layout,
            traits,
            frames: Vec::new(),
            beyond: 0,
            columns: Vec::new(),
            skipping: false,
            line: 1,
            before: 0,
        }
    }

    /// Reads what is whole at the beginning of a window, or all of the last one; how many bytes that is.
    pub(super) fn read(&mut self, window: &[u8], last: bool, out: &mut Out<'_>) -> usize {
        let mut at = 0;
        // Where in the window the line began, negative before it.
        let mut line_start = -(self.before as i64);
        while at < window.len() {
            if self.skipping {
                match text_end(window, at) {
                    Some((end, whole)) => (at, self.skipping) = (end + usize::from(whole), false),
                    // Its last byte may be half of an escape.
                    None => at = if last { window.len() } else { window.len() - 1 },
                }
                if self.skipping {
                    break;
                }
                continue;
            }
            let place = Place {
                line: self.line,
                column: u64::try_from(at as i64 - line_start).unwrap_or(0).saturating_add(1),
            };
            let Some(byte) = window.get(at).copied() else { break };
            match byte {
                b'\n' => {
                    at += 1;
                    self.line += 1;
                    line_start = at as i64;
                }
                b' ' | b'\t' | b'\r' | 0x1e => at += 1,
                b'{' | b'[' => {
                    at += 1;
                    self.open(byte == b'[', place, out);
                }
                b'}' | b']' => {
                    at += 1;
                    self.close(byte == b']', place, out);
                }
                b',' => {
                    at += 1;
                    if self.beyond == 0
                        && let Some(frame) = self.frames.last_mut()
                    {
                        frame.key_due = !frame.array;
                        frame.key = Key::Other;
                        frame.index += 1;
                    }
                }
                b':' => {
                    at += 1;
                    if self.beyond == 0
                        && let Some(frame) = self.frames.last_mut()
                    {
                        frame.key_due = false;
                    }
                }
                b'"' if !self.frames.is_empty() => match text_end(window, at + 1) {
                    Some((end, whole)) => {
                        let text = window.get(at + 1..end).unwrap_or_default();
                        if whole {
                            self.text(text, place, out);
                            at = end + 1;
                        } else {
                            // It ends with its line.
                            out.faults.error(place, || syntax(JsonProblem::UnclosedString));
                            at = end;
                        }
                    }
                    None if window.len() - at > MAX_RECORD => {
                        out.faults.error(place, || FaultCode::RecordTooLong { limit: MAX_RECORD as u32 });
                        self.skipping = true;
                        at += 1;
                    }
                    None if last => {
                        out.faults.error(place, || syntax(JsonProblem::CutOff));
                        self.frames.clear();
                        at = window.len();
                    }
                    None => break,
                },
                _ if self.frames.is_empty() => {
                    // Text around the JSON, a line at a time.
                    let rest = window.get(at..).unwrap_or_default();
                    match rest.iter().position(|byte| *byte == b'\n') {
                        Some(length) => {
                            out.faults.error(place, || outside(&rest[..length]));
                            at += length;
                        }
                        None if last || rest.len() > MAX_RECORD => {
                            out.faults.error(place, || outside(rest));
                            at = window.len();
                        }
                        None => break,
                    }
                }
                _ => {
                    let rest = window.get(at..).unwrap_or_default();
                    let ends = |byte: &u8| {
                        matches!(
                            byte,
                            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b'"' | b'[' | b']' | b'{' | b'}'
                        )
                    };
                    match rest.iter().take(MAX_WORD).position(ends) {
                        Some(length) => {
                            self.word(&rest[..length], place, out);
                            at += length;
                        }
                        None if last || rest.len() >= MAX_WORD => {
                            let length = rest.len().min(MAX_WORD);
                            self.word(&rest[..length], place, out);
                            at += length;
                        }
                        None => break,
                    }
                }
            }
        }
        self.before = u64::try_from(at as i64 - line_start).unwrap_or(0);
        if last && at >= window.len() && !(self.frames.is_empty() && self.beyond == 0) {
            let place = Place { line: self.line, column: self.before + 1 };
            out.faults.error(place, || syntax(JsonProblem::CutOff));
            // What was begun may be whole but for its end.
            while self.frames.last().is_some() {
                self.pop(out);
            }
        }
        at
    }

    fn open(&mut self, array: bool, place: Place, out: &mut Out<'_>) {
        if self.beyond > 0 || self.frames.len() >= MAX_DEPTH {
            if self.beyond == 0 {
                out.faults.error(place, || syntax(JsonProblem::TooDeep { limit: MAX_DEPTH as u32 }));
            }
            self.beyond = self.beyond.saturating_add(1);
            return;
        }
        let name = match self.frames.last() {
            Some(frame) if !frame.array => frame.key,
            _ => Key::Other,
        };
        if array && name == Key::Columns {
            self.columns.clear();
        }
        self.frames.push(Frame {
            array,
            name,
            key: Key::Other,
            key_due: !array,
            index: 0,
            partial: Partial::default(),
            place,
        });
    }

    fn close(&mut self, array: bool, place: Place, out: &mut Out<'_>) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if !self.frames.iter().any(|frame| frame.array == array) {
            out.faults.error(place, || syntax(JsonProblem::StrayCloser));
            return;
        }
        if self.frames.last().is_some_and(|frame| frame.array != array) {
            out.faults.error(place, || syntax(JsonProblem::WrongCloser));
        }
        // What is open inside ends here as well.
        while self.pop(out).is_some_and(|closed| closed != array) {}
    }

    /// Closes the innermost; whether it was an array.
    fn pop(&mut self, out: &mut Out<'_>) -> Option<bool> {
        let frame = self.frames.pop()?;
        if self.layout == Layout::Collector {
            match frame.partial.finish(&self.traits) {
                Finished::Record(record) => out.record(&record),
                Finished::Lacks(field) => {
                    out.faults.error(frame.place, || FaultCode::RecordLacks { what: field.name().to_owned() });
                }
                Finished::Nothing => {}
            }
        }
        Some(frame.array)
    }

    fn text(&mut self, text: &[u8], place: Place, out: &mut Out<'_>) {
        if self.beyond > 0 {
            return;
        }
        let layout = self.layout;
        let Some(frame) = self.frames.last_mut() else { return };
        if frame.key_due {
            frame.key = key(text, layout);
            return;
        }
        let inside = Place { line: place.line, column: place.column + 1 };
        if layout == Layout::Collector {
            self.value(text, inside, out);
        } else if frame.array && frame.name == Key::Tuples {
            let read = Tuple::new(text).and_then(|tuple| match layout {
                Layout::Nsg => nsg::record(&tuple),
                _ => vnet::record(&tuple),
            });
            match read {
                Some(record) => out.record(&record),
                None => out.faults.error(inside, || bad_value("flowTuples", text, Expected::Tuple)),
            }
        }
    }

    fn word(&mut self, word: &[u8], place: Place, out: &mut Out<'_>) {
        if self.beyond > 0 {
            return;
        }
        let number = word.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
        if !number && !matches!(word, b"true" | b"false" | b"null") {
            out.faults.error(place, || syntax(JsonProblem::UnknownWord));
        } else if number && self.layout == Layout::Collector {
            self.value(word, place, out);
        }
    }

    /// A value of a collector's row.
    fn value(&mut self, value: &[u8], place: Place, out: &mut Out<'_>) {
        let above = self.frames.len().checked_sub(2).and_then(|at| self.frames.get(at)).map(|frame| frame.name);
        let Some(frame) = self.frames.last_mut() else { return };
        let field = match (frame.array, frame.key, above) {
            (false, Key::Field(field), _) => Some(field),
            (false, Key::Name, Some(Key::Columns)) => {
                if self.columns.len() < MAX_COLUMNS {
                    self.columns.push(field_of(value));
                }
                None
            }
            (true, _, Some(Key::Rows)) => self.columns.get(frame.index).copied().flatten(),
            _ => None,
        };
        if let Some(field) = field
            && let Err(expected) = frame.partial.set(field, value)
        {
            out.faults.error(place, || bad_value(field.name(), value, expected));
        }
    }
}

fn key(text: &[u8], layout: Layout) -> Key {
    match (layout, text) {
        (Layout::Nsg | Layout::Vnet, b"flowTuples") => Key::Tuples,
        (Layout::Nsg | Layout::Vnet, _) => Key::Other,
        (Layout::Collector, b"columns") => Key::Columns,
        (Layout::Collector, b"rows") => Key::Rows,
        (Layout::Collector, b"name") => Key::Name,
        (Layout::Collector, b"ColumnName") => Key::Name,
        (Layout::Collector, text) => field_of(text).map_or(Key::Other, Key::Field),
    }
}

fn field_of(name: &[u8]) -> Option<Field> {
    let found = COLUMNS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known.as_bytes()));
    found.map(|(_, field)| *field)
}

/// Where a text ends that begins here: at its quote, or, not whole, at the end of its line; `None` where neither is there.
fn text_end(window: &[u8], from: usize) -> Option<(usize, bool)> {
    let mut at = from;
    loop {
        match window.get(at)? {
            b'"' => return Some((at, true)),
            b'\n' => return Some((at, false)),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn syntax(problem: JsonProblem) -> FaultCode {
    FaultCode::JsonSyntax { problem }
}

fn outside(line: &[u8]) -> FaultCode {
    FaultCode::NotUnderstood { line: quoted(line.trim_ascii()) }
}
