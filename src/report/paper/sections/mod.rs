//! The sections of a report, in their order.

mod advice;
mod capacity;
mod catalogue;
mod difference;
mod failures;
mod glossary;
mod head;
mod inputs;
mod journeys;
mod rollout;
mod sign;
mod sources;
mod written;

use super::{Block, Reported, Table};

pub(super) use catalogue::TITLE as CATALOGUE;
pub(super) use sign::TITLE as SIGN;

type Section = fn(&Reported<'_>, &mut Vec<Block>);

/// All.
pub(super) const ALL: [Section; 12] = [
    head::head,
    inputs::inputs,
    journeys::journeys,
    catalogue::catalogue,
    advice::advice,
    failures::failures,
    capacity::capacity,
    difference::difference,
    rollout::rollout,
    glossary::glossary,
    sources::sources,
    sign::sign,
];

fn heading(blocks: &mut Vec<Block>, title: &str) {
    blocks.push(Block::Heading(2, title.to_owned()));
}

fn text(blocks: &mut Vec<Block>, said: impl Into<String>) {
    let said = said.into();
    if !said.is_empty() {
        blocks.push(Block::Text(said));
    }
}
