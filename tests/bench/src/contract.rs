//! What must be reached, and what should: the yardstick of every row.

use crate::contest::{OURS, Outcome};
use serde_json::{Value, json};

/// How a row is judged.
#[derive(Copy, Clone, PartialEq, Debug)]
pub enum Bar {
    /// The fastest peer's value through ours, at least.
    Times(f64, f64),
    /// Our value through the fastest peer's, at most.
    Part(f64, f64),
    /// Our value, at most.
    Most(f64, f64),
    /// Shown, not judged.
    Shown,
}

/// Rows by the begin of their names, the first that fits.
const BARS: [(&str, Bar); 13] = [
    ("build sorted", Bar::Times(5.0, 8.0)),
    ("build shuffled", Bar::Times(3.0, 4.0)),
    ("text to solved", Bar::Part(1.0, 0.5)),
    ("lookup at", Bar::Times(5.0, 6.0)),
    ("lookup", Bar::Times(1.5, 2.0)),
    ("batch", Bar::Times(2.0, 4.0)),
    ("difference", Bar::Part(0.2, 0.1)),
    ("bytes IPv4", Bar::Most(10.0, 8.0)),
    ("wasm against native", Bar::Part(1.8, 1.5)),
    ("full table dropped", Bar::Most(2_000.0, 1_000.0)),
    ("every failure study", Bar::Most(20.0, 5.0)),
    ("bytes", Bar::Shown),
    ("", Bar::Shown),
];

/// The bar of a row.
#[must_use]
pub fn bar(name: &str) -> Bar {
    BARS.iter().find(|(begin, _)| name.starts_with(begin)).map_or(Bar::Shown, |(_, bar)| *bar)
}

/// A row of the summary.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The row.
    pub name: String,
    /// What it was measured on.
    pub input: String,
    /// The unit of both values.
    pub unit: String,
    /// The engine's median.
    pub ours: f64,
    /// The fastest peer of this row.
    pub peer: Option<String>,
    /// Its median.
    pub peer_value: Option<f64>,
    /// As the bar compares: the peer's through ours, or ours through the peer's.
    pub ratio: Option<f64>,
    /// What must be reached.
    pub must: Option<f64>,
    /// What should be.
    pub goal: Option<f64>,
    /// Whether the must is; so it is where there is none.
    pub met: bool,
    /// Whether the goal is.
    pub goal_met: bool,
}

impl Judged {
    /// Judges an outcome; nothing where the engine didn't take part.
    #[must_use]
    pub fn of(outcome: &Outcome, input: &str) -> Option<Self> {
        let ours = outcome.median(OURS)?;
        let peer = outcome.fastest_peer();
        let peer_value = peer.map(|(_, value)| value);
        let bar = bar(&outcome.name);
        let ratio = peer_value.map(|value| if matches!(bar, Bar::Part(..)) { ours / value } else { value / ours });
        let (must, goal, reached): (_, _, &dyn Fn(f64) -> bool) = match bar {
            Bar::Times(must, goal) => (Some(must), Some(goal), &|bar| ratio.is_some_and(|ratio| ratio >= bar)),
            Bar::Part(must, goal) => (Some(must), Some(goal), &|bar| ratio.is_some_and(|ratio| ratio <= bar)),
            Bar::Most(must, goal) => (Some(must), Some(goal), &|bar| ours <= bar),
            Bar::Shown => (None, None, &|_| true),
        };
        Some(Self {
            name: outcome.name.clone(),
            input: input.to_owned(),
            unit: outcome.unit.clone(),
            ours,
            peer: peer.map(|(name, _)| name.to_owned()),
            peer_value,
            ratio,
            must,
            goal,
            met: must.is_none_or(reached),
            goal_met: goal.is_none_or(reached),
        })
    }

    /// As `summary.json` says it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "name": self.name,
            "input": self.input,
            "unit": self.unit,
            "ours": rounded(self.ours),
            "peer": self.peer,
            "peer_value": self.peer_value.map(rounded),
            "ratio": self.ratio.map(rounded),
            "must": self.must,
            "goal": self.goal,
            "met": self.met,
        })
    }
}

/// Four digits behind the point: more is noise.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(name: &str, ours: f64, peer: f64) -> Judged {
        let values = vec![(OURS.to_owned(), vec![ours]), ("peer".to_owned(), vec![peer])];
        Judged::of(&Outcome { name: name.into(), unit: "ns".into(), values }, "input").expect("ours took part")
    }

    #[test]
    fn each_row_is_judged_as_the_contract_says() {
        for (name, ours, peer, met, goal) in [
            ("build sorted IPv4", 10.0, 50.0, true, false),
            ("build sorted IPv4", 10.0, 49.0, false, false),
            ("build shuffled IPv6", 10.0, 40.0, true, true),
            ("text to solved", 10.0, 9.9, false, false),
            ("text to solved", 5.0, 10.0, true, true),
            ("lookup at 128 IPv4", 10.0, 49.0, false, false),
            ("lookup uniform IPv6", 10.0, 15.0, true, false),
            ("batch sorted IPv4", 10.0, 40.0, true, true),
            ("difference IPv4", 2.0, 10.0, true, false),
            ("difference IPv4", 2.1, 10.0, false, false),
            ("bytes IPv4", 8.1, 30.0, true, false),
            ("bytes IPv6", 99.0, 30.0, true, true),
            ("wasm against native, Node", 1.6, 1.0, true, false),
            ("full table dropped on the page", 2_001.0, 1.0, false, false),
            ("every failure study, native", 4.0, 1.0, true, true),
        ] {
            let judged = judged(name, ours, peer);
            assert_eq!((judged.met, judged.goal_met), (met, goal), "{name} {ours} {peer}");
        }
    }
}
