//! What changes from one plan to another.

use super::{Names, addresses, count, coverage, verdicts};
use crate::plan::Id;
use crate::space::Count;
use crate::study::difference::{
    BackChange, Change, FlowChange, FlowState, Move, Moved, PartChange, PartKind, SiteTotals, State, Summary, What,
};

/// The plans don't differ.
pub const SAME: &str = "Nothing changes: every address fares as before.";

/// The whole difference in one sentence.
pub fn headline(summary: &Summary) -> String {
    let any = |of: fn(&SiteTotals) -> Count| summary.sites.iter().any(|totals| !of(totals).is_zero());
    let mut told = Vec::new();
    if any(|totals| totals.exits.0) {
        told.push("destinations change exit".to_owned());
    } else if any(|totals| totals.changed.0) {
        told.push("destinations fare otherwise by the same exits".to_owned());
    }
    if summary.verdicts > 0 {
        let verb = if summary.verdicts == 1 { "changes" } else { "change" };
        told.push(format!("{} {verb} verdict", count(summary.verdicts.into(), "flow")));
    }
    if summary.back > 0 && told.is_empty() {
        told.push("addresses of yours are sent to another way".to_owned());
    }
    if summary.flows > 0 && told.is_empty() {
        let verb = if summary.flows == 1 { "changes" } else { "change" };
        told.push(format!("{} {verb}", count(summary.flows.into(), "flow")));
    }
    if told.is_empty() && !summary.parts.is_empty() {
        told.push("parts were added or taken away, and nothing fares otherwise".to_owned());
    }
    if told.is_empty() { SAME.to_owned() } else { super::sentence(&super::listing(&told, "and")) }
}

/// Addresses that change exit: `12,288 addresses of HQ move from Internet A to ER Chicago.`
pub fn moved(site: &Id, one: &Move, family: crate::space::Family, names: &Names) -> String {
    let verb = if one.addresses == Count::ONE { "moves" } else { "move" };
    format!(
        "{} from {}, {family}, {verb} from {} to {}.",
        addresses(one.addresses),
        names.site(site),
        coverage::out(&one.before, names),
        coverage::out(&one.after, names)
    )
}

/// How much changes exit.
pub fn mbps(moved: Moved) -> String {
    let shown = mbps_of;
    if moved.least_kbps == moved.most_kbps {
        shown(moved.most_kbps)
    } else {
        format!("{} to {}", shown(moved.least_kbps), shown(moved.most_kbps))
    }
}

/// A rate in Mbps, without its unit.
pub fn mbps_of(kbps: u64) -> String {
    let (whole, rest) = (Count::from(kbps / 1000).grouped(), kbps % 1000);
    let text = format!("{whole}.{rest:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// How much of all flows changes exit, in a sentence; empty where nothing does.
pub fn mbps_moved(summary: &Summary) -> String {
    let (out, back) = (summary.mbps_out, summary.mbps_in);
    if (out.most_kbps, back.most_kbps) == (0, 0) {
        return String::new();
    }
    let known = out.least_kbps == out.most_kbps && back.least_kbps == back.most_kbps;
    let why = if known {
        ""
    } else {
        " Where only a part of a flow's addresses moves, it may be none of its traffic or all."
    };
    format!("{} Mbps sent and {} Mbps received change exit.{why}", mbps(out), mbps(back))
}

/// What changes of destinations, in a word.
pub fn what(what: What) -> &'static str {
    match what {
        What::Exits => "exit",
        What::Verdict => "verdict",
        What::Back => "way back",
        What::Pools => "pool",
        What::FarSide => "far side",
        What::Parts => "shares",
    }
}

/// How destinations fare, in a few words: verdict, exits, answer.
pub fn state(state: &State, names: &Names) -> String {
    let verdict = coverage::verdict(state.verdict, state.unjudged);
    if state.verdict.is_none() {
        return verdict;
    }
    format!("{}, back by {} ({verdict})", coverage::out(&state.out, names), coverage::answers(&state.parts, names))
}

/// A change in one sentence.
pub fn change(change: &Change, names: &Names) -> String {
    let all: Vec<&str> = change.what.iter().map(|one| what(*one)).collect();
    format!(
        "{} from {}, {}: {}; before: {}; after: {}.",
        addresses(change.addresses),
        names.site(&change.site),
        change.family,
        super::listing(&all, "and"),
        state(&change.before, names),
        state(&change.after, names)
    )
}

/// How a flow fares, in a few words.
pub fn flow_state(state: Option<&FlowState>, names: &Names) -> String {
    let Some(state) = state else { return "-".to_owned() };
    let Some(verdict) = state.verdict else { return super::answer::NO_ADDRESSES.to_owned() };
    let back = names.exits(&state.back, "and");
    let back = if back.is_empty() { "-".to_owned() } else { back };
    let out = names.exits(&state.out, "and");
    let out = if out.is_empty() { coverage::NO_ROUTE.to_owned() } else { out };
    format!("{}, {out} / {back}", verdicts::title(verdict))
}

/// A flow's change in one sentence.
pub fn flow(change: &FlowChange, names: &Names) -> String {
    let name = names.flow(&change.flow);
    match (&change.before, &change.after) {
        (None, _) => format!("{name} is new: {}.", flow_state(change.after.as_ref(), names)),
        (_, None) => format!("{name} is gone. It was: {}.", flow_state(change.before.as_ref(), names)),
        (Some(before), Some(after)) => {
            let pools = |state: &FlowState| match names.pools(&state.pools, "and") {
                none if none.is_empty() => "untranslated".to_owned(),
                pools => format!("translated to {pools}"),
            };
            let (was, is) = (pools(before), pools(after));
            let translated = if was == is { String::new() } else { format!("; was {was}, now {is}") };
            let (before, after) = (flow_state(Some(before), names), flow_state(Some(after), names));
            let now = if before == after { String::new() } else { format!("; now {after}") };
            format!("{name}: {before}{now}{translated}.")
        }
    }
}

/// A change of a way back in one sentence.
pub fn back(change: &BackChange, names: &Names) -> String {
    let ways = |ways: &Option<Vec<_>>| ways.as_ref().map(|ways: &Vec<_>| coverage::sends(ways, names));
    let from = coverage::sender(change.far_side, change.offered.as_deref(), names);
    let ours = coverage::ours(&change.ours, names);
    let number = addresses(change.addresses);
    let are = if change.addresses == crate::space::Count::ONE { "is" } else { "are" };
    match (ways(&change.before), ways(&change.after)) {
        (Some(before), Some(after)) => format!("To {number} of {ours}, {from} sent {before}; now {after}."),
        (None, Some(after)) => format!("{number} of {ours} {are} new; {from} sends {after}."),
        (Some(before), None) => format!("{number} of {ours} {are} gone; {from} sent {before}."),
        (None, None) => String::new(),
    }
}

/// What a part is.
pub fn kind(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Site => "site",
        PartKind::Circuit => "circuit",
        PartKind::Exit => "exit",
        PartKind::Device => "device",
        PartKind::Pool => "pool",
        PartKind::Service => "service",
        PartKind::Published => "published service",
        PartKind::Flow => "flow",
    }
}

/// A part that only one of the plans has.
pub fn part(change: &PartChange, names: &Names) -> String {
    let name = match change.kind {
        PartKind::Site => names.site(&change.id),
        PartKind::Circuit => names.circuit(&change.id),
        PartKind::Exit => names.exit(&change.id),
        PartKind::Device => names.device(&change.id),
        PartKind::Pool => names.pool(&change.id),
        PartKind::Service => names.service(&change.id),
        PartKind::Published => names.published(&change.id),
        PartKind::Flow => names.flow(&change.id),
    };
    let verb = if change.added { "added" } else { "gone" };
    format!("{} {name}: {verb}", kind(change.kind))
}

/// The difference of two lists in one sentence.
pub fn lists(found: &crate::study::difference::ListDifference) -> String {
    if found.is_empty() {
        return "The lists say the same.".to_owned();
    }
    let number = |n: usize| super::prefixes(n as u64);
    format!(
        "{} new, {} gone, {} with other attributes, {} as before.",
        number(found.added.len()),
        number(found.removed.len()),
        number(found.changed.len()),
        super::prefixes(found.same)
    )
}
