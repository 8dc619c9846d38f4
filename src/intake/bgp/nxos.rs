//! Cisco NX-OS: `show ip bgp`, `show bgp ipv4 unicast`, `show bgp ipv6 unicast vrf all`.
//!
//! ```text
//! BGP routing table information for VRF default, address family IPv4 Unicast
//! BGP table version is 9, Local Router ID is 192.0.2.1
//!    Network            Next Hop            Metric     LocPrf     Weight Path
//! *>e198.51.100.0/24    192.0.2.9                                      0 64701 i
//! *|e                   192.0.2.13                                     0 64702 i
//! *>l203.0.113.0/24     0.0.0.0                           100      32768 i
//! ```
//! The letter of the path's type stands right before the network.

use super::recognised;
use super::table::{BgpTable, Dialect, choice};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::LineReader;
use crate::intake::mark::{Choice, Mark, Via};
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "nxos-bgp",
    title: "show ip bgp (Cisco NX-OS)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let own = |line: &str| {
            (line.starts_with("BGP routing table information for VRF ") && line.contains("address family"))
                || line.starts_with("Status: s-suppressed")
                || line.starts_with("Path type: i-internal")
        };
        recognised(sample, &DIALECT, own, |line| line.starts_with(DIALECT.heading))
    },
    open: |text| Box::new(LineReader::new(text, BgpTable::new(&DIALECT))),
};

static DIALECT: Dialect = Dialect {
    heading: "Network            Next Hop            Metric     LocPrf     Weight Path",
    status: b" *>sxSdh|&iecalrI",
    glued: b"iecalrI>|",
    dashes: false,
    classful: false,
    mark,
    is_row: |codes| {
        codes.contains(['*', 'x', 's', 'd', 'h']) && codes.ends_with(['i', 'e', 'c', 'l', 'a', 'r', 'I'])
    },
};

/// Two columns of status, then one letter for the path's type.
fn mark(codes: &str) -> Mark {
    let (status, kind) = match codes.char_indices().next_back() {
        Some((at, kind)) => (codes.get(..at).unwrap_or_default(), kind),
        None => ("", ' '),
    };
    let choice = match choice(status, &['*', 's', 'S'], &['x', 'd', 'h']) {
        Choice::Valid if status.contains('>') => Choice::Best,
        Choice::Valid if status.contains('|') => Choice::Multipath,
        Choice::Valid if status.contains('&') => Choice::Backup,
        other => other,
    };
    let via = match kind {
        'i' => Some(Via::Internal),
        'e' => Some(Via::External),
        'c' => Some(Via::Confederation),
        'l' | 'a' | 'r' | 'I' => Some(Via::Own),
        _ => None,
    };
    Mark { choice: Some(choice), via, ..Mark::default() }
}
