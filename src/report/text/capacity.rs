//! The capacity as text: circuits and links, failures that are too much, pools.

use super::layout::{Style, Table, paragraph};
use crate::report::answers::Loaded;
use crate::report::words::{self, capacity as told, failures};
use crate::study::capacity::{CarrierRow, Fit, InFailure, Load, Window};

/// At most so many failures are told.
const MAX_FAILURES: usize = 40;

/// The capacity as text.
pub fn capacity(answer: &Loaded, style: Style) -> String {
    let mut out = String::new();
    let name = answer.plan.name.trim();
    if !name.is_empty() {
        paragraph(&mut out, "", "", name);
    }
    let scenario = words::scenario(answer.scenario, answer.names);
    if !scenario.is_empty() {
        paragraph(&mut out, "", "", &scenario);
    }
    let window = &answer.window;
    for sentence in [told::before(window.before).to_owned(), told::without_rate(&window.flows, answer.names)] {
        if !sentence.is_empty() {
            paragraph(&mut out, "", "", &sentence);
        }
    }
    for row in &window.carriers {
        carrier(&mut out, row, answer, style);
    }
    let lost = told::lost(window.lost);
    if !lost.is_empty() {
        out.push('\n');
        paragraph(&mut out, "", "", &format!("Normally {lost}, for their flows fail or may fail."));
    }
    over(&mut out, window, answer, style);
    pools(&mut out, window, answer, style);
    out
}

fn carrier(out: &mut String, row: &CarrierRow, answer: &Loaded, style: Style) {
    out.push('\n');
    let room = row.kbps.map_or("no bandwidth given".to_owned(), |kbps| format!("{} each way", told::rate(kbps)));
    out.push_str(&format!("{}: {room}\n", style.strong(&told::carrier(&row.part, answer.names))));
    if row.private {
        paragraph(out, "  ", "  ", told::PRIVATE);
    }
    let mut table = Table::new(&[58]);
    table.row(["", "OUT", "IN", ""]);
    let mut line = |what: String, load: Load, fit: Option<Fit>| {
        let fit = fit.filter(|fit| *fit != Fit::Unknown);
        let fit =
            fit.map_or(String::new(), |fit| format!("{} {}", told::fit_mark(fit), told::fit(fit).to_lowercase()));
        table.row([what, told::rates(load.out), told::rates(load.back), fit]);
    };
    if let Some(before) = row.before {
        line("before".to_owned(), before, Some(before.fit(row.kbps)));
    }
    line("normally".to_owned(), row.normal, Some(row.fit));
    let in_failure = |worst: &InFailure| failures::failure(&worst.failure, answer.names);
    if let Some(worst) = &row.worst {
        line(in_failure(worst), worst.load, Some(worst.fit));
    }
    for link in &row.links {
        line(format!("  {} normally", answer.names.exit(&link.exit)), link.normal, None);
        if let Some(worst) = &link.worst {
            line(format!("    {}", in_failure(worst)), worst.load, None);
        }
    }
    table.print(out, "  ", style);
}

fn over(out: &mut String, window: &Window, answer: &Loaded, style: Style) {
    let too_much: Vec<_> =
        window.failures.iter().filter(|row| !row.over.is_empty() || !row.may_be_over.is_empty()).collect();
    if too_much.is_empty() {
        return;
    }
    out.push('\n');
    out.push_str(&format!("{}\n", style.strong("Failures in which something is, or may be, over its bandwidth")));
    for row in too_much.iter().take(MAX_FAILURES) {
        let named = |parts: &[crate::routing::Part]| {
            let names: Vec<String> = parts.iter().map(|part| told::carrier(part, answer.names)).collect();
            words::listing(&names, "and")
        };
        let mut told_of = Vec::new();
        if !row.over.is_empty() {
            told_of.push(format!("{} over", named(&row.over)));
        }
        if !row.may_be_over.is_empty() {
            told_of.push(format!("{} may be over", named(&row.may_be_over)));
        }
        let lost = told::lost(row.lost);
        if !lost.is_empty() {
            told_of.push(lost);
        }
        let failure = failures::failure(&row.failure, answer.names);
        paragraph(out, "  ", "    ", &format!("{failure}: {}", told_of.join("; ")));
    }
    if too_much.len() > MAX_FAILURES {
        out.push_str(&format!("  and {} more; --json has them all\n", too_much.len() - MAX_FAILURES));
    }
}

fn pools(out: &mut String, window: &Window, answer: &Loaded, style: Style) {
    if window.pools.is_empty() {
        return;
    }
    out.push('\n');
    let mut table = Table::new(&[24]);
    table.row(["POOL", "ADDRESSES", "SESSIONS", "AN ADDRESS", "PORTS", ""]);
    for row in &window.pools {
        table.row([
            format!("{}, {}", answer.names.pool(&row.pool), row.family),
            row.addresses.grouped(),
            told::numbers(row.sessions),
            told::numbers(row.per_address),
            crate::space::Count::from(row.ports).grouped(),
            format!("{} {}", told::fit_mark(row.fit), told::fit(row.fit).to_lowercase()),
        ]);
        if let Some(worst) = row.worst.as_ref().filter(|worst| worst.fit < row.fit || worst.fit != Fit::Within) {
            table.row([
                format!("  {}", failures::failure(&worst.failure, answer.names)),
                String::new(),
                told::numbers(worst.sessions),
                told::numbers(worst.per_address),
                String::new(),
                format!("{} {}", told::fit_mark(worst.fit), told::fit(worst.fit).to_lowercase()),
            ]);
        }
    }
    table.print(out, "  ", style);
}
