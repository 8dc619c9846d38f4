//! The lists of a plan, read once each.

use ipnet::IpNet;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::rc::Rc;
use twopath::intake::{Format, Reading, read};
use twopath::plan::{Attributes, Plan, Reference, Text, microsoft_space};

/// A prefix, with what stands behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub prefix: IpNet,
    pub attributes: Attributes,
}

type Key = (u128, Option<Format>, Vec<String>);

/// What has been read.
#[derive(Default)]
pub struct Lists(RefCell<BTreeMap<Key, Rc<Vec<Line>>>>);

impl Lists {
    /// A plain list.
    pub fn of(&self, text: &Text) -> Rc<Vec<Line>> {
        self.read(text, Some(Format::Plain), &[])
    }

    /// A list in any format that is recognised.
    pub fn any_format(&self, text: &Text) -> Rc<Vec<Line>> {
        self.read(text, None, &[])
    }

    /// What a reference takes from its source; nothing where there is no such source.
    pub fn referred(&self, plan: &Plan, reference: &Reference) -> Rc<Vec<Line>> {
        let Some(source) = plan.sources.iter().find(|source| source.id == reference.source) else {
            return Rc::default();
        };
        let format = source.format.as_deref().and_then(|name| name.parse().ok());
        self.read(&source.text, format, &reference.sets)
    }

    /// The built-in list of Microsoft's space.
    pub fn builtin(&self) -> Rc<Vec<Line>> {
        let key = (0, None, vec!["built-in".to_owned()]);
        let read = || lines_of(&read(microsoft_space::builtin(), Some(Format::Plain)), &[]);
        Rc::clone(self.0.borrow_mut().entry(key).or_insert_with(|| Rc::new(read())))
    }

    fn read(&self, text: &Text, format: Option<Format>, sets: &[String]) -> Rc<Vec<Line>> {
        let key = (text.content_hash(), format, sets.to_vec());
        let read = || lines_of(&read(text.as_str(), format), sets);
        Rc::clone(self.0.borrow_mut().entry(key).or_insert_with(|| Rc::new(read())))
    }
}

/// The lines of the sets named; of all where none is named.
fn lines_of(reading: &Reading, sets: &[String]) -> Vec<Line> {
    let mut lines = Vec::new();
    for set in reading.sets.iter().filter(|set| sets.is_empty() || sets.contains(&set.name)) {
        for entry in reading.v4_of(set) {
            let attributes = reading.attributes_of(entry).clone();
            lines.push(Line { prefix: entry.prefix.into(), attributes });
        }
        for entry in reading.v6_of(set) {
            let attributes = reading.attributes_of(entry).clone();
            lines.push(Line { prefix: entry.prefix.into(), attributes });
        }
    }
    lines
}

/// The address after the last of a prefix; none after the last of the family.
pub fn after(prefix: IpNet) -> Option<IpAddr> {
    match prefix.broadcast() {
        IpAddr::V4(last) => last.to_bits().checked_add(1).map(|next| IpAddr::V4(next.into())),
        IpAddr::V6(last) => last.to_bits().checked_add(1).map(|next| IpAddr::V6(next.into())),
    }
}
