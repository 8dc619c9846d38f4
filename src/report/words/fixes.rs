//! Proven fixes: what is changed, and what that does.

use super::{Names, advice, count, failures, listing, verdicts};
use crate::advice::fix::{Change, Effect, Everything, Rejected};
use crate::plan::{Community, Id};

/// At most so many of a list are named.
const NAMED: usize = 4;

fn several(names: impl ExactSizeIterator<Item = String>) -> String {
    let all = names.len();
    let mut named: Vec<String> = names.take(NAMED).collect();
    if all > NAMED {
        named.push(format!("{} more", all - NAMED));
    }
    listing(&named, "and")
}

fn exits(ids: &[Id], names: &Names) -> String {
    several(ids.iter().map(|id| names.exit(id).to_owned()))
}

fn devices(ids: &[Id], names: &Names) -> String {
    several(ids.iter().map(|id| names.device(id).to_owned()))
}

fn flows(ids: &[Id], names: &Names) -> String {
    several(ids.iter().map(|id| format!("“{}”", names.flow(id))))
}

/// What is changed.
pub fn change(change: &Change, names: &Names) -> String {
    match change {
        Change::TranslateEntry { published, exit, pool, addresses } => {
            let pool = match addresses {
                Some(addresses) => format!("a new pool, {addresses} (or free inside addresses of yours)"),
                None => names.pool(pool).to_owned(),
            };
            format!(
                "Translate the sources of what comes in to {} by {} to {pool}.",
                names.published(published),
                names.exit(exit)
            )
        }
        Change::Advertise { exits: over, prefixes } => {
            format!(
                "Advertise {} over {}, admitted where it is Microsoft peering.",
                several(prefixes.iter().cloned()),
                exits(over, names)
            )
        }
        Change::UsePool { exits: by, devices: on, pool } => {
            format!(
                "On {}, translate what leaves by {} to {}.",
                devices(on, names),
                exits(by, names),
                names.pool(pool)
            )
        }
        Change::OwnPool { exits: by, devices: on, pool, addresses } => format!(
            "Give {0} a pool of its own, {addresses} (“{pool}”): on {1}, translate what leaves there to it, and \
             advertise nothing else there.",
            exits(by, names),
            devices(on, names)
        ),
        Change::Withdraw { exits: from, prefixes } => {
            format!("Withdraw {} from {}.", several(prefixes.iter().cloned()), exits(from, names))
        }
        Change::Prefer { exits: on, communities, local_preference } => {
            let which = if communities.is_empty() {
                "all routes".to_owned()
            } else {
                format!("routes of {}", several(communities.iter().map(Community::to_string)))
            };
            format!("Give {which} over {} local preference {local_preference}.", exits(on, names))
        }
        Change::Hide { exits: of, site } => {
            format!("Hide the routes of {} from {}.", exits(of, names), names.site(site))
        }
        Change::Aggregate { exit, prefixes } => {
            format!("Advertise over {} just {}.", names.exit(exit), several(prefixes.iter().cloned()))
        }
    }
}

/// What a change puts into a plan beside lines of lists: a sentence each.
pub fn inserted(change: &Change, names: &Names) -> Option<String> {
    Some(match change {
        Change::TranslateEntry { published, exit, pool, .. } => format!(
            "{}, entry by {}: sources are translated to {}.",
            names.published(published),
            names.exit(exit),
            names.pool(pool)
        ),
        Change::UsePool { exits: by, devices: on, pool }
        | Change::OwnPool { exits: by, devices: on, pool, .. } => {
            let by = exits(by, names);
            format!(
                "New first rule of {}: what leaves by {by} is translated to {}.",
                devices(on, names),
                names.pool(pool)
            )
        }
        Change::Prefer { exits: on, local_preference, .. } => {
            format!("New first incoming policy of {}: local preference {local_preference}.", exits(on, names))
        }
        Change::Hide { exits: of, site } => {
            format!("New first incoming policy of {}: nothing for {}.", exits(of, names), names.site(site))
        }
        Change::Advertise { .. } | Change::Withdraw { .. } | Change::Aggregate { .. } => return None,
    })
}

/// What it does, each a sentence.
pub fn effect(effect: &Effect, names: &Names) -> Vec<String> {
    let mut all = Vec::new();
    let mut say = |what: &str, ids: &[Id]| {
        if !ids.is_empty() {
            all.push(format!("{what}: {}.", flows(ids, names)));
        }
    };
    say("Mends", &effect.mends);
    say("Makes worse", &effect.worsens);
    say("Moves", &effect.moves);
    let cases = |number: u32| count(u64::from(number), "case");
    all.push(match (effect.failures_mended, effect.failures_worse) {
        (0, 0) => "In every single failure nothing changes.".to_owned(),
        (mended, 0) => format!("In single failures {} better, none worse.", cases(mended)),
        (mended, worse) => format!("In single failures {} better, {worse} worse.", cases(mended)),
    });
    if let Some((failure, flow)) = effect.worse_in.first() {
        all.push(format!("Worse, for one: {}, “{}”.", failures::failure(failure, names), names.flow(flow)));
    }
    let mut codes = |what: &str, found: &[(crate::advice::Code, Vec<(crate::plan::PartKind, Id)>)]| {
        let mut titles: Vec<String> =
            found.iter().map(|(code, _)| format!("{code} ({})", advice::title(*code))).collect();
        titles.dedup();
        if !titles.is_empty() {
            all.push(format!("{what}: {}.", several(titles.into_iter())));
        }
    };
    codes("Findings that go", &effect.findings_gone);
    codes("Findings that come", &effect.findings_new);
    all
}

/// What was tried and isn't proposed, and why.
pub fn rejected(own: &Rejected, names: &Names) -> String {
    let mut why: Vec<String> = Vec::new();
    if !own.worsens.is_empty() {
        why.push(format!("makes {} worse", flows(&own.worsens, names)));
    }
    let still = own.still.iter();
    let still: Vec<String> = still
        .map(|(flow, end)| format!("“{}” is {}", names.flow(flow), verdicts::title(*end).to_lowercase()))
        .collect();
    why.push(match still.as_slice() {
        [] => "mends no flow and no finding at no cost".to_owned(),
        still => format!("with it {}", listing(still, "and")),
    });
    format!("{} Not proposed: {}.", change(&own.change, names), listing(&why, "and"))
}

/// What makes everything work, as one sentence.
pub fn everything(found: &Everything, names: &Names) -> String {
    match found {
        Everything::Works => "Every flow works already.".to_owned(),
        Everything::With(proposal) => match proposal.changes.len() {
            1 => "Every flow works with one change:".to_owned(),
            more => format!("Every flow works with {more} changes together, and with no fewer of those tried:"),
        },
        Everything::Without { best, left, complete } => {
            let tried = if *complete {
                "No combination of up to three of the changes tried makes every flow work"
            } else {
                "None of the combinations tried makes every flow work, and there were too many to try them all"
            };
            let rest = flows(left, names);
            match best {
                Some(_) => format!("{tried}. These mend most, and leave {rest}:"),
                None => format!("{tried}, and none mends any. What is left: {rest}."),
            }
        }
    }
}
