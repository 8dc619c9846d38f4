//! What becomes of a flow's addresses: a sentence for each part of a row.

use super::{Names, steps};
use crate::journey::{Direction, Part, Verdict};
use crate::routing::FarSide;

/// Which addresses a part is about: `IPv4 to Microsoft, 25.0% of addresses`.
pub fn scope(part: &Part, direction: Direction) -> String {
    let side = match part.far_side {
        FarSide::Microsoft => "Microsoft",
        FarSide::Internet => "the Internet",
    };
    let word = match direction {
        Direction::Outbound => "to",
        Direction::Inbound => "from",
    };
    format!("{} {word} {side}, {} of addresses", part.family, part.share)
}

/// A part in one sentence: the way out, the translation, the way back, and how it ends.
pub fn part(part: &Part, direction: Direction, names: &Names) -> String {
    let out = names.exits(&part.out, "or");
    let back = names.exits(&part.back, "or");
    let pools = names.pools(&part.pools, "or");
    let first = match direction {
        Direction::Outbound => {
            let source =
                if pools.is_empty() { "untranslated".to_owned() } else { format!("translated to {pools}") };
            format!("Leaves by {out}, {source}")
        }
        Direction::Inbound => {
            let source =
                if pools.is_empty() { String::new() } else { format!(", its source translated to {pools}") };
            format!("Comes in by {out}{source}")
        }
    };
    let back = match direction {
        Direction::Outbound => format!("comes back by {back}"),
        Direction::Inbound => format!("is answered by {back}"),
    };
    match part.verdict {
        Verdict::NoRoute if direction == Direction::Outbound => "No exit that is up offers a route.".to_owned(),
        Verdict::NoRoute => match part.far_side {
            FarSide::Microsoft => "Microsoft's network knows no way to the published address.".to_owned(),
            FarSide::Internet => "The Internet knows no way to the published address.".to_owned(),
        },
        Verdict::NotTranslated => match direction {
            Direction::Outbound => format!("{first}: a private source, which nobody outside can answer."),
            Direction::Inbound => format!("{first}; the answer leaves with a private source."),
        },
        Verdict::NotAdmitted => format!("{first}: outside the admitted prefixes, so Microsoft's edge drops it."),
        Verdict::NotPublished => format!("{first}: the service isn't published there."),
        Verdict::NoReturn if part.back.is_empty() => match direction {
            Direction::Outbound => format!("{first}: nothing that is up attracts the answer."),
            Direction::Inbound => format!("{first}: the answer finds no way out."),
        },
        Verdict::NoReturn => format!("{first}; {back}, or is lost."),
        Verdict::AsymmetricDropped => {
            let why: Vec<String> =
                part.dropped.iter().map(|dropped| steps::dropped_clause(dropped, names)).collect();
            if why.is_empty() {
                format!("{first}; {back}, and is lost there.")
            } else {
                format!("{first}; {back}: {}.", why.join("; or "))
            }
        }
        Verdict::Uncertain if part.back.is_empty() => format!("{first}: the plan can't tell how it ends."),
        Verdict::Uncertain => format!("{first}; {back}: the plan can't tell how it ends."),
        Verdict::AsymmetricTolerated => format!("{first}; {back}, where nothing stops it."),
        Verdict::Symmetric => format!("{first}; {back}."),
    }
}
