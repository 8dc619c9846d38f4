//! Flow logs become rows of the catalogue.
//!
//! The plan's [`Ends`](ends) say whose an address is; a [`Measure`] adds up records of one log by site and service, and
//! what belongs to neither by prefix; measures of several logs are one ([`Measure::merge`]). [`Measured`] is what came
//! out, and [`apply`] does it to a plan: a row is found again by what it connects, so the same log taken twice changes
//! nothing.
//!
//! Memory is bounded by constants beside the code that keeps them: [`MAX_CELLS`] means of five minutes and
//! [`MAX_PREFIXES`] prefixes outside of the catalogue.

mod apart;
mod apply;
mod ends;
mod measure;
mod measured;
mod sitting;
mod taking;

pub use apart::{Apart, ApartTotal, MAX_PREFIXES, Weight};
pub use apply::{FlowChange, FlowValues, Rate, RowChange, apply, remember, take_in};
pub use ends::Ends;
pub use measure::{BUCKET, MAX_CELLS, MAX_DURATION, Measure, RowKey};
pub use measured::{Measured, Rates, RowMeasured};
pub(in crate::desk) use sitting::Sitting;
pub use taking::{LogChoice, LogTold, OpenLog, Taking, new_columns};

use crate::pace::{Pace, at_once};
use crate::plan::Plan;
use crate::routing::Readings;

/// Whose the addresses of a plan are, worked out at once.
pub fn ends_of(plan: &Plan) -> Ends {
    at_once(|pace| async move { ends_in_steps(plan, &Readings::default(), &pace).await })
}

/// The same in steps, with what was read before.
pub(in crate::desk) async fn ends_in_steps(plan: &Plan, readings: &Readings, pace: &Pace) -> Ends {
    let lists = readings.read(plan, pace).await;
    Ends::new(plan, &lists)
}
