//! What flow logs say, as text.

use super::layout::{Style, Table};
use crate::desk::flows::{FlowChange, MAX_CELLS};
use crate::plan::Mbps;
use crate::report::answers::Flowed;
use crate::report::words::flows as say;
use std::fmt::Write;

/// The logs, the rows with what becomes of them, and what belongs to no row.
pub fn flows(answer: &Flowed, style: Style) -> String {
    let mut out = String::new();
    let measured = answer.measured;
    // Writing to a string can't fail.
    let _ = writeln!(out, "{}", style.strong(&say::all(measured)));
    for log in answer.logs {
        let what = log.same_as.as_ref().map_or_else(|| say::log(&log.read), |name| say::same_as(name));
        let _ = writeln!(out, "  {}: {what}", plain(&log.name));
    }
    let rate = |rate: Option<Mbps>| rate.map_or("-".to_owned(), |rate| rate.to_string());
    let both = |now: String, before: String, is_new: bool| match is_new || now == before {
        true => now,
        false => format!("{now} (was {before})"),
    };
    if !answer.changes.is_empty() {
        let mut table = Table::new(&[10, 44, 24, 24, 24, 10]);
        table.row(["", "ROW", "MBPS OUT", "MBPS IN", "SESSIONS", "SHARE", "MEAN OUT/IN", "PEAK OUT/IN"]);
        for (change, row) in answer.changes.iter().zip(&measured.rows) {
            let (before, now) = (&change.before, &change.now);
            let is_new = change.change == FlowChange::Added;
            let sessions = |sessions: Option<u64>| sessions.map_or("-".to_owned(), |count| count.to_string());
            let means = (row.out.map(|rates| rates.mean), row.back.map(|rates| rates.mean));
            let peaks = (row.out.and_then(|rates| rates.peak), row.back.and_then(|rates| rates.peak));
            table.row([
                say::change(change.change).to_owned(),
                plain(&change.name),
                both(rate(now.mbps_out), rate(before.mbps_out), is_new),
                both(rate(now.mbps_in), rate(before.mbps_in), is_new),
                both(sessions(now.sessions), sessions(before.sessions), is_new),
                say::share(row.weight, measured.all),
                format!("{}/{}", rate(means.0), rate(means.1)),
                format!("{}/{}", rate(peaks.0), rate(peaks.1)),
            ]);
        }
        out.push('\n');
        table.print(&mut out, "", style);
    }
    if !measured.apart.is_empty() {
        let _ = writeln!(out, "\n{}", style.strong("IN NO ROW"));
        for total in &measured.apart {
            let (share, records) =
                (say::share(total.all, measured.all), crate::report::words::count(total.all.records, "record"));
            let _ =
                writeln!(out, "{share}  {}: {records}, {}", say::apart(total.why), say::bytes(total.all.bytes));
            for (prefix, weight) in &total.most {
                let _ = writeln!(
                    out,
                    "    {} {prefix}  {}",
                    say::apart_by(total.why),
                    say::share(*weight, measured.all)
                );
            }
        }
    }
    out.push('\n');
    for sentence in sentences(answer) {
        super::layout::paragraph(&mut out, "", "", &sentence);
    }
    let counts = [FlowChange::Added, FlowChange::Changed, FlowChange::Same].map(|change| answer.count(change));
    let _ = writeln!(out, "{}", say::outcome(counts));
    out
}

/// How the numbers came about.
fn sentences(answer: &Flowed) -> Vec<String> {
    let measured = answer.measured;
    if measured.rows.is_empty() {
        return Vec::new();
    }
    let mut all = vec![match measured.all.bytes {
        0 => say::NO_BYTES.to_owned(),
        _ if measured.full => say::full(MAX_CELLS),
        _ => say::rate(answer.rate).to_owned(),
    }];
    if measured.rows.iter().any(|row| row.sessions.is_some()) {
        all.push(say::SESSIONS.to_owned());
    }
    all
}

fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
