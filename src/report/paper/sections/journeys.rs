//! A picture of each distinct journey.

use super::{Block, Reported, heading, text};
use crate::report::picture::draw;
use crate::report::words::{count, listing, verdicts};

/// At most so many are drawn.
const MAX: usize = 40;
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
    for (index, journey) in told.journeys.iter().take(MAX).enumerate() {
        let title = format!("Journey {}: {}", index + 1, verdicts::title(journey.course.verdict));
        blocks.push(Block::Heading(3, title));
        let scene = draw(told.plan, told.scenario, Some(&journey.course), WIDTH);
        let mut flows: Vec<&str> = journey.flows.iter().take(NAMED).map(|flow| told.names.flow(flow)).collect();
        let more = format!("{} more", journey.flows.len().saturating_sub(NAMED));
        if journey.flows.len() > NAMED {
            flows.push(&more);
        }
        let caption = format!("{} Flows: {}.", journey.told, listing(&flows, "and"));
        blocks.push(Block::Figure(Box::new(scene), caption));
    }
    if all > MAX {
        text(blocks, format!("{} aren't drawn here.", count((all - MAX) as u64, "more journey")));
    }
}
