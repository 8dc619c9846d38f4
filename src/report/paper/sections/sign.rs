//! The place for two names.

use super::{Block, Reported, heading, text};

/// The section's heading: it is kept together on a page.
pub(in super::super) const TITLE: &str = "Checked by two";

pub(super) fn sign(_: &Reported<'_>, blocks: &mut Vec<Block>) {
    heading(blocks, TITLE);
    text(
        blocks,
        "Microsoft asks for a second person: every flow of the catalogue was checked on paper for symmetry by both.",
    );
    blocks.push(Block::Signatures);
}
