//! What was read of a file as text. Where it has routes or a plain list, the text is a plain list again.

use super::layout::{Style, Table};
use crate::intake::{Entry, Kind, Mark, Reading};
use crate::plan::{Attributes, Origin, Protocol};
use crate::report::answers::Imported;
use crate::report::words;
use crate::space::{Address, Count};
use std::fmt::Write;

/// What was read, as text: a heading in comment lines, then the sets of a list of destinations, or the entries of any
/// other list in the grammar of plain lists.
pub fn import(answer: &Imported, style: Style) -> String {
    let mut out = String::new();
    let reading = answer.reading;
    heading(&mut out, answer);
    if reading.kind == Kind::Destinations {
        sets(&mut out, reading, style);
        return out;
    }
    for set in &reading.sets {
        if !set.name.is_empty() {
            let title = if set.title.is_empty() || set.title == set.name { "" } else { set.title.as_str() };
            // A title may hold anything, line ends among it.
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            out.push_str(format!("\n# {} {title}", set.name).trim_end());
            if let Some(neighbour) = &set.details.neighbour {
                let _ = write!(out, ": {}", words::marks::neighbour(neighbour));
            }
            out.push('\n');
        }
        let (v4, v6) = (set.v4.start as usize, set.v6.start as usize);
        entries(&mut out, reading, reading.v4_of(set), |nth| reading.mark_v4(v4 + nth));
        entries(&mut out, reading, reading.v6_of(set), |nth| reading.mark_v6(v6 + nth));
    }
    choices(&mut out, answer);
    out
}

fn heading(out: &mut String, answer: &Imported) {
    let reading = answer.reading;
    let number = |n: usize| Count::from(n as u64).grouped();
    let file: String = answer.file.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    // Writing to a string can't fail.
    let _ = writeln!(out, "# {file}: {}", reading.format.title());
    if answer.part.1 > 1 {
        let _ =
            writeln!(out, "# {}", words::page::import::part(answer.part, answer.command, answer.place(0).line));
    }
    let _ = writeln!(
        out,
        "# {}; {} IPv4 and {} IPv6 prefixes{}",
        words::count(u64::from(reading.lines), "line"),
        number(reading.v4.len()),
        number(reading.v6.len()),
        match reading.sets.iter().filter(|set| !set.name.is_empty()).count() {
            0 => String::new(),
            sets => format!(" in {}", words::count(sets as u64, "set")),
        },
    );
    let _ = writeln!(out, "# {}", words::page::import::usual(answer.usual));
    let faults = &reading.faults;
    if !faults.is_empty() {
        let errors = words::count(u64::from(faults.errors), "error");
        let warnings = words::count(u64::from(faults.warnings), "warning");
        let _ = writeln!(out, "# {errors}, {warnings}; {} skipped", reading.skipped);
    }
}

fn sets(out: &mut String, reading: &Reading, style: Style) {
    let mut table = Table::new(&[48, 10, 10, 12, 40]);
    table.row(["SET", "IPV4", "IPV6", "EXPRESSROUTE", "TITLE", "PORTS"]);
    for set in &reading.sets {
        let express_route = match set.details.express_route {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        let title = if set.title == set.name { "" } else { set.title.as_str() };
        let count = |entries: usize| Count::from(entries as u64).grouped();
        table.row([
            set.name.clone(),
            count(reading.v4_of(set).len()),
            count(reading.v6_of(set).len()),
            express_route.to_owned(),
            title.to_owned(),
            set.details.ports.clone(),
        ]);
    }
    out.push('\n');
    table.print(out, "", style);
}

fn entries<A: Address>(out: &mut String, reading: &Reading, entries: &[Entry<A>], mark: impl Fn(usize) -> Mark) {
    for (nth, entry) in entries.iter().enumerate() {
        let _ = write!(out, "{}", entry.prefix);
        attributes(out, reading.attributes_of(entry));
        // What the device made of it is a comment to whoever reads the list again.
        let mark = words::marks::mark(mark(nth));
        if !mark.is_empty() {
            let _ = write!(out, "  # {mark}");
        }
        out.push('\n');
    }
}

/// How the device's choices compare with ours, in comment lines.
fn choices(out: &mut String, answer: &Imported) {
    let Some(choices) = answer.choices else { return };
    let _ = writeln!(out, "\n# {}", words::device_choice::summary(choices));
    for difference in &choices.differences {
        let line = answer.place(difference.at).line;
        let _ = writeln!(out, "# line {line}: {}", words::device_choice::difference(difference));
    }
}

/// Attributes in the grammar of plain lists, each behind a blank; the AS path, which may have blanks, last.
pub fn attributes(out: &mut String, of: &Attributes) {
    let mut number = |name: &str, value: Option<u32>| {
        if let Some(value) = value {
            let _ = write!(out, " {name}={value}");
        }
    };
    number("weight", of.weight);
    number("localpref", of.local_preference);
    number("med", of.med);
    number("prepend", of.prepend);
    number("distance", of.distance.map(u32::from));
    number("ge", of.ge.map(u32::from));
    number("le", of.le.map(u32::from));
    if let Some(protocol) = of.protocol {
        out.push_str(match protocol {
            Protocol::Bgp => " protocol=bgp",
            Protocol::Static => " protocol=static",
            Protocol::Igp => " protocol=igp",
        });
    }
    if let Some(origin) = of.origin {
        out.push_str(match origin {
            Origin::Igp => " origin=igp",
            Origin::Egp => " origin=egp",
            Origin::Incomplete => " origin=incomplete",
        });
    }
    if let Some(next_hop) = of.next_hop {
        let _ = write!(out, " nexthop={next_hop}");
    }
    if !of.communities.is_empty() {
        let communities: Vec<String> = of.communities.iter().map(ToString::to_string).collect();
        let _ = write!(out, " community={}", communities.join(","));
    }
    if let Some(path) = &of.as_path {
        // An empty path is one too: the route begins here.
        let quotes = if path.0.is_empty() { "\"\"" } else { "" };
        let _ = write!(out, " aspath={path}{quotes}");
    }
}
