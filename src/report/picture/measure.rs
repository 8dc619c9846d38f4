//! How wide a text may come out, without a browser: an upper bound for any system font.

/// The size of a text in pixels, and whether it is bold.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Face {
    /// Pixels.
    pub size: i32,
    /// Bold letters are wider.
    pub bold: bool,
}

/// The width of a text in pixels, rounded up; never less than what common system fonts give.
pub(super) fn width(text: &str, face: Face) -> i32 {
    let thousandths: i32 = text.chars().map(em).fold(0, i32::saturating_add);
    let bold = if face.bold { 107 } else { 100 };
    thousandths.saturating_mul(face.size).saturating_mul(bold) / 100_000 + 1
}

/// The text in lines that fit, at most so many, and whether something was cut off (then the last ends in `…`).
pub(super) fn wrap(text: &str, face: Face, room: i32, lines: usize) -> (Vec<String>, bool) {
    let mut done: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if done.len() + 1 >= lines {
            let (last, cut) = fit(rest, face, room);
            done.push(last);
            return (done, cut);
        }
        let taken = line_end(rest, face, room);
        done.push(rest[..taken].trim_end().to_owned());
        rest = rest[taken..].trim_start();
    }
    (done, false)
}

/// The text cut to what fits, and whether it was cut.
pub(super) fn fit(text: &str, face: Face, room: i32) -> (String, bool) {
    if width(text, face) <= room {
        return (text.to_owned(), false);
    }
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if width(&format!("{kept}…"), face) > room {
            kept.pop();
            break;
        }
    }
    (format!("{}…", kept.trim_end()), true)
}

/// Where the first line ends, in bytes: at the last space that fits, else within the word.
fn line_end(text: &str, face: Face, room: i32) -> usize {
    let mut at_space = 0;
    let mut within = 0;
    for (start, letter) in text.char_indices() {
        let end = start + letter.len_utf8();
        if letter.is_whitespace() {
            at_space = start;
        } else if width(&text[..end], face) > room {
            return match (at_space, within) {
                (0, 0) => end,
                (0, within) => within,
                (space, _) => space,
            };
        } else {
            within = end;
        }
    }
    text.len()
}

/// The advance of a letter, in thousandths of the font size, at most.
fn em(letter: char) -> i32 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '|' | '!' | '\'' | ' ' => 330,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | '\\' | '"' | 'I' | '·' => 420,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 980,
        '0'..='9' | 'a'..='z' | 'J' | '–' | '_' | '#' | '$' | '?' | '*' => 610,
        'A'..='Z' | '+' | '=' | '<' | '>' | '~' | '^' | '&' => 740,
        '\u{0}'..='\u{24F}' => 780,
        '\u{370}'..='\u{52F}' => 860,
        _ => 1100,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Face = Face { size: 13, bold: true };

    #[test]
    fn lines_fit_and_say_when_they_are_cut() {
        for text in [
            "",
            "ER",
            "ExpressRoute Chicago primary link",
            "Waschmaschinenfabrik",
            "日本橋データセンター",
            "a b c d e f g h",
        ] {
            for room in [40, 80, 120] {
                let (lines, cut) = wrap(text, FACE, room, 2);
                assert!(lines.len() <= 2);
                for line in &lines {
                    assert!(width(line, FACE) <= room, "{line} in {room}");
                }
                let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                let shown: String = lines.iter().map(|line| letters(line)).collect();
                assert_eq!(cut, shown != letters(text), "{text} in {room}: {lines:?}");
                assert_eq!(cut, shown.ends_with('…'));
            }
        }
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        let (lines, cut) = wrap("Internet Frankfurt", FACE, 90, 2);
        assert_eq!((lines, cut), (vec!["Internet".to_owned(), "Frankfurt".to_owned()], false));
    }
}
