//! What it is a report of, and the answer in short.

use super::{Block, Reported, Table, heading, text};
use crate::report::words::{self, verdicts};

pub(super) fn head(told: &Reported<'_>, blocks: &mut Vec<Block>) {
    let date = told.date.trim();
    let mut about = Vec::new();
    if !date.is_empty() {
        about.push(("Date".to_owned(), date.to_owned()));
    }
    about.push(("Fingerprint of the plan (XXH3, 128 bits)".to_owned(), told.fingerprint.to_owned()));
    let scenario = words::scenario(told.scenario, told.names);
    if !scenario.is_empty() {
        about.push(("Supposed".to_owned(), scenario));
    }
    blocks.push(Block::Terms(about));
    heading(blocks, "Verdict");
    text(blocks, verdicts::headline(&told.summary.verdicts, told.summary.empty));
    if told.summary.verdicts.is_empty() {
        return;
    }
    let mut table = Table::new("Flows by verdict", &["Verdict", "Flows", "What it means"]);
    table.figures = vec![1];
    for (verdict, flows) in &told.summary.verdicts {
        table.rows.push(super::super::TableRow {
            cells: vec![
                verdicts::title(*verdict).to_owned(),
                flows.to_string(),
                verdicts::sentence(*verdict).to_owned(),
            ],
            verdict: Some(*verdict),
        });
    }
    blocks.push(Block::Table(table));
}
