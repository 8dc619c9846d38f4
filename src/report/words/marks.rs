//! What a device's print says of a route.

use crate::intake::{Choice, Mark, Neighbour, Via};

/// What a device made of a route and how it came to it, in a few words: `best, iBGP`; empty where nothing is said.
pub fn mark(mark: Mark) -> String {
    let cut = mark.cut.then_some("path cut");
    let metric = mark.metric.map(|metric| format!("metric {metric}"));
    let words = [mark.choice.map(choice), mark.via.map(via), metric.as_deref(), cut];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What a summary says of a neighbour: `AS 64700, 50 prefixes, up 8w4d`.
pub fn neighbour(neighbour: &Neighbour) -> String {
    let said = |before: &str, text: &str| (!text.is_empty()).then(|| format!("{before}{text}"));
    let words = [
        neighbour.asn.map(|asn| format!("AS {asn}")),
        neighbour.prefixes.map(|prefixes| super::prefixes(u64::from(prefixes))),
        said("", &neighbour.state),
        said("up ", &neighbour.up),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What a device made of a route.
pub fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::Best => "best",
        Choice::NotInstalled => "best, not installed",
        Choice::Multipath => "multipath",
        Choice::Backup => "backup",
        Choice::Valid => "not chosen",
        Choice::Unusable => "unusable",
    }
}

/// How a route came to a device.
pub fn via(via: Via) -> &'static str {
    match via {
        Via::External => "eBGP",
        Via::Internal => "iBGP",
        Via::Confederation => "confederation",
        Via::Own => "own",
        Via::Connected => "connected",
    }
}
