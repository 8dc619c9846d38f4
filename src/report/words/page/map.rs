//! The map of all addresses.

use crate::journey::{Standing, Verdict};
use crate::report::words::{Names, coverage, verdicts};
use crate::space::Share;
use crate::study::map::{Fare, Kind, SIDE};
use ipnet::IpNet;

/// What the map is about and how it is used.
pub const HINT: &str = "Every address, drawn from what the engine decides and so exact at every zoom. Addresses that \
     follow each other lie together (Hilbert's order), and a prefix of even length is a square. Point at a cell to \
     read it, click it for its trace; zoom by wheel, buttons or + and −.";
/// The switches for what colours mean.
pub const COLOURS: &str = "Colour by";
/// By exit.
pub const BY_EXIT: &str = "Exit";
/// By verdict.
pub const BY_VERDICT: &str = "Verdict";
/// By what changed.
pub const BY_CHANGE: &str = "Difference";
/// The switches for the family.
pub const FAMILY: &str = "Addresses of";
/// Nearer.
pub const NEARER: &str = "Zoom in";
/// Farther.
pub const FARTHER: &str = "Zoom out";
/// All of the family.
pub const WHOLE: &str = "Whole space";
/// The field for a prefix.
pub const SHOW: &str = "Show a prefix or address";
/// Its button.
pub const SHOW_BUTTON: &str = "Show";
/// What was typed there is neither.
pub const NO_PREFIX: &str = "That is neither a prefix nor an address.";
/// Cells of several kinds.
pub const MIXED: &str = "A dot marks a cell of several kinds: the cell has the colour of the largest, the dot of the next. Zoom in to tell \
     them apart.";
/// Nothing to compare with.
pub const NOT_COMPARED: &str =
    "Nothing is compared: no plan is pinned that has this site. Pin one on the tab Difference.";
/// The legend.
pub const LEGEND: &str = "What the colours mean";
/// The table of the same.
pub const IN_WORDS: &str = "The same in words: sixteen blocks of equal size";
/// Its columns.
pub const BLOCK: &str = "Block";
/// What becomes of a block.
pub const BECOMES: &str = "What becomes of it";
/// The column of the buttons.
pub const GO: &str = "Go";
/// What a colour stands for.
pub const KIND: &str = "Stands for";
/// A colour.
pub const COLOUR: &str = "Colour";
/// A share.
pub const OF_IT: &str = "Share";
/// A number of addresses.
pub const ADDRESSES: &str = "Addresses";
/// The plan has no site.
pub const NO_SITE: &str = "The plan has no site yet: nobody sends anything anywhere.";
/// As in the pinned plan.
pub const AS_BEFORE: &str = "as before";
/// Worse than there.
pub const WORSE: &str = "worse than before";
/// Better than there.
pub const BETTER: &str = "better than before";
/// By other exits, and neither better nor worse.
pub const OTHER_EXIT: &str = "by another exit, no better and no worse";
/// Other in some other way.
pub const OTHERWISE: &str = "the same exit, otherwise back or translated";

/// What is shown.
pub fn map(block: IpNet) -> String {
    format!("Map of {block}, {SIDE} by {SIDE} cells")
}

/// What is shown, and how large a cell is.
pub fn scale(block: IpNet, cell: IpNet) -> String {
    let bits = cell.max_prefix_len();
    if cell.prefix_len() == bits {
        format!("{block}; a cell is one address")
    } else {
        format!("{block}; a cell is a /{}", cell.prefix_len())
    }
}

/// The button that shows a block.
pub fn nearer_to(block: IpNet) -> String {
    format!("Show {block}")
}

/// The button that traces an address.
pub fn trace(to: std::net::IpAddr) -> String {
    format!("Trace {to}")
}

/// By which exits.
pub fn exits(fare: &Fare, names: &Names) -> String {
    match fare.unjudged {
        Some(why) => coverage::unjudged(why),
        None => coverage::out(&fare.out, names),
    }
}

/// With which verdict.
pub fn verdict(fare: &Fare) -> String {
    match (fare.verdict, fare.unjudged) {
        (Some(verdict), _) => verdicts::title(verdict).to_owned(),
        (None, Some(why)) => coverage::unjudged(why),
        (None, None) => coverage::NO_SOURCES.to_owned(),
    }
}

/// What changed of a kind, in short.
pub fn change(kind: &Kind) -> &'static str {
    let Some(before) = &kind.before else { return AS_BEFORE };
    let standing = |fare: &Fare| fare.verdict.map(Verdict::standing);
    match (standing(before), standing(&kind.now)) {
        (was, is) if rank(is) < rank(was) => WORSE,
        (was, is) if rank(is) > rank(was) => BETTER,
        _ if before.out != kind.now.out => OTHER_EXIT,
        _ => OTHERWISE,
    }
}

fn rank(standing: Option<Standing>) -> u8 {
    match standing {
        Some(Standing::Fails) => 0,
        Some(Standing::Depends) => 1,
        Some(Standing::Works) => 2,
        None => 3,
    }
}

/// A kind in words.
pub fn kind(kind: &Kind, names: &Names) -> String {
    let fare = |fare: &Fare| match fare.unjudged {
        Some(why) => coverage::unjudged(why),
        None => format!("{}, {}", coverage::out(&fare.out, names), verdict(fare)),
    };
    match &kind.before {
        None => fare(&kind.now),
        Some(before) if *before == kind.now => format!("{} ({OTHERWISE})", fare(&kind.now)),
        Some(before) => format!("{} (was {})", fare(&kind.now), fare(before)),
    }
}

/// A block in words: its kinds with their shares, the largest first.
pub fn block(net: IpNet, parts: &[(Share, String)]) -> String {
    match parts {
        [(_, only)] => format!("{net}: {only}"),
        several => format!("{net}, mixed: {}", listed(several)),
    }
}

/// Kinds with their shares.
pub fn listed(parts: &[(Share, String)]) -> String {
    match parts {
        [(_, only)] => only.clone(),
        several => several.iter().map(|(share, kind)| format!("{share} {kind}")).collect::<Vec<_>>().join("; "),
    }
}
