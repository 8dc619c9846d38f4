//! What the values of a record mean, the same for all of Azure's formats.

use super::record::{Field, Record, Said};
use crate::intake::address::{AnyAddress, AnyPrefix, address, address_and_length, class_length, judge};
use crate::intake::as_path;
use crate::intake::fault::{Expected, FaultCode, Severity, quote};
use crate::intake::mark::Mark;
use crate::intake::reading::Draft;
use crate::plan::{Attributes, Origin};
use std::net::IpAddr;

/// What a value ends with that is cut: three points in older PowerShells.
pub(super) fn is_cut(text: &str) -> bool {
    text.ends_with('…') || text.ends_with("...")
}

/// Adds a route for each prefix of a record.
pub(super) fn add(record: &Record, attributes: Attributes, mark: Mark, classful: bool, draft: &mut Draft) {
    let index = draft.intern(attributes);
    let before = draft.skipped;
    let mut found = false;
    for said in record.all(Field::Prefix) {
        found = true;
        if is_cut(said.text) {
            cut_list(record, &said, draft);
            // What stands before the points is whole, unless it ends in the middle.
            let shown = said.text.trim_end_matches(['…', '.']);
            let whole = shown.split_once('/').is_some_and(|(_, length)| !length.is_empty());
            if !whole || !matches!(address_and_length(shown), Ok((_, Some(_)))) {
                continue;
            }
        }
        if let Some((prefix, at)) = prefix(record, &said, classful, draft) {
            draft.add_route(prefix, at, index, mark);
        }
    }
    if !found && draft.skipped == before {
        let at = record.place();
        draft.skipped = draft.skipped.saturating_add(1);
        draft.fault(Severity::Error, at..at, || {
            let (name, value) = ("prefix".to_owned(), String::new());
            (FaultCode::BadValue { name, value, expected: Expected::Prefix }, None)
        });
    }
}

fn cut_list(record: &Record, said: &Said<'_>, draft: &mut Draft) {
    draft.skipped = draft.skipped.saturating_add(1);
    draft.fault(Severity::Error, record.span(said), || (FaultCode::ListCut { list: quote(said.text) }, None));
}

fn prefix(record: &Record, said: &Said<'_>, classful: bool, draft: &mut Draft) -> Option<(AnyPrefix, usize)> {
    let word = said.text.trim_end_matches(['…', '.']);
    let read = address_and_length(word).map(|(address, length)| {
        let length = match (length, address) {
            (None, AnyAddress::V4(address)) if classful => Some(class_length(address)),
            (length, _) => length,
        };
        judge(address, length, word)
    });
    match read {
        Ok((prefix, warning)) => {
            if let Some(warning) = warning {
                record.problem(said, warning, draft);
            }
            Some((prefix, record.at(said)))
        }
        Err(problem) => {
            draft.skipped = draft.skipped.saturating_add(1);
            record.problem(said, problem, draft);
            None
        }
    }
}

/// The first next hop, without the sign behind it, and whether there was one.
pub(super) fn next_hop(record: &Record, draft: &mut Draft) -> (Option<IpAddr>, bool) {
    let Some(said) = record.all(Field::NextHop).next() else { return (None, false) };
    let word = said.text.trim_end_matches('*');
    let marked = word.len() < said.text.len();
    if address(word).is_some()
        && let Ok(hop) = word.parse::<IpAddr>()
    {
        return (Some(hop).filter(|hop| !hop.is_unspecified()), marked);
    }
    bad(record, &said, "next hop", Expected::Address, Severity::Warning, draft);
    (None, marked)
}

/// A whole number; `None` where it is blank or wrong.
pub(super) fn number(record: &Record, field: Field, name: &'static str, draft: &mut Draft) -> Option<u32> {
    let said = record.first(field)?;
    let value = said.text.parse().ok();
    if value.is_none() {
        bad(record, &said, name, Expected::Number { from: 0, to: u32::MAX }, Severity::Warning, draft);
    }
    value
}

/// The AS path, its numbers separated by blanks or dashes, perhaps with the origin's letter behind it. A path that
/// isn't there or blank is empty.
pub(super) fn path(record: &Record, attributes: &mut Attributes, mark: &mut Mark, draft: &mut Draft) {
    let Some(said) = record.first(Field::Path) else {
        attributes.as_path = Some(crate::plan::AsPath::default());
        return;
    };
    let dashed;
    let text = if said.text.contains('-') {
        dashed = said.text.replace('-', " ");
        dashed.as_str()
    } else {
        said.text
    };
    let scanned = as_path::scan(text);
    let behind = text.get(scanned.end..).unwrap_or_default().trim();
    match as_path::origin(behind) {
        Some(origin) => attributes.origin = Some(origin),
        None if behind.is_empty() => {}
        None => return bad(record, &said, "AS path", Expected::AsPath, Severity::Warning, draft),
    }
    if scanned.cut {
        mark.cut = true;
        let path = quote(said.text);
        draft.fault(Severity::Warning, record.span(&said), || (FaultCode::PathCut { path }, None));
    }
    attributes.as_path = Some(scanned.path);
}

/// An origin by its name.
pub(super) fn origin(name: &str) -> Option<Origin> {
    match name.to_ascii_lowercase().as_str() {
        "igp" => Some(Origin::Igp),
        "egp" => Some(Origin::Egp),
        "incomplete" => Some(Origin::Incomplete),
        _ => None,
    }
}

/// Notes a value that its field doesn't take; the route stands without it.
pub(super) fn bad(
    record: &Record,
    said: &Said<'_>,
    name: &'static str,
    expected: Expected,
    severity: Severity,
    draft: &mut Draft,
) {
    draft.fault(severity, record.span(said), || {
        (FaultCode::BadValue { name: name.to_owned(), value: quote(said.text), expected }, None)
    });
}

/// Whether a word is a whole number.
pub(super) fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word is a prefix, or an address that stands for one.
pub(super) fn is_prefix(word: &str) -> bool {
    matches!(address_and_length(word), Ok((_, Some(_))))
}

/// Whether a word is an address, perhaps with a sign behind it.
pub(super) fn is_hop(word: &str) -> bool {
    address(word.trim_end_matches('*')).is_some()
}
