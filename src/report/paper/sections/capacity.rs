//! What links, circuits and pools have to carry.

use super::{Block, Reported, Table, heading, text};
use crate::report::words::{capacity as words, failures};
use crate::space::Count;
use crate::study::capacity::{Fit, Load};

pub(super) fn capacity(told: &Reported<'_>, blocks: &mut Vec<Block>) {
    heading(blocks, "Capacity");
    let window = &told.capacity;
    text(blocks, words::before(window.before));
    text(blocks, words::without_rate(&window.flows, told.names));
    text(blocks, words::WHY_RANGES);
    if !window.carriers.is_empty() {
        let mut table = Table::new(
            "Circuits and links",
            &[
                "Circuit or link",
                "Each way",
                "Before, out / in",
                "Normally, out / in",
                "Worst failure",
                "Then, out / in",
                "Fit",
            ],
        );
        let load = |load: Load| format!("{} / {}", words::rates(load.out), words::rates(load.back));
        for row in &window.carriers {
            let fit = row.worst.as_ref().map_or(row.fit, |worst| worst.fit.min(row.fit));
            table.row(vec![
                words::carrier(&row.part, told.names),
                row.kbps.map_or("not given".to_owned(), words::rate),
                row.before.map_or("–".to_owned(), load),
                load(row.normal),
                row.worst.as_ref().map_or("–".to_owned(), |worst| failures::failure(&worst.failure, told.names)),
                row.worst.as_ref().map_or("–".to_owned(), |worst| load(worst.load)),
                fit_told(fit),
            ]);
        }
        blocks.push(Block::Table(table));
        if window.carriers.iter().any(|row| row.private) {
            text(blocks, words::PRIVATE);
        }
    }
    let lost = words::lost(window.lost);
    if !lost.is_empty() {
        text(blocks, format!("Normally {lost}, for their flows fail or may fail."));
    }
    if window.pools.is_empty() {
        return;
    }
    let mut table = Table::new(
        "Sessions and ports",
        &["Pool", "Addresses", "Sessions", "Per address", "Ports", "Worst failure, per address", "Fit"],
    );
    table.figures = vec![1, 2, 3, 4];
    for row in &window.pools {
        let worst = row.worst.as_ref().map_or("–".to_owned(), |worst| {
            format!("{}: {}", failures::failure(&worst.failure, told.names), words::numbers(worst.per_address))
        });
        let fit = row.worst.as_ref().map_or(row.fit, |worst| worst.fit.min(row.fit));
        table.row(vec![
            format!("{}, {}", told.names.pool(&row.pool), row.family),
            row.addresses.grouped(),
            words::numbers(row.sessions),
            words::numbers(row.per_address),
            Count::from(row.ports).grouped(),
            worst,
            fit_told(fit),
        ]);
    }
    blocks.push(Block::Table(table));
}

fn fit_told(fit: Fit) -> String {
    format!("{} {}", words::fit_mark(fit), words::fit(fit))
}
