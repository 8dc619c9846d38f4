//! The failures as text: a table, worst first, the matrix, and what breaks.

use super::layout::{Style, Table, cut, paragraph};
use crate::report::answers::Failed;
use crate::report::words::{self, failures as told};
use crate::study::failures::{Column, Outcome, Window};

/// At most so many failures have a column in the matrix; so many fit side by side.
const MAX_COLUMNS: usize = 72;
const BLOCK: usize = 24;
/// At most so many failures are told in sentences, and of each so many flows.
const MAX_TOLD: usize = 20;
const MAX_FLOWS: usize = 12;
const MAX_GROUPS: usize = 12;
/// How wide a flow's name may become in the matrix.
const FLOW: usize = 24;

/// The failures as text.
pub fn failures(answer: &Failed, style: Style) -> String {
    let mut out = String::new();
    let name = answer.plan.name.trim();
    if !name.is_empty() {
        paragraph(&mut out, "", "", name);
    }
    let scenario = words::scenario(answer.scenario, answer.names);
    if !scenario.is_empty() {
        paragraph(&mut out, "", "", &scenario);
    }
    let window = answer.window();
    out.push_str(&format!("{}\n", style.strong(&answer.headline())));
    let left_out = told::left_out(&window.left_out);
    if !left_out.is_empty() {
        paragraph(&mut out, "", "", &left_out);
    }
    if window.columns.is_empty() {
        return out;
    }
    table(&mut out, &window, answer, style);
    matrix(&mut out, &window, answer, style);
    reasons(&mut out, &window, answer, style);
    out
}

fn table(out: &mut String, window: &Window, answer: &Failed, style: Style) {
    out.push('\n');
    let mut table = Table::new(&[4, 58]);
    table.row(["   #", "FAILURE", "BREAK", "DOUBT", "RESET", "MOVE"]);
    let number = |number: u32| if number == 0 { "    -".to_owned() } else { format!("{number:>5}") };
    for (index, column) in window.columns.iter().enumerate() {
        let sum = &column.sum;
        table.row([
            format!("{:>4}", index + 1),
            told::failure(&column.failure, answer.names),
            number(sum.breaks),
            number(sum.doubtful),
            number(sum.resets),
            number(sum.moves).split_off(1),
        ]);
    }
    table.print(out, "", style);
    let more = window.total_failures as usize - window.columns.len();
    if more > 0 {
        out.push_str(&format!("      and {more} more; --json has them all\n"));
    }
}

fn matrix(out: &mut String, window: &Window, answer: &Failed, style: Style) {
    let columns = window.columns.len().min(MAX_COLUMNS);
    for begin in (0..columns).step_by(BLOCK) {
        let end = (begin + BLOCK).min(columns);
        out.push('\n');
        let head: String = (begin..end).map(|index| format!("{:>3}", index + 1)).collect();
        out.push_str(&style.strong(&format!("  {:FLOW$}{head}", "FLOW")));
        out.push('\n');
        for line in &window.lines {
            let name = cut(answer.names.flow(&line.sum.flow), FLOW);
            let marks: String = line
                .outcomes
                .iter()
                .skip(begin)
                .take(end - begin)
                .map(|outcome| format!("  {}", told::outcome_mark(*outcome)))
                .collect();
            out.push_str(&format!("  {name:FLOW$}{marks}\n"));
        }
    }
    let more = (window.total_flows as usize).saturating_sub(window.lines.len());
    if more > 0 {
        out.push_str(&format!("  and {}; --json has them all\n", words::count(more as u64, "more flow")));
    }
    const ALL: [Outcome; 9] = [
        Outcome::Breaks,
        Outcome::Fails,
        Outcome::Doubtful,
        Outcome::Depends,
        Outcome::Resets,
        Outcome::Moves,
        Outcome::Same,
        Outcome::Better,
        Outcome::Empty,
    ];
    let seen = |outcome: &Outcome| window.lines.iter().any(|line| line.outcomes.contains(outcome));
    let legend: Vec<String> = ALL
        .iter()
        .filter(|outcome| seen(outcome))
        .map(|outcome| format!("{}\u{a0}{}", told::outcome_mark(*outcome), told::outcome(*outcome).to_lowercase()))
        .collect();
    paragraph(out, "  ", "  ", &legend.join(", "));
}

/// For each failure that does harm what becomes of its flows.
fn reasons(out: &mut String, window: &Window, answer: &Failed, style: Style) {
    let harmful: Vec<(usize, &Column)> =
        window.columns.iter().enumerate().filter(|(_, column)| column.sum.harms()).collect();
    for (index, column) in harmful.iter().take(MAX_TOLD) {
        out.push('\n');
        let name = told::failure(&column.failure, answer.names);
        out.push_str(&format!(
            "{} {}\n",
            style.strong(&format!("{}. {name}:", index + 1)),
            told::sums(&column.sum)
        ));
        // Flows to which the same happens are told together.
        let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
        for line in &window.lines {
            let Some(detail) = answer.failures.detail(&column.failure, &line.sum.flow) else { continue };
            if !matches!(detail.outcome, Outcome::Breaks | Outcome::Doubtful | Outcome::Resets) {
                continue;
            }
            let said = told::detail(&detail, answer.names);
            let name = answer.names.flow(&line.sum.flow);
            match groups.iter_mut().find(|(known, _)| *known == said) {
                Some((_, names)) => names.push(name),
                None => groups.push((said, vec![name])),
            }
        }
        for (said, names) in groups.iter().take(MAX_GROUPS) {
            let more = names.len().saturating_sub(MAX_FLOWS);
            let mut named = names.iter().take(MAX_FLOWS).copied().collect::<Vec<_>>().join("; ");
            if more > 0 {
                named.push_str(&format!("; and {more} more"));
            }
            paragraph(out, "  - ", "    ", &format!("{named}: {said}"));
        }
        if groups.len() > MAX_GROUPS {
            out.push_str("    and more; --json has them all\n");
        }
    }
    let more = harmful.len().saturating_sub(MAX_TOLD);
    if more > 0 {
        out.push_str(&format!(
            "\n{} that do harm aren't told here; --json has them all\n",
            words::count(more as u64, "more failure")
        ));
    }
}
