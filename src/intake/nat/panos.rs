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
use std::collections::HashMap;
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
            read(&statements, draft, pace).await;
        })
    },
};

/// A rule as far as it was read.
#[derive(Default)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) said: HashMap<String, Vec<String>>,
    pub(super) span: Range<u32>,
}

impl Rule {
    fn values(&self, key: &str) -> &[String] {
        self.said.get(key).map_or(&[], Vec::as_slice)
    }

    fn value(&self, key: &str) -> &str {
        self.values(key).first().map_or("", String::as_str)
    }

    fn zones(&self, key: &str) -> Vec<String> {
        self.values(key).iter().filter(|zone| *zone != "any").cloned().collect()
    }
}

/// Words from an index on, brackets away.
fn values(statement: &Statement, from: usize) -> Vec<String> {
    let words = statement.words.iter().skip(from).map(|word| word.text.to_string());
    words.filter(|word| word != "[" && word != "]").collect()
}

async fn read(statements: &[Statement<'_>], draft: &mut Draft, pace: &Pace) {
    let mut book = Book::default();
    let mut rules: Vec<Rule> = Vec::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut zones: Vec<(String, String)> = Vec::new();
    let mut services: HashMap<String, String> = HashMap::new();
    for statement in statements.iter().filter(|statement| statement.begins(&["set"])) {
        pace.work(4).await;
        if let Some(at) = statement.find("nat", 1)
            && statement.at(at + 1) == "rules"
            && statement.at(at - 1).ends_with("rulebase")
        {
            let name = statement.at(at + 2).to_owned();
            let index = *names.entry(name.clone()).or_insert_with(|| {
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
            let said = format!("{} {}", statement.at(at + 3), values(statement, port + 1).join(","));
            services.insert(statement.at(at + 1).to_owned(), said);
            continue;
        }
        if let Some(at) = statement.find("address", 1)
            && matches!(statement.at(at - 1), "set" | "shared") | (at > 2 && statement.at(at - 2) == "vsys")
        {
            let name = statement.at(at + 1);
            match statement.at(at + 2) {
                "ip-netmask" | "ip-range" => {
                    if let Some(set) = draft.addresses(statement, at + 3) {
                        book.add(name, &set);
                    }
                }
                "fqdn" | "ip-wildcard" => book.add_other(name, Reason::HostName { name: statement.rest(at + 3) }),
                _ => {}
            }
        } else if let Some(at) = statement.find("address-group", 1) {
            let name = statement.at(at + 1);
            match statement.at(at + 2) {
                "static" => values(statement, at + 3).iter().for_each(|member| book.add_name(name, member)),
                "dynamic" => book.add_other(name, Reason::HostName { name: statement.rest(at + 3) }),
                _ => {}
            }
        } else if let Some(at) = statement.find("layer3", 1) {
            if statement.find("zone", 1).is_some_and(|zone| zone < at) {
                let zone = statement.find("zone", 1).map_or("", |zone| statement.at(zone + 1));
                zones.extend(values(statement, at + 1).into_iter().map(|interface| (zone.to_owned(), interface)));
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
        draft.interface_alias(&zone, &interface);
    }
    for rule in &mut rules {
        pace.work(16).await;
        for service in rule.said.get_mut("service").into_iter().flatten() {
            if let Some(said) = services.get(service) {
                said.clone_into(service);
            }
        }
        if let Err(reason) = apply(rule, &mut book, draft) {
            draft.left_out(rule.span.clone(), reason);
        }
    }
}

/// What one line says of a rule.
fn one(rule: &mut Rule, statement: &Statement, at: usize) {
    let key = statement.at(at);
    let translation =
        matches!(key, "source-translation" | "destination-translation" | "dynamic-destination-translation");
    if !translation {
        rule.said.entry(key.to_owned()).or_default().extend(values(statement, at + 1));
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
    rule.said.entry(path).or_default().extend(values(statement, from));
}

fn matched(names: &[String], negate: bool, book: &mut Book) -> Result<Matched, Reason> {
    if names.is_empty() || names.iter().any(|name| name == "any") {
        return Ok(Matched::Any);
    }
    let set = addresses(names, book)?;
    Ok(Matched::of(if negate { draft::complement(&set) } else { set }))
}

fn addresses(names: &[String], book: &mut Book) -> Result<AddressSet, Reason> {
    let mut all = AddressSet::empty();
    for name in names {
        let set = match book.has(name) {
            true => book.find(name)?,
            false => draft::addresses(name).ok_or_else(|| Reason::UnknownName { name: name.clone() })?,
        };
        all = all.union(&set);
    }
    Ok(all)
}

/// The pool of a rule's source translation.
fn pool(rule: &Rule, book: &mut Book, draft: &mut Draft) -> Result<Option<usize>, Reason> {
    let key = |kind: &str, what: &str| format!("source-translation {kind} {what}");
    for kind in ["dynamic-ip-and-port", "dynamic-ip", "static-ip"] {
        let names = rule.values(&key(kind, "translated-address"));
        if !names.is_empty() {
            let set = addresses(names, book)?;
            let named = names.iter().all(|name| book.has(name));
            let span = rule.span.clone();
            return Ok(Some(if named {
                draft.pool(&names.join(" + "), set, span)
            } else {
                draft.nameless_pool(set, span)
            }));
        }
    }
    let interface = rule.value("source-translation dynamic-ip-and-port interface-address interface");
    let ip = rule.value("source-translation dynamic-ip-and-port interface-address ip");
    if !ip.is_empty() {
        let set = addresses(&[ip.split('/').next().unwrap_or_default().to_owned()], book)?;
        return Ok(Some(draft.pool(&format!("interface {interface}"), set, rule.span.clone())));
    }
    if !interface.is_empty() {
        return Ok(Some(draft.interface_pool(interface, rule.span.clone())));
    }
    match rule.said.keys().any(|key| key.starts_with("source-translation")) {
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
    if rule.said.keys().any(|key| key.starts_with("dynamic-destination-translation")) {
        return Err(Reason::Feature { what: "dynamic-destination-translation".into() });
    }
    if !inside.is_empty() {
        let inside = addresses(inside, book)?;
        let Matched::Of(published) = destinations else { return Err(Reason::OutsideTranslated) };
        if sources != Matched::Any {
            let what = format!("source {}", rule.values("source").join(" "));
            draft.simplified(span.clone(), Reason::Feature { what });
        }
        let ports = if every { rule.value("destination-translation translated-port") } else { service };
        let name = rule.name.clone();
        let ports = ports.to_owned();
        draft.publish(Published { name, published, inside, from, ports, source_pool: pool, span });
        return Ok(());
    }
    if !every {
        return Err(Reason::Ports { ports: rule.values("service").join(" ") });
    }
    let interface = rule.value("to-interface");
    let to = if matches!(interface, "" | "any") { to } else { vec![interface.to_owned()] };
    if rule.value("source-translation static-ip bi-directional") == "yes"
        && let (Some(index), Matched::Of(inside)) = (pool, &sources)
        && let Some(published) = draft.setup.pools.get(index).map(|pool| pool.addresses.clone())
    {
        draft.publish(Published {
            name: rule.name.clone(),
            published,
            inside: inside.clone(),
            from: to.clone(),
            ports: String::new(),
            source_pool: None,
            span: span.clone(),
        });
    }
    draft.rule(NatRule { name: rule.name.clone(), sources, destinations, to, pool, span });
    Ok(())
}
