//! Verdicts: title, sentence, mark; and the headline over all flows.

use super::count;
use crate::journey::{Standing, Verdict};

/// Its name, as a heading or in a table.
pub fn title(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NoRoute => "No route",
        Verdict::NotTranslated => "Not translated",
        Verdict::NotAdmitted => "Not admitted",
        Verdict::NotPublished => "Not published",
        Verdict::NoReturn => "No way back",
        Verdict::AsymmetricDropped => "Asymmetric, dropped",
        Verdict::Uncertain => "Uncertain",
        Verdict::AsymmetricTolerated => "Asymmetric, tolerated",
        Verdict::Symmetric => "Symmetric",
    }
}

/// What people also call it, in small letters: by these it is found.
pub fn also_called(verdict: Verdict) -> &'static [&'static str] {
    match verdict {
        Verdict::NoRoute => &["no route", "unreachable"],
        Verdict::NotTranslated => &["untranslated", "no nat", "private source"],
        Verdict::NotAdmitted => &["refused", "outside the admitted prefixes"],
        Verdict::NotPublished => &["unpublished"],
        Verdict::NoReturn => &["black hole", "blackhole", "no return"],
        Verdict::AsymmetricDropped => &["dropped", "asymmetric"],
        Verdict::Uncertain => &["unknown", "unclear"],
        Verdict::AsymmetricTolerated => &["tolerated", "asymmetric"],
        Verdict::Symmetric => &["symmetric"],
    }
}

/// What people call all verdicts of a standing, in small letters.
pub fn standing_called(standing: Standing) -> &'static [&'static str] {
    match standing {
        Standing::Fails => &["fails", "failing", "failed", "broken"],
        Standing::Depends => &["depends"],
        Standing::Works => &["works", "working"],
    }
}

/// One plain sentence on what it means.
pub fn sentence(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NoRoute => "Nothing that is up offers a route to the destination.",
        Verdict::NotTranslated => {
            "The packet leaves with a private source address, which nobody outside can answer."
        }
        Verdict::NotAdmitted => {
            "Microsoft's edge drops the packet: its source lies outside the peering's admitted prefixes."
        }
        Verdict::NotPublished => "The packet comes in where the service isn't published, and reaches no server.",
        Verdict::NoReturn => "The answer has no way back: nobody that is up attracts the address it is sent to.",
        Verdict::AsymmetricDropped => {
            "The answer takes another way than the first packet, and a device there drops it or its translation can't be turned back."
        }
        Verdict::Uncertain => {
            "The plan can't tell: equal paths end differently, or an assumption set to unknown decides."
        }
        Verdict::AsymmetricTolerated => {
            "The answer takes another way than the first packet, and nothing there stops it."
        }
        Verdict::Symmetric => "The answer takes the same way as the first packet.",
    }
}

/// One character that tells it apart without colour.
pub fn mark(verdict: Verdict) -> char {
    match verdict {
        Verdict::Symmetric => '✓',
        Verdict::AsymmetricTolerated => '≈',
        Verdict::Uncertain => '?',
        _ => '✗',
    }
}

/// Whether it works, in a word.
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Fails => "fails",
        Standing::Depends => "depends",
        Standing::Works => "works",
    }
}

/// What a standing means, in a sentence.
pub fn standing_sentence(standing: Standing) -> &'static str {
    match standing {
        Standing::Fails => "It doesn't work for some or all of its addresses.",
        Standing::Depends => "Whether it works can't be told from the plan.",
        Standing::Works => "It works for all of its addresses.",
    }
}

/// The answer to the whole plan in one sentence: how many flows fail, depend and work.
pub fn headline(verdicts: &[(Verdict, u32)], empty: u32) -> String {
    let of = |standing: Standing| -> u64 {
        verdicts.iter().filter(|(verdict, _)| verdict.standing() == standing).map(|(_, n)| u64::from(*n)).sum()
    };
    let (fail, depend, work) = (of(Standing::Fails), of(Standing::Depends), of(Standing::Works));
    let all = fail + depend + work;
    let mut text = match (all, fail, depend) {
        (0, ..) if empty == 0 => "The plan has no flows to judge.".to_owned(),
        (0, ..) => "No flow can be judged.".to_owned(),
        (1, 0, 0) => "The flow works.".to_owned(),
        (1, 1, _) => "The flow fails.".to_owned(),
        (1, ..) => "Whether the flow works can't be told.".to_owned(),
        (_, 0, 0) => format!("All {} work.", count(all, "flow")),
        _ if fail == all => format!("All {} fail.", count(all, "flow")),
        _ => {
            let verb = |number: u64, one: &'static str, more: &'static str| if number == 1 { one } else { more };
            let mut parts = Vec::new();
            if fail > 0 {
                parts.push(format!("{fail} of {} {}", count(all, "flow"), verb(fail, "fails", "fail")));
            }
            if depend > 0 {
                let share =
                    if fail > 0 { depend.to_string() } else { format!("{depend} of {}", count(all, "flow")) };
                parts.push(format!("{share} can't be told"));
            }
            if work > 0 {
                parts.push(format!("{work} {}", verb(work, "works", "work")));
            }
            format!("{}.", super::listing(&parts, "and"))
        }
    };
    if empty > 0 {
        let verb = if empty == 1 { "has" } else { "have" };
        text.push_str(&format!(" {} {verb} no addresses to judge.", count(u64::from(empty), "flow")));
    }
    text
}
