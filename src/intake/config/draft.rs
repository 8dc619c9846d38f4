//! A setup that is being made.

use super::setup::{
    Effect, LeftOut, Matched, NatPool, NatRule, PeeringObject, Published, Reason, RouteFilterObject,
};
use super::{ConfigFormat, Setup, Statement};
use crate::intake::Faults;
use crate::intake::address::{self, AnyAddress, AnyPrefix, mask_length, truncated};
use crate::intake::fault::{Counted, FaultCode, Severity, quote};
use crate::intake::lines::{MAX_LINE, line_too_long, too_long};
use crate::intake::reading::offset;
use crate::space::{AddressSet, Dual, Prefix, Set, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// How many things of each kind, and how many left out, one text may have; those beyond are counted as left out.
pub(crate) const MAX_ITEMS: usize = 100_000;

/// How many entries of prefix lists all terms of a text may have together.
pub(crate) const MAX_COPIED: usize = 1_000_000;

/// How many words the paths of a text may have together: each says again what stands before its braces or brackets, so a
/// text could be made whose paths are a hundred times as long. That many take half a gigabyte.
pub(crate) const MAX_WORDS_IN_ALL: usize = 1 << 24;

/// A setup that is being made.
pub(crate) struct Draft {
    pub(crate) setup: Setup,
    /// Where pools of a name stand in the setup.
    pools: FxHashMap<String, usize>,
    /// Addresses of interfaces, by their names in small letters.
    interfaces: FxHashMap<String, AddressSet>,
    /// Where route filters of a name stand in the setup.
    route_filters: FxHashMap<String, usize>,
    said_too_many: bool,
    copied: usize,
}

impl Draft {
    pub(crate) fn new(text: &str, format: ConfigFormat) -> Self {
        // In pieces short enough for counts of a byte, which the compiler makes wide.
        let ends = |piece: &[u8]| piece.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>() as usize;
        let line_ends: usize = text.as_bytes().chunks(255).map(ends).sum();
        let lines = line_ends + usize::from(!text.is_empty() && !text.ends_with('\n'));
        let setup = Setup {
            format,
            device: String::new(),
            local_as: None,
            pools: Vec::new(),
            rules: Vec::new(),
            published: Vec::new(),
            advertised: Vec::new(),
            prefix_lists: Vec::new(),
            policies: Vec::new(),
            neighbours: Vec::new(),
            peerings: Vec::new(),
            route_filters: Vec::new(),
            left_out: Vec::new(),
            faults: Faults::default(),
            lines: u32::try_from(lines).unwrap_or(u32::MAX),
        };
        Self {
            setup,
            pools: FxHashMap::default(),
            interfaces: FxHashMap::default(),
            route_filters: FxHashMap::default(),
            said_too_many: false,
            copied: 0,
        }
    }

    pub(crate) fn finish(mut self) -> Setup {
        crate::sort::by_key(&mut self.setup.left_out, |left| (left.span.start, left.span.end));
        self.setup.left_out.dedup();
        crate::sort::by_key(&mut self.setup.faults.kept, |fault| (fault.span.start, fault.span.end));
        if self.setup.is_empty() && self.setup.left_out.is_empty() {
            let format = self.setup.format;
            self.setup.faults.add(Severity::Error, 0..0, || (FaultCode::NoConfiguration { format }, None));
        }
        self.setup
    }

    /// The text is longer than what is read.
    pub(crate) fn cut(&mut self, kept: usize, length: usize) {
        let code = FaultCode::TextTooLong { limit: kept as u64, value: length as u64 };
        self.setup.faults.add(Severity::Error, offset(kept)..offset(kept), || (code, None));
    }

    /// Names the lines of which only the beginning is read.
    pub(crate) fn long_lines(&mut self, text: &str) {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if let Some(length) = too_long(line) {
                let code = line_too_long(length);
                let cut = offset(start + line.floor_char_boundary(MAX_LINE));
                self.setup.faults.add(Severity::Error, cut..cut, || (code, None));
            }
            start += line.len();
        }
    }

    /// Something is left out.
    pub(crate) fn left_out(&mut self, span: Range<u32>, reason: Reason) {
        if self.setup.left_out.len() < MAX_ITEMS {
            self.setup.left_out.push(LeftOut { effect: Effect::LeftOut, reason, span });
        }
    }

    /// Something is read without this.
    pub(crate) fn simplified(&mut self, span: Range<u32>, reason: Reason) {
        if self.setup.left_out.len() < MAX_ITEMS {
            self.setup.left_out.push(LeftOut { effect: Effect::Simplified, reason, span });
        }
    }

    /// A statement that wasn't understood.
    pub(crate) fn not_understood(&mut self, statement: &Statement) {
        let reason = Reason::NotUnderstood { statement: quote(&statement.rest(0)) };
        self.left_out(statement.span(), reason);
    }

    /// The index of a pool of this name with these addresses; one that differs from another of its name is given a
    /// number.
    pub(crate) fn pool(&mut self, name: &str, addresses: AddressSet, span: Range<u32>) -> usize {
        let mut unique = name.to_owned();
        let mut number = 2_u32;
        while let Some(&index) = self.pools.get(&unique) {
            if self.setup.pools.get(index).is_some_and(|pool| pool.addresses == addresses) {
                return index;
            }
            unique = format!("{name} ({number})");
            number += 1;
        }
        let index = self.setup.pools.len();
        self.pools.insert(unique.clone(), index);
        self.setup.pools.push(NatPool { name: unique, addresses, span });
        index
    }

    /// A pool that has no name but its addresses.
    pub(crate) fn nameless_pool(&mut self, addresses: AddressSet, span: Range<u32>) -> usize {
        let name = shown(&addresses).join(" ");
        self.pool(&quote(&name), addresses, span)
    }

    /// Says the address of an interface, or of a zone's.
    pub(crate) fn interface(&mut self, name: &str, address: AnyAddress) {
        let addresses = self.interfaces.entry(name.to_ascii_lowercase()).or_default();
        *addresses = addresses.union(&single(address));
    }

    /// Gives an interface another name.
    pub(crate) fn interface_alias(&mut self, name: &str, interface: &str) {
        if let Some(addresses) = self.interfaces.get(&interface.to_ascii_lowercase()).cloned() {
            let alias = self.interfaces.entry(name.to_ascii_lowercase()).or_default();
            *alias = alias.union(&addresses);
        }
    }

    /// The addresses of an interface, as far as they are said.
    pub(crate) fn interface_addresses(&self, name: &str) -> AddressSet {
        self.interfaces.get(&name.to_ascii_lowercase()).cloned().unwrap_or_default()
    }

    /// The pool that is an interface's address. Where the text doesn't say that, the pool has none and this is said.
    pub(crate) fn interface_pool(&mut self, name: &str, span: Range<u32>) -> usize {
        let mut addresses = self.interface_addresses(name);
        // An IPv6 address on an interface is no pool unless there is no other: NAT is IPv4's.
        if !addresses.v4.is_empty() {
            addresses.v6 = Set::empty();
        }
        if addresses.is_empty() {
            self.simplified(span.clone(), Reason::InterfaceAddress { interface: name.to_owned() });
        }
        self.pool(&format!("interface {name}"), addresses, span)
    }

    /// Whether there is no place for more rules.
    pub(crate) fn is_full(&self) -> bool {
        self.setup.rules.len() >= MAX_ITEMS
    }

    /// Adds a rule that matches something. What it names twice is named once.
    pub(crate) fn rule(&mut self, mut rule: NatRule) {
        once(&mut rule.to);
        if rule.sources.is_nothing() || rule.destinations.is_nothing() {
            return;
        }
        if self.is_full() {
            return self.too_many(&rule.span);
        }
        self.setup.rules.push(rule);
    }

    /// Adds a published service that has addresses. What it names twice is named once.
    pub(crate) fn publish(&mut self, mut published: Published) {
        once(&mut published.from);
        if published.published.is_empty() || published.inside.is_empty() {
            return;
        }
        if self.setup.published.len() >= MAX_ITEMS {
            return self.too_many(&published.span);
        }
        self.setup.published.push(published);
    }

    /// Says once that there are more things than are read.
    pub(crate) fn too_many(&mut self, span: &Range<u32>) {
        if !std::mem::replace(&mut self.said_too_many, true) {
            let code = FaultCode::TooManyEntries { what: Counted::Items, limit: MAX_ITEMS as u32 };
            self.setup.faults.add(Severity::Error, span.clone(), || (code, None));
        }
    }

    /// Says that there are more words than are read.
    pub(crate) fn too_many_words(&mut self, span: Range<u32>) {
        let code = FaultCode::TooManyEntries { what: Counted::Words, limit: MAX_WORDS_IN_ALL as u32 };
        self.setup.faults.add(Severity::Error, span, || (code, None));
    }

    /// Whether so many entries of lists may still be copied into terms. A list may be named by any number of them.
    pub(crate) fn may_copy(&mut self, entries: usize) -> bool {
        self.copied = self.copied.saturating_add(entries);
        self.copied <= MAX_COPIED
    }

    /// Adds a peering.
    pub(crate) fn peering(&mut self, peering: PeeringObject) {
        if self.setup.peerings.len() < MAX_ITEMS {
            self.setup.peerings.push(peering);
        }
    }

    /// Adds a route filter, or more of one that is there: its rules may stand apart.
    pub(crate) fn route_filter(&mut self, filter: RouteFilterObject) {
        let count = self.setup.route_filters.len();
        let index = self.route_filters.get(&filter.name).copied().unwrap_or(count);
        match self.setup.route_filters.get_mut(index) {
            Some(there) => {
                there.communities.extend(filter.communities);
                there.circuits.extend(filter.circuits);
                crate::sort::up(&mut there.circuits);
                there.circuits.dedup();
                crate::sort::up(&mut there.communities);
                there.communities.dedup();
            }
            None if count < MAX_ITEMS => {
                self.route_filters.insert(filter.name.clone(), count);
                self.setup.route_filters.push(filter);
            }
            None => {}
        }
    }

    /// The address that a word is; a fault where it is none.
    pub(crate) fn address(&mut self, statement: &Statement, index: usize) -> Option<AnyAddress> {
        let word = statement.at(index);
        if let Some(address) = address::address(word) {
            return Some(address);
        }
        self.no_address(statement, index);
        None
    }

    /// Says that a word is no address.
    pub(crate) fn no_address(&mut self, statement: &Statement, index: usize) {
        let code = FaultCode::NotAnAddress { token: quote(statement.at(index)) };
        self.setup.faults.add(Severity::Error, statement.place(index), || (code, None));
    }

    /// The prefix that a word is, host bits and all taken as its network; a fault where it is none.
    pub(crate) fn prefix(&mut self, statement: &Statement, index: usize) -> Option<AnyPrefix> {
        match address::address_and_length(statement.at(index)) {
            Ok((found, length)) => Some(prefix_of(found, length)),
            Err(problem) => {
                self.problem(statement, index, *problem);
                None
            }
        }
    }

    /// The addresses of a word that is an address, a prefix or a range `first-last`; a fault where it is none.
    pub(crate) fn addresses(&mut self, statement: &Statement, index: usize) -> Option<AddressSet> {
        let word = statement.at(index);
        if let Some(set) = addresses(word) {
            return Some(set);
        }
        match address::address_and_length(word) {
            Err(problem) => self.problem(statement, index, *problem),
            Ok(_) => self.no_address(statement, index),
        }
        None
    }

    /// The network of an address with the mask behind it, an IPv4 netmask; a fault where they are none.
    pub(crate) fn masked(&mut self, statement: &Statement, index: usize) -> Option<AnyPrefix> {
        let AnyAddress::V4(found) = self.address(statement, index)? else { return self.prefix(statement, index) };
        let AnyAddress::V4(mask) = self.address(statement, index + 1)? else {
            self.no_address(statement, index + 1);
            return None;
        };
        match mask_length(mask) {
            Some(length) => Some(AnyPrefix::V4(truncated(found, length))),
            None => {
                let code = FaultCode::MaskNotContiguous { mask: statement.at(index + 1).to_owned() };
                self.setup.faults.add(Severity::Error, statement.place(index + 1), || (code, None));
                None
            }
        }
    }

    /// The range of two words; a fault where they are none.
    pub(crate) fn range(&mut self, statement: &Statement, first: usize, last: usize) -> Option<AddressSet> {
        let (from, to) = (self.address(statement, first)?, self.address(statement, last)?);
        let found = span(from, to);
        if found.is_none() {
            let code =
                FaultCode::RangeReversed { first: quote(statement.at(first)), last: quote(statement.at(last)) };
            let span = statement.place(first).start..statement.place(last).end;
            self.setup.faults.add(Severity::Error, span, || (code, None));
        }
        found
    }

    fn problem(&mut self, statement: &Statement, index: usize, problem: address::Problem) {
        self.setup.faults.add(problem.severity, statement.place(index), || (problem.code, None));
    }
}

/// The network that an address with a length stands for; without one the address alone.
pub(crate) fn prefix_of(found: AnyAddress, length: Option<u8>) -> AnyPrefix {
    match found {
        AnyAddress::V4(address) => AnyPrefix::V4(truncated(address, length.unwrap_or(32))),
        AnyAddress::V6(address) => AnyPrefix::V6(truncated(address, length.unwrap_or(128))),
    }
}

/// The addresses of a prefix.
pub(crate) fn whole(prefix: AnyPrefix) -> AddressSet {
    match prefix {
        AnyPrefix::V4(prefix) => Dual { v4: prefix.into(), v6: Set::empty() },
        AnyPrefix::V6(prefix) => Dual { v4: Set::empty(), v6: prefix.into() },
    }
}

/// Every address of the families of a set that isn't in it: what "not these" means where rules are of one family.
pub(crate) fn complement(set: &AddressSet) -> AddressSet {
    let v4 = if set.v4.is_empty() { Set::empty() } else { set.v4.complement() };
    let v6 = if set.v6.is_empty() { Set::empty() } else { set.v6.complement() };
    Dual { v4, v6 }
}

/// A prefix as other rooms have it.
pub(crate) fn net(prefix: AnyPrefix) -> ipnet::IpNet {
    match prefix {
        AnyPrefix::V4(prefix) => prefix.into(),
        AnyPrefix::V6(prefix) => prefix.into(),
    }
}

/// One address as a set.
pub(crate) fn single(address: AnyAddress) -> AddressSet {
    match address {
        AnyAddress::V4(address) => whole(AnyPrefix::V4(Prefix::host(address))),
        AnyAddress::V6(address) => whole(AnyPrefix::V6(Prefix::host(address))),
    }
}

/// The addresses from one to another of the same family.
pub(crate) fn span(first: AnyAddress, last: AnyAddress) -> Option<AddressSet> {
    match (first, last) {
        (AnyAddress::V4(first), AnyAddress::V4(last)) => {
            Some(Dual { v4: Span::new(first, last)?.into(), v6: Set::empty() })
        }
        (AnyAddress::V6(first), AnyAddress::V6(last)) => {
            Some(Dual { v4: Set::empty(), v6: Span::new(first, last)?.into() })
        }
        _ => None,
    }
}

/// The addresses of an address, a prefix or a range `first-last`.
pub(crate) fn addresses(word: &str) -> Option<AddressSet> {
    if let Ok((found, length)) = address::address_and_length(word) {
        return Some(whole(prefix_of(found, length)));
    }
    let (first, last) = word.split_once('-')?;
    span(address::address(first)?, address::address(last)?)
}

/// A set as the fewest prefixes, addresses and ranges, as plain lists have them.
pub(crate) fn shown(set: &AddressSet) -> Vec<String> {
    let v4 = set.v4.spans().iter().map(ToString::to_string);
    v4.chain(set.v6.spans().iter().map(ToString::to_string)).collect()
}

impl Matched {
    /// Its addresses in the grammar of plain lists, a prefix, address or range each; none: any.
    pub fn shown(&self) -> Vec<String> {
        match self {
            Self::Any => Vec::new(),
            Self::Of(set) => shown(set),
        }
    }
}

impl NatPool {
    /// Its addresses in the grammar of plain lists, a prefix, address or range each.
    pub fn shown(&self) -> Vec<String> {
        shown(&self.addresses)
    }
}

impl Published {
    /// Its published addresses and its own, in the grammar of plain lists.
    pub fn shown(&self) -> (Vec<String>, Vec<String>) {
        (shown(&self.published), shown(&self.inside))
    }
}
/// Keeps the first of names that are the same.
fn once(names: &mut Vec<String>) {
    // Few are compared with each other, which asks for no memory.
    const FEW: usize = 16;
    let differ = || names.iter().enumerate().all(|(at, name)| !names.iter().take(at).any(|other| other == name));
    if names.len() > FEW || !differ() {
        let mut seen = FxHashSet::default();
        names.retain(|name| seen.insert(name.clone()));
    }
}
