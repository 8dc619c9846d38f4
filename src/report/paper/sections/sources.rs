//! The documents that the answer rests on.

use super::{Block, Reported, heading};
use crate::report::words::citations;

pub(super) fn sources(_: &Reported<'_>, blocks: &mut Vec<Block>) {
    heading(blocks, "Sources");
    let said = citations::ALL.into_iter().filter_map(|citation| {
        citations::url(citation).map(|url| format!("{}: {url}", citations::title(citation)))
    });
    blocks.push(Block::List(said.collect()));
}
