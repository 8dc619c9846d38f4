//! Junos: prefix lists, policy-statements, aggregate routes, BGP groups.
//!
//! ```text
//! set policy-options prefix-list OURS 203.0.113.0/24
//! set policy-options policy-statement TO-MS term 1 from route-filter 203.0.113.0/24 upto /28
//! set policy-options policy-statement TO-MS term 1 then as-path-prepend "65010 65010"
//! set policy-options policy-statement TO-MS term 1 then accept
//! set routing-options aggregate route 203.0.112.0/23
//! set protocols bgp group MS neighbor 192.0.2.2 peer-as 12076
//! ```
//! A prefix list matches its prefixes exactly. Routes that no term decides on are taken, as BGP's default policy has it.

use super::ios::asn;
use crate::intake::config::{
    Advertised, AdvertisedBy, Draft, Neighbour, PrefixList, PrefixListEntry, Reason as Why, RoutePolicy,
    RouteTerm, Statement, TermAction, draft,
};
use crate::intake::recognise::{Reason, Sample};
use crate::pace::Pace;
use crate::plan::Community;
use rustc_hash::FxHashMap;
use std::net::IpAddr;
use std::ops::Range;

pub(crate) fn recognise(sample: &Sample<'_>) -> Option<(u8, Reason)> {
    let reason = sample.line(|line| {
        line.starts_with("set policy-options ")
            || line.starts_with("set protocols bgp ")
            || line == "policy-options {"
            || (line.starts_with("policy-statement ") || line.starts_with("route-filter-list "))
                && line.ends_with('{')
    })?;
    Some((91, reason))
}

/// A term as far as it was read.
#[derive(Default)]
struct Term {
    name: String,
    entries: Vec<PrefixListEntry>,
    has_prefixes: bool,
    communities: Vec<Community>,
    action: TermAction,
    decides: Option<bool>,
    lost: bool,
    span: Range<u32>,
}

#[derive(Default)]
struct Junos {
    lists: FxHashMap<String, usize>,
    communities: FxHashMap<String, Vec<Community>>,
    policies: Vec<(String, Vec<Term>)>,
    by_name: FxHashMap<String, usize>,
    terms: FxHashMap<(usize, String), usize>,
    peers: Vec<Peer>,
    groups: FxHashMap<String, Peer>,
    peers_by_name: FxHashMap<String, usize>,
}

#[derive(Clone, Default)]
struct Peer {
    address: Option<IpAddr>,
    group: String,
    remote_as: Option<u32>,
    policies_in: Vec<String>,
    policies_out: Vec<String>,
    span: Range<u32>,
}

pub(crate) async fn read(statements: &[Statement<'_>], draft: &mut Draft, pace: &Pace) {
    let mut junos = Junos::default();
    // Lists and communities first: terms may refer to those behind them.
    for path in statements {
        pace.work(1).await;
        if path.begins(&["policy-options"]) {
            junos.list(path, draft);
        }
    }
    for path in statements {
        pace.work(4).await;
        if path.begins(&["policy-options", "policy-statement"]) {
            junos.policy(path, draft);
        } else if path.begins(&["routing-options"]) {
            routing(path, draft);
        } else if path.begins(&["protocols", "bgp"]) {
            junos.bgp(path, draft);
        }
    }
    junos.finish(draft);
}

fn routing(path: &Statement, draft: &mut Draft) {
    match (path.at(1), path.at(2)) {
        ("autonomous-system", _) => draft.setup.local_as = asn(path.at(2)).or(draft.setup.local_as),
        ("aggregate" | "generate", "route") => {
            let Some(prefix) = draft.prefix(path, 3).map(draft::net) else { return };
            let there = draft.setup.advertised.iter().any(|advertised| advertised.prefix == prefix);
            if !there {
                let (by, policy) = (AdvertisedBy::Aggregate, String::new());
                draft.setup.advertised.push(Advertised { prefix, by, policy, span: path.place(3) });
            }
        }
        _ => {}
    }
}

/// How a route filter matches, from the word behind its prefix on.
fn lengths(path: &Statement, at: usize, prefix: ipnet::IpNet) -> Option<(u8, u8)> {
    let (length, most) = (prefix.prefix_len(), prefix.max_prefix_len());
    let number = |word: &str| word.trim_start_matches('/').parse::<u8>().ok();
    let (shortest, longest) = match path.at(at) {
        "" | "exact" => (length, length),
        "orlonger" => (length, most),
        "longer" => (length.checked_add(1)?, most),
        "upto" => (length, number(path.at(at + 1))?),
        "prefix-length-range" => {
            let (from, to) = path.at(at + 1).split_once('-')?;
            (number(from)?, number(to)?)
        }
        _ => return None,
    };
    (length <= shortest && shortest <= longest && longest <= most).then_some((shortest, longest))
}

impl Junos {
    fn list(&mut self, path: &Statement, draft: &mut Draft) {
        match path.at(1) {
            "prefix-list" | "route-filter-list" => {
                let name = path.at(2).to_owned();
                let index = *self.lists.entry(name.clone()).or_insert_with(|| {
                    draft.setup.prefix_lists.push(PrefixList { name, entries: Vec::new(), span: path.place(2) });
                    draft.setup.prefix_lists.len() - 1
                });
                if path.at(3) == "apply-path" {
                    return draft.left_out(path.span_of_end(), Why::Feature { what: path.rest(3) });
                }
                if path.at(3).is_empty() {
                    return;
                }
                let Some(prefix) = draft.prefix(path, 3).map(draft::net) else { return };
                let Some((shortest, longest)) = lengths(path, 4, prefix) else {
                    return draft.left_out(path.span_of_end(), Why::NotUnderstood { statement: path.rest(3) });
                };
                if let Some(list) = draft.setup.prefix_lists.get_mut(index) {
                    list.entries.push(PrefixListEntry { permit: true, prefix, shortest, longest });
                }
            }
            "community" => {
                let members = self.communities.entry(path.at(2).to_owned()).or_default();
                if path.at(3) == "members" {
                    match path.at(4).parse() {
                        Ok(community) => members.push(community),
                        Err(_) => draft.left_out(path.place(4), Why::Feature { what: path.at(4).to_owned() }),
                    }
                }
            }
            _ => {}
        }
    }

    fn policy(&mut self, path: &Statement, draft: &mut Draft) {
        let name = path.at(2).to_owned();
        let index = *self.by_name.entry(name.clone()).or_insert_with(|| {
            self.policies.push((name, Vec::new()));
            self.policies.len() - 1
        });
        let Some((_, terms)) = self.policies.get_mut(index) else { return };
        let (term, at): (String, usize) = match path.at(3) {
            "term" => (path.at(4).to_owned(), 5),
            _ => (String::new(), 3),
        };
        let place = *self.terms.entry((index, term.clone())).or_insert_with(|| {
            terms.push(Term { name: term, span: path.place(at.saturating_sub(1)), ..Term::default() });
            terms.len() - 1
        });
        let Some(term) = terms.get_mut(place) else { return };
        term.span.end = term.span.end.max(path.span_of_end().end);
        match path.at(at) {
            "from" => Self::from(term, path, at + 1, &self.lists, &self.communities, draft),
            "then" => Self::then(term, path, at + 1, &self.communities, draft),
            "to" => {
                term.lost = true;
                draft.left_out(path.span_of_end(), Why::Feature { what: path.rest(at) });
            }
            _ => {}
        }
    }

    fn from(
        term: &mut Term,
        path: &Statement,
        at: usize,
        lists: &FxHashMap<String, usize>,
        communities: &FxHashMap<String, Vec<Community>>,
        draft: &mut Draft,
    ) {
        let lost = |term: &mut Term, why: Why, draft: &mut Draft| {
            term.lost = true;
            draft.left_out(path.span_of_end(), why);
        };
        let name = path.at(at + 1);
        match path.at(at) {
            "route-filter" => {
                term.has_prefixes = true;
                let Some(prefix) = draft.prefix(path, at + 1).map(draft::net) else { return };
                match lengths(path, at + 2, prefix) {
                    Some((shortest, longest)) => {
                        term.entries.push(PrefixListEntry { permit: true, prefix, shortest, longest });
                    }
                    None => lost(term, Why::NotUnderstood { statement: path.rest(at) }, draft),
                }
            }
            "prefix-list" | "route-filter-list" | "prefix-list-filter" => {
                term.has_prefixes = true;
                let Some(list) = lists.get(name).and_then(|index| draft.setup.prefix_lists.get(*index)) else {
                    return lost(term, Why::UnknownName { name: name.to_owned() }, draft);
                };
                let length = list.entries.len();
                if !draft.may_copy(length) {
                    return lost(term, Why::TooManyPieces { limit: draft::MAX_COPIED as u32 }, draft);
                }
                let entries = lists.get(name).and_then(|index| draft.setup.prefix_lists.get(*index));
                let entries = entries.map(|list| list.entries.clone()).unwrap_or_default();
                for mut entry in entries {
                    if path.at(at) == "prefix-list-filter" {
                        let Some((shortest, longest)) = lengths(path, at + 2, entry.prefix) else {
                            return lost(term, Why::NotUnderstood { statement: path.rest(at) }, draft);
                        };
                        (entry.shortest, entry.longest) = (shortest, longest);
                    }
                    term.entries.push(entry);
                }
            }
            "community" => match communities.get(name).map(Vec::as_slice) {
                // Several members must all be carried, which a plan can't ask.
                Some([one]) => term.communities.push(*one),
                Some(_) => lost(term, Why::Feature { what: format!("community {name}") }, draft),
                None => lost(term, Why::UnknownName { name: name.to_owned() }, draft),
            },
            // What BGP advertises or learns is BGP's; where else a route is from isn't in a plan.
            "protocol" if name == "bgp" => {}
            "family" => {}
            "protocol" if matches!(name, "aggregate" | "static" | "direct" | "local") => {
                draft.simplified(path.span_of_end(), Why::Feature { what: path.rest(at) });
            }
            _ => lost(term, Why::Feature { what: path.rest(at) }, draft),
        }
    }

    fn then(
        term: &mut Term,
        path: &Statement,
        at: usize,
        communities: &FxHashMap<String, Vec<Community>>,
        draft: &mut Draft,
    ) {
        match path.at(at) {
            "accept" => term.decides = Some(true),
            "reject" => term.decides = Some(false),
            "next" => {
                term.lost = true;
                draft.left_out(path.span_of_end(), Why::Feature { what: path.rest(at) });
            }
            "local-preference" => term.action.local_preference = path.at(at + 1).parse().ok(),
            "as-path-prepend" => {
                let count =
                    path.words.iter().skip(at + 1).flat_map(|word| word.text.split_ascii_whitespace()).count();
                term.action.prepend = u32::try_from(count).ok();
            }
            "as-path-expand" if path.at(at + 1) == "last-as" => term.action.prepend = path.at(at + 3).parse().ok(),
            "community" => {
                let name = path.at(at + 2);
                match communities.get(name) {
                    Some(found) => term.action.communities.extend(found.iter().copied()),
                    None => draft.simplified(path.span_of_end(), Why::UnknownName { name: name.to_owned() }),
                }
            }
            _ => draft.simplified(path.span_of_end(), Why::Feature { what: path.rest(at) }),
        }
    }

    fn bgp(&mut self, path: &Statement, draft: &mut Draft) {
        if path.at(2) != "group" {
            return;
        }
        let group = path.at(3).to_owned();
        let (peer, at) = if path.at(4) == "neighbor" {
            let name = path.at(5).to_owned();
            let index = *self.peers_by_name.entry(name).or_insert_with(|| {
                self.peers.push(Peer { group, span: path.place(5), ..Peer::default() });
                self.peers.len() - 1
            });
            let Some(peer) = self.peers.get_mut(index) else { return };
            match path.at(5).parse() {
                Ok(address) => peer.address = Some(address),
                Err(_) => return draft.no_address(path, 5),
            }
            (peer, 6)
        } else {
            (self.groups.entry(group).or_default(), 4)
        };
        match path.at(at) {
            "peer-as" => peer.remote_as = asn(path.at(at + 1)),
            "import" => peer.policies_in.push(path.at(at + 1).to_owned()),
            "export" => peer.policies_out.push(path.at(at + 1).to_owned()),
            // They change the path, the preference, or whether there is a session at all.
            "local-preference" | "local-as" | "metric-out" | "as-override" | "remove-private" | "disable"
            | "shutdown" | "advertise-inactive" | "multipath" => {
                draft.simplified(path.span_of_end(), Why::Feature { what: path.rest(at) });
            }
            _ => {}
        }
    }

    fn finish(self, draft: &mut Draft) {
        let any = Peer::default();
        for peer in &self.peers {
            let Some(address) = peer.address else { continue };
            let group = self.groups.get(&peer.group).unwrap_or(&any);
            let or = |own: &Vec<String>, theirs: &Vec<String>| if own.is_empty() { theirs } else { own }.clone();
            draft.setup.neighbours.push(Neighbour {
                address,
                remote_as: peer.remote_as.or(group.remote_as),
                policies_in: or(&peer.policies_in, &group.policies_in),
                policies_out: or(&peer.policies_out, &group.policies_out),
                weight: None,
                span: peer.span.clone(),
            });
        }
        for (name, terms) in self.policies {
            let span = terms.first().map_or(0..0, |term| term.span.clone());
            let mut policy = RoutePolicy {
                name,
                terms: Vec::new(),
                otherwise: TermAction { permit: true, ..TermAction::default() },
                span,
            };
            let count = terms.len();
            for (nth, term) in terms.into_iter().enumerate() {
                let Some(permit) = term.decides else {
                    // It only changes routes, and terms behind it go on with them.
                    if term.action != TermAction::default() || nth + 1 < count {
                        let what = format!("term {} without accept or reject", term.name);
                        draft.left_out(term.span.clone(), Why::Feature { what });
                    }
                    continue;
                };
                let action = TermAction { permit, ..term.action };
                let everything = !term.has_prefixes && term.communities.is_empty() && !term.lost;
                if everything && nth + 1 == count {
                    policy.otherwise = action;
                    continue;
                }
                // A condition that isn't known must not become none: the term matches nothing.
                let prefixes = match (term.lost, term.has_prefixes) {
                    (true, _) => Some(Vec::new()),
                    (false, true) => Some(term.entries),
                    (false, false) => None,
                };
                let communities = term.communities;
                policy.terms.push(RouteTerm { prefixes, communities, action, span: term.span });
            }
            draft.setup.policies.push(policy);
        }
    }
}
