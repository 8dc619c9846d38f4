//! What terminals, pagers, mails and copies do to a text.

/// What it is called, and how it is made.
pub type Mess = (&'static str, fn(&str) -> Vec<u8>);

/// Ways in which a text is not as the device printed it.
pub const MESSES: [Mess; 13] = [
    ("Windows line ends", |text| text.replace('\n', "\r\n").into_bytes()),
    ("UTF-16 of PowerShell", |text| utf16(&format!("\u{feff}{}", text.replace('\n', "\r\n")), u16::to_le_bytes)),
    ("UTF-16, high bytes first", |text| utf16(&format!("\u{feff}{text}"), u16::to_be_bytes)),
    ("every other blank unbreakable", |text| text.replace("  ", "\u{a0} ").into_bytes()),
    ("every blank unbreakable", |text| text.replace(' ', "\u{a0}").into_bytes()),
    ("mail", |text| lines(text, |_, line| format!("> {line}"))),
    ("answered mail", |text| lines(text, |_, line| format!(">> {line}"))),
    ("colours", |text| lines(text, |_, line| format!("\u{1b}[1;32m{line}\u{1b}[0m\u{1b}[K"))),
    ("pager, wiped", |text| {
        let wiped = format!(" --More-- {0}        {0}", "\u{8}".repeat(9));
        lines(text, |nth, line| if nth % 6 == 5 { format!("{wiped}{line}") } else { line.to_owned() })
    }),
    ("pager, on lines of its own", |text| {
        lines(text, |nth, line| if nth % 6 == 5 { format!(" --More-- \n{line}") } else { line.to_owned() })
    }),
    ("prompts before", |text| format!("core1#terminal length 0\ncore1#show it\n{text}").into_bytes()),
    ("banner before", |text| {
        format!("Last login: Mon Nov 23 10:00:00 2026 from host\n\nWed Nov 25 03:03:23.123 UTC\n\n{text}")
            .into_bytes()
    }),
    ("tabs", |text| lines(text, |_, line| tabbed(line))),
];

fn lines(text: &str, mess: impl Fn(usize, &str) -> String) -> Vec<u8> {
    let all: Vec<String> = text.lines().enumerate().map(|(nth, line)| mess(nth, line)).collect();
    all.join("\n").into_bytes()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// Blanks up to a multiple of eight made a tab.
fn tabbed(line: &str) -> String {
    if !line.is_ascii() {
        return line.to_owned();
    }
    let pieces = line.as_bytes().chunks(8).map(|piece| {
        let piece = std::str::from_utf8(piece).unwrap();
        if piece.len() == 8 && piece.ends_with("  ") {
            format!("{}\t", piece.trim_end())
        } else {
            piece.to_owned()
        }
    });
    pieces.collect()
}
