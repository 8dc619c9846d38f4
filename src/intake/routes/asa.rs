//! Cisco ASA: `show route`.
//!
//! ```text
//! S*       0.0.0.0 0.0.0.0 [1/0] via 192.0.2.9, outside
//! B        198.51.100.0 255.255.255.0 [20/0] via 192.0.2.9, 00:10:00
//! C        10.1.0.0 255.255.255.0
//!            is directly connected, inside
//! ```
//! A netmask stands behind each network. Where names are on, a name stands for its address, which can't be known here:
//! such a row is a fault (`no names` on the device shows the address).

use super::row::parts;
use super::table::{Dialect, RouteTable, recognised};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::LineReader;
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "asa-route",
    title: "show route (Cisco ASA)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| recognised(sample, &DIALECT),
    open: |text| Box::new(LineReader::new(text, RouteTable::new(&DIALECT))),
};

static DIALECT: Dialect = Dialect {
    masks: true,
    own: |line| {
        parts(line, true).is_some_and(|parts| parts.mask.is_some()) && line.contains("[") || {
            parts(line, true).is_some_and(|parts| parts.mask.is_some()) && line.contains("is directly connected")
        }
    },
    is_like: |_| true,
};
