//! AS paths as devices print them.

use crate::plan::{AsPath, Origin, Segment};

/// An AS path at the beginning of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Scanned {
    pub(crate) path: AsPath,
    /// It ends with `…`: what stands behind isn't shown.
    pub(crate) cut: bool,
    /// How much of the text it is, blanks behind it included.
    pub(crate) end: usize,
}

/// Reads AS numbers (also `1.10`), sets `{1,2}` or `{1 2}`, confederations `(1 2)` and `[1,2]`, as far as they go.
pub(crate) fn scan(text: &str) -> Scanned {
    let bytes = text.as_bytes();
    let mut scanned = Scanned::default();
    let mut segments = Vec::new();
    let mut sequence = Vec::new();
    let mut at = 0;
    loop {
        while matches!(bytes.get(at), Some(b' ' | b',')) {
            at += 1;
        }
        scanned.end = at;
        let closer = match bytes.get(at) {
            Some(b'{') => b'}',
            Some(b'(') => b')',
            Some(b'[') => b']',
            Some(b'0'..=b'9') => {
                let Some((asn, length)) = as_number(bytes.get(at..).unwrap_or_default()) else { break };
                let behind = text.get(at + length..).unwrap_or_default();
                if let Some(dots) = ellipsis(behind) {
                    // The number itself may be cut.
                    scanned.cut = true;
                    scanned.end = at + length + dots;
                    break;
                }
                if !matches!(behind.as_bytes().first(), None | Some(b' ' | b',' | b'{' | b'(' | b'[')) {
                    break;
                }
                sequence.push(asn);
                at += length;
                continue;
            }
            _ => {
                if let Some(dots) = ellipsis(text.get(at..).unwrap_or_default()) {
                    scanned.cut = true;
                    scanned.end = at + dots;
                }
                break;
            }
        };
        let opener = bytes.get(at).copied();
        let Some((asns, length)) = group(bytes.get(at + 1..).unwrap_or_default(), closer) else { break };
        if !sequence.is_empty() {
            segments.push(Segment::Sequence(std::mem::take(&mut sequence)));
        }
        segments.push(match opener {
            Some(b'{') => Segment::Set(asns),
            Some(b'(') => Segment::ConfedSequence(asns),
            _ => Segment::ConfedSet(asns),
        });
        at += 1 + length;
    }
    if !sequence.is_empty() {
        segments.push(Segment::Sequence(sequence));
    }
    scanned.path = AsPath(segments);
    scanned
}

/// The numbers of a set up to its closing sign, and how long that is.
fn group(bytes: &[u8], closer: u8) -> Option<(Vec<u32>, usize)> {
    let mut asns = Vec::new();
    let mut at = 0;
    loop {
        match bytes.get(at)? {
            b' ' | b',' => at += 1,
            b'0'..=b'9' => {
                let (asn, length) = as_number(bytes.get(at..)?)?;
                asns.push(asn);
                at += length;
            }
            byte if *byte == closer => return (!asns.is_empty()).then_some((asns, at + 1)),
            _ => return None,
        }
    }
}

/// An AS number at the beginning, plain or with a dot between its halves (RFC 5396), and its length.
pub(crate) fn as_number(bytes: &[u8]) -> Option<(u32, usize)> {
    let (first, length) = number(bytes)?;
    if bytes.get(length) != Some(&b'.') || !matches!(bytes.get(length + 1), Some(b'0'..=b'9')) {
        return Some((first, length));
    }
    let (second, more) = number(bytes.get(length + 1..)?)?;
    let high = u16::try_from(first).ok()?;
    let low = u16::try_from(second).ok()?;
    Some((u32::from(high) << 16 | u32::from(low), length + 1 + more))
}

/// A decimal number at the beginning, and its length.
pub(crate) fn number(bytes: &[u8]) -> Option<(u32, usize)> {
    let mut number: u32 = 0;
    let mut at = 0;
    while let Some(digit) = bytes.get(at).filter(|byte| byte.is_ascii_digit()) {
        number = number.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
        at += 1;
    }
    (at > 0).then_some((number, at))
}

/// The length of the dots at the beginning that say that something is cut.
fn ellipsis(text: &str) -> Option<usize> {
    ["…", "...", ".."].into_iter().find(|dots| text.starts_with(dots)).map(str::len)
}

/// An origin by its letter.
pub(crate) fn origin(letter: &str) -> Option<Origin> {
    match letter {
        "i" | "I" => Some(Origin::Igp),
        "e" | "E" => Some(Origin::Egp),
        "?" => Some(Origin::Incomplete),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_printed() {
        for (text, path, cut, rest) in [
            ("65001 65002 i", "65001 65002", false, "i"),
            ("i", "", false, "i"),
            ("65001 {1,2} i", "65001 {1,2}", false, "i"),
            ("64102 {64201 64202} 64203 i", "64102 {64201,64202} 64203", false, "i"),
            ("(65001 65002) 3356 ?", "(65001 65002) 3356", false, "?"),
            ("[1,2] 3", "[1,2] 3", false, ""),
            ("62222.4003 1.10 ?", "4077784995 65546", false, "?"),
            ("12076 6500…", "12076", true, ""),
            ("12076 65001 …", "12076 65001", true, ""),
            ("12076 650...", "12076", true, ""),
            ("65001 x", "65001", false, "x"),
            ("4294967296 i", "", false, "4294967296 i"),
            ("{1,x} i", "", false, "{1,x} i"),
            ("65001x", "", false, "65001x"),
            ("", "", false, ""),
        ] {
            let scanned = scan(text);
            assert_eq!(
                (scanned.path.to_string().as_str(), scanned.cut, &text[scanned.end..]),
                (path, cut, rest),
                "{text}"
            );
        }
    }
}
