//! Rows of the ExpressRoute Traffic Collector: the table `ATCExpressRouteCircuitIpfix` of Log Analytics.
//!
//! As CSV from the portal (`FlowRecordTime [UTC]`, times as Americans write them), as the array that
//! `az monitor log-analytics query` prints, as `tables` with `columns` and `rows` of the REST interface, and as
//! records of a diagnostic setting, whose columns stand under `properties`.
//!
//! One of 4,096 packets is looked at, each minute, and `NumberOfBytes` counts those (Microsoft: configure Traffic
//! Collector). So bytes are multiplied, and sessions can't be told.

use super::format::{Definition, Shape, Traits};
use super::json::Layout;
use super::record::Field;

/// The sampling rate, which can't be changed (Microsoft: ExpressRoute FAQ).
const SAMPLING: u64 = 4096;
/// Records are of a minute.
const INTERVAL: u64 = 60_000;

/// Its columns in small letters. The time of the record stands before that of its ingestion.
pub(super) static COLUMNS: [(&str, Field); 7] = [
    ("sourceip", Field::Source),
    ("destinationip", Field::Destination),
    ("sourceport", Field::SourcePort),
    ("destinationport", Field::DestinationPort),
    ("numberofbytes", Field::Bytes),
    ("flowrecordtime", Field::End),
    ("timegenerated", Field::Start),
];

pub(super) static CSV: Definition = Definition {
    name: "traffic-collector-csv",
    title: "ExpressRoute Traffic Collector, CSV",
    shape: Shape::Csv(&COLUMNS),
    traits: Traits { sampling: SAMPLING, interval: INTERVAL },
    recognise: |_| false,
};

pub(super) static JSON: Definition = Definition {
    name: "traffic-collector-json",
    title: "ExpressRoute Traffic Collector, JSON",
    shape: Shape::Json(Layout::Collector),
    traits: Traits { sampling: SAMPLING, interval: INTERVAL },
    recognise: |begin| begin.contains("\"SourceIp\"") && begin.contains("\"NumberOfBytes\""),
};
