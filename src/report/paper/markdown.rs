//! A report as Markdown; pictures as their words.

use super::{Block, Paper, Table};
use crate::report::escape::markdown as escape;

/// As Markdown.
pub fn markdown(paper: &Paper) -> String {
    let mut out = String::from("# Report: ");
    escape(&paper.title, &mut out);
    out.push('\n');
    for block in &paper.blocks {
        out.push('\n');
        one(block, &mut out);
    }
    out
}

fn one(block: &Block, out: &mut String) {
    match block {
        Block::Heading(level, text) => {
            out.extend(std::iter::repeat_n('#', usize::from(*level)));
            out.push(' ');
            line(text, out);
        }
        Block::Text(text) => line(text, out),
        Block::List(items) => {
            for item in items {
                out.push_str("- ");
                line(item, out);
            }
        }
        Block::Lines(lines) => {
            for (index, text) in lines.iter().enumerate() {
                out.push_str(&format!("{}. ", index + 1));
                line(text, out);
            }
        }
        Block::Terms(terms) => {
            for (term, said) in terms {
                out.push_str("- **");
                escape(term, out);
                out.push_str("**: ");
                line(said, out);
            }
        }
        Block::Table(table) => write(table, out),
        Block::Figure(scene, caption) => {
            line(caption, out);
            out.push('\n');
            out.push_str("Picture: ");
            line(&scene.alternative, out);
        }
        Block::Signatures => out.push_str(
            "| | First | Second |\n| --- | --- | --- |\n| Name | | |\n| Date | | |\n| Signature | | |\n",
        ),
    }
}

fn line(text: &str, out: &mut String) {
    escape(text, out);
    out.push('\n');
}

fn write(table: &Table, out: &mut String) {
    out.push_str("**");
    escape(&table.caption, out);
    out.push_str("**\n\n|");
    for head in &table.heads {
        out.push_str(&format!(" {head} |"));
    }
    out.push_str("\n|");
    for column in 0..table.heads.len() {
        out.push_str(if table.figures.contains(&column) { " ---: |" } else { " --- |" });
    }
    out.push('\n');
    for row in &table.rows {
        out.push('|');
        for cell in &row.cells {
            out.push(' ');
            // A row is a line: the lines of a list stand side by side in it.
            escape(&cell.split('\n').filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("; "), out);
            out.push_str(" |");
        }
        out.push('\n');
    }
}
