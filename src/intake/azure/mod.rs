//! What Azure says of routes: of an ExpressRoute circuit, of a gateway, of a network interface.
//!
//! Each comes in four dresses, which are read here once for all: JSON of `az` or `ConvertTo-Json` ([`json`]), and as a
//! print ([`print`]) the tables of `az -o table` and PowerShell's `Format-Table` ([`columns`]), and PowerShell's
//! `Format-List`. A format is a [`Shape`]: the names of its fields, and what a [`Record`] of them means.

pub(crate) mod advertised;
pub(crate) mod circuit;
mod columns;
pub(crate) mod effective;
mod json;
pub(crate) mod learned;
mod print;
mod record;
mod routes;
pub(crate) mod summary;

use super::format::Read;
use super::json::JsonReader;
use super::lines::LineReader;
use super::reading::Draft;
use super::recognise::{Reason, Sample, by_rows, keys_found};
use super::tables::Tables;
use columns::Heading;
use json::Records;
use print::Print;
use record::{Field, Record};

/// A format of Azure's.
pub(super) struct Shape {
    /// The names that its fields have anywhere. JSON writes them with a small letter first.
    fields: &'static [(&'static str, Field)],
    /// What a heading, a list or JSON must have to be of this format.
    needs: &'static [Field],
    /// What the words of a row are, known by what they are alone: for rows whose heading is lost. Of a row that can't
    /// be told, `None`.
    row: fn(&[&str]) -> Option<Vec<Field>>,
    /// What a record means.
    read: fn(&Record, &mut Tables, &mut Draft),
}

impl Shape {
    /// The field of this name.
    fn field(&self, name: &str) -> Option<Field> {
        self.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, field)| *field)
    }

    /// Whether all is there that must be.
    fn is_served(&self, has: impl Fn(Field) -> bool) -> bool {
        self.needs.iter().all(|field| has(*field))
    }

    /// Those of its names that are keys of JSON here, where they are enough.
    fn keys(&self, found: impl Fn(&[&'static str]) -> Vec<&'static str>) -> Option<Vec<&'static str>> {
        let names: Vec<&'static str> = self.fields.iter().map(|(name, _)| *name).collect();
        let found = found(&names);
        self.is_served(|field| found.iter().any(|name| self.field(name) == Some(field))).then_some(found)
    }
}

/// A guess by the keys of JSON, by the labels of a list, by the heading of a table, or by rows.
fn recognised(sample: &Sample<'_>, shape: &Shape) -> Option<(u8, Reason)> {
    if let Some(found) = shape.keys(|names| sample.keys_of_any_case(names)) {
        return Some((88, keys_found(&found)));
    }
    if let Some(reason) = sample.line(|line| Heading::of(line, shape).is_some()) {
        return Some((90, reason));
    }
    let labels = |field: Field| {
        let mut names = shape.fields.iter().filter(|(_, known)| *known == field);
        names.any(|(name, _)| {
            sample.rows(|line| print::label(line).is_some_and(|(label, _)| label.eq_ignore_ascii_case(name))).0 > 0
        })
    };
    if shape.is_served(labels) {
        return sample
            .line(|line| print::label(line).is_some_and(|(label, _)| shape.field(label).is_some()))
            .map(|reason| (88, reason));
    }
    by_rows(sample.rows(|line| {
        let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
        (shape.row)(&words).is_some()
    }))
}

/// A reader of whichever dress a text is in.
fn open<'a>(text: &'a str, shape: &'static Shape) -> Box<dyn Read + 'a> {
    match shape.keys(|names| Sample::new(text).keys_of_any_case(names)) {
        Some(_) => Box::new(JsonReader::new(text, Records::new(shape))),
        None => Box::new(LineReader::new(text, Print::new(shape))),
    }
}
