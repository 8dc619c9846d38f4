//! FortiGate: `get router info routing-table all`, `get router info6 routing-table`.
//!
//! ```text
//! Codes: K - kernel, C - connected, S - static, R - RIP, B - BGP
//! Routing table for VRF=0
//! S*      0.0.0.0/0 [10/0] via 192.0.2.9, wan1, [1/0]
//! B       198.51.100.0/24 [20/0] via 192.0.2.13, port3, 2d18h02m
//! ```

use super::table::{Dialect, RouteTable, recognised};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::LineReader;
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "fortigate-route",
    title: "get router info routing-table (FortiGate)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let (confidence, reason) = recognised(sample, &DIALECT)?;
        Some((confidence, reason))
    },
    open: |text| Box::new(LineReader::new(text, RouteTable::new(&DIALECT))),
};

static DIALECT: Dialect = Dialect {
    masks: false,
    own: |line| line.starts_with("Routing table for VRF=") || line.starts_with("Codes: K - kernel, C - connected"),
    is_like: |row| {
        // The age stands behind the interface, which has a name and no capital with a number like Cisco's.
        let Some((_, behind)) = row.split_once(" via ") else { return false };
        let mut parts = behind.split(", ").skip(1);
        let (interface, age) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let is_age = |word: &str| word.starts_with(|c: char| c.is_ascii_digit() || c == '[');
        interface.starts_with(|c: char| c.is_ascii_alphabetic()) && is_age(age)
    },
};
