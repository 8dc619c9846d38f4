//! Base chains of the type `nat` are read, those on `postrouting` and `prerouting`, by their priority and then in the
//! order of the text, with the chains that they jump to. `accept` ends one base chain; the next one still has its turn.

use super::by_lines;
use super::chains::{Chain, Condition, Rule, Step, Verdict, Walk};
use crate::intake::config::{
    Book, ConfigDefinition, Draft, Matched, NatRule, Published, Reason, Statement, Statements, TakesWords, Word,
    draft, take_words,
};
use crate::pace::Pace;
use crate::space::{AddressSet, Set};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

pub(crate) static FORMAT: ConfigDefinition = ConfigDefinition {
    name: "nftables",
    title: "nft list ruleset (Linux nftables)",
    recognise: |sample| {
        by_lines(sample, 95, |line| {
            let table = super::begins(line, &["table"]) && line.ends_with('{');
            table || line.starts_with("type nat hook ") || line.starts_with("nft add rule ")
        })
    },
    read: |text, draft, pace| Box::pin(read(text, draft, pace)),
};

/// Lines cut at semicolons and at the braces of blocks. Braces of a set of values stay words of their statement.
#[derive(Default)]
struct Pieces<'t> {
    found: Statements<'t>,
    /// How many sets of values are open.
    values: u32,
    /// A set of values was open when the line began: its beginning belongs to the piece before.
    goes_on: bool,
    /// What follows on the line is a comment.
    ended: bool,
}

impl<'t> Pieces<'t> {
    fn close(&mut self) {
        if self.found.open().is_empty() {
            return;
        }
        match std::mem::take(&mut self.goes_on) {
            true => self.found.end_as_before(0),
            false => self.found.end(0),
        }
    }

    fn take(&mut self, word: Word<'t>) {
        self.ended |= word.text == "#";
        if self.ended {
            return;
        }
        match &*word.text {
            ";" if self.values == 0 => return self.close(),
            "{" if self.values == 0 && self.opens_block() => {
                self.found.push(word);
                return self.close();
            }
            "{" => self.values += 1,
            "}" if self.values > 0 => self.values -= 1,
            "}" => {
                self.close();
                self.found.push(word);
                return self.close();
            }
            _ => {}
        }
        self.found.push(word);
    }

    fn opens_block(&self) -> bool {
        let first = self.found.open().first();
        first.is_none_or(|first| matches!(&*first.text, "table" | "chain" | "set" | "map"))
    }
}

impl<'t> TakesWords<'t> for Pieces<'t> {
    fn word(&mut self, word: Word<'t>) {
        split(word, &mut |word| self.take(word));
    }

    fn line_ends(&mut self, _: usize) {
        self.close();
        self.goes_on = self.values > 0;
        self.ended = false;
    }
}

/// A word at its commas, semicolons and braces.
fn split<'t>(word: Word<'t>, take: &mut impl FnMut(Word<'t>)) {
    let marks = ['{', '}', ';', ','];
    if !word.text.bytes().any(|byte| matches!(byte, b'{' | b'}' | b';' | b',')) {
        return take(word);
    }
    let mut at = 0;
    for part in word.text.split_inclusive(marks) {
        let body = part.strip_suffix(marks).map_or(part.len(), str::len);
        for piece in [at..at + body, at + body..at + part.len()] {
            let text = match &word.text {
                Cow::Borrowed(text) => Cow::Borrowed(text.get(piece).unwrap_or_default()),
                Cow::Owned(text) => Cow::Owned(text.get(piece).unwrap_or_default().to_owned()),
            };
            if !text.is_empty() && text != "," {
                take(Word { text, span: word.span.clone() });
            }
        }
        at += part.len();
    }
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum Hook {
    None,
    Outward,
    Inward,
    Other,
}

/// What a rule does.
#[derive(Clone, PartialEq, Eq)]
enum Act {
    Snat(AddressSet),
    Masquerade,
    /// To an address and, where it says, a port.
    Dnat(AddressSet, String),
    Redirect,
}

/// A chain as it stands in the text: its rules are read once something leads to it.
struct Own<'s> {
    hook: Hook,
    priority: i64,
    family: &'s str,
    table: &'s str,
    /// Rules, each with the word from which on it says what it does.
    pieces: Vec<(&'s Statement<'s>, usize)>,
}

/// Chains by family, table and name.
type ByName<'s> = FxHashMap<(&'s str, &'s str, &'s str), usize>;

#[derive(Default)]
struct Ruleset<'s> {
    chains: Vec<Own<'s>>,
    /// The names of the chains.
    names: Vec<&'s str>,
    by_name: ByName<'s>,
}

impl<'s> Ruleset<'s> {
    /// The index of the chain of this name, which is made where there is none.
    fn chain(&mut self, family: &'s str, table: &'s str, name: &'s str) -> usize {
        *self.by_name.entry((family, table, name)).or_insert_with(|| {
            self.chains.push(Own { hook: Hook::None, priority: 0, family, table, pieces: Vec::new() });
            self.names.push(name);
            self.chains.len() - 1
        })
    }

    /// The base chains on a hook, in the order in which they have their turns.
    fn bases(&self, hook: Hook) -> Vec<usize> {
        let mut bases: Vec<(i64, usize)> = self.chains.iter().map(|chain| chain.priority).zip(0..).collect();
        bases.retain(|(_, index)| self.chains.get(*index).is_some_and(|chain| chain.hook == hook));
        crate::sort::up(&mut bases);
        bases.into_iter().map(|(_, index)| index).collect()
    }
}

async fn read(text: &str, draft: &mut Draft, pace: &Pace) {
    let mut pieces = Pieces::default();
    take_words(text, &['#'], &mut pieces, pace).await;
    let pieces = pieces.found.all();
    let mut book = Book::default();
    names(&pieces, &mut book, pace).await;
    let mut rules = Ruleset::default();
    gather(&pieces, &mut rules, draft, pace).await;
    let mut families: Vec<&str> =
        rules.chains.iter().filter(|chain| chain.hook != Hook::None).map(|chain| chain.family).collect();
    crate::sort::up(&mut families);
    families.dedup();
    // Where all is of one family nothing needs to be said of it.
    let mixed = families.len() > 1;
    let mut chains: Vec<Chain<Act>> = rules.names.iter().map(|name| Chain::new(name)).collect();
    let hooks = [Hook::Outward, Hook::Inward];
    let mut queue: Vec<usize> = hooks.iter().flat_map(|hook| rules.bases(*hook)).collect();
    let mut read = vec![false; chains.len()];
    while let Some(index) = queue.pop() {
        let (Some(own), Some(done)) = (rules.chains.get(index), read.get_mut(index)) else { continue };
        if std::mem::replace(done, true) {
            continue;
        }
        if let Some(chain) = chains.get_mut(index) {
            chain.rules.reserve(own.pieces.len());
        }
        for (piece, from) in &own.pieces {
            pace.work(8).await;
            match rule(piece, *from, own, mixed, &rules.by_name, &mut book) {
                Ok(Some(rule)) => {
                    if let Verdict::Jump(to) | Verdict::Goto(to) = rule.verdict {
                        queue.push(to);
                    }
                    if let Some(chain) = chains.get_mut(index) {
                        chain.rules.push(rule);
                    }
                }
                Ok(None) => {}
                Err(reason) => draft.left_out(piece.span(), reason),
            }
        }
    }
    for hook in hooks {
        let outward = hook == Hook::Outward;
        let bases = rules.bases(hook);
        let mut walk = Walk::new(&chains, &bases, outward);
        for (base, chain) in bases.iter().enumerate() {
            for nth in 0..chains.get(*chain).map_or(0, |chain| chain.rules.len()) {
                for step in walk.base_rule(base, nth) {
                    pace.work(4).await;
                    let (done, span) = match step {
                        Step::Act(condition, rule) => (act(condition, rule, outward, draft), rule.span.clone()),
                        Step::Keep(condition, rule) => (keep(condition, rule, outward, draft), rule.span.clone()),
                        Step::Lost(reason, rule) => (Err(reason), rule.span.clone()),
                    };
                    if let Err(reason) = done {
                        draft.left_out(span, reason);
                    }
                }
            }
        }
    }
    // Chains of filters translate nothing, and none of them is missed.
    for (own, (name, read)) in rules.chains.iter().zip(rules.names.iter().zip(&read)) {
        for (piece, _) in own.pieces.iter().filter(|(piece, _)| !read && translates(piece)) {
            pace.work(1).await;
            let reason = match own.hook {
                Hook::Other => Reason::OutsideTranslated,
                _ => Reason::Unreached { chain: (*name).to_owned() },
            };
            draft.left_out(piece.span(), reason);
        }
    }
}

/// Puts every rule to its chain.
async fn gather<'s>(pieces: &'s [Statement<'s>], rules: &mut Ruleset<'s>, draft: &mut Draft, pace: &Pace) {
    let (mut family, mut table, mut chain) = ("", "", usize::MAX);
    let mut blocks = Vec::new();
    for piece in pieces {
        pace.work(2).await;
        match piece.at(0) {
            "table" => {
                let named = is_family(piece.at(1));
                family = if named { piece.at(1) } else { "ip" };
                table = piece.at(if named { 2 } else { 1 });
                blocks.push("table");
            }
            "chain" if piece.at(2) == "{" => {
                chain = rules.chain(family, table, piece.at(1));
                blocks.push("chain");
            }
            "set" | "map" if piece.at(2) == "{" => blocks.push("set"),
            "}" => drop(blocks.pop()),
            // `nft add rule ip nat postrouting …`, as a script has it.
            "nft" | "add" => command(piece, rules),
            word if blocks.last() == Some(&"chain") => {
                let Some(own) = rules.chains.get_mut(chain) else { continue };
                match word {
                    "type" => (own.hook, own.priority) = hook(piece, 0),
                    "policy" if piece.at(1) == "drop" && own.hook != Hook::None => {
                        draft.left_out(piece.span(), Reason::Filter);
                    }
                    "policy" => {}
                    _ => own.pieces.push((piece, 0)),
                }
            }
            _ => {}
        }
    }
}

fn is_family(word: &str) -> bool {
    matches!(word, "ip" | "ip6" | "inet" | "arp" | "bridge" | "netdev")
}

fn command<'s>(piece: &'s Statement<'s>, rules: &mut Ruleset<'s>) {
    let Some(at) = piece.find("rule", 0).or_else(|| piece.find("chain", 0)).filter(|at| *at < 3) else { return };
    let named = is_family(piece.at(at + 1));
    let family = if named { piece.at(at + 1) } else { "ip" };
    let from = at + 1 + usize::from(named);
    let (table, chain) = (piece.at(from), piece.at(from + 1));
    let index = rules.chain(family, table, chain);
    let Some(own) = rules.chains.get_mut(index) else { return };
    if piece.at(at) == "chain" {
        (own.hook, own.priority) = hook(piece, from + 2);
        return;
    }
    // Without the command that makes it, a chain is what it is called.
    if own.hook == Hook::None && own.pieces.is_empty() {
        own.hook = match chain.to_ascii_lowercase().as_str() {
            "postrouting" => Hook::Outward,
            "prerouting" => Hook::Inward,
            "output" | "input" => Hook::Other,
            _ => Hook::None,
        };
    }
    own.pieces.push((piece, from + 2));
}

/// What `type nat hook postrouting priority srcnat + 5` says.
fn hook(piece: &Statement, from: usize) -> (Hook, i64) {
    let word = |word: &str| piece.find(word, from).map(|at| piece.at(at + 1));
    let hook = match (word("type"), word("hook")) {
        (Some("nat"), Some("postrouting")) => Hook::Outward,
        (Some("nat"), Some("prerouting")) => Hook::Inward,
        (Some("nat"), _) => Hook::Other,
        _ => Hook::None,
    };
    let Some(at) = piece.find("priority", from) else { return (hook, 0) };
    let base = match piece.at(at + 1) {
        "raw" => -300,
        "mangle" => -150,
        "dstnat" => -100,
        "filter" => 0,
        "security" => 50,
        "srcnat" => 100,
        number => number.parse().unwrap_or(0),
    };
    let more = piece.at(at + 3).parse().unwrap_or(0_i64);
    match piece.at(at + 2) {
        "+" => (hook, base + more.min(1 << 32)),
        "-" => (hook, base - more.min(1 << 32)),
        _ => (hook, base),
    }
}

fn translates(piece: &Statement) -> bool {
    ["snat", "dnat", "masquerade"].iter().any(|word| piece.find(word, 0).is_some())
}

/// Named sets and definitions. Sets of all tables share one book: a name means one thing in what people write.
async fn names(pieces: &[Statement<'_>], book: &mut Book, pace: &Pace) {
    let mut open = String::new();
    for piece in pieces {
        pace.work(1 + piece.words.len() as u64 / 8).await;
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
                Some(set) => book.add(name, set),
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
    (words.iter().map(|word| word.text.to_string()).collect(), end + 1)
}

/// What a rule says, from this word on; nothing where it only counts or logs.
fn rule(
    piece: &Statement,
    from: usize,
    own: &Own,
    mixed: bool,
    by_name: &ByName<'_>,
    book: &mut Book,
) -> Result<Option<Rule<Act>>, Reason> {
    let mut condition = Condition::default();
    let (mut name, mut ports) = (String::new(), Vec::new());
    let mut narrow = |source: bool, set: AddressSet| {
        let side = if source { &mut condition.sources } else { &mut condition.destinations };
        *side = match side {
            Matched::Any => Matched::of(set),
            Matched::Of(before) => Matched::of(before.intersection(&set)),
        };
    };
    if mixed && matches!(own.family, "ip" | "ip6") {
        narrow(true, family(own.family == "ip6"));
    }
    let mut at = from;
    let (mut incoming, mut outgoing) = (Vec::new(), Vec::new());
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
                narrow(piece.at(at + 1) == "saddr", set);
                at = next;
            }
            ("oifname" | "oif" | "iifname" | "iif", next) => {
                if matches!(next, "!=" | "ne") || next.starts_with('@') || next.contains('*') {
                    return Err(Reason::Feature { what: format!("{word} {next} {}", piece.at(at + 2)) });
                }
                let (names, behind) = listed(piece, at + 1);
                if word.starts_with('o') {
                    outgoing = names
                } else {
                    incoming = names
                }
                at = behind;
            }
            ("tcp" | "udp" | "sctp" | "th", "dport") => {
                let (found, next) = listed(piece, at + 2);
                ports.push(format!("{word} {}", found.join(",")));
                at = next;
            }
            ("meta", "l4proto" | "protocol" | "nfproto") | ("ip", "protocol") | ("ip6", "nexthdr") => {
                let (protocols, next) = listed(piece, at + 2);
                match protocols.first().map(String::as_str) {
                    Some("ip" | "ipv4") => narrow(true, family(false)),
                    Some("ip6" | "ipv6") => narrow(true, family(true)),
                    _ => ports.push(protocols.join(",")),
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
            ("comment", said) => {
                said.clone_into(&mut name);
                at += 2;
            }
            (
                "snat" | "dnat" | "masquerade" | "redirect" | "accept" | "return" | "jump" | "goto" | "drop"
                | "reject",
                _,
            ) => break,
            _ => return Err(Reason::Feature { what: crate::intake::fault::quote(&piece.rest(at)) }),
        }
    }
    (condition.incoming, condition.outgoing) = (incoming, outgoing);
    condition.ports = ports.join(" ");
    let target = || match piece.find("to", at) {
        Some(to) => Ok(to + 1),
        None => Err(Reason::NotUnderstood { statement: piece.rest(at) }),
    };
    let chain = || {
        let key = (own.family, own.table, piece.at(at + 1));
        by_name.get(&key).copied().ok_or_else(|| Reason::UnknownName { name: piece.at(at + 1).to_owned() })
    };
    let verdict = match piece.at(at) {
        "" => return Ok(None),
        "accept" => Verdict::Accept,
        "return" => Verdict::Return,
        "jump" => Verdict::Jump(chain()?),
        "goto" => Verdict::Goto(chain()?),
        "snat" => Verdict::Act(Act::Snat(endpoint(piece.at(target()?), book)?.0)),
        "masquerade" => Verdict::Act(Act::Masquerade),
        "dnat" => {
            let (inside, port) = endpoint(piece.at(target()?), book)?;
            Verdict::Act(Act::Dnat(inside, port))
        }
        "redirect" => Verdict::Act(Act::Redirect),
        _ => return Err(Reason::Filter),
    };
    if let (true, Some(comment)) = (name.is_empty(), piece.after("comment")) {
        comment.clone_into(&mut name);
    }
    if name.is_empty() {
        piece.at(at).clone_into(&mut name);
    }
    Ok(Some(Rule { condition, verdict, name, span: piece.span() }))
}

fn family(v6: bool) -> AddressSet {
    match v6 {
        false => AddressSet { v4: Set::all(), v6: Set::empty() },
        true => AddressSet { v4: Set::empty(), v6: Set::all() },
    }
}

/// A packet that stays as it is.
fn keep(condition: Condition, rule: &Rule<Act>, outward: bool, draft: &mut Draft) -> Result<(), Reason> {
    if !outward {
        return Err(Reason::OutsideTranslated);
    }
    say(condition, rule.name.clone(), None, rule.span.clone(), draft);
    Ok(())
}

fn say(condition: Condition, name: String, pool: Option<usize>, span: Range<u32>, draft: &mut Draft) {
    let Condition { sources, destinations, outgoing: to, .. } = condition;
    draft.rule(NatRule { name, sources, destinations, to, pool, span });
}

/// A packet that is translated.
fn act(condition: Condition, rule: &Rule<Act>, outward: bool, draft: &mut Draft) -> Result<(), Reason> {
    let (name, span) = (rule.name.clone(), rule.span.clone());
    let Verdict::Act(act) = &rule.verdict else { return Ok(()) };
    let pool = match act {
        Act::Dnat(inside, port) if !outward => {
            let Matched::Of(published) = condition.destinations else { return Err(Reason::OutsideTranslated) };
            if !matches!(condition.sources, Matched::Any) && condition.sources.set() != family(false) {
                draft.simplified(span.clone(), Reason::Feature { what: "saddr".into() });
            }
            let ports = if condition.ports.is_empty() { port.clone() } else { condition.ports };
            let (from, inside) = (condition.incoming, inside.clone());
            draft.publish(Published { name, published, inside, from, ports, source_pool: None, span });
            return Ok(());
        }
        Act::Snat(set) if outward => draft.nameless_pool(set.clone(), span.clone()),
        Act::Masquerade if outward => match condition.outgoing.as_slice() {
            [interface] => draft.interface_pool(&interface.clone(), span.clone()),
            _ => return Err(Reason::InterfaceAddress { interface: "any".into() }),
        },
        _ => return Err(Reason::OutsideTranslated),
    };
    say(condition, name, Some(pool), span, draft);
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
