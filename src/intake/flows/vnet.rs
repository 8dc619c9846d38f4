//! Flow logs of virtual networks: blobs `PT1H.json`, whose tuples are texts.
//!
//! ```text
//! 1663146003606,10.0.0.6,192.0.2.180,23956,443,6,O,E,NX,3,767,2,1580
//! ```
//! Milliseconds, source, destination, ports, protocol by number, direction, state (B, C, E, or D for denied),
//! encryption, and packets and bytes sent and received since the record before (Microsoft: virtual network flow logs).
//! The source is who began.

use super::format::{Definition, Shape, Traits};
use super::json::Layout;
use super::record::{Record, Sessions};
use super::tuple::{Tuple, bytes, ends};

pub(super) static FORMAT: Definition = Definition {
    name: "vnet-flow-log",
    title: "VNet flow log",
    shape: Shape::Json(Layout::Vnet),
    traits: Traits { sampling: 0, interval: 0 },
    recognise: |begin| begin.contains("FlowLogFlowEvent") || begin.contains("\"flowGroups\""),
};

/// A tuple as a record.
pub(super) fn record(tuple: &Tuple<'_>) -> Option<Record> {
    let mut record = ends(tuple)?;
    if !matches!(tuple.get(6), b"I" | b"O") {
        return None;
    }
    record.sessions = match tuple.get(7) {
        b"B" | b"D" => Sessions::Begins,
        b"C" => Sessions::Continues,
        b"E" => Sessions::Ends,
        _ => return None,
    };
    record.denied = tuple.get(7) == b"D";
    bytes(&mut record, tuple, 10, 12)?;
    Some(record)
}
