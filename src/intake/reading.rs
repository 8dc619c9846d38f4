//! What was read.

use super::{Counted, Faults, Fix, Format, Kind, Mark, Severity, fault::FaultCode};
use crate::intake::address::{AnyPrefix, Problem};
use crate::plan::{Attributes, Community};
use crate::space::{Address, Dual, Prefix, Span};
use serde::Serialize;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::net::Ipv4Addr;
use std::ops::Range;

/// How many entries a text may have in one family; a range counts as many as it has prefixes.
pub const MAX_ENTRIES: u32 = 4_000_000;

/// How many named sets a text may have.
pub const MAX_SETS: u32 = 200_000;

/// How many host names a text may have.
pub const MAX_URLS: u32 = 1_000_000;

/// Everything that was read from a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// What it was read as.
    pub format: Format,
    /// What the format is by nature.
    pub kind: Kind,
    /// IPv4 entries in the order of the text; those of one set stand together.
    pub v4: Vec<Entry<u32>>,
    /// IPv6 entries in the order of the text; those of one set stand together.
    pub v6: Vec<Entry<u128>>,
    /// What a device's print says of each entry beyond its attributes, in the order of the entries; empty where the
    /// format is no print of a device.
    pub marks: Dual<Vec<Mark>, Vec<Mark>>,
    /// What the entries' `attributes` point into; the first is always the empty one, no two are the same.
    pub attributes: Vec<Attributes>,
    /// The named sets in the order of the text. A plain list has one without a name, with everything.
    pub sets: Vec<NamedSet>,
    /// What is wrong.
    pub faults: Faults,
    /// How many lines the text has.
    pub lines: u32,
    /// How many lines of a list, or JSON values where an address was due, said nothing that was understood.
    /// Empty lines and comments are not among them.
    pub skipped: u32,
    /// How many addresses, prefixes and ranges were read: a range counts once.
    pub entries_read: u32,
}

impl Reading {
    /// The attributes of an entry of this reading.
    pub fn attributes_of<A: Copy>(&self, entry: &Entry<A>) -> &Attributes {
        static NONE: Attributes = Attributes {
            weight: None,
            local_preference: None,
            as_path: None,
            prepend: None,
            origin: None,
            med: None,
            communities: Vec::new(),
            next_hop: None,
            protocol: None,
            distance: None,
            ge: None,
            le: None,
        };
        self.attributes.get(entry.attributes as usize).unwrap_or(&NONE)
    }

    /// The first set of this name.
    pub fn set(&self, name: &str) -> Option<&NamedSet> {
        self.sets.iter().find(|set| set.name == name)
    }

    /// The IPv4 entries of a set of this reading.
    pub fn v4_of(&self, set: &NamedSet) -> &[Entry<u32>] {
        self.v4.get(set.v4.start as usize..set.v4.end as usize).unwrap_or_default()
    }

    /// The IPv6 entries of a set of this reading.
    pub fn v6_of(&self, set: &NamedSet) -> &[Entry<u128>] {
        self.v6.get(set.v6.start as usize..set.v6.end as usize).unwrap_or_default()
    }

    /// What a device's print says of an IPv4 entry, by its index.
    pub fn mark_v4(&self, index: usize) -> Mark {
        self.marks.v4.get(index).copied().unwrap_or_default()
    }

    /// What a device's print says of an IPv6 entry, by its index.
    pub fn mark_v6(&self, index: usize) -> Mark {
        self.marks.v6.get(index).copied().unwrap_or_default()
    }

    /// Whether not one prefix was read.
    pub fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }
}

/// A prefix that was read. A bare address is one of length 32 or 128; a range is its fewest prefixes, all at
/// the range's place.
#[derive(Copy, Clone, PartialEq, Eq)]
pub struct Entry<A: Copy> {
    /// The prefix, its host bits cleared.
    pub prefix: Prefix<A>,
    /// What stands behind it: an index into [`Reading::attributes`].
    pub attributes: u32,
    /// Where it stands: the byte of the text at which it begins.
    pub at: u32,
}

impl<A: Address> fmt::Debug for Entry<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] at {}", self.prefix, self.attributes, self.at)
    }
}

/// A named set: a service tag, an endpoint set, a community; or all of a plain list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NamedSet {
    /// The name that a plan's [`Reference`](crate::plan::Reference) picks it by: the service tag, `12076:51004`, or
    /// for an endpoint set e.g. `Exchange 1 (Optimize)`. Empty for a plain list.
    pub name: String,
    /// What people call it; may be empty.
    pub title: String,
    /// Its entries in [`Reading::v4`].
    pub v4: Range<u32>,
    /// Its entries in [`Reading::v6`].
    pub v6: Range<u32>,
    /// What else the format says of it.
    pub details: SetDetails,
    /// Where it stands: the byte of the text at which it begins.
    pub at: u32,
}

/// What a format may say of a set; what it doesn't say is empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SetDetails {
    /// The VRF, virtual router or routing table that a device's table is of.
    pub vrf: String,
    /// The device's router identifier.
    pub router_id: Option<Ipv4Addr>,
    /// The device's own AS.
    pub local_as: Option<u32>,
    /// Whether Microsoft offers it over ExpressRoute.
    pub express_route: Option<bool>,
    /// Ports, e.g. `tcp 80,443 udp 3478`.
    pub ports: String,
    /// Category of an endpoint set, system service of a tag, group of a community.
    pub category: String,
    /// The community.
    pub community: Option<Community>,
    /// The region.
    pub region: String,
    /// The host names.
    pub urls: Vec<String>,
    /// The BGP neighbour that the set stands for, in a summary of neighbours.
    pub neighbour: Option<Neighbour>,
}

/// What a summary says of a BGP neighbour; what it doesn't say is empty.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Neighbour {
    /// Its AS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asn: Option<u32>,
    /// How long the session has stood, as printed.
    pub up: String,
    /// Its state, as printed.
    pub state: String,
    /// How many prefixes were received from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefixes: Option<u32>,
}

/// How much a reading may hold.
#[derive(Copy, Clone)]
pub(crate) struct Limits {
    pub(crate) entries: u32,
    pub(crate) sets: u32,
    pub(crate) urls: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: MAX_ENTRIES, sets: MAX_SETS, urls: MAX_URLS }
    }
}

/// A reading that is being made.
pub(crate) struct Draft {
    pub(crate) v4: Vec<Entry<u32>>,
    pub(crate) v6: Vec<Entry<u128>>,
    pub(crate) sets: Vec<NamedSet>,
    pub(crate) marks: Dual<Vec<Mark>, Vec<Mark>>,
    pub(crate) faults: Faults,
    pub(crate) lines: u32,
    pub(crate) skipped: u32,
    pub(crate) entries_read: u32,
    attributes: Vec<Attributes>,
    /// Where in `attributes` those of a hash are; of one more, where that was taken. Never walked, only asked, so its
    /// order shows nowhere.
    interned: HashMap<u64, u32, BuildHasherDefault<Ready>>,
    urls: u32,
    limits: Limits,
    /// How long the text is, in bytes; 0 if that isn't known.
    length: usize,
    /// Of what there was too much, by its place in [`Counted`].
    full: [bool; 3],
}

impl Draft {
    /// For a text of so many bytes; 0 if that isn't known.
    pub(crate) fn new(limits: Limits, length: usize) -> Self {
        Self {
            v4: Vec::new(),
            v6: Vec::new(),
            sets: Vec::new(),
            marks: Dual::default(),
            faults: Faults::default(),
            lines: 0,
            skipped: 0,
            entries_read: 0,
            attributes: vec![Attributes::default()],
            interned: HashMap::default(),
            urls: 0,
            limits,
            length,
            full: [false; 3],
        }
    }

    pub(crate) fn finish(mut self, format: Format) -> Reading {
        crate::sort::by_key(&mut self.faults.kept, |fault| (fault.span.start, fault.span.end));
        if !self.marks.v4.is_empty() || !self.marks.v6.is_empty() {
            self.marks.v4.resize(self.v4.len(), Mark::default());
            self.marks.v6.resize(self.v6.len(), Mark::default());
        }
        Reading {
            format,
            kind: format.kind(),
            v4: self.v4,
            v6: self.v6,
            marks: self.marks,
            attributes: self.attributes,
            sets: self.sets,
            faults: self.faults,
            lines: self.lines,
            skipped: self.skipped,
            entries_read: self.entries_read,
        }
    }

    /// The index of these attributes.
    pub(crate) fn intern(&mut self, attributes: Attributes) -> u32 {
        if attributes.is_empty() {
            return 0;
        }
        let mut hasher = DefaultHasher::new();
        attributes.hash(&mut hasher);
        let mut hash = hasher.finish();
        while let Some(&index) = self.interned.get(&hash) {
            if self.attributes.get(index as usize) == Some(&attributes) {
                return index;
            }
            hash = hash.wrapping_add(1);
        }
        let index = offset(self.attributes.len());
        self.attributes.push(attributes);
        self.interned.insert(hash, index);
        index
    }

    /// Whether one more prefix of either family can be added.
    #[inline]
    pub(crate) fn has_room(&self) -> bool {
        self.v4.len().max(self.v6.len()) < self.limits.entries as usize
    }

    /// Adds an IPv4 prefix.
    #[inline]
    pub(crate) fn add_v4(&mut self, prefix: Prefix<u32>, at: usize) {
        if self.v4.len() >= self.limits.entries as usize {
            return self.is_full(Counted::Prefixes, at);
        }
        if self.v4.len() == self.v4.capacity() {
            reserve(&mut self.v4, at, self.length);
        }
        self.entries_read += 1;
        self.v4.push(Entry { prefix, attributes: 0, at: offset(at) });
    }

    /// Adds an IPv6 prefix.
    #[inline]
    pub(crate) fn add_v6(&mut self, prefix: Prefix<u128>, at: usize) {
        if self.v6.len() >= self.limits.entries as usize {
            return self.is_full(Counted::Prefixes, at);
        }
        if self.v6.len() == self.v6.capacity() {
            reserve(&mut self.v6, at, self.length);
        }
        self.entries_read += 1;
        self.v6.push(Entry { prefix, attributes: 0, at: offset(at) });
    }

    /// Adds a prefix of either family.
    pub(crate) fn add(&mut self, prefix: AnyPrefix, at: usize) {
        match prefix {
            AnyPrefix::V4(prefix) => self.add_v4(prefix, at),
            AnyPrefix::V6(prefix) => self.add_v6(prefix, at),
        }
    }

    /// Adds the prefixes of an IPv4 range.
    pub(crate) fn add_span_v4(&mut self, span: Span<u32>, at: usize) {
        let before = self.v4.len();
        self.v4.extend(entries(span, at));
        if self.v4.len() > self.limits.entries as usize {
            self.v4.truncate(before);
            return self.is_full(Counted::Prefixes, at);
        }
        self.entries_read += 1;
    }

    /// Adds the prefixes of an IPv6 range.
    pub(crate) fn add_span_v6(&mut self, span: Span<u128>, at: usize) {
        let before = self.v6.len();
        self.v6.extend(entries(span, at));
        if self.v6.len() > self.limits.entries as usize {
            self.v6.truncate(before);
            return self.is_full(Counted::Prefixes, at);
        }
        self.entries_read += 1;
    }

    /// Adds a named set.
    pub(crate) fn add_set(&mut self, set: NamedSet) {
        if self.sets.len() >= self.limits.sets as usize {
            return self.is_full(Counted::Sets, set.at as usize);
        }
        self.sets.push(set);
    }

    /// Whether there is room for one more host name.
    pub(crate) fn one_more_url(&mut self, at: usize) -> bool {
        let room = self.urls < self.limits.urls;
        if room {
            self.urls += 1;
        } else {
            self.is_full(Counted::Urls, at);
        }
        room
    }

    #[cold]
    fn is_full(&mut self, what: Counted, at: usize) {
        let (said, limit) = match what {
            Counted::Prefixes => (&mut self.full[0], self.limits.entries),
            Counted::Sets => (&mut self.full[1], self.limits.sets),
            Counted::Urls => (&mut self.full[2], self.limits.urls),
            // Lists have none.
            Counted::Items | Counted::Words => return,
        };
        if !std::mem::replace(said, true) {
            let at = offset(at);
            self.faults.add(Severity::Error, at..at, || (FaultCode::TooManyEntries { what, limit }, None));
        }
    }

    /// Gives the last entries their attributes: those from these indices on.
    pub(crate) fn set_attributes(&mut self, v4_from: usize, v6_from: usize, index: u32) {
        for entry in self.v4.get_mut(v4_from..).unwrap_or_default() {
            entry.attributes = index;
        }
        for entry in self.v6.get_mut(v6_from..).unwrap_or_default() {
            entry.attributes = index;
        }
    }

    /// Notes a fault at these bytes.
    pub(crate) fn fault(
        &mut self,
        severity: Severity,
        span: Range<usize>,
        say: impl FnOnce() -> (FaultCode, Option<Fix>),
    ) {
        self.faults.add(severity, offset(span.start)..offset(span.end), say);
    }

    /// Notes what is wrong with a word that begins at byte `at`.
    pub(crate) fn problem(&mut self, at: usize, problem: impl Into<Problem>) {
        let moved = |span: Range<usize>| offset(at + span.start)..offset(at + span.end);
        let problem = problem.into();
        self.faults.add(problem.severity, moved(problem.span), || {
            let fix = problem.fix.map(|(span, replacement)| Fix { span: moved(span), replacement });
            (problem.code, fix)
        });
    }
}

/// Makes room for the entries that a text still has, if it goes on as densely as it was up to byte `at`.
#[cold]
fn reserve<A: Copy>(entries: &mut Vec<Entry<A>>, at: usize, length: usize) {
    /// Below so many bytes nothing is said of the rest; and how many parts of it are added for good measure.
    const TRUST: usize = 4096;
    let so_far = entries.len();
    let left = length.saturating_sub(at) as u64;
    let expected = if at < TRUST { 0 } else { so_far as u64 * left / at as u64 };
    let expected = usize::try_from(expected + expected / 16).unwrap_or(0).min(MAX_ENTRIES as usize);
    // Less would mean to come back too often.
    entries.reserve_exact(expected.max(so_far).max(16));
}

/// Hashes what is a hash already.
#[derive(Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

fn entries<A: Address>(span: Span<A>, at: usize) -> impl Iterator<Item = Entry<A>> {
    span.prefixes().map(move |prefix| Entry { prefix, attributes: 0, at: offset(at) })
}

/// A byte offset; texts are no longer than [`MAX_TEXT`](super::MAX_TEXT), so it always fits.
#[inline]
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
