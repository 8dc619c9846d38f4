//! Cisco IOS and its like (IOS-XE, NX-OS, Arista EOS, FRR): BGP's statements, prefix lists, route-maps.
//!
//! ```text
//! router bgp 65010
//!  neighbor 192.0.2.2 remote-as 12076
//!  neighbor 192.0.2.2 route-map TO-MS out
//!  network 203.0.113.0 mask 255.255.255.0
//!  aggregate-address 203.0.112.0 255.255.254.0 summary-only
//! ip prefix-list OURS seq 5 permit 203.0.113.0/24 le 28
//! route-map TO-MS permit 10
//!  match ip address prefix-list OURS
//!  set as-path prepend 65010 65010
//! ```
//! What several `match` lines of one entry ask must all hold; what one line lists, any of it.

use crate::intake::config::{
    Advertised, AdvertisedBy, Draft, Neighbour, PrefixList, PrefixListEntry, Reason as Why, RoutePolicy,
    RouteTerm, Statement, TermAction, draft,
};
use crate::intake::recognise::{Reason, Sample};
use crate::pace::Pace;
use crate::plan::Community;
use rustc_hash::{FxHashMap, FxHashSet};
use std::net::IpAddr;

pub(crate) fn recognise(sample: &Sample<'_>) -> Option<(u8, Reason)> {
    let reason = sample.line(|line| {
        line.strip_prefix("router bgp ").is_some_and(|asn| asn.trim().parse::<u32>().is_ok())
            || ["ip prefix-list ", "ipv6 prefix-list "].iter().any(|head| line.starts_with(head))
            || line.starts_with("route-map ") && line.split(' ').count() >= 3
    })?;
    Some((92, reason))
}

#[derive(Default)]
struct Bgp {
    lists: FxHashMap<String, usize>,
    communities: FxHashMap<String, Result<Vec<Community>, String>>,
    maps: FxHashMap<String, usize>,
    /// The route-map whose clauses are read.
    open_map: Option<usize>,
    /// Neighbours and groups of them, by name, in the order of the text.
    peers: Vec<Peer>,
    by_name: FxHashMap<String, usize>,
}

#[derive(Default)]
struct Peer {
    name: String,
    group: Option<String>,
    remote_as: Option<u32>,
    policies_in: Vec<String>,
    policies_out: Vec<String>,
    weight: Option<u32>,
    off: bool,
    span: std::ops::Range<u32>,
}

pub(crate) async fn read(statements: &[Statement<'_>], draft: &mut Draft, pace: &Pace) {
    let mut bgp = Bgp::default();
    // Lists first: route-maps refer to those behind them too. Route-maps of translation are read there.
    let mut open = None;
    let mut of_nat: FxHashSet<&str> = FxHashSet::default();
    for statement in statements {
        pace.work(2).await;
        if statement.indent == 0 {
            open = None;
        }
        if statement.begins(&["ip", "nat"]) {
            of_nat.extend(statement.after("route-map"));
        }
        bgp.list(statement, &mut open, draft);
    }
    let (mut section, mut instance, mut peer) = (Section::None, None::<String>, None::<(usize, usize)>);
    for statement in statements {
        pace.work(4).await;
        if statement.indent == 0 {
            section = Section::of(statement, draft);
            (instance, peer) = (None, None);
            if section == Section::Map && of_nat.contains(statement.at(1)) {
                section = Section::None;
            }
            if section == Section::Map {
                bgp.entry(statement, draft);
            }
            continue;
        }
        match section {
            Section::Map => bgp.clause(statement, draft),
            Section::Bgp => {
                if peer.is_some_and(|(_, indent)| statement.indent <= indent) {
                    peer = None;
                }
                bgp.statement(statement, &mut instance, &mut peer, draft);
            }
            Section::None => {}
        }
    }
    bgp.finish(draft);
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum Section {
    None,
    Bgp,
    Map,
}

impl Section {
    fn of(statement: &Statement, draft: &mut Draft) -> Self {
        if statement.begins(&["router", "bgp"]) {
            draft.setup.local_as = asn(statement.at(2)).or(draft.setup.local_as);
            return Self::Bgp;
        }
        if statement.begins(&["route-map"]) { Self::Map } else { Self::None }
    }
}

/// An AS number, plain or as two halves with a dot (RFC 5396).
pub(super) fn asn(word: &str) -> Option<u32> {
    match word.split_once('.') {
        Some((high, low)) => {
            let (high, low) = (high.parse::<u16>().ok()?, low.parse::<u16>().ok()?);
            Some(u32::from(high) << 16 | u32::from(low))
        }
        None => word.parse().ok(),
    }
}

/// The bounds `ge`, `le` and `eq` behind a prefix.
pub(super) fn bounds(statement: &Statement, from: usize, prefix: ipnet::IpNet) -> Option<(u8, u8)> {
    let (length, most) = (prefix.prefix_len(), prefix.max_prefix_len());
    let number = |word: &str| match statement.find(word, from) {
        Some(at) => statement.at(at + 1).parse::<u8>().map(Some).map_err(|_| ()),
        None => Ok(None),
    };
    let (ge, le, eq) = (number("ge").ok()?, number("le").ok()?, number("eq").ok()?);
    let (shortest, longest) = match (eq, ge, le) {
        (Some(eq), ..) => (eq, eq),
        (None, None, None) => (length, length),
        (None, Some(ge), None) => (ge, most),
        (None, None, Some(le)) => (length, le),
        (None, Some(ge), Some(le)) => (ge, le),
    };
    (length <= shortest && shortest <= longest && longest <= most).then_some((shortest, longest))
}

impl Bgp {
    /// `ip prefix-list`, with its entries behind it or below it, and `ip community-list`.
    fn list(&mut self, statement: &Statement, open: &mut Option<usize>, draft: &mut Draft) {
        let head = matches!(statement.at(0), "ip" | "ipv6");
        if head && statement.at(1) == "prefix-list" {
            if statement.at(2) == "sequence-number" {
                return;
            }
            let name = statement.at(2).to_owned();
            let index = *self.lists.entry(name.clone()).or_insert_with(|| {
                draft.setup.prefix_lists.push(PrefixList { name, entries: Vec::new(), span: statement.span() });
                draft.setup.prefix_lists.len() - 1
            });
            match statement.at(3) {
                "" => *open = Some(index),
                "description" => {}
                _ => prefix_entry(statement, 3, index, draft),
            }
        } else if let (Some(index), "seq" | "permit" | "deny") = (*open, statement.at(0)) {
            prefix_entry(statement, 0, index, draft);
        } else if statement.begins(&["ip", "community-list"]) || statement.begins(&["bgp", "community-list"]) {
            let kind = statement.at(2);
            let at = if matches!(kind, "standard" | "expanded") { 3 } else { 2 };
            let name = statement.at(at).to_owned();
            let from = if statement.at(at + 1) == "seq" { at + 3 } else { at + 1 };
            let words: Vec<&str> = statement.words.iter().skip(from + 1).map(|word| &*word.text).collect();
            let read: Result<Vec<Community>, String> = match (statement.at(from), words.as_slice()) {
                // Several in one line must all be carried, which a plan can't ask.
                ("permit", [one]) => one.parse().map(|community| vec![community]).map_err(|_| (*one).to_owned()),
                _ => Err(statement.rest(from)),
            };
            let entry = self.communities.entry(name).or_insert_with(|| Ok(Vec::new()));
            *entry = match (std::mem::replace(entry, Ok(Vec::new())), read) {
                (Ok(mut before), Ok(more)) => {
                    before.extend(more);
                    Ok(before)
                }
                (Err(what), _) | (_, Err(what)) => Err(what),
            };
        }
    }

    /// `route-map NAME permit 10`
    fn entry(&mut self, statement: &Statement, draft: &mut Draft) {
        let name = statement.at(1).to_owned();
        let index = *self.maps.entry(name.clone()).or_insert_with(|| {
            let (terms, otherwise, span) = (Vec::new(), TermAction::default(), statement.span());
            draft.setup.policies.push(RoutePolicy { name, terms, otherwise, span });
            draft.setup.policies.len() - 1
        });
        if let Some(policy) = draft.setup.policies.get_mut(index) {
            let action =
                TermAction { permit: !statement.at(2).eq_ignore_ascii_case("deny"), ..TermAction::default() };
            policy.terms.push(RouteTerm {
                prefixes: None,
                communities: Vec::new(),
                action,
                span: statement.span(),
            });
        }
        self.open_map = Some(index);
    }

    /// A line of a route-map's entry.
    fn clause(&mut self, statement: &Statement, draft: &mut Draft) {
        let index = self.open_map.unwrap_or(usize::MAX);
        let words = statement.as_strs();
        let mut found: Result<(), Why> = Ok(());
        let (mut prefixes, mut communities) = (None, None);
        let mut set = TermAction::default();
        match words.as_slice() {
            ["match", "ip" | "ipv6", "address", "prefix-list", names @ ..] => {
                let mut entries = Vec::new();
                for name in names {
                    let length = self.lists.get(*name).and_then(|index| draft.setup.prefix_lists.get(*index));
                    let may = length.map(|list| list.entries.len()).is_none_or(|length| draft.may_copy(length));
                    match self.lists.get(*name).and_then(|index| draft.setup.prefix_lists.get(*index)) {
                        Some(_) if !may => found = Err(Why::TooManyPieces { limit: draft::MAX_COPIED as u32 }),
                        Some(list) => entries.extend(list.entries.iter().copied()),
                        None => found = Err(Why::UnknownName { name: (*name).to_owned() }),
                    }
                }
                // In a second list goes on what the first denies, which one list can't say.
                if names.len() > 1 && entries.iter().any(|entry| !entry.permit) {
                    found = Err(Why::Feature { what: statement.rest(0) });
                }
                prefixes = Some(entries);
            }
            ["match", "community", names @ ..] => {
                let mut all = Vec::new();
                for name in names {
                    match self.communities.get(*name) {
                        Some(Ok(list)) => all.extend(list.iter().copied()),
                        Some(Err(what)) => found = Err(Why::Feature { what: what.clone() }),
                        None if *name == "exact-match" => found = Err(Why::Feature { what: (*name).to_owned() }),
                        None => found = Err(Why::UnknownName { name: (*name).to_owned() }),
                    }
                }
                communities = Some(all);
            }
            ["match", "interface", ..] | ["match", "ip", "address", ..] => {
                // A route-map for translation, read there.
                found = Err(Why::Feature { what: statement.rest(0) });
            }
            ["set", "local-preference", value] => set.local_preference = value.parse().ok(),
            ["set", "weight", value] => set.weight = value.parse().ok(),
            ["set", "as-path", "prepend", "last-as", times] => set.prepend = times.parse().ok(),
            ["set", "as-path", "prepend", path @ ..] => set.prepend = u32::try_from(path.len()).ok(),
            ["set", "community", values @ ..] => {
                set.communities = values.iter().filter_map(|value| value.parse().ok()).collect();
                let words = values.iter().filter(|value| **value != "additive").count();
                if set.communities.len() < words {
                    draft.simplified(statement.span(), Why::Feature { what: statement.rest(0) });
                }
            }
            ["description", ..] | ["exit"] => {}
            ["continue", ..] | ["match", ..] => found = Err(Why::Feature { what: statement.rest(0) }),
            _ => {
                draft.simplified(statement.span(), Why::Feature { what: statement.rest(0) });
                return;
            }
        }
        let Some(term) = draft.setup.policies.get_mut(index).and_then(|policy| policy.terms.last_mut()) else {
            return;
        };
        term.span.end = term.span.end.max(statement.span().end);
        if let Err(why) = found {
            // A condition that isn't known must not become none: the term matches nothing.
            term.prefixes = Some(Vec::new());
            draft.left_out(statement.span(), why);
            return;
        }
        match (prefixes, &term.prefixes) {
            (None, _) => {}
            (Some(entries), None) => term.prefixes = Some(entries),
            (Some(_), Some(before)) if before.is_empty() => {}
            (Some(_), Some(_)) => {
                term.prefixes = Some(Vec::new());
                draft.left_out(statement.span(), Why::Feature { what: "match twice".into() });
                return;
            }
        }
        if let Some(all) = communities {
            term.communities.extend(all);
        }
        let action = &mut term.action;
        action.local_preference = set.local_preference.or(action.local_preference);
        action.weight = set.weight.or(action.weight);
        action.prepend = set.prepend.or(action.prepend);
        action.communities.extend(set.communities);
    }

    fn peer(&mut self, name: &str, statement: &Statement) -> usize {
        *self.by_name.entry(name.to_owned()).or_insert_with(|| {
            self.peers.push(Peer { name: name.to_owned(), span: statement.span(), ..Peer::default() });
            self.peers.len() - 1
        })
    }

    /// A line of `router bgp`.
    fn statement(
        &mut self,
        statement: &Statement,
        instance: &mut Option<String>,
        peer: &mut Option<(usize, usize)>,
        draft: &mut Draft,
    ) {
        if statement.begins(&["address-family"]) && peer.is_none() {
            *instance = statement.after("vrf").map(str::to_owned);
            return;
        }
        if statement.begins(&["vrf"]) {
            *instance = Some(statement.at(1).to_owned());
            return;
        }
        if statement.begins(&["exit-address-family"]) {
            *instance = None;
            return;
        }
        let is_said = matches!(statement.at(0), "network" | "aggregate-address" | "neighbor" | "redistribute");
        if let Some(name) = instance {
            if is_said {
                draft.left_out(statement.span(), Why::Instance { name: name.clone() });
            }
            return;
        }
        match statement.at(0) {
            "network" => network(statement, draft),
            "aggregate-address" => aggregate(statement, draft),
            "redistribute" => draft.left_out(statement.span(), Why::Feature { what: statement.rest(0) }),
            // They change which path is the best, or what is originated.
            "maximum-paths" | "distance" | "default-metric" | "default-information" | "inject-map" => {
                draft.simplified(statement.span(), Why::Feature { what: statement.rest(0) });
            }
            "bgp"
                if matches!(
                    statement.at(1),
                    "bestpath" | "default" | "always-compare-med" | "deterministic-med"
                ) =>
            {
                draft.simplified(statement.span(), Why::Feature { what: statement.rest(0) });
            }
            "neighbor" => {
                let index = self.peer(statement.at(1), statement);
                if statement.words.len() == 2 {
                    *peer = Some((index, statement.indent));
                } else {
                    self.neighbour(index, statement, 2, draft);
                    if statement.at(2) == "remote-as" {
                        *peer = Some((index, statement.indent));
                    }
                }
            }
            _ => {
                if let Some((index, _)) = *peer {
                    self.neighbour(index, statement, 0, draft);
                }
            }
        }
    }

    /// What is said of a neighbour, from this word on.
    fn neighbour(&mut self, index: usize, statement: &Statement, at: usize, draft: &mut Draft) {
        let Some(peer) = self.peers.get_mut(index) else { return };
        let direction = |from: usize| statement.find("in", from).is_some();
        match statement.at(at) {
            "remote-as" => peer.remote_as = asn(statement.at(at + 1)),
            "peer-group" if statement.at(at + 1).is_empty() => {}
            "peer-group" | "inherit" => peer.group = statement.words.last().map(|word| word.text.to_string()),
            "peer" if statement.at(at + 1) == "group" => peer.group = Some(statement.at(at + 2).to_owned()),
            "weight" => peer.weight = statement.at(at + 1).parse().ok(),
            "route-map" | "prefix-list" => {
                let name = statement.at(at + 1).to_owned();
                let side = if direction(at + 2) { &mut peer.policies_in } else { &mut peer.policies_out };
                // Prefix lists filter before and behind route-maps alike: both must permit.
                if statement.at(at) == "prefix-list" { side.insert(0, name) } else { side.push(name) }
            }
            "shutdown" => {
                peer.off = true;
                draft.left_out(statement.span(), Why::Inactive);
            }
            "filter-list" | "distribute-list" | "default-originate" | "advertise-map" | "unsuppress-map" => {
                draft.left_out(statement.span(), Why::Feature { what: statement.rest(at) });
            }
            // They change the path or what is taken.
            "local-as" | "remove-private-as" | "remove-private-AS" | "as-override" | "allowas-in" => {
                draft.simplified(statement.span(), Why::Feature { what: statement.rest(at) });
            }
            _ => {}
        }
    }

    fn finish(self, draft: &mut Draft) {
        for policy in &mut draft.setup.policies {
            // An entry that matches all and stands last is what becomes of the rest.
            if policy.terms.last().is_some_and(|term| term.prefixes.is_none() && term.communities.is_empty())
                && let Some(last) = policy.terms.pop()
            {
                policy.otherwise = last.action;
            }
        }
        for peer in &self.peers {
            let Ok(address) = peer.name.parse::<IpAddr>() else { continue };
            if peer.off {
                continue;
            }
            let group =
                peer.group.as_ref().and_then(|name| self.by_name.get(name)).and_then(|at| self.peers.get(*at));
            let or = |own: &Vec<String>, theirs: Option<&Vec<String>>| match own.is_empty() {
                true => theirs.cloned().unwrap_or_default(),
                false => own.clone(),
            };
            draft.setup.neighbours.push(Neighbour {
                address,
                remote_as: peer.remote_as.or(group.and_then(|group| group.remote_as)),
                policies_in: or(&peer.policies_in, group.map(|group| &group.policies_in)),
                policies_out: or(&peer.policies_out, group.map(|group| &group.policies_out)),
                weight: peer.weight.or(group.and_then(|group| group.weight)),
                span: peer.span.clone(),
            });
        }
    }
}

fn prefix_entry(statement: &Statement, at: usize, list: usize, draft: &mut Draft) {
    let at = if statement.at(at) == "seq" { at + 2 } else { at };
    let permit = match statement.at(at) {
        "permit" => true,
        "deny" => false,
        _ => return draft.not_understood(statement),
    };
    let Some(prefix) = draft.prefix(statement, at + 1).map(draft::net) else { return };
    let Some((shortest, longest)) = bounds(statement, at + 2, prefix) else {
        return draft.not_understood(statement);
    };
    if let Some(list) = draft.setup.prefix_lists.get_mut(list) {
        list.entries.push(PrefixListEntry { permit, prefix, shortest, longest });
    }
}

/// The prefix of `10.0.0.0 mask 255.0.0.0`, `10.0.0.0 255.0.0.0`, `10.0.0.0/8` or `10.0.0.0`, which has its class's
/// length.
fn prefix(statement: &Statement, draft: &mut Draft) -> Option<ipnet::IpNet> {
    if statement.at(1).contains('/') {
        return draft.prefix(statement, 1).map(draft::net);
    }
    let mask = if statement.at(2) == "mask" { 3 } else { 2 };
    if crate::intake::address::address(statement.at(mask)).is_some() {
        let joined = format!("{}/{}", statement.at(1), statement.at(mask));
        return match crate::intake::address::address_and_length(&joined) {
            Ok((address, length)) => Some(draft::net(draft::prefix_of(address, length))),
            Err(_) => {
                draft.not_understood(statement);
                None
            }
        };
    }
    let address: std::net::Ipv4Addr = match statement.at(1).parse() {
        Ok(address) => address,
        Err(_) => {
            draft.no_address(statement, 1);
            return None;
        }
    };
    let length = match address.octets()[0] {
        0..=127 => 8,
        128..=191 => 16,
        _ => 24,
    };
    ipnet::Ipv4Net::new(address, length).ok().map(|net| ipnet::IpNet::V4(net.trunc()))
}

fn network(statement: &Statement, draft: &mut Draft) {
    let Some(prefix) = prefix(statement, draft) else { return };
    let policy = statement.after("route-map").unwrap_or_default().to_owned();
    draft.setup.advertised.push(Advertised { prefix, by: AdvertisedBy::Network, policy, span: statement.span() });
}

fn aggregate(statement: &Statement, draft: &mut Draft) {
    let Some(prefix) = prefix(statement, draft) else { return };
    let only = statement.find("summary-only", 2).is_some();
    let by = if only { AdvertisedBy::AggregateOnly } else { AdvertisedBy::Aggregate };
    for what in ["suppress-map", "advertise-map", "attribute-map"] {
        if statement.find(what, 2).is_some() {
            draft.simplified(statement.span(), Why::Feature { what: what.into() });
        }
    }
    draft.setup.advertised.push(Advertised { prefix, by, policy: String::new(), span: statement.span() });
}
