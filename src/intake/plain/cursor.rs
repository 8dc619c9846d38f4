//! A place in a text, and what words are made of.

use crate::intake::lines::escape_length;

/// A place in a text.
#[derive(Copy, Clone)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    pub(super) at: usize,
}

/// What ends a word, among ASCII: blanks, separators, quotes, brackets, comments, `=`.
static ENDS: [bool; 128] = {
    let mut ends = [false; 128];
    let signs = b" \t\r\n\x0b\x0c\x08\x1b,;\"'`[](){}<>#!=";
    let mut index = 0;
    while index < signs.len() {
        ends[signs[index] as usize] = true;
        index += 1;
    }
    ends
};

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The same place in the text as if that ended at `end`.
    pub(super) fn until(self, end: usize) -> Self {
        Self { text: self.text.get(..end).unwrap_or(self.text), at: self.at }
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// The text between two places; nothing if they aren't on character boundaries.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The byte here; 0 at the end.
    pub(super) fn byte(&self) -> u8 {
        self.bytes().get(self.at).copied().unwrap_or(0)
    }

    fn character(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Where the line ends: at its `\n`, or at the end of the text.
    pub(super) fn line_end(&self) -> usize {
        let rest = self.bytes().get(self.at..).unwrap_or_default();
        rest.iter().position(|byte| *byte == b'\n').map_or(self.text.len(), |length| self.at + length)
    }

    /// Where the next comma, semicolon, comment or line end is, and whether nothing but the line end comes behind.
    pub(super) fn segment_end(&self) -> (usize, bool) {
        let bytes = self.bytes();
        let mut at = self.at;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'\n' => return (at, true),
                b',' | b';' => return (at, false),
                b'#' | b'!' => return (at, true),
                b'/' if bytes.get(at + 1) == Some(&b'/') => return (at, true),
                _ => at += 1,
            }
        }
        (at, true)
    }

    /// Passes over blanks, but no line end.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            match self.byte() {
                b' ' | b'\t' | b'\r' | 0x0b | 0x0c => self.at += 1,
                0x08 | 0x1b => match escape_length(self.bytes().get(self.at..).unwrap_or_default()) {
                    Some(length) => self.at = (self.at + length).min(self.text.len()),
                    None => return,
                },
                0x80.. => match self.character() {
                    Some(character) if is_blank(character) => self.at += character.len_utf8(),
                    _ => return,
                },
                _ => return,
            }
        }
    }

    /// Passes over one blank, quote or bullet beyond ASCII, if there is one.
    pub(super) fn skip_noise(&mut self) -> bool {
        match self.character() {
            Some(character) if is_blank(character) || is_quote(character) || is_bullet(character) => {
                self.at += character.len_utf8();
                true
            }
            _ => false,
        }
    }

    /// The word here, empty at the end of a line or before a sign; the cursor stands behind it then.
    pub(super) fn word(&mut self) -> &'a str {
        let start = self.at;
        let bytes = self.bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'/' if bytes.get(self.at + 1) == Some(&b'/') => break,
                0x80.. => match self.character() {
                    Some(character) if !is_blank(character) && !is_quote(character) => {
                        self.at += character.len_utf8();
                    }
                    _ => break,
                },
                _ if ENDS[usize::from(byte)] => break,
                _ => self.at += 1,
            }
        }
        self.slice(start, self.at)
    }
}

/// A space of any width, also none.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn is_quote(character: char) -> bool {
    matches!(character, '\u{2018}'..='\u{201f}' | '«' | '»' | '‹' | '›')
}

fn is_bullet(character: char) -> bool {
    matches!(character, '•' | '·' | '▪' | '◦')
}

/// A hyphen, dash or minus at the beginning of a text: its length.
pub(super) fn dash(text: &str) -> Option<usize> {
    let character = text.chars().next()?;
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}').then(|| character.len_utf8())
}

/// A word before its first dash, and behind it.
pub(super) fn split_at_dash(word: &str) -> Option<(&str, &str)> {
    if word.is_ascii() {
        return word.split_once('-');
    }
    let (at, length) = word.char_indices().find_map(|(at, _)| Some((at, dash(&word[at..])?)))?;
    Some((&word[..at], &word[at + length..]))
}
