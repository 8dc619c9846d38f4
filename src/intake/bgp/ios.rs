//! Cisco IOS and IOS-XE: `show ip bgp`, `show bgp ipv4 unicast`, `show bgp ipv6 unicast`, `show bgp vpnv4 unicast all`.
//!
//! ```text
//! BGP table version is 4, local router ID is 192.0.2.1
//!      Network          Next Hop            Metric LocPrf Weight Path
//!  *>  198.51.100.0     192.0.2.9                0             0 64700 64701 i
//!  * i                  192.0.2.10               0    100      0 64700 64701 i
//!  *>  203.0.113.128/25 0.0.0.0                  0         32768 ?
//! ```
//! A network without a length has that of its class. A prefix that is too long for its column stands on a line of its
//! own, and so does a long next hop.

use super::recognised;
use super::table::{BgpTable, Dialect, choice};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::LineReader;
use crate::intake::mark::{Choice, Mark, Via};
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "ios-bgp",
    title: "show ip bgp (Cisco IOS and IOS-XE)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let own = |line: &str| {
            line.starts_with("BGP table version is ")
                && line.contains("local router ID is")
                && !line.contains("vrf id")
        };
        recognised(sample, &DIALECT, own, |line| line.starts_with(DIALECT.heading))
    },
    open: |text| Box::new(LineReader::new(text, BgpTable::new(&DIALECT))),
};

pub(super) static DIALECT: Dialect = Dialect {
    heading: "Network          Next Hop            Metric LocPrf Weight Path",
    status: b" *>sdhrSmbxfactLiVIN",
    glued: b"i>",
    dashes: false,
    classful: true,
    mark,
    is_row: |codes| codes.contains(['*', 'r', 's', 'd', 'h']) && !codes.contains('='),
};

fn mark(codes: &str) -> Mark {
    let choice = match choice(codes, &['*', 'r', 's', 'S'], &['d', 'h']) {
        Choice::Valid if codes.contains('>') && codes.contains('r') => Choice::NotInstalled,
        Choice::Valid if codes.contains('>') => Choice::Best,
        Choice::Valid if codes.contains('m') => Choice::Multipath,
        Choice::Valid if codes.contains('b') => Choice::Backup,
        other => other,
    };
    let via = if codes.contains('i') { Via::Internal } else { Via::External };
    Mark { choice: Some(choice), via: Some(via), ..Mark::default() }
}
