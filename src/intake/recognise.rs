//! Which format a text is in: ranked guesses with reasons.

use super::Format;
use super::lines::{Lines, behind_blanks};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use std::cell::OnceCell;

/// A format that a text may be in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Guess {
    /// The format.
    pub format: Format,
    /// How sure that is, 1 to 100; only good for ranking.
    pub confidence: u8,
    /// What speaks for it.
    pub reason: Reason,
}

/// What speaks for a format.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// JSON keys that the format has.
    Keys {
        /// Those found.
        keys: Vec<String>,
    },
    /// A heading that the format has.
    Heading {
        /// The heading.
        heading: String,
    },
    /// Lines at the beginning of the text that begin with an address.
    Addresses {
        /// How many.
        lines: u32,
        /// Of how many that say anything.
        of: u32,
    },
    /// Lines at the beginning of the text that have the shape of the format's rows.
    Rows {
        /// How many.
        lines: u32,
        /// Of how many that say anything.
        of: u32,
    },
    /// Nothing; it is what remains.
    LastResort,
}

/// The formats that a text may be in, the likeliest first; never empty, for a plain list is the last resort.
pub fn recognise(text: &str) -> Vec<Guess> {
    let sample = Sample::new(text);
    let mut guesses: Vec<Guess> = Format::ALL
        .into_iter()
        .filter_map(|format| {
            let (confidence, reason) = format.recognise(&sample)?;
            Some(Guess { format, confidence, reason })
        })
        .collect();
    crate::sort::by_key(&mut guesses, |guess| std::cmp::Reverse(guess.confidence));
    guesses
}

/// How much of the beginning of a text is looked at to recognise it.
const HEAD: usize = 256 << 10;
/// How much of its end.
const TAIL: usize = 64 << 10;
/// How much of its beginning is looked at line by line.
const LINES: usize = 32 << 10;

/// The parts of a text by which it is recognised.
pub(crate) struct Sample<'a> {
    pub(crate) head: &'a str,
    tail: &'a str,
    lines: OnceCell<Vec<String>>,
    /// Whether there is a quote mark in each part.
    quotes: OnceCell<[bool; 2]>,
    separated: OnceCell<Vec<String>>,
}

impl<'a> Sample<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let cut = text.floor_char_boundary(HEAD);
        let (head, rest) = text.split_at(cut);
        let tail = &rest[rest.ceil_char_boundary(rest.len().saturating_sub(TAIL))..];
        Self { head, tail, lines: OnceCell::new(), separated: OnceCell::new(), quotes: OnceCell::new() }
    }

    /// The first lines that are not empty, cleaned as [`Lines`] does, quote marks and pager marks away.
    pub(crate) fn lines(&self) -> &[String] {
        self.lines.get_or_init(|| cleaned(Lines::new(self.beginning())))
    }

    /// The same with tabs as they are.
    pub(crate) fn separated_lines(&self) -> &[String] {
        self.separated.get_or_init(|| cleaned(Lines::with_tabs(self.beginning())))
    }

    /// What is looked at line by line: whole lines.
    fn beginning(&self) -> &'a str {
        let cut = self.head.floor_char_boundary(LINES);
        let piece = &self.head[..cut];
        match piece.rfind('\n') {
            Some(end) if cut < self.head.len() => &piece[..end],
            _ => piece,
        }
    }

    /// The first line that this holds for, without blanks around it, as the reason for a guess.
    pub(crate) fn line(&self, like: impl Fn(&str) -> bool) -> Option<Reason> {
        let line = self.lines().iter().map(|line| line.trim()).find(|line| like(line))?;
        Some(Reason::Heading { heading: super::fault::quote(line) })
    }

    /// How many lines this holds for, of how many.
    pub(crate) fn rows(&self, like: impl Fn(&str) -> bool) -> (u32, u32) {
        let lines = self.lines();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (count(lines.iter().filter(|line| like(line)).count()), count(lines.len()))
    }

    /// Those of these JSON keys that occur, each before a colon and not in a comment line.
    pub(crate) fn keys<'k>(&self, keys: &[&'k str]) -> Vec<&'k str> {
        // Most lists have no quote mark at all, and need not be searched for each key.
        let [head, tail] = *self.quotes.get_or_init(|| [self.head, self.tail].map(|part| part.contains('"')));
        let has = |key: &str| (head && has_key(self.head, key)) || (tail && has_key(self.tail, key));
        keys.iter().copied().filter(|key| has(key)).collect()
    }

    /// The same for keys that begin with a capital or a small letter.
    pub(crate) fn keys_of_any_case<'k>(&self, keys: &[&'k str]) -> Vec<&'k str> {
        let small = |key: &str| {
            let mut key = key.to_owned();
            if let Some(first) = key.get_mut(..1) {
                first.make_ascii_lowercase();
            }
            key
        };
        keys.iter().copied().filter(|key| !self.keys(&[key, &small(key)]).is_empty()).collect()
    }

    /// Whether a line begins with this word and, after blanks, a colon.
    pub(crate) fn heading(&self, word: &str) -> bool {
        self.head.contains(word)
            && self.head.lines().any(|line| {
                line.trim_start_matches(['\u{feff}', ' ', '\t', '>'])
                    .strip_prefix(word)
                    .is_some_and(|rest| rest.trim_start().starts_with(':'))
            })
    }
}

/// The lines that say something.
fn cleaned(mut lines: Lines<'_>) -> Vec<String> {
    let mut kept = Vec::new();
    while let Some(line) = lines.next() {
        if !line.text.trim_start().is_empty() {
            kept.push(line.text.to_owned());
        }
    }
    kept
}

fn has_key(part: &str, key: &str) -> bool {
    let quoted = format!("\"{key}\"");
    // A bound, so that no text makes this slow.
    part.match_indices(&quoted).take(100).any(|(at, _)| {
        let line = &part[part[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        behind_blanks(&part[at + quoted.len()..]).starts_with(':')
            && !line.trim_start().starts_with(['#', '!', ';'])
            && !line.trim_start().starts_with("//")
    })
}

/// Keys found as the reason for a guess.
pub(crate) fn keys_found(keys: &[&str]) -> Reason {
    Reason::Keys { keys: keys.iter().map(|key| (*key).to_owned()).collect() }
}

/// A guess by the shape of rows alone: better than a plain list where most lines have it, nothing where few do.
pub(crate) fn by_rows((lines, of): (u32, u32)) -> Option<(u8, Reason)> {
    if lines == 0 || lines * 4 < of {
        return None;
    }
    let confidence = 52 + u64::from(lines) * 20 / u64::from(of.max(1));
    Some((u8::try_from(confidence).unwrap_or(52), Reason::Rows { lines, of }))
}
