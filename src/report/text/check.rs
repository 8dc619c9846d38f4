//! The answer to a whole plan as text: a line a flow, then the reasons.

use super::layout::{Style, Table, cut_middle, paragraph};
use crate::desk::door::ExitSummary;
use crate::journey::{Direction, Part, Row, Standing};
use crate::plan::{Ends, Flow, Id};
use crate::report::answers::Check;
use crate::report::words::{self, assumptions, parts, steps, verdicts};
use std::collections::BTreeMap;

/// At most so many parts of a flow are told.
const MAX_PARTS: usize = 12;
/// At most so many refused advertisements of an exit are told.
const MAX_REFUSED: usize = 10;

/// The answer as text.
pub fn check(answer: &Check, style: Style) -> String {
    let mut out = String::new();
    let flows = answer.flows();
    let name = answer.plan.name.trim();
    if !name.is_empty() {
        paragraph(&mut out, "", "", name);
    }
    let scenario = words::scenario(answer.scenario, answer.names);
    if !scenario.is_empty() {
        paragraph(&mut out, "", "", &scenario);
    }
    let headline = verdicts::headline(&answer.summary.verdicts, answer.summary.empty);
    out.push_str(&format!("{}\n", style.strong(&headline)));
    counts(&mut out, answer, style);
    table(&mut out, answer, style);
    reasons(&mut out, answer, &flows, style);
    exits(&mut out, answer, style);
    super::advice::findings(&mut out, answer.findings, answer.names, style);
    out
}

fn counts(out: &mut String, answer: &Check, style: Style) {
    if answer.summary.verdicts.is_empty() {
        return;
    }
    out.push('\n');
    let mut table = Table::default();
    for (verdict, flows) in &answer.summary.verdicts {
        table.verdict_row(*verdict, [words::count(u64::from(*flows), "flow")]);
    }
    table.print(out, "  ", style);
}

fn table(out: &mut String, answer: &Check, style: Style) {
    if answer.rows.is_empty() {
        return;
    }
    out.push('\n');
    let mut table = Table::new(&[24, 32]);
    table.row(["  VERDICT", "FLOW", "FIRST PACKET", "ANSWER"]);
    for row in answer.rows {
        let (first, answer_by) = (ways(row, answer, |part| &part.out), ways(row, answer, |part| &part.back));
        let flow = answer.names.flow(&row.flow).to_owned();
        match row.verdict {
            Some(verdict) => table.verdict_row(verdict, [flow, first, answer_by]),
            None => table.row(["- No addresses".to_owned(), flow, first, answer_by]),
        }
    }
    table.print(out, "  ", style);
}

/// How wide a column of exits may become.
const WAYS: usize = 28;

/// The exits of all parts, each once, by name; where these are too long for the column, the first and how many more.
fn ways(row: &Row, answer: &Check, of: impl Fn(&Part) -> &Vec<Id>) -> String {
    let mut exits: Vec<&Id> = Vec::new();
    for id in row.parts.iter().flat_map(of) {
        if !exits.contains(&id) {
            exits.push(id);
        }
    }
    let names = exits.iter().map(|id| answer.names.exit(id)).collect::<Vec<_>>().join(", ");
    match exits.as_slice() {
        [] => "-".to_owned(),
        [_] => cut_middle(&names, WAYS),
        _ if names.chars().count() <= WAYS => names,
        [first, more @ ..] => {
            let more = format!(" +{}", more.len());
            format!("{}{more}", cut_middle(answer.names.exit(first), WAYS - more.len()))
        }
    }
}

fn reasons(out: &mut String, answer: &Check, flows: &BTreeMap<&str, &Flow>, style: Style) {
    let worth = |row: &&Row| {
        row.parts.len() > 1
            || !row.decisive.is_empty()
            || row.verdict.is_some_and(|verdict| verdict.standing() != Standing::Works)
    };
    for row in answer.rows.iter().filter(worth) {
        let ends = flows.get(row.flow.as_str()).map_or(String::new(), |flow| ends(flow, answer));
        out.push('\n');
        out.push_str(&style.strong(answer.names.flow(&row.flow)));
        paragraph(out, "", "  ", &ends);
        for part in row.parts.iter().take(MAX_PARTS) {
            let scope = parts::scope(part, row.direction);
            out.push_str(&format!("  {}: {scope}\n", style.verdict(part.verdict)));
            paragraph(out, "    ", "    ", &parts::part(part, row.direction, answer.names));
            out.push_str(&format!("    twopath trace PLAN {}\n", how_to_trace(row, part, flows)));
        }
        if row.parts.len() > MAX_PARTS {
            let more = row.parts.len() - MAX_PARTS;
            out.push_str(&format!("  and {more} more; --json has them all\n"));
        }
        for flip in &row.decisive {
            paragraph(out, "  ? ", "    ", &assumptions::flip(flip));
        }
    }
}

/// `: Chicago to Azure Storage`.
fn ends(flow: &Flow, answer: &Check) -> String {
    let names = answer.names;
    let far =
        |service: &Option<Id>| service.as_ref().map_or("everywhere".to_owned(), |id| names.service(id).to_owned());
    match &flow.ends {
        Ends::Outbound(ends) => format!(": {} to {}", names.site(&ends.site), far(&ends.service)),
        Ends::Inbound(ends) => format!(": {} to {}, inbound", far(&ends.from), names.published(&ends.published)),
    }
}

/// The options of `twopath trace` for a part.
fn how_to_trace(row: &Row, part: &Part, flows: &BTreeMap<&str, &Flow>) -> String {
    let (from, to) = (part.from, part.to);
    match (row.direction, flows.get(row.flow.as_str()).map(|flow| &flow.ends)) {
        (Direction::Inbound, Some(Ends::Inbound(ends))) => {
            format!("--inbound {} --from {from} --to {to}", quoted(&ends.published))
        }
        _ => format!("--site {} --from {from} --to {to}", quoted(&row.site)),
    }
}

/// An identifier as a shell takes it.
fn quoted(id: &Id) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/".contains(c);
    if !id.is_empty() && id.as_str().chars().all(plain) {
        id.to_string()
    } else {
        format!("'{}'", id.as_str().replace('\'', "'\\''"))
    }
}

fn exits(out: &mut String, answer: &Check, style: Style) {
    if answer.summary.exits.is_empty() {
        return;
    }
    out.push('\n');
    let mut table = Table::new(&[36]);
    table.row(["EXIT", "LEARNED", "ADVERTISED", ""]);
    for exit in &answer.summary.exits {
        let state = exit.no_say.as_ref().map_or("", steps::no_say_label);
        table.row([
            answer.names.exit(&exit.exit).to_owned(),
            of(exit.received, exit.offered),
            of(exit.accepted, exit.advertised),
            state.to_owned(),
        ]);
    }
    table.print(out, "  ", style);
    for exit in &answer.summary.exits {
        about_exit(out, exit, answer);
    }
}

fn of(part: u32, whole: u32) -> String {
    if part == whole { whole.to_string() } else { format!("{part} of {whole}") }
}

fn about_exit(out: &mut String, exit: &ExitSummary, answer: &Check) {
    let name = answer.names.exit(&exit.exit);
    if let Some(why) = &exit.no_say {
        paragraph(out, "  - ", "    ", &steps::no_say(name, why));
    }
    for (why, routes) in &exit.withheld {
        let routes = words::count(u64::from(*routes), "route");
        paragraph(out, "  - ", "    ", &format!("{name}, {routes} not received: {}.", steps::no_say_label(why)));
    }
    for refusal in exit.refused.iter().take(MAX_REFUSED) {
        let place = words::lists::place(&refusal.place, answer.names);
        let text = format!("Not accepted: {} ({place})", steps::refusal(refusal, answer.names));
        paragraph(out, "  - ", "    ", &text);
    }
    if exit.refused.len() > MAX_REFUSED {
        out.push_str(&format!("  - and {} more\n", exit.refused.len() - MAX_REFUSED));
    }
}
