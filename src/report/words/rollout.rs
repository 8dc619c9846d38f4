//! Rollout: each step as an order to someone, what it does on the way, and the whole in a sentence.

use super::{Names, count, failures, listing, peering_kind, verdicts};
use crate::plan::{Citation, Id, PeeringKind, Side};
use crate::study::rollout::{
    Better, Broken, Does, Effective, Few, Reset, Score, Shown, Step, Value, What, Window,
};
use std::collections::BTreeMap;

/// At most so many of a list are named.
const NAMED: usize = 4;

/// What is to be done, without a full stop.
pub fn step(step: &Step, names: &Names) -> String {
    let (before, after) = (&step.before, &step.after);
    let on = |id: &Id, kind: PeeringKind| match kind {
        PeeringKind::Microsoft => names.circuit(id).to_owned(),
        other => format!("{}, {} peering", names.circuit(id), peering_kind(other)),
    };
    match &step.what {
        What::Inside(id) => format!("Change the inside prefixes of {}{}", names.site(id), moved(before, after)),
        What::Costs(id) => format!("Change what exits cost from {}", names.site(id)),
        What::Circuit(id) => format!("Change {} of {}", fields(before, after), names.circuit(id)),
        What::Peering(id, kind) => format!("Change {} of {}", fields(before, after), on(id, *kind)),
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
            (Value::Devices(old), Value::Devices(new)) if old == new => {
                format!("Change the zones by which {} enters its devices", names.exit(id))
            }
            (Value::Devices(old), Value::Devices(new)) => {
                format!(
                    "Lead {} over {}, in place of {}",
                    names.exit(id),
                    devices(new, names),
                    devices(old, names)
                )
            }
            (Value::Link(old), Value::Link(new)) if old == new => {
                format!("Change the provider or the bandwidth of {}", names.exit(id))
            }
            (Value::Link(old), Value::Link(new)) => {
                format!("Move {} from {} to {}", names.exit(id), link(old, names), link(new, names))
            }
            _ => format!("Change {} of {}", fields(before, after), names.exit(id)),
        },
        What::Detection(id) => format!("Change how a failure of {} is noticed", names.exit(id)),
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
            _ => format!("Publish {} otherwise, by {}", names.published(id), exits_of(after, names)),
        },
        What::Service(id) => {
            format!("Change the destinations of {}, which translation rules name", names.service(id))
        }
        What::Learned(id) => {
            format!("Expect other routes over {}: what is sent there, nothing to do here", names.exit(id))
        }
        What::Source(id) => format!("Take routes from another version of {}", names.source(id)),
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
        What::Settings => "Change multipath or administrative distances".to_owned(),
        What::Rest(number) => format!("Make the other {} together", count(u64::from(*number), "change")),
    }
}

fn devices(ids: &[Id], names: &Names) -> String {
    let named: Vec<&str> = ids.iter().map(|id| names.device(id)).collect();
    if named.is_empty() { "no device".to_owned() } else { listing(&named, "and") }
}

/// What an exit is, in a few words.
fn link(link: &Option<(Id, PeeringKind, Side)>, names: &Names) -> String {
    let Some((circuit, peering, side)) = link else { return "an Internet link".to_owned() };
    let side = match side {
        Side::Primary => "primary",
        Side::Secondary => "secondary",
    };
    format!("the {} peering of {}, {side} link", peering_kind(*peering), names.circuit(circuit))
}

fn either<'a>(one: &'a Value, other: &'a Value) -> &'a Value {
    if *one == Value::Nothing { other } else { one }
}

fn several(texts: &[String], all: usize) -> String {
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
        Value::Nothing | Value::Devices(_) | Value::Link(_) | Value::Rule { .. } | Value::Policy { .. } => {
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

/// What of a part changes.
fn fields(before: &Value, after: &Value) -> String {
    let Value::Texts { texts, .. } = either(after, before) else { return String::new() };
    let named: Vec<&str> = texts
        .iter()
        .map(|field| match field.as_str() {
            "sku" => "the SKU",
            "bandwidth" => "the bandwidth",
            "local_regions" => "the local regions",
            "microsoft_365_authorised" => "the authorisation for Microsoft 365",
            "return_model" => "the return model",
            "customer_asn" => "the AS number",
            "subnets" => "the subnets",
            "site" => "the site",
            "link" => "the link",
            other => other,
        })
        .collect();
    listing(&named, "and")
}

fn numbered(word: &str, index: Option<u32>) -> String {
    format!("{word} {}", index.map_or(0, |index| index + 1))
}

/// What a translation rule does, in a clause.
fn rule(value: &Value, names: &Names) -> String {
    let Value::Rule { exits, some, pool } = value else { return String::new() };
    let by = if exits.is_empty() { String::new() } else { format!(" leaves by {}", names.exits(exits, "or")) };
    let what = match (some, exits.is_empty()) {
        (true, true) => "some of what passes".to_owned(),
        (true, false) => format!("some of what{by}"),
        (false, true) => "what passes".to_owned(),
        (false, false) => format!("what{by}"),
    };
    match pool {
        Some(pool) => format!("{what} is translated to {}", names.pool(pool)),
        None => format!("{what} stays untranslated"),
    }
}

/// What a rule does that did another thing before.
fn rule_in_place(before: &Value, after: &Value, names: &Names) -> String {
    match (before, after) {
        (Value::Rule { exits: old, some: was, pool: from }, Value::Rule { exits: new, some: is, pool: to })
            if old == new && was == is && from != to =>
        {
            let from = from.as_ref().map_or("no translation", |pool| names.pool(pool));
            format!("{}, in place of {from}", rule(after, names))
        }
        _ => format!("{}, no longer {}", rule(after, names), rule(before, names)),
    }
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
            format!("On {on}, change {} for {of}: {}", numbered("policy", new), policy(after, names))
        }
    }
}

/// What a policy does, in a clause.
fn policy(value: &Value, names: &Names) -> String {
    let Value::Policy { sites, communities, some, does } = value else { return String::new() };
    let mut which = if communities.is_empty() {
        "routes".to_owned()
    } else {
        let named: Vec<String> = communities.iter().map(ToString::to_string).collect();
        format!("routes of {}", several(&named, named.len()))
    };
    if *some {
        which = format!("some {which}");
    }
    if !sites.is_empty() {
        let named: Vec<&str> = sites.iter().map(|site| names.site(site)).collect();
        which = format!("{which}, for {} only,", listing(&named, "and"));
    }
    match does {
        Does::Deny => format!("{which} are dropped"),
        Does::Accept { local_preference, weight, prepend } => {
            let set: Vec<String> = [
                local_preference.map(|own| format!("local preference {own}")),
                weight.map(|own| format!("weight {own}")),
                prepend.map(|own| format!("{own} prepends")),
            ]
            .into_iter()
            .flatten()
            .collect();
            if set.is_empty() {
                format!("{which} are taken as they are")
            } else {
                format!("{which} get {}", listing(&set, "and"))
            }
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
