//! Linux nftables: `nft list ruleset` and files for `nft -f`.
//!
//! ```text
//! table ip nat {
//!     set inside { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 172.16.0.0/12 } }
//!     chain postrouting {
//!         type nat hook postrouting priority srcnat; policy accept;
//!         ip saddr @inside oifname "er0" counter packets 5 bytes 300 snat to 203.0.113.16-203.0.113.31
//!         oifname "isp0" masquerade
//!     }
//! }
//! ```
//! Chains of the type `nat` are read, those on `postrouting` and `prerouting`, in the order of the text.

use super::by_lines;
use crate::intake::config::{
    Book, ConfigDefinition, Draft, Matched, NatRule, Published, Reason, Statement, Word, draft, statements,
};
use crate::space::{AddressSet, Set};

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "nftables",
    title: "nft list ruleset (Linux nftables)",
    recognise: |sample| {
        by_lines(sample, 95, |line| {
            let table = super::begins(line, &["table"]) && line.ends_with('{');
            table || line.starts_with("type nat hook ") || line.starts_with("nft add rule ")
        })
    },
    read: |text, draft| read(&pieces(text), draft),
};

/// Lines cut at semicolons and at the braces of blocks. Braces of a set of values stay words of their statement.
fn pieces(text: &str) -> Vec<Statement> {
    let (lines, _) = statements(text, &['#']);
    let mut found: Vec<Statement> = Vec::new();
    // A set of values that is open, and whether it goes on below.
    let mut values = 0_u32;
    for line in &lines {
        let mut words: Vec<Word> = Vec::new();
        let mut goes_on = values > 0;
        let mut close = |words: &mut Vec<Word>, goes_on: &mut bool| {
            if words.is_empty() {
                return;
            }
            let words = std::mem::take(words);
            match found.last_mut() {
                Some(last) if *goes_on => last.words.extend(words),
                _ => found.push(Statement { indent: 0, words }),
            }
            *goes_on = false;
        };
        for word in line.words.iter().flat_map(split) {
            let text = word.text.clone();
            let opens_block =
                words.first().is_some_and(|word| matches!(word.text.as_str(), "table" | "chain" | "set" | "map"));
            match text.as_str() {
                "#" => break,
                ";" if values == 0 => close(&mut words, &mut goes_on),
                "{" if values == 0 && (opens_block || words.is_empty()) => {
                    words.push(word);
                    close(&mut words, &mut goes_on);
                }
                "{" => {
                    values += 1;
                    words.push(word);
                }
                "}" if values > 0 => {
                    values -= 1;
                    words.push(word);
                }
                "}" => {
                    close(&mut words, &mut goes_on);
                    words.push(word);
                    close(&mut words, &mut goes_on);
                }
                _ => words.push(word),
            }
        }
        close(&mut words, &mut goes_on);
    }
    found
}

/// A word at its commas, semicolons and braces.
fn split(word: &Word) -> Vec<Word> {
    let marks = ['{', '}', ';', ','];
    if !word.text.contains(marks) {
        return vec![word.clone()];
    }
    let mut found = Vec::new();
    let whole = word.span.clone();
    for part in word.text.split_inclusive(marks) {
        let (body, mark) = match part.strip_suffix(marks) {
            Some(body) => (body, part.get(body.len()..).unwrap_or_default()),
            None => (part, ""),
        };
        for text in [body, mark] {
            if !text.is_empty() && text != "," {
                found.push(Word { text: text.to_owned(), span: whole.clone() });
            }
        }
    }
    found
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum Hook {
    None,
    Outward,
    Inward,
    Other,
}

fn read(pieces: &[Statement], draft: &mut Draft) {
    let mut book = Book::default();
    names(pieces, &mut book);
    let (mut family, mut hook, mut blocks) = (String::new(), Hook::None, Vec::new());
    let mut chain = String::new();
    for piece in pieces {
        match piece.at(0) {
            "table" => {
                let named = matches!(piece.at(1), "ip" | "ip6" | "inet" | "arp" | "bridge" | "netdev");
                family = if named { piece.at(1).to_owned() } else { "ip".to_owned() };
                blocks.push("table");
            }
            "chain" if piece.at(2) == "{" => {
                piece.at(1).clone_into(&mut chain);
                hook = Hook::None;
                blocks.push("chain");
            }
            "set" | "map" if piece.at(2) == "{" => blocks.push("set"),
            "}" => {
                if blocks.pop() == Some("chain") {
                    hook = Hook::None;
                }
            }
            "type" if blocks.last() == Some(&"chain") => {
                hook = match (piece.at(1), piece.after("hook")) {
                    ("nat", Some("postrouting")) => Hook::Outward,
                    ("nat", Some("prerouting")) => Hook::Inward,
                    ("nat", _) => Hook::Other,
                    _ => Hook::None,
                };
            }
            "policy" => {}
            // `nft add rule ip nat postrouting …`, as a script has it.
            "nft" | "add" if piece.find("rule", 0).is_some() => {
                let Some(at) = piece.find("rule", 0) else { continue };
                let from = if matches!(piece.at(at + 1), "ip" | "ip6" | "inet") { at + 2 } else { at + 1 };
                let way = match piece.at(from + 1).to_ascii_lowercase().as_str() {
                    "postrouting" => Hook::Outward,
                    "prerouting" => Hook::Inward,
                    _ => continue,
                };
                let family = if from == at + 2 { piece.at(at + 1) } else { "ip" };
                finish(rule(piece, from + 2, way, family, &mut book, draft), piece, draft);
            }
            _ if blocks.last() != Some(&"chain") => {}
            _ => match hook {
                Hook::Outward | Hook::Inward => {
                    finish(rule(piece, 0, hook, &family, &mut book, draft), piece, draft);
                }
                Hook::None if translates(piece) => {
                    let what = format!("chain {chain}");
                    draft.left_out(piece.span(), Reason::Feature { what });
                }
                Hook::Other if translates(piece) => draft.left_out(piece.span(), Reason::OutsideTranslated),
                _ => {}
            },
        }
    }
}

fn finish(done: Result<(), Reason>, piece: &Statement, draft: &mut Draft) {
    if let Err(reason) = done {
        draft.left_out(piece.span(), reason);
    }
}

fn translates(piece: &Statement) -> bool {
    ["snat", "dnat", "masquerade"].iter().any(|word| piece.find(word, 0).is_some())
}

/// Named sets and definitions. Sets of all tables share one book: a name means one thing in what people write.
fn names(pieces: &[Statement], book: &mut Book) {
    let mut open = String::new();
    for piece in pieces {
        if piece.at(0) == "set" && piece.at(2) == "{" {
            open = format!("@{}", piece.at(1));
            book.begin(&open);
        } else if piece.at(0) == "}" {
            open.clear();
        } else if piece.at(0) == "elements" && !open.is_empty() {
            values(piece, 2, &open, book);
        } else if piece.at(0) == "define" {
            let name = format!("${}", piece.at(1));
            book.begin(&name);
            values(piece, 3, &name, book);
        }
    }
}

fn values(piece: &Statement, from: usize, name: &str, book: &mut Book) {
    let mut index = from;
    while index < piece.words.len() {
        let word = piece.at(index);
        index += 1;
        match word {
            "{" | "}" | "=" => {}
            // What an element carries besides.
            "timeout" | "expires" | "comment" => index += 1,
            "counter" => index += 4,
            _ if word.starts_with(['@', '$']) => book.add_name(name, word),
            _ => match draft::addresses(word) {
                Some(set) => book.add(name, &set),
                None => book.add_other(name, Reason::HostName { name: word.to_owned() }),
            },
        }
    }
}

/// The addresses from this word on, and the index behind them.
fn addresses(piece: &Statement, at: usize, book: &mut Book) -> Result<(AddressSet, usize), Reason> {
    let not = matches!(piece.at(at), "!=" | "ne");
    let mut at = if not || matches!(piece.at(at), "==" | "eq") { at + 1 } else { at };
    let mut one = |word: &str| match word.starts_with(['@', '$']) {
        true => book.find(word),
        false => draft::addresses(word).ok_or_else(|| Reason::NotUnderstood { statement: word.to_owned() }),
    };
    let mut set = AddressSet::empty();
    if piece.at(at) == "{" {
        at += 1;
        while !matches!(piece.at(at), "}" | "") {
            set = set.union(&one(piece.at(at))?);
            at += 1;
        }
    } else {
        set = one(piece.at(at))?;
    }
    Ok((if not { draft::complement(&set) } else { set }, at + 1))
}

/// The words from this one on, those of a set of values one by one, and the index behind them.
fn listed(piece: &Statement, at: usize) -> (Vec<String>, usize) {
    if piece.at(at) != "{" {
        return (vec![piece.at(at).to_owned()], at + 1);
    }
    let end = piece.find("}", at).unwrap_or(piece.words.len());
    let words = piece.words.get(at + 1..end).unwrap_or_default();
    (words.iter().map(|word| word.text.clone()).collect(), end + 1)
}

#[derive(Default)]
struct Found {
    sources: Option<AddressSet>,
    destinations: Option<AddressSet>,
    incoming: Vec<String>,
    outgoing: Vec<String>,
    ports: Vec<String>,
    name: String,
}

fn rule(
    piece: &Statement,
    from: usize,
    hook: Hook,
    family: &str,
    book: &mut Book,
    draft: &mut Draft,
) -> Result<(), Reason> {
    let mut found = Found::default();
    let mut at = from;
    while at < piece.words.len() {
        let word = piece.at(at);
        match (word, piece.at(at + 1)) {
            ("ip" | "ip6", "saddr" | "daddr") => {
                let (mut set, next) = addresses(piece, at + 2, book)?;
                // The other family isn't matched, not even by a negation.
                if word == "ip" {
                    set.v6 = Set::empty()
                } else {
                    set.v4 = Set::empty()
                }
                let side = if piece.at(at + 1) == "saddr" { &mut found.sources } else { &mut found.destinations };
                *side = Some(side.take().map_or(set.clone(), |before| before.intersection(&set)));
                at = next;
            }
            ("oifname" | "oif" | "iifname" | "iif", next) => {
                if matches!(next, "!=" | "ne") || next.starts_with('@') || next.contains('*') {
                    return Err(Reason::Feature { what: format!("{word} {next} {}", piece.at(at + 2)) });
                }
                let (names, behind) = listed(piece, at + 1);
                if word.starts_with('o') {
                    found.outgoing = names
                } else {
                    found.incoming = names
                }
                at = behind;
            }
            ("tcp" | "udp" | "sctp" | "th", "dport") => {
                let (ports, next) = listed(piece, at + 2);
                found.ports.push(format!("{word} {}", ports.join(",")));
                at = next;
            }
            ("meta", "l4proto" | "protocol" | "nfproto") | ("ip", "protocol") | ("ip6", "nexthdr") => {
                let (protocols, next) = listed(piece, at + 2);
                if !matches!(protocols.first().map(String::as_str), Some("ip" | "ip6" | "ipv4" | "ipv6")) {
                    found.ports.push(protocols.join(","));
                }
                at = next;
            }
            ("counter", "packets") => at += 5,
            ("counter", _) => at += 1,
            ("log", _) => {
                at += 1;
                while matches!(piece.at(at), "prefix" | "level" | "group") {
                    at += 2;
                }
            }
            ("comment", name) => {
                name.clone_into(&mut found.name);
                at += 2;
            }
            ("snat" | "dnat" | "masquerade" | "accept" | "return", _) => break,
            _ => return Err(Reason::Feature { what: crate::intake::fault::quote(&piece.rest(at)) }),
        }
    }
    act(found, piece, at, hook, family, book, draft)
}

fn act(
    found: Found,
    piece: &Statement,
    at: usize,
    hook: Hook,
    family: &str,
    book: &mut Book,
    draft: &mut Draft,
) -> Result<(), Reason> {
    let span = piece.span();
    let verb = piece.at(at).to_owned();
    if verb.is_empty() {
        // A rule that only counts or logs.
        return Ok(());
    }
    // Without a match the family of the table alone limits the rule.
    let limit = |side: Option<AddressSet>| {
        let all = match family {
            "ip" => AddressSet { v4: Set::all(), v6: Set::empty() },
            "ip6" => AddressSet { v4: Set::empty(), v6: Set::all() },
            _ => AddressSet::all(),
        };
        side.map_or(if family == "ip" || family == "ip6" { Matched::Any } else { Matched::of(all) }, Matched::of)
    };
    let name = match (found.name.is_empty(), piece.after("comment")) {
        (false, _) => found.name,
        (true, Some(comment)) => comment.to_owned(),
        (true, None) => verb.clone(),
    };
    let target = piece.find("to", at).map(|to| to + 1);
    if verb == "dnat" && hook == Hook::Inward {
        let at = target.ok_or_else(|| Reason::NotUnderstood { statement: piece.rest(at) })?;
        let (inside, port) = endpoint(piece.at(at), book)?;
        let Some(published) = found.destinations else { return Err(Reason::OutsideTranslated) };
        if found.sources.is_some() {
            draft.simplified(span.clone(), Reason::Feature { what: "saddr".into() });
        }
        let ports = if found.ports.is_empty() { port } else { found.ports.join(" ") };
        let from = found.incoming;
        draft.publish(Published { name, published, inside, from, ports, source_pool: None, span });
        return Ok(());
    }
    if hook == Hook::Inward {
        return Err(Reason::OutsideTranslated);
    }
    if !found.ports.is_empty() {
        return Err(Reason::Ports { ports: found.ports.join(" ") });
    }
    let (sources, destinations, to) = (limit(found.sources), limit(found.destinations), found.outgoing);
    let pool = match verb.as_str() {
        "accept" | "return" => None,
        "snat" => {
            let at = target.ok_or_else(|| Reason::NotUnderstood { statement: piece.rest(at) })?;
            let (set, _) = endpoint(piece.at(at), book)?;
            Some(draft.nameless_pool(set, span.clone()))
        }
        "masquerade" => match to.as_slice() {
            [interface] => Some(draft.interface_pool(&interface.clone(), span.clone())),
            _ => return Err(Reason::InterfaceAddress { interface: "any".into() }),
        },
        _ => return Err(Reason::OutsideTranslated),
    };
    draft.rule(NatRule { name, sources, destinations, to, pool, span });
    Ok(())
}

/// An address, range or name, perhaps with a port behind a colon.
fn endpoint(word: &str, book: &mut Book) -> Result<(AddressSet, String), Reason> {
    if word.starts_with(['@', '$']) {
        return Ok((book.find(word)?, String::new()));
    }
    if let Some(set) = draft::addresses(word) {
        return Ok((set, String::new()));
    }
    let wrong = || Reason::NotUnderstood { statement: word.to_owned() };
    if let Some((six, port)) = word.strip_prefix('[').and_then(|word| word.split_once(']')) {
        return Ok((draft::addresses(six).ok_or_else(wrong)?, port.trim_start_matches(':').to_owned()));
    }
    let (addresses, port) = word.rsplit_once(':').ok_or_else(wrong)?;
    Ok((draft::addresses(addresses).ok_or_else(wrong)?, port.to_owned()))
}
