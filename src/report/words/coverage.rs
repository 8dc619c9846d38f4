//! What becomes of every address, and which way the far sides send to ours.

use super::{Names, parts, verdicts};
use crate::journey::{Direction, Part, Verdict};
use crate::routing::FarSide;
use crate::space::{Share, Special};
use crate::study::coverage::{BackRow, Class, ClassPart, Ours, Unjudged, Way};

/// Between exits that are equally good.
pub const TIE: &str = " or ";
/// Packets leave by no exit.
pub const NO_ROUTE: &str = "no route";
/// Addresses that no packet can cross the Internet to, in totals.
pub const SPECIAL: &str = "not judged: private, multicast and the like";
/// Addresses of a family that the site has no inside address of, in totals.
pub const NO_SOURCES: &str = "not judged: no inside address of the family";

/// What a far side is called.
pub fn far_side(side: FarSide) -> &'static str {
    match side {
        FarSide::Microsoft => "Microsoft",
        FarSide::Internet => "the Internet",
    }
}

/// The exits that packets leave by: one, a tie, or none.
pub fn out(exits: &[crate::plan::Id], names: &Names) -> String {
    let named: Vec<&str> = exits.iter().map(|id| names.exit(id)).collect();
    if named.is_empty() { NO_ROUTE.to_owned() } else { named.join(TIE) }
}

/// What a block of addresses is set apart for.
pub fn special(kind: Special) -> &'static str {
    match kind {
        Special::ThisNetwork => "this network",
        Special::Unspecified => "unspecified",
        Special::Private => "private use",
        Special::Shared => "shared, carrier-grade NAT",
        Special::UniqueLocal => "unique local",
        Special::SiteLocal => "site-local",
        Special::Loopback => "loopback",
        Special::LinkLocal => "link-local",
        Special::Documentation => "documentation",
        Special::Benchmarking => "benchmarking",
        Special::Protocol => "protocols",
        Special::Transition => "transition",
        Special::Discard => "discard",
        Special::Multicast => "multicast",
        Special::Reserved => "reserved",
        Special::Broadcast => "broadcast",
    }
}

/// Why a class isn't judged.
pub fn unjudged(why: Unjudged) -> String {
    match why {
        Unjudged::Special(kind) => format!("not judged: {}", special(kind)),
        Unjudged::NoSources => NO_SOURCES.to_owned(),
    }
}

/// The verdict of a class, or why it has none.
pub fn verdict(verdict: Option<Verdict>, why: Option<Unjudged>) -> String {
    match (verdict, why) {
        (Some(verdict), _) => verdicts::title(verdict).to_owned(),
        (None, Some(why)) => unjudged(why),
        (None, None) => NO_SOURCES.to_owned(),
    }
}

/// A part of a class in one sentence, as of a flow's.
pub fn part(class: &Class, part: &ClassPart, names: &Names) -> String {
    let part = Part {
        family: class.family,
        verdict: part.verdict,
        share: part.share,
        far_addresses: class.addresses,
        far_side: class.far_side.unwrap_or(FarSide::Internet),
        out: class.out.clone(),
        pools: part.pools.clone(),
        back: part.back.clone(),
        dropped: part.dropped.clone(),
        from: part.from,
        to: class.first,
    };
    parts::part(&part, Direction::Outbound, names)
}

/// The exits of the answers of a class, each combination once.
pub fn answers(class_parts: &[ClassPart], names: &Names) -> String {
    let mut seen: Vec<String> = Vec::new();
    for part in class_parts {
        let named = names.exits(&part.back, "or");
        let named = if named.is_empty() { "-".to_owned() } else { named };
        if !seen.contains(&named) {
            seen.push(named);
        }
    }
    if seen.is_empty() { "-".to_owned() } else { seen.join("; ") }
}

/// A class in one sentence: how it ends, worst part first.
pub fn class(class: &Class, names: &Names) -> String {
    match (class.unjudged, class.parts.as_slice()) {
        (Some(Unjudged::Special(kind)), _) => {
            format!("No packet can cross the Internet to these addresses: {}.", special(kind))
        }
        (Some(Unjudged::NoSources), _) | (None, []) => {
            "The site has no inside address of this family, so nothing is sent there.".to_owned()
        }
        (None, [only]) => part(class, only, names),
        (None, several) => {
            let told: Vec<String> = several
                .iter()
                .map(|one| format!("{} of sources: {}", one.share, part(class, one, names)))
                .collect();
            told.join(" ")
        }
    }
}

/// Whose addresses they are.
pub fn ours(ours: &Ours, names: &Names) -> String {
    match ours {
        Ours::Pool(id) => format!("pool {}", names.pool(id)),
        Ours::Published(id) => format!("published {}", names.published(id)),
        Ours::Inside(id) => format!("public inside space of {}", names.site(id)),
    }
}

/// Where a far side sends.
pub fn way(way: &Way, names: &Names) -> String {
    let exits = names.exits(&way.exits, "or");
    match (way.exits.is_empty(), way.lost) {
        (true, false) => "nowhere: nobody attracts it".to_owned(),
        (true, true) => "lost".to_owned(),
        (false, false) => exits,
        (false, true) => format!("{exits}, or lost"),
    }
}

/// Where a far side sends, however the unknown assumptions fall.
pub fn ways(ways: &[Way], names: &Names) -> String {
    let told: Vec<String> = ways.iter().map(|one| way(one, names)).collect();
    match told.as_slice() {
        [only] => only.clone(),
        several => format!("can't be told: {}", several.join(", or else ")),
    }
}

/// Who sends.
pub fn sender(row_side: FarSide, offered: Option<&[crate::plan::Id]>, names: &Names) -> String {
    match offered {
        None => far_side(row_side).to_owned(),
        Some([]) => format!("{}, where no circuit offers it", far_side(row_side)),
        Some(exits) => format!("{}, where {} offers it", far_side(row_side), names.exits(exits, "and")),
    }
}

/// Where a far side sends, behind “sends”: `by ER Chicago`, `nowhere: nobody attracts it`.
pub fn sends(ways: &[Way], names: &Names) -> String {
    let one = |way: &Way| match (way.exits.is_empty(), way.lost) {
        (true, false) => "nowhere: nobody attracts it".to_owned(),
        (true, true) => "where it is lost".to_owned(),
        (false, lost) => {
            let or = if lost { ", or where it is lost" } else { "" };
            format!("by {}{or}", names.exits(&way.exits, "or"))
        }
    };
    ways.iter().map(one).collect::<Vec<_>>().join(", or else ")
}

/// A row of the reverse in one sentence.
pub fn back(row: &BackRow, names: &Names) -> String {
    let from = sender(row.far_side, row.offered.as_deref(), names);
    let of = if row.share == Share::ONE { "all".to_owned() } else { row.share.to_string() };
    format!("To {of} of {}, {from} sends {}.", ours(&row.ours, names), sends(&row.ways, names))
}

/// Peerings that answer by the exit that a packet left by.
pub fn sticky(exits: &[crate::plan::Id], names: &Names) -> String {
    let verb = if exits.len() == 1 { "answers" } else { "answer" };
    format!("{} {verb} what left by it over itself, whatever this table says.", names.exits(exits, "and"))
}
