//! Lines that hold one prefix or address and nothing else, read eight bytes at a time.
//!
//! What is taken here is what the careful reader takes without a word: no leading zero, no octet above 255, no
//! length above the family's, no host bit set, no IPv4 address in IPv6's clothes. All else is left to it, so that
//! every fault is found, placed and told in one place only.

use super::signs::{ONES, colons, other_than_groups};
use crate::intake::address::{scan_number, scan_v6};
use crate::space::{Address, Prefix};

/// How many bytes a window has: enough for all of an IPv4 line and for the IPv6 lines that are read in one go, and
/// for loads that reach beyond, so that no bound is checked.
const WINDOW: usize = 40;
/// How many blanks and separators around a prefix are passed over.
const FEW: usize = 16;

/// A line, and what comes behind it.
type Window = [u8; WINDOW];

/// A prefix that was read.
pub(super) enum Found {
    V4(Prefix<u32>),
    V6(Prefix<u128>),
}

/// A line that was read.
pub(super) struct Line {
    pub(super) found: Found,
    /// Where the prefix stands.
    pub(super) at: usize,
    /// Where the next line begins.
    pub(super) next: usize,
}

/// Reads lines, one after the other.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    half: FirstHalf,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, half: FirstHalf::NONE }
    }

    /// The line that begins at `at`, if it holds one prefix or address and nothing else but blanks around it and
    /// separators behind it.
    #[inline(always)]
    pub(super) fn at(&mut self, at: usize) -> Option<Line> {
        match self.bytes.get(at..)?.first_chunk() {
            Some(window) => self.in_window(at, window).or_else(|| self.indented(at)),
            None => self.at_the_end(at),
        }
    }

    /// A line that begins with blanks.
    #[cold]
    fn indented(&mut self, at: usize) -> Option<Line> {
        let blanks =
            self.bytes.get(at..)?.iter().take(FEW).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let rest = self.bytes.get(at + blanks..).filter(|_| blanks > 0)?;
        self.in_window(at + blanks, rest.first_chunk()?)
    }

    /// One of the last lines of a text: what a window lacks there are zeros.
    #[cold]
    #[inline(never)]
    fn at_the_end(&mut self, at: usize) -> Option<Line> {
        let rest = self.bytes.get(at..)?;
        let mut window = [0; WINDOW];
        window.get_mut(..rest.len())?.copy_from_slice(rest);
        self.in_window(at, &window)
    }

    #[inline(always)]
    fn in_window(&mut self, at: usize, window: &Window) -> Option<Line> {
        let (found, end) = match v4(window, &mut self.half) {
            Some((prefix, end)) => (Found::V4(prefix), end),
            None => {
                let (prefix, end) = v6(window).or_else(|| long_v6(self.bytes.get(at..)?))?;
                (Found::V6(prefix), end)
            }
        };
        let end = end as usize;
        let next = if window.get(end) == Some(&b'\n') {
            at + end + 1
        } else if window.get(end) == Some(&b'\r') && window.get(end + 1) == Some(&b'\n') {
            at + end + 2
        } else {
            line_end(self.bytes, at + end)?
        };
        Some(Line { found, at, next })
    }
}

/// Where the next line begins, if nothing but blanks and separators comes before.
#[inline(never)]
fn line_end(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let end = rest.iter().take(FEW).position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b',' | b';'))?;
    (rest.get(end) == Some(&b'\n')).then_some(from + end + 1)
}

#[inline(always)]
fn byte(window: &Window, at: u32) -> u8 {
    window[at as usize]
}

/// Four bytes, the first one lowest.
#[inline(always)]
fn four(window: &Window, at: u32) -> u32 {
    window[at as usize..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// Eight bytes, the first one lowest.
#[inline(always)]
fn eight(window: &Window, at: u32) -> u64 {
    window[at as usize..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// The first two octets of the line before with the point behind them: neighbours in a list mostly share them.
struct FirstHalf {
    word: u64,
    /// Which bits of `word` count.
    mask: u64,
    /// The two octets in their place.
    address: u32,
    /// Where the second half begins.
    end: u32,
}

impl FirstHalf {
    /// Like no text's beginning: there is no such character.
    const NONE: Self = Self { word: u64::MAX, mask: u64::MAX, address: 0, end: 0 };
}

/// An IPv4 prefix or address at the beginning of the line, and its length.
#[inline(always)]
fn v4(window: &Window, first: &mut FirstHalf) -> Option<(Prefix<u32>, u32)> {
    let word = eight(window, 0);
    if (word ^ first.word) & first.mask != 0 {
        let half = two_octets(window, 0)?;
        if byte(window, half.end) != b'.' {
            return None;
        }
        *first = FirstHalf { word, mask: half.mask, address: half.octets << 16, end: half.end + 1 };
    }
    let half = two_octets(window, first.end)?;
    let address = first.address | half.octets;
    let (length, end) = match byte(window, half.end) {
        b'/' => {
            let tens = byte(window, half.end + 1).wrapping_sub(b'0');
            let ones = byte(window, half.end + 2).wrapping_sub(b'0');
            if tens.wrapping_sub(1) > 8 || ones > 9 {
                (length_of_one_digit(tens, ones)?, half.end + 2)
            } else {
                (tens * 10 + ones, half.end + 3)
            }
        }
        b'\n' | b'\r' | b',' => (32, half.end),
        _ => return None,
    };
    Some((Prefix::new(address, length)?, end))
}

/// Rare, and apart so that the next line need not wait for its end to be chosen between two.
#[cold]
fn length_of_one_digit(digit: u8, behind: u8) -> Option<u8> {
    (digit <= 9 && behind > 9).then_some(digit)
}

/// Two octets with a point between them, and something behind them that is neither a digit nor a letter.
struct TwoOctets {
    octets: u32,
    /// Where they end.
    end: u32,
    /// All bits of the word at their beginning up to the byte at their end.
    mask: u64,
}

#[inline(always)]
fn two_octets(window: &Window, at: u32) -> Option<TwoOctets> {
    let word = eight(window, at);
    // Digits have bit 4, signs from the blank to the slash don't; two octets have at most seven bytes.
    let signs = !word & (ONES * 0x10);
    let point = signs.trailing_zeros() / 8;
    let second_sign = signs & signs.wrapping_sub(1);
    let length = second_sign.trailing_zeros() / 8;
    // Up to bit 4 of the second sign.
    let mask = second_sign ^ second_sign.wrapping_sub(1);
    let first = octet(word as u32);
    let second = octet(four(window, at + point + 1));
    // From the blank to the question mark, so that digits and signs are told apart by bit 4 and by nothing else.
    let all_of_row = (word ^ (ONES * 0x20)) & (ONES * 0xe0) & mask == 0;
    // Of two octets of three digits at most each, all digits were taken for digits.
    let digits = (first + second) >> DIGITS;
    if byte(window, at + point) != b'.' || !all_of_row || digits != length.wrapping_sub(1) {
        return None;
    }
    Some(TwoOctets { octets: (first & 0xff) << 8 | second & 0xff, end: at + length, mask: mask << 3 | 7 })
}

/// From which bit on an octet has the number of its digits.
const DIGITS: u32 = 12;
/// What is no octet, with more digits than any two have.
const NO_OCTET: u16 = 7 << DIGITS;

/// The octet at the beginning of four bytes, its digits up to the first byte whose lower half is none, three at most,
/// and their number; [`NO_OCTET`] if there are none, one of several is a leading zero, or it is above 255.
#[inline(always)]
fn octet(bytes: u32) -> u32 {
    // The lower halves of three bytes side by side, the first one highest.
    let index = (bytes & 0x000f_0f0f).wrapping_mul(1 << 28 | 1 << 16 | 1 << 4) >> 20;
    u32::from(OCTETS[index as usize])
}

/// Every octet by the lower halves of its three bytes.
static OCTETS: [u16; 4096] = {
    let mut table = [NO_OCTET; 4096];
    let mut index = 0;
    while index < table.len() {
        let (hundreds, tens, ones) = (index as u16 >> 8, index as u16 >> 4 & 15, index as u16 & 15);
        let (octet, digits) = match (hundreds, tens, ones) {
            (10.., _, _) => (256, 0),
            (_, 10.., _) => (hundreds, 1),
            (0, _, _) => (256, 0),
            (_, _, 10..) => (hundreds * 10 + tens, 2),
            _ => (hundreds * 100 + tens * 10 + ones, 3),
        };
        if octet < 256 {
            table[index] = octet | digits << DIGITS;
        }
        index += 1;
    }
    table
};

/// An IPv6 prefix or address of up to four groups and `::`, which routes are, and its length.
#[inline(always)]
fn v6(window: &Window) -> Option<(Prefix<u128>, u32)> {
    // Four groups and the two colons behind them end at the latest behind byte 20.
    let words = [eight(window, 0), eight(window, 8), eight(window, 16)];
    let colons = colons(words[0]) | colons(words[1]) << 8 | colons(words[2]) << 16;
    let others =
        other_than_groups(words[0]) | other_than_groups(words[1]) << 8 | other_than_groups(words[2]) << 16;
    let gap = (colons & colons >> 1).trailing_zeros();
    // Everything up to the first of the two colons.
    let head = 2_u32.wrapping_shl(gap).wrapping_sub(1);
    if gap > 19 || colons & 1 != 0 || others & head != 0 {
        return None;
    }
    let mut ends = colons & head;
    let mut address: u64 = 0;
    let mut start = 0;
    let mut longest = 0;
    for _ in 0..4 {
        // Where there is no group any more, one without a digit.
        let some = u32::from(ends != 0);
        let end = if some == 1 { ends.trailing_zeros() } else { start };
        ends &= ends.wrapping_sub(some);
        longest = longest.max(end - start);
        address = address << 16 | u64::from(group(four(window, start), end - start));
        start = end + some;
    }
    if ends != 0 || longest > 4 {
        return None;
    }
    let (length, end) = if byte(window, gap + 2) == b'/' {
        let (length, digits) = scan_number(window.get(gap as usize + 3..)?, 3)?;
        (u8::try_from(length).ok()?, gap + 3 + digits as u32)
    } else {
        (<u128 as Address>::BITS, gap + 2)
    };
    Some((Prefix::new(u128::from(address) << 64, length)?, end))
}

/// The number that so many hexadecimal digits at the beginning of four bytes stand for.
#[inline(always)]
fn group(bytes: u32, digits: u32) -> u32 {
    let halves = (bytes & 0x0f0f_0f0f) + (bytes >> 6 & 0x0101_0101) * 9;
    let pairs = halves << 4 | halves >> 8;
    ((pairs & 0xff) << 8 | (pairs >> 16 & 0xff)) >> (16_u32.wrapping_sub(4 * digits) % 32)
}

/// Any IPv6 prefix or address at the beginning of these bytes, and its length.
#[inline(never)]
fn long_v6(bytes: &[u8]) -> Option<(Prefix<u128>, u32)> {
    let (address, end) = scan_v6(bytes)?;
    if address >> 32 == 0xffff {
        return None;
    }
    let (length, end) = if bytes.get(end) == Some(&b'/') {
        let (length, digits) = scan_number(bytes.get(end + 1..)?, 3)?;
        (u8::try_from(length).ok()?, end + 1 + digits)
    } else {
        (<u128 as Address>::BITS, end)
    };
    Some((Prefix::new(address, length)?, end as u32))
}
