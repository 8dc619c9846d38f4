//! The catalogue for spreadsheets: CSV (RFC 4180), and tab-separated for the clipboard.
//!
//! Names come from anybody: no cell is a formula, none breaks a line or a column ([`escape::cell`]).

use super::{Column, Line};
use crate::report::escape;

/// As CSV, lines ended as RFC 4180 has it.
pub fn csv(lines: &[Line]) -> String {
    written(lines, ',', "\r\n")
}

/// With tabs, as spreadsheets take it from the clipboard.
pub fn tsv(lines: &[Line]) -> String {
    written(lines, '\t', "\n")
}

fn written(lines: &[Line], between: char, end: &str) -> String {
    let mut out = String::new();
    for (index, column) in Column::ALL.into_iter().enumerate() {
        push(&mut out, index, column.title(), between);
    }
    out.push_str(end);
    for line in lines {
        for (index, column) in Column::ALL.into_iter().enumerate() {
            push(&mut out, index, line.cell(column), between);
        }
        out.push_str(end);
    }
    out
}

fn push(out: &mut String, index: usize, text: &str, between: char) {
    if index > 0 {
        out.push(between);
    }
    let cell = escape::cell(text);
    // A cell that begins with a quote would swallow what follows; RFC 4180 and spreadsheets read doubled ones.
    if cell.contains([between, '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&cell);
    }
}
