//! `nfdump -o csv`.
//!
//! ```text
//! ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out,…                  1.6
//! firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows       1.7
//! cnt,af,firstSeen,lastSeen,proto,srcAddr,srcPort,dstAddr,dstPort,srcAS,…,bytes      1.7, csv-fast
//! ```
//! Columns are known by name, so formats that users put together (`-o "csv:%ts,%sa,…"`) are read too. Version 1.6 ends
//! with a summary, which is no flow. Exporters' sampling rates are multiplied by nfcapd already.

use super::format::{Definition, Shape, Traits};
use super::record::Field;

pub(super) static FORMAT: Definition = Definition {
    name: "nfdump-csv",
    title: "nfdump CSV",
    shape: Shape::Csv(&[
        ("ts", Field::Start),
        ("te", Field::End),
        ("td", Field::Duration),
        ("sa", Field::Source),
        ("da", Field::Destination),
        ("sp", Field::SourcePort),
        ("dp", Field::DestinationPort),
        ("ibyt", Field::Bytes),
        ("byt", Field::Bytes),
        ("obyt", Field::BytesBack),
        ("fl", Field::Flows),
        ("firstseen", Field::Start),
        ("lastseen", Field::End),
        ("duration", Field::Duration),
        ("srcaddr", Field::Source),
        ("dstaddr", Field::Destination),
        ("srcport", Field::SourcePort),
        ("dstport", Field::DestinationPort),
        ("bytes", Field::Bytes),
        ("inbytes", Field::Bytes),
        ("outbytes", Field::BytesBack),
        ("flows", Field::Flows),
    ]),
    traits: Traits { sampling: 0, interval: 0 },
    recognise: |_| false,
};
