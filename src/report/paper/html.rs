//! A report as one file of HTML: no script, nothing from elsewhere, light, ready for A4 and Letter.

use super::sections::{CATALOGUE, SIGN};
use super::{Block, Paper, Table};
use crate::journey::Standing;
use crate::report::escape::html as escape;
use crate::report::picture::{self, Scene};
use crate::report::words::verdicts;

/// As HTML.
pub fn html(paper: &Paper) -> String {
    let mut out = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>",
    );
    escape(&format!("Report: {}", paper.title), &mut out);
    out.push_str("</title>\n<style>\n");
    out.push_str(STYLE);
    out.push_str(picture::STYLE);
    out.push_str("</style>\n</head>\n<body>\n<header>\n<p class=\"made\">Twopath report</p>\n");
    element("h1", &paper.title, &mut out);
    let mut inside = false;
    for block in &paper.blocks {
        if let Block::Heading(2, title) = block {
            let first = if inside { "</section>\n" } else { "</header>\n<main>\n" };
            inside = true;
            let class = match title.as_str() {
                CATALOGUE => " class=\"wide\"",
                SIGN => " class=\"together\"",
                _ => "",
            };
            out.push_str(&format!("{first}<section{class}>\n"));
        }
        one(block, &mut out);
    }
    out.push_str(if inside { "</section>\n</main>\n" } else { "</header>\n" });
    out.push_str("</body>\n</html>\n");
    out
}

fn element(tag: &str, text: &str, out: &mut String) {
    out.push_str(&format!("<{tag}>"));
    escape(text, out);
    let name = tag.split(' ').next().unwrap_or(tag);
    out.push_str(&format!("</{name}>\n"));
}

fn one(block: &Block, out: &mut String) {
    match block {
        Block::Heading(level, text) => element(if *level == 2 { "h2" } else { "h3" }, text, out),
        Block::Text(text) => element("p", text, out),
        Block::List(items) => {
            out.push_str("<ul>\n");
            items.iter().for_each(|item| element("li", item, out));
            out.push_str("</ul>\n");
        }
        Block::Lines(lines) => {
            let short = lines.iter().all(|line| line.chars().count() <= SHORT_LINE);
            out.push_str(if short { "<ol class=\"side\">\n" } else { "<ol>\n" });
            lines.iter().for_each(|line| element("li", line, out));
            out.push_str("</ol>\n");
        }
        Block::Terms(terms) => {
            out.push_str("<dl>\n");
            for (term, said) in terms {
                out.push_str("<div>\n");
                element("dt", term, out);
                element("dd", said, out);
                out.push_str("</div>\n");
            }
            out.push_str("</dl>\n");
        }
        Block::Table(table) => write(table, out),
        Block::Figure(scene, caption) => figure(scene, caption, out),
        Block::Signatures => out.push_str(SIGNATURES),
    }
}

fn write(table: &Table, out: &mut String) {
    out.push_str("<table>\n");
    element("caption", &table.caption, out);
    out.push_str("<thead>\n<tr>");
    for (index, head) in table.heads.iter().enumerate() {
        out.push_str(if table.figures.contains(&index) {
            "<th scope=\"col\" class=\"n\">"
        } else {
            "<th scope=\"col\">"
        });
        escape(head, out);
        out.push_str("</th>");
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    let verdict_column = table.heads.iter().position(|head| *head == "Verdict");
    for row in &table.rows {
        out.push_str("<tr>");
        for (index, cell) in row.cells.iter().enumerate() {
            let (tag, scope) = if index == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
            let long = if table.heads.len() > MANY { LONG_OF_MANY } else { LONG };
            let class = match index > 0 && table.figures.contains(&index) {
                true => " class=\"n\"",
                false if cell.contains('\n') => " class=\"lines\"",
                // Only what is longer than a word may be broken anywhere, so that words aren't.
                false if cell.split_whitespace().any(|word| word.chars().count() > long) => " class=\"long\"",
                false => "",
            };
            out.push_str(&format!("<{tag}{scope}{class}>"));
            match row.verdict.filter(|_| verdict_column == Some(index)) {
                Some(verdict) => {
                    let class = match verdict.standing() {
                        Standing::Fails => "fails",
                        Standing::Depends => "depends",
                        Standing::Works => "works",
                    };
                    out.push_str(&format!("<span class=\"{class}\">{}\u{a0}", verdicts::mark(verdict)));
                    escape(cell, out);
                    out.push_str("</span>");
                }
                None => escape(cell, out),
            }
            out.push_str(&format!("</{tag}>"));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn figure(scene: &Scene, caption: &str, out: &mut String) {
    out.push_str("<figure>\n");
    picture::push_svg(scene, out);
    element("figcaption", caption, out);
    out.push_str("</figure>\n");
}

/// Lines of at most so many letters stand in columns.
const SHORT_LINE: usize = 44;
/// A word of more letters may be broken, for the page is narrow.
const LONG: usize = 22;
/// A table of more columns than this is wide,
const MANY: usize = 8;
/// and these many letters are long in it: all columns side by side have room for no more.
const LONG_OF_MANY: usize = 13;

const SIGNATURES: &str = "<div class=\"signs\">\n\
    <div><p>First person</p><p class=\"line\">Name</p><p class=\"line\">Date</p><p class=\"line\">Signature</p></div>\n\
    <div><p>Second person</p><p class=\"line\">Name</p><p class=\"line\">Date</p><p class=\"line\">Signature</p></div>\n</div>\n";

const STYLE: &str = "\
@page{margin:16mm 14mm 18mm;@bottom-left{content:\"Twopath report\";font:8pt system-ui,sans-serif;color:#57606a}\
@bottom-right{content:\"Page \" counter(page) \" of \" counter(pages);font:8pt system-ui,sans-serif;color:#57606a}}\n\
@page wide{size:landscape;margin:14mm 10mm 16mm}\n\
:root{color-scheme:light}\n\
*{box-sizing:border-box}\n\
body{margin:0 auto;padding:24px;max-width:1100px;background:#fff;color:#1b1f24;font:15px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Liberation Sans\",sans-serif}\n\
h1{font-size:28px;line-height:1.2;margin:0 0 12px;overflow-wrap:anywhere}h2{font-size:20px;margin:32px 0 8px;border-bottom:1px solid #c4cad1;padding-bottom:4px}h3{font-size:16px;margin:20px 0 6px}\n\
p,li,dd{overflow-wrap:anywhere}ol{margin:8px 0 20px;padding-left:48px;font-size:12.5px;font-variant-numeric:tabular-nums}ol li{white-space:pre-wrap}ol li::marker{color:#57606a}ol.side{columns:290px;column-gap:24px}.made{margin:0;color:#57606a}\n\
dl{margin:8px 0}dl div{display:flex;gap:12px;padding:2px 0;break-inside:avoid}dt{flex:0 0 190px;font-weight:600}dd{margin:0;flex:1}\n\
table{width:100%;border-collapse:collapse;margin:12px 0 20px;font-size:13px;font-variant-numeric:tabular-nums}\n\
caption{text-align:left;font-weight:600;padding:4px 0;caption-side:top}\n\
th,td{text-align:left;vertical-align:top;padding:4px 6px;border-bottom:1px solid #d8dee4}caption,.long{overflow-wrap:anywhere}thead th{overflow-wrap:normal;background:#f3f5f7;border-bottom:1px solid #8c959f}tbody th{font-weight:600}.long{min-width:90px}.lines{white-space:pre-line;overflow-wrap:anywhere;min-width:130px}\n\
.n{text-align:right;white-space:nowrap}.fails,.depends,.works{white-space:nowrap}.fails{color:#b3123f;font-weight:600}.depends{color:#8a5a00;font-weight:600}.works{color:#1a6e37;font-weight:600}\n\
figure{margin:8px 0 20px;break-inside:avoid}figure svg{max-width:100%;height:auto;display:block}figcaption{font-size:13px;color:#3d444d;overflow-wrap:anywhere}\n\
.wide table{font-size:11px}.together{break-inside:avoid}\n\
.signs{display:flex;gap:40px;break-inside:avoid}.signs>div{flex:1}.signs .line{border-top:1px solid #1b1f24;margin-top:36px;padding-top:2px;font-size:12px;color:#57606a}\n\
@media print{body{max-width:none;padding:0;font-size:10pt}h1{font-size:20pt}h2{font-size:14pt;break-after:avoid}h3{font-size:11pt;break-after:avoid}\
table,ol{font-size:8.5pt}.lines{min-width:28mm}thead{display:table-header-group}tr{break-inside:avoid}caption,h2+p,p:has(+table){break-after:avoid}\
figure svg{max-height:92mm}.wide{page:wide}.wide table{font-size:6.8pt}.wide th,.wide td{padding:2px 3px}*{print-color-adjust:exact}}\n";
