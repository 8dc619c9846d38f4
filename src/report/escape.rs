//! Text made harmless for what it is put into.

/// Text for HTML and XML, in elements and quoted attributes: what would be markup escaped, what can't be held left out.
pub fn html(text: &str, into: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            // Would turn the direction of what follows, so that it reads as what it isn't.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            other => into.push(other),
        }
    }
}

/// Text within a line of Markdown: read as it is written, as no markup, link or HTML. Never longer than a line.
pub fn markdown(text: &str, into: &mut String) {
    let mut before = ' ';
    let mut start = true;
    let mut digits = false;
    let mut rest = text.trim().chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '@' => {
                into.push('\\');
                into.push(letter);
            }
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '#' | '+' | '-' | '=' if start => {
                into.push('\\');
                into.push(letter);
            }
            '.' | ')' if digits => {
                into.push('\\');
                into.push(letter);
            }
            // Renderers make links of addresses on their own.
            ':' if rest.peek() == Some(&'/') => into.push_str("\\:"),
            '.' if matches!(before, 'w' | 'W') => into.push_str("\\."),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            letter if letter.is_control() || letter == '\u{2028}' || letter == '\u{2029}' => into.push(' '),
            letter => into.push(letter),
        }
        // `1.` and `1)` begin a list only where nothing but digits stands before them.
        digits = (start || digits) && letter.is_ascii_digit();
        start = false;
        before = letter;
    }
}

/// A cell for a spreadsheet: one line, never a formula.
///
/// Spreadsheets work out cells that begin with `=`, `+`, `-` or `@` (OWASP: CSV injection), also the wide forms of
/// these. Such a cell gets an apostrophe before it; what breaks lines or columns becomes a blank.
pub fn cell(text: &str) -> String {
    let plain = |c: char| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c };
    let line: String = text.chars().map(plain).collect();
    let line = line.trim();
    let acts = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    if line.starts_with(acts) { format!("'{line}") } else { line.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_never_formulas() {
        for (text, expected) in [
            ("Backup", "Backup"),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'=1"),
            ("\r=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("  =1", "'=1"),
            ("\u{a0}=1", "'=1"),
            ("＝1", "'＝1"),
            ("a\r\nb\tc", "a  b c"),
            ("a=1", "a=1"),
            ("", ""),
            ("\n", ""),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }

    #[test]
    fn markdown_reads_as_written() {
        for (text, expected) in [
            ("Office A-1", "Office A-1"),
            ("# a", "\\# a"),
            ("- a", "\\- a"),
            ("12. a", "12\\. a"),
            ("1) a", "1\\) a"),
            ("10.0.0.0/8", "10\\.0.0.0/8"),
            ("a|b", "a\\|b"),
            ("<img src=x>", "&lt;img src=x&gt;"),
            ("[a](javascript:x)", "\\[a\\](javascript:x)"),
            ("https://x.example", "https\\://x.example"),
            ("www.example", "www\\.example"),
            ("a\n\nb", "a  b"),
            ("\u{202e}abc", "abc"),
        ] {
            let mut out = String::new();
            markdown(text, &mut out);
            assert_eq!(out, expected, "{text:?}");
        }
    }

    #[test]
    fn html_holds_no_markup() {
        let mut out = String::new();
        html("<script>\"'&\u{0}\u{202e}é", &mut out);
        assert_eq!(out, "&lt;script&gt;&quot;&#39;&amp;é");
    }
}
