//! Rollout: each step as an order to someone, what it does on the way, and the whole in a sentence.

use super::rollout_values::{fields, policy, rule, rule_in_place};
use super::{Names, count, failures, listing, peering_kind, verdicts};
use crate::plan::{Citation, Id, PeeringKind};
use crate::study::rollout::{Better, Broken, Effective, Few, Reset, Score, Shown, Step, Value, What, Window};
use std::collections::BTreeMap;

/// At most so many of a list are named.
pub(super) const NAMED: usize = 4;

/// What is to be done, without a full stop.
pub fn step(step: &Step, names: &Names) -> String {
    let (before, after) = (&step.before, &step.after);
    let on = |id: &Id, kind: PeeringKind| match kind {
        PeeringKind::Microsoft => names.circuit(id).to_owned(),
        other => format!("{}, {} peering", names.circuit(id), peering_kind(other)),
    };
    match &step.what {
        What::Inside(id) => format!("Change the inside prefixes of {}{}", names.site(id), moved(before, after)),
        What::Costs(id) => {
            format!("Change what exits cost from {}: {}", names.site(id), fields(before, after, names))
        }
        What::Circuit(id) => format!("On {}, change {}", names.circuit(id), fields(before, after, names)),
        What::Peering(id, kind) => format!("On {}, change {}", on(id, *kind), fields(before, after, names)),
        What::Admit(id, kind) => format!("Have {} admitted on {}", texts(after), on(id, *kind)),
        What::Unadmit(id, kind) => format!("Have {} admitted no more on {}", texts(before), on(id, *kind)),
        What::Filter(id, kind) if *before == Value::Nothing => {
            let which = texts(after);
            let which = if which.is_empty() { String::new() } else { format!(" with {which}") };
            format!("Attach a route filter{which} to {}", on(id, *kind))
        }
        What::Filter(id, kind) => format!("Add {} to the route filter of {}", texts(after), on(id, *kind)),
        What::Unfilter(id, kind) if *after == Value::Nothing => {
            format!("Detach the route filter of {}", on(id, *kind))
        }
        What::Unfilter(id, kind) => {
            format!("Take {} out of the route filter of {}", texts(before), on(id, *kind))
        }
        What::Provider(id) => match (before, after) {
            (Value::Nothing, _) => format!("Have {} originate {}", names.provider(id), texts(after)),
            (_, Value::Nothing) => format!("Have {} originate {} no more", names.provider(id), texts(before)),
            _ => format!("Change what {} originates{}", names.provider(id), moved(before, after)),
        },
        What::Pool(id) => format!("Move {}{}", names.pool(id), moved(before, after)),
        What::LinkUp(id) => format!("Bring up {}", names.exit(id)),
        What::LinkDown(id) => format!("Take down {}", names.exit(id)),
        What::Path(id) => match (before, after) {
            (Value::Devices(old), Value::Devices(new)) => {
                format!(
                    "Lead {} over {}, in place of {}",
                    names.exit(id),
                    devices(new, names),
                    devices(old, names)
                )
            }
            _ => format!("On {}, change {}", names.exit(id), fields(before, after, names)),
        },
        What::Detection(id) => {
            format!("Change how a failure of {} is noticed: {}", names.exit(id), fields(before, after, names))
        }
        What::Advertise(id) => format!("Advertise {} over {}", texts(after), names.exit(id)),
        What::Readvertise(id) => {
            format!("Advertise {} over {} with other attributes", texts(either(after, before)), names.exit(id))
        }
        What::Withdraw(id) => format!("Withdraw {} from {}", texts(before), names.exit(id)),
        What::Rule { device, before: old, after: new } => {
            let on = names.device(device);
            match (old, new) {
                (_, None) => format!("On {on}, take out {}: {}", numbered("rule", *old), rule(before, names)),
                (None, Some(_)) => format!("On {on}, add {}: {}", numbered("rule", *new), rule(after, names)),
                (Some(_), Some(_)) => {
                    format!("On {on}, change {}: {}", numbered("rule", *new), rule_in_place(before, after, names))
                }
            }
        }
        What::Device(id) => {
            let stateful = matches!((before, after), (_, Value::Number(1)) | (Value::Number(0), Value::Nothing));
            format!("Make {} {}", names.device(id), if stateful { "stateful" } else { "stateless" })
        }
        What::Published(id) => match (before, after) {
            (_, Value::Nothing) => format!("Publish {} no more", names.published(id)),
            (Value::Nothing, _) => format!("Publish {} by {}", names.published(id), exits_of(after, names)),
            _ => format!("On {}, change {}", names.published(id), fields(before, after, names)),
        },
        What::Service(id) => {
            format!("Change the destinations of {}, which translation rules name", names.service(id))
        }
        // Nobody does this: it follows from what Microsoft or the provider was told.
        What::Learned(id) => {
            format!("Expect other routes over {} before you go on{}", names.exit(id), moved(before, after))
        }
        What::Source(id) => {
            format!("Expect the routes of another version of {} before you go on", names.source(id))
        }
        What::PolicyIn { exit, before: old, after: new } => {
            policies("learned routes", exit, (*old, before), (*new, after), names)
        }
        What::PolicyOut { exit, before: old, after: new } => {
            policies("advertisements", exit, (*old, before), (*new, after), names)
        }
        What::Preference(id) => {
            let number = |value: &Value| match value {
                Value::Number(number) => number.to_string(),
                _ => "the default of 100".to_owned(),
            };
            format!(
                "Give routes over {} local preference {}, in place of {}",
                names.exit(id),
                number(after),
                number(before)
            )
        }
        What::Settings => format!("On the routers, change {}", fields(before, after, names)),
        What::Rest(number) => format!("Make the other {} together", count(u64::from(*number), "change")),
    }
}

pub(super) fn devices(ids: &[Id], names: &Names) -> String {
    let named: Vec<&str> = ids.iter().map(|id| names.device(id)).collect();
    if named.is_empty() { "no device".to_owned() } else { listing(&named, "and") }
}

fn either<'a>(one: &'a Value, other: &'a Value) -> &'a Value {
    if *one == Value::Nothing { other } else { one }
}

pub(super) fn several(texts: &[String], all: usize) -> String {
    let mut named: Vec<String> = texts.iter().take(NAMED).cloned().collect();
    if all > named.len() {
        named.push(format!("{} more", all - named.len()));
    }
    listing(&named, "and")
}

fn texts(value: &Value) -> String {
    match value {
        Value::Texts { texts, more } => several(texts, texts.len() + *more as usize),
        Value::Number(number) => number.to_string(),
        Value::Nothing | Value::Devices(_) | Value::Fields(_) | Value::Rule { .. } | Value::Policy { .. } => {
            String::new()
        }
    }
}

/// ` from A to B`, as far as there is something on either side.
fn moved(before: &Value, after: &Value) -> String {
    match (texts(before), texts(after)) {
        (from, to) if from.is_empty() && to.is_empty() => String::new(),
        (from, to) if from.is_empty() => format!(": {to} comes"),
        (from, to) if to.is_empty() => format!(": {from} goes"),
        (from, to) if from == to => String::new(),
        (from, to) => format!(" from {from} to {to}"),
    }
}

fn numbered(word: &str, index: Option<u32>) -> String {
    format!("{word} {}", index.map_or(0, |index| index + 1))
}

fn policies(
    of: &str,
    exit: &Id,
    (old, before): (Option<u32>, &Value),
    (new, after): (Option<u32>, &Value),
    names: &Names,
) -> String {
    let on = names.exit(exit);
    match (old, new) {
        (_, None) => format!("On {on}, take out {} for {of}: {}", numbered("policy", old), policy(before, names)),
        (None, Some(_)) => format!("On {on}, add {} for {of}: {}", numbered("policy", new), policy(after, names)),
        (Some(_), Some(_)) => {
            format!(
                "On {on}, change {} for {of}: {}; before, {}",
                numbered("policy", new),
                policy(after, names),
                policy(before, names)
            )
        }
    }
}

fn exits_of(value: &Value, names: &Names) -> String {
    let Value::Texts { texts, .. } = value else { return String::new() };
    let named: Vec<String> = texts.iter().map(|id| names.exit(&Id::from(id.as_str())).to_owned()).collect();
    if named.is_empty() { "no exit".to_owned() } else { listing(&named, "and") }
}

fn flows(ids: &[Id], all: usize, names: &Names) -> String {
    let named: Vec<String> = ids.iter().map(|id| format!("“{}”", names.flow(id))).collect();
    several(&named, all)
}

/// How long a step takes to have its effect, in a sentence; empty where there is nothing to say.
pub fn effective(effective: &Effective) -> String {
    match effective {
        Effective::Here => String::new(),
        Effective::ByMicrosoft => "Microsoft does this, or validates it first: wait for it before you go on.".to_owned(),
        Effective::ByBgp => {
            "BGP carries this; look for it at the far end before you go on, for a plan doesn't know how fast it is."
                .to_owned()
        }
        Effective::After { milliseconds, bfd } => {
            let by = if *bfd { "BFD" } else { "the hold time" };
            format!(
                "Shut the session down first: of a link that is just pulled {by} tells after {} only, and what is \
                 sent there meanwhile is lost.",
                failures::duration(*milliseconds)
            )
        }
    }
}

/// Where that is written; `None`: there is nothing to it.
pub fn effective_citation(effective: &Effective) -> Option<Citation> {
    match effective {
        Effective::Here => None,
        Effective::ByMicrosoft => Some(Citation::RoutingRequirements),
        Effective::ByBgp => Some(Citation::BestPath),
        Effective::After { .. } => Some(Citation::Bfd),
    }
}

/// Flows that break at a step, a sentence for each way and time. `of` tells a step by its number from 1.
pub fn breaks(broken: &Few<Broken>, total: u32, names: &Names) -> Vec<String> {
    let mut alike: BTreeMap<(u32, Option<crate::journey::Verdict>), Vec<Id>> = BTreeMap::new();
    for one in &broken.first {
        alike.entry((one.until, one.verdict)).or_default().push(one.flow.clone());
    }
    let mut all: Vec<String> = alike
        .into_iter()
        .map(|((until, verdict), ids)| {
            let how = verdict.map_or("", verdicts::title);
            format!("Breaks {}: {} ({how}).", until_step(until, total), flows(&ids, ids.len(), names))
        })
        .collect();
    let more = broken.total.saturating_sub(broken.first.len() as u32);
    if more > 0 {
        all.push(format!("Breaks, besides: {}.", count(u64::from(more), "more flow")));
    }
    all
}

/// How long something is broken. Steps are numbered from 1.
pub fn until_step(until: u32, total: u32) -> String {
    if until + 1 >= total {
        format!("until the last step, {}", until + 1)
    } else {
        format!("until step {}", until + 1)
    }
}

/// What a step does on the way, each a sentence.
pub fn effects(stage: &Shown, total: u32, names: &Names) -> Vec<String> {
    let mut all = breaks(&stage.breaks, total, names);
    let mut say = |what: &str, few: &Few<Id>| {
        if few.total > 0 {
            all.push(format!("{what}: {}.", flows(&few.first, few.total as usize, names)));
        }
    };
    say("Still broken", &stage.still);
    say("Worse than today for good, as the plan itself has it", &stage.for_good);
    say("Better than before this step", &stage.mends);
    all.extend(resets("Sessions end", &stage.resets, names));
    if all.is_empty() {
        all.push("No flow fares otherwise, and no session ends.".to_owned());
    }
    all
}

/// Whose sessions end, a sentence for each reason.
pub fn resets(what: &str, few: &Few<Reset>, names: &Names) -> Vec<String> {
    let mut alike: BTreeMap<crate::journey::Sessions, Vec<String>> = BTreeMap::new();
    for one in &few.first {
        let part = if one.share == crate::space::Share::ONE {
            String::new()
        } else {
            format!(" ({} of its addresses)", one.share)
        };
        alike.entry(one.sessions).or_default().push(format!("“{}”{part}", names.flow(&one.flow)));
    }
    let mut all: Vec<String> = alike
        .into_iter()
        .map(|(why, named)| {
            format!("{what}, {}: {}.", failures::sessions_short(why), several(&named, named.len()))
        })
        .collect();
    let more = few.total.saturating_sub(few.first.len() as u32);
    if more > 0 {
        all.push(format!("{what}, besides: of {}.", count(u64::from(more), "more flow")));
    }
    all
}

/// The way back of a step, in sentences.
pub fn way_back(stage: &Shown, names: &Names) -> Vec<String> {
    let (there, back) = (step(&stage.step, names), step(&stage.step.inverse(), names));
    let back = if there == back { format!("{back}, back to what it was.") } else { format!("{back}.") };
    let mut all = vec![back];
    all.extend(resets("Going back, sessions end", &stage.back, names));
    all
}

/// The whole in a sentence.
pub fn headline(window: &Window) -> String {
    if window.total == 0 {
        return "Nothing has to change: today's network is as this plan has it.".to_owned();
    }
    let steps = count(u64::from(window.total), "step");
    if window.score == Score::default() {
        return format!("{steps}: at none of them does a flow fare worse than both today and in the end.");
    }
    let verb = if window.flows == 1 { "breaks" } else { "break" };
    format!(
        "{steps}: on the way {} {verb}, and {} in the end.",
        count(u64::from(window.flows), "flow"),
        fares(window)
    )
}

fn fares(window: &Window) -> &'static str {
    if window.flows == 1 { "fares no worse" } else { "fare no worse" }
}

/// How much breaks: flows times states.
fn score(score: Score) -> String {
    let mut told = Vec::new();
    if score.broken > 0 {
        told.push(format!("{} failing", score.broken));
    }
    if score.unsettled > 0 {
        told.push(format!("{} uncertain", score.unsettled));
    }
    if told.is_empty() { "none".to_owned() } else { listing(&told, "and") }
}

/// What a better order would do, or that there is none; empty where nothing breaks.
pub fn better(window: &Window) -> String {
    match &window.better {
        Some(Better { score: Score { broken: 0, unsettled: 0 }, .. }) => {
            "In another order of the same steps nothing breaks.".to_owned()
        }
        Some(found) => {
            let rest = if window.proved {
                "No order is better."
            } else {
                "There are too many orders to weigh them all: it was looked for step by step."
            };
            format!(
                "In another order less breaks. Flows that break, summed over the states between: {} here, {} then. {rest}",
                score(window.score),
                score(found.score)
            )
        }
        None if window.score == Score::default() => String::new(),
        None if window.proved => {
            "No order of these steps breaks less. Do the steps between which flows break in one \
             maintenance window, or change the plan so that old and new stand side by side for a while."
                .to_owned()
        }
        None => "No better order was found; there are too many to weigh them all.".to_owned(),
    }
}
