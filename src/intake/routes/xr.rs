//! Cisco IOS-XR: `show route`, `show route ipv6`, `show route vrf NAME`.
//!
//! ```text
//! Codes: C - connected, S - static, R - RIP, B - BGP, (>) - Diversion path
//! Gateway of last resort is 192.0.2.9 to network 0.0.0.0
//!
//! B*   0.0.0.0/0 [20/0] via 192.0.2.9, 1d02h
//! O    198.51.100.0/24 [110/2] via 192.0.2.25, 04:43:27, GigabitEthernet0/0/0/0 (!)
//!                      [110/3] via 192.0.2.29, 04:43:27, GigabitEthernet0/0/0/3
//! L    192.0.2.10/32 is directly connected, 04:43:54, GigabitEthernet0/0/0/1
//! ```
//! `(!)` marks a way that is ready for when the others fail.

use super::table::{Dialect, RouteTable, recognised};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::LineReader;
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "xr-route",
    title: "show route (Cisco IOS-XR)",
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
    own: |line| line.contains("(>) - Diversion path") || line.contains("(!) - FRR Backup path"),
    is_like: |row| {
        // The age of an interface's route stands before the interface.
        let age = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
        row.contains("(!)") || row.split_once("is directly connected, ").is_some_and(|(_, rest)| age(rest))
    },
};
