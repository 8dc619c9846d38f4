//! Cisco IOS-XR: `show bgp`, `show bgp ipv6 unicast`, `show bgp vrf NAME`.
//!
//! ```text
//! BGP router identifier 192.0.2.1, local AS number 64700
//!    Network            Next Hop            Metric LocPrf Weight Path
//! *> 198.51.100.0/24    192.0.2.9                0             0 64701 i
//! *>i203.0.113.0/24     192.0.2.10               0    100      0 64702 i
//! Processed 2 prefixes, 2 paths
//! ```

use super::recognised;
use super::table::{BgpTable, Dialect, choice};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::LineReader;
use crate::intake::mark::{Choice, Mark, Via};
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "xr-bgp",
    title: "show bgp (Cisco IOS-XR)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let own = |line: &str| {
            line.starts_with("BGP router identifier ")
                || line.starts_with("BGP main routing table version ")
                || (line.starts_with("Processed ") && line.contains(" prefixes, "))
        };
        recognised(sample, &DIALECT, own, |line| line.starts_with(DIALECT.heading))
    },
    open: |text| Box::new(LineReader::new(text, BgpTable::new(&DIALECT))),
};

static DIALECT: Dialect = Dialect {
    heading: "Network            Next Hop            Metric LocPrf Weight Path",
    status: b" *>sdhrSNiamb",
    glued: b"i>",
    dashes: false,
    classful: false,
    mark,
    is_row: |codes| codes.contains(['*', 'r', 's', 'd', 'h']) && !codes.contains(['e', 'l', 'I', '|']),
};

fn mark(codes: &str) -> Mark {
    let choice = match choice(codes, &['*', 'r', 's', 'S'], &['d', 'h', 'N']) {
        Choice::Valid if codes.contains('>') && codes.contains('r') => Choice::NotInstalled,
        Choice::Valid if codes.contains('>') => Choice::Best,
        other => other,
    };
    let via = if codes.contains('i') { Via::Internal } else { Via::External };
    Mark { choice: Some(choice), via: Some(via), ..Mark::default() }
}
