//! Columns, wrapping and colour.

use crate::advice::Severity;
use crate::journey::{Standing, Verdict};
use crate::report::words::verdicts;

/// How wide the text is, in characters.
pub(super) const WIDTH: usize = 100;

/// How text is set.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Style {
    /// Whether verdicts are coloured, by ANSI escapes; only for a terminal.
    pub colour: bool,
}

impl Style {
    /// A heading.
    pub(super) fn strong(self, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// A verdict's mark and title.
    pub(super) fn verdict(self, verdict: Verdict) -> String {
        self.standing(verdict.standing(), &marked(verdict))
    }

    /// Text of a finding, coloured by how bad it is.
    pub(super) fn severity(self, severity: Severity, text: &str) -> String {
        match severity {
            Severity::Error => self.standing(Standing::Fails, text),
            Severity::Warning => self.standing(Standing::Depends, text),
            Severity::Note => self.strong(text),
        }
    }

    fn standing(self, standing: Standing, text: &str) -> String {
        let code = match standing {
            Standing::Fails => 31,
            Standing::Depends => 33,
            Standing::Works => 32,
        };
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// A verdict's mark and title, without colour.
pub(super) fn marked(verdict: Verdict) -> String {
    format!("{} {}", verdicts::mark(verdict), verdicts::title(verdict))
}

/// Rows of cells, set in columns; the last column isn't padded.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Vec<(String, Option<Standing>)>>,
    /// How wide each column may become; what is longer is cut. Columns without a limit aren't cut.
    limits: Vec<usize>,
}

impl Table {
    pub(super) fn new(limits: &[usize]) -> Self {
        Self { rows: Vec::new(), limits: limits.to_vec() }
    }

    pub(super) fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows.push(cells.into_iter().map(|cell| (cell.into(), None)).collect());
    }

    /// A row whose first cell is a verdict.
    pub(super) fn verdict_row<S: Into<String>>(&mut self, verdict: Verdict, cells: impl IntoIterator<Item = S>) {
        let mut row = vec![(marked(verdict), Some(verdict.standing()))];
        row.extend(cells.into_iter().map(|cell| (cell.into(), None)));
        self.rows.push(row);
    }

    pub(super) fn print(mut self, out: &mut String, indent: &str, style: Style) {
        let mut widths: Vec<usize> = Vec::new();
        for row in &mut self.rows {
            for (column, (cell, _)) in row.iter_mut().enumerate() {
                if let Some(limit) = self.limits.get(column) {
                    *cell = cut(cell, *limit);
                }
                let width = cell.chars().count();
                match widths.get_mut(column) {
                    Some(widest) => *widest = width.max(*widest),
                    None => widths.push(width),
                }
            }
        }
        for row in self.rows {
            let mut line = indent.to_owned();
            let last = row.len().saturating_sub(1);
            for (column, (cell, standing)) in row.into_iter().enumerate() {
                let width = widths.get(column).copied().unwrap_or(0);
                let padding = if column == last { 0 } else { width.saturating_sub(cell.chars().count()) + 2 };
                line.push_str(&standing.map_or(cell.clone(), |standing| style.standing(standing, &cell)));
                line.extend(std::iter::repeat_n(' ', padding));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
}

/// At most so many characters, the last an ellipsis where something was cut.
pub(super) fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// At most so many characters, an ellipsis in the middle: for names that differ at their ends.
pub(super) fn cut_middle(text: &str, limit: usize) -> String {
    let length = text.chars().count();
    if length <= limit {
        return text.to_owned();
    }
    let head: String = text.chars().take(limit / 2).collect();
    let tail: String = text.chars().skip(length.saturating_sub(limit.saturating_sub(limit / 2 + 1))).collect();
    format!("{}…{}", head.trim_end(), tail.trim_start())
}

/// How many characters a terminal shows of a text that may be coloured.
fn visible(text: &str) -> usize {
    text.split('\x1b')
        .enumerate()
        .map(|(index, piece)| match (index, piece.split_once('m')) {
            (1.., Some((_, shown))) => shown.chars().count(),
            _ => piece.chars().count(),
        })
        .sum()
}

/// A paragraph, broken at blanks, but not at no-break spaces, which become blanks; its first line begins with `first`,
/// the others with `indent`.
pub(super) fn paragraph(out: &mut String, first: &str, indent: &str, text: &str) {
    let mut line = first.to_owned();
    let mut used = visible(&line);
    let mut fresh = true;
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let width = word.chars().count();
        if !fresh && used + 1 + width > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = indent.to_owned();
            used = line.chars().count();
            fresh = true;
        }
        if !fresh {
            line.push(' ');
            used += 1;
        }
        line.extend(word.chars().map(|c| if c == '\u{a0}' { ' ' } else { c }));
        used += width;
        fresh = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_break_between_words() {
        let mut out = String::new();
        paragraph(&mut out, "- ", "  ", &"word ".repeat(40));
        assert!(out.lines().all(|line| line.chars().count() <= WIDTH && !line.ends_with(' ')), "{out}");
        assert_eq!(out.lines().count(), 3);
        assert!(out.lines().skip(1).all(|line| line.starts_with("  word")), "{out}");
    }

    #[test]
    fn colour_takes_no_room() {
        let red = Style { colour: true }.verdict(Verdict::NoRoute);
        assert_eq!(visible(&red), "✗ No route".chars().count());
        assert_eq!(visible("no colour, mm"), 13);
    }

    #[test]
    fn long_names_keep_their_ends() {
        assert_eq!(cut_middle("ExpressRoute Chicago, secondary", 21), "ExpressRou…secondary");
        assert_eq!(cut_middle("short", 5), "short");
    }

    #[test]
    fn columns_align_by_characters() {
        let mut table = Table::new(&[8]);
        table.row(["é", "x"]);
        table.row(["a long name", "y"]);
        let mut out = String::new();
        table.print(&mut out, "", Style::default());
        assert_eq!(out, "é        x\na long…  y\n");
    }
}
