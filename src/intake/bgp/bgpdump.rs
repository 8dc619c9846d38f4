//! `bgpdump -m` lines, of route collectors' tables and updates.
//!
//! ```text
//! TABLE_DUMP2|1700000000|B|192.0.2.9|64701|198.51.100.0/24|64701 64702|IGP|192.0.2.9|0|0|64701:100|NAG||
//! BGP4MP|1700000000|A|192.0.2.9|64701|198.51.100.0/24|64701 64702|IGP|192.0.2.9|0|0||NAG||
//! ```
//! Kind, time, what (`B`: in the table, `A`: announced), peer, its AS, prefix, path, origin, next hop, local preference,
//! MED, communities. A local preference of 0 is one that isn't there.

use crate::intake::address::{AnyPrefix, prefix};
use crate::intake::as_path;
use crate::intake::communities::communities;
use crate::intake::fault::{Expected, FaultCode, Severity, quote};
use crate::intake::format::{Definition, Kind};
use crate::intake::lines::{Line, LineReader, Rows, is_noise};
use crate::intake::mark::Mark;
use crate::intake::memo::Memo;
use crate::intake::reading::Draft;
use crate::intake::recognise::by_rows;
use crate::intake::tables::Tables;
use crate::plan::{Attributes, Origin, Stage};
use std::ops::Range;

pub(crate) static FORMAT: Definition = Definition {
    name: "bgpdump",
    title: "bgpdump -m",
    kind: Kind::Routes,
    stage: Stage::Received,
    recognise: |sample| {
        let (confidence, reason) = by_rows(sample.rows(|line| is_row(line.trim_start())))?;
        Some((confidence + 20, reason))
    },
    open: |text| Box::new(LineReader::new(text, Dump::default())),
};

fn is_row(line: &str) -> bool {
    let mut fields = line.split('|');
    let kind = fields.next().is_some_and(|kind| kind.starts_with("TABLE_DUMP") || kind.starts_with("BGP4MP"));
    kind && matches!(fields.nth(1), Some("B" | "A" | "W" | "STATE"))
}

#[derive(Default)]
struct Dump {
    tables: Tables,
    tails: Memo<(u32, bool)>,
}

impl Rows for Dump {
    fn line(&mut self, line: &Line<'_>, draft: &mut Draft) {
        let text = line.text;
        let start = text.len() - text.trim_start().len();
        if !is_row(text.get(start..).unwrap_or_default()) {
            if !is_noise(text) {
                line.not_understood(draft);
            }
            return;
        }
        let mut at = start;
        for _ in 0..5 {
            at += text.get(at..).and_then(|rest| rest.find('|')).map_or(0, |length| length + 1);
        }
        let rest = text.get(at..).unwrap_or_default();
        let what = text.get(start..).and_then(|row| row.split('|').nth(2));
        if what == Some("STATE") {
            // A session went up or down.
            return;
        }
        let Some(length) = rest.find('|').filter(|_| what != Some("W")) else {
            // A withdrawal takes back what may stand anywhere above.
            return line.not_understood(draft);
        };
        let word = rest.get(..length).unwrap_or_default();
        let read = match prefix(word) {
            Ok((read, warning)) => {
                if let Some(warning) = warning {
                    line.problem(at, warning, draft);
                }
                read
            }
            Err(problem) => {
                draft.skipped = draft.skipped.saturating_add(1);
                return line.problem(at, problem, draft);
            }
        };
        self.route(line, at, read, at + length + 1, draft);
    }

    fn end(&mut self, draft: &mut Draft) {
        self.tables.close(draft);
    }
}

impl Dump {
    /// A route of which the path and all behind it begin at this column.
    fn route(&mut self, line: &Line<'_>, at: usize, prefix: AnyPrefix, from: usize, draft: &mut Draft) {
        let tail = line.text.get(from..).unwrap_or_default();
        let known = self.tails.get(tail, 0);
        let (attributes, cut) = match known {
            Some(known) => known,
            None => match read_tail(tail) {
                Ok((attributes, cut)) => {
                    let known = (draft.intern(attributes), cut);
                    self.tails.put(tail, 0, known);
                    known
                }
                Err((code, span)) => {
                    draft.skipped = draft.skipped.saturating_add(1);
                    let span = line.span(from + span.start..from + span.end);
                    return draft.fault(Severity::Error, span, || (code, None));
                }
            },
        };
        draft.add_route(prefix, line.place(at), attributes, Mark { cut, ..Mark::default() });
    }
}

/// Path, origin, next hop, local preference, MED, communities; whether the path is cut.
fn read_tail(tail: &str) -> Result<(Attributes, bool), (FaultCode, Range<usize>)> {
    let mut attributes = Attributes::default();
    let mut cut = false;
    let mut at = 0;
    for (index, field) in tail.split('|').enumerate() {
        let bad = |name: &str, expected| {
            let code = FaultCode::BadValue { name: name.to_owned(), value: quote(field), expected };
            (code, at..at + field.len())
        };
        let number = Expected::Number { from: 0, to: u32::MAX };
        match index {
            0 => {
                let scanned = as_path::scan(field);
                if scanned.end != field.len() {
                    return Err(bad("path", Expected::AsPath));
                }
                cut = scanned.cut;
                attributes.as_path = Some(scanned.path);
            }
            1 => {
                attributes.origin = Some(match field {
                    "IGP" => Origin::Igp,
                    "EGP" => Origin::Egp,
                    "INCOMPLETE" => Origin::Incomplete,
                    _ => return Err(bad("origin", Expected::Origin)),
                });
            }
            2 => match field.parse() {
                Ok(hop) => attributes.next_hop = Some(hop),
                Err(_) => return Err(bad("next hop", Expected::Address)),
            },
            3 if field.is_empty() => {}
            3 => match field.parse::<u32>() {
                Ok(value) => attributes.local_preference = Some(value).filter(|value| *value > 0),
                Err(_) => return Err(bad("local preference", number)),
            },
            4 if field.is_empty() => {}
            4 => match field.parse::<u32>() {
                Ok(value) => attributes.med = Some(value),
                Err(_) => return Err(bad("MED", number)),
            },
            5 => attributes.communities = communities(field),
            _ => {}
        }
        at += field.len() + 1;
    }
    Ok((attributes, cut))
}
