//! BGP tables as devices print them: every candidate with its attributes, and the mark of the one that was chosen.

pub(crate) mod bgpdump;
pub(crate) mod bird;
pub(crate) mod eos;
pub(crate) mod frr;
pub(crate) mod frr_json;
mod furniture;
mod heading;
pub(crate) mod ios;
pub(crate) mod nxos;
mod row;
mod table;
pub(crate) mod xr;

use super::recognise::{Reason, Sample, by_rows};
use table::Dialect;

/// A guess by a line that only this device prints, else by the heading of its columns, else by the shape of its rows.
fn recognised(
    sample: &Sample<'_>,
    dialect: &Dialect,
    own: impl Fn(&str) -> bool,
    heading: impl Fn(&str) -> bool,
) -> Option<(u8, Reason)> {
    if let Some(reason) = sample.line(own) {
        return Some((92, reason));
    }
    if let Some(reason) = sample.line(heading) {
        return Some((80, reason));
    }
    by_rows(row::like(sample.lines(), dialect))
}
