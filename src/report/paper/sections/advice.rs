//! What the rulebook found, and what was accepted and why.

use super::{Block, Reported, Table, heading, text};
use crate::advice::{Finding, Severity};
use crate::report::words::{advice as words, citations, listing, lists};

/// At most so many lines of evidence are named.
const NAMED: usize = 4;

pub(super) fn advice(told: &Reported<'_>, blocks: &mut Vec<Block>) {
    heading(blocks, "Findings");
    let open: Vec<&Finding> = told.findings.iter().filter(|finding| finding.accepted.is_none()).collect();
    let accepted: Vec<&Finding> = told.findings.iter().filter(|finding| finding.accepted.is_some()).collect();
    let of = |level: Severity| open.iter().filter(|finding| finding.severity == level).count() as u32;
    let counts: Vec<(Severity, u32)> = Severity::ALL.into_iter().map(|level| (level, of(level))).collect();
    text(blocks, words::headline(&counts, accepted.len() as u32));
    if !open.is_empty() {
        let mut table = Table::new(
            "Findings that nobody has accepted",
            &["Rule", "Severity", "Finding", "What mends it", "Evidence"],
        );
        for finding in open {
            let mut places: Vec<String> =
                finding.places.iter().take(NAMED).map(|place| lists::place(place, told.names)).collect();
            if finding.places.len() > NAMED {
                places.push(format!("{} more", finding.places.len() - NAMED));
            }
            let source = format!("Source: {}.", citations::title(finding.citation));
            let evidence =
                if places.is_empty() { source } else { format!("{}. {source}", listing(&places, "and")) };
            table.row(vec![
                format!("{} {}", finding.code, words::title(finding.code)),
                words::severity(finding.severity).to_owned(),
                words::finding(finding, told.names),
                words::mend(finding.code).to_owned(),
                evidence,
            ]);
        }
        blocks.push(Block::Table(table));
    }
    if !accepted.is_empty() {
        let mut table = Table::new("Accepted findings", &["Rule", "Finding", "Accepted because"]);
        for finding in accepted {
            table.row(vec![
                format!("{} {}", finding.code, words::title(finding.code)),
                words::finding(finding, told.names),
                finding.accepted.clone().unwrap_or_default(),
            ]);
        }
        blocks.push(Block::Table(table));
    }
}
