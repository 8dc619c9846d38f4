//! The difference as text: what moves in sentences, then the changes with the beginnings of their prefix lists.

use super::layout::{Style, Table, paragraph};
use crate::report::answers::{Compared, ListsCompared};
use crate::report::words::{self, difference as told};
use crate::space::{AddressSet, Count};
use crate::study::difference::{FlowState, SetDifference};
use ipnet::IpNet;

/// At most so many changes, flows and ways back are told.
const MAX_ROWS: usize = 100;
/// At most so many prefixes of each.
const MAX_PREFIXES: usize = 12;
/// At most so many prefixes of a list.
const MAX_LISTED: usize = 1000;

/// The difference of two plans as text.
pub fn difference(answer: &Compared, style: Style) -> String {
    let mut out = String::new();
    let (difference, names) = (answer.difference, answer.names);
    let summary = difference.summary();
    let (before, after) = (answer.before.name.trim(), answer.after.name.trim());
    if !before.is_empty() || !after.is_empty() {
        let title = if before == after { after.to_owned() } else { format!("{before} → {after}") };
        paragraph(&mut out, "", "", &title);
    }
    let scenario = words::scenario(answer.scenario, names);
    if !scenario.is_empty() {
        paragraph(&mut out, "", "", &scenario);
    }
    out.push_str(&format!("{}\n", style.strong(&told::headline(summary))));
    for totals in &summary.sites {
        for one in &totals.moves {
            paragraph(&mut out, "  - ", "    ", &told::moved(&totals.site, one, totals.family, names));
        }
    }
    let mbps = told::mbps_moved(summary);
    if !mbps.is_empty() {
        paragraph(&mut out, "  - ", "    ", &mbps);
    }
    for part in &summary.parts {
        out.push_str(&format!("  - {}\n", told::part(part, names)));
    }
    destinations(&mut out, answer, style);
    flows(&mut out, answer, style);
    back(&mut out, answer, style);
    out
}

fn heading(out: &mut String, title: &str, style: Style) {
    out.push('\n');
    out.push_str(&style.strong(title));
    out.push('\n');
}

fn destinations(out: &mut String, answer: &Compared, style: Style) {
    let changes = answer.difference.changes();
    if changes.is_empty() {
        return;
    }
    heading(out, "Destinations that fare otherwise", style);
    for change in changes.iter().take(MAX_ROWS) {
        paragraph(out, "  - ", "    ", &told::change(change, answer.names));
        prefixes(out, answer.difference.addresses(change.change), change.prefixes);
    }
    more(out, changes.len());
}

fn prefixes(out: &mut String, set: Option<&AddressSet>, all: u64) {
    let Some(set) = set else { return };
    let mut nets: Vec<String> = set.nets().take(MAX_PREFIXES).map(|net| net.to_string()).collect();
    let more = all.saturating_sub(nets.len() as u64);
    if more > 0 {
        nets.push(format!("and\u{a0}{}\u{a0}more", Count::from(more).grouped()));
    }
    paragraph(out, "    ", "    ", &nets.join(" "));
}

fn more(out: &mut String, all: usize) {
    if all > MAX_ROWS {
        out.push_str(&format!("  and {} more; --json has them all\n", all - MAX_ROWS));
    }
}

fn flows(out: &mut String, answer: &Compared, style: Style) {
    let flows = answer.difference.flows();
    if flows.is_empty() {
        return;
    }
    heading(out, "Flows that fare otherwise", style);
    let mut table = Table::new(&[24, 21, 21]);
    table.row(["FLOW", "BEFORE", "AFTER", "MBPS THAT CHANGE EXIT: OUT, IN"]);
    for change in flows.iter().take(MAX_ROWS) {
        let verdict = |state: &Option<FlowState>| match state.as_ref().map(|state| state.verdict) {
            Some(Some(verdict)) => super::layout::marked(verdict),
            Some(None) => "- No addresses".to_owned(),
            None => "-".to_owned(),
        };
        table.row([
            answer.names.flow(&change.flow).to_owned(),
            verdict(&change.before),
            verdict(&change.after),
            format!("{}, {}", told::mbps(change.mbps_out), told::mbps(change.mbps_in)),
        ]);
    }
    table.print(out, "  ", style);
    for change in flows.iter().take(MAX_ROWS) {
        paragraph(out, "  - ", "    ", &told::flow(change, answer.names));
    }
    more(out, flows.len());
}

fn back(out: &mut String, answer: &Compared, style: Style) {
    let changes = answer.difference.back();
    if changes.is_empty() {
        return;
    }
    heading(out, "Ways back", style);
    for change in changes.iter().take(MAX_ROWS) {
        paragraph(out, "  - ", "    ", &told::back(change, answer.names));
        prefixes(out, answer.difference.back_addresses(change.change), change.prefixes);
    }
    more(out, changes.len());
}

/// The difference of two lists as text: `+` new, `-` gone, `~` other attributes.
pub fn lists(answer: &ListsCompared, style: Style) -> String {
    let mut out = String::new();
    let found = answer.difference;
    out.push_str(&format!("{}\n", style.strong(&words::difference::lists(found))));
    let covered = |set: &AddressSet| {
        let count = set.count();
        format!("{} IPv4, {} IPv6", count.v4.grouped(), count.v6.grouped())
    };
    if !found.covered.is_empty() || !found.uncovered.is_empty() {
        let mut table = Table::default();
        table.row(["newly covered".to_owned(), covered(&found.covered)]);
        table.row(["no longer covered".to_owned(), covered(&found.uncovered)]);
        table.print(&mut out, "  ", style);
    }
    for (title, nets) in
        [("Newly covered addresses", found.covered.nets()), ("No longer covered", found.uncovered.nets())]
            .map(|(title, nets)| (title, nets.take(MAX_LISTED + 1).collect::<Vec<IpNet>>()))
    {
        block(&mut out, title, &nets, ' ', style);
    }
    block(&mut out, "New prefixes", &found.added, '+', style);
    block(&mut out, "Prefixes that are gone", &found.removed, '-', style);
    block(&mut out, "Prefixes with other attributes", &found.changed, '~', style);
    sets(&mut out, &found.sets, style);
    out
}

fn block(out: &mut String, title: &str, nets: &[IpNet], mark: char, style: Style) {
    if nets.is_empty() {
        return;
    }
    heading(out, title, style);
    for net in nets.iter().take(MAX_LISTED) {
        out.push_str(&format!("{mark} {net}\n"));
    }
    if nets.len() > MAX_LISTED {
        out.push_str("  and more; --json has them all\n");
    }
}

fn sets(out: &mut String, sets: &[SetDifference], style: Style) {
    if sets.is_empty() {
        return;
    }
    heading(out, "Named sets", style);
    let mut table = Table::new(&[48]);
    for set in sets.iter().take(MAX_LISTED) {
        let state = match set.there {
            (false, _) => "new",
            (_, false) => "gone",
            _ => "",
        };
        let counts = format!("+{} -{}", set.added.len(), set.removed.len());
        table.row([set.name.clone(), counts, state.to_owned()]);
    }
    table.print(out, "  ", style);
    if sets.len() > MAX_LISTED {
        out.push_str("  and more; --json has them all\n");
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::{Plan, Site};
    use crate::report::words::Names;

    #[test]
    fn names_of_both_plans() {
        let site = |id: &str, name: &str| Site { id: id.into(), name: name.into(), ..Site::default() };
        let before = Plan { sites: vec![site("a", "Old"), site("gone", "Gone")], ..Plan::default() };
        let after = Plan { sites: vec![site("a", "New"), site("b", "Gone")], ..Plan::default() };
        let names = Names::of_both(&before, &after);
        assert_eq!(names.site(&"a".into()), "New");
        assert_eq!(names.site(&"gone".into()), "gone", "two share the name");
    }
}
