//! The reader of BGP tables in columns: one for all devices, told by a [`Dialect`] where they differ.

use super::furniture::is_furniture;
use super::heading::Heading;
use super::row::{self, Network};
use crate::intake::address::{AnyAddress, AnyPrefix, address_and_length, class_length, judge};
use crate::intake::fault::{FaultCode, Severity, quote};
use crate::intake::lines::{Line, Rows, words};
use crate::intake::mark::{Choice, Mark, Via};
use crate::intake::memo::Memo;
use crate::intake::reading::Draft;
use crate::intake::tables::Tables;
use std::ops::Range;

/// Where the devices differ.
pub(crate) struct Dialect {
    /// The heading that the device prints, for tables that have lost theirs.
    pub(super) heading: &'static str,
    /// The letters and signs of its status codes, blanks among them.
    pub(super) status: &'static [u8],
    /// The codes that stand right before a prefix, without a blank.
    pub(super) glued: &'static [u8],
    /// Empty numbers are dashes, and everything stands in its order; else numbers are known by their place.
    pub(super) dashes: bool,
    /// A network without a length has that of its class.
    pub(super) classful: bool,
    /// What the codes before a row say.
    pub(super) mark: fn(&str) -> Mark,
    /// Whether codes are likely this device's, for tables that have lost their heading.
    pub(super) is_row: fn(&str) -> bool,
}

impl Dialect {
    /// Whether this may be a status code.
    pub(super) fn is_status(&self, byte: u8) -> bool {
        self.status.contains(&byte)
    }

    /// Whether this code stands right before a prefix.
    pub(super) fn glues(&self, byte: u8) -> bool {
        self.glued.contains(&byte)
    }
}

/// Reads a BGP table.
pub(super) struct BgpTable {
    dialect: &'static Dialect,
    heading: Option<Heading>,
    tables: Tables,
    /// The prefix that rows without one go on with.
    prefix: Option<(AnyPrefix, usize)>,
    /// A prefix that is due its row: it was too long for its column.
    pending: Option<Pending>,
    legend: bool,
    tails: Memo<Known>,
}

/// A row of which only the beginning is known.
struct Pending {
    mark: Mark,
    span: Range<usize>,
    /// The next hop, where that is known already.
    hop: Option<AnyAddress>,
}

/// What a tail came to.
#[derive(Copy, Clone)]
struct Known {
    attributes: u32,
    own: bool,
    confederation: bool,
}

impl BgpTable {
    pub(super) fn new(dialect: &'static Dialect) -> Self {
        Self {
            dialect,
            heading: None,
            tables: Tables::default(),
            prefix: None,
            pending: None,
            legend: false,
            tails: Memo::default(),
        }
    }

    /// Reads a line as a row; whether it is one.
    fn row(&mut self, line: &Line<'_>, draft: &mut Draft) -> bool {
        let text = line.text;
        let Some(heading) = self.heading.or_else(|| self.assumed(text)) else { return false };
        match row::network(text, &heading, self.dialect) {
            None => false,
            Some(Network::Above(column)) => self.row_below(line, &heading, column, draft),
            Some(Network::Prefix(column)) => {
                self.close_pending(draft);
                if column != heading.network || self.heading.is_none() {
                    if self.heading.is_none() {
                        draft.fault(Severity::Warning, line.whole(), || (FaultCode::NoHeading, None));
                    }
                    self.heading = Some(heading.moved_to(column));
                    self.tails.clear();
                }
                self.row_with_prefix(line, &heading.moved_to(column), column, draft);
                true
            }
        }
    }

    /// Where the columns usually are, where a row shows where they begin.
    fn assumed(&self, text: &str) -> Option<Heading> {
        let column = row::find_prefix(text, self.dialect)?;
        Some(Heading::of(self.dialect.heading)?.moved_to(column))
    }

    fn row_with_prefix(&mut self, line: &Line<'_>, heading: &Heading, column: usize, draft: &mut Draft) {
        let text = line.text;
        let rest = text.get(column..).unwrap_or_default();
        let length = rest.bytes().position(|byte| byte == b' ').unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        let mark = (self.dialect.mark)(text.get(..column).unwrap_or_default());
        self.prefix = self.read_prefix(line, column, word, draft);
        let behind = column + length;
        if text.len() == behind {
            self.pending = Some(Pending { mark, span: line.span(column..behind), hop: None });
            return;
        }
        self.behind(line, behind, heading, mark, draft);
    }

    fn read_prefix(
        &self,
        line: &Line<'_>,
        column: usize,
        word: &str,
        draft: &mut Draft,
    ) -> Option<(AnyPrefix, usize)> {
        let at = line.place(column);
        let (address, length) = match address_and_length(word) {
            Ok(read) => read,
            Err(problem) => {
                line.problem(column, problem, draft);
                return None;
            }
        };
        let length = match (length, address) {
            (None, AnyAddress::V4(address)) if self.dialect.classful => Some(class_length(address)),
            (None, _) => {
                let limit = if matches!(address, AnyAddress::V4(_)) { 32 } else { 128 };
                let code = FaultCode::NotALength { given: String::new(), limit };
                draft.fault(Severity::Error, line.span(column..column + word.len()), || (code, None));
                return None;
            }
            (length, _) => length,
        };
        let (prefix, warning) = judge(address, length, word);
        if let Some(warning) = warning {
            line.problem(column, warning, draft);
        }
        Some((prefix, at))
    }

    /// A row without a prefix: it goes on with the one above, or is the rest of a row that was too long.
    fn row_below(&mut self, line: &Line<'_>, heading: &Heading, column: usize, draft: &mut Draft) -> bool {
        let text = line.text;
        let codes = text.get(..column).unwrap_or_default();
        let Some((at, word)) = words(text.get(column..).unwrap_or_default()).next() else { return false };
        let wrapped = codes.bytes().all(|byte| byte == b' ');
        if let Some(pending) = &self.pending
            && wrapped
        {
            let mark = pending.mark;
            if let Some(hop) = pending.hop {
                // Only numbers and the path are left.
                if word.bytes().all(|byte| byte.is_ascii_digit()) {
                    self.pending = None;
                    self.add(line, column, Some(hop), heading, mark, draft);
                    return true;
                }
            } else if row::next_hop(word, self.dialect).is_some() {
                let span = pending.span.clone();
                self.pending = None;
                if column + at + word.len() == text.len() {
                    let hop = row::next_hop(word, self.dialect).flatten();
                    self.pending = Some(Pending { mark, span, hop });
                    return true;
                }
                self.behind(line, column, heading, mark, draft);
                return true;
            }
            return false;
        }
        if row::next_hop(word, self.dialect).is_none() || (wrapped && codes.len() < 2) {
            return false;
        }
        // A legend's line has words there, a row its next hop.
        self.close_pending(draft);
        let mark = (self.dialect.mark)(codes);
        if column + at + word.len() == text.len() {
            let hop = row::next_hop(word, self.dialect).flatten();
            self.pending = Some(Pending { mark, span: line.whole(), hop });
            return true;
        }
        self.behind(line, column, heading, mark, draft);
        true
    }

    /// The next hop and all behind it, which begin behind this column.
    fn behind(&mut self, line: &Line<'_>, column: usize, heading: &Heading, mark: Mark, draft: &mut Draft) {
        let text = line.text;
        let rest = text.get(column..).unwrap_or_default();
        let blanks = rest.bytes().position(|byte| byte != b' ').unwrap_or(rest.len());
        let (begin, piece) = (column + blanks, rest.get(blanks..).unwrap_or_default());
        if let Some(known) = self.tails.get(piece, begin) {
            return self.add_known(line, known, false, mark, draft);
        }
        let length = piece.bytes().position(|byte| byte == b' ').unwrap_or(piece.len());
        let word = piece.get(..length).unwrap_or_default();
        let Some(hop) = row::next_hop(word, self.dialect) else {
            let code = FaultCode::BadValue {
                name: "next hop".to_owned(),
                value: quote(word),
                expected: crate::intake::Expected::Address,
            };
            draft.skipped = draft.skipped.saturating_add(1);
            return draft.fault(Severity::Error, line.span(begin..begin + length), || (code, None));
        };
        if begin + length == text.len() {
            self.pending = Some(Pending { mark, span: line.whole(), hop });
            return;
        }
        let before = draft.faults.total();
        if let Some(known) = self.add(line, begin + length, hop, heading, mark, draft)
            && draft.faults.total() == before
        {
            self.tails.put(piece, begin, known);
        }
    }

    /// Reads what stands behind the next hop and adds the route.
    fn add(
        &mut self,
        line: &Line<'_>,
        from: usize,
        hop: Option<AnyAddress>,
        heading: &Heading,
        mark: Mark,
        draft: &mut Draft,
    ) -> Option<Known> {
        match row::tail(line.text, from, hop, heading, self.dialect) {
            Ok(tail) => {
                if tail.cut {
                    let path = quote(line.text.get(from..).unwrap_or_default().trim());
                    let span = line.span(from..line.text.len());
                    draft.fault(Severity::Warning, span, || (FaultCode::PathCut { path }, None));
                }
                let attributes = draft.intern(tail.attributes);
                let known = Known { attributes, own: tail.own, confederation: tail.confederation };
                self.add_known(line, known, tail.cut, mark, draft);
                Some(known)
            }
            Err((code, columns)) => {
                draft.skipped = draft.skipped.saturating_add(1);
                draft.fault(Severity::Error, line.span(columns), || (code, None));
                None
            }
        }
    }

    fn add_known(&mut self, line: &Line<'_>, known: Known, cut: bool, mut mark: Mark, draft: &mut Draft) {
        let Some((prefix, at)) = self.prefix else {
            draft.skipped = draft.skipped.saturating_add(1);
            let text = quote(line.text.trim_start());
            return draft.fault(Severity::Error, line.whole(), || (FaultCode::NoPrefixAbove { line: text }, None));
        };
        mark.cut = cut;
        if known.own {
            mark.via = Some(Via::Own);
        } else if known.confederation && mark.via == Some(Via::External) {
            mark.via = Some(Via::Confederation);
        }
        draft.add_route(prefix, at, known.attributes, mark);
    }

    fn close_pending(&mut self, draft: &mut Draft) {
        if let Some(pending) = self.pending.take()
            && let Some((prefix, _)) = self.prefix
        {
            draft.skipped = draft.skipped.saturating_add(1);
            let prefix = match prefix {
                AnyPrefix::V4(prefix) => prefix.to_string(),
                AnyPrefix::V6(prefix) => prefix.to_string(),
            };
            draft.fault(Severity::Error, pending.span, || (FaultCode::NoRowBelow { prefix }, None));
        }
    }
}

impl Rows for BgpTable {
    fn blank(&mut self, _draft: &mut Draft) {
        self.legend = false;
    }

    fn line(&mut self, line: &Line<'_>, draft: &mut Draft) {
        if self.row(line, draft) {
            self.legend = false;
            return;
        }
        if let Some(heading) = Heading::of(line.text) {
            self.close_pending(draft);
            if self.heading != Some(heading) {
                self.tails.clear();
            }
            self.heading = Some(heading);
            self.prefix = None;
            self.legend = false;
            return;
        }
        if !is_furniture(line, &mut self.tables, &mut self.legend, draft) {
            line.not_understood(draft);
        }
    }

    fn end(&mut self, draft: &mut Draft) {
        self.close_pending(draft);
        self.tables.close(draft);
    }
}

/// Whether a row can be used, by the codes of which one must stand and those of which none may.
pub(super) fn choice(codes: &str, usable: &[char], unusable: &[char]) -> Choice {
    let has = |signs: &[char]| codes.contains(signs);
    if has(unusable) || !has(usable) { Choice::Unusable } else { Choice::Valid }
}
