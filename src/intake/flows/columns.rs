//! What the columns of a log in CSV hold: by the names of a format, or by those that the user gave.

use super::custom::GUESSES;
use super::record::Field;
use crate::plan::LogColumns;
use std::ops::Range;

/// What separates the columns of a line, the likeliest first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// How many columns of a line are looked at.
pub(super) const MOST: usize = 512;

/// What each column of a log holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Columns {
    pub(super) separator: u8,
    /// By place, up to the last that holds anything.
    pub(super) fields: Vec<Option<Field>>,
}

impl Columns {
    /// The columns of a heading that has the names of a format: at least both addresses, bytes and a time.
    pub(super) fn of_format(line: &[u8], names: &[(&str, Field)]) -> Option<Self> {
        best(line, |heading| {
            let of = |name: &[u8]| {
                let plain = plain(name);
                names.iter().find(|(known, _)| *known == plain).map(|(_, field)| *field)
            };
            first_of_each(heading.iter().map(|name| of(name)))
        })
    }

    /// The columns of a heading by the names that were given, or by their numbers where all are numbers.
    pub(super) fn of_names(line: &[u8], names: &LogColumns) -> Option<Self> {
        if by_number(names) {
            return best(line, |heading| {
                let mut fields = vec![None; heading.len()];
                for (field, number) in given(names) {
                    let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1))?;
                    *fields.get_mut(at)? = Some(field);
                }
                Some(fields)
            });
        }
        best(line, |heading| {
            let mut fields = vec![None; heading.len()];
            for (field, wanted) in given(names) {
                let at = heading.iter().position(|name| same(name, wanted))?;
                *fields.get_mut(at)? = Some(field);
            }
            Some(fields)
        })
    }

    /// How many columns hold something.
    fn known(&self) -> usize {
        self.fields.iter().flatten().count()
    }
}

/// The columns by the separator by which most is known.
fn best(line: &[u8], columns: impl Fn(&[&[u8]]) -> Option<Vec<Option<Field>>>) -> Option<Columns> {
    let all = SEPARATORS.into_iter().filter_map(|separator| {
        let spans = fields(line, separator).take(MOST);
        let heading: Vec<&[u8]> = spans.map(|span| line.get(span).unwrap_or_default()).collect();
        let mut fields = columns(&heading)?;
        while fields.last().is_some_and(Option::is_none) {
            fields.pop();
        }
        let has = |field| fields.contains(&Some(field));
        let whole = has(Field::Source) && has(Field::Destination) && has(Field::Bytes);
        (whole && (has(Field::Start) || has(Field::End))).then_some(Columns { separator, fields })
    });
    all.max_by_key(Columns::known)
}

/// Of several columns for the same the first counts.
fn first_of_each(all: impl Iterator<Item = Option<Field>>) -> Option<Vec<Option<Field>>> {
    let mut fields: Vec<Option<Field>> = Vec::new();
    for field in all {
        fields.push(field.filter(|_| !fields.contains(&field)));
    }
    Some(fields)
}

/// Whether columns are named by their numbers, as in logs without a heading.
pub(super) fn by_number(names: &LogColumns) -> bool {
    given(names).all(|(_, name)| name.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The names that were given.
pub fn given(names: &LogColumns) -> impl Iterator<Item = (Field, &str)> {
    Field::ALL.into_iter().map(|field| (field, name_of(names, field))).filter(|(_, name)| !name.is_empty())
}

/// What a field's column is called; empty where that wasn't said.
pub fn name_of(names: &LogColumns, field: Field) -> &str {
    match field {
        Field::Source => &names.source,
        Field::Destination => &names.destination,
        Field::SourcePort => &names.source_port,
        Field::DestinationPort => &names.destination_port,
        Field::Bytes => &names.bytes,
        Field::BytesBack => &names.bytes_back,
        Field::Start => &names.start,
        Field::End => &names.end,
        Field::Duration => &names.duration,
        Field::Flows => &names.flows,
        Field::Sampling => &names.sampling,
    }
}

/// Says what a field's column is called.
pub fn set_name(names: &mut LogColumns, field: Field, name: String) {
    let place = match field {
        Field::Source => &mut names.source,
        Field::Destination => &mut names.destination,
        Field::SourcePort => &mut names.source_port,
        Field::DestinationPort => &mut names.destination_port,
        Field::Bytes => &mut names.bytes,
        Field::BytesBack => &mut names.bytes_back,
        Field::Start => &mut names.start,
        Field::End => &mut names.end,
        Field::Duration => &mut names.duration,
        Field::Flows => &mut names.flows,
        Field::Sampling => &mut names.sampling,
    };
    *place = name;
}

/// What a naming lacks to be read by: an address, bytes, or any time.
pub fn lacks(names: &LogColumns) -> Option<Field> {
    let without = |field| name_of(names, field).is_empty();
    let needed = [Field::Source, Field::Destination, Field::Bytes].into_iter().find(|field| without(*field));
    needed.or_else(|| (without(Field::Start) && without(Field::End)).then_some(Field::Start))
}

/// The names in a heading: what the columns of a log may be called.
pub fn headings(line: &str) -> Vec<String> {
    let bytes = line.as_bytes();
    let count = |separator: u8| bytes.iter().filter(|byte| **byte == separator).count();
    let separator = SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',');
    let names = fields(bytes, separator).take(MOST).filter_map(|span| line.get(span)).map(str::to_owned);
    names.filter(|name| !name.is_empty()).collect()
}

/// What a naming by numbers chooses from, in a log whose first line is data: each column with what stands in it.
pub fn values(line: &str) -> Vec<String> {
    let bytes = line.as_bytes();
    let count = |separator: u8| bytes.iter().filter(|byte| **byte == separator).count();
    let separator = SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',');
    fields(bytes, separator).take(MOST).map(|span| line.get(span).unwrap_or_default().to_owned()).collect()
}

/// What the columns of a heading probably hold, by what others call them: a proposal.
pub fn propose(line: &str) -> LogColumns {
    let mut names = LogColumns::default();
    for heading in headings(line) {
        let plain = plain(heading.as_bytes());
        if let Some((_, field)) = GUESSES.iter().find(|(known, _)| *known == plain)
            && name_of(&names, *field).is_empty()
        {
            set_name(&mut names, *field, heading);
        }
    }
    names
}

/// A name in small letters and digits, without the zone that the portal puts behind times.
fn plain(name: &[u8]) -> String {
    let name = name.strip_suffix(b"[UTC]").unwrap_or(name);
    let letters = name.iter().filter(|byte| byte.is_ascii_alphanumeric());
    letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

fn same(name: &[u8], wanted: &str) -> bool {
    name.eq_ignore_ascii_case(wanted.trim().as_bytes())
}

/// The values of a line, without quotes and blanks around them.
pub(super) fn fields(line: &[u8], separator: u8) -> impl Iterator<Item = Range<usize>> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let mut end = start;
        let mut quoted = false;
        while let Some(byte) = line.get(end) {
            if *byte == b'"' {
                quoted = !quoted;
            } else if *byte == separator && !quoted {
                break;
            }
            end += 1;
        }
        next = (end < line.len()).then_some(end + 1);
        let around = |byte: &u8| matches!(byte, b' ' | b'\t' | b'"' | b'\r');
        let (mut from, mut to) = (start, end);
        while from < to && line.get(from).is_some_and(around) {
            from += 1;
        }
        while to > from && line.get(to - 1).is_some_and(around) {
            to -= 1;
        }
        Some(from..to)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::flows::{collector, nfdump};

    #[test]
    fn headings_by_their_names() {
        let nfdump = |line: &str| {
            let super::super::format::Shape::Csv(names) = &nfdump::FORMAT.shape else { return None };
            Columns::of_format(line.as_bytes(), names)
        };
        let v16 = nfdump("ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out,sas").unwrap();
        assert_eq!((v16.known(), v16.fields.len()), (9, 15));
        assert!(nfdump("firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows").is_some());
        assert_eq!(nfdump("flows,bytes,packets,avg_bps,avg_pps,avg_bpp"), None, "its own summary");
        let portal = "\"FlowRecordTime [UTC]\",SourceIp,DestinationIp,NumberOfBytes";
        assert!(Columns::of_format(portal.as_bytes(), &collector::COLUMNS).is_some());
    }

    #[test]
    fn columns_are_named_by_name_and_by_number() {
        let mut names = propose("Src IP;Dst IP;Octets;When;note");
        assert_eq!((names.source.as_str(), names.bytes.as_str(), names.start.as_str()), ("Src IP", "Octets", ""));
        assert_eq!(lacks(&names), Some(Field::Start));
        names.start = "when".to_owned();
        assert_eq!(lacks(&names), None);
        let columns = Columns::of_names(b"Src IP;Dst IP;Octets;When;note", &names).unwrap();
        assert_eq!((columns.separator, columns.fields.len()), (b';', 4));
        assert_eq!(Columns::of_names(b"Src IP;Dst IP;Bytes;When", &names), None);
        let numbers = LogColumns {
            source: "1".into(),
            destination: "2".into(),
            bytes: "4".into(),
            end: "3".into(),
            ..LogColumns::default()
        };
        assert!(by_number(&numbers) && Columns::of_names(b"a,b,c,d,e", &numbers).is_some());
        assert_eq!(Columns::of_names(b"a,b,c", &numbers), None, "there is no fourth");
    }
}
