//! Routes as CSV with a heading, separated by commas, semicolons or tabs, quoted or not.
//!
//! ```text
//! Prefix,Next Hop,AS Path,Local Pref,MED,Communities,Best
//! 198.51.100.0/24,192.0.2.9,64701 64702,100,0,"64701:100 12076:51004",true
//! ```
//! Columns are known by their names, whatever their order; those with other names are passed over.

use super::address::{AnyAddress, AnyPrefix, address_and_length, judge, mask_length, scan_v4};
use super::as_path;
use super::communities::communities;
use super::fault::{Expected, FaultCode, Severity, quote};
use super::format::{Definition, Kind};
use super::lines::{Line, LineReader, Rows, is_bare_noise, is_noise};
use super::mark::{Choice, Mark};
use super::reading::Draft;
use super::tables::Tables;
use crate::plan::{Attributes, Origin, Protocol, Stage};
use std::ops::Range;

pub(crate) static FORMAT: Definition = Definition {
    name: "csv",
    title: "CSV with a heading",
    kind: Kind::Either,
    stage: Stage::Offered,
    recognise: |sample| {
        // The heading stands near the beginning, if not at it.
        let lines = sample.separated_lines();
        let heading = lines.iter().take(10).find_map(|line| Some((line, Heading::of(line)?)));
        let (line, heading) = heading?;
        let known = heading.columns.iter().flatten().count();
        let confidence = match known {
            0 | 1 => 55,
            2 => 78,
            _ => 86,
        };
        Some((confidence, super::Reason::Heading { heading: quote(line.trim()) }))
    },
    open: |text| Box::new(LineReader::with_tabs(text, Csv::default())),
};

/// What a column holds.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Column {
    Prefix,
    Mask,
    NextHop,
    AsPath,
    LocalPreference,
    Med,
    Weight,
    Origin,
    Communities,
    Protocol,
    Distance,
    Best,
    Table,
}

/// The names of columns in small letters, without anything but letters and digits.
static NAMES: [(&str, Column); 58] = [
    ("prefix", Column::Prefix),
    ("network", Column::Prefix),
    ("destination", Column::Prefix),
    ("destinationprefix", Column::Prefix),
    ("destinationnetwork", Column::Prefix),
    ("addressprefix", Column::Prefix),
    ("ipprefix", Column::Prefix),
    ("route", Column::Prefix),
    ("cidr", Column::Prefix),
    ("subnet", Column::Prefix),
    ("iprange", Column::Prefix),
    ("addressrange", Column::Prefix),
    ("ipaddress", Column::Prefix),
    ("address", Column::Prefix),
    ("mask", Column::Mask),
    ("netmask", Column::Mask),
    ("subnetmask", Column::Mask),
    ("length", Column::Mask),
    ("prefixlength", Column::Mask),
    ("masklength", Column::Mask),
    ("nexthop", Column::NextHop),
    ("nexthopip", Column::NextHop),
    ("nexthopipaddress", Column::NextHop),
    ("nexthopaddress", Column::NextHop),
    ("gateway", Column::NextHop),
    ("via", Column::NextHop),
    ("aspath", Column::AsPath),
    ("path", Column::AsPath),
    ("asnpath", Column::AsPath),
    ("localpref", Column::LocalPreference),
    ("localpreference", Column::LocalPreference),
    ("locpref", Column::LocalPreference),
    ("locprf", Column::LocalPreference),
    ("lp", Column::LocalPreference),
    ("med", Column::Med),
    ("metric", Column::Med),
    ("multiexitdisc", Column::Med),
    ("weight", Column::Weight),
    ("origin", Column::Origin),
    ("origincode", Column::Origin),
    ("community", Column::Communities),
    ("communities", Column::Communities),
    ("bgpcommunities", Column::Communities),
    ("protocol", Column::Protocol),
    ("routetype", Column::Protocol),
    ("routesource", Column::Protocol),
    ("distance", Column::Distance),
    ("ad", Column::Distance),
    ("admindistance", Column::Distance),
    ("administrativedistance", Column::Distance),
    ("preference", Column::Distance),
    ("best", Column::Best),
    ("active", Column::Best),
    ("selected", Column::Best),
    ("bestpath", Column::Best),
    ("vrf", Column::Table),
    ("routingtable", Column::Table),
    ("routinginstance", Column::Table),
];

/// The columns of a heading, and what separates them.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Heading {
    separator: u8,
    columns: Vec<Option<Column>>,
}

impl Heading {
    /// The heading with the separator by which most of its names are known; one of them is a prefix's.
    fn of(line: &str) -> Option<Self> {
        let best = [b',', b';', b'\t'].into_iter().filter_map(|separator| {
            if !line.as_bytes().contains(&separator) {
                return None;
            }
            let mut columns: Vec<Option<Column>> = Vec::new();
            for field in fields(line, separator) {
                let named = name(line.get(field).unwrap_or_default());
                // Of two columns for the same thing the first counts.
                columns.push(named.filter(|column| !columns.contains(&Some(*column))));
            }
            columns.contains(&Some(Column::Prefix)).then_some(Self { separator, columns })
        });
        best.max_by_key(|heading| heading.columns.iter().flatten().count())
    }
}

fn name(field: &str) -> Option<Column> {
    let plain: String =
        field.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    NAMES.iter().find(|(name, _)| *name == plain).map(|(_, column)| *column)
}

/// The fields of a line, without quotes and blanks around them.
fn fields(line: &str, separator: u8) -> impl Iterator<Item = Range<usize>> {
    let bytes = line.as_bytes();
    let mut at = Some(0);
    std::iter::from_fn(move || {
        let start = at?;
        let mut end = start;
        let mut quoted = false;
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'"' => quoted = !quoted,
                byte if *byte == separator && !quoted => break,
                _ => {}
            }
            end += 1;
        }
        at = (end < bytes.len()).then_some(end + 1);
        let is_around = |byte: &u8| matches!(byte, b' ' | b'\t' | b'"' | b'\'');
        let (mut from, mut to) = (start, end);
        while from < to && bytes.get(from).is_some_and(is_around) {
            from += 1;
        }
        while to > from && bytes.get(to - 1).is_some_and(is_around) {
            to -= 1;
        }
        Some(from..to)
    })
}

#[derive(Default)]
struct Csv {
    heading: Option<Heading>,
    tables: Tables,
}

impl Rows for Csv {
    fn line(&mut self, line: &Line<'_>, draft: &mut Draft) {
        // Rows have digits; only what has none may be a heading again.
        if (self.heading.is_none() || !line.text.bytes().any(|byte| byte.is_ascii_digit()))
            && let Some(heading) = Heading::of(line.text)
        {
            self.heading = Some(heading);
            return;
        }
        let Some(heading) = self.heading.take() else {
            // Exports have a title above, and PowerShell its types.
            if !is_noise(line.text) && !line.text.starts_with('#') {
                line.not_understood(draft);
            }
            return;
        };
        let says = !(line.text.starts_with('#') || is_bare_noise(line.text))
            && line.text.bytes().any(|byte| byte != heading.separator && byte != b' ');
        if says && self.row(line, &heading, draft).is_none() {
            draft.skipped = draft.skipped.saturating_add(1);
        }
        self.heading = Some(heading);
    }

    fn end(&mut self, draft: &mut Draft) {
        self.tables.close(draft);
    }
}

impl Csv {
    /// Reads a row; `None` where it has no prefix that can be read, of which a fault says why.
    fn row(&mut self, line: &Line<'_>, heading: &Heading, draft: &mut Draft) -> Option<()> {
        let text = line.text;
        let mut attributes = Attributes::default();
        let mut mark = Mark::default();
        let mut network: Option<Range<usize>> = None;
        let mut mask = None;
        let mut table = "";
        for (column, span) in heading.columns.iter().zip(fields(text, heading.separator)) {
            let value = text.get(span.clone()).unwrap_or_default();
            let Some(column) = column else { continue };
            match column {
                Column::Prefix => network = Some(span),
                _ if value.is_empty() || value == "-" => {}
                Column::Mask => mask = Some(span),
                Column::Table => table = value,
                _ => {
                    if let Err((name, expected)) = read_value(*column, value, &mut attributes, &mut mark) {
                        let code = FaultCode::BadValue { name: name.to_owned(), value: quote(value), expected };
                        draft.fault(Severity::Error, line.span(span), || (code, None));
                    }
                }
            }
        }
        let Some(network) = network else {
            draft
                .fault(Severity::Error, line.whole(), || (FaultCode::NotAnAddress { token: String::new() }, None));
            return None;
        };
        let prefix = read_prefix(line, network.clone(), mask, draft)?;
        if attributes.protocol.is_some_and(|protocol| protocol != Protocol::Bgp) {
            mark.metric = attributes.med.take();
        }
        if !table.is_empty() {
            self.tables.begin(table, line.whole().start, draft);
        }
        let attributes = draft.intern(attributes);
        if mark == Mark::default() {
            let (v4, v6) = (draft.v4.len(), draft.v6.len());
            draft.add(prefix, line.place(network.start));
            draft.set_attributes(v4, v6, attributes);
        } else {
            draft.add_route(prefix, line.place(network.start), attributes, mark);
        }
        Some(())
    }
}

fn read_prefix(
    line: &Line<'_>,
    network: Range<usize>,
    mask: Option<Range<usize>>,
    draft: &mut Draft,
) -> Option<AnyPrefix> {
    let word = line.text.get(network.clone()).unwrap_or_default();
    let (address, mut length) = match address_and_length(word) {
        Ok(read) => read,
        Err(problem) => {
            line.problem(network.start, problem, draft);
            return None;
        }
    };
    if let (None, Some(mask)) = (length, mask) {
        let given = line.text.get(mask.clone()).unwrap_or_default();
        let given = given.strip_prefix('/').unwrap_or(given);
        let limit = if matches!(address, AnyAddress::V4(_)) { 32 } else { 128 };
        let dotted = scan_v4(given.as_bytes()).filter(|(_, end)| *end == given.len());
        length = match dotted {
            Some((mask, _)) => mask_length(mask),
            None => given.parse::<u8>().ok().filter(|length| *length <= limit),
        };
        if length.is_none() {
            let given = quote(given);
            let code = if dotted.is_some() {
                FaultCode::MaskNotContiguous { mask: given }
            } else {
                FaultCode::NotALength { given, limit }
            };
            draft.fault(Severity::Error, line.span(mask), || (code, None));
            return None;
        }
    }
    let (prefix, warning) = judge(address, length, word);
    if let Some(warning) = warning {
        line.problem(network.start, warning, draft);
    }
    Some(prefix)
}

/// Reads a value that isn't empty; else the column's name and what it takes.
fn read_value(
    column: Column,
    value: &str,
    attributes: &mut Attributes,
    mark: &mut Mark,
) -> Result<(), (&'static str, Expected)> {
    let up_to = |to| Expected::Number { from: 0, to };
    let number = |name| value.parse::<u32>().map_err(|_| (name, up_to(u32::MAX)));
    match column {
        Column::NextHop => {
            // Interfaces and words for "here" are no address.
            attributes.next_hop = value.parse().ok();
        }
        Column::AsPath => {
            let (path, letter) = match value.rsplit_once(' ') {
                Some((path, letter)) if as_path::origin(letter).is_some() => (path, Some(letter)),
                _ if as_path::origin(value).is_some() => ("", Some(value)),
                _ => (value, None),
            };
            let scanned = as_path::scan(path);
            if scanned.end != path.len() {
                return Err(("AS path", Expected::AsPath));
            }
            mark.cut = scanned.cut;
            attributes.as_path = Some(scanned.path);
            attributes.origin = attributes.origin.or(letter.and_then(as_path::origin));
        }
        Column::LocalPreference => attributes.local_preference = Some(number("local preference")?),
        Column::Med => attributes.med = Some(number("MED")?),
        Column::Weight => attributes.weight = Some(number("weight")?),
        Column::Distance => {
            attributes.distance = Some(value.parse().map_err(|_| ("distance", up_to(255)))?);
        }
        Column::Communities => attributes.communities = communities(value),
        Column::Origin => {
            attributes.origin = Some(match value.to_ascii_lowercase().as_str() {
                "igp" | "i" => Origin::Igp,
                "egp" | "e" => Origin::Egp,
                "incomplete" | "?" => Origin::Incomplete,
                _ => return Err(("origin", Expected::Origin)),
            });
        }
        Column::Protocol => {
            attributes.protocol = Some(match value.to_ascii_lowercase().as_str() {
                word if word.contains("bgp") => Protocol::Bgp,
                "static" | "s" | "user" | "kernel" => Protocol::Static,
                "igp" | "ospf" | "ospfv3" | "isis" | "is-is" | "eigrp" | "rip" => Protocol::Igp,
                _ => return Err(("protocol", Expected::Protocol)),
            });
        }
        Column::Best => {
            let best = matches!(
                value.to_ascii_lowercase().as_str(),
                "true" | "yes" | "y" | "1" | "*" | ">" | "*>" | "best"
            );
            mark.choice = Some(if best { Choice::Best } else { Choice::Valid });
        }
        Column::Prefix | Column::Mask | Column::Table => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_without_what_is_around_them() {
        let line = r#" a ,"b, c",, "d" ,e"#;
        let all: Vec<&str> = fields(line, b',').map(|span| &line[span]).collect();
        assert_eq!(all, ["a", "b, c", "", "d", "e"]);
        assert_eq!(fields("", b',').count(), 1);
        assert_eq!(fields("a;", b';').count(), 2);
    }

    #[test]
    fn headings_by_their_names() {
        let heading = Heading::of("\"Address Prefix\";Next-Hop;as_path;what").unwrap();
        assert_eq!(heading.separator, b';');
        let columns = [Some(Column::Prefix), Some(Column::NextHop), Some(Column::AsPath), None];
        assert_eq!(heading.columns, columns);
        assert_eq!(Heading::of("name,value"), None);
        assert_eq!(Heading::of("prefix"), None);
    }
}
