//! Arista EOS: `show ip route`, `show ipv6 route`.
//!
//! ```text
//! VRF: default
//! Codes: C - connected, S - static, K - kernel,
//!        O - OSPF, IA - OSPF inter area, B I - iBGP, B E - eBGP
//!
//!  B E      198.51.100.0/24 [200/0] via 192.0.2.9, Ethernet1
//!                                   via 192.0.2.13, Ethernet2
//!  C        192.0.2.8/30 is directly connected, Ethernet1
//! ```

use super::table::{Dialect, RouteTable, recognised};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::LineReader;
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "eos-route",
    title: "show ip route (Arista EOS)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        // Its rows begin with a blank.
        let (indented, of) = sample.rows(|line| {
            line.starts_with(' ')
                && !line.starts_with("  ")
                && super::row::parts(line, false).is_some()
                && !line.contains(" subnetted, ")
        });
        let (confidence, reason) = recognised(sample, &DIALECT)?;
        let likely = indented * 3 >= of || confidence >= 94;
        Some((if likely { confidence.max(86) } else { confidence.min(70) }, reason))
    },
    open: |text| Box::new(LineReader::new(text, RouteTable::new(&DIALECT))),
};

static DIALECT: Dialect = Dialect {
    masks: false,
    own: |line| {
        line.contains("B I - iBGP")
            || line.contains("A B - BGP Aggregate")
            || line.starts_with("NG - Nexthop Group")
    },
    is_like: |_| false,
};
