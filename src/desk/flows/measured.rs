//! What a log says of every row.

use super::apart::{ApartTotal, Weight};
use super::measure::{BUCKET, Cell, Measure, RowKey, Tally};
use crate::plan::{Ends, Inbound, Mbps, Outbound, Plan};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// What a log says, or several together.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Measured {
    /// All of it.
    pub all: Weight,
    /// From the first record's beginning to the last one's end: milliseconds since 1970.
    pub span: Option<(u64, u64)>,
    /// The rows, in the plan's order: what sites begin, then what is published.
    pub rows: Vec<RowMeasured>,
    /// What belongs to no row.
    pub apart: Vec<ApartTotal>,
    /// There were more buckets than are kept, so busiest times aren't told.
    pub full: bool,
}

/// What a log says of one row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct RowMeasured {
    /// What it is of.
    pub ends: Ends,
    /// The row of the catalogue, where it is one of some sources only.
    pub row: Option<u32>,
    /// How much flowed.
    pub weight: Weight,
    /// From us; `None` where the log tells no bytes.
    pub out: Option<Rates>,
    /// To us.
    pub back: Option<Rates>,
    /// The most sessions that lived in the same five minutes; `None` where the log can't tell.
    pub sessions: Option<u64>,
}

/// Rates of one way.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Rates {
    /// The mean of all the log's time.
    pub mean: Mbps,
    /// What 95 of 100 means of five minutes don't exceed; minutes in which nothing flowed count.
    pub p95: Option<Mbps>,
    /// The highest mean of five minutes.
    pub peak: Option<Mbps>,
}

/// So many prefixes are told for each reason why something belongs to no row.
const MOST: usize = 10;
/// A log shorter than this many buckets has no busiest time to speak of.
const FEW: u64 = 3;

impl Measured {
    /// What a measure came to, in the words of the plan that it was made with.
    pub fn of(measure: &Measure, plan: &Plan) -> Self {
        let (from, to) = measure.span.unwrap_or((0, 0));
        let row = |(key, tally): (&RowKey, &Tally)| {
            let ends = ends_of(measure, key)?;
            let told = measure.all.bytes > 0;
            let rates =
                |total: u64, of: fn(&Cell) -> u64| told.then(|| rates(tally, total, of, from, to, measure.full));
            let row = match key {
                RowKey::Out { row, .. } => *row,
                RowKey::In { .. } => None,
            };
            Some(RowMeasured {
                ends,
                row: row.filter(|row| (*row as usize) < plan.flows.len()),
                weight: Weight { bytes: tally.out.saturating_add(tally.back), records: tally.records },
                out: rates(tally.out, |cell| cell.out),
                back: rates(tally.back, |cell| cell.back),
                sessions: (tally.has_sessions && !measure.full)
                    .then(|| tally.cells.iter().map(|(_, cell)| cell.sessions()).max().unwrap_or(0)),
            })
        };
        Self {
            all: measure.all,
            span: measure.span,
            rows: measure.rows.iter().filter_map(row).collect(),
            apart: measure.aside.totals(MOST),
            full: measure.full,
        }
    }
}

fn ends_of(measure: &Measure, key: &RowKey) -> Option<Ends> {
    let ends = &measure.ends;
    let service = |at: &u32| ends.services.get(*at as usize).cloned();
    Some(match key {
        RowKey::Out { site, service: of, .. } => Ends::Outbound(Outbound {
            site: ends.sites.get(*site as usize)?.clone(),
            service: Some(service(of)?),
            ..Outbound::default()
        }),
        RowKey::In { published, from } => Ends::Inbound(Inbound {
            published: ends.published.get(*published as usize)?.0.clone(),
            from: from.as_ref().and_then(service),
        }),
    })
}

fn rates(tally: &Tally, total: u64, of: fn(&Cell) -> u64, from: u64, to: u64, full: bool) -> Rates {
    // A log of a moment is one of a second.
    let mean = mbps(total, (to - from).max(1000));
    let buckets = to / BUCKET - from / BUCKET + 1;
    if full || buckets < FEW {
        return Rates { mean, p95: None, peak: None };
    }
    let mut bytes: Vec<u64> = tally.cells.iter().map(|(_, cell)| of(cell)).collect();
    crate::sort::up(&mut bytes);
    // The nearest rank among all the log's buckets, of which those without a cell carried nothing.
    let empty = buckets.saturating_sub(bytes.len() as u64);
    let rank = (buckets * 95).div_ceil(100);
    let at = usize::try_from(rank.saturating_sub(empty)).unwrap_or(0);
    let p95 = at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(0);
    let peak = bytes.last().copied().unwrap_or(0);
    // The first bucket and the last may be of less than their five minutes, so that they hold less than the mean.
    Rates { mean, p95: Some(mbps(p95, BUCKET)), peak: Some(mbps(peak, BUCKET).max(mean)) }
}

/// Bytes in milliseconds as a rate, to the nearest kbps; what is more than a plan can hold is the most that it can.
fn mbps(bytes: u64, millis: u64) -> Mbps {
    let (bits, millis) = (u128::from(bytes) * 8, u128::from(millis.max(1)));
    Mbps { kbps: u32::try_from((bits + millis / 2) / millis).unwrap_or(u32::MAX) }
}
