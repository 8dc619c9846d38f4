//! What was read of configuration, as text.

use super::layout::{Style, Table};
use crate::intake::LineIndex;
use crate::intake::config::{Matched, PeeringObject, Setup};
use crate::report::answers::Configured;
use crate::report::words;
use crate::report::words::setup as say;
use std::fmt::Write;
use std::ops::Range;

/// What was read of configuration, in tables, each row with its line.
pub fn setup(answer: &Configured, style: Style) -> String {
    let mut out = String::new();
    let setup = answer.setup;
    let file: String = answer.file.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    // Writing to a string can't fail.
    let _ = writeln!(out, "{}", style.strong(&format!("{file}: {}", setup.format.title())));
    let device = if setup.device.is_empty() { String::new() } else { format!("; device {}", setup.device) };
    let local = setup.local_as.map_or(String::new(), |asn| format!("; AS {asn}"));
    let _ =
        writeln!(out, "{}{device}{local}; {}", words::count(u64::from(setup.lines), "line"), say::found(setup));
    translation(&mut out, answer, style);
    routing(&mut out, answer, style);
    for peering in &setup.peerings {
        let _ = writeln!(out, "\n{}", style.strong(&format!("PEERING {:?}", peering.kind)));
        self::peering(&mut out, peering, style);
    }
    for filter in &setup.route_filters {
        let heading = format!("ROUTE FILTER {} (line {})", filter.name, line(answer.lines, &filter.span));
        let _ = writeln!(out, "\n{}", style.strong(&heading));
        let communities: Vec<String> = filter.communities.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "  communities  {}", communities.join(" "));
        if !filter.circuits.is_empty() {
            let _ = writeln!(out, "  circuits     {}", filter.circuits.join(" "));
        }
    }
    if !setup.left_out.is_empty() {
        let _ = writeln!(out, "\n{}", style.strong("NOT MODELLED AS IT IS"));
        for left in &setup.left_out {
            let _ = writeln!(out, "  line {}: {}", line(answer.lines, &left.span), say::left_out(left));
        }
    }
    out
}

fn line(lines: &LineIndex, span: &Range<u32>) -> String {
    lines.line_column(span.start).line.to_string()
}

fn addresses(shown: &[String]) -> String {
    if shown.is_empty() { "any".to_owned() } else { shown.join(" ") }
}

fn zones(zones: &[String]) -> String {
    if zones.is_empty() { "any".to_owned() } else { zones.join(" ") }
}

fn matched(matched: &Matched) -> String {
    addresses(&matched.shown())
}

fn pool(setup: &Setup, pool: Option<usize>) -> String {
    setup.pool_of(pool).map_or_else(|| "as it is".to_owned(), |pool| pool.name.clone())
}

fn translation(out: &mut String, answer: &Configured, style: Style) {
    let setup = answer.setup;
    if !setup.pools.is_empty() {
        let mut table = Table::new(&[32, 60]);
        table.row(["POOL", "ADDRESSES", "LINE"]);
        for pool in &setup.pools {
            let shown = pool.shown();
            let addresses = if shown.is_empty() { "not known".to_owned() } else { shown.join(" ") };
            table.row([pool.name.clone(), addresses, line(answer.lines, &pool.span)]);
        }
        out.push('\n');
        table.print(out, "", style);
    }
    if !setup.rules.is_empty() {
        let mut table = Table::new(&[4, 24, 32, 32, 20, 28]);
        table.row(["", "RULE", "SOURCES", "DESTINATIONS", "OUT BY", "POOL", "LINE"]);
        for (nth, rule) in setup.rules.iter().enumerate() {
            table.row([
                (nth + 1).to_string(),
                rule.name.clone(),
                matched(&rule.sources),
                matched(&rule.destinations),
                zones(&rule.to),
                pool(setup, rule.pool),
                line(answer.lines, &rule.span),
            ]);
        }
        out.push('\n');
        table.print(out, "", style);
    }
    if !setup.published.is_empty() {
        let mut table = Table::new(&[24, 32, 32, 20, 16, 24]);
        table.row(["PUBLISHED", "OUTSIDE", "INSIDE", "IN BY", "PORTS", "SOURCES BECOME", "LINE"]);
        for published in &setup.published {
            let (outside, inside) = published.shown();
            table.row([
                published.name.clone(),
                outside.join(" "),
                inside.join(" "),
                zones(&published.from),
                published.ports.clone(),
                pool(setup, published.source_pool),
                line(answer.lines, &published.span),
            ]);
        }
        out.push('\n');
        table.print(out, "", style);
    }
}

fn routing(out: &mut String, answer: &Configured, style: Style) {
    let setup = answer.setup;
    if !setup.advertised.is_empty() {
        let mut table = Table::new(&[44, 24, 24]);
        table.row(["ADVERTISED", "BY", "POLICY", "LINE"]);
        for advertised in &setup.advertised {
            table.row([
                advertised.prefix.to_string(),
                say::advertised_by(advertised.by).to_owned(),
                advertised.policy.clone(),
                line(answer.lines, &advertised.span),
            ]);
        }
        out.push('\n');
        table.print(out, "", style);
    }
    for list in &setup.prefix_lists {
        let heading = format!("PREFIX LIST {} (line {})", list.name, line(answer.lines, &list.span));
        let _ = writeln!(out, "\n{}", style.strong(&heading));
        for entry in &list.entries {
            let _ = writeln!(out, "  {}", say::entry(entry));
        }
    }
    for policy in &setup.policies {
        let heading = format!("POLICY {} (line {})", policy.name, line(answer.lines, &policy.span));
        let _ = writeln!(out, "\n{}", style.strong(&heading));
        for term in &policy.terms {
            let _ = writeln!(out, "  {}: {}", say::term(term), say::action(&term.action));
        }
        let _ = writeln!(out, "  otherwise: {}", say::action(&policy.otherwise));
    }
    if !setup.neighbours.is_empty() {
        let mut table = Table::new(&[40, 10, 28, 28]);
        table.row(["NEIGHBOUR", "AS", "POLICY IN", "POLICY OUT", "LINE"]);
        for neighbour in &setup.neighbours {
            table.row([
                neighbour.address.to_string(),
                neighbour.remote_as.map_or(String::new(), |asn| asn.to_string()),
                neighbour.policies_in.join(" "),
                neighbour.policies_out.join(" "),
                line(answer.lines, &neighbour.span),
            ]);
        }
        out.push('\n');
        table.print(out, "", style);
    }
}

fn peering(out: &mut String, peering: &PeeringObject, style: Style) {
    let nets = |nets: &[ipnet::IpNet]| nets.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let mut table = Table::new(&[20]);
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            table.row([name.to_owned(), value]);
        }
    };
    row("circuit", peering.circuit.clone().unwrap_or_default());
    row("our AS", peering.peer_asn.map_or(String::new(), |asn| asn.to_string()));
    row("admitted", nets(&peering.admitted));
    row("primary", nets(&peering.primary));
    row("secondary", nets(&peering.secondary));
    row("route filter", peering.route_filter.clone().unwrap_or_default());
    table.print(out, "  ", style);
}
