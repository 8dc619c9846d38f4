//! `twopath.lookup`, written as it goes: a line an address within one object.

use super::Head;
use crate::plan::Id;
use crate::report::text::{push_address, push_prefix};
use ipnet::IpNet;
use serde::Serialize;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Writes the answer piece by piece: [`begin`](Lookup::begin), then [`found`](Lookup::found) for each address, then
/// [`end`](Lookup::end).
#[derive(Debug, Default)]
pub struct Lookup {
    any: bool,
}

/// A line that isn't an address.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BadLine {
    /// Its number, from 1.
    pub line: u64,
    /// What it says, cut to a readable length.
    pub text: String,
}

#[derive(Serialize)]
struct Begin<'a> {
    #[serde(flatten)]
    head: Head,
    plan: super::PlanHead<'a>,
    site: &'a Id,
    exits: BTreeMap<&'a str, &'a str>,
}

#[derive(Serialize)]
struct End<'a> {
    addresses: u64,
    bad: u64,
    bad_lines: &'a [BadLine],
}

impl Lookup {
    /// What comes before the first address: the plan's name, the site, and the exits with their names.
    pub fn begin(&mut self, out: &mut Vec<u8>, plan: &str, site: &Id, exits: &[(&Id, &str)]) {
        let exits = exits.iter().map(|(id, name)| (id.as_str(), *name)).collect();
        let begin = Begin { head: Head::of("twopath.lookup"), plan: super::PlanHead { name: plan }, site, exits };
        let head = serde_json::to_string(&begin).unwrap_or_default();
        out.extend_from_slice(head.strip_suffix('}').unwrap_or(&head).as_bytes());
        out.extend_from_slice(b",\"found\":[");
    }

    /// One address. `exits` is a JSON array of identifiers, see [`exits_as_json`]; `prefix` is absent where none matched.
    pub fn found(&mut self, out: &mut Vec<u8>, address: IpAddr, prefix: Option<IpNet>, exits: &str) {
        out.extend_from_slice(if self.any { b",\n{\"address\":\"" } else { b"\n{\"address\":\"" });
        self.any = true;
        push_address(out, address);
        match prefix {
            None => out.extend_from_slice(b"\",\"prefix\":null,\"exits\":"),
            Some(prefix) => {
                out.extend_from_slice(b"\",\"prefix\":\"");
                push_prefix(out, prefix);
                out.extend_from_slice(b"\",\"exits\":");
            }
        }
        out.extend_from_slice(exits.as_bytes());
        out.push(b'}');
    }

    /// What comes behind the last address: how many there were, and the lines that weren't any.
    pub fn end(self, out: &mut Vec<u8>, addresses: u64, bad: u64, bad_lines: &[BadLine]) {
        out.extend_from_slice(if self.any { b"\n]," } else { b"]," });
        let tail = serde_json::to_string(&End { addresses, bad, bad_lines }).unwrap_or_default();
        out.extend_from_slice(tail.strip_prefix('{').unwrap_or(&tail).as_bytes());
        out.push(b'\n');
    }
}

/// Identifiers as a JSON array.
pub fn exits_as_json(exits: &[&Id]) -> String {
    serde_json::to_string(exits).unwrap_or_default()
}
