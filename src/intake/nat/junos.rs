//! Junos SRX: `security nat`, in braces or as `set` lines.
//!
//! ```text
//! set security nat source pool ER address 203.0.113.16/28
//! set security nat source rule-set OUT from zone trust
//! set security nat source rule-set OUT to zone er
//! set security nat source rule-set OUT rule 1 match source-address 10.0.0.0/8
//! set security nat source rule-set OUT rule 1 then source-nat pool ER
//! ```
//! Static rules come before source rules; of several rule sets the one with the narrower context comes first, interface
//! before zone before routing instance (Juniper: NAT user guide, rule sets).

use super::by_lines;
use crate::intake::config::{
    Book, ConfigDefinition, Draft, MAX_WORDS_IN_ALL, Matched, NatRule, Published, Reason, Statement, Statements,
    Word, branches, draft, statements,
};
use crate::intake::policy;
use crate::pace::Pace;
use crate::space::AddressSet;
use rustc_hash::FxHashMap;
use std::ops::Range;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "junos-config",
    title: "configuration (Junos)",
    recognise: |sample| {
        let nat = |line: &str| {
            line.starts_with("set security nat ")
                || line.starts_with("rule-set ") && line.ends_with('{')
                || line.starts_with("source-nat {")
        };
        by_lines(sample, 92, nat).or_else(|| policy::junos::recognise(sample))
    },
    read: |text, draft, pace| {
        Box::pin(async move {
            let statements = paths(text, draft, pace).await;
            let statements = statements.all();
            read(&statements, draft, pace).await;
            policy::junos::read(&statements, draft, pace).await;
        })
    },
};

/// Every statement as its whole path, without `set`. What is switched off is left out and said.
async fn paths<'t>(text: &'t str, draft: &mut Draft, pace: &Pace) -> Statements<'t> {
    let lines = statements(text, &['#'], pace).await;
    let is_set = |line: &[Word]| line.first().is_some_and(|word| word.text.eq_ignore_ascii_case("set"));
    if lines.rows().any(|line| is_set(line) && line.len() > 2) {
        switched_on(&lines, is_set, draft, pace).await
    } else {
        drop(lines);
        unmarked(branches(text, draft, pace).await, draft)
    }
}

/// Paths out of braces without the marks on them.
fn unmarked<'t>(paths: Statements<'t>, draft: &mut Draft) -> Statements<'t> {
    let is_mark = |word: &Word| matches!(&*word.text, "inactive:" | "replace:" | "protect:");
    if !paths.words().iter().any(is_mark) {
        return paths;
    }
    let mut found = Statements::default();
    for path in paths.rows() {
        if path.iter().any(|word| word.text == "inactive:") {
            draft.left_out(Statement { indent: 0, words: path }.span_of_end(), Reason::Inactive);
            continue;
        }
        path.iter().filter(|word| !is_mark(word)).for_each(|word| found.push(word.clone()));
        found.end(0);
    }
    found
}

/// Lines that begin with `set`, without those that are deactivated. A list in brackets is a line for each value.
async fn switched_on<'t>(
    lines: &Statements<'t>,
    is_set: impl Fn(&[Word]) -> bool,
    draft: &mut Draft,
    pace: &Pace,
) -> Statements<'t> {
    let mut off = Off::default();
    for line in lines.all().iter().filter(|line| line.begins(&["deactivate"])) {
        off.add(line.words.get(1..).unwrap_or_default());
    }
    let mut found = Statements::default();
    for words in lines.rows().filter(|line| is_set(line)) {
        pace.work(2).await;
        let words = words.get(1..).unwrap_or_default();
        let line = Statement { indent: 0, words };
        if off.has(words) {
            draft.left_out(line.span(), Reason::Inactive);
            continue;
        }
        match (line.find("[", 0), line.find("]", 0)) {
            (Some(from), Some(to)) if from < to => {
                for word in words.get(from + 1..to).unwrap_or_default() {
                    if found.words().len() + from >= MAX_WORDS_IN_ALL {
                        draft.too_many_words(word.span.clone());
                        return found;
                    }
                    found.extend(words.get(..from).unwrap_or_default());
                    found.push(word.clone());
                    found.end(0);
                }
            }
            _ => {
                found.extend(words);
                found.end(0);
            }
        }
    }
    found
}

/// What is deactivated: a tree of the words of its paths.
#[derive(Default)]
struct Off {
    /// Whether a path ends here.
    ends: bool,
    below: FxHashMap<String, Off>,
}

impl Off {
    /// Longer paths than any device has would make a deep tree, and lead nowhere.
    const DEEPEST: usize = 64;

    fn add(&mut self, path: &[Word]) {
        if path.len() >= Self::DEEPEST {
            return;
        }
        let mut node = self;
        for word in path {
            node = node.below.entry(word.text.to_string()).or_default();
        }
        node.ends = true;
    }

    /// Whether a path is within what is deactivated: most leave the tree at their first words.
    fn has(&self, path: &[Word]) -> bool {
        let mut node = self;
        for word in path {
            match node.below.get(&*word.text) {
                None => return false,
                Some(below) if below.ends => return true,
                Some(below) => node = below,
            }
        }
        false
    }
}

#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Static,
    Destination,
    Source,
}

#[derive(Default)]
struct RuleSet {
    from: Vec<(String, String)>,
    to: Vec<(String, String)>,
    rules: Vec<Rule>,
    by_name: FxHashMap<String, usize>,
}

impl RuleSet {
    fn zones(side: &[(String, String)]) -> Vec<String> {
        side.iter().map(|(_, name)| name.clone()).collect()
    }

    /// Interface before zone before routing instance.
    fn rank(&self) -> u8 {
        let rank = |side: &[(String, String)]| match side.first().map(|(kind, _)| kind.as_str()) {
            Some("interface") => 0,
            Some("zone") => 1,
            _ => 2,
        };
        rank(&self.from) + rank(&self.to)
    }
}

struct Rule {
    name: String,
    sources: Option<AddressSet>,
    destinations: Option<AddressSet>,
    ports: String,
    then: Vec<String>,
    lost: Option<Reason>,
    span: Range<u32>,
}

#[derive(Default)]
struct Srx {
    book: Book,
    pools: FxHashMap<String, (AddressSet, String)>,
    sets: Vec<((Kind, String), RuleSet)>,
    sets_by_name: FxHashMap<(Kind, String), usize>,
    zones: FxHashMap<String, Vec<String>>,
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            name: String::new(),
            sources: None,
            destinations: None,
            ports: String::new(),
            then: Vec::new(),
            lost: None,
            span: 0..0,
        }
    }
}

async fn read(statements: &[Statement<'_>], draft: &mut Draft, pace: &Pace) {
    let mut srx = Srx::default();
    // Names may be used before they are said.
    for path in statements {
        pace.work(2).await;
        srx.names(path, draft);
    }
    for path in statements {
        pace.work(2).await;
        let at = if path.begins(&["security", "nat"]) {
            2
        } else if path.begins(&["nat"]) {
            1
        } else if path.begins(&["apply-groups"]) {
            draft.simplified(path.span(), Reason::Feature { what: path.rest(0) });
            continue;
        } else if matches!(path.at(0), "source" | "destination" | "static")
            && matches!(path.at(1), "pool" | "rule-set")
        {
            0
        } else if path.begins(&["rule-set"]) || path.begins(&["logical-systems"]) || path.begins(&["groups"]) {
            if path.find("nat", 1).is_some() || path.at(0) == "rule-set" {
                let reason = match path.at(0) {
                    "rule-set" => Reason::NotUnderstood { statement: crate::intake::fault::quote(&path.rest(0)) },
                    _ => Reason::Instance { name: path.at(1).to_owned() },
                };
                draft.left_out(path.span_of_end(), reason);
            }
            continue;
        } else if path.begins(&["services", "nat"]) {
            // Of routers with a service card, whose rules have another shape.
            draft.left_out(path.span_of_end(), Reason::Feature { what: "services nat".into() });
            continue;
        } else if path.begins(&["routing-instances"]) && path.at(2) == "protocols" && path.at(3) == "bgp" {
            draft.left_out(path.span_of_end(), Reason::Instance { name: path.at(1).to_owned() });
            continue;
        } else {
            continue;
        };
        srx.nat(path, at, draft);
    }
    for (zone, interfaces) in &srx.zones {
        for interface in interfaces {
            draft.interface_alias(zone, interface);
        }
    }
    let mut sets = std::mem::take(&mut srx.sets);
    crate::sort::by_key(&mut sets, |((kind, _), set)| (*kind, set.rank()));
    for ((kind, _), set) in &sets {
        for rule in &set.rules {
            pace.work(16).await;
            if let Err(reason) = srx.rule(*kind, set, rule, draft) {
                draft.left_out(rule.span.clone(), reason);
            }
        }
    }
}

impl Srx {
    fn names(&mut self, path: &Statement, draft: &mut Draft) {
        if path.begins(&["system", "host-name"]) {
            draft.setup.device = path.at(2).to_owned();
        } else if path.begins(&["security", "address-book"]) {
            self.addresses(path, 3);
        } else if path.begins(&["security", "zones", "security-zone"]) {
            match path.at(4) {
                "address-book" => self.addresses(path, 5),
                "interfaces" => self.zones.entry(path.at(3).to_owned()).or_default().push(path.at(5).to_owned()),
                _ => {}
            }
        } else if path.begins(&["interfaces"])
            && path.at(2) == "unit"
            && let Some(at) = path.find("address", 4)
            && let Ok((address, _)) = crate::intake::address::address_and_length(path.at(at + 1))
        {
            draft.interface(&format!("{}.{}", path.at(1), path.at(3)), address);
        }
    }

    fn addresses(&mut self, path: &Statement, at: usize) {
        let name = path.at(at + 1);
        match (path.at(at), path.at(at + 2)) {
            ("address", "dns-name" | "wildcard-address") => {
                self.book.add_other(name, Reason::HostName { name: path.rest(at + 3) });
            }
            ("address", "range-address") => {
                let range = format!("{}-{}", path.at(at + 3), path.at(at + 5));
                if let Some(set) = draft::addresses(&range) {
                    self.book.add(name, set);
                }
            }
            ("address", word) => {
                if let Some(set) = draft::addresses(if word == "ip-prefix" { path.at(at + 3) } else { word }) {
                    self.book.add(name, set);
                }
            }
            ("address-set", "address" | "address-set") => self.book.add_name(name, path.at(at + 3)),
            _ => {}
        }
    }

    fn nat(&mut self, path: &Statement, at: usize, draft: &mut Draft) {
        let kind = match path.at(at) {
            "source" => Kind::Source,
            "destination" => Kind::Destination,
            "static" => Kind::Static,
            // Neighbour discovery changes no address.
            "proxy-arp" | "proxy-ndp" | "traceoptions" => return,
            _ => return draft.left_out(path.span_of_end(), Reason::Feature { what: path.at(at).to_owned() }),
        };
        match path.at(at + 1) {
            "pool" => self.pool(path, at + 2, draft),
            "rule-set" => self.rule_set(kind, path, at + 2, draft),
            other => draft.simplified(path.span_of_end(), Reason::Feature { what: other.to_owned() }),
        }
    }

    fn pool(&mut self, path: &Statement, at: usize, draft: &mut Draft) {
        let (addresses, port) = self.pools.entry(path.at(at).to_owned()).or_default();
        match path.at(at + 1) {
            "address" => {
                let to = path.find("to", at + 3);
                let set = match to {
                    Some(to) => {
                        let bare = |word: &str| word.split('/').next().unwrap_or_default().to_owned();
                        draft::addresses(&format!("{}-{}", bare(path.at(at + 2)), bare(path.at(to + 1))))
                    }
                    None if path.at(at + 2) == "port" => {
                        *port = path.at(at + 3).to_owned();
                        return;
                    }
                    None => draft.addresses(path, at + 2),
                };
                if let Some(set) = set {
                    *addresses = addresses.union(&set);
                }
                if let Some(found) = path.find("port", at + 3) {
                    *port = path.at(found + 1).to_owned();
                }
            }
            "port"
            | "description"
            | "host-address-base"
            | "persistent-nat"
            | "address-pooling"
            | "pool-utilization-alarm" => {}
            "" => {}
            other => draft.simplified(path.span_of_end(), Reason::Feature { what: other.to_owned() }),
        }
    }

    fn rule_set(&mut self, kind: Kind, path: &Statement, at: usize, draft: &mut Draft) {
        let key = (kind, path.at(at).to_owned());
        let index = *self.sets_by_name.entry(key.clone()).or_insert_with(|| {
            self.sets.push((key, RuleSet::default()));
            self.sets.len() - 1
        });
        let Some((_, set)) = self.sets.get_mut(index) else { return };
        let side = || (path.at(at + 2).to_owned(), path.at(at + 3).to_owned());
        match path.at(at + 1) {
            "from" => return set.from.push(side()),
            "to" => return set.to.push(side()),
            "rule" => {}
            "description" | "" => return,
            other => return draft.simplified(path.span_of_end(), Reason::Feature { what: other.to_owned() }),
        }
        let name = path.at(at + 2);
        let start = path.place(at + 2);
        let index = *set.by_name.entry(name.to_owned()).or_insert_with(|| {
            set.rules.push(Rule { name: name.to_owned(), span: start, ..Rule::default() });
            set.rules.len() - 1
        });
        let Some(rule) = set.rules.get_mut(index) else { return };
        rule.span.end = rule.span.end.max(path.span_of_end().end);
        match (path.at(at + 3), path.at(at + 4)) {
            ("then", _) => rule.then = path.words.iter().skip(at + 4).map(|word| word.text.to_string()).collect(),
            ("match", "source-address" | "destination-address") => {
                let side =
                    if path.at(at + 4) == "source-address" { &mut rule.sources } else { &mut rule.destinations };
                match draft.addresses(path, at + 5) {
                    Some(set) => *side = Some(side.take().unwrap_or_default().union(&set)),
                    None => rule.lost = Some(Reason::NotUnderstood { statement: path.rest(at + 3) }),
                }
            }
            ("match", "source-address-name" | "destination-address-name") => {
                let source = path.at(at + 4) == "source-address-name";
                let side = if source { &mut rule.sources } else { &mut rule.destinations };
                match self.book.find(path.at(at + 5)) {
                    Ok(set) => *side = Some(side.take().unwrap_or_default().union(&set)),
                    Err(reason) => rule.lost = Some(reason),
                }
            }
            ("match", "destination-port") => rule.ports = path.rest(at + 5),
            ("match", what) => rule.lost = Some(Reason::Ports { ports: format!("{what} {}", path.rest(at + 5)) }),
            ("description", _) => {}
            ("", _) => {}
            (other, _) => draft.simplified(path.span_of_end(), Reason::Feature { what: other.to_owned() }),
        }
    }

    fn rule(&self, kind: Kind, set: &RuleSet, rule: &Rule, draft: &mut Draft) -> Result<(), Reason> {
        if let Some(reason) = &rule.lost {
            return Err(reason.clone());
        }
        let matched = |side: &Option<AddressSet>| side.clone().map_or(Matched::Any, Matched::of);
        let then: Vec<&str> = rule.then.iter().map(String::as_str).collect();
        let (from, to) = (RuleSet::zones(&set.from), RuleSet::zones(&set.to));
        let span = rule.span.clone();
        let name = rule.name.clone();
        let (sources, destinations) = (matched(&rule.sources), matched(&rule.destinations));
        match (kind, then.as_slice()) {
            (Kind::Source, _) if !rule.ports.is_empty() => Err(Reason::Ports { ports: rule.ports.clone() }),
            (Kind::Source, ["source-nat", "off", ..]) => {
                draft.rule(NatRule { name, sources, destinations, to, pool: None, span });
                Ok(())
            }
            (Kind::Source, ["source-nat", "interface", ..]) => {
                for zone in &to {
                    let pool = Some(draft.interface_pool(zone, span.clone()));
                    let (sources, destinations) = (sources.clone(), destinations.clone());
                    let (name, to, span) = (name.clone(), vec![zone.clone()], span.clone());
                    draft.rule(NatRule { name, sources, destinations, to, pool, span });
                }
                Ok(())
            }
            (Kind::Source, ["source-nat", "pool", pool, ..]) => {
                let Some((addresses, _)) = self.pools.get(*pool).filter(|(set, _)| !set.is_empty()) else {
                    return Err(Reason::UnknownName { name: (*pool).to_owned() });
                };
                let pool = Some(draft.pool(pool, addresses.clone(), span.clone()));
                draft.rule(NatRule { name, sources, destinations, to, pool, span });
                Ok(())
            }
            (Kind::Destination, ["destination-nat", "off", ..]) => Err(Reason::OutsideTranslated),
            (Kind::Destination, ["destination-nat", "pool", pool, ..]) => {
                let Some((inside, port)) = self.pools.get(*pool).filter(|(set, _)| !set.is_empty()) else {
                    return Err(Reason::UnknownName { name: (*pool).to_owned() });
                };
                let Matched::Of(published) = destinations else { return Err(Reason::OutsideTranslated) };
                let inside = inside.clone();
                // The protocol isn't said by a rule that matches a port.
                let ports = if rule.ports.is_empty() { port } else { &rule.ports }.clone();
                draft.publish(Published { name, published, inside, from, ports, source_pool: None, span });
                Ok(())
            }
            (Kind::Static, ["static-nat", "prefix", inside, ..]) => {
                let (Matched::Of(published), Some(inside)) = (destinations, draft::addresses(inside)) else {
                    return Err(Reason::NotUnderstood { statement: rule.then.join(" ") });
                };
                let pool = Some(draft.nameless_pool(published.clone(), span.clone()));
                draft.rule(NatRule {
                    name: name.clone(),
                    sources: Matched::Of(inside.clone()),
                    destinations: Matched::Any,
                    to: from.clone(),
                    pool,
                    span: span.clone(),
                });
                let ports = rule.ports.clone();
                draft.publish(Published { name, published, inside, from, ports, source_pool: None, span });
                Ok(())
            }
            _ => Err(Reason::NotUnderstood { statement: rule.then.join(" ") }),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::intake::config::{ConfigFormat, LeftOutReason, read};

    #[test]
    fn what_is_deactivated_is_left_out_with_all_below_it() {
        let pool = |name: &str| format!("set security nat source pool {name} address 192.0.2.1/32\n");
        let deactivated = |path: &str| {
            let text = format!("{}{}deactivate {path}\n", pool("P"), pool("PP"));
            let setup = read(&text, ConfigFormat::Junos);
            setup.left_out.iter().filter(|left| left.reason == LeftOutReason::Inactive).count()
        };
        let long = format!("security nat source pool P{}", " address".repeat(100_000));
        for (path, expected) in [
            ("security nat", 2),
            ("security nat source pool P", 1),
            ("security nat source pool P address 192.0.2.1/32", 1),
            ("security nat source pool P address 192.0.2.1/32 more", 0),
            ("security nat source pool", 2),
            ("nat", 0),
            ("", 0),
            // No device has such a path: it is no path to the end of the stack either.
            (&long, 0),
        ] {
            assert_eq!(deactivated(path), expected, "{}", path.get(..60).unwrap_or(path));
        }
    }
}
