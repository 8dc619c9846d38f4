//! What the inputs are asked to bring into view: a trace step or a fault leads to what was typed.

use crate::plan::{Id, ListId, PartKind};
use crate::routing::Place;

/// Something to bring into view and select.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Focus {
    /// What.
    pub target: Target,
    /// Rises with every request, so that the same target can be asked for again.
    pub serial: u64,
}

/// What can be brought into view.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// A list, at a place in it.
    List(ListId, Spot),
    /// A part's own fields.
    Part(PartKind, Id),
    /// The assumptions.
    Assumptions,
}

/// A place in a list.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Spot {
    /// The whole list.
    Whole,
    /// The line that holds this byte, from there on.
    Byte(u32),
    /// A span in UTF-16 units, as a text box selects.
    Utf16(u32, u32),
}

impl From<Place> for Target {
    fn from(place: Place) -> Self {
        Self::List(place.list, Spot::Byte(place.at))
    }
}

impl Spot {
    /// The span in UTF-16 units of `text` that a text box selects: from the byte to the end of its line,
    /// blanks and a comment behind it left out.
    pub fn in_utf16(self, text: &str) -> (u32, u32) {
        let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
        match self {
            Self::Whole => (0, 0),
            Self::Utf16(from, to) => (from, to),
            Self::Byte(at) => {
                let mut at = (at as usize).min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                let rest = &text[at..];
                let line = rest.split(['\n', '\r']).next().unwrap_or_default();
                let line = line.split('#').next().unwrap_or_default().trim_end();
                let from = units(&text[..at]);
                (from, from + units(line))
            }
        }
    }
}

impl Target {
    /// The part whose panel holds the target, where it lies in one.
    pub fn part(&self) -> Option<(PartKind, &Id)> {
        Some(match self {
            Self::Part(kind, id) => (*kind, id),
            Self::List(list, _) => match list {
                ListId::Source(id) => (PartKind::Source, id),
                ListId::Inside(id) => (PartKind::Site, id),
                ListId::Learned(id)
                | ListId::Advertised(id)
                | ListId::PolicyIn(id, _)
                | ListId::PolicyOut(id, _) => (PartKind::Exit, id),
                ListId::Admitted(id, _) | ListId::PrimarySubnets(id, _) | ListId::SecondarySubnets(id, _) => {
                    (PartKind::Circuit, id)
                }
                ListId::RuleSources(id, _) | ListId::RuleDestinations(id, _) => (PartKind::Device, id),
                ListId::Pool(id) => (PartKind::Pool, id),
                ListId::Destinations(id) => (PartKind::Service, id),
                ListId::Published(id) | ListId::PublishedInside(id) => (PartKind::Published, id),
                ListId::FlowSources(id) => (PartKind::Flow, id),
                ListId::ProviderCovered(id) => (PartKind::ProviderCovered, id),
            },
            Self::Assumptions => return None,
        })
    }
}

/// The text with a span, in UTF-16 units, replaced.
pub fn replaced(text: &str, (from, to): (u32, u32), by: &str) -> String {
    let mut result = String::with_capacity(text.len() + by.len());
    let mut units = 0_u32;
    let mut put = false;
    for letter in text.chars() {
        if units >= from && !put {
            result.push_str(by);
            put = true;
        }
        if units < from || units >= to {
            result.push(letter);
        }
        units = units.saturating_add(u32::try_from(letter.len_utf16()).unwrap_or(1));
    }
    if !put {
        result.push_str(by);
    }
    result
}

/// A text with all of these spans of UTF-16 units replaced, in one walk; of spans that overlap the first counts.
pub fn all_replaced(text: &str, mut spans: Vec<((u32, u32), &str)>) -> String {
    crate::sort::by_key(&mut spans, |(span, _)| *span);
    let mut spans = spans.into_iter().peekable();
    let mut result = String::with_capacity(text.len());
    let (mut units, mut until) = (0_u32, 0_u32);
    let mut put = |units: u32, until: &mut u32, result: &mut String| {
        while let Some(((from, to), by)) = spans.next_if(|((from, _), _)| *from <= units) {
            if from >= *until {
                result.push_str(by);
                *until = to.max(from);
            }
        }
    };
    for letter in text.chars() {
        put(units, &mut until, &mut result);
        if units >= until {
            result.push(letter);
        }
        units = units.saturating_add(u32::try_from(letter.len_utf16()).unwrap_or(1));
    }
    put(u32::MAX, &mut until, &mut result);
    result
}

#[cfg(test)]
mod tests {
    use super::{Spot, all_replaced, replaced};

    #[test]
    fn a_span_is_replaced() {
        assert_eq!(replaced("😀10.0.0.1/8\n", (2, 12), "10.0.0.0/8"), "😀10.0.0.0/8\n");
        assert_eq!(replaced("a", (1, 1), "b"), "ab");
        assert_eq!(replaced("", (0, 0), "b"), "b");
        assert_eq!(replaced("abc", (1, 2), ""), "ac");
    }

    #[test]
    fn all_spans_are_replaced_at_once() {
        let text = "😀10.0.0.1/8 x\nab";
        let spans = vec![((15, 17), "c"), ((2, 12), "10.0.0.0/8"), ((4, 6), "no"), ((13, 14), "")];
        assert_eq!(all_replaced(text, spans), "😀10.0.0.0/8 \nc");
        assert_eq!(all_replaced("ab", vec![((2, 2), "c"), ((0, 0), "_")]), "_abc");
        assert_eq!(all_replaced("", Vec::new()), "");
    }

    #[test]
    fn bytes_become_what_a_text_box_counts() {
        let text = "# über 😀\n10.0.0.0/8 med=1  # ours\nnext";
        let at = u32::try_from(text.find("10.").unwrap()).unwrap();
        assert_eq!(Spot::Byte(at).in_utf16(text), (10, 26));
        assert_eq!(Spot::Byte(3).in_utf16(text), (2, 9), "inside a character: its beginning");
        assert_eq!(Spot::Byte(9_999).in_utf16(text).0, 39);
        assert_eq!(Spot::Utf16(1, 2).in_utf16(text), (1, 2));
    }
}
