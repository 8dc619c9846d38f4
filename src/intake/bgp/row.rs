//! One row of a BGP table: what stands before the network, the network, and what stands behind it.

use super::heading::{Heading, What};
use super::table::Dialect;
use crate::intake::address::{AnyAddress, address, scan_v4, scan_v6};
use crate::intake::as_path::{self, number, origin};
use crate::intake::fault::{Expected, FaultCode, quote};
use crate::intake::lines::words;
use crate::plan::Attributes;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// What begins in the column of networks.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Network {
    /// A prefix, at this column.
    Prefix(usize),
    /// Nothing: the row goes on with the prefix above. What it says begins behind this column.
    Above(usize),
}

/// Finds the network of a row where its heading says it is, or a few columns beside; `None`: this is no row.
pub(super) fn network(text: &str, heading: &Heading, dialect: &Dialect) -> Option<Network> {
    let column = heading.network;
    let bytes = text.as_bytes();
    let status = bytes.get(..column)?;
    if status.iter().all(|byte| dialect.is_status(*byte)) {
        match bytes.get(column)? {
            // IOS-XE prints its rows a column further right than their heading.
            b' ' => {
                let beside = find_prefix(text, dialect).filter(|moved| moved.abs_diff(column) <= 6);
                return Some(beside.map_or(Network::Above(column), Network::Prefix));
            }
            _ if begins_prefix(bytes.get(column..)?) => return Some(Network::Prefix(column)),
            _ => {}
        }
    }
    let moved = find_prefix(text, dialect)?;
    (moved.abs_diff(column) <= 6).then_some(Network::Prefix(moved))
}

/// The column of the first prefix of a line that has nothing but status codes before it.
pub(super) fn find_prefix(text: &str, dialect: &Dialect) -> Option<usize> {
    let bytes = text.as_bytes();
    let codes = bytes.iter().take_while(|byte| dialect.is_status(**byte)).count().min(12);
    // From the left, so that the hexadecimal letters that are codes too belong to the prefix.
    (0..=codes).find(|at| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
        let glued = before.is_ascii_hexdigit() && !dialect.glues(before);
        !glued && begins_prefix(bytes.get(*at..).unwrap_or_default())
    })
}

fn begins_prefix(bytes: &[u8]) -> bool {
    let end = match scan_v4(bytes) {
        Some((_, end)) => end,
        None => match scan_v6(bytes) {
            Some((_, end)) => end,
            None => return false,
        },
    };
    matches!(bytes.get(end), None | Some(b' ' | b'/'))
}

/// What stands behind a network, from the next hop on.
#[derive(Clone, Default, Debug)]
pub(super) struct Tail {
    pub(super) attributes: Attributes,
    /// The device originated it itself.
    pub(super) own: bool,
    /// The path is cut.
    pub(super) cut: bool,
    /// A confederation stands first in the path.
    pub(super) confederation: bool,
}

/// What is wrong with a tail, and in which columns.
pub(super) type Wrong = (FaultCode, Range<usize>);

/// Reads the next hop at the beginning of this column's word; `Some(None)` where there is a word that stands for none.
pub(super) fn next_hop(word: &str, dialect: &Dialect) -> Option<Option<AnyAddress>> {
    if let Some(address) = address(word) {
        return Some(Some(address));
    }
    if dialect.dashes && word == "-" {
        return Some(None);
    }
    // FRR puts a name behind: `192.0.2.1(spine1)`; a link-local next hop may have its interface.
    let cut = word.find(['(', '%'])?;
    Some(Some(address(word.get(..cut)?)?))
}

/// Reads all behind the next hop: numbers, path, origin. `from` is the column at which that begins.
pub(super) fn tail(
    text: &str,
    from: usize,
    hop: Option<AnyAddress>,
    heading: &Heading,
    dialect: &Dialect,
) -> Result<Tail, Wrong> {
    let own = match hop {
        None => true,
        Some(AnyAddress::V4(address)) => address == 0,
        Some(AnyAddress::V6(address)) => address == 0,
    };
    let mut tail = Tail { own, ..Tail::default() };
    tail.attributes.next_hop = hop.filter(|_| !tail.own).map(|hop| match hop {
        AnyAddress::V4(address) => Ipv4Addr::from_bits(address).into(),
        AnyAddress::V6(address) => Ipv6Addr::from_bits(address).into(),
    });
    let behind = if dialect.dashes {
        by_order(text, from, heading, &mut tail)?
    } else {
        by_place(text, from, heading, &mut tail)?
    };
    tail.own |= tail.attributes.weight == Some(32768);
    path(text, behind, &mut tail)?;
    Ok(tail)
}

/// Numbers right-aligned under their headings, any of them blank but the weight. Where the columns of numbers end.
fn by_place(text: &str, from: usize, heading: &Heading, tail: &mut Tail) -> Result<usize, Wrong> {
    let not_in_columns = || {
        let begin = text.len() - text.trim_start().len();
        (FaultCode::NotInColumns { line: quote(text.trim_start()) }, begin..text.len())
    };
    let (Some(metric), Some(preference), Some(weight)) =
        (heading.number(What::Metric), heading.number(What::LocalPreference), heading.number(What::Weight))
    else {
        return Err(not_in_columns());
    };
    let mut found: [(usize, usize); 3] = [(0, 0); 3];
    let mut count = 0;
    // A local preference of more than six digits moves what stands behind it.
    let mut moved = 0;
    for (at, word) in words(text.get(from..).unwrap_or_default()) {
        let (begin, end) = (from + at, from + at + word.len());
        if begin >= heading.path + moved || !word.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        let Some(place) = found.get_mut(count) else { return Err(not_in_columns()) };
        *place = (begin, end);
        count += 1;
        if word.len() > 6 && begin >= metric.end && begin <= preference.begin + 1 {
            moved = end.saturating_sub(preference.end);
        }
    }
    let Some((weight_at, others)) = found.get(..count).and_then(<[_]>::split_last) else {
        return Err(not_in_columns());
    };
    if weight_at.1 <= weight.begin + moved {
        return Err(not_in_columns());
    }
    let value = |(begin, end): (usize, usize)| read_number(text, begin..end);
    tail.attributes.weight = Some(value(*weight_at)?);
    match others {
        [] => {}
        [one] if one.1 <= metric.end => tail.attributes.med = Some(value(*one)?),
        [one] => tail.attributes.local_preference = Some(value(*one)?),
        [first, second, ..] => {
            tail.attributes.med = Some(value(*first)?);
            tail.attributes.local_preference = Some(value(*second)?);
        }
    }
    Ok(weight_at.1)
}

/// Numbers one after the other, a dash where there is none. Where they end.
fn by_order(text: &str, from: usize, heading: &Heading, tail: &mut Tail) -> Result<usize, Wrong> {
    let mut behind = words(text.get(from..).unwrap_or_default());
    let mut end = from;
    for column in heading.numbers.iter().flatten() {
        let Some((at, word)) = behind.next() else {
            return Err((FaultCode::NotInColumns { line: quote(text.trim_start()) }, 0..text.len()));
        };
        let span = from + at..from + at + word.len();
        end = span.end;
        if word == "-" {
            continue;
        }
        let value = Some(read_number(text, span)?);
        match column.what {
            What::Metric => tail.attributes.med = value,
            What::LocalPreference => tail.attributes.local_preference = value,
            What::Weight => tail.attributes.weight = value,
            What::Other => {}
        }
    }
    Ok(end)
}

fn read_number(text: &str, span: Range<usize>) -> Result<u32, Wrong> {
    let word = text.get(span.clone()).unwrap_or_default();
    match number(word.as_bytes()) {
        Some((value, length)) if length == word.len() => Ok(value),
        _ => {
            let expected = Expected::Number { from: 0, to: u32::MAX };
            Err((FaultCode::BadValue { name: "number".to_owned(), value: quote(word), expected }, span))
        }
    }
}

/// The path and the origin at its end.
fn path(text: &str, from: usize, tail: &mut Tail) -> Result<(), Wrong> {
    let rest = text.get(from..).unwrap_or_default();
    let scanned = as_path::scan(rest);
    let mut behind = words(rest.get(scanned.end..).unwrap_or_default());
    tail.cut = scanned.cut;
    tail.confederation = matches!(
        scanned.path.0.first(),
        Some(crate::plan::Segment::ConfedSequence(_) | crate::plan::Segment::ConfedSet(_))
    );
    match behind.next() {
        Some((_, word)) => match origin(word) {
            Some(origin) => tail.attributes.origin = Some(origin),
            None => {
                let begin = from + scanned.end;
                let code = FaultCode::BadValue {
                    name: "path".to_owned(),
                    value: quote(rest.get(scanned.end..).unwrap_or_default().trim()),
                    expected: Expected::AsPath,
                };
                return Err((code, begin..text.len()));
            }
        },
        // The origin ends every path: without it something is cut off.
        None => tail.cut = true,
    }
    tail.attributes.as_path = Some(scanned.path);
    Ok(())
}

/// How many of some lines have the shape of this device's rows, if one of them shows where the columns are: codes, a
/// prefix, a next hop in its column, numbers, an origin; or the same without a prefix.
pub(super) fn like(lines: &[String], dialect: &Dialect) -> (u32, u32) {
    let whole = |line: &String| {
        let column = find_prefix(line, dialect)?;
        let heading = Heading::of(dialect.heading)?.moved_to(column);
        let (at, _) = words(line.get(column..)?).nth(1)?;
        is_like(line, column, column + at, &heading, dialect).then_some(heading)
    };
    let Some(heading) = lines.iter().find_map(whole) else { return (0, 0) };
    let below = |line: &String| {
        let column = heading.network;
        let codes = line.get(..column).unwrap_or_default();
        if !codes.bytes().all(|byte| dialect.is_status(byte)) {
            return false;
        }
        match words(line.get(column..).unwrap_or_default()).next() {
            // A prefix that is too long for its column stands alone.
            Some((0, word)) => word.contains('/') && word.len() + column == line.len(),
            // Such a prefix has no codes on its second line.
            Some((at, _)) => {
                let codes = if codes.trim().is_empty() { None } else { Some(codes) };
                codes.is_none_or(dialect.is_row) && is_tail(line, column + at, &heading, dialect)
            }
            None => false,
        }
    };
    let count = lines.iter().filter(|line| whole(line).is_some() || below(line)).count();
    (u32::try_from(count).unwrap_or(0), u32::try_from(lines.len()).unwrap_or(u32::MAX))
}

/// Whether a line that has its codes before one column and its next hop at another is one of this device's rows.
fn is_like(line: &str, column: usize, hop: usize, heading: &Heading, dialect: &Dialect) -> bool {
    (dialect.is_row)(line.get(..column).unwrap_or_default()) && is_tail(line, hop, heading, dialect)
}

/// Whether a next hop stands at this column, and all that is due behind it.
fn is_tail(line: &str, hop: usize, heading: &Heading, dialect: &Dialect) -> bool {
    let Some(word) = line.get(hop..).and_then(|rest| rest.split(' ').next()) else { return false };
    let Some(address) = next_hop(word, dialect) else { return false };
    (dialect.dashes || hop == heading.next_hop)
        && tail(line, hop + word.len(), address, heading, dialect).is_ok_and(|tail| !tail.cut)
}
