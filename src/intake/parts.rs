//! Several prints in one paste, taken apart where one ends and the next begins.
//!
//! A text is cut only where that can be told: behind a prompt or an echoed command, behind the end of a JSON value, and
//! behind a blank line where what follows isn't understood as what came before and is understood as something else, or
//! is the same table of another device. A cut that would lose a line isn't made.

use super::lines::{Lines, has_address, is_noise};
use super::{Fault, Format, Reading, Reason, Severity, read, recognise};
use std::cmp::Ordering;
use std::ops::Range;

/// Longer texts are one part: nobody pastes two tables of that size one after the other.
pub const MAX_SPLIT: usize = 8 << 20;

/// A text that seems to have more parts is taken for one.
pub const MAX_PARTS: usize = 32;

/// So many paragraphs are looked at.
const MAX_BLOCKS: usize = 2_000;

/// A part of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextPart {
    /// Where it is: whole lines, in bytes of the text.
    pub span: Range<usize>,
    /// The prompt and command above it, e.g. `router1 show ip bgp`, where they are there; else empty.
    pub command: String,
}

/// The parts of a text, in order and without gaps; one where nothing tells it apart.
pub fn split(text: &str) -> Vec<TextPart> {
    let blocks = if text.len() <= MAX_SPLIT { blocks(text) } else { Vec::new() };
    let mut parts: Vec<TextPart> = Vec::new();
    if (2..=MAX_BLOCKS).contains(&blocks.len()) {
        let mut from = 0;
        while let Some(next) = blocks.get(from..).and_then(|rest| end_of_first(text, rest)) {
            parts.push(part(text, &blocks[from..from + next]));
            from += next;
            if parts.len() >= MAX_PARTS {
                parts.clear();
                from = 0;
                break;
            }
        }
        parts.push(part(text, &blocks[from..]));
    }
    if parts.len() < 2 || loses(text, &parts) {
        let command = blocks.iter().find_map(|block| block.command.clone()).unwrap_or_default();
        return vec![TextPart { span: 0..text.len(), command }];
    }
    parts
}

/// Whether less is read in the parts than in the whole, or as much with more faults.
fn loses(text: &str, parts: &[TextPart]) -> bool {
    let (mut entries, mut errors) = (0, 0);
    for part in parts {
        let reading = read(&text[part.span.clone()], None);
        if reading.is_empty() {
            return true;
        }
        entries += reading.entries_read;
        errors += reading.faults.errors;
    }
    let whole = read(text, None);
    entries < whole.entries_read || (entries == whole.entries_read && errors > whole.faults.errors)
}

fn part(text: &str, blocks: &[Block]) -> TextPart {
    let start = blocks.first().map_or(0, |block| block.span.start);
    let end = blocks.last().map_or(text.len(), |block| block.span.end);
    let command = blocks.iter().find_map(|block| block.command.clone()).unwrap_or_default();
    TextPart { span: start..end, command }
}

/// Lines that belong together: a paragraph, what stands between two commands, or a JSON value.
struct Block {
    span: Range<usize>,
    command: Option<String>,
    /// It is behind the end of a JSON value, or is one.
    json: bool,
}

/// How many of the blocks are the first part; `None`: all of them.
fn end_of_first(text: &str, blocks: &[Block]) -> Option<usize> {
    let start = blocks.first()?.span.start;
    // What it is, is known from its first block that has an entry, with what stands above.
    let (known, reading) = blocks.iter().enumerate().find_map(|(index, block)| {
        let reading = read(text.get(start..block.span.end)?, None);
        (!reading.is_empty()).then_some((index, reading))
    })?;
    let format = reading.format;
    let json = recognise(text.get(start..blocks.get(known)?.span.end)?)
        .first()
        .is_some_and(|guess| matches!(guess.reason, Reason::Keys { .. }));
    let ours = blocks.get(..=known)?.iter().find_map(device_of);
    let whole = read(text.get(start..)?, Some(format));
    for index in known + 1..blocks.len() {
        let (before, block) = (&blocks[index - 1], &blocks[index]);
        let own = &text[block.span.clone()];
        let rest = &text[block.span.start..];
        // A device goes on in the next command where its table does.
        if block.command.is_some() {
            let next = first_format(text, &blocks[index..]);
            if next.is_some_and(|next| next != format || device_of(block) != ours) {
                return Some(index);
            }
            continue;
        }
        if own.trim().is_empty() {
            continue;
        }
        if before.json || (block.json && !json) {
            if read(rest, None).is_empty() {
                continue;
            }
            return Some(index);
        }
        let behind = blocks.get(index + 1).map_or(block.span.end, |next| next.span.end);
        let window = Window { own, rest, behind: &text[block.span.start..behind], at: block.span.start - start };
        if begins_another(&window, &reading, &whole) {
            return Some(index);
        }
    }
    None
}

/// The format of the first blocks that have an entry, before the next command.
fn first_format(text: &str, blocks: &[Block]) -> Option<Format> {
    let start = blocks.first()?.span.start;
    let next = blocks.iter().skip(1).position(|block| block.command.is_some());
    let blocks = blocks.get(..next.map_or(blocks.len(), |next| next + 1))?;
    blocks.iter().find_map(|block| {
        let reading = read(text.get(start..block.span.end)?, None);
        (!reading.is_empty()).then_some(reading.format)
    })
}

/// The device that a block's prompt names; `None` where its command stands without a prompt.
fn device_of(block: &Block) -> Option<&str> {
    let first = block.command.as_deref()?.split_whitespace().next()?;
    (!COMMANDS.contains(&first)).then_some(first)
}

/// A paragraph that may begin another part.
struct Window<'t> {
    /// The paragraph.
    own: &'t str,
    /// It and the next one: a paragraph may be a mere heading.
    behind: &'t str,
    /// It and all that follows.
    rest: &'t str,
    /// Where it begins in the part.
    at: usize,
}

/// How sure a guess is that rests on a heading or on keys of a format's own.
const SURE: u8 = 80;

/// Whether a paragraph is the beginning of something else than the part before it, which `whole` reads to the end.
fn begins_another(window: &Window<'_>, part: &Reading, whole: &Reading) -> bool {
    let Some(guess) = recognise(window.own).into_iter().next() else { return false };
    if guess.format == part.format {
        return window.own.lines().take(4).any(|line| line.to_ascii_lowercase().contains("router id"))
            && is_of_another(&read(window.rest, Some(guess.format)), part);
    }
    if guess.format == Format::Plain {
        // An address in a line of words is no list.
        let own = read(window.own, Some(Format::Plain));
        if own.entries_read < 2 && own.faults.total() > 0 {
            return false;
        }
    }
    let alone = read(window.rest, Some(guess.format));
    let tell = |length: usize| {
        let as_part = counted(whole, window.at, length);
        let as_own = counted(&alone, 0, length);
        // More is read, or as much with fewer errors.
        (as_own.0, -as_own.1).cmp(&(as_part.0, -as_part.1))
    };
    match tell(window.own.len()) {
        Ordering::Greater => true,
        Ordering::Equal | Ordering::Less if guess.confidence < SURE => false,
        Ordering::Less => false,
        Ordering::Equal => tell(window.behind.len()) == Ordering::Greater,
    }
}

/// How many entries and errors a reading has in so many bytes from there on.
fn counted(reading: &Reading, at: usize, length: usize) -> (i64, i64) {
    let inside = |place: u32| (at..at + length).contains(&(place as usize));
    let v4 = reading.v4.iter().filter(|entry| inside(entry.at)).count();
    let v6 = reading.v6.iter().filter(|entry| inside(entry.at)).count();
    let error = |fault: &&Fault| fault.severity == Severity::Error && inside(fault.span.start);
    let errors = reading.faults.kept.iter().filter(error).count();
    ((v4 + v6) as i64, errors as i64)
}

/// Whether a table is the same one as in this part, and of another router.
fn is_of_another(table: &Reading, part: &Reading) -> bool {
    let Some(next) = table.sets.first() else { return false };
    let same = part.sets.iter().find(|set| set.details.vrf == next.details.vrf);
    let routers = same.map(|set| (set.details.router_id, next.details.router_id));
    matches!(routers, Some((Some(before), Some(after))) if before != after)
}

/// Takes a text apart at commands, at blank lines and around JSON values.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = Lines::new(text);
    let (mut start, mut says, mut blank) = (0, false, false);
    let mut command: Option<String> = None;
    let mut json_until = 0;
    let mut json = false;
    loop {
        let at = lines.at();
        let Some(line) = lines.next() else { break };
        if at < json_until {
            continue;
        }
        let shown = line.text.trim();
        if shown.is_empty() {
            blank = true;
            continue;
        }
        let this = command_of(shown);
        // A value that is indented is inside something.
        let value = if this.is_none() { json_end(&text[at..]) } else { None };
        let cut = this.is_some() || value.is_some() || json || (blank && says);
        if cut && (says || command.is_some() || json) {
            blocks.push(Block { span: start..at, command: command.take(), json });
            start = at;
        }
        if cut {
            (says, json) = (false, false);
        }
        if let Some(length) = value {
            json_until = at + length;
            json = true;
        }
        command = this.or(command);
        // Noise and comments don't make a paragraph of their own.
        says |= json || !is_noise(shown) || has_address(shown);
        blank = false;
        if blocks.len() > MAX_BLOCKS {
            return Vec::new();
        }
    }
    blocks.push(Block { span: start..text.len(), command, json });
    blocks
}

/// How long the JSON value is with which a text begins, its own line to the end; `None` where it begins with none.
fn json_end(text: &str) -> Option<usize> {
    let open = text.starts_with(['{', '[']);
    let next = text.get(1..).map(str::trim_start).unwrap_or_default();
    if !open || !next.starts_with(['"', '{', '[', ']', '}']) {
        return None;
    }
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            // A quote that isn't closed ends with its line, as everywhere here.
            b'\n' => quoted = false,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let rest = text.get(at..)?;
                    return Some(at + rest.find('\n').map_or(rest.len(), |end| end + 1));
                }
            }
            _ => {}
        }
    }
    Some(text.len())
}

/// Words with which commands that print tables begin.
static COMMANDS: [&str; 10] = ["show", "sho", "sh", "get", "display", "ip", "birdc", "vtysh", "bgpdump", "az"];

/// The prompt's name and the command of a line that echoes one.
fn command_of(line: &str) -> Option<String> {
    let begins = |words: &str| {
        let mut words = words.split_whitespace();
        let first = words.next()?;
        let known = COMMANDS.contains(&first) || first.starts_with("Get-Az");
        // A command has a word behind it; `ip` alone is none.
        (known
            && (first.starts_with("Get-Az")
                || words
                    .next()
                    .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-'))))
        .then_some(())
    };
    if line.len() > 300 {
        return None;
    }
    if begins(line).is_some() && !has_address(line) {
        return Some(line.to_owned());
    }
    let sign = line.bytes().position(|byte| matches!(byte, b'#' | b'>' | b'$' | b'%'))?;
    let (name, rest) = (line.get(..sign)?.trim(), line.get(sign + 1..)?.trim());
    let prompt = super::lines::is_prompt(line) || name.starts_with("PS ");
    begins(rest).filter(|()| prompt)?;
    Some(format!("{name} {rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const IOS: &str = "\
BGP table version is 412, local router ID is 192.0.2.1
Status codes: s suppressed, d damped, h history, * valid, > best, i - internal
Origin codes: i - IGP, e - EGP, ? - incomplete

     Network          Next Hop            Metric LocPrf Weight Path
 *>  20.60.28.0/23    192.0.2.9                0             0 12076 i
 *>  52.240.0.0/16    192.0.2.9                0             0 12076 i
";
    const LIST: &str = "10.0.0.0/8\n2001:db8::/32 med=5\n";
    const JSON: &str = "{\"values\": [\n  {\"name\": \"Sql\",\n  \"properties\": {\"addressPrefixes\": [\"13.64.0.0/11\"]}}\n]}\n";

    fn parts(text: &str) -> Vec<(String, String)> {
        let parts = split(text);
        assert_eq!(parts.first().map(|part| part.span.start), Some(0));
        assert_eq!(parts.last().map(|part| part.span.end), Some(text.len()));
        assert!(parts.windows(2).all(|pair| pair[0].span.end == pair[1].span.start));
        let told = |part: &TextPart| {
            let own = &text[part.span.clone()];
            (format!("{} {}", read(own, None).format, own.lines().count()), part.command.clone())
        };
        parts.iter().map(told).collect()
    }

    fn formats(text: &str) -> Vec<String> {
        parts(text).into_iter().map(|(told, _)| told).collect()
    }

    #[test]
    fn one_print_is_one_part() {
        for text in
            [IOS, LIST, JSON, "", "\n", "what\n\nis this\n", "10.0.0.0/8\n\n\n11.0.0.0/8\n\n# a\n\n12.0.0.0/8"]
        {
            assert_eq!(split(text).len(), 1, "{text}");
        }
        let framed = format!("router1#terminal length 0\nrouter1#show ip bgp\n{IOS}\nrouter1#exit\n");
        assert_eq!(parts(&framed), [("ios-bgp 11".to_owned(), "router1 show ip bgp".to_owned())]);
    }

    #[test]
    fn prints_one_after_the_other() {
        assert_eq!(formats(&format!("{IOS}\n{LIST}")), ["ios-bgp 8", "plain 2"]);
        assert_eq!(formats(&format!("{LIST}\n{IOS}")), ["plain 3", "ios-bgp 7"]);
        assert_eq!(formats(&format!("{JSON}{LIST}")), ["service-tags 4", "plain 2"]);
        assert_eq!(formats(&format!("{LIST}{JSON}{IOS}")), ["plain 2", "service-tags 4", "ios-bgp 7"]);
    }

    #[test]
    fn commands_and_devices_tell_alike_prints_apart() {
        let other = IOS.replace("ID is 192.0.2.1", "ID is 192.0.2.2");
        assert_eq!(formats(&format!("{IOS}\n{other}")), ["ios-bgp 8", "ios-bgp 7"]);
        assert_eq!(formats(&format!("{IOS}\n{IOS}")).len(), 1, "the same device goes on");
        let both = format!("r1#show ip bgp\n{IOS}r1#show bgp all\n{IOS}");
        assert_eq!(formats(&both).len(), 1, "in its next command too");
        let two = format!("r1#show ip bgp\n{IOS}r2#show ip bgp\n{IOS}r2#\n");
        let commands: Vec<String> = parts(&two).into_iter().map(|(_, command)| command).collect();
        assert_eq!(commands, ["r1 show ip bgp", "r2 show ip bgp"]);
    }

    #[test]
    fn commands() {
        for (line, command) in [
            ("router1#show ip bgp", Some("router1 show ip bgp")),
            ("show ip bgp", Some("show ip bgp")),
            ("user@srx> show route", Some("user@srx show route")),
            (
                "PS C:\\x> Get-AzExpressRouteCircuitRouteTable -Name a",
                Some("PS C:\\x Get-AzExpressRouteCircuitRouteTable -Name a"),
            ),
            ("[user@host ~]$ ip route", Some("[user@host ~] ip route")),
            ("router1#", None),
            ("router1#exit", None),
            ("10.0.0.0/8 # show me", None),
            ("ip 10.0.0.0/8", None),
            ("Get-together 10.0.0.0/8", None),
            ("B>* 10.0.0.0/8 [20/0]", None),
        ] {
            assert_eq!(command_of(line).as_deref(), command, "{line}");
        }
    }
}
