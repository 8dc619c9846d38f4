//! Side by side: every contestant once a round, so that what else the machine does falls on all of them alike.

use serde_json::{Value, json};

/// One of those measured.
pub struct Contestant<'a> {
    /// Who.
    pub name: &'static str,
    /// Does the work once; gives what it took in the contest's unit.
    pub work: Box<dyn FnMut() -> f64 + 'a>,
}

impl<'a> Contestant<'a> {
    /// A contestant.
    pub fn new(name: &'static str, work: impl FnMut() -> f64 + 'a) -> Self {
        Self { name, work: Box::new(work) }
    }
}

/// What came of a contest.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its row.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// For each contestant the value of each round. The engine is `ours`.
    pub values: Vec<(String, Vec<f64>)>,
}

/// The engine's name among the contestants; names that begin so are parts of its work, shown beside it.
pub const OURS: &str = "ours";

/// Runs a contest: each once to warm up, then `rounds` times in turns, another first in each.
pub fn run(name: &str, unit: &str, rounds: usize, contestants: &mut [Contestant]) -> Outcome {
    let mut values: Vec<_> = contestants.iter().map(|one| (one.name.to_owned(), Vec::new())).collect();
    for one in contestants.iter_mut() {
        (one.work)();
    }
    for round in 0..rounds {
        for place in 0..contestants.len() {
            let at = (round + place) % contestants.len();
            values[at].1.push((contestants[at].work)());
        }
    }
    Outcome { name: name.to_owned(), unit: unit.to_owned(), values }
}

impl Outcome {
    /// The median of a contestant.
    #[must_use]
    pub fn median(&self, who: &str) -> Option<f64> {
        self.values.iter().find(|(name, _)| name == who).and_then(|(_, values)| quartiles(values)).map(|all| all.1)
    }

    /// The fastest of the others and its median.
    #[must_use]
    pub fn fastest_peer(&self) -> Option<(&str, f64)> {
        let others = self.values.iter().filter(|(name, _)| !name.starts_with(OURS));
        let medians = others.filter_map(|(name, values)| Some((name.as_str(), quartiles(values)?.1)));
        medians.min_by(|one, other| one.1.total_cmp(&other.1))
    }

    /// As it is kept between the parts of a run.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let values: Vec<_> = self.values.iter().map(|(who, values)| json!([who, values])).collect();
        json!({ "name": self.name, "unit": self.unit, "values": values })
    }

    /// The other way.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let one = |value: &Value| {
            let values = value[1].as_array()?.iter().map(Value::as_f64).collect::<Option<Vec<_>>>()?;
            Some((value[0].as_str()?.to_owned(), values))
        };
        Some(Self {
            name: value["name"].as_str()?.to_owned(),
            unit: value["unit"].as_str()?.to_owned(),
            values: value["values"].as_array()?.iter().map(one).collect::<Option<_>>()?,
        })
    }
}

/// Lower quartile, median, upper quartile; nothing of nothing.
#[must_use]
pub fn quartiles(values: &[f64]) -> Option<(f64, f64, f64)> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (sorted.len().checked_sub(1)? as f64);
        let (low, high) = (*sorted.get(place.floor() as usize)?, *sorted.get(place.ceil() as usize)?);
        Some(low + (high - low) * place.fract())
    };
    Some((at(0.25)?, at(0.5)?, at(0.75)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_quartiles() {
        assert_eq!(quartiles(&[]), None);
        assert_eq!(quartiles(&[5.0]), Some((5.0, 5.0, 5.0)));
        assert_eq!(quartiles(&[4.0, 1.0, 3.0, 2.0, 5.0]), Some((2.0, 3.0, 4.0)));
        assert_eq!(quartiles(&[1.0, 2.0]), Some((1.25, 1.5, 1.75)));
    }

    #[test]
    fn everyone_has_every_round_and_the_fastest_other_is_found() {
        let mut all =
            [("ours", 1.0), ("slow", 9.0), ("fast", 3.0)].map(|(name, ns)| Contestant::new(name, move || ns));
        let outcome = run("row", "ns", 4, &mut all);
        assert!(outcome.values.iter().all(|(_, values)| values.len() == 4));
        assert_eq!((outcome.median("ours"), outcome.fastest_peer()), (Some(1.0), Some(("fast", 3.0))));
        assert_eq!(Outcome::from_json(&outcome.to_json()), Some(outcome));
    }
}
