//! The flow catalogue.

use super::{Block, Reported, Table, heading, text};
use crate::journey::Kept;
use crate::report::catalogue::Column;
use crate::report::words::catalogue::{kept, kept_sentence};

/// The section's heading: it is printed on pages that lie.
pub(in super::super) const TITLE: &str = "Flow catalogue";

/// What stands beside the flow's name, for a page is narrow.
const COLUMNS: [Column; 14] = [
    Column::Flow,
    Column::Direction,
    Column::Service,
    Column::Source,
    Column::Destination,
    Column::Ports,
    Column::Out,
    Column::Translated,
    Column::Admitted,
    Column::Back,
    Column::Devices,
    Column::Verdict,
    Column::Kept,
    Column::Share,
];

pub(super) fn catalogue(told: &Reported<'_>, blocks: &mut Vec<Block>) {
    heading(blocks, TITLE);
    if told.lines.is_empty() {
        return text(blocks, "The plan has no flows.");
    }
    text(
        blocks,
        "A line for each flow, or for each fate of its addresses. Mbps are those of the whole flow, out and in.",
    );
    let mut heads: Vec<&'static str> = COLUMNS.iter().map(|column| column.title()).collect();
    heads.push("Mbps");
    let mut table = Table::new("Flow catalogue", &heads);
    for line in &told.lines {
        let mut cells: Vec<String> = COLUMNS.iter().map(|column| line.cell(*column).to_owned()).collect();
        let rates = [line.cell(Column::MbpsOut), line.cell(Column::MbpsIn)];
        cells.push(if rates == ["", ""] {
            String::new()
        } else {
            rates.map(|rate| if rate.is_empty() { "0" } else { rate }).join(" / ")
        });
        table.rows.push(super::super::TableRow { cells, verdict: line.verdict });
    }
    blocks.push(Block::Table(table));
    let seen = |one: &Kept| {
        told.lines.iter().any(|line| line.cell(Column::Kept).split(", ").any(|own| own == kept(*one)))
    };
    let terms: Vec<(String, String)> = Kept::ALL
        .into_iter()
        .filter(seen)
        .map(|one| (kept(one).to_owned(), kept_sentence(one).to_owned()))
        .collect();
    if !terms.is_empty() {
        blocks.push(Block::Heading(3, "How symmetry is kept".to_owned()));
        blocks.push(Block::Terms(terms));
    }
}
