//! What stands in a plain list where a prefix is due: prefixes, addresses, ranges, netmasks.

use super::cursor::{dash, split_at_dash};
use super::{PlainReader, Tail, attributes};
use crate::intake::Fix;
use crate::intake::address::{
    AnyAddress, AnyPrefix, Problem, address, address_and_length, address_text, judge, mask_length, prefix,
    truncated,
};
use crate::intake::fault::{FaultCode, Severity, quote};
use crate::intake::reading::{Draft, offset};
use crate::space::{Prefix, Span};
use std::net::Ipv4Addr;

impl<'a> PlainReader<'a> {
    /// A word: a prefix, an attribute, or neither.
    pub(super) fn word(&mut self, draft: &mut Draft) {
        let start = self.cursor.at;
        let word = self.cursor.word();
        if word.is_empty() {
            // A sign that is no word and was not passed over: an `=` on its own.
            self.cursor.at += 1;
            return self.pass_over(draft, start, self.cursor.slice(start, start + 1));
        }
        if self.line.prefix_before
            && (self.lone_community(draft, start, word) || self.length_apart(draft, start, word))
        {
            return;
        }
        if word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            return self.address(draft, start, word);
        }
        if let Some(attribute) = attributes::named(word) {
            if !self.known_tail(draft, start) {
                self.attribute(draft, start, word, attribute);
            }
            return;
        }
        if word.eq_ignore_ascii_case("default") {
            self.begin_entry(draft, false);
            draft.add(AnyPrefix::V4(Prefix::ALL), start);
            let fix = Fix { span: offset(start)..offset(self.cursor.at), replacement: "0.0.0.0/0".to_owned() };
            return draft
                .fault(Severity::Warning, start..self.cursor.at, || (FaultCode::DefaultIsIpv4, Some(fix)));
        }
        match word.split_once(':') {
            Some((before, _)) if before.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                self.address(draft, start, word);
            }
            _ => self.pass_over(draft, start, word),
        }
    }

    /// A community without its name, behind a prefix: `192.0.2.0/24 12076:5010`. No address has this form.
    fn lone_community(&mut self, draft: &mut Draft, start: usize, word: &str) -> bool {
        let half = |half: &str| half.bytes().all(|byte| byte.is_ascii_digit()) && half.parse::<u16>().is_ok();
        if !word.split_once(':').is_some_and(|(asn, value)| half(asn) && half(value)) {
            return false;
        }
        draft.fault(Severity::Error, start..self.cursor.at, || {
            let span = offset(start)..offset(start + word.len());
            let fix = Fix { span, replacement: format!("community={word}") };
            (FaultCode::CommunityAlone { community: word.to_owned() }, Some(fix))
        });
        true
    }

    /// A length that a blank parts from its address: `192.0.2.0 /24`.
    fn length_apart(&mut self, draft: &mut Draft, start: usize, word: &str) -> bool {
        let digits = word.strip_prefix('/').unwrap_or_default();
        if !(1..=3).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let before = self.cursor.slice(self.line.start, start);
        let address = before.trim_end();
        let last = address.rsplit([' ', '\t', ',', ';']).next().unwrap_or_default();
        if crate::intake::address::address(last).is_none() {
            return false;
        }
        draft.fault(Severity::Error, start..self.cursor.at, || {
            let span = offset(self.line.start + address.len())..offset(start);
            let fix = Fix { span, replacement: String::new() };
            (FaultCode::LengthApart { address: quote(last), length: word.to_owned() }, Some(fix))
        });
        true
    }

    /// Takes attributes up to the line's end from an earlier line with the same ones.
    fn known_tail(&mut self, draft: &mut Draft, start: usize) -> bool {
        if self.group.values.any() || self.group.broken || self.line.tail.is_some() {
            return false;
        }
        if self.group.v4_from == draft.v4.len() && self.group.v6_from == draft.v6.len() {
            return false;
        }
        let near = self.cursor.bytes().get(start..).unwrap_or_default();
        let Some(length) = near.iter().take(super::MAX_TAIL).position(|byte| *byte == b'\n') else { return false };
        let end = start + length;
        match self.tails.get(self.cursor.slice(start, end)) {
            Some(&index) => {
                draft.set_attributes(self.group.v4_from, self.group.v6_from, index);
                self.group.v4_from = draft.v4.len();
                self.group.v6_from = draft.v6.len();
                self.cursor.at = end;
                true
            }
            None => {
                let (faults_before, entries_before) = (draft.faults.total(), draft.entries_read);
                self.line.tail = Some(Tail { start, end, faults_before, entries_before });
                false
            }
        }
    }

    /// Something that begins like an address.
    fn address(&mut self, draft: &mut Draft, start: usize, word: &'a str) {
        if let Some((first, last)) = split_at_dash(word) {
            if !last.is_empty() {
                return self.range(draft, start, first, last);
            }
            self.cursor.skip_blanks();
            let last = self.cursor.word();
            return self.range(draft, start, first, last);
        }
        // Most words have a length, or nothing behind them that could be a mask or a range.
        if self.followed_by_blank() {
            if let Some(last) = self.range_end() {
                return self.range(draft, start, word, last);
            }
            if let Some(AnyAddress::V4(bare)) = address(word)
                && let Some((mask, mask_word)) = self.mask()
            {
                return self.masked(draft, start, bare, mask, mask_word);
            }
        }
        match prefix(word) {
            Ok((prefix, warning)) => {
                self.begin_entry(draft, false);
                draft.add(prefix, start);
                if let Some(warning) = warning {
                    draft.problem(start, warning);
                }
            }
            Err(problem) => {
                self.begin_entry(draft, true);
                draft.problem(start, problem);
            }
        }
    }

    fn followed_by_blank(&self) -> bool {
        matches!(self.cursor.byte(), b' ' | b'\t' | 0x80..)
    }

    /// The word behind a dash that stands apart, if it begins like an address; passed over then.
    fn range_end(&mut self) -> Option<&'a str> {
        let mut ahead = self.cursor;
        ahead.skip_blanks();
        let text = ahead.text();
        ahead.at += dash(text.get(ahead.at..)?)?;
        ahead.skip_blanks();
        let last = ahead.word();
        let like_address = last.as_bytes().first().is_some_and(u8::is_ascii_digit)
            || last.split_once(':').is_some_and(|(hex, _)| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if !like_address {
            return None;
        }
        self.cursor = ahead;
        Some(last)
    }

    /// The netmask or wildcard mask behind an IPv4 address, if there is one; passed over then.
    fn mask(&mut self) -> Option<(u32, &'a str)> {
        let mut ahead = self.cursor;
        ahead.skip_blanks();
        let mut word = ahead.word();
        let named = word.eq_ignore_ascii_case("mask") || word.eq_ignore_ascii_case("netmask");
        if named {
            ahead.skip_blanks();
            word = ahead.word();
        }
        let Some(AnyAddress::V4(mask)) = crate::intake::address::address(word) else { return None };
        // No host of a list has an address like a netmask, begins with 255, or with 0.
        let like_mask = named || matches!(mask >> 24, 0 | 255) || mask_length(mask).is_some();
        if !like_mask {
            return None;
        }
        self.cursor = ahead;
        Some((mask, word))
    }

    fn masked(&mut self, draft: &mut Draft, start: usize, address: u32, mask: u32, mask_word: &str) {
        let end = self.cursor.at;
        let written = self.cursor.slice(start, end);
        let mask_start = written.len() - mask_word.len();
        let wildcard = mask >> 31 == 0 && mask != 0;
        let length = if wildcard { mask_length(!mask) } else { mask_length(mask) };
        if mask == 0 && address != 0 {
            let code = FaultCode::AmbiguousMask { address: Ipv4Addr::from_bits(address).to_string() };
            self.begin_entry(draft, true);
            return draft.problem(start, Problem::error(code, 0..written.len()));
        }
        let Some(length) = length else {
            let code = FaultCode::MaskNotContiguous { mask: mask_word.to_owned() };
            self.begin_entry(draft, true);
            return draft.problem(start, Problem::error(code, mask_start..written.len()));
        };
        self.begin_entry(draft, false);
        if wildcard {
            let prefix = truncated(address, length);
            draft.add(AnyPrefix::V4(prefix), start);
            let text = prefix.to_string();
            let code = FaultCode::WildcardMask { mask: mask_word.to_owned(), prefix: text.clone() };
            return draft.problem(start, Problem::warning(code, 0..written.len()).mended_by(text));
        }
        let (prefix, warning) = judge(AnyAddress::V4(address), Some(length), written);
        draft.add(prefix, start);
        if let Some(warning) = warning {
            draft.problem(start, warning);
        }
    }

    /// A range; the cursor stands behind it.
    fn range(&mut self, draft: &mut Draft, start: usize, first: &'a str, last: &'a str) {
        let end = self.cursor.at;
        let outcome = self.range_of(start, first, last);
        self.begin_entry(draft, outcome.is_err());
        match outcome {
            Ok((AnySpan::V4(span), warning)) => {
                draft.add_span_v4(span, start);
                if let Some(warning) = warning {
                    draft.problem(start, warning);
                }
            }
            Ok((AnySpan::V6(span), _)) => draft.add_span_v6(span, start),
            Err(problem) => draft.problem(start, problem),
        }
        debug_assert_eq!(end, self.cursor.at);
    }

    fn range_of(
        &self,
        start: usize,
        first: &'a str,
        last: &'a str,
    ) -> Result<(AnySpan, Option<Box<Problem>>), Box<Problem>> {
        let written = self.cursor.slice(start, self.cursor.at);
        let whole = 0..written.len();
        let not_a_range = || Problem::error(FaultCode::NotARange { given: quote(written) }, 0..written.len());
        let bare = |word: &str, at: usize| match address_and_length(word) {
            Ok((address, None)) => Ok(address),
            Ok((_, Some(_))) => Err(not_a_range()),
            Err(mut problem) => {
                problem.span = at + problem.span.start..at + problem.span.end;
                if let Some((span, _)) = &mut problem.fix {
                    *span = at + span.start..at + span.end;
                }
                Err(problem)
            }
        };
        let from = bare(first, 0)?;
        let short = (1..=3).contains(&last.len()) && last.bytes().all(|byte| byte.is_ascii_digit());
        if let (AnyAddress::V4(from), true, Ok(octet)) = (from, short, last.parse::<u8>()) {
            let to = from & !0xff | u32::from(octet);
            let span = Span::new(from, to).ok_or_else(not_a_range)?;
            let full = format!("{}-{}", Ipv4Addr::from_bits(from), Ipv4Addr::from_bits(to));
            let code = FaultCode::RangeShort { given: quote(written), full: full.clone() };
            return Ok((AnySpan::V4(span), Some(Problem::warning(code, whole).mended_by(full))));
        }
        if last.is_empty() || short {
            return Err(not_a_range());
        }
        let to = bare(last, written.len() - last.len())?;
        let ends = |first: AnyAddress, last: AnyAddress| (address_text(first), address_text(last));
        let reversed = || {
            let (first, last) = ends(from, to);
            let swapped = format!("{last}-{first}");
            Problem::error(FaultCode::RangeReversed { first, last }, 0..written.len()).mended_by(swapped)
        };
        match (from, to) {
            (AnyAddress::V4(from), AnyAddress::V4(to)) => {
                Ok((AnySpan::V4(Span::new(from, to).ok_or_else(reversed)?), None))
            }
            (AnyAddress::V6(v6_from), AnyAddress::V6(v6_to)) => {
                let span = Span::new(v6_from, v6_to).ok_or_else(reversed)?;
                if v6_from >> 32 != 0xffff || v6_to >> 32 != 0xffff {
                    return Ok((AnySpan::V6(span), None));
                }
                let span = Span { first: v6_from as u32, last: v6_to as u32 };
                let (first, last) = ends(AnyAddress::V4(span.first), AnyAddress::V4(span.last));
                let ipv4 = format!("{first}-{last}");
                let code = FaultCode::MappedAddress { given: quote(written), ipv4: ipv4.clone() };
                Ok((AnySpan::V4(span), Some(Problem::warning(code, whole).mended_by(ipv4))))
            }
            _ => {
                let (first, last) = ends(from, to);
                Err(Problem::error(FaultCode::RangeMixed { first, last }, whole))
            }
        }
    }
}

enum AnySpan {
    V4(Span<u32>),
    V6(Span<u128>),
}
