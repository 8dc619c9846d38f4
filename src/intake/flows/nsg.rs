//! Flow logs of network security groups: blobs `PT1H.json`, whose tuples are texts.
//!
//! ```text
//! 1542110377,10.0.0.4,13.67.143.118,44931,443,T,O,A                       version 1
//! 1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,E,3,767,2,1580       version 2
//! ```
//! Seconds, source, destination, ports, T or U, direction, A or D, and in version 2 the state (B, C, E) with packets and
//! bytes from source to destination and back since the record before (Microsoft: NSG flow logs overview). The source is
//! who began. Version 1 tells of sessions as they begin, and of no bytes.

use super::format::{Definition, Shape, Traits};
use super::json::Layout;
use super::record::{Record, Sessions};
use super::tuple::{Tuple, bytes, ends};

pub(super) static FORMAT: Definition = Definition {
    name: "nsg-flow-log",
    title: "NSG flow log",
    shape: Shape::Json(Layout::Nsg),
    traits: Traits { sampling: 0, interval: 0 },
    recognise: |begin| begin.contains("NetworkSecurityGroupFlowEvent"),
};

/// A tuple as a record.
pub(super) fn record(tuple: &Tuple<'_>) -> Option<Record> {
    let mut record = ends(tuple)?;
    if !matches!(tuple.get(5), b"T" | b"U") || !matches!(tuple.get(6), b"I" | b"O") {
        return None;
    }
    record.denied = match tuple.get(7) {
        b"A" => false,
        b"D" => true,
        _ => return None,
    };
    record.sessions = match (tuple.len(), tuple.get(8)) {
        (8, _) | (_, b"B") => Sessions::Begins,
        (_, b"C") => Sessions::Continues,
        (_, b"E") => Sessions::Ends,
        _ => return None,
    };
    if tuple.len() > 8 {
        bytes(&mut record, tuple, 10, 12)?;
    }
    Some(record)
}
