//! Scrolling a table of any length: which lines are in view, and where they stand.
//!
//! Browsers cap the height of an element (Chromium near 16.7 million pixels), so a long table scrolls a shorter
//! content, scaled. All lines are of one height; a row that is opened has more lines than one.

use std::collections::BTreeMap;

/// No content is made higher than this.
pub const MOST_PX: u64 = 8_000_000;

/// A window on lines of equal height, in pixels.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Scroll {
    /// How many lines there are.
    pub lines: u64,
    /// The height of a line.
    pub line_px: u64,
    /// The height of the window.
    pub window_px: u64,
}

impl Scroll {
    /// The height that the lines would have.
    fn true_px(self) -> u64 {
        self.lines * self.line_px
    }

    /// The height of what scrolls.
    pub fn content_px(self) -> u64 {
        self.true_px().min(MOST_PX)
    }

    /// How far the lines are scrolled where the content is scrolled so far.
    fn true_top(self, top: u64) -> u64 {
        let (content, all) = (self.content_px(), self.true_px());
        if content == all {
            return top.min(all.saturating_sub(self.window_px));
        }
        let way = content.saturating_sub(self.window_px).max(1);
        top.min(way) * all.saturating_sub(self.window_px) / way
    }

    /// The first line that is in view, wholly or in part, and how many are.
    pub fn in_view(self, top: u64) -> (u64, u64) {
        let line = self.line_px.max(1);
        let true_top = self.true_top(top);
        let first = true_top / line;
        let end = (true_top + self.window_px).div_ceil(line).min(self.lines);
        (first.min(self.lines), end.saturating_sub(first))
    }

    /// Where a line in view, or near it, stands within the content.
    pub fn line_top(self, top: u64, line: u64) -> u64 {
        let top = top.min(self.content_px().saturating_sub(self.window_px));
        (top + line * self.line_px).saturating_sub(self.true_top(top))
    }

    /// The last line that may stand at the top: it and those behind it are wholly in the window.
    pub fn last_first(self) -> u64 {
        self.lines.saturating_sub(self.window_px / self.line_px.max(1))
    }

    /// The line at the top, where the content is scrolled so far by its bar: at the bar's end the last that may be.
    pub fn first_at(self, top: u64) -> u64 {
        let end = self.content_px().saturating_sub(self.window_px);
        if top >= end { self.last_first() } else { self.in_view(top).0.min(self.last_first()) }
    }

    /// How far to scroll so that a line stands at the top, to a pixel of what scrolls.
    pub fn top_of(self, line: u64) -> u64 {
        let (content, all) = (self.content_px(), self.true_px());
        let wanted = (line * self.line_px).min(all.saturating_sub(self.window_px));
        if content == all {
            return wanted;
        }
        wanted * content.saturating_sub(self.window_px) / all.saturating_sub(self.window_px).max(1)
    }

    /// How far to scroll so that a line is wholly in view; `None` where it is.
    pub fn reveal(self, top: u64, line: u64) -> Option<u64> {
        let true_top = self.true_top(top);
        let (begin, end) = (line * self.line_px, (line + 1) * self.line_px);
        let wanted = if begin < true_top {
            begin
        } else if end > true_top + self.window_px {
            end.saturating_sub(self.window_px)
        } else {
            return None;
        };
        let (content, all) = (self.content_px(), self.true_px());
        if content == all {
            return Some(wanted);
        }
        let way = content.saturating_sub(self.window_px);
        let true_way = all.saturating_sub(self.window_px).max(1);
        // Upwards to the pixel before, downwards to the one behind, so that the line is in view.
        Some(if begin < true_top { wanted * way / true_way } else { (wanted * way).div_ceil(true_way) })
    }
}

/// Which rows are opened, and so at which line each row stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Opened {
    /// How many lines more each opened row has, by its index.
    pub rows: BTreeMap<u32, u32>,
}

impl Opened {
    /// How many lines so many rows have.
    pub fn lines(&self, rows: u32) -> u64 {
        u64::from(rows) + self.rows.range(..rows).map(|(_, more)| u64::from(*more)).sum::<u64>()
    }

    /// The line of a row itself.
    pub fn line_of(&self, row: u32) -> u64 {
        self.lines(row)
    }

    /// The row at a line; the number of the line within it, if it is one of those it has more.
    pub fn at(&self, line: u64) -> (u32, Option<u32>) {
        let mut before = 0_u64;
        for (&row, &more) in &self.rows {
            let stands = u64::from(row) + before;
            if line <= stands {
                break;
            }
            if line <= stands + u64::from(more) {
                return (row, u32::try_from(line - stands - 1).ok());
            }
            before += u64::from(more);
        }
        (u32::try_from(line - before).unwrap_or(u32::MAX), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_table_scrolls_as_it_is() {
        let scroll = Scroll { lines: 100, line_px: 30, window_px: 300 };
        assert_eq!(scroll.content_px(), 3000);
        assert_eq!(scroll.in_view(0), (0, 10));
        assert_eq!(scroll.in_view(45), (1, 11));
        assert_eq!(scroll.in_view(9999), (90, 10));
        assert_eq!(scroll.line_top(45, 1), 30);
        assert_eq!(scroll.reveal(0, 3), None);
        assert_eq!(scroll.reveal(0, 10), Some(30));
        assert_eq!(scroll.reveal(300, 2), Some(60));
        let small = Scroll { lines: 2, line_px: 30, window_px: 300 };
        assert_eq!((small.in_view(0), small.reveal(0, 1)), ((0, 2), None));
    }

    #[test]
    fn a_million_rows_are_all_reached() {
        let scroll = Scroll { lines: 1_000_000, line_px: 33, window_px: 500 };
        assert_eq!(scroll.content_px(), MOST_PX);
        assert_eq!(scroll.in_view(0).0, 0);
        let (first, count) = scroll.in_view(MOST_PX - 500);
        assert_eq!(first + count, 1_000_000);
        for line in [0, 1, 15, 16, 99_999, 559_185, 777_777, 999_998, 999_999] {
            for top in [0, 4_000_000, MOST_PX - 500] {
                let top = scroll.reveal(top, line).unwrap_or(top);
                let (first, count) = scroll.in_view(top);
                assert!((first..first + count).contains(&line), "{line} at {top}: {first} + {count}");
                let stands = scroll.line_top(top, line);
                assert!(
                    stands + 33 <= MOST_PX && stands + 6 >= top && stands + 33 <= top + 506,
                    "{line}: {stands} {top}"
                );
            }
        }
    }

    #[test]
    fn any_line_can_stand_at_the_top_but_those_of_the_last_window() {
        for lines in [3, 100, 1_000_000] {
            let scroll = Scroll { lines, line_px: 20, window_px: 278 };
            assert_eq!(scroll.last_first(), lines.saturating_sub(13));
            assert_eq!(scroll.first_at(MOST_PX), scroll.last_first());
            for line in [0, 1, lines / 3, lines / 2, scroll.last_first()] {
                let line = line.min(scroll.last_first());
                // Scaled, a pixel is more than a line or two: as near as pixels are.
                let (first, _) = scroll.in_view(scroll.top_of(line));
                let pixel = scroll.true_px() / scroll.content_px() / scroll.line_px + 1;
                assert!(first <= line && line - first <= pixel, "{lines}: {line} {first}");
            }
        }
    }

    #[test]
    fn opened_rows_push_the_others_down() {
        let opened = Opened { rows: [(1, 2), (4, 1)].into() };
        let lines: Vec<_> = (0..opened.lines(6)).map(|line| opened.at(line)).collect();
        let row = |row| (row, None);
        assert_eq!(
            lines,
            [row(0), row(1), (1, Some(0)), (1, Some(1)), row(2), row(3), row(4), (4, Some(0)), row(5)]
        );
        for index in 0..6 {
            assert_eq!(opened.at(opened.line_of(index)), row(index));
        }
    }
}
