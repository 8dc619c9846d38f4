//! Linux iptables: `iptables-save`, and `iptables` commands of scripts.
//!
//! ```text
//! *nat
//! :TO-ISP - [0:0]
//! -A POSTROUTING -s 10.0.0.0/8 -o er0 -j SNAT --to-source 203.0.113.16-203.0.113.31
//! -A POSTROUTING -o isp0 -j TO-ISP
//! -A TO-ISP -d 172.16.0.0/12 -j RETURN
//! -A TO-ISP -j MASQUERADE
//! -A PREROUTING -i isp0 -d 203.0.113.40/32 -p tcp -m tcp --dport 25 -j DNAT --to-destination 10.1.1.5:25
//! COMMIT
//! ```
//! POSTROUTING and PREROUTING of the table `nat` are read, with the chains that they lead to. ACCEPT keeps packets as
//! they are, RETURN too where no jump led to it.

use super::by_lines;
use super::chains::{Chain, Condition, Rule, Step, Verdict, Walk};
use crate::intake::config::{
    ConfigDefinition, Draft, Matched, NatRule, Published, Reason, Statement, draft, statements,
};
use crate::pace::Pace;
use crate::space::AddressSet;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;
use std::ops::Range;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "iptables",
    title: "iptables-save (Linux)",
    recognise: |sample| {
        by_lines(sample, 94, |line| {
            let command =
                line.trim_start_matches("sudo ").trim_start_matches("/sbin/").trim_start_matches("/usr/sbin/");
            line == "*nat"
                || line.starts_with("-A POSTROUTING ")
                || line.starts_with("-A PREROUTING ")
                || (command.starts_with("iptables ") || command.starts_with("ip6tables "))
                    && line.contains("-t nat")
        })
    },
    read: |text, draft, pace| Box::pin(read(text, draft, pace)),
};

/// Where packets to the outside are translated, and where those from there are.
const BASES: [(&str, bool); 2] = [("POSTROUTING", true), ("PREROUTING", false)];

/// What a rule does, as written.
#[derive(Copy, Clone, PartialEq, Eq, Default)]
struct Target<'s> {
    jump: &'s str,
    /// By `-g`: what the chain returns to is behind the jump that led here.
    goto: bool,
    to: Option<&'s str>,
}

/// How many rules one text may put between others of their chain, which costs more than putting them at an end of it.
const MAX_INSERTED: u32 = 4_096;

/// The chains of the table `nat`, as they grow.
#[derive(Default)]
struct Table<'s> {
    chains: Vec<(&'s str, VecDeque<Rule<Target<'s>>>)>,
    by_name: FxHashMap<&'s str, usize>,
    inserted: u32,
}

impl<'s> Table<'s> {
    /// The index of the chain of this name, which is made where there is none.
    fn chain(&mut self, name: &'s str) -> usize {
        *self.by_name.entry(name).or_insert_with(|| {
            self.chains.push((name, VecDeque::new()));
            self.chains.len() - 1
        })
    }

    fn add(&mut self, name: &'s str, rule: Rule<Target<'s>>, place: Option<usize>) -> Result<(), Reason> {
        let index = self.chain(name);
        let Some((_, rules)) = self.chains.get_mut(index) else { return Ok(()) };
        match place {
            None => rules.push_back(rule),
            Some(0) => rules.push_front(rule),
            Some(place) if place >= rules.len() => rules.push_back(rule),
            Some(_) if self.inserted >= MAX_INSERTED => {
                return Err(Reason::TooManyPieces { limit: MAX_INSERTED });
            }
            Some(place) => {
                self.inserted += 1;
                rules.insert(place, rule);
            }
        }
        Ok(())
    }
}

async fn read(text: &str, draft: &mut Draft, pace: &Pace) {
    let statements = statements(text, &['#'], pace).await;
    let mut nat = Table::default();
    BASES.iter().for_each(|(name, _)| _ = nat.chain(name));
    let mut table = "nat";
    let statements = statements.all();
    for statement in &statements {
        pace.work(4).await;
        if let Some(name) = statement.at(0).strip_prefix('*') {
            table = name;
            continue;
        }
        let command = statement.words.iter().take(3).position(|word| word.text.ends_with("tables"));
        if command.is_some() {
            table = statement.after("-t").unwrap_or("filter");
        }
        if table == "nat" {
            line(statement, &mut nat, draft);
        }
    }
    let mut chains = Vec::with_capacity(nat.chains.len());
    for (name, rules) in std::mem::take(&mut nat.chains) {
        let mut chain = Chain { name: name.to_owned(), rules: rules.into() };
        pace.work(2 * chain.rules.len() as u64).await;
        chain.rules.retain_mut(|rule| resolve(rule, &nat.by_name, draft));
        chains.push(chain);
    }
    let mut reached: Vec<usize> = Vec::new();
    for (base, (_, outward)) in BASES.iter().enumerate() {
        let bases = [base];
        let mut walk = Walk::new(&chains, &bases, *outward);
        for nth in 0..chains.get(base).map_or(0, |chain| chain.rules.len()) {
            for step in walk.base_rule(0, nth) {
                pace.work(4).await;
                let (done, span) = match step {
                    Step::Act(condition, rule) => (act(condition, rule, *outward, draft), rule.span.clone()),
                    Step::Keep(condition, rule) => (keep(condition, rule, *outward, draft), rule.span.clone()),
                    Step::Lost(reason, rule) => (Err(reason), rule.span.clone()),
                };
                if let Err(reason) = done {
                    draft.left_out(span, reason);
                }
            }
        }
        reached.append(&mut walk.reached);
    }
    let reached: FxHashSet<usize> = reached.into_iter().collect();
    for (index, chain) in chains.iter().enumerate() {
        pace.work(1 + chain.rules.len() as u64).await;
        if index < BASES.len() || reached.contains(&index) {
            continue;
        }
        for rule in &chain.rules {
            let reason = match chain.name.as_str() {
                // What the machine itself sends.
                "OUTPUT" | "INPUT" => Reason::Feature { what: format!("chain {}", chain.name) },
                _ => Reason::Unreached { chain: chain.name.clone() },
            };
            draft.left_out(rule.span.clone(), reason);
        }
    }
}

/// A line of the table `nat`.
fn line<'s>(statement: &Statement<'s>, nat: &mut Table<'s>, draft: &mut Draft) {
    // `:POSTROUTING ACCEPT [5:300]` makes a chain, as `-N` does.
    if let Some(name) = statement.at(0).strip_prefix(':') {
        nat.chain(name);
        return;
    }
    let find = |short: &str, long: &str| {
        let words = statement.words.iter().take(8);
        words.map(|word| &*word.text).position(|word| word == short || word == long)
    };
    if let Some(at) = find("-A", "--append").or_else(|| find("-I", "--insert")) {
        let chain = statement.at(at + 1);
        let number = statement.at(at + 2).parse::<usize>().ok();
        let from = at + 2 + usize::from(number.is_some());
        let is_insert = matches!(statement.at(at), "-I" | "--insert");
        let place = is_insert.then(|| number.unwrap_or(1).saturating_sub(1));
        if let Err(reason) = rule(statement, from).and_then(|rule| nat.add(chain, rule, place)) {
            draft.left_out(statement.span(), reason);
        }
    } else if let Some(at) = find("-N", "--new-chain") {
        nat.chain(statement.at(at + 1));
    } else if let Some(at) = find("-F", "--flush") {
        match statement.at(at + 1) {
            "" => nat.chains.iter_mut().for_each(|(_, rules)| rules.clear()),
            name => {
                let index = nat.chain(name);
                nat.chains.iter_mut().skip(index).take(1).for_each(|(_, rules)| rules.clear());
            }
        }
    } else if let Some(at) = ["-D", "--delete", "-R", "--replace"].iter().find_map(|word| find(word, word)) {
        draft.left_out(statement.span(), Reason::Feature { what: statement.at(at).to_owned() });
    }
}

/// Leads the jump of a rule to a chain of the user's own, once all of them are known. Whether the rule does anything.
fn resolve(rule: &mut Rule<Target>, by_name: &FxHashMap<&str, usize>, draft: &mut Draft) -> bool {
    let Verdict::Act(Target { jump, goto, .. }) = rule.verdict else { return true };
    match (jump, by_name.get(jump)) {
        // They change no address, and the packet goes on.
        ("" | "LOG" | "NFLOG" | "ULOG" | "TRACE", _) => false,
        ("SNAT" | "DNAT" | "MASQUERADE" | "NETMAP" | "REDIRECT", _) => true,
        (_, Some(&index)) if index >= BASES.len() => {
            rule.verdict = if goto { Verdict::Goto(index) } else { Verdict::Jump(index) };
            true
        }
        _ => {
            draft.left_out(rule.span.clone(), Reason::Feature { what: format!("-j {jump}") });
            false
        }
    }
}

#[derive(Default)]
struct Found<'s> {
    sources: Option<AddressSet>,
    destinations: Option<AddressSet>,
    incoming: Vec<String>,
    outgoing: Vec<String>,
    protocol: &'s str,
    ports: &'s str,
    name: &'s str,
    target: Target<'s>,
    other: Option<String>,
}

/// What a rule says, from this word on.
fn rule<'s>(statement: &Statement<'s>, from: usize) -> Result<Rule<Target<'s>>, Reason> {
    let mut found = Found::default();
    let (mut at, mut not) = (from, false);
    while at < statement.words.len() {
        let word = statement.at(at);
        let value = statement.at(at + 1);
        let mut used = 2;
        match word {
            "!" => {
                not = true;
                at += 1;
                continue;
            }
            "-s" | "--source" | "--src" | "-d" | "--destination" | "--dst" => {
                let mut set = AddressSet::empty();
                for part in value.split(',') {
                    let part = draft::addresses(part).ok_or_else(|| Reason::HostName { name: part.to_owned() })?;
                    set = set.union(&part);
                }
                let set = if not { draft::complement(&set) } else { set };
                let side = if matches!(word, "-s" | "--source" | "--src") {
                    &mut found.sources
                } else {
                    &mut found.destinations
                };
                *side = Some(match side.take() {
                    None => set,
                    Some(before) => before.intersection(&set),
                });
            }
            "--src-range" | "--dst-range" => {
                let set = draft::addresses(value)
                    .ok_or_else(|| Reason::NotUnderstood { statement: value.to_owned() })?;
                let set = if not { draft::complement(&set) } else { set };
                if word == "--src-range" { found.sources = Some(set) } else { found.destinations = Some(set) }
            }
            "-o" | "--out-interface" | "-i" | "--in-interface" => {
                if not || value.ends_with('+') {
                    let not = if not { "! " } else { "" };
                    found.other = Some(format!("{not}{word} {value}"));
                }
                let side = if word.contains("-o") { &mut found.outgoing } else { &mut found.incoming };
                side.push(value.to_owned());
            }
            "-p" | "--protocol" if value == "all" && !not => {}
            "-p" | "--protocol" | "--dport" | "--dports" | "--destination-port" | "--destination-ports" if not => {
                found.other = Some(format!("! {word} {value}"));
            }
            "-p" | "--protocol" => found.protocol = value,
            "--dport" | "--dports" | "--destination-port" | "--destination-ports" => found.ports = value,
            "--sport" | "--sports" | "--icmp-type" | "--mark" | "--ctstate" | "--state" | "--dst-type"
            | "--uid-owner" | "--match-set" | "--probability" | "--every" | "--packet" | "--dir" | "--pol" => {
                found.other = Some(format!("{word} {value}"));
            }
            "--comment" => found.name = value,
            "-m" | "--match" => {
                if matches!(value, "set" | "statistic" | "policy" | "owner" | "addrtype" | "mark" | "connmark") {
                    found.other = Some(format!("-m {value}"));
                }
            }
            "-j" | "--jump" => (found.target.jump, found.target.goto) = (value, false),
            "-g" | "--goto" => (found.target.jump, found.target.goto) = (value, true),
            "-t" | "--table" => {}
            // Counters, as `iptables-save -c` and scripts have them.
            "-c" | "--set-counters" => used = 3,
            "--to-source" | "--to-destination" | "--to" => found.target.to = Some(value),
            "--random" | "--random-fully" | "--persistent" => used = 1,
            "--to-ports" | "--log-prefix" | "--log-level" | "--nflog-prefix" | "--nflog-group" => {}
            _ => {
                found.other = Some(word.to_owned());
                used = 1;
            }
        }
        not = false;
        at += used;
    }
    if let Some(what) = found.other {
        return Err(Reason::Feature { what });
    }
    let matched = |side: Option<AddressSet>| side.map_or(Matched::Any, Matched::of);
    let condition = Condition {
        sources: matched(found.sources),
        destinations: matched(found.destinations),
        incoming: found.incoming,
        outgoing: found.outgoing,
        ports: format!("{} {}", found.protocol, found.ports).trim().to_owned(),
    };
    let verdict = match found.target {
        Target { jump: "ACCEPT", goto: false, .. } => Verdict::Accept,
        Target { jump: "RETURN", goto: false, .. } => Verdict::Return,
        target => Verdict::Act(target),
    };
    Ok(Rule { condition, verdict, name: found.name.to_owned(), span: statement.span() })
}

/// The addresses behind `--to-source`: an address or a range, perhaps with ports behind a colon.
fn target(to: &str) -> Option<(AddressSet, &str)> {
    if let Some(set) = draft::addresses(to) {
        return Some((set, ""));
    }
    if let Some((six, port)) = to.strip_prefix('[').and_then(|to| to.split_once(']')) {
        return Some((draft::addresses(six)?, port.trim_start_matches(':')));
    }
    let (addresses, ports) = to.rsplit_once(':')?;
    Some((draft::addresses(addresses)?, ports))
}

/// A packet that stays as it is.
fn keep(condition: Condition, rule: &Rule<Target>, outward: bool, draft: &mut Draft) -> Result<(), Reason> {
    if !outward {
        return Err(Reason::OutsideTranslated);
    }
    let name = match (rule.name.is_empty(), &rule.verdict) {
        (false, _) => rule.name.clone(),
        (true, Verdict::Accept) => "ACCEPT".to_owned(),
        (true, _) => "RETURN".to_owned(),
    };
    say(condition, name, None, rule.span.clone(), draft);
    Ok(())
}

fn say(condition: Condition, name: String, pool: Option<usize>, span: Range<u32>, draft: &mut Draft) {
    let Condition { sources, destinations, outgoing: to, .. } = condition;
    draft.rule(NatRule { name, sources, destinations, to, pool, span });
}

/// A packet that is translated.
fn act(condition: Condition, rule: &Rule<Target>, outward: bool, draft: &mut Draft) -> Result<(), Reason> {
    let Verdict::Act(Target { jump, to, .. }) = rule.verdict else { return Ok(()) };
    let span = rule.span.clone();
    let wrong = || Reason::NotUnderstood { statement: crate::intake::fault::quote(jump) };
    let name = if rule.name.is_empty() { jump } else { &rule.name }.to_owned();
    if !outward {
        if jump != "DNAT" {
            return Err(Reason::OutsideTranslated);
        }
        let (inside, port) = to.and_then(target).ok_or_else(wrong)?;
        let Matched::Of(published) = condition.destinations else { return Err(Reason::OutsideTranslated) };
        if condition.sources != Matched::Any {
            draft.simplified(span.clone(), Reason::Feature { what: "-s".into() });
        }
        // A protocol alone, and the port behind the address.
        let ports = match condition.ports.contains(' ') || port.is_empty() {
            true => condition.ports,
            false => format!("{} {port}", condition.ports).trim().to_owned(),
        };
        let from = condition.incoming;
        draft.publish(Published { name, published, inside, from, ports, source_pool: None, span });
        return Ok(());
    }
    let pool = match jump {
        "SNAT" | "NETMAP" => {
            let (set, _) = to.and_then(target).ok_or_else(wrong)?;
            draft.nameless_pool(set, span.clone())
        }
        "MASQUERADE" => match condition.outgoing.as_slice() {
            [interface] => draft.interface_pool(&interface.clone(), span.clone()),
            _ => return Err(Reason::InterfaceAddress { interface: "any".into() }),
        },
        _ => return Err(Reason::Feature { what: format!("-j {jump}") }),
    };
    say(condition, name, Some(pool), span, draft);
    Ok(())
}
