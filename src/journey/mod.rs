//! One flow, out and back, with its verdict and trace.
//!
//! A [`Ground`] is a plan made ready with its translation rules and far sides, a [`World`] the same in one scenario.
//! A [`Row`] answers one flow for all its addresses at once, a [`Trace`] one pair of addresses with every step.

mod between;
mod bundles;
mod cut;
mod cut_flow;
mod explain;
mod explain_inbound;
mod explain_outbound;
mod fate;
mod inbound;
mod judge;
mod kept;
mod moved;
mod open;
mod outbound;
mod outlook;
mod parts;
mod query;
mod row;
mod rows;
mod state;
mod trace;
mod translation;
mod verdict;
mod world;

pub(crate) use between::sessions;
pub use bundles::{Bundle, bundles};
pub(crate) use cut::{Catalogue, Course, Piece};
pub use kept::{Admitted, Facts, Kept, devices as devices_crossed};
pub use moved::Sessions;
pub(crate) use moved::{Change, Mover};
pub use open::values as assumption_values;
pub(crate) use outlook::{Judge, Judged, Outlook};
pub use query::{TraceError, TraceQuery};
pub use row::{Part, Row};
pub(crate) use state::unsaid_zones;
pub use trace::{
    Admission, AdmissionStep, Assumption, Branch, By, CrossingState, DeviceState, DeviceTranslation, Direction,
    Dropped, FarSideBecause, Flip, PublicationStep, Stage, StateStep, Step, Trace, TranslationStep,
};
pub use verdict::{Standing, Verdict};
pub(crate) use world::{Classed, FarClass, by_class};
pub use world::{ExitSummary, Ground, World, everywhere, nowhere};
