//! Records added up by site and service, in buckets of five minutes.

use super::apart::{Apart, Aside, Weight};
use super::ends::{Ends, Ours};
use crate::intake::flows::{Record, Sessions};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::rc::Rc;

/// A bucket's length in milliseconds: five minutes.
pub const BUCKET: u64 = 300_000;
/// So many buckets are kept of all rows together; beyond it a row's bytes still count for its mean, and a busiest time
/// isn't told.
pub const MAX_CELLS: usize = 1_000_000;
/// The bytes of a record that lasts longer are taken to have flowed in this last part of it: a week.
pub const MAX_DURATION: u64 = 7 * 24 * 3_600_000;

/// What a row is of. Indices are those of the plan that [`Ends`] was made of.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RowKey {
    /// A site's sessions to a service.
    Out {
        /// The site.
        site: u32,
        /// The service.
        service: u32,
        /// The row of the catalogue, where it is one of some sources only.
        row: Option<u32>,
    },
    /// Sessions from outside to a published service.
    In {
        /// The published service.
        published: u32,
        /// The service that they come from, where the catalogue has a row for that.
        from: Option<u32>,
    },
}

/// What flowed in five minutes.
#[derive(Copy, Clone, Default, Debug)]
pub(super) struct Cell {
    pub(super) out: u64,
    pub(super) back: u64,
    flows: u32,
    begins: u32,
    continues: u32,
    ends: u32,
}

impl Cell {
    fn add(&mut self, other: &Self) {
        self.out = self.out.saturating_add(other.out);
        self.back = self.back.saturating_add(other.back);
        self.flows = self.flows.saturating_add(other.flows);
        self.begins = self.begins.saturating_add(other.begins);
        self.continues = self.continues.saturating_add(other.continues);
        self.ends = self.ends.saturating_add(other.ends);
    }

    /// How many sessions lived in these minutes: each flow that a record is of; and of logs that name states each that
    /// began or went on, with those that ended and did neither.
    pub(super) fn sessions(&self) -> u64 {
        let told = u64::from(self.flows) + u64::from(self.continues);
        told + u64::from(self.begins.max(self.ends))
    }
}

/// What is known of a row.
#[derive(Clone, Default, Debug)]
pub(super) struct Tally {
    pub(super) out: u64,
    pub(super) back: u64,
    pub(super) records: u64,
    /// Whether some record says something of sessions.
    pub(super) has_sessions: bool,
    /// By bucket, in order.
    pub(super) cells: Vec<(u64, Cell)>,
}

impl Tally {
    fn cell(&mut self, bucket: u64, left: &mut usize) -> Option<&mut Cell> {
        // Most logs are in order, or nearly.
        let at = match self.cells.last() {
            Some((last, _)) if *last == bucket => self.cells.len() - 1,
            Some((last, _)) if *last < bucket => self.insert(self.cells.len(), bucket, left)?,
            _ => match self.cells.binary_search_by_key(&bucket, |(bucket, _)| *bucket) {
                Ok(at) => at,
                Err(at) => self.insert(at, bucket, left)?,
            },
        };
        self.cells.get_mut(at).map(|(_, cell)| cell)
    }

    fn insert(&mut self, at: usize, bucket: u64, left: &mut usize) -> Option<usize> {
        *left = left.checked_sub(1)?;
        self.cells.insert(at, (bucket, Cell::default()));
        Some(at)
    }
}

/// Adds up the records of a log.
pub struct Measure {
    pub(super) ends: Rc<Ends>,
    /// Samples are of one packet in so many, where the log doesn't say it itself.
    sampling: u64,
    pub(super) rows: BTreeMap<RowKey, Tally>,
    pub(super) aside: Aside,
    pub(super) all: Weight,
    /// From the first record's beginning to the last one's end.
    pub(super) span: Option<(u64, u64)>,
    /// How many more buckets there is room for.
    left: usize,
    /// Some bucket had no room.
    pub(super) full: bool,
}

impl Measure {
    /// Nothing yet. Bytes count `sampling` times; 1 where the log's own numbers stand.
    pub fn new(ends: Rc<Ends>, sampling: u64) -> Self {
        Self {
            ends,
            sampling: sampling.max(1),
            rows: BTreeMap::new(),
            aside: Aside::default(),
            all: Weight::default(),
            span: None,
            left: MAX_CELLS,
            full: false,
        }
    }

    /// Adds a record.
    pub fn add(&mut self, record: &Record) {
        let mut record = *record;
        record.sent = record.sent.saturating_mul(self.sampling);
        record.received = record.received.saturating_mul(self.sampling);
        if self.sampling > 1 {
            record.sessions = Sessions::Untold;
        }
        let weight = Weight { bytes: record.sent.saturating_add(record.received), records: 1 };
        self.all.add(weight);
        let (from, to) = self.span.unwrap_or((record.from, record.to));
        self.span = Some((from.min(record.from), to.max(record.to)));
        if record.denied {
            self.aside.add(Apart::Denied, record.destination, weight);
            return;
        }
        match self.place(&record) {
            Ok((key, ours_is_source)) => self.count(key, &record, ours_is_source),
            Err((why, address)) => self.aside.add(why, address, weight),
        }
    }

    /// The row that a record belongs to, and whether its source is ours; else why it belongs to none, and the address
    /// that tells it best.
    fn place(&self, record: &Record) -> Result<(RowKey, bool), (Apart, IpAddr)> {
        let ends = &self.ends;
        let (source, destination) = (ends.ours(record.source), ends.ours(record.destination));
        let (whose, ours_is_source) = match (source, destination) {
            (Ours::No, Ours::No) => return Err((Apart::NoSite, record.source)),
            (whose, Ours::No) => (whose, true),
            (Ours::No, whose) => (whose, false),
            _ => return Err((Apart::Inside, record.destination)),
        };
        let (our, our_port, far, far_port) = match ours_is_source {
            true => (record.source, record.source_port, record.destination, record.destination_port),
            false => (record.destination, record.destination_port, record.source, record.source_port),
        };
        let published = ends.published(our, our_port);
        let far_began = match record.source_began {
            true => !ours_is_source,
            // The server has the lower port. Where nothing is published by us, only one of the system's ports is a
            // server's for sure.
            false if published.is_some() => our_port != 0 && our_port < far_port,
            false => our_port != 0 && our_port < 1024 && far_port >= 1024,
        };
        if far_began {
            let published = published.ok_or((Apart::NotPublished, our))?;
            let from = ends.service(far, far_port).filter(|service| ends.from.contains(&(published, *service)));
            return Ok((RowKey::In { published, from }, ours_is_source));
        }
        let Ours::Site(site) = whose else { return Err((Apart::SharedPool, our)) };
        let service = ends.service(far, far_port).ok_or((Apart::NoService, far))?;
        let rows = ends.some_sources.get(&(site, service)).map(Vec::as_slice).unwrap_or_default();
        let row = rows.iter().find(|(_, sources)| sources.contains(our)).map(|(row, _)| *row);
        Ok((RowKey::Out { site, service, row }, ours_is_source))
    }

    fn count(&mut self, key: RowKey, record: &Record, ours_is_source: bool) {
        let (out, back) = match ours_is_source {
            true => (record.sent, record.received),
            false => (record.received, record.sent),
        };
        // A log of one way each has a session in two records: the one from who began counts.
        let is_first = record.source_began || matches!(key, RowKey::Out { .. }) == ours_is_source;
        let sessions = if is_first { record.sessions } else { Sessions::Untold };
        let tally = self.rows.entry(key).or_default();
        tally.out = tally.out.saturating_add(out);
        tally.back = tally.back.saturating_add(back);
        tally.records += 1;
        tally.has_sessions |= sessions != Sessions::Untold;
        let from = record.from.max(record.to.saturating_sub(MAX_DURATION));
        let (first, last) = (from / BUCKET, record.to / BUCKET);
        let length = record.to - from;
        let (mut out_left, mut back_left) = (out, back);
        for bucket in first..=last {
            let mut cell = Cell::default();
            if bucket == last || length == 0 {
                (cell.out, cell.back) = (out_left, back_left);
            } else {
                let within = ((bucket + 1) * BUCKET).min(record.to) - (bucket * BUCKET).max(from);
                let share = |all: u64| (u128::from(all) * u128::from(within) / u128::from(length)) as u64;
                (cell.out, cell.back) = (share(out), share(back));
                out_left -= cell.out;
                back_left -= cell.back;
            }
            match sessions {
                Sessions::Flows(flows) => cell.flows = flows,
                Sessions::Begins if bucket == last => cell.begins = 1,
                Sessions::Continues if bucket == last => cell.continues = 1,
                Sessions::Ends if bucket == last => cell.ends = 1,
                _ => {}
            }
            match tally.cell(bucket, &mut self.left) {
                Some(place) => place.add(&cell),
                None => self.full = true,
            }
        }
    }

    /// Takes in what another log says.
    pub fn merge(&mut self, other: Self) {
        for (key, tally) in other.rows {
            let own = self.rows.entry(key).or_default();
            own.out = own.out.saturating_add(tally.out);
            own.back = own.back.saturating_add(tally.back);
            own.records += tally.records;
            own.has_sessions |= tally.has_sessions;
            for (bucket, cell) in tally.cells {
                match own.cell(bucket, &mut self.left) {
                    Some(place) => place.add(&cell),
                    None => self.full = true,
                }
            }
        }
        self.aside.merge(other.aside);
        self.all.add(other.all);
        self.full |= other.full;
        self.span = match (self.span, other.span) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (one, other) => one.or(other),
        };
    }
}
