//! What differs from the baseline.

use super::{Block, Reported, heading, text};
use crate::report::words::difference as words;

/// At most so many of each are told.
const MAX: usize = 100;

pub(super) fn difference(told: &Reported<'_>, blocks: &mut Vec<Block>) {
    let Some(compared) = &told.difference else { return };
    heading(blocks, "Difference from the baseline");
    let (found, names) = (compared.difference, compared.names);
    let before = compared.before.name.trim();
    if !before.is_empty() {
        text(blocks, format!("The baseline is “{before}”."));
    }
    let summary = found.summary();
    text(blocks, words::headline(summary));
    text(blocks, words::mbps_moved(summary));
    let mut moved: Vec<String> = Vec::new();
    for totals in &summary.sites {
        moved.extend(totals.moves.iter().map(|one| words::moved(&totals.site, one, totals.family, names)));
    }
    moved.extend(summary.parts.iter().map(|part| words::part(part, names)));
    list(blocks, "What moves", moved);
    list(blocks, "Destinations", found.changes().iter().map(|one| words::change(one, names)).collect());
    list(blocks, "Flows", found.flows().iter().map(|one| words::flow(one, names)).collect());
    list(blocks, "Ways back", found.back().iter().map(|one| words::back(one, names)).collect());
}

fn list(blocks: &mut Vec<Block>, title: &str, mut said: Vec<String>) {
    if said.is_empty() {
        return;
    }
    blocks.push(Block::Heading(3, title.to_owned()));
    let more = said.len().saturating_sub(MAX);
    said.truncate(MAX);
    blocks.push(Block::List(said));
    if more > 0 {
        text(blocks, format!("And {more} more."));
    }
}
