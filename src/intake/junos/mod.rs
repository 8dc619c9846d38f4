//! Juniper Junos: `show route` in its four shapes. Each shows every candidate of every protocol, the active one marked.

pub(crate) mod brief;
pub(crate) mod detail;
pub(crate) mod json;
mod route;
pub(crate) mod terse;

use super::lines::words;

/// The table that a heading line begins: `inet.0: 5 destinations, 7 routes (5 active, 0 holddown, 0 hidden)`.
fn table(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once(": ")?;
    (!name.contains(' ') && rest.contains(" destinations, ") && rest.contains(" routes (")).then_some(name)
}

/// Whether a table holds prefixes of IPv4 or IPv6; others hold labels, or prefixes behind route distinguishers.
fn holds_prefixes(table: &str) -> bool {
    table.contains("inet") && !table.starts_with("bgp.") && !table.contains("inetflow")
}

/// What stands around the tables and says nothing that is kept.
fn is_furniture(line: &str) -> bool {
    line.starts_with("+ = Active Route") || line.starts_with("Restart Complete") || super::lines::is_noise(line)
}

/// The word behind this one: `localpref 100`.
fn behind<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut all = words(text).map(|(_, word)| word);
    all.find(|word| *word == name)?;
    all.next().map(|word| word.trim_end_matches(','))
}
