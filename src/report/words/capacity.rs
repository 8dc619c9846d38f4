//! Capacity in words: loads, bandwidths, ports.

use super::{Names, count, listing, scenario_part};
use crate::plan::Mbps;
use crate::routing::Part;
use crate::space::Count;
use crate::study::capacity::{Before, Fit, Flows, Load, Range};

/// A rate: `60.5 Mbps`, from kbps.
pub fn rate(kbps: u64) -> String {
    format!("{} Mbps", number(kbps))
}

fn number(kbps: u64) -> String {
    match u32::try_from(kbps) {
        Ok(kbps) => Mbps { kbps }.to_string(),
        // More than any one rate, as a sum of many may be: whole Mbps will do.
        Err(_) => Count::from(kbps / 1000).grouped(),
    }
}

/// A range of rates: `60 Mbps`, `0 to 60 Mbps`.
pub fn rates(range: Range) -> String {
    if range.is_exact() { rate(range.most) } else { format!("{} to {}", number(range.least), rate(range.most)) }
}

/// A range of numbers: `1,200`, `0 to 1,200`.
pub fn numbers(range: Range) -> String {
    let grouped = |number: u64| Count::from(number).grouped();
    if range.is_exact() {
        grouped(range.most)
    } else {
        format!("{} to {}", grouped(range.least), grouped(range.most))
    }
}

/// A load each way: `60 Mbps out, 2 Mbps in`.
pub fn load(load: Load) -> String {
    format!("{} out, {} in", rates(load.out), rates(load.back))
}

/// How a load fits, in a word or two.
pub fn fit(fit: Fit) -> &'static str {
    match fit {
        Fit::Over => "Over",
        Fit::MayBeOver => "May be over",
        Fit::Within => "Within",
        Fit::Unknown => "No bandwidth given",
    }
}

/// A mark for each, so that nothing depends on colour.
pub fn fit_mark(fit: Fit) -> char {
    match fit {
        Fit::Over => '✗',
        Fit::MayBeOver => '?',
        Fit::Within => '✓',
        Fit::Unknown => '-',
    }
}

/// What the loads before are.
pub fn before(before: Before) -> &'static str {
    match before {
        Before::Baseline => "Before is the plan that this one is compared with.",
        Before::WithoutExpressRoute => {
            "Before is this plan with every ExpressRoute circuit down: what the Internet links carried."
        }
        Before::Nothing => "There is nothing before: no plan to compare with, and no ExpressRoute.",
    }
}

/// A circuit or link.
pub fn carrier(part: &Part, names: &Names) -> String {
    scenario_part(part, names)
}

/// What doesn't flow; empty where all does.
pub fn lost(lost: Load) -> String {
    if lost == Load::default() { String::new() } else { format!("{} don't flow", load(lost)) }
}

/// Flows of which no rate is known; empty where there is none.
pub fn without_rate(flows: &Flows, names: &Names) -> String {
    if flows.without_rate == 0 {
        return String::new();
    }
    let named: Vec<&str> = flows.named_without_rate.iter().map(|id| names.flow(id)).collect();
    let more = u64::from(flows.without_rate).saturating_sub(named.len() as u64);
    let more = if more > 0 { format!(", and {} more", count(more, "flow")) } else { String::new() };
    format!("Not counted, for no rate is given: {}{more}.", listing(&named, "and"))
}

/// Why loads are ranges.
pub const WHY_RANGES: &str = "Where a flow is split or tied only shares of addresses are known, which aren't shares of \
    traffic: from what is there in any case to what may be.";
/// What private peering carries isn't known.
pub const PRIVATE: &str = "Private peering shares this bandwidth; what it carries isn't known.";
