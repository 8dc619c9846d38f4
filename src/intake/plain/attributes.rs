//! Attributes behind prefixes.

use super::PlainReader;
use super::cursor::Cursor;
use crate::intake::address::{AnyAddress, address};
use crate::intake::fault::{Expected, FaultCode, Severity, quote};
use crate::intake::reading::{Draft, Entry};
use crate::plan::{AsPath, Attributes, Community, Origin, Protocol, Segment};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// The most that a path may be prepended; a path attribute holds no more.
const MAX_PREPEND: u32 = 255;

/// An attribute, by its place in the table of names.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Attribute {
    LocalPreference,
    Weight,
    AsPath,
    Prepend,
    Origin,
    Med,
    Community,
    NextHop,
    Protocol,
    Distance,
    Ge,
    Le,
}

/// Names without hyphens and underscores; the first of each attribute is the one to suggest.
static NAMES: [(&str, Attribute); 22] = [
    ("localpref", Attribute::LocalPreference),
    ("localpreference", Attribute::LocalPreference),
    ("locpref", Attribute::LocalPreference),
    ("locprf", Attribute::LocalPreference),
    ("lp", Attribute::LocalPreference),
    ("weight", Attribute::Weight),
    ("aspath", Attribute::AsPath),
    ("path", Attribute::AsPath),
    ("prepend", Attribute::Prepend),
    ("origin", Attribute::Origin),
    ("med", Attribute::Med),
    ("metric", Attribute::Med),
    ("community", Attribute::Community),
    ("communities", Attribute::Community),
    ("nexthop", Attribute::NextHop),
    ("nh", Attribute::NextHop),
    ("via", Attribute::NextHop),
    ("protocol", Attribute::Protocol),
    ("distance", Attribute::Distance),
    ("ad", Attribute::Distance),
    ("ge", Attribute::Ge),
    ("le", Attribute::Le),
];

/// Communities that have names (RFC 1997, 3765, 7999, 8326).
static WELL_KNOWN: [(&str, u16); 6] = [
    ("no-export", 65281),
    ("no-advertise", 65282),
    ("no-export-subconfed", 65283),
    ("local-as", 65283),
    ("no-peer", 65284),
    ("blackhole", 666),
];

/// A name in small letters without hyphens, underscores and a colon at the end; `None` if it is too long for one.
fn plain_name(word: &str) -> Option<([u8; 20], usize)> {
    let word = word.strip_suffix(':').unwrap_or(word);
    let mut name = [0; 20];
    let mut length = 0;
    for byte in word.bytes().filter(|byte| !matches!(byte, b'-' | b'_')) {
        *name.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    Some((name, length))
}

/// The attribute of this name.
pub(super) fn named(word: &str) -> Option<Attribute> {
    let (name, length) = plain_name(word)?;
    let name = name.get(..length)?;
    NAMES.iter().find(|(known, _)| known.as_bytes() == name).map(|(_, attribute)| *attribute)
}

/// The name that a misspelt one was meant to be, if that is plain.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    let (name, length) = plain_name(word)?;
    let name = name.get(..length)?;
    let mut near = NAMES.iter().filter(|(known, _)| {
        let allowed = match known.len().min(name.len()) {
            0..=3 => 0,
            4..=6 => 1,
            _ => 2,
        };
        edits(name, known.as_bytes()) <= allowed
    });
    let (known, attribute) = near.next()?;
    near.all(|(_, other)| other == attribute).then_some(*known)
}

/// How many letters must be changed, added, left out, or swapped with their neighbour.
fn edits(a: &[u8], b: &[u8]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (rows[i][j] + usize::from(x != y)).min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *y && b[j - 1] == *x {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// The values read so far behind a group of prefixes.
#[derive(Default)]
pub(super) struct Values {
    attributes: Attributes,
    /// One bit for each attribute named.
    seen: u16,
    ge_at: Range<usize>,
    le_at: Range<usize>,
}

impl Values {
    /// Whether any attribute was named.
    pub(super) fn any(&self) -> bool {
        self.seen != 0
    }

    /// Whether the values hold for prefixes of some lengths only.
    pub(super) fn bounds_lengths(&self) -> bool {
        self.seen & (1 << Attribute::Ge as u16 | 1 << Attribute::Le as u16) != 0
    }

    pub(super) fn into_attributes(self) -> Attributes {
        let mut attributes = self.attributes;
        attributes.communities.sort_unstable();
        attributes.communities.dedup();
        attributes
    }

    /// Drops `ge` and `le` where they don't fit the prefixes that they stand behind.
    pub(super) fn check_lengths(&mut self, draft: &mut Draft, v4_from: usize, v6_from: usize) {
        if !self.bounds_lengths() {
            return;
        }
        fn longest<A: crate::space::Address>(entries: &[Entry<A>]) -> Option<u8> {
            entries.iter().map(|entry| entry.prefix.length()).max()
        }
        let v4 = longest(draft.v4.get(v4_from..).unwrap_or_default());
        let v6 = longest(draft.v6.get(v6_from..).unwrap_or_default());
        let (Some(from), to) = (v4.max(v6), if v4.is_some() { 32 } else { 128 }) else { return };
        if let Some(ge) = self.attributes.ge.filter(|ge| !(from..=to).contains(ge)) {
            self.attributes.ge = None;
            bad_length(draft, "ge", ge, self.ge_at.clone(), from, to);
        }
        let from = from.max(self.attributes.ge.unwrap_or(0));
        if let Some(le) = self.attributes.le.filter(|le| !(from..=to).contains(le)) {
            self.attributes.le = None;
            bad_length(draft, "le", le, self.le_at.clone(), from, to);
        }
    }
}

fn bad_length(draft: &mut Draft, name: &str, value: u8, span: Range<usize>, from: u8, to: u8) {
    draft.fault(Severity::Error, span, || {
        let expected = Expected::LengthBound { from, to };
        (FaultCode::BadValue { name: name.to_owned(), value: value.to_string(), expected }, None)
    });
}

/// A value that can't be read: where it stands, and what would do.
struct Bad {
    span: Range<usize>,
    expected: Expected,
}

impl<'a> PlainReader<'a> {
    /// An attribute; the cursor stands behind its name.
    pub(super) fn attribute(&mut self, draft: &mut Draft, start: usize, name: &'a str, attribute: Attribute) {
        let name_end = start + name.len();
        let shown = name.strip_suffix(':').unwrap_or(name);
        self.cursor.skip_blanks();
        if self.cursor.byte() == b'=' {
            self.cursor.at += 1;
            self.cursor.skip_blanks();
        }
        let nothing_before =
            self.group.v4_from == draft.v4.len() && self.group.v6_from == draft.v6.len() && !self.group.broken;
        let bit = 1 << attribute as u16;
        let again = self.group.values.seen & bit != 0 && attribute != Attribute::Community;
        let mut other = Values::default();
        let values = if nothing_before || again { &mut other } else { &mut self.group.values };
        values.seen |= bit;
        let value = value(&mut self.cursor, attribute, values);
        let end = self.cursor.at.max(name_end);
        if let Err(bad) = value {
            let given = self.cursor.slice(bad.span.start, bad.span.end);
            let span = if given.is_empty() { start..name_end } else { bad.span };
            draft.fault(Severity::Error, span, || {
                let code =
                    FaultCode::BadValue { name: shown.to_owned(), value: quote(given), expected: bad.expected };
                (code, None)
            });
        }
        if nothing_before {
            draft.fault(Severity::Error, start..end, || {
                (FaultCode::AttributeWithoutPrefix { name: shown.to_owned() }, None)
            });
        } else if again {
            draft.fault(Severity::Error, start..end, || {
                (FaultCode::DuplicateAttribute { name: shown.to_owned() }, None)
            });
        }
    }
}

/// Reads the value of an attribute; the cursor stands behind it then, also if it is bad.
fn value(cursor: &mut Cursor<'_>, attribute: Attribute, values: &mut Values) -> Result<(), Bad> {
    let opening = cursor.byte();
    if !matches!(opening, b'"' | b'\'') {
        return bare_value(cursor, attribute, values, false);
    }
    let start = cursor.at + 1;
    let line_end = cursor.line_end();
    let inside = cursor.bytes().get(start..line_end).unwrap_or_default();
    let Some(length) = inside.iter().position(|byte| *byte == opening) else {
        return bare_value(cursor, attribute, values, false);
    };
    let end = start + length;
    let mut quoted = cursor.until(end);
    quoted.at = start;
    quoted.skip_blanks();
    cursor.at = end + 1;
    bare_value(&mut quoted, attribute, values, true)?;
    quoted.skip_blanks();
    if quoted.at == end { Ok(()) } else { Err(Bad { span: start..end, expected: expected(attribute) }) }
}

fn expected(attribute: Attribute) -> Expected {
    let up_to = |to| Expected::Number { from: 0, to };
    match attribute {
        Attribute::LocalPreference | Attribute::Weight | Attribute::Med => up_to(u32::MAX),
        Attribute::Prepend => up_to(MAX_PREPEND),
        Attribute::Distance => up_to(255),
        Attribute::Ge | Attribute::Le => up_to(128),
        Attribute::AsPath => Expected::AsPath,
        Attribute::Origin => Expected::Origin,
        Attribute::Community => Expected::Community,
        Attribute::NextHop => Expected::Address,
        Attribute::Protocol => Expected::Protocol,
    }
}

fn bare_value(cursor: &mut Cursor<'_>, kind: Attribute, values: &mut Values, quoted: bool) -> Result<(), Bad> {
    let expected = expected(kind);
    let into = &mut values.attributes;
    match kind {
        Attribute::AsPath => {
            into.as_path = Some(as_path(cursor, quoted)?);
            return Ok(());
        }
        Attribute::Community => return communities(cursor, &mut into.communities),
        _ => {}
    }
    let start = cursor.at;
    let word = cursor.word();
    let span = start..cursor.at;
    let bad = || Bad { span: span.clone(), expected };
    let number = || {
        let digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        word.parse::<u32>().ok().filter(|_| digits).ok_or_else(bad)
    };
    let small = || number().and_then(|number| u8::try_from(number).map_err(|_| bad()));
    match kind {
        Attribute::LocalPreference => into.local_preference = Some(number()?),
        Attribute::Weight => into.weight = Some(number()?),
        Attribute::Med => into.med = Some(number()?),
        Attribute::Prepend => into.prepend = Some(number()?).filter(|count| *count <= MAX_PREPEND),
        Attribute::Distance => into.distance = Some(small()?),
        Attribute::Ge => {
            into.ge = Some(small()?);
            values.ge_at = span.clone();
        }
        Attribute::Le => {
            into.le = Some(small()?);
            values.le_at = span.clone();
        }
        Attribute::Origin => into.origin = Some(origin(word).ok_or_else(bad)?),
        Attribute::Protocol => into.protocol = Some(protocol(word).ok_or_else(bad)?),
        Attribute::NextHop => into.next_hop = Some(next_hop(word).ok_or_else(bad)?),
        Attribute::AsPath | Attribute::Community => {}
    }
    let fits = match kind {
        Attribute::Prepend => into.prepend.is_some(),
        Attribute::Ge => into.ge.is_some_and(|length| length <= 128),
        Attribute::Le => into.le.is_some_and(|length| length <= 128),
        _ => true,
    };
    if fits {
        return Ok(());
    }
    match kind {
        Attribute::Ge => into.ge = None,
        Attribute::Le => into.le = None,
        _ => {}
    }
    Err(bad())
}

fn origin(word: &str) -> Option<Origin> {
    match word.to_ascii_lowercase().as_str() {
        "igp" | "i" => Some(Origin::Igp),
        "egp" | "e" => Some(Origin::Egp),
        "incomplete" | "?" => Some(Origin::Incomplete),
        _ => None,
    }
}

fn protocol(word: &str) -> Option<Protocol> {
    match word.to_ascii_lowercase().as_str() {
        "bgp" | "ebgp" | "ibgp" => Some(Protocol::Bgp),
        "static" => Some(Protocol::Static),
        "igp" | "ospf" | "ospfv3" | "isis" | "is-is" | "eigrp" | "rip" => Some(Protocol::Igp),
        _ => None,
    }
}

fn next_hop(word: &str) -> Option<IpAddr> {
    Some(match address(word)? {
        AnyAddress::V4(address) => Ipv4Addr::from_bits(address).into(),
        AnyAddress::V6(address) => Ipv6Addr::from_bits(address).into(),
    })
}

/// Communities, separated by commas or blanks.
fn communities(cursor: &mut Cursor<'_>, into: &mut Vec<Community>) -> Result<(), Bad> {
    let mut first = true;
    loop {
        let before = *cursor;
        if !first {
            cursor.skip_blanks();
            if cursor.byte() == b',' {
                cursor.at += 1;
                cursor.skip_blanks();
            }
        }
        let start = cursor.at;
        let word = cursor.word();
        match community(word) {
            Some(community) => into.push(community),
            None if first || looks_like_community(word) => {
                return Err(Bad { span: start..cursor.at, expected: Expected::Community });
            }
            None => {
                *cursor = before;
                return Ok(());
            }
        }
        first = false;
    }
}

fn community(word: &str) -> Option<Community> {
    let well_known = || {
        let (_, value) = WELL_KNOWN.iter().find(|(name, _)| name.eq_ignore_ascii_case(word))?;
        Some(Community { asn: 65535, value: *value })
    };
    word.parse().ok().or_else(well_known)
}

/// Digits on both sides of one colon: never an IPv6 address.
fn looks_like_community(word: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once(':').is_some_and(|(asn, value)| digits(asn) && digits(value))
}

/// An AS path: AS numbers, sets and confederations, up to what is none of these.
fn as_path(cursor: &mut Cursor<'_>, quoted: bool) -> Result<AsPath, Bad> {
    let begin = cursor.at;
    let mut segments = Vec::new();
    let mut sequence = Vec::new();
    loop {
        let before = *cursor;
        cursor.skip_blanks();
        let first = segments.is_empty() && sequence.is_empty();
        if cursor.byte() == b',' && !first {
            cursor.at += 1;
            cursor.skip_blanks();
        }
        let start = cursor.at;
        let closer = match cursor.byte() {
            b'{' => Some(b'}'),
            b'(' => Some(b')'),
            b'[' => Some(b']'),
            _ => None,
        };
        if let Some(closer) = closer {
            let opener = cursor.byte();
            let Some(asns) = as_group(cursor, closer) else {
                return Err(Bad { span: start..cursor.at, expected: Expected::AsPath });
            };
            if !sequence.is_empty() {
                segments.push(Segment::Sequence(std::mem::take(&mut sequence)));
            }
            segments.push(match (opener, closer) {
                (b'{', _) => Segment::Set(asns),
                (b'(', _) => Segment::ConfedSequence(asns),
                _ => Segment::ConfedSet(asns),
            });
            continue;
        }
        let word = cursor.word();
        if let Some(asn) = as_number(word) {
            sequence.push(asn);
            continue;
        }
        let too_large = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if too_large || (first && !(quoted && word.is_empty())) {
            return Err(Bad { span: start..cursor.at, expected: Expected::AsPath });
        }
        *cursor = before;
        if first {
            cursor.at = begin;
        }
        break;
    }
    if !sequence.is_empty() {
        segments.push(Segment::Sequence(sequence));
    }
    Ok(AsPath(segments))
}

/// AS numbers up to the closing bracket; `None` if there are none, or something else.
fn as_group(cursor: &mut Cursor<'_>, closer: u8) -> Option<Vec<u32>> {
    cursor.at += 1;
    let mut asns = Vec::new();
    let mut good = true;
    loop {
        cursor.skip_blanks();
        match cursor.byte() {
            byte if byte == closer => {
                cursor.at += 1;
                return (good && !asns.is_empty()).then_some(asns);
            }
            b',' => cursor.at += 1,
            _ => {
                let word = cursor.word();
                match as_number(word) {
                    Some(asn) => asns.push(asn),
                    None if word.is_empty() => return None,
                    None => good = false,
                }
            }
        }
    }
}

/// An AS number: `65010`, `AS65010`, or in dots `0.65010` (RFC 5396).
fn as_number(word: &str) -> Option<u32> {
    let digits = match word.get(..2) {
        Some(letters) if letters.eq_ignore_ascii_case("as") => word.get(2..)?,
        _ => word,
    };
    let number = |part: &str| {
        (!part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
    };
    match digits.split_once('.') {
        None => number(digits),
        Some((high, low)) => {
            let (high, low) = (u16::try_from(number(high)?).ok()?, u16::try_from(number(low)?).ok()?);
            Some(u32::from(high) << 16 | u32::from(low))
        }
    }
}
