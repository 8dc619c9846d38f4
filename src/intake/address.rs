//! Addresses and prefixes as text: the strict scanners that every format shares, and the diagnosis of what they
//! refuse.

use super::fault::{FaultCode, Severity, quote};
use crate::space::{Address, Prefix};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// An address of either family.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum AnyAddress {
    V4(u32),
    V6(u128),
}

/// A prefix of either family.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum AnyPrefix {
    V4(Prefix<u32>),
    V6(Prefix<u128>),
}

/// What is wrong with one word; the ranges are bytes of the word.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) severity: Severity,
    pub(crate) code: FaultCode,
    pub(crate) span: Range<usize>,
    pub(crate) fix: Option<(Range<usize>, String)>,
}

impl Problem {
    pub(crate) fn error(code: FaultCode, span: Range<usize>) -> Box<Self> {
        Box::new(Self { severity: Severity::Error, code, span, fix: None })
    }

    pub(crate) fn warning(code: FaultCode, span: Range<usize>) -> Box<Self> {
        Box::new(Self { severity: Severity::Warning, code, span, fix: None })
    }

    /// Mended by writing this instead of the whole span.
    pub(crate) fn mended_by(mut self: Box<Self>, replacement: String) -> Box<Self> {
        self.fix = Some((self.span.clone(), replacement));
        self
    }
}

impl From<Box<Problem>> for Problem {
    fn from(problem: Box<Problem>) -> Self {
        *problem
    }
}

/// A dotted quad without leading zeros at the beginning of these bytes, and its length.
#[inline]
pub(crate) fn scan_v4(bytes: &[u8]) -> Option<(u32, usize)> {
    let mut address = 0;
    let mut at = 0;
    for index in 0..4 {
        if index > 0 {
            if bytes.get(at) != Some(&b'.') {
                return None;
            }
            at += 1;
        }
        let (octet, length) = scan_number(bytes.get(at..)?, 3)?;
        if octet > 255 {
            return None;
        }
        address = address << 8 | octet;
        at += length;
    }
    Some((address, at))
}

/// A decimal number of at most `digits` digits (nine at the most) without leading zeros, and its length.
#[inline]
pub(crate) fn scan_number(bytes: &[u8], digits: usize) -> Option<(u32, usize)> {
    let mut number = 0;
    let mut at = 0;
    while let Some(digit) = bytes.get(at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
        if at == digits || (at > 0 && number == 0) {
            return None;
        }
        number = number * 10 + u32::from(digit);
        at += 1;
    }
    (at > 0).then_some((number, at))
}

/// An IPv6 address (RFC 4291 section 2.2) at the beginning of these bytes, and its length.
#[inline]
pub(crate) fn scan_v6(bytes: &[u8]) -> Option<(u128, usize)> {
    let mut value: u128 = 0;
    let mut groups: u32 = 0;
    // How many groups stand before `::`.
    let mut gap = None;
    let mut at = 0;
    if bytes.first() == Some(&b':') {
        if bytes.get(1) != Some(&b':') {
            return None;
        }
        gap = Some(0);
        at = 2;
    }
    while groups < 8 {
        let start = at;
        let mut group = 0;
        while at - start < 4
            && let Some(digit) = bytes.get(at).and_then(|byte| hex(*byte))
        {
            group = group << 4 | digit;
            at += 1;
        }
        if at == start {
            if gap == Some(groups) {
                break;
            }
            return None;
        }
        if bytes.get(at) == Some(&b'.') {
            let (tail, length) = scan_v4(bytes.get(start..)?)?;
            if groups > 6 {
                return None;
            }
            value = value << 32 | u128::from(tail);
            groups += 2;
            at = start + length;
            break;
        }
        value = value << 16 | u128::from(group);
        groups += 1;
        if groups == 8 || bytes.get(at) != Some(&b':') {
            break;
        }
        if bytes.get(at + 1) == Some(&b':') {
            if gap.is_some() {
                return None;
            }
            gap = Some(groups);
            at += 2;
        } else {
            at += 1;
        }
    }
    let Some(before) = gap else {
        return (groups == 8).then_some((value, at));
    };
    if groups > 7 {
        return None;
    }
    let behind = 16 * (groups - before);
    let low = value & !(u128::MAX.checked_shl(behind).unwrap_or(0));
    let high = value.checked_shr(behind).unwrap_or(0).checked_shl(16 * (8 - before)).unwrap_or(0);
    Some((high | low, at))
}

#[inline]
fn hex(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'a'..=b'f' => Some(u32::from(byte - b'a') + 10),
        b'A'..=b'F' => Some(u32::from(byte - b'A') + 10),
        _ => None,
    }
}

/// An address that takes up all of a word.
pub(crate) fn address(word: &str) -> Option<AnyAddress> {
    match scan_address(word.as_bytes()) {
        Some((address, length)) if length == word.len() => Some(address),
        _ => None,
    }
}

fn scan_address(bytes: &[u8]) -> Option<(AnyAddress, usize)> {
    if let Some((address, length)) = scan_v4(bytes) {
        return Some((AnyAddress::V4(address), length));
    }
    scan_v6(bytes).map(|(address, length)| (AnyAddress::V6(address), length))
}

/// A word as an address with the length that it names, if any; its host bits are as written.
pub(crate) fn address_and_length(word: &str) -> Result<(AnyAddress, Option<u8>), Box<Problem>> {
    let bytes = word.as_bytes();
    let Some((address, end)) = scan_address(bytes) else { return Err(diagnose(word)) };
    if end == bytes.len() {
        return Ok((address, None));
    }
    if bytes.get(end) != Some(&b'/') {
        return Err(diagnose(word));
    }
    let behind = &word[end + 1..];
    let limit = match address {
        AnyAddress::V4(_) => <u32 as Address>::BITS,
        AnyAddress::V6(_) => <u128 as Address>::BITS,
    };
    if let Some((length, digits)) = scan_number(behind.as_bytes(), 3)
        && digits == behind.len()
        && length <= u32::from(limit)
    {
        return Ok((address, u8::try_from(length).ok()));
    }
    let whole = end + 1..word.len();
    if let (AnyAddress::V4(_), Some((mask, digits))) = (address, scan_v4(behind.as_bytes()))
        && digits == behind.len()
    {
        return match mask_length(mask) {
            Some(length) => Ok((address, Some(length))),
            None => Err(Problem::error(FaultCode::MaskNotContiguous { mask: behind.to_owned() }, whole)),
        };
    }
    if behind.is_empty() || !behind.bytes().all(|byte| byte.is_ascii_digit()) {
        let code = FaultCode::NotALength { given: quote(behind), limit };
        return Err(Problem::error(code, end..word.len()));
    }
    let stripped = behind.trim_start_matches('0');
    match if stripped.is_empty() { "0" } else { stripped }.parse::<u8>() {
        Ok(length) if length <= limit => {
            let code = FaultCode::NotALength { given: quote(behind), limit };
            Err(Problem::error(code, whole).mended_by(length.to_string()))
        }
        _ => Err(Problem::error(FaultCode::LengthTooLong { given: quote(behind), limit }, whole)),
    }
}

/// A word as a prefix. Beside it may stand a warning: how it was read.
pub(crate) fn prefix(word: &str) -> Result<(AnyPrefix, Option<Box<Problem>>), Box<Problem>> {
    let (address, length) = address_and_length(word)?;
    Ok(judge(address, length, word))
}

/// The prefix that an address and a length stand for. Beside it may stand a warning, whose spans are all of `word`.
pub(crate) fn judge(address: AnyAddress, length: Option<u8>, word: &str) -> (AnyPrefix, Option<Box<Problem>>) {
    let whole = 0..word.len();
    match address {
        AnyAddress::V4(address) => {
            let length = length.unwrap_or(32).min(32);
            let prefix = truncated(address, length);
            if prefix.address() == address {
                return (AnyPrefix::V4(prefix), None);
            }
            let network = prefix.to_string();
            let code = FaultCode::HostBitsSet { given: quote(word), network: network.clone() };
            (AnyPrefix::V4(prefix), Some(Problem::warning(code, whole).mended_by(network)))
        }
        AnyAddress::V6(address) => {
            let length = length.unwrap_or(128).min(128);
            if address >> 32 == 0xffff && length >= 96 {
                let prefix = truncated((address & u128::from(u32::MAX)) as u32, length - 96);
                let ipv4 = written(prefix, word.contains('/'));
                let code = FaultCode::MappedAddress { given: quote(word), ipv4: ipv4.clone() };
                return (AnyPrefix::V4(prefix), Some(Problem::warning(code, whole).mended_by(ipv4)));
            }
            let prefix = truncated(address, length);
            if prefix.address() == address {
                return (AnyPrefix::V6(prefix), None);
            }
            let network = prefix.to_string();
            let code = FaultCode::HostBitsSet { given: quote(word), network: network.clone() };
            (AnyPrefix::V6(prefix), Some(Problem::warning(code, whole).mended_by(network)))
        }
    }
}

/// The prefix of this length around an address; a length that is too long counts as the longest.
pub(crate) fn truncated<A: Address>(address: A, length: u8) -> Prefix<A> {
    Prefix::truncating(address, length).unwrap_or_else(|| Prefix::host(address))
}

fn written(prefix: Prefix<u32>, with_length: bool) -> String {
    if with_length { prefix.to_string() } else { Ipv4Addr::from_bits(prefix.address()).to_string() }
}

/// An address as people write it.
pub(crate) fn address_text(address: AnyAddress) -> String {
    match address {
        AnyAddress::V4(address) => Ipv4Addr::from_bits(address).to_string(),
        AnyAddress::V6(address) => Ipv6Addr::from_bits(address).to_string(),
    }
}

/// The length of a network without one, by its class (RFC 791); the default route has none.
pub(crate) fn class_length(address: u32) -> u8 {
    match address.leading_ones() {
        _ if address == 0 => 0,
        0 => 8,
        1 => 16,
        2 => 24,
        _ => 32,
    }
}

/// The prefix length of a netmask; `None` where a one stands behind a zero.
pub(crate) fn mask_length(mask: u32) -> Option<u8> {
    let ones = mask.leading_ones();
    (mask.checked_shl(ones).unwrap_or(0) == 0).then_some(ones as u8)
}

/// Why a word that begins with no address is not one.
#[cold]
fn diagnose(word: &str) -> Box<Problem> {
    let (address_part, behind) = match word.split_once('/') {
        Some((address, behind)) => (address, Some(behind)),
        None => (word, None),
    };
    if let Some(percent) = address_part.find('%')
        && address(&address_part[..percent]).is_some()
    {
        let zone = percent..address_part.len();
        let code = FaultCode::ZoneId { zone: quote(&address_part[zone.clone()]) };
        return Problem::error(code, zone).mended_by(String::new());
    }
    let octets: Vec<&str> = address_part.split('.').take(5).collect();
    let digits = |octet: &&str| !octet.is_empty() && octet.len() < 20 && octet.bytes().all(|b| b.is_ascii_digit());
    if octets.iter().all(digits) {
        let start = |octet: &str| octet.as_ptr() as usize - word.as_ptr() as usize;
        if octets.len() == 4 {
            if let Some(octet) = octets.iter().find(|octet| octet.len() > 1 && octet.starts_with('0')) {
                let at = start(octet);
                let code = FaultCode::LeadingZero { octet: (*octet).to_owned() };
                let mut problem = Problem::error(code, at..at + octet.len());
                let plain = octets.iter().map(|octet| match octet.trim_start_matches('0') {
                    "" => "0",
                    plain => plain,
                });
                problem.fix = Some((0..address_part.len(), plain.collect::<Vec<_>>().join(".")));
                return problem;
            }
            if let Some(octet) = octets.iter().find(|octet| octet.parse::<u32>().is_ok_and(|n| n > 255)) {
                let at = start(octet);
                let code = FaultCode::OctetTooLarge { octet: quote(octet), limit: 255 };
                return Problem::error(code, at..at + octet.len());
            }
        }
        if octets.len() < 4
            && let Some(behind) = behind
            && behind.parse::<u8>().is_ok_and(|length| length <= 32)
        {
            let full = format!("{}{}/{behind}", address_part, ".0".repeat(4 - octets.len()));
            if prefix(&full).is_ok() {
                let code = FaultCode::ShortAddress { given: quote(word), full: full.clone() };
                return Problem::error(code, 0..word.len()).mended_by(full);
            }
        }
    }
    Problem::error(FaultCode::NotAnAddress { token: quote(word) }, 0..word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(word: &str) -> &'static str {
        match prefix(word) {
            Ok((_, None)) => "",
            Ok((_, Some(problem))) | Err(problem) => problem.code.code(),
        }
    }

    #[test]
    fn words_and_their_faults() {
        for (word, expected) in [
            ("10.0.0.0/8", ""),
            ("0.0.0.0/0", ""),
            ("255.255.255.255/32", ""),
            ("192.0.2.1", ""),
            ("10.0.0.0/255.0.0.0", ""),
            ("::/0", ""),
            ("2001:db8::/32", ""),
            ("2001:DB8::A/128", ""),
            ("64:ff9b::192.0.2.1", ""),
            ("::ffff:0:0/96", "mapped-address"),
            ("::ffff:0:0/95", "host-bits-set"),
            ("::ffff:192.0.2.1", "mapped-address"),
            ("::ffff:192.0.2.0/120", "mapped-address"),
            ("10.0.0.1/8", "host-bits-set"),
            ("2001:db8::1/32", "host-bits-set"),
            ("10.0.0.0/33", "length-too-long"),
            ("10.0.0.0/999999999999", "length-too-long"),
            ("::/129", "length-too-long"),
            ("10.0.0.0/08", "not-a-length"),
            ("10.0.0.0/", "not-a-length"),
            ("10.0.0.0/a", "not-a-length"),
            ("10.0.0.0/8/8", "not-a-length"),
            ("10.0.0.0/-1", "not-a-length"),
            ("10.0.0.0/255.0.255.0", "mask-not-contiguous"),
            ("010.0.0.0/8", "leading-zero"),
            ("10.0.00.0", "leading-zero"),
            ("10.0.0.256", "octet-too-large"),
            ("10.999.0.0/16", "octet-too-large"),
            ("10/8", "short-address"),
            ("10.1/16", "short-address"),
            ("192.168.1/24", "short-address"),
            ("10", "not-an-address"),
            ("10.1", "not-an-address"),
            ("10.1.2.3.4", "not-an-address"),
            ("10..1.2", "not-an-address"),
            (".1.2.3", "not-an-address"),
            ("fe80::1%eth0", "zone-id"),
            ("fe80::1%eth0/64", "zone-id"),
            ("1::2::3", "not-an-address"),
            (":::", "not-an-address"),
            (":1:2:3:4:5:6:7", "not-an-address"),
            ("1:2:3:4:5:6:7:", "not-an-address"),
            ("1:2:3:4:5:6:7:8:9", "not-an-address"),
            ("::1:2:3:4:5:6:7:8", "not-an-address"),
            ("12345::", "not-an-address"),
            ("2001:db8::g", "not-an-address"),
            ("::1.2.3", "not-an-address"),
            ("", "not-an-address"),
            ("ü", "not-an-address"),
        ] {
            assert_eq!(code(word), expected, "{word}");
        }
    }

    #[test]
    fn masks() {
        assert_eq!(mask_length(0), Some(0));
        assert_eq!(mask_length(u32::MAX), Some(32));
        assert_eq!(mask_length(0xffff_fe00), Some(23));
        assert_eq!(mask_length(0xff00_ff00), None);
        assert_eq!(mask_length(1), None);
    }

    #[cfg(not(target_arch = "wasm32"))]
    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(4096))]

        #[test]
        fn addresses_are_those_of_the_standard_library(
            word in "([0-9]{1,3}\\.){2,4}[0-9]{1,3}|[0-9a-fA-F:.]{0,20}|([0-9a-f]{0,4}:){0,9}([0-9a-f]{0,4}|([0-9]{1,3}\\.){3}[0-9]{1,3})",
        ) {
            let expected = word.parse::<std::net::IpAddr>().ok();
            let read = address(&word).map(|address| match address {
                AnyAddress::V4(address) => std::net::IpAddr::from(Ipv4Addr::from_bits(address)),
                AnyAddress::V6(address) => Ipv6Addr::from_bits(address).into(),
            });
            assert_eq!(read, expected, "{word}");
        }

        #[test]
        fn every_written_address_is_read(bits in proptest::prelude::any::<u128>(), keep in 0..128u32) {
            let bits = bits.checked_shr(keep).unwrap_or(0).rotate_left(keep / 2);
            let word = Ipv6Addr::from_bits(bits).to_string();
            assert_eq!(address(&word), Some(AnyAddress::V6(bits)), "{word}");
        }
    }
}
