//! Cisco IOS and IOS-XE: `show ip route`, `show ipv6 route`.
//!
//! ```text
//! Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP
//! Gateway of last resort is 192.0.2.9 to network 0.0.0.0
//!
//! B*    0.0.0.0/0 [20/0] via 192.0.2.9, 1d02h
//!       198.51.100.0/26 is subnetted, 1 subnets
//! O E2     198.51.100.64 [110/20] via 192.0.2.25, 00:05:45, GigabitEthernet0/1
//!                        [110/20] via 192.0.2.29, 00:05:45, GigabitEthernet0/2
//! ```
//! A network without a length has the one of the heading above it.

use super::table::{Dialect, RouteTable, recognised};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::LineReader;
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "ios-route",
    title: "show ip route (Cisco IOS and IOS-XE)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let (confidence, reason) = recognised(sample, &DIALECT)?;
        Some((confidence.min(89), reason))
    },
    open: |text| Box::new(LineReader::new(text, RouteTable::new(&DIALECT))),
};

static DIALECT: Dialect = Dialect {
    masks: false,
    own: |line| line.contains(" subnetted, ") || line.starts_with("IPv6 Routing Table - "),
    // The age stands before the interface.
    is_like: |row| row.contains("], ") || row.contains(" subnetted"),
};
