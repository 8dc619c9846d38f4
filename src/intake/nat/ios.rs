//! Cisco IOS and IOS-XE: `ip nat`, with the access lists, route-maps and interfaces that it refers to.
//!
//! ```text
//! interface GigabitEthernet0/1
//!  ip address 203.0.113.1 255.255.255.252
//!  ip nat outside
//! ip nat pool ER 203.0.113.16 203.0.113.31 netmask 255.255.255.240
//! ip nat inside source list 10 pool ER overload
//! ip nat inside source route-map TO-ISP interface GigabitEthernet0/1 overload
//! ip nat inside source static tcp 10.1.1.5 25 203.0.113.40 25 extendable
//! ```
//! Static entries are tried before rules. A rule without `match interface` holds for every `ip nat outside` interface.

use super::by_lines;
use super::pieces::{MAX_PIECES, Piece, Pieces};
use super::small::Small;
use crate::intake::address::AnyAddress;
use crate::intake::config::{
    Book, ConfigDefinition, Draft, Matched, NatRule, Published, Reason, Statement, draft, statements,
};
use crate::intake::fault::quote;
use crate::intake::policy;
use crate::pace::Pace;
use crate::space::AddressSet;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "ios-config",
    title: "configuration (Cisco IOS and IOS-XE)",
    recognise: |sample| {
        let own = |line: &str| {
            let nat =
                ["ip nat inside source", "ip nat pool ", "ip nat outside source", "ip nat inside destination"];
            nat.iter().any(|head| line.starts_with(head))
        };
        by_lines(sample, 92, own).or_else(|| policy::ios::recognise(sample))
    },
    read: |text, draft, pace| {
        Box::pin(async move {
            let statements = statements(text, &['!'], pace).await;
            let statements = statements.all();
            read(&statements, draft, pace).await;
            policy::ios::read(&statements, draft, pace).await;
        })
    },
};

/// What an access list or route-map entry says.
struct AclEntry {
    permit: bool,
    sources: Matched,
    destinations: Matched,
}

/// A route-map's entry, as far as translation can match.
#[derive(Default)]
struct MapEntry<'s> {
    permit: bool,
    lists: Vec<&'s str>,
    interfaces: Vec<String>,
    other: Option<String>,
}

#[derive(Default)]
struct Ios<'s> {
    groups: Book,
    lists: FxHashMap<&'s str, Vec<AclEntry>>,
    /// Entries of lists that can't be modelled make the whole list unknown where they permit.
    lost: FxHashMap<&'s str, Reason>,
    maps: FxHashMap<&'s str, Vec<MapEntry<'s>>>,
    pools: FxHashMap<&'s str, AddressSet>,
    outside: Vec<String>,
    /// The same, to be asked.
    seen: FxHashSet<String>,
    /// What long lists came to. Only asked, never walked.
    known: RefCell<FxHashMap<String, Result<Vec<Piece>, Reason>>>,
}

async fn read(statements: &[Statement<'_>], draft: &mut Draft, pace: &Pace) {
    let mut ios = Ios::default();
    let nat = ios.gather(statements, draft, pace).await;
    let source = |statement: &&&Statement| statement.begins(&["ip", "nat", "inside", "source"]);
    let is_static = |statement: &Statement| statement.at(4).eq_ignore_ascii_case("static");
    for statement in nat.iter().filter(source).filter(|statement| is_static(statement)) {
        pace.work(16).await;
        ios.fixed(statement, draft);
    }
    for statement in nat.iter().filter(source).filter(|statement| !is_static(statement)) {
        pace.work(64).await;
        ios.dynamic(statement, draft);
    }
    for statement in nat {
        pace.work(1).await;
        match statement.at(2).to_ascii_lowercase().as_str() {
            // On interfaces, or read elsewhere.
            "pool" => {}
            "inside" | "outside" if statement.words.len() == 3 => {}
            "inside" if statement.at(3).eq_ignore_ascii_case("source") => {}
            "inside" | "outside" => draft.left_out(statement.span(), Reason::OutsideTranslated),
            // Timers, limits and logging change no address.
            "translation" | "log" | "settings" | "service" | "switchover" | "create" => {}
            _ => draft.not_understood(statement),
        }
    }
}

impl<'s> Ios<'s> {
    /// Takes up what translation refers to; returns the lines that translate.
    async fn gather<'l>(
        &mut self,
        statements: &'l [Statement<'s>],
        draft: &mut Draft,
        pace: &Pace,
    ) -> Vec<&'l Statement<'s>> {
        let mut nat = Vec::new();
        // What the lines below are a part of.
        let (mut interface, mut list, mut group, mut map, mut pool) =
            (String::new(), None, None, None::<&str>, None::<&str>);
        for statement in statements {
            pace.work(4).await;
            if statement.indent == 0 {
                (list, group, map, pool) = (None, None, None, None);
                interface.clear();
            }
            let small = Small::of(statement);
            if let ("ip", "nat", _) = small.words() {
                nat.push(statement);
            }
            match small.words() {
                ("hostname", ..) if statement.indent == 0 => draft.setup.device = statement.at(1).to_owned(),
                ("interface", ..) => interface = statement.rest(1).replace(' ', ""),
                ("ip", "address", "dhcp" | "negotiated") => {}
                // Translation takes the first address of an interface.
                ("ip", "address", _) if !interface.is_empty() && statement.at(4) != "secondary" => {
                    if let Some(address) = draft.address(statement, 2) {
                        draft.interface(&interface, address);
                    }
                }
                ("nat64" | "nat66", ..) if statement.words.len() > 2 => {
                    draft.left_out(statement.span(), Reason::Feature { what: quote(&statement.rest(0)) });
                }
                ("ip", "nat", "outside") if !interface.is_empty() && statement.words.len() == 3 => {
                    // Each rule names them all, so one that is said again, as in a text pasted twice, is one.
                    if self.seen.insert(interface.clone()) {
                        self.outside.push(interface.clone());
                    }
                }
                ("ip", "nat", "pool") => pool = self.pool(statement, draft),
                ("address", ..) if pool.is_some() => {
                    if let (Some(name), Some(range)) = (pool, draft.range(statement, 1, 2)) {
                        let addresses = self.pools.entry(name).or_default();
                        *addresses = addresses.union(&range);
                    }
                }
                ("ip", "access-list", "standard" | "extended") => {
                    let name = statement.at(3);
                    self.lists.entry(name).or_default();
                    list = Some((name, statement.at(2).eq_ignore_ascii_case("extended")));
                }
                ("object-group", "network", _) => {
                    self.groups.begin(statement.at(2));
                    group = Some(statement.at(2));
                }
                ("access-list", number, _) => {
                    let extended =
                        number.parse::<u32>().is_ok_and(|n| (100..200).contains(&n) || (2000..2700).contains(&n));
                    self.acl(statement.at(1), extended, statement, 2, draft);
                }
                ("route-map", ..) => {
                    let name = statement.at(1);
                    let permit = !statement.at(2).eq_ignore_ascii_case("deny");
                    self.maps.entry(name).or_default().push(MapEntry { permit, ..MapEntry::default() });
                    map = Some(name);
                }
                ("match", ..) if map.is_some() => self.map(map.unwrap_or_default(), statement),
                _ => match (list, group) {
                    (Some((name, extended)), _) => {
                        let from = usize::from(statement.at(0).bytes().all(|byte| byte.is_ascii_digit()));
                        self.acl(name, extended, statement, from, draft);
                    }
                    (None, Some(name)) => self.member(name, statement, draft),
                    _ => {}
                },
            }
        }
        nat
    }

    fn pool(&mut self, statement: &Statement<'s>, draft: &mut Draft) -> Option<&'s str> {
        let name = statement.at(3);
        let addresses = self.pools.entry(name).or_default();
        if matches!(statement.at(4).to_ascii_lowercase().as_str(), "" | "netmask" | "prefix-length") {
            return Some(name);
        }
        if let Some(range) = draft.range(statement, 4, 5) {
            *addresses = addresses.union(&range);
        }
        if statement.after("type").is_some_and(|kind| kind.eq_ignore_ascii_case("rotary")) {
            draft.simplified(statement.span(), Reason::Feature { what: "type rotary".into() });
        }
        Some(name)
    }

    /// A member of an object group.
    fn member(&mut self, group: &str, statement: &Statement, draft: &mut Draft) {
        let addresses = match statement.at(0).to_ascii_lowercase().as_str() {
            "host" => draft.address(statement, 1).map(draft::single),
            "range" => draft.range(statement, 1, 2),
            "group-object" => return self.groups.add_name(group, statement.at(1)),
            "description" => return,
            _ if statement.at(0).contains('/') => draft.prefix(statement, 0).map(draft::whole),
            _ => draft.masked(statement, 0).map(draft::whole),
        };
        match addresses {
            Some(addresses) => self.groups.add(group, addresses),
            None => {
                let reason = Reason::NotUnderstood { statement: statement.rest(0) };
                self.groups.add_other(group, reason);
            }
        }
    }

    fn map(&mut self, name: &str, statement: &Statement<'s>) {
        let Some(entry) = self.maps.get_mut(name).and_then(|entries| entries.last_mut()) else { return };
        if statement.begins(&["match", "ip", "address"]) && !statement.at(3).eq_ignore_ascii_case("prefix-list") {
            entry.lists.extend(statement.words.iter().skip(3).map(|word| &*word.text));
        } else if statement.begins(&["match", "interface"]) {
            entry.interfaces.extend(statement.words.iter().skip(2).map(|word| word.text.to_string()));
        } else {
            entry.other = Some(statement.rest(0));
        }
    }

    /// An entry of an access list, whose `permit` or `deny` stands at this word.
    fn acl(&mut self, list: &'s str, extended: bool, statement: &Statement, at: usize, draft: &mut Draft) {
        let permit = match statement.at(at).to_ascii_lowercase().as_str() {
            "permit" => true,
            "deny" => false,
            "remark" => return,
            _ => {
                let reason = Reason::NotUnderstood { statement: statement.rest(0) };
                self.lost.entry(list).or_insert(reason);
                return;
            }
        };
        self.lists.entry(list).or_default();
        let (sources, destinations) = if extended {
            let protocol = statement.at(at + 1);
            let Some((sources, next)) = self.acl_addresses(list, statement, at + 2, draft) else { return };
            let ports_first = matches!(statement.at(next), "eq" | "neq" | "gt" | "lt" | "range");
            let Some((destinations, behind)) = (if ports_first {
                Some((Matched::Any, next))
            } else {
                self.acl_addresses(list, statement, next, draft)
            }) else {
                return;
            };
            let rest = statement.rest(behind);
            let plain = rest.is_empty() || matches!(rest.as_str(), "log" | "log-input");
            if !protocol.eq_ignore_ascii_case("ip") || !plain {
                let ports = format!("{protocol} {rest}").trim().to_owned();
                draft.left_out(statement.span(), Reason::Ports { ports });
                return;
            }
            (sources, destinations)
        } else {
            let Some((sources, _)) = self.acl_addresses(list, statement, at + 1, draft) else { return };
            (sources, Matched::Any)
        };
        if let Some(entries) = self.lists.get_mut(list) {
            entries.push(AclEntry { permit, sources, destinations });
        }
    }

    /// Addresses in an access list from this word on, and the word behind them.
    fn acl_addresses(
        &mut self,
        list: &'s str,
        statement: &Statement,
        at: usize,
        draft: &mut Draft,
    ) -> Option<(Matched, usize)> {
        let found = match statement.at(at).to_ascii_lowercase().as_str() {
            "any" | "any4" => return Some((Matched::Any, at + 1)),
            "host" => draft.address(statement, at + 1).map(|host| (draft::single(host), at + 2)),
            "object-group" => match self.groups.find(statement.at(at + 1)) {
                Ok(set) => Some((set, at + 2)),
                Err(reason) => {
                    draft.left_out(statement.place(at + 1), reason.clone());
                    self.lost.entry(list).or_insert(reason);
                    return None;
                }
            },
            _ => self.wildcard(statement, at, draft),
        };
        if found.is_none() {
            let reason = Reason::NotUnderstood { statement: statement.rest(0) };
            draft.left_out(statement.span(), reason.clone());
            self.lost.entry(list).or_insert(reason);
        }
        found.map(|(set, next)| (Matched::Of(set), next))
    }

    /// An address with a wildcard mask, or alone.
    fn wildcard(&self, statement: &Statement, at: usize, draft: &mut Draft) -> Option<(AddressSet, usize)> {
        let address = draft.address(statement, at)?;
        let AnyAddress::V4(first) = address else { return Some((draft::single(address), at + 1)) };
        let Some(AnyAddress::V4(wild)) = crate::intake::address::address(statement.at(at + 1)) else {
            return Some((draft::single(address), at + 1));
        };
        // Ones at the end only: a block. Others are no prefix, and can't be read.
        let contiguous = wild == u32::MAX || (wild + 1).is_power_of_two();
        let last = AnyAddress::V4(first | wild);
        let set = draft::span(AnyAddress::V4(first & !wild), last).filter(|_| contiguous)?;
        Some((set, at + 2))
    }

    /// What a list permits; the reason where that can't be known.
    fn pieces(&self, list: &str) -> Result<Vec<Piece>, Reason> {
        const LONG: usize = 8;
        if self.lists.get(list).is_none_or(|entries| entries.len() < LONG) {
            return self.worked_out(list);
        }
        if let Some(known) = self.known.borrow().get(list) {
            return known.clone();
        }
        let found = self.worked_out(list);
        self.known.borrow_mut().insert(list.to_owned(), found.clone());
        found
    }

    fn worked_out(&self, list: &str) -> Result<Vec<Piece>, Reason> {
        if let Some(reason) = self.lost.get(list) {
            return Err(reason.clone());
        }
        let Some(entries) = self.lists.get(list) else {
            return Err(Reason::UnknownName { name: list.to_owned() });
        };
        let mut pieces = Pieces::default();
        for entry in entries {
            pieces.entry(entry.permit, &entry.sources, &entry.destinations);
        }
        if pieces.too_many {
            return Err(Reason::TooManyPieces { limit: MAX_PIECES as u32 });
        }
        Ok(pieces.permitted())
    }

    /// `ip nat inside source list|route-map … pool|interface …`
    fn dynamic(&self, statement: &Statement, draft: &mut Draft) {
        let span = statement.span();
        if draft.is_full() {
            return draft.too_many(&span);
        }
        if let Some(vrf) = statement.after("vrf") {
            return draft.left_out(span, Reason::Instance { name: vrf.to_owned() });
        }
        let Some(at) = statement.find("pool", 6).or_else(|| statement.find("interface", 6)) else {
            return draft.not_understood(statement);
        };
        let by_map = statement.at(4).eq_ignore_ascii_case("route-map");
        if !by_map && !statement.at(4).eq_ignore_ascii_case("list") {
            return draft.not_understood(statement);
        }
        let pool = if statement.at(at).eq_ignore_ascii_case("pool") {
            let name = statement.at(at + 1);
            let Some(addresses) = self.pools.get(name).filter(|addresses| !addresses.is_empty()) else {
                return draft.left_out(statement.place(at + 1), Reason::UnknownName { name: name.to_owned() });
            };
            draft.pool(name, addresses.clone(), statement.place(at + 1))
        } else {
            draft.interface_pool(statement.at(at + 1), statement.place(at + 1))
        };
        let name = statement.at(5);
        let mut add = |(sources, destinations): Piece, to: &[String]| {
            let to = to.to_vec();
            let span = span.clone();
            draft.rule(NatRule { name: name.to_owned(), sources, destinations, to, pool: Some(pool), span });
        };
        let lost: Vec<Reason> = if by_map {
            let Some(entries) = self.maps.get(name) else {
                return draft.left_out(statement.place(5), Reason::UnknownName { name: name.to_owned() });
            };
            self.by_map(entries, &mut add)
        } else {
            match self.pieces(name) {
                Ok(pieces) => {
                    pieces.into_iter().for_each(|piece| add(piece, &self.outside));
                    Vec::new()
                }
                Err(reason) => vec![reason],
            }
        };
        for reason in lost {
            draft.left_out(span.clone(), reason);
        }
    }

    fn by_map(&self, entries: &[MapEntry], add: &mut impl FnMut(Piece, &[String])) -> Vec<Reason> {
        let mut lost = Vec::new();
        for entry in entries {
            if let Some(other) = &entry.other {
                lost.push(Reason::Feature { what: other.clone() });
                continue;
            }
            if !entry.permit {
                // It hides packets from the entries behind it, which can't be said by rules that add.
                lost.push(Reason::Feature { what: "route-map deny".into() });
                return lost;
            }
            let to = if entry.interfaces.is_empty() { &self.outside } else { &entry.interfaces };
            if entry.lists.is_empty() {
                add((Matched::Any, Matched::Any), to);
            }
            for list in &entry.lists {
                match self.pieces(list) {
                    Ok(pieces) => pieces.into_iter().for_each(|piece| add(piece, to)),
                    Err(reason) => lost.push(reason),
                }
            }
        }
        lost
    }

    /// `ip nat inside source static …`
    fn fixed(&self, statement: &Statement, draft: &mut Draft) {
        let span = statement.span();
        if let Some(vrf) = statement.after("vrf") {
            return draft.left_out(span, Reason::Instance { name: vrf.to_owned() });
        }
        if let Some(map) = statement.after("route-map") {
            let what = format!("route-map {map}");
            draft.simplified(span.clone(), Reason::Feature { what });
        }
        let kind = statement.at(5).to_ascii_lowercase();
        let (inside, outside, ports, outward) = match kind.as_str() {
            "tcp" | "udp" | "sctp" | "esp" => {
                let Some(inside) = draft.address(statement, 6).map(draft::single) else { return };
                let (at, outside) = if statement.at(8).eq_ignore_ascii_case("interface") {
                    (10, Some(draft.interface_addresses(statement.at(9))).filter(|set| !set.is_empty()))
                } else {
                    (9, draft.address(statement, 8).map(draft::single))
                };
                let Some(outside) = outside else {
                    let interface = statement.at(9).to_owned();
                    return draft.left_out(span, Reason::InterfaceAddress { interface });
                };
                (inside, outside, format!("{kind} {}", statement.at(at)), false)
            }
            "network" => {
                let mask = match statement.at(8) {
                    length if length.starts_with('/') => length.to_owned(),
                    _ => format!("/{}", statement.at(if statement.at(8) == "mask" { 9 } else { 8 })),
                };
                let block = |index: usize| draft::addresses(&format!("{}{mask}", statement.at(index)));
                let (Some(inside), Some(outside)) = (block(6), block(7)) else {
                    return draft.not_understood(statement);
                };
                (inside, outside, String::new(), true)
            }
            _ => {
                let Some(inside) = draft.address(statement, 5).map(draft::single) else { return };
                let outside = if statement.at(6).eq_ignore_ascii_case("interface") {
                    draft.interface_addresses(statement.at(7))
                } else {
                    match draft.address(statement, 6) {
                        Some(address) => draft::single(address),
                        None => return,
                    }
                };
                if outside.is_empty() {
                    let interface = statement.at(7).to_owned();
                    return draft.left_out(span, Reason::InterfaceAddress { interface });
                }
                (inside, outside, String::new(), true)
            }
        };
        if outward {
            let pool = draft.nameless_pool(outside.clone(), span.clone());
            draft.rule(NatRule {
                name: "static".to_owned(),
                sources: Matched::Of(inside.clone()),
                destinations: Matched::Any,
                to: self.outside.clone(),
                pool: Some(pool),
                span: span.clone(),
            });
        }
        let name = draft::shown(&inside).join(" ");
        draft.publish(Published {
            name,
            published: outside,
            inside,
            from: self.outside.clone(),
            ports,
            source_pool: None,
            span,
        });
    }
}
