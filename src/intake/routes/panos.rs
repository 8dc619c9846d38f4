//! Palo Alto PAN-OS: `show routing route`.
//!
//! ```text
//! VIRTUAL ROUTER: default (id 1)
//!   ==========
//! destination         nexthop           metric flags      age   interface          next-AS
//! 0.0.0.0/0           192.0.2.9                A?B        121661                    64701
//! 10.0.0.0/8          discard           10     A S
//! 10.1.0.0/24         10.1.0.1          0      A C              ethernet1/2
//! ```
//! `A` marks the routes in use. A next AS of 0 is a neighbour in the same AS.

use crate::intake::address::{AnyPrefix, address, prefix};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::{Line, LineReader, Rows, is_noise, words};
use crate::intake::mark::{Choice, Mark, Via};
use crate::intake::reading::Draft;
use crate::intake::recognise::by_rows;
use crate::intake::tables::Tables;
use crate::plan::{Attributes, Protocol, Stage};

pub(crate) static FORMAT: Definition = Definition {
    name: "panos-route",
    title: "show routing route (PAN-OS)",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let own = |line: &str| {
            router(line).is_some()
                || is_heading(line)
                || line.starts_with("flags: A:active")
                || line.starts_with("total routes shown:")
        };
        if let Some(reason) = sample.line(own) {
            return Some((94, reason));
        }
        by_rows(sample.rows(|line| row(line).is_some()))
    },
    open: |text| Box::new(LineReader::new(text, Table::default())),
};

/// The virtual router whose table begins.
fn router(line: &str) -> Option<&str> {
    line.strip_prefix("VIRTUAL ROUTER: ")?.split(" (id").next().map(str::trim)
}

fn is_heading(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("destination ") && line.contains(" nexthop ") && line.contains(" flags ")
}

/// A row taken apart.
struct Row<'a> {
    at: usize,
    prefix: &'a str,
    attributes: Attributes,
    mark: Mark,
}

fn row(line: &str) -> Option<Row<'_>> {
    let mut all = words(line).peekable();
    let (at, word) = all.next().filter(|(_, word)| word.contains('/'))?;
    prefix(word).ok()?;
    let (_, hop) = all.next()?;
    let number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let metric = all.next_if(|(_, word)| number(word)).and_then(|(_, word)| word.parse().ok());
    let mut flags = String::new();
    while let Some((_, word)) = all.next_if(|(_, word)| is_flags(word)) {
        flags.push_str(word);
    }
    if flags.is_empty() {
        return None;
    }
    // Age, interface, and the next AS at the end.
    let rest: Vec<&str> = all.map(|(_, word)| word).collect();
    let next_as = match rest.as_slice() {
        [.., last] if rest.len() >= 2 && number(last) => last.parse::<u32>().ok(),
        _ => None,
    };
    let mut attributes = Attributes {
        next_hop: address(hop)
            .and_then(|_| hop.parse().ok())
            .filter(|hop: &std::net::IpAddr| !hop.is_unspecified()),
        ..Attributes::default()
    };
    let has = |flag: char| flags.contains(flag);
    let choice = if has('A') { Choice::Best } else { Choice::Valid };
    let mut mark = Mark { choice: Some(choice), ..Mark::default() };
    attributes.protocol = Some(if has('B') {
        attributes.med = metric;
        mark.via = next_as.map(|asn| if asn == 0 { Via::Internal } else { Via::External });
        Protocol::Bgp
    } else {
        mark.metric = metric;
        if has('C') || has('H') {
            mark.via = Some(Via::Connected);
            Protocol::Static
        } else if has('O') || has('R') {
            Protocol::Igp
        } else {
            Protocol::Static
        }
    });
    if hop == "discard" || hop == "reject" {
        mark.via = Some(Via::Own);
    }
    Some(Row { at, prefix: word, attributes, mark })
}

/// `A`, `A?B`, `S`, `Oi`, `E`: at least one capital, nothing but flags.
fn is_flags(word: &str) -> bool {
    word.len() <= 8
        && word.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'~')
        && word.bytes().all(|byte| b"A?CHS~RBOEMio12".contains(&byte))
}

#[derive(Default)]
struct Table {
    tables: Tables,
    last: Option<AnyPrefix>,
}

impl Rows for Table {
    fn line(&mut self, line: &Line<'_>, draft: &mut Draft) {
        let text = line.text.trim_start();
        if let Some(mut row) = row(line.text) {
            let Ok((prefix, warning)) = prefix(row.prefix) else { return };
            if let Some(warning) = warning {
                line.problem(row.at, warning, draft);
            }
            // Several ways stand one below the other, each with its prefix.
            if self.last == Some(prefix) && row.mark.choice == Some(Choice::Best) {
                row.mark.choice = Some(Choice::Multipath);
            }
            self.last = Some(prefix);
            let attributes = draft.intern(row.attributes);
            return draft.add_route(prefix, line.place(row.at), attributes, row.mark);
        }
        if let Some(name) = router(text) {
            self.last = None;
            return self.tables.begin(name, line.whole().start, draft);
        }
        let legend = text.starts_with("flags:") || text.starts_with("Oi:ospf") || text.starts_with("o1:ospf");
        if !(is_heading(text) || legend || text.starts_with("total routes shown:") || is_noise(text)) {
            line.not_understood(draft);
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        self.tables.close(draft);
    }
}
