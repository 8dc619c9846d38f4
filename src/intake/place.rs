//! From bytes of a text to lines and columns, and back.

use std::ops::Range;

/// How far apart the counted places of a text are, in bytes.
const STRIDE: usize = 512;

/// A place as people count: line and column from 1.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// The lines of a text, for turning many byte offsets into places quickly. Lines end at `\n`.
///
/// A lookup costs a binary search over the lines and a walk over at most some hundred bytes, however long the line.
/// An offset inside a character counts as its beginning, one behind the text as its end.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: Vec<u32>,
    /// Characters and UTF-16 units before each multiple of [`STRIDE`] bytes; empty where all is ASCII.
    counts: Vec<(u32, u32)>,
}

impl<'a> LineIndex<'a> {
    /// Finds the lines of a text.
    pub fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        starts.extend(ends.map(|(at, _)| super::reading::offset(at + 1)));
        let mut counts = Vec::new();
        if !text.is_ascii() {
            let (mut characters, mut units) = (0, 0);
            for chunk in text.as_bytes().chunks(STRIDE) {
                counts.push((characters, units));
                for byte in chunk {
                    let (character, unit) = weight(*byte);
                    characters += character;
                    units += unit;
                }
            }
            counts.push((characters, units));
        }
        Self { text, starts, counts }
    }

    /// How many lines there are: one more than line ends.
    pub fn lines(&self) -> u32 {
        super::reading::offset(self.starts.len())
    }

    /// The place of a byte, its column in characters.
    pub fn line_column(&self, at: u32) -> LineColumn {
        self.place(at, |(characters, _)| characters)
    }

    /// The place of a byte, its column in UTF-16 units, as browsers count.
    pub fn line_column_utf16(&self, at: u32) -> LineColumn {
        self.place(at, |(_, units)| units)
    }

    /// How many UTF-16 units come before a byte of the text: an index into a browser's string.
    pub fn utf16_offset(&self, at: u32) -> u32 {
        self.before(self.clamped(at)).1
    }

    /// The byte at which an index into a browser's string stands; inside a surrogate pair, the pair's beginning.
    pub fn byte_of_utf16(&self, units: u32) -> u32 {
        if self.counts.is_empty() {
            return self.clamped(units);
        }
        let chunk = self.counts.partition_point(|(_, before)| *before <= units).saturating_sub(1);
        let mut at = (chunk * STRIDE).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let mut seen = self.before(super::reading::offset(at)).1;
        for character in self.text.get(at..).unwrap_or_default().chars() {
            seen += character.len_utf16() as u32;
            if seen > units {
                break;
            }
            at += character.len_utf8();
        }
        super::reading::offset(at)
    }

    /// The line in which a byte stands, without its line end: bytes of the text.
    pub fn line_span(&self, at: u32) -> Range<u32> {
        self.span_of(self.line_of(self.clamped(at)))
    }

    /// A line by its number from 1, without its line end: bytes of the text. `None` behind the last.
    pub fn line(&self, line: u32) -> Option<Range<u32>> {
        let index = (line as usize).checked_sub(1)?;
        (index < self.starts.len()).then(|| self.span_of(index))
    }

    fn span_of(&self, index: usize) -> Range<u32> {
        let start = self.starts.get(index).copied().unwrap_or(0);
        let mut end = match self.starts.get(index + 1) {
            Some(next) => next - 1,
            None => super::reading::offset(self.text.len()),
        };
        if end > start && self.text.as_bytes().get(end as usize - 1) == Some(&b'\r') {
            end -= 1;
        }
        start..end
    }

    fn line_of(&self, at: u32) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    fn place(&self, at: u32, unit: impl Fn((u32, u32)) -> u32) -> LineColumn {
        let at = self.clamped(at);
        let index = self.line_of(at);
        let start = self.starts.get(index).copied().unwrap_or(0);
        let column = unit(self.before(at)) - unit(self.before(start));
        LineColumn { line: super::reading::offset(index + 1), column: column + 1 }
    }

    fn clamped(&self, at: u32) -> u32 {
        let mut at = (at as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        super::reading::offset(at)
    }

    /// Characters and UTF-16 units before a byte.
    fn before(&self, at: u32) -> (u32, u32) {
        let chunk = at as usize / STRIDE;
        let Some(&(mut characters, mut units)) = self.counts.get(chunk) else { return (at, at) };
        for byte in self.text.as_bytes().get(chunk * STRIDE..at as usize).unwrap_or_default() {
            let (character, unit) = weight(*byte);
            characters += character;
            units += unit;
        }
        (characters, units)
    }
}

/// What a byte of UTF-8 counts: all of a character counts at its first byte.
fn weight(byte: u8) -> (u32, u32) {
    match byte {
        0x80..=0xbf => (0, 0),
        0xf0.. => (1, 2),
        _ => (1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_utf16_units_are_told_apart() {
        let text = "ab\r\nä😀x\n";
        let index = LineIndex::new(text);
        let x = text.find('x').unwrap() as u32;
        assert_eq!(index.line_column(x), LineColumn { line: 2, column: 3 });
        assert_eq!(index.line_column_utf16(x), LineColumn { line: 2, column: 4 });
        assert_eq!(index.line_column(x - 1), LineColumn { line: 2, column: 2 }, "inside a character");
        assert_eq!(index.line_column(99), LineColumn { line: 3, column: 1 });
        assert_eq!(index.line_span(1), 0..2, "without its line end");
        assert_eq!(index.line(3), Some(12..12));
        assert_eq!(index.line(4), None);
        assert_eq!(index.lines(), 3);
    }

    #[test]
    fn every_place_agrees_with_a_slow_count() {
        let text = "ü😀 10.0.0.0/8\n".repeat(150) + &"€".repeat(700) + "\n" + &"x".repeat(700);
        let index = LineIndex::new(&text);
        for (at, _) in text.char_indices() {
            let before = &text[..at];
            let line_start = before.rfind('\n').map_or(0, |end| end + 1);
            let line = before.matches('\n').count() as u32 + 1;
            let column = text[line_start..at].chars().count() as u32 + 1;
            let column16 = text[line_start..at].encode_utf16().count() as u32 + 1;
            let at32 = at as u32;
            assert_eq!(index.line_column(at32), LineColumn { line, column });
            assert_eq!(index.line_column_utf16(at32), LineColumn { line, column: column16 });
            let units = before.encode_utf16().count() as u32;
            assert_eq!(index.utf16_offset(at32), units);
            assert_eq!(index.byte_of_utf16(units), at32);
        }
    }
}
