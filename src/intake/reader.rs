//! Reading in steps, so that a worker can answer in between.

use super::format::Read;
use super::reading::{Limits, offset};
use super::{Draft, FaultCode, Format, MAX_TEXT, Reading, Severity, recognise};

/// Reads a text a piece at a time. However it is cut into steps, the reading is the same as that of
/// [`read`](super::read).
pub struct Reader<'a> {
    format: Format,
    length: usize,
    at: usize,
    reader: Box<dyn Read + 'a>,
    draft: Draft,
}

/// How far a [`Reader`] is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Whether everything is read.
    pub done: bool,
    /// The share of the text that is read, in thousandths.
    pub share: u16,
}

impl<'a> Reader<'a> {
    /// A reader at the beginning of a text, in the format named, or the likeliest one.
    pub fn new(text: &'a str, as_format: Option<Format>) -> Self {
        Self::within(text, as_format, MAX_TEXT, Limits::default())
    }

    fn within(text: &'a str, as_format: Option<Format>, limit: usize, limits: Limits) -> Self {
        let kept = &text[..text.floor_char_boundary(limit)];
        let mut draft = Draft::new(limits, kept.len());
        if kept.len() < text.len() {
            let code = FaultCode::TextTooLong { limit: limit as u64, value: text.len() as u64 };
            let at = offset(kept.len());
            draft.faults.add(Severity::Error, at..at, || (code, None));
        }
        let format =
            as_format.or_else(|| recognise(kept).first().map(|guess| guess.format)).unwrap_or(Format::Plain);
        Self { format, length: kept.len(), at: 0, reader: format.open(kept), draft }
    }

    /// A reader of a plain list that reads every line word by word.
    #[cfg(test)]
    pub(super) fn careful(text: &'a str) -> Self {
        let reader = Box::new(super::plain::PlainReader::careful(text));
        let draft = Draft::new(Limits::default(), text.len());
        Self { format: Format::Plain, length: text.len(), at: 0, reader, draft }
    }

    /// The format it reads as.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Reads on by about this many bytes.
    pub fn step(&mut self, bytes: usize) -> Progress {
        if self.at < self.length {
            self.at = self.reader.step(&mut self.draft, self.at.saturating_add(bytes.max(1)).min(self.length));
        }
        let share = match self.length {
            0 => 1000,
            length => self.at as u64 * 1000 / length as u64,
        };
        Progress { done: self.at >= self.length, share: u16::try_from(share).unwrap_or(1000) }
    }

    /// Reads what is left, and hands over what was read.
    pub fn finish(mut self) -> Reading {
        while !self.step(usize::MAX).done {}
        let nothing = self.draft.entries_read == 0 && self.draft.sets.is_empty();
        if nothing && self.format != Format::Plain {
            let code = FaultCode::NothingFound { format: self.format };
            self.draft.faults.add(Severity::Error, 0..0, || (code, None));
        }
        if self.format == Format::Plain {
            let set = super::NamedSet {
                v4: 0..offset(self.draft.v4.len()),
                v6: 0..offset(self.draft.v6.len()),
                ..Default::default()
            };
            self.draft.sets.push(set);
        }
        self.draft.finish(self.format)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limited(text: &str, length: usize, limits: Limits) -> (Reading, Vec<String>) {
        let reading = Reader::within(text, None, length, limits).finish();
        let codes = reading.faults.kept.iter().map(|fault| format!("{} {:?}", fault.code.code(), fault.span));
        let codes = codes.collect();
        (reading, codes)
    }

    #[test]
    fn limits_are_kept_and_named() {
        let two = Limits { entries: 2, sets: 2, urls: 2 };
        let (reading, codes) = limited("10.0.0.0/8 # ü\n11.0.0.0/8", 14, Limits::default());
        assert_eq!((reading.v4.len(), codes), (1, vec!["text-too-long 13..13".to_owned()]));
        let (reading, codes) = limited("1.1.1.1\n1.1.1.2 1.1.1.3\n::1 ::2 ::3\n1.1.1.4", 999, two);
        assert_eq!((reading.v4.len(), reading.v6.len(), reading.entries_read), (2, 2, 4));
        assert_eq!(codes, ["too-many-entries 16..16"]);
        let (reading, codes) = limited("1.1.1.1-1.1.1.4, 1.1.1.8", 999, two);
        assert_eq!((reading.v4.len(), codes.len()), (1, 1), "a range is read whole or not at all");
        let sets =
            r#"[{"serviceArea": "a"}, {"serviceArea": "b", "urls": ["x", "y", "z"]}, {"serviceArea": "c"}]"#;
        let (reading, codes) = limited(sets, 999, two);
        assert_eq!((reading.sets.len(), reading.sets[1].details.urls.len()), (2, 2));
        let (url, set) = (sets.find('z').unwrap(), sets.rfind('{').unwrap());
        assert_eq!(codes, [url, set].map(|at| format!("too-many-entries {at}..{at}")));
    }
}
