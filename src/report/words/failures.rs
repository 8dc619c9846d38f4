//! Failures in words: what is supposed, what it does to a flow, how long that takes.

use super::{Names, count, listing, scenario_part, verdicts};
use crate::journey::{Sessions, Standing};
use crate::plan::Id;
use crate::routing::Part;
use crate::space::Share;
use crate::study::failures::{Detail, Failure, FailureSum, Kind, MaintenanceStage, Move, Notice, Outcome};

/// A failure as a clause: `circuit Chicago down`.
pub fn failure(failure: &Failure, names: &Names) -> String {
    match failure {
        Failure::Down(part) => format!("{} down", scenario_part(part, names)),
        Failure::Both(one, other) => {
            format!("{} and {} down", scenario_part(one, names), scenario_part(other, names))
        }
        Failure::Maintenance { exit, stage: MaintenanceStage::Drained } => {
            format!("{} drained for maintenance", names.exit(exit))
        }
        Failure::Maintenance { exit, stage: MaintenanceStage::Down } => {
            format!("{} down after it was drained", names.exit(exit))
        }
        Failure::HalfFailure(part) => format!("{} dead inside, still advertised", scenario_part(part, names)),
    }
}

/// A failure in as few letters as a column's head has room for: names alone.
pub fn short(failure: &Failure, names: &Names) -> String {
    let name = |part: &Part| match part {
        Part::Exit(id) => names.exit(id).to_owned(),
        Part::Circuit(id) => names.circuit(id).to_owned(),
        Part::Device(id) => names.device(id).to_owned(),
        Part::Site(id) => names.site(id).to_owned(),
    };
    match failure {
        Failure::Down(part) => name(part),
        Failure::Both(one, other) => format!("{} + {}", name(one), name(other)),
        Failure::Maintenance { exit, stage: MaintenanceStage::Drained } => format!("{} drained", names.exit(exit)),
        Failure::Maintenance { exit, stage: MaintenanceStage::Down } => {
            format!("{} drained, down", names.exit(exit))
        }
        Failure::HalfFailure(part) => format!("{} half", name(part)),
    }
}

/// A kind of failures.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Link => "Links",
        Kind::Circuit => "Circuits",
        Kind::Device => "Devices",
        Kind::Site => "Sites",
        Kind::Maintenance => "Maintenance",
        Kind::HalfFailure => "Half failures",
        Kind::Pair => "Pairs",
    }
}

/// What a failure does to a flow, in a word or two.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Breaks => "Breaks",
        Outcome::Fails => "Fails as before",
        Outcome::Doubtful => "Doubtful",
        Outcome::Depends => "Uncertain as before",
        Outcome::Resets => "Resets",
        Outcome::Moves => "Moves",
        Outcome::Same => "Same",
        Outcome::Better => "Better",
        Outcome::Empty => "No addresses",
    }
}

/// The same in a sentence.
pub fn outcome_sentence(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Breaks => "It fails, and didn't before.",
        Outcome::Fails => "It fails, as it does without this failure.",
        Outcome::Doubtful => "It can't be told any more whether it works.",
        Outcome::Depends => "It can't be told whether it works, as without this failure.",
        Outcome::Resets => "It works, but sessions don't survive.",
        Outcome::Moves => "It works another way, and its sessions go on.",
        Outcome::Same => "Nothing changes.",
        Outcome::Better => "It works or may work, and was worse before.",
        Outcome::Empty => "It has no addresses to judge.",
    }
}

/// A letter for each, so that a matrix needs no colour.
pub fn outcome_mark(outcome: Outcome) -> char {
    match outcome {
        Outcome::Breaks => 'X',
        Outcome::Fails => 'x',
        Outcome::Doubtful => '!',
        Outcome::Depends => '?',
        Outcome::Resets => 'R',
        Outcome::Moves => '>',
        Outcome::Same => '.',
        Outcome::Better => '+',
        Outcome::Empty => '-',
    }
}

/// What becomes of sessions, in a clause after "sessions".
pub fn sessions(sessions: Sessions) -> &'static str {
    match sessions {
        Sessions::Lost => "end, and it can't be told that new ones work",
        Sessions::AnotherPool => "end and begin anew, for the new way translates to another pool",
        Sessions::OtherDevice => "end and begin anew, for another device translates on the new way",
        Sessions::NotKnown => {
            "end and begin anew, for a device on the new way doesn't know them, or only by another zone"
        }
        Sessions::Kept => "go on",
        Sessions::NoneBefore => "there were none",
    }
}

/// The same in a few words, for a table.
pub fn sessions_short(sessions: Sessions) -> &'static str {
    match sessions {
        Sessions::Lost => "lost",
        Sessions::AnotherPool => "reset: another pool",
        Sessions::OtherDevice => "reset: another device translates",
        Sessions::NotKnown => "reset: not known to a device, or to its zone",
        Sessions::Kept => "go on",
        Sessions::NoneBefore => "none before",
    }
}

/// A time in the unit that it is a whole number of: `900 ms`, `180 s`.
pub fn duration(milliseconds: u64) -> String {
    if milliseconds >= 1000 && milliseconds.is_multiple_of(1000) {
        format!("{} s", milliseconds / 1000)
    } else {
        format!("{milliseconds} ms")
    }
}

/// How long it takes until packets take their new way, in a clause; empty where there is nothing to notice.
pub fn notice(notice: &Notice, names: &Names) -> String {
    match notice {
        Notice::Nothing => String::new(),
        Notice::Drained => "at once: prepends move them while the old way still works".to_owned(),
        Notice::After { milliseconds, exit, bfd } => {
            let by = if *bfd { "BFD" } else { "the hold time" };
            format!("after {} at most, by {by} of {}", duration(*milliseconds), names.exit(exit))
        }
        Notice::Inside => "as fast as inside routing sees it, for BGP with the outside doesn't".to_owned(),
        Notice::Never => "never: the far side keeps sending into the black hole".to_owned(),
    }
}

/// A flow under a failure in sentences.
pub fn detail(detail: &Detail, names: &Names) -> String {
    let mut told = vec![outcome_sentence(detail.outcome).to_owned()];
    if let (Some(before), Some(after)) = (detail.before, detail.after)
        && before != after
    {
        told.push(format!("{}, then {}.", verdicts::title(before), lower(verdicts::title(after))));
    }
    let from_us = way(detail.moved_out, &detail.to_out, &detail.notice_out, names);
    let to_us = way(detail.moved_in, &detail.to_in, &detail.notice_in, names);
    match (from_us, to_us) {
        (Some(one), Some(other)) if one == other => told.push(format!("Packets both ways{one}.")),
        (from_us, to_us) => {
            told.extend(from_us.map(|clause| format!("Packets from us{clause}.")));
            told.extend(to_us.map(|clause| format!("Packets to us{clause}.")));
        }
    }
    let fails = detail.after.is_some_and(|verdict| verdict.standing() == Standing::Fails);
    let worth = detail.outcome == Outcome::Moves || detail.sessions != Sessions::Kept;
    if worth && !fails && detail.sessions != Sessions::NoneBefore {
        told.push(format!("Sessions {}.", sessions(detail.sessions)));
    }
    told.join(" ")
}

/// What becomes of packets of one way, in a clause; `None`: they stay where they are, or have no way left.
fn way(moved: Share, to: &[Id], notice: &Notice, names: &Names) -> Option<String> {
    if moved == Share::ZERO || to.is_empty() {
        return None;
    }
    let part = if moved == Share::ONE { String::new() } else { format!(" of {moved} of its addresses") };
    let when = self::notice(notice, names);
    let when = if when.is_empty() { String::new() } else { format!(", {when}") };
    Some(format!("{part} move to {}{when}", names.exits(to, "or")))
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| format!("{}{}", first.to_lowercase(), letters.as_str()))
}

/// What changes for some addresses, in a clause: `IPv4, 25.0%: out ER 1 → ISP, answer ER 1 → ISP`.
pub fn movement(change: &Move, names: &Names) -> String {
    let exits = |ids: &[Id]| if ids.is_empty() { "none".to_owned() } else { names.exits(ids, "or") };
    let way = |what: &str, before: &[Id], after: &[Id]| {
        if before == after {
            format!("{what} by {}", exits(before))
        } else {
            format!("{what} from {} to {}", exits(before), exits(after))
        }
    };
    let verdict = if change.before == change.after {
        verdicts::title(change.after).to_owned()
    } else {
        format!("{}, then {}", verdicts::title(change.before), lower(verdicts::title(change.after)))
    };
    format!(
        "{}, {} of addresses: first packet {}; answer {}. {verdict}.",
        change.family,
        change.share,
        way("", &change.first_before, &change.first_after).trim_start(),
        way("", &change.answer_before, &change.answer_after).trim_start(),
    )
}

/// All in a sentence: how many failures, and how many do harm.
pub fn headline(failures: u32, harm: u32, flows: u32) -> String {
    if flows == 0 {
        return "The plan has no flow, so nothing can break.".to_owned();
    }
    let all = count(u64::from(failures), "failure");
    match (failures, harm) {
        (0, _) => "The plan has nothing that may fail.".to_owned(),
        (_, 0) => format!("None of {all} breaks, unsettles or resets any of {}.", count(u64::from(flows), "flow")),
        _ => format!("{harm} of {all} break, unsettle or reset some of {}.", count(u64::from(flows), "flow")),
    }
}

/// A failure's sums in a clause: `3 break, 2 reset`.
pub fn sums(sum: &FailureSum) -> String {
    let mut told: Vec<String> = Vec::new();
    for (number, word) in
        [(sum.breaks, "break"), (sum.doubtful, "doubtful"), (sum.resets, "reset"), (sum.moves, "move")]
    {
        if number > 0 {
            told.push(format!("{number} {word}"));
        }
    }
    if told.is_empty() { "nothing changes".to_owned() } else { told.join(", ") }
}

/// What was too much; empty where all is worked out.
pub fn left_out(left_out: &[(Kind, u32)]) -> String {
    if left_out.is_empty() {
        return String::new();
    }
    let each: Vec<String> =
        left_out.iter().map(|(kind, number)| format!("{number} {}", self::kind(*kind).to_lowercase())).collect();
    format!("Not worked out, for there are too many: {}.", listing(&each, "and"))
}
