//! PAN-OS: `set rulebase nat rules`, with the addresses and interfaces that they refer to.
//!
//! ```text
//! set address inside ip-netmask 10.0.0.0/8
//! set rulebase nat rules ER from trust
//! set rulebase nat rules ER to er
//! set rulebase nat rules ER source inside
//! set rulebase nat rules ER destination any
//! set rulebase nat rules ER service any
//! set rulebase nat rules ER source-translation dynamic-ip-and-port translated-address 203.0.113.16-203.0.113.31
//! ```
//! Rules are tried in the order in which they first occur. A rule without a translation keeps packets as they are.

use super::by_lines;
use crate::intake::config::{
    Book, ConfigDefinition, Draft, Matched, NatRule, Published, Reason, Statement, draft, statements,
};
use crate::pace::Pace;
use crate::space::AddressSet;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "panos-config",
    title: "set configuration (Palo Alto PAN-OS)",
    recognise: |sample| {
        by_lines(sample, 95, |line| {
            line.starts_with("set ") && (line.contains("rulebase nat rules ") || line.contains(" ip-netmask "))
        })
    },
    read: |text, draft, pace| {
        Box::pin(async move {
            let statements = statements(text, &['#'], pace).await;
            read(&statements.all(), draft, pace).await;
        })
    },
};

/// A rule as far as it was read.
#[derive(Default)]
pub(super) struct Rule<'s> {
    pub(super) name: &'s str,
    /// What it says: keys with their values in the order of the text, a pair for each value; one without a value has an
    /// empty one. A rule has a dozen, which are sooner looked through than put in a map.
    pub(super) said: Vec<(Cow<'s, str>, Cow<'s, str>)>,
    pub(super) span: Range<u32>,
}

impl<'s> Rule<'s> {
    pub(super) fn say(&mut self, key: impl Into<Cow<'s, str>>, values: impl IntoIterator<Item = &'s str>) {
        let key = key.into();
        let before = self.said.len();
        self.said.extend(values.into_iter().map(|value| (key.clone(), value.into())));
        if self.said.len() == before {
            self.said.push((key, "".into()));
        }
    }

    /// Says what the text says in other words.
    pub(super) fn add(&mut self, key: &str, values: &[&str]) {
        self.said.extend(values.iter().map(|value| (key.to_owned().into(), (*value).to_owned().into())));
    }

    pub(super) fn values(&self, key: &str) -> impl Iterator<Item = &str> + Clone {
        let own = self.said.iter().filter(move |(own, value)| own == key && !value.is_empty());
        own.map(|(_, value)| &**value)
    }

    fn value(&self, key: &str) -> &str {
        self.values(key).next().unwrap_or_default()
    }

    fn zones(&self, key: &str) -> Vec<String> {
        self.values(key).filter(|zone| *zone != "any").map(str::to_owned).collect()
    }

    /// Whether a key begins so.
    fn has(&self, head: &str) -> bool {
        self.said.iter().any(|(key, _)| key.starts_with(head))
    }
}

/// Words from an index on, brackets away.
fn values<'s>(statement: &Statement<'s>, from: usize) -> impl Iterator<Item = &'s str> {
    let words = statement.words.iter().skip(from).map(|word| &*word.text);
    words.filter(|word| *word != "[" && *word != "]")
}

async fn read(statements: &[Statement<'_>], draft: &mut Draft, pace: &Pace) {
    let mut book = Book::default();
    let mut rules: Vec<Rule> = Vec::new();
    let mut names: FxHashMap<&str, usize> = FxHashMap::default();
    let mut zones: Vec<(&str, &str)> = Vec::new();
    let mut services: FxHashMap<&str, String> = FxHashMap::default();
    for statement in statements.iter().filter(|statement| statement.begins(&["set"])) {
        pace.work(4).await;
        if let Some(at) = statement.find("nat", 1)
            && statement.at(at + 1) == "rules"
            && statement.at(at - 1).ends_with("rulebase")
        {
            let name = statement.at(at + 2);
            let index = *names.entry(name).or_insert_with(|| {
                rules.push(Rule { name, span: statement.place(at + 2), ..Rule::default() });
                rules.len() - 1
            });
            if let Some(rule) = rules.get_mut(index) {
                rule.span.end = statement.span().end.max(rule.span.start);
                one(rule, statement, at + 3);
            }
            continue;
        }
        if let Some(at) = statement.find("service", 1)
            && statement.at(at + 2) == "protocol"
            && let Some(port) = statement.find("port", at + 4)
        {
            let said =
                format!("{} {}", statement.at(at + 3), values(statement, port + 1).collect::<Vec<_>>().join(","));
            services.insert(statement.at(at + 1), said);
            continue;
        }
        if let Some(at) = statement.find("address", 1)
            && matches!(statement.at(at - 1), "set" | "shared") | (at > 2 && statement.at(at - 2) == "vsys")
        {
            let name = statement.at(at + 1);
            match statement.at(at + 2) {
                "ip-netmask" | "ip-range" => {
                    if let Some(set) = draft.addresses(statement, at + 3) {
                        book.add(name, set);
                    }
                }
                "fqdn" | "ip-wildcard" => book.add_other(name, Reason::HostName { name: statement.rest(at + 3) }),
                _ => {}
            }
        } else if let Some(at) = statement.find("address-group", 1) {
            let name = statement.at(at + 1);
            match statement.at(at + 2) {
                "static" => values(statement, at + 3).for_each(|member| book.add_name(name, member)),
                "dynamic" => book.add_other(name, Reason::HostName { name: statement.rest(at + 3) }),
                _ => {}
            }
        } else if let Some(at) = statement.find("layer3", 1) {
            if statement.find("zone", 1).is_some_and(|zone| zone < at) {
                let zone = statement.find("zone", 1).map_or("", |zone| statement.at(zone + 1));
                zones.extend(values(statement, at + 1).map(|interface| (zone, interface)));
            } else if let Some(ip) = statement.find("ip", at)
                && let Ok((address, _)) = crate::intake::address::address_and_length(statement.at(ip + 1))
            {
                let unit = statement.find("units", at).filter(|unit| *unit < ip);
                let name = unit.map_or_else(|| statement.at(at - 1), |unit| statement.at(unit + 1));
                draft.interface(name, address);
            }
        } else if statement.find("bgp", 1).is_some_and(|at| statement.at(at - 1) == "protocol") {
            let start = statement.place(0).start;
            draft.left_out(
                start..statement.place(4).end.max(start),
                Reason::Feature { what: "protocol bgp".into() },
            );
        } else if let Some(at) = statement.find("hostname", 1) {
            statement.at(at + 1).clone_into(&mut draft.setup.device);
        }
    }
    for (zone, interface) in zones {
        draft.interface_alias(zone, interface);
    }
    for rule in &mut rules {
        pace.work(16).await;
        for (_, service) in rule.said.iter_mut().filter(|(key, _)| key == "service") {
            if let Some(said) = services.get(&**service) {
                *service = said.as_str().into();
            }
        }
        if let Err(reason) = apply(rule, &mut book, draft) {
            draft.left_out(rule.span.clone(), reason);
        }
    }
}

/// What one line says of a rule.
fn one<'s>(rule: &mut Rule<'s>, statement: &Statement<'s>, at: usize) {
    let key = statement.at(at);
    let translation =
        matches!(key, "source-translation" | "destination-translation" | "dynamic-destination-translation");
    if !translation {
        rule.say(key, values(statement, at + 1));
        return;
    }
    // `source-translation dynamic-ip-and-port translated-address [ a b ]`: the keys, then the values.
    let (mut path, mut from) = (key.to_owned(), at + 1);
    while from + 1 < statement.words.len() && !matches!(statement.at(from), "[") {
        path = format!("{path} {}", statement.at(from));
        from += 1;
        let last = path.rsplit(' ').next().unwrap_or_default();
        if matches!(
            last,
            "translated-address" | "translated-port" | "interface" | "bi-directional" | "ip" | "fallback"
        ) {
            break;
        }
    }
    rule.say(path, values(statement, from));
}

fn matched<'n>(
    names: impl Iterator<Item = &'n str> + Clone,
    negate: bool,
    book: &mut Book,
) -> Result<Matched, Reason> {
    if names.clone().next().is_none() || names.clone().any(|name| name == "any") {
        return Ok(Matched::Any);
    }
    let set = addresses(names, book)?;
    Ok(Matched::of(if negate { draft::complement(&set) } else { set }))
}

fn addresses<'n>(names: impl Iterator<Item = &'n str>, book: &mut Book) -> Result<AddressSet, Reason> {
    let mut all = AddressSet::empty();
    for name in names {
        let set = match book.has(name) {
            true => book.find(name)?,
            false => draft::addresses(name).ok_or_else(|| Reason::UnknownName { name: name.to_owned() })?,
        };
        all = all.union(&set);
    }
    Ok(all)
}

/// The pool of a rule's source translation.
fn pool(rule: &Rule, book: &mut Book, draft: &mut Draft) -> Result<Option<usize>, Reason> {
    for key in [
        "source-translation dynamic-ip-and-port translated-address",
        "source-translation dynamic-ip translated-address",
        "source-translation static-ip translated-address",
    ] {
        let names = rule.values(key);
        if names.clone().next().is_some() {
            let set = addresses(names.clone(), book)?;
            let named = names.clone().all(|name| book.has(name));
            let span = rule.span.clone();
            return Ok(Some(if named {
                draft.pool(&names.collect::<Vec<_>>().join(" + "), set, span)
            } else {
                draft.nameless_pool(set, span)
            }));
        }
    }
    let interface = rule.value("source-translation dynamic-ip-and-port interface-address interface");
    let ip = rule.value("source-translation dynamic-ip-and-port interface-address ip");
    if !ip.is_empty() {
        let set = addresses(ip.split('/').take(1), book)?;
        return Ok(Some(draft.pool(&format!("interface {interface}"), set, rule.span.clone())));
    }
    if !interface.is_empty() {
        return Ok(Some(draft.interface_pool(interface, rule.span.clone())));
    }
    match rule.has("source-translation") {
        true => Err(Reason::NotUnderstood { statement: "source-translation".into() }),
        false => Ok(None),
    }
}

/// Makes of a rule what it is: a rule, a published service, or both.
pub(super) fn apply(rule: &Rule, book: &mut Book, draft: &mut Draft) -> Result<(), Reason> {
    if rule.value("disabled") == "yes" {
        return Err(Reason::Inactive);
    }
    if matches!(rule.value("nat-type"), "nat64" | "nptv6") {
        return Err(Reason::Feature { what: rule.value("nat-type").to_owned() });
    }
    let service = rule.value("service");
    let every = matches!(service, "" | "any" | "any/any/any");
    let pool = pool(rule, book, draft)?;
    let sources = matched(rule.values("source"), rule.value("negate-source") == "yes", book)?;
    let destinations = matched(rule.values("destination"), rule.value("negate-destination") == "yes", book)?;
    let (from, to) = (rule.zones("from"), rule.zones("to"));
    let span = rule.span.clone();
    let inside = rule.values("destination-translation translated-address");
    if rule.has("dynamic-destination-translation") {
        return Err(Reason::Feature { what: "dynamic-destination-translation".into() });
    }
    if inside.clone().next().is_some() {
        let inside = addresses(inside, book)?;
        let Matched::Of(published) = destinations else { return Err(Reason::OutsideTranslated) };
        if sources != Matched::Any {
            let what = format!("source {}", rule.values("source").collect::<Vec<_>>().join(" "));
            draft.simplified(span.clone(), Reason::Feature { what });
        }
        let ports = if every { rule.value("destination-translation translated-port") } else { service };
        let name = rule.name.to_owned();
        let ports = ports.to_owned();
        draft.publish(Published { name, published, inside, from, ports, source_pool: pool, span });
        return Ok(());
    }
    if !every {
        return Err(Reason::Ports { ports: rule.values("service").collect::<Vec<_>>().join(" ") });
    }
    let interface = rule.value("to-interface");
    let to = if matches!(interface, "" | "any") { to } else { vec![interface.to_owned()] };
    if rule.value("source-translation static-ip bi-directional") == "yes"
        && let (Some(index), Matched::Of(inside)) = (pool, &sources)
        && let Some(published) = draft.setup.pools.get(index).map(|pool| pool.addresses.clone())
    {
        draft.publish(Published {
            name: rule.name.to_owned(),
            published,
            inside: inside.clone(),
            from: to.clone(),
            ports: String::new(),
            source_pool: None,
            span: span.clone(),
        });
    }
    draft.rule(NatRule { name: rule.name.to_owned(), sources, destinations, to, pool, span });
    Ok(())
}
