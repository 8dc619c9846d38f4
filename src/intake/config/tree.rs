//! Configuration that is made of braces, as the statements that say the same on one line each.
//!
//! ```text
//! pool out { address { 203.0.113.0/28; } }     pool out address 203.0.113.0/28
//! source [ 10.0.0.0/8 172.16.0.0/12 ];         source 10.0.0.0/8, and source 172.16.0.0/12
//! ```

use super::{Draft, MAX_WORDS_IN_ALL, Statements, Word};
use crate::intake::lines::{Lines, is_noise};
use crate::intake::reading::offset;
use crate::pace::{Pace, Phase};
use std::borrow::Cow;
use std::ops::Range;

/// How deep braces may be nested; deeper ones count as this deep.
const MAX_DEPTH: usize = 64;

/// How many words one path may have; those beyond are left out.
const MAX_WORDS: usize = 256;

/// The statements of a text of braces. A list in brackets makes a statement of each of its values. A block that holds
/// nothing is a statement of its own. Beyond the limit of their words there are no more, and the draft says so.
pub(crate) async fn branches<'t>(text: &'t str, draft: &mut Draft, pace: &Pace) -> Statements<'t> {
    let mut tree = Tree::default();
    let mut lines = Lines::with_tabs(text);
    let mut comment = false;
    loop {
        let before = lines.at();
        pace.at(Phase::Reading, before as u64, text.len() as u64);
        pace.work(2).await;
        let Some(line) = lines.next() else { break };
        if tree.is_outside() && !comment && is_noise(line.text) {
            continue;
        }
        let said = line.text.as_bytes();
        let mut at = 0;
        while let Some(&first) = said.get(at) {
            let rest = line.text.get(at..).unwrap_or_default();
            if comment {
                match rest.find("*/") {
                    Some(end) => {
                        comment = false;
                        at += end + 2;
                    }
                    None => break,
                }
                continue;
            }
            let length = match first {
                b' ' | b'\t' => {
                    at += 1;
                    continue;
                }
                b'#' => break,
                b'/' if rest.starts_with("/*") => {
                    comment = true;
                    at += 2;
                    continue;
                }
                b'{' | b'}' | b'[' | b']' | b';' => 1,
                b'"' => rest.get(1..).and_then(|inner| inner.find('"')).map_or(rest.len(), |end| end + 2),
                _ => rest.bytes().position(ends_word).unwrap_or(rest.len()),
            };
            let token = rest.get(..length).unwrap_or_default();
            let span = line.span(at..at + length);
            let exact = line.is_exact(at..at + length).then(|| text.get(span.clone())).flatten();
            let token = exact.map_or_else(|| Cow::Owned(token.to_owned()), Cow::Borrowed);
            tree.token(token, offset(span.start)..offset(span.end));
            at += length.max(1);
        }
        pace.work((lines.at() - before) as u64 / 8).await;
    }
    tree.end();
    if let Some(at) = tree.full {
        draft.too_many_words(at);
    }
    tree.found
}

/// Whether a word can't go on with this.
fn ends_word(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b';' | b' ' | b'\t')
}

/// A token without the quote marks around it.
fn unquoted(token: Cow<'_, str>) -> Cow<'_, str> {
    match token {
        Cow::Borrowed(token) => Cow::Borrowed(token.trim_matches('"')),
        Cow::Owned(token) => Cow::Owned(token.trim_matches('"').to_owned()),
    }
}

#[derive(Default)]
struct Tree<'t> {
    found: Statements<'t>,
    /// How many words each open block has before it, and whether it held anything yet.
    blocks: Vec<(usize, bool)>,
    /// Blocks beyond the depth.
    beyond: usize,
    path: Vec<Word<'t>>,
    /// The values of an open list.
    list: Option<Vec<Word<'t>>>,
    listed: Vec<Word<'t>>,
    /// The first word for whose path there was no place.
    full: Option<Range<u32>>,
}

impl<'t> Tree<'t> {
    /// Whether nothing is open, so that a line may be a prompt.
    fn is_outside(&self) -> bool {
        self.blocks.is_empty() && self.path.is_empty() && self.list.is_none()
    }

    fn token(&mut self, token: Cow<'t, str>, span: Range<u32>) {
        match &*token {
            "{" => self.open(),
            "}" => self.close(),
            "[" => self.list = Some(Vec::new()),
            "]" => self.listed.append(&mut self.list.take().unwrap_or_default()),
            ";" => self.leaf(),
            _ => {
                let word = Word { text: unquoted(token), span };
                match &mut self.list {
                    Some(list) => list.push(word),
                    None if self.path.len() < MAX_WORDS => self.path.push(word),
                    None => {}
                }
            }
        }
    }

    fn open(&mut self) {
        self.list = None;
        if self.blocks.len() >= MAX_DEPTH {
            self.beyond += 1;
            return;
        }
        if let Some((_, held)) = self.blocks.last_mut() {
            *held = true;
        }
        self.blocks.push((self.path.len(), false));
    }

    fn close(&mut self) {
        if self.path.len() > self.inside() || !self.listed.is_empty() {
            self.leaf();
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if let Some((_, held)) = self.blocks.pop() {
            if !held {
                self.say(None);
            }
            self.path.truncate(self.inside());
        }
    }

    /// How many words stand before what the innermost block holds.
    fn inside(&self) -> usize {
        self.blocks.last().map_or(0, |(words, _)| *words)
    }

    fn leaf(&mut self) {
        if let Some(mut list) = self.list.take() {
            self.listed.append(&mut list);
        }
        if self.path.len() > self.inside() || !self.listed.is_empty() {
            if let Some((_, held)) = self.blocks.last_mut() {
                *held = true;
            }
            if self.listed.is_empty() {
                self.say(None);
            }
            for value in std::mem::take(&mut self.listed) {
                self.say(Some(value));
            }
        }
        self.path.truncate(self.inside());
    }

    fn say(&mut self, value: Option<Word<'t>>) {
        if self.found.words().len() + self.path.len() >= MAX_WORDS_IN_ALL {
            let last = value.as_ref().or(self.path.last());
            self.full = self.full.take().or_else(|| last.map(|word| word.span.clone()));
            return;
        }
        self.found.extend(&self.path);
        if let Some(value) = value {
            self.found.push(value);
        }
        self.found.end(0);
    }

    fn end(&mut self) {
        // What is cut off is read as far as it goes.
        if self.path.len() > self.inside() || !self.listed.is_empty() || self.list.is_some() {
            self.leaf();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::config::{ConfigFormat, read};
    use crate::intake::fault::{Counted, FaultCode};
    use crate::pace::at_once;

    fn said(text: &str) -> Vec<String> {
        let mut draft = Draft::new(text, ConfigFormat::Junos);
        let found = at_once(|pace| async move { branches(text, &mut draft, &pace).await });
        found.all().iter().map(|statement| statement.rest(0)).collect()
    }

    #[test]
    fn braces_become_lines() {
        let text = "a {\n  b { c 1; d [ x \"y z\" ]; } # no\n  /* { */ e;\n  f { }\n}\ng;";
        assert_eq!(said(text), ["a b c 1", "a b d x", "a b d y z", "a e", "a f", "g"]);
        assert_eq!(said("a { b { c"), ["a b c"]);
        assert_eq!(said("} } a; ]"), ["a"]);
        assert_eq!(said(&"a { ".repeat(1000)).len(), 1);
    }

    /// Two megabytes of `b;` behind two hundred words would be six gigabytes of paths, and so would half a line of words
    /// and half a line of values.
    #[test]
    fn a_text_whose_paths_are_too_long_is_cut_and_says_so() {
        let (path, line) = ("a ".repeat(200), "a ".repeat(15_000));
        for text in [format!("{path}{{ {} }}", "b;\n".repeat(1_000_000)), format!("set {line} [ {line} ]")] {
            let faults = read(&text, ConfigFormat::Junos).faults.kept;
            let too_many =
                |code: &FaultCode| matches!(code, FaultCode::TooManyEntries { what: Counted::Words, .. });
            assert_eq!(faults.iter().filter(|fault| too_many(&fault.code)).count(), 1);
        }
    }
}
