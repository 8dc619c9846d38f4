//! FRR and Quagga: `show ip bgp`, `show bgp ipv4 unicast`, `show bgp vrf all`.
//!
//! ```text
//! BGP table version is 3, local router ID is 192.0.2.1, vrf id 0
//! Default local pref 100, local AS 64700
//!     Network          Next Hop            Metric LocPrf Weight Path
//!  *> 198.51.100.0/24  192.0.2.9                0             0 64701 i
//!  *=                  192.0.2.13               0             0 64702 i
//! Displayed  1 routes and 2 total paths
//! ```

use super::recognised;
use super::table::{BgpTable, Dialect, choice};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::LineReader;
use crate::intake::mark::{Choice, Mark, Via};
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "frr-bgp",
    title: "show ip bgp (FRR)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let own = |line: &str| {
            (line.starts_with("BGP table version is ") && line.contains(", vrf id "))
                || (line.starts_with("Default local pref ") && line.contains("local AS"))
                || (line.starts_with("Displayed ") && line.contains(" total paths"))
                || (line.starts_with("Status codes:") && line.contains("= multipath"))
                || line.starts_with("Nexthop codes: @NNN")
        };
        if let Some(reason) = sample.line(own) {
            return Some((94, reason));
        }
        let (confidence, reason) =
            recognised(sample, &DIALECT, |_| false, |line| line.starts_with(DIALECT.heading))?;
        // The same columns as Cisco's, and Cisco's are likelier.
        Some((confidence - 1, reason))
    },
    open: |text| Box::new(LineReader::new(text, BgpTable::new(&DIALECT))),
};

static DIALECT: Dialect = Dialect {
    heading: "Network          Next Hop            Metric LocPrf Weight Path",
    status: b" *>=sdhurSRiVIN",
    glued: b"i>=",
    dashes: false,
    classful: true,
    mark,
    is_row: |codes| codes.contains(['*', 'r', 's', 'd', 'h']),
};

fn mark(codes: &str) -> Mark {
    let choice = match choice(codes, &['*', 'r', 's', 'S'], &['d', 'h', 'R']) {
        Choice::Valid if codes.contains('>') && codes.contains('r') => Choice::NotInstalled,
        Choice::Valid if codes.contains('>') => Choice::Best,
        Choice::Valid if codes.contains('=') => Choice::Multipath,
        other => other,
    };
    let via = if codes.contains('i') { Via::Internal } else { Via::External };
    Mark { choice: Some(choice), via: Some(via), ..Mark::default() }
}
