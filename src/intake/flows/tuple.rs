//! What the tuples of Azure's flow logs share.

use super::partial::{address, number};
use super::record::{Record, Sessions};
use super::time::time;

/// The longest tuple has so many values.
const MOST: usize = 13;
/// Statistics are written every five minutes while a flow goes on (Microsoft: flow logs).
const BETWEEN: u64 = 300_000;

/// The values of a tuple.
pub(super) struct Tuple<'t> {
    values: [&'t [u8]; MOST],
    count: usize,
}

impl<'t> Tuple<'t> {
    /// Takes a tuple apart; `None` where it has more values than any.
    pub(super) fn new(text: &'t [u8]) -> Option<Self> {
        let mut tuple = Self { values: [&[]; MOST], count: 0 };
        for value in text.split(|byte| *byte == b',') {
            *tuple.values.get_mut(tuple.count)? = value;
            tuple.count += 1;
        }
        Some(tuple)
    }

    /// A value; empty where there is none.
    pub(super) fn get(&self, at: usize) -> &'t [u8] {
        self.values.get(at).copied().unwrap_or_default()
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }
}

/// Time, addresses and ports, which stand first in every tuple.
pub(super) fn ends(tuple: &Tuple<'_>) -> Option<Record> {
    let at = time(tuple.get(0))?;
    let port = |at| number(tuple.get(at)).and_then(|port| port.try_into().ok());
    Some(Record {
        from: at,
        to: at,
        source: address(tuple.get(1))?,
        destination: address(tuple.get(2))?,
        source_port: port(3)?,
        destination_port: port(4)?,
        sent: 0,
        received: 0,
        sessions: Sessions::Begins,
        source_began: true,
        denied: false,
    })
}

/// The bytes of a tuple, which may be left empty. Those of a flow that goes on flowed since the record before.
pub(super) fn bytes(record: &mut Record, tuple: &Tuple<'_>, sent: usize, received: usize) -> Option<()> {
    let value = |at| match tuple.get(at) {
        [] => Some(0),
        value => number(value),
    };
    record.sent = value(sent)?;
    record.received = value(received)?;
    if record.sessions == Sessions::Continues {
        record.from = record.to.saturating_sub(BETWEEN);
    }
    Some(())
}
