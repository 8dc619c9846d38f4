//! Arista EOS: `show ip bgp`, `show ipv6 bgp`, `show ip bgp vrf all`.
//!
//! ```text
//! BGP routing table information for VRF default
//! Router identifier 192.0.2.1, local AS number 64700
//!           Network                Next Hop            Metric  LocPref Weight  Path
//!  * >      198.51.100.0/24        192.0.2.9             0       100     0       64701 i
//!  * #      203.0.113.0/24         192.0.2.9             -       100     0       64701 ?
//! ```
//! Every field is filled: a dash stands for nothing. `>` marks a route in use; `#` the best one that isn't, for
//! another protocol's stands before it.

use super::recognised;
use super::table::{BgpTable, Dialect, choice};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::LineReader;
use crate::intake::mark::{Choice, Mark};
use crate::plan::Stage;

pub(crate) static FORMAT: Definition = Definition {
    name: "eos-bgp",
    title: "show ip bgp (Arista EOS)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let own = |line: &str| {
            (line.starts_with("BGP routing table information for VRF ") && !line.contains("address family"))
                || line.starts_with("Router identifier ")
                || line.starts_with("Route status codes:")
                || line.starts_with("AS Path Attributes: Or-ID")
        };
        let heading =
            |line: &str| line.starts_with("Network ") && line.contains("Next Hop") && line.contains(" LocPref ");
        recognised(sample, &DIALECT, own, heading)
    },
    open: |text| Box::new(LineReader::new(text, BgpTable::new(&DIALECT))),
};

static DIALECT: Dialect = Dialect {
    heading: "Network                Next Hop            Metric  LocPref Weight  Path",
    status: b" *>#sSEecbLPR%",
    glued: b"",
    dashes: true,
    classful: false,
    mark,
    is_row: |codes| codes.starts_with(" * ") || codes.starts_with("* "),
};

/// EOS doesn't say whether a route came from inside its AS.
fn mark(codes: &str) -> Mark {
    let choice = match choice(codes, &['*', 's', 'S'], &[]) {
        Choice::Valid if codes.contains('>') => Choice::Best,
        Choice::Valid if codes.contains('#') => Choice::NotInstalled,
        Choice::Valid if codes.contains(['e', 'E']) => Choice::Multipath,
        Choice::Valid if codes.contains('b') => Choice::Backup,
        other => other,
    };
    Mark { choice: Some(choice), ..Mark::default() }
}
