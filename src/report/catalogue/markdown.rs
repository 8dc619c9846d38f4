//! The catalogue as Markdown: a table, or one for each group.

use super::{Column, Line, head};
use crate::report::answers::Catalogued;
use crate::report::escape;

/// A document of its own.
pub fn markdown(answer: &Catalogued, lines: &[Line]) -> String {
    let mut out = String::from("# Flow catalogue");
    let name = answer.plan.name.trim();
    if !name.is_empty() {
        out.push_str(": ");
        escape::markdown(name, &mut out);
    }
    out.push('\n');
    for line in head(answer) {
        out.push('\n');
        escape::markdown(&line, &mut out);
        out.push('\n');
    }
    tables(&mut out, lines, "##");
    out
}

/// A table a group, each under its heading.
pub(in crate::report) fn tables(out: &mut String, lines: &[Line], level: &str) {
    for group in lines.chunk_by(|a, b| a.group == b.group) {
        let name = group.first().map_or("", |line| line.group.as_str());
        if !name.is_empty() {
            out.push_str(&format!("\n{level} "));
            escape::markdown(name, out);
            out.push('\n');
        }
        table(out, group);
    }
}

fn table(out: &mut String, lines: &[Line]) {
    out.push_str("\n|");
    for column in Column::ALL {
        out.push_str(&format!(" {} |", column.title()));
    }
    out.push_str("\n|");
    for _ in Column::ALL {
        out.push_str(" --- |");
    }
    out.push('\n');
    for line in lines {
        out.push('|');
        for column in Column::ALL {
            out.push(' ');
            escape::markdown(line.cell(column), out);
            out.push_str(" |");
        }
        out.push('\n');
    }
}
