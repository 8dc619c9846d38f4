//! Configuration that is made of lines: words with their places.

use crate::intake::lines::{Line, Lines, is_noise};
use crate::intake::reading::offset;
use std::ops::Range;

/// A word, its quote marks away.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) span: Range<u32>,
}

/// A line that says something, or what a line of its kind would say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Statement {
    /// How many blanks stand before it.
    pub(crate) indent: usize,
    pub(crate) words: Vec<Word>,
}

impl Statement {
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

    /// Whether it begins with these words, whatever their case.
    pub(crate) fn begins(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(index, word)| self.at(index).eq_ignore_ascii_case(word))
    }

    /// The index of this word, from another one on.
    pub(crate) fn find(&self, word: &str, from: usize) -> Option<usize> {
        (from..self.words.len()).find(|index| self.at(*index).eq_ignore_ascii_case(word))
    }

    /// The word behind this one.
    pub(crate) fn after(&self, word: &str) -> Option<&str> {
        self.find(word, 0).map(|index| self.at(index + 1)).filter(|word| !word.is_empty())
    }

    /// All its words from an index on, as one text.
    pub(crate) fn rest(&self, from: usize) -> String {
        let words: Vec<&str> = self.words.iter().skip(from).map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}

/// The lines of a text that say something, taken apart into words; and how many lines there are. Prompts before
/// commands are taken off, comment lines left out.
pub(crate) fn statements(text: &str, comments: &[char]) -> (Vec<Statement>, u32) {
    let mut found = Vec::new();
    let mut count = 0_u32;
    let mut lines = Lines::new(text);
    while let Some(line) = lines.next() {
        count = count.saturating_add(1);
        let from = prompt(line.text);
        let said = line.text.get(from..).unwrap_or_default();
        let trimmed = said.trim_start();
        if trimmed.is_empty() || trimmed.starts_with(comments) {
            continue;
        }
        let indent = said.len() - trimmed.len();
        let words = words(&line, from);
        if !words.is_empty() {
            found.push(Statement { indent, words });
        }
    }
    (found, count)
}

/// How long the prompt before a command is: `router(config)# `.
fn prompt(line: &str) -> usize {
    let trimmed = line.trim_start();
    // A prompt stands in the first column; behind blanks a `#` is something else.
    if trimmed.len() < line.len() || !is_noise(line) {
        return 0;
    }
    match line.find(['#', '>', '$', '%']) {
        Some(end) => end + 1,
        None => 0,
    }
}

fn words(line: &Line<'_>, from: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let text = line.text;
    let mut letters = text.char_indices().skip_while(|(at, _)| *at < from).peekable();
    while let Some((start, first)) = letters.next() {
        if first == ' ' || first == '\t' {
            continue;
        }
        let mut word = String::new();
        let mut end = start + first.len_utf8();
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
        let span = line.span(start..end);
        words.push(Word { text: word, span: offset(span.start)..offset(span.end) });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_places() {
        let text = "r1(config)# ip nat pool \"A b\" x\r\n!\n  set  name \"q\\\"r\"\n> quoted\n";
        let (found, lines) = statements(text, &['!']);
        assert_eq!((found.len(), lines), (3, 4));
        assert!(found[0].begins(&["IP", "nat"]));
        assert_eq!(found[0].at(3), "A b");
        assert_eq!(&text[found[0].place(3).start as usize..found[0].place(3).end as usize], "\"A b\"");
        assert_eq!((found[1].indent, found[1].at(2)), (2, "q\"r"));
        assert_eq!(found[2].rest(0), "quoted");
    }
}
