//! Configuration that is made of lines: words with their places.
//!
//! The words of a whole text stand in one row, and a statement is a piece of it: a configuration of 20 MB has half a
//! million of them, and to ask for memory and give it back for each takes longer than to read it.

use crate::intake::lines::{Line, Lines, TAB, is_noise};
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
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Statement<'s> {
    /// How many blanks stand before it.
    pub(crate) indent: usize,
    pub(crate) words: &'s [Word<'s>],
}

/// All statements of a text.
#[derive(Default)]
pub(crate) struct Statements<'t> {
    /// The words of all, and of one that isn't ended.
    words: Vec<Word<'t>>,
    /// For each statement its indent, and where its words begin and end.
    placed: Vec<(u32, Range<u32>)>,
    /// Where the words of the next one begin.
    next: u32,
}

impl<'t> Statements<'t> {
    /// The next word of the statement that isn't ended.
    pub(crate) fn push(&mut self, word: Word<'t>) {
        self.words.push(word);
    }

    /// Words of the statement that isn't ended.
    pub(crate) fn extend(&mut self, words: &[Word<'t>]) {
        self.words.extend_from_slice(words);
    }

    /// The words of the statement that isn't ended.
    pub(crate) fn open(&self) -> &[Word<'t>] {
        self.words.get(self.next as usize..).unwrap_or_default()
    }

    /// Ends a statement; without words there is none.
    pub(crate) fn end(&mut self, indent: usize) {
        let words = self.next..offset(self.words.len());
        if !words.is_empty() {
            self.next = words.end;
            self.placed.push((offset(indent), words));
        }
    }

    /// Ends what belongs to the statement before; without one before it is one of its own.
    pub(crate) fn end_as_before(&mut self, indent: usize) {
        match self.placed.last_mut() {
            Some((_, words)) => {
                self.next = offset(self.words.len());
                words.end = self.next;
            }
            None => self.end(indent),
        }
    }

    /// All words of all.
    pub(crate) fn words(&self) -> &[Word<'t>] {
        &self.words
    }

    /// The words of each statement, which outlive this.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[Word<'t>]> {
        self.placed.iter().map(|(_, at)| self.words.get(at.start as usize..at.end as usize).unwrap_or_default())
    }

    /// The statements that are ended, in their order.
    pub(crate) fn all(&self) -> Vec<Statement<'_>> {
        let indents = self.placed.iter().map(|(indent, _)| *indent as usize);
        indents.zip(self.rows()).map(|(indent, words)| Statement { indent, words }).collect()
    }
}

impl<'s> Statement<'s> {
    /// The bytes of the whole.
    pub(crate) fn span(&self) -> Range<u32> {
        match (self.words.first(), self.words.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end.max(first.span.start),
            _ => 0..0,
        }
    }

    /// The word at an index, or an empty one.
    pub(crate) fn at(&self, index: usize) -> &'s str {
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
    pub(crate) fn after(&self, word: &str) -> Option<&'s str> {
        self.find(word, 0).map(|index| self.at(index + 1)).filter(|word| !word.is_empty())
    }

    /// All its words from an index on, as one text.
    pub(crate) fn rest(&self, from: usize) -> String {
        let words = self.words.get(from..).unwrap_or_default();
        let mut rest = String::with_capacity(words.iter().map(|word| word.text.len() + 1).sum());
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                rest.push(' ');
            }
            rest.push_str(&word.text);
        }
        rest
    }

    /// Its words as they are.
    pub(crate) fn as_strs(&self) -> Vec<&'s str> {
        self.words.iter().map(|word| &*word.text).collect()
    }
}

/// What takes the words of a text, line by line.
pub(crate) trait TakesWords<'t> {
    /// The next word of a line.
    fn word(&mut self, word: Word<'t>);

    /// The line ends, which has so many blanks before it.
    fn line_ends(&mut self, indent: usize);
}

impl<'t> TakesWords<'t> for Statements<'t> {
    fn word(&mut self, word: Word<'t>) {
        self.push(word);
    }

    fn line_ends(&mut self, indent: usize) {
        self.end(indent);
    }
}

/// The lines of a text that say something, taken apart into words. Prompts before commands are taken off, comment lines
/// left out.
pub(crate) async fn statements<'t>(text: &'t str, comments: &[char], pace: &Pace) -> Statements<'t> {
    let mut found = Statements::default();
    take_words(text, comments, &mut found, pace).await;
    found
}

/// The same for whatever takes them.
pub(crate) async fn take_words<'t>(text: &'t str, comments: &[char], into: &mut impl TakesWords<'t>, pace: &Pace) {
    // Words end at tabs as they do at blanks, and a line whose tabs stay needs no cleaning.
    let mut lines = Lines::with_tabs(text);
    loop {
        let before = lines.at();
        let Some(line) = lines.next() else { break };
        let from = prompt(line.text);
        let said = line.text.get(from..).unwrap_or_default();
        let trimmed = said.trim_start();
        let is_comment = trimmed.chars().next().is_none_or(|first| comments.contains(&first));
        if !is_comment {
            words(text, &line, from, into);
            into.line_ends(indent(said));
        }
        let at = lines.at();
        pace.at(Phase::Reading, at as u64, text.len() as u64);
        pace.work(1 + (at - before) as u64 / 16).await;
    }
}

/// In which column a line begins to say something.
fn indent(said: &str) -> usize {
    let blanks = said.chars().take_while(|letter| letter.is_whitespace());
    blanks.fold(0, |column, blank| if blank == '\t' { (column / TAB + 1) * TAB } else { column + 1 })
}

/// How long the prompt before a command is: `router(config)# `.
fn prompt(line: &str) -> usize {
    // A prompt stands in the first column; behind blanks a `#` is something else.
    if line.starts_with([' ', '\t']) {
        return 0;
    }
    match line.bytes().position(|byte| matches!(byte, b'#' | b'>' | b'$' | b'%')) {
        Some(end) if is_noise(line) => end + 1,
        _ => 0,
    }
}

fn words<'t>(text: &'t str, line: &Line<'_>, from: usize, into: &mut impl TakesWords<'t>) {
    let said = line.text.as_bytes();
    let mut at = from;
    loop {
        while matches!(said.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        let (inner, begin) = match said.get(at) {
            None => break,
            Some(b'"') => (in_quotes(said, at), at),
            Some(_) => {
                let begin = at;
                while !matches!(said.get(at), None | Some(b' ' | b'\t')) {
                    at += 1;
                }
                (Some(begin..at), begin)
            }
        };
        // A word that begins without a quote, or that its quotes hold whole, is a piece of the text.
        let word = match inner {
            Some(inner) => {
                at = inner.end + (inner.start - begin);
                let word = line.text.get(inner.clone()).unwrap_or_default();
                let exact = line.is_exact(inner.clone()).then(|| text.get(line.span(inner))).flatten();
                exact.map_or_else(|| Cow::Owned(word.to_owned()), Cow::Borrowed)
            }
            None => {
                let (word, end) = quoted(line.text.get(begin..).unwrap_or_default());
                at = begin + end.max(1);
                Cow::Owned(word)
            }
        };
        let span = line.span(begin..at);
        into.word(Word { text: word, span: offset(span.start)..offset(span.end) });
    }
}

/// What stands in quotes from here on; `None` where it isn't as it stands, or goes on behind them.
fn in_quotes(said: &[u8], at: usize) -> Option<Range<usize>> {
    let inner = said.get(at + 1..)?;
    let length = inner.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    let ends = inner.get(length) == Some(&b'"') && matches!(inner.get(length + 1), None | Some(b' ' | b'\t'));
    (ends && length > 0).then_some(at + 1..at + 1 + length)
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
        let found = found.all();
        assert_eq!(found.len(), 3);
        assert!(found[0].begins(&["IP", "nat"]));
        assert_eq!(found[0].at(3), "A b");
        assert_eq!(&text[found[0].place(3).start as usize..found[0].place(3).end as usize], "\"A b\"");
        assert_eq!((found[1].indent, found[1].at(2)), (2, "q\"r"));
        assert_eq!(found[2].rest(0), "quoted");
    }
}
