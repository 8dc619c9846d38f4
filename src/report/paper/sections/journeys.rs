//! A picture of each distinct journey.

use super::super::Journey;
use super::{Block, Reported, Table, heading, text};
use crate::report::picture::draw_on_paper;
use crate::report::words::{count, listing, verdicts};

/// At most so many are drawn, two on a page; the rest is told in words, a row each.
const DRAWN: usize = 100;
/// At most so many flows are named under a picture.
const NAMED: usize = 12;
/// How wide a picture is, in pixels: as a page between its margins.
const WIDTH: i32 = 760;

pub(super) fn journeys(told: &Reported<'_>, blocks: &mut Vec<Block>) {
    heading(blocks, "Journeys");
    if told.journeys.is_empty() {
        return text(blocks, "No flow has a journey to draw.");
    }
    let all = told.journeys.len();
    text(
        blocks,
        format!("{} told apart by exits, pools and how they end.", count(all as u64, "distinct journey")),
    );
    for (index, journey) in told.journeys.iter().take(DRAWN).enumerate() {
        let title = format!("Journey {}: {}", index + 1, verdicts::title(journey.course.verdict));
        blocks.push(Block::Heading(3, title));
        let scene = draw_on_paper(told.plan, told.scenario, &journey.course, WIDTH);
        let caption = format!("{} Flows: {}.", journey.told, flows(told, journey));
        blocks.push(Block::Figure(Box::new(scene), caption));
    }
    if all > DRAWN {
        let mut table = Table::new("Journeys that aren't drawn", &["Journey", "Verdict", "What happens", "Flows"]);
        for (index, journey) in told.journeys.iter().enumerate().skip(DRAWN) {
            let verdict = journey.course.verdict;
            table.row(vec![
                (index + 1).to_string(),
                verdicts::title(verdict).to_owned(),
                journey.told.clone(),
                flows(told, journey),
            ]);
        }
        blocks.push(Block::Table(table));
    }
}

/// The flows of a journey, the first of them by name.
fn flows(told: &Reported<'_>, journey: &Journey) -> String {
    let mut flows: Vec<&str> = journey.flows.iter().take(NAMED).map(|flow| told.names.flow(flow)).collect();
    let more = format!("{} more", journey.flows.len().saturating_sub(NAMED));
    if journey.flows.len() > NAMED {
        flows.push(&more);
    }
    listing(&flows, "and")
}
