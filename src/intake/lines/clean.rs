//! What a terminal, a pager, a mail or a copy did to a line, undone; each byte that remains knows where it stood.

/// A line that was cleaned.
#[derive(Default)]
pub(super) struct Cleaned {
    pub(super) text: String,
    /// For each byte of `text`, the byte of the line at which its character stood; one more for the end.
    pub(super) places: Vec<u32>,
    /// A pager's mark was taken off.
    pub(super) paged: bool,
}

/// Where columns of eight begin, for tabs.
pub(crate) const TAB: usize = 8;

/// What pagers print, in small letters: each is taken off the beginning of a line with one blank behind it.
const PAGERS: [&str; 6] =
    ["--more--", "<--- more --->", "---(more)---", "-- more --", "--- more ---", "---(more "];

/// Whether a line is as a device prints it: nothing but printable ASCII, no quote or pager mark before it.
#[inline]
pub(super) fn is_clean(line: &[u8], tabs: bool) -> bool {
    let tab = if tabs { b'\t' } else { b' ' };
    if line.iter().fold(false, |bad, byte| bad | (!matches!(byte, 0x20..0x7f) & (*byte != tab))) {
        return false;
    }
    if line.first() == Some(&b'>') {
        return false;
    }
    // The marks of pagers begin with two dashes or with an angle bracket and a dash.
    let said = line.trim_ascii_start();
    !(said.starts_with(b"--") || said.starts_with(b"<-"))
}

/// Cleans one line, which has no line feed.
pub(super) fn clean(line: &str, tabs: bool, into: &mut Cleaned) {
    let start = quote_marks(line);
    let mut screen: Vec<(char, u32)> = Vec::with_capacity(line.len() - start);
    let mut cursor = 0_usize;
    let mut rest = line.get(start..).unwrap_or_default().char_indices();
    while let Some((at, character)) = rest.next() {
        let place = (start + at) as u32;
        match character {
            '\u{8}' => cursor = cursor.saturating_sub(1),
            // At the end of a line, and before escape codes there, it moves nothing that matters.
            '\r' => cursor = 0,
            '\u{1b}' => escape(&mut rest, &mut screen, &mut cursor),
            '\t' if !tabs => {
                let next = (cursor / TAB + 1) * TAB;
                while cursor < next {
                    put(&mut screen, &mut cursor, ' ', place);
                }
            }
            '\t' => put(&mut screen, &mut cursor, '\t', place),
            _ if is_blank(character) => put(&mut screen, &mut cursor, ' ', place),
            _ if is_nothing(character) => {}
            _ => put(&mut screen, &mut cursor, character, place),
        }
    }
    let from = pager(&screen);
    into.paged = from > 0;
    into.text.clear();
    into.places.clear();
    for (character, place) in screen.into_iter().skip(from) {
        into.text.push(character);
        into.places.resize(into.text.len(), place);
    }
    into.text.truncate(into.text.trim_end().len());
    into.places.truncate(into.text.len());
    let end = match into.text.is_empty() {
        // Where the text would begin.
        true => start,
        false => {
            let last = into.places.last().map_or(0, |place| *place as usize);
            last + line.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
        }
    };
    into.places.push(end as u32);
}

fn put(screen: &mut Vec<(char, u32)>, cursor: &mut usize, character: char, place: u32) {
    match screen.get_mut(*cursor) {
        Some(cell) => *cell = (character, place),
        None => screen.push((character, place)),
    }
    *cursor += 1;
}

/// How long the quote marks of a mail before a line are: `> `, `>> `, `> > `. Only from the first column on, for Junos
/// marks a next hop by a `>` behind blanks.
fn quote_marks(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut at = if line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while bytes.get(at) == Some(&b'>') {
        at += 1;
        if bytes.get(at) == Some(&b' ') {
            at += 1;
        }
    }
    at
}

/// An escape sequence (ECMA-48), of which only those that move the cursor in its line or clear something matter.
fn escape(rest: &mut std::str::CharIndices<'_>, screen: &mut Vec<(char, u32)>, cursor: &mut usize) {
    let mut ahead = rest.clone();
    match ahead.next() {
        Some((_, '[')) => {
            let mut number = String::new();
            for (_, character) in ahead.by_ref() {
                match character {
                    '0'..='9' | ';' | '?' => number.push(character),
                    '@'..='~' => {
                        match (character, number.as_str()) {
                            ('K', "" | "0") => screen.truncate(*cursor),
                            ('K', "2") => screen.clear(),
                            ('D', count) => *cursor = cursor.saturating_sub(count.parse().unwrap_or(1)),
                            ('G', column) => {
                                *cursor = column.parse::<usize>().unwrap_or(1).saturating_sub(1).min(screen.len());
                            }
                            _ => {}
                        }
                        *cursor = (*cursor).min(screen.len());
                        break;
                    }
                    _ => {}
                }
            }
        }
        // A title for the window, up to a bell or the end of the string.
        Some((_, ']')) => {
            for (_, character) in ahead.by_ref() {
                if matches!(character, '\u{7}' | '\u{9c}') {
                    break;
                }
            }
        }
        Some((_, '(' | ')' | '#')) => {
            ahead.next();
        }
        Some(_) => {}
        None => return,
    }
    *rest = ahead;
}

/// How many characters at the beginning are a pager's mark.
pub(super) fn pager(screen: &[(char, u32)]) -> usize {
    let blanks = screen.iter().take_while(|(character, _)| *character == ' ').count();
    let behind = screen.get(blanks..).unwrap_or_default();
    if !matches!(behind.first(), Some(('-' | '<', _))) {
        return 0;
    }
    let head: String = behind.iter().take(24).map(|(character, _)| character.to_ascii_lowercase()).collect();
    for mark in PAGERS {
        if !head.starts_with(mark) {
            continue;
        }
        let mut length = mark.len();
        if mark.ends_with(' ') {
            // Junos says how far it is: `---(more 45%)---`.
            match head.find(")---") {
                Some(end) => length = end + ")---".len(),
                None => continue,
            }
        }
        let mut end = blanks + length;
        if matches!(screen.get(end), Some((' ', _))) {
            end += 1;
        }
        return end;
    }
    0
}

/// A space of any width but none.
fn is_blank(character: char) -> bool {
    character.is_whitespace()
}

/// What has no width: control characters, zero-width spaces, byte order marks, soft hyphens.
fn is_nothing(character: char) -> bool {
    character.is_control() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(line: &str) -> (String, Vec<u32>) {
        let mut into = Cleaned::default();
        clean(line, false, &mut into);
        (into.text, into.places)
    }

    #[test]
    fn what_a_terminal_showed_is_what_is_read() {
        let back = "\u{8}".repeat(9);
        let paged = format!(" --More-- {back}        {back}*> 10.0.0.0/8");
        for (line, text) in [
            ("*> 10.0.0.0/8\r", "*> 10.0.0.0/8"),
            ("> *> 10.0.0.0/8", "*> 10.0.0.0/8"),
            (">>>  10.0.0.0/8", " 10.0.0.0/8"),
            ("> > 10.0.0.0/8", "10.0.0.0/8"),
            ("   > to 192.0.2.1", "   > to 192.0.2.1"),
            ("\u{feff}10.0.0.0/8", "10.0.0.0/8"),
            ("\u{a0}10.0.0.0/8\u{a0}", " 10.0.0.0/8"),
            ("10.0.\u{200b}0.0/8", "10.0.0.0/8"),
            ("a\tb\t\tc", "a       b               c"),
            (paged.as_str(), "*> 10.0.0.0/8"),
            (" --More--  *> 10.0.0.0/8", " *> 10.0.0.0/8"),
            ("--More--", ""),
            ("<--- More --->", ""),
            ("<--- More --->\r              \rC    192.0.2.0 255.255.255.0", "C    192.0.2.0 255.255.255.0"),
            ("---(more 45%)---\r                 \r10.0.0.0/8", "10.0.0.0/8"),
            ("\u{1b}[7m--More--\u{1b}[m\r\u{1b}[K*> 10.0.0.0/8", "*> 10.0.0.0/8"),
            ("\u{1b}[1;32m10.0.0.0/8\u{1b}[0m", "10.0.0.0/8"),
            ("\u{1b}]0;router\u{7}router# show", "router# show"),
            ("- 10.0.0.0/8", "- 10.0.0.0/8"),
            ("grüße", "grüße"),
            ("\u{1b}[", ""),
            ("\u{1b}", ""),
        ] {
            assert_eq!(cleaned(line).0, text, "{line:?}");
        }
    }

    #[test]
    fn every_column_knows_its_place() {
        assert_eq!(cleaned("> ü\tx"), ("ü       x".to_owned(), vec![2, 2, 4, 4, 4, 4, 4, 4, 4, 5, 6]));
        assert_eq!(cleaned("--More-- 10"), ("10".to_owned(), vec![9, 10, 11]));
        assert_eq!(cleaned("> "), (String::new(), vec![2]));
    }
}
