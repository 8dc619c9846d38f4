//! What a terminal leaves in a text that isn't read line by line: escape sequences, backspaces, marks of pagers.

use super::clean::{Cleaned, clean, pager};
use std::borrow::Cow;

/// The length of an escape sequence (ECMA-48) or a backspace at the beginning of these bytes.
pub(crate) fn escape_length(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0x8, ..] => Some(1),
        [0x1b, b'[', rest @ ..] => {
            // Up to its last byte; what has none up to a line end is none.
            let inside = rest.iter().take(32).take_while(|byte| matches!(byte, 0x20..=0x3f)).count();
            Some(2 + inside + usize::from(matches!(rest.get(inside), Some(0x40..=0x7e))))
        }
        [0x1b, b']', rest @ ..] => {
            let end = rest.iter().take(256).position(|byte| matches!(byte, 0x7 | b'\n'));
            Some(2 + end.map_or(0, |end| end + usize::from(rest.get(end) == Some(&0x7))))
        }
        [0x1b, b'(' | b')' | b'#', last, ..] if last.is_ascii() => Some(3),
        [0x1b, ..] => Some(1),
        _ => None,
    }
}

/// What stands behind blanks and what a terminal leaves.
pub(crate) fn behind_blanks(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(length) = escape_length(rest.as_bytes()) {
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    rest
}

/// The length of a pager's mark at the beginning of a line, with one blank behind it; 0 where there is none.
pub(crate) fn pager_length(rest: &str) -> usize {
    if !matches!(rest.as_bytes().first(), Some(b'-' | b'<')) {
        return 0;
    }
    let screen: Vec<(char, u32)> = rest.chars().take(40).take_while(|c| *c != '\n').map(|c| (c, 0)).collect();
    screen.iter().take(pager(&screen)).map(|(character, _)| character.len_utf8()).sum()
}

/// A line as its reader saw it on the screen.
pub(crate) fn on_screen(line: &str) -> Cow<'_, str> {
    if !line.bytes().any(|byte| matches!(byte, 0x8 | 0x1b)) {
        return Cow::Borrowed(line);
    }
    let mut cleaned = Cleaned::default();
    clean(line, false, &mut cleaned);
    Cow::Owned(cleaned.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_left() {
        for (text, behind) in [
            ("\u{1b}[34m\"a\"", "\"a\""),
            (" \u{1b}[39;49;00m: 1", ": 1"),
            ("\u{1b}[0m \u{1b}[K\u{8}\u{8}x", "x"),
            ("\u{1b}]0;title\u{7}x", "x"),
            ("\u{1b}(Bx", "x"),
            ("\u{1b}x", "x"),
            ("\u{1b}[", ""),
            ("\u{1b}[\n1", "1"),
            ("x", "x"),
        ] {
            assert_eq!(behind_blanks(text), behind, "{text:?}");
        }
        assert_eq!(pager_length("--More-- 10.0.0.0/8"), 9);
        assert_eq!(pager_length("---(more 45%)---"), 16);
        assert_eq!(pager_length("- 10.0.0.0/8"), 0);
    }
}
