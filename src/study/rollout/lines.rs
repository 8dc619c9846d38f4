//! A list of prefixes before and after, as lines that are added, taken away or written otherwise.

use crate::intake::{Format, read};
use crate::plan::Text;
use crate::space::AddressSet;
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};

/// With more lines that differ the list is replaced as a whole.
const MAX_LINES: usize = 2_000;

/// What differs between two plain lists.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Lines {
    /// What only the list after names, with its lines.
    pub(super) added: Group,
    /// What only the list before names.
    pub(super) removed: Group,
    /// What both name, with other attributes: the lines after,
    pub(super) other: Group,
    /// and before.
    pub(super) other_before: Group,
}

/// Lines, and the prefixes that they name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Group {
    pub(super) lines: Vec<String>,
    pub(super) nets: Vec<IpNet>,
}

/// Which of the changes are done.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Done {
    pub(super) added: bool,
    pub(super) removed: bool,
    pub(super) other: bool,
}

impl Lines {
    /// Compares two lists.
    pub(super) fn new(before: &Text, after: &Text) -> Self {
        let mut lines = Self::default();
        if before == after || meaning(before.as_str()) == meaning(after.as_str()) {
            return lines;
        }
        let (gone, come) = differing(before, after);
        if gone.len() + come.len() > MAX_LINES {
            lines.other = Group { nets: nets(after.as_str()), lines: owned(&come) };
            lines.other_before = Group { nets: nets(before.as_str()), lines: owned(&gone) };
            return lines;
        }
        let each = |all: &[&str]| -> Vec<(String, Vec<IpNet>)> {
            let named = all.iter().map(|line| ((*line).to_owned(), nets(line)));
            // A line that names nothing is a remark: it is as in the list after from the start.
            named.filter(|(_, nets)| !nets.is_empty()).collect()
        };
        let (gone, come) = (each(&gone), each(&come));
        let all = |text: &Text| nets(text.as_str()).into_iter().collect::<BTreeSet<_>>();
        let (old, new) = (all(before), all(after));
        for (line, nets) in come {
            let group = if nets.iter().any(|net| old.contains(net)) { &mut lines.other } else { &mut lines.added };
            group.push(line, &nets);
        }
        for (line, nets) in gone {
            let both = nets.iter().any(|net| new.contains(net));
            let group = if both { &mut lines.other_before } else { &mut lines.removed };
            group.push(line, &nets);
        }
        let same = meaning(&lines.other.lines.join("\n")) == meaning(&lines.other_before.lines.join("\n"));
        if same {
            // Blanks and remarks: nothing is told otherwise.
            lines.other = Group::default();
            lines.other_before = Group::default();
        }
        lines
    }

    /// The list with some of the changes done; with all it is the list after, to the letter.
    pub(super) fn text(&self, after: &Text, done: Done) -> Text {
        let undone = [
            (done.added, Some(&self.added), None),
            (done.removed, None, Some(&self.removed)),
            (done.other, Some(&self.other), Some(&self.other_before)),
        ];
        if undone.iter().all(|(done, come, gone)| {
            *done || come.is_none_or(|own| own.lines.is_empty()) && gone.is_none_or(|own| own.lines.is_empty())
        }) {
            return after.clone();
        }
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        let mut back: Vec<&str> = Vec::new();
        for (_, come, gone) in undone.iter().filter(|(done, _, _)| !done) {
            for line in come.iter().flat_map(|own| &own.lines) {
                *left.entry(line).or_default() += 1;
            }
            back.extend(gone.iter().flat_map(|own| &own.lines).map(String::as_str));
        }
        let mut kept: Vec<&str> = Vec::new();
        for line in after.as_str().split('\n') {
            match left.get_mut(line) {
                Some(count) if *count > 0 => *count -= 1,
                _ => kept.push(line),
            }
        }
        kept.extend(back);
        kept.join("\n").into()
    }
}

impl Group {
    fn push(&mut self, line: String, nets: &[IpNet]) {
        self.lines.push(line);
        self.nets.extend(nets);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// The lines that only one of two texts has, each as often as it is there more often; in their order.
fn differing<'a>(before: &'a Text, after: &'a Text) -> (Vec<&'a str>, Vec<&'a str>) {
    fn only<'a>(these: &'a Text, others: &'a Text) -> Vec<&'a str> {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for line in others.as_str().split('\n') {
            *known.entry(line).or_default() += 1;
        }
        let mut fresh = Vec::new();
        for line in these.as_str().split('\n') {
            match known.get_mut(line) {
                Some(count) if *count > 0 => *count -= 1,
                _ => fresh.push(line),
            }
        }
        fresh
    }
    (only(before, after), only(after, before))
}

/// The prefixes of a plain list: the same that the engine reads.
pub(super) fn nets(text: &str) -> Vec<IpNet> {
    let reading = read(text, Some(Format::Plain));
    let v4 = reading.v4.iter().map(|entry| entry.prefix.into());
    v4.chain(reading.v6.iter().map(|entry| entry.prefix.into())).collect()
}

/// What a list says: each prefix with its attributes, in order, each once.
fn meaning(text: &str) -> Vec<(IpNet, crate::plan::Attributes)> {
    let reading = read(text, Some(Format::Plain));
    let v4 = reading.v4.iter().map(|entry| (entry.prefix.into(), reading.attributes_of(entry).clone()));
    let v6 = reading.v6.iter().map(|entry| (entry.prefix.into(), reading.attributes_of(entry).clone()));
    let mut all: Vec<_> = v4.chain(v6).collect();
    crate::sort::up(&mut all);
    all.dedup();
    all
}

/// The addresses that a plain list names.
pub(super) fn addresses(text: &Text) -> AddressSet {
    nets(text.as_str()).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Done = Done { added: false, removed: false, other: false };
    const ALL: Done = Done { added: true, removed: true, other: true };

    fn told(before: &str, after: &str) -> [String; 3] {
        let lines = Lines::new(&before.into(), &after.into());
        let text = |done| lines.text(&after.into(), done);
        assert_eq!(text(ALL).as_str(), after);
        assert_eq!(meaning(text(NONE).as_str()), meaning(before), "{before:?} {after:?}");
        let shown = |group: &Group| group.nets.iter().map(IpNet::to_string).collect::<Vec<_>>().join(" ");
        [shown(&lines.added), shown(&lines.removed), shown(&lines.other)]
    }

    #[test]
    fn lists_differ_by_what_their_lines_say() {
        let a = "203.0.113.0/25";
        let b = "203.0.113.128/25";
        for (before, after, expected) in [
            (a.to_owned(), a.to_owned(), ["", "", ""]),
            (a.to_owned(), format!("{a}\n{b}"), [b, "", ""]),
            (format!("{a}\n{b}"), b.to_owned(), ["", a, ""]),
            (a.to_owned(), b.to_owned(), [b, a, ""]),
            (a.to_owned(), format!("{a} prepend=2"), ["", "", a]),
            (a.to_owned(), format!("# ours\n {a} # here"), ["", "", ""]),
            (String::new(), a.to_owned(), [a, "", ""]),
            (format!("{a}\n{a}"), a.to_owned(), ["", "", ""]),
        ] {
            assert_eq!(told(&before, &after), expected, "{before:?} {after:?}");
        }
    }
}
