//! The steps from the baseline to the plan.

use super::{Block, Reported, Table, heading, text};
use crate::report::words::rollout as words;

pub(super) fn rollout(told: &Reported<'_>, blocks: &mut Vec<Block>) {
    let Some(rolled) = &told.rollout else { return };
    heading(blocks, "Rollout steps");
    let (window, names) = (&rolled.window, rolled.names);
    text(blocks, words::headline(window));
    let mut table =
        Table::new("Rollout steps, in their order", &["Step", "What is done", "On the way", "Way back"]);
    for (index, stage) in window.steps.iter().enumerate() {
        let mut on_the_way = words::effects(stage, window.total, names);
        let effective = words::effective(&stage.effective);
        if !effective.is_empty() {
            on_the_way.push(effective);
        }
        table.row(vec![
            (window.view.from as usize + index + 1).to_string(),
            words::step(&stage.step, names),
            on_the_way.join(" "),
            words::way_back(stage, names).join(" "),
        ]);
    }
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
    text(blocks, words::better(window));
}
