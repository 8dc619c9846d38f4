//! What stands at paste boxes.

use crate::desk::door::{ListFault, ListSummary};
use crate::plan::ListId;
use crate::report::words::{addresses, count, faults};
use crate::space::Count;

/// An empty list, and what it means to its owner.
pub fn empty_list(list: &ListId) -> &'static str {
    match list {
        ListId::RuleSources(..) | ListId::PolicyIn(..) | ListId::PolicyOut(..) => "Empty: any",
        ListId::RuleDestinations(..) => "Empty: any, or the services ticked below",
        ListId::FlowSources(_) => "Empty: all of the site",
        _ => "Empty",
    }
}
/// A pasted text that became a file.
pub const PASTED: &str = "Pasted list";
/// Puts a file in place of a long list.
pub const REPLACE: &str = "Replace…";
/// Empties a long list.
pub const CLEAR: &str = "Clear";

/// What was read: `plain list: 128 IPv4, 2 IPv6`.
pub fn list_read(summary: &ListSummary) -> String {
    let mut entries = Vec::new();
    if summary.entries_v4 > 0 || summary.entries_v6 == 0 {
        entries.push(format!("{} IPv4", grouped(summary.entries_v4)));
    }
    if summary.entries_v6 > 0 {
        entries.push(format!("{} IPv6", grouped(summary.entries_v6)));
    }
    if summary.skipped > 0 {
        entries.push(format!("{} skipped", grouped(summary.skipped)));
    }
    format!("{}: {}", format(&summary.format), entries.join(", "))
}

/// What was read of a pool: its addresses are what counts, in however many prefixes and ranges they are written.
pub fn pool_read(number: Count, summary: &ListSummary) -> String {
    let skipped = match summary.skipped {
        0 => String::new(),
        skipped => format!(", {} skipped", grouped(skipped)),
    };
    format!("{}{skipped}", addresses(number))
}

/// What people call a format.
pub fn format(name: &str) -> &str {
    match name {
        "plain" => "Plain list",
        "service-tags" => "Service Tags",
        "microsoft-365" => "Microsoft 365 endpoints",
        "bgp-service-community" => "Get-AzBgpServiceCommunity",
        "bgp-service-community-cli" => "az list-service-communities",
        name => match name.parse::<crate::intake::Format>() {
            Ok(format) => format.title(),
            Err(_) => name,
        },
    }
}

/// How many faults: `2 errors, 1 warning`.
pub fn list_faults(summary: &ListSummary) -> String {
    super::mark(crate::desk::marks::Mark { errors: summary.errors, warnings: summary.warnings })
}

/// Where a fault is.
pub fn line_column(line: u32, column: u32) -> String {
    format!("{line}:{column}")
}

/// A line.
pub fn line(line: u32) -> String {
    format!("line {}", grouped(line))
}

/// What a fault is.
pub fn fault(fault: &ListFault) -> String {
    faults::fault(&fault.code)
}

/// Mends a fault.
pub fn fix(by: &str) -> String {
    match by.trim() {
        "" => "Remove it".to_owned(),
        "#" => "Make it a comment".to_owned(),
        by => format!("Make it {by}"),
    }
}

/// Faults that aren't listed.
pub fn more_faults(all: u32, listed: usize) -> String {
    let listed = u32::try_from(listed).unwrap_or(u32::MAX);
    format!("and {} more", grouped(all.saturating_sub(listed)))
}

/// How many lines a list has, comments and blank lines left out.
pub fn lines(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut lines = lines.take(10_000);
    match (lines.next(), lines.count()) {
        (None, _) => String::new(),
        (Some(line), 0) => line.to_owned(),
        (Some(_), more) => count(more as u64 + 1, "line"),
    }
}

pub(super) fn grouped(number: u32) -> String {
    crate::space::Count::from(u64::from(number)).grouped()
}
