//! Configuration that is made of lines: words with their places.

use crate::intake::lines::{Line, Lines, is_noise};
use crate::intake::reading::offset;
use crate::pace::{Pace, Phase};
use std::borrow::Cow;
use std::ops::Range;

/// A word, its quote marks away.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Word<'t> {
    /// Taken from the text, unless its line had to be cleaned or it holds escapes.
    pub(crate) text: Cow<'t, str>,
    pub(crate) span: Range<u32>,
}

/// A line that says something, or what a line of its kind would say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Statement<'t> {
    /// How many blanks stand before it.
    pub(crate) indent: usize,
    pub(crate) words: Vec<Word<'t>>,
}

impl Statement<'_> {
    /// The bytes of the whole.
    pub(crate) fn span(&self) -> Range<u32> {
        match (self.words.first(), self.words.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end.max(first.span.start),
            _ => 0..0,
        }
    }

    /// The word at an index, or an empty one.
    pub(crate) fn at(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| &word.text)
    }

    /// The bytes of the word at an index, or of the whole.
    pub(crate) fn place(&self, index: usize) -> Range<u32> {
        self.words.get(index).map_or_else(|| self.span(), |word| word.span.clone())
    }

    /// The bytes of its last word: of a path out of braces the whole would be all before it too.
    pub(crate) fn span_of_end(&self) -> Range<u32> {
        self.place(self.words.len().saturating_sub(1))
    }

    /// Whether it begins with these words, whatever their case.
    pub(crate) fn begins(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(index, word)| self.at(index).eq_ignore_ascii_case(word))
    }

    /// The index of this word, from another one on.
    pub(crate) fn find(&self, word: &str, from: usize) -> Option<usize> {
        let words = self.words.get(from..)?;
        Some(from + words.iter().position(|own| own.text.eq_ignore_ascii_case(word))?)
    }

    /// The word behind this one.
    pub(crate) fn after(&self, word: &str) -> Option<&str> {
        self.find(word, 0).map(|index| self.at(index + 1)).filter(|word| !word.is_empty())
    }

    /// All its words from an index on, as one text.
    pub(crate) fn rest(&self, from: usize) -> String {
        let words: Vec<&str> = self.words.iter().skip(from).map(|word| &*word.text).collect();
        words.join(" ")
    }

    /// Its words as they are.
    pub(crate) fn as_strs(&self) -> Vec<&str> {
        self.words.iter().map(|word| &*word.text).collect()
    }
}

/// The lines of a text that say something, taken apart into words. Prompts before commands are taken off, comment lines
/// left out.
pub(crate) async fn statements<'t>(text: &'t str, comments: &[char], pace: &Pace) -> Vec<Statement<'t>> {
    let mut found = Vec::new();
    let mut lines = Lines::new(text);
    loop {
        let before = lines.at();
        let Some(line) = lines.next() else { break };
        let from = prompt(line.text);
        let said = line.text.get(from..).unwrap_or_default();
        let trimmed = said.trim_start();
        let is_comment = trimmed.chars().next().is_none_or(|first| comments.contains(&first));
        if !is_comment {
            let indent = said.len() - trimmed.len();
            let words = words(text, &line, from);
            if !words.is_empty() {
                found.push(Statement { indent, words });
            }
        }
        let at = lines.at();
        pace.at(Phase::Reading, at as u64, text.len() as u64);
        pace.work(1 + (at - before) as u64 / 16).await;
    }
    found
}

/// How long the prompt before a command is: `router(config)# `.
fn prompt(line: &str) -> usize {
    // A prompt stands in the first column; behind blanks a `#` is something else.
    if line.starts_with(' ') {
        return 0;
    }
    match line.find(['#', '>', '$', '%']) {
        Some(end) if is_noise(line) => end + 1,
        _ => 0,
    }
}

fn words<'t>(text: &'t str, line: &Line<'_>, from: usize) -> Vec<Word<'t>> {
    let said = line.text;
    let mut words = Vec::with_capacity(8);
    let mut at = from;
    while let Some(rest) = said.get(at..) {
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let begin = at + blanks;
        let Some(rest) = said.get(begin..).filter(|rest| !rest.is_empty()) else { break };
        // A word that begins without a quote, or that its quotes hold whole, is a piece of the text.
        let (inner, end) = match rest.strip_prefix('"') {
            None => {
                let length = rest.bytes().position(|byte| byte == b' ' || byte == b'\t').unwrap_or(rest.len());
                (Some(begin..begin + length), begin + length)
            }
            Some(quoted) => {
                let closing = quoted.bytes().position(|byte| byte == b'"' || byte == b'\\');
                let whole = closing.filter(|close| {
                    quoted.as_bytes().get(*close) == Some(&b'"')
                        && *close > 0
                        && matches!(quoted.as_bytes().get(close + 1), None | Some(b' ' | b'\t'))
                });
                (whole.map(|close| begin + 1..begin + 1 + close), begin + whole.map_or(0, |close| close + 2))
            }
        };
        match inner {
            Some(inner) => {
                let span = line.span(begin..end);
                let word = said.get(inner.clone()).unwrap_or_default();
                let exact = line.is_exact(inner.clone()).then(|| text.get(line.span(inner))).flatten();
                let text = exact.map_or_else(|| Cow::Owned(word.to_owned()), Cow::Borrowed);
                words.push(Word { text, span: offset(span.start)..offset(span.end) });
                at = end;
            }
            None => {
                let (word, end) = quoted(rest);
                let span = line.span(begin..begin + end);
                words.push(Word { text: Cow::Owned(word), span: offset(span.start)..offset(span.end) });
                at = begin + end.max(1);
            }
        }
    }
    words
}

/// A word that begins with a quote: what it means, and how long it is.
fn quoted(rest: &str) -> (String, usize) {
    let mut letters = rest.char_indices().peekable();
    let mut word = String::new();
    let Some((_, first)) = letters.next() else { return (word, 0) };
    let mut end = first.len_utf8();
    let mut quote = (first == '"').then_some(first);
    if quote.is_none() {
        word.push(first);
    }
    while let Some((at, letter)) = letters.peek().copied() {
        if quote.is_none() && (letter == ' ' || letter == '\t') {
            break;
        }
        letters.next();
        end = at + letter.len_utf8();
        if quote == Some(letter) {
            quote = None;
            if word.is_empty() || !matches!(letters.peek(), Some((_, next)) if *next != ' ') {
                break;
            }
        } else if letter == '\\' && quote.is_some() {
            if let Some((at, escaped)) = letters.next() {
                word.push(escaped);
                end = at + escaped.len_utf8();
            }
        } else {
            word.push(letter);
        }
    }
    (word, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pace::at_once;

    #[test]
    fn words_know_their_places() {
        let text = "r1(config)# ip nat pool \"A b\" x\r\n!\n  set  name \"q\\\"r\"\n> quoted\n";
        let found = at_once(|pace| async move { statements(text, &['!'], &pace).await });
        assert_eq!(found.len(), 3);
        assert!(found[0].begins(&["IP", "nat"]));
        assert_eq!(found[0].at(3), "A b");
        assert_eq!(&text[found[0].place(3).start as usize..found[0].place(3).end as usize], "\"A b\"");
        assert_eq!((found[1].indent, found[1].at(2)), (2, "q\"r"));
        assert_eq!(found[2].rest(0), "quoted");
    }
}
