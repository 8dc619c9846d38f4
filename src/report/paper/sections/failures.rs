//! What fails where, worst first.

use super::{Block, Reported, Table, heading, text};
use crate::report::words::{failures as words, listing};

/// At most so many flows of a failure are named.
const NAMED: usize = 8;

pub(super) fn failures(told: &Reported<'_>, blocks: &mut Vec<Block>) {
    heading(blocks, "Failures");
    let window = &told.failures;
    let (all, harm) = window.harmful;
    text(blocks, words::headline(all, harm, told.plan.flows.len() as u32));
    text(blocks, words::left_out(&window.left_out));
    if window.columns.is_empty() {
        return;
    }
    let mut table = Table::new(
        "Failures that do harm, worst first",
        &["Failure", "Break", "In doubt", "Reset", "Move", "Flows that break"],
    );
    table.figures = vec![1, 2, 3, 4];
    for column in &window.columns {
        let sum = &column.sum;
        let mut flows: Vec<String> =
            sum.broken_flows.iter().take(NAMED).map(|flow| told.names.flow(flow).to_owned()).collect();
        let more = (sum.breaks as usize).saturating_sub(flows.len());
        if more > 0 {
            flows.push(format!("{more} more"));
        }
        table.row(vec![
            words::failure(&column.failure, told.names),
            sum.breaks.to_string(),
            sum.doubtful.to_string(),
            sum.resets.to_string(),
            sum.moves.to_string(),
            listing(&flows, "and"),
        ]);
    }
    blocks.push(Block::Table(table));
}
