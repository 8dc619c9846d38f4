//! Plan against reality, and the cut-over checklist, as text.

use super::layout::{Style, Table, marked, paragraph};
use crate::intake::LineIndex;
use crate::report::answers::{AgainstReality, Checklist};
use crate::report::words::reality as told;

/// How reality differs from the plan.
pub fn reality(answer: &AgainstReality, style: Style) -> String {
    let mut out = String::new();
    let line = |lines: Option<&LineIndex>, at: u32| {
        lines.map_or(String::new(), |lines| format!("line {}: ", lines.line_column(at).line))
    };
    if let Some(found) = &answer.reality.microsoft {
        out.push_str(&format!("{}\n", style.strong("MICROSOFT'S TABLE")));
        paragraph(&mut out, "", "", &told::advertisements(found));
        for one in &found.missing {
            paragraph(&mut out, "- ", "  ", &told::missing(one, answer.names));
        }
        for one in &found.unplanned {
            let sentence = format!("{}{}", line(answer.microsoft, one.at), told::unplanned(one, answer.names));
            paragraph(&mut out, "- ", "  ", &sentence);
        }
    }
    if let Some(found) = &answer.reality.router {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("{}\n", style.strong("OUR ROUTER'S TABLE")));
        paragraph(&mut out, "", "", &told::choices(found));
        for one in &found.unused {
            let sentence = format!("{}{}", line(answer.router, one.at), told::unused(one, answer.names));
            paragraph(&mut out, "- ", "  ", &sentence);
        }
        for one in &found.other {
            let sentence = format!("{}{}", line(answer.router, one.at), told::other(one, answer.names));
            paragraph(&mut out, "- ", "  ", &sentence);
        }
        for net in &found.not_learned {
            paragraph(&mut out, "- ", "  ", &told::not_learned(net));
        }
    }
    out
}

/// What to trace at the cut-over, flow by flow, then service by service.
pub fn checklist(answer: &Checklist, style: Style) -> String {
    let mut out = String::new();
    let names = answer.names;
    for check in answer.checks {
        let site = names.site(&check.site);
        let what = told::checked(check, names);
        let heading = format!("[ ] {what} at {site}: {} to {}", check.from, check.to);
        out.push_str(&format!("{}\n", style.strong(&heading)));
        let mut table = Table::new(&[]);
        let none = || "none".to_owned();
        let exits = |ids: &[crate::plan::Id]| if ids.is_empty() { none() } else { names.exits(ids, "or") };
        table.row(["out by".to_owned(), exits(&check.out)]);
        if !check.pools.is_empty() {
            table.row(["translated to".to_owned(), names.pools(&check.pools, "or")]);
        }
        table.row(["back by".to_owned(), exits(&check.back)]);
        table.row(["look for".to_owned(), told::hops(check, names)]);
        table.row(["by the plan".to_owned(), marked(check.verdict)]);
        table.print(&mut out, "    ", style);
    }
    if answer.checks.is_empty() {
        out.push_str("The plan has no flow and no service with addresses to trace.\n");
    }
    out
}
