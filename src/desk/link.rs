//! A plan in a link: `#plan=1.DATA.CHECK`, behind the `#`, which browsers send to no server.
//!
//! DATA is the plan's JSON without blanks between its parts, deflated, as base64url without padding. CHECK is the CRC-32
//! of `1.DATA` in eight lower-case hex digits: it finds every change of up to 32 bits in a row, so every altered letter,
//! and it ends the link in a letter or digit, for mail programs leave punctuation at a link's end outside of it.
//! The number before DATA is the version of this form; links of every version open for ever.

use crate::plan::{self, LoadError, Loaded, Plan};
use flate2::read::{DeflateDecoder, DeflateEncoder};
use flate2::{Compression, Crc};
use std::fmt::Write as _;
use std::io::Read;

/// The version of the form that is written, and the newest that is read.
pub const VERSION: u32 = 1;

/// Addresses of so many characters pass every mail program: some still cut at what Internet Explorer took at most
/// (Microsoft, KB 208427).
pub const PASSES_MAIL: usize = 2_083;

/// No link is longer, its address included: what everyone that handles addresses should carry (RFC 9110, section 4.1:
/// "at a minimum, URIs with lengths of 8000 octets").
pub const MOST_CHARACTERS: usize = 8_000;

/// The most bytes of JSON that a link may hold.
pub const MOST_JSON: usize = 1 << 20;

/// What stands before the version.
const KEY: &str = "plan=";

/// How a link is carried.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Fit {
    /// By everything.
    Everywhere,
    /// By browsers and by most mail programs.
    Mostly,
    /// Not safely: a file is better.
    TooLong,
}

/// Why a link isn't opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkError {
    /// Its end is missing.
    Cut,
    /// It isn't what was written.
    Altered,
    /// It was written by a newer version of the program.
    Newer {
        /// The version of the link's form.
        version: u32,
    },
    /// It unpacks to more than [`MOST_JSON`].
    TooLarge,
    /// What is in it is no plan that this version reads.
    Plan(LoadError),
}

/// The plan as what follows the `#`; nothing where it is larger than a link may hold.
pub fn write(plan: &Plan) -> Option<String> {
    // Before any work: the lists are nearly all of a large plan.
    let lists: usize = plan.lists().iter().map(|(_, text)| text.len()).sum();
    if lists > MOST_JSON {
        return None;
    }
    let json = compact(&plan::save(plan));
    if json.len() > MOST_JSON {
        return None;
    }
    let mut packed = Vec::new();
    // Reading from memory doesn't fail.
    DeflateEncoder::new(json.as_bytes(), Compression::best()).read_to_end(&mut packed).ok()?;
    let mut out = format!("{KEY}{VERSION}.");
    to_base64(&packed, &mut out);
    let check = check(&out[KEY.len()..]);
    let _ = write!(out, ".{check}");
    Some(out)
}

/// How an address of so many characters is carried.
pub fn fit(characters: usize) -> Fit {
    if characters <= PASSES_MAIL {
        Fit::Everywhere
    } else if characters <= MOST_CHARACTERS {
        Fit::Mostly
    } else {
        Fit::TooLong
    }
}

/// The plan of what follows the `#` of an address; nothing where that isn't meant to hold one.
pub fn read(fragment: &str) -> Option<Result<Loaded, LinkError>> {
    let Some(link) = fragment.strip_prefix(KEY) else {
        return match fragment {
            "" => None,
            _ if KEY.starts_with(fragment) => Some(Err(LinkError::Cut)),
            // Places on the page have names without it.
            _ if fragment.starts_with("plan") || fragment.contains('=') => Some(Err(LinkError::Altered)),
            _ => None,
        };
    };
    Some(json(link).and_then(|json| plan::load(&json).map_err(LinkError::Plan)))
}

/// The link in a text that is nothing else, from the `#` on.
pub fn in_text(text: &str) -> Option<&str> {
    let text = text.trim();
    let (_, fragment) = text.split_once('#')?;
    let alone = !text.contains(|letter: char| letter.is_whitespace());
    (alone && fragment.starts_with(KEY)).then_some(fragment)
}

fn json(link: &str) -> Result<String, LinkError> {
    let Some((version, rest)) = link.split_once('.') else {
        return Err(if link.bytes().all(|byte| byte.is_ascii_digit()) {
            LinkError::Cut
        } else {
            LinkError::Altered
        });
    };
    match version.parse::<u32>() {
        Ok(VERSION) if version == "1" => {}
        Ok(version) if version > VERSION => return Err(LinkError::Newer { version }),
        _ => return Err(LinkError::Altered),
    }
    let Some((data, found)) = rest.split_once('.') else { return Err(LinkError::Cut) };
    if found.len() < 8 && found.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(LinkError::Cut);
    }
    if found != check(&link[..version.len() + 1 + data.len()]) {
        return Err(LinkError::Altered);
    }
    let packed = from_base64(data).ok_or(LinkError::Altered)?;
    let mut unpacked = Vec::new();
    // One more than may be there tells that there is more.
    let mut reader = DeflateDecoder::new(packed.as_slice()).take(MOST_JSON as u64 + 1);
    reader.read_to_end(&mut unpacked).map_err(|_| LinkError::Altered)?;
    if unpacked.len() > MOST_JSON {
        return Err(LinkError::TooLarge);
    }
    String::from_utf8(unpacked).map_err(|_| LinkError::Altered)
}

fn check(text: &str) -> String {
    let mut crc = Crc::new();
    crc.update(text.as_bytes());
    format!("{:08x}", crc.sum())
}

/// JSON without the blanks between its parts.
fn compact(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut inside, mut escaped) = (false, false);
    for letter in json.chars() {
        if inside {
            inside = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
        } else if letter.is_ascii_whitespace() {
            continue;
        } else {
            inside = letter == '"';
        }
        out.push(letter);
    }
    out
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64 with the letters for addresses, without padding (RFC 4648, section 5).
fn to_base64(bytes: &[u8], out: &mut String) {
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..=three.len() {
            out.push(char::from(LETTERS[(bits >> (18 - 6 * at)) as usize & 63]));
        }
    }
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for four in text.as_bytes().chunks(4) {
        let mut bits = 0;
        for &letter in four {
            bits = bits << 6 | LETTERS.iter().position(|&other| other == letter)? as u32;
        }
        bits <<= 6 * (4 - four.len());
        let bytes = &bits.to_be_bytes()[1..];
        out.extend_from_slice(&bytes[..four.len().checked_sub(1).filter(|&bytes| bytes > 0)?]);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, section 10, without padding; and the two letters that differ.
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg"),
            (b"foobar", "Zm9vYmFy"),
            (&[0xfb, 0xff], "-_8"),
        ] {
            let mut out = String::new();
            to_base64(bytes, &mut out);
            assert_eq!(out, text);
            assert_eq!(from_base64(text).as_deref(), Some(bytes), "{text}");
        }
        for bad in ["Z", "Zm9vY", "Z+", "Zg==", "Zü"] {
            assert_eq!(from_base64(bad), None, "{bad}");
        }
    }

    #[test]
    fn blanks_inside_strings_stay() {
        assert_eq!(compact("{ \"a b\" : [ \" \\\" \", \"\\\\\" , 1 ] }\n"), "{\"a b\":[\" \\\" \",\"\\\\\",1]}");
    }

    #[test]
    fn only_a_link_alone_is_one() {
        assert_eq!(in_text(" https://example.com/#plan=1.x.y\n"), Some("plan=1.x.y"));
        for other in ["see https://example.com/#plan=1.x.y", "https://example.com/#why", "10.0.0.0/8 # plan=1", ""]
        {
            assert_eq!(in_text(other), None, "{other}");
        }
    }
}
