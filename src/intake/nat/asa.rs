//! Cisco ASA: object NAT and twice NAT, with the objects and interfaces that they refer to.
//!
//! ```text
//! object network INSIDE
//!  subnet 10.0.0.0 255.0.0.0
//!  nat (inside,outside) dynamic POOL
//! nat (inside,er) source dynamic INSIDE ER-POOL destination static MS MS
//! nat (inside,outside) after-auto source dynamic any interface
//! ```
//! The order is the device's: twice NAT as written, then object NAT with static before dynamic, fewer addresses before
//! more, lower before higher, then by name; then `after-auto` (Cisco: CLI book 2, ASA Firewall, NAT rule order).

use super::by_lines;
use super::small::Small;
use crate::intake::config::{
    Book, ConfigDefinition, Draft, Matched, NatRule, Published, Reason, Statement, draft, statements,
};
use crate::intake::fault::quote;
use crate::pace::Pace;
use crate::space::{AddressSet, Count};
use std::borrow::Cow;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "asa-config",
    title: "configuration (Cisco ASA)",
    recognise: |sample| {
        by_lines(sample, 93, |line| {
            line.starts_with("nat (") && !line.contains(" translate_hits") || line.starts_with("object network ")
        })
    },
    read: |text, draft, pace| {
        Box::pin(async move {
            let statements = statements(text, &['!', ':'], pace).await;
            read(&statements.all(), draft, pace).await;
        })
    },
};

/// Object NAT, which is put in order before it is read.
struct ObjectNat<'a> {
    object: &'a str,
    statement: &'a Statement<'a>,
}

async fn read(statements: &[Statement<'_>], draft: &mut Draft, pace: &Pace) {
    let mut book = Book::default();
    let (mut objects, mut twice) = (Vec::new(), Vec::new());
    let (mut object, mut interface, mut nameif) = ("", "", "");
    for statement in statements {
        pace.work(4).await;
        let top = statement.indent == 0;
        if top {
            (object, interface, nameif) = ("", "", "");
        }
        let small = Small::of(statement);
        let (first, second, third) = small.words();
        if top && first == "nat" {
            twice.push(statement);
        }
        match (first, second) {
            ("hostname", _) if top => draft.setup.device = statement.at(1).to_owned(),
            ("interface", _) if top => interface = statement.at(1),
            ("nameif", _) => nameif = statement.at(1),
            ("ip", "address") if !interface.is_empty() && !matches!(third, "dhcp" | "pppoe") => {
                let name = if nameif.is_empty() { interface } else { nameif };
                if let Some(address) = draft.address(statement, 2) {
                    draft.interface(name, address);
                }
            }
            ("name", _) if top => {
                if let Some(address) = crate::intake::address::address(statement.at(1)) {
                    book.add(statement.at(2), draft::single(address));
                }
            }
            ("object" | "object-group", "network") if top => {
                object = statement.at(2);
                book.begin(object);
            }
            ("nat", _) if !object.is_empty() => objects.push(ObjectNat { object, statement }),
            _ if !object.is_empty() => member(&mut book, object, statement, draft),
            _ => {}
        }
    }
    let late = |statement: &&&Statement| statement.find("after-auto", 2).is_some();
    for statement in twice.iter().filter(|statement| !late(statement)) {
        pace.work(16).await;
        Twice::read(statement, &mut book, draft);
    }
    let mut ordered: Vec<(bool, Count, Option<std::net::IpAddr>, &ObjectNat)> = Vec::new();
    for object in &objects {
        pace.work(8).await;
        let set = book.find(object.object).unwrap_or_default();
        let dynamic = object.statement.find("dynamic", 2).is_some();
        let count = set.count();
        ordered.push((dynamic, count.v4 + count.v6, set.first_address(), object));
    }
    crate::sort::by(&mut ordered, |a, b| (a.0, a.1, a.2, a.3.object).cmp(&(b.0, b.1, b.2, b.3.object)));
    for (.., object) in ordered {
        pace.work(16).await;
        object_nat(object, &mut book, draft);
    }
    for statement in twice.iter().filter(late) {
        pace.work(16).await;
        Twice::read(statement, &mut book, draft);
    }
    for statement in statements.iter().filter(|statement| statement.indent == 0) {
        pace.work(1).await;
        // NAT of version 8.2 and before, and routes: neither is read here.
        let what = match (statement.at(0), statement.at(1)) {
            ("global", _) => "global".to_owned(),
            ("static", nets) if nets.starts_with('(') => "static of ASA 8.2".to_owned(),
            ("router", "bgp") | ("prefix-list" | "route-map", _) => statement.rest(0),
            _ => continue,
        };
        draft.left_out(statement.span(), Reason::Feature { what: quote(&what) });
    }
}

/// A line of an object or group.
fn member(book: &mut Book, object: &str, statement: &Statement, draft: &mut Draft) {
    let from = usize::from(statement.at(0).eq_ignore_ascii_case("network-object"));
    let set = match statement.at(from).to_ascii_lowercase().as_str() {
        "host" => draft.address(statement, from + 1).map(draft::single),
        "subnet" if statement.at(from + 1).contains('/') => draft.prefix(statement, from + 1).map(draft::whole),
        "subnet" => draft.masked(statement, from + 1).map(draft::whole),
        "range" => draft.range(statement, from + 1, from + 2),
        "object" | "group-object" => return book.add_name(object, statement.at(from + 1)),
        "fqdn" => return book.add_other(object, Reason::HostName { name: statement.rest(from + 1) }),
        "description" => return,
        _ if from == 1 && statement.at(1).contains('/') => draft.prefix(statement, 1).map(draft::whole),
        _ if from == 1 => draft.masked(statement, 1).map(draft::whole),
        _ => None,
    };
    match set {
        Some(set) => book.add(object, set),
        None => book.add_other(object, Reason::NotUnderstood { statement: statement.rest(0) }),
    }
}

/// The interfaces of `(inside,outside)`; `any` is none. The word behind them is at the second value.
pub(super) fn interfaces(statement: &Statement, at: usize) -> Option<(Vec<String>, Vec<String>, usize)> {
    let first = &*statement.words.get(at)?.text;
    let mut text = Cow::Borrowed(first);
    let mut index = at + 1;
    while !text.ends_with(')') {
        if index > at + 3 {
            return None;
        }
        text.to_mut().push_str(&statement.words.get(index)?.text);
        index += 1;
    }
    let (real, mapped) = text.strip_prefix('(')?.strip_suffix(')')?.split_once(',')?;
    let named = |name: &str| if name.eq_ignore_ascii_case("any") { vec![] } else { vec![name.to_owned()] };
    Some((named(real), named(mapped), index))
}

/// The addresses of a name or a literal; `any` is all.
pub(super) fn lookup(book: &mut Book, word: &str) -> Result<Matched, Reason> {
    if ["any", "any4", "any6"].iter().any(|any| word.eq_ignore_ascii_case(any)) {
        return Ok(Matched::Any);
    }
    if !book.has(word)
        && let Some(set) = draft::addresses(word)
    {
        return Ok(Matched::Of(set));
    }
    book.find(word).map(Matched::Of)
}

/// The pool that words from an index on name, and the index behind it.
pub(super) fn pool(
    statement: &Statement,
    at: usize,
    to: &[String],
    book: &mut Book,
    draft: &mut Draft,
) -> Result<(usize, usize), Reason> {
    let mut at = at;
    if statement.at(at).eq_ignore_ascii_case("pat-pool") {
        at += 1;
    }
    let word = statement.at(at);
    let place = statement.place(at);
    if word.eq_ignore_ascii_case("interface") {
        let [interface] = to else {
            return Err(Reason::InterfaceAddress { interface: "any".into() });
        };
        let behind = if statement.at(at + 1).eq_ignore_ascii_case("ipv6") { at + 2 } else { at + 1 };
        return Ok((draft.interface_pool(interface, place), behind));
    }
    let Matched::Of(set) = lookup(book, word)? else {
        return Err(Reason::Feature { what: format!("pool {word}") });
    };
    let index = if book.has(word) { draft.pool(word, set, place) } else { draft.nameless_pool(set, place) };
    Ok((index, at + 1))
}

/// Twice NAT: the line of a configuration or of `show nat`.
pub(super) struct Twice {
    pub(super) name: String,
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
}

impl Twice {
    fn read(statement: &Statement, book: &mut Book, draft: &mut Draft) {
        let Some((from, to, mut at)) = interfaces(statement, 1) else {
            return draft.left_out(statement.span(), Reason::Feature { what: "nat of ASA 8.2".into() });
        };
        if statement.at(at).eq_ignore_ascii_case("after-auto") {
            at += 1;
        }
        if statement.at(at).parse::<u32>().is_ok() {
            at += 1;
        }
        let twice = Self { name: String::new(), from, to };
        if let Err(reason) = twice.rules(statement, at, book, draft) {
            draft.left_out(statement.span(), reason);
        }
    }

    /// From the word `source` on.
    pub(super) fn rules(
        mut self,
        statement: &Statement,
        at: usize,
        book: &mut Book,
        draft: &mut Draft,
    ) -> Result<(), Reason> {
        let span = statement.span();
        let end = statement.find("description", at).unwrap_or(statement.words.len());
        let said = |word: &str| statement.find(word, at).is_some_and(|index| index < end);
        self.name = crate::intake::fault::quote(&match statement.after("description") {
            Some(_) => statement.rest(end + 1),
            None => statement.rest(at),
        });
        if said("inactive") {
            return Err(Reason::Inactive);
        }
        let not_understood = || Reason::NotUnderstood { statement: statement.rest(0) };
        if !statement.at(at).eq_ignore_ascii_case("source") {
            return Err(not_understood());
        }
        if said("service") {
            let from = statement.find("service", at).map_or(end, |index| index + 1);
            return Err(Reason::Ports { ports: format!("{} {}", statement.at(from), statement.at(from + 1)) });
        }
        let real = statement.at(at + 2);
        let sources = lookup(book, real)?;
        let destination = statement.find("destination", at).filter(|index| *index < end);
        let (mut destinations, mut published) = (Matched::Any, None);
        if let Some(index) = destination {
            let (mapped, behind) = match statement.at(index + 2).to_ascii_lowercase().as_str() {
                "interface" => {
                    let behind = index + if statement.at(index + 3).eq_ignore_ascii_case("ipv6") { 4 } else { 3 };
                    let [interface] = self.from.as_slice() else {
                        return Err(Reason::InterfaceAddress { interface: "any".into() });
                    };
                    let set = draft.interface_addresses(interface);
                    if set.is_empty() {
                        return Err(Reason::InterfaceAddress { interface: interface.clone() });
                    }
                    (Matched::Of(set), behind)
                }
                _ => (lookup(book, statement.at(index + 2))?, index + 3),
            };
            let to = lookup(book, statement.at(behind))?;
            if mapped == to {
                destinations = mapped;
            } else {
                published = Some((mapped, to));
            }
        }
        let is_static = statement.at(at + 1).eq_ignore_ascii_case("static");
        let pool = match is_static && statement.at(at + 3) == real {
            true => None,
            false => Some(pool(statement, at + 3, &self.to, book, draft)?.0),
        };
        if let Some((mapped, to)) = published {
            // The destination changes: a server is published, or a destination outside is translated.
            let (Matched::Of(mapped), Matched::Of(inside)) = (mapped, to) else {
                return Err(Reason::OutsideTranslated);
            };
            if sources != Matched::Any {
                draft.simplified(span.clone(), Reason::Feature { what: format!("source {real}") });
            }
            draft.publish(Published {
                name: self.name,
                published: mapped,
                inside,
                from: self.from,
                ports: String::new(),
                source_pool: pool,
                span,
            });
            return Ok(());
        }
        if is_static
            && !said("unidirectional")
            && let (Some(index), Matched::Of(inside)) = (pool, &sources)
            && let Some(addresses) = draft.setup.pools.get(index).map(|pool| pool.addresses.clone())
        {
            if destinations != Matched::Any {
                let what = format!("destination {}", destinations.shown().join(" "));
                draft.simplified(span.clone(), Reason::Feature { what });
            }
            draft.publish(Published {
                name: self.name.clone(),
                published: addresses,
                inside: inside.clone(),
                from: self.to.clone(),
                ports: String::new(),
                source_pool: None,
                span: span.clone(),
            });
        }
        draft.rule(NatRule { name: self.name, sources, destinations, to: self.to, pool, span });
        Ok(())
    }
}

fn object_nat(object: &ObjectNat<'_>, book: &mut Book, draft: &mut Draft) {
    let statement = object.statement;
    let done = match (interfaces(statement, 1), book.find(object.object)) {
        (Some((_, to, at)), Ok(set)) => one_object(object.object, &set, statement, (to, at), book, draft),
        (None, _) => Err(Reason::NotUnderstood { statement: statement.rest(0) }),
        (_, Err(reason)) => Err(reason),
    };
    if let Err(reason) = done {
        draft.left_out(statement.span(), reason);
    }
}

/// Object NAT from the word `static` or `dynamic` on.
pub(super) fn one_object(
    name: &str,
    inside: &AddressSet,
    statement: &Statement,
    (to, at): (Vec<String>, usize),
    book: &mut Book,
    draft: &mut Draft,
) -> Result<(), Reason> {
    let span = statement.span();
    let is_static = statement.at(at).eq_ignore_ascii_case("static");
    if !is_static && !statement.at(at).eq_ignore_ascii_case("dynamic") {
        return Err(Reason::NotUnderstood { statement: statement.rest(0) });
    }
    if statement.find("inactive", at).is_some() {
        return Err(Reason::Inactive);
    }
    let (pool, behind) = pool(statement, at + 1, &to, book, draft)?;
    let service = statement.find("service", behind);
    let mut ports = String::new();
    if let Some(index) = service {
        // `service tcp REAL MAPPED`: the outside sees the mapped one.
        ports = format!("{} {}", statement.at(index + 1), statement.at(index + 3));
    }
    if statement.find("dns", behind).is_some() {
        draft.simplified(span.clone(), Reason::Feature { what: "dns".into() });
    }
    if is_static && let Some(addresses) = draft.setup.pools.get(pool).map(|pool| pool.addresses.clone()) {
        draft.publish(Published {
            name: name.to_owned(),
            published: addresses,
            inside: inside.clone(),
            from: to.clone(),
            ports,
            source_pool: None,
            span: span.clone(),
        });
    }
    if service.is_none() {
        let sources = Matched::Of(inside.clone());
        let name = name.to_owned();
        draft.rule(NatRule { name, sources, destinations: Matched::Any, to, pool: Some(pool), span });
    }
    Ok(())
}
