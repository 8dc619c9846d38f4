//! Linux iptables: `iptables-save`, and `iptables` commands of scripts.
//!
//! ```text
//! *nat
//! -A POSTROUTING -s 10.0.0.0/8 -o er0 -j SNAT --to-source 203.0.113.16-203.0.113.31
//! -A POSTROUTING -o isp0 -j MASQUERADE
//! -A PREROUTING -i isp0 -d 203.0.113.40/32 -p tcp -m tcp --dport 25 -j DNAT --to-destination 10.1.1.5:25
//! COMMIT
//! ```
//! POSTROUTING and PREROUTING of the table `nat` are read. ACCEPT and RETURN there keep packets as they are. A jump to
//! another chain can't be modelled.

use super::by_lines;
use crate::intake::config::{
    ConfigDefinition, Draft, Matched, NatRule, Published, Reason, Statement, draft, statements,
};
use crate::space::AddressSet;

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
    read: |text, draft| {
        let (statements, _) = statements(text, &['#']);
        let mut table = String::from("nat");
        for statement in &statements {
            if let Some(name) = statement.at(0).strip_prefix('*') {
                name.clone_into(&mut table);
                continue;
            }
            let command = statement.words.iter().take(3).position(|word| word.text.ends_with("tables"));
            if command.is_some() {
                table = statement.after("-t").unwrap_or("filter").to_owned();
            }
            if table != "nat" {
                continue;
            }
            let Some(at) = statement.find("-A", 0).or_else(|| statement.find("--append", 0)) else {
                if statement.find("-I", 0).is_some() {
                    draft.left_out(statement.span(), Reason::Feature { what: "-I".into() });
                }
                continue;
            };
            let done = match statement.at(at + 1) {
                chain @ ("POSTROUTING" | "PREROUTING") => rule(statement, at + 2, chain == "POSTROUTING", draft),
                // What the machine itself sends, and chains of the user's own.
                chain => Err(Reason::Feature { what: format!("chain {chain}") }),
            };
            if let Err(reason) = done {
                draft.left_out(statement.span(), reason);
            }
        }
    },
};

#[derive(Default)]
struct Found {
    sources: Option<AddressSet>,
    destinations: Option<AddressSet>,
    incoming: Vec<String>,
    outgoing: Vec<String>,
    protocol: String,
    ports: String,
    name: String,
    to: Option<String>,
    other: Option<String>,
}

fn rule(statement: &Statement, from: usize, outward: bool, draft: &mut Draft) -> Result<(), Reason> {
    let mut found = Found::default();
    let mut jump = String::new();
    let (mut at, mut not) = (from, false);
    while at < statement.words.len() {
        let word = statement.at(at);
        let value = statement.at(at + 1).to_owned();
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
                *side = Some(side.take().map_or(set.clone(), |before| before.intersection(&set)));
            }
            "--src-range" | "--dst-range" => {
                let set =
                    draft::addresses(&value).ok_or_else(|| Reason::NotUnderstood { statement: value.clone() })?;
                let set = if not { draft::complement(&set) } else { set };
                if word == "--src-range" { found.sources = Some(set) } else { found.destinations = Some(set) }
            }
            "-o" | "--out-interface" | "-i" | "--in-interface" => {
                if not || value.ends_with('+') {
                    let not = if not { "! " } else { "" };
                    found.other = Some(format!("{not}{word} {value}"));
                }
                if word.contains("-o") { found.outgoing.push(value) } else { found.incoming.push(value) }
            }
            "-p" | "--protocol" if value == "all" && !not => {}
            "-p" | "--protocol" => found.protocol = value,
            "--dport" | "--dports" | "--destination-port" | "--destination-ports" => found.ports = value,
            "--sport" | "--sports" | "--icmp-type" | "--mark" | "--ctstate" | "--state" | "--dst-type"
            | "--uid-owner" | "--match-set" | "--probability" | "--every" | "--packet" | "--dir" | "--pol" => {
                found.other = Some(format!("{word} {value}"));
            }
            "--comment" => found.name = value,
            "-m" | "--match" => {
                if matches!(
                    value.as_str(),
                    "set" | "statistic" | "policy" | "owner" | "addrtype" | "mark" | "connmark"
                ) {
                    found.other = Some(format!("-m {value}"));
                }
            }
            "-j" | "--jump" | "-g" | "--goto" => jump = value,
            "--to-source" | "--to-destination" | "--to" => found.to = Some(value),
            "--random" | "--random-fully" | "--persistent" => used = 1,
            "--to-ports" => {}
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
    act(found, &jump, outward, statement, draft)
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

fn act(found: Found, jump: &str, outward: bool, statement: &Statement, draft: &mut Draft) -> Result<(), Reason> {
    let span = statement.span();
    let matched = |side: Option<AddressSet>| side.map_or(Matched::Any, Matched::of);
    let wrong = || Reason::NotUnderstood { statement: crate::intake::fault::quote(&statement.rest(0)) };
    let name = if found.name.is_empty() { jump.to_owned() } else { found.name };
    if jump == "DNAT" && !outward {
        let (inside, port) = found.to.as_deref().and_then(target).ok_or_else(wrong)?;
        let Some(published) = found.destinations else { return Err(Reason::OutsideTranslated) };
        if found.sources.is_some() {
            draft.simplified(span.clone(), Reason::Feature { what: "-s".into() });
        }
        let ports = if found.ports.is_empty() { port } else { &found.ports };
        let ports = format!("{} {ports}", found.protocol).trim().to_owned();
        let from = found.incoming;
        draft.publish(Published { name, published, inside, from, ports, source_pool: None, span });
        return Ok(());
    }
    let ports = format!("{} {}", found.protocol, found.ports).trim().to_owned();
    if !outward {
        return Err(match jump {
            "ACCEPT" | "RETURN" | "REDIRECT" | "NETMAP" | "DNAT" => Reason::OutsideTranslated,
            _ => Reason::Feature { what: format!("-j {jump}") },
        });
    }
    if !ports.is_empty() {
        return Err(Reason::Ports { ports });
    }
    let (sources, destinations, to) = (matched(found.sources), matched(found.destinations), found.outgoing);
    let pool = match jump {
        "ACCEPT" | "RETURN" => None,
        "SNAT" => {
            let (set, _) = found.to.as_deref().and_then(target).ok_or_else(wrong)?;
            Some(draft.nameless_pool(set, span.clone()))
        }
        "NETMAP" => {
            let (set, _) = found.to.as_deref().and_then(target).ok_or_else(wrong)?;
            Some(draft.nameless_pool(set, span.clone()))
        }
        "MASQUERADE" => match to.as_slice() {
            [interface] => Some(draft.interface_pool(&interface.clone(), span.clone())),
            _ => return Err(Reason::InterfaceAddress { interface: "any".into() }),
        },
        _ => return Err(Reason::Feature { what: format!("-j {jump}") }),
    };
    draft.rule(NatRule { name, sources, destinations, to, pool, span });
    Ok(())
}
