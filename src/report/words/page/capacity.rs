//! What the page says around the capacity.

/// No flow has a rate.
pub const NO_RATES: &str = "No flow has a rate yet: give flows their Mbps out and in, and circuits and Internet links a \
     bandwidth. Here you then see what each carries, before, normally and when something fails.";
/// There is nothing to carry it.
pub const NO_LINKS: &str = "No circuit and no Internet link yet: add exits.";
/// The section of links.
pub const LINKS: &str = "Circuits and Internet links, the fullest first";
/// The section of failures.
pub const FAILURES: &str = "Failures that are too much";
/// No failure is.
pub const NONE_TOO_MUCH: &str = "In no failure is anything over its bandwidth.";
/// The section of pools.
pub const POOLS: &str = "Sessions and ports";
/// How ports are counted.
pub const PORTS: &str = "An address has 64,000 ports for translation, less those that its pool keeps back.";
/// The rows of a bar chart.
pub const BEFORE: &str = "Before";
/// The same, as the plan is.
pub const NORMALLY: &str = "Normally";
/// The columns.
pub const OUT: &str = "Out";
/// The other way.
pub const IN: &str = "In";
/// What a bar means.
pub const LEGEND: [&str; 3] = ["in any case", "at most", "bandwidth"];
/// The heads of the failures' table.
pub const FAILURE_HEADS: [&str; 4] = ["Failure", "Over", "May be over", "Don't flow"];
/// The heads of the pools' table.
pub const POOL_HEADS: [&str; 6] = ["Pool", "Addresses", "Sessions", "An address", "Ports", "Fit"];

/// A bandwidth: `200 Mbps each way`.
pub fn room(rate: &str) -> String {
    format!("{rate} each way")
}

/// A bar in words: `Out, normally: 60 Mbps of 200 Mbps`.
pub fn bar(way: &str, when: &str, load: &str, room: Option<&str>) -> String {
    match room {
        Some(room) => format!("{way}, {when}: {load} of {room}"),
        None => format!("{way}, {when}: {load}"),
    }
}

/// A link of a circuit.
pub fn link(name: &str) -> String {
    format!("of this by {name}")
}
