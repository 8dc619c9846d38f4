//! Advertisements and policies: what each neighbour is told, and what is done with what it tells.

use super::{Adopted, Change, Miss, MissReason, Target};
use crate::intake::config::{AdvertisedBy, Neighbour, PrefixListEntry, RoutePolicy, RouteTerm, Setup, TermAction};
use crate::plan::{Action, Exit, Id, Link, PartKind, Plan, Policy, Settings, Side, Text};
use ipnet::IpNet;

pub(super) fn adopt(plan: &mut Plan, setup: &Setup, target: &Target, adopted: &mut Adopted) {
    for neighbour in &setup.neighbours {
        let Some(id) = exit_of(plan, neighbour, target) else {
            let why = MissReason::NoNeighbour { address: neighbour.address };
            adopted.misses.push(Miss { why, span: neighbour.span.clone() });
            continue;
        };
        let Some(index) = plan.exits.iter().position(|exit| exit.id == id) else { continue };
        let policy_in = policies(setup, &neighbour.policies_in, neighbour, adopted);
        let policy_out = policies(setup, &neighbour.policies_out, neighbour, adopted);
        let Some(exit) = plan.exits.get_mut(index) else { continue };
        let before = exit.clone();
        if let Some(policy) = policy_in {
            exit.policy_in = policy;
        }
        if let Some(weight) = neighbour.weight {
            weigh(exit, weight);
        }
        if let Some(policy) = policy_out {
            exit.policy_out = policy;
        }
        advertise(exit, setup, neighbour.address.is_ipv4());
        if *exit != before {
            adopted.changes.push(Change::Changed { kind: PartKind::Exit, id });
        }
    }
}

/// The exit at whose other end a neighbour is.
fn exit_of(plan: &Plan, neighbour: &Neighbour, target: &Target) -> Option<Id> {
    if let Some((_, exit)) = target.neighbours.iter().find(|(address, _)| *address == neighbour.address) {
        return Some(exit.clone());
    }
    let in_subnets = |exit: &&Exit| {
        let Link::ExpressRoute(link) = &exit.link else { return false };
        let circuit = plan.circuits.iter().find(|circuit| circuit.id == link.circuit);
        let Some(peering) = circuit.and_then(|circuit| circuit.peering(link.peering)) else { return false };
        let subnets = match link.side {
            Side::Primary => &peering.primary_subnets,
            Side::Secondary => &peering.secondary_subnets,
        };
        nets(subnets).iter().any(|net| net.contains(&neighbour.address))
    };
    if let Some(exit) = plan.exits.iter().find(in_subnets) {
        return Some(exit.id.clone());
    }
    let of_provider = |exit: &&Exit| match &exit.link {
        Link::Internet(link) => link.provider_asn.is_some() && link.provider_asn == neighbour.remote_as,
        Link::ExpressRoute(_) => false,
    };
    let mut providers = plan.exits.iter().filter(of_provider);
    match (providers.next(), providers.next()) {
        (Some(exit), None) => Some(exit.id.clone()),
        _ => None,
    }
}

/// The prefixes of a plain list.
fn nets(text: &Text) -> Vec<IpNet> {
    let reading = crate::intake::read(text.as_str(), Some(crate::intake::Format::Plain));
    let v4 = reading.v4.iter().map(|entry| IpNet::from(entry.prefix));
    v4.chain(reading.v6.iter().map(|entry| IpNet::from(entry.prefix))).collect()
}

/// What the device originates, in the family of the session. What stands there of the other family stays.
fn advertise(exit: &mut Exit, setup: &Setup, v4: bool) {
    let own: Vec<&crate::intake::config::Advertised> =
        setup.advertised.iter().filter(|advertised| matches!(advertised.prefix, IpNet::V4(_)) == v4).collect();
    if own.is_empty() {
        return;
    }
    let hidden = |net: &IpNet| {
        let hides = |other: &&crate::intake::config::Advertised| {
            other.by == AdvertisedBy::AggregateOnly && other.prefix != *net && other.prefix.contains(net)
        };
        own.iter().copied().any(|other| hides(&other))
    };
    let mut wanted: Vec<IpNet> =
        own.iter().map(|advertised| advertised.prefix).filter(|net| !hidden(net)).collect();
    crate::sort::up(&mut wanted);
    wanted.dedup();
    let mut there: Vec<IpNet> =
        nets(&exit.advertised).into_iter().filter(|net| matches!(net, IpNet::V4(_)) == v4).collect();
    crate::sort::up(&mut there);
    there.dedup();
    if there == wanted {
        return;
    }
    let others = nets(&exit.advertised).into_iter().filter(|net| matches!(net, IpNet::V4(_)) != v4);
    let lines: Vec<String> = wanted.iter().copied().chain(others).map(|net| net.to_string()).collect();
    exit.advertised = lines.join("\n").into();
}

/// A neighbour's weight holds for what no policy has given one.
fn weigh(exit: &mut Exit, weight: u32) {
    let mut any = false;
    for policy in &mut exit.policy_in {
        if let Action::Accept(settings) = &mut policy.action {
            settings.weight = settings.weight.or(Some(weight));
        }
        any |= policy.prefixes.is_empty() && policy.communities.is_empty() && policy.sites.is_empty();
    }
    if !any {
        let settings = Settings { weight: Some(weight), ..Settings::default() };
        exit.policy_in.push(Policy { action: Action::Accept(settings), ..Policy::default() });
    }
}

/// The policies of these names as those of a plan; `None` where there are none, or they can't be said.
fn policies(setup: &Setup, names: &[String], neighbour: &Neighbour, adopted: &mut Adopted) -> Option<Vec<Policy>> {
    let mut miss = |why: MissReason| adopted.misses.push(Miss { why, span: neighbour.span.clone() });
    match names {
        [] => None,
        [name] => {
            if let Some(list) = setup.prefix_lists.iter().find(|list| list.name == *name) {
                return Some(of_list(&list.entries));
            }
            let Some(policy) = setup.policies.iter().find(|policy| policy.name == *name) else {
                miss(MissReason::NoPolicy { name: name.clone() });
                return None;
            };
            let (policies, whole) = of_policy(policy);
            if !whole {
                miss(MissReason::PolicyPart { policy: name.clone() });
            }
            Some(policies)
        }
        // A filter beside a route policy: both must permit.
        [first, name] => {
            let list = setup.prefix_lists.iter().find(|list| list.name == *first);
            let policy = setup.policies.iter().find(|policy| policy.name == *name);
            let (Some(list), Some(policy)) = (list, policy) else {
                let name = if list.is_none() { first } else { name }.clone();
                miss(MissReason::NoPolicy { name });
                return None;
            };
            if list.entries.iter().any(|entry| !entry.permit) {
                miss(MissReason::PolicyPart { policy: first.clone() });
                return None;
            }
            let (policies, whole) = of_policy(&narrowed(&list.entries, policy));
            if !whole {
                miss(MissReason::PolicyPart { policy: name.clone() });
            }
            Some(policies)
        }
        _ => {
            miss(MissReason::PolicyPart { policy: names.join(", ") });
            None
        }
    }
}

/// A prefix list as policies: its entries in their order, and all else denied.
fn of_list(entries: &[PrefixListEntry]) -> Vec<Policy> {
    let mut found: Vec<Policy> = Vec::new();
    for entry in entries {
        let action = if entry.permit { Action::default() } else { Action::Deny };
        push(&mut found, line(entry), Vec::new(), action);
    }
    found.push(Policy { action: Action::Deny, ..Policy::default() });
    found
}

/// One more match, put together with the one before where both do the same.
fn push(found: &mut Vec<Policy>, line: String, communities: Vec<crate::plan::Community>, action: Action) {
    match found.last_mut() {
        Some(last) if last.action == action && last.communities == communities && !last.prefixes.is_empty() => {
            last.prefixes = format!("{}\n{line}", last.prefixes.as_str()).into();
        }
        _ => found.push(Policy { prefixes: line.into(), communities, sites: Vec::new(), action }),
    }
}

/// An entry in the grammar of plain lists. There a prefix matches all more specific ones unless it says otherwise.
fn line(entry: &PrefixListEntry) -> String {
    let (length, longest) = (entry.prefix.prefix_len(), entry.prefix.max_prefix_len());
    let mut said = entry.prefix.to_string();
    if entry.shortest > length {
        said.push_str(&format!(" ge={}", entry.shortest));
    }
    if entry.longest < longest {
        said.push_str(&format!(" le={}", entry.longest));
    }
    said
}

/// A route policy as policies of a plan, and whether they say all of it.
fn of_policy(policy: &RoutePolicy) -> (Vec<Policy>, bool) {
    let mut found = Vec::new();
    let mut whole = true;
    for term in &policy.terms {
        whole &= term.action.communities.is_empty();
        let action = action(&term.action);
        let communities = term.communities.clone();
        match &term.prefixes {
            None => found.push(Policy { communities, action, ..Policy::default() }),
            // Its conditions weren't understood; it is named where it stands.
            Some(entries) if entries.is_empty() => whole = false,
            Some(entries) if entries.iter().all(|entry| entry.permit) => {
                let mut of_term = Vec::new();
                entries
                    .iter()
                    .for_each(|entry| push(&mut of_term, line(entry), communities.clone(), action.clone()));
                found.append(&mut of_term);
            }
            // What it doesn't permit goes on to the next term, and a plan's policies can't say that.
            Some(_) => whole = false,
        }
    }
    let ends = policy.terms.last().is_some_and(|term| term.prefixes.is_none() && term.communities.is_empty());
    if !ends && policy.otherwise != (TermAction { permit: true, ..TermAction::default() }) {
        found.push(Policy { action: action(&policy.otherwise), ..Policy::default() });
    }
    (found, whole)
}

fn action(action: &TermAction) -> Action {
    match action.permit {
        false => Action::Deny,
        true => Action::Accept(Settings {
            local_preference: action.local_preference,
            weight: action.weight,
            prepend: action.prepend,
        }),
    }
}

/// A policy for nothing but what a list permits: each term's entries cut down to the list's, the rest denied.
fn narrowed(entries: &[PrefixListEntry], policy: &RoutePolicy) -> RoutePolicy {
    let mut narrow = policy.clone();
    let rest = RouteTerm {
        prefixes: None,
        communities: Vec::new(),
        action: policy.otherwise.clone(),
        span: policy.span.clone(),
    };
    narrow.terms.push(rest);
    for term in &mut narrow.terms {
        term.prefixes = Some(match &term.prefixes {
            None => entries.to_vec(),
            Some(own) => own.iter().flat_map(|own| entries.iter().filter_map(|entry| both(own, entry))).collect(),
        });
    }
    narrow.terms.retain(|term| term.prefixes.as_ref().is_some_and(|prefixes| !prefixes.is_empty()));
    narrow.otherwise = TermAction::default();
    narrow
}

/// The prefixes that two entries match both; whether they are permitted is the first one's to say.
fn both(own: &PrefixListEntry, other: &PrefixListEntry) -> Option<PrefixListEntry> {
    let inner = if own.prefix.contains(&other.prefix) {
        other.prefix
    } else if other.prefix.contains(&own.prefix) {
        own.prefix
    } else {
        return None;
    };
    let shortest = own.shortest.max(other.shortest).max(inner.prefix_len());
    let longest = own.longest.min(other.longest);
    (shortest <= longest).then_some(PrefixListEntry { permit: own.permit, prefix: inner, shortest, longest })
}
