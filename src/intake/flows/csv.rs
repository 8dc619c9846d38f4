//! Lines of a log in CSV.

use super::Out;
use super::columns::{Columns, by_number, fields};
use super::fault::{Place, bad_value, quoted};
use super::format::{Shape, Traits};
use super::partial::{Finished, Partial};
use super::record::Field;
use crate::intake::fault::FaultCode;
use crate::plan::LogColumns;

/// Reads lines, each of them once.
pub(super) struct Csv {
    names: Names,
    traits: Traits,
    columns: Option<Columns>,
    /// The heading, to know it again.
    heading: Vec<u8>,
    /// nfdump's summary has begun: what follows is none of its flows until another heading stands there.
    ended: bool,
    /// The first line that may have been a heading was named already.
    no_heading: bool,
}

/// By what the columns are known.
enum Names {
    Format(&'static [(&'static str, Field)]),
    Given(Box<LogColumns>),
}

impl Csv {
    /// A reader by the names of a format, or by those that were given.
    pub(super) fn new(shape: &'static Shape, traits: Traits, given: Option<&LogColumns>) -> Self {
        let names = match (shape, given) {
            (Shape::Csv(names), _) => Names::Format(names),
            (_, Some(given)) => Names::Given(Box::new(given.clone())),
            (_, None) => Names::Given(Box::default()),
        };
        Self { names, traits, columns: None, heading: Vec::new(), ended: false, no_heading: false }
    }

    fn columns_of(&self, line: &[u8]) -> Option<Columns> {
        match &self.names {
            Names::Format(names) => Columns::of_format(line, names),
            Names::Given(names) => Columns::of_names(line, names),
        }
    }

    /// A line without its end.
    pub(super) fn line(&mut self, line: &[u8], number: u64, out: &mut Out<'_>) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b',' | b';')) || line.first() == Some(&b'#') {
            return;
        }
        let Some(columns) = self.columns.take() else {
            self.first(line, number, out);
            return;
        };
        if line == self.heading {
            self.ended = false;
        } else if line == b"Summary" {
            self.ended = true;
        } else if !self.ended {
            match self.row(line, number, &columns, out) {
                Ok(()) => {}
                // Logs one behind the other may have headings of their own.
                Err(fault) => match self.columns_of(line).filter(|_| !self.is_numbered()) {
                    Some(other) => {
                        self.heading = line.to_vec();
                        self.columns = Some(other);
                        return;
                    }
                    None => out.faults.error(fault.0, || fault.1),
                },
            }
        } else if let Some(other) = self.columns_of(line).filter(|_| !self.is_numbered()) {
            (self.ended, self.heading) = (false, line.to_vec());
            self.columns = Some(other);
            return;
        }
        self.columns = Some(columns);
    }

    fn is_numbered(&self) -> bool {
        matches!(&self.names, Names::Given(names) if by_number(names))
    }

    /// A line before any heading.
    fn first(&mut self, line: &[u8], number: u64, out: &mut Out<'_>) {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        self.columns = self.columns_of(line);
        let place = Place { line: number, column: 1 };
        match &self.columns {
            Some(columns) if self.is_numbered() => {
                // It may be a heading all the same, of which nothing was said.
                let columns = columns.clone();
                let _ = self.row(line, number, &columns, out);
            }
            Some(_) => self.heading = line.to_vec(),
            None if !self.no_heading => {
                self.no_heading = true;
                let missing = match &self.names {
                    Names::Format(_) => None,
                    Names::Given(names) => missing(line, names),
                };
                out.faults.error(place, || match missing {
                    Some(name) => FaultCode::NoSuchColumn { name },
                    None => FaultCode::NotUnderstood { line: quoted(line) },
                });
            }
            None => out.faults.error(place, || FaultCode::NotUnderstood { line: quoted(line) }),
        }
    }

    fn row(
        &mut self,
        line: &[u8],
        number: u64,
        columns: &Columns,
        out: &mut Out<'_>,
    ) -> Result<(), (Place, FaultCode)> {
        let mut partial = Partial::default();
        let mut at = 0;
        let spans = fields(line, columns.separator);
        for (field, span) in columns.fields.iter().zip(spans) {
            at += 1;
            let Some(field) = field else { continue };
            let column = span.start as u64 + 1;
            let value = line.get(span).unwrap_or_default();
            if let Err(expected) = partial.set(*field, value) {
                return Err((Place { line: number, column }, bad_value(field.name(), value, expected)));
            }
        }
        let place = Place { line: number, column: 1 };
        match partial.finish(&self.traits) {
            Finished::Record(record) => out.record(&record),
            Finished::Lacks(field) => {
                return Err((place, FaultCode::RecordLacks { what: field.name().to_owned() }));
            }
            Finished::Nothing if at < columns.fields.len() => {
                return Err((place, FaultCode::NotUnderstood { line: quoted(line) }));
            }
            Finished::Nothing => return Err((place, FaultCode::RecordLacks { what: "source".to_owned() })),
        }
        Ok(())
    }
}

/// The first name that was given and that no column of a heading has.
fn missing(line: &[u8], names: &LogColumns) -> Option<String> {
    let heading = super::columns::headings(&String::from_utf8_lossy(line));
    let has = |name: &str| heading.iter().any(|there| there.eq_ignore_ascii_case(name.trim()));
    super::columns::given(names).find(|(_, name)| !has(name)).map(|(_, name)| name.to_owned())
}
