//! Any bytes as text: gzip, byte order marks, UTF-8, UTF-16, and Windows' Latin letters.

use borsh::{BorshDeserialize, BorshSerialize};
use flate2::bufread::MultiGzDecoder;
use serde::Serialize;
use std::borrow::Cow;
use std::io::Read;

/// The longest text that is read, in bytes of UTF-8: 256 MiB.
pub const MAX_TEXT: usize = 256 << 20;

/// How many bytes are looked at to recognise UTF-16 without a byte order mark.
const LOOK_AT: usize = 4096;

/// Bytes as text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// What was done to get it.
    pub notes: Vec<Note>,
}

/// Something done to bytes to get their text.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// Unpacked from gzip.
    Gzip,
    /// A byte order mark was taken off.
    ByteOrderMark,
    /// Read as UTF-16, low byte first, as PowerShell writes.
    Utf16Le,
    /// Read as UTF-16, high byte first.
    Utf16Be,
    /// Not UTF-8; read as Windows-1252, one byte a character.
    Latin1,
    /// Some UTF-16 stood for no character and became U+FFFD.
    Replaced,
}

/// Why bytes can't be read as text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum BytesError {
    /// The text is too long.
    TooLong {
        /// The limit in bytes, see [`MAX_TEXT`].
        limit: u64,
        /// Its length in bytes.
        value: u64,
    },
    /// What the gzip file unpacks to is too long.
    GzipTooLong {
        /// The limit in bytes, see [`MAX_TEXT`].
        limit: u64,
        /// The length of the packed file in bytes.
        packed: u64,
    },
    /// The gzip file is damaged or cut off.
    GzipBroken {
        /// How many bytes could be unpacked.
        unpacked: u64,
    },
    /// A zip archive, or an Office document, which is one.
    Zip,
}

impl BytesError {
    /// The stable code: the same as in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "too-long",
            Self::GzipTooLong { .. } => "gzip-too-long",
            Self::GzipBroken { .. } => "gzip-broken",
            Self::Zip => "zip",
        }
    }
}

/// Bytes of a file as text. Borrowed or owned bytes; owned ones in UTF-8 are not copied.
pub fn decode<'a>(bytes: impl Into<Cow<'a, [u8]>>) -> Result<Decoded, BytesError> {
    decode_within(bytes.into(), MAX_TEXT)
}

fn decode_within(bytes: Cow<'_, [u8]>, limit: usize) -> Result<Decoded, BytesError> {
    let mut notes = Vec::new();
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        notes.push(Note::Gzip);
        Cow::Owned(unpack(&bytes, limit)?)
    } else {
        bytes
    };
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(BytesError::Zip);
    }
    let too_long = |length: usize| BytesError::TooLong { limit: limit as u64, value: length as u64 };
    if bytes.len() > limit {
        return Err(too_long(bytes.len()));
    }
    let text = match Encoding::of(&bytes) {
        Encoding::Utf8 { mark: true } => {
            notes.push(Note::ByteOrderMark);
            one_byte_or_utf8(Cow::Borrowed(bytes.get(3..).unwrap_or_default()), &mut notes)
        }
        Encoding::Utf8 { mark: false } => one_byte_or_utf8(bytes, &mut notes),
        Encoding::Utf16 { mark, high_first } => {
            if mark {
                notes.push(Note::ByteOrderMark);
            }
            notes.push(if high_first { Note::Utf16Be } else { Note::Utf16Le });
            let from = if mark { 2 } else { 0 };
            utf16(bytes.get(from..).unwrap_or_default(), high_first, &mut notes)
        }
    };
    if text.len() > limit {
        return Err(too_long(text.len()));
    }
    Ok(Decoded { text, notes })
}

fn unpack(bytes: &[u8], limit: usize) -> Result<Vec<u8>, BytesError> {
    let mut unpacked = Vec::new();
    let outcome = MultiGzDecoder::new(bytes).take(limit as u64 + 1).read_to_end(&mut unpacked);
    if unpacked.len() > limit {
        return Err(BytesError::GzipTooLong { limit: limit as u64, packed: bytes.len() as u64 });
    }
    match outcome {
        Ok(_) => Ok(unpacked),
        Err(_) => Err(BytesError::GzipBroken { unpacked: unpacked.len() as u64 }),
    }
}

enum Encoding {
    Utf8 { mark: bool },
    Utf16 { mark: bool, high_first: bool },
}

impl Encoding {
    fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
            return Self::Utf8 { mark: true };
        }
        if bytes.starts_with(&[0xff, 0xfe]) {
            return Self::Utf16 { mark: true, high_first: false };
        }
        if bytes.starts_with(&[0xfe, 0xff]) {
            return Self::Utf16 { mark: true, high_first: true };
        }
        // Address lists are nearly all ASCII: in UTF-16 every other byte is zero.
        let (pairs, _) = bytes.get(..LOOK_AT).unwrap_or(bytes).as_chunks::<2>();
        let zeros = |side: usize| pairs.iter().filter(|pair| pair.get(side) == Some(&0)).count();
        let (first, second) = (zeros(0), zeros(1));
        let mostly =
            |zero: usize, other: usize| zero > 0 && zero * 4 >= pairs.len() * 3 && other * 20 <= pairs.len();
        if mostly(second, first) {
            Self::Utf16 { mark: false, high_first: false }
        } else if mostly(first, second) {
            Self::Utf16 { mark: false, high_first: true }
        } else {
            Self::Utf8 { mark: false }
        }
    }
}

fn one_byte_or_utf8(bytes: Cow<'_, [u8]>, notes: &mut Vec<Note>) -> String {
    match String::from_utf8(bytes.into_owned()) {
        Ok(text) => text,
        Err(error) => {
            notes.push(Note::Latin1);
            error.as_bytes().iter().map(|byte| windows_1252(*byte)).collect()
        }
    }
}

/// The character of a byte in Windows-1252, which is Latin-1 with dashes and quotes in the place of controls.
fn windows_1252(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x82 => '‚',
        0x84 => '„',
        0x85 => '…',
        0x8b => '‹',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x95 => '•',
        0x96 => '–',
        0x97 => '—',
        0x9b => '›',
        _ => char::from(byte),
    }
}

fn utf16(bytes: &[u8], high_first: bool, notes: &mut Vec<Note>) -> String {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units =
        pairs.iter().map(|pair| if high_first { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    let mut replaced = !rest.is_empty();
    let mut text: String = char::decode_utf16(units)
        .map(|unit| {
            unit.unwrap_or_else(|_| {
                replaced = true;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    if replaced {
        notes.push(Note::Replaced);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> (String, Vec<Note>) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.notes)
    }

    #[test]
    fn encodings() {
        let list = "10.0.0.0/8 # café – 😀\r\n";
        let le: Vec<u8> = list.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = list.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let plain = |notes: &[Note]| (list.to_owned(), notes.to_vec());
        assert_eq!(read(list.as_bytes()), plain(&[]));
        assert_eq!(read(&[b"\xef\xbb\xbf", list.as_bytes()].concat()), plain(&[Note::ByteOrderMark]));
        assert_eq!(read(&[b"\xff\xfe", &le[..]].concat()), plain(&[Note::ByteOrderMark, Note::Utf16Le]));
        assert_eq!(read(&[b"\xfe\xff", &be[..]].concat()), plain(&[Note::ByteOrderMark, Note::Utf16Be]));
        assert_eq!(read(&le), plain(&[Note::Utf16Le]));
        assert_eq!(read(&be), plain(&[Note::Utf16Be]));
        assert_eq!(read(&gzip(list.as_bytes())), plain(&[Note::Gzip]));
        assert_eq!(
            read(b"10.0.0.1\x9610.0.0.9 # caf\xe9"),
            ("10.0.0.1–10.0.0.9 # café".into(), vec![Note::Latin1])
        );
        assert_eq!(
            read(b"\xff\xfeA\0\0\xd8\x01"),
            ("A\u{fffd}\u{fffd}".into(), vec![Note::ByteOrderMark, Note::Utf16Le, Note::Replaced])
        );
        assert_eq!(read(b""), (String::new(), vec![]));
        assert_eq!(read(b"\0"), ("\0".into(), vec![]));
    }

    #[test]
    fn a_gzip_bomb_stops_at_the_limit() {
        let bomb = gzip(&vec![b' '; 1 << 20]);
        let error = decode_within(bomb.as_slice().into(), 1000).unwrap_err();
        assert_eq!(error, BytesError::GzipTooLong { limit: 1000, packed: bomb.len() as u64 });
        let just = decode_within(gzip(&[b' '; 1000]).into(), 1000);
        assert_eq!(just.unwrap().text.len(), 1000);
    }

    #[test]
    fn what_is_refused_says_why() {
        let cut = gzip(b"10.0.0.0/8\n");
        assert!(matches!(decode(&cut[..cut.len() - 5]), Err(BytesError::GzipBroken { .. })));
        assert!(matches!(decode(&b"\x1f\x8b"[..]), Err(BytesError::GzipBroken { unpacked: 0 })));
        assert_eq!(decode(&b"PK\x03\x04rest"[..]), Err(BytesError::Zip));
        assert_eq!(decode_within(Cow::Borrowed(b"12345"), 4), Err(BytesError::TooLong { limit: 4, value: 5 }));
        assert_eq!(
            decode_within(Cow::Borrowed(b"\xe9\xe9\xe9"), 4),
            Err(BytesError::TooLong { limit: 4, value: 6 }),
            "Latin letters grow"
        );
    }
}
