//! A reading as text that a person can check.

use std::fmt::Write;
use twopath::intake::{Entry, Fault, LineIndex, Mark, Reading, Severity};
use twopath::plan::Attributes;
use twopath::report::words::faults;
use twopath::space::Address;

pub fn attributes(attributes: &Attributes) -> String {
    let mut words = Vec::new();
    let mut say = |name: &str, value: Option<String>| words.extend(value.map(|value| format!("{name}={value}")));
    say("weight", attributes.weight.map(|n| n.to_string()));
    say("localpref", attributes.local_preference.map(|n| n.to_string()));
    say("aspath", attributes.as_path.as_ref().map(|path| format!("\"{path}\"")));
    say("prepend", attributes.prepend.map(|n| n.to_string()));
    say("origin", attributes.origin.map(|origin| format!("{origin:?}")));
    say("med", attributes.med.map(|n| n.to_string()));
    for community in &attributes.communities {
        say("community", Some(community.to_string()));
    }
    say("nexthop", attributes.next_hop.map(|n| n.to_string()));
    say("protocol", attributes.protocol.map(|n| format!("{n:?}")));
    say("distance", attributes.distance.map(|n| n.to_string()));
    say("ge", attributes.ge.map(|n| n.to_string()));
    say("le", attributes.le.map(|n| n.to_string()));
    words.join(" ")
}

fn entry<A: Address>(reading: &Reading, entry: &Entry<A>) -> String {
    let said = attributes(reading.attributes_of(entry));
    format!("{} {said}", entry.prefix).trim_end().to_owned()
}

fn mark(mark: Mark) -> String {
    let mut shown = String::new();
    if let Some(choice) = mark.choice {
        write!(shown, " {choice:?}").unwrap();
    }
    if let Some(via) = mark.via {
        write!(shown, " {via:?}").unwrap();
    }
    if let Some(metric) = mark.metric {
        write!(shown, " metric {metric}").unwrap();
    }
    if mark.cut {
        shown.push_str(" cut");
    }
    if shown.is_empty() { shown } else { format!(" |{shown}") }
}

/// All entries, IPv4 first, with what stands behind them.
pub fn entries(reading: &Reading) -> Vec<String> {
    let v4 = reading.v4.iter().enumerate().map(|(n, e)| entry(reading, e) + &mark(reading.mark_v4(n)));
    let v6 = reading.v6.iter().enumerate().map(|(n, e)| entry(reading, e) + &mark(reading.mark_v6(n)));
    v4.chain(v6).collect()
}

pub fn fault(text: &str, lines: &LineIndex<'_>, fault: &Fault) -> String {
    let place = lines.line_column(fault.span.start);
    let severity = match fault.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut shown = format!(
        "{}:{} {severity} {} {:?}: {}",
        place.line,
        place.column,
        fault.code.code(),
        &text[fault.span.start as usize..fault.span.end as usize],
        faults::fault(&fault.code)
    );
    if let Some(fix) = &fault.fix {
        let old = &text[fix.span.start as usize..fix.span.end as usize];
        write!(shown, " [{old:?} -> {:?}]", fix.replacement).unwrap();
    }
    shown
}

pub fn reading(text: &str, reading: &Reading) -> String {
    let lines = LineIndex::new(text);
    let mut out = String::new();
    writeln!(
        out,
        "{} ({:?}): {} read, {} IPv4 and {} IPv6 prefixes, {} lines, {} skipped, {} errors, {} warnings",
        reading.format,
        reading.kind,
        reading.entries_read,
        reading.v4.len(),
        reading.v6.len(),
        reading.lines,
        reading.skipped,
        reading.faults.errors,
        reading.faults.warnings
    )
    .unwrap();
    for set in &reading.sets {
        let place = lines.line_column(set.at);
        write!(out, "\nset {:?} ({}) at {}:{}", set.name, set.title, place.line, place.column).unwrap();
        let details = &set.details;
        for (name, value) in
            [("ports", &details.ports), ("category", &details.category), ("region", &details.region)]
        {
            if !value.is_empty() {
                write!(out, ", {name} {value}").unwrap();
            }
        }
        if let Some(neighbour) = &details.neighbour {
            write!(out, ", {}", twopath::report::words::marks::neighbour(neighbour)).unwrap();
        }
        if let Some(id) = details.router_id {
            write!(out, ", router {id}").unwrap();
        }
        if let Some(asn) = details.local_as {
            write!(out, ", AS {asn}").unwrap();
        }
        if let Some(yes) = details.express_route {
            write!(out, ", express route {yes}").unwrap();
        }
        if let Some(community) = details.community {
            write!(out, ", community {community}").unwrap();
        }
        if !details.urls.is_empty() {
            write!(out, ", urls {}", details.urls.join(" ")).unwrap();
        }
        out.push('\n');
        for (n, e) in reading.v4_of(set).iter().enumerate() {
            let place = lines.line_column(e.at);
            let mark = mark(reading.mark_v4(set.v4.start as usize + n));
            writeln!(out, "  {}:{} {}{mark}", place.line, place.column, entry(reading, e)).unwrap();
        }
        for (n, e) in reading.v6_of(set).iter().enumerate() {
            let place = lines.line_column(e.at);
            let mark = mark(reading.mark_v6(set.v6.start as usize + n));
            writeln!(out, "  {}:{} {}{mark}", place.line, place.column, entry(reading, e)).unwrap();
        }
    }
    if !reading.faults.is_empty() {
        out.push('\n');
    }
    for one in &reading.faults.kept {
        writeln!(out, "{}", fault(text, &lines, one)).unwrap();
    }
    out
}
