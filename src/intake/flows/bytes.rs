//! The bytes of a log as they come: unpacked from gzip, and from UTF-16, as PowerShell writes.

use flate2::write::MultiGzDecoder;
use std::io::Write;

/// So many packed bytes are unpacked at a time: gzip makes at most a thousand of one.
pub(super) const PACKED: usize = 4096;

/// How the bytes of a log are written.
pub(super) enum Coding {
    /// Not known yet.
    Unknown,
    /// As they are.
    Plain,
    /// Packed by gzip.
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
    /// What was packed is damaged: nothing more is known.
    Broken,
    /// Two bytes a letter.
    Utf16 {
        /// Whether the high byte comes first.
        high_first: bool,
        /// Half a letter, or the first of two.
        rest: Vec<u8>,
    },
}

/// The packed file is damaged; so many bytes could be unpacked.
pub(super) struct Damaged;

impl Coding {
    /// Whether bytes are unpacked, so that they are best given in small pieces.
    pub(super) fn is_packed(&self) -> bool {
        matches!(self, Self::Gzip(_))
    }

    /// How a log is written that begins so.
    pub(super) fn of(begin: &[u8]) -> Self {
        match begin {
            [0x1f, 0x8b, ..] => Self::Gzip(Box::new(MultiGzDecoder::new(Vec::new()))),
            [0xff, 0xfe, ..] => Self::Utf16 { high_first: false, rest: Vec::new() },
            [0xfe, 0xff, ..] => Self::Utf16 { high_first: true, rest: Vec::new() },
            _ => Self::Plain,
        }
    }

    /// Appends the bytes of a text to a window.
    pub(super) fn take(&mut self, bytes: &[u8], window: &mut Vec<u8>) -> Result<(), Damaged> {
        match self {
            Self::Unknown | Self::Plain => window.extend_from_slice(bytes),
            Self::Broken => {}
            Self::Gzip(packed) => {
                let written = packed.write_all(bytes);
                window.append(packed.get_mut());
                if written.is_err() {
                    *self = Self::Broken;
                    return Err(Damaged);
                }
            }
            Self::Utf16 { high_first, rest } => {
                rest.extend_from_slice(bytes);
                let high_first = *high_first;
                let unit = |pair: &[u8]| match pair {
                    [first, second] if high_first => u16::from_be_bytes([*first, *second]),
                    [first, second] => u16::from_le_bytes([*first, *second]),
                    _ => 0,
                };
                let units: Vec<u16> = rest.chunks_exact(2).map(unit).collect();
                // A letter of two units is decoded once both are there.
                let half = units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit));
                let whole = units.len() - usize::from(half);
                for letter in char::decode_utf16(units.into_iter().take(whole)) {
                    let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
                    window.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                }
                rest.drain(..whole * 2);
            }
        }
        Ok(())
    }

    /// The end: what a packed file still holds.
    pub(super) fn end(&mut self, window: &mut Vec<u8>) -> Result<(), Damaged> {
        let Self::Gzip(packed) = self else { return Ok(()) };
        let ended = packed.try_finish();
        window.append(packed.get_mut());
        ended.map_err(|_| Damaged)
    }
}
